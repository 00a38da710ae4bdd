/* What of the runner needs no server to be seen: locks, waiting, refusals. tests/server has the rest. */
#include "run/runner.h"

#include "base/file.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "tests/unit/run/fake_db.h"

static struct context ctx;
static struct arena arena;
static struct db db;
static struct run_options options;
static char noticed[512];
static volatile int interrupted;

static void on_notice(const char *text, void *data)
{
	(void)data;
	snprintf(noticed, sizeof(noticed), "%s", text);
}

static int set_up(void **state)
{
	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	interrupted = 0;
	ctx.interrupted = &interrupted;
	noticed[0] = 0;
	db = (struct db){ .ctx = &ctx, .database = "shop" };
	options = (struct run_options){ .lock_timeout = 2, .lock_wait = 5, .notice = on_notice };
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

#define SESSION                                                                 \
	{                                                                       \
		"SESSION.sql_mode", "STRICT_ALL_TABLES|1|1|+00:00|60", 0, false \
	}
#define SCRIPT(...)                                              \
	struct fake_answer answers[] = { SESSION, __VA_ARGS__ }; \
	script(answers, sizeof(answers) / sizeof(answers[0]))

static const char *said(void)
{
	return ctx.diags.diags.n ? ctx.diags.diags.items[ctx.diags.diags.n - 1]->message : "";
}

static enum run_status stamp(const char *id)
{
	struct graph graph = { .ctx = &ctx, .arena = &arena, .sound = true };
	struct string_list ids = { 0 }, after;
	struct revision *revision = ARENA_NEW(&arena, struct revision);
	revision->id = "a1";
	map_put(&arena, &graph.by_id, ctx_name(&ctx, "a1"), revision);
	LIST_PUSH(&arena, &graph.all, revision);
	LIST_PUSH(&arena, &ids, id ? id : "base");
	return run_stamp(&ctx, &db, &graph, &ids, false, &options, &after);
}

TEST(stamping)
{
	SCRIPT({ "GET_LOCK", "1", 0, false });
	assert_int_equal(stamp("a1"), RUN_DONE);
	const char *log = buf_text(&db.log);
	const char *lock = strstr(log, "SELECT GET_LOCK('autogen:");
	const char *insert =
		strstr(log, "INSERT INTO `shop`.`autogen_version` (`version_num`) VALUES ('a1')");
	const char *release = strstr(log, "SELECT RELEASE_LOCK('autogen:");
	assert_non_null(lock);
	assert_true(lock < insert && insert < release);
	assert_non_null(strstr(log,
			       "SET SESSION autocommit = 1, sql_mode = 'STRICT_ALL_TABLES', "
			       "foreign_key_checks = 1, unique_checks = 1, time_zone = '+00:00', "
			       "lock_wait_timeout = 60\n"));
	assert_string_equal(said(), "");
}

TEST(lock_names)
{
	SCRIPT({ "GET_LOCK", "1", 0, false });
	stamp("a1");
	const char *start = strstr(buf_text(&db.log), "GET_LOCK('") + strlen("GET_LOCK('");
	assert_true(strcspn(start, "'") <= 64);
	char name[65];
	snprintf(name, sizeof(name), "%.*s", (int)strcspn(start, "'"), start);
	db.database = "other";
	answers[0].used = answers[1].used = false;
	buf_clear(&db.log);
	stamp("a1");
	assert_non_null(strstr(buf_text(&db.log), "GET_LOCK('autogen:"));
	assert_null(strstr(buf_text(&db.log), name));
}

TEST(a_lock_that_is_waited_for)
{
	SCRIPT({ "GET_LOCK", "0", 0, false }, { "GET_LOCK", "0", 0, false },
	       { "GET_LOCK", "1", 0, false }, { "IS_USED_LOCK", "12", 0, false },
	       { "PROCESSLIST WHERE ID = 12", "ann|host:1|5", 0, false });
	assert_int_equal(stamp("a1"), RUN_DONE);
	assert_string_equal(
		noticed, "waiting for another run on this database: connection 12 of ann@host:1, "
			 "for 5 s in its present state");
}

TEST(a_lock_that_is_never_free)
{
	SCRIPT({ "IS_USED_LOCK", "12", 0, false }, { "IS_USED_LOCK", "12", 0, false });
	assert_int_equal(stamp("a1"), RUN_REFUSED);
	assert_string_equal(said(), "another run is at work on this database: connection 12");
	assert_null(strstr(buf_text(&db.log), "INSERT"));
	assert_null(strstr(buf_text(&db.log), "RELEASE_LOCK"));
}

TEST(waiting_can_be_interrupted)
{
	interrupted = 1;
	script(NULL, 0);
	SCRIPT({ "IS_USED_LOCK", NULL, 0, false });
	assert_int_equal(stamp("a1"), RUN_INTERRUPTED);
}

TEST(what_fails_before_the_lock)
{
	SCRIPT({ "GET_LOCK", NULL, 2006, false });
	assert_int_equal(stamp("a1"), RUN_FAILED);
	db.database = NULL;
	assert_int_equal(stamp("a1"), RUN_FAILED);
	assert_string_equal(said(), "no database is named");
}

/* A revision of statements by hand, and what the journal has of it. */
static enum run_status upgrade(const char *body)
{
	struct graph graph = { .ctx = &ctx, .arena = &arena, .sound = true };
	struct revision_list path = { 0 };
	const char *text = arena_printf(&arena, "-- revision: r1\n\n%s", body);
	struct revision *revision =
		revision_parse(&ctx, &arena, ctx_source(&ctx, "r1.sql", text, strlen(text)));
	assert_non_null(revision);
	map_put(&arena, &graph.by_id, ctx_name(&ctx, "r1"), revision);
	LIST_PUSH(&arena, &graph.all, revision);
	LIST_PUSH(&arena, &path, revision);
	return run_revisions(&ctx, &db, &graph, &path, REVISION_UP, &options);
}

/* The log between the two, without journal rows and lines that every run has. */
static const char *essence(void)
{
	struct buf out = { 0 };
	char *log = arena_strdup(&arena, buf_text(&db.log)), *rest = NULL;
	for (char *line = strtok_r(log, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		static const char *const noise[] = { "SELECT", "SHOW", "SET ", "USE",
						     "CREATE TABLE `shop`" };
		const char *shown = line;
		bool skip = false;
		for (size_t i = 0; i < sizeof(noise) / sizeof(noise[0]); i++)
			skip |= !strncmp(line, noise[i], strlen(noise[i]));
		if (strstr(line, "INSERT INTO `shop`.`autogen_journal`"))
			shown = "[start]";
		else if (strstr(line, "SET `finished`"))
			shown = "[finish]";
		else if (strstr(line, "SET `error`"))
			shown = "[fail]";
		else if (strstr(line, "SET `closed`"))
			shown = "[close]";
		else if (strstr(line, "autogen_version"))
			shown = "[version]";
		if (!skip)
			buf_printf(&out, "%s%s", out.len ? "; " : "", shown);
	}
	return buf_arena(&out, &arena);
}

#define BODY "-- migrate:up\nINSERT INTO t VALUES (1);\nDROP TABLE u;\n"

TEST(statements_and_their_journal)
{
	SCRIPT({ "GET_LOCK", "1", 0, false });
	assert_int_equal(upgrade(BODY), RUN_DONE);
	assert_string_equal(
		essence(),
		"[start]; START TRANSACTION; INSERT INTO t VALUES (1); [finish]; COMMIT; "
		"[start]; DROP TABLE u; [finish]; "
		"START TRANSACTION; [version]; [close]; COMMIT");
}

TEST(a_refused_statement)
{
	SCRIPT({ "GET_LOCK", "1", 0, false }, { "DROP TABLE u", NULL, 1051, false });
	assert_int_equal(upgrade(BODY), RUN_FAILED);
	assert_string_equal(
		essence(),
		"[start]; START TRANSACTION; INSERT INTO t VALUES (1); [finish]; COMMIT; "
		"[start]; DROP TABLE u; ROLLBACK; [fail]");
	const struct diag *diag = ctx.diags.diags.items[0];
	assert_string_equal(diag->message, "the server's words (error 1051)");
	assert_string_equal(diag->places.items[0].label,
			    "statement 2 of 2 of revision 'r1' (upgrade)");
}

static const char *hash_at(const char *body, size_t i)
{
	const char *text = arena_printf(&arena, "-- revision: r1\n\n%s", body);
	return revision_parse(&ctx, &arena, ctx_source(&ctx, "r1.sql", text, strlen(text)))
		->up.items[i]
		->hash;
}

TEST(going_on)
{
	const char *rows =
		arena_printf(&arena, "1|x|r1|upgrade|1|%s|done|5|\\N|\\N|9|hand", hash_at(BODY, 0));
	SCRIPT({ "GET_LOCK", "1", 0, false }, { "AND `closed` IS NULL ORDER BY", rows, 0, false });
	assert_int_equal(upgrade(BODY), RUN_DONE);
	assert_string_equal(essence(), "[start]; DROP TABLE u; [finish]; "
				       "START TRANSACTION; [version]; [close]; COMMIT");
}

TEST(going_on_with_another_text)
{
	SCRIPT({ "GET_LOCK", "1", 0, false },
	       { "AND `closed` IS NULL ORDER BY",
		 "1|x|r1|upgrade|1|0123456789abcdef|done|5|\\N|\\N|9|hand", 0, false });
	assert_int_equal(upgrade(BODY), RUN_REFUSED);
	assert_string_equal(
		said(), "statement 1 of revision 'r1' is applied, but its text is another one now");
	assert_string_equal(essence(), "");
}

TEST(going_on_with_another_text_of_what_was_begun)
{
	SCRIPT({ "GET_LOCK", "1", 0, false },
	       { "AND `closed` IS NULL ORDER BY", "1|x|r1|upgrade|2|0123|\\N|5|\\N|\\N|9|ddl", 0,
		 false });
	assert_int_equal(upgrade(BODY), RUN_REFUSED);
	assert_string_equal(
		said(), "statement 2 of revision 'r1' is begun, but its text is another one now");
	/* unless the server had refused it */
	struct fake_answer again[] = { SESSION,
				       { "GET_LOCK", "1", 0, false },
				       { "AND `closed` IS NULL ORDER BY",
					 "1|x|r1|upgrade|2|0123|\\N|5|1064|\\N|9|ddl", 0, false } };
	script(again, 3);
	assert_int_equal(upgrade(BODY), RUN_DONE);
}

TEST(going_on_with_fewer_statements)
{
	SCRIPT({ "GET_LOCK", "1", 0, false },
	       { "AND `closed` IS NULL ORDER BY",
		 "1|x|r1|upgrade|7|0123456789abcdef|done|5|\\N|\\N|9|hand", 0, false });
	assert_int_equal(upgrade(BODY), RUN_REFUSED);
	assert_string_equal(said(),
			    "statement 7 of revision 'r1' is applied, but is in the file no more");
}

/* The data statement went with its transaction; the other one can't be told. */
TEST(going_on_with_an_interrupted_statement)
{
	SCRIPT({ "GET_LOCK", "1", 0, false },
	       { "AND `closed` IS NULL ORDER BY", "1|x|r1|upgrade|1|0|\\N|7|\\N|\\N|9|data", 0,
		 false });
	assert_int_equal(upgrade(BODY), RUN_DONE);
	const char *rows = arena_printf(&arena,
					"1|x|r1|upgrade|1|%s|done|7|\\N|\\N|9|data\n"
					"2|x|r1|upgrade|2|%s|\\N|7|\\N|\\N|9|hand",
					hash_at(BODY, 0), hash_at(BODY, 1));
	struct fake_answer again[] = { SESSION,
				       { "GET_LOCK", "1", 0, false },
				       { "AND `closed` IS NULL ORDER BY", rows, 0, false } };
	script(again, 3);
	assert_int_equal(upgrade(BODY), RUN_REFUSED);
	assert_string_equal(
		said(),
		"statement 2 of revision 'r1' was interrupted, and autogen can't see if it was "
		"applied");
	/* a person says that it was: only the version moves */
	for (size_t i = 0; i < 3; i++)
		again[i].used = false;
	buf_clear(&db.log);
	options.resume_at = 3;
	assert_int_equal(upgrade(BODY), RUN_DONE);
	assert_string_equal(essence(),
			    "[start]; [finish]; START TRANSACTION; [version]; [close]; COMMIT");
}

TEST(the_server_is_still_at_work)
{
	options.lock_timeout = 0;
	SCRIPT({ "GET_LOCK", "1", 0, false }, { "Uptime", "Uptime|1000", 0, false },
	       { "AND `closed` IS NULL ORDER BY", "1|x|r1|upgrade|1|0|\\N|99|\\N|\\N|9|data", 0,
		 false },
	       { "PROCESSLIST WHERE ID = 99", "Query", 0, false });
	assert_int_equal(upgrade(BODY), RUN_REFUSED);
	assert_string_equal(said(),
			    "the server is still at work for an earlier run, on connection 99");
	/* unless it was started since: then 99 is somebody else */
	struct fake_answer started[] = { SESSION,
					 { "GET_LOCK", "1", 0, false },
					 { "Uptime", "Uptime|5", 0, false },
					 { "AND `closed` IS NULL ORDER BY",
					   "1|x|r1|upgrade|1|0|\\N|99|\\N|\\N|9|data", 0, false } };
	script(started, 4);
	assert_int_equal(upgrade(BODY), RUN_DONE);
}

TEST(another_revision_is_half_applied)
{
	SCRIPT({ "GET_LOCK", "1", 0, false }, { "TABLE_NAME = 'autogen_journal'", "1", 0, false },
	       { "TABLE_NAME = 'autogen_journal'", "1", 0, false },
	       { "GROUP BY", "zz|upgrade|2", 0, false });
	assert_int_equal(upgrade(BODY), RUN_REFUSED);
	assert_string_equal(
		said(),
		"the upgrade of revision 'zz' was begun and not ended (2 statements are applied)");
	assert_string_equal(essence(), "");
}

TEST(session_statements_are_done_again)
{
	static const char body[] = "-- migrate:up\nSET @a = 1;\nUPDATE t SET x = @a;\n";
	const char *rows =
		arena_printf(&arena, "1|x|r1|upgrade|1|%s|done|7|\\N|\\N|9|hand", hash_at(body, 0));
	SCRIPT({ "GET_LOCK", "1", 0, false }, { "AND `closed` IS NULL ORDER BY", rows, 0, false });
	assert_int_equal(upgrade(body), RUN_DONE);
	assert_non_null(strstr(buf_text(&db.log), "SET @a = 1\n"));
}

#define with_db(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_db(stamping),
		with_db(lock_names),
		with_db(a_lock_that_is_waited_for),
		with_db(a_lock_that_is_never_free),
		with_db(waiting_can_be_interrupted),
		with_db(what_fails_before_the_lock),
		with_db(statements_and_their_journal),
		with_db(a_refused_statement),
		with_db(going_on),
		with_db(going_on_with_another_text),
		with_db(going_on_with_another_text_of_what_was_begun),
		with_db(going_on_with_fewer_statements),
		with_db(going_on_with_an_interrupted_statement),
		with_db(the_server_is_still_at_work),
		with_db(another_revision_is_half_applied),
		with_db(session_statements_are_done_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
