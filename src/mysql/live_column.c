/* live_column: COLUMNS, and what hangs on them (srids of MariaDB). */
#include "mysql/live.h"

#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "model/charset.h"
#include "model/normal.h"
#include "syntax/parse.h"

enum {
	C_TABLE,
	C_NAME,
	C_ORDINAL,
	C_DEFAULT,
	C_NULLABLE,
	C_CHARSET,
	C_COLLATION,
	C_TYPE,
	C_EXTRA,
	C_COMMENT,
	C_GENERATED,
	C_SRS_ID
};

/* --- types ------------------------------------------------------------------------------------ */

static bool parse_column_type(struct live *live, const char *text, struct type *type)
{
	struct live_mark mark = live_mark(live);
	const struct source *src = ctx_source(live->ctx, "COLUMN_TYPE", text, strlen(text));
	struct tree_attr_list attrs = { 0 };
	const struct name *charset = NULL;
	struct tree_type *tree = parse_type(live->ctx, &live->scratch, src, &attrs);
	bool ok = tree && type_from_tree(live->ctx, live->arena, live->server, tree, &attrs, type,
					 &charset);

	live_rewind(live, mark);
	return ok;
}

/*
 * varchar(100) slash-star-!100301 COMPRESSED: MariaDB hides a column's attribute behind its type;
 * 11.8 writes M! in place of !. Returns the type's text alone.
 */
static const char *split_comment(struct live *live, const char *text, struct option_list *options)
{
	const char *comment = strstr(text, " /*");

	if (!comment)
		return text;
	if (strstr(comment, "COMPRESSED"))
		live_option(live, options, ATTR_COMPRESSED, "");
	return arena_strndup(&live->scratch, text, (size_t)(comment - text));
}

/* The types of a database repeat: each text is parsed once. NULL: it can't be read. */
static const struct type *find_type(struct live *live, const char *text)
{
	const struct name *key = ctx_name(live->ctx, text);
	struct type *type = map_get(&live->types, key);

	if (type)
		return type;
	type = ARENA_NEW(live->arena, struct type);
	if (!parse_column_type(live, text, type))
		return NULL;
	map_put(&live->scratch, &live->types, key, type);
	return type;
}

/* MariaDB's json: a longtext utf8mb4_bin whose own check is json_valid of itself (type.def). */
static bool is_json(const struct column *column, const struct live_check *check)
{
	const struct expr *expr = check ? check->expr : NULL;

	return expr && column->type.id == TYPE_LONGTEXT && expr->kind == EXPR_CALL &&
	       word_equal(expr->name->text, "json_valid") && expr->args.n == 1 &&
	       expr->args.items[0]->kind == EXPR_COLUMN && !expr->args.items[0]->args.n &&
	       name_equal(expr->args.items[0]->name, column->name) && column->collation &&
	       word_equal(column->collation->text, "utf8mb4_bin");
}

static struct live_check *find_check(struct live *live, const struct table *table,
				     const struct name *column)
{
	for (size_t i = 0; i < live->column_checks.n; i++) {
		struct live_check *check = &live->column_checks.items[i];

		if (check->table == table && name_equal(check->column, column))
			return check;
	}
	return NULL;
}

static void read_type(struct live *live, struct table *table, struct column *column,
		      const struct db_row *row)
{
	const char *text = split_comment(live, live_text(row, C_TYPE), &column->options);
	const struct type *type = find_type(live, text);
	struct live_check *check = find_check(live, table, column->name);

	column->type = (struct type){ .id = TYPE_BLOB, .length = -1, .decimals = -1, .srid = -1 };
	if (type)
		column->type = *type;
	else
		live_unknown(live, table, REFUSAL_TYPE,
			     "the type '%s' of its column '%s' is not known", text,
			     column->name->text);
	if (type_is_string(&column->type)) {
		/* MySQL 8.0 and later have NULL for ENUM and SET in charset binary (measured) */
		bool bytes = !row->cells[C_COLLATION] || !row->cells[C_CHARSET];
		const struct name *binary = ctx_name(live->ctx, "binary");

		column->collation = bytes ? binary : live_name(live, row, C_COLLATION);
		column->collation = charset_canonical(live->ctx, column->collation);
		column->charset = bytes ? binary : live_name(live, row, C_CHARSET);
		column->charset = charset_canonical(live->ctx, column->charset);
		column->charset_origin.kind = column->collation_origin.kind = ORIGIN_LIVE;
	}
	if (is_json(column, check)) {
		check->taken = true;
		column->type =
			(struct type){ .id = TYPE_JSON, .length = -1, .decimals = -1, .srid = -1 };
		column->charset = column->collation = NULL;
		column->charset_origin.kind = column->collation_origin.kind = ORIGIN_NONE;
	} else if (check && !check->taken) {
		check->taken = true;
		column->check = normal_expr(live->ctx, live->arena, live->server, check->expr);
	}
	if (row->cells[C_SRS_ID])
		column->type.srid = live_number(row, C_SRS_ID);
}

/* --- the rest --------------------------------------------------------------------------------- */

static bool has_word(const char *extra, const char *word)
{
	return strcasestr(extra, word) != NULL;
}

static void read_generated(struct live *live, struct column *column, const struct db_row *row)
{
	const char *text = live_text(row, C_GENERATED);

	if (!*text)
		return;
	if (word_equal(text, "ROW START")) {
		live_option(live, &column->options, ATTR_ROW_START, "");
	} else if (word_equal(text, "ROW END")) {
		live_option(live, &column->options, ATTR_ROW_END, "");
	} else {
		column->generated = live_expr(live, text, row->lens[C_GENERATED]);
		column->stored = has_word(live_text(row, C_EXTRA), "STORED") ||
				 has_word(live_text(row, C_EXTRA), "PERSISTENT");
	}
}

static void read_column(struct live *live, struct table *table, const struct db_row *row)
{
	const char *extra = live_text(row, C_EXTRA);
	struct column *column = ARENA_NEW(live->arena, struct column);

	column->name = live_name(live, row, C_NAME);
	read_type(live, table, column, row);
	column->nullable = live_is(row, C_NULLABLE, "YES");
	column->auto_increment = has_word(extra, "auto_increment");
	column->invisible = has_word(extra, "INVISIBLE");
	column->on_update_now = has_word(extra, "on update");
	column->comment = arena_strdup(live->arena, live_text(row, C_COMMENT));
	/* it stays with a column when the table's versioning goes, and means nothing then */
	if (has_word(extra, "WITHOUT SYSTEM VERSIONING") && table_is_versioned(table))
		live_option(live, &column->options, ATTR_WITHOUT_SYSTEM_VERSIONING, "");
	read_generated(live, column, row);
	if (!column->generated && !option_find(&column->options, ATTR_ROW_START) &&
	    !option_find(&column->options, ATTR_ROW_END))
		live_default(live, column, row->cells[C_DEFAULT], row->lens[C_DEFAULT], extra);
	LIST_PUSH(live->arena, &table->columns, column);
}

bool live_columns(struct live *live)
{
	struct db_result result;

	if (!live_query(live, &result,
			"select table_name, column_name, ordinal_position, column_default, "
			"is_nullable, character_set_name, collation_name, column_type, extra, "
			"column_comment, %s, %s from information_schema.columns "
			"where table_schema = %s",
			live_if(live, LIVE_GENERATED, "generation_expression", "null"),
			live_if(live, LIVE_SRS_ID, "srs_id", "null"), live->database))
		return false;
	live_sort(&result, (struct live_order){ { C_TABLE, C_ORDINAL }, 2, 2 });
	for (size_t i = 0; i < result.rows.n; i++) {
		const struct db_row *row = &result.rows.items[i];
		struct table *table = live_table(live, row);

		if (table)
			read_column(live, table, row);
	}
	return true;
}

/* --- srids of MariaDB ------------------------------------------------------------------------- */

static bool has_spatial(const struct schema *schema)
{
	for (size_t t = 0; t < schema->tables.n; t++) {
		const struct table *table = schema->tables.items[t];

		for (size_t c = 0; c < table->columns.n; c++) {
			if (type_class(&table->columns.items[c]->type) == CLASS_SPATIAL)
				return true;
		}
	}
	return false;
}

/* 0 is what a column has that says nothing. */
bool live_srids(struct live *live)
{
	struct db_result result;

	if (!live_has(live, LIVE_GEOMETRY) || !has_spatial(live->schema))
		return true;
	if (!live_query(live, &result,
			"select f_table_name, g_geometry_column, srid "
			"from information_schema.geometry_columns where f_table_schema = %s",
			live->database))
		return false;
	for (size_t i = 0; i < result.rows.n; i++) {
		const struct db_row *row = &result.rows.items[i];
		struct table *table = live_table(live, row);
		int at = table ? table_column_at(table, live_name(live, row, 1)) : -1;
		struct column *column;

		if (at < 0 || live_number(row, 2) == 0)
			continue;
		column = arena_memdup(live->arena, table->columns.items[at], sizeof(*column));
		column->type.srid = live_number(row, 2);
		table->columns.items[at] = column;
	}
	return true;
}
