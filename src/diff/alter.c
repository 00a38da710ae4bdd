/*
 * The statements that rename parts of tables and alter tables. All changes of one
 * table share one ALTER, except where a server refuses that.
 */
#include "diff/planner.h"

#include "base/context.h"
#include "diff/rename.h"
#include "model/equal.h"
#include "model/normal.h"
#include "model/partition.h"

/* --- renaming columns ----------------------------------------------------------------------- */

static bool column_mentions(const struct column *column, const struct name *name)
{
	return expr_uses_column(column->generated, name) || expr_uses_column(column->check, name) ||
	       (column->default_kind == DEFAULT_EXPR &&
		expr_uses_column(column->default_value, name));
}

static bool index_computes(const struct index *index, const struct name *name)
{
	for (size_t i = 0; i < index->parts.n; i++)
		if (expr_uses_column(index->parts.items[i].expr, name))
			return true;
	return false;
}

/* What has to be written again with the rename, as it is after it. */
static void restate(struct planner *planner, struct statement *statement, const struct name *column)
{
	struct arena *arena = planner->arena;
	const struct table *table = schema_find_table(planner->now, statement->table);
	statement->restate_partition =
		plan_restated_partition(planner, table, column, statement->origin);
	if (planner_all_can(planner, CAP_RENAME_REWRITES))
		return;
	for (size_t i = 0; i < table->columns.n; i++)
		if (column_mentions(table->columns.items[i], column))
			LIST_PUSH(arena, &statement->restate_columns, table->columns.items[i]);
	for (size_t i = 0; i < table->indexes.n; i++)
		if (index_computes(table->indexes.items[i], column))
			LIST_PUSH(arena, &statement->restate_indexes, table->indexes.items[i]);
	for (size_t i = 0; i < table->checks.n; i++)
		if (expr_uses_column(table->checks.items[i]->expr, column))
			LIST_PUSH(arena, &statement->restate_checks, table->checks.items[i]);
}

static bool restates(const struct statement *statement)
{
	return statement->restate_columns.n || statement->restate_indexes.n ||
	       statement->restate_checks.n || statement->restate_partition;
}

/* Can the rename join the statement? Not when a name would be there twice. */
static bool can_join(const struct statement *statement, const struct op *op)
{
	if (!statement || !name_equal(statement->table, op->table) || restates(statement))
		return false;
	for (size_t i = 0; i < statement->ops.n; i++) {
		const struct op *other = statement->ops.items[i];
		if (other->kind != op->kind)
			return false;
		if (op->kind == OP_RENAME_COLUMN &&
		    (name_equal(other->after.column->name, op->before.column->name) ||
		     name_equal(other->before.column->name, op->after.column->name)))
			return false;
	}
	return true;
}

bool plan_is_said(const struct schema *schema, const struct op *op)
{
	const struct name *name = op->before.column->name;
	const struct table *table = schema_find_table(schema, op->table);
	bool said = table->partition && partition_uses_column(table->partition, name);
	for (size_t i = 0; i < table->columns.n; i++)
		said = said || column_mentions(table->columns.items[i], name);
	for (size_t i = 0; i < table->indexes.n; i++)
		said = said || index_computes(table->indexes.items[i], name);
	for (size_t i = 0; i < table->checks.n; i++)
		said = said || expr_uses_column(table->checks.items[i]->expr, name);
	return said;
}

void plan_rename_parts(struct planner *planner)
{
	const struct op_list *ops = &planner->phases[PHASE_RENAME_PARTS];
	struct statement *statement = NULL;
	for (size_t i = 0; i < ops->n && planner->ok; i++) {
		const struct op *op = ops->items[i];
		if (op->kind != OP_RENAME_COLUMN)
			continue;
		bool alone = plan_is_said(planner->now, op);
		if (alone || !can_join(statement, op))
			statement = planner_statement(planner, op->table, op->origin);
		planner_add(planner, statement, op);
		if (alone && planner->ok)
			restate(planner, statement, op->after.column->name);
	}
	/* without RENAME INDEX the index is dropped and added: see plan_alters() */
	if (!planner_all_can(planner, CAP_RENAME_INDEX))
		return;
	statement = NULL;
	for (size_t i = 0; i < ops->n && planner->ok; i++) {
		const struct op *op = ops->items[i];
		if (op->kind != OP_RENAME_INDEX)
			continue;
		if (!can_join(statement, op))
			statement = planner_statement(planner, op->table, op->origin);
		planner_add(planner, statement, op);
	}
}

/* --- altering tables ------------------------------------------------------------------------ */

/* What becomes of the ops of one table. */
struct split {
	struct op_list options;  /* that the next engine does not know: taken back before */
	struct op_list not_null; /* columns of foreign keys: alone */
	struct op_list main;
	struct column_list filled; /* columns that get a backfill after the main ALTER */
	struct column_list filled_before;
	bool versioned;                /* the table has system versioning at the beginning */
	struct op_list late;           /* after the filling */
	const struct index *late_drop; /* a primary key that is dropped then */
	struct op_list fulltext;       /* each in an ALTER of its own */
};

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

static void sort_out_index(struct planner *planner, struct split *split, const struct op *op,
			   bool *fulltext_seen)
{
	struct arena *arena = planner->arena;
	const struct index *index = op->after.index;
	bool late = index_is_filled(split, index);
	for (size_t i = 0; i < split->late.n; i++)
		late = late || (split->late.items[i]->kind == OP_ADD_PERIOD &&
				index_leans_on(index, split->late.items[i]->after.period));
	if (late)
		LIST_PUSH(arena, &split->late, op);
	else if (index->kind == KEY_FULLTEXT && *fulltext_seen)
		LIST_PUSH(arena, &split->fulltext, op);
	else
		LIST_PUSH(arena, &split->main, op);
	if (index->kind == KEY_FULLTEXT && !planner_all_can(planner, CAP_ADD_FULLTEXT_SEVERAL))
		*fulltext_seen = true;
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
static bool is_late_partition(const struct split *split, const struct op *op, bool late_primary_key)
{
	bool late = late_primary_key;
	for (size_t i = 0; op->after.partition && i < split->filled.n; i++)
		late |= partition_uses_column(op->after.partition, split->filled.items[i]->name);
	return late;
}

static void sort_out(struct planner *planner, struct split *split, const struct op *op,
		     bool late_primary_key, bool *fulltext_seen)
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
		if (op->before.column->nullable && !op->after.column->nullable &&
		    op->after.column->backfill)
			LIST_PUSH(arena, &split->filled_before, op->after.column);
		LIST_PUSH(arena,
			  gets_not_null(planner, op)                       ? &split->not_null
			  : expr_is_filled(split, op->after.column->check) ? &split->late
									   : &split->main,
			  op);
		break;
	case OP_ADD_INDEX:
		sort_out_index(planner, split, op, fulltext_seen);
		break;
	case OP_DROP_INDEX:
		/* an auto_increment column is a key at every moment, and some servers are told to
		 * refuse tables without a primary key */
		if (late_primary_key && op->before.index->kind == KEY_PRIMARY) {
			LIST_PUSH(arena, &split->late, op);
			split->late_drop = op->before.index;
		} else {
			LIST_PUSH(arena, &split->main, op);
		}
		break;
	case OP_DROP_COLUMN:
		LIST_PUSH(arena, is_late_part(split, op) ? &split->late : &split->main, op);
		break;
	case OP_SET_PARTITION:
		LIST_PUSH(arena,
			  is_late_partition(split, op, late_primary_key) ? &split->late
									 : &split->main,
			  op);
		break;
	case OP_ADD_PERIOD:
		if (is_filled(split, op->after.period->from) ||
		    is_filled(split, op->after.period->to))
			LIST_PUSH(arena, &split->late, op);
		else
			LIST_PUSH(arena, &split->main, op);
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

static bool changes_engine(const struct op_list *ops)
{
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i]->kind == OP_SET_OPTION && ops->items[i]->option == TABLE_ENGINE)
			return true;
	return false;
}

/*
 * Options that an engine of MariaDB declares. Another engine refuses to hear of them, even to take
 * them back (1911, measured on 10.5, 10.11 and 11.8).
 */
static bool leaves_with_engine(const struct op *op)
{
	static const enum tree_attr_kind kinds[] = { ATTR_PAGE_COMPRESSED,
						     ATTR_PAGE_COMPRESSION_LEVEL, ATTR_ENCRYPTED,
						     ATTR_ENCRYPTION_KEY_ID };
	if (op->kind != OP_SET_OPTION || op->option != TABLE_OTHER || op->after.option.text)
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (op->option_kind == kinds[i])
			return true;
	return false;
}

static void fill(struct planner *planner, const struct name *name, const struct column *column)
{
	const struct table *table = schema_find_table(planner->now, name);
	struct statement *statement = planner_statement(planner, name, column->span);
	statement->backfill = column;
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *other = table->columns.items[i];
		if (other->on_update_now && !name_equal(other->name, column->name))
			LIST_PUSH(planner->arena, &statement->keep, other->name);
	}
}

/*
 * An index is made with the table's KEY_BLOCK_SIZE of that moment, or what MyISAM thinks best. When
 * the table's changes, the server writes the old one to each index (measured on 5.6, 9.7 and
 * 11.8): they are made anew.
 */
static bool changes_block_size(const struct op_list *ops)
{
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op->kind == OP_SET_OPTION && op->option == TABLE_OTHER &&
		    op->option_kind == ATTR_KEY_BLOCK_SIZE &&
		    (op->before.option.text || changes_engine(ops)))
			return true;
	}
	return false;
}

static bool drops_index(const struct op_list *ops, const struct index *index)
{
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i]->kind == OP_DROP_INDEX &&
		    name_equal(ops->items[i]->before.index->name, index->name))
			return true;
	return false;
}

/*
 * MySQL makes a prefix of a key part whose column was an ENUM or a SET and becomes a string: it
 * takes the bytes of the old key for characters of the new one (measured on 5.6 and 9.7).
 */
static bool spoils_index(const struct op *op, const struct index *index)
{
	if (op->kind != OP_ALTER_COLUMN)
		return false;
	enum type_class from = type_class(&op->before.column->type);
	enum type_class to = type_class(&op->after.column->type);
	if ((from != CLASS_SET && from != CLASS_ENUM) || (to != CLASS_STRING && to != CLASS_BINARY))
		return false;
	for (size_t i = 0; i < index->parts.n; i++)
		if (name_equal(index->parts.items[i].column, op->before.column->name))
			return true;
	return false;
}

/* Do all parts of the one begin the other? */
static bool begins_index(const struct index *index, const struct index *longer)
{
	bool tree = longer->kind == KEY_PRIMARY || longer->kind == KEY_UNIQUE ||
		    longer->kind == KEY_INDEX;
	for (size_t i = 0; i < index->parts.n; i++)
		if (i >= longer->parts.n || longer->parts.items[i].length ||
		    !name_equal(index->parts.items[i].column, longer->parts.items[i].column))
			return false;
	return tree;
}

/* A plain index of just the columns of a foreign key. */
static bool may_be_made(const struct planner *planner, const struct table *table,
			const struct index *index)
{
	struct name_list columns = { 0 };
	for (size_t i = 0; i < index->parts.n; i++) {
		if (!index->parts.items[i].column || index->parts.items[i].length)
			return false;
		LIST_PUSH(planner->arena, &columns, index->parts.items[i].column);
	}
	const struct table *renamed = schema_find_table(planner->renamed, table->name);
	for (size_t i = 0; index->kind == KEY_INDEX && i < renamed->foreign_keys.n; i++)
		if (name_list_equal(&renamed->foreign_keys.items[i]->columns, &columns))
			return true;
	return false;
}

/*
 * An index that the server made for a foreign key goes in silence when another one can take its
 * place, and nothing tells it from others (foreign-keys.md section 3). Dropped and added in that
 * ALTER it is an index like any other, and stays (measured on all five).
 */
static bool displaces_index(const struct planner *planner, const struct table *table,
			    const struct op *op, const struct index *index)
{
	return op->kind == OP_ADD_INDEX && begins_index(index, op->after.index) &&
	       may_be_made(planner, table, index);
}

/* Indexes that the statement must make anew so that they are afterwards what they were. */
static void restate_indexes(struct planner *planner, struct statement *statement,
			    const struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, statement->table);
	bool resized = changes_block_size(ops);
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		bool anew = resized;
		for (size_t j = 0; j < ops->n && !anew; j++)
			anew = spoils_index(ops->items[j], index) ||
			       displaces_index(planner, table, ops->items[j], index);
		if (anew && !drops_index(ops, index))
			LIST_PUSH(planner->arena, &statement->restate_indexes, index);
	}
}

static bool is_in_foreign_key(const struct planner *planner, const struct table *table)
{
	for (size_t i = 0; i < table->columns.n; i++)
		if (map_get(&planner->key_columns, table->columns.items[i]))
			return true;
	return false;
}

/*
 * In place MariaDB counts columns wrongly behind a STORED one when a string's type or collation
 * changes: it takes the column for another one, and refuses when that belongs to a foreign key
 * (1832, 1833; measured on 10.5, 10.11 and 11.8). A copy of the table, which MySQL makes anyhow,
 * has no such trouble.
 */
static bool must_copy(const struct planner *planner, const struct name *name,
		      const struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, name);
	if (planner_all_can(planner, CAP_COLLATE_BEHIND_STORED) ||
	    !is_in_foreign_key(planner, table))
		return false;
	bool behind = false;
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		for (size_t j = 0; behind && j < ops->n; j++) {
			const struct op *op = ops->items[j];
			if (op->kind == OP_ALTER_COLUMN &&
			    name_equal(op->before.column->name, column->name) &&
			    op->before.column->collation && op->after.column->collation &&
			    (!type_equal(&op->before.column->type, &op->after.column->type) ||
			     !name_equal(op->before.column->collation,
					 op->after.column->collation)))
				return true;
		}
		behind = behind || (column->generated && column->stored);
	}
	return false;
}

/*
 * MyISAM packs zeros of ZEROFILL numbers otherwise, but servers take the change for one of the name
 * alone: the table can't be read after it (1034, 1030; measured on 5.6, 9.7 and MariaDB 10.5 to 11.8).
 */
static bool packs_otherwise(const struct planner *planner, const struct name *name,
			    const struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, name);
	if (!word_equal(table->engine->text, "MyISAM"))
		return false;
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i]->kind == OP_ALTER_COLUMN &&
		    ops->items[i]->before.column->type.zerofill !=
			    ops->items[i]->after.column->type.zerofill)
			return true;
	return false;
}

static void alter_at_once(struct planner *planner, const struct name *table,
			  const struct op_list *ops)
{
	if (!ops->n)
		return;
	struct statement *statement = planner_statement(planner, table, span_none());
	restate_indexes(planner, statement, ops);
	statement->copy = must_copy(planner, table, ops) || packs_otherwise(planner, table, ops);
	for (size_t i = 0; i < ops->n && planner->ok; i++)
		planner_add(planner, statement, ops->items[i]);
}

/* Does the op write a column's definition with a default that is another one on a replica? */
static bool writes_unsafe_default(const struct op *op)
{
	return (op->kind == OP_ALTER_COLUMN || op->kind == OP_MOVE_COLUMN) &&
	       op->after.column->default_kind == DEFAULT_EXPR &&
	       normal_is_unsafe(op->after.column->default_value);
}

/* One ALTER, or more: with a new column in it, CAP_ADD_UNSAFE_DEFAULT is about all of its text. */
static void alter_together(struct planner *planner, const struct name *table,
			   const struct op_list *ops)
{
	struct op_list part = { 0 };
	bool adds = false, unsafe = false, can = planner_all_can(planner, CAP_ADD_UNSAFE_DEFAULT);
	for (size_t i = 0; i < ops->n; i++) {
		bool add = ops->items[i]->kind == OP_ADD_COLUMN;
		bool writes = writes_unsafe_default(ops->items[i]);
		if (!can && ((add && unsafe) || (writes && adds))) {
			alter_at_once(planner, table, &part);
			part = (struct op_list){ 0 };
			adds = unsafe = false;
		}
		adds = adds || add;
		unsafe = unsafe || writes;
		LIST_PUSH(planner->arena, &part, ops->items[i]);
	}
	alter_at_once(planner, table, &part);
}

/* A column that is dropped later than diff thought may stand behind another one by then. */
static void correct_places(struct planner *planner, const struct name *name, struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, name);
	for (size_t i = 0; i < ops->n && planner->ok; i++) {
		if (ops->items[i]->kind != OP_DROP_COLUMN)
			continue;
		struct op *op = arena_memdup(planner->arena, ops->items[i], sizeof(*op));
		int at = table_column_at(table, op->before.column->name);
		op->place_before.after = at > 0 ? table->columns.items[at - 1]->name : NULL;
		ops->items[i] = op;
	}
}

/*
 * What no server may add at once gets its default's value as a backfill: the column first, then its
 * values, then the default (CAP_ADD_UNSAFE_DEFAULT).
 */
static const struct op *fill_unsafe_default(struct planner *planner, const struct op *op)
{
	const struct column *column = op->after.column;
	if (op->kind != OP_ADD_COLUMN || column->backfill || column->default_kind != DEFAULT_EXPR ||
	    !normal_is_unsafe(column->default_value) ||
	    planner_all_can(planner, CAP_ADD_UNSAFE_DEFAULT))
		return op;
	struct op *copy = arena_memdup(planner->arena, op, sizeof(*copy));
	struct column *filled = arena_memdup(planner->arena, column, sizeof(*filled));
	filled->backfill = column->default_value;
	copy->after.column = filled;
	return copy;
}

static void alter_round(struct planner *planner, const struct op_list *given)
{
	struct op_list round = { 0 }, *ops = &round;
	for (size_t i = 0; i < given->n; i++)
		LIST_PUSH(planner->arena, ops, fill_unsafe_default(planner, given->items[i]));
	struct split split = { 0 };
	bool fulltext_seen = false;
	const struct name *table = ops->items[0]->table;
	split.versioned = table_is_versioned(schema_find_table(planner->now, table));
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i]->kind == OP_ADD_COLUMN && ops->items[i]->after.column->backfill &&
		    !split.versioned)
			LIST_PUSH(planner->arena, &split.filled, ops->items[i]->after.column);
	bool late_primary_key = has_late_primary_key(&split, ops);
	split.filled.n = 0; /* found again one by one, each before what stands on it */
	struct change change = { schema_find_table(planner->renamed, table), *ops };
	bool engine = changes_engine(ops);
	for (size_t i = 0; i < ops->n && planner->ok; i++) {
		const struct op *op = ops->items[i];
		if (plan_stands_alone(&change, op))
			planner_add(planner, planner_statement(planner, table, op->origin), op);
		else if (engine && leaves_with_engine(op))
			LIST_PUSH(planner->arena, &split.options, op);
		else
			sort_out(planner, &split, op, late_primary_key, &fulltext_seen);
	}

	if (split.versioned && split.filled_before.n)
		plan_refuse_filling(planner, table, split.filled_before.items[0]);
	for (size_t i = 0; i < split.filled_before.n && planner->ok; i++)
		fill(planner, table, split.filled_before.items[i]);
	alter_together(planner, table, &split.options);
	alter_together(planner, table, &split.not_null);
	alter_together(planner, table, &split.main);
	for (size_t i = 0; i < split.fulltext.n && planner->ok; i++) {
		struct statement *statement = planner_statement(planner, table, span_none());
		planner_add(planner, statement, split.fulltext.items[i]);
	}
	for (size_t i = 0; i < split.filled.n && planner->ok; i++)
		fill(planner, table, split.filled.items[i]);
	correct_places(planner, table, &split.late);
	alter_together(planner, table, &split.late);
}

static void alter_table(struct planner *planner, const struct change *change)
{
	struct round_list rounds = plan_versioning(planner, change);
	for (size_t i = 0; i < rounds.n && planner->ok; i++) {
		if (rounds.n > 1)
			correct_places(planner, rounds.items[i].items[0]->table, &rounds.items[i]);
		alter_round(planner, &rounds.items[i]);
	}
}

/* --- names of checks ------------------------------------------------------------------------ */

/*
 * Where names of checks are unique in the whole database, a name that one table gives up and
 * an earlier one takes must be free by then: such a check is dropped before all the ALTERs.
 */
static void free_check_names(struct planner *planner)
{
	struct map wanted = { 0 }; /* names that some table takes */
	for (size_t i = 0; i < planner->n_changes; i++) {
		struct change *change = planner->changes[i];
		for (size_t j = 0; j < change->ops.n && planner->ok; j++) {
			const struct op *op = change->ops.items[j];
			if (op->kind != OP_DROP_CHECK ||
			    !map_get(&wanted, op->before.check->name->key))
				continue;
			struct statement *statement =
				planner_statement(planner, op->table, op->origin);
			planner_add(planner, statement, op);
			LIST_REMOVE(&change->ops, j);
			j--;
		}
		for (size_t j = 0; j < change->ops.n; j++)
			if (change->ops.items[j]->kind == OP_ADD_CHECK)
				map_put(planner->arena, &wanted,
					change->ops.items[j]->after.check->name->key, change);
	}
}

static void note_columns(struct planner *planner, const struct table *table,
			 const struct name_list *columns)
{
	for (size_t i = 0; table && i < columns->n; i++) {
		const struct column *column = table_column(table, columns->items[i]);
		if (column)
			map_put(planner->arena, &planner->key_columns, column, planner);
	}
}

/* The columns that foreign keys use while tables are altered. */
static void note_key_columns(struct planner *planner)
{
	for (size_t i = 0; i < planner->now->tables.n; i++) {
		const struct table *child = planner->now->tables.items[i];
		for (size_t j = 0; j < child->foreign_keys.n; j++) {
			const struct foreign_key *key = child->foreign_keys.items[j];
			note_columns(planner, child, &key->columns);
			if (!key->parent_database)
				note_columns(planner, schema_find_table(planner->now, key->parent),
					     &key->parent_columns);
		}
	}
}

void plan_alters(struct planner *planner)
{
	note_key_columns(planner);
	free_check_names(planner);
	for (size_t i = 0; i < planner->n_changes && planner->ok; i++)
		if (planner->changes[i]->ops.n)
			alter_table(planner, planner->changes[i]);
}
