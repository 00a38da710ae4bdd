#include "cli/blame.h"

static struct span find_part(const struct table *table, const struct op *op)
{
	const struct column *column = NULL;
	const struct index *index = NULL;
	const struct foreign_key *key = NULL;
	const struct check *check = NULL;
	const struct period *period = NULL;
	switch (op->kind) {
	case OP_ADD_COLUMN:
	case OP_ALTER_COLUMN:
	case OP_RENAME_COLUMN:
	case OP_MOVE_COLUMN:
		column = table_column(table, op->after.column->name);
		return column ? column->span : table->span;
	case OP_ADD_INDEX:
	case OP_RENAME_INDEX:
		index = table_index(table, op->after.index->name);
		return index ? index->span : table->span;
	case OP_ADD_FOREIGN_KEY:
		key = table_foreign_key(table, op->after.foreign_key->name);
		return key ? key->span : table->span;
	case OP_ADD_CHECK:
		check = table_check(table, op->after.check->name);
		return check ? check->span : table->span;
	case OP_ADD_PERIOD:
		period = table_period(table, op->after.period->name);
		return period ? period->span : table->span;
	case OP_DROP_COLUMN:
	case OP_DROP_INDEX:
	case OP_DROP_FOREIGN_KEY:
	case OP_DROP_CHECK:
	case OP_DROP_PERIOD:
	case OP_CREATE_TABLE:
	case OP_DROP_TABLE:
	case OP_RENAME_TABLE:
	case OP_SET_OPTION:
	case OP_SET_PARTITION:
	case OP_CREATE_OBJECT:
	case OP_DROP_OBJECT:
	case OP_COUNT:
		break;
	}
	return table->span;
}

void blame_ops(struct app *app, const struct op_list *ops)
{
	struct diag_queue *queue = &app->ctx.diags;
	size_t before = queue->diags.n;
	if (!before || !ops->n)
		return;
	struct diag *diag = queue->diags.items[before - 1];
	struct world world;
	bool compiled = world_has_models(app) && world_load(app, WORLD_DESIRED, &world) == APP_DONE;
	diag_rewind(queue, before);
	for (size_t i = 0; compiled && i < ops->n; i++) {
		const struct op *op = ops->items[i];
		const struct table *table = schema_find_table(world.desired, op->table);
		if (!table)
			continue;
		struct span span = find_part(table, op);
		if (span.src)
			diag_place(queue, diag, span, "declared here");
		return;
	}
}

void blame_statement(struct app *app, const struct revision_statement *statement)
{
	if (statement)
		blame_ops(app, &statement->ops);
}
