#include "tests/unit/model/model.h"

static const struct expr *normal(struct world *w, const char *text, enum syntax_dialect dialect)
{
	const struct expr *parsed = parse_expr(&w->ctx, &w->arena, text, strlen(text), dialect);
	const struct expr *first, *again;
	if (!parsed)
		fail_msg("does not parse: %s", text);
	first = normal_expr(&w->ctx, &w->arena, &w->server, parsed);
	/* what is normal stays so */
	again = normal_expr(&w->ctx, &w->arena, &w->server, first);
	if (!expr_equal(first, again))
		fail_msg("%s, then %s", print_expr(w, first), print_expr(w, again));
	return first;
}

/* What people write, what a server stores of it, and the one form. */
struct form {
	const char *written, *stored, *normal;
};

static void check(const char *flavour, const char *version, enum syntax_dialect dialect,
		  const struct form *forms, size_t count)
{
	struct world w;
	world_open(&w, flavour, version);
	for (size_t i = 0; i < count; i++) {
		const struct expr *written = normal(&w, forms[i].written, SYNTAX_MODEL);
		const struct expr *stored = normal(&w, forms[i].stored, dialect);
		if (!expr_equal(written, stored))
			fail_msg("%s: %s, stored %s", forms[i].written, print_expr(&w, written),
				 print_expr(&w, stored));
		assert_string_equal(print_expr(&w, written), forms[i].normal);
	}
	assert_int_equal(w.ctx.diags.diags.n, 0);
	world_close(&w);
}

#define CHECK(flavour, version, dialect, forms) \
	check((flavour), (version), (dialect), (forms), sizeof(forms) / sizeof(*(forms)))

TEST(what_mysql_stores)
{
	static const struct form forms[] = {
		{ "amount >= 0", "(`amount` >= 0)", "amount >= 0" },
		{ "s in ('a', 'b')", "(`s` in (_utf8mb4\\'a\\',_utf8mb4\\'b\\'))",
		  "s in ('a', 'b')" },
		{ "s in ('a')", "(`s` = _utf8mb4\\'a\\')", "s = 'a'" },
		{ "a and b", "((0 <> `a`) and (0 <> `b`))", "a and b" },
		{ "not a", "(0 = `a`)", "a = 0" },
		{ "not (a and b > 1)", "((0 = `a`) or (`b` <= 1))", "a = 0 or b <= 1" },
		{ "not json_valid(s)", "(not(json_valid(`s`)))", "not json_valid(s)" },
		{ "not ifnull(a, 0)", "(0 = ifnull(`a`,0))", "ifnull(a, 0) = 0" },
		{ "a is true", "((0 <> `a`) is true)", "a is true" },
		{ "a xor b", "((0 <> `a`) xor (0 <> `b`))", "a xor b" },
		{ "a and (b and c)", "((0 <> `a`) and (0 <> `b`) and (0 <> `c`))",
		  "a and b and c" },
		{ "s not like 'x%'", "(not((`s` like _utf8mb4\\'x%\\')))", "s not like 'x%'" },
		{ "s rlike 'x'", "regexp_like(`s`,_utf8mb4\\'x\\')", "s regexp 'x'" },
		{ "s not regexp 'x'", "(not(regexp_like(`s`,_utf8mb4\\'x\\')))",
		  "s not regexp 'x'" },
		{ "a > -5", "(`a` > -(5))", "a > -5" },
		{ "a mod b", "(`a` % `b`)", "a % b" },
		{ "isnull(a)", "(`a` is null)", "a is null" },
		{ "cast(a as char)", "cast(`a` as char charset utf8mb4)",
		  "cast(a as char charset utf8mb4)" },
		{ "cast(j->'$' as char(9) array)",
		  "cast(json_extract(`j`,_utf8mb4\\'$\\') as char(9) array)",
		  "cast(json_extract(j, '$') as char(9) array)" },
		{ "binary s", "cast(`s` as char charset binary)", "cast(s as binary)" },
		{ "date_add(d, interval 1 day)", "(`d` + interval 1 day)", "d + interval 1 day" },
		{ "j->>'$.a'", "json_unquote(json_extract(`j`,_utf8mb4\\'$.a\\'))",
		  "json_unquote(json_extract(j, '$.a'))" },
		{ "now()", "now()", "current_timestamp" },
		{ "datediff(a, b)", "(to_days(`a`) - to_days(`b`))", "to_days(a) - to_days(b)" },
		{ "(a, b) = (1, 2)", "((`a` = 1) and (`b` = 2))", "a = 1 and b = 2" },
		{ "1 < a", "(1 < `a`)", "1 < a" },
		{ "a = true", "(`a` = true)", "a = true" },
		{ "s = 'it''s'", "(`s` = _utf8mb4\\'it\\\\\\'s\\')", "s = 'it''s'" },
	};
	CHECK("mysql", "9.7", SYNTAX_MYSQL, forms);
}

TEST(what_mariadb_stores)
{
	static const struct form forms[] = {
		{ "a and b", "`a` <> 0 and `b` <> 0", "a and b" },
		{ "not (a + b)", "!(`a` + `b`)", "a + b = 0" },
		{ "not json_valid(s)", "!json_valid(`s`)", "not json_valid(s)" },
		{ "s not like 'x%'", "`s`  not like 'x%'", "s not like 'x%'" },
		{ "length(s)", "octet_length(`s`)", "length(s)" },
		{ "lower(s)", "lcase(`s`)", "lower(s)" },
		{ "a % b", "`a` MOD `b`", "a % b" },
		{ "now()", "current_timestamp()", "current_timestamp" },
		{ "a = true", "`a` = 1", "a = 1" },
		{ "not true", "0", "0" },
		{ "a > -(-5)", "`a` > 5", "a > 5" },
		{ "_utf8mb4'a'", "_utf8mb4'a'", "'a'" },
		{ "trim(trailing from s)", "rtrim(`s`)", "rtrim(s)" },
		{ "l = s", "convert(`l` using utf8mb4) = `s`", "l = s" },
		{ "length(convert(l using utf8mb4))", "octet_length(convert(`l` using utf8mb4))",
		  "length(convert(l using utf8mb4))" },
		{ "st_geomfromtext('POINT(1 1)')", "st_geometryfromtext('POINT(1 1)')",
		  "st_geomfromtext('POINT(1 1)')" },
		{ "(a is null) <> (b is null)", "`a` is null <> (`b` is null)",
		  "(a is null) <> (b is null)" },
	};
	CHECK("mariadb", "10.11", SYNTAX_MARIADB, forms);
}

TEST(what_means_something_else_differs)
{
	static const char *const pairs[][2] = {
		{ "a > 1", "a >= 1" },
		{ "a and b", "a or b" },
		{ "not (a <=> b)", "a <> b" },
		{ "a - (b - c)", "a - b - c" },
		{ "a xor (b xor c)", "a xor b and c" },
		{ "concat('a', b)", "concat('A', b)" },
		{ "_latin1 x'e9'", "'é'" },
		{ "cast(a as char)", "cast(a as char charset latin1)" },
		{ "cast(a as decimal(10,2))", "cast(a as decimal(10,3))" },
		{ "d + interval 1 day", "d - interval 1 day" },
		{ "d + interval 1 day", "d + interval 1 hour" },
		{ "1 - a", "a - 1" },
		{ "a in (1, 2)", "a in (2, 1)" },
		{ "json_array(true)", "json_array(1)" },
		{ "convert(l using utf8mb4)", "l" },
		{ "round(a)", "round(a, 1)" },
		{ "case when a then 1 end", "case when a then 1 else 0 end" },
		{ "1.50", "1.5" },
		{ "if(a, b, c)", "if(a <> 0, b, c)" },
	};
	struct world w;
	world_open(&w, "mysql", "9.7");
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		if (expr_equal(normal(&w, pairs[i][0], SYNTAX_MODEL),
			       normal(&w, pairs[i][1], SYNTAX_MODEL)))
			fail_msg("%s, %s", pairs[i][0], pairs[i][1]);
	world_close(&w);
}

TEST(nothing_is_shared_by_accident)
{
	struct world w;
	world_open(&w, "mysql", "9.7");
	static const char text[] = "not (a and lower(t.b) = 'x') or 5 > c";
	const struct expr *parsed = parse_expr(&w.ctx, &w.arena, text, strlen(text), SYNTAX_MODEL);
	const char *before = print_expr(&w, parsed);
	normal_expr(&w.ctx, &w.arena, &w.server, parsed);
	assert_string_equal(print_expr(&w, parsed), before);
	assert_null(normal_expr(&w.ctx, &w.arena, &w.server, NULL));
	world_close(&w);
}

TEST(depth_is_no_trouble)
{
	struct world w;
	struct buf text = { 0 };
	world_open(&w, "mysql", "9.7");
	for (int i = 0; i < 90; i++)
		buf_add(&text, "not (a and ");
	buf_add(&text, "b");
	for (int i = 0; i < 90; i++)
		buf_add(&text, ")");
	normal(&w, buf_text(&text), SYNTAX_MODEL);
	buf_clear(&text);
	buf_add(&text, "a = 0");
	for (int i = 1; i < 150; i++)
		buf_printf(&text, " or a = %d", i);
	normal(&w, buf_text(&text), SYNTAX_MODEL);
	buf_free(&text);
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_mysql_stores),
		cmocka_unit_test(what_mariadb_stores),
		cmocka_unit_test(what_means_something_else_differs),
		cmocka_unit_test(nothing_is_shared_by_accident),
		cmocka_unit_test(depth_is_no_trouble),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
