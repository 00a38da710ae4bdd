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

/* --- options ---------------------------------------------------------------------------------- */

void random_column_options(struct random_model *model, struct column *column)
{
	enum type_class class = type_class(&column->type);
	bool variable = class == CLASS_TEXT || class == CLASS_BLOB ||
			column->type.id == TYPE_VARCHAR || column->type.id == TYPE_VARBINARY;
	column->options = (struct option_list){ 0 };
	if (column->generated)
		return;
	if (variable && random_can(model, CAP_COLUMN_COMPRESSED) &&
	    random_chance(&model->random, 12))
		option_set(model->arena, &column->options, ATTR_COMPRESSED, "");
	if (random_can(model, CAP_COLUMN_FORMAT) && random_chance(&model->random, 4))
		option_set(model->arena, &column->options, ATTR_COLUMN_FORMAT,
			   random_chance(&model->random, 50) ? "FIXED" : "DYNAMIC");
	if (random_can(model, CAP_COLUMN_FORMAT) && random_chance(&model->random, 4))
		option_set(model->arena, &column->options, ATTR_STORAGE,
			   random_chance(&model->random, 50) ? "DISK" : "MEMORY");
	if (random_can(model, CAP_SYSTEM_VERSIONING) && random_chance(&model->random, 15))
		option_set(model->arena, &column->options, ATTR_WITHOUT_SYSTEM_VERSIONING, "");
}

void random_index_options(struct random_model *model, const struct table *table,
			  struct index *index)
{
	struct random *random = &model->random;
	index->options = (struct option_list){ 0 };
	if (index->kind == KEY_FULLTEXT) {
		if (is_mysql(model) && model->server->version >= 50706 && random_chance(random, 40))
			option_set(model->arena, &index->options, ATTR_PARSER, "ngram");
		return;
	}
	if (index->kind == KEY_SPATIAL || index->kind == KEY_VECTOR)
		return;
	if (random_chance(random, random_is_engine(table, "MEMORY") ? 50 : 8))
		option_set(model->arena, &index->options, ATTR_USING, "BTREE");
	if (random_is_engine(table, "MyISAM") && random_chance(random, 10))
		option_set(model->arena, &index->options, ATTR_KEY_BLOCK_SIZE, "4096");
}

struct choice {
	enum tree_attr_kind kind;
	const char *engine; /* NULL: any */
	enum capability capability;
	const char *values[4];
	/* another option that goes with it; ATTR_COUNT: none */
	enum tree_attr_kind with;
	const char *with_value;
};

#define ALONE ATTR_COUNT, NULL

static const struct choice choices[] = {
	{ ATTR_ROW_FORMAT, "InnoDB", CAP_COUNT, { "COMPACT", "REDUNDANT" }, ALONE },
	{ ATTR_ROW_FORMAT, "InnoDB", CAP_COUNT, { "DYNAMIC", "COMPRESSED" }, ALONE },
	{ ATTR_ROW_FORMAT, "MyISAM", CAP_COUNT, { "FIXED", "DYNAMIC" }, ALONE },
	{ ATTR_AUTOEXTEND_SIZE,
	  "InnoDB",
	  CAP_AUTOEXTEND_SIZE,
	  { "4194304", "8388608" },
	  ALONE },
	{ ATTR_WITH_SYSTEM_VERSIONING, NULL, CAP_SYSTEM_VERSIONING, { "" }, ALONE },
	{ ATTR_KEY_BLOCK_SIZE,
	  "InnoDB",
	  CAP_COUNT,
	  { "8", "16" },
	  ATTR_ROW_FORMAT,
	  "COMPRESSED" },
	{ ATTR_STATS_PERSISTENT, NULL, CAP_COUNT, { "0", "1" }, ALONE },
	{ ATTR_STATS_AUTO_RECALC, NULL, CAP_COUNT, { "0", "1" }, ALONE },
	{ ATTR_STATS_SAMPLE_PAGES, NULL, CAP_COUNT, { "5", "25", "65535" }, ALONE },
	{ ATTR_COMPRESSION, "InnoDB", CAP_COMPRESSION, { "zlib", "lz4" }, ALONE },
	{ ATTR_PAGE_COMPRESSED, "InnoDB", CAP_PAGE_COMPRESSION, { "1", "0" }, ALONE },
	{ ATTR_PAGE_COMPRESSION_LEVEL,
	  "InnoDB",
	  CAP_PAGE_COMPRESSION,
	  { "1", "6", "9" },
	  ATTR_PAGE_COMPRESSED,
	  "1" },
	{ ATTR_PACK_KEYS, NULL, CAP_COUNT, { "0", "1" }, ALONE },
	{ ATTR_CHECKSUM, NULL, CAP_COUNT, { "1" }, ALONE },
	{ ATTR_DELAY_KEY_WRITE, NULL, CAP_COUNT, { "1" }, ALONE },
	{ ATTR_AVG_ROW_LENGTH, NULL, CAP_COUNT, { "100", "4000000000" }, ALONE },
	{ ATTR_MIN_ROWS, NULL, CAP_COUNT, { "10", "1000" }, ALONE },
	{ ATTR_MAX_ROWS, NULL, CAP_COUNT, { "1000", "4294967295" }, ALONE },
};

static bool is_for(const struct random_model *model, const struct table *table,
		   const struct choice *choice)
{
	if (choice->engine && !random_is_engine(table, choice->engine))
		return false;
	return choice->capability == CAP_COUNT || random_can(model, choice->capability);
}

static unsigned count_values(const struct choice *choice)
{
	unsigned n = 0;
	while (n < COUNT(choice->values) && choice->values[n])
		n++;
	return n;
}

/* A choice for the table; preferably of an option that it has. */
static const struct choice *pick_choice(struct random_model *model, const struct table *table)
{
	const struct choice *choice;
	unsigned tries = random_chance(&model->random, 50) ? 10 : 0;
	do
		choice = &choices[random_below(&model->random, COUNT(choices))];
	while (!is_for(model, table, choice) ||
	       (!option_find(&table->options, choice->kind) && tries--));
	return choice;
}

/* Another value, or none. */
void random_set_option(struct random_model *model, struct table *table)
{
	const struct choice *choice = pick_choice(model, table);
	unsigned n = count_values(choice), at = random_below(&model->random, n);
	const char *given = option_find(&table->options, choice->kind);
	struct option_list copy = { 0 };
	for (size_t i = 0; i < table->options.n; i++)
		LIST_PUSH(model->arena, &copy, table->options.items[i]);
	table->options = copy;
	if (given && !strcmp(given, choice->values[at]))
		at = (at + 1) % n;
	bool take = given && (n == 1 || random_chance(&model->random, 40));
	if (!take && choice->with != ATTR_COUNT)
		option_set(model->arena, &table->options, choice->with, choice->with_value);
	option_set(model->arena, &table->options, choice->kind, take ? NULL : choice->values[at]);
}

void random_table_options(struct random_model *model, struct table *table)
{
	static const char *const engines[] = { "MyISAM", "MEMORY" };
	if (random_chance(&model->random, 15))
		table->engine = ctx_name(model->ctx, RANDOM_PICK(&model->random, engines));
	for (unsigned i = random_below(&model->random, 4); i; i--)
		random_set_option(model, table);
	if (random_chance(&model->random, 10))
		table->auto_increment = "1000";
}

/* --- keys ------------------------------------------------------------------------------------- */

bool random_functional(struct random_model *model, const struct table *table, struct index *index)
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
	size_t at = random_below(&model->random, COUNT(forms));
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

void random_add_rare_index(struct random_model *model, struct table *table)
{
	bool vector = random_can(model, CAP_VECTOR_INDEX) && random_chance(&model->random, 50);
	if (!vector && !random_can(model, CAP_SPATIAL_INDEX))
		return;
	const struct column *base = find_column(model, table, vector ? CLASS_OTHER : CLASS_SPATIAL);
	if (!base || base->nullable || (vector && base->type.id != TYPE_VECTOR))
		return;
	struct index *index = ARENA_NEW(model->arena, struct index);
	struct index_part part = { .column = base->name };
	index->kind = vector ? KEY_VECTOR : KEY_SPATIAL;
	index->name = random_new_name(model, "k");
	index->named = random_chance(&model->random, 50);
	index->comment = random_chance(&model->random, 20) ? random_comment(model) : "";
	LIST_PUSH(model->arena, &index->parts, part);
	if (vector && random_chance(&model->random, 50))
		option_set(model->arena, &index->options, ATTR_M, "8");
	if (vector && random_chance(&model->random, 50))
		option_set(model->arena, &index->options, ATTR_DISTANCE, "cosine");
	LIST_PUSH(model->arena, &table->indexes, index);
}

/* --- what does not go together ---------------------------------------------------------------- */

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
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		if (index->kind == KEY_VECTOR || index->kind == KEY_SPATIAL ||
		    (memory && index->kind == KEY_FULLTEXT))
			return true;
		for (size_t j = 0; j < index->parts.n; j++) {
			const struct index_part *part = &index->parts.items[j];
			const struct column *column =
				part->column ? table_column(table, part->column) : NULL;
			if (!column || column->generated || part->desc)
				return true;
		}
	}
	return false;
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

/* Options of keys that another engine does not take. */
static void fix_index_options(struct random_model *model, struct table *table)
{
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		bool foreign = option_find(&index->options, ATTR_KEY_BLOCK_SIZE) &&
			       !random_is_engine(table, "MyISAM");
		if (!foreign)
			continue;
		struct index *copy = arena_memdup(model->arena, index, sizeof(*copy));
		copy->options = (struct option_list){ 0 };
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

/* Many columns make a compressed page too small. */
static bool is_slim(const struct table *table)
{
	return table->columns.n < 10;
}

static bool is_option_at_home(const struct random_model *model, const struct table *table,
			      const struct option *option)
{
	const char *format = option_find(&table->options, ATTR_ROW_FORMAT);
	bool compressed = format && word_equal(format, "COMPRESSED");
	bool any = false;
	for (size_t i = 0; i < COUNT(choices); i++) {
		bool value = false;
		for (size_t j = 0; j < COUNT(choices[i].values) && choices[i].values[j]; j++)
			value = value || !strcmp(choices[i].values[j], option->value);
		any = any || (choices[i].kind == option->kind && value &&
			      is_for(model, table, &choices[i]));
	}
	if (option->kind == ATTR_ROW_FORMAT && random_is_engine(table, "InnoDB")) {
		bool old = word_equal(option->value, "COMPACT") ||
			   word_equal(option->value, "REDUNDANT");
		any = any && (old || model->server->large_prefix);
		any = any && (!compressed || is_slim(table));
	}
	if (option->kind == ATTR_KEY_BLOCK_SIZE)
		any = any && compressed;
	if (option->kind == ATTR_WITH_SYSTEM_VERSIONING)
		any = any && !table->partition;
	if (option->kind == ATTR_COMPRESSION || option->kind == ATTR_PAGE_COMPRESSED)
		any = any && !format;
	const char *pages = option_find(&table->options, ATTR_PAGE_COMPRESSED);
	if (option->kind == ATTR_PAGE_COMPRESSION_LEVEL)
		any = any && !format && pages && !strcmp(pages, "1");
	return any;
}

/* WITHOUT SYSTEM VERSIONING is for columns of tables that have it; one must have it (4123, 4124). */
static void fix_versioning(struct random_model *model, struct table *table)
{
	bool versioned = option_find(&table->options, ATTR_WITH_SYSTEM_VERSIONING) != NULL;
	bool any = false;
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		bool without = option_find(&column->options, ATTR_WITHOUT_SYSTEM_VERSIONING);
		if (without && (!versioned || (!any && i + 1 == table->columns.n))) {
			struct column *copy = random_copy_column(model, column);
			struct option_list kept = { 0 };
			for (size_t j = 0; j < column->options.n; j++)
				if (column->options.items[j].kind != ATTR_WITHOUT_SYSTEM_VERSIONING)
					LIST_PUSH(model->arena, &kept, column->options.items[j]);
			copy->options = kept;
			table->columns.items[i] = copy;
			without = false;
		}
		any = any || !without;
	}
}

void random_fix_table(struct random_model *model, struct schema *schema, struct table *table)
{
	if (!random_is_engine(table, "InnoDB") &&
	    (needs_innodb(table) || is_referenced(schema, table)))
		table->engine = ctx_name(model->ctx, "InnoDB");
	show_unique_keys(model, table);
	fix_index_options(model, table);
	/* twice: what depends on another one, which may go */
	for (int pass = 0; pass < 2; pass++) {
		struct option_list kept = { 0 };
		for (size_t i = 0; i < table->options.n; i++)
			if (is_option_at_home(model, table, &table->options.items[i]))
				LIST_PUSH(model->arena, &kept, table->options.items[i]);
		table->options = kept;
	}
	fix_versioning(model, table);
}

/* --- changes ---------------------------------------------------------------------------------- */

void change_option(struct changer *c)
{
	struct table *table = change_any_table(c);
	if (c->model->wide)
		random_set_option(c->model, table);
}

void change_engine(struct changer *c)
{
	static const char *const engines[] = { "InnoDB", "MyISAM", "MEMORY" };
	struct table *table = change_any_table(c);
	if (!c->model->wide)
		return;
	table->engine = ctx_name(c->model->ctx, RANDOM_PICK(c->random, engines));
}

void change_column_options(struct changer *c)
{
	struct table *table = change_any_table(c);
	size_t at = change_any_column(c, table);
	const struct column *column = table->columns.items[at];
	if (!c->model->wide || (column->was && table_column(table, column->was)))
		return;
	struct column *copy = random_copy_column(c->model, column);
	random_column_options(c->model, copy);
	table->columns.items[at] = copy;
}

void change_add_rare_index(struct changer *c)
{
	if (c->model->wide)
		random_add_rare_index(c->model, change_any_table(c));
}
