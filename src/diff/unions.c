/*
 * unions: when MERGE tables let go of the tables beneath them.
 *
 * Every ALTER of a MERGE table, and SHOW CREATE TABLE, opens the tables of its UNION: error 1168 when one
 * is missing or differently defined, even with `UNION=()` (measured on 5.6, 9.7 and MariaDB 10.5 and
 * 11.8). So where one of them changes, comes or goes, or the MERGE table itself gets other columns, the
 * plan begins with `UNION=()` and ends with the new UNION. A MERGE table that gets another engine, which
 * copies the rows that it shows, gets it at the beginning: while they are there to be read.
 */
#include "diff/planner.h"

#include "base/context.h"
#include "model/merge.h"

/* Does it leave MyISAM's files, and what a MERGE table is to its server, as they are? */
static bool is_harmless(const struct op *op)
{
	if (op->kind == OP_DROP_OBJECT || op->kind == OP_CREATE_OBJECT)
		return true;
	if (op->kind != OP_SET_OPTION)
		return false;
	return op->option == TABLE_COMMENT ||
	       (op->option == TABLE_OTHER &&
		(op->option_kind == ATTR_UNION || op->option_kind == ATTR_INSERT_METHOD));
}

/*
 * Names of tables that something happens to: of before and after the renames alike. A MERGE table may
 * be renamed: `merges` has the names that they have by now.
 */
static void note_touched(struct planner *planner, const struct op *op, struct map *touched,
			 struct map *merges)
{
	if (is_harmless(op))
		return;
	if (op->kind == OP_RENAME_TABLE && map_get(merges, op->table->key)) {
		map_remove(merges, op->table->key);
		map_put(planner->arena, merges, op->after.name->key, planner);
		return;
	}
	map_put(planner->arena, touched, op->table->key, planner);
	if (op->kind == OP_RENAME_TABLE)
		map_put(planner->arena, touched, op->after.name->key, planner);
}

/* The table of `to` that the one of `from` becomes; NULL: it is dropped. */
static const struct table *becomes(const struct planner *planner, const struct op_list *ops,
				   const struct table *from)
{
	const struct name *name = from->name;
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op->kind != OP_DROP_TABLE && op->kind != OP_RENAME_TABLE)
			continue;
		if (!schema_same_table(planner->from, op->table, name))
			continue;
		if (op->kind == OP_DROP_TABLE)
			return NULL;
		name = op->after.name;
	}
	return schema_find_table(planner->to, name);
}

static bool any_touched(const struct name_list *names, const struct map *touched)
{
	for (size_t i = 0; i < names->n; i++)
		if (map_get(touched, names->items[i]->key))
			return true;
	return false;
}

static struct op *union_op(struct planner *planner, const struct table *table, struct span origin)
{
	struct op *op = planner_op(planner, OP_SET_OPTION, table->name);
	op->option = TABLE_OTHER;
	op->option_kind = ATTR_UNION;
	op->origin = origin;
	return op;
}

static bool sets_union(const struct op *op)
{
	return op->kind == OP_SET_OPTION && op->option == TABLE_OTHER &&
	       op->option_kind == ATTR_UNION;
}

static bool sets_merging(const struct op *op)
{
	return sets_union(op) ||
	       (op->kind == OP_SET_OPTION &&
		(op->option == TABLE_ENGINE ||
		 (op->option == TABLE_OTHER && op->option_kind == ATTR_INSERT_METHOD)));
}

/* Takes the ops of that table which `is` is true of out of the list; they are called by that name. */
static struct op_list take_ops(struct planner *planner, struct op_list *ops,
			       const struct table *table, bool (*is)(const struct op *op),
			       const struct name *name)
{
	struct op_list taken = { 0 };
	for (size_t i = 0; i < ops->n; i++) {
		if (!is(ops->items[i]) ||
		    !schema_same_table(planner->to, ops->items[i]->table, table->name))
			continue;
		struct op *op = arena_memdup(planner->arena, ops->items[i], sizeof(*op));
		op->table = name;
		LIST_PUSH(planner->arena, &taken, op);
		LIST_REMOVE(ops, i);
		i--;
	}
	return taken;
}

static void part_union(struct planner *planner, struct op_list *ops, const struct table *from,
		       const struct table *to, const struct map *touched)
{
	struct name_list before = merge_children(planner->ctx, planner->arena, from);
	struct name_list after = merge_children(planner->ctx, planner->arena, to);
	bool beneath = any_touched(&before, touched) || any_touched(&after, touched);
	if (table_is_merge(from) && !table_is_merge(to)) {
		if (beneath)
			LIST_PUSH(planner->arena, &planner->unions_first,
				  take_ops(planner, ops, to, sets_merging, from->name));
		return;
	}
	if (!beneath && (!table_is_merge(from) || !map_get(touched, to->name->key)))
		return;
	take_ops(planner, ops, to, sets_union, to->name);
	const char *text = option_find(&from->options, ATTR_UNION);
	if (text) {
		struct op_list leave = { 0 };
		struct op *op = union_op(planner, from, to->span);
		op->before.option.text = text;
		LIST_PUSH(planner->arena, &leave, op);
		LIST_PUSH(planner->arena, &planner->unions_first, leave);
	}
	text = option_find(&to->options, ATTR_UNION);
	if (text) {
		struct op *op = union_op(planner, to, to->span);
		op->after.option.text = text;
		LIST_PUSH(planner->arena, &planner->unions_last, op);
	}
}

void plan_part_unions(struct planner *planner, struct op_list *ops)
{
	struct map touched = { 0 }, merges = { 0 };
	for (size_t i = 0; i < planner->from->tables.n; i++)
		if (table_is_merge(planner->from->tables.items[i]))
			map_put(planner->arena, &merges, planner->from->tables.items[i]->name->key,
				planner);
	for (size_t i = 0; i < ops->n; i++)
		note_touched(planner, ops->items[i], &touched, &merges);
	for (size_t i = 0; i < planner->from->tables.n; i++) {
		const struct table *from = planner->from->tables.items[i];
		const struct table *to = becomes(planner, ops, from);
		if (to && (table_is_merge(from) || table_is_merge(to)))
			part_union(planner, ops, from, to, &touched);
	}
}

void plan_leave_unions(struct planner *planner)
{
	for (size_t i = 0; i < planner->unions_first.n && planner->ok; i++) {
		const struct op_list *ops = &planner->unions_first.items[i];
		struct statement *statement =
			planner_statement(planner, ops->items[0]->table, span_none());
		for (size_t j = 0; j < ops->n && planner->ok; j++)
			planner_add(planner, statement, ops->items[j]);
	}
}

void plan_enter_unions(struct planner *planner)
{
	for (size_t i = 0; i < planner->unions_last.n && planner->ok; i++) {
		const struct op *op = planner->unions_last.items[i];
		planner_add(planner, planner_statement(planner, op->table, op->origin), op);
	}
}

void plan_order_merged(struct planner *planner, const struct table_const_list *tables,
		       bool merge_first, size_t *order)
{
	size_t *sorted = ARENA_ARRAY(planner->arena, size_t, tables->n), n = 0;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < tables->n; i++)
			if (table_is_merge(tables->items[order[i]]) == (merge_first == !pass))
				sorted[n++] = order[i];
	for (size_t i = 0; i < n; i++)
		order[i] = sorted[i];
}
