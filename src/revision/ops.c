#include "revision/revision.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/hash.h"
#include "emit/sql.h"
#include "revision/op_text.h"

#include <string.h>

/* --- op lines to ops -------------------------------------------------------------------------- */

/* Counts the lines of a file on the way down; op lines come in their order. */
struct line_count {
	uint32_t at;
	unsigned above;
};

static unsigned lines_above(struct line_count *count, struct span span)
{
	const char *text = span.src->text;
	if (span.start < count->at)
		*count = (struct line_count){ 0 };
	for (; count->at < span.start; count->at++)
		count->above += text[count->at] == '\n';
	return count->above;
}

/*
 * An op's text as a source of its own, for the parser: without its `-- op: ` and `--     `. Messages
 * name the file's line. (Columns are seven less.)
 */
static const struct source *op_source(struct context *ctx, struct span span,
				      struct line_count *count)
{
	struct buf text = { 0 };
	const char *at = span.src->text + span.start, *end = span.src->text + span.end;
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *line_end = newline ? newline : end;
		const size_t prefix = strlen("-- op: ");
		size_t len = (size_t)(line_end - at), skip = len < prefix ? len : prefix;
		if (len > 2 && at[2] == '\t') /* `--` and a tab */
			skip = 3;
		buf_add_bytes(&text, at + skip, len - skip);
		if (newline)
			buf_add_char(&text, '\n');
		at = newline ? newline + 1 : end;
	}
	const struct source *src = ctx_source_part(ctx, span.src->path, buf_text(&text), text.len,
						   lines_above(count, span));
	buf_free(&text);
	return src;
}

static bool read_lines(struct context *ctx, struct arena *arena, const struct server *server,
		       const struct span_list *lines, struct op_list *ops, struct line_count *count)
{
	bool ok = true;
	*ops = (struct op_list){ 0 };
	for (size_t i = 0; i < lines->n; i++) {
		const struct op *op =
			op_from_text(ctx, arena, server, op_source(ctx, lines->items[i], count));
		if (op)
			LIST_PUSH(arena, ops, op);
		else
			ok = false;
	}
	return ok;
}

/* Was the column filled by a statement before the one at `at`? */
static bool is_filled(struct arena *arena, const struct revision_statement_list *list, size_t at,
		      const struct op *op)
{
	const char *name =
		arena_printf(arena, "%s.%s", op->table->text, op->after.column->name->text);
	for (size_t i = 0; i < at; i++)
		if (list->items[i]->backfill && word_equal(list->items[i]->backfill, name))
			return true;
	return false;
}

/* What a column is filled with is no part of its text: the statement that does it is. */
static void note_filled(struct arena *arena, const struct revision_statement_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		struct op_list *ops = &list->items[i]->ops;
		for (size_t j = 0; j < ops->n; j++) {
			const struct op *op = ops->items[j];
			if (op->kind != OP_ALTER_COLUMN || !is_filled(arena, list, i, op))
				continue;
			struct op *filled = arena_memdup(arena, op, sizeof(*filled));
			filled->filled = true;
			ops->items[j] = filled;
		}
	}
}

static bool read_list(struct context *ctx, struct arena *arena, const struct server *server,
		      struct revision_statement_list *list, struct line_count *count)
{
	bool ok = true;
	for (size_t i = 0; i < list->n; i++)
		if (!read_lines(ctx, arena, server, &list->items[i]->op_lines, &list->items[i]->ops,
				count))
			ok = false;
	if (ok)
		note_filled(arena, list);
	return ok;
}

bool revision_read_ops_of(struct context *ctx, struct arena *arena, const struct server *server,
			  struct revision *revision, enum revision_direction direction)
{
	struct line_count count = { 0 };
	if (revision->ops_server && revision->ops_server != server)
		revision->ops_read[REVISION_UP] = revision->ops_read[REVISION_DOWN] = false;
	if (revision->ops_read[direction])
		return true;
	bool ok = revision->ops_read[!direction] ||
		  read_lines(ctx, arena, server, &revision->base_lines, &revision->base, &count);
	ok &= read_list(ctx, arena, server,
			direction == REVISION_UP ? &revision->up : &revision->down, &count);
	revision->ops_read[direction] = ok;
	revision->ops_server = server;
	return ok;
}

bool revision_read_ops(struct context *ctx, struct arena *arena, const struct server *server,
		       struct revision *revision)
{
	bool up = revision_read_ops_of(ctx, arena, server, revision, REVISION_UP);
	bool down = revision_read_ops_of(ctx, arena, server, revision, REVISION_DOWN);
	return up && down;
}

/* The verbs of struct tree_op that lose nothing. */
static bool only_makes(const char *text)
{
	static const char *const verbs[] = { "create ",        "rename ",       "add ",
					     "rename column ", "rename index ", "move " };
	const size_t of_table = 2; /* the others come behind the table's name */
	const char *verb = text, *const alter = "alter table ";
	size_t first = 0, end = of_table;
	if (!strncmp(text, alter, strlen(alter))) {
		verb += strlen(alter);
		verb += strcspn(verb, " :`\"\n"); /* of a quoted name it is not told */
		if (strncmp(verb, ": ", 2) != 0)
			return false;
		verb += 2;
		first = of_table;
		end = sizeof(verbs) / sizeof(verbs[0]);
	}
	for (size_t i = first; i < end; i++)
		if (!strncmp(verb, verbs[i], strlen(verbs[i])))
			return true;
	return false;
}

bool revision_may_lose(const struct revision_statement_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		for (size_t j = 0; j < list->items[i]->op_lines.n; j++) {
			struct span span = list->items[i]->op_lines.items[j];
			const char *text = span.src->text + span.start + strlen("-- op:");
			if (!only_makes(text + strspn(text, " ")))
				return true;
		}
	return false;
}

/* --- plans to statements ---------------------------------------------------------------------- */

static const char *trimmed(struct arena *arena, const char *text)
{
	size_t len = strlen(text);
	while (len && strchr(" \t\r\n", text[len - 1]))
		len--;
	size_t start = strspn(text, " \t\r\n");
	return arena_strndup(arena, text + start, len > start ? len - start : 0);
}

static void add_texts(struct context *ctx, struct arena *arena, const struct op_list *ops,
		      struct string_list *texts)
{
	for (size_t i = 0; i < ops->n; i++) {
		struct buf text = { 0 };
		op_to_text(ctx, &text, ops->items[i]);
		LIST_PUSH(arena, texts, buf_arena(&text, arena));
	}
}

static bool add_statement(struct context *ctx, struct arena *arena,
			  const struct server_list *targets, const struct statement *planned,
			  struct revision_statement_list *list)
{
	struct buf sql = { 0 };
	if (!sql_statement(ctx, &sql, targets, planned)) {
		buf_free(&sql);
		return false;
	}
	struct revision_statement *statement = ARENA_NEW(arena, struct revision_statement);
	statement->kind = planned->backfill ? STATEMENT_DATA : STATEMENT_DDL;
	statement->ops = planned->ops;
	statement->sql = trimmed(arena, buf_text(&sql));
	statement->span = planned->origin;
	buf_free(&sql);
	add_texts(ctx, arena, &planned->ops, &statement->op_texts);
	if (planned->backfill)
		statement->backfill = arena_printf(arena, "%s.%s", planned->table->text,
						   planned->backfill->name->text);
	char hex[HASH_HEX_SIZE];
	hash_sha256(statement->sql, strlen(statement->sql), hex);
	memcpy(statement->hash, hex, 16);
	statement->recorded = statement->hash;
	LIST_PUSH(arena, list, statement);
	return true;
}

static bool fill_list(struct context *ctx, struct arena *arena, const struct server_list *targets,
		      const struct plan *plan, struct revision_statement_list *list)
{
	bool ok = true;
	for (size_t i = 0; i < plan->statements.n; i++)
		ok &= add_statement(ctx, arena, targets, plan->statements.items[i], list);
	return ok;
}

bool revision_fill(struct context *ctx, struct arena *arena, const struct server_list *targets,
		   struct revision *revision, const struct plan *up, const struct plan *down)
{
	revision->ops_read[REVISION_UP] = revision->ops_read[REVISION_DOWN] = true;
	revision->ops_server = NULL;
	add_texts(ctx, arena, &revision->base, &revision->base_texts);
	bool up_ok = fill_list(ctx, arena, targets, up, &revision->up);
	bool down_ok = fill_list(ctx, arena, targets, down, &revision->down);
	return up_ok && down_ok;
}
