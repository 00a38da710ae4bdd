/*
 * normal: the normal form of expressions (normal_expr of normal.h).
 *
 * Bottom up: arguments first, then the rules of a node's kind. What servers
 * write was measured; where they differ from each other, or from what people
 * write, both get the form that says it shortest and that every server reads.
 * Every rule keeps the meaning, so that too much of it never hides a change.
 *
 *  - NOT goes down: not (a > 1 and b) is a <= 1 or b = 0, as both flavours store it.
 *  - An operand of AND, OR, XOR, IS TRUE says `a`, not `a <> 0` (MySQL stores 0 <> a,
 *    MariaDB a <> 0 for columns, a for the rest); chains of AND and OR lean left.
 *  - Calls: normal_call.c and function.def.
 */
#include "model/normalizer.h"

#include "base/buf.h"
#include "base/context.h"
#include "model/charset.h"
#include "model/literal.h"
#include "model/moment.h"
#include "model/number.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* --- building --------------------------------------------------------------------------------- */

const struct expr *normal_node(struct normalizer *n, enum expr_kind kind, const char *name,
			       const struct expr *const *args, size_t n_args)
{
	struct expr *expr = ARENA_NEW(n->arena, struct expr);
	expr->kind = kind;
	expr->name = name ? ctx_name(n->ctx, name) : NULL;
	for (size_t i = 0; i < n_args; i++) {
		LIST_PUSH(n->arena, &expr->args, (struct expr *)args[i]);
		expr->span = i ? expr->span : args[i]->span;
	}
	return expr;
}

const struct expr *normal_text(struct normalizer *n, enum expr_kind kind, const char *text)
{
	struct expr *expr = ARENA_NEW(n->arena, struct expr);
	expr->kind = kind;
	expr->text = arena_strdup(n->arena, text);
	expr->len = strlen(text);
	return expr;
}

static const struct expr *node2(struct normalizer *n, enum expr_kind kind, const char *name,
				const struct expr *a, const struct expr *b)
{
	const struct expr *args[] = { a, b };
	return normal_node(n, kind, name, args, 2);
}

static const struct expr *node1(struct normalizer *n, enum expr_kind kind, const char *name,
				const struct expr *a)
{
	return normal_node(n, kind, name, &a, 1);
}

struct expr *normal_copy(struct normalizer *n, const struct expr *expr)
{
	struct expr *copy = arena_memdup(n->arena, expr, sizeof(*expr));
	copy->args.items = NULL;
	copy->args.n = copy->args.cap = 0;
	for (size_t i = 0; i < expr->args.n; i++)
		LIST_PUSH(n->arena, &copy->args, expr->args.items[i]);
	return copy;
}

/* --- asking ----------------------------------------------------------------------------------- */

bool normal_is(const struct expr *expr, enum expr_kind kind, const char *name)
{
	return expr->kind == kind && expr->name && word_equal(expr->name->text, name);
}

static bool is_zero(const struct expr *expr)
{
	return expr->kind == EXPR_NUMBER && !strcmp(expr->text, "0");
}

/* Comparisons, and what they become under NOT. */
static const struct comparison {
	const char *name, *negated;
} comparisons[] = {
	{ "=", "<>" }, { "<>", "=" }, { "<", ">=" },   { "<=", ">" },
	{ ">", "<=" }, { ">=", "<" }, { "<=>", NULL },
};

static const struct comparison *find_comparison(const struct expr *expr)
{
	for (size_t i = 0; expr->kind == EXPR_BINARY && i < COUNT(comparisons); i++)
		if (!strcmp(expr->name->text, comparisons[i].name))
			return &comparisons[i];
	return NULL;
}

/* Is 0, 1 or NULL, and has no shorter form of its own for NOT. */
static bool is_boolean(const struct expr *expr)
{
	return normal_is(expr, EXPR_BINARY, "<=>") || normal_is(expr, EXPR_BINARY, "member_of") ||
	       (expr->kind == EXPR_CALL && normal_call_is_boolean(expr->name));
}

/* `a` for `a <> 0`, where a truth value is wanted. */
static const struct expr *as_truth(const struct expr *expr)
{
	if (normal_is(expr, EXPR_BINARY, "<>") && is_zero(expr->args.items[1]))
		return expr->args.items[0];
	if (normal_is(expr, EXPR_BINARY, "<>") && is_zero(expr->args.items[0]))
		return expr->args.items[1];
	return expr;
}

/* --- NOT -------------------------------------------------------------------------------------- */

static const struct expr *negate(struct normalizer *n, const struct expr *expr);

static const struct expr *negate_binary(struct normalizer *n, const struct expr *expr)
{
	const struct expr *a = expr->args.items[0], *b = expr->args.items[1];
	const struct comparison *comparison = find_comparison(expr);
	if (comparison && comparison->negated)
		return node2(n, EXPR_BINARY, comparison->negated, a, b);
	if (normal_is(expr, EXPR_BINARY, "and"))
		return node2(n, EXPR_BINARY, "or", as_truth(negate(n, a)), as_truth(negate(n, b)));
	if (normal_is(expr, EXPR_BINARY, "or"))
		return node2(n, EXPR_BINARY, "and", as_truth(negate(n, a)), as_truth(negate(n, b)));
	if (normal_is(expr, EXPR_BINARY, "xor"))
		return node2(n, EXPR_BINARY, "xor", as_truth(negate(n, a)), b);
	if (normal_is(expr, EXPR_BINARY, "like") || normal_is(expr, EXPR_BINARY, "regexp"))
		return node1(n, EXPR_NOT, NULL, expr);
	return NULL;
}

/* NOT of an expression in normal form. */
static const struct expr *negate(struct normalizer *n, const struct expr *expr)
{
	const struct expr *negated = expr->kind == EXPR_BINARY ? negate_binary(n, expr) : NULL;
	if (negated)
		return negated;
	if (expr->kind == EXPR_IN || expr->kind == EXPR_BETWEEN || expr->kind == EXPR_IS)
		return node1(n, EXPR_NOT, NULL, expr);
	if (expr->kind == EXPR_NOT)
		return expr->args.items[0];
	if (normal_is(expr, EXPR_UNARY, "not") && is_boolean(expr->args.items[0]))
		return expr->args.items[0];
	/* constants: MariaDB computes them, MySQL keeps not(true) */
	if (expr->kind == EXPR_NUMBER && n->server->flavour == FLAVOUR_MARIADB)
		return normal_text(n, EXPR_NUMBER, is_zero(expr) ? "1" : "0");
	if (is_boolean(expr) || expr->kind == EXPR_BOOL)
		return node1(n, EXPR_UNARY, "not", expr);
	return node2(n, EXPR_BINARY, "=", expr, normal_text(n, EXPR_NUMBER, "0"));
}

/* --- literals --------------------------------------------------------------------------------- */

/* 007 is 7, 1. is 1, .5 is 0.5, 1E+05 is 1e5. */
static const struct expr *reduce_number(struct normalizer *n, const struct expr *expr)
{
	struct number number;
	const char *point = strchr(expr->text, '.'), *text;
	if (!number_parse(&number, expr->text, expr->len))
		return expr;
	if (strpbrk(expr->text, "eE"))
		text = number.n ? arena_printf(n->arena, "%s%c%s%se%d", number.negative ? "-" : "",
					       number.digits[0], number.n > 1 ? "." : "",
					       number.digits + 1, number.point - 1)
				: "0e0";
	else
		text = number_fixed(n->arena, &number, point ? (int)strlen(point + 1) : 0);
	return strcmp(text, expr->text) ? normal_text(n, EXPR_NUMBER, text) : expr;
}

static const struct expr *reduce_string(struct normalizer *n, const struct expr *expr)
{
	if (!expr->name)
		return expr;
	struct expr *copy = normal_copy(n, expr);
	bool plain = literal_introducer_is_plain(expr->name, expr->text, expr->len);
	/* MariaDB forgets _binary (measured) */
	plain |= n->server->flavour == FLAVOUR_MARIADB && word_equal(expr->name->text, "binary");
	copy->name = plain ? NULL : charset_canonical(n->ctx, expr->name);
	return copy;
}

/* x'0AF', 0x0AF, b'101' are bytes: 0x00af, 0x05. With an introducer they are a string. */
static const struct expr *reduce_bytes(struct normalizer *n, const struct expr *expr)
{
	size_t len;
	const char *bytes = literal_bytes(n->arena, expr, &len);
	struct expr *copy = normal_copy(n, expr);
	copy->kind = EXPR_HEX;
	copy->text = literal_hex(n->arena, bytes, len);
	copy->len = len * 2;
	if (!expr->name)
		return copy;
	copy->kind = EXPR_STRING;
	copy->text = bytes;
	copy->len = len;
	return reduce_string(n, copy);
}

/* date'2020-1-1' is date'2020-01-01'. */
static const struct expr *reduce_temporal(struct normalizer *n, const struct expr *expr)
{
	struct moment moment;
	const char *text, *point = strchr(expr->text, '.');
	int fsp = point ? (int)strspn(point + 1, "0123456789") : 0;
	fsp = fsp > 6 ? 6 : fsp;
	if (word_equal(expr->name->text, "time"))
		text = moment_parse_time(&moment, expr->text, expr->len)
			       ? moment_time_text(n->arena, &moment, fsp)
			       : expr->text;
	else if (!moment_parse(&moment, expr->text, expr->len))
		text = expr->text;
	else if (word_equal(expr->name->text, "date"))
		text = moment_date_text(n->arena, &moment);
	else
		text = moment_text(n->arena, &moment, fsp);
	if (!strcmp(text, expr->text))
		return expr;
	struct expr *copy = normal_copy(n, expr);
	copy->text = text;
	copy->len = strlen(text);
	return copy;
}

/* --- operators -------------------------------------------------------------------------------- */

static const struct expr *reduce_minus(struct normalizer *n, const struct expr *expr)
{
	const struct expr *arg = expr->args.items[0];
	if (arg->kind != EXPR_NUMBER)
		return expr;
	if (arg->text[0] == '-')
		return normal_text(n, EXPR_NUMBER, arg->text + 1);
	if (is_zero(arg))
		return arg;
	return normal_text(n, EXPR_NUMBER, arena_printf(n->arena, "-%s", arg->text));
}

static const struct expr *reduce_unary(struct normalizer *n, const struct expr *expr)
{
	const struct expr *arg = expr->args.items[0];
	const char *name = expr->name->text;
	if (!strcmp(name, "-"))
		return reduce_minus(n, expr);
	if (!strcmp(name, "+"))
		return arg;
	if (!strcmp(name, "!") || word_equal(name, "not"))
		return negate(n, as_truth(arg));
	if (word_equal(name, "binary"))
		return normal_cast(n, arg, "binary");
	return expr;
}

/* a and (b and c) is (a and b) and c. */
static const struct expr *lean_left(struct normalizer *n, const char *op, const struct expr *left,
				    const struct expr *right)
{
	if (!normal_is(right, EXPR_BINARY, op))
		return node2(n, EXPR_BINARY, op, left, as_truth(right));
	left = lean_left(n, op, left, right->args.items[0]);
	return lean_left(n, op, left, right->args.items[1]);
}

/* (a, b) = (c, d) is a = c and b = d; with <> it is a <> c or b <> d. */
static const struct expr *compare_rows(struct normalizer *n, const struct expr *expr)
{
	const struct expr *a = expr->args.items[0], *b = expr->args.items[1], *all = NULL;
	bool differ = !strcmp(expr->name->text, "<>");
	if (a->kind != EXPR_ROW || b->kind != EXPR_ROW || a->args.n != b->args.n ||
	    (!differ && strcmp(expr->name->text, "=") && strcmp(expr->name->text, "<=>")))
		return NULL;
	for (size_t i = 0; i < a->args.n; i++) {
		const struct expr *one =
			node2(n, EXPR_BINARY, expr->name->text, a->args.items[i], b->args.items[i]);
		one = normal_reduce(n, one);
		all = all ? lean_left(n, differ ? "or" : "and", all, one) : as_truth(one);
	}
	return all;
}

static const struct expr *reduce_comparison(struct normalizer *n, const struct expr *expr)
{
	const struct expr *a = expr->args.items[0], *b = expr->args.items[1];
	const struct expr *rows = compare_rows(n, expr);
	if (rows)
		return rows;
	if (is_boolean(a) && is_zero(b) && !strcmp(expr->name->text, "="))
		return node1(n, EXPR_UNARY, "not", a);
	if (is_boolean(b) && is_zero(a) && !strcmp(expr->name->text, "="))
		return node1(n, EXPR_UNARY, "not", b);
	return expr;
}

/* interval 1 day + a is a + interval 1 day. */
static const struct expr *reduce_plus(struct normalizer *n, const struct expr *expr)
{
	const struct expr *a = expr->args.items[0], *b = expr->args.items[1];
	if (a->kind == EXPR_INTERVAL && b->kind != EXPR_INTERVAL)
		return node2(n, EXPR_BINARY, "+", b, a);
	return expr;
}

static const struct expr *reduce_arrow(struct normalizer *n, const struct expr *expr, bool unquote)
{
	const struct expr *call =
		node2(n, EXPR_CALL, "json_extract", expr->args.items[0], expr->args.items[1]);
	return unquote ? node1(n, EXPR_CALL, "json_unquote", call) : call;
}

/* Other spellings of operators. */
static const char *operator_name(const char *name)
{
	static const struct {
		const char *from, *to;
	} others[] = {
		{ "&&", "and" }, { "||", "or" },        { "!=", "<>" },
		{ "mod", "%" },  { "rlike", "regexp" },
	};
	for (size_t i = 0; i < COUNT(others); i++)
		if (word_equal(name, others[i].from))
			return others[i].to;
	return NULL;
}

static const struct expr *reduce_binary(struct normalizer *n, const struct expr *expr)
{
	const char *other = operator_name(expr->name->text);
	if (other) {
		struct expr *copy = normal_copy(n, expr);
		copy->name = ctx_name(n->ctx, other);
		expr = copy;
	}
	const struct expr *a = expr->args.items[0], *b = expr->args.items[1];
	const struct comparison *comparison = find_comparison(expr);
	if (comparison)
		return reduce_comparison(n, expr);
	if (normal_is(expr, EXPR_BINARY, "and") || normal_is(expr, EXPR_BINARY, "or"))
		return lean_left(n, expr->name->text, as_truth(a), b);
	if (normal_is(expr, EXPR_BINARY, "xor"))
		return node2(n, EXPR_BINARY, "xor", as_truth(a), as_truth(b));
	if (normal_is(expr, EXPR_BINARY, "+"))
		return reduce_plus(n, expr);
	if (normal_is(expr, EXPR_BINARY, "->"))
		return reduce_arrow(n, expr, false);
	if (normal_is(expr, EXPR_BINARY, "->>"))
		return reduce_arrow(n, expr, true);
	if (normal_is(expr, EXPR_BINARY, "sounds_like"))
		return node2(n, EXPR_BINARY, "=", node1(n, EXPR_CALL, "soundex", a),
			     node1(n, EXPR_CALL, "soundex", b));
	return expr;
}

static const struct expr *reduce_in(struct normalizer *n, const struct expr *expr)
{
	if (expr->args.n != 2)
		return expr;
	return normal_reduce(n,
			     node2(n, EXPR_BINARY, "=", expr->args.items[0], expr->args.items[1]));
}

/* unknown is null; an operand of IS TRUE is a truth value. */
static const struct expr *reduce_is(struct normalizer *n, const struct expr *expr)
{
	const struct expr *arg = expr->args.items[0];
	if (word_equal(expr->name->text, "unknown"))
		return node1(n, EXPR_IS, "null", arg);
	if (!word_equal(expr->name->text, "null") && as_truth(arg) != arg)
		return node1(n, EXPR_IS, expr->name->text, as_truth(arg));
	return expr;
}

/* --- the rest --------------------------------------------------------------------------------- */

static const struct expr *rename_node(struct normalizer *n, const struct expr *expr,
				      const struct name *name)
{
	if (name == expr->name)
		return expr;
	struct expr *copy = normal_copy(n, expr);
	copy->name = name;
	return copy;
}

/* Servers drop the names of table and database. */
static const struct expr *reduce_column(struct normalizer *n, const struct expr *expr)
{
	if (!expr->args.n)
		return expr;
	struct expr *copy = normal_copy(n, expr);
	copy->args.n = 0;
	return copy;
}

static const struct expr *reduce_bool(struct normalizer *n, const struct expr *expr)
{
	bool yes = word_equal(expr->text, "true");
	if (n->server->flavour == FLAVOUR_MARIADB)
		return normal_text(n, EXPR_NUMBER, yes ? "1" : "0");
	return normal_text(n, EXPR_BOOL, yes ? "true" : "false");
}

/* One node whose arguments are in normal form. */
const struct expr *normal_reduce(struct normalizer *n, const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_BOOL:
		return reduce_bool(n, expr);
	case EXPR_NUMBER:
		return reduce_number(n, expr);
	case EXPR_STRING:
		return reduce_string(n, expr);
	case EXPR_HEX:
	case EXPR_BIT:
		return reduce_bytes(n, expr);
	case EXPR_TEMPORAL:
		return reduce_temporal(n, expr);
	case EXPR_COLUMN:
		return reduce_column(n, expr);
	case EXPR_CALL:
		return normal_call(n, expr);
	case EXPR_UNARY:
		return reduce_unary(n, expr);
	case EXPR_BINARY:
		return reduce_binary(n, expr);
	case EXPR_NOT:
		return negate(n, expr->args.items[0]);
	case EXPR_IN:
		return reduce_in(n, expr);
	case EXPR_IS:
		return reduce_is(n, expr);
	case EXPR_CAST:
		return normal_cast_type(n, expr);
	case EXPR_CONVERT:
	case EXPR_COLLATE:
		return rename_node(n, expr, charset_canonical(n->ctx, expr->name));
	case EXPR_INTERVAL:
		return rename_node(n, expr, normal_unit(n, expr->name->key->text));
	case EXPR_NULL:
	case EXPR_STAR:
	case EXPR_VARIABLE:
	case EXPR_BETWEEN:
	case EXPR_CASE:
	case EXPR_ABSENT:
	case EXPR_ROW:
	case EXPR_OPAQUE:
		break;
	}
	return expr;
}

/*
 * MariaDB writes CONVERT(… USING utf8mb4) around what it brings to the charset of another operand.
 * Below what looks at bytes it means something, and below COLLATE it has to be there.
 */
static bool adds_nothing(const struct normalizer *n, const struct expr *parent,
			 const struct expr *arg)
{
	static const char *const wide[] = { "utf8mb4", "utf8mb3" };
	if (n->server->flavour != FLAVOUR_MARIADB || arg->kind != EXPR_CONVERT ||
	    parent->kind == EXPR_COLLATE || parent->kind == EXPR_CAST ||
	    parent->kind == EXPR_CONVERT ||
	    (parent->kind == EXPR_CALL && normal_call_sees_bytes(n, parent->name)))
		return false;
	for (size_t i = 0; i < COUNT(wide); i++)
		if (word_equal(arg->name->text, wide[i]))
			return true;
	return false;
}

static const struct expr *normalize(struct normalizer *n, const struct expr *expr)
{
	const struct expr *result = expr;
	for (size_t i = 0; i < expr->args.n; i++) {
		const struct expr *arg = normalize(n, expr->args.items[i]);
		while (adds_nothing(n, expr, arg))
			arg = arg->args.items[0];
		if (arg == expr->args.items[i])
			continue;
		if (result == expr)
			result = normal_copy(n, expr);
		result->args.items[i] = (struct expr *)arg;
	}
	return normal_reduce(n, result);
}

const struct expr *normal_expr(struct context *ctx, struct arena *arena,
			       const struct server *server, const struct expr *expr)
{
	struct normalizer n = { ctx, arena, server };
	return expr ? normalize(&n, expr) : NULL;
}
