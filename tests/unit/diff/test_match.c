/* `was`: what is renamed, what was renamed, what is refused. */
#include "tests/unit/diff/models.h"

TEST(column_is_renamed)
{
	assert_string_equal(diff_text("table t { id int primary key\n a int }",
				      "table t { id int primary key\n b int was a }"),
			    "rename column t.a to b");
}

TEST(column_is_renamed_and_altered)
{
	assert_string_equal(diff_text("table t { id int primary key\n a int }",
				      "table t { id int primary key\n b bigint was a }"),
			    "rename column t.a to b\nalter column t.b (type)");
}

TEST(rename_that_is_done_says_nothing)
{
	assert_string_equal(diff_text("table t { id int primary key\n b int }",
				      "table t { id int primary key\n b int was a }"),
			    "");
}

TEST(new_column_may_have_been_something_else)
{
	assert_string_equal(diff_text("table t { id int primary key }",
				      "table t { id int primary key\n b int null was a }"),
			    "add column t.b");
}

TEST(both_names_exist)
{
	assert_string_equal(diff_text("table t { id int primary key\n a int\n b int }",
				      "table t { id int primary key\n b int was a }"),
			    "refused");
	assert_said("column 't.b' and column 't.a' both exist");
	assert_string_equal(diff_text("table a { id int primary key }\n"
				      "table b { id int primary key }",
				      "table b was a { id int primary key }"),
			    "refused");
	assert_said("table 'b' and table 'a' both exist");
}

/* The old name belongs to another column of the model: the rename was carried out. */
TEST(old_name_is_taken_again)
{
	static const char model_text[] = "table t { id int primary key\n a varchar(5) null\n"
					 "    b int was a }";
	assert_string_equal(diff_text("table t { id int primary key\n a int }", model_text),
			    "rename column t.a to b\nadd column t.a");
	assert_string_equal(diff_text(model_text, model_text), "");
}

TEST(two_claim_one_old_name)
{
	assert_string_equal(diff_text("table t { id int primary key\n a int }",
				      "table t { id int primary key\n b int was a\n c int was a }"),
			    "refused");
	assert_said("column 't.b' and column 't.c' claim the same old name");
	assert_string_equal(diff_text("table a { id int primary key }",
				      "table b was a { id int primary key }\n"
				      "table c was a { id int primary key }"),
			    "refused");
	assert_said("claim the same old name");
}

TEST(names_are_passed_on)
{
	static const char model_text[] = "table t { id int primary key\n b int was a\n"
					 "    c bigint was b }";
	assert_string_equal(
		diff_text("table t { id int primary key\n a int\n b bigint }", model_text),
		"rename column t.b to c\nrename column t.a to b");
	assert_string_equal(
		diff_text("table t { id int primary key\n b int\n c bigint }", model_text), "");
}

TEST(columns_swap_names)
{
	static const char swapped[] = "table t { id int primary key\n b int was a\n"
				      "    a bigint was b }";
	const char *ops = diff_text("table t { id int primary key\n a int\n b bigint }", swapped);
	assert_non_null(strstr(ops, "rename column t.a to autogen_tmp_"));
	assert_non_null(strstr(ops, "rename column t.b to a\nrename column t.autogen_tmp_"));
	assert_non_null(strstr(ops, " to b"));
	/* once they have, the definitions fit as they are */
	assert_string_equal(diff_text(swapped, swapped), "");
}

TEST(swap_that_nothing_tells)
{
	/* alike: as it is fits, too */
	assert_string_equal(diff_text("table t { id int primary key\n a int\n b int }",
				      "table t { id int primary key\n a int was b\n b int was a }"),
			    "");
	/* neither fits */
	assert_string_equal(diff_text("table t { id int primary key\n a int\n b int }",
				      "table t { id int primary key\n n int null\n m int null\n"
				      "    a bigint was b\n b bigint was a }"),
			    "refused");
	assert_said("swap names, or have done so: both fit");
}

/* The same column, but a server shows the name that was written. */
TEST(names_are_compared_without_case)
{
	assert_string_equal(diff_text("table t { ID int primary key\n Ä int\n b int null }",
				      "table t { id int primary key\n ä int }"),
			    "rename column t.ID to id\nrename column t.Ä to ä\ndrop column t.b");
}

TEST(tables_are_compared_as_the_server_does)
{
	static const char lower[] = "table t { id int primary key }";
	static const char upper[] = "table T { id int primary key }";
	assert_string_equal(diff_text(lower, upper), "drop table t\ncreate table T");
	server.lower_case_table_names = 1;
	assert_string_equal(diff_text(lower, upper), "");
}

TEST(renamed_table_takes_its_keys_along)
{
	static const char old[] = "table p { id int primary key }\n"
				  "table c { id int primary key\n p int references p (id) }";
	static const char new[] = "table q was p { id int primary key }\n"
				  "table c { id int primary key\n p int references q (id) }";
	assert_string_equal(diff_text(old, new), "rename table p to q");
}

TEST(renamed_child_keeps_derived_names)
{
	static const char old[] = "table p { id int primary key }\n"
				  "table c { id int primary key\n p int references p (id)\n"
				  "    n int unique\n check (n > 0) }";
	static const char new[] = "table p { id int primary key }\n"
				  "table d was c { id int primary key\n p int references p (id)\n"
				  "    n int unique\n check (n > 0) }";
	assert_string_equal(diff_text(old, new), "rename table c to d");
}

TEST(renamed_column_takes_everything_along)
{
	static const char old[] = "table p { a int primary key }\n"
				  "table c { id int primary key\n x int references p (a)\n"
				  "    g int as (x + 1) virtual null\n index i (x, id)\n"
				  "    check k (x > 0) }";
	static const char new[] = "table p { b int primary key was a }\n"
				  "table c { id int primary key\n y int was x references p (b)\n"
				  "    g int as (y + 1) virtual null\n index i (y, id)\n"
				  "    check k (y > 0) }";
	assert_string_equal(diff_text(old, new), "rename column c.x to y\nrename column p.a to b");
}

TEST(tables_swap_names)
{
	static const char old[] = "table a { id int primary key\n x int }\n"
				  "table b { id int primary key\n y int }";
	static const char new[] = "table b was a { id int primary key\n x int }\n"
				  "table a was b { id int primary key\n y int }";
	const char *ops = diff_text(old, new);
	assert_non_null(strstr(ops, "rename table b to autogen_tmp_"));
	assert_string_equal(diff_text(new, new), "");
}

TEST(new_table_under_the_old_name)
{
	static const char old[] = "table a { id int primary key }\n"
				  "table c { id int primary key\n a int references a (id) }";
	static const char new[] = "table b was a { id int primary key }\n"
				  "table a { id bigint primary key }\n"
				  "table c { id int primary key\n a int references b (id) }";
	assert_string_equal(diff_text(old, new), "rename table a to b\ncreate table a");
}

/* The way back turns renames round, also where another one has taken the old name. */
TEST(way_back_renames)
{
	static const char old[] =
		"table t { id int primary key\n a int }\ntable x { id int primary key }";
	static const char new[] =
		"table t { id int primary key\n b int was a\n a varchar(9) null }\n"
		"table y was x { id int primary key }";
	struct plan up = { 0 }, down = { 0 };
	assert_true(plan_revision(&ctx, &arena, state_of(old), model(new), &targets, &up, &down));
	assert_string_equal(plan_lines(&up), "rename table x to y\nrename column t.a to b\n"
					     "add column t.a");
	const char *lines = plan_lines(&down);
	assert_non_null(strstr(lines, "rename table y to x\nrename column t.a to autogen_tmp_"));
	assert_non_null(strstr(lines, "\nrename column t.b to a\ndrop column t.autogen_tmp_"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test_in_world(column_is_renamed),
		test_in_world(column_is_renamed_and_altered),
		test_in_world(rename_that_is_done_says_nothing),
		test_in_world(new_column_may_have_been_something_else),
		test_in_world(both_names_exist),
		test_in_world(old_name_is_taken_again),
		test_in_world(two_claim_one_old_name),
		test_in_world(names_are_passed_on),
		test_in_world(columns_swap_names),
		test_in_world(swap_that_nothing_tells),
		test_in_world(names_are_compared_without_case),
		test_in_world(tables_are_compared_as_the_server_does),
		test_in_world(renamed_table_takes_its_keys_along),
		test_in_world(renamed_child_keeps_derived_names),
		test_in_world(renamed_column_takes_everything_along),
		test_in_world(tables_swap_names),
		test_in_world(new_table_under_the_old_name),
		test_in_world(way_back_renames),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
