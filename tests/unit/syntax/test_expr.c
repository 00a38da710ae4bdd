/* Expressions: printing and parsing again gives the same tree, with no parenthesis too many. */
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "syntax/parse.h"
#include "syntax/print.h"
#include "tests/unit/unit.h"

static struct context ctx;
static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	context_free(&ctx);
	return 0;
}

static struct expr *parse(const char *text)
{
	struct expr *expr = parse_expr(&ctx, &arena, text, strlen(text), SYNTAX_MODEL);
	if (!expr)
		fail_msg("does not parse: %s", text);
	return expr;
}

static const char *print(const struct expr *expr, enum expr_style style)
{
	struct buf out = { 0 };
	expr_print(&out, expr, style);
	return buf_arena(&out, &arena);
}

static struct expr *node(enum expr_kind kind, const char *name, struct expr *a, struct expr *b)
{
	struct expr *e = expr_new(&arena, kind, span_none());
	e->name = name ? ctx_name(&ctx, name) : NULL;
	if (a)
		LIST_PUSH(&arena, &e->args, a);
	if (b)
		LIST_PUSH(&arena, &e->args, b);
	return e;
}

struct row {
	const char *text, *printed; /* NULL: the same */
};

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *expected = rows[i].printed ? rows[i].printed : rows[i].text;
		const struct expr *e = parse(rows[i].text);
		const char *printed = print(e, EXPR_MODEL);

		assert_string_equal(printed, expected);
		if (!expr_equal(parse(printed), e))
			fail_msg("another tree: %s", printed);
		if (!expr_equal(parse(print(e, EXPR_SQL)), e))
			fail_msg("another tree: %s", print(e, EXPR_SQL));
		assert_true(expr_equal(expr_copy(&arena, e), e));
	}
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof(*(rows)))

TEST(literals)
{
	static const struct row rows[] = {
		{ "null", NULL },
		{ "TRUE", "true" },
		{ "1", NULL },
		{ "1.50", NULL },
		{ "1e3", NULL },
		{ "'x'", NULL },
		{ "\"it's\"", "'it''s'" },
		{ "'a\\nb\\\\'", NULL },
		{ "'nul\\0'", NULL },
		{ "_utf8mb4'x'", NULL },
		{ "x'4D'", "0x4D" },
		{ "0x4D", NULL },
		{ "x''", NULL },
		{ "b'01'", NULL },
		{ "b''", NULL },
		{ "date'2020-01-01'", NULL },
		{ "timestamp '2020-01-01 00:00:00'", "timestamp'2020-01-01 00:00:00'" },
		{ "_binary x'4D'", "_binary 0x4D" },
		{ "_latin1 x''", NULL },
	};
	CHECK_ROWS(rows);
}

TEST(parentheses)
{
	static const struct row rows[] = {
		{ "a + b * c", NULL },
		{ "(a + b) * c", NULL },
		{ "a - (b - c)", NULL },
		{ "(a - b) - c", "a - b - c" },
		{ "a - b + c", NULL },
		{ "a / (b * c)", NULL },
		{ "a div b % c", NULL },
		{ "a << b + c", NULL },
		{ "(a << b) + c", NULL },
		{ "a | b & c", NULL },
		{ "(a | b) & c", NULL },
		{ "a or b and c", NULL },
		{ "(a or b) and c", NULL },
		{ "a or (b or c)", NULL },
		{ "a xor b or c", NULL },
		{ "a and b = c", NULL },
		{ "(a and b) = c", NULL },
		{ "(a = b) = c", NULL },
		{ "a = b = c", "(a = b) = c" },
		{ "a = (b = c)", NULL },
		{ "a = b + c", NULL },
		{ "a = b and not c", NULL },
		{ "not a = b", "not (a = b)" },
		{ "not not a", "not (not a)" },
		{ "(not a) = b", NULL },
		{ "not a and b", NULL },
		{ "not (a and b)", NULL },
		{ "!a", NULL },
		{ "!a = b", "(!a) = b" },
		{ "!(a = b)", NULL },
		{ "-a", NULL },
		{ "- 1", "-1" },
		{ "-(-1)", NULL },
		{ "a - -1", NULL },
		{ "-(a + b)", NULL },
		{ "-a * b", NULL },
		{ "~a & b", NULL },
		{ "a ^ b", NULL },
		{ "(a ^ b) ^ c", NULL },
		{ "a ^ (b ^ c)", NULL },
		{ "(-a) ^ b", NULL },
		{ "a * b ^ c", "a * b ^ c" },
		{ "(a, b) = (c, d)", NULL },
	};
	CHECK_ROWS(rows);
}

TEST(predicates)
{
	static const struct row rows[] = {
		{ "a between 1 and 2", NULL },
		{ "a not between 1 and 2 + b", NULL },
		{ "a between 1 and 2 and b", NULL },
		{ "(a between 1 and 2) = b", NULL },
		{ "a between (b and c) and d", NULL },
		{ "a between b and (c = d)", NULL },
		{ "(a = b) between c and d", NULL },
		{ "a in (1, 2)", NULL },
		{ "a not in (1, b + 2, (c = d))", "a not in (1, b + 2, c = d)" },
		{ "(a, b) in ((1, 2), (3, 4))", NULL },
		{ "(a in (1)) in (2)", NULL },
		{ "a + b in (1)", NULL },
		{ "a like 'x%'", NULL },
		{ "a not like 'x' escape '|'", NULL },
		{ "a like (b + c)", NULL },
		{ "a like 'x' collate utf8mb4_bin", NULL },
		{ "a regexp '^x'", NULL },
		{ "a not regexp b", NULL },
		{ "a is null", NULL },
		{ "a is not null", NULL },
		{ "a is not true", NULL },
		{ "a is unknown", NULL },
		{ "(a = b) is null", NULL },
		{ "a = b is null", "(a = b) is null" },
		{ "(a is null) is null", NULL },
		{ "a = (b is null)", NULL },
		{ "a is null and b is not null or c", NULL },
		{ "not (a is null)", NULL },
		{ "a sounds like b", NULL },
		{ "'1' member of (a)", NULL },
		{ "a collate utf8mb4_bin = b", NULL },
		{ "(a + b) collate utf8mb4_bin", NULL },
		{ "-(a collate utf8mb4_bin)", NULL },
		{ "binary a = b", NULL },
		{ "binary (a + b)", NULL },
		{ "(binary a) collate utf8mb4_bin", NULL },
	};
	CHECK_ROWS(rows);
}

TEST(calls)
{
	static const struct row rows[] = {
		{ "LOWER(a)", "lower(a)" },
		{ "concat(a, ' ', b)", NULL },
		{ "count(*)", NULL },
		{ "uuid()", NULL },
		{ "now()", NULL },
		{ "now(3)", NULL },
		{ "current_timestamp", NULL },
		{ "current_timestamp()", "current_timestamp" },
		{ "CURRENT_TIMESTAMP(3)", "current_timestamp(3)" },
		{ "if(a > b, a, b)", NULL },
		{ "substring(a from 2 for 3)", "substring(a, 2, 3)" },
		{ "substring(a from 2)", "substring(a, 2)" },
		{ "position('x' in a)", "locate('x', a)" },
		{ "trim(a)", NULL },
		{ "trim(both 'x' from a)", NULL },
		{ "trim(leading from a)", NULL },
		{ "trim('x' from a)", "trim(both 'x' from a)" },
		{ "extract(year from a)", NULL },
		{ "extract(day_hour from a)", NULL },
		{ "timestampdiff(day, a, b)", NULL },
		{ "char(77, 121 using utf8mb4)", NULL },
		{ "convert(a using utf8mb4)", NULL },
		{ "cast(a as signed)", NULL },
		{ "cast(a as decimal(10,2))", NULL },
		{ "cast(a as char(10) charset utf8mb4)", NULL },
		{ "cast(a as unsigned array)", NULL },
		{ "cast(a->'$.x' as char(10) array)", NULL },
		{ "a->>'$.x'", NULL },
		{ "convert(a, signed)", "cast(a as signed)" },
		{ "json_value(a, '$.x' returning decimal(4,2))", NULL },
		{ "a + interval 1 day", NULL },
		{ "a - interval (b + 1) hour", NULL },
		{ "a + interval -1 day", NULL },
		{ "date_add(a, interval '1:2' minute_second)", NULL },
		{ "interval 1 day + a", NULL },
		{ "interval(a, b, c)", NULL },
		{ "case when a then b end", NULL },
		{ "case a when 1 then 'x' when 2 then 'y' else c end", NULL },
		{ "case when a then b end + 1", NULL },
		{ "row(a, b) = row(1, 2)", "(a, b) = (1, 2)" },
	};
	CHECK_ROWS(rows);
}

TEST(names)
{
	static const struct row rows[] = {
		{ "a.b", NULL },
		{ "a.b.c", NULL },
		{ "`interval` + 1", NULL },
		{ "`a b`", NULL },
		{ "`current_date`", NULL },
		{ "`1`", NULL },
		{ "`a``b`", NULL },
		{ "`select`", "select" },
		{ "状态 = 'x'", NULL },
		{ "`binary`", NULL },
		{ "status", NULL },
		{ "`date`", "date" },
		{ "trim(`both`)", NULL },
		{ "trim((both + 1))", NULL },
		{ "`end`", "end" },
		{ "`from`", "from" },
		{ "`key`", "key" },
		{ "`for` = `as`", "for = as" },
		{ "case `when` when 1 then 2 end", NULL },
		{ "`mod` mod `mod`", NULL },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strncmp(rows[i].text, "`mod`", 5)) /* below: its operator has two spellings */
			check_rows(&rows[i], 1);
	const struct expr *e = parse(rows[sizeof(rows) / sizeof(*rows) - 1].text);
	assert_true(expr_equal(parse(print(e, EXPR_MODEL)), e));
	assert_string_equal(print(parse("a.b = lower(c)"), EXPR_SQL), "`a`.`b` = lower(`c`)");
}

/* What no dialect of ours writes, or only a server does. */
TEST(built_trees)
{
	struct expr *a = node(EXPR_COLUMN, "a", NULL, NULL),
		    *b = node(EXPR_COLUMN, "b", NULL, NULL);
	struct expr *pipes = node(EXPR_BINARY, "||", a, b);
	struct expr *opaque = expr_new(&arena, EXPR_OPAQUE, span_none());

	opaque->text = "f(x) over ()";
	assert_string_equal(print(node(EXPR_BINARY, "||", pipes, a), EXPR_MODEL), "a || b || a");
	assert_string_equal(print(node(EXPR_BINARY, "||", a, pipes), EXPR_MODEL), "a || (a || b)");
	assert_string_equal(print(node(EXPR_BINARY, "or", pipes, a), EXPR_MODEL), "(a || b) or a");
	assert_string_equal(print(node(EXPR_BINARY, "=", pipes, a), EXPR_MODEL), "(a || b) = a");
	assert_string_equal(print(node(EXPR_NOT, NULL, pipes, NULL), EXPR_MODEL), "not (a || b)");
	assert_string_equal(print(node(EXPR_BINARY, "+", opaque, a), EXPR_MODEL),
			    "(f(x) over ()) + a");
	assert_string_equal(print(opaque, EXPR_MODEL), "f(x) over ()");
}

TEST(equality)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} pairs[] = {
		{ "A = 1", "a = 1", true },
		{ "'A'", "'a'", false },
		{ "0xab", "x'AB'", true },
		{ "cast(a as char(10))", "cast(a as char(11))", false },
		{ "cast(a as char(10))", "cast(a as CHAR(10))", true },
		{ "cast(a as char charset utf8mb4)", "cast(a as char charset latin1)", false },
		{ "cast(a as signed)", "cast(a as unsigned)", false },
		{ "_latin1'x'", "'x'", false },
		{ "a in (1, 2)", "a in (1)", false },
		{ "t.a", "a", false },
		{ "1", "1.0", false },
		{ "trim(leading from a)", "trim(trailing from a)", false },
	};

	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (expr_equal(parse(pairs[i].a), parse(pairs[i].b)) != pairs[i].equal)
			fail_msg("%s and %s", pairs[i].a, pairs[i].b);
	assert_true(expr_equal(NULL, NULL));
	assert_false(expr_equal(NULL, parse("1")));
}

static unsigned long seed = 1;

static unsigned pick(unsigned n)
{
	seed = seed * 6364136223846793005UL + 1442695040888963407UL;
	return (unsigned)(seed >> 33) % n;
}

static struct expr *random_leaf(void)
{
	static const char *const names[] = { "a", "interval", "end", "current_date", "x y", "key" };
	static const char *const texts[] = { "x", "it's", "a\\nb", "", "%", "\n\t\x1a" };

	switch (pick(5)) {
	case 0:
		return expr_number(&arena, pick(2) ? "1.50" : "2");
	case 1: {
		const char *text = texts[pick(6)];
		return expr_string(&arena, text, strlen(text));
	}
	case 2:
		return node(EXPR_NULL, NULL, NULL, NULL);
	default:
		return node(EXPR_COLUMN, names[pick(6)], NULL, NULL);
	}
}

static struct expr *random_expr(unsigned depth);

static struct expr *random_operator(unsigned depth)
{
	static const char *const names[] = {
		"or",     "xor", "and", "=",  "<=>", "<>", "<",           ">=",        "like",
		"regexp", "|",   "&",   "<<", ">>",  "+",  "-",           "*",         "/",
		"%",      "div", "mod", "^",  "||",  "&&", "sounds_like", "member_of",
	};
	const char *name = names[pick(sizeof(names) / sizeof(*names))];
	struct expr *left = random_expr(depth), *right = random_expr(depth);
	struct expr *e = node(EXPR_BINARY, name, left, right);

	if ((!strcmp(name, "like") || !strcmp(name, "regexp")) && pick(2))
		e = node(EXPR_NOT, NULL, e, NULL);
	return e;
}

/* Any tree that a text can have. */
static struct expr *random_expr(unsigned depth)
{
	static const char *const unary[] = { "-", "+", "~", "!", "not", "binary" };
	struct expr *e;

	if (!depth || pick(6) == 0)
		return random_leaf();
	switch (pick(12)) {
	case 0:
		return node(EXPR_UNARY, unary[pick(6)], random_expr(depth - 1), NULL);
	case 1:
		e = node(EXPR_BETWEEN, NULL, random_expr(depth - 1), random_expr(depth - 1));
		LIST_PUSH(&arena, &e->args, random_expr(depth - 1));
		return pick(2) ? e : node(EXPR_NOT, NULL, e, NULL);
	case 2:
		e = node(EXPR_IN, NULL, random_expr(depth - 1), random_expr(depth - 1));
		return pick(2) ? e : node(EXPR_NOT, NULL, e, NULL);
	case 3:
		e = node(EXPR_IS, pick(2) ? "null" : "true", random_expr(depth - 1), NULL);
		return pick(2) ? e : node(EXPR_NOT, NULL, e, NULL);
	case 4:
		e = node(EXPR_CASE, NULL, node(EXPR_ABSENT, NULL, NULL, NULL),
			 random_expr(depth - 1));
		LIST_PUSH(&arena, &e->args, random_expr(depth - 1));
		LIST_PUSH(&arena, &e->args, random_expr(depth - 1));
		return e;
	case 5:
		return node(EXPR_COLLATE, "utf8mb4_bin", random_expr(depth - 1), NULL);
	case 6:
		return node(EXPR_ROW, NULL, random_expr(depth - 1), random_expr(depth - 1));
	case 7:
		return node(EXPR_CALL, "concat", random_expr(depth - 1), random_expr(depth - 1));
	case 8:
		e = node(EXPR_INTERVAL, "day", random_expr(depth - 1), NULL);
		return node(EXPR_BINARY, pick(2) ? "+" : "-", random_expr(depth - 1), e);
	default:
		return random_operator(depth - 1);
	}
}

TEST(any_tree_comes_back)
{
	for (int i = 0; i < 3000; i++) {
		const struct expr *e = random_expr(1 + pick(5));
		const char *model = print(e, EXPR_MODEL), *sql = print(e, EXPR_SQL);

		if (!expr_equal(parse(model), e))
			fail_msg("%s comes back as %s", model, print(parse(model), EXPR_MODEL));
		if (!expr_equal(parse(sql), e))
			fail_msg("%s comes back as %s", sql, print(parse(sql), EXPR_SQL));
	}
}

static void count(const struct expr *column, void *data)
{
	assert_int_equal(column->kind, EXPR_COLUMN);
	++*(int *)data;
}

TEST(columns)
{
	const struct expr *e = parse("t.a + lower(A) * case b when a then 1 else c end");
	int n = 0;

	expr_each_column(e, count, &n);
	assert_int_equal(n, 5);
	assert_string_equal(
		print(expr_rename_column(&arena, e, ctx_name(&ctx, "a"), ctx_name(&ctx, "in")),
		      EXPR_MODEL),
		"t.`in` + lower(`in`) * case b when `in` then 1 else c end");
	assert_string_equal(print(e, EXPR_MODEL),
			    "t.a + lower(A) * case b when a then 1 else c end");
	expr_each_column(NULL, count, &n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals),
		cmocka_unit_test(parentheses),
		cmocka_unit_test(predicates),
		cmocka_unit_test(calls),
		cmocka_unit_test(names),
		cmocka_unit_test(built_trees),
		cmocka_unit_test(equality),
		cmocka_unit_test(columns),
		cmocka_unit_test(any_tree_comes_back),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
