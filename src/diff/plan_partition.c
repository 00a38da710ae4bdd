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
	return !is_retyped(change, op->after.partition);
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
