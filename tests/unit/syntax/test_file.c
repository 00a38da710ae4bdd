/* Whole files: comments, recovery from errors, bytes that are no text, bounds. */
#include "tests/unit/syntax/parsing.h"

TEST(one_run_says_all)
{
	static const char text[] =
	"tabel x {\n"
	"    a int\n"
	"}\n"
	"schema shop {\n"
	"    engin InnoDB\n"
	"    charset utf8mb4\n"
	"}\n"
	"table t {\n"
	"    a int defualt 0\n"
	"    b int null;\n"
	"    foreign key (a)\n"
	"        references u (a)\n"
	"        on delete cascade\n"
	"    check (a > 0\n"
	"    c int\n"
	"}\n"
	"table u comment {\n"
	"    a int\n"
	"}\n"
	"create table v (\n"
	"    a int\n"
	");\n"
	"type m = decimal(\n"
	"table w { a int }\n";

	assert_string_equal(print(FILES, text, sizeof(text) - 1),
	"schema shop {\n"
	"    charset utf8mb4\n"
	"}\n"
	"\n"
	"table t {\n"
	"    b int null\n"
	"    foreign key (a) references u (a) on delete cascade\n"
	"    c int\n"
	"}\n"
	"\n"
	"table w {\n"
	"    a int\n"
	"}\n");
	assert_string_equal(said(),
	"error: 'tabel' does not begin an item of a model file [syntax]\n"
	"  --> t:1:1\n"
	"   1 | tabel x {\n"
	"     | ^~~~~\n"
	"hint: did you mean 'table'?\n"
	"error: a schema has no attribute 'engin' [syntax]\n"
	"  --> t:5:5\n"
	"   5 |     engin InnoDB\n"
	"     |     ^~~~~\n"
	"hint: did you mean 'engine'?\n"
	"error: a column has no attribute 'defualt' [syntax]\n"
	"  --> t:9:11\n"
	"   9 |     a int defualt 0\n"
	"     |           ^~~~~~~\n"
	"hint: did you mean 'default'?\n"
	"error: there are no semicolons here [syntax]\n"
	"  --> t:10:15\n"
	"  10 |     b int null;\n"
	"     |               ^\n"
	"hint: the end of the line ends an item: take it away\n"
	"error: 'references' stands on a line of its own [syntax]\n"
	"  --> t:12:9\n"
	"  12 |         references u (a)\n"
	"     |         ^~~~~~~~~~\n"
	"hint: write it on the line above, or end that line with a backslash\n"
	"error: 'on' stands on a line of its own [syntax]\n"
	"  --> t:13:9\n"
	"  13 |         on delete cascade\n"
	"     |         ^~\n"
	"hint: write it on the line above, or end that line with a backslash\n"
	"error: this parenthesis is never closed [syntax]\n"
	"  --> t:14:11\n"
	"  14 |     check (a > 0\n"
	"     |           ^\n"
	"error: '{' does not fit here, expected a string or '=' [syntax]\n"
	"  --> t:17:17\n"
	"  17 | table u comment {\n"
	"     |                 ^\n"
	"error: 'create' does not begin an item of a model file [syntax]\n"
	"  --> t:20:1\n"
	"  20 | create table v (\n"
	"     | ^~~~~~\n"
	"hint: a table is written: table NAME { … }\n"
	"error: there are no semicolons here [syntax]\n"
	"  --> t:22:2\n"
	"  22 | );\n"
	"     |  ^\n"
	"hint: the end of the line ends an item: take it away\n"
	"error: this parenthesis is never closed [syntax]\n"
	"  --> t:23:17\n"
	"  23 | type m = decimal(\n"
	"     |                 ^\n");
}

TEST(the_languages_example)
{
	assert_prints(FILES,
	"-- schema/schema.model\n"
	"schema shop {\n"
	"    engine  InnoDB\n"
	"    charset utf8mb4\n"
	"    collate utf8mb4_unicode_ci\n"
	"    target  mysql 8.0, mysql 8.4, mariadb 10.11       -- the one text "
	"that is emitted must be valid, and mean the same, on all of them\n"
	"}\n"
	"\n"
	"type money = decimal(12,2) unsigned                    -- a named "
	"type, used like any other\n"
	"\n"
	"mixin timestamps {\n"
	"    created_at datetime(3) default current_timestamp(3)\n"
	"    updated_at datetime(3) default current_timestamp(3) on update "
	"current_timestamp(3)\n"
	"}\n"
	"\n"
	"table users comment '用户' {\n"
	"    platform  varchar(32) collate utf8mb4_bin\n"
	"    user_id   varchar(64)\n"
	"    nickname  varchar(255) null\n"
	"    use timestamps\n"
	"\n"
	"    primary key (platform, user_id)\n"
	"}\n"
	"\n"
	"table orders {\n"
	"    order_id  varchar(64) primary key\n"
	"    platform  like users.platform                      -- type, length, "
	"charset and collation of that column\n"
	"    user_id   like users.user_id\n"
	"    amount    money default 0.00\n"
	"    status    enum('created', 'paid', 'closed') default 'created'\n"
	"    buyer     varchar(64) null was buyer_name          -- renamed, "
	"not dropped and added\n"
	"    channel   varchar(16) backfill ('web')             -- new on a "
	"table with rows: what the rows get\n"
	"    use timestamps\n"
	"\n"
	"    foreign key (platform, user_id) references users (platform, user_id) "
	"on delete restrict\n"
	"    index (status, created_at desc)\n"
	"    check (amount >= 0)\n"
	"}\n"
	"\n"
	"table order_items {\n"
	"    id         bigint unsigned auto_increment primary key\n"
	"    order_id   references orders on delete cascade     -- no type: "
	"it is the type of orders' primary key\n"
	"    product_id references products (product_id)\n"
	"    quantity   int unsigned default 1\n"
	"    total      money as (quantity * 1.00) stored\n"
	"\n"
	"    unique (order_id, product_id)\n"
	"}\n",
	"-- schema/schema.model\n"
	"schema shop {\n"
	"    engine  InnoDB\n"
	"    charset utf8mb4\n"
	"    collate utf8mb4_unicode_ci\n"
	"    target  mysql 8.0, mysql 8.4, mariadb 10.11 -- the one text "
	"that is emitted must be valid, and mean the same, on all of them\n"
	"}\n"
	"\n"
	"type money = decimal(12,2) unsigned -- a named type, used like any "
	"other\n"
	"\n"
	"mixin timestamps {\n"
	"    created_at datetime(3) default current_timestamp(3)\n"
	"    updated_at datetime(3) default current_timestamp(3) on update "
	"current_timestamp(3)\n"
	"}\n"
	"\n"
	"table users comment '用户' {\n"
	"    platform varchar(32) collate utf8mb4_bin\n"
	"    user_id  varchar(64)\n"
	"    nickname varchar(255) null\n"
	"    use timestamps\n"
	"\n"
	"    primary key (platform, user_id)\n"
	"}\n"
	"\n"
	"table orders {\n"
	"    order_id varchar(64) primary key\n"
	"    platform like users.platform -- type, length, charset and collation "
	"of that column\n"
	"    user_id  like users.user_id\n"
	"    amount   money default 0.00\n"
	"    status   enum('created', 'paid', 'closed') default 'created'\n"
	"    buyer    varchar(64) null was buyer_name -- renamed, not dropped "
	"and added\n"
	"    channel  varchar(16) backfill ('web') -- new on a table with rows: "
	"what the rows get\n"
	"    use timestamps\n"
	"\n"
	"    foreign key (platform, user_id) references users (platform, user_id) "
	"on delete restrict\n"
	"    index (status, created_at desc)\n"
	"    check (amount >= 0)\n"
	"}\n"
	"\n"
	"table order_items {\n"
	"    id         bigint unsigned auto_increment primary key\n"
	"    order_id   references orders on delete cascade -- no type: it "
	"is the type of orders' primary key\n"
	"    product_id references products (product_id)\n"
	"    quantity   int unsigned default 1\n"
	"    total      money as (quantity * 1.00) stored\n"
	"\n"
	"    unique (order_id, product_id)\n"
	"}\n");
}

TEST(comments)
{
	assert_prints(FILES,
	"-- top\n"
	"\n"
	"-- of t\n"
	"table t { -- behind\n"
	"    -- above a\n"
	"    a int, -- behind a\n"
	"    # one\n"
	"    /* two */\n"
	"    b int default (\n"
	"        1 -- inside\n"
	"    )\n"
	"    /* x */ c int\n"
	"\n"
	"    -- last\n"
	"}\n"
	"-- end\n",
	"-- top\n"
	"\n"
	"-- of t\n"
	"table t { -- behind\n"
	"    -- above a\n"
	"    a int -- behind a\n"
	"    # one\n"
	"    /* two */\n"
	"    -- inside\n"
	"    b int default (1)\n"
	"    /* x */\n"
	"    c int\n"
	"\n"
	"    -- last\n"
	"}\n"
	"-- end\n");
}

TEST(comments_in_a_schema_block)
{
	assert_prints(FILES,
	"schema s { -- name\n"
	"    -- above target\n"
	"    target mysql 8.0, mariadb 10.11 -- beside target\n"
	"\n"
	"    -- above engine\n"
	"    engine InnoDB /* beside engine */\n"
	"    charset /* in */ utf8mb4\n"
	"    -- last\n"
	"} -- behind\n",
	"schema s { -- name\n"
	"    -- above engine\n"
	"    engine  InnoDB /* beside engine */\n"
	"    /* in */\n"
	"    charset utf8mb4\n"
	"    -- above target\n"
	"    target  mysql 8.0, mariadb 10.11 -- beside target\n"
	"    -- last\n"
	"} -- behind\n");
}

TEST(comments_at_partitions)
{
	static const char text[] =
	"table t { -- head\n"
	"    a int\n"
	"    -- above\n"
	"    partition by range (a) ( -- opened\n"
	"        partition p0 values less than (10), -- old\n"
	"        -- above p1\n"
	"        partition p1 values less than maxvalue ( -- parts\n"
	"            subpartition s0, -- one\n"
	"            subpartition s1 -- two\n"
	"            -- last of p1\n"
	"        ) -- behind p1\n"
	"        -- last\n"
	"    ) -- end\n"
	"    -- below\n"
	"} -- closing\n"
	"\n"
	"table u {\n"
	"    a int\n"
	"    partition by hash (a) partitions 3 -- three\n"
	"} -- of u\n";

	assert_prints(FILES, text, text);
	assert_prints(FILES,
	"table t { a int, partition by range (a) (partition p0 values less than (1) /* x */,\n"
	"/* y */ partition /* z */ p1 values less than maxvalue) } engine /* v */ InnoDB -- w\n",
	"/* v */\n"
	"table t engine InnoDB {\n"
	"    a int\n"
	"    partition by range (a) (\n"
	"        partition p0 values less than (1), /* x */\n"
	"        /* y */\n"
	"        /* z */\n"
	"        partition p1 values less than maxvalue\n"
	"    )\n"
	"} -- w\n");
}

TEST(objects)
{
	assert_prints(FILES,
	"view v as $$\n"
	"select 1\n"
	"$$\n"
	"\n"
	"trigger tr before insert on t $x$\n"
	"begin\n"
	"    set new.a = '$$';\n"
	"end\n"
	"$x$\n",
	"view v as $$\n"
	"select 1\n"
	"$$\n"
	"\n"
	"trigger tr before insert on t $x$\n"
	"begin\n"
	"    set new.a = '$$';\n"
	"end\n"
	"$x$\n");
	assert_prints(FILES,
	"view a as $$\n\n$$\nview b as $$\nx\n\n$$\n",
	"view a as $$\n$$\n\nview b as $$\nx\n\n$$\n");
	assert_said(FILES, "view v as $$ select 1 $$\ntype t = int\n", 38,
		    "a body stands on lines of its own");
	assert_int_equal(ctx.diags.errors, 1);
}

TEST(options_behind_the_brace)
{
	static const char wrong[] =
	"table t { a int } engine=InnoDB;\n"
	"mixin m { b int } engine=InnoDB\n"
	"table u { c int } PARTITION BY HASH (c)\n"
	"table v { d int }\n";

	assert_prints(FILES,
	"table t ENGINE=InnoDB, COMMENT='x' {\n"
	"    a int\n"
	"} ROW_FORMAT=dynamic, DEFAULT CHARSET=utf8mb4\n"
	"  AUTO_INCREMENT=3\n"
	"table u { a int }, type v = int\n",
	"table t engine InnoDB charset utf8mb4 auto_increment 3 row_format dynamic comment 'x' {\n"
	"    a int\n"
	"}\n"
	"\n"
	"table u {\n"
	"    a int\n"
	"}\n"
	"\n"
	"type v = int\n");
	assert_string_equal(print(FILES, wrong, sizeof(wrong) - 1),
	"table t engine InnoDB {\n"
	"    a int\n"
	"}\n"
	"\n"
	"mixin m {\n"
	"    b int\n"
	"}\n"
	"\n"
	"table u {\n"
	"    c int\n"
	"}\n"
	"\n"
	"table v {\n"
	"    d int\n"
	"}\n");
	assert_string_equal(said(),
	"error: there are no semicolons here [syntax]\n"
	"  --> t:1:32\n"
	"   1 | table t { a int } engine=InnoDB;\n"
	"     |                                ^\n"
	"hint: the end of the line ends an item: take it away\n"
	"error: 'engine' does not fit here, expected the end of the line [syntax]\n"
	"  --> t:2:19\n"
	"   2 | mixin m { b int } engine=InnoDB\n"
	"     |                   ^~~~~~\n"
	"error: a table has no attribute 'PARTITION' [syntax]\n"
	"  --> t:3:19\n"
	"   3 | table u { c int } PARTITION BY HASH (c)\n"
	"     |                   ^~~~~~~~~\n"
	"hint: partition by … is an item of the table: write it above the }\n");
}

TEST(pasted_spellings)
{
	assert_prints(FILES,
	"table t ENGINE=InnoDB AUTO_INCREMENT=5 DEFAULT CHARSET=utf8mb4\n"
	"    COLLATE=utf8mb4_bin COMMENT='x' {\n"
	"  `id` INT(11) NOT NULL AUTO_INCREMENT,\n"
	"  `order` varchar(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT "
	"NULL,\n"
	"  PRIMARY KEY (`id`),\n"
	"  UNIQUE KEY `u` (`order`) USING BTREE,\n"
	"  PARTITION BY RANGE (`id`) (\n"
	"    PARTITION p0 VALUES LESS THAN (10)\n"
	"      ENGINE = InnoDB,\n"
	"    PARTITION p1 VALUES LESS THAN MAXVALUE ENGINE = InnoDB\n"
	"  )\n"
	"}\n",
	"table t engine InnoDB charset utf8mb4 collate utf8mb4_bin auto_increment "
	"5 comment 'x' {\n"
	"    id    int(11) not null auto_increment\n"
	"    order varchar(10) charset utf8mb4 collate utf8mb4_bin default "
	"null\n"
	"    primary key (id)\n"
	"    unique u (order) using BTREE\n"
	"    partition by range (id) (\n"
	"        partition p0 values less than (10) engine InnoDB,\n"
	"        partition p1 values less than maxvalue engine InnoDB\n"
	"    )\n"
	"}\n");
}

TEST(bytes_that_are_no_text)
{
	assert_said(FILES, "table t {\n a\xff int\n}\n", 20, "this byte (0xff) is not UTF-8");
	assert_said(FILES, "table t {\0 a int\n}\n", 20, "there is a NUL byte here");
	assert_null(print(MODEL_EXPR, "a\0b", 3));
	assert_prints(FILES, "\xEF\xBB\xBFtype t = int\r\n", "type t = int\n");
	assert_prints(FILES, "", "");
}

static char *repeat(const char *left, const char *middle, const char *right, unsigned times)
{
	struct buf text = { 0 };

	for (unsigned i = 0; i < times; i++)
		buf_add(&text, left);
	buf_add(&text, middle);
	for (unsigned i = 0; i < times; i++)
		buf_add(&text, right);
	return buf_arena(&text, &arena);
}

TEST(depth_is_bounded)
{
	static const char *const lefts[] = { "(", "- ", "not ", "case when a then ", "f(", "~", "a + (" };
	static const char *const rights[] = { ")", "", "", " end", ")", "", ")" };

	for (size_t i = 0; i < sizeof(lefts) / sizeof(lefts[0]); i++) {
		const char *fine = repeat(lefts[i], "1", rights[i], SYNTAX_MAX_DEPTH / 4);
		const char *deep = repeat(lefts[i], "1", rights[i], 100000);

		assert_non_null(print(MODEL_EXPR, fine, strlen(fine)));
		assert_null(print(MODEL_EXPR, deep, strlen(deep)));
	}
	const char *chain = repeat("a + ", "1", "", 1000);
	assert_non_null(print(MODEL_EXPR, chain, strlen(chain)));
	chain = repeat("a + ", "1", "", 100000);
	assert_null(print(MODEL_EXPR, chain, strlen(chain)));
	const char *check = arena_printf(&arena, "check %s", repeat("(", "a", ")", 1000));
	assert_said(ITEM, check, strlen(check), "this is nested too deeply");
}
/* Found by fuzzing: fmt wrote such a name in backquotes, which can't hold it. */
TEST(names_are_of_one_line)
{
	const char *text = "table t engine 'a\nb' {\n}\n";

	assert_said(FILES, text, strlen(text), "a name can't hold a line break");
}

/* Linear: a minute and more when it is not. */
TEST(mistakes_are_bounded)
{
	static const char *const lines[] = { "\\'\n", "'\"\n", "a b c d e\n", "a:b;", "x'",
					     "table t {\n a int b\n}\n" };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *text = repeat(lines[i], "", "", 60000);

		print(FILES, text, strlen(text));
		assert_int_equal(ctx.diags.errors, 100);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define ONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
		ONE(one_run_says_all),
		ONE(the_languages_example),
		ONE(comments),
		ONE(comments_in_a_schema_block),
		ONE(comments_at_partitions),
		ONE(objects),
		ONE(options_behind_the_brace),
		ONE(pasted_spellings),
		ONE(bytes_that_are_no_text),
		ONE(depth_is_bounded),
		ONE(names_are_of_one_line),
		ONE(mistakes_are_bounded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
