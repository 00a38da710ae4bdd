#include "run/past.h"

#include <string.h>

#include "base/context.h"
#include "model/schema.h"

/* Names that have none of these are called what they were. */
struct past_column {
	const struct name *name; /* before; NULL: not there */
	const struct column *added;
	const struct column
		*converted; /* a string that became this one; meaningless unless changed */
	bool changed;
	bool filled;
};

struct past_table {
	const struct name *name; /* before; NULL: not there */
	struct map columns;      /* key of the name after -> struct past_column */
	bool gets_index;
};

struct past past_new(struct arena *arena, const struct server *server)
{
	return (struct past){ .arena = arena,
			      .exact = server && server->lower_case_table_names == 0 };
}

static const void *table_key(const struct past *past, const struct name *name)
{
	return past->exact ? name : name->key;
}

static struct past_table *table_of(struct past *past, const struct name *name)
{
	struct past_table *table = map_get(&past->tables, table_key(past, name));
	if (!table) {
		table = ARENA_NEW(past->arena, struct past_table);
		table->name = name;
		map_put(past->arena, &past->tables, table_key(past, name), table);
	}
	return table;
}

static struct past_column *column_of(struct past *past, struct past_table *table,
				     const struct name *name)
{
	struct past_column *column = map_get(&table->columns, name->key);
	if (!column) {
		column = ARENA_NEW(past->arena, struct past_column);
		column->name = table->name ? name : NULL;
		map_put(past->arena, &table->columns, name->key, column);
	}
	return column;
}

/* Integers stay the same numbers. */
static bool changes_values(const struct op *op)
{
	return type_class(&op->before.column->type) != CLASS_INTEGER ||
	       type_class(&op->after.column->type) != CLASS_INTEGER;
}

static void rename_table(struct past *past, const struct op *op)
{
	struct past_table *table = table_of(past, op->before.name);
	map_remove(&past->tables, table_key(past, op->before.name));
	map_put(past->arena, &past->tables, table_key(past, op->after.name), table);
}

static void rename_column(struct past *past, struct past_table *table, const struct op *op)
{
	const struct name *from = op->before.column->name, *to = op->after.column->name;
	struct past_column *column = column_of(past, table, from);
	map_remove(&table->columns, from->key);
	map_put(past->arena, &table->columns, to->key, column);
}

static void add_column(struct past *past, struct past_table *table, const struct column *added)
{
	struct past_column *column = ARENA_NEW(past->arena, struct past_column);
	column->added = added;
	map_put(past->arena, &table->columns, added->name->key, column);
}

static void change_column(struct past_column *column, const struct op *op)
{
	bool strings = type_class(&op->before.column->type) == CLASS_STRING &&
		       type_class(&op->after.column->type) == CLASS_STRING;
	bool first = !column->changed;
	column->changed = true;
	column->converted = strings && (first || column->converted) ? op->after.column : NULL;
}

void past_note(struct past *past, const struct op *op)
{
	switch ((int)op->kind) {
	case OP_RENAME_TABLE:
		rename_table(past, op);
		break;
	case OP_CREATE_TABLE:
		map_put(past->arena, &past->tables, table_key(past, op->table),
			ARENA_NEW(past->arena, struct past_table));
		break;
	case OP_RENAME_COLUMN:
		rename_column(past, table_of(past, op->table), op);
		break;
	case OP_ADD_COLUMN:
		add_column(past, table_of(past, op->table), op->after.column);
		break;
	case OP_ALTER_COLUMN:
		if (changes_values(op))
			change_column(
				column_of(past, table_of(past, op->table), op->after.column->name),
				op);
		break;
	case OP_ADD_INDEX:
		table_of(past, op->table)->gets_index = true;
		break;
	default:
		break;
	}
}

/* Names may have dots: every way to read it counts. */
void past_note_backfill(struct past *past, struct context *ctx, const char *of)
{
	for (const char *dot = strchr(of, '.'); dot; dot = strchr(dot + 1, '.')) {
		const struct name *table =
			ctx_name(ctx, arena_strndup(past->arena, of, (size_t)(dot - of)));
		struct past_column *column =
			column_of(past, table_of(past, table), ctx_name(ctx, dot + 1));
		column->changed = column->filled = true;
	}
}

bool past_find(const struct past *past, const struct name **table, const struct name **column)
{
	const struct past_table *then = map_get(&past->tables, table_key(past, *table));
	if (!then)
		return true;
	const struct past_column *known = *column ? map_get(&then->columns, (*column)->key) : NULL;
	if (!then->name || (known && !known->name))
		return false;
	*table = then->name;
	if (known)
		*column = known->name;
	return true;
}

bool past_is_changed(const struct past *past, const struct name *table, const struct name *column)
{
	const struct past_table *then = map_get(&past->tables, table_key(past, table));
	const struct past_column *known = then ? map_get(&then->columns, column->key) : NULL;
	return known && known->changed;
}

bool past_is_new(const struct past *past, const struct name *table)
{
	const struct past_table *then = map_get(&past->tables, table_key(past, table));
	return then && !then->name;
}

const struct column *past_added(const struct past *past, const struct name *table,
				const struct name *column)
{
	const struct past_table *then = map_get(&past->tables, table_key(past, table));
	const struct past_column *known =
		then && then->name ? map_get(&then->columns, column->key) : NULL;
	return known && !known->changed ? known->added : NULL;
}

const struct column *past_converted(const struct past *past, const struct name *table,
				    const struct name *column)
{
	const struct past_table *then = map_get(&past->tables, table_key(past, table));
	const struct past_column *known = then ? map_get(&then->columns, column->key) : NULL;
	return known && known->changed && !known->filled && !known->added ? known->converted : NULL;
}

bool past_gets_index(const struct past *past, const struct name *table)
{
	const struct past_table *then = map_get(&past->tables, table_key(past, table));
	return then && then->gets_index;
}
