/*
 * What an ALTER says besides its ops: parts that a server would refuse to keep, or would spoil, are
 * written again as they are; and the copy that it asks for where a server trips up in place.
 */
#include "diff/planner.h"

#include "model/equal.h"
#include "model/partition.h"

/* --- around a rename ------------------------------------------------------------------------ */

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

void plan_restate_rename(struct planner *planner, struct statement *statement,
			 const struct name *column)
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

/* --- around the other ops ------------------------------------------------------------------- */

const struct op *plan_engine_op(const struct op_list *ops)
{
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i]->kind == OP_SET_OPTION && ops->items[i]->option == TABLE_ENGINE)
			return ops->items[i];
	return NULL;
}

/*
 * An index is made with the table's KEY_BLOCK_SIZE of that moment, or what the engine thinks best
 * (1024 of MyISAM, 8192 of Aria; InnoDB has none). When the table's changes, the server writes the
 * old one to each index (measured on all five): they are made anew.
 */
static bool changes_block_size(const struct table *table, const struct op_list *ops)
{
	bool has_one = !word_equal(table->engine->text, "InnoDB");

	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op->kind == OP_SET_OPTION && op->option == TABLE_OTHER &&
		    op->option_kind == ATTR_KEY_BLOCK_SIZE &&
		    (has_one || op->before.option.text || plan_engine_op(ops)))
			return true;
	}
	return false;
}

const struct op *plan_drops_index(const struct op_list *ops, const struct index *index)
{
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i]->kind == OP_DROP_INDEX &&
		    name_equal(ops->items[i]->before.index->name, index->name))
			return ops->items[i];
	return NULL;
}

const struct op *plan_take_drop(struct op_list *ops, const struct index *index)
{
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op->kind != OP_DROP_INDEX || !name_equal(op->before.index->name, index->name))
			continue;
		LIST_REMOVE(ops, i);
		return op;
	}
	return NULL;
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

bool plan_is_written_hash(const struct index *index)
{
	const char *algorithm = option_find(&index->options, ATTR_USING);
	return index->kind == KEY_UNIQUE && algorithm && word_equal(algorithm, "HASH");
}

bool plan_is_replaced(const struct planner *planner, const struct index *index)
{
	return !planner_all_can(planner, CAP_RENAME_INDEX) ||
	       (plan_is_written_hash(index) && !planner_all_can(planner, CAP_INDEX_HASH_COPIED));
}

bool plan_is_copied(const struct server_list *targets, const struct table *table)
{
	bool in_place = server_list_has(targets, CAP_HASH_IN_PLACE);
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		bool hash = plan_is_written_hash(index) || table_is_long_unique(table, index);
		if ((hash && !in_place) || option_find(&index->options, ATTR_WITHOUT_OVERLAPS))
			return true;
	}
	return false;
}

static bool adds_index(const struct op_list *ops, const struct index *index)
{
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i]->kind == OP_ADD_INDEX &&
		    name_equal(ops->items[i]->after.index->name, index->name))
			return true;
	return false;
}

static bool is_restated(const struct statement *statement, const struct index *index)
{
	for (size_t i = 0; i < statement->restate_indexes.n; i++)
		if (name_equal(statement->restate_indexes.items[i]->name, index->name))
			return true;
	return false;
}

/* Is the table versioned before the statement, which has its ops already, or after it? */
static bool is_versioned(const struct statement *statement, const struct table *now)
{
	for (size_t i = 0; i < statement->ops.n; i++)
		if (statement->ops.items[i]->kind == OP_SET_OPTION &&
		    statement->ops.items[i]->option == TABLE_OTHER &&
		    statement->ops.items[i]->option_kind == ATTR_WITH_SYSTEM_VERSIONING)
			return true;
	return table_is_versioned(now);
}

static void restate_index(struct planner *planner, struct statement *statement,
			  const struct table *table, const struct index *index)
{
	LIST_PUSH(planner->arena, &statement->restate_indexes, index);
	statement->keep_history = statement->keep_history ||
				  (is_versioned(statement, table) && index_is_unique(index));
}

void plan_keep_hashes(struct planner *planner, struct statement *statement)
{
	const struct table *table = schema_find_table(planner->now, statement->table);
	if (!planner->ok || planner_all_can(planner, CAP_INDEX_HASH_COPIED))
		return;
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		if (plan_is_written_hash(index) && !adds_index(&statement->ops, index) &&
		    !is_restated(statement, index))
			restate_index(planner, statement, table, index);
	}
}

/* Indexes that the statement must make anew so that they are afterwards what they were. */
static void restate_indexes(struct planner *planner, struct statement *statement,
			    const struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, statement->table);
	statement->remakes_indexes = changes_block_size(table, ops);
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		bool anew = statement->remakes_indexes;
		for (size_t j = 0; j < ops->n && !anew; j++)
			anew = spoils_index(ops->items[j], index) ||
			       plan_displaces_index(planner, table, ops->items[j], index);
		if (anew && !plan_drops_index(ops, index))
			restate_index(planner, statement, table, index);
	}
}

static bool is_in_foreign_key(const struct planner *planner, const struct table *table)
{
	for (size_t i = 0; i < table->columns.n; i++)
		if (map_get(&planner->key_columns, table->columns.items[i]))
			return true;
	return false;
}

/* To MariaDB bytes are a string, too, of a charset called binary. */
static bool is_any_string(const struct column *column)
{
	enum type_class class = type_class(&column->type);
	return column->collation || class == CLASS_BINARY || class == CLASS_BLOB;
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
			    is_any_string(op->before.column) && is_any_string(op->after.column) &&
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
 * MyISAM packs zeros of ZEROFILL numbers otherwise, and notes the collation of an ENUM or a SET in
 * each key, but servers take the change for one of the name alone: the table can't be read after it
 * (1034, 1030; measured on 5.6, 9.7 and MariaDB 10.5 to 11.8, of collations on 9.7).
 */
static bool is_stored_otherwise(const struct column *before, const struct column *after)
{
	enum type_class class = type_class(&before->type);
	return before->type.zerofill != after->type.zerofill ||
	       ((class == CLASS_ENUM || class == CLASS_SET) &&
		!name_equal(before->collation, after->collation));
}

/*
 * Nor is a key made anew of which only the comment changes; but it comes to stand behind the others,
 * and the file of the keys has it where it was (1034; measured on 9.7).
 */
static bool spoils_myisam(const struct planner *planner, const struct name *name,
			  const struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, name);
	if (!word_equal(table->engine->text, "MyISAM"))
		return false;
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op->kind == OP_ALTER_COLUMN &&
		    is_stored_otherwise(op->before.column, op->after.column))
			return true;
		if (op->kind == OP_ADD_INDEX && plan_drops_index(ops, op->after.index))
			return true;
	}
	return false;
}

/*
 * A column that numbers the rows is added in place, and that makes one FULLTEXT index of a table at
 * most (1795; measured on 5.6 and 9.7, where any other change of the kind copies by itself).
 */
static bool numbers_several_fulltext(const struct planner *planner, const struct name *name,
				     const struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, name);
	bool numbers = false;
	unsigned fulltext = 0;
	if (planner_all_can(planner, CAP_ADD_FULLTEXT_SEVERAL))
		return false;
	for (size_t i = 0; i < table->indexes.n; i++)
		fulltext += table->indexes.items[i]->kind == KEY_FULLTEXT &&
			    !plan_drops_index(ops, table->indexes.items[i]);
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		numbers =
			numbers || (op->kind == OP_ADD_COLUMN && op->after.column->auto_increment);
		fulltext += op->kind == OP_ADD_INDEX && op->after.index->kind == KEY_FULLTEXT;
	}
	return numbers && fulltext > 1;
}

static bool remakes_rows(const struct op_list *ops)
{
	bool remakes = false;
	for (size_t i = 0; i < ops->n; i++)
		remakes = remakes || (ops->items[i]->kind != OP_ADD_INDEX &&
				      ops->items[i]->kind != OP_DROP_INDEX &&
				      ops->items[i]->kind != OP_RENAME_INDEX);
	return remakes;
}

/*
 * A system-versioned table of InnoDB with a FULLTEXT index and a VIRTUAL column is "corrupt" once
 * MariaDB makes it anew in place (1034; measured on 10.5, 10.11 and 11.8, of tables with rows).
 */
static bool corrupts_history(const struct planner *planner, const struct name *name,
			     const struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, name);
	bool fulltext = false, is_virtual = false;
	for (size_t i = 0; i < table->indexes.n; i++)
		fulltext = fulltext || table->indexes.items[i]->kind == KEY_FULLTEXT;
	for (size_t i = 0; i < table->columns.n; i++)
		is_virtual = is_virtual || (table->columns.items[i]->generated &&
					    !table->columns.items[i]->stored);
	return fulltext && is_virtual && table_is_versioned(table) && remakes_rows(ops);
}

/* The key that InnoDB orders rows by: the primary key, or a unique one without NULLs. */
static bool has_row_order(const struct table *table)
{
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		bool nulls = false;
		for (size_t j = 0; j < index->parts.n; j++)
			nulls = nulls || !index->parts.items[j].column ||
				table_column(table, index->parts.items[j].column)->nullable;
		if (index_is_unique(index) && !nulls)
			return true;
	}
	return false;
}

bool plan_orders_rows(const struct server_list *targets, const struct table *table,
		      const struct op *op)
{
	bool unique = false;
	if (op->kind != OP_ALTER_COLUMN || !op->before.column->nullable ||
	    op->after.column->nullable || server_list_has(targets, CAP_ORDER_IN_PLACE) ||
	    has_row_order(table))
		return false;
	for (size_t i = 0; i < table->indexes.n; i++)
		unique = unique || (index_is_unique(table->indexes.items[i]) &&
				    index_uses(table->indexes.items[i], op->before.column->name));
	return unique;
}

static bool orders_rows(const struct planner *planner, const struct name *name,
			const struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, name);
	for (size_t i = 0; i < ops->n; i++)
		if (plan_orders_rows(planner->targets, table, ops->items[i]))
			return true;
	return false;
}

void plan_restate(struct planner *planner, struct statement *statement, const struct op_list *ops)
{
	restate_indexes(planner, statement, ops);
	statement->copy = must_copy(planner, statement->table, ops) ||
			  spoils_myisam(planner, statement->table, ops) ||
			  numbers_several_fulltext(planner, statement->table, ops) ||
			  corrupts_history(planner, statement->table, ops) ||
			  orders_rows(planner, statement->table, ops);
}
