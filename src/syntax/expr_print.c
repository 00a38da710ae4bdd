/*
 * Expressions as text. Parentheses stand where MySQL's precedence needs them,
 * and where MySQL, MariaDB or their sql_modes would not agree: around operands
 * of `not` and `!` (HIGH_NOT_PRECEDENCE), of `||` (PIPES_AS_CONCAT), of `^`, of
 * unary operators and of collate, and around comparisons among comparisons.
 */
#include "syntax/expr.h"

#include <string.h>

#include "base/buf.h"
#include "base/quote.h"
#include "syntax/print_parts.h"

/* From the loosest to the tightest. */
enum level {
	LEVEL_ALWAYS, /* in parentheses wherever it is an operand */
	LEVEL_OR,
	LEVEL_XOR,
	LEVEL_AND,
	LEVEL_NOT,
	LEVEL_COMPARE,
	LEVEL_BIT_OR,
	LEVEL_BIT_AND,
	LEVEL_SHIFT,
	LEVEL_SUM,
	LEVEL_PRODUCT,
	LEVEL_POWER,
	LEVEL_UNARY,
	LEVEL_COLLATE,
	LEVEL_ATOM,
};

/* An operator: how tight it is, how tight what stands at its sides must be. */
struct operator
{
	const char *name, *spelling;
	enum level level, left, right;
};

static const struct operator operators[] = {
	{ "||", "||", LEVEL_ALWAYS, LEVEL_ATOM, LEVEL_ATOM },
	{ ":=", ":=", LEVEL_ALWAYS, LEVEL_ATOM, LEVEL_OR },
	{ "or", "or", LEVEL_OR, LEVEL_OR, LEVEL_XOR },
	{ "xor", "xor", LEVEL_XOR, LEVEL_XOR, LEVEL_AND },
	{ "and", "and", LEVEL_AND, LEVEL_AND, LEVEL_NOT },
	{ "&&", "&&", LEVEL_AND, LEVEL_AND, LEVEL_NOT },
	{ "=", "=", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_OR },
	{ "<=>", "<=>", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_OR },
	{ "<>", "<>", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_OR },
	{ "!=", "<>", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_OR },
	{ "<", "<", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_OR },
	{ "<=", "<=", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_OR },
	{ ">", ">", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_OR },
	{ ">=", ">=", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_OR },
	{ "like", "like", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_COLLATE },
	{ "regexp", "regexp", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_OR },
	{ "rlike", "rlike", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_OR },
	{ "sounds_like", "sounds like", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_BIT_OR },
	{ "member_of", "member of", LEVEL_COMPARE, LEVEL_BIT_OR, LEVEL_ATOM },
	{ "at_time_zone", "at time zone", LEVEL_ALWAYS, LEVEL_BIT_OR, LEVEL_ATOM },
	{ "|", "|", LEVEL_BIT_OR, LEVEL_BIT_OR, LEVEL_BIT_AND },
	{ "&", "&", LEVEL_BIT_AND, LEVEL_BIT_AND, LEVEL_SHIFT },
	{ "<<", "<<", LEVEL_SHIFT, LEVEL_SHIFT, LEVEL_SUM },
	{ ">>", ">>", LEVEL_SHIFT, LEVEL_SHIFT, LEVEL_SUM },
	{ "+", "+", LEVEL_SUM, LEVEL_SUM, LEVEL_PRODUCT },
	{ "-", "-", LEVEL_SUM, LEVEL_SUM, LEVEL_PRODUCT },
	{ "*", "*", LEVEL_PRODUCT, LEVEL_PRODUCT, LEVEL_POWER },
	{ "/", "/", LEVEL_PRODUCT, LEVEL_PRODUCT, LEVEL_POWER },
	{ "%", "%", LEVEL_PRODUCT, LEVEL_PRODUCT, LEVEL_POWER },
	{ "div", "div", LEVEL_PRODUCT, LEVEL_PRODUCT, LEVEL_POWER },
	{ "mod", "mod", LEVEL_PRODUCT, LEVEL_PRODUCT, LEVEL_POWER },
	{ "^", "^", LEVEL_POWER, LEVEL_ATOM, LEVEL_ATOM },
	{ "->", "->", LEVEL_ATOM, LEVEL_ATOM, LEVEL_ATOM },
	{ "->>", "->>", LEVEL_ATOM, LEVEL_ATOM, LEVEL_ATOM },
};

static const struct operator unknown = { "", "", LEVEL_ALWAYS, LEVEL_ATOM, LEVEL_ATOM };

static const struct operator* find_operator(const char *name)
{
	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (word_equal(operators[i].name, name))
			return &operators[i];
	return &unknown;
}

/* Has the kind a negated spelling (not in, not like)? */
static bool can_negate(const struct expr *e)
{
	if (e->kind == EXPR_BETWEEN || e->kind == EXPR_IN || e->kind == EXPR_IS)
		return true;
	return e->kind == EXPR_BINARY &&
	       (word_equal(e->name->text, "like") || word_equal(e->name->text, "regexp") ||
		word_equal(e->name->text, "rlike"));
}

static enum level level_of(const struct expr *e)
{
	switch (e->kind) {
	case EXPR_NULL:
	case EXPR_BOOL:
	case EXPR_STRING:
	case EXPR_HEX:
	case EXPR_BIT:
	case EXPR_TEMPORAL:
	case EXPR_COLUMN:
	case EXPR_STAR:
	case EXPR_VARIABLE:
	case EXPR_CALL:
	case EXPR_CASE:
	case EXPR_ABSENT:
	case EXPR_CAST:
	case EXPR_CONVERT:
	case EXPR_INTERVAL: /* parentheses around it are a syntax error */
	case EXPR_ROW:
		return LEVEL_ATOM;
	case EXPR_NUMBER:
		return *e->text == '-' || *e->text == '+' ? LEVEL_UNARY : LEVEL_ATOM;
	case EXPR_UNARY:
		return word_equal(e->name->text, "not") || !strcmp(e->name->text, "!")
			       ? LEVEL_NOT
			       : LEVEL_UNARY;
	case EXPR_BINARY:
		return find_operator(e->name->text)->level;
	case EXPR_NOT:
		return can_negate(e->args.items[0]) ? LEVEL_COMPARE : LEVEL_NOT;
	case EXPR_BETWEEN:
	case EXPR_IN:
	case EXPR_IS:
		return LEVEL_COMPARE;
	case EXPR_COLLATE:
		return LEVEL_COLLATE;
	case EXPR_OPAQUE:
		return LEVEL_ALWAYS;
	}
	return LEVEL_ALWAYS;
}

static void add_in_parentheses(struct buf *out, const struct expr *e, enum expr_style style)
{
	buf_add_char(out, '(');
	expr_print(out, e, style);
	buf_add_char(out, ')');
}

static void add_operand(struct buf *out, const struct expr *e, enum level least,
			enum expr_style style)
{
	if (level_of(e) < least)
		add_in_parentheses(out, e, style);
	else
		expr_print(out, e, style);
}

static void add_list(struct buf *out, const struct expr *e, size_t from, enum expr_style style)
{
	for (size_t i = from; i < e->args.n; i++) {
		if (i > from)
			buf_add(out, ", ");
		expr_print(out, e->args.items[i], style);
	}
}

static void add_name(struct buf *out, const struct name *name, enum expr_style style)
{
	if (style == EXPR_SQL)
		quote_name(out, name);
	else
		print_expr_name(out, name);
}

static void add_column(struct buf *out, const struct expr *e, enum expr_style style)
{
	for (size_t i = 0; i < e->args.n; i++) {
		add_name(out, e->args.items[i]->name, style);
		buf_add_char(out, '.');
	}
	add_name(out, e->name, style);
}

static void add_literal(struct buf *out, const struct expr *e)
{
	switch ((int)e->kind) {
	case EXPR_STRING:
		if (e->name)
			buf_printf(out, "_%s", e->name->key->text);
		quote_string(out, e->text, e->len);
		break;
	case EXPR_HEX: /* nothing stands for 0x without digits */
		if (e->name)
			buf_printf(out, "_%s ", e->name->key->text);
		buf_printf(out, *e->text ? "0x%s" : "x'%s'", e->text);
		break;
	case EXPR_BIT:
		buf_printf(out, "b'%s'", e->text);
		break;
	default:
		buf_add(out, e->name->key->text);
		quote_string(out, e->text, e->len);
	}
}

/* --- calls ----------------------------------------------------------------------------------- */

static bool is_bare_call(const struct expr *e)
{
	static const char *const names[] = {
#define BARE_CALL(spelling) spelling,
#include "grammar/keywords.def"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names) && !e->args.n; i++)
		if (word_equal(names[i], e->name->text))
			return true;
	return false;
}

/* trim and extract, as expr.h tells */
static bool add_special_call(struct buf *out, const struct expr *e, enum expr_style style)
{
	bool trim = word_equal(e->name->text, "trim");

	if (e->args.n < 2 || e->args.items[0]->kind != EXPR_OPAQUE ||
	    (!trim && !word_equal(e->name->text, "extract")))
		return false;
	buf_printf(out, "%s(%s ", e->name->key->text, e->args.items[0]->text);
	if (e->args.n > 2) {
		expr_print(out, e->args.items[1], style);
		buf_add_char(out, ' ');
	}
	buf_add(out, "from ");
	expr_print(out, e->args.items[e->args.n - 1], style);
	buf_add_char(out, ')');
	return true;
}

/* Trim's only argument must not begin with a column that would be the word in that place. */
static bool begins_with_side(const struct expr *e)
{
	while (e->kind != EXPR_COLUMN && e->kind != EXPR_UNARY && e->kind != EXPR_CALL &&
	       e->kind != EXPR_CASE && e->kind != EXPR_INTERVAL && e->args.n)
		e = e->args.items[0];
	if (e->kind != EXPR_COLUMN)
		return false;
	e = e->args.n ? e->args.items[0] : e;
	return word_equal(e->name->text, "both") || word_equal(e->name->text, "leading") ||
	       word_equal(e->name->text, "trailing");
}

static void add_call(struct buf *out, const struct expr *e, enum expr_style style)
{
	bool trim = word_equal(e->name->text, "trim");

	print_word(out, e->name->key);
	if (is_bare_call(e))
		return;
	buf_add_char(out, '(');
	for (size_t i = 0; i < e->args.n; i++) {
		const struct expr *arg = e->args.items[i];
		if (i)
			buf_add(out, arg->kind == EXPR_OPAQUE ? " " : ", ");
		if (arg->kind == EXPR_COLUMN && !arg->args.n && trim && begins_with_side(arg))
			add_name(out, arg->name, EXPR_SQL);
		else if (trim && begins_with_side(arg))
			add_in_parentheses(out, arg, style);
		else
			expr_print(out, arg, style);
	}
	buf_add_char(out, ')');
}

static void add_cast(struct buf *out, const struct expr *e, enum expr_style style)
{
	const struct tree_type *type = e->type;

	buf_add(out, "cast(");
	expr_print(out, e->args.items[0], style);
	buf_printf(out, " as %s", type->word->key->text);
	for (size_t i = 0; i < type->args.n; i++) {
		buf_add_char(out, i ? ',' : '(');
		expr_print(out, type->args.items[i], style);
	}
	if (type->args.n)
		buf_add_char(out, ')');
	if (type->is_unsigned && !word_equal(type->word->text, "unsigned"))
		buf_add(out, " unsigned");
	if (type->charset) {
		buf_add(out, " charset ");
		print_word(out, type->charset);
	}
	if (e->name)
		buf_printf(out, " %s", e->name->key->text);
	buf_add_char(out, ')');
}

/* --- operators ------------------------------------------------------------------------------- */

static void add_case(struct buf *out, const struct expr *e, enum expr_style style)
{
	const struct expr *operand = e->args.items[0], *last = e->args.items[e->args.n - 1];

	buf_add(out, "case");
	if (operand->kind != EXPR_ABSENT) {
		buf_add_char(out, ' ');
		expr_print(out, operand, style);
	}
	for (size_t i = 1; i + 2 < e->args.n; i += 2) {
		buf_add(out, " when ");
		expr_print(out, e->args.items[i], style);
		buf_add(out, " then ");
		expr_print(out, e->args.items[i + 1], style);
	}
	if (last->kind != EXPR_ABSENT) {
		buf_add(out, " else ");
		expr_print(out, last, style);
	}
	buf_add(out, " end");
}

static void add_unary(struct buf *out, const struct expr *e, enum expr_style style)
{
	const char *name = e->name->key->text;

	buf_add(out, name);
	if (*name >= 'a' && *name <= 'z') /* not, binary */
		buf_add_char(out, ' ');
	add_operand(out, e->args.items[0], LEVEL_ATOM, style);
}

static bool same_operator(const struct expr *a, const struct expr *b)
{
	return a->kind == EXPR_BINARY && name_equal(a->name, b->name);
}

static void add_binary(struct buf *out, const struct expr *e, bool negated, enum expr_style style)
{
	const struct operator* op = find_operator(e->name->text);
	const struct expr *left = e->args.items[0], *right = e->args.items[1];
	bool chain = !strcmp(op->name, "||") && same_operator(left, e);

	if (chain)
		expr_print(out, left, style);
	else
		add_operand(out, left, op->left, style);
	buf_printf(out, op->level == LEVEL_ATOM ? "%s%s" : " %s%s ", negated ? "not " : "",
		   op == &unknown ? e->name->text : op->spelling);
	if (!strcmp(op->name, "member_of"))
		add_in_parentheses(out, right, style);
	else
		add_operand(out, right, op->right, style);
	if (e->args.n > 2) {
		buf_add(out, " escape ");
		add_operand(out, e->args.items[2], LEVEL_ATOM, style);
	}
}

/* between, in, is, like and regexp, as they are or negated */
static void add_predicate(struct buf *out, const struct expr *e, bool negated,
			  enum expr_style style)
{
	if (e->kind == EXPR_BINARY) {
		add_binary(out, e, negated, style);
		return;
	}
	add_operand(out, e->args.items[0], LEVEL_BIT_OR, style);
	if (e->kind == EXPR_IS) {
		buf_printf(out, " is %s%s", negated ? "not " : "", e->name->key->text);
		return;
	}
	if (negated)
		buf_add(out, " not");
	if (e->kind == EXPR_IN) {
		buf_add(out, " in (");
		add_list(out, e, 1, style);
		buf_add_char(out, ')');
		return;
	}
	buf_add(out, " between ");
	add_operand(out, e->args.items[1], LEVEL_BIT_OR, style);
	buf_add(out, " and ");
	add_operand(out, e->args.items[2], LEVEL_BIT_OR, style);
}

static void add_not(struct buf *out, const struct expr *e, enum expr_style style)
{
	if (can_negate(e->args.items[0])) {
		add_predicate(out, e->args.items[0], true, style);
		return;
	}
	buf_add(out, "not ");
	add_operand(out, e->args.items[0], LEVEL_ATOM, style);
}

static void add_interval(struct buf *out, const struct expr *e, enum expr_style style)
{
	const struct expr *value = e->args.items[0];

	buf_add(out, "interval ");
	if (value->kind == EXPR_ROW) /* interval (a, b) is the function */
		add_in_parentheses(out, value, style);
	else if (value->kind == EXPR_UNARY)
		add_operand(out, value, LEVEL_UNARY, style);
	else
		add_operand(out, value, LEVEL_ATOM, style);
	buf_printf(out, " %s", e->name->key->text);
}

void expr_print(struct buf *out, const struct expr *e, enum expr_style style)
{
	switch (e->kind) {
	case EXPR_NULL:
		buf_add(out, "null");
		break;
	case EXPR_BOOL:
	case EXPR_NUMBER:
	case EXPR_VARIABLE:
	case EXPR_OPAQUE:
		buf_add(out, e->text);
		break;
	case EXPR_STRING:
	case EXPR_HEX:
	case EXPR_BIT:
	case EXPR_TEMPORAL:
		add_literal(out, e);
		break;
	case EXPR_COLUMN:
		add_column(out, e, style);
		break;
	case EXPR_STAR:
		buf_add_char(out, '*');
		break;
	case EXPR_CALL:
		if (!add_special_call(out, e, style))
			add_call(out, e, style);
		break;
	case EXPR_UNARY:
		add_unary(out, e, style);
		break;
	case EXPR_BINARY:
		add_binary(out, e, false, style);
		break;
	case EXPR_NOT:
		add_not(out, e, style);
		break;
	case EXPR_BETWEEN:
	case EXPR_IN:
	case EXPR_IS:
		add_predicate(out, e, false, style);
		break;
	case EXPR_CASE:
		add_case(out, e, style);
		break;
	case EXPR_ABSENT:
		break;
	case EXPR_CAST:
		add_cast(out, e, style);
		break;
	case EXPR_CONVERT:
		buf_add(out, "convert(");
		expr_print(out, e->args.items[0], style);
		buf_add(out, " using ");
		print_word(out, e->name);
		buf_add_char(out, ')');
		break;
	case EXPR_COLLATE:
		add_operand(out, e->args.items[0], LEVEL_ATOM, style);
		buf_add(out, " collate ");
		print_word(out, e->name);
		break;
	case EXPR_INTERVAL:
		add_interval(out, e, style);
		break;
	case EXPR_ROW:
		buf_add_char(out, '(');
		add_list(out, e, 0, style);
		buf_add_char(out, ')');
		break;
	}
}
