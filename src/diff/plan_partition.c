/* plan_partition: which changes of partitionings have a statement to themselves. */
#include "base/context.h"
#include "diff/partition.h"
#include "diff/planner.h"
#include "model/partition.h"

/* Does a column that the partitioning is by change in the same go, so that its bounds may, too? */
static bool is_retyped(const struct change *change, const struct tree_partition *partition)
{
	for (size_t i = 0; partition && i < change->ops.n; i++) {
		const struct op *op = change->ops.items[i];
		const struct column *column = op->after.column;
		if (op->kind == OP_ADD_COLUMN && partition_uses_column(partition, column->name))
			return true;
		if (op->kind != OP_ALTER_COLUMN || !partition_uses_column(partition, column->name))
			continue;
		if (!type_equal(&op->before.column->type, &column->type) ||
		    !name_equal(op->before.column->collation, column->collation))
			return true;
	}
	return false;
}

static bool is_reformatted(const struct change *change, const struct op *set)
{
	if (!partition_has_compressed(set->before.partition) &&
	    !partition_has_compressed(set->after.partition))
		return false;
	for (size_t i = 0; i < change->ops.n; i++) {
		const struct op *op = change->ops.items[i];
		if (op->kind == OP_SET_OPTION && op->option == TABLE_OTHER &&
		    (op->option_kind == ATTR_ROW_FORMAT || op->option_kind == ATTR_KEY_BLOCK_SIZE))
			return true;
	}
	return false;
}

bool plan_stands_alone(const struct change *change, const struct op *op)
{
	if (op->kind != OP_SET_PARTITION)
		return false;
	switch (partition_step(op->before.partition, op->after.partition).change) {
	case PARTITION_ANEW:
	case PARTITION_REMOVE:
		return false;
	case PARTITION_DROP:
		return true;
	case PARTITION_ADD:
	case PARTITION_REORGANIZE:
	case PARTITION_COALESCE:
		break;
	}
	return !is_retyped(change, op->after.partition) && !is_reformatted(change, op);
}

static bool has_step_alone(const struct op_list *ops)
{
	const struct change change = { .ops = *ops };
	for (size_t i = 0; i < ops->n; i++)
		if (plan_stands_alone(&change, ops->items[i]))
			return true;
	return false;
}

void plan_spare_hashes(struct planner *planner, struct op_list *ops)
{
	const struct table *table = schema_find_table(planner->now, ops->items[0]->table);
	struct op_list drops = { 0 };
	if (planner_all_can(planner, CAP_HASH_PARTITIONS) || !has_step_alone(ops))
		return;
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		if (!plan_is_written_hash(index))
			continue;
		struct op *drop = planner_op(planner, OP_DROP_INDEX, table->name);
		drop->before.index = index;
		drop->origin = ops->items[0]->origin;
		drop->rekey = !plan_take_drop(ops, index);
		LIST_PUSH(planner->arena, &drops, drop);
		if (!drop->rekey)
			continue;
		struct op *add = planner_op(planner, OP_ADD_INDEX, table->name);
		add->after.index = index;
		add->origin = drop->origin;
		add->rekey = true;
		LIST_PUSH(planner->arena, ops, add);
	}
	if (!drops.n)
		return;
	struct statement *statement = planner_statement(planner, table->name, span_none());
	for (size_t i = 0; i < drops.n && planner->ok; i++)
		planner_add(planner, statement, drops.items[i]);
}

const struct tree_partition *plan_restated_partition(struct planner *planner,
						     const struct table *table,
						     const struct name *column, struct span origin)
{
	if (planner_all_can(planner, CAP_RENAME_PARTITIONED) || !table->partition ||
	    !partition_uses_column(table->partition, column))
		return NULL;
	if (!table->partition->managed_externally)
		return table->partition;
	/* the list that is there is not known here */
	struct diag *diag = ctx_error(planner->ctx, "partition", origin,
				      "calling it '%s' would write the partitions of '%s' again, "
				      "which are managed externally",
				      column->text, table->name->text);
	ctx_hint(planner->ctx, diag,
		 "list the partitions here as they are, without these words, for this one change");
	planner->ok = false;
	return NULL;
}
