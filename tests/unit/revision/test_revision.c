#include "revision/revision.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/file.h"
#include "base/hash.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	context_free(&ctx);
	arena_free(&arena);
	return 0;
}

static struct revision *parse(const char *text)
{
	return revision_parse(&ctx, &arena, ctx_source(&ctx, "a.sql", text, strlen(text)));
}

/* Every queued message with its line, one a line. */
static const char *messages(void)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < ctx.diags.diags.n; i++) {
		const struct diag *diag = ctx.diags.diags.items[i];
		struct span span = diag->places.n ? diag->places.items[0].span : span_none();
		if (span.src) {
			struct position at = source_position(span.src, span.start);
			buf_printf(&out, "%u:%u: ", at.line, at.column);
		}
		buf_printf(&out, "%s\n", diag->message);
	}
	return buf_arena(&out, &arena);
}

static const char *hash_of(const char *sql)
{
	char hex[HASH_HEX_SIZE];
	hash_sha256(sql, strlen(sql), hex);
	return arena_strndup(&arena, hex, 16);
}

#define HEADER "-- revision: 3f2a9c1b7d40\n"

/* --- header --- */

TEST(header_is_read)
{
	struct revision *revision = parse("-- revision: 3f2a9c1b7d40\n"
					  "-- down_revision: aaa, bbb\n"
					  "-- branch_labels:\n"
					  "-- depends_on: ccc\n"
					  "-- create_date: 2026-01-02 03:04:05\n"
					  "-- message: create orders: all of them\n"
					  "-- compiled_for: mariadb 10.11.6\n"
					  "-- allow-data-loss: drop orders.note\n"
					  "-- allow-data-loss: drop items\n"
					  "-- checksum: xyz\n"
					  "\n"
					  "-- revision: not this one\n");
	assert_string_equal(messages(), "");
	assert_non_null(revision);
	assert_string_equal(revision->id, "3f2a9c1b7d40");
	assert_int_equal(revision->down_revisions.n, 2);
	assert_string_equal(revision->down_revisions.items[1], "bbb");
	assert_int_equal(revision->branch_labels.n, 0);
	assert_string_equal(revision->depends_on.items[0], "ccc");
	assert_string_equal(revision->create_date, "2026-01-02 03:04:05");
	assert_string_equal(revision->message, "create orders: all of them");
	assert_string_equal(revision->compiled_for, "mariadb 10.11.6");
	assert_int_equal(revision->allow_data_loss.n, 2);
	assert_string_equal(revision->allow_data_loss.items[1], "drop items");
	assert_false(revision_checksum_ok(revision));
	assert_int_equal(revision->up.n + revision->down.n, 0);
}

TEST(header_is_tolerant)
{
	struct revision *revision = parse("--REVISION :  a1  \n"
					  "-- written by hand\n"
					  "-- owner: me\n"
					  "-- dwon_revision: b\n"
					  "-- migrate:up\n"
					  "CREATE TABLE a (b int)");
	assert_string_equal(messages(), "4:4: unknown header line 'dwon_revision'\n");
	assert_non_null(revision);
	assert_string_equal(ctx.diags.diags.items[0]->hints.items[0],
			    "did you mean 'down_revision'?");
	assert_string_equal(revision->id, "a1");
	assert_int_equal(revision->other_lines.n, 3);
	assert_int_equal(revision->up.n, 1);
	assert_true(revision_checksum_ok(revision));
}

TEST(files_that_are_no_revisions)
{
	assert_null(parse("CREATE TABLE a (b int);\n"));
	assert_int_equal(ctx.diags.warnings, 1);
	assert_null(parse(""));
	assert_int_equal(ctx.diags.warnings, 2);
	assert_int_equal(ctx.diags.errors, 0);
}

TEST(ids_that_cannot_be)
{
	assert_true(revision_id_ok("ae1027a6acf"));
	assert_true(revision_id_ok("0001_init"));
	assert_true(revision_id_ok("12345678901234567890123456789012"));
	assert_false(revision_id_ok("123456789012345678901234567890123"));
	assert_false(revision_id_ok(""));
	assert_false(revision_id_ok("a-b"));
	assert_false(revision_id_ok("a@b"));
	assert_false(revision_id_ok("Head"));
	assert_false(revision_id_ok("base"));
	assert_null(parse("-- revision: a b\n\n"));
	assert_string_equal(messages(), "1:14: 'a b' can't be a revision's id\n");
}

/* --- statements --- */

TEST(kinds_of_statements)
{
	const char *text = arena_printf(&arena,
					HEADER "\n"
					       "-- migrate:up\n"
					       "\n"
					       "-- op: drop table a {\n"
					       "--         x int\n"
					       "--\n"
					       "--         y int\n"
					       "--     }\n"
					       "-- op: rename table b to c\n"
					       "-- hash: %s\n"
					       "DROP TABLE a;\n"
					       "-- op: rename table c to d\n"
					       "-- hash: 0123456789abcdef\n"
					       "RENAME TABLE c TO e;\n"
					       "-- op: rename table e to f\n"
					       "RENAME TABLE e TO f;\n"
					       "-- backfill: c.d\n"
					       "-- hash: 0123456789abcdef\n"
					       "UPDATE c SET d = 1;\n"
					       "-- a remark\n"
					       "/* x */ insert into c values (1);\n"
					       "(SELECT 1);\n"
					       "SET @a = 1;\n"
					       "CALL f(';');\n"
					       "-- migrate:down\n"
					       "DROP TABLE c\n",
					hash_of("DROP TABLE a"));
	struct revision *revision = parse(text);
	assert_string_equal(messages(), "");
	assert_non_null(revision);
	static const enum statement_kind kinds[] = { STATEMENT_DDL,    STATEMENT_EDITED,
						     STATEMENT_EDITED, STATEMENT_DATA,
						     STATEMENT_DATA,   STATEMENT_DATA,
						     STATEMENT_DATA,   STATEMENT_HAND };
	assert_int_equal(revision->up.n, 8);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(revision->up.items[i]->kind, kinds[i]);
	const struct revision_statement *first = revision->up.items[0];
	assert_int_equal(first->op_lines.n, 2);
	assert_string_equal(first->sql, "DROP TABLE a");
	assert_string_equal(first->hash, hash_of("DROP TABLE a"));
	assert_string_equal(revision->up.items[3]->backfill, "c.d");
	assert_string_equal(revision->up.items[4]->sql, "insert into c values (1)");
	assert_int_equal(revision->down.n, 1);
	assert_string_equal(revision->down.items[0]->sql, "DROP TABLE c");
	/* the op ends at its brace */
	struct span op = first->op_lines.items[0];
	assert_int_equal(text[op.end - 1], '}');
}

TEST(comments_and_strings_hide_lines)
{
	struct revision *revision =
		parse(HEADER "\n"
			     "-- migrate:up\n"
			     "/*\n"
			     "-- op: drop table a\n"
			     "-- migrate:down\n"
			     "*/\n"
			     "INSERT INTO a VALUES ('\n"
			     "-- migrate:down\n"
			     "-- op: x');\n"
			     "INSERT INTO b; -- op: not at the start of a line\n"
			     "INSERT INTO c;\n");
	assert_string_equal(messages(), "");
	assert_int_equal(revision->up.n, 3);
	assert_int_equal(revision->down.n, 0);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(revision->up.items[i]->op_lines.n, 0);
}

TEST(delimiters_end_with_their_section)
{
	struct revision *revision = parse(HEADER "\n"
						 "-- migrate:up\n"
						 "-- op: create trigger t\n"
						 "DELIMITER $$\n"
						 "CREATE TRIGGER t BEGIN a; b; END $$\n"
						 "-- migrate:down\n"
						 "DROP TRIGGER t;\n"
						 "DROP TABLE a;\n");
	assert_string_equal(messages(), "");
	assert_int_equal(revision->up.n, 1);
	assert_string_equal(revision->up.items[0]->sql, "CREATE TRIGGER t BEGIN a; b; END");
	assert_int_equal(revision->up.items[0]->op_lines.n, 1);
	assert_int_equal(revision->down.n, 2);
}

TEST(base_section)
{
	struct revision *revision = parse(HEADER "\n"
						 "-- migrate:base\n\n"
						 "-- op: create table a { x int }\n\n"
						 "-- op: create table b { x int }\n\n"
						 "-- migrate:up\n"
						 "DROP TABLE a;\n");
	assert_string_equal(messages(), "");
	assert_int_equal(revision->base_lines.n, 2);
	assert_int_equal(revision->up.n, 1);
	assert_null(parse(HEADER "\n-- migrate:base\nDROP TABLE a;\n"));
	assert_string_equal(messages(),
			    "4:1: a statement in 'migrate:base', where only op lines stand\n");
}

TEST(what_is_wrong_with_a_body)
{
	assert_null(parse(HEADER "\nDROP TABLE a;\n-- migrate:up\n"));
	assert_null(parse(HEADER "\n-- migrate:up\n-- migrate:up\n"));
	assert_null(parse(HEADER "\n-- migrate:sideways\n"));
	assert_null(parse(HEADER "\n-- migrate:up\nINSERT INTO a VALUES ('x;\n-- migrate:down\n"));
	assert_null(parse(HEADER
			  "\n-- migrate:up\n-- op: drop table a\n-- migrate:down\nDROP TABLE b;"));
	assert_null(parse(HEADER
			  "\n-- migrate:up\n-- op: drop table a\n-- hash: 0\n-- op: drop table b\n"
			  "-- hash: 0\nDROP TABLE b;\n"));
	assert_string_equal(messages(),
			    "3:1: a statement before '-- migrate:up'\n"
			    "4:1: a second section 'migrate:up'\n"
			    "3:1: 'sideways' is no section: migrate:up or migrate:down is meant\n"
			    "4:23: a string that begins here is never closed\n"
			    "4:1: an op line without a statement\n"
			    "4:1: an op line without a statement\n");
}

TEST(never_a_crash)
{
	static const char whole[] = HEADER
		"-- down_revision: a, b\n-- checksum:\n\n-- migrate:base\n-- op: x\n--     y\n"
		"-- migrate:up\n-- op: a {\n--     b\n--\n--\tc }\n-- hash: 1\nA 'b' `c` /* d */;\n"
		"DELIMITER $$\nB $$\n-- migrate:down\nC";
	for (size_t n = 0; n < sizeof(whole); n++) {
		char *cut = arena_strndup(&arena, whole, n);
		revision_parse(&ctx, &arena, ctx_source(&ctx, "a.sql", cut, n));
		for (size_t i = 0; i < n; i += 3) {
			char *broken = arena_strndup(&arena, whole, n);
			broken[i] = "\n-;'`*\0"[n % 7];
			revision_parse(&ctx, &arena, ctx_source(&ctx, "a.sql", broken, n));
		}
	}
}

/* --- writing --- */

static struct revision_statement *statement(enum statement_kind kind, const char *op,
					    const char *sql)
{
	struct revision_statement *made = ARENA_NEW(&arena, struct revision_statement);
	made->kind = kind;
	made->sql = sql;
	if (op)
		LIST_PUSH(&arena, &made->op_texts, op);
	strcpy(made->hash, hash_of(sql));
	return made;
}

static struct revision *made(void)
{
	struct revision *revision = ARENA_NEW(&arena, struct revision);
	revision->id = "3f2a9c1b7d40";
	revision->create_date = "2026-01-02 03:04:05";
	revision->message = "two\nlines";
	revision->compiled_for = "mysql 8.0.0";
	LIST_PUSH(&arena, &revision->down_revisions, "aaa");
	LIST_PUSH(&arena, &revision->down_revisions, "bbb");
	LIST_PUSH(&arena, &revision->allow_data_loss, "drop a");
	LIST_PUSH(&arena, &revision->up,
		  statement(STATEMENT_DDL, "create table a {\n    x int\n\n    index i (x)\n}",
			    "CREATE TABLE `a` (\n  `x` int\n)"));
	struct revision_statement *fill = statement(STATEMENT_DATA, NULL, "UPDATE `a` SET `x` = 1");
	fill->backfill = "a.x";
	LIST_PUSH(&arena, &revision->up, fill);
	LIST_PUSH(&arena, &revision->down,
		  statement(STATEMENT_DDL, "drop table a { }", "DROP TABLE `a`"));
	return revision;
}

TEST(prints_whole_files)
{
	struct buf out = { 0 };
	revision_print(&out, made());
	const char *text = buf_arena(&out, &arena);
	const char *body = strstr(text, "\n\n") + 2;
	char hex[HASH_HEX_SIZE];
	hash_sha256(body, strlen(body), hex);
	const char *expected =
		arena_printf(&arena,
			     "-- revision: 3f2a9c1b7d40\n"
			     "-- down_revision: aaa, bbb\n"
			     "-- branch_labels:\n"
			     "-- depends_on:\n"
			     "-- create_date: 2026-01-02 03:04:05\n"
			     "-- message: two lines\n"
			     "-- compiled_for: mysql 8.0.0\n"
			     "-- allow-data-loss: drop a\n"
			     "-- checksum: %s\n"
			     "\n"
			     "-- migrate:up\n"
			     "\n"
			     "-- op: create table a {\n"
			     "--         x int\n"
			     "--\n"
			     "--         index i (x)\n"
			     "--     }\n"
			     "-- hash: %s\n"
			     "CREATE TABLE `a` (\n"
			     "  `x` int\n"
			     ");\n"
			     "\n"
			     "-- backfill: a.x\n"
			     "-- hash: %s\n"
			     "UPDATE `a` SET `x` = 1;\n"
			     "\n"
			     "-- migrate:down\n"
			     "\n"
			     "-- op: drop table a { }\n"
			     "-- hash: %s\n"
			     "DROP TABLE `a`;\n",
			     hex, hash_of("CREATE TABLE `a` (\n  `x` int\n)"),
			     hash_of("UPDATE `a` SET `x` = 1"), hash_of("DROP TABLE `a`"));
	assert_string_equal(text, expected);

	struct revision *read = parse(text);
	assert_non_null(read);
	assert_string_equal(messages(), "");
	assert_true(revision_checksum_ok(read));
	assert_int_equal(read->up.items[0]->kind, STATEMENT_DDL);
	assert_int_equal(read->up.items[1]->kind, STATEMENT_DATA);
	assert_int_equal(read->down.items[0]->kind, STATEMENT_DDL);
	/* printing what was read gives the same bytes */
	revision_print(&out, read);
	assert_string_equal(buf_text(&out), expected);
	buf_free(&out);
}

TEST(prints_what_people_wrote)
{
	const char *text =
		"-- revision: a\n-- down_revision: b\n-- owner: me\n\n-- migrate:up\n"
		"# why\nUPDATE a SET b = 1 ;\n\n\n-- op: drop table a {}\n-- hash: 0\nDROP TABLE a";
	struct revision *revision = parse(text);
	assert_non_null(revision);
	revision->down_revisions.items[0] = "c";
	struct buf out = { 0 };
	revision_print(&out, revision);
	assert_non_null(strstr(buf_text(&out), "-- down_revision: c\n"));
	assert_non_null(strstr(buf_text(&out), "-- owner: me\n"));
	assert_string_equal(strstr(buf_text(&out), "\n\n"), strstr(text, "\n\n"));
	struct revision *again = parse(buf_text(&out));
	assert_true(revision_checksum_ok(again));
	assert_int_equal(again->up.items[1]->kind, STATEMENT_EDITED);
	buf_free(&out);
}

/* A statement with semicolons or a comment at its end comes back as it was. */
TEST(terminators_that_statements_need)
{
	static const char *const sqls[] = {
		"CREATE TRIGGER t AFTER INSERT ON a BEGIN SET @a = 1; SET @b = '$$'; END",
		"CREATE PROCEDURE p() BEGIN SELECT '$$', '//', ';;'; END",
		"CREATE TABLE a (b int) COMMENT 'x;y -- z'",
		"ALTER TABLE a COMMENT 'it''s; \\' # `'",
	};
	for (size_t i = 0; i < sizeof(sqls) / sizeof(sqls[0]); i++) {
		struct revision *revision = made();
		revision->up.n = 0;
		LIST_PUSH(&arena, &revision->up, statement(STATEMENT_DDL, "x", sqls[i]));
		LIST_PUSH(&arena, &revision->up, statement(STATEMENT_DDL, "x", "DROP TABLE a"));
		struct buf out = { 0 };
		revision_print(&out, revision);
		struct revision *read = parse(buf_text(&out));
		assert_non_null(read);
		assert_int_equal(read->up.n, 2);
		assert_string_equal(read->up.items[0]->sql, sqls[i]);
		assert_int_equal(read->up.items[0]->kind, STATEMENT_DDL);
		assert_int_equal(read->up.items[1]->kind, STATEMENT_DDL);
		buf_free(&out);
	}
}

TEST(line_ends_do_not_matter)
{
	struct buf out = { 0 }, crlf = { 0 };
	revision_print(&out, made());
	buf_add(&crlf, "\xef\xbb\xbf");
	for (const char *at = buf_text(&out); *at; at++)
		buf_printf(&crlf, "%s%c", *at == '\n' ? "\r" : "", *at);
	char path[] = "/tmp/autogen-test-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	assert_true(file_write(&ctx, path, buf_text(&crlf), crlf.len));
	struct revision *revision = revision_read(&ctx, &arena, path);
	unlink(path);
	assert_non_null(revision);
	assert_true(revision_checksum_ok(revision));
	assert_int_equal(revision->up.items[0]->kind, STATEMENT_DDL);
	assert_string_equal(revision->path, path);
	buf_free(&out);
	buf_free(&crlf);
	assert_null(revision_read(&ctx, &arena, path));
}

/* --- names --- */

TEST(new_ids)
{
	char a[13], b[13];
	assert_true(revision_new_id(&ctx, a));
	assert_true(revision_new_id(&ctx, b));
	assert_int_equal(strspn(a, "0123456789abcdef"), 12);
	assert_int_equal(strlen(a), 12);
	assert_string_not_equal(a, b);
}

TEST(first_words)
{
	char word[16];
	statement_first_word("  -- x\n/* y */ (( SELECT 1))", word);
	assert_string_equal(word, "select");
	statement_first_word("/*!40101 SET x = 1 */", word);
	assert_string_equal(word, "set");
	statement_first_word("SET /* x */ STATEMENT a=1 FOR ALTER TABLE t FORCE", word);
	assert_string_equal(word, "statement");
	statement_first_word("set @a = 1", word);
	assert_string_equal(word, "set");
	statement_first_word("abcdefghijklmnopqrstuvwxyz", word);
	assert_string_equal(word, "abcdefghijklmno");
	statement_first_word("/* x", word);
	assert_string_equal(word, "");
}

/* Of a revision whose one statement has that op line. */
static bool may_lose(const char *op)
{
	struct revision *revision = parse(
		arena_printf(&arena, HEADER "\n-- migrate:up\n\n-- op:%s\nALTER TABLE t;\n", op));
	return revision_may_lose(&revision->up);
}

TEST(what_may_lose_by_its_first_words)
{
	assert_false(may_lose(" create table t {\n--         id int\n--     }"));
	assert_false(may_lose(" rename table a to b"));
	assert_false(may_lose(" alter table t: add a int"));
	assert_false(may_lose(" alter table t: rename column a to b"));
	assert_false(may_lose(" alter table t: move a first to after b"));
	assert_true(may_lose(" drop table t {\n--         id int\n--     }"));
	assert_true(may_lose(" alter table t: drop a int"));
	assert_true(may_lose(" alter table t: alter a int to a smallint"));
	assert_true(may_lose(" alter table t: set engine InnoDB to engine BLACKHOLE"));
	assert_true(may_lose(" alter table t: partition by hash (a) partitions 2 to none"));
	/* what can't be told, is read */
	assert_true(may_lose(" alter table `a: add b`: drop a int"));
	assert_true(may_lose(" alter table add: drop a int"));
	assert_true(may_lose(" creat table t"));
	assert_true(may_lose(""));
}

#define with_context(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_context(header_is_read),
		with_context(header_is_tolerant),
		with_context(files_that_are_no_revisions),
		with_context(ids_that_cannot_be),
		with_context(kinds_of_statements),
		with_context(comments_and_strings_hide_lines),
		with_context(delimiters_end_with_their_section),
		with_context(base_section),
		with_context(what_is_wrong_with_a_body),
		with_context(never_a_crash),
		with_context(prints_whole_files),
		with_context(prints_what_people_wrote),
		with_context(terminators_that_statements_need),
		with_context(line_ends_do_not_matter),
		with_context(new_ids),
		with_context(first_words),
		with_context(what_may_lose_by_its_first_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
