#include "diff/disturb.h"

#include <string.h>

#include "diff/planner.h"
#include "model/charset.h"
#include "model/equal.h"

/* --- columns -------------------------------------------------------------------------------- */

/* Bytes that the server keeps of an enum value. */
static int enum_bytes(const struct type *type)
{
	return type->values.n > 255 ? 2 : 1;
}

/* Members added at the end are no change for a key, as long as the values keep their size. */
static bool enum_grows(const struct type *from, const struct type *to)
{
	if (type_class(from) != CLASS_ENUM || type_class(to) != CLASS_ENUM ||
	    from->values.n > to->values.n || enum_bytes(from) != enum_bytes(to))
		return false;
	for (size_t i = 0; i < from->values.n; i++)
		if (strcmp(from->values.items[i], to->values.items[i]) != 0)
			return false;
	return true;
}

/* A display width says nothing of what is kept. */
static bool same_but_width(const struct type *from, const struct type *to)
{
	struct type other = *to;
	if (type_class(from) == CLASS_INTEGER)
		other.length = from->length;
	return type_equal(from, &other);
}

static bool has_long_length(const struct column *column)
{
	int bytes = column->charset ? (int)charset_bytes(column->charset) : 1;
	return column->type.length * bytes > 255;
}

/* A length beyond 255 bytes takes two, and rows are written anew. */
static bool text_grows(const struct server_list *targets, const struct column *from,
		       const struct column *to)
{
	struct type other = to->type;
	other.length = from->type.length;
	return (from->type.id == TYPE_VARCHAR || from->type.id == TYPE_VARBINARY) &&
	       type_equal(&from->type, &other) && from->type.length <= to->type.length &&
	       has_long_length(from) == has_long_length(to) &&
	       server_list_has(targets, CAP_KEY_WIDENED);
}

/* Do the servers keep values of the two in the same way, in a key? */
static bool keeps_key(const struct server_list *targets, const struct column *from,
		      const struct column *to)
{
	return (same_but_width(&from->type, &to->type) || enum_grows(&from->type, &to->type) ||
		text_grows(targets, from, to)) &&
	       name_equal(from->charset, to->charset) &&
	       name_equal(from->collation, to->collation) &&
	       from->auto_increment == to->auto_increment && !from->generated == !to->generated &&
	       from->stored == to->stored && expr_equal(from->generated, to->generated);
}

/* --- indexes -------------------------------------------------------------------------------- */

/* Some server may lean on it. */
static bool begins_with(const struct index *index, const struct name_list *columns)
{
	if (index->kind == KEY_FULLTEXT || index->kind == KEY_SPATIAL ||
	    index->kind == KEY_VECTOR || index->parts.n < columns->n)
		return false;
	for (size_t i = 0; i < columns->n; i++)
		if (index->parts.items[i].length ||
		    !name_equal(index->parts.items[i].column, columns->items[i]))
			return false;
	return true;
}

/* Every server does: MySQL makes a child's key of its own where this one is descending. */
static bool supports(const struct index *index, const struct name_list *columns)
{
	for (size_t i = 0; i < index->parts.n && i < columns->n; i++)
		if (index->parts.items[i].desc)
			return false;
	return begins_with(index, columns);
}

/* What a parent needs where only a unique key of exactly these columns will do. */
static bool is_exact_key(const struct index *index, const struct name_list *columns)
{
	return index_is_unique(index) && index->parts.n == columns->n &&
	       begins_with(index, columns);
}

static bool serves(const struct server_list *targets, const struct index *index,
		   const struct name_list *columns, bool is_parent)
{
	if (is_parent)
		for (size_t i = 0; i < targets->n; i++)
			if (targets->items[i].restrict_fk_on_non_standard_key)
				return is_exact_key(index, columns);
	return supports(index, columns);
}

/* An added index waits for the filling of a new column (diff/split.c), else it is there at once. */
static bool is_added_late(const struct op_list *ops, const struct index *index)
{
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op->kind == OP_ADD_COLUMN && op->after.column->backfill &&
		    index_uses(index, op->after.column->name))
			return true;
	}
	return false;
}

/*
 * The op that takes the index away that the key leans on. A child's index may be replaced in the ALTER that
 * drops it (measured on all servers). Of a parent's we don't rely on that: MariaDB 10.11 and
 * later let a primary key go from under its foreign keys.
 */
static const struct op *losing_index(const struct server_list *targets, const struct table *table,
				     const struct op_list *ops, const struct name_list *columns,
				     bool is_parent)
{
	const struct op *dropped = NULL, *primary_dropped = NULL;
	bool stays = false, leaned = false;
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		const struct op *gone = plan_drops_index(ops, index);
		leaned = leaned || begins_with(index, columns);
		dropped = gone && begins_with(index, columns) ? gone : dropped;
		primary_dropped = gone && index->kind == KEY_PRIMARY ? gone : primary_dropped;
		stays = stays || (!gone && serves(targets, index, columns, is_parent));
	}
	/* no index begins so: the key leans on the primary key that InnoDB adds to each index */
	if (!leaned)
		return primary_dropped;
	if (!dropped || stays)
		return NULL;
	for (size_t i = 0; i < ops->n && !is_parent; i++) {
		const struct op *op = ops->items[i];
		if (op->kind == OP_ADD_INDEX && supports(op->after.index, columns) &&
		    !is_added_late(ops, op->after.index))
			return NULL;
	}
	return dropped;
}

/* --- keys ----------------------------------------------------------------------------------- */

/* Is there anything in the table that may make the server copy it to change a column? */
static bool is_copied(const struct server_list *targets, const struct table *table)
{
	if (plan_is_copied(targets, table))
		return true;
	for (size_t i = 0; i < table->indexes.n; i++)
		if (table->indexes.items[i]->kind != KEY_PRIMARY &&
		    table->indexes.items[i]->kind != KEY_UNIQUE &&
		    table->indexes.items[i]->kind != KEY_INDEX)
			return true;
	for (size_t i = 0; i < table->columns.n; i++)
		if (table->columns.items[i]->generated)
			return true;
	return false;
}

/*
 * NOT NULL is taken in place only: alone (diff/split.c sees to that), in strict mode, where no
 * FULLTEXT index or generated column asks for a copy; a copy gets 1832. Newer MariaDB looks at both
 * ends of a key that cascades updates: for a moment they may not fit.
 */
static bool null_disturbs(const struct server_list *targets, const struct table *table,
			  const struct op *op, const struct foreign_key *key)
{
	bool was = op->before.column->nullable, is = op->after.column->nullable;
	if (was && !is &&
	    (is_copied(targets, table) || plan_orders_rows(targets, table, op) ||
	     !server_list_has(targets, CAP_KEY_NOT_NULL)))
		return true;
	return was != is && key->on_update == FK_CASCADE &&
	       !server_list_has(targets, CAP_CASCADE_FROM_NULL);
}

static bool op_disturbs(const struct server_list *targets, const struct table *table,
			const struct op *op, const struct foreign_key *key,
			const struct name_list *columns)
{
	switch ((int)op->kind) {
	case OP_ALTER_COLUMN:
		return name_list_has(columns, op->before.column->name) &&
		       (!keeps_key(targets, op->before.column, op->after.column) ||
			null_disturbs(targets, table, op, key));
	case OP_DROP_COLUMN:
		return name_list_has(columns, op->before.column->name);
	case OP_SET_OPTION:
		return op->option == TABLE_ENGINE;
	case OP_SET_PARTITION:
		return true;
	default:
		return false;
	}
}

const struct op *disturb_key(const struct server_list *targets, const struct table *table,
			     const struct op_list *ops, const struct foreign_key *key,
			     bool is_parent)
{
	const struct name_list *columns = is_parent ? &key->parent_columns : &key->columns;
	for (size_t i = 0; i < ops->n; i++)
		if (op_disturbs(targets, table, ops->items[i], key, columns))
			return ops->items[i];
	return losing_index(targets, table, ops, columns, is_parent);
}

/* It does where what else uses the column has to be written again with it. */
bool disturb_rename_copies(const struct server_list *targets, const struct schema *schema,
			   const struct op *op)
{
	return plan_is_copied(targets, schema_find_table(schema, op->table)) ||
	       (plan_is_said(schema, op) && !server_list_has(targets, CAP_RENAME_REWRITES));
}
