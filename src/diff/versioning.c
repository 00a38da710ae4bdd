/*
 * The ALTERs of a table that has system versioning before or after them. Measured on
 * MariaDB 10.5, 10.11 and 11.8:
 *  - A column can't be made WITHOUT SYSTEM VERSIONING before the table is versioned, not even in
 *    the same ALTER (4124).
 *  - Versioning isn't dropped from a table that is partitioned by it, not even in the ALTER that
 *    removes the partitioning (4131).
 *  - The columns of a row's times are not modified, nor dropped and added in one ALTER (4134). A
 *    versioned table gets some from later servers alone (CAP_ROW_TIMES_LATER), and no more than
 *    their names: they are the last ones, visible and without a comment, whatever is asked for.
 *  - The engine under a history can't change (4120).
 * Where nothing else helps, versioning is dropped and added again. That loses the history, as the
 * ops say.
 */
#include "diff/planner.h"

#include "base/context.h"
#include "model/equal.h"
#include "model/normal.h"
#include "model/partition.h"

bool plan_touches_history(const struct op *op)
{
	switch ((int)op->kind) {
	case OP_ADD_COLUMN:
	case OP_DROP_COLUMN:
	case OP_ALTER_COLUMN:
	case OP_MOVE_COLUMN:
		return true;
	case OP_ADD_INDEX:
		return index_is_unique(op->after.index);
	case OP_DROP_INDEX:
		return op->before.index->kind == KEY_PRIMARY;
	default:
		return false;
	}
}

/* --- columns that get a value ---------------------------------------------------------------- */

const struct column *plan_default_form(struct planner *planner, const struct column *column)
{
	struct column *form = arena_memdup(planner->arena, column, sizeof(*form));
	form->default_kind = DEFAULT_EXPR;
	form->default_value =
		normal_expr(planner->ctx, planner->arena, planner->from->server, column->backfill);
	form->was = NULL;
	form->backfill = NULL;
	return form;
}

void plan_refuse_filling(struct planner *planner, const struct name *table,
			 const struct column *column)
{
	struct diag *diag = ctx_error(
		planner->ctx, "backfill", column->span,
		"'%s.%s' can't be filled: table '%s' has system versioning, and the NULLs "
		"of its history would refuse NOT NULL (error 1265)",
		table->text, column->name->text, table->text);
	ctx_hint(planner->ctx, diag,
		 "drop the system versioning with its history before, by a revision of its own");
	planner->ok = false;
}

/* --- what changes --------------------------------------------------------------------------- */

struct versioning {
	struct planner *planner;
	const struct table *table; /* as it is before */
	const struct op_list *ops;
	bool before, after; /* is it versioned? */
	bool interrupted;   /* it is before and after, and can't be in between */
	bool awaited; /* it begins when new columns are filled: that would be history (1265) */
	bool over;    /* it ends by a statement of its own before the others */
	bool row_times_dropped, row_times_added;
	bool named_later; /* they are added in a round of their own */
};

static bool sets_versioning(const struct op *op)
{
	return op->kind == OP_SET_OPTION && op->option == TABLE_OTHER &&
	       op->option_kind == ATTR_WITH_SYSTEM_VERSIONING;
}

/* Is the column what a server makes of the name of a row's time, and `at` columns from the end? */
static bool is_plain_time(const struct table *to, const struct name *name, size_t at)
{
	const struct column *column = table_column(to, name);
	return column && (size_t)table_column_at(to, name) + at == to->columns.n &&
	       !column->invisible && !*column->comment && column->type.id == TYPE_TIMESTAMP;
}

static bool can_name_later(const struct versioning *v)
{
	const struct table *to = schema_find_table(v->planner->to, v->ops->items[0]->table);
	const struct period *times = to ? table_system_time(to) : NULL;
	return times && planner_all_can(v->planner, CAP_ROW_TIMES_LATER) &&
	       is_plain_time(to, times->from, 2) && is_plain_time(to, times->to, 1);
}

static bool fills(const struct op *op)
{
	return (op->kind == OP_ADD_COLUMN || op->kind == OP_ALTER_COLUMN) &&
	       op->after.column->backfill;
}

static void look_at_ops(struct versioning *v)
{
	bool engine = false, filled = false;
	v->before = v->after = table_is_versioned(v->table);
	for (size_t i = 0; i < v->ops->n; i++) {
		const struct op *op = v->ops->items[i];
		filled = filled || fills(op);
		if (sets_versioning(op))
			v->after = op->after.option.text != NULL;
		else if (op->kind == OP_SET_OPTION && op->option == TABLE_ENGINE)
			engine = true;
		else if (op->kind == OP_ADD_PERIOD && period_is_system_time(op->after.period))
			v->row_times_added = true;
		else if (op->kind == OP_DROP_PERIOD && period_is_system_time(op->before.period))
			v->row_times_dropped = true;
	}
	bool stays = v->before && v->after;
	v->named_later = stays && !engine && v->row_times_added && can_name_later(v);
	v->interrupted = stays && (engine || (v->row_times_added && !v->named_later));
	v->awaited = v->after && filled && (!v->before || v->interrupted);
	/* not even in the ALTER that ends it the engine can change (4120) */
	v->over = v->interrupted || (v->before && !v->after && engine);
}

/* --- the rounds ----------------------------------------------------------------------------- */

static void add_round(struct versioning *v, struct round_list *rounds, const struct op_list *ops)
{
	if (ops->n)
		LIST_PUSH(v->planner->arena, rounds, *ops);
}

static const struct op *set_versioning(struct versioning *v, bool versioned)
{
	struct op *op = planner_op(v->planner, OP_SET_OPTION, v->ops->items[0]->table);
	op->option = TABLE_OTHER;
	op->option_kind = ATTR_WITH_SYSTEM_VERSIONING;
	op->before.option.text = versioned ? NULL : "";
	op->after.option.text = versioned ? "" : NULL;
	op->origin = v->ops->items[0]->origin;
	return op;
}

static const struct op *set_partition(struct versioning *v, const struct tree_partition *before,
				      const struct tree_partition *after)
{
	struct op *op = planner_op(v->planner, OP_SET_PARTITION, v->ops->items[0]->table);
	op->before.partition = before;
	op->after.partition = after;
	op->origin = v->ops->items[0]->origin;
	return op;
}

/* The column as it can be while its table is not versioned. */
static const struct column *plain_form(struct versioning *v, const struct column *column)
{
	return plan_without_option(v->planner, column, ATTR_WITHOUT_SYSTEM_VERSIONING);
}

static const struct op *alter(struct versioning *v, const struct column *before,
			      const struct column *after)
{
	struct op *op = planner_op(v->planner, OP_ALTER_COLUMN, v->ops->items[0]->table);
	op->before.column = before;
	op->after.column = after;
	op->origin = v->ops->items[0]->origin;
	return op;
}

/* Is the column, as it is before, dropped by the ops? */
static bool is_dropped(const struct versioning *v, const struct name *column)
{
	for (size_t i = 0; i < v->ops->n; i++)
		if (v->ops->items[i]->kind == OP_DROP_COLUMN &&
		    name_equal(v->ops->items[i]->before.column->name, column))
			return true;
	return false;
}

/* What must be over before versioning ends: the partitioning by it, then columns that are without
 * it, which would stay so. */
static void begin(struct versioning *v, struct round_list *rounds, struct op_list *first)
{
	struct arena *arena = v->planner->arena;
	struct op_list partition = { 0 };
	bool ends = v->before && (v->interrupted || !v->after);
	if (ends && partition_is_by_time(v->table->partition))
		LIST_PUSH(arena, &partition, set_partition(v, v->table->partition, NULL));
	add_round(v, rounds, &partition);
	for (size_t i = 0; v->over && i < v->table->columns.n; i++) {
		const struct column *column = v->table->columns.items[i];
		const struct column *form = plain_form(v, column);
		if (form != column && !is_dropped(v, column->name))
			LIST_PUSH(arena, first, alter(v, column, form));
	}
}

/* The op as it is while the table is not versioned; NULL: nothing is left of it. What is to be
 * WITHOUT goes to `last`. */
static const struct op *plain_op(struct versioning *v, const struct op *op, struct op_list *last)
{
	struct arena *arena = v->planner->arena;
	bool before = op->kind == OP_DROP_COLUMN || op->kind == OP_ALTER_COLUMN ||
		      op->kind == OP_MOVE_COLUMN;
	bool after = op->kind == OP_ADD_COLUMN || op->kind == OP_ALTER_COLUMN ||
		     op->kind == OP_MOVE_COLUMN;
	if (!before && !after)
		return op;
	struct op *plain = arena_memdup(arena, op, sizeof(*op));
	if (before && v->over && op->kind != OP_DROP_COLUMN)
		plain->before.column = plain_form(v, op->before.column);
	if (after)
		plain->after.column = plain_form(v, op->after.column);
	if (op->kind == OP_MOVE_COLUMN)
		plain->before.column = plain->after.column;
	else if (after && plain->after.column != op->after.column)
		LIST_PUSH(arena, last, alter(v, plain->after.column, op->after.column));
	return op->kind == OP_ALTER_COLUMN &&
			       column_equal(plain->before.column, plain->after.column)
		       ? NULL
		       : plain;
}

/* Columns that no op speaks of, and which begin() took the word from. */
static void restore_columns(struct versioning *v, struct op_list *last)
{
	for (size_t i = 0; i < v->table->columns.n; i++) {
		const struct column *column = v->table->columns.items[i];
		const struct column *form = plain_form(v, column);
		bool altered = form == column || is_dropped(v, column->name);
		for (size_t j = 0; j < v->ops->n && !altered; j++)
			altered = v->ops->items[j]->kind == OP_ALTER_COLUMN &&
				  name_equal(v->ops->items[j]->before.column->name, column->name);
		if (!altered)
			LIST_PUSH(v->planner->arena, last, alter(v, form, column));
	}
}

/* The columns of a row's times that are there, and what stands on them. */
static bool goes_first(const struct versioning *v, const struct op *op)
{
	return (op->kind == OP_DROP_PERIOD && period_is_system_time(op->before.period)) ||
	       (op->kind == OP_DROP_COLUMN && column_is_row_time(op->before.column)) ||
	       (op->kind == OP_DROP_INDEX && index_has_row_time(op->before.index, v->table));
}

/* The columns of a row's times, and what stands on them. */
static bool goes_last(const struct versioning *v, const struct op *op)
{
	if (op->kind == OP_ADD_PERIOD)
		return period_is_system_time(op->after.period);
	if (op->kind == OP_ADD_COLUMN)
		return column_is_row_time(op->after.column);
	if (op->kind != OP_ADD_INDEX)
		return false;
	const struct table *to = schema_find_table(v->planner->to, op->table);
	return index_has_row_time(op->after.index, to);
}

/* The column that stands before the one that is added only later; NULL: the column isn't such. */
static const struct column_place *place_of_later(const struct versioning *v,
						 const struct name *column)
{
	for (size_t i = 0; i < v->ops->n; i++) {
		const struct op *op = v->ops->items[i];
		if (op->kind == OP_ADD_COLUMN && goes_last(v, op) &&
		    name_equal(op->after.column->name, column))
			return &op->place_after;
	}
	return NULL;
}

/* A column behind one that is added only later stands behind what that will stand behind. */
static const struct op *placed_without_later(const struct versioning *v, const struct op *op)
{
	if (op->kind != OP_ADD_COLUMN && op->kind != OP_MOVE_COLUMN)
		return op;
	struct column_place place = op->place_after;
	const struct column_place *before;
	while (place.after && (before = place_of_later(v, place.after)))
		place = *before;
	if (place.after == op->place_after.after)
		return op;
	struct op *copy = arena_memdup(v->planner->arena, op, sizeof(*copy));
	copy->place_after = place;
	return copy;
}

static void sort_ops(struct versioning *v, struct op_list *first, struct op_list *main,
		     struct op_list *begins, struct op_list *last)
{
	struct arena *arena = v->planner->arena;
	bool anew = v->row_times_dropped && v->row_times_added;
	bool plain = v->over || (v->after && !v->before);
	bool unpartitioned = v->before && (v->interrupted || !v->after) &&
			     partition_is_by_time(v->table->partition);
	const struct tree_partition *partition = v->table->partition;
	for (size_t i = 0; i < v->ops->n; i++) {
		const struct op *op = v->ops->items[i];
		if (op->kind == OP_SET_PARTITION && unpartitioned) {
			partition = op->after.partition; /* of several the last */
			continue;
		}
		if (((anew || v->over) && goes_first(v, op)) ||
		    (v->over && !v->after && sets_versioning(op))) {
			LIST_PUSH(arena, first, op);
			continue;
		}
		bool by_time =
			op->kind == OP_SET_PARTITION && partition_is_by_time(op->after.partition);
		/* what is partitioned otherwise until then may lack the columns, or have other keys */
		if (v->awaited && by_time && op->before.partition) {
			LIST_PUSH(arena, main, set_partition(v, op->before.partition, NULL));
			op = set_partition(v, NULL, op->after.partition);
		}
		if (v->awaited && (sets_versioning(op) || by_time || goes_last(v, op))) {
			LIST_PUSH(arena, begins, op);
			continue;
		}
		if (v->named_later && goes_last(v, op)) {
			LIST_PUSH(arena, last, op);
			continue;
		}
		op = v->awaited || v->named_later ? placed_without_later(v, op) : op;
		op = plain ? plain_op(v, op, last) : op;
		if (op)
			LIST_PUSH(arena, main, op);
	}
	if (v->interrupted) {
		LIST_PUSH(arena, first, set_versioning(v, false));
		LIST_PUSH(arena, v->awaited ? begins : main, set_versioning(v, true));
		restore_columns(v, last);
	}
	if (unpartitioned && partition)
		LIST_PUSH(arena, last, set_partition(v, NULL, partition));
}

struct round_list plan_versioning(struct planner *planner, const struct change *change)
{
	struct versioning v = { .planner = planner, .ops = &change->ops };
	struct op_list first = { 0 }, main = { 0 }, begins = { 0 }, last = { 0 };
	struct round_list rounds = { 0 };
	v.table = schema_find_table(planner->now, change->ops.items[0]->table);
	look_at_ops(&v);
	if (!v.before && !v.after) {
		add_round(&v, &rounds, &change->ops);
		return rounds;
	}
	begin(&v, &rounds, &first);
	sort_ops(&v, &first, &main, &begins, &last);
	add_round(&v, &rounds, &first);
	add_round(&v, &rounds, &main);
	add_round(&v, &rounds, &begins);
	add_round(&v, &rounds, &last);
	return rounds;
}
