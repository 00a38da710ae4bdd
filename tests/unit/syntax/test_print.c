/* The canonical form: what fmt makes of a file, that it stays so, and what is quoted where. */
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/file.h"
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

static const struct source *source_of(const char *text)
{
	return ctx_source(&ctx, "test.model", text, strlen(text));
}

static void no_errors(const char *text)
{
	const struct diag_queue *queue = &ctx.diags;

	if (queue->errors) {
		diag_print(queue, false, stderr);
		diag_clear(&ctx.diags);
		fail_msg("errors in:\n%s", text);
	}
}

static const char *format(const char *text)
{
	struct buf out = { 0 };
	const struct tree_file *file = parse_file(&ctx, &arena, source_of(text));

	no_errors(text);
	print_file(&out, file);
	return buf_arena(&out, &arena);
}

static void check_format(const char *text, const char *expected)
{
	const char *once = format(text);

	assert_string_equal(once, expected);
	assert_string_equal(format(once), expected);
}

static void check_same(const char *text)
{
	check_format(text, text);
}

TEST(columns_are_aligned)
{
	check_format("table t {\n"
		     "id int comment 'x' primary key UNSIGNED,\n"
		     "    longer_name   ENUM('a','b')   default 'a' null\n"
		     "  use m\n"
		     "\tp decimal( 12 , 2 )\n"
		     "}",
		     "table t {\n"
		     "    id          int unsigned primary key comment 'x'\n"
		     "    longer_name enum('a', 'b') null default 'a'\n"
		     "    use m\n"
		     "    p           decimal(12,2)\n"
		     "}\n");
	check_same("table t {\n"
		   "    状态 int\n"
		   "    a    int\n"
		   "}\n");
}

TEST(schema_block)
{
	check_format("schema shop {\n target mysql 8.0 ,mariadb 10.11\n engine=InnoDB\n}\n",
		     "schema shop {\n    engine InnoDB\n    target mysql 8.0, mariadb 10.11\n}\n");
}

TEST(comments_stay)
{
	check_same("-- about the file\n"
		   "# more\n"
		   "\n"
		   "-- about t\n"
		   "table t { -- at the brace\n"
		   "    -- about a\n"
		   "    a int -- at a\n"
		   "    b int /* at b */\n"
		   "\n"
		   "    /* about\n"
		   "       the index */\n"
		   "    index (a)\n"
		   "    -- at the end\n"
		   "}\n"
		   "\n"
		   "-- the last\n");
	check_same("-- detached\n"
		   "\n"
		   "table t {\n"
		   "    -- only a comment\n"
		   "}\n");
}

static struct tree_comment comment(const char *text, bool blank_before)
{
	return (struct tree_comment){ text, strlen(text), blank_before };
}

static struct tree_item *column(const char *name)
{
	struct tree_item *item = ARENA_NEW(&arena, struct tree_item);
	struct tree_type *type = ARENA_NEW(&arena, struct tree_type);

	type->word = ctx_name(&ctx, "INT");
	item->kind = TREE_COLUMN;
	item->name.name = ctx_name(&ctx, name);
	item->type = type;
	return item;
}

/* The tree's side of it, without a parser. */
TEST(comments_of_a_tree)
{
	struct tree_item *table = ARENA_NEW(&arena, struct tree_item);
	struct tree_item *a = column("a"), *b = column("b");
	struct tree_file file = { 0 };
	struct buf out = { 0 };

	table->kind = TREE_TABLE;
	table->name.name = ctx_name(&ctx, "t");
	table->blank_before = table->detached = true;
	LIST_PUSH(&arena, &table->before, comment("-- 1  ", true));
	LIST_PUSH(&arena, &table->before, comment("-- 2", true));
	table->trailing = comment("# 3", false);
	a->trailing = comment("/* 4 */", false);
	a->blank_before = true;
	b->blank_before = true;
	LIST_PUSH(&arena, &b->before, comment("-- 5", true));
	LIST_PUSH(&arena, &b->before, comment("-- 6", false));
	LIST_PUSH(&arena, &table->items, a);
	LIST_PUSH(&arena, &table->items, b);
	LIST_PUSH(&arena, &table->dangling, comment("-- 7", true));
	LIST_PUSH(&arena, &file.items, table);
	LIST_PUSH(&arena, &file.dangling, comment("-- 8", true));
	print_file(&out, &file);
	assert_string_equal(buf_text(&out),
			    "-- 1\n\n-- 2\n\ntable t { # 3\n    a int /* 4 */\n\n"
			    "    -- 5\n    -- 6\n    b int\n\n    -- 7\n}\n\n-- 8\n");
	buf_clear(&out);
	print_entry(&out, b);
	assert_string_equal(buf_text(&out), "b int");
	buf_free(&out);
}

TEST(blank_lines)
{
	check_format("\n\ntable t {\n\n\n    a int\n\n\n\n    b int\n\n}\ntable u {\n}\n\n\n",
		     "table t {\n    a int\n\n    b int\n}\n\ntable u {\n}\n");
	check_format("table t {\n    a int\n\n\n    -- b\n\n\n    -- c\n\n    b int\n}\n",
		     "table t {\n    a int\n\n    -- b\n\n    -- c\n\n    b int\n}\n");
}

TEST(items)
{
	check_same("type money = decimal(12,2) unsigned\n"
		   "\n"
		   "mixin m {\n"
		   "    a int\n"
		   "}\n"
		   "\n"
		   "table t engine InnoDB comment 'x' was old {\n"
		   "    a like users.platform null\n"
		   "    b references orders (id) on delete cascade null comment 'x'\n"
		   "    c references crm.orders on delete set null on update no action\n"
		   "    d int references x (y)\n"
		   "    e datetime(3) default current_timestamp(3) on update current_timestamp(3)\n"
		   "    f varchar(9) charset ascii collate ascii_bin null backfill ('web')\n"
		   "    g int as (a + 1) stored\n"
		   "    h int default -1 check (h > 0)\n"
		   "    i int default (0)\n"
		   "    j double\n"
		   "\n"
		   "    primary key (a, b desc)\n"
		   "    unique u (a(10))\n"
		   "    index ((lower(a)), b) invisible comment 'x'\n"
		   "    fulltext (a) with parser ngram\n"
		   "    foreign key fk (a, b) references t (a, b) on delete restrict\n"
		   "    check ck (a > 0 or b) not enforced\n"
		   "}\n");
}

TEST(objects)
{
	check_same("view v as $$\nselect 1\n\n  from dual\n$$\n"
		   "\n"
		   "trigger tr before insert on t $body$\nset @a = '$$';\n$$\n$body$\n");
}

TEST(partitions)
{
	check_same("table t {\n"
		   "    a int\n"
		   "\n"
		   "    partition by range (year(a)) subpartition by hash (a) subpartitions 2 (\n"
		   "        partition p0 values less than (2000) comment 'x' (\n"
		   "            subpartition s0,\n"
		   "            subpartition s1\n"
		   "        ),\n"
		   "        partition p1 values less than maxvalue\n"
		   "    )\n"
		   "}\n");
	check_same("table t {\n"
		   "    partition by list columns (a, b) (\n"
		   "        partition p0 values in ((1, 'a'), (2, 'b')),\n"
		   "        partition p1 default\n"
		   "    ) managed externally\n"
		   "}\n");
	check_same("table t {\n    partition by linear key algorithm = 1 (a) partitions 4\n}\n");
	check_same("table t {\n    partition by key () partitions 4\n}\n");
	check_same("table t {\n"
		   "    partition by range columns (a, b) (\n"
		   "        partition p0 values less than (1, 'a') engine InnoDB,\n"
		   "        partition p1 values less than (2, maxvalue)\n"
		   "    )\n"
		   "}\n");
	check_same("table t {\n"
		   "    partition by system_time interval 1 month (\n"
		   "        partition p0 history,\n"
		   "        partition p1 current\n"
		   "    )\n"
		   "}\n");
	check_same("table t {\n"
		   "    a int as row start\n"
		   "    b int as row end\n"
		   "    period for p (a, b)\n"
		   "    primary key (c, p without overlaps)\n"
		   "}\n");
}

TEST(names_are_quoted_where_they_must_be)
{
	check_same("table `order no` {\n"
		   "    `primary`   int\n"
		   "    `use`       int\n"
		   "    `Key`       int\n"
		   "    status      int\n"
		   "    type        int\n"
		   "    comment     int\n"
		   "    `12`        int\n"
		   "    `a``b`      int\n"
		   "    `a-b`       int\n"
		   "    order       int\n"
		   "    select      int\n"
		   "    first       int\n"
		   "    to          int\n"
		   "    null        int\n"
		   "    interval    int\n"
		   "    primary_key int was `key 1`\n"
		   "    like        like `order no`.status\n"
		   "    references  references references\n"
		   "    index (status, `interval`, `null`)\n"
		   "    index `key` (a)\n"
		   "    index status (order)\n"
		   "    unique `index` (a)\n"
		   "    check ((status + `interval`) * 2 > first)\n"
		   "}\n");
}

static void check_op(const char *text)
{
	struct buf out = { 0 };
	const struct tree_op *op = parse_op(&ctx, &arena, source_of(text));

	no_errors(text);
	print_op(&out, op);
	assert_string_equal(buf_text(&out), text);
	buf_free(&out);
}

TEST(operations)
{
	static const char *const ops[] = {
		"create table t comment 'x' {\n    a  int\n    bc int\n}",
		"rename table a to b",
		"alter table t: add a int null after b",
		"alter table t: add `to` int first",
		"alter table t: drop index ix (a)",
		"alter table t: drop a int default 'after' after `first`",
		"alter table t: alter `to` int to `to` bigint unsigned",
		"alter table t: rename column `to` to `after`",
		"alter table t: rename index a to b",
		"alter table t: move a first to after b",
		"alter table t: move `first` after `after` to first",
		"alter table t: set comment 'a' to comment 'b'",
		"alter table t: set none to charset utf8mb4 collate utf8mb4_bin",
		"alter table t: partition by hash (a) partitions 4 to none",
		"alter table t: none to partition by list (a) (partition p0 values in (1))",
		"drop view v as $$\nselect 1\n$$",
	};

	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++)
		check_op(ops[i]);
	check_op(
		"alter table t: none to partition by range (a) (partition p0 values less than (1), "
		"partition p1 values less than maxvalue)");
}

TEST(the_shop_is_canonical)
{
	glob_t files;

	assert_int_equal(glob("schema/*.model", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		const char *text;
		size_t len;
		assert_true(file_read(&ctx, &arena, files.gl_pathv[i], &text, &len));
		check_same(text);
	}
	globfree(&files);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_aligned),
		cmocka_unit_test(schema_block),
		cmocka_unit_test(comments_stay),
		cmocka_unit_test(comments_of_a_tree),
		cmocka_unit_test(blank_lines),
		cmocka_unit_test(items),
		cmocka_unit_test(objects),
		cmocka_unit_test(partitions),
		cmocka_unit_test(names_are_quoted_where_they_must_be),
		cmocka_unit_test(operations),
		cmocka_unit_test(the_shop_is_canonical),
	};
	return cmocka_run_group_tests_name("print", tests, set_up, tear_down);
}
