/*
 * test_loop: a model becomes tables, and the tables become the same model.
 *
 *	test_loop URL [NAME]
 *
 * For each model of loop_cases.model: compiled for the server, planned, run, introspected; the
 * difference must be empty, both ways. For each table of introspect_cases.sql, made by hand-written
 * SQL: what `inspect` would print of it compiles to a model without difference. Tells what it found
 * in TAP.
 */
#include "mysql/introspect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "diff/diff.h"
#include "diff/plan.h"
#include "dsl/resolve.h"
#include "dsl/unresolve.h"
#include "emit/sql.h"
#include "revision/op_text.h"
#include "syntax/parse.h"
#include "syntax/print.h"
#include "tests/server/cases.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD "schema loop { engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci }\n"

static struct context ctx;
static struct url url;
static struct case_list models, tables;
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

/* The model that a file's text is for the server; NULL with diagnostics. */
static struct schema *compile(struct arena *arena, const struct server *server, const char *text)
{
	const struct source *src = ctx_source(&ctx, "loop.model", text, strlen(text));
	struct tree_file *file = parse_file(&ctx, arena, src);
	struct tree_file_list files = { 0 };

	if (!file || ctx.diags.errors)
		return NULL;
	LIST_PUSH(arena, &files, file);
	return resolve_files(&ctx, arena, &files, server);
}

/* What differs, as op lines; "" for nothing. */
static void add_difference(struct arena *arena, struct buf *out, const char *way,
			   const struct schema *from, const struct schema *to)
{
	struct op_list ops = { 0 };

	if (!diff_schemas(&ctx, arena, from, to, &ops))
		buf_printf(out, "%s: refused\n", way);
	for (size_t i = 0; i < ops.n; i++) {
		buf_printf(out, "%s: ", way);
		op_to_text(&ctx, out, ops.items[i]);
		buf_add_char(out, '\n');
	}
}

/* Runs the plan from nothing to the model; what it ran goes to `sql`. */
static bool make(struct arena *arena, struct db *db, const struct schema *schema, struct buf *sql)
{
	struct server_list targets = { 0 };
	const char *message;
	struct plan plan = { 0 };

	LIST_PUSH(arena, &targets, *schema->server);
	if (!plan_change(&ctx, arena, schema_new(&ctx, arena, schema->server), schema, &targets,
			 &plan))
		return false;
	for (size_t i = 0; i < plan.statements.n; i++) {
		struct buf one = { 0 };
		bool ok = sql_statement(&ctx, &one, &targets, plan.statements.items[i]);

		buf_printf(sql, "%s;\n", buf_text(&one));
		if (ok && db_try(db, buf_text(&one), one.len, &message)) {
			buf_printf(sql, "-- %s\n", message);
			ok = false;
		}
		buf_free(&one);
		if (!ok)
			return false;
	}
	return true;
}

static struct db *fresh(struct db *admin, const char *create)
{
	const char *const sql[] = {
		"set foreign_key_checks = 0",
		"drop database if exists loop_db",
		"set foreign_key_checks = 1",
		create,
	};

	for (size_t i = 0; i < COUNT(sql); i++) {
		if (!db_execute(admin, sql[i], strlen(sql[i])))
			return NULL;
	}
	url.database = "loop_db";
	return db_open(&ctx, &url);
}

static void test_model(struct db *admin, const char *name, const char *items)
{
	struct buf sql = { 0 };
	struct arena arena;
	struct schema *wanted = NULL, *got = NULL;
	struct db *db = fresh(admin, "create database loop_db character set latin1");
	bool ok = false;

	arena_init(&arena);
	diag_clear(&ctx.diags);
	if (db)
		wanted = compile(&arena, db_server(db), arena_printf(&arena, HEAD "%s", items));
	if (wanted && make(&arena, db, wanted, &sql))
		got = introspect_schema(&ctx, &arena, db, NULL);
	if (got) {
		struct buf difference = { 0 };

		add_difference(&arena, &difference, "there", got, wanted);
		add_difference(&arena, &difference, "back", wanted, got);
		ok = !difference.len && !ctx.diags.errors;
		buf_add(&sql, buf_text(&difference));
		buf_free(&difference);
	}
	report(ok, name, buf_text(&sql));
	buf_free(&sql);
	arena_free(&arena);
	db_close(db);
}

/* What inspect prints of the database compiles to what is there. */
static void test_table(struct db *admin, const struct case_text *test)
{
	const char *message = "";
	struct schema *got = NULL, *again = NULL;
	struct buf text = { 0 };
	struct arena arena;
	struct db *db = fresh(admin, "create database loop_db character set utf8mb4 "
				     "collate utf8mb4_unicode_ci");
	bool ok = db && case_run_sql(db, test, &message);

	arena_init(&arena);
	diag_clear(&ctx.diags);
	if (ok)
		got = introspect_schema(&ctx, &arena, db, NULL);
	if (got) {
		print_file(&text, unresolve_schema(&ctx, &arena, got));
		again = compile(&arena, db_server(db), buf_text(&text));
		ok = again && !ctx.diags.errors;
	}
	if (ok && got) {
		struct buf difference = { 0 };

		add_difference(&arena, &difference, "there", got, again);
		add_difference(&arena, &difference, "back", again, got);
		ok = !difference.len;
		buf_add(&text, buf_text(&difference));
		buf_free(&difference);
	}
	report(ok && got, arena_printf(&arena, "inspect %s", test->name),
	       *message ? message : buf_text(&text));
	buf_free(&text);
	arena_free(&arena);
	db_close(db);
}

/* Not those with foreign keys to tables of other cases, and what can't be told whole. */
static bool stands_alone(const struct case_text *test)
{
	static const char *const left_out[] = { "fk_child", "fk_actions", "fk_elsewhere",
						"fk_made_key", "srid_mariadb" };

	for (size_t i = 0; i < COUNT(left_out); i++) {
		if (!strcmp(test->name, left_out[i]))
			return false;
	}
	return !strstr(test->second, "UNKNOWN");
}

static void run_all(struct db *admin, const char *only)
{
	unsigned bit = case_server(db_server(admin));

	for (size_t i = 0; i < models.n; i++) {
		const struct case_text *test = &models.items[i];

		if ((test->servers & bit) && (!only || !strcmp(only, test->name)))
			test_model(admin, test->name, test->first);
	}
	for (size_t i = 0; i < tables.n; i++) {
		const struct case_text *test = &tables.items[i];

		if ((test->servers & bit) && stands_alone(test) &&
		    (!only || !strcmp(only, test->name)))
			test_table(admin, test);
	}
}

int main(int argc, char **argv)
{
	struct arena arena;
	struct db *db;

	context_init(&ctx);
	arena_init(&arena);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc >= 2 && case_read(&ctx, &arena, "tests/server/loop_cases.model", &models) &&
	    case_read(&ctx, &arena, "tests/server/introspect_cases.sql", &tables) &&
	    url_parse(&ctx, &arena, argv[1], &url) && (db = db_open(&ctx, &url))) {
		run_all(db, argc > 2 ? argv[2] : NULL);
		db_execute(db, "drop database if exists loop_db", 31);
		db_execute(db, "drop database if exists introspect_other", 40);
		db_close(db);
	} else {
		diag_print(&ctx.diags, false, stdout);
	}
	printf("1..%u\n", tests);
	arena_free(&arena);
	context_free(&ctx);
	return failures || !tests;
}
