#include "tests/support/history.h"

#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"

#define CHANGES 8

/* --- making ----------------------------------------------------------------------------------- */

static void count(struct history *history, const struct revision *revision,
		  const struct schema *state)
{
	history->statements += revision->up.n + revision->down.n;
	for (size_t i = 0; i < state->tables.n; i++)
		history->foreign_keys += state->tables.items[i]->foreign_keys.n;
}

/* The revision to models[i], and the state that its ops lead to. */
static bool make_step(struct history *history, size_t i)
{
	struct pair *pair = &history->pair;
	const struct schema *from = i ? history->at[i - 1] : pair->nothing;
	struct revision *revision = pair_revision(pair, from, history->models[i]);
	history->revisions[i] = revision;
	if (revision)
		history->at[i] = pair_fold(pair, "up", &revision->up, from, history->models[i]);
	if (history->at[i])
		pair_fold(pair, "down", &revision->down, history->at[i], from);
	if (!history->at[i] || pair->ctx->diags.errors || pair->failed) {
		pair_fail(pair, "no revision to state %zu can be made", i);
		return false;
	}
	count(history, revision, history->at[i]);
	return true;
}

void history_make(struct history *history, struct context *ctx, struct arena *arena,
		  const struct server_list *targets, uint64_t seed, unsigned tables)
{
	*history = (struct history){ 0 };
	struct pair *pair = &history->pair;
	pair_init(pair, ctx, arena, targets, seed);
	struct random_model *model = &pair->model;
	history->models[0] = random_tied_schema(model, tables);
	for (size_t i = 0; i <= HISTORY_STEPS && make_step(history, i); i++) {
		if (i == HISTORY_STEPS)
			break;
		unsigned changes = 1 + random_below(&model->random, CHANGES);
		history->models[i + 1] = random_tied_change(model, history->models[i], changes);
		random_fill_new(model, history->models[i], history->models[i + 1]);
	}
}

/* --- rows ------------------------------------------------------------------------------------- */

static void expect_rows(struct history *history, struct db *db, struct rows *rows, size_t step,
			enum rows_stop stop)
{
	struct buf difference = { 0 };
	if (history->pair.failed)
		return;
	if (!rows_compare(rows, db, stop, &difference))
		pair_fail(&history->pair, "step %zu: rows can't be read", step);
	else if (difference.len)
		pair_fail(&history->pair, "step %zu: rows changed\n%s", step,
			  buf_text(&difference));
	buf_free(&difference);
}

static bool execute(struct db *db, const char *sql)
{
	return db_execute(db, sql, strlen(sql));
}

/* Nothing that the next step's rows would meet. */
static void empty_tables(struct history *history, struct db *db, const struct schema *state)
{
	bool ok = execute(db, "SET foreign_key_checks = 0");
	for (size_t i = 0; i < state->tables.n && ok; i++) {
		struct buf sql = { 0 };
		buf_add(&sql, "DELETE FROM ");
		quote_name(&sql, state->tables.items[i]->name);
		ok = db_execute(db, buf_text(&sql), sql.len);
		buf_free(&sql);
	}
	if (!ok || !execute(db, "SET foreign_key_checks = 1"))
		pair_fail(&history->pair, "rows can't be deleted");
}

/* --- running ---------------------------------------------------------------------------------- */

void history_begin(struct history *history, struct db *db)
{
	pair_run(&history->pair, db, "up to 0", &history->revisions[0]->up);
}

/* One direction of a revision, with rows that both its ends can take. */
static void move(struct history *history, struct db *db, size_t step, const struct schema *from,
		 const struct schema *to, const struct revision_statement_list *statements)
{
	struct pair *pair = &history->pair;
	struct rows rows = { 0 };
	const char *sql = "", *what = arena_printf(pair->arena, "step %zu", step);
	rows_plan(&rows, pair->arena, from, to, false);
	if (!rows_insert(&rows, db, &sql) || !rows_remember(&rows, db))
		pair_fail(pair, "%s: rows can't be put in:\n%s", what, sql);
	else if (pair_run(pair, db, what, statements))
		expect_rows(history, db, &rows, step, ROWS_AT_B);
}

void history_step(struct history *history, struct db *db, size_t step)
{
	move(history, db, step, history->models[step - 1], history->models[step],
	     &history->revisions[step]->up);
	if (!history->pair.failed)
		empty_tables(history, db, history->at[step]);
}

static void turn_columns(struct arena *arena, struct table *old, const struct table *table)
{
	for (size_t i = 0; i < old->columns.n; i++) {
		struct column *column = arena_memdup(arena, old->columns.items[i], sizeof(*column));
		column->was = NULL;
		column->backfill = NULL;
		for (size_t j = 0; j < table->columns.n; j++)
			if (table->columns.items[j]->was &&
			    name_equal(table->columns.items[j]->was, column->name))
				column->was = table->columns.items[j]->name;
		old->columns.items[i] = column;
	}
}

/* `before`, with what `after` was told that it was called the other way round. */
static const struct schema *turned(struct history *history, const struct schema *before,
				   const struct schema *after)
{
	struct arena *arena = history->pair.arena;
	struct schema *copy = schema_clone(arena, before);
	for (size_t i = 0; i < copy->tables.n; i++) {
		struct table *old = copy->tables.items[i];
		const struct table *table = schema_find_table(after, old->name);
		if (table && table->was)
			table = NULL; /* another one has the name by now */
		old->was = NULL;
		for (size_t j = 0; j < after->tables.n; j++)
			if (after->tables.items[j]->was &&
			    schema_same_table(after, after->tables.items[j]->was, old->name)) {
				table = after->tables.items[j];
				old->was = table->name;
			}
		if (table)
			turn_columns(arena, old, table);
	}
	return copy;
}

void history_back(struct history *history, struct db *db, size_t step)
{
	const struct revision_statement_list *down = &history->revisions[step]->down;
	if (!step) {
		pair_run(&history->pair, db, "back from 0", down);
		return;
	}
	move(history, db, step, history->models[step],
	     turned(history, history->models[step - 1], history->models[step]), down);
	if (!history->pair.failed)
		empty_tables(history, db, history->at[step - 1]);
}
