/*
 * test_mutants: every attribute of the tables that a server holds, dropped and changed, must be a
 * difference (tests/support/mutants.h).
 *
 *	test_mutants URL [FILE...]...
 *
 * A URL without a database: of the tables of introspect_cases.sql, made there; with one: of what is in
 * that database, a corpus's schema for example; a file: of the model in it, as `inspect` printed it,
 * for the server of the URL before it. MUTANTS_PER_TABLE: at most so many of each table, spread
 * evenly (default: all). Tells what it found in TAP.
 */
#include "tests/support/mutants.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "mysql/introspect.h"
#include "tests/server/cases.h"

static struct mutants mutants;
static unsigned tests, failures;

static void report(bool ok, const char *name)
{
	printf("%sok %u - %s\n", ok ? "" : "not ", ++tests, name);
	failures += !ok;
	diag_print(&mutants.ctx.diags, false, stdout);
	diag_clear(&mutants.ctx.diags);
}

/* A server may hold a MERGE table over tables that are not there. */
static bool is_elsewhere(void *of_ignored, const struct name *table)
{
	(void)of_ignored;
	(void)table;
	return true;
}

/* Mutates all tables of the connection's database but those that can't be told whole. */
static void run_database(struct db *db, const char *name)
{
	struct arena arena;
	unsigned before = mutants.failures;
	arena_init(&arena);
	struct schema *schema = introspect_schema(&mutants.ctx, &arena, db, NULL);
	for (size_t i = schema ? schema->tables.n : 0; i--;)
		if (schema->tables.items[i]->unknown)
			schema_remove_table(schema, schema->tables.items[i]->name);
	printf("# %zu tables\n", schema ? schema->tables.n : 0);
	mutants.ctx.is_ignored = is_elsewhere;
	bool ok = schema && mutants_run_schema(&mutants, name, schema);
	report(ok && mutants.failures == before, name);
	arena_free(&arena);
}

static bool execute(struct db *db, const char *sql)
{
	return db_execute(db, sql, strlen(sql));
}

static void make_cases(struct db *db, struct arena *arena)
{
	struct case_list cases = { 0 };
	const char *message = "";
	if (!case_read(&mutants.ctx, arena, "tests/server/introspect_cases.sql", &cases))
		return;
	for (size_t i = 0; i < cases.n; i++) {
		const struct case_text *test = &cases.items[i];
		if ((test->servers & case_server(db_server(db))) &&
		    !case_run_sql(db, test, &message))
			printf("# %s: %s\n", test->name, message);
	}
}

static void run_url(struct arena *arena, const char *text)
{
	struct url url;
	struct db *db =
		url_parse(&mutants.ctx, arena, text, &url) ? db_open(&mutants.ctx, &url) : NULL;
	if (!db || !db_server(db)) {
		report(false, "connecting");
		db_close(db);
		return;
	}
	mutants.server = *db_server(db);
	if (url.database) {
		run_database(db, url.database);
	} else if (execute(db, "drop database if exists mutants_db") &&
		   execute(db, "create database mutants_db character set utf8mb4") &&
		   execute(db, "use mutants_db")) {
		struct db *own;
		make_cases(db, arena);
		url.database = "mutants_db";
		own = db_open(&mutants.ctx, &url);
		if (own)
			run_database(own, "tables of introspect_cases.sql");
		db_close(own);
		execute(db, "set foreign_key_checks = 0");
		execute(db, "drop database if exists mutants_db");
		execute(db, "drop database if exists introspect_other");
	} else {
		report(false, "making mutants_db");
	}
	db_close(db);
}

static void run_path(struct arena *arena, const char *path)
{
	const char *text;
	unsigned before = mutants.failures;
	bool ok = file_read(&mutants.ctx, arena, path, &text, NULL) &&
		  mutants_run_text(&mutants, path, text);
	report(ok && mutants.failures == before, path);
}

int main(int argc, char **argv)
{
	const char *per_table = getenv("MUTANTS_PER_TABLE");
	struct arena arena;
	arena_init(&arena);
	mutants_init(&mutants);
	mutants.per_table = per_table ? (unsigned)strtoul(per_table, NULL, 10) : 0;
	mutants.verbose = getenv("AUTOGEN_MUTANTS_VERBOSE") != NULL;
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (int i = 1; i < argc; i++) {
		if (strstr(argv[i], "://"))
			run_url(&arena, argv[i]);
		else if (mutants.server.version)
			run_path(&arena, argv[i]);
		else
			report(false, "a file needs a URL before it: whose server is it for?");
	}
	mutants_print(&mutants);
	printf("1..%u\n", tests);
	mutants_free(&mutants);
	arena_free(&arena);
	return failures || !tests;
}
