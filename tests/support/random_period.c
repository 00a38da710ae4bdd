#include "tests/support/random_wide.h"

#include <string.h>

#include "base/context.h"
#include "model/normal.h"

/*
 * Application-time periods of MariaDB and keys WITHOUT OVERLAPS. The columns of a period have defaults
 * that are far apart, so that rows which get them keep the period's rule: its start before its end.
 */

static const struct column *period_column(struct random_model *model, const struct table *table,
					  const struct type *type, const char *value)
{
	struct column *column = random_column(model, table, random_new_name(model, "at"), true);
	column->type = *type;
	column->charset = column->collation = NULL;
	column->nullable = column->invisible = column->on_update_now = false;
	column->check = NULL;
	column->default_kind = DEFAULT_LITERAL;
	column->default_value = normal_default(model->ctx, model->arena, model->server, type,
					       expr_string(model->arena, value, strlen(value)));
	return column;
}

static void add_period(struct random_model *model, struct table *table)
{
	struct type type = { .id = TYPE_DATE, .length = -1, .decimals = -1, .srid = -1 };
	if (random_chance(&model->random, 50)) {
		type.id = TYPE_DATETIME;
		type.decimals = (int)random_below(&model->random, 7);
	}
	const struct column *from = period_column(model, table, &type, "2000-01-01");
	const struct column *to = period_column(model, table, &type, "2100-01-01");
	struct period *period = ARENA_NEW(model->arena, struct period);
	period->name = random_new_name(model, "period");
	period->from = from->name;
	period->to = to->name;
	LIST_PUSH(model->arena, &table->columns, from);
	LIST_PUSH(model->arena, &table->columns, to);
	LIST_PUSH(model->arena, &table->periods, period);
}

/* Not that of the row times. */
static const struct period *application_time(const struct table *table)
{
	for (size_t i = 0; i < table->periods.n; i++)
		if (!period_is_system_time(table->periods.items[i]))
			return table->periods.items[i];
	return NULL;
}

static void add_overlaps(struct random_model *model, struct table *table)
{
	const struct period *period = application_time(table);
	const struct column *column =
		table->columns.items[random_below(&model->random, (unsigned)table->columns.n)];
	struct index *index = ARENA_NEW(model->arena, struct index);
	struct index_part part = { .column = column->name };
	bool primary = !table_primary_key(table) && random_chance(&model->random, 50);
	index->kind = primary ? KEY_PRIMARY : KEY_UNIQUE;
	index->name = primary ? ctx_name(model->ctx, "PRIMARY") : random_new_name(model, "k");
	index->named = !primary;
	index->comment = random_chance(&model->random, 20) ? random_comment(model) : "";
	LIST_PUSH(model->arena, &index->parts, part);
	option_set(model->arena, &index->options, ATTR_WITHOUT_OVERLAPS, period->name->text);
	LIST_PUSH(model->arena, &table->indexes, index);
}

void random_add_period(struct random_model *model, struct table *table)
{
	if (!random_can(model, CAP_PERIOD))
		return;
	if (!application_time(table))
		add_period(model, table);
	if (random_can(model, CAP_WITHOUT_OVERLAPS) && random_chance(&model->random, 60))
		add_overlaps(model, table);
}

/* --- what does not go together ---------------------------------------------------------------- */

static bool is_tied(const struct table *table, const struct name *column)
{
	for (size_t i = 0; i < table->foreign_keys.n; i++)
		for (size_t j = 0; j < table->foreign_keys.items[i]->columns.n; j++)
			if (name_equal(table->foreign_keys.items[i]->columns.items[j], column))
				return true;
	return false;
}

static bool is_time(const struct table *table, const struct column *column)
{
	return column && !column->nullable && !column->generated && !column->on_update_now &&
	       (column->type.id == TYPE_DATE || column->type.id == TYPE_DATETIME) &&
	       !is_tied(table, column->name);
}

/* Rows that get both defaults keep the rule. */
static bool begins_first(const struct column *from, const struct column *to)
{
	bool both = from->default_kind == DEFAULT_LITERAL && to->default_kind == DEFAULT_LITERAL;
	return !both || strcmp(from->default_value->text, to->default_value->text) < 0;
}

static bool stands(const struct table *table, const struct period *period)
{
	const struct column *from = table_column(table, period->from);
	const struct column *to = table_column(table, period->to);
	return is_time(table, from) && is_time(table, to) && type_equal(&from->type, &to->type) &&
	       begins_first(from, to) && !table->partition && !random_is_engine(table, "MEMORY");
}

static bool overlaps_stand(const struct table *table, const struct index *index)
{
	const struct period *period = application_time(table);
	if (!period || !index_leans_on(index, period))
		return false;
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct name *name = index->parts.items[i].column;
		const struct column *column = name ? table_column(table, name) : NULL;
		if (!column || column->auto_increment || column->generated ||
		    index->parts.items[i].length || index->parts.items[i].desc ||
		    period_uses(period, name))
			return false;
	}
	return index->kind == KEY_PRIMARY || index->kind == KEY_UNIQUE;
}

static void take_period(struct table *table, const struct period *period)
{
	for (size_t i = table->periods.n; i--;)
		if (table->periods.items[i] == period)
			LIST_REMOVE(&table->periods, i);
}

void random_fix_periods(struct table *table)
{
	const struct period *period = application_time(table);
	if (period && !stands(table, period))
		take_period(table, period);
	for (size_t i = table->indexes.n; i--;) {
		const struct index *index = table->indexes.items[i];
		if (!option_find(&index->options, ATTR_WITHOUT_OVERLAPS))
			continue;
		if (!overlaps_stand(table, index))
			LIST_REMOVE(&table->indexes, i);
	}
}

/* --- changes ---------------------------------------------------------------------------------- */

void change_period(struct changer *c)
{
	struct table *table = change_any_table(c);
	for (int i = 0; i < 3 && !application_time(table); i++)
		table = change_any_table(c);
	if (!c->model->wide)
		return;
	const struct period *period = application_time(table);
	if (period && random_chance(c->random, 60))
		take_period(table, period);
	if (random_chance(c->random, 60))
		random_add_period(c->model, table);
}
