#include "dsl/resolve_period.h"

#include "dsl/attrs.h"
#include "dsl/resolve_key.h"

/* --- items -------------------------------------------------------------------------------------- */

struct period *period_of_item(struct resolver *r, const struct draft *draft,
			      const struct tree_item *item)
{
	struct period *period = ARENA_NEW(r->arena, struct period);
	if (item->columns.n != 2) {
		struct diag *diag =
			scope_error(r, "period", item->span, "a period has two columns");
		ctx_hint(r->ctx, diag, "period for %s (FROM, TO)", item->name.name->text);
		return NULL;
	}
	period->name = item->name.name;
	period->span = item->span;
	period->from = key_column_name(r, draft, item->columns.items[0]);
	period->to = key_column_name(r, draft, item->columns.items[1]);
	return scope_check_name(r, "period", item->name) && period->from && period->to ? period
										       : NULL;
}

void period_collect(struct resolver *r, struct draft *draft, const struct tree_item *item)
{
	struct period *period = period_of_item(r, draft, item);
	if (!period)
		return;
	for (size_t i = 0; i < draft->table->periods.n; i++) {
		const struct period *first = draft->table->periods.items[i];
		if (period_is_system_time(first) != period_is_system_time(period))
			continue;
		struct diag *diag = scope_error(r, "period", item->span,
						"table '%s' has two periods (error 4154)",
						draft->table->name->text);
		ctx_place(r->ctx, diag, first->span, "first here");
		return;
	}
	if (scope_column(draft, period->name))
		scope_error(r, "period", item->span,
			    "a column of table '%s' is called '%s' already (error 1060)",
			    draft->table->name->text, period->name->text);
	LIST_PUSH(r->arena, &draft->table->periods, period);
}

/* --- versioning --------------------------------------------------------------------------------- */

static bool says(const struct column *column, enum tree_attr_kind kind)
{
	return option_find(&column->options, kind) != NULL;
}

/* A column that says `with` versions the table, and no other column. */
static bool spread_versioning(struct resolver *r, struct draft *draft)
{
	struct table *table = draft->table;
	bool with = false;
	for (size_t i = 0; i < draft->columns.n; i++)
		with |= draft->columns.items[i]->state == DRAFT_DONE &&
			says(draft->columns.items[i]->column, ATTR_WITH_SYSTEM_VERSIONING);
	bool spread = with && !table_is_versioned(table);
	for (size_t i = 0; i < draft->columns.n && with; i++) {
		struct column *column = draft->columns.items[i]->column;
		if (draft->columns.items[i]->state != DRAFT_DONE)
			continue;
		bool own = says(column, ATTR_WITH_SYSTEM_VERSIONING);
		option_set(r->arena, &column->options, ATTR_WITH_SYSTEM_VERSIONING, NULL);
		if (spread && !own && !column->generated && !column_is_row_time(column))
			option_set(r->arena, &column->options, ATTR_WITHOUT_SYSTEM_VERSIONING, "");
	}
	if (spread)
		option_set(r->arena, &table->options, ATTR_WITH_SYSTEM_VERSIONING, "");
	return table_is_versioned(table);
}

static void check_versioning(struct resolver *r, const struct draft *draft, bool versioned)
{
	bool any = false, rows = false;
	for (size_t i = 0; i < draft->columns.n; i++) {
		const struct draft_column *item = draft->columns.items[i];
		if (item->state != DRAFT_DONE)
			continue;
		bool without = says(item->column, ATTR_WITHOUT_SYSTEM_VERSIONING);
		any |= !without && !column_is_row_time(item->column);
		rows |= column_is_row_time(item->column);
		if (without && item->column->generated)
			scope_error(r, "period", item->column->span,
				    "a generated column can't be without system versioning "
				    "(error 1064)");
		if (without && !versioned)
			scope_error(r, "period", item->column->span,
				    "column '%s' is without system versioning in a table that has "
				    "none",
				    item->column->name->text);
	}
	if (versioned && !any && !draft->broken)
		scope_error(r, "period", draft->table->span,
			    "table '%s' has no column with system versioning (error 4123)",
			    draft->table->name->text);
	if (!rows || draft->broken)
		return;
	if (!versioned)
		scope_error(r, "period", draft->table->span,
			    "table '%s' has row times, but no system versioning (error 4125)",
			    draft->table->name->text);
	else if (!table_system_time(draft->table))
		scope_error(r, "period", draft->table->span,
			    "table '%s' has row times, but no 'period for system_time' "
			    "(error 4125)",
			    draft->table->name->text);
}

/* --- periods ------------------------------------------------------------------------------------ */

static bool takes_time(const struct column *column)
{
	enum type_class class = type_class(&column->type);
	return class == CLASS_DATE || class == CLASS_DATETIME || class == CLASS_TIMESTAMP;
}

/* timestamp(6), or bigint unsigned for a history by transactions */
static bool takes_row_time(const struct column *column)
{
	const struct type *type = &column->type;
	return (type->id == TYPE_TIMESTAMP && type->decimals == 6) ||
	       (type->id == TYPE_BIGINT && type->is_unsigned);
}

static void check_system_time(struct resolver *r, const struct period *period,
			      const struct column *from, const struct column *to)
{
	if (!says(from, ATTR_ROW_START) || !says(to, ATTR_ROW_END)) {
		struct diag *diag =
			scope_error(r, "period", period->span,
				    "the period for system_time is made of the row's start and its "
				    "end (error 4125)");
		ctx_hint(r->ctx, diag, "%s timestamp(6) as row start", period->from->text);
		ctx_hint(r->ctx, diag, "%s timestamp(6) as row end", period->to->text);
	} else if (!takes_row_time(from) || !type_equal(&from->type, &to->type)) {
		scope_error(r, "period", period->span,
			    "row times are both timestamp(6) or both bigint unsigned "
			    "(error 4110)");
	}
}

static void check_application_time(struct resolver *r, const struct period *period,
				   const struct column *from, const struct column *to)
{
	const struct column *columns[] = { from, to };
	if (!takes_time(from) || !type_equal(&from->type, &to->type)) {
		scope_error(r, "period", period->span,
			    "the columns of a period are of one type: date, datetime or timestamp "
			    "(error 4153)");
		return;
	}
	for (size_t i = 0; i < 2; i++) {
		if (columns[i]->generated || column_is_row_time(columns[i]))
			scope_error(r, "period", period->span,
				    "column '%s' of period '%s' can't be generated (error 4155)",
				    columns[i]->name->text, period->name->text);
		if (columns[i]->nullable)
			scope_error(r, "period", columns[i]->span,
				    "column '%s' of period '%s' can't be null",
				    columns[i]->name->text, period->name->text);
	}
}

static void check_period(struct resolver *r, const struct draft *draft, const struct period *period)
{
	const struct draft_column *from = scope_column(draft, period->from);
	const struct draft_column *to = scope_column(draft, period->to);
	if (!from || !to || from->state != DRAFT_DONE || to->state != DRAFT_DONE)
		return;
	if (from == to)
		scope_error(r, "period", period->span,
			    "a period has two columns, '%s' stands twice", period->from->text);
	else if (period_is_system_time(period))
		check_system_time(r, period, from->column, to->column);
	else
		check_application_time(r, period, from->column, to->column);
}

/* p without overlaps: the key's option is called as the period is. */
static void check_overlaps(struct resolver *r, const struct draft *draft, struct index *index)
{
	const char *name = option_find(&index->options, ATTR_WITHOUT_OVERLAPS);
	const struct period *period =
		name ? table_period(draft->table, ctx_name(r->ctx, name)) : NULL;
	if (!name)
		return;
	if (index->kind != KEY_PRIMARY && index->kind != KEY_UNIQUE) {
		scope_error(r, "period", index->span,
			    "only a unique key can be without overlaps (error 1064)");
		return;
	}
	if (!period || period_is_system_time(period)) {
		struct diag *diag = scope_error(r, "period", index->span,
						"table '%s' has no period '%s' (error 4156)",
						draft->table->name->text, name);
		ctx_hint(r->ctx, diag, "period for %s (FROM, TO)", name);
		return;
	}
	option_set(r->arena, &index->options, ATTR_WITHOUT_OVERLAPS, period->name->text);
	for (size_t i = 0; i < index->parts.n; i++)
		if (index->parts.items[i].column &&
		    period_uses(period, index->parts.items[i].column))
			scope_error(r, "period", index->span,
				    "the key has '%s' by its period already (error 4170)",
				    index->parts.items[i].column->text);
}

void period_settle(struct resolver *r, struct draft *draft)
{
	bool versioned = spread_versioning(r, draft);
	for (size_t i = 0; i < draft->indexes.n; i++)
		table_strip_row_end(draft->table, draft->indexes.items[i]);
	if (r->single)
		return;
	check_versioning(r, draft, versioned);
	for (size_t i = 0; i < draft->table->periods.n; i++)
		check_period(r, draft, draft->table->periods.items[i]);
	for (size_t i = 0; i < draft->indexes.n; i++)
		check_overlaps(r, draft, draft->indexes.items[i]);
}
