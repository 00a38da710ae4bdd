/* The normal form of partitionings, and what constants their bounds are. */
#include "tests/unit/unit.h"

#include "base/buf.h"
#include "base/context.h"
#include "model/constant.h"
#include "model/equal.h"
#include "model/partition.h"
#include "syntax/parse.h"
#include "syntax/print.h"

#include <string.h>

static struct context ctx;
static struct arena arena;
static struct server server;

static int set_up(void **state)
{
	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	assert_true(server_parse(&ctx, &server, "mysql", "9.7"));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	context_free(&ctx);
	return 0;
}

static struct tree_partition *normal(const char *text)
{
	const char *whole = arena_printf(&arena, "partition by %s\n", text);
	const struct tree_partition *tree =
		parse_partition(&ctx, &arena, ctx_source(&ctx, "p", whole, strlen(whole)));
	if (!tree)
		fail_msg("does not parse: %s", text);
	return partition_normal(&ctx, &arena, &server, ctx_name(&ctx, "InnoDB"), tree);
}

static const char *printed(const struct tree_partition *partition)
{
	struct buf out = { 0 };
	print_partition(&out, partition);
	return buf_arena(&out, &arena) + strlen("partition by ");
}

TEST(normal_forms)
{
	static const struct {
		const char *text, *normal;
	} rows[] = {
		{ "range (a) (partition p values less than (to_days('2020-01-01')))",
		  "range (a) (partition p values less than (737790))" },
		{ "range (TO_DAYS(a)) (partition p values less than (007), partition q values "
		  "less than (MAXVALUE))",
		  "range (to_days(a)) (partition p values less than (7), partition q values less "
		  "than maxvalue)" },
		{ "range columns (a, b) (partition p values less than ((date'2020-1-1', 1 + 1)))",
		  "range columns (a, b) (partition p values less than ('2020-01-01', 2))" },
		{ "list (a) (partition p values in (3, null, -(2)))",
		  "list (a) (partition p values in (null, 3, -2))" },
		{ "list columns (a) (partition p values in (('x'), x'00ff', _binary 0x41, "
		  "x'c3a9'))",
		  "list columns (a) (partition p values in ('x', 0x00ff, 'A', 'é'))" },
		{ "hash (a) partitions 2 (partition p engine InnoDB, partition q engine = MyISAM "
		  "comment '' max_rows 0)",
		  "hash (a) (partition p, partition q engine MyISAM)" },
		{ "key algorithm = 2 (a) partitions 3", "key (a) partitions 3" },
		{ "hash (a) (partition p nodegroup default, partition q nodegroup 3)",
		  "hash (a) (partition p, partition q nodegroup 3)" },
		{ "range (a) subpartition by hash (b) (partition p values less than (1) comment "
		  "'x' "
		  "(subpartition s, subpartition t comment 'y'))",
		  "range (a) subpartition by hash (b) (partition p values less than (1) "
		  "(subpartition s comment 'x', subpartition t comment 'y'))" },
		{ "range (a) (partition p values less than (length('x')))",
		  "range (a) (partition p values less than (length('x')))" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tree_partition *once = normal(rows[i].text);
		assert_string_equal(printed(once), rows[i].normal);
		assert_string_equal(printed(partition_normal(&ctx, &arena, &server, NULL, once)),
				    rows[i].normal);
	}
}

TEST(what_is_equal)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} rows[] = {
		{ "list (a) (partition p values in (1, 2), partition q values in (3))",
		  "list (a) (partition q values in (3), partition p values in (2, 1))", true },
		{ "list (a) (partition p values in (1))", "list (a) (partition p values in (1, 2))",
		  false },
		{ "range (a) (partition p values less than (1))",
		  "range (a) (partition p values less than (3 - 2))", true },
		{ "range (a) (partition p values less than (1))",
		  "range (a) (partition p values less than (1) comment 'x')", false },
		{ "key () partitions 2", "key (a) partitions 2", false },
		{ "range (a) subpartition by hash (b) (partition p values less than (1))",
		  "range (a) subpartition by hash (b) subpartitions 1 "
		  "(partition p values less than (1) (subpartition psp0))",
		  true },
		{ "range (a) subpartition by hash (b) subpartitions 2 "
		  "(partition p values less than (1))",
		  "range (a) subpartition by hash (b) (partition p values less than (1) "
		  "(subpartition psp0, subpartition x))",
		  false },
		{ "hash (a)", "linear hash (a)", false },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (partition_equal(normal(rows[i].a), normal(rows[i].b)) != rows[i].equal)
			fail_msg("'%s' and '%s'", rows[i].a, rows[i].b);
}

/* The list that the servers are asked, too (tests/server/test_bounds.c), has more. */
TEST(constants)
{
	static const struct {
		const char *text, *value;
	} rows[] = {
		{ "9223372036854775807", "9223372036854775807" },
		{ "18446744073709551615", "18446744073709551615" },
		{ "18446744073709551615 - 1", "18446744073709551614" },
		{ "9223372036854775807 + 1", "?" },
		{ "-9223372036854775808 - 1", "?" },
		{ "18446744073709551615 * 18446744073709551615", "?" },
		{ "9223372036854775807 * -1", "-9223372036854775807" },
		{ "7 div 0", "null" },
		{ "floor(-0.5)", "-1" },
		{ "ceiling(-0.5)", "0" },
		{ "ceiling(99999999999999999999.5)", "?" },
		{ "to_days('0001-01-01')", "366" },
		{ "from_days(366)", "'0001-01-01'" },
		{ "from_days(365)", "?" },
		{ "from_days(3652425)", "?" },
		{ "to_days('2021-02-29')", "?" },
		{ "yearweek('2017-01-01', 1)", "?" },
		{ "unix_timestamp('1969-12-31 23:59:59')", "?" },
		{ "a", "?" },
		{ "true", "1" },
		{ "mod(7, 'x')", "?" },
		{ "extract(year from '2020-02-02')", "2020" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct buf out = { 0 };
		const struct expr *expr =
			parse_expr(&ctx, &arena, rows[i].text, strlen(rows[i].text), SYNTAX_MODEL);
		assert_non_null(expr);
		expr = constant_value(&ctx, &arena, normal_expr(&ctx, &arena, &server, expr));
		if (expr)
			expr_print(&out, expr, EXPR_MODEL);
		if (strcmp(expr ? buf_text(&out) : "?", rows[i].value) != 0)
			fail_msg("%s: %s, not %s", rows[i].text, expr ? buf_text(&out) : "?",
				 rows[i].value);
		buf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(normal_forms, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_equal, set_up, tear_down),
		cmocka_unit_test_setup_teardown(constants, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
