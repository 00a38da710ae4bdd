/*
 * Indexes that a server made for foreign keys by itself (foreign-keys.md section 3). They go in
 * silence when another one can take their place: one that is added, or the one that the next
 * foreign key makes, under that key's name. Nothing tells them from others; dropped and added in one
 * ALTER such an index is one like any other, and stays (measured on all five).
 */
#include "diff/planner.h"

#include <string.h>
#include <strings.h>

#include "model/equal.h"

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

/* A plain index of just the key's columns. */
static bool may_be_of(const struct index *index, const struct foreign_key *key)
{
	if (index->kind != KEY_INDEX || index->parts.n != key->columns.n)
		return false;
	for (size_t i = 0; i < index->parts.n; i++)
		if (index->parts.items[i].length ||
		    !name_equal(index->parts.items[i].column, key->columns.items[i]))
			return false;
	return true;
}

bool plan_displaces_index(const struct planner *planner, const struct table *table,
			  const struct op *op, const struct index *index)
{
	const struct table *renamed = schema_find_table(planner->renamed, table->name);
	if (op->kind != OP_ADD_INDEX || !begins_index(index, op->after.index))
		return false;
	for (size_t i = 0; i < renamed->foreign_keys.n; i++)
		if (may_be_of(index, renamed->foreign_keys.items[i]))
			return true;
	return false;
}

/* The server names it after the first column, with a number if that name is taken. */
static bool has_made_name(const struct index *index)
{
	const char *column = index->parts.items[0].column->text, *name = index->name->text;
	size_t len = strlen(column);
	if (strncasecmp(name, column, len) != 0)
		return false;
	return !name[len] || (name[len] == '_' && strspn(name + len + 1, "0123456789") > 0);
}

void plan_keep_index(struct planner *planner, struct statement *statement,
		     const struct change *change, const struct foreign_key *dropped)
{
	const struct table *table = schema_find_table(planner->now, statement->table);
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		if (may_be_of(index, dropped) && has_made_name(index) &&
		    !(change && plan_drops_index(&change->ops, index)))
			LIST_PUSH(planner->arena, &statement->restate_indexes, index);
	}
}
