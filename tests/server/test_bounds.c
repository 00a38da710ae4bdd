/*
 * test_bounds: what constants the bounds of partitions are, here and on a real server.
 *
 *	test_bounds URL
 *
 * Every expression of bounds.list, in the bound of a partition; and every function that looks at a
 * date or a time, of a thousand of these. Tells what it found in TAP.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/file.h"
#include "model/constant.h"
#include "mysql/db.h"
#include "mysql/url.h"
#include "syntax/parse.h"

static struct context ctx;
static unsigned tests, failures;

static void report(bool ok, const char *name, const char *details)
{
	printf("%sok %u - %s\n", ok ? "" : "not ", ++tests, name);
	if (ok)
		return;
	failures++;
	printf("%s\n", details);
	diag_print(&ctx.diags, false, stdout);
}

/* Its value as text; "?": none. */
static const char *computed(struct arena *arena, const struct server *server, const char *text)
{
	struct buf out = { 0 };
	const struct expr *expr = parse_expr(&ctx, arena, text, strlen(text), SYNTAX_MODEL);
	expr = expr ? normal_expr(&ctx, arena, server, expr) : NULL;
	expr = expr ? constant_value(&ctx, arena, expr) : NULL;
	if (expr)
		expr_print(&out, expr, EXPR_SQL);
	else
		buf_add_char(&out, '?');
	return buf_arena(&out, arena);
}

/* What the server keeps of it as a bound of that type; NULL: it refuses. */
static const char *kept(struct arena *arena, struct db *db, const char *type, const char *text)
{
	const char *columns = strstr(type, "int") ? "" : "COLUMNS ", *message;
	const char *drop = "DROP TABLE IF EXISTS t";
	char *create = arena_printf(arena,
				    "CREATE TABLE t (a %s) PARTITION BY LIST %s(a) "
				    "(PARTITION p VALUES IN (%s))",
				    type, columns, text);
	struct db_result result;
	if (!db_execute(db, drop, strlen(drop)) || db_try(db, create, strlen(create), &message) ||
	    !db_query(db, arena,
		      "SELECT partition_description FROM information_schema.partitions "
		      "WHERE table_schema = DATABASE() AND table_name = 't'",
		      &result) ||
	    !result.rows.n)
		return NULL;
	return result.rows.items[0].cells[0];
}

static void test_line(struct db *db, const char *expr, const char *expected)
{
	static const char *const types[] = { "bigint", "date", "datetime", "time" };
	struct arena arena;
	arena_init(&arena);
	const char *here = computed(&arena, db_server(db), expr), *there = NULL;
	bool unknown = !strcmp(expected, "?");
	for (size_t i = 0; !unknown && !there && i < sizeof(types) / sizeof(*types); i++)
		there = kept(&arena, db, types[i], expr);
	bool ok = !strcmp(here, expected) && (unknown || (there && !strcmp(there, expected)));
	report(ok, arena_printf(&arena, "%s => %s", expr, expected),
	       arena_printf(&arena, "here %s, there %s", here, there ? there : "(refused)"));
	arena_free(&arena);
}

static void test_lines(struct db *db, const char *text)
{
	struct arena arena;
	arena_init(&arena);
	for (const char *at = text; *at;) {
		size_t len = strcspn(at, "\n");
		char *line = arena_strndup(&arena, at, len), *arrow = strstr(line, " => ");
		at += len + (at[len] == '\n');
		if (*line == '#' || !arrow)
			continue;
		*arrow = '\0';
		test_line(db, line, arrow + strlen(" => "));
	}
	arena_free(&arena);
}

/* --- many values ------------------------------------------------------------------------------ */

static const char *const of_dates[] = { "to_days", "to_seconds", "year", "quarter", "month",
					"dayofmonth", "dayofweek", "weekday", "dayofyear",
					"yearweek" };
static const char *const of_times[] = { "hour", "minute", "second", "microsecond",
					"time_to_sec" };

static unsigned long long seed = 20201121;

static unsigned random_to(unsigned n)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(seed >> 33) % n;
}

/* All functions of that text, here and there. */
static bool same_values(struct db *db, struct arena *arena, const char *text,
			const char *const *functions, size_t n, struct buf *wrong)
{
	struct buf sql = { 0 };
	struct db_result result;
	buf_add(&sql, "SELECT ");
	for (size_t i = 0; i < n; i++)
		buf_printf(&sql, "%s%s('%s')", i ? ", " : "", functions[i], text);
	bool ok = db_query(db, arena, buf_text(&sql), &result) && result.rows.n == 1;
	buf_free(&sql);
	for (size_t i = 0; ok && i < n; i++) {
		const char *call = arena_printf(arena, "%s('%s')", functions[i], text);
		const char *here = computed(arena, db_server(db), call);
		const char *there = result.rows.items[0].cells[i];
		if (there && !strcmp(here, there))
			continue;
		buf_printf(wrong, "%s: here %s, there %s\n", call, here, there ? there : "NULL");
		ok = false;
	}
	return ok;
}

static void test_dates(struct db *db)
{
	static const unsigned days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct buf wrong = { 0 };
	struct arena arena;
	bool ok = true;
	arena_init(&arena);
	for (unsigned i = 0; i < 1000; i++) {
		unsigned year = i < 500 ? 1890 + i / 2 : 1 + random_to(9999);
		unsigned month = 1 + random_to(12), day = 1 + random_to(days[month - 1]);
		if (i % 10 == 0)
			month = 12, day = 31;
		else if (i % 10 == 1)
			month = day = 1;
		else if (i % 10 == 2)
			month = 3, day = 1;
		char *text = arena_printf(&arena, "%04u-%02u-%02u", year, month, day);
		if (i % 3 == 0)
			text = arena_printf(&arena, "%s %02u:%02u:%02u", text, random_to(24),
					    random_to(60), random_to(60));
		ok &= same_values(db, &arena, text, of_dates,
				  sizeof(of_dates) / sizeof(*of_dates), &wrong);
	}
	report(ok, "functions of a thousand dates", buf_text(&wrong));
	buf_free(&wrong);
	arena_free(&arena);
}

static void test_times(struct db *db)
{
	struct buf wrong = { 0 };
	struct arena arena;
	bool ok = true;
	arena_init(&arena);
	for (unsigned i = 0; i < 300; i++) {
		const char *text = arena_printf(&arena, "%02u:%02u:%02u", random_to(24),
						random_to(60), random_to(60));
		ok &= same_values(db, &arena, text, of_times,
				  sizeof(of_times) / sizeof(*of_times), &wrong);
	}
	report(ok, "functions of 300 times", buf_text(&wrong));
	buf_free(&wrong);
	arena_free(&arena);
}

/* FROM_DAYS turns TO_DAYS round. */
static void test_from_days(struct db *db)
{
	struct buf wrong = { 0 };
	struct arena arena;
	bool ok = true;
	arena_init(&arena);
	for (unsigned i = 0; i < 500; i++) {
		const char *call = arena_printf(&arena, "from_days(%u)",
						i < 100 ? 3652424 - i * 7 : 366 + random_to(3652059));
		struct db_result result;
		const char *here = computed(&arena, db_server(db), call);
		if (db_query(db, &arena, arena_printf(&arena, "SELECT QUOTE(%s)", call), &result) &&
		    result.rows.n && !strcmp(result.rows.items[0].cells[0], here))
			continue;
		buf_printf(&wrong, "%s: here %s\n", call, here);
		ok = false;
	}
	report(ok, "from_days", buf_text(&wrong));
	buf_free(&wrong);
	arena_free(&arena);
}

int main(int argc, char **argv)
{
	static const char *const database[] = { "DROP DATABASE IF EXISTS bounds_db",
						"CREATE DATABASE bounds_db" };
	struct arena arena;
	struct url url;
	struct db *db = NULL;
	const char *text;
	bool ok;
	context_init(&ctx);
	arena_init(&arena);
	setvbuf(stdout, NULL, _IOLBF, 0);
	ok = argc == 2 && file_read(&ctx, &arena, "tests/server/bounds.list", &text, NULL) &&
	     url_parse(&ctx, &arena, argv[1], &url) && (db = db_open(&ctx, &url)) && db_server(db);
	for (size_t i = 0; ok && i < 2; i++)
		ok = db_execute(db, database[i], strlen(database[i]));
	db_close(db);
	url.database = "bounds_db";
	db = ok ? db_open(&ctx, &url) : NULL;
	if (db) {
		test_lines(db, text);
		test_dates(db);
		test_times(db);
		test_from_days(db);
		db_execute(db, database[0], strlen(database[0]));
		db_close(db);
	} else {
		diag_print(&ctx.diags, false, stdout);
	}
	printf("1..%u\n", tests);
	arena_free(&arena);
	context_free(&ctx);
	return failures || !tests;
}
