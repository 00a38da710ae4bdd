#include "tests/support/pair.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/context.h"
#include "diff/diff.h"
#include "emit/sql.h"
#include "revision/op_text.h"

#define TABLES 3
#define CHANGES 12

/* --- what went wrong -------------------------------------------------------------------------- */

static void add_diagnostics(struct pair *pair)
{
	struct diag_queue *queue = &pair->ctx->diags;
	for (size_t i = 0; i < queue->diags.n; i++)
		diag_render(queue->diags.items[i], false, &pair->report);
	diag_clear(queue);
}

void pair_fail(struct pair *pair, const char *format, ...)
{
	va_list args;
	pair->failed = true;
	va_start(args, format);
	buf_vprintf(&pair->report, format, args);
	va_end(args);
	buf_add_char(&pair->report, '\n');
	add_diagnostics(pair);
}

void pair_free(struct pair *pair)
{
	buf_free(&pair->report);
}

/* --- revisions -------------------------------------------------------------------------------- */

struct revision *pair_revision(struct pair *pair, const struct schema *from,
			       const struct schema *to)
{
	struct context *ctx = pair->ctx;
	struct plan up = { 0 }, down = { 0 };
	if (!plan_revision(ctx, pair->arena, from, to, pair->targets, &up, &down))
		return NULL;
	struct revision revision = { .id = "r", .message = "pair", .create_date = "2026-01-01" };
	if (!revision_fill(ctx, pair->arena, pair->targets, &revision, &up, &down))
		return NULL;
	struct buf text = { 0 };
	revision_print(&text, &revision);
	const struct source *src = ctx_source(ctx, "r.sql", buf_text(&text), text.len);
	buf_free(&text);
	struct revision *read = revision_parse(ctx, pair->arena, src);
	if (!read || !revision_read_ops(ctx, pair->arena, pair->model.server, read))
		return NULL;
	return read;
}

static bool is_equal(struct pair *pair, const char *what, const struct schema *expected,
		     const struct schema *found, int ways)
{
	for (int way = 0; way < ways; way++) {
		struct op_list ops = { 0 };
		if (!diff_schemas(pair->ctx, pair->arena, way ? expected : found,
				  way ? found : expected, &ops)) {
			pair_fail(pair, "%s: no difference can be told", what);
			return false;
		}
		if (!ops.n)
			continue;
		pair_fail(pair, "%s, %s: %zu differences", what, way ? "back" : "there", ops.n);
		for (size_t i = 0; i < ops.n; i++) {
			buf_add(&pair->report, "  ");
			op_to_text(pair->ctx, &pair->report, ops.items[i]);
			buf_add_char(&pair->report, '\n');
		}
		return false;
	}
	return true;
}

bool pair_equal(struct pair *pair, const char *what, const struct schema *expected,
		const struct schema *found)
{
	return is_equal(pair, what, expected, found, 2);
}

struct schema *pair_fold(struct pair *pair, const char *what,
			 const struct revision_statement_list *list, const struct schema *from,
			 const struct schema *to)
{
	struct schema *state = schema_clone(pair->arena, from);
	for (size_t i = 0; i < list->n; i++) {
		if (fold_statement(state, list->items[i]))
			continue;
		pair_fail(pair, "%s: the ops can't be folded", what);
		return NULL;
	}
	/* one way: a model that leaves names open takes those that are there */
	return is_equal(pair, what, to, state, 1) ? state : NULL;
}

static const char *prefix_of(struct arena *arena, uint64_t seed)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	char text[32], *at = text + sizeof(text);
	*--at = '\0';
	*--at = '_';
	do
		*--at = digits[seed % 36];
	while (seed /= 36);
	*--at = 'p';
	return arena_strdup(arena, at);
}

void pair_init(struct pair *pair, struct context *ctx, struct arena *arena,
	       const struct server_list *targets, uint64_t seed)
{
	*pair = (struct pair){ .ctx = ctx, .arena = arena, .targets = targets, .seed = seed };
	pair->prefix = prefix_of(arena, seed);
	random_init(&pair->model, ctx, arena, targets, seed);
	pair->model.prefix = pair->prefix;
	pair->nothing = schema_new(ctx, arena, pair->model.server);
}

void pair_make(struct pair *pair, struct context *ctx, struct arena *arena,
	       const struct server_list *targets, uint64_t seed)
{
	pair_init(pair, ctx, arena, targets, seed);
	pair->model.wide = true;
	pair->a = random_schema(&pair->model, TABLES);
	unsigned changes = 1 + random_below(&pair->model.random, CHANGES);
	pair->b = random_change(&pair->model, pair->a, changes);
	random_fill_new(&pair->model, pair->a, pair->b);
	pair->first = pair_revision(pair, pair->nothing, pair->a);
	if (pair->first)
		pair->at_a = pair_fold(pair, "up to A", &pair->first->up, pair->nothing, pair->a);
	if (pair->at_a)
		pair->second = pair_revision(pair, pair->at_a, pair->b);
	if (pair->second)
		pair->at_b = pair_fold(pair, "up to B", &pair->second->up, pair->at_a, pair->b);
	if (!pair->at_b || ctx->diags.errors) {
		pair_fail(pair, "no revision can be made");
		return;
	}
	pair_fold(pair, "down to A", &pair->second->down, pair->at_b, pair->at_a);
	rows_plan(&pair->rows, arena, pair->a, pair->b, true);
}

/* --- running ---------------------------------------------------------------------------------- */

bool pair_run(struct pair *pair, struct db *db, const char *what,
	      const struct revision_statement_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const char *sql = list->items[i]->sql;
		if (db_execute(db, sql, strlen(sql)))
			continue;
		pair_fail(pair, "%s, statement %zu of %zu:\n%s", what, i + 1, list->n, sql);
		return false;
	}
	return true;
}

bool pair_create(struct pair *pair, struct db *db, const struct schema *state)
{
	struct plan plan = { 0 };
	if (!plan_change(pair->ctx, pair->arena, pair->nothing, state, pair->targets, &plan)) {
		pair_fail(pair, "B can't be made anew");
		return false;
	}
	for (size_t i = 0; i < plan.statements.n; i++) {
		struct buf sql = { 0 };
		bool ok = sql_statement(pair->ctx, &sql, pair->targets, plan.statements.items[i]) &&
			  db_execute(db, buf_text(&sql), sql.len);
		if (!ok)
			pair_fail(pair, "B can't be made anew:\n%s", buf_text(&sql));
		buf_free(&sql);
		if (!ok)
			return false;
	}
	return true;
}

struct schema *pair_part(const struct pair *pair, const struct schema *all)
{
	struct schema *part = schema_new(pair->ctx, pair->arena, all->server);
	part->engine = all->engine;
	part->charset = all->charset;
	part->collation = all->collation;
	for (size_t i = 0; i < all->tables.n; i++) {
		struct table *table = all->tables.items[i];
		if (!strncmp(table->name->text, pair->prefix, strlen(pair->prefix)))
			schema_add_table(part, table);
	}
	return part;
}
