#include "run/past.h"

#include "base/context.h"
#include "revision/op_text.h"
#include "tests/unit/unit.h"

#include <string.h>

static struct context ctx;
static struct arena arena;
static struct server server;
static struct past past;

static int set_up(void **state)
{
	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	server_defaults(&ctx, &server, FLAVOUR_MYSQL, 80036);
	past = past_new(&arena, NULL);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	context_free(&ctx);
	arena_free(&arena);
	return 0;
}

static const struct name *name(const char *text)
{
	return name_intern(&ctx.names, text);
}

static void note(const char *text)
{
	const struct source *src = ctx_source(&ctx, "op", text, strlen(text));
	const struct op *op = op_from_text(&ctx, &arena, &server, src);
	if (!op)
		diag_print(&ctx.diags, false, stderr);
	assert_non_null(op);
	past_note(&past, op);
}

/* "table.column" of before, or NULL. */
static const char *before(const char *table_text, const char *column_text)
{
	const struct name *table = name(table_text), *column = name(column_text);
	if (!past_find(&past, &table, &column))
		return NULL;
	return arena_printf(&arena, "%s.%s", table->text, column->text);
}

static bool changed(const char *table, const char *column)
{
	return past_is_changed(&past, name(table), name(column));
}

TEST(what_no_op_touches_is_called_the_same)
{
	note("alter table u: rename column a to b");
	assert_string_equal(before("t", "a"), "t.a");
	assert_string_equal(before("u", "c"), "u.c");
}

TEST(renames_are_followed_back)
{
	note("alter table t: rename column a to b");
	note("rename table t to u");
	note("alter table u: rename column b to c");
	note("rename table u to v");
	assert_string_equal(before("v", "c"), "t.a");
	assert_string_equal(before("v", "x"), "t.x");
}

TEST(a_swap_is_one)
{
	note("rename table a to tmp");
	note("rename table b to a");
	note("rename table tmp to b");
	assert_string_equal(before("a", "x"), "b.x");
	assert_string_equal(before("b", "x"), "a.x");
}

TEST(new_things_were_not_there)
{
	note("create table n engine InnoDB charset latin1 collate latin1_bin {\n a int\n primary "
	     "key (a)\n}");
	note("alter table t: add a int after x");
	note("rename table n to m");
	note("alter table m: rename column a to b");
	assert_null(before("m", "b"));
	assert_null(before("m", "c"));
	assert_null(before("t", "a"));
	assert_string_equal(before("t", "b"), "t.b");
}

TEST(a_name_that_is_taken_again_is_new)
{
	note("alter table t: rename column a to b");
	note("alter table t: add a int after b");
	assert_null(before("t", "a"));
	assert_string_equal(before("t", "b"), "t.a");
	note("rename table t to u");
	note("create table t engine InnoDB charset latin1 collate latin1_bin {\n a int\n primary "
	     "key (a)\n}");
	assert_null(before("t", "a"));
	assert_string_equal(before("u", "b"), "t.a");
}

TEST(changed_values_go_along_with_renames)
{
	note("alter table t: alter a varchar(9) charset latin1 collate latin1_bin to a int");
	note("alter table t: alter i int to i bigint");
	note("alter table t: rename column a to b");
	note("rename table t to u");
	assert_true(changed("u", "b"));
	assert_false(changed("u", "i"));
	assert_false(changed("t", "a"));
}

TEST(case_tells_tables_apart_where_the_server_does)
{
	past = past_new(&arena, &server);
	note("alter table T: rename column a to b");
	assert_string_equal(before("t", "b"), "t.b");
	assert_string_equal(before("T", "b"), "T.a");
}

TEST(an_index_goes_along_with_its_table)
{
	note("alter table t: add index k (a)");
	note("rename table t to u");
	assert_true(past_gets_index(&past, name("u")));
	assert_false(past_gets_index(&past, name("t")));
}

TEST(what_rows_of_now_get)
{
	note("alter table t: add a int default 7 after z");
	note("alter table t: add b int null after z");
	note("alter table t: rename column a to c");
	note("create table u engine InnoDB charset latin1 collate latin1_bin {\n a int\n primary "
	     "key (a)\n}");
	note("rename table u to w");
	assert_string_equal(past_added(&past, name("t"), name("c"))->default_value->text, "7");
	assert_non_null(past_added(&past, name("t"), name("b")));
	past_note_backfill(&past, &ctx, "t.b");
	assert_null(past_added(&past, name("t"), name("b")));
	assert_true(changed("t", "b"));
	assert_null(past_added(&past, name("t"), name("id")));
	assert_true(past_is_new(&past, name("w")));
	assert_false(past_is_new(&past, name("t")));
	assert_null(past_added(&past, name("w"), name("a")));
}

TEST(strings_that_become_other_strings)
{
	note("alter table t: alter a varchar(9) charset latin1 collate latin1_bin to a varchar(9) "
	     "charset utf8mb4 collate utf8mb4_bin");
	note("alter table t: alter b varchar(9) charset latin1 collate latin1_bin to b int");
	note("alter table t: rename column a to c");
	assert_string_equal(past_converted(&past, name("t"), name("c"))->collation->text,
			    "utf8mb4_bin");
	assert_null(past_converted(&past, name("t"), name("b")));
	assert_null(past_converted(&past, name("t"), name("d")));
	note("alter table t: alter c varchar(9) charset utf8mb4 collate utf8mb4_bin to c int");
	assert_null(past_converted(&past, name("t"), name("c")));
	note("alter table t: alter c int to c varchar(9) charset latin1 collate latin1_bin");
	assert_null(past_converted(&past, name("t"), name("c")));
	note("alter table t: alter e varchar(9) charset latin1 collate latin1_bin to e varchar(8) "
	     "charset latin1 collate latin1_bin");
	past_note_backfill(&past, &ctx, "t.e");
	assert_null(past_converted(&past, name("t"), name("e")));
}

#define with_past(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_past(what_no_op_touches_is_called_the_same),
		with_past(renames_are_followed_back),
		with_past(a_swap_is_one),
		with_past(new_things_were_not_there),
		with_past(a_name_that_is_taken_again_is_new),
		with_past(changed_values_go_along_with_renames),
		with_past(case_tells_tables_apart_where_the_server_does),
		with_past(an_index_goes_along_with_its_table),
		with_past(what_rows_of_now_get),
		with_past(strings_that_become_other_strings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
