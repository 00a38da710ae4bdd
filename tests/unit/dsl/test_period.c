/* Periods and system versioning: what is made of them, and what is refused. */
#include "tests/unit/dsl/dsl.h"

static const char *in_table(const char *items)
{
	return arena_printf(&arena, "table t {\n %s\n}\n", items);
}

TEST(refused)
{
	static const struct refused {
		const char *text, *rule, *message, *place, *hint;
	} refusals[] = {
		{ "a date\n b date\n period for p (a)", "period", "a period has two columns",
		  "period", "period for p (FROM, TO)" },
		{ "a date\n b datetime\n period for p (a, b)", "period", "are of one type",
		  "period", "" },
		{ "a date null\n b date\n period for p (a, b)", "period",
		  "column 'a' of period 'p' can't be null", "a date null", "" },
		{ "a date\n b date\n c date\n period for p (a, b)\n period for q (a, c)", "period",
		  "table 't' has two periods (error 4154)", "period for q", "" },
		{ "a int\n unique (a, p without overlaps)", "period",
		  "table 't' has no period 'p' (error 4156)", "unique", "period for p (FROM, TO)" },
		{ "a date\n b date\n period for p (a, b)\n unique (a, p without overlaps)",
		  "period", "the key has 'a' by its period already (error 4170)", "unique", "" },
		{ "a int without system versioning", "period",
		  "column 'a' is without system versioning in a table that has none", "a int", "" },
		{ "a timestamp(6) as row start\n b timestamp(6) as row end\n c int", "period",
		  "table 't' has row times, but no system versioning (error 4125)", "table t", "" },
		{ "a int with system versioning\n rs timestamp(6) as row start\n"
		  " re timestamp(6) as row end\n period for system_time (re, rs)",
		  "period", "is made of the row's start and its end (error 4125)", "period",
		  "re timestamp(6) as row start" },
	};
	assert_refused_with(SHOP, in_table("a date\n b date\n period for p (a, b)"), "target",
			    "mysql 9.7.4 refuses application-time periods (error 1064)", "period",
			    "");
	use_server("mariadb", "11.8.6");
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++)
		assert_refused_with(SHOP, in_table(refusals[i].text), refusals[i].rule,
				    refusals[i].message, refusals[i].place, refusals[i].hint);
}

TEST(a_column_versions_its_table)
{
	use_server("mariadb", "11.8.6");
	const struct schema *schema =
		compile(in_table("a int\n b int with system versioning\n c int as (a) virtual"));
	const struct table *table = find_table(schema, "t");
	assert_true(table_is_versioned(table));
	assert_non_null(option_find(&find_column(schema, "t", "a")->options,
				    ATTR_WITHOUT_SYSTEM_VERSIONING));
	assert_int_equal(find_column(schema, "t", "b")->options.n, 0);
	assert_int_equal(find_column(schema, "t", "c")->options.n, 0);
}

TEST(the_end_of_the_row_is_no_part_of_a_key)
{
	use_server("mariadb", "11.8.6");
	const struct schema *schema =
		compile("table t with system versioning {\n a int primary key\n b int\n"
			" rs timestamp(6) as row start\n re timestamp(6) as row end\n"
			" period for system_time (rs, re)\n unique x (b, re)\n"
			" unique y (re, b)\n unique z (rs, b, re)\n index w (b, re)\n}\n");
	static const size_t parts[] = { 1, 1, 2, 3, 2 };
	const struct table *table = find_table(schema, "t");
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(table->indexes.items[i]->parts.n, parts[i]);
	static const size_t with_end[] = { 2, 2, 2, 3, 2 };
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(
			table_with_row_end(&arena, table, table->indexes.items[i])->parts.n,
			with_end[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_column_versions_its_table, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_end_of_the_row_is_no_part_of_a_key, set_up,
						tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
