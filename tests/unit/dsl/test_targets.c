/* Declared targets: what one refuses, ignores, or takes for something else. */
#include "tests/unit/dsl/dsl.h"

static const char *block_with(const char *targets, const char *rest)
{
	return arena_printf(&arena, "schema s {\n engine InnoDB\n target %s\n %s\n}\n", targets,
			    rest);
}

#define UNICODE "charset utf8mb4\n collate utf8mb4_unicode_ci"
#define TABLE_A "table t {\n a varchar(9)\n}\n"

TEST(they_are_read)
{
	struct server_list targets = { 0 };
	struct tree_file_list files = { 0 };
	LIST_PUSH(&arena, &files,
		  parse("s.model", block_with("mysql 8.4, mariadb 10.11.6", UNICODE)));
	assert_true(resolve_targets(&ctx, &arena, &files, &targets));
	assert_int_equal(targets.n, 2);
	assert_int_equal(targets.items[0].version, 80400);
	assert_int_equal(targets.items[1].flavour, FLAVOUR_MARIADB);
	assert_int_equal(targets.items[1].version, 101106);
}

TEST(no_server)
{
	assert_refused_with(block_with("oracle 19", UNICODE), TABLE_A, "target",
			    "'oracle 19' is no server", "oracle 19", "target mysql 8.4");
}

TEST(a_charset_that_means_two_things)
{
	assert_refused_with(
		block_with("mysql 9.7, mariadb 10.11", "charset utf8mb4"), TABLE_A,
		"target-differs",
		"charset utf8mb4 without a collation is utf8mb4_0900_ai_ci on mysql 9.7.4 "
		"and utf8mb4_general_ci on mariadb 10.11",
		"charset utf8mb4", "charset utf8mb4 collate utf8mb4_0900_ai_ci");
	assert_refused_with(block_with("mysql 9.7, mariadb 10.11", UNICODE),
			    "table t {\n a varchar(9) charset utf8mb4\n b like t.a\n}\n",
			    "target-differs", "charset utf8mb4 without a collation is",
			    "charset utf8mb4", "");
	compile_with(block_with("mysql 9.7, mariadb 10.11", UNICODE), TABLE_A);
	compile_with(block_with("mysql 9.7, mysql 8.4", "charset utf8mb4"), TABLE_A);
}

TEST(left_to_the_servers)
{
	assert_refused_with(
		block_with("mysql 9.7, mariadb 10.11", ""), TABLE_A, "target-differs",
		"the collation of the schema is left to the server: utf8mb4_0900_ai_ci on "
		"mysql 9.7.4 and latin1_swedish_ci on mariadb 10.11",
		"schema s", "in the schema block: charset utf8mb4, collate");
}

TEST(a_collation_that_one_lacks)
{
	assert_refused_with(block_with("mysql 9.7, mariadb 10.11", UNICODE),
			    "table t {\n a varchar(9) collate utf8mb4_0900_ai_ci\n}\n", "collation",
			    "mariadb 10.11.2 has no collation 'utf8mb4_0900_ai_ci'", "collate", "");
}

TEST(ignored_is_an_error_when_declared)
{
	const char *text = "table t {\n a int\n check (a > 0)\n index (a desc)\n}\n";
	assert_null(try_compile_with(block_with("mysql 9.7, mysql 5.6, mysql 5.7", UNICODE), text));
	assert_said("target-ignored", "mysql 5.6.10 accepts and ignores CHECK constraints",
		    "check (a > 0)", "");
	assert_said("target-ignored", "mysql 5.6.10 accepts and ignores descending index parts",
		    "index (a desc)", "");
	assert_int_equal(ctx.diags.diags.n, 2);
}

TEST(ignored_is_left_out_when_connected)
{
	use_server("mysql", "5.6.24");
	server.connected = true;
	struct schema *schema =
		compile_with(block_with("mysql 9.7, mariadb 10.11", UNICODE),
			     "table t {\n a int\n check (a > 0)\n index (a desc)\n}\n");
	const struct table *t = find_table(schema, "t");
	assert_int_equal(t->checks.n, 0);
	assert_false(t->indexes.items[0]->parts.items[0].desc);
	use_server("mysql", "9.7.0");
	server.connected = true;
	schema = compile("table t {\n a int\n unique (a) using hash\n}\n");
	assert_int_equal(find_table(schema, "t")->indexes.items[0]->options.n, 0);
}

struct refused {
	const char *target, *items, *message;
};

static const struct refused refusals[] = {
	{ "mysql 5.6", "a int\n b int as (a)",
	  "mysql 5.6.10 refuses generated columns (error 1064)" },
	{ "mysql 5.7", "a int default (1)",
	  "mysql 5.7.9 refuses expressions as defaults (error 1064)" },
	{ "mysql 8.0.22", "a int\n b int invisible", "mysql 8.0.22 refuses invisible columns" },
	{ "mysql 5.7", "a int\n index (a) invisible",
	  "mysql 5.7.9 refuses invisible (ignored) indexes" },
	{ "mariadb 11.8", "a int\n index ((a + 1))",
	  "refuses expressions in an index (error 1064)" },
	{ "mysql 8.4", "a text default 'x'", "refuses literal defaults of text" },
	{ "mysql 8.0.16", "a json\n index ((cast(a as unsigned array)))",
	  "refuses multi-valued keys" },
	{ "mysql 5.6.2", "a text\n fulltext (a)",
	  "refuses FULLTEXT indexes of InnoDB (error 1214)" },
	{ "mysql 5.6", "a point\n spatial (a)", "refuses spatial indexes of InnoDB (error 1464)" },
	{ "mariadb 10.11", "a int\n check (a > 0) not enforced", "refuses NOT ENFORCED checks" },
};

TEST(refused_by_a_target)
{
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		const struct refused *row = &refusals[i];
		char flavour[16], version[16];
		assert_int_equal(sscanf(row->target, "%15s %15s", flavour, version), 2);
		use_server(flavour, version);
		assert_refused_with(block_with(row->target, UNICODE),
				    arena_printf(&arena, "table t {\n %s\n}\n", row->items),
				    "target", row->message, "", "");
	}
}

TEST(generated_columns_are_nullable_for_all)
{
	struct schema *schema = compile_with(block_with("mysql 9.7, mariadb 10.11", UNICODE),
					     "table t {\n a int\n b int as (a) stored\n}\n");
	assert_true(find_column(schema, "t", "b")->nullable);
}

TEST(key_lengths_by_server)
{
	const char *text = "table t {\n a varchar(255)\n index (a)\n}\n";
	compile_with(block_with("mysql 9.7", UNICODE), text);
	assert_refused_with(
		block_with("mysql 9.7, mysql 5.6", UNICODE), text, "key-length",
		"column 'a' takes 1020 bytes in the key 'ix_t_a', mysql 5.6.10 has room for "
		"767 (error 1071)",
		"index (a)", "a(191)");
	use_server("mysql", "5.6.24");
	server.large_prefix = true;
	compile_with(SHOP, "table t row_format dynamic {\n a varchar(255)\n index (a)\n}\n");
}

TEST(the_connected_server_stands_for_its_series)
{
	use_server("mysql", "8.4.3");
	server.connected = server.database_default = true;
	server.default_collation = ctx_name(&ctx, "utf8mb4_general_ci");
	compile_with(block_with("mysql 8.4", ""), TABLE_A);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(they_are_read),
		T(no_server),
		T(a_charset_that_means_two_things),
		T(left_to_the_servers),
		T(a_collation_that_one_lacks),
		T(ignored_is_an_error_when_declared),
		T(ignored_is_left_out_when_connected),
		T(refused_by_a_target),
		T(generated_columns_are_nullable_for_all),
		T(key_lengths_by_server),
		T(the_connected_server_stands_for_its_series),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
