/* The text of statements. */
#include "tests/unit/diff/models.h"

TEST(whole_table)
{
	assert_string_equal(
		sql_text("",
			 "table users comment '用户' {\n"
			 "    id bigint unsigned auto_increment primary key\n"
			 "    name varchar(64) null collate utf8mb4_bin default 'it''s' comment "
			 "'a\\nb'\n"
			 "    kind enum('a', 'b') default 'a'\n"
			 "    flags bit(3) default b'101'\n"
			 "    at datetime(3) default current_timestamp(3) on update "
			 "current_timestamp(3)\n"
			 "    n int\n    sum decimal(9,2) as (n * 2) stored null\n"
			 "    hidden int null invisible\n"
			 "    unique (name(10), kind desc)\n"
			 "    index by_sum (sum) comment 'x' invisible\n"
			 "    check positive (n > 0)\n"
			 "}\n"
			 "table pets {\n"
			 "    owner bigint unsigned references users on delete cascade on update "
			 "restrict\n"
			 "    `na``me` varchar(9) charset latin1 collate latin1_bin primary key\n"
			 "}"),
		"CREATE TABLE `users` (\n"
		"    `id` bigint unsigned NOT NULL AUTO_INCREMENT,\n"
		"    `name` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL DEFAULT "
		"'it''s' COMMENT 'a\\nb',\n"
		"    `kind` enum('a','b') CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT "
		"NULL DEFAULT 'a',\n"
		"    `flags` bit(3) NOT NULL DEFAULT b'101',\n"
		"    `at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE "
		"CURRENT_TIMESTAMP(3),\n"
		"    `n` int NOT NULL,\n"
		"    `sum` decimal(9,2) GENERATED ALWAYS AS (`n` * 2) STORED,\n"
		"    `hidden` int NULL INVISIBLE,\n"
		"    PRIMARY KEY (`id`),\n"
		"    UNIQUE INDEX `uq_users_name_kind` (`name`(10), `kind` DESC),\n"
		"    INDEX `by_sum` (`sum`) COMMENT 'x' INVISIBLE,\n"
		"    CONSTRAINT `positive` CHECK (`n` > 0)\n"
		") ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci "
		"COMMENT='用户';\n"
		"CREATE TABLE `pets` (\n"
		"    `owner` bigint unsigned NOT NULL,\n"
		"    `na``me` varchar(9) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL,\n"
		"    PRIMARY KEY (`na``me`),\n"
		"    INDEX `ix_pets_owner` (`owner`),\n"
		"    CONSTRAINT `fk_pets_owner` FOREIGN KEY (`owner`) REFERENCES `users` (`id`) ON "
		"DELETE CASCADE ON UPDATE RESTRICT\n"
		") ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;\n");
}

TEST(one_alter)
{
	assert_string_equal(
		sql_text("table t { id int primary key\n a int\n b varchar(9)\n c int\n index "
			 "(a)\n check k (a > 0) }",
			 "table t comment 'x' charset latin1 collate latin1_bin row_format compact "
			 "{\n"
			 "    c int unsigned\n id int primary key\n"
			 "    b varchar(10) charset utf8mb4 collate utf8mb4_bin\n    n int null\n"
			 "    index (b)\n check (n > 0)\n}"),
		"ALTER TABLE `t`\n"
		"    DROP CONSTRAINT `k`,\n"
		"    DROP INDEX `ix_t_a`,\n"
		"    DROP COLUMN `a`,\n"
		"    MODIFY COLUMN `c` int unsigned NOT NULL FIRST,\n"
		"    MODIFY COLUMN `b` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT "
		"NULL,\n"
		"    ADD COLUMN `n` int NULL AFTER `b`,\n"
		"    ADD INDEX `ix_t_b` (`b`),\n"
		"    ADD CONSTRAINT `ck_t_n` CHECK (`n` > 0),\n"
		"    DEFAULT CHARACTER SET=latin1 COLLATE=latin1_bin,\n"
		"    COMMENT='x',\n"
		"    ROW_FORMAT=COMPACT;\n");
}

TEST(primary_key_and_options_go)
{
	assert_string_equal(
		sql_text("table t comment 'x' row_format compact { a int primary key\n b int }",
			 "table t { a int\n b int primary key }"),
		"ALTER TABLE `t`\n"
		"    DROP PRIMARY KEY,\n"
		"    ADD PRIMARY KEY (`b`),\n"
		"    COMMENT='',\n"
		"    ROW_FORMAT=DEFAULT;\n");
}

TEST(renames)
{
	static const char old[] =
		"table a { id int primary key\n x int comment 'c'\n index i (x) }";
	static const char new[] =
		"table b was a { id int primary key\n y int was x comment 'c'\n index j (y) }";
	assert_string_equal(sql_text(old, new), "RENAME TABLE `a` TO `b`;\n"
						"ALTER TABLE `b`\n    RENAME COLUMN `x` TO `y`;\n"
						"ALTER TABLE `b`\n    RENAME INDEX `i` TO `j`;\n");
	use_server("mysql", "5.6");
	assert_string_equal(sql_text(old, new),
			    "RENAME TABLE `a` TO `b`;\n"
			    "ALTER TABLE `b`\n    CHANGE COLUMN `x` `y` int NOT NULL COMMENT 'c';\n"
			    "ALTER TABLE `b`\n    DROP INDEX `i`,\n    ADD INDEX `j` (`y`);\n");
}

TEST(renamed_column_in_use)
{
	static const char old[] =
		"table t { id int primary key\n a int\n g int as (a + 1) stored null\n"
		"    check k (a > 0) }";
	static const char new[] = "table t { id int primary key\n b int was a\n"
				  "    g int as (b + 1) stored null\n check k (b > 0) }";
	assert_string_equal(sql_text(old, new),
			    "ALTER TABLE `t`\n"
			    "    DROP CONSTRAINT `k`,\n"
			    "    RENAME COLUMN `a` TO `b`,\n"
			    "    MODIFY COLUMN `g` int GENERATED ALWAYS AS (`b` + 1) STORED,\n"
			    "    ADD CONSTRAINT `k` CHECK (`b` > 0);\n");
	use_server("mariadb", "10.11");
	assert_string_equal(sql_text(old, new), "ALTER TABLE `t`\n    RENAME COLUMN `a` TO `b`;\n");
}

TEST(foreign_keys)
{
	assert_string_equal(
		sql_text("table p { id int primary key }\n"
			 "table c { id int primary key\n a int null\n b int\n index (a)\n index "
			 "(b)\n"
			 "    foreign key x (a) references p (id)\n foreign key y (b) references p "
			 "(id) }",
			 "table p { id int primary key }\n"
			 "table c { id int primary key\n a int null\n b int\n index (a)\n index "
			 "(b)\n"
			 "    foreign key x (a) references p (id) on delete set null\n"
			 "    foreign key z (b) references crm.people (id) on update no action }"),
		"ALTER TABLE `c`\n    DROP FOREIGN KEY `x`,\n    DROP FOREIGN KEY `y`;\n"
		"ALTER TABLE `c`\n    ADD CONSTRAINT `x` FOREIGN KEY (`a`) REFERENCES `p` (`id`) "
		"ON DELETE SET NULL;\n"
		"ALTER TABLE `c`\n    ADD CONSTRAINT `z` FOREIGN KEY (`b`) REFERENCES "
		"`crm`.`people` (`id`) ON UPDATE NO ACTION;\n");
}

TEST(filling)
{
	assert_string_equal(
		sql_text("table t { id int primary key\n at datetime on update current_timestamp }",
			 "table t { id int primary key\n at datetime on update current_timestamp\n"
			 "    s varchar(9) backfill ('it''s') }"),
		"ALTER TABLE `t`\n"
		"    ADD COLUMN `s` varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci "
		"NULL AFTER `at`;\n"
		"UPDATE `t`\nSET `s` = ('it''s'),\n    `at` = `at`\nWHERE `s` IS NULL;\n"
		"ALTER TABLE `t`\n"
		"    MODIFY COLUMN `s` varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci "
		"NOT NULL;\n");
}

TEST(dropping)
{
	assert_string_equal(sql_text("table t { id int primary key }", ""), "DROP TABLE `t`;\n");
}

/* 5.6 takes an index that differs in its comment alone for the same one. */
TEST(comment_of_an_index)
{
	static const char old[] = "table t { id int primary key\n a int\n index i (a) }";
	static const char new[] =
		"table t { id int primary key\n a int\n index i (a) comment 'x' }";
	assert_string_equal(sql_text(old, new), "ALTER TABLE `t`\n    DROP INDEX `i`,\n"
						"    ADD INDEX `i` (`a`) COMMENT 'x';\n");
	add_target("mysql", "5.6");
	assert_string_equal(sql_text(old, new),
			    "ALTER TABLE `t`\n    DROP INDEX `i`,\n"
			    "    ADD INDEX `i` (`a`) COMMENT 'x',\n    FORCE;\n");
}

/* MySQL would make prefixes of them. */
TEST(index_on_an_enum_that_becomes_a_string)
{
	assert_string_equal(
		sql_text("table t { a enum('x', 'yz') charset latin1 collate latin1_bin primary "
			 "key }",
			 "table t { a varchar(9) charset latin1 collate latin1_bin primary key }"),
		"ALTER TABLE `t`\n"
		"    DROP PRIMARY KEY,\n"
		"    MODIFY COLUMN `a` varchar(9) CHARACTER SET latin1 COLLATE latin1_bin NOT "
		"NULL,\n"
		"    ADD PRIMARY KEY (`a`);\n");
}

/* The index a server may have made for a key would go in silence. */
TEST(index_that_may_be_the_servers)
{
	static const char head[] = "table p { id int primary key }\n";
	static const char old[] = "table c { id int primary key\n a int\n index k (a)\n"
				  "    foreign key k (a) references p (id) }";
	static const char new[] = "table c { id int primary key\n a int\n index k (a)\n"
				  "    index w (a, id)\n foreign key k (a) references p (id) }";
	assert_string_equal(sql_text(arena_printf(&arena, "%s%s", head, old),
				     arena_printf(&arena, "%s%s", head, new)),
			    "ALTER TABLE `c`\n"
			    "    DROP INDEX `k`,\n"
			    "    ADD INDEX `w` (`a`, `id`),\n"
			    "    ADD INDEX `k` (`a`);\n");
}

TEST(partitions)
{
	assert_string_equal(
		sql_text("table t { id int\n d date\n primary key (id, d) }",
			 "table t { id int\n d date\n primary key (id, d)\n n int null\n"
			 "    partition by range columns (d) (\n"
			 "        partition p0 values less than ('2020-01-01'),\n"
			 "        partition p1 values less than (maxvalue)\n    )\n}"),
		"ALTER TABLE `t`\n"
		"    ADD COLUMN `n` int NULL AFTER `d`\n"
		"    PARTITION BY RANGE COLUMNS (`d`) (\n"
		"    PARTITION `p0` VALUES LESS THAN ('2020-01-01'),\n"
		"    PARTITION `p1` VALUES LESS THAN (MAXVALUE)\n);\n");
	assert_string_equal(
		sql_text("table t { id int primary key\n partition by hash (id) partitions 4 }",
			 "table t { id int primary key }"),
		"ALTER TABLE `t`\n    REMOVE PARTITIONING;\n");
}

TEST(flavours)
{
	static const char text[] = "table t { id int primary key\n a int\n index i (a) ignored }";
	use_server("mariadb", "10.11");
	assert_non_null(strstr(sql_text("", text), "INDEX `i` (`a`) IGNORED\n"));
	use_server("mysql", "9.7.4");
	assert_non_null(strstr(sql_text("", "table t { id int primary key\n p point srid 4326 }"),
			       "`p` point NOT NULL SRID 4326"));
	use_server("mariadb", "10.11");
	assert_non_null(strstr(sql_text("", "table t { id int primary key\n p point srid 4326 }"),
			       "`p` point REF_SYSTEM_ID=4326 NOT NULL"));
}

TEST(target_that_does_not_know_it)
{
	add_target("mysql", "5.6");
	assert_string_equal(sql_text("table t { id int primary key\n check k (id > 0) }",
				     "table t { id int primary key }"),
			    "refused");
	assert_said("mysql 5.6");
}

TEST(objects)
{
	struct object trigger = { .kind = ctx_name(&ctx, "trigger"), .name = ctx_name(&ctx, "r") };
	struct object view = { .kind = ctx_name(&ctx, "view"), .name = ctx_name(&ctx, "v") };
	trigger.head = "before insert on t";
	trigger.body = "set @a = 1";
	struct schema *from = state_of(""), *to = state_of("");
	LIST_PUSH(&arena, &from->objects, &view);
	LIST_PUSH(&arena, &to->objects, &trigger);
	struct plan plan = plan_between(from, to);
	assert_string_equal(plan_sql(&plan),
			    "DROP VIEW `v`;\n"
			    "CREATE TRIGGER `r` before insert on t\nset @a = 1;\n");
}

TEST(column_alone)
{
	const struct schema *schema = model("table t { `a``b` int primary key comment 'x' }");
	struct buf out = { 0 };
	sql_column(&out, &targets, schema->tables.items[0]->columns.items[0]);
	assert_string_equal(buf_text(&out), "int NOT NULL COMMENT 'x'");
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test_in_world(whole_table),
		test_in_world(one_alter),
		test_in_world(primary_key_and_options_go),
		test_in_world(renames),
		test_in_world(renamed_column_in_use),
		test_in_world(foreign_keys),
		test_in_world(filling),
		test_in_world(dropping),
		test_in_world(comment_of_an_index),
		test_in_world(index_on_an_enum_that_becomes_a_string),
		test_in_world(index_that_may_be_the_servers),
		test_in_world(partitions),
		test_in_world(flavours),
		test_in_world(target_that_does_not_know_it),
		test_in_world(objects),
		test_in_world(column_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
