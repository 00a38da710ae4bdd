#include "diff/apply.h"

#include "base/context.h"
#include "diff/rename.h"
#include "model/equal.h"

#include <string.h>

/* What an op does to a table that exists. */
struct target {
	struct schema *schema;
	struct table *table;
	const struct op *op;
};

__attribute__((format(printf, 3, 4))) static bool fail(struct schema *schema, const struct op *op,
						       const char *format, ...)
{
	va_list args;
	va_start(args, format);
	ctx_error(schema->ctx, "apply", op->origin, "%s",
		  arena_vprintf(schema->arena, format, args));
	va_end(args);
	return false;
}

#define refuse(target, ...) fail((target)->schema, (target)->op, __VA_ARGS__)

static bool texts_equal(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* Absent and empty are one. */
static bool comments_equal(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static const char *text_of(const struct name *name)
{
	return name ? name->text : "(first)";
}

/* --- columns -------------------------------------------------------------------------------- */

/* What a desired model says about the way there is no part of a state. */
static const struct column *settled_column(struct arena *arena, const struct column *column)
{
	if (!column->was && !column->backfill)
		return column;
	struct column *copy = arena_memdup(arena, column, sizeof(*copy));
	copy->was = NULL;
	copy->backfill = NULL;
	return copy;
}

/* The position right behind `after`; -1 when there is no such column. */
static int position_after(const struct table *table, const struct name *after)
{
	if (!after)
		return 0;
	int at = table_column_at(table, after);
	return at < 0 ? -1 : at + 1;
}

/* The column that is there, as the op says it is; -1 with an error. */
static int expect_column(const struct target *target, const struct column *before)
{
	int at = table_column_at(target->table, before->name);
	if (at < 0) {
		refuse(target, "table '%s' has no column '%s'", target->table->name->text,
		       before->name->text);
		return -1;
	}
	if (!column_equal(target->table->columns.items[at], before)) {
		refuse(target, "column '%s.%s' is not what the operation expects",
		       target->table->name->text, before->name->text);
		return -1;
	}
	return at;
}

static bool expect_place(const struct target *target, int at, struct column_place place)
{
	const struct table *table = target->table;
	const struct name *after = at ? table->columns.items[at - 1]->name : NULL;
	if (name_equal(after, place.after))
		return true;
	return refuse(target, "column '%s.%s' stands after '%s', not after '%s'", table->name->text,
		      table->columns.items[at]->name->text, text_of(after), text_of(place.after));
}

static bool add_column(const struct target *target)
{
	struct table *table = target->table;
	const struct column *column = target->op->after.column;
	if (table_column(table, column->name))
		return refuse(target, "table '%s' has a column '%s' already", table->name->text,
			      column->name->text);
	int at = position_after(table, target->op->place_after.after);
	if (at < 0)
		return refuse(target, "table '%s' has no column '%s' to add '%s' after",
			      table->name->text, target->op->place_after.after->text,
			      column->name->text);
	struct arena *arena = target->schema->arena;
	LIST_INSERT(arena, &table->columns, (size_t)at, settled_column(arena, column));
	return true;
}

static bool drop_column(const struct target *target)
{
	struct table *table = target->table;
	const struct name *name = target->op->before.column->name;
	int at = expect_column(target, target->op->before.column);
	if (at < 0 || !expect_place(target, at, target->op->place_before))
		return false;
	for (size_t i = 0; i < table->indexes.n; i++)
		if (index_uses(table->indexes.items[i], name))
			return refuse(target, "index '%s' needs column '%s.%s'",
				      table->indexes.items[i]->name->text, table->name->text,
				      name->text);
	for (size_t i = 0; i < table->foreign_keys.n; i++)
		if (name_list_has(&table->foreign_keys.items[i]->columns, name))
			return refuse(target, "foreign key '%s' needs column '%s.%s'",
				      table->foreign_keys.items[i]->name->text, table->name->text,
				      name->text);
	for (size_t i = 0; i < table->periods.n; i++)
		if (period_uses(table->periods.items[i], name))
			return refuse(target, "period '%s' needs column '%s.%s'",
				      table->periods.items[i]->name->text, table->name->text,
				      name->text);
	LIST_REMOVE(&table->columns, (size_t)at);
	return true;
}

static bool alter_column(const struct target *target)
{
	const struct op *op = target->op;
	if (!name_equal(op->before.column->name, op->after.column->name))
		return refuse(target, "altering '%s.%s' can't rename it", op->table->text,
			      op->before.column->name->text);
	int at = expect_column(target, op->before.column);
	if (at < 0)
		return false;
	target->table->columns.items[at] = settled_column(target->schema->arena, op->after.column);
	return true;
}

static bool move_column(const struct target *target)
{
	struct table *table = target->table;
	const struct op *op = target->op;
	int at = expect_column(target, op->before.column);
	if (at < 0 || !expect_place(target, at, op->place_before))
		return false;
	const struct column *column = table->columns.items[at];
	if (op->place_after.after && (name_equal(op->place_after.after, column->name) ||
				      !table_column(table, op->place_after.after)))
		return refuse(target, "column '%s.%s' can't move after '%s'", table->name->text,
			      column->name->text, op->place_after.after->text);
	LIST_REMOVE(&table->columns, (size_t)at);
	int to = position_after(table, op->place_after.after);
	LIST_INSERT(target->schema->arena, &table->columns, (size_t)to, column);
	return true;
}

static bool rename_column(const struct target *target)
{
	struct table *table = target->table;
	const struct column *before = target->op->before.column, *after = target->op->after.column;
	int at = expect_column(target, before);
	if (at < 0)
		return false;
	if (table_column(table, after->name) && !name_equal(before->name, after->name))
		return refuse(target, "table '%s' has a column '%s' already", table->name->text,
			      after->name->text);
	const struct column *renamed = rename_column_copy(
		target->schema->arena, table->columns.items[at], before->name, after->name);
	if (!column_equal(renamed, after))
		return refuse(target, "renaming '%s.%s' can't change it", table->name->text,
			      before->name->text);
	rename_column_in_schema(target->schema, table, before->name, after->name);
	return true;
}

/* --- keys and checks ------------------------------------------------------------------------ */

static bool add_index(const struct target *target)
{
	struct table *table = target->table;
	const struct index *index = target->op->after.index;
	if (table_index(table, index->name))
		return refuse(target, "table '%s' has an index '%s' already", table->name->text,
			      index->name->text);
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct name *column = index->parts.items[i].column;
		if (column && !table_column(table, column))
			return refuse(target, "index '%s.%s' needs column '%s'", table->name->text,
				      index->name->text, column->text);
	}
	LIST_PUSH(target->schema->arena, &table->indexes, index);
	return true;
}

static int expect_index(const struct target *target, const struct index *before)
{
	const struct table *table = target->table;
	int at = table_index_at(table, before->name);
	if (at < 0)
		refuse(target, "table '%s' has no index '%s'", table->name->text,
		       before->name->text);
	else if (!index_equal(table->indexes.items[at], before))
		refuse(target, "index '%s.%s' is not what the operation expects", table->name->text,
		       before->name->text);
	else
		return at;
	return -1;
}

static bool drop_index(const struct target *target)
{
	int at = expect_index(target, target->op->before.index);
	if (at < 0)
		return false;
	LIST_REMOVE(&target->table->indexes, (size_t)at);
	return true;
}

static bool rename_index(const struct target *target)
{
	struct table *table = target->table;
	const struct index *after = target->op->after.index;
	int at = expect_index(target, target->op->before.index);
	if (at < 0)
		return false;
	int there = table_index_at(table, after->name);
	if (there >= 0 && there != at)
		return refuse(target, "table '%s' has an index '%s' already", table->name->text,
			      after->name->text);
	if (!index_equal(table->indexes.items[at], after))
		return refuse(target, "renaming index '%s.%s' can't change it", table->name->text,
			      after->name->text);
	table->indexes.items[at] = after;
	return true;
}

static bool add_foreign_key(const struct target *target)
{
	struct table *table = target->table;
	const struct foreign_key *key = target->op->after.foreign_key;
	if (table_foreign_key(table, key->name))
		return refuse(target, "table '%s' has a foreign key '%s' already",
			      table->name->text, key->name->text);
	for (size_t i = 0; i < key->columns.n; i++)
		if (!table_column(table, key->columns.items[i]))
			return refuse(target, "foreign key '%s.%s' needs column '%s'",
				      table->name->text, key->name->text,
				      key->columns.items[i]->text);
	LIST_PUSH(target->schema->arena, &table->foreign_keys, key);
	return true;
}

static bool drop_foreign_key(const struct target *target)
{
	struct table *table = target->table;
	const struct foreign_key *before = target->op->before.foreign_key;
	int at = table_foreign_key_at(table, before->name);
	if (at < 0)
		return refuse(target, "table '%s' has no foreign key '%s'", table->name->text,
			      before->name->text);
	if (!foreign_key_equal(table->foreign_keys.items[at], before))
		return refuse(target, "foreign key '%s.%s' is not what the operation expects",
			      table->name->text, before->name->text);
	LIST_REMOVE(&table->foreign_keys, (size_t)at);
	return true;
}

static bool add_check(const struct target *target)
{
	struct table *table = target->table;
	const struct check *check = target->op->after.check;
	if (table_check(table, check->name))
		return refuse(target, "table '%s' has a check '%s' already", table->name->text,
			      check->name->text);
	LIST_PUSH(target->schema->arena, &table->checks, check);
	return true;
}

static bool drop_check(const struct target *target)
{
	struct table *table = target->table;
	const struct check *before = target->op->before.check;
	int at = table_check_at(table, before->name);
	if (at < 0)
		return refuse(target, "table '%s' has no check '%s'", table->name->text,
			      before->name->text);
	if (!check_equal(table->checks.items[at], before))
		return refuse(target, "check '%s.%s' is not what the operation expects",
			      table->name->text, before->name->text);
	LIST_REMOVE(&table->checks, (size_t)at);
	return true;
}

static bool add_period(const struct target *target)
{
	struct table *table = target->table;
	const struct period *period = target->op->after.period;
	const struct name *columns[] = { period->from, period->to };
	if (table_period(table, period->name))
		return refuse(target, "table '%s' has a period '%s' already", table->name->text,
			      period->name->text);
	for (size_t i = 0; i < 2; i++)
		if (!table_column(table, columns[i]))
			return refuse(target, "period '%s.%s' needs column '%s'", table->name->text,
				      period->name->text, columns[i]->text);
	LIST_PUSH(target->schema->arena, &table->periods, period);
	return true;
}

static bool drop_period(const struct target *target)
{
	struct table *table = target->table;
	const struct period *before = target->op->before.period;
	int at = table_period_at(table, before->name);
	if (at < 0)
		return refuse(target, "table '%s' has no period '%s'", table->name->text,
			      before->name->text);
	if (!period_equal(table->periods.items[at], before))
		return refuse(target, "period '%s.%s' is not what the operation expects",
			      table->name->text, before->name->text);
	for (size_t i = 0; i < table->indexes.n; i++)
		if (index_leans_on(table->indexes.items[i], before))
			return refuse(target, "index '%s.%s' needs period '%s'", table->name->text,
				      table->indexes.items[i]->name->text, before->name->text);
	LIST_REMOVE(&table->periods, (size_t)at);
	return true;
}

/* --- tables --------------------------------------------------------------------------------- */

static bool options_same(const struct table *a, const struct table *b)
{
	return name_equal(a->engine, b->engine) && name_equal(a->charset, b->charset) &&
	       name_equal(a->collation, b->collation) && comments_equal(a->comment, b->comment) &&
	       option_list_equal(&a->options, &b->options) &&
	       partition_equal(a->partition, b->partition);
}

static bool parts_same(const struct table *a, const struct table *b)
{
	if (a->columns.n != b->columns.n || a->indexes.n != b->indexes.n ||
	    a->foreign_keys.n != b->foreign_keys.n || a->checks.n != b->checks.n ||
	    a->periods.n != b->periods.n)
		return false;
	for (size_t i = 0; i < a->periods.n; i++) {
		const struct period *other = table_period(b, a->periods.items[i]->name);
		if (!other || !period_equal(a->periods.items[i], other))
			return false;
	}
	for (size_t i = 0; i < a->columns.n; i++)
		if (!name_equal(a->columns.items[i]->name, b->columns.items[i]->name) ||
		    !column_equal(a->columns.items[i], b->columns.items[i]))
			return false;
	for (size_t i = 0; i < a->indexes.n; i++) {
		const struct index *other = table_index(b, a->indexes.items[i]->name);
		if (!other || !index_equal(a->indexes.items[i], other))
			return false;
	}
	for (size_t i = 0; i < a->foreign_keys.n; i++) {
		const struct foreign_key *other =
			table_foreign_key(b, a->foreign_keys.items[i]->name);
		if (!other || !foreign_key_equal(a->foreign_keys.items[i], other))
			return false;
	}
	for (size_t i = 0; i < a->checks.n; i++) {
		const struct check *other = table_check(b, a->checks.items[i]->name);
		if (!other || !check_equal(a->checks.items[i], other))
			return false;
	}
	return true;
}

static bool create_table(struct schema *schema, const struct op *op)
{
	if (schema_find_table(schema, op->table))
		return fail(schema, op, "table '%s' exists already", op->table->text);
	struct table *table = table_copy(schema->arena, op->after.table);
	table->was = NULL;
	for (size_t i = 0; i < table->columns.n; i++)
		table->columns.items[i] = settled_column(schema->arena, table->columns.items[i]);
	schema_add_table(schema, table);
	return true;
}

static bool drop_table(const struct target *target)
{
	const struct table *before = target->op->before.table;
	if (!options_same(target->table, before) || !parts_same(target->table, before))
		return refuse(target, "table '%s' is not what the operation expects",
			      before->name->text);
	schema_remove_table(target->schema, before->name);
	return true;
}

static bool rename_table(const struct target *target)
{
	const struct op *op = target->op;
	const struct table *other = schema_find_table(target->schema, op->after.name);
	if (other && other != target->table) /* itself: by case alone, where that says nothing */
		return refuse(target, "table '%s' exists already", op->after.name->text);
	rename_table_in_schema(target->schema, target->table, op->after.name);
	return true;
}

static bool set_option(const struct target *target)
{
	struct table *table = target->table;
	const struct op *op = target->op;
	bool fits = false;
	switch (op->option) {
	case TABLE_ENGINE:
		fits = table->engine && texts_equal(table->engine->text, op->before.option.text);
		break;
	case TABLE_CHARSET:
		fits = name_equal(table->charset, op->before.option.charset) &&
		       name_equal(table->collation, op->before.option.collation);
		break;
	case TABLE_COMMENT:
		fits = comments_equal(table->comment, op->before.option.text);
		break;
	case TABLE_OTHER:
		fits = texts_equal(option_find(&table->options, op->option_kind),
				   op->before.option.text);
		break;
	}
	if (!fits)
		return refuse(target, "an option of table '%s' is not what the operation expects",
			      table->name->text);
	switch (op->option) {
	case TABLE_ENGINE:
		table->engine = ctx_name(target->schema->ctx, op->after.option.text);
		break;
	case TABLE_CHARSET:
		table->charset = op->after.option.charset;
		table->collation = op->after.option.collation;
		break;
	case TABLE_COMMENT:
		table->comment = op->after.option.text ? op->after.option.text : "";
		break;
	case TABLE_OTHER:
		option_set(target->schema->arena, &table->options, op->option_kind,
			   op->after.option.text);
		break;
	}
	return true;
}

static bool set_partition(const struct target *target)
{
	if (!partition_equal(target->table->partition, target->op->before.partition))
		return refuse(target,
			      "the partitioning of table '%s' is not what the operation expects",
			      target->table->name->text);
	target->table->partition = target->op->after.partition;
	if (target->table->partition && target->table->partition->keeping_rows) {
		struct tree_partition *copy = arena_memdup(
			target->schema->arena, target->op->after.partition, sizeof(*copy));
		copy->keeping_rows = false;
		target->table->partition = copy;
	}
	return true;
}

/* --- other objects -------------------------------------------------------------------------- */

static int object_at(const struct schema *schema, const struct object *object)
{
	for (size_t i = 0; i < schema->objects.n; i++)
		if (name_equal(schema->objects.items[i]->kind, object->kind) &&
		    name_equal(schema->objects.items[i]->name, object->name))
			return (int)i;
	return -1;
}

static bool create_object(struct schema *schema, const struct op *op)
{
	const struct object *object = op->after.object;
	if (object_at(schema, object) >= 0)
		return fail(schema, op, "%s '%s' exists already", object->kind->text,
			    object->name->text);
	LIST_PUSH(schema->arena, &schema->objects, object);
	return true;
}

static bool drop_object(struct schema *schema, const struct op *op)
{
	const struct object *object = op->before.object;
	int at = object_at(schema, object);
	if (at < 0)
		return fail(schema, op, "there is no %s '%s'", object->kind->text,
			    object->name->text);
	LIST_REMOVE(&schema->objects, (size_t)at);
	return true;
}

/* --- all ------------------------------------------------------------------------------------ */

static bool apply_to_table(const struct target *target)
{
	switch (target->op->kind) {
	case OP_DROP_TABLE:
		return drop_table(target);
	case OP_RENAME_TABLE:
		return rename_table(target);
	case OP_ADD_COLUMN:
		return add_column(target);
	case OP_DROP_COLUMN:
		return drop_column(target);
	case OP_ALTER_COLUMN:
		return alter_column(target);
	case OP_MOVE_COLUMN:
		return move_column(target);
	case OP_RENAME_COLUMN:
		return rename_column(target);
	case OP_ADD_INDEX:
		return add_index(target);
	case OP_DROP_INDEX:
		return drop_index(target);
	case OP_RENAME_INDEX:
		return rename_index(target);
	case OP_ADD_FOREIGN_KEY:
		return add_foreign_key(target);
	case OP_DROP_FOREIGN_KEY:
		return drop_foreign_key(target);
	case OP_ADD_CHECK:
		return add_check(target);
	case OP_DROP_CHECK:
		return drop_check(target);
	case OP_ADD_PERIOD:
		return add_period(target);
	case OP_DROP_PERIOD:
		return drop_period(target);
	case OP_SET_OPTION:
		return set_option(target);
	case OP_SET_PARTITION:
		return set_partition(target);
	case OP_CREATE_TABLE:
	case OP_CREATE_OBJECT:
	case OP_DROP_OBJECT:
	case OP_COUNT:
		break;
	}
	return false;
}

bool apply_op(struct schema *schema, const struct op *op)
{
	if (op->kind == OP_CREATE_TABLE)
		return create_table(schema, op);
	if (op->kind == OP_CREATE_OBJECT)
		return create_object(schema, op);
	if (op->kind == OP_DROP_OBJECT)
		return drop_object(schema, op);
	struct target target = { schema, schema_find_table(schema, op->table), op };
	if (!target.table)
		return fail(schema, op, "there is no table '%s'", op->table->text);
	return apply_to_table(&target);
}

bool apply_ops(struct schema *schema, const struct op_list *ops)
{
	for (size_t i = 0; i < ops->n; i++)
		if (!apply_op(schema, ops->items[i]))
			return false;
	return true;
}
