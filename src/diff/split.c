#include "diff/split.h"

#include "model/equal.h"
#include "model/partition.h"

static bool is_filled(const struct split *split, const struct name *name)
{
	for (size_t i = 0; i < split->filled.n; i++)
		if (name_equal(split->filled.items[i]->name, name))
			return true;
	return false;
}

static bool index_is_filled(const struct split *split, const struct index *index)
{
	for (size_t i = 0; i < index->parts.n; i++)
		if (index->parts.items[i].column && is_filled(split, index->parts.items[i].column))
			return true;
	return false;
}

static bool expr_is_filled(const struct split *split, const struct expr *expr)
{
	for (size_t i = 0; i < split->filled.n; i++)
		if (expr_uses_column(expr, split->filled.items[i]->name))
			return true;
	return false;
}

/* The form of a column in which the rows that are there have no value yet. */
static const struct column *empty_form(struct arena *arena, const struct column *column)
{
	struct column *form = arena_memdup(arena, column, sizeof(*form));
	form->nullable = true;
	form->default_kind = DEFAULT_NONE;
	form->default_value = NULL;
	form->check = NULL; /* of a column of MariaDB; NULL may not pass it */
	form->was = NULL;
	form->backfill = NULL;
	return form;
}

static void add_filled_column(struct planner *planner, struct split *split, const struct op *op)
{
	struct arena *arena = planner->arena;
	const struct column *column = op->after.column;
	struct op *add = arena_memdup(arena, op, sizeof(*add));
	struct op *alter = planner_op(planner, OP_ALTER_COLUMN, op->table);
	add->after.column =
		split->versioned ? plan_default_form(planner, column) : empty_form(arena, column);
	alter->before.column = add->after.column;
	alter->after.column = column;
	alter->origin = op->origin;
	LIST_PUSH(arena, &split->main, add);
	if (!split->versioned)
		LIST_PUSH(arena, &split->filled, column);
	if (!column_equal(add->after.column, column))
		LIST_PUSH(arena, &split->late, alter);
}

const struct column *plan_without_option(struct planner *planner, const struct column *column,
					 enum tree_attr_kind kind)
{
	struct arena *arena = planner->arena;
	if (!option_find(&column->options, kind))
		return column;
	struct column *form = arena_memdup(arena, column, sizeof(*form));
	form->options.items = arena_memdup(arena, column->options.items,
					   column->options.n * sizeof(*column->options.items));
	form->options.cap = column->options.n;
	option_set(arena, &form->options, kind, NULL);
	return form;
}

/*
 * MariaDB takes the bytes of a compressed string for digits where the column becomes a decimal
 * (1292; measured on 10.5 and 11.8): it is a plain string before.
 */
static const struct op *unpack_decimal(struct planner *planner, struct split *split,
				       const struct op *op)
{
	const struct column *plain =
		plan_without_option(planner, op->before.column, ATTR_COMPRESSED);
	if (plain == op->before.column || type_class(&op->after.column->type) != CLASS_DECIMAL)
		return op;
	struct op *unpack = arena_memdup(planner->arena, op, sizeof(*op));
	struct op *rest = arena_memdup(planner->arena, op, sizeof(*op));
	unpack->after.column = plain;
	rest->before.column = plain;
	LIST_PUSH(planner->arena, &split->before, unpack);
	return rest;
}

/* Is it NOT NULL afterwards, its NULLs filled, and that of a type which the fill may not suit before? */
static bool is_filled_when_retyped(const struct split *split, const struct op *op)
{
	return op->kind == OP_ALTER_COLUMN && !split->versioned && op->after.column->backfill &&
	       op->before.column->nullable && !op->after.column->nullable &&
	       (!type_equal(&op->before.column->type, &op->after.column->type) ||
		!name_equal(op->before.column->charset, op->after.column->charset));
}

/* The new type first, NULLs and all, then the values, then NOT NULL. */
static void retype_filled_column(struct planner *planner, struct split *split, const struct op *op)
{
	struct arena *arena = planner->arena;
	struct column *form = arena_memdup(arena, op->after.column, sizeof(*form));
	struct op *first = arena_memdup(arena, op, sizeof(*first));
	struct op *last = arena_memdup(arena, op, sizeof(*last));
	form->nullable = true;
	form->check = NULL;
	form->backfill = NULL;
	first->after.column = last->before.column = form;
	LIST_PUSH(arena, &split->main, unpack_decimal(planner, split, first));
	LIST_PUSH(arena, &split->filled, op->after.column);
	LIST_PUSH(arena, &split->late, last);
}

/* MySQL sets no secondary engine where there is one (3889, measured on 9.7): first there is none. */
static const struct op *leave_secondary_engine(struct planner *planner, struct split *split,
					       const struct op *op)
{
	if (op->option != TABLE_OTHER || op->option_kind != ATTR_SECONDARY_ENGINE ||
	    !op->before.option.text || !op->after.option.text)
		return op;
	struct op *leave = arena_memdup(planner->arena, op, sizeof(*op));
	struct op *rest = arena_memdup(planner->arena, op, sizeof(*op));
	leave->after.option.text = NULL;
	rest->before.option.text = NULL;
	LIST_PUSH(planner->arena, &split->before, leave);
	return rest;
}

static bool has_late_primary_key(const struct split *split, const struct op_list *ops)
{
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op->kind == OP_ADD_INDEX && op->after.index->kind == KEY_PRIMARY &&
		    index_is_filled(split, op->after.index))
			return true;
	}
	return false;
}

static bool begins_with(const struct index *index, const struct name *column)
{
	return name_equal(index->parts.items[0].column, column);
}

/* Is it the only key of an auto_increment column until one comes after the filling? (1075) */
static bool counts_meanwhile(const struct planner *planner, const struct split *split,
			     const struct op_list *ops, const struct index *index)
{
	const struct table *table = schema_find_table(planner->now, ops->items[0]->table);
	const struct name *name = index->parts.items[0].column;
	const struct column *column = name ? table_column(table, name) : NULL;
	bool late = false;
	if (!column || !column->auto_increment)
		return false;
	for (size_t i = 0; i < table->indexes.n; i++)
		if (begins_with(table->indexes.items[i], name) &&
		    !plan_drops_index(ops, table->indexes.items[i]))
			return false;
	for (size_t i = 0; i < ops->n; i++) {
		if (ops->items[i]->kind != OP_ADD_INDEX ||
		    !begins_with(ops->items[i]->after.index, name))
			continue;
		if (!index_is_filled(split, ops->items[i]->after.index))
			return false;
		late = true;
	}
	return late;
}

/*
 * The key that is dropped with the last ALTER: an auto_increment column is a key at every moment, and
 * some servers are told to refuse tables without a primary key. NULL: none is.
 */
static const struct index *find_late_drop(const struct planner *planner, const struct split *split,
					  const struct op_list *ops)
{
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op->kind == OP_DROP_INDEX &&
		    ((split->late_primary_key && op->before.index->kind == KEY_PRIMARY) ||
		     counts_meanwhile(planner, split, ops, op->before.index)))
			return op->before.index;
	}
	return NULL;
}

void split_begin(struct planner *planner, struct split *split, const struct op_list *ops)
{
	split->versioned =
		table_is_versioned(schema_find_table(planner->now, ops->items[0]->table));
	for (size_t i = 0; i < ops->n; i++)
		if ((ops->items[i]->kind == OP_ADD_COLUMN &&
		     ops->items[i]->after.column->backfill && !split->versioned) ||
		    is_filled_when_retyped(split, ops->items[i]))
			LIST_PUSH(planner->arena, &split->filled, ops->items[i]->after.column);
	split->late_primary_key = has_late_primary_key(split, ops);
	split->late_drop = find_late_drop(planner, split, ops);
	split->filled.n = 0; /* found again one by one, each before what stands on it */
}

/* How the column is altered after the filling; NULL: it isn't. */
static const struct op *late_alter(const struct split *split, const struct name *column)
{
	for (size_t i = 0; i < split->late.n; i++)
		if (split->late.items[i]->kind == OP_ALTER_COLUMN &&
		    name_equal(split->late.items[i]->before.column->name, column))
			return split->late.items[i];
	return NULL;
}

/* A column that is altered later moves as it is. */
static const struct op *move_as_it_is(struct planner *planner, const struct split *split,
				      const struct op *op)
{
	const struct op *alter = late_alter(split, op->before.column->name);
	if (!alter)
		return op;
	struct op *move = arena_memdup(planner->arena, op, sizeof(*move));
	move->before.column = move->after.column = alter->before.column;
	return move;
}

static void add_index(struct planner *planner, struct split *split, const struct op *op)
{
	struct arena *arena = planner->arena;
	const struct index *index = op->after.index;
	bool late = index_is_filled(split, index);
	for (size_t i = 0; i < index->parts.n; i++)
		late = late || (index->parts.items[i].column &&
				late_alter(split, index->parts.items[i].column));
	for (size_t i = 0; i < split->late.n; i++)
		late = late || (split->late.items[i]->kind == OP_ADD_PERIOD &&
				index_leans_on(index, split->late.items[i]->after.period));
	if (late)
		LIST_PUSH(arena, &split->late, op);
	else if (index->kind == KEY_FULLTEXT && split->fulltext_seen)
		LIST_PUSH(arena, &split->fulltext, op);
	else
		LIST_PUSH(arena, &split->main, op);
	if (index->kind == KEY_FULLTEXT && !planner_all_can(planner, CAP_ADD_FULLTEXT_SEVERAL))
		split->fulltext_seen = true;
}

/* Does the column belong to a key that is there until later? */
static bool is_late_part(const struct split *split, const struct op *op)
{
	for (size_t i = 0; split->late_drop && i < split->late_drop->parts.n; i++)
		if (name_equal(split->late_drop->parts.items[i].column, op->before.column->name))
			return true;
	return false;
}

/* Is a column of a foreign key that is there to be NOT NULL? Servers do that in place or not at
 * all, so that nothing that needs a copy may go along. */
static bool gets_not_null(const struct planner *planner, const struct op *op)
{
	const struct table *table = schema_find_table(planner->now, op->table);
	return op->before.column->nullable && !op->after.column->nullable &&
	       map_get(&planner->key_columns, table_column(table, op->before.column->name)) != NULL;
}

/* PARTITION BY needs the keys that hold its columns, and the old keys may need the old one. */
static bool is_late_partition(const struct split *split, const struct op *op)
{
	bool late = split->late_primary_key;
	for (size_t i = 0; op->after.partition && i < split->filled.n; i++)
		late |= partition_uses_column(op->after.partition, split->filled.items[i]->name);
	return late;
}

/* A CONNECTION that REMOVE PARTITIONING in the same ALTER might lose. */
static bool is_late_option(const struct planner *planner, const struct op *op)
{
	return op->option == TABLE_OTHER && op->option_kind == ATTR_CONNECTION &&
	       op->after.option.text && schema_find_table(planner->now, op->table)->partition &&
	       !planner_all_can(planner, CAP_CONNECTION_KEPT);
}

void split_add(struct planner *planner, struct split *split, const struct op *op)
{
	struct arena *arena = planner->arena;
	switch ((int)op->kind) {
	case OP_ADD_COLUMN:
		if (op->after.column->backfill)
			add_filled_column(planner, split, op);
		else
			LIST_PUSH(arena, &split->main, op);
		break;
	case OP_ALTER_COLUMN:
		if (is_filled_when_retyped(split, op)) {
			retype_filled_column(planner, split, op);
			break;
		}
		if (op->before.column->nullable && !op->after.column->nullable &&
		    op->after.column->backfill)
			LIST_PUSH(arena, &split->filled_before, op->after.column);
		op = unpack_decimal(planner, split, op);
		LIST_PUSH(arena,
			  gets_not_null(planner, op) ? &split->not_null
			  : is_late_part(split, op) ||
					  expr_is_filled(split, op->after.column->check)
				  ? &split->late
				  : &split->main,
			  op);
		break;
	case OP_MOVE_COLUMN:
		LIST_PUSH(arena, &split->main, move_as_it_is(planner, split, op));
		break;
	case OP_ADD_INDEX:
		add_index(planner, split, op);
		break;
	case OP_DROP_INDEX:
		LIST_PUSH(arena, op->before.index == split->late_drop ? &split->late : &split->main,
			  op);
		break;
	case OP_DROP_COLUMN:
		LIST_PUSH(arena, is_late_part(split, op) ? &split->late : &split->main, op);
		break;
	case OP_SET_PARTITION:
		LIST_PUSH(arena, is_late_partition(split, op) ? &split->late : &split->main, op);
		break;
	case OP_ADD_PERIOD:
		if (is_filled(split, op->after.period->from) ||
		    is_filled(split, op->after.period->to))
			LIST_PUSH(arena, &split->late, op);
		else
			LIST_PUSH(arena, &split->main, op);
		break;
	case OP_SET_OPTION:
		op = leave_secondary_engine(planner, split, op);
		/* after the partitioning, which waits for a late primary key */
		LIST_PUSH(arena,
			  !is_late_option(planner, op) ? &split->main
			  : split->late_primary_key    ? &split->last
						       : &split->late,
			  op);
		break;
	case OP_ADD_CHECK:
		if (expr_is_filled(split, op->after.check->expr))
			LIST_PUSH(arena, &split->late, op);
		else
			LIST_PUSH(arena, &split->main, op);
		break;
	default:
		LIST_PUSH(arena, &split->main, op);
	}
}
