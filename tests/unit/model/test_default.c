#include "tests/unit/model/model.h"

/* `TYPE default LITERAL`: its normal form as the model writes it; NULL when it is refused. */
static const char *normal(struct world *w, const char *text)
{
	const struct tree_item *item = column_item(w, text);
	const struct tree_attr *attr = tree_find_attr(&item->attrs, ATTR_DEFAULT);
	const struct name *charset = NULL;
	const struct expr *expr;
	struct type type;
	assert_non_null(attr);
	assert_true(type_from_tree(&w->ctx, &w->arena, &w->server, item->type, &item->attrs, &type,
				   &charset));
	expr = normal_default(&w->ctx, &w->arena, &w->server, &type, attr->expr);
	if (!expr)
		return NULL;
	/* what is normal stays so */
	assert_true(expr_equal(expr, normal_default(&w->ctx, &w->arena, &w->server, &type, expr)));
	return print_expr(w, expr);
}

TEST(literals_follow_the_type)
{
	static const struct {
		const char *text, *normal;
	} rows[] = {
		{ "int default 0", "'0'" },
		{ "int default '12'", "'12'" },
		{ "int default -1", "'-1'" },
		{ "int default +1.5", "'2'" },
		{ "int default true", "'1'" },
		{ "int default 0x41", "'65'" },
		{ "int default b'101'", "'5'" },
		{ "int(5) zerofill default 7", "'7'" },
		{ "bigint unsigned default 18446744073709551615", "'18446744073709551615'" },
		{ "bigint default -9223372036854775808", "'-9223372036854775808'" },
		{ "decimal(12,2) default 0", "'0.00'" },
		{ "decimal(12,2) default '0.0'", "'0.00'" },
		{ "decimal(12,2) default 1.005", "'1.01'" },
		{ "float default 1.50", "'1.5'" },
		{ "float default 1e10", "'10000000000'" },
		{ "double default 1e300", "'1e300'" },
		{ "double(10,2) default 1", "'1.00'" },
		{ "bit(8) default b'00101'", "b'101'" },
		{ "bit(8) default 5", "b'101'" },
		{ "bit default true", "b'1'" },
		{ "year default 0", "'0000'" },
		{ "year default '0'", "'2000'" },
		{ "year default 70", "'1970'" },
		{ "date default '2020-1-2'", "'2020-01-02'" },
		{ "date default date'2020-01-02'", "'2020-01-02'" },
		{ "datetime(3) default '2020-01-01'", "'2020-01-01 00:00:00.000'" },
		{ "timestamp default '2020-01-01 10:20:30'", "'2020-01-01 10:20:30'" },
		{ "time default 102030", "'10:20:30'" },
		{ "varchar(10) default 'abc '", "'abc '" },
		{ "char(10) default 'abc '", "'abc'" },
		{ "varchar(10) default 1.50", "'1.50'" },
		{ "varchar(10) default 007", "'7'" },
		{ "varchar(10) default x'C3A9'", "'é'" },
		{ "varchar(10) default _utf8mb4'é'", "'é'" },
		{ "varchar(3) default '用户名'", "'用户名'" },
		{ "varbinary(10) default 'abc'", "'abc'" },
		{ "varbinary(10) default x'00ff'", "0x00ff" },
		{ "binary(4) default x'4100'", "'A'" },
		{ "enum('a', 'B') default 'b'", "'B'" },
		{ "enum('1', '2') default 2", "'2'" },
		{ "set('a', 'B', 'c') default 'C,a,a'", "'a,c'" },
		{ "set('a') default ''", "''" },
		{ "int default null", "null" },
	};
	struct world w;
	world_open(&w, "mysql", "9.7");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *got = normal(&w, rows[i].text);
		if (!got || strcmp(got, rows[i].normal))
			fail_msg("%s: %s", rows[i].text, got ? got : said(&w));
	}
	world_close(&w);
}

TEST(what_does_not_fit_says_why)
{
	static const struct {
		const char *text, *message;
	} rows[] = {
		{ "int default 'abc'", "default 'abc' does not fit int: it is no number" },
		{ "tinyint default 128", "default 128 does not fit tinyint: it is out of range" },
		{ "int unsigned default -1",
		  "default -1 does not fit int unsigned: it is below 0" },
		{ "decimal(4,2) default 99.999",
		  "default 99.999 does not fit decimal(4,2): it is out of range" },
		{ "float default 1e39", "default 1e39 does not fit float: it is out of range" },
		{ "bit(8) default 256", "default 256 does not fit bit(8): it has more bits" },
		{ "year default 1900",
		  "default 1900 does not fit year: years go from 1901 to 2155" },
		{ "date default '2020-02-30'",
		  "default '2020-02-30' does not fit date: it is no date" },
		{ "datetime default 'now'",
		  "default 'now' does not fit datetime: it is no date and time" },
		{ "timestamp default '1960-01-01'",
		  "default '1960-01-01' does not fit timestamp: it is out of range" },
		{ "time default '900:00:00'",
		  "default '900:00:00' does not fit time: it is no time" },
		{ "char(3) default 'abcd'", "default 'abcd' does not fit char(3): it is longer" },
		{ "binary(1) default 'é'", "default 'é' does not fit binary(1): it is longer" },
		{ "enum('paid') default 'piad'",
		  "default 'piad' does not fit enum('paid'): 'piad' is none of its values" },
		{ "set('a') default 'a,b'",
		  "default 'a,b' does not fit set('a'): 'b' is none of its values" },
	};
	struct world w;
	world_open(&w, "mysql", "9.7");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_null(normal(&w, rows[i].text));
		assert_string_equal(w.ctx.diags.diags.items[0]->rule, "default");
		assert_string_equal(said(&w), rows[i].message);
	}
	assert_null(normal(&w, "enum('paid') default 'piad'"));
	assert_string_equal(w.ctx.diags.diags.items[0]->hints.items[0], "did you mean 'paid'?");
	world_close(&w);
}

TEST(servers_differ)
{
	struct world w;
	world_open(&w, "mysql", "9.7");
	assert_string_equal(normal(&w, "datetime default '2020-01-01 00:00:00.7'"),
			    "'2020-01-01 00:00:01'");
	assert_null(normal(&w, "timestamp default '2100-01-01'"));
	world_close(&w);
	world_open(&w, "mariadb", "11.8");
	assert_string_equal(normal(&w, "datetime default '2020-01-01 00:00:00.7'"),
			    "'2020-01-01 00:00:00'");
	assert_string_equal(normal(&w, "timestamp default '2100-01-01'"), "'2100-01-01 00:00:00'");
	assert_string_equal(normal(&w, "uuid default '123E4567E89B12D3A456426614174000'"),
			    "'123e4567-e89b-12d3-a456-426614174000'");
	assert_string_equal(normal(&w, "inet6 default 'FE80::1'"), "'fe80::1'");
	assert_string_equal(normal(&w, "inet4 default '01.2.3.4'"), "'1.2.3.4'");
	assert_string_equal(normal(&w, "vector(1) default x'0000803F'"), "0x0000803f");
	assert_null(normal(&w, "inet4 default '256.2.3.4'"));
	assert_null(normal(&w, "uuid default '1'"));
	world_close(&w);
}

TEST(an_expression_is_no_literal)
{
	struct world w;
	struct type type;
	world_open(&w, "mysql", "9.7");
	assert_true(read_type(&w, "int", &type));
	const struct expr *expr =
		parse_expr(&w.ctx, &w.arena, "uuid()", strlen("uuid()"), SYNTAX_MODEL);
	assert_null(normal_default(&w.ctx, &w.arena, &w.server, &type, expr));
	assert_string_equal(said(&w), "default uuid() does not fit int: it is no literal");
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(literals_follow_the_type),
		cmocka_unit_test(what_does_not_fit_says_why),
		cmocka_unit_test(servers_differ),
		cmocka_unit_test(an_expression_is_no_literal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
