/*
 * Which foreign keys have to be dropped and added again around a plan's changes:
 * foreign-keys.md section 6. What is not listed there as accepted by all servers
 * makes a key go.
 */
#include "diff/planner.h"

#include "diff/rename.h"
#include "model/derive.h"
#include "model/equal.h"

#include <string.h>

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

/* Does the server keep values of the two in the same way, in a key? */
static bool keeps_key(const struct column *from, const struct column *to)
{
	return (same_but_width(&from->type, &to->type) || enum_grows(&from->type, &to->type)) &&
	       name_equal(from->charset, to->charset) &&
	       name_equal(from->collation, to->collation) &&
	       from->auto_increment == to->auto_increment && !from->generated == !to->generated &&
	       from->stored == to->stored && expr_equal(from->generated, to->generated);
}

static bool list_has(const struct name_list *names, const struct name *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (name_equal(names->items[i], name))
			return true;
	return false;
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

static bool serves(const struct planner *planner, const struct index *index,
		   const struct name_list *columns, bool is_parent)
{
	if (is_parent)
		for (size_t i = 0; i < planner->targets->n; i++)
			if (planner->targets->items[i].restrict_fk_on_non_standard_key)
				return is_exact_key(index, columns);
	return supports(index, columns);
}

static bool is_dropped(const struct change *change, const struct index *index)
{
	for (size_t i = 0; i < change->ops.n; i++)
		if (change->ops.items[i]->kind == OP_DROP_INDEX &&
		    name_equal(change->ops.items[i]->before.index->name, index->name))
			return true;
	return false;
}

/* An added index waits for the filling of a new column (diff/split.c), else it is there at once. */
static bool is_added_late(const struct change *change, const struct index *index)
{
	for (size_t i = 0; i < change->ops.n; i++) {
		const struct op *op = change->ops.items[i];
		if (op->kind != OP_ADD_COLUMN || !op->after.column->backfill)
			continue;
		for (size_t j = 0; j < index->parts.n; j++)
			if (name_equal(index->parts.items[j].column, op->after.column->name))
				return true;
	}
	return false;
}

/*
 * Does the key lose the index it leans on? A child's index may be replaced in the ALTER that
 * drops it (measured on all servers). Of a parent's we don't rely on that: MariaDB 10.11 and
 * later let a primary key go from under its foreign keys.
 */
static bool loses_index(const struct planner *planner, const struct change *change,
			const struct name_list *columns, bool is_parent)
{
	const struct table *table = change->table;
	bool dropped = false, stays = false, primary_dropped = false, leaned = false;
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		bool gone = is_dropped(change, index);
		leaned = leaned || begins_with(index, columns);
		dropped = dropped || (gone && begins_with(index, columns));
		primary_dropped = primary_dropped || (gone && index->kind == KEY_PRIMARY);
		stays = stays || (!gone && serves(planner, index, columns, is_parent));
	}
	/* no index begins so: the key leans on the primary key that InnoDB adds to each index */
	if (!leaned)
		return primary_dropped;
	if (!dropped || stays)
		return false;
	for (size_t i = 0; i < change->ops.n && !is_parent; i++) {
		const struct op *op = change->ops.items[i];
		if (op->kind == OP_ADD_INDEX && supports(op->after.index, columns) &&
		    !is_added_late(change, op->after.index))
			return false;
	}
	return true;
}

/* --- keys ----------------------------------------------------------------------------------- */

/* Is there anything in the table that may make the server copy it to change a column? */
static bool is_copied(const struct planner *planner, const struct table *table)
{
	if (plan_is_copied(planner, table))
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
static bool null_disturbs(const struct planner *planner, const struct change *change,
			  const struct op *op, const struct foreign_key *key)
{
	bool was = op->before.column->nullable, is = op->after.column->nullable;
	if (was && !is &&
	    (is_copied(planner, change->table) || !planner_all_can(planner, CAP_KEY_NOT_NULL)))
		return true;
	return was != is && key->on_update == FK_CASCADE &&
	       !planner_all_can(planner, CAP_CASCADE_FROM_NULL);
}

static bool op_disturbs(const struct planner *planner, const struct change *change,
			const struct op *op, const struct foreign_key *key,
			const struct name_list *columns)
{
	switch ((int)op->kind) {
	case OP_ALTER_COLUMN:
		return list_has(columns, op->before.column->name) &&
		       (!keeps_key(op->before.column, op->after.column) ||
			null_disturbs(planner, change, op, key));
	case OP_DROP_COLUMN:
		return list_has(columns, op->before.column->name);
	case OP_SET_OPTION:
		return op->option == TABLE_ENGINE;
	case OP_SET_PARTITION:
		return true;
	default:
		return false;
	}
}

static bool change_disturbs(const struct planner *planner, const struct change *change,
			    const struct foreign_key *key, bool is_parent)
{
	const struct name_list *columns = is_parent ? &key->parent_columns : &key->columns;
	if (!change)
		return false;
	for (size_t i = 0; i < change->ops.n; i++)
		if (op_disturbs(planner, change, change->ops.items[i], key, columns))
			return true;
	return loses_index(planner, change, columns, is_parent);
}

static bool must_rekey(const struct planner *planner, const struct table *child,
		       const struct foreign_key *key)
{
	if (change_disturbs(planner, planner_change(planner, child), key, false))
		return true;
	const struct table *parent =
		key->parent_database ? NULL : schema_find_table(planner->renamed, key->parent);
	return parent && change_disturbs(planner, planner_change(planner, parent), key, true);
}

/*
 * A rename that makes the server copy the table (what else uses the column has to be written
 * again with it) is refused for the column of a foreign key (1846): those keys have to go.
 */
void plan_note_rename(struct planner *planner, const struct op *rename)
{
	const struct table *renamed = schema_find_table(planner->renamed, rename->table);
	const struct name *column = rename->before.column->name;
	for (size_t i = 0; i < planner->from->tables.n; i++) {
		const struct table *child = planner->tables[i];
		for (size_t j = 0; child && j < child->foreign_keys.n; j++) {
			const struct foreign_key *key = child->foreign_keys.items[j];
			bool is_parent =
				!key->parent_database &&
				schema_same_table(planner->renamed, key->parent, renamed->name);
			if ((child == renamed && list_has(&key->columns, column)) ||
			    (is_parent && list_has(&key->parent_columns, column)))
				map_put(planner->arena, &planner->renamed_keys,
					planner->from->tables.items[i]->foreign_keys.items[j],
					planner);
		}
	}
}

/*
 * RENAME TABLE renames constraints called `<old>_ibfk_…`. Where another one has the new name
 * already the server refuses (MySQL 9.7.4 dies of what comes next): such a key is dropped before
 * and comes back under a name of ours. Returns the name it is to have afterwards.
 */
static const struct name *name_afterwards(struct planner *planner, const struct map *taken,
					  size_t table, size_t key)
{
	const struct foreign_key *before =
		planner->from->tables.items[table]->foreign_keys.items[key];
	const struct foreign_key *after = planner->tables[table]->foreign_keys.items[key];
	if (name_equal(before->name, after->name) || !map_get(taken, after->name->key))
		return after->name;
	return derive_name_hashed(planner->ctx, "fk", planner->tables[table]->name,
				  &after->columns);
}

/* Calls visit for every foreign key of `from` that stays. */
static void each_kept_key(struct planner *planner,
			  void (*visit)(struct planner *planner, struct map *taken, size_t table,
					size_t key),
			  struct map *taken)
{
	for (size_t i = 0; i < planner->from->tables.n; i++) {
		const struct table *from = planner->from->tables.items[i];
		for (size_t j = 0; planner->tables[i] && j < from->foreign_keys.n; j++)
			if (!map_get(&planner->dropped_keys, from->foreign_keys.items[j]))
				visit(planner, taken, i, j);
	}
}

/* Names that no rename of a table touches. */
static void claim_name(struct planner *planner, struct map *taken, size_t table, size_t key)
{
	const struct name *before =
		planner->from->tables.items[table]->foreign_keys.items[key]->name;
	if (name_equal(before, planner->tables[table]->foreign_keys.items[key]->name))
		map_put(planner->arena, taken, before->key, planner);
}

static void look_at_key(struct planner *planner, struct map *taken, size_t table, size_t key)
{
	const struct foreign_key *from =
		planner->from->tables.items[table]->foreign_keys.items[key];
	const struct foreign_key *renamed = planner->tables[table]->foreign_keys.items[key];
	struct rekey rekey = { table, key, name_afterwards(planner, taken, table, key) };
	if (rekey.name != renamed->name || map_get(&planner->renamed_keys, from) ||
	    must_rekey(planner, planner->tables[table], renamed))
		LIST_PUSH(planner->arena, &planner->rekeys, rekey);
}

void plan_find_rekeys(struct planner *planner)
{
	struct map taken = { 0 };
	each_kept_key(planner, claim_name, &taken);
	each_kept_key(planner, look_at_key, &taken);
}
