#include "tests/support/random_wide.h"

#include <string.h>

#include "base/context.h"

/*
 * System-versioned tables of MariaDB whose row times are columns that are seen: one that starts, one
 * that ends, and the period of both. What other changes make of them is put right, or all three go.
 */

bool random_is_computed(const struct column *column)
{
	return column->generated || column_is_row_time(column);
}

static struct column *row_time(struct random_model *model, const struct name *name,
			       enum tree_attr_kind kind)
{
	struct column *column = ARENA_NEW(model->arena, struct column);
	column->name = name;
	column->type =
		(struct type){ .id = TYPE_TIMESTAMP, .length = -1, .decimals = 6, .srid = -1 };
	column->comment = random_chance(&model->random, 20) ? random_comment(model) : "";
	column->invisible = random_chance(&model->random, 30);
	option_set(model->arena, &column->options, kind, "");
	return column;
}

static void insert_anywhere(struct random_model *model, struct table *table,
			    const struct column *column)
{
	LIST_INSERT(model->arena, &table->columns,
		    random_below(&model->random, (unsigned)table->columns.n + 1), column);
}

void random_add_row_times(struct random_model *model, struct table *table)
{
	if (!random_can(model, CAP_SYSTEM_VERSIONING) || table_system_time(table))
		return;
	struct period *period = ARENA_NEW(model->arena, struct period);
	period->name = ctx_name(model->ctx, "system_time");
	period->from = random_new_name(model, "starts");
	period->to = random_new_name(model, "ends");
	insert_anywhere(model, table, row_time(model, period->from, ATTR_ROW_START));
	insert_anywhere(model, table, row_time(model, period->to, ATTR_ROW_END));
	LIST_PUSH(model->arena, &table->periods, period);
	option_set(model->arena, &table->options, ATTR_WITH_SYSTEM_VERSIONING, "");
}

/* --- what does not go together ---------------------------------------------------------------- */

static void take_row_times(struct table *table, const struct period *times)
{
	for (size_t i = table->columns.n; i--;) {
		const struct column *column = table->columns.items[i];
		if (column_is_row_time(column) || (times && period_uses(times, column->name)))
			LIST_REMOVE(&table->columns, i);
	}
	for (size_t i = table->periods.n; i--;)
		if (table->periods.items[i] == times)
			LIST_REMOVE(&table->periods, i);
}

/* What else was changed of it is taken back. */
static void settle_row_time(struct random_model *model, struct table *table,
			    const struct name *name, enum tree_attr_kind kind)
{
	size_t at = (size_t)table_column_at(table, name);
	const struct column *given = table->columns.items[at];
	struct column *column = row_time(model, name, kind);
	column->comment = given->comment;
	column->invisible = given->invisible;
	column->was = given->was;
	table->columns.items[at] = column;
}

void random_fix_row_times(struct random_model *model, struct table *table)
{
	const struct period *times = table_system_time(table);
	bool whole = times && table_is_versioned(table) && table_column(table, times->from) &&
		     table_column(table, times->to) && !random_is_engine(table, "MEMORY");
	if (!whole) {
		take_row_times(table, times);
		return;
	}
	settle_row_time(model, table, times->from, ATTR_ROW_START);
	settle_row_time(model, table, times->to, ATTR_ROW_END);
}

/* --- changes ---------------------------------------------------------------------------------- */

void change_row_times(struct changer *c)
{
	struct table *table = change_any_table(c);
	for (int i = 0; i < 4 && !table_system_time(table); i++)
		table = change_any_table(c);
	const struct period *times = table_system_time(table);
	if (!c->model->wide)
		return;
	if (!times)
		random_add_row_times(c->model, table);
	else if (random_chance(c->random, 30))
		take_row_times(table, times);
	else if (random_chance(c->random, 40))
		change_rename_column(c, table,
				     (size_t)table_column_at(table, random_chance(c->random, 50)
									    ? times->from
									    : times->to));
	else {
		size_t at = (size_t)table_column_at(
			table, random_chance(c->random, 50) ? times->from : times->to);
		struct column *copy = random_copy_column(c->model, table->columns.items[at]);
		copy->comment = *copy->comment ? "" : random_comment(c->model);
		copy->invisible = !copy->invisible;
		LIST_REMOVE(&table->columns, at);
		insert_anywhere(c->model, table, copy);
	}
}
