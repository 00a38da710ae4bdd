#include "syntax/parse.h"

#include "base/buf.h"
#include "base/context.h"
#include "grammar/model.tab.h"
#include "syntax/comments.h"
#include "syntax/filter.h"
#include "syntax/token.h"

#include <limits.h>
#include <string.h>
#include <utf8proc.h>

struct diag *parse_error(struct parse *p, struct span span, const char *format, ...)
{
	va_list args;

	p->errors++;
	if (p->quiet || p->errors > PARSE_MAX_ERRORS)
		return NULL;
	LIST_PUSH(p->arena, &p->error_starts, span.start);
	va_start(args, format);
	struct buf message = { 0 };
	buf_vprintf(&message, format, args);
	va_end(args);
	struct diag *diag = ctx_error(p->ctx, "syntax", span, "%s", buf_text(&message));
	buf_free(&message);
	return diag;
}

/* The text is UTF-8 without NULs; otherwise an error at the first byte that is not. */
static bool check_bytes(struct parse *p)
{
	const struct source *src = p->src;
	size_t i = 0;

	if (src->len > INT_MAX / 2) {
		parse_error(p, span_none(), "'%s' is too large", src->path);
		return false;
	}
	while (i < src->len) {
		utf8proc_int32_t c = (unsigned char)src->text[i];
		utf8proc_ssize_t n = 1;

		if (c >= 0x80)
			n = utf8proc_iterate((const utf8proc_uint8_t *)src->text + i,
					     (utf8proc_ssize_t)(src->len - i), &c);
		struct span span = { src, (uint32_t)i, (uint32_t)i + 1 };
		if (n <= 0) {
			parse_error(p, span, "this byte (0x%02x) is not UTF-8",
				    (unsigned)(unsigned char)src->text[i]);
			return false;
		}
		if (!c) {
			parse_error(p, span, "there is a NUL byte here");
			return false;
		}
		i += (size_t)n;
	}
	return true;
}

/* False: nothing could be read; with errors in p->errors there may be something yet. */
static bool run(struct parse *p, int start)
{
	if (!check_bytes(p))
		return false;
	lexer_run(p);
	filter_run(p, start);
	return model_yyparse(p) == 0;
}

static struct parse parse_of(struct context *ctx, struct arena *arena, const struct source *src)
{
	return (struct parse){ .ctx = ctx, .arena = arena, .lists = arena, .src = src };
}

struct tree_file *parse_file(struct context *ctx, struct arena *arena, const struct source *src)
{
	struct parse p = parse_of(ctx, arena, src);

	p.file = ARENA_NEW(arena, struct tree_file);
	p.file->src = src;
	run(&p, S_FILE);
	comments_attach(&p, &p.file->items, &p.file->dangling);
	return p.file;
}

struct tree_item *parse_item(struct context *ctx, struct arena *arena, const struct source *src)
{
	struct parse p = parse_of(ctx, arena, src);
	struct tree_item_list list = { 0 };

	if (!run(&p, S_ITEM) || p.errors)
		return NULL;
	LIST_PUSH(arena, &list, p.item);
	comments_attach(&p, &list, &p.item->before);
	return p.item;
}

struct tree_op *parse_op(struct context *ctx, struct arena *arena, const struct source *src)
{
	struct parse p = parse_of(ctx, arena, src);
	struct arena lists; /* a long chain has many ops */

	arena_init(&lists);
	p.lists = &lists;
	bool ok = run(&p, S_OP) && !p.errors;
	arena_free(&lists);
	return ok ? p.op : NULL;
}

struct tree_type *parse_type(struct context *ctx, struct arena *arena, const struct source *src,
			     struct tree_attr_list *attrs)
{
	struct parse p = parse_of(ctx, arena, src);

	if (!run(&p, S_TYPE) || p.errors)
		return NULL;
	if (attrs)
		*attrs = *p.attrs;
	return p.type;
}

struct tree_partition *parse_partition(struct context *ctx, struct arena *arena,
				       const struct source *src)
{
	struct parse p = parse_of(ctx, arena, src);

	return run(&p, S_PARTITION) && !p.errors ? p.partition : NULL;
}

/*
 * MySQL 8 gives expressions escaped once more, names too: (`it\'s` = _utf8mb4\'x\'); 5.7 gives them
 * as they are. The first quote says which, for all of them are escaped, or else the first backslash.
 */
static bool is_escaped(const char *text, size_t len)
{
	const char *quote = memchr(text, '\'', len), *slash = memchr(text, '\\', len);

	if (quote)
		return quote > text && quote[-1] == '\\';
	return slash && slash + 1 < text + len && strchr("\\0nrZ", slash[1]) && slash[1];
}

static size_t unescape(char *out, const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] != '\\' || i + 1 == len) {
			out[n++] = text[i];
			continue;
		}
		switch (text[++i]) {
		case 'n':
			out[n++] = '\n';
			break;
		case 'r':
			out[n++] = '\r';
			break;
		case 't':
			out[n++] = '\t';
			break;
		case '0':
			out[n++] = '\0';
			break;
		case 'Z':
			out[n++] = '\032';
			break;
		default:
			out[n++] = text[i];
			break;
		}
	}
	return n;
}

struct expr *parse_expr(struct context *ctx, struct arena *arena, const char *text, size_t len,
			enum syntax_dialect dialect)
{
	struct source *src = source_new(arena, "expression", NULL, 0);
	struct parse p = parse_of(ctx, arena, src);
	char *copy = arena_strndup(arena, text, len);

	if (dialect == SYNTAX_MYSQL && is_escaped(text, len)) {
		len = unescape(copy, text, len);
		copy[len] = '\0';
	}
	src->text = copy;
	src->len = len;
	p.quiet = true;
	p.dialect = dialect;
	return run(&p, S_EXPR) && !p.errors ? p.expr : NULL;
}
