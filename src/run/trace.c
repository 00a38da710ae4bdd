#include "run/trace.h"

bool trace_back(const struct op_list *before, const struct name **table, const struct name **column)
{
	for (size_t i = before->n; i--;) {
		const struct op *op = before->items[i];
		switch ((int)op->kind) {
		case OP_RENAME_TABLE:
			if (name_equal(op->after.name, *table))
				*table = op->before.name;
			break;
		case OP_CREATE_TABLE:
			if (name_equal(op->table, *table))
				return false;
			break;
		case OP_RENAME_COLUMN:
			if (name_equal(op->table, *table) && *column &&
			    name_equal(op->after.column->name, *column))
				*column = op->before.column->name;
			break;
		case OP_ADD_COLUMN:
			if (name_equal(op->table, *table) && *column &&
			    name_equal(op->after.column->name, *column))
				return false;
			break;
		default:
			break;
		}
	}
	return true;
}
