#include "emit/sql.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "emit/needs.h"
#include "emit/parts.h"
#include "emit/remake.h"

#include <string.h>

/* --- CREATE TABLE --------------------------------------------------------------------------- */

void sql_column(struct buf *out, const struct server_list *targets, const struct column *column)
{
	struct buf whole = { 0 }, name = { 0 };
	parts_column(&whole, targets, column);
	quote_name(&name, column->name);
	buf_add(out, buf_text(&whole) + name.len + 1);
	buf_free(&whole);
	buf_free(&name);
}

/* One of several, each on a line of its own. */
static void next_line(struct buf *out, size_t *n)
{
	buf_add(out, (*n)++ ? ",\n    " : "\n    ");
}

static void add_indexes(struct buf *out, const struct server_list *targets,
			const struct table *table, bool primary, size_t *n)
{
	struct arena arena;
	arena_init(&arena);
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		if ((index->kind == KEY_PRIMARY) != primary)
			continue;
		next_line(out, n);
		parts_index(out, targets, table_with_row_end(&arena, table, index));
	}
	arena_free(&arena);
}

static void add_table_charset(struct buf *out, const struct name *charset,
			      const struct name *collation)
{
	if (charset)
		buf_printf(out, "DEFAULT CHARACTER SET=%s", charset->text);
	if (collation)
		parts_collation(out, " COLLATE=", collation);
}

static void add_table_options(struct buf *out, const struct table *table)
{
	if (table->engine)
		buf_printf(out, " ENGINE=%s", table->engine->text);
	buf_add_char(out, ' ');
	add_table_charset(out, table->charset, table->collation);
	if (table->auto_increment)
		buf_printf(out, " AUTO_INCREMENT=%s", table->auto_increment);
	for (size_t i = 0; i < table->options.n; i++) {
		buf_add_char(out, ' ');
		parts_option(out, table->options.items[i].kind, table->options.items[i].value);
	}
	if (table->comment && *table->comment) {
		buf_add(out, " COMMENT=");
		parts_string(out, table->comment);
	}
}

void sql_create_table(struct buf *out, const struct server_list *targets, const struct table *table)
{
	size_t n = 0;
	buf_add(out, "CREATE TABLE ");
	quote_name(out, table->name);
	buf_add(out, " (");
	for (size_t i = 0; i < table->columns.n; i++) {
		next_line(out, &n);
		parts_column(out, targets, table->columns.items[i]);
	}
	for (size_t i = 0; i < table->periods.n; i++) {
		next_line(out, &n);
		parts_period(out, table->periods.items[i]);
	}
	add_indexes(out, targets, table, true, &n);
	add_indexes(out, targets, table, false, &n);
	for (size_t i = 0; i < table->foreign_keys.n; i++) {
		next_line(out, &n);
		parts_foreign_key(out, table->foreign_keys.items[i]);
	}
	for (size_t i = 0; i < table->checks.n; i++) {
		next_line(out, &n);
		parts_check(out, table->checks.items[i]);
	}
	buf_add(out, "\n)");
	add_table_options(out, table);
	if (table->partition) {
		buf_add_char(out, '\n');
		parts_partition(out, table->partition);
	}
}

/* --- ALTER TABLE ---------------------------------------------------------------------------- */

struct alter {
	struct buf *out;
	const struct server_list *targets;
	const struct statement *statement;
	size_t n; /* clauses so far */
};

static void clause(struct alter *alter, const char *words)
{
	next_line(alter->out, &alter->n);
	buf_add(alter->out, words);
	buf_add_char(alter->out, ' ');
}

static void named_clause(struct alter *alter, const char *words, const struct name *name)
{
	clause(alter, words);
	quote_name(alter->out, name);
}

static void add_place(struct buf *out, struct column_place place)
{
	if (!place.after) {
		buf_add(out, " FIRST");
		return;
	}
	buf_add(out, " AFTER ");
	quote_name(out, place.after);
}

/* A column may be modified once in a statement: where it moves, too, the move says it all. */
static bool moves_later(const struct statement *statement, size_t at)
{
	const struct name *name = statement->ops.items[at]->after.column->name;
	for (size_t i = at + 1; i < statement->ops.n; i++)
		if (statement->ops.items[i]->kind == OP_MOVE_COLUMN &&
		    name_equal(statement->ops.items[i]->after.column->name, name))
			return true;
	return false;
}

static void rename_column(struct alter *alter, const struct op *op)
{
	if (server_list_has(alter->targets, CAP_RENAME_COLUMN)) {
		named_clause(alter, "RENAME COLUMN", op->before.column->name);
		buf_add(alter->out, " TO ");
		quote_name(alter->out, op->after.column->name);
	} else {
		named_clause(alter, "CHANGE COLUMN", op->before.column->name);
		buf_add_char(alter->out, ' ');
		parts_column(alter->out, alter->targets, op->after.column);
	}
}

static void drop_index(struct alter *alter, const struct index *index)
{
	if (index->kind == KEY_PRIMARY) {
		next_line(alter->out, &alter->n);
		buf_add(alter->out, "DROP PRIMARY KEY");
	} else {
		named_clause(alter, "DROP INDEX", index->name);
	}
}

static void add_index(struct alter *alter, const struct op *op)
{
	const struct index *index = op->after.index;
	bool mariadb = parts_any_target(alter->targets, FLAVOUR_MARIADB);
	if (remake_of(alter->targets, alter->statement, op) != REMAKE_VISIBILITY) {
		clause(alter, "ADD");
		parts_index(alter->out, alter->targets, index);
		return;
	}
	named_clause(alter, "ALTER INDEX", index->name);
	if (index->invisible)
		buf_add(alter->out, mariadb ? " IGNORED" : " INVISIBLE");
	else
		buf_add(alter->out, mariadb ? " NOT IGNORED" : " VISIBLE");
}

static void drop_check(struct alter *alter, const struct name *name)
{
	bool constraint = server_list_has(alter->targets, CAP_DROP_CONSTRAINT);
	named_clause(alter, constraint ? "DROP CONSTRAINT" : "DROP CHECK", name);
}

static void set_option(struct alter *alter, const struct op *op)
{
	next_line(alter->out, &alter->n);
	switch (op->option) {
	case TABLE_ENGINE:
		buf_printf(alter->out, "ENGINE=%s", op->after.option.text);
		break;
	case TABLE_CHARSET:
		add_table_charset(alter->out, op->after.option.charset, op->after.option.collation);
		break;
	case TABLE_COMMENT:
		buf_add(alter->out, "COMMENT=");
		parts_string(alter->out, op->after.option.text ? op->after.option.text : "");
		break;
	case TABLE_OTHER:
		if (tree_attr_value(op->option_kind) == VALUE_NONE) {
			/* WITH SYSTEM VERSIONING */
			bool versioned = op->after.option.text != NULL;
			buf_add(alter->out, versioned ? "ADD " : "DROP ");
			buf_add(alter->out, "SYSTEM VERSIONING");
		} else {
			parts_option(alter->out, op->option_kind, op->after.option.text);
		}
		break;
	}
}

static void alter_clause(struct alter *alter, size_t at)
{
	const struct op *op = alter->statement->ops.items[at];
	switch (op->kind) {
	case OP_DROP_FOREIGN_KEY:
		named_clause(alter, "DROP FOREIGN KEY", op->before.foreign_key->name);
		break;
	case OP_ADD_FOREIGN_KEY:
		clause(alter, "ADD");
		parts_foreign_key(alter->out, op->after.foreign_key);
		break;
	case OP_RENAME_COLUMN:
		rename_column(alter, op);
		break;
	case OP_RENAME_INDEX:
		named_clause(alter, "RENAME INDEX", op->before.index->name);
		buf_add(alter->out, " TO ");
		quote_name(alter->out, op->after.index->name);
		break;
	case OP_DROP_CHECK:
		drop_check(alter, op->before.check->name);
		break;
	case OP_ADD_CHECK:
		clause(alter, "ADD");
		parts_check(alter->out, op->after.check);
		break;
	case OP_DROP_PERIOD:
		clause(alter, "DROP");
		parts_period_name(alter->out, op->before.period);
		break;
	case OP_ADD_PERIOD:
		clause(alter, "ADD");
		parts_period(alter->out, op->after.period);
		break;
	case OP_DROP_INDEX:
		if (remake_of(alter->targets, alter->statement, op) != REMAKE_VISIBILITY)
			drop_index(alter, op->before.index);
		break;
	case OP_ADD_INDEX:
		add_index(alter, op);
		break;
	case OP_DROP_COLUMN:
		named_clause(alter, "DROP COLUMN", op->before.column->name);
		break;
	case OP_ADD_COLUMN:
		clause(alter, "ADD COLUMN");
		parts_column(alter->out, alter->targets, op->after.column);
		add_place(alter->out, op->place_after);
		break;
	case OP_ALTER_COLUMN:
		if (moves_later(alter->statement, at))
			break;
		clause(alter, "MODIFY COLUMN");
		parts_column(alter->out, alter->targets, op->after.column);
		break;
	case OP_MOVE_COLUMN:
		clause(alter, "MODIFY COLUMN");
		parts_column(alter->out, alter->targets, op->after.column);
		add_place(alter->out, op->place_after);
		break;
	case OP_SET_OPTION:
		set_option(alter, op);
		break;
	case OP_SET_PARTITION: /* comes last */
	case OP_CREATE_TABLE:
	case OP_DROP_TABLE:
	case OP_RENAME_TABLE:
	case OP_CREATE_OBJECT:
	case OP_DROP_OBJECT:
	case OP_COUNT:
		break;
	}
}

static void restate_before(struct alter *alter)
{
	const struct statement *statement = alter->statement;
	for (size_t i = 0; i < statement->restate_checks.n; i++)
		drop_check(alter, statement->restate_checks.items[i]->name);
	for (size_t i = 0; i < statement->restate_indexes.n; i++)
		drop_index(alter, statement->restate_indexes.items[i]);
}

static void restate_after(struct alter *alter)
{
	const struct statement *statement = alter->statement;
	for (size_t i = 0; i < statement->restate_columns.n; i++) {
		clause(alter, "MODIFY COLUMN");
		parts_column(alter->out, alter->targets, statement->restate_columns.items[i]);
	}
	for (size_t i = 0; i < statement->restate_indexes.n; i++) {
		clause(alter, "ADD");
		parts_index(alter->out, alter->targets, statement->restate_indexes.items[i]);
	}
	for (size_t i = 0; i < statement->restate_checks.n; i++) {
		clause(alter, "ADD");
		parts_check(alter->out, statement->restate_checks.items[i]);
	}
}

static void alter_table(struct buf *out, const struct server_list *targets,
			const struct statement *statement)
{
	struct alter alter = { out, targets, statement, 0 };
	const struct op *partition = NULL;
	/* of the statement itself: it holds wherever and by whomever the text is run */
	if (statement->keep_history)
		buf_add(out, "SET STATEMENT system_versioning_alter_history=KEEP FOR\n");
	buf_add(out, "ALTER TABLE ");
	quote_name(out, statement->table);
	restate_before(&alter);
	for (size_t i = 0; i < statement->ops.n; i++) {
		alter_clause(&alter, i);
		if (statement->ops.items[i]->kind == OP_SET_PARTITION)
			partition = statement->ops.items[i];
	}
	restate_after(&alter);
	if (remake_needs_force(targets, statement)) {
		next_line(out, &alter.n);
		buf_add(out, "FORCE");
	}
	if (statement->copy) {
		next_line(out, &alter.n);
		buf_add(out, "ALGORITHM=COPY");
	}
	/* the partitioning ends the statement, without a comma before it */
	if (!partition && !statement->restate_partition)
		return;
	buf_add(out, "\n    ");
	if (partition && !alter.n && statement->ops.n == 1)
		parts_partition_step(out, partition->before.partition, partition->after.partition);
	else
		parts_partition(out, partition ? partition->after.partition
					       : statement->restate_partition);
}

/* --- other statements ----------------------------------------------------------------------- */

static void update_table(struct buf *out, const struct statement *statement)
{
	const struct column *column = statement->backfill;
	buf_add(out, "UPDATE ");
	quote_name(out, statement->table);
	buf_add(out, "\nSET ");
	quote_name(out, column->name);
	buf_add(out, " = (");
	expr_print(out, column->backfill, EXPR_SQL);
	buf_add_char(out, ')');
	for (size_t i = 0; i < statement->keep.n; i++) {
		buf_add(out, ",\n    ");
		quote_name(out, statement->keep.items[i]);
		buf_add(out, " = ");
		quote_name(out, statement->keep.items[i]);
	}
	buf_add(out, "\nWHERE ");
	quote_name(out, column->name);
	buf_add(out, " IS NULL");
}

static void create_object(struct buf *out, const struct object *object)
{
	buf_add(out, "CREATE ");
	parts_keyword(out, object->kind->text);
	buf_add_char(out, ' ');
	quote_name(out, object->name);
	if (object->head && *object->head)
		buf_printf(out, " %s", object->head);
	if (object->body && *object->body)
		buf_printf(out, "\n%s", object->body);
}

static void drop_object(struct buf *out, const struct object *object)
{
	buf_add(out, "DROP ");
	parts_keyword(out, object->kind->text);
	buf_add_char(out, ' ');
	quote_name(out, object->name);
}

/* --- all ------------------------------------------------------------------------------------ */

bool sql_statement(struct context *ctx, struct buf *out, const struct server_list *targets,
		   const struct statement *statement)
{
	if (statement->backfill) {
		update_table(out, statement);
		return true;
	}
	if (!needs_are_met(ctx, targets, statement))
		return false;
	const struct op *first = statement->ops.items[0];
	switch ((int)first->kind) {
	case OP_CREATE_TABLE:
		sql_create_table(out, targets, first->after.table);
		break;
	case OP_DROP_TABLE:
		buf_add(out, "DROP TABLE ");
		quote_name(out, first->table);
		break;
	case OP_RENAME_TABLE:
		buf_add(out, "RENAME TABLE ");
		quote_name(out, first->before.name);
		buf_add(out, " TO ");
		quote_name(out, first->after.name);
		break;
	case OP_CREATE_OBJECT:
		create_object(out, first->after.object);
		break;
	case OP_DROP_OBJECT:
		drop_object(out, first->before.object);
		break;
	default:
		alter_table(out, targets, statement);
	}
	return true;
}
