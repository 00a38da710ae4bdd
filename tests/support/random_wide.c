#include "tests/support/random_wide.h"

#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "model/charset.h"
#include "model/equal.h"
#include "model/normal.h"
#include "syntax/parse.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static bool is_mysql(const struct random_model *model)
{
	return model->server->flavour == FLAVOUR_MYSQL;
}

bool random_is_engine(const struct table *table, const char *engine)
{
	return table->engine && word_equal(table->engine->text, engine);
}

/* --- expressions ------------------------------------------------------------------------------ */

const struct expr *random_expr(struct random_model *model, const char *text,
			       const struct name *column)
{
	struct buf buf = { 0 };
	for (; *text; text++) {
		if (*text == '$')
			quote_name(&buf, column);
		else
			buf_add_char(&buf, *text);
	}
	const char *whole = buf_arena(&buf, model->arena);
	struct expr *expr =
		parse_expr(model->ctx, model->arena, whole, strlen(whole), SYNTAX_MODEL);
	return expr ? normal_expr(model->ctx, model->arena, model->server, expr) : NULL;
}

/* What expressions of ours stand on, told by how they begin. */
static bool fits_class(const struct expr *expr, enum type_class class)
{
	static const char *const of_days[] = { "year", "month", "to_days", "dayofweek" };
	static const char *const of_json[] = { "json_extract", "json_unquote", "json_value",
					       "json_length" };
	const struct expr *at = expr;
	while (at->kind == EXPR_CAST || at->kind == EXPR_COLLATE || at->kind == EXPR_CONVERT)
		at = at->args.items[0];
	if (at->kind == EXPR_CALL) {
		for (size_t i = 0; i < COUNT(of_days); i++)
			if (word_equal(at->name->text, of_days[i]))
				return class == CLASS_DATE || class == CLASS_DATETIME;
		for (size_t i = 0; i < COUNT(of_json); i++)
			if (word_equal(at->name->text, of_json[i]))
				return class == CLASS_JSON;
		return class == CLASS_STRING;
	}
	if (at->kind == EXPR_BINARY && strstr(at->name->text, "->"))
		return class == CLASS_JSON;
	return class == CLASS_INTEGER;
}

struct fit {
	const struct table *table;
	const struct expr *expr;
	bool fits, any;
};

/* MariaDB computes nothing that is kept from char(n): sql_mode has a say in its blanks (1901). */
static bool is_reliable(const struct column *column)
{
	return column->type.id != TYPE_CHAR;
}

static void look_at(const struct expr *column, void *data)
{
	struct fit *fit = data;
	const struct column *base = table_column(fit->table, column->name);
	fit->any = true;
	fit->fits = fit->fits && base && !base->auto_increment && is_reliable(base) &&
		    fits_class(fit->expr, type_class(&base->type));
}

bool random_expr_fits(const struct table *table, const struct expr *expr)
{
	struct fit fit = { table, expr, true, false };
	expr_each_column(expr, look_at, &fit);
	return fit.fits && fit.any;
}

/* A column of that class that is stored; NULL: none was found. */
static const struct column *find_column(struct random_model *model, const struct table *table,
					enum type_class class)
{
	for (unsigned tries = 0; tries < 6 && table->columns.n; tries++) {
		const struct column *column =
			table->columns
				.items[random_below(&model->random, (unsigned)table->columns.n)];
		if (type_class(&column->type) == class && !column->generated &&
		    !column->auto_increment && is_reliable(column) &&
		    !option_find(&column->options, ATTR_COMPRESSED))
			return column;
	}
	return NULL;
}

/* Whatever the rows have. */
static bool is_never_null(const char *text)
{
	return strstr(text, "is null") || strstr(text, "coalesce");
}

void random_generate(struct random_model *model, const struct table *table, struct column *column)
{
	static const struct {
		enum type_class class;
		const char *text, *type;
	} forms[] = {
		{ CLASS_STRING, "concat($, '-')", "varchar" },
		{ CLASS_STRING, "upper($)", "varchar" },
		{ CLASS_STRING, "substr($, 1, 2)", "varchar" },
		{ CLASS_STRING, "char_length($)", "int" },
		{ CLASS_STRING, "coalesce($, 'none')", "varchar" },
		{ CLASS_DATE, "year($)", "int" },
		{ CLASS_DATE, "to_days($)", "int" },
		{ CLASS_DATETIME, "month($)", "int" },
		{ CLASS_INTEGER, "$ * 2 + 1", "bigint" },
		{ CLASS_INTEGER, "($ + 1) * 3", "bigint" },
		{ CLASS_INTEGER, "case when $ > 1 then 'many' else 'one' end", "varchar" },
		{ CLASS_INTEGER, "$ between 1 and 5", "int" },
		{ CLASS_INTEGER, "$ in (1, 2, 3)", "int" },
		{ CLASS_INTEGER, "$ is null", "int" },
	};
	size_t form = random_below(&model->random, COUNT(forms));
	/* those that can be NOT NULL are few */
	for (int i = 0; i < 3 && random_can(model, CAP_GENERATED_NOT_NULL); i++)
		if (!is_never_null(forms[form].text))
			form = random_below(&model->random, COUNT(forms));
	const struct column *base = find_column(model, table, forms[form].class);
	if (!base)
		return;
	const struct expr *expr = random_expr(model, forms[form].text, base->name);
	if (!expr)
		return;
	struct tree_type tree = { .word = ctx_name(model->ctx, forms[form].type) };
	struct tree_attr_list attrs = { 0 };
	const struct name *charset = NULL;
	if (!strcmp(forms[form].type, "varchar"))
		LIST_PUSH(model->arena, &tree.args, expr_number(model->arena, "400"));
	type_from_tree(model->ctx, model->arena, model->server, &tree, &attrs, &column->type,
		       &charset);
	bool string = type_is_string(&column->type);
	column->charset = string ? table->charset : NULL;
	column->collation = string ? table->collation : NULL;
	/* what the base's charset has may be none of the table's */
	if (string && base->charset) {
		column->charset = base->charset;
		column->collation = base->collation;
	}
	column->generated = expr;
	if (is_never_null(forms[form].text) && random_can(model, CAP_GENERATED_NOT_NULL))
		column->nullable = random_chance(&model->random, 30);
}

const struct expr *random_rare_literal(struct random_model *model, const struct type *type)
{
	static const char *const shapes[][2] = {
		{ "geometry", "POINT(1 2)" },
		{ "point", "POINT(1 2)" },
		{ "linestring", "LINESTRING(0 0,1 2)" },
		{ "polygon", "POLYGON((0 0,0 1,1 1,0 0))" },
		{ "multipoint", "MULTIPOINT(0 0,1 2)" },
		{ "multilinestring", "MULTILINESTRING((0 0,1 2))" },
		{ "multipolygon", "MULTIPOLYGON(((0 0,0 1,1 1,0 0)))" },
		{ "geometrycollection", "GEOMETRYCOLLECTION(POINT(1 2))" },
	};
	struct buf text = { 0 };
	for (size_t i = 0; i < COUNT(shapes); i++)
		if (!strcmp(shapes[i][0], type_name(type->id)))
			buf_printf(&text, "st_geomfromtext('%s', %ld)", shapes[i][1],
				   type->srid > 0 ? type->srid : 0);
	if (type->id == TYPE_VECTOR) {
		buf_add(&text, "x'");
		for (int i = 0; i < type->length; i++)
			buf_add(&text, "0000803f");
		buf_add(&text, "'");
	}
	const char *whole = buf_arena(&text, model->arena);
	return *whole ? random_expr(model, whole, NULL) : NULL;
}

/* --- types and defaults ----------------------------------------------------------------------- */

const char *random_any_type(struct random_model *model)
{
	static const struct {
		const char *word;
		enum capability capability;
	} types[] = {
#define TYPE(id, name, class, shape, limit, standard, bytes, capability) { name, capability },
#include "model/type.def"
#undef TYPE
		{ "float(m,d)", CAP_COUNT },
		{ "double(m,d)", CAP_COUNT },
	};
	size_t at;
	do
		at = random_below(&model->random, COUNT(types));
	while (types[at].capability != CAP_COUNT && !random_can(model, types[at].capability));
	return types[at].word;
}

bool random_default_expr(struct random_model *model, struct column *column)
{
	static const struct {
		enum type_class class;
		int length; /* at least */
		bool mysql; /* elsewhere it is a literal */
		const char *text;
	} forms[] = {
		{ CLASS_STRING, 40, false, "uuid()" },
		{ CLASS_STRING, 4, false, "concat('a', 'b')" },
		{ CLASS_STRING, 4, true, "'ab'" },
		{ CLASS_TEXT, 0, false, "concat('it''s', 'b')" },
		{ CLASS_TEXT, 0, true, "'ab'" },
		{ CLASS_BLOB, 0, false, "concat('a', 'b')" },
		{ CLASS_DATE, 0, false, "curdate() + interval 1 day" },
		{ CLASS_DATETIME, 0, false, "now() + interval 1 hour" },
		{ CLASS_DECIMAL, 4, false, "1 / 2" },
		{ CLASS_FLOAT, 0, false, "pi() * 2" },
		{ CLASS_JSON, 0, false, "json_array()" },
		{ CLASS_JSON, 0, false, "json_object('a', 1)" },
		{ CLASS_JSON, 0, true, "'[]'" },
		{ CLASS_INTEGER, 0, false, "floor(1.5)" },
		{ CLASS_INTEGER, 0, false, "-(2 - 3)" },
	};
	unsigned first = random_below(&model->random, COUNT(forms));
	for (size_t i = 0; i < COUNT(forms); i++) {
		size_t at = (first + i) % COUNT(forms);
		if (forms[at].class != type_class(&column->type) ||
		    column->type.length < forms[at].length || (forms[at].mysql && !is_mysql(model)))
			continue;
		if (forms[at].class == CLASS_DECIMAL &&
		    column->type.length == column->type.decimals)
			continue;
		column->default_value = random_expr(model, forms[at].text, NULL);
		column->default_kind = column->default_value ? DEFAULT_EXPR : DEFAULT_NONE;
		return column->default_value != NULL;
	}
	return false;
}

/* --- keys ------------------------------------------------------------------------------------- */

#define JSON_FORM 5 /* the first, which few tables have a column for */

bool random_functional(struct random_model *model, const struct table *table, struct index *index,
		       bool only_json)
{
	static const struct {
		enum type_class class;
		enum capability capability;
		const char *text;
	} forms[] = {
		{ CLASS_INTEGER, CAP_INDEX_EXPR, "$ + 1" },
		{ CLASS_INTEGER, CAP_INDEX_EXPR, "$ * 2 + 1" },
		{ CLASS_STRING, CAP_INDEX_EXPR, "lower($)" },
		{ CLASS_STRING, CAP_INDEX_EXPR, "substr($, 1, 3)" },
		{ CLASS_DATE, CAP_INDEX_EXPR, "year($)" },
		{ CLASS_JSON, CAP_INDEX_MULTI_VALUED,
		  "cast(json_extract($, '$$.a') as unsigned array)" },
		{ CLASS_JSON, CAP_INDEX_EXPR, "cast(json_extract($, '$$.b') as char(20))" },
	};
	bool json = find_column(model, table, CLASS_JSON) != NULL;
	size_t at = json ? JSON_FORM + random_below(&model->random, COUNT(forms) - JSON_FORM)
			 : random_below(&model->random, COUNT(forms));
	if (only_json && !json)
		return false;
	const struct column *base = find_column(model, table, forms[at].class);
	if (!base || !random_can(model, forms[at].capability) || index->kind == KEY_PRIMARY ||
	    index->kind == KEY_FULLTEXT)
		return false;
	struct buf text = { 0 };
	for (const char *c = forms[at].text; *c; c++) {
		if (c[0] == '$' && c[1] == '$')
			buf_add_char(&text, *c++);
		else if (*c == '$')
			quote_name(&text, base->name);
		else
			buf_add_char(&text, *c);
	}
	struct expr *expr =
		parse_expr(model->ctx, model->arena, buf_text(&text), text.len, SYNTAX_MODEL);
	buf_free(&text);
	if (!expr)
		return false;
	struct index_part part = { 0 };
	part.expr = normal_expr(model->ctx, model->arena, model->server, expr);
	LIST_PUSH(model->arena, &index->parts, part);
	index->named = true;
	return true;
}

/* The rare kind of key that the column can have; KEY_INDEX: none. */
static enum tree_key_kind rare_kind(const struct random_model *model, const struct column *column)
{
	enum type_class class = type_class(&column->type);
	if (column->generated || option_find(&column->options, ATTR_COMPRESSED))
		return KEY_INDEX;
	if (class == CLASS_SPATIAL && !column->nullable && random_can(model, CAP_SPATIAL_INDEX))
		return KEY_SPATIAL;
	if (column->type.id == TYPE_VECTOR && !column->nullable &&
	    random_can(model, CAP_VECTOR_INDEX))
		return KEY_VECTOR;
	if ((class == CLASS_TEXT || class == CLASS_STRING) && random_can(model, CAP_FULLTEXT_INDEX))
		return KEY_FULLTEXT;
	return KEY_INDEX;
}

/* Of some columns that can have one, the last or a vector. */
static const struct column *rare_column(struct random_model *model, const struct table *table)
{
	const struct column *found = NULL;
	for (int tries = 0; tries < 6 && table->columns.n; tries++) {
		const struct column *column =
			table->columns
				.items[random_below(&model->random, (unsigned)table->columns.n)];
		enum tree_key_kind kind = rare_kind(model, column);
		/* InnoDB makes six more tables of a fulltext key: a few must do */
		if (kind == KEY_FULLTEXT ? !found && random_chance(&model->random, 3)
					 : kind != KEY_INDEX)
			found = column;
		if (kind == KEY_VECTOR)
			break;
	}
	return found;
}

void random_add_rare_index(struct random_model *model, struct table *table)
{
	const struct column *base = rare_column(model, table);
	if (!base)
		return;
	struct index *index = ARENA_NEW(model->arena, struct index);
	struct index_part part = { .column = base->name };
	index->kind = rare_kind(model, base);
	index->name = random_new_name(model, "k");
	index->named = random_chance(&model->random, 50);
	index->comment = random_chance(&model->random, 20) ? random_comment(model) : "";
	LIST_PUSH(model->arena, &index->parts, part);
	random_index_options(model, table, index);
	LIST_PUSH(model->arena, &table->indexes, index);
}

/* --- what does not go together ---------------------------------------------------------------- */

static bool index_needs_innodb(const struct table *table, const struct index *index)
{
	bool memory = random_is_engine(table, "MEMORY");
	if (index->kind == KEY_VECTOR || index->kind == KEY_SPATIAL ||
	    (memory && index->kind == KEY_FULLTEXT))
		return true;
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct index_part *part = &index->parts.items[i];
		const struct column *column =
			part->column ? table_column(table, part->column) : NULL;
		if (!column || column->generated || part->desc)
			return true;
	}
	return false;
}

static bool needs_innodb(const struct table *table)
{
	bool memory = random_is_engine(table, "MEMORY");
	if (table->foreign_keys.n || table->partition)
		return true;
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		enum type_class class = type_class(&column->type);
		bool blob = class == CLASS_TEXT || class == CLASS_BLOB || class == CLASS_JSON ||
			    class == CLASS_SPATIAL || column->type.id == TYPE_VECTOR;
		if (column->type.srid > 0)
			return true;
		if (memory && (blob || column->generated || column->default_kind == DEFAULT_EXPR ||
			       option_find(&column->options, ATTR_COMPRESSED)))
			return true;
	}
	for (size_t i = 0; i < table->indexes.n; i++)
		if (index_needs_innodb(table, table->indexes.items[i]))
			return true;
	return false;
}

/* Its PAGE_CHECKSUM stays behind in a table that leaves Aria: none does. */
static void fix_aria(struct table *table)
{
	if (!random_is_engine(table, "Aria"))
		return;
	table->foreign_keys.n = 0;
	table->partition = NULL;
	for (size_t i = table->indexes.n; i--;)
		if (index_needs_innodb(table, table->indexes.items[i]))
			LIST_REMOVE(&table->indexes, i);
}

/* Without a primary key the first unique one of columns that are NOT NULL is it (3522). */
static void show_unique_keys(struct random_model *model, struct table *table)
{
	for (size_t i = 0; i < table->indexes.n && !table_primary_key(table); i++) {
		if (table->indexes.items[i]->kind != KEY_UNIQUE)
			continue;
		struct index *copy =
			arena_memdup(model->arena, table->indexes.items[i], sizeof(*copy));
		copy->invisible = false;
		table->indexes.items[i] = copy;
	}
}

static bool is_referenced(const struct schema *schema, const struct table *table)
{
	for (size_t i = 0; i < schema->tables.n; i++) {
		const struct table *child = schema->tables.items[i];
		for (size_t j = 0; j < child->foreign_keys.n; j++)
			if (name_equal(child->foreign_keys.items[j]->parent, table->name))
				return true;
	}
	return false;
}

/* Checks of columns that are of another type by now, computed, or a foreign key's. */
static void fix_column_checks(struct random_model *model, struct table *table)
{
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		bool fits = !column->generated && column->check &&
			    random_expr_fits(table, column->check);
		for (size_t j = 0; fits && j < table->foreign_keys.n; j++)
			for (size_t k = 0; k < table->foreign_keys.items[j]->columns.n; k++)
				fits = fits &&
				       !name_equal(table->foreign_keys.items[j]->columns.items[k],
						   column->name);
		if (fits || !column->check)
			continue;
		struct column *copy = random_copy_column(model, column);
		copy->check = NULL;
		table->columns.items[i] = copy;
	}
}

void random_fix_table(struct random_model *model, struct schema *schema, struct table *table)
{
	fix_column_checks(model, table);
	fix_aria(table);
	if (!random_is_engine(table, "InnoDB") &&
	    (needs_innodb(table) || is_referenced(schema, table)))
		table->engine = ctx_name(model->ctx, "InnoDB");
	show_unique_keys(model, table);
	random_fix_options(model, table);
}

/* --- changes ---------------------------------------------------------------------------------- */

void change_engine(struct changer *c)
{
	static const char *const engines[] = { "InnoDB", "MyISAM", "MEMORY" };
	struct table *table = change_any_table(c);
	if (!c->model->wide || random_is_engine(table, "Aria"))
		return;
	table->engine = ctx_name(c->model->ctx, RANDOM_PICK(c->random, engines));
}

void change_add_rare_index(struct changer *c)
{
	if (c->model->wide)
		random_add_rare_index(c->model, change_any_table(c));
}
