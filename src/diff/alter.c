/*
 * The statements that rename parts of tables and alter tables. All changes of one
 * table share one ALTER, except where a server refuses that.
 */
#include "diff/split.h"

#include "diff/rename.h"
#include "model/equal.h"
#include "model/normal.h"

/* --- renaming columns ----------------------------------------------------------------------- */

static bool restates(const struct statement *statement)
{
	return statement->restate_columns.n || statement->restate_indexes.n ||
	       statement->restate_checks.n || statement->restate_partition;
}

/* Can the rename join the statement? Not when a name would be there twice. */
static bool can_join(const struct schema *now, const struct statement *statement,
		     const struct op *op)
{
	if (!statement || !schema_same_table(now, statement->table, op->table) ||
	    restates(statement))
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

void plan_rename_parts(struct planner *planner)
{
	const struct op_list *ops = &planner->phases[PHASE_RENAME_PARTS];
	struct statement *statement = NULL;
	for (size_t i = 0; i < ops->n && planner->ok; i++) {
		const struct op *op = ops->items[i];
		if (op->kind != OP_RENAME_COLUMN)
			continue;
		bool alone = plan_is_said(planner->now, op);
		if (alone || !can_join(planner->now, statement, op))
			statement = planner_statement(planner, op->table, op->origin);
		planner_add(planner, statement, op);
		if (alone && planner->ok)
			plan_restate_rename(planner, statement, op->after.column->name);
		plan_keep_hashes(planner, statement);
	}
	statement = NULL;
	for (size_t i = 0; i < ops->n && planner->ok; i++) {
		const struct op *op = ops->items[i];
		/* one that is dropped and added: see plan_alters() */
		if (op->kind != OP_RENAME_INDEX || plan_is_replaced(planner, op->before.index))
			continue;
		if (!can_join(planner->now, statement, op))
			statement = planner_statement(planner, op->table, op->origin);
		planner_add(planner, statement, op);
		plan_keep_hashes(planner, statement);
	}
}

/* --- altering tables ------------------------------------------------------------------------ */

/*
 * Options that an engine of MariaDB declares, and one that it heeds. Another engine refuses to hear
 * of them, even to take them back (1911, measured on 10.5, 10.11 and 11.8). MySQL changes no engine
 * while there is a secondary one (3889, measured on 9.7).
 */
static bool leaves_with_engine(const struct op *op)
{
	static const enum tree_attr_kind kinds[] = {
		ATTR_PAGE_COMPRESSED,   ATTR_PAGE_COMPRESSION_LEVEL, ATTR_ENCRYPTED,
		ATTR_ENCRYPTION_KEY_ID, ATTR_TRANSACTIONAL,          ATTR_SECONDARY_ENGINE
	};
	if (op->kind != OP_SET_OPTION || op->option != TABLE_OTHER || op->after.option.text)
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (op->option_kind == kinds[i])
			return true;
	return false;
}

/* Is the op one of two that together do nothing but hide an index? */
static bool hides_index(const struct op_list *ops, const struct op *op)
{
	bool drops = op->kind == OP_DROP_INDEX;
	if (!drops && op->kind != OP_ADD_INDEX)
		return false;
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *other = ops->items[i];
		if (other->kind != (drops ? OP_ADD_INDEX : OP_DROP_INDEX))
			continue;
		const struct index *from = drops ? op->before.index : other->before.index;
		const struct index *to = drops ? other->after.index : op->after.index;
		if (name_equal(from->name, to->name) && index_only_visibility(from, to))
			return to->invisible;
	}
	return false;
}

/*
 * Without a primary key a unique one takes its place, and can't be hidden in the ALTER that adds
 * one: servers look at the table as it is before (3522, 4174; measured on 9.7, 10.11 and 11.8).
 */
static bool gets_primary_key(const struct planner *planner, const struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, ops->items[0]->table);
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i]->kind == OP_ADD_INDEX &&
		    ops->items[i]->after.index->kind == KEY_PRIMARY)
			return !table_primary_key(table);
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

static void alter_at_once(struct planner *planner, const struct name *table,
			  const struct op_list *ops)
{
	if (!ops->n)
		return;
	struct statement *statement = planner_statement(planner, table, span_none());
	plan_restate(planner, statement, ops);
	for (size_t i = 0; i < ops->n && planner->ok; i++)
		planner_add(planner, statement, ops->items[i]);
	plan_keep_hashes(planner, statement);
}

/* Does the op write a column's definition with a default that is another one on a replica? */
static bool writes_unsafe_default(const struct op *op)
{
	return (op->kind == OP_ALTER_COLUMN || op->kind == OP_MOVE_COLUMN) &&
	       op->after.column->default_kind == DEFAULT_EXPR &&
	       normal_is_unsafe(op->after.column->default_value);
}

static bool has_part(const struct index *index, const struct name *column)
{
	for (size_t i = 0; i < index->parts.n; i++)
		if (name_equal(index->parts.items[i].column, column) ||
		    expr_uses_column(index->parts.items[i].expr, column))
			return true;
	return false;
}

static bool is_altered(const struct op_list *ops, const struct index *index)
{
	for (size_t i = 0; i < ops->n; i++)
		if ((ops->items[i]->kind == OP_ALTER_COLUMN ||
		     ops->items[i]->kind == OP_DROP_COLUMN) &&
		    has_part(index, ops->items[i]->before.column->name))
			return true;
	return false;
}

/* Does the op take away a key of what numbers the rows? */
static bool drops_number_key(const struct table *table, const struct op *op)
{
	if (op->kind != OP_DROP_INDEX || !op->before.index->parts.items[0].column)
		return false;
	const struct column *column = table_column(table, op->before.index->parts.items[0].column);
	return column && column->auto_increment;
}

/*
 * Does it number the rows, or take away a key that may be needed until another one comes, by what
 * numbers them (1075) or by a foreign key (1553)? A key in the way of a column's change goes first.
 */
static bool goes_with_key(const struct table *table, const struct op_list *ops, const struct op *op)
{
	if (op->kind == OP_DROP_INDEX)
		return drops_number_key(table, op) || !is_altered(ops, op->before.index);
	for (size_t i = 0; op->kind == OP_DROP_COLUMN && i < ops->n; i++)
		if (drops_number_key(table, ops->items[i]) &&
		    has_part(ops->items[i]->before.index, op->before.column->name))
			return true;
	return (op->kind == OP_ALTER_COLUMN || op->kind == OP_MOVE_COLUMN) &&
	       op->after.column->auto_increment;
}

/* Alters all that need not wait for a key which may come later; what is left is that. */
static void alter_first(struct planner *planner, const struct name *name, struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, name);
	struct op_list first = { 0 }, left = { 0 };
	for (size_t i = 0; i < ops->n; i++)
		LIST_PUSH(planner->arena, goes_with_key(table, ops, ops->items[i]) ? &left : &first,
			  ops->items[i]);
	alter_at_once(planner, name, &first);
	*ops = left;
}

/* One ALTER, or more: with a new column in it, CAP_ADD_UNSAFE_DEFAULT is about all of its text.
 * The engine is the new one from the first on: the old one may have no default of the kind (3774). */
static void alter_together(struct planner *planner, const struct name *table,
			   const struct op_list *ops)
{
	struct op_list part = { 0 };
	const struct op *engine = plan_engine_op(ops), *written = NULL;
	bool adds = false, unsafe = false, can = planner_all_can(planner, CAP_ADD_UNSAFE_DEFAULT);
	for (size_t i = 0; i < ops->n; i++) {
		if (ops->items[i] == written)
			continue;
		bool add = ops->items[i]->kind == OP_ADD_COLUMN;
		bool writes = writes_unsafe_default(ops->items[i]);
		if (!can && ((add && unsafe) || (writes && adds))) {
			if (engine && !written)
				LIST_PUSH(planner->arena, &part, engine);
			written = engine;
			alter_first(planner, table, &part);
			adds = unsafe = false;
		}
		if (ops->items[i] == engine)
			written = engine;
		adds = adds || add;
		unsafe = unsafe || writes;
		LIST_PUSH(planner->arena, &part, ops->items[i]);
	}
	alter_at_once(planner, table, &part);
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

/* Is it a spatial index, and its column of another SRID after the ops? */
static bool is_in_way_of_srid(const struct op_list *ops, const struct index *index)
{
	for (size_t i = 0; index->kind == KEY_SPATIAL && i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op->kind == OP_ALTER_COLUMN &&
		    op->before.column->type.srid != op->after.column->type.srid &&
		    name_equal(op->before.column->name, index->parts.items[0].column))
			return true;
	}
	return false;
}

/*
 * Spatial indexes that stay while the SRID of their column changes, dropped and added: MySQL refuses
 * as long as the table had one before the ALTER, even if it drops it (3644, measured on 9.7).
 */
static void drop_spatial_indexes(struct planner *planner, struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, ops->items[0]->table);
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		if (!is_in_way_of_srid(ops, index) || plan_drops_index(ops, index))
			continue;
		struct op *drop = planner_op(planner, OP_DROP_INDEX, table->name);
		struct op *add = planner_op(planner, OP_ADD_INDEX, table->name);
		drop->before.index = add->after.index = index;
		drop->origin = add->origin = ops->items[0]->origin;
		LIST_PUSH(planner->arena, ops, drop);
		LIST_PUSH(planner->arena, ops, add);
	}
}

/*
 * Where REMOVE PARTITIONING forgets a CONNECTION, even one that the ALTER says, it is taken back, and
 * set again by what comes after (CAP_CONNECTION_KEPT, split.c).
 */
static void forget_connection(struct planner *planner, struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, ops->items[0]->table);
	const char *connection = option_find(&table->options, ATTR_CONNECTION);
	bool removes = false;
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		removes |= op->kind == OP_SET_PARTITION && !op->after.partition;
		if (op->kind == OP_SET_OPTION && op->option == TABLE_OTHER &&
		    op->option_kind == ATTR_CONNECTION)
			return;
	}
	if (!removes || !connection || planner_all_can(planner, CAP_CONNECTION_KEPT))
		return;
	struct op *leave = planner_op(planner, OP_SET_OPTION, table->name);
	leave->origin = ops->items[0]->origin;
	leave->option = TABLE_OTHER;
	leave->option_kind = ATTR_CONNECTION;
	leave->before.option.text = connection;
	struct op *set = arena_memdup(planner->arena, leave, sizeof(*set));
	set->before.option.text = NULL;
	set->after.option.text = connection;
	LIST_PUSH(planner->arena, ops, leave);
	LIST_PUSH(planner->arena, ops, set);
}

static void alter_round(struct planner *planner, const struct op_list *given)
{
	struct op_list round = { 0 }, *ops = &round;
	for (size_t i = 0; i < given->n; i++)
		LIST_PUSH(planner->arena, ops, fill_unsafe_default(planner, given->items[i]));
	drop_spatial_indexes(planner, ops);
	forget_connection(planner, ops);
	plan_spare_hashes(planner, ops);
	struct split split = { 0 };
	const struct name *table = ops->items[0]->table;
	split_begin(planner, &split, ops);
	struct change change = { schema_find_table(planner->renamed, table), *ops };
	bool engine = plan_engine_op(ops), new_key = gets_primary_key(planner, ops);
	for (size_t i = 0; i < ops->n && planner->ok; i++) {
		const struct op *op = ops->items[i];
		if (plan_stands_alone(&change, op))
			planner_add(planner, planner_statement(planner, table, op->origin), op);
		else if ((engine && leaves_with_engine(op)) || plan_leaves_vector(ops, op) ||
			 (op->kind == OP_DROP_INDEX && is_in_way_of_srid(ops, op->before.index)))
			LIST_PUSH(planner->arena, &split.before, op);
		else if (new_key && hides_index(ops, op))
			LIST_PUSH(planner->arena, &split.last, op);
		else
			split_add(planner, &split, op);
	}

	if (split.versioned && split.filled_before.n)
		plan_refuse_filling(planner, table, split.filled_before.items[0]);
	for (size_t i = 0; i < split.filled_before.n && planner->ok; i++)
		fill(planner, table, split.filled_before.items[i]);
	alter_together(planner, table, &split.before);
	alter_together(planner, table, &split.not_null);
	alter_together(planner, table, &split.main);
	for (size_t i = 0; i < split.fulltext.n && planner->ok; i++) {
		struct statement *statement = planner_statement(planner, table, span_none());
		planner_add(planner, statement, split.fulltext.items[i]);
	}
	for (size_t i = 0; i < split.filled.n && planner->ok; i++)
		fill(planner, table, split.filled.items[i]);
	alter_together(planner, table, &split.late);
	alter_together(planner, table, &split.last);
}

static void alter_table(struct planner *planner, const struct change *change)
{
	struct round_list rounds = plan_versioning(planner, change);
	for (size_t i = 0; i < rounds.n && planner->ok; i++)
		alter_round(planner, &rounds.items[i]);
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
