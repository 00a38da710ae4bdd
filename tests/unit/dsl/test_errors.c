/* Every error of resolving: its rule, words, place and hint. */
#include "tests/unit/dsl/dsl.h"

struct refused {
	const char *text, *rule, *message, *place, *hint;
};

/* Inside a table named t unless the text declares tables itself. */
static const struct refused refusals[] = {
	/* attributes */
	{ "a int null null", "attribute", "column 't.a' says 'null' twice", "null", "" },
	{ "a int null not null", "attribute", "can't be both 'null' and 'not null'", "not null",
	  "" },
	{ "a int unsigned signed", "attribute", "both 'unsigned' and 'signed'", "signed", "" },
	{ "a int auto_increment default 1 primary key", "attribute",
	  "both 'default' and 'auto_increment'", "auto_increment", "" },
	{ "a int null primary key", "attribute", "both 'null' and 'primary key'", "primary key",
	  "" },
	{ "a int default 1 as (1)", "attribute", "both 'as' and 'default'", "default", "" },
	{ "a int virtual", "generated", "'virtual' belongs to a generated column", "virtual", "" },
	{ "a int\n primary key (a)\n index (a) comment 'x' comment 'y'", "attribute",
	  "the index says 'comment' twice", "comment 'y'", "" },
	/* types */
	{ "a itn", "type", "unknown type 'itn'", "itn", "did you mean 'int'?" },
	{ "a varchar", "type", "varchar needs a length", "varchar", "" },
	{ "a int charset utf8mb4", "charset", "'t.a' is no string", "charset utf8mb4", "" },
	{ "a json collate utf8mb4_bin", "charset", "'t.a' is no string", "collate", "" },
	{ "a varchar(10) charset utf8mb9", "charset", "unknown charset 'utf8mb9'",
	  "charset utf8mb9", "did you mean 'utf8mb" },
	{ "a varchar(10) collate utf8mb4_unicod_ci", "collation",
	  "unknown collation 'utf8mb4_unicod_ci'", "collate",
	  "did you mean 'utf8mb4_unicode_ci'?" },
	{ "a varchar(10) charset latin1 collate utf8mb4_bin", "collation",
	  "collation 'utf8mb4_bin' is not one of charset 'latin1'", "collate utf8mb4_bin",
	  "charset utf8mb4 collate utf8mb4_bin" },
	{ "a varchar(10) collate utf8mb4_uca1400_ai_ci", "collation",
	  "mysql 9.7.4 has no collation 'utf8mb4_uca1400_ai_ci'", "collate",
	  "its default for the charset is utf8mb4_0900_ai_ci" },
	{ "a references", "", "", "", "" },
	/* defaults */
	{ "a int default null", "default", "is NOT NULL, its default can't be null", "default null",
	  "null, if it may be NULL" },
	{ "a datetime(3) default current_timestamp", "default",
	  "has a fraction of 3 digits, its 'default' another", "default current_timestamp",
	  "default current_timestamp(3)" },
	{ "a datetime on update current_timestamp(3)", "default", "its 'on update' another",
	  "on update", "on update current_timestamp" },
	{ "a int on update current_timestamp", "default",
	  "only a datetime or timestamp can be set on update", "on update", "" },
	{ "a text default 'x'", "target", "mysql 9.7.4 refuses literal defaults of text",
	  "default 'x'", "default ('…'), an expression" },
	/* auto_increment */
	{ "a int auto_increment", "auto-increment", "'a' has to begin a key (error 1075)", "a int",
	  "primary key" },
	{ "a int auto_increment primary key\n b int auto_increment unique", "auto-increment",
	  "table 't' has two auto_increment columns", "b int", "" },
	{ "a varchar(3) auto_increment primary key", "auto-increment",
	  "only an integer can be auto_increment", "auto_increment", "" },
	{ "a double auto_increment primary key", "auto-increment", "'t.a' is none (error 1063)",
	  "auto_increment", "" },
	{ "a serial default 5", "attribute", "serial can't be both 'default' and 'auto_increment'",
	  "serial", "" },
	/* keys */
	{ "a int primary key\n b int\n primary key (b)", "key",
	  "table 't' has two primary keys (error 1068)", "primary key (b)", "one key of both columns: primary key (a, b)" },
	{ "abc int\n index (acb)", "column", "table 't' has no column 'acb'", "acb",
	  "did you mean 'abc'?" },
	{ "a int\n index (a, a)", "key", "column 'a' stands twice in the index (error 1060)", "a",
	  "" },
	{ "a text\n index (a)", "key", "column 'a' needs a length in the key 'ix_t_a' (error 1170)",
	  "index (a)", "a(100)" },
	{ "a json\n index (a)", "key", "json column 'a' can't be in a key (error 3152)", "index",
	  "" },
	{ "a varchar(10)\n index (a(11))", "key", "is longer than the column (error 1089)", "a(11)",
	  "" },
	{ "a int\n index (a(1))", "key", "only a string has a prefix, 'a' is none (error 1089)",
	  "a(1)", "" },
	{ "a varchar(800)\n index (a)", "key-length", "'a' takes 3200 bytes in the key 'ix_t_a'",
	  "index (a)", "a(768)" },
	{ "a varchar(700)\n b varchar(700)\n index (a, b)", "key-length", "takes 5600 bytes",
	  "index", "" },
	{ "a int\n fulltext (a)", "key", "can't be part of the fulltext index", "fulltext", "" },
	{ "a int\n b text\n fulltext (b, a)", "key", "'a' can't be part of the fulltext index",
	  "fulltext", "" },
	{ "a int\n b text\n fulltext (a, b)", "key", "'a' can't be part of the fulltext index",
	  "fulltext", "" },
	{ "a text\n b text collate utf8mb4_bin\n fulltext (a, b)", "key",
	  "'b' can't be part of the fulltext index", "fulltext",
	  "its columns have one collation: utf8mb4_unicode_ci or utf8mb4_bin" },
	{ "a text\n fulltext (a desc)", "key", "a fulltext index has no direction (error 1221)",
	  "a", "" },
	{ "a text\n fulltext (a) using btree", "key",
	  "a fulltext index takes no 'using' (error 1064)", "using btree", "" },
	{ "a point\n spatial (a(3))", "key", "a spatial index has no prefix (error 1089)", "a(3)",
	  "" },
	{ "a varchar(9) binary collate utf8mb4_general_ci", "attribute",
	  "can't be both 'collate' and 'binary'", "binary", "" },
	{ "a int\n partition by range (a) partitions 3 (\n  partition p0 values less than (1),\n"
	  "  partition p1 values less than (2)\n )",
	  "partition", "partitions 3, but 2 are listed (error 1483)", "", "" },
	{ "a int\n b int\n partition by range (a) subpartition by hash (b) subpartitions 3 (\n"
	  "  partition p0 values less than (1) (subpartition s0, subpartition s1)\n )",
	  "partition", "partition 'p0' lists 2 subpartitions, it has 3 (error 1484)",
	  "partition p0", "" },
	{ "a point null\n spatial (a)", "key", "'a' of a spatial index can't be null (error 1252)",
	  "spatial", "" },
	{ "a int null\n primary key (a)", "key",
	  "'a' of the primary key can't be null (error 1171)", "primary key (a)", "" },
	{ "a int\n index x (a)\n unique x (a)", "name", "two indexes of the table are called 'x'",
	  "unique x (a)", "" },
	{ "a int\n index `PRIMARY` (a)", "name", "no index can be called PRIMARY (error 1280)",
	  "`PRIMARY`", "" },
	{ "a int\n check (b > 0)", "column", "table 't' has no column 'b'", "b", "" },
	{ "a int as (b + 1)", "column", "table 't' has no column 'b'", "b", "" },
	{ "a int auto_increment primary key\n check (a > 0)", "check",
	  "a check can't look at auto_increment column 'a' (error 3818)", "check", "" },
	{ "a int\n b int as (a) virtual primary key", "key",
	  "takes no virtual generated column as primary key (error 3106)", "b int", "" },
	{ "a int\n b int\n primary key (a)\n partition by hash (b) partitions 4", "partition",
	  "the key 'PRIMARY' lacks column 'b' of the partitioning (error 1503)", "primary key (a)",
	  "" },
	/* names */
	{ "a23456789012345678901234567890123456789012345678901234567890123456789 int", "name",
	  "the name of a column has at most 64 characters", "a2345", "" },
	{ "a int\n A int", "duplicate", "table 't' has column 'A' twice (error 1060)", "A", "" },
	{ "a int was a", "was", "was called so all along", "was a", "" },
	/* like and references */
	{ "a like b.c", "table", "there is no table 'b'", "b", "" },
	{ "a like t.c", "column", "table 't' has no column 'c'", "c", "" },
	{ "a like t.a", "like", "the type of 't.a' leads back to itself", "", "" },
	{ "a like t.b\n b like t.c\n c like t.a", "like", "leads back to itself", "", "" },
	{ "a varchar(3)\n b like t.a collate utf8mb4_bin", "like",
	  "column 't.b' can't be like 't.a' and say 'collate'", "collate", "" },
	{ "a references crm.users (id)", "like", "crm.users is not managed", "crm",
	  "write the type out" },
	{ "use timestmps", "mixin", "there is no mixin 'timestmps'", "timestmps", "" },
};

TEST(each_error_has_its_place)
{
	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		const struct refused *row = &refusals[i];
		if (!*row->rule)
			continue;
		const char *text = arena_printf(&arena, "table t {\n %s\n}\n", row->text);
		assert_refused_with(SHOP, text, row->rule, row->message, row->place, row->hint);
	}
}

/* Errors that need more than one table, or other blocks. */
static const struct refused whole[] = {
	{ "table t {\n a int\n}\ntable T2 {\n b int\n}\ntable t {\n c int\n}\n", "duplicate",
	  "table 't' is declared twice", "t", "" },
	{ "table m engine MyISAM charset latin1 {\n a varchar(237)\n index (a) key_block_size 4\n}\n",
	  "key-block-size", "blocks of 1024 bytes are too small for four keys", "index",
	  "key_block_size 2048, or none" },
	{ "table m engine MyISAM charset latin1 key_block_size 2048 {\n a varchar(491) unique\n}\n",
	  "key-block-size", "blocks of 2048 bytes are too small", "a",
	  "key_block_size 4096, or none" },
	{ "table t {\n}\n", "table", "table 't' has no columns (error 1113)", "t", "" },
	{ "type money = decimal(12,2) unsigned\ntable t {\n a money signed\n}\n", "type",
	  "type 'money' says 'unsigned'", "signed", "" },
	{ "type code = varchar(10) collate utf8mb4_bin\ntable t {\n a code collate "
	  "utf8mb4_unicode_ci\n}\n",
	  "type", "type 'code' has another collate", "collate utf8mb4_unicode_ci", "" },
	{ "type money = decimal(12,2)\ntable t {\n a mony\n}\n", "type", "unknown type 'mony'",
	  "mony", "did you mean 'money'?" },
	{ "type money = decimal(12,2)\ntable t {\n a money(3)\n}\n", "type",
	  "type 'money' takes no arguments", "money", "" },
	{ "type int = bigint\n", "type", "has the name of a built-in type", "int", "" },
	{ "type stored = bigint\n", "type", "has the name of an attribute", "stored", "" },
	{ "mixin m {\n a int\n}\ntable t {\n a int\n use m\n}\n", "duplicate",
	  "table 't' has column 'a' twice", "a", "" },
	{ "mixin m {\n a int\n use m\n}\ntable t {\n b int\n use m\n}\n", "duplicate", "", "", "" },
	{ "table p {\n a int\n b int\n primary key (a, b)\n}\ntable t {\n a references p\n}\n",
	  "references", "'p' has a primary key of several columns", "p",
	  "foreign key (…) references p (…)" },
	{ "table p {\n a int\n}\ntable t {\n a references p\n}\n", "references",
	  "'p' has no primary key to reference", "p",
	  "name the column of another key: references p (…)" },
	{ "table users {\n id int primary key\n}\ntable t {\n a references user\n}\n", "table",
	  "there is no table 'user'", "user", "did you mean 'users'?" },
	{ "table t {\n a int\n check c (a > 0)\n}\ntable u {\n a int\n check c (a > 0)\n}\n",
	  "name", "two checks of the schema are called 'c' (error 3822)", "check c (a > 0)", "" },
	{ "schema again {\n engine InnoDB\n}\n", "schema", "a project has one schema block", "shop",
	  "" },
};

TEST(errors_of_a_project)
{
	for (size_t i = 0; i < sizeof(whole) / sizeof(*whole); i++) {
		const struct refused *row = &whole[i];
		if (*row->message)
			assert_refused_with(SHOP, row->text, row->rule, row->message, row->place,
					    row->hint);
	}
}

TEST(a_mixin_that_uses_itself_ends)
{
	assert_null(try_compile_with(SHOP, whole[9].text));
	assert_true(ctx.diags.errors > 0);
}

TEST(without_a_schema_block)
{
	assert_refused_with("", "table t {\n a int\n}\n", "schema", "there is no schema block", "",
			    "");
}

TEST(one_run_reports_all)
{
	assert_null(try_compile_with(SHOP, "table t {\n a itn\n b int default null\n c int\n"
					   " index (d)\n}\ntable u {\n}\n"));
	assert_said("type", "unknown type 'itn'", "itn", "");
	assert_said("default", "is NOT NULL", "default null", "");
	assert_said("column", "table 't' has no column 'd'", "d", "");
	assert_said("table", "table 'u' has no columns", "u", "");
	assert_int_equal(ctx.diags.diags.n, 4);
}

TEST(both_places_of_a_duplicate)
{
	assert_null(try_compile_with(SHOP, "mixin m {\n id int\n}\n"
					   "table t {\n id bigint\n use m\n}\n"));
	assert_string_equal(said(),
			    "error: table 't' has column 'id' twice (error 1060) [duplicate]\n"
			    "  --> a.model:2:2\n"
			    "   2 |  id int\n"
			    "     |  ^~ again in mixin 'm'\n"
			    "   5 |  id bigint\n"
			    "     |  -- first here\n");
}

TEST(timestamp_without_default_on_old_servers)
{
	use_server("mariadb", "10.5");
	assert_refused_with(SHOP, "table t {\n a timestamp(3)\n}\n", "timestamp",
			    "'t.a' is a timestamp without default: mariadb 10.5.4 would give it",
			    "a timestamp(3)", "default current_timestamp(3)");
	compile("table t {\n a timestamp(3) null\n b timestamp default current_timestamp\n}\n");
	use_server("mariadb", "10.11");
	compile("table t {\n a timestamp(3)\n}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_error_has_its_place, set_up, tear_down),
		cmocka_unit_test_setup_teardown(errors_of_a_project, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_mixin_that_uses_itself_ends, set_up, tear_down),
		cmocka_unit_test_setup_teardown(without_a_schema_block, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_run_reports_all, set_up, tear_down),
		cmocka_unit_test_setup_teardown(both_places_of_a_duplicate, set_up, tear_down),
		cmocka_unit_test_setup_teardown(timestamp_without_default_on_old_servers, set_up,
						tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
