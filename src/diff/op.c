#include "diff/op.h"

#include "base/buf.h"
#include "diff/partition.h"
#include "model/equal.h"

#include <string.h>

struct op_row {
	const char *words;
	enum op_kind inverse;
	enum op_phase phase;
	enum op_look look;
};

static const struct op_row rows[OP_COUNT] = {
#define OP(kind, words, inverse, phase, look) [kind] = { words, inverse, phase, look },
#include "diff/op.def"
#undef OP
};

const char *op_words(enum op_kind kind)
{
	return rows[kind].words;
}

enum op_phase op_phase(enum op_kind kind)
{
	return rows[kind].phase;
}

enum op_look op_look(enum op_kind kind)
{
	return rows[kind].look;
}

const struct op *op_inverse(struct arena *arena, const struct op *op)
{
	struct op *inverse = arena_memdup(arena, op, sizeof(*op));
	inverse->kind = rows[op->kind].inverse;
	inverse->before = op->after;
	inverse->after = op->before;
	inverse->place_before = op->place_after;
	inverse->place_after = op->place_before;
	if (op->kind == OP_RENAME_TABLE)
		inverse->table = op->after.name;
	return inverse;
}

/* --- describing ----------------------------------------------------------------------------- */

static void add_names(struct buf *out, const struct name *table, const struct name *part)
{
	buf_printf(out, " %s.%s", table->text, part->text);
}

static void describe_option(struct buf *out, const struct op *op)
{
	static const char *const words[] = {
		[TABLE_ENGINE] = "engine",
		[TABLE_CHARSET] = "charset",
		[TABLE_COMMENT] = "comment",
	};
	buf_printf(out, " %s: %s", op->table->text,
		   op->option == TABLE_OTHER ? tree_attr_spelling(op->option_kind)
					     : words[op->option]);
}

static void describe_alter(struct buf *out, const struct op *op)
{
	struct buf differences = { 0 };
	column_differences(&differences, op->before.column, op->after.column);
	if (differences.len)
		buf_printf(out, " (%s)", buf_text(&differences));
	buf_free(&differences);
}

static void add_partitions(struct buf *out, const struct tree_partition *partition, size_t at,
			   size_t n)
{
	for (size_t i = at; i < at + n; i++) {
		buf_add(out, i == at ? "." : ", ");
		if (partition->defs.n)
			buf_add(out, partition->defs.items[i].name.name->text);
		else
			buf_printf(out, "p%zu", i);
	}
}

/* "drop partition orders.p2018, p2019" */
static void describe_partition(struct buf *out, const struct op *op)
{
	static const char *const words[] = {
		[PARTITION_ADD] = "add partition",
		[PARTITION_DROP] = "drop partition",
		[PARTITION_REORGANIZE] = "reorganize partition",
		[PARTITION_COALESCE] = "coalesce partition",
	};
	const struct tree_partition *before = op->before.partition, *after = op->after.partition;
	struct partition_step step = partition_step(before, after);
	if (step.change != PARTITION_ANEW && step.change != PARTITION_REMOVE) {
		buf_truncate(out, out->len - strlen(rows[op->kind].words));
		buf_add(out, words[step.change]);
	}
	buf_printf(out, " %s", op->table->text);
	if (step.change == PARTITION_ADD)
		add_partitions(out, after, step.at, step.n_after);
	else
		add_partitions(out, before, step.at, words[step.change] ? step.n_before : 0);
}

void op_describe(struct buf *out, const struct op *op)
{
	buf_add(out, rows[op->kind].words);
	switch (op->kind) {
	case OP_CREATE_TABLE:
	case OP_DROP_TABLE:
		buf_printf(out, " %s", op->table->text);
		break;
	case OP_SET_PARTITION:
		describe_partition(out, op);
		break;
	case OP_RENAME_TABLE:
		buf_printf(out, " %s to %s", op->before.name->text, op->after.name->text);
		break;
	case OP_ADD_FOREIGN_KEY:
		add_names(out, op->table, op->after.foreign_key->name);
		break;
	case OP_DROP_FOREIGN_KEY:
		add_names(out, op->table, op->before.foreign_key->name);
		break;
	case OP_ADD_CHECK:
		add_names(out, op->table, op->after.check->name);
		break;
	case OP_DROP_CHECK:
		add_names(out, op->table, op->before.check->name);
		break;
	case OP_ADD_PERIOD:
		add_names(out, op->table, op->after.period->name);
		break;
	case OP_DROP_PERIOD:
		add_names(out, op->table, op->before.period->name);
		break;
	case OP_ADD_INDEX:
		add_names(out, op->table, op->after.index->name);
		break;
	case OP_DROP_INDEX:
		add_names(out, op->table, op->before.index->name);
		break;
	case OP_RENAME_INDEX:
		add_names(out, op->table, op->before.index->name);
		buf_printf(out, " to %s", op->after.index->name->text);
		break;
	case OP_RENAME_COLUMN:
		add_names(out, op->table, op->before.column->name);
		buf_printf(out, " to %s", op->after.column->name->text);
		break;
	case OP_ADD_COLUMN:
	case OP_MOVE_COLUMN:
		add_names(out, op->table, op->after.column->name);
		break;
	case OP_DROP_COLUMN:
		add_names(out, op->table, op->before.column->name);
		break;
	case OP_ALTER_COLUMN:
		add_names(out, op->table, op->after.column->name);
		describe_alter(out, op);
		break;
	case OP_SET_OPTION:
		describe_option(out, op);
		break;
	case OP_CREATE_OBJECT:
	case OP_DROP_OBJECT: {
		const struct object *object =
			op->kind == OP_CREATE_OBJECT ? op->after.object : op->before.object;
		buf_truncate(out, out->len - strlen("object"));
		buf_printf(out, "%s %s", object->kind->text, object->name->text);
		break;
	}
	case OP_COUNT:
		break;
	}
}
