#include "diff/loss.h"

#include "base/buf.h"
#include "diff/partition.h"
#include "model/merge.h"

#include <string.h>

static struct loss *add(struct arena *arena, struct loss_list *list, enum loss_kind kind,
			const struct op *op, const char *subject, const char *why)
{
	struct loss loss = { .kind = kind, .op = op, .subject = subject, .why = why };
	LIST_PUSH(arena, list, loss);
	return &list->items[list->n - 1];
}

static void of_table(struct arena *arena, const struct op *op, struct loss_list *list)
{
	const char *table = op->table->text;
	if (table_is_merge(op->before.table))
		return; /* the rows are other tables' */
	add(arena, list, LOSS_TABLE, op, arena_printf(arena, "drop %s", table),
	    arena_printf(arena, "drops table %s", table));
}

static void of_dropped(struct arena *arena, const struct op *op, struct loss_list *list)
{
	const struct column *column = op->before.column;
	const char *name = arena_printf(arena, "%s.%s", op->table->text, column->name->text);
	if (!column->generated && !column_is_row_time(column))
		add(arena, list, LOSS_COLUMN, op, arena_printf(arena, "drop %s", name),
		    arena_printf(arena, "drops column %s", name));
}

/* --- altered columns ------------------------------------------------------------------------ */

static const char *type_text(struct arena *arena, const struct column *column)
{
	struct buf text = { 0 };
	type_print(&text, &column->type);
	return buf_arena(&text, arena);
}

static const char *narrow_text(struct arena *arena, const char *name, enum narrow_kind kind,
			       const struct column *before, const struct column *after)
{
	if (kind == NARROW_CHARSET)
		return arena_printf(arena, "changes column %s from charset %s to %s", name,
				    before->charset->text, after->charset->text);
	if (type_equal(&before->type, &after->type) && before->charset && after->charset)
		return arena_printf(arena, "narrows column %s from %s of %s to %s", name,
				    type_text(arena, before), before->charset->text,
				    after->charset->text);
	return arena_printf(arena, "narrows column %s from %s to %s", name,
			    type_text(arena, before), type_text(arena, after));
}

static void of_altered(struct arena *arena, const struct op *op, struct loss_list *list)
{
	const struct column *before = op->before.column, *after = op->after.column;
	const char *name = arena_printf(arena, "%s.%s", op->table->text, after->name->text);
	const char *subject = arena_printf(arena, "narrow %s", name);
	if (after->generated) {
		if (!before->generated)
			add(arena, list, LOSS_COMPUTED, op, subject,
			    arena_printf(arena, "overwrites column %s with what it computes",
					 name));
		return;
	}
	enum narrow_kind narrow = narrow_column(before, after);
	if (narrow != NARROW_NOTHING)
		add(arena, list, LOSS_NARROW, op, subject,
		    narrow_text(arena, name, narrow, before, after))
			->narrow = narrow;
	if (before->nullable && !after->nullable && !after->backfill && !op->filled)
		add(arena, list, LOSS_NULL, op, subject,
		    arena_printf(arena, "makes column %s refuse NULL", name));
}

/* --- partitions and options ----------------------------------------------------------------- */

static void of_partition(struct arena *arena, const struct op *op, struct loss_list *list)
{
	const struct tree_partition *before = op->before.partition;
	struct partition_step step = partition_step(before, op->after.partition);
	struct name_list dropped = { 0 };
	struct buf names = { 0 };
	if (step.change != PARTITION_DROP)
		return;
	for (size_t i = 0; i < step.n_before; i++) {
		const struct name *name = before->defs.items[step.at + i].name.name;
		buf_printf(&names, "%s%s", i ? ", " : "", name->text);
		LIST_PUSH(arena, &dropped, name);
	}
	const char *text = buf_arena(&names, arena), *table = op->table->text;
	add(arena, list, LOSS_PARTITION, op,
	    arena_printf(arena, "drop %s partition %s", table, text),
	    arena_printf(arena, "drops partition %s of %s", text, table))
		->partitions = dropped;
}

static void of_option(struct arena *arena, const struct op *op, struct loss_list *list)
{
	const char *table = op->table->text, *engine = op->after.option.text;
	if (op->option == TABLE_ENGINE && engine &&
	    (word_equal(engine, "BLACKHOLE") || merge_is_engine(engine)))
		add(arena, list, LOSS_ENGINE, op, arena_printf(arena, "engine %s", table),
		    arena_printf(arena, "engine %s keeps no rows of table %s", engine, table));
	if (op->option == TABLE_OTHER && op->option_kind == ATTR_WITH_SYSTEM_VERSIONING &&
	    op->before.option.text && !op->after.option.text)
		add(arena, list, LOSS_HISTORY, op, arena_printf(arena, "history %s", table),
		    arena_printf(arena, "drops the history of table %s", table));
}

bool loss_of_op(struct arena *arena, const struct op *op, struct loss_list *list)
{
	size_t n = list->n;
	switch ((int)op->kind) {
	case OP_DROP_TABLE:
		of_table(arena, op, list);
		break;
	case OP_DROP_COLUMN:
		of_dropped(arena, op, list);
		break;
	case OP_ALTER_COLUMN:
		of_altered(arena, op, list);
		break;
	case OP_SET_PARTITION:
		of_partition(arena, op, list);
		break;
	case OP_SET_OPTION:
		of_option(arena, op, list);
		break;
	default:
		break;
	}
	return list->n > n;
}
