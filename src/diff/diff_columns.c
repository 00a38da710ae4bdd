#include "diff/differ.h"

#include "base/context.h"
#include "diff/rename.h"
#include "model/convert.h"
#include "model/equal.h"

#include <string.h>

/* --- columns that must be dropped and added ------------------------------------------------- */

enum keeping { ORDINARY, VIRTUAL, STORED };

static enum keeping keeping(const struct column *column)
{
	return !column->generated ? ORDINARY : column->stored ? STORED : VIRTUAL;
}

/*
 * No server modifies a column from or to VIRTUAL (MySQL 3106, MariaDB 1907); ordinary to stored
 * and back, and another expression for the same kind, they do (measured on all that have them).
 */
static bool must_make_anew(const struct column *from, const struct column *to)
{
	return keeping(from) != keeping(to) && (keeping(from) == VIRTUAL || keeping(to) == VIRTUAL);
}

/* One that no ALTER makes of the old one: the values are lost, and the loss is told as a drop's. */
static bool is_another_type(const struct differ *differ, const struct column *from,
			    const struct column *to)
{
	return !from->generated && !to->generated &&
	       !type_converts(differ->to->server, &from->type, &to->type);
}

static bool depends_on_anew(const struct pair *pair, const struct column *column)
{
	for (size_t i = 0; i < pair->to->columns.n; i++)
		if (pair->made_anew[i] &&
		    expr_uses_column(column->generated, pair->to->columns.items[i]->name))
			return true;
	return false;
}

void diff_find_made_anew(struct differ *differ, struct pair *pair)
{
	const struct column_list *columns = &pair->to->columns;
	bool again = false;
	pair->made_anew = ARENA_ARRAY(differ->arena, bool, columns->n);
	for (size_t i = 0; i < columns->n; i++) {
		const struct column *work = table_column(pair->work, columns->items[i]->name);
		if (pair->column_of[i] < 0 || !work)
			continue;
		pair->made_anew[i] = must_make_anew(work, columns->items[i]) ||
				     is_another_type(differ, work, columns->items[i]) ||
				     diff_row_time_anew(pair, columns->items[i]);
		again = again || pair->made_anew[i];
	}
	/* what is computed from one of those goes with it (3108) */
	while (again) {
		again = false;
		for (size_t i = 0; i < columns->n; i++) {
			if (pair->made_anew[i] || pair->column_of[i] < 0 ||
			    !depends_on_anew(pair, columns->items[i]))
				continue;
			pair->made_anew[i] = again = true;
		}
	}
}

/* --- renames -------------------------------------------------------------------------------- */

static size_t column_cost(const void *data, size_t from, size_t to)
{
	const struct pair *pair = data;
	bool same = column_equal(pair->from->columns.items[from], pair->to->columns.items[to]);
	/* a definition weighs more than all the positions together */
	return (same ? 0 : pair->to->columns.n + 1) + (from != to);
}

static const struct match_wanted *wanted_columns(struct arena *arena,
						 const struct column_list *columns)
{
	struct match_wanted *wanted = ARENA_ARRAY(arena, struct match_wanted, columns->n);
	for (size_t i = 0; i < columns->n; i++) {
		const struct column *column = columns->items[i];
		wanted[i] = (struct match_wanted){ column->name, column->was, column->span };
	}
	return wanted;
}

bool diff_match_columns(struct differ *differ, struct pair *pair)
{
	struct arena *arena = differ->arena;
	const struct column_list *from = &pair->from->columns, *to = &pair->to->columns;
	struct match match = {
		.what = "column",
		.prefix = arena_printf(arena, "%s.", pair->to->name->text),
		.from = wanted_columns(arena, from),
		.n_from = from->n,
		.to = wanted_columns(arena, to),
		.n_to = to->n,
		.cost = column_cost,
		.data = pair,
	};
	bool ok = match_names(differ->ctx, arena, &match);
	pair->column_of = match.from_of;
	return ok;
}

static void rename_step(struct differ *differ, struct pair *pair, const struct rename_step *step)
{
	const struct column *to = pair->to->columns.items[step->who];
	const struct column *now = table_column(pair->work, step->from);
	struct op *op = differ_op(differ, OP_RENAME_COLUMN, pair->name, to->span);
	op->before.column = now;
	op->after.column = rename_column_copy(differ->arena, now, step->from, step->to);
	differ_push(differ, op);
}

/*
 * On the way back from "rename a, and make another a" the other one has the name still: it will
 * be dropped, but that comes after the renames. It steps aside.
 */
static void step_aside(struct differ *differ, const struct pair *pair,
		       struct rename_step_list *renames)
{
	size_t n = renames->n;
	for (size_t i = 0; i < n; i++) {
		const struct rename_step *rename = &renames->items[i];
		const struct column *there = table_column(pair->work, rename->to);
		bool goes = !there;
		for (size_t j = 0; j < n && !goes; j++)
			goes = name_equal(renames->items[j].from, rename->to);
		if (goes)
			continue;
		struct rename_step aside = { there->name, NULL, rename->who };
		aside.to = match_temporary_name(differ->ctx, differ->arena, pair->name->text,
						there->name);
		LIST_PUSH(differ->arena, renames, aside);
	}
}

void diff_rename_columns(struct differ *differ, struct pair *pair)
{
	struct rename_step_list renames = { 0 }, steps = { 0 };
	for (size_t i = 0; i < pair->to->columns.n; i++) {
		const struct column *to = pair->to->columns.items[i];
		if (pair->column_of[i] < 0)
			continue;
		const struct column *from = pair->from->columns.items[pair->column_of[i]];
		struct rename_step rename = { from->name, to->name, i };
		/* names are equal in any case, but a server shows the one that was written */
		if (strcmp(from->name->text, to->name->text) != 0)
			LIST_PUSH(differ->arena, &renames, rename);
	}
	if (!renames.n)
		return;
	step_aside(differ, pair, &renames);
	match_order_renames(differ->ctx, differ->arena, false, pair->name->text, &renames, &steps);
	for (size_t i = 0; i < steps.n && differ->ok; i++)
		rename_step(differ, pair, &steps.items[i]);
}

/* --- drop, add, alter, move ----------------------------------------------------------------- */

static struct column_place place_of(const struct table *table, size_t at)
{
	return (struct column_place){ at ? table->columns.items[at - 1]->name : NULL };
}

static void drop_column(struct differ *differ, struct pair *pair, size_t at, struct span origin)
{
	struct op *op = differ_op(differ, OP_DROP_COLUMN, pair->name, origin);
	op->before.column = pair->work->columns.items[at];
	op->place_before = place_of(pair->work, at);
	differ_push(differ, op);
}

/* Those that nobody wants, and those made anew; what is computed goes before what it stands on. */
static void drop_columns(struct differ *differ, struct pair *pair)
{
	const struct table *work = pair->work;
	bool computed = true;
	do {
		for (size_t i = work->columns.n; i-- && differ->ok;) {
			const struct column *column = work->columns.items[i];
			int at = table_column_at(pair->to, column->name);
			bool stays = at >= 0 && pair->column_of[at] >= 0 && !pair->made_anew[at];
			if (stays || computed != (column->generated != NULL))
				continue;
			drop_column(differ, pair, i,
				    at >= 0 ? pair->to->columns.items[at]->span : pair->to->span);
		}
		computed = !computed;
	} while (!computed);
}

static void check_backfill(struct differ *differ, const struct pair *pair,
			   const struct column *column)
{
	/* only a person's model is asked: a downgrade takes what comes */
	if (!differ->to->span.src || column->nullable || column->generated ||
	    column_is_row_time(column) || column->auto_increment || column->backfill ||
	    column->default_kind != DEFAULT_NONE)
		return;
	struct diag *diag =
		ctx_error(differ->ctx, "backfill", column->span,
			  "new column '%s.%s' is NOT NULL and has no default: rows that "
			  "are there would get zeros nobody asked for",
			  pair->to->name->text, column->name->text);
	ctx_hint(differ->ctx, diag, "%s … default …     what rows without a value get, always",
		 column->name->text);
	ctx_hint(differ->ctx, diag, "%s … backfill (…)  what the rows that are there get, once",
		 column->name->text);
	ctx_hint(differ->ctx, diag, "%s … null", column->name->text);
	differ->ok = false;
}

static void add_column(struct differ *differ, struct pair *pair, size_t i,
		       struct column_place place)
{
	const struct column *column = pair->to->columns.items[i];
	int old = pair->made_anew[i] ? pair->column_of[i] : -1;
	if (old < 0 || is_another_type(differ, pair->from->columns.items[old], column))
		check_backfill(differ, pair, column);
	struct op *op = differ_op(differ, OP_ADD_COLUMN, pair->name, column->span);
	op->after.column = column;
	op->place_after = place;
	differ_push(differ, op);
}

static void alter_column(struct differ *differ, struct pair *pair, const struct column *to)
{
	const struct column *from = table_column(pair->work, to->name);
	if (column_equal(from, to))
		return;
	struct op *op = differ_op(differ, OP_ALTER_COLUMN, pair->name, to->span);
	op->before.column = from;
	op->after.column = to;
	differ_push(differ, op);
}

static void move_column(struct differ *differ, struct pair *pair, const struct column *to,
			struct column_place place)
{
	int at = table_column_at(pair->work, to->name);
	struct column_place before = place_of(pair->work, (size_t)at);
	if (name_equal(before.after, place.after))
		return;
	struct op *op = differ_op(differ, OP_MOVE_COLUMN, pair->name, to->span);
	op->before.column = op->after.column = pair->work->columns.items[at];
	op->place_before = before;
	op->place_after = place;
	differ_push(differ, op);
}

/*
 * Which of the n kept columns, from the places at[], stay. Those that hold a row's time can't be
 * moved (4134 on MariaDB): what stands on another side of them than before must.
 */
static void find_staying(struct differ *differ, const struct column *const *kept, const size_t *at,
			 size_t n, bool *stays)
{
	size_t *which = ARENA_ARRAY(differ->arena, size_t, n), m = 0;
	size_t *places = ARENA_ARRAY(differ->arena, size_t, n);
	bool *some = ARENA_ARRAY(differ->arena, bool, n);
	for (size_t i = 0; i < n; i++) {
		bool can = true;
		for (size_t j = 0; j < n && can; j++)
			can = i == j || !column_is_row_time(kept[j]) || (i < j) == (at[i] < at[j]);
		stays[i] = false;
		if (!can)
			continue;
		which[m] = i;
		places[m++] = at[i];
	}
	diff_find_staying(differ->arena, places, m, some);
	for (size_t i = 0; i < m; i++)
		stays[which[i]] = some[i];
}

/*
 * From left to right: what is left of a column is in place when its turn comes. That is how
 * servers read AFTER in an ALTER of several clauses, too: moved and new columns are put in one
 * after the other, in the order of the clauses (measured on all five).
 */
void diff_columns(struct differ *differ, struct pair *pair)
{
	const struct column_list *to = &pair->to->columns;
	drop_columns(differ, pair);
	size_t *at = ARENA_ARRAY(differ->arena, size_t, to->n), n = 0;
	bool *stays = ARENA_ARRAY(differ->arena, bool, to->n);
	const struct column **kept_columns =
		ARENA_ARRAY(differ->arena, const struct column *, to->n);
	for (size_t i = 0; i < to->n && differ->ok; i++) {
		if (pair->column_of[i] < 0 || pair->made_anew[i])
			continue;
		kept_columns[n] = to->items[i];
		at[n++] = (size_t)table_column_at(pair->work, to->items[i]->name);
	}
	find_staying(differ, kept_columns, at, n, stays);
	struct column_place place = { NULL };
	for (size_t i = 0, kept = 0; i < to->n && differ->ok; i++) {
		const struct column *column = to->items[i];
		if (pair->column_of[i] < 0 || pair->made_anew[i]) {
			add_column(differ, pair, i, place);
		} else {
			alter_column(differ, pair, column);
			if (!stays[kept++] && differ->ok)
				move_column(differ, pair, column, place);
		}
		place.after = column->name;
	}
}
