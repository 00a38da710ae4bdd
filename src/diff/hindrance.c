#include "diff/hindrance.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "diff/disturb.h"
#include "diff/rename.h"

bool hindrance_possible(const struct op *op)
{
	switch ((int)op->kind) {
	case OP_DROP_TABLE:
	case OP_RENAME_TABLE:
	case OP_RENAME_COLUMN:
	case OP_SET_PARTITION:
	case OP_DROP_INDEX:
	case OP_DROP_COLUMN:
	case OP_ALTER_COLUMN:
	case OP_ADD_FOREIGN_KEY:
		return true;
	case OP_CREATE_TABLE:
		return op->after.table->foreign_keys.n > 0;
	case OP_SET_OPTION:
		return op->option == TABLE_ENGINE;
	default:
		return false;
	}
}

static void leave_out(struct schema *here, const struct schema *state)
{
	for (size_t i = 0; i < here->tables.n; i++) {
		struct table *table = here->tables.items[i];
		const struct table *known = schema_find_table(state, table->name);
		for (size_t j = table->foreign_keys.n; known && j--;)
			if (table_foreign_key(known, table->foreign_keys.items[j]->name))
				LIST_REMOVE(&table->foreign_keys, j);
	}
}

void hindrance_leave_out(const struct stray_list *stray, const struct schema *state)
{
	for (size_t i = 0; i < stray->n; i++)
		if (!stray->items[i].database)
			leave_out(stray->items[i].schema, state);
}

/* --- one statement ---------------------------------------------------------------------------- */

struct look {
	struct arena *arena;
	const struct server_list *targets;
	const struct schema *state;
	const struct op_list *ops;
	struct hindrance_list *list;
	/* the key that is looked at */
	const struct stray *stray;
	const struct table *child;
	const struct foreign_key *key;
};

static bool is_known(const struct look *look)
{
	return !look->stray->database && schema_find_table(look->state, look->child->name);
}

static void add(const struct look *look, const struct op *op, bool by_name)
{
	const struct hindrance found = { .op = op,
					 .database = look->stray->database,
					 .table = look->child->name,
					 .key = look->key,
					 .by_name = by_name,
					 .known = is_known(look) };
	for (size_t i = 0; i < look->list->n; i++) {
		const struct hindrance *other = &look->list->items[i];
		if (name_equal(other->database, found.database) &&
		    name_equal(other->table, found.table) &&
		    name_equal(other->key->name, found.key->name))
			return;
	}
	LIST_PUSH(look->arena, look->list, found);
}

static bool is_child(const struct look *look, const struct name *table)
{
	return !look->stray->database &&
	       schema_same_table(look->stray->schema, look->child->name, table);
}

static bool is_parent(const struct look *look, const struct name *table)
{
	return !look->key->parent_database &&
	       schema_same_table(look->stray->schema, look->key->parent, table);
}

static void look_at_drop(const struct look *look, const struct op *op)
{
	if (is_parent(look, op->table) && !is_child(look, op->table))
		add(look, op, false);
}

/* The server copies the table for it, which the key of the column doesn't let it. */
static void look_at_rename(const struct look *look, const struct op *op)
{
	const struct name *column = op->before.column->name;
	bool uses =
		(is_child(look, op->table) && name_list_has(&look->key->columns, column)) ||
		(is_parent(look, op->table) && name_list_has(&look->key->parent_columns, column));
	if (uses && disturb_rename_copies(look->targets, look->state, op))
		add(look, op, false);
}

/* Names are unique in a database, whatever their case. */
static void look_at_name(const struct look *look, const struct op *op, const struct name *name)
{
	if (!look->stray->database && name_equal(name, look->key->name))
		add(look, op, true);
}

static void look_at_names(const struct look *look, const struct op *op, const struct table *table)
{
	for (size_t i = 0; table && i < table->foreign_keys.n; i++)
		look_at_name(look, op, table->foreign_keys.items[i]->name);
}

/* The table as it is called after the op, with keys whose names followed (`<table>_ibfk_1`). */
static const struct table *renamed_table(const struct look *look, const struct op *op)
{
	const struct table *table = schema_find_table(look->state, op->table);
	struct schema *after = schema_new(look->state->ctx, look->arena, look->state->server);
	if (!table)
		return NULL;
	struct table *copy = table_copy(look->arena, table);
	schema_add_table(after, copy);
	rename_table_in_schema(after, copy, op->after.name);
	return copy;
}

static void look_at_op(const struct look *look, const struct op *op)
{
	switch ((int)op->kind) {
	case OP_DROP_TABLE:
		look_at_drop(look, op);
		break;
	case OP_RENAME_COLUMN:
		look_at_rename(look, op);
		break;
	case OP_RENAME_TABLE:
		look_at_names(look, op, renamed_table(look, op));
		break;
	case OP_CREATE_TABLE:
		look_at_names(look, op, op->after.table);
		break;
	case OP_ADD_FOREIGN_KEY:
		look_at_name(look, op, op->after.foreign_key->name);
		break;
	}
}

/* Statements change one table. */
static void look_at_key(const struct look *look)
{
	for (size_t i = 0; i < look->ops->n; i++)
		look_at_op(look, look->ops->items[i]);
	const struct name *name = look->ops->items[0]->table;
	const struct table *table = name ? schema_find_table(look->state, name) : NULL;
	const struct op *op = NULL;
	if (table && is_child(look, name))
		op = disturb_key(look->targets, table, look->ops, look->key, false);
	if (table && !op && is_parent(look, name))
		op = disturb_key(look->targets, table, look->ops, look->key, true);
	if (op)
		add(look, op, false);
}

static void look_at_keys(struct look *look)
{
	const struct table_list *tables = &look->stray->schema->tables;
	for (size_t i = 0; i < tables->n; i++) {
		look->child = tables->items[i];
		for (size_t j = 0; j < look->child->foreign_keys.n; j++) {
			look->key = look->child->foreign_keys.items[j];
			look_at_key(look);
		}
	}
}

/* --- what follows ----------------------------------------------------------------------------- */

/* Of another database, where a table of the same name is another one. */
static void follow_elsewhere(struct schema *schema, const struct op *op)
{
	struct table parent = { .name = op->table };
	if (op->kind == OP_RENAME_TABLE)
		schema_rename_parent(schema, op->table, op->after.name);
	else if (op->kind == OP_RENAME_COLUMN)
		rename_column_in_schema(schema, &parent, op->before.column->name,
					op->after.column->name);
}

static void follow(struct schema *schema, const struct op *op)
{
	struct table *table = op->table ? schema_find_table(schema, op->table) : NULL;
	if (op->kind == OP_CREATE_TABLE && !table)
		schema_add_table(schema, table_new(schema, op->table));
	if (!table)
		return;
	if (op->kind == OP_DROP_TABLE)
		schema_remove_table(schema, table->name);
	else if (op->kind == OP_RENAME_TABLE)
		rename_table_in_schema(schema, table, op->after.name);
	else if (op->kind == OP_RENAME_COLUMN)
		rename_column_in_schema(schema, table, op->before.column->name,
					op->after.column->name);
}

void hindrance_find(struct arena *arena, const struct server_list *targets,
		    const struct schema *state, const struct op_list *ops,
		    const struct stray_list *stray, struct hindrance_list *list)
{
	struct look look = {
		.arena = arena, .targets = targets, .state = state, .ops = ops, .list = list
	};
	for (size_t i = 0; ops->n && i < stray->n; i++) {
		look.stray = &stray->items[i];
		look_at_keys(&look);
		for (size_t j = 0; j < ops->n; j++)
			if (look.stray->database)
				follow_elsewhere(look.stray->schema, ops->items[j]);
			else
				follow(look.stray->schema, ops->items[j]);
	}
}

/* --- for people ------------------------------------------------------------------------------- */

static const char *table_text(struct arena *arena, const struct hindrance *hindrance)
{
	return hindrance->database ? arena_printf(arena, "%s.%s", hindrance->database->text,
						  hindrance->table->text)
				   : hindrance->table->text;
}

static void print_names(struct buf *out, const struct name_list *names)
{
	for (size_t i = 0; i < names->n; i++)
		buf_printf(out, "%s%s", i ? ", " : " (", names->items[i]->text);
	buf_add(out, ")");
}

const char *hindrance_words(struct arena *arena, const struct hindrance *hindrance)
{
	const struct foreign_key *key = hindrance->key;
	const char *table = table_text(arena, hindrance);
	struct buf out = { 0 };
	buf_add(&out, "'");
	op_describe(&out, hindrance->op);
	if (hindrance->by_name) {
		buf_printf(&out,
			   "' is not possible: foreign key '%s' of table '%s', which no revision "
			   "has, is called so",
			   key->name->text, table);
		return buf_arena(&out, arena);
	}
	buf_printf(&out,
		   "' is not possible: foreign key '%s' of table '%s', which no revision has, "
		   "references %s",
		   key->name->text, table, foreign_key_parent_text(arena, key));
	print_names(&out, &key->parent_columns);
	return buf_arena(&out, arena);
}

/* What is to be done with the key, besides dropping it. */
static const char *afterwards(const struct hindrance *hindrance)
{
	if (hindrance->by_name)
		return ", and add it again under another name";
	bool gone = hindrance->op->kind == OP_DROP_TABLE || hindrance->op->kind == OP_DROP_COLUMN;
	return gone ? "" : ", and add it again afterwards";
}

void hindrance_hint(struct context *ctx, struct diag *diag, const struct hindrance *hindrance)
{
	struct buf sql = { 0 };
	buf_add(&sql, "ALTER TABLE ");
	if (hindrance->database) {
		quote_name(&sql, hindrance->database);
		buf_add(&sql, ".");
	}
	quote_name(&sql, hindrance->table);
	buf_add(&sql, " DROP FOREIGN KEY ");
	quote_name(&sql, hindrance->key->name);
	ctx_hint(ctx, diag, "drop it%s: %s", afterwards(hindrance), buf_text(&sql));
	if (hindrance->known)
		ctx_hint(ctx, diag, "or declare it in the model of '%s'", hindrance->table->text);
	else if (!hindrance->database)
		ctx_hint(ctx, diag, "or take the table into the models: autogen inspect %s",
			 hindrance->table->text);
	buf_free(&sql);
}
