#include "revision/revision.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/file.h"
#include "base/hash.h"
#include "revision/split.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define UTF8_BOM "\xef\xbb\xbf"

struct reader {
	struct context *ctx;
	struct arena *arena;
	const struct source *src;
	struct revision *revision;
	bool ok;
};

static struct span span_of(const struct source *src, size_t start, size_t end)
{
	return (struct span){ src, (uint32_t)start, (uint32_t)end };
}

/* The last one of a file: cut to where it was opened, so that the caret stands there. */
static struct span span_at(const struct source *src, size_t at)
{
	return span_of(src, at, at < src->len ? at + 1 : at);
}

static size_t line_end(const struct source *src, size_t at)
{
	const char *newline = memchr(src->text + at, '\n', src->len - at);
	return newline ? (size_t)(newline - src->text) : src->len;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct span trim(struct span span)
{
	while (span.start < span.end && is_blank(span.src->text[span.start]))
		span.start++;
	while (span.end > span.start && is_blank(span.src->text[span.end - 1]))
		span.end--;
	return span;
}

static const char *span_text(struct arena *arena, struct span span)
{
	return arena_strndup(arena, span.src->text + span.start, span.end - span.start);
}

/* --- header ----------------------------------------------------------------------------------- */

enum header_key {
	KEY_REVISION,
	KEY_DOWN,
	KEY_LABELS,
	KEY_DEPENDS,
	KEY_DATE,
	KEY_MESSAGE,
	KEY_COMPILED,
	KEY_ALLOW,
	KEY_CHECKSUM,
	KEY_COUNT
};

static const char *const header_keys[KEY_COUNT] = {
	[KEY_REVISION] = "revision",     [KEY_DOWN] = "down_revision",
	[KEY_LABELS] = "branch_labels",  [KEY_DEPENDS] = "depends_on",
	[KEY_DATE] = "create_date",      [KEY_MESSAGE] = "message",
	[KEY_COMPILED] = "compiled_for", [KEY_ALLOW] = "allow-data-loss",
	[KEY_CHECKSUM] = "checksum",
};

/* "a, b": ids and labels are words. */
static void read_list(struct arena *arena, struct span value, struct string_list *list)
{
	size_t at = value.start;
	while (at < value.end) {
		size_t start = at;
		while (at < value.end && value.src->text[at] != ',' &&
		       !is_blank(value.src->text[at]))
			at++;
		if (at > start)
			LIST_PUSH(arena, list, span_text(arena, span_of(value.src, start, at)));
		else
			at++;
	}
}

static void set_header(struct reader *r, enum header_key key, struct span value)
{
	struct revision *revision = r->revision;
	const char *text = span_text(r->arena, value);
	switch (key) {
	case KEY_REVISION:
		revision->id = text;
		revision->id_span = value;
		break;
	case KEY_DOWN:
		read_list(r->arena, value, &revision->down_revisions);
		revision->down_span = value;
		break;
	case KEY_LABELS:
		read_list(r->arena, value, &revision->branch_labels);
		break;
	case KEY_DEPENDS:
		read_list(r->arena, value, &revision->depends_on);
		revision->depends_span = value;
		break;
	case KEY_DATE:
		revision->create_date = text;
		break;
	case KEY_MESSAGE:
		revision->message = text;
		break;
	case KEY_COMPILED:
		revision->compiled_for = text;
		break;
	case KEY_ALLOW:
		LIST_PUSH(r->arena, &revision->allow_data_loss, text);
		break;
	case KEY_CHECKSUM:
		revision->checksum = *text ? text : NULL;
		revision->checksum_span = value;
		break;
	case KEY_COUNT:
		break;
	}
}

/* A line that is no `-- key: value` of ours: kept, and said when it looks like a slip. */
static void keep_other_line(struct reader *r, struct span line, struct span key)
{
	LIST_PUSH(r->arena, &r->revision->other_lines, span_text(r->arena, line));
	const char *word = span_text(r->arena, key);
	const char *near = *word ? diag_suggest(word, header_keys, KEY_COUNT) : NULL;
	if (!near)
		return;
	struct diag *diag = ctx_warning(r->ctx, "revision", key, "unknown header line '%s'", word);
	ctx_hint(r->ctx, diag, "did you mean '%s'?", near);
}

static void read_header_line(struct reader *r, size_t start, size_t end)
{
	const struct source *src = r->src;
	struct span line = trim(span_of(src, start, end)), key = line;
	while (key.start < key.end && src->text[key.start] == '-')
		key.start++;
	const char *colon = memchr(src->text + key.start, ':', key.end - key.start);
	if (!colon || key.start == line.start) {
		key.end = key.start;
		keep_other_line(r, line, key);
		return;
	}
	struct span value = trim(span_of(src, (size_t)(colon - src->text) + 1, line.end));
	key.end = (uint32_t)(colon - src->text);
	key = trim(key);
	for (enum header_key i = 0; i < KEY_COUNT; i++) {
		if (strlen(header_keys[i]) == key.end - key.start &&
		    !strncasecmp(src->text + key.start, header_keys[i], key.end - key.start)) {
			set_header(r, i, value);
			return;
		}
	}
	keep_other_line(r, line, key);
}

static bool is_marker(const struct source *src, size_t at)
{
	return src->len - at >= strlen("-- migrate:") &&
	       !memcmp(src->text + at, "-- migrate:", strlen("-- migrate:"));
}

/* Returns where the body begins. */
static size_t read_header(struct reader *r)
{
	size_t at = 0;
	while (at < r->src->len && !is_marker(r->src, at)) {
		size_t end = line_end(r->src, at);
		struct span line = trim(span_of(r->src, at, end));
		size_t next = end < r->src->len ? end + 1 : end;
		if (line.start == line.end)
			return next;
		read_header_line(r, at, end);
		at = next;
	}
	return at;
}

/* What the version table's rows and people's command lines need of an id. */
static void check_header(struct reader *r)
{
	struct revision *revision = r->revision;
	if (!revision_id_ok(revision->id)) {
		struct diag *diag = ctx_error(r->ctx, "revision", revision->id_span,
					      "'%s' can't be a revision's id", revision->id);
		ctx_hint(r->ctx, diag,
			 "letters, digits and '_', at most 32, and not head, heads, base or "
			 "current");
		r->ok = false;
	}
}

bool revision_checksum_ok(const struct revision *revision)
{
	char hex[HASH_HEX_SIZE];
	if (!revision->checksum)
		return true;
	hash_sha256(revision->body, strlen(revision->body), hex);
	return !strcasecmp(revision->checksum, hex);
}

/* --- statements ------------------------------------------------------------------------------- */

/* What stands above a statement: op lines, hash, backfill. */
struct annotations {
	struct span_list ops;
	struct span hash, backfill;
};

/* The end of an op that begins at `at`: with the lines that go on. */
static size_t op_end(const struct source *src, size_t at, size_t limit)
{
	size_t end = line_end(src, at);
	while (end + 1 < limit) {
		const char *line = src->text + end + 1;
		bool more = !strncmp(line, "--     ", 7) || !strncmp(line, "--\t", 3);
		struct span blank = trim(span_of(src, end + 3, line_end(src, end + 1)));
		if (!more && (strncmp(line, "--", 2) || blank.start != blank.end))
			break;
		end = line_end(src, end + 1);
	}
	return trim(span_of(src, at, end)).end;
}

static bool line_begins(const struct source *src, size_t at, const char *word)
{
	return !strncmp(src->text + at, word, strlen(word));
}

static void orphan_op(struct reader *r, struct span op)
{
	struct diag *diag = ctx_error(r->ctx, "revision", op, "an op line without a statement");
	ctx_hint(r->ctx, diag, "write its statement below it, or take the line away");
	r->ok = false;
}

/* One line of the comments above a statement; returns the start of the next. */
static size_t read_annotation(struct reader *r, size_t at, size_t end, struct annotations *notes)
{
	const struct source *src = r->src;
	size_t next = line_end(src, at);
	if (line_begins(src, at, "-- op:")) {
		if (notes->hash.src) {
			orphan_op(r, notes->ops.n ? notes->ops.items[0] : notes->hash);
			*notes = (struct annotations){ 0 };
		}
		next = op_end(src, at, end);
		LIST_PUSH(r->arena, &notes->ops, span_of(src, at, next));
		next = line_end(src, next);
	} else if (line_begins(src, at, "-- hash:")) {
		notes->hash = trim(span_of(src, at + strlen("-- hash:"), next));
	} else if (line_begins(src, at, "-- backfill:")) {
		notes->backfill = trim(span_of(src, at + strlen("-- backfill:"), next));
	}
	return next + 1;
}

/* Everything between two statements; block comments hide what is in them. */
static void read_annotations(struct reader *r, size_t at, size_t end, struct annotations *notes)
{
	const char *text = r->src->text;
	if (at > 0 && text[at - 1] != '\n')
		at = line_end(r->src, at) + 1; /* the rest of the last statement's line */
	while (at < end) {
		if (text[at] == ' ' || text[at] == '\t') {
			at++;
		} else if (!strncmp(text + at, "/*", 2)) {
			const char *close = strstr(text + at + 2, "*/");
			at = close ? (size_t)(close - text) + 2 : end;
		} else {
			at = read_annotation(r, at, end, notes);
		}
	}
}

static enum statement_kind kind_of(const struct revision_statement *statement)
{
	static const char *const data[] = { "insert", "update", "delete", "replace", "select",
					    "set",    "with",   "load",   "do",      "values" };
	if (statement->backfill)
		return STATEMENT_DATA;
	if (statement->op_lines.n)
		return statement->recorded && !strcasecmp(statement->recorded, statement->hash)
			       ? STATEMENT_DDL
			       : STATEMENT_EDITED;
	char word[16];
	statement_first_word(statement->sql, word);
	for (size_t i = 0; i < sizeof(data) / sizeof(data[0]); i++)
		if (!strcmp(word, data[i]))
			return STATEMENT_DATA;
	return STATEMENT_HAND;
}

static void add_statement(struct reader *r, const struct split_statement *split,
			  const struct annotations *notes, struct revision_statement_list *list)
{
	struct revision_statement *statement = ARENA_NEW(r->arena, struct revision_statement);
	statement->span = span_of(r->src, split->start, split->end);
	statement->sql = span_text(r->arena, statement->span);
	statement->op_lines = notes->ops;
	if (notes->hash.src)
		statement->recorded = span_text(r->arena, notes->hash);
	if (notes->backfill.src)
		statement->backfill = span_text(r->arena, notes->backfill);
	char hex[HASH_HEX_SIZE];
	hash_sha256(statement->sql, split->end - split->start, hex);
	memcpy(statement->hash, hex, 16);
	statement->kind = kind_of(statement);
	LIST_PUSH(r->arena, list, statement);
}

enum section { SECTION_NONE = -1, SECTION_BASE, SECTION_UP, SECTION_DOWN, SECTION_COUNT };

static const char *const sections[SECTION_COUNT] = { "base", "up", "down" };

/* The splitter stands on a `-- migrate:` line: which section begins there? */
static enum section read_marker(struct reader *r, struct splitter *splitter, bool *seen)
{
	size_t end = line_end(r->src, splitter->at);
	struct span line = span_of(r->src, splitter->at, end);
	struct span word = trim(span_of(r->src, splitter->at + strlen("-- migrate:"), end));
	const char *text = span_text(r->arena, word);
	splitter->at = end < r->src->len ? end + 1 : end;
	strcpy(splitter->delimiter, ";");
	splitter->no_backslash_escapes = splitter->ansi_quotes = false; /* it is run on its own */
	for (enum section i = SECTION_BASE; i < SECTION_COUNT; i++) {
		if (strcasecmp(text, sections[i]) != 0)
			continue;
		if (seen[i]) {
			ctx_error(r->ctx, "revision", line, "a second section 'migrate:%s'", text);
			r->ok = false;
		}
		seen[i] = true;
		return i;
	}
	ctx_error(r->ctx, "revision", line,
		  "'%s' is no section: migrate:up or migrate:down is meant", text);
	r->ok = false;
	return SECTION_NONE;
}

static void report_open(struct reader *r, const struct splitter *splitter)
{
	const char *what = splitter->open == '*'   ? "comment"
			   : splitter->open == '`' ? "quoted name"
						   : "string";
	ctx_error(r->ctx, "revision", span_at(r->src, splitter->opened_at),
		  "a %s that begins here is never closed", what);
	r->ok = false;
}

/* What stands before a marker, or at the end: comments, and the base's op lines. */
static void end_section(struct reader *r, enum section section, const struct annotations *notes)
{
	if (section == SECTION_BASE)
		r->revision->base_lines = notes->ops;
	else if (notes->ops.n)
		orphan_op(r, notes->ops.items[0]);
}

static void read_statement(struct reader *r, enum section section,
			   const struct split_statement *split, const struct annotations *notes)
{
	if (section == SECTION_UP || section == SECTION_DOWN) {
		add_statement(r, split, notes,
			      section == SECTION_UP ? &r->revision->up : &r->revision->down);
		return;
	}
	ctx_error(r->ctx, "revision", span_of(r->src, split->start, split->end),
		  section == SECTION_BASE
			  ? "a statement in 'migrate:base', where only op lines stand"
			  : "a statement before '-- migrate:up'");
	r->ok = false;
}

static void read_body(struct reader *r, size_t at)
{
	struct splitter splitter;
	split_init(&splitter, r->src->text, r->src->len);
	splitter.at = at;
	splitter.stop = "-- migrate:";
	enum section section = SECTION_NONE;
	bool seen[SECTION_COUNT] = { false };
	for (;;) {
		struct split_statement split;
		bool unterminated;
		bool more = split_next(&splitter, &split, &unterminated);
		struct annotations notes = { 0 };
		read_annotations(r, split.comments, more ? split.start : splitter.at, &notes);
		if (more)
			read_statement(r, section, &split, &notes);
		else
			end_section(r, section, &notes);
		if (!more && splitter.at >= r->src->len)
			break;
		if (!more)
			section = read_marker(r, &splitter, seen);
	}
	if (splitter.open)
		report_open(r, &splitter);
}

struct revision *revision_parse(struct context *ctx, struct arena *arena, const struct source *src)
{
	struct revision *revision = ARENA_NEW(arena, struct revision);
	struct reader r = { ctx, arena, src, revision, true };
	revision->path = src->path;
	revision->src = src;
	size_t body = read_header(&r);
	if (!revision->id) {
		struct diag *diag = ctx_warning(ctx, "revision", span_none(),
						"'%s' is no revision: passed over", src->path);
		ctx_hint(ctx, diag, "a revision begins with a line '-- revision: ID'");
		return NULL;
	}
	revision->body = src->text + body;
	if (memchr(src->text, 0, src->len)) {
		ctx_error(ctx, "revision", span_at(src, strlen(src->text)),
			  "a NUL byte in the file");
		return NULL;
	}
	check_header(&r);
	read_body(&r, body);
	return r.ok ? revision : NULL;
}

/* Line ends as LF, without a byte order mark: what checksums and hashes are of. The text itself where
 * it is like that. */
static const char *fold_line_ends(struct arena *arena, const char *text, size_t len,
				  size_t *out_len)
{
	if (len >= 3 && !memcmp(text, UTF8_BOM, 3)) {
		text += 3;
		len -= 3;
	}
	*out_len = len;
	if (!memchr(text, '\r', len))
		return text;
	char *folded = arena_strndup(arena, text, len);
	size_t n = 0;
	for (size_t i = 0; i < len; i++)
		if (text[i] != '\r' || i + 1 == len || text[i + 1] != '\n')
			folded[n++] = text[i];
	folded[n] = 0;
	*out_len = n;
	return folded;
}

struct revision *revision_read(struct context *ctx, struct arena *arena, const char *path)
{
	const char *text;
	size_t len;
	if (!file_read(ctx, &ctx->sources, path, &text, &len))
		return NULL;
	text = fold_line_ends(&ctx->sources, text, len, &len);
	path = arena_strdup(&ctx->sources, path);
	return revision_parse(ctx, arena, source_new(&ctx->sources, path, text, len));
}
