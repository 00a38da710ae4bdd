#include "run/store.h"

#include "tests/unit/unit.h"

#include <stdlib.h>

#include "tests/unit/run/fake_db.h"

static struct context ctx;
static struct arena arena;
static struct db db;
static struct store store;

static int set_up(void **state)
{
	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	db = (struct db){ .ctx = &ctx, .database = "shop" };
	store = (struct store){ .db = &db, .version_table = STORE_VERSION_TABLE };
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	db_close(&db);
	context_free(&ctx);
	arena_free(&arena);
	return 0;
}

static void script(struct fake_answer *answers, size_t n)
{
	db.answers = answers;
	db.n = n;
	buf_clear(&db.log);
}

#define SCRIPT(...)                                     \
	struct fake_answer answers[] = { __VA_ARGS__ }; \
	script(answers, sizeof(answers) / sizeof(answers[0]))

static struct string_list words(const char *text)
{
	struct string_list list = { 0 };
	char *copy = arena_strdup(&arena, text), *rest = NULL;
	for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		LIST_PUSH(&arena, &list, word);
	return list;
}

static const char *said(void)
{
	return ctx.diags.diags.n ? ctx.diags.diags.items[ctx.diags.diags.n - 1]->message : "";
}

TEST(no_table_no_rows)
{
	struct string_list rows;
	script(NULL, 0);
	assert_true(store_versions(&ctx, &arena, &store, &rows));
	assert_int_equal(rows.n, 0);
	assert_string_equal(
		buf_text(&db.log),
		"SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'shop' AND "
		"TABLE_NAME = 'autogen_version'\n");
}

TEST(rows_are_sorted)
{
	struct string_list rows;
	store.version_table = "a`b'c";
	SCRIPT({ "TABLE_NAME = 'a`b''c'", "1", 0, false },
	       { "`shop`.`a``b'c`", "zz\n\\N\nbb", 0, false });
	assert_true(store_versions(&ctx, &arena, &store, &rows));
	assert_int_equal(rows.n, 2);
	assert_string_equal(rows.items[0], "bb");
	assert_string_equal(rows.items[1], "zz");
}

TEST(what_fails_is_said)
{
	struct string_list rows;
	SCRIPT({ "information_schema", NULL, 1044, false });
	assert_false(store_versions(&ctx, &arena, &store, &rows));
	assert_string_equal(said(), "refused (error 1044)");
}

TEST(tables_are_made_once)
{
	script(NULL, 0);
	assert_true(store_make_tables(&ctx, &store));
	const char *log = buf_text(&db.log);
	assert_non_null(
		strstr(log, "CREATE TABLE `shop`.`autogen_version` (`version_num` VARCHAR(32) NOT "
			    "NULL, CONSTRAINT `autogen_version_pkc` PRIMARY KEY "
			    "(`version_num`)) ENGINE=InnoDB"));
	assert_non_null(strstr(log, "CREATE TABLE `shop`.`autogen_journal` ("));
	SCRIPT({ "'autogen_version'", "1", 0, false }, { "'autogen_journal'", "1", 0, false });
	assert_true(store_make_tables(&ctx, &store));
	assert_null(strstr(buf_text(&db.log), "CREATE"));
}

/* The statements between START TRANSACTION and COMMIT that change rows. */
static const char *moves(const char *before, const char *after)
{
	struct string_list a = words(before), b = words(after);
	char *rows = arena_strdup(&arena, before);
	for (char *at = rows; *at; at++)
		*at = *at == ' ' ? '\n' : *at;
	SCRIPT({ "FOR UPDATE", rows, 0, false });
	assert_true(store_set_versions(&ctx, &store, &a, &b));
	const char *text = arena_strdup(&arena, buf_text(&db.log));
	const char *start =
		"START TRANSACTION\nSELECT `version_num` FROM `shop`.`autogen_version` FOR "
		"UPDATE\n";
	assert_memory_equal(text, start, strlen(start));
	text += strlen(start);
	char *end = strstr(text, "COMMIT\n");
	assert_non_null(end);
	*end = 0;
	return text;
}

TEST(rows_move_as_alembics_do)
{
	assert_string_equal(moves("", "a"),
			    "INSERT INTO `shop`.`autogen_version` (`version_num`) VALUES ('a')\n");
	assert_string_equal(moves("a", "b"),
			    "UPDATE `shop`.`autogen_version` SET `version_num` = 'b' "
			    "WHERE `version_num` = 'a'\n");
	assert_string_equal(moves("b", "b c"),
			    "INSERT INTO `shop`.`autogen_version` (`version_num`) VALUES ('c')\n");
	assert_string_equal(moves("b c", "d"),
			    "DELETE FROM `shop`.`autogen_version` WHERE `version_num` = 'b'\n"
			    "UPDATE `shop`.`autogen_version` SET `version_num` = 'd' WHERE "
			    "`version_num` = 'c'\n");
	assert_string_equal(moves("d", "b c"),
			    "UPDATE `shop`.`autogen_version` SET `version_num` = 'b' WHERE "
			    "`version_num` = 'd'\n"
			    "INSERT INTO `shop`.`autogen_version` (`version_num`) VALUES ('c')\n");
	assert_string_equal(moves("a", ""),
			    "DELETE FROM `shop`.`autogen_version` WHERE `version_num` = "
			    "'a'\n");
	assert_string_equal(moves("a b", "a b"), "");
}

TEST(rows_moved_by_others)
{
	struct string_list a = words("a"), b = words("b");
	SCRIPT({ "FOR UPDATE", "c\nd", 0, false });
	assert_false(store_set_versions(&ctx, &store, &a, &b));
	assert_string_equal(said(),
			    "somebody else moved the rows of 'autogen_version': it holds 'c', 'd', "
			    "not 'a'");
	assert_non_null(strstr(buf_text(&db.log), "ROLLBACK\n"));
	assert_null(strstr(buf_text(&db.log), "COMMIT"));
}

TEST(a_revision_ends_in_one_transaction)
{
	struct string_list a = words(""), b = words("a");
	script(NULL, 0);
	assert_true(store_end_revision(&ctx, &store, &a, &b, "a"));
	assert_string_equal(buf_text(&db.log),
			    "START TRANSACTION\n"
			    "SELECT `version_num` FROM `shop`.`autogen_version` FOR UPDATE\n"
			    "INSERT INTO `shop`.`autogen_version` (`version_num`) VALUES ('a')\n"
			    "UPDATE `shop`.`autogen_journal` SET `closed` = UTC_TIMESTAMP(3) WHERE "
			    "`closed` IS NULL AND `revision` = 'a'\n"
			    "COMMIT\n");
	SCRIPT({ "INSERT", NULL, 1205, false });
	assert_false(store_end_revision(&ctx, &store, &a, &b, NULL));
	assert_non_null(strstr(buf_text(&db.log), "ROLLBACK\n"));
}

TEST(journal_rows)
{
	struct journal_row row = { .run = "r1",
				   .revision = "a",
				   .direction = REVISION_DOWN,
				   .statement = 3,
				   .hash = "0123" };
	store.server_uuid = "u";
	SCRIPT({ "LAST_INSERT_ID", "42", 0, false });
	assert_true(store_journal_start(&ctx, &store, &row, STATEMENT_EDITED));
	assert_int_equal(row.id, 42);
	assert_int_equal(row.connection, 7);
	assert_non_null(strstr(buf_text(&db.log),
			       "VALUES ('r1', 'a', 'downgrade', 3, '0123', 'edited', "
			       "CONNECTION_ID(), 'u', "));
	assert_true(store_journal_fail(&ctx, &store, 42, 1050));
	assert_non_null(strstr(buf_text(&db.log), "SET `error` = 1050 WHERE `id` = 42\n"));
}

TEST(the_latest_row_of_a_statement_counts)
{
	struct journal_row *rows;
	size_t n;
	SCRIPT({ "`closed` IS NULL",
		 "1|r1|a|upgrade|2|h2|\\N|5|\\N|\\N|100|ddl\n"
		 "2|r1|a|upgrade|1|h1|x|5|\\N|\\N|90|ddl\n"
		 "3|r2|a|upgrade|2|h3|\\N|6|1205|u|10|data",
		 0, false });
	assert_true(store_journal_open_rows(&ctx, &arena, &store, "a", &rows, &n));
	assert_int_equal(n, 2);
	assert_int_equal(rows[0].statement, 1);
	assert_true(rows[0].finished);
	assert_null(rows[0].server_uuid);
	assert_int_equal(rows[1].id, 3);
	assert_string_equal(rows[1].hash, "h3");
	assert_int_equal(rows[1].error, 1205);
	assert_int_equal(rows[1].age, 10);
	assert_false(rows[1].finished);
	assert_true(rows[1].data);
	assert_false(rows[0].data);
}

TEST(open_revisions)
{
	struct journal_open *open;
	size_t n;
	script(NULL, 0);
	assert_true(store_journal_open(&ctx, &arena, &store, &open, &n)); /* no table */
	assert_int_equal(n, 0);
	SCRIPT({ "information_schema", "1", 0, false },
	       { "GROUP BY", "a|downgrade|2\nb|upgrade|0", 0, false });
	assert_true(store_journal_open(&ctx, &arena, &store, &open, &n));
	assert_int_equal(n, 2);
	assert_string_equal(open[0].revision, "a");
	assert_int_equal(open[0].direction, REVISION_DOWN);
	assert_int_equal(open[0].finished, 2);
	assert_int_equal(open[1].direction, REVISION_UP);
}

#define with_db(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_db(no_table_no_rows),
		with_db(rows_are_sorted),
		with_db(what_fails_is_said),
		with_db(tables_are_made_once),
		with_db(rows_move_as_alembics_do),
		with_db(rows_moved_by_others),
		with_db(a_revision_ends_in_one_transaction),
		with_db(journal_rows),
		with_db(the_latest_row_of_a_statement_counts),
		with_db(open_revisions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
