#include "tests/support/random_wide.h"

#include "base/context.h"
#include "model/charset.h"
#include "model/derive.h"
#include "model/normal.h"

#include <string.h>

/* --- numbers -------------------------------------------------------------------------------- */

/* splitmix64 */
uint64_t random_next(struct random *random)
{
	uint64_t z = (random->state += 0x9e3779b97f4a7c15ULL);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

unsigned random_below(struct random *random, unsigned n)
{
	return n ? (unsigned)(random_next(random) % n) : 0;
}

bool random_chance(struct random *random, unsigned percent)
{
	return random_below(random, 100) < percent;
}

bool random_can(const struct random_model *model, enum capability capability)
{
	for (size_t i = 0; i < model->targets->n; i++)
		if (!server_has(&model->targets->items[i], capability))
			return false;
	return true;
}

static bool one_flavour(const struct random_model *model)
{
	for (size_t i = 0; i < model->targets->n; i++)
		if (model->targets->items[i].flavour != model->server->flavour)
			return false;
	return true;
}

void random_init(struct random_model *model, struct context *ctx, struct arena *arena,
		 const struct server_list *targets, uint64_t seed)
{
	*model = (struct random_model){ .ctx = ctx, .arena = arena, .targets = targets };
	model->server = &targets->items[0];
	model->prefix = "";
	/* by way of a hash: seeds that follow each other must not give each other's numbers */
	model->random.state = seed;
	model->random.state = random_next(&model->random) ^ seed;
	model->checks = random_can(model, CAP_CHECK);
	model->not_enforced = random_can(model, CAP_CHECK_NOT_ENFORCED);
	model->descending = random_can(model, CAP_INDEX_DESC);
	model->json = random_can(model, CAP_JSON);
	model->generated = random_can(model, CAP_GENERATED_COLUMN);
	model->expression_defaults = random_can(model, CAP_DEFAULT_EXPR);
	model->invisible = random_can(model, CAP_INVISIBLE_COLUMN);
	/* a word of its own in each flavour */
	model->invisible_indexes = one_flavour(model) && random_can(model, CAP_INVISIBLE_INDEX);
	model->fulltext = random_can(model, CAP_FULLTEXT_INDEX);
}

/* --- names and texts ------------------------------------------------------------------------ */

const struct name *random_new_name(struct random_model *model, const char *prefix)
{
	/* words that need quoting, and letters that need more than a byte */
	static const char *const odd[] = { "select", "order by", "a`b",      "größe", "表",
					   "Név",    "x'y",      "per%cent", "$",     "key" };
	unsigned serial = model->serial++;
	const char *middle =
		random_chance(&model->random, 12) ? RANDOM_PICK(&model->random, odd) : "";
	return ctx_name(model->ctx, arena_printf(model->arena, "%s%s%u", prefix, middle, serial));
}

const struct name *random_global_name(struct random_model *model, const char *prefix)
{
	return random_new_name(model, arena_printf(model->arena, "%s%s", model->prefix, prefix));
}

const char *random_comment(struct random_model *model)
{
	static const char *const comments[] = { "a comment", "用户",      "it's",      "50% \\ off",
						"\"both\"",  "a; b -- c", "line\nline" };
	return RANDOM_PICK(&model->random, comments);
}

static bool all_know(const struct random_model *model, const struct name *collation)
{
	for (size_t i = 0; i < model->targets->n; i++)
		if (!collation_known(&model->targets->items[i], collation))
			return false;
	return true;
}

void random_set_charset(struct random_model *model, const struct name **charset,
			const struct name **collation)
{
	static const char *const collations[] = {
		"utf8mb4_general_ci",
		"utf8mb4_unicode_ci",
		"utf8mb4_bin",
		"utf8mb4_0900_ai_ci",
		"utf8mb4_unicode_520_ci",
		"latin1_swedish_ci",
		"latin1_bin",
		"latin1_general_ci",
		"utf8mb3_general_ci",
		"utf8mb3_unicode_ci",
		"utf8mb3_bin",
		"ascii_general_ci",
		"ascii_bin",
		"utf8mb4_uca1400_ai_ci",
	};
	const struct name *picked;
	do {
		picked = ctx_name(model->ctx, RANDOM_PICK(&model->random, collations));
	} while (!all_know(model, picked) || !collation_charset(model->ctx, picked));
	*collation = picked;
	*charset = collation_charset(model->ctx, picked);
}

/* --- types ---------------------------------------------------------------------------------- */

static void push_number(struct random_model *model, struct tree_type *tree, unsigned number)
{
	LIST_PUSH(model->arena, &tree->args,
		  expr_number(model->arena, arena_printf(model->arena, "%u", number)));
}

static void push_values(struct random_model *model, struct tree_type *tree)
{
	static const char *const words[] = { "a",   "b",    "c",      "it's", "X y",
					     "new", "paid", "closed", "\\",   "1" };
	unsigned first = random_below(&model->random, 10);
	unsigned n = 1 + random_below(&model->random, 6);
	for (unsigned i = 0; i < n; i++) {
		const char *word = words[(first + i) % 10];
		LIST_PUSH(model->arena, &tree->args, expr_string(model->arena, word, strlen(word)));
	}
}

/* A type as a person would write it, as a tree: type.h knows its canonical form. */
static struct type make_type(struct random_model *model, const char *word, unsigned charset_bytes,
			     bool key)
{
	struct random *random = &model->random;
	struct tree_type tree = { .word = ctx_name(model->ctx, word) };
	struct tree_attr_list attrs = { 0 };
	bool number = strstr(word, "int") && strcmp(word, "point") != 0 &&
		      strcmp(word, "multipoint") != 0;
	if (strstr(word, "(m,d)")) {
		unsigned digits = 1 + random_below(random, 20);
		tree.word = ctx_name(model->ctx, *word == 'f' ? "float" : "double");
		push_number(model, &tree, digits);
		push_number(model, &tree, random_below(random, digits < 10 ? digits : 10));
	} else if (!strcmp(word, "vector")) {
		push_number(model, &tree, 1 + random_below(random, 8));
	} else if (!strcmp(word, "decimal")) {
		unsigned precision = 1 + random_below(random, 20);
		push_number(model, &tree, precision);
		push_number(model, &tree,
			    random_below(random, precision < 10 ? precision + 1 : 10));
		number = true;
	} else if (!strcmp(word, "char") || !strcmp(word, "varchar") || !strcmp(word, "binary") ||
		   !strcmp(word, "varbinary")) {
		/* a column of a key has 767 bytes at most, in the narrowest row format */
		unsigned most = key ? 160 / charset_bytes : 320 / charset_bytes;
		bool fixed = word[0] == 'c' || !strcmp(word, "binary");
		push_number(model, &tree, 1 + random_below(random, fixed ? most / 4 : most));
	} else if (!strcmp(word, "bit")) {
		push_number(model, &tree, 1 + random_below(random, 64));
	} else if (!strcmp(word, "time") || !strcmp(word, "datetime") ||
		   !strcmp(word, "timestamp")) {
		if (random_chance(random, 50))
			push_number(model, &tree, random_below(random, 7));
	} else if (!strcmp(word, "enum") || !strcmp(word, "set")) {
		push_values(model, &tree);
	} else if (!strcmp(word, "tinyint") && random_chance(random, 30)) {
		push_number(model, &tree, 1); /* a boolean */
		number = false;
	}
	if (number && random_chance(random, 30)) {
		struct tree_attr attr = {
			.kind = !key && random_chance(random, model->wide ? 60 : 15) ? ATTR_ZEROFILL
										     : ATTR_UNSIGNED
		};
		LIST_PUSH(model->arena, &attrs, attr);
	}
	struct type type = { 0 };
	const struct name *charset = NULL;
	type_from_tree(model->ctx, model->arena, model->server, &tree, &attrs, &type, &charset);
	if (type_class(&type) == CLASS_SPATIAL && random_can(model, CAP_SRID) &&
	    random_chance(random, 40))
		type.srid =
			random_chance(random, 50) || !random_can(model, CAP_SRID_ZERO) ? 4326 : 0;
	return type;
}

void random_set_type(struct random_model *model, const struct table *table, struct column *column,
		     bool key)
{
	static const char *const key_words[] = { "int",       "int",     "bigint",    "smallint",
						 "mediumint", "tinyint", "varchar",   "varchar",
						 "char",      "binary",  "varbinary", "date",
						 "datetime",  "decimal", "enum" };
	static const char *const words[] = {
		"int",      "bigint",     "smallint", "tinyint", "decimal",   "float",
		"double",   "bit",        "date",     "time",    "datetime",  "timestamp",
		"year",     "char",       "varchar",  "varchar", "varchar",   "tinytext",
		"text",     "mediumtext", "longtext", "binary",  "varbinary", "blob",
		"longblob", "enum",       "set",      "json",
	};
	struct random *random = &model->random;
	const struct name *charset = table->charset, *collation = table->collation;
	if (random_chance(random, 40))
		random_set_charset(model, &charset, &collation);
	const char *word;
	do {
		word = key ? RANDOM_PICK(random, key_words) : RANDOM_PICK(random, words);
	} while (!strcmp(word, "json") && !model->json);
	if (model->wide && !key)
		word = random_any_type(model);
	column->type = make_type(model, word, charset_bytes(charset), key);
	bool string = type_is_string(&column->type);
	column->charset = string ? charset : NULL;
	column->collation = string ? collation : NULL;
	column->auto_increment = false;
	column->on_update_now = false;
	column->backfill = NULL; /* it was of the other type */
	if (model->wide && !key)
		random_column_options(model, column);
	else
		column->options = (struct option_list){ 0 };
	random_set_default(model, column);
}

/* --- columns -------------------------------------------------------------------------------- */

/* Literals that a type may hold; normal_default() says what becomes of them. */
static const char *literal_for(struct random_model *model, const struct type *type)
{
	static const char *const numbers[] = { "0", "1", "7" };
	static const char *const decimals[] = { "0", "0.5", "1" };
	static const char *const texts[] = { "", "a", "x", "'", "0" };
	static const char *const dates[] = { "2020-01-02", "1999-12-31" };
	static const char *const times[] = { "00:00:00", "12:34:56" };
	static const char *const moments[] = { "2020-01-02 03:04:05", "1999-12-31 23:59:59" };
	struct random *random = &model->random;
	switch (type_class(type)) {
	case CLASS_INTEGER:
		return RANDOM_PICK(random, numbers);
	case CLASS_DECIMAL:
		return type->length > type->decimals ? RANDOM_PICK(random, decimals) : "0";
	case CLASS_FLOAT:
		return RANDOM_PICK(random, decimals);
	case CLASS_DATE:
		return RANDOM_PICK(random, dates);
	case CLASS_TIME:
		return RANDOM_PICK(random, times);
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return RANDOM_PICK(random, moments);
	case CLASS_YEAR:
		return "2024";
	case CLASS_STRING:
		return RANDOM_PICK(random, texts);
	case CLASS_BINARY:
		return type->id == TYPE_VARBINARY ? "a" : NULL;
	case CLASS_ENUM:
	case CLASS_SET:
		return type->values.items[random_below(random, (unsigned)type->values.n)];
	case CLASS_BIT:
		return NULL;
	case CLASS_TEXT:
	case CLASS_BLOB:
		return model->wide && random_can(model, CAP_DEFAULT_TEXT)
			       ? RANDOM_PICK(random, texts)
			       : NULL;
	case CLASS_OTHER:
		return type->id == TYPE_UUID    ? "123e4567-e89b-12d3-a456-426655440000"
		       : type->id == TYPE_INET4 ? "10.0.0.1"
		       : type->id == TYPE_INET6 ? "fe80::1"
						: NULL;
	case CLASS_JSON:
	case CLASS_SPATIAL:
		return NULL;
	}
	return NULL;
}

/* operand + 1, or times 2, … */
static const struct expr *sum_of(struct random_model *model, struct expr *operand)
{
	struct expr *sum = expr_new(model->arena, EXPR_BINARY, span_none());
	char *number = arena_printf(model->arena, "%u", 1 + random_below(&model->random, 3));
	sum->name = ctx_name(model->ctx, random_chance(&model->random, 50) ? "+" : "*");
	LIST_PUSH(model->arena, &sum->args, operand);
	LIST_PUSH(model->arena, &sum->args, expr_number(model->arena, number));
	return normal_expr(model->ctx, model->arena, model->server, sum);
}

static bool is_moment(const struct type *type)
{
	return type_class(type) == CLASS_TIMESTAMP || type_class(type) == CLASS_DATETIME;
}

void random_set_default(struct random_model *model, struct column *column)
{
	struct random *random = &model->random;
	const char *literal = literal_for(model, &column->type);
	column->default_kind = DEFAULT_NONE;
	column->default_value = NULL;
	column->on_update_now =
		is_moment(&column->type) && !column->generated && random_chance(random, 25);
	/* MariaDB makes a default of zeros where there is none */
	bool must = (type_class(&column->type) == CLASS_TIMESTAMP || column->on_update_now) &&
		    !column->nullable;
	if (column->generated || column->auto_increment || (!must && random_chance(random, 50)))
		return;
	if (model->wide && model->expression_defaults && random_chance(random, 20) &&
	    random_default_expr(model, column)) {
		return;
	} else if (model->expression_defaults && type_class(&column->type) == CLASS_INTEGER &&
		   random_chance(random, 15)) {
		column->default_kind = DEFAULT_EXPR;
		column->default_value = sum_of(model, expr_number(model->arena, "1"));
	} else if (is_moment(&column->type) && random_chance(random, 50)) {
		column->default_kind = DEFAULT_NOW;
	} else if (literal) {
		struct expr *text = expr_string(model->arena, literal, strlen(literal));
		column->default_kind = DEFAULT_LITERAL;
		column->default_value = normal_default(model->ctx, model->arena, model->server,
						       &column->type, text);
	} else if (column->type.id == TYPE_BIT && column->type.length > 2) {
		struct expr *bits = expr_new(model->arena, EXPR_BIT, span_none());
		bits->text = "101";
		bits->len = 3;
		column->default_kind = DEFAULT_LITERAL;
		column->default_value = normal_default(model->ctx, model->arena, model->server,
						       &column->type, bits);
	}
	if (column->default_kind == DEFAULT_LITERAL && !column->default_value)
		column->default_kind = DEFAULT_NONE;
}

struct column *random_copy_column(struct random_model *model, const struct column *column)
{
	return arena_memdup(model->arena, column, sizeof(*column));
}

struct column *random_column(struct random_model *model, const struct table *table,
			     const struct name *name, bool key)
{
	struct random *random = &model->random;
	struct column *column = ARENA_NEW(model->arena, struct column);
	column->name = name;
	column->nullable = random_chance(random, 40);
	column->comment = random_chance(random, 20) ? random_comment(model) : "";
	random_set_type(model, table, column, key);
	column->invisible = model->invisible && random_chance(random, 4);
	if (model->wide && random_can(model, CAP_COLUMN_CHECK) && random_chance(random, 20))
		column->check = random_check_expr(model, name);
	return column;
}

bool random_add_generated(struct random_model *model, struct table *table)
{
	struct random *random = &model->random;
	const struct column *base =
		table->columns.items[random_below(random, (unsigned)table->columns.n)];
	struct column *column = ARENA_NEW(model->arena, struct column);
	struct expr *operand = expr_new(model->arena, EXPR_COLUMN, span_none());
	operand->name = base->name;
	column->name = random_new_name(model, "g");
	column->nullable = true;
	column->comment = random_chance(random, 20) ? random_comment(model) : "";
	column->stored = random_chance(random, 50);
	if (model->wide && random_chance(random, 70)) {
		random_generate(model, table, column);
		column->invisible = model->invisible && random_chance(random, 5);
	} else {
		column->type = make_type(model, "bigint", 1, false);
		if (column->type.zerofill)
			column->type.length = -1;
		column->type.zerofill = false;
		column->generated = sum_of(model, operand);
	}
	if (column->generated)
		LIST_PUSH(model->arena, &table->columns, column);
	return column->generated != NULL;
}

/* A name as the server makes them, which follows its table when that is renamed. */
static const struct name *follower(struct random_model *model, const struct table *table,
				   const char *mark)
{
	unsigned serial = model->serial++;
	return ctx_name(model->ctx,
			arena_printf(model->arena, "%s%s%u", table->name->text, mark, serial));
}

/* --- keys and checks ------------------------------------------------------------------------ */

static bool holds_column(const struct index *index, const struct name *column)
{
	for (size_t i = 0; i < index->parts.n; i++)
		if (name_equal(index->parts.items[i].column, column))
			return true;
	return false;
}

void random_add_index(struct random_model *model, struct table *table)
{
	struct random *random = &model->random;
	struct index *index = ARENA_NEW(model->arena, struct index);
	unsigned kind = random_below(random, 100);
	index->kind = kind < 15 ? KEY_PRIMARY : kind < 45 ? KEY_UNIQUE : KEY_INDEX;
	if (kind >= 96 && model->fulltext)
		index->kind = KEY_FULLTEXT;
	bool fulltext = index->kind == KEY_FULLTEXT;
	index->named = index->kind != KEY_PRIMARY && random_chance(random, 40);
	index->name = index->kind == KEY_PRIMARY ? ctx_name(model->ctx, "PRIMARY")
						 : random_new_name(model, "k");
	index->comment = random_chance(random, 10) ? random_comment(model) : "";
	unsigned n = 1 + random_below(random, 3);
	for (unsigned i = 0; i < n; i++) {
		const struct column *column =
			table->columns.items[random_below(random, (unsigned)table->columns.n)];
		struct index_part part = { .column = column->name };
		if (holds_column(index, column->name))
			continue;
		enum type_class class = type_class(&column->type);
		bool text = class == CLASS_TEXT || class == CLASS_BLOB;
		if (!fulltext && (text || (class == CLASS_STRING && random_chance(random, 15))))
			part.length = 1 + random_below(random, 20);
		part.desc =
			!fulltext && model->descending &&
			(index->kind == KEY_INDEX || (model->wide && random_chance(random, 50))) &&
			random_chance(random, 15);
		LIST_PUSH(model->arena, &index->parts, part);
	}
	index->invisible =
		model->invisible_indexes &&
		(index->kind == KEY_INDEX || (model->wide && index->kind == KEY_UNIQUE)) &&
		random_chance(random, 5);
	if (model->wide)
		random_functional(model, table, index, !random_chance(random, 20));
	if (model->wide)
		random_index_options(model, table, index);
	LIST_PUSH(model->arena, &table->indexes, index);
}

const struct expr *random_check_expr(struct random_model *model, const struct name *column)
{
	static const char *const forms[] = {
		"$ >= 0 and $ < 1000",  "$ is null or $ < 90",
		"$ between 0 and 90",   "not ($ > 90)",
		"char_length($) < 500", "$ in (0, 1, 2, 3, 4, 5, 6, 7)",
		"$ <> 77 or $ <> 78",   "char_length($) <> 77",
		"$ + 1 < 100",          "coalesce($, 'x') <> 'it''s'",
	};
	return random_expr(model, RANDOM_PICK(&model->random, forms), column);
}

void random_add_check(struct random_model *model, struct table *table)
{
	/* true of the small numbers that test rows have */
	static const char *const operators[] = { ">=", "<", "<=", "<>" };
	struct random *random = &model->random;
	struct check *check = ARENA_NEW(model->arena, struct check);
	struct expr *comparison = expr_new(model->arena, EXPR_BINARY, span_none());
	struct expr *operand = expr_new(model->arena, EXPR_COLUMN, span_none());
	operand->name =
		table->columns.items[random_below(random, (unsigned)table->columns.n)]->name;
	const char *operator= RANDOM_PICK(random, operators);
	comparison->name = ctx_name(model->ctx, operator);
	const char *number =
		*operator== '>' ? "0"
				: arena_printf(model->arena, "%u", 10 + random_below(random, 90));
	LIST_PUSH(model->arena, &comparison->args, operand);
	LIST_PUSH(model->arena, &comparison->args, expr_number(model->arena, number));
	check->name = random_global_name(model, "c");
	check->named = random_chance(random, 50);
	if (check->named && random_chance(random, 20))
		check->name = follower(model, table, "_chk_");
	check->expr = normal_expr(model->ctx, model->arena, model->server, comparison);
	if (model->wide && random_chance(random, 50))
		check->expr = random_check_expr(model, operand->name);
	check->not_enforced = model->not_enforced && random_chance(random, 20);
	LIST_PUSH(model->arena, &table->checks, check);
}

/* A key that others can reference: unique, of whole columns. */
static const struct index *referable_key(struct random_model *model, const struct table *table)
{
	struct index_list keys = { 0 };
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		bool whole = (index->kind == KEY_PRIMARY || index->kind == KEY_UNIQUE) &&
			     !option_find(&index->options, ATTR_WITHOUT_OVERLAPS);
		for (size_t j = 0; j < index->parts.n; j++)
			whole = whole && index->parts.items[j].column &&
				!index->parts.items[j].length && !index->parts.items[j].desc;
		if (whole)
			LIST_PUSH(model->arena, &keys, index);
	}
	return keys.n ? keys.items[random_below(&model->random, (unsigned)keys.n)] : NULL;
}

/* A column of `child` that can reference `column`; made if there is none, or by chance. */
static const struct name *child_column(struct random_model *model, struct table *child,
				       const struct column *column,
				       const struct name_list *not_these)
{
	for (size_t i = 0; i < child->columns.n && random_chance(&model->random, 70); i++) {
		const struct column *other = child->columns.items[i];
		bool taken = other == column;
		for (size_t j = 0; j < not_these->n; j++)
			taken = taken || name_equal(not_these->items[j], other->name);
		if (!taken && !other->generated && !other->auto_increment &&
		    type_equal(&other->type, &column->type) &&
		    name_equal(other->collation, column->collation))
			return other->name;
	}
	struct column *copy = random_copy_column(model, column);
	copy->name = random_new_name(model, "f");
	copy->nullable = random_chance(&model->random, 50);
	copy->auto_increment = copy->on_update_now = copy->invisible = copy->stored = false;
	copy->generated = copy->check = NULL;
	copy->was = NULL;
	copy->backfill = NULL;
	random_set_default(model, copy);
	LIST_PUSH(model->arena, &child->columns, copy);
	return copy->name;
}

void random_add_foreign_key(struct random_model *model, struct schema *schema, struct table *child)
{
	static const enum fk_action actions[] = { FK_DEFAULT, FK_RESTRICT, FK_NO_ACTION,
						  FK_CASCADE, FK_CASCADE,  FK_SET_NULL };
	struct random *random = &model->random;
	const struct table *parent =
		schema->tables.items[random_below(random, (unsigned)schema->tables.n)];
	const struct index *index = referable_key(model, parent);
	if (!index)
		return;
	struct foreign_key *key = ARENA_NEW(model->arena, struct foreign_key);
	key->parent = parent->name;
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct name *name = index->parts.items[i].column;
		const struct name *column =
			child_column(model, child, table_column(parent, name), &key->columns);
		LIST_PUSH(model->arena, &key->parent_columns, name);
		LIST_PUSH(model->arena, &key->columns, column);
	}
	key->name = random_global_name(model, "fk");
	key->named = random_chance(random, 40);
	if (key->named && random_chance(random, 20))
		key->name = follower(model, child, "_ibfk_");
	key->on_delete = RANDOM_PICK(random, actions);
	key->on_update = RANDOM_PICK(random, actions);
	LIST_PUSH(model->arena, &child->foreign_keys, key);
}

/* --- tables --------------------------------------------------------------------------------- */

struct table *random_table(struct random_model *model, struct schema *schema)
{
	struct random *random = &model->random;
	struct table *table = table_new(schema, random_global_name(model, "t"));
	table->engine = ctx_name(model->ctx, "InnoDB");
	table->comment = random_chance(random, 25) ? random_comment(model) : "";
	random_set_charset(model, &table->charset, &table->collation);
	unsigned keys = 1 + random_below(random, 2);
	for (unsigned i = 0; i < keys; i++) {
		struct column *column =
			random_column(model, table, random_new_name(model, "id"), true);
		column->nullable = false;
		random_set_default(model, column);
		if (type_class(&column->type) == CLASS_INTEGER && !i)
			column->auto_increment = random_chance(random, 40);
		if (column->auto_increment) {
			column->default_kind = DEFAULT_NONE;
			column->default_value = NULL;
			column->on_update_now = false;
		}
		LIST_PUSH(model->arena, &table->columns, column);
	}
	if (random_chance(random, 90)) {
		struct index *index = ARENA_NEW(model->arena, struct index);
		index->kind = KEY_PRIMARY;
		index->name = ctx_name(model->ctx, "PRIMARY");
		index->comment = "";
		for (unsigned i = 0; i < keys; i++) {
			struct index_part part = { .column = table->columns.items[i]->name };
			LIST_PUSH(model->arena, &index->parts, part);
		}
		LIST_PUSH(model->arena, &table->indexes, index);
	}
	for (unsigned i = random_below(random, 7); i; i--)
		LIST_PUSH(model->arena, &table->columns,
			  random_column(model, table, random_new_name(model, "c"),
					random_chance(random, model->wide ? 20 : 30)));
	for (unsigned i = random_below(random, 4); i; i--)
		random_add_index(model, table);
	if (model->checks && random_chance(random, 40))
		random_add_check(model, table);
	if (model->generated && random_chance(random, 30))
		random_add_generated(model, table);
	if (!model->wide)
		return table;
	random_table_options(model, table);
	if (random_chance(random, 80))
		random_add_rare_index(model, table);
	if (random_chance(random, 15))
		random_partition(model, table);
	else if (random_chance(random, 8))
		random_add_period(model, table);
	if (random_chance(random, 4))
		random_add_row_times(model, table);
	return table;
}

/* `keys`: how many foreign keys a table may ask for. */
static struct schema *make_schema(struct random_model *model, unsigned tables, unsigned keys)
{
	struct schema *schema = schema_new(model->ctx, model->arena, model->server);
	random_set_charset(model, &schema->charset, &schema->collation);
	schema->engine = ctx_name(model->ctx, "InnoDB");
	for (unsigned i = 0; i < tables; i++)
		schema_add_table(schema, random_table(model, schema));
	for (unsigned i = 0; i < tables; i++)
		for (unsigned j = random_below(&model->random, keys + 1); j; j--)
			random_add_foreign_key(model, schema, schema->tables.items[i]);
	if (model->wide && random_chance(&model->random, 10))
		random_add_union(model, schema);
	random_repair(model, schema);
	return schema;
}

struct schema *random_schema(struct random_model *model, unsigned tables)
{
	return make_schema(model, 1 + random_below(&model->random, tables), 2);
}

struct schema *random_tied_schema(struct random_model *model, unsigned tables)
{
	return make_schema(model, tables, 4);
}
