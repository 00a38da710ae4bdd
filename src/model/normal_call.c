/*
 * normal_call: the normal form of calls and casts (see normal.c).
 */
#include "model/normalizer.h"

#include "base/buf.h"
#include "base/context.h"
#include "model/charset.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define ANYWHERE (-1)

static const struct synonym {
	const char *name, *one;
	int where; /* flavour */
} synonyms[] = {
#define SYNONYM(name, one, where) { name, one, where },
#include "model/function.def"
};

static const struct addition {
	const char *name;
	size_t n;
	const char *argument;
	int where;
} additions[] = {
#define ADDS(name, n, argument, where) { name, n, argument, where },
#include "model/function.def"
};

static const char *const booleans[] = {
#define BOOLEAN(name) name,
#include "model/function.def"
};

static const char *const bytes[] = {
#define BYTES(name) name,
#include "model/function.def"
};

static const char *const unsafe[] = {
#define UNSAFE(name) name,
#include "model/function.def"
};

static bool holds(const struct normalizer *n, int where)
{
	return where == ANYWHERE || where == (int)n->server->flavour;
}

static const char *one_name(const struct normalizer *n, const struct name *name)
{
	for (size_t i = 0; i < COUNT(synonyms); i++)
		if (holds(n, synonyms[i].where) && word_equal(synonyms[i].name, name->text))
			return synonyms[i].one;
	return name->key->text;
}

static bool is_listed(const char *const *list, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (word_equal(list[i], word))
			return true;
	return false;
}

bool normal_call_is_boolean(const struct name *function)
{
	return is_listed(booleans, COUNT(booleans), function->text);
}

bool normal_call_sees_bytes(const struct normalizer *n, const struct name *function)
{
	return is_listed(bytes, COUNT(bytes), one_name(n, function));
}

bool normal_is_unsafe(const struct expr *expr)
{
	if (!expr)
		return false;
	if (expr->kind == EXPR_CALL && is_listed(unsafe, COUNT(unsafe), expr->name->text))
		return true;
	for (size_t i = 0; i < expr->args.n; i++)
		if (normal_is_unsafe(expr->args.items[i]))
			return true;
	return false;
}

/* --- casts ------------------------------------------------------------------------------------ */

static struct tree_type *new_type(struct normalizer *n, const char *word)
{
	struct tree_type *type = ARENA_NEW(n->arena, struct tree_type);
	type->word = ctx_name(n->ctx, word);
	return type;
}

static const struct expr *cast_to(struct normalizer *n, const struct expr *arg,
				  const struct tree_type *type, const struct expr *like)
{
	struct expr *cast = normal_copy(n, normal_node(n, EXPR_CAST, NULL, &arg, 1));
	cast->type = type;
	cast->name = like ? like->name : NULL;
	cast->span = like ? like->span : arg->span;
	return cast;
}

const struct expr *normal_cast(struct normalizer *n, const struct expr *arg, const char *word)
{
	return cast_to(n, arg, new_type(n, word), NULL);
}

/* Words of CAST and what servers make of them. */
static const char *cast_word(const char *word)
{
	static const struct {
		const char *from, *to;
	} others[] = {
		{ "character", "char" },        { "nchar", "char" },
		{ "national char", "char" },    { "national character", "char" },
		{ "varchar", "char" },          { "int", "signed" },
		{ "integer", "signed" },        { "signed integer", "signed" },
		{ "signed int", "signed" },     { "unsigned integer", "unsigned" },
		{ "unsigned int", "unsigned" }, { "dec", "decimal" },
		{ "numeric", "decimal" },       { "fixed", "decimal" },
		{ "real", "double" },           { "double precision", "double" },
		{ "varbinary", "binary" },      { "geomcollection", "geometrycollection" },
	};
	for (size_t i = 0; i < COUNT(others); i++)
		if (word_equal(word, others[i].from))
			return others[i].to;
	return NULL;
}

static bool is_argument(const struct tree_type *type, size_t at, const char *text)
{
	return type->args.n > at && type->args.items[at]->kind == EXPR_NUMBER &&
	       !strcmp(type->args.items[at]->text, text);
}

static void add_argument(struct normalizer *n, struct tree_type *type, const char *text)
{
	LIST_PUSH(n->arena, &type->args, (struct expr *)normal_text(n, EXPR_NUMBER, text));
}

/* decimal is decimal(10,0), datetime(0) is datetime, float(30) is double */
static void settle_arguments(struct normalizer *n, struct tree_type *type)
{
	const char *word = type->word->text;
	if (word_equal(word, "decimal")) {
		if (!type->args.n || (type->args.n == 1 && is_argument(type, 0, "0"))) {
			type->args.n = 0;
			add_argument(n, type, "10");
		}
		if (type->args.n == 1)
			add_argument(n, type, "0");
	} else if (word_equal(word, "float") && type->args.n == 1) {
		const char *digits = type->args.items[0]->text;
		bool large = strlen(digits) > 1 && strcmp(digits, "24") > 0;
		type->word = ctx_name(n->ctx, large ? "double" : "float");
		type->args.n = 0;
	} else if (word_equal(word, "datetime") || word_equal(word, "time")) {
		if (is_argument(type, 0, "0"))
			type->args.n = 0;
	}
}

/* char has a charset, utf8mb4 as our connections; char charset binary is binary */
static void settle_charset(struct normalizer *n, struct tree_type *type, bool national)
{
	if (!word_equal(type->word->text, "char"))
		return;
	if (type->charset)
		type->charset = charset_canonical(n->ctx, type->charset);
	else
		type->charset = ctx_name(n->ctx, national ? "utf8mb3" : "utf8mb4");
	if (word_equal(type->charset->text, "binary")) {
		type->word = ctx_name(n->ctx, "binary");
		type->charset = NULL;
	}
}

const struct expr *normal_cast_type(struct normalizer *n, const struct expr *expr)
{
	struct tree_type *type = arena_memdup(n->arena, expr->type, sizeof(*type));
	const char *word = expr->type->word->key->text;
	bool national =
		!strncmp(word, "n", 1) && cast_word(word) && !strcmp(cast_word(word), "char");
	type->args.items = NULL;
	type->args.n = type->args.cap = 0;
	for (size_t i = 0; i < expr->type->args.n; i++)
		LIST_PUSH(n->arena, &type->args, expr->type->args.items[i]);
	type->word = ctx_name(n->ctx, cast_word(word) ? cast_word(word) : word);
	if (type->is_unsigned && word_equal(type->word->text, "signed"))
		type->word = ctx_name(n->ctx, "unsigned");
	type->is_unsigned = false;
	settle_arguments(n, type);
	settle_charset(n, type, national);
	if (expr->name && word_equal(expr->name->text, "array"))
		type->charset = NULL; /* multi-valued keys take none */
	return cast_to(n, expr->args.items[0], type, expr);
}

/* --- calls ------------------------------------------------------------------------------------ */

const struct name *normal_unit(struct normalizer *n, const char *word)
{
	static const char mark[] = "sql_tsi_";
	struct buf unit = { 0 };
	for (const char *p = word; *p; p++)
		buf_add_char(&unit, *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p);
	const char *text = buf_text(&unit);
	if (!strncmp(text, mark, sizeof(mark) - 1))
		text += sizeof(mark) - 1;
	const struct name *name = ctx_name(n->ctx, text);
	buf_free(&unit);
	return name;
}

static const struct expr *call(struct normalizer *n, const char *name, const struct expr *a,
			       const struct expr *b)
{
	const struct expr *args[] = { a, b };
	return normal_node(n, EXPR_CALL, name, args, b ? 2 : 1);
}

static const struct expr *binary(struct normalizer *n, const char *op, const struct expr *a,
				 const struct expr *b)
{
	const struct expr *args[] = { a, b };
	return normal_node(n, EXPR_BINARY, op, args, 2);
}

static const struct expr *interval(struct normalizer *n, const struct expr *value, const char *unit)
{
	return normal_node(n, EXPR_INTERVAL, normal_unit(n, unit)->text, &value, 1);
}

/* isnull(a) */
static const struct expr *call_isnull(struct normalizer *n, const struct expr *expr)
{
	const struct expr *arg = expr->args.items[0];
	return normal_node(n, EXPR_IS, "null", &arg, 1);
}

static const struct expr *call_mod(struct normalizer *n, const struct expr *expr)
{
	return binary(n, "%", expr->args.items[0], expr->args.items[1]);
}

static const struct expr *call_instr(struct normalizer *n, const struct expr *expr)
{
	return call(n, "locate", expr->args.items[1], expr->args.items[0]);
}

static const struct expr *call_regexp_like(struct normalizer *n, const struct expr *expr)
{
	return binary(n, "regexp", expr->args.items[0], expr->args.items[1]);
}

static const struct expr *call_datediff(struct normalizer *n, const struct expr *expr)
{
	return binary(n, "-", call(n, "to_days", expr->args.items[0], NULL),
		      call(n, "to_days", expr->args.items[1], NULL));
}

/* date_add(d, interval 1 day), adddate(d, 1) */
static const struct expr *call_date_add(struct normalizer *n, const struct expr *expr)
{
	const char *name = expr->name->text;
	bool minus = word_equal(name, "date_sub") || word_equal(name, "subdate");
	const struct expr *by = expr->args.items[1];
	if (by->kind != EXPR_INTERVAL) {
		if (word_equal(name, "date_add") || word_equal(name, "date_sub"))
			return expr;
		by = interval(n, by, "day");
	}
	return binary(n, minus ? "-" : "+", expr->args.items[0], by);
}

/* timestampadd(minute, 1, d) */
static const struct expr *call_timestampadd(struct normalizer *n, const struct expr *expr)
{
	const struct expr *unit = expr->args.items[0];
	if (unit->kind != EXPR_OPAQUE)
		return expr;
	return binary(n, "+", expr->args.items[2], interval(n, expr->args.items[1], unit->text));
}

/* timestampdiff(sql_tsi_day, a, b), extract(DAY from a) */
static const struct expr *call_unit(struct normalizer *n, const struct expr *expr)
{
	const struct expr *unit = expr->args.items[0];
	if (unit->kind != EXPR_OPAQUE)
		return expr;
	struct expr *copy = normal_copy(n, expr);
	copy->args.items[0] =
		(struct expr *)normal_text(n, EXPR_OPAQUE, normal_unit(n, unit->text)->text);
	return copy;
}

static const struct expr *call_conv(struct normalizer *n, const struct expr *expr)
{
	const struct expr *args[] = {
		expr->args.items[0],
		normal_text(n, EXPR_NUMBER, "10"),
		normal_text(n, EXPR_NUMBER, word_equal(expr->name->text, "bin") ? "2" : "8"),
	};
	return normal_node(n, EXPR_CALL, "conv", args, 3);
}

static const struct expr *call_weekofyear(struct normalizer *n, const struct expr *expr)
{
	return call(n, "week", expr->args.items[0], normal_text(n, EXPR_NUMBER, "3"));
}

/* date(a), time(a), timestamp(a) */
static const struct expr *call_cast(struct normalizer *n, const struct expr *expr)
{
	const char *name = expr->name->text;
	return normal_cast(n, expr->args.items[0],
			   word_equal(name, "timestamp") ? "datetime" : expr->name->key->text);
}

/* trim(leading from a) is ltrim(a): MySQL writes it as text that it can't read (measured) */
static const struct expr *call_trim(struct normalizer *n, const struct expr *expr)
{
	const struct expr *side = expr->args.items[0], *arg = expr->args.items[1];
	if (side->kind != EXPR_OPAQUE)
		return expr;
	return call(n,
		    word_equal(side->text, "leading")    ? "ltrim"
		    : word_equal(side->text, "trailing") ? "rtrim"
							 : "trim",
		    arg, NULL);
}

/* now(0) is now() */
static const struct expr *call_clock(struct normalizer *n, const struct expr *expr)
{
	const struct expr *fsp = expr->args.items[0];
	if (fsp->kind != EXPR_NUMBER || strcmp(fsp->text, "0"))
		return expr;
	struct expr *copy = normal_copy(n, expr);
	copy->args.n = 0;
	return copy;
}

/* Blanks behind commas go, letters become small. */
static const struct expr *clean_clause(struct normalizer *n, const char *text)
{
	struct buf clean = { 0 };
	for (const char *p = text; *p; p++)
		if (*p != ' ' || p == text || p[-1] != ',')
			buf_add_char(&clean, *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p);
	const struct expr *clause = normal_text(n, EXPR_OPAQUE, buf_text(&clean));
	buf_free(&clean);
	return clause;
}

/* MySQL writes what is returned, char(512) when nothing is said. */
static const struct expr *call_json_value(struct normalizer *n, const struct expr *expr)
{
	const struct expr *last = expr->args.items[expr->args.n - 1];
	struct expr *copy = normal_copy(n, expr);
	if (last->kind == EXPR_OPAQUE)
		copy->args.items[copy->args.n - 1] = (struct expr *)clean_clause(n, last->text);
	else if (n->server->flavour == FLAVOUR_MYSQL)
		LIST_PUSH(n->arena, &copy->args,
			  (struct expr *)normal_text(n, EXPR_OPAQUE, "returning char(512)"));
	return copy;
}

/* char(65 using utf8): MySQL forgets the charset (measured); MariaDB keeps it. */
static const struct expr *call_char(struct normalizer *n, const struct expr *expr)
{
	static const char mark[] = "using ";
	const struct expr *last = expr->args.items[expr->args.n - 1];
	if (last->kind != EXPR_OPAQUE || strncmp(last->text, mark, sizeof(mark) - 1))
		return expr;
	struct expr *copy = normal_copy(n, expr);
	copy->args.n--;
	if (n->server->flavour == FLAVOUR_MYSQL)
		return copy;
	const struct name *charset = ctx_name(n->ctx, last->text + sizeof(mark) - 1);
	const char *clause =
		arena_printf(n->arena, "%s%s", mark, charset_canonical(n->ctx, charset)->text);
	copy->args.items[copy->args.n++] = (struct expr *)normal_text(n, EXPR_OPAQUE, clause);
	return copy;
}

/* Calls that become something else, by name and number of arguments (MANY: at least one). */
#define MANY 99

static const struct rewrite {
	const char *name;
	size_t n;
	const struct expr *(*make)(struct normalizer *n, const struct expr *expr);
} rewrites[] = {
	{ "isnull", 1, call_isnull },
	{ "mod", 2, call_mod },
	{ "instr", 2, call_instr },
	{ "regexp_like", 2, call_regexp_like },
	{ "datediff", 2, call_datediff },
	{ "date_add", 2, call_date_add },
	{ "adddate", 2, call_date_add },
	{ "date_sub", 2, call_date_add },
	{ "subdate", 2, call_date_add },
	{ "timestampadd", 3, call_timestampadd },
	{ "timestampdiff", 3, call_unit },
	{ "extract", 2, call_unit },
	{ "bin", 1, call_conv },
	{ "oct", 1, call_conv },
	{ "weekofyear", 1, call_weekofyear },
	{ "date", 1, call_cast },
	{ "time", 1, call_cast },
	{ "timestamp", 1, call_cast },
	{ "trim", 2, call_trim },
	{ "current_timestamp", 1, call_clock },
	{ "curtime", 1, call_clock },
	{ "sysdate", 1, call_clock },
	{ "utc_time", 1, call_clock },
	{ "utc_timestamp", 1, call_clock },
	{ "json_value", MANY, call_json_value },
	{ "char", MANY, call_char },
};

const struct expr *normal_call(struct normalizer *n, const struct expr *expr)
{
	const struct name *name = ctx_name(n->ctx, one_name(n, expr->name));
	if (name != expr->name) {
		struct expr *copy = normal_copy(n, expr);
		copy->name = name;
		expr = copy;
	}
	for (size_t i = 0; i < COUNT(additions); i++) {
		if (!holds(n, additions[i].where) || expr->args.n != additions[i].n ||
		    strcmp(additions[i].name, name->text))
			continue;
		struct expr *copy = normal_copy(n, expr);
		const struct expr *argument = normal_text(n, EXPR_NUMBER, additions[i].argument);
		LIST_PUSH(n->arena, &copy->args, (struct expr *)argument);
		expr = copy;
	}
	/* MySQL 5.6 has expressions in partitionings alone, and keeps them as they were typed */
	if (!server_has(n->server, CAP_GENERATED_COLUMN))
		return expr;
	for (size_t i = 0; i < COUNT(rewrites); i++)
		if (!strcmp(rewrites[i].name, name->text) &&
		    (rewrites[i].n == MANY ? expr->args.n > 0 : expr->args.n == rewrites[i].n))
			return rewrites[i].make(n, expr);
	return expr;
}
