/*
 * What vector indexes of MariaDB ask of a plan. Such an index is a table of its own beside the one
 * it is of, `t#i#01`, and not every ALTER that copies the one sees to the other (measured on 11.8).
 */
#include "diff/planner.h"

bool plan_leaves_vector(const struct op_list *ops, const struct op *op)
{
	return op->kind == OP_DROP_INDEX && op->before.index->kind == KEY_VECTOR &&
	       plan_engine_op(ops);
}

static const struct index *vector_index(const struct table *table)
{
	for (size_t i = 0; i < table->indexes.n; i++)
		if (table->indexes.items[i]->kind == KEY_VECTOR)
			return table->indexes.items[i];
	return NULL;
}

const struct op *plan_drop_vector(struct planner *planner, const struct table *table,
				  const struct table *stays)
{
	const struct index *index = vector_index(table);
	if (!index || !plan_is_copied(planner->targets, table))
		return NULL;
	struct change *change = stays ? planner_change(planner, stays) : NULL;
	const struct op *meant = change ? plan_take_drop(&change->ops, index) : NULL;
	struct op *drop = planner_op(planner, OP_DROP_INDEX, table->name), *add = NULL;
	drop->before.index = index;
	drop->origin = meant ? meant->origin : index->span;
	if (stays && !meant) {
		add = planner_op(planner, OP_ADD_INDEX, table->name);
		add->after.index = index;
		add->origin = drop->origin;
		add->rekey = drop->rekey = true;
	}
	struct statement *statement = planner_statement(planner, table->name, drop->origin);
	planner_add(planner, statement, drop);
	plan_keep_hashes(planner, statement);
	return add;
}
