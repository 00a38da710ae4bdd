#include "tests/support/random_wide.h"

#include "diff/rename.h"
#include "model/charset.h"
#include "model/convert.h"
#include "model/equal.h"

#include <string.h>

/* How seldom a column of its kind is met. */
static unsigned rarity(const struct column *column)
{
	enum type_class class = type_class(&column->type);
	bool common = class == CLASS_INTEGER || class == CLASS_STRING || class == CLASS_DECIMAL ||
		      class == CLASS_ENUM || class == CLASS_DATE || class == CLASS_DATETIME ||
		      class == CLASS_BINARY;
	return !common + (class == CLASS_SPATIAL || class == CLASS_OTHER) +
	       (column->generated != NULL) + column->invisible + (column->options.n != 0) +
	       (column->default_kind == DEFAULT_EXPR) + column->type.zerofill +
	       2 * (column->check != NULL);
}

size_t change_any_column(struct changer *c, const struct table *table)
{
	size_t at = random_below(c->random, (unsigned)table->columns.n);
	for (int i = 0; c->model->wide && i < 2; i++) {
		size_t other = random_below(c->random, (unsigned)table->columns.n);
		if (rarity(table->columns.items[other]) > rarity(table->columns.items[at]))
			at = other;
	}
	return at;
}

struct column *change_edit_column(struct changer *c, struct table *table, size_t at)
{
	struct column *copy = random_copy_column(c->model, table->columns.items[at]);
	table->columns.items[at] = copy;
	return copy;
}

bool change_is_swapped(const struct table *table, const struct column *column)
{
	return column->was && table_column(table, column->was);
}

/* --- columns -------------------------------------------------------------------------------- */

const struct expr *change_literal(struct changer *c, const struct column *column)
{
	if (type_class(&column->type) == CLASS_DECIMAL &&
	    column->type.length == column->type.decimals)
		return expr_number(c->arena, "0");
	switch ((int)type_class(&column->type)) {
	case CLASS_INTEGER:
	case CLASS_DECIMAL:
	case CLASS_FLOAT:
		return expr_number(c->arena, "1");
	case CLASS_STRING:
	case CLASS_TEXT:
		return expr_string(c->arena, "x", 1);
	case CLASS_BINARY:
	case CLASS_BLOB:
		return expr_string(c->arena, "x", 1);
	case CLASS_DATE:
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return expr_string(c->arena, "2020-01-02", 10);
	case CLASS_TIME:
		return expr_string(c->arena, "10:11:12", 8);
	case CLASS_YEAR:
	case CLASS_BIT:
		return expr_number(c->arena, column->type.id == TYPE_YEAR ? "2020" : "1");
	case CLASS_ENUM:
	case CLASS_SET: {
		const char *value = column->type.values.items[0];
		return expr_string(c->arena, value, strlen(value));
	}
	case CLASS_JSON:
		return expr_string(c->arena, "[]", 2);
	case CLASS_OTHER:
		if (column->type.id == TYPE_UUID)
			return expr_string(c->arena, "123e4567-e89b-12d3-a456-426655440000", 36);
		if (column->type.id == TYPE_INET4)
			return expr_string(c->arena, "10.0.0.1", 8);
		if (column->type.id == TYPE_INET6)
			return expr_string(c->arena, "fe80::1", 7);
		return random_rare_literal(c->model, &column->type);
	default:
		return random_rare_literal(c->model, &column->type);
	}
}

void change_add_column(struct changer *c)
{
	struct table *table = change_any_table(c);
	struct column *column = random_column(c->model, table, random_new_name(c->model, "c"),
					      random_chance(c->random, c->model->wide ? 20 : 50));
	if (random_chance(c->random, 30))
		column->backfill = change_literal(c, column);
	LIST_INSERT(c->arena, &table->columns,
		    random_below(c->random, (unsigned)table->columns.n + 1), column);
}

/* A column that numbers the rows, and its key. */
void change_add_serial(struct changer *c)
{
	struct table *table = change_any_table(c);
	for (size_t i = 0; i < table->columns.n; i++)
		if (!c->model->wide || table->columns.items[i]->auto_increment)
			return;
	struct column *column =
		random_column(c->model, table, random_new_name(c->model, "n"), true);
	struct index *index = ARENA_NEW(c->arena, struct index);
	struct index_part part = { .column = column->name };
	if (type_class(&column->type) != CLASS_INTEGER)
		return;
	column->auto_increment = true;
	column->nullable = column->invisible = false;
	column->default_kind = DEFAULT_NONE;
	column->default_value = NULL;
	index->kind = random_chance(c->random, 50) ? KEY_UNIQUE : KEY_INDEX;
	index->name = random_new_name(c->model, "k");
	index->comment = "";
	LIST_PUSH(c->arena, &index->parts, part);
	LIST_PUSH(c->arena, &table->indexes, index);
	LIST_INSERT(c->arena, &table->columns,
		    random_below(c->random, (unsigned)table->columns.n + 1), column);
}

void change_drop_column(struct changer *c)
{
	struct table *table = change_any_table(c);
	size_t at = change_any_column(c, table);
	if (table->columns.n > 1 && !change_is_swapped(table, table->columns.items[at]))
		LIST_REMOVE(&table->columns, at);
}

void change_retype_column(struct changer *c)
{
	struct table *table = change_any_table(c);
	size_t at = change_any_column(c, table);
	const struct column *column = table->columns.items[at];
	if (column->generated || change_is_swapped(table, column))
		return;
	random_set_type(c->model, table, change_edit_column(c, table, at),
			random_chance(c->random, 50));
}

static bool type_has_fraction(const struct type *type)
{
	enum type_class class = type_class(type);
	return class == CLASS_TIME || class == CLASS_DATETIME || class == CLASS_TIMESTAMP;
}

void change_adjust_column(struct changer *c)
{
	struct table *table = change_any_table(c);
	size_t at = change_any_column(c, table);
	if (change_is_swapped(table, table->columns.items[at]))
		return;
	struct column *column = change_edit_column(c, table, at);
	switch (random_below(c->random, 6)) {
	case 0:
		if (c->model->wide && random_can(c->model, CAP_COLUMN_CHECK) &&
		    random_chance(c->random, 50)) {
			bool take = column->check && random_chance(c->random, 50);
			column->check = take ? NULL : random_check_expr(c->model, column->name);
			break;
		}
		column->comment = *column->comment && random_chance(c->random, 50)
					  ? ""
					  : random_comment(c->model);
		break;
	case 1:
		if (column->generated)
			break;
		column->nullable = !column->nullable;
		random_set_default(c->model, column);
		if (!column->nullable && random_chance(c->random, 30))
			column->backfill = change_literal(c, column);
		break;
	case 2:
		if (column->default_kind == DEFAULT_EXPR && c->model->wide &&
		    random_chance(c->random, 80))
			random_default_expr(c->model, column);
		else if (!column->generated && !column->auto_increment)
			random_set_default(c->model, column);
		if (c->model->invisible && random_chance(c->random, 15))
			column->invisible = !column->invisible;
		break;
	case 3:
		if (type_class(&column->type) == CLASS_ENUM ||
		    (c->model->wide && type_class(&column->type) == CLASS_SET)) {
			const char **values = column->type.values.items;
			size_t n = column->type.values.n;
			column->type.values.items = NULL;
			column->type.values.n = column->type.values.cap = 0;
			for (size_t i = 0; i < n; i++)
				LIST_PUSH(c->arena, &column->type.values, values[i]);
			LIST_PUSH(c->arena, &column->type.values,
				  arena_printf(c->arena, "v%u", c->model->serial++));
		} else if (c->model->wide && type_class(&column->type) == CLASS_DECIMAL &&
			   !column->generated) {
			column->type.length += 3;
			column->type.decimals += random_below(c->random, 3) ? 1 : 0;
			random_set_default(c->model, column);
		} else if (c->model->wide && type_has_fraction(&column->type)) {
			column->type.decimals = (int)random_below(c->random, 7);
			random_set_default(c->model, column);
		} else if (c->model->wide && type_class(&column->type) == CLASS_BIT) {
			column->type.length = 1 + (int)random_below(c->random, 64);
			random_set_default(c->model, column);
		} else if (type_class(&column->type) == CLASS_STRING) {
			column->type.length += 1 + (int)random_below(c->random, 5);
			random_set_default(c->model, column);
		}
		break;
	case 4:
		if (type_is_string(&column->type)) {
			random_set_charset(c->model, &column->charset, &column->collation);
			column->type.length = column->type.length > 60 ? 60 : column->type.length;
			random_set_default(c->model, column);
		}
		break;
	case 5:
		if (type_class(&column->type) == CLASS_INTEGER && !column->generated)
			column->auto_increment = !column->auto_increment;
		if (!column->auto_increment && !column->generated)
			random_set_default(c->model, column);
		else {
			column->default_kind = DEFAULT_NONE;
			column->default_value = NULL;
		}
		break;
	}
}

void change_move_column(struct changer *c)
{
	struct table *table = change_any_table(c);
	size_t at = change_any_column(c, table);
	const struct column *column = table->columns.items[at];
	LIST_REMOVE(&table->columns, at);
	LIST_INSERT(c->arena, &table->columns,
		    random_below(c->random, (unsigned)table->columns.n + 1), column);
}

const struct table *change_old_table(const struct changer *c, const struct table *table)
{
	return schema_find_table(c->from, table->was ? table->was : table->name);
}

/* Was the column there before this step? */
static bool is_old_column(const struct changer *c, const struct table *table,
			  const struct column *column)
{
	const struct table *old = change_old_table(c, table);
	return old && table_column(old, column->was ? column->was : column->name) &&
	       !change_is_swapped(table, column);
}

void change_rename_column(struct changer *c, struct table *table, size_t at)
{
	const struct column *column = table->columns.items[at];
	if (!is_old_column(c, table, column))
		return;
	const struct name *old = column->was ? column->was : column->name;
	rename_column_in_schema(c->to, table, column->name, random_new_name(c->model, "r"));
	change_edit_column(c, table, at)->was = old;
}

void change_rename_any_column(struct changer *c)
{
	struct table *table = change_any_table(c);
	change_rename_column(c, table, change_any_column(c, table));
}

void change_swap_columns(struct changer *c)
{
	struct table *table = change_any_table(c);
	size_t a = change_any_column(c, table), b = change_any_column(c, table);
	const struct column *one = table->columns.items[a], *other = table->columns.items[b];
	const struct table *old = change_old_table(c, table);
	/* only what the definitions tell afterwards, and nothing that was touched before */
	if (a == b || !old || column_is_row_time(one) || column_is_row_time(other) || one->was ||
	    other->was || table_column(old, one->name) != one ||
	    table_column(old, other->name) != other || column_equal(one, other))
		return;
	const struct name *name = one->name, *name_of_other = other->name;
	const struct name *aside = random_new_name(c->model, "aside");
	rename_column_in_schema(c->to, table, name, aside);
	rename_column_in_schema(c->to, table, name_of_other, name);
	rename_column_in_schema(c->to, table, aside, name_of_other);
	change_edit_column(c, table, a)->was = name;
	change_edit_column(c, table, b)->was = name_of_other;
}

/* A change of generated columns: kind, expression, or a new one. */
void change_generated(struct changer *c)
{
	struct table *table = change_any_table(c);
	if (!c->model->generated)
		return;
	for (size_t i = 0; i < table->columns.n; i++) {
		if (!table->columns.items[i]->generated ||
		    change_is_swapped(table, table->columns.items[i]))
			continue;
		struct column *column = change_edit_column(c, table, i);
		switch (random_below(c->random, 3)) {
		case 0:
			column->stored = !column->stored;
			return;
		case 1:
			column->generated = NULL;
			column->stored = false;
			return;
		case 2: {
			if (!random_add_generated(c->model, table))
				return;
			const struct column *other = table->columns.items[--table->columns.n];
			column->generated = other->generated;
			column->type = other->type;
			column->charset = other->charset;
			column->collation = other->collation;
			return;
		}
		}
	}
	random_add_generated(c->model, table);
}

/* --- what is met too seldom ----------------------------------------------------------------- */

static bool is_never_null(const struct expr *expr)
{
	return expr->kind == EXPR_IS ||
	       (expr->kind == EXPR_CALL && word_equal(expr->name->text, "coalesce"));
}

static unsigned worth(const struct column *column)
{
	if (column->generated)
		return column->nullable ? 1 + 2 * is_never_null(column->generated) : 4;
	return (column->default_kind == DEFAULT_NOW || column->default_kind == DEFAULT_EXPR) +
	       column->type.zerofill;
}

void change_rare_column(struct changer *c)
{
	struct table *table = NULL;
	size_t at = 0;
	for (int i = 0; i < 8; i++) {
		struct table *other = change_any_table(c);
		size_t n = random_below(c->random, (unsigned)other->columns.n);
		if (!table || worth(other->columns.items[n]) > worth(table->columns.items[at]))
			table = other, at = n;
	}
	const struct column *given = table->columns.items[at];
	if (!c->model->wide || !worth(given) || change_is_swapped(table, given))
		return;
	struct column *column = change_edit_column(c, table, at);
	switch (random_below(c->random, 4)) {
	case 0:
		change_rename_column(c, table, at);
		return;
	case 1:
		LIST_REMOVE(&table->columns, at);
		LIST_INSERT(c->arena, &table->columns,
			    random_below(c->random, (unsigned)table->columns.n + 1), column);
		return;
	case 2:
		column->comment = *column->comment ? "" : random_comment(c->model);
		return;
	case 3:
		if (column->default_kind == DEFAULT_EXPR)
			random_default_expr(c->model, column);
		else if (column->generated && is_never_null(column->generated) &&
			 random_can(c->model, CAP_GENERATED_NOT_NULL))
			column->nullable = !column->nullable;
		return;
	}
}
