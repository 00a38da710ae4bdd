/*
 * test_refusals: what does not compile is what the server refuses, for the same reason.
 *
 *	test_refusals URL [NAME]
 *
 * For each case of refusals.model: the model is refused with a message that has the number in it with
 * which the case's name begins, and the server answers that number to the table made by hand (several
 * statements, if need be: the last). Tells what it found in TAP.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "dsl/resolve.h"
#include "mysql/url.h"
#include "syntax/parse.h"
#include "tests/server/cases.h"

#define HEAD "schema refusals { engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci }\n"

static struct context ctx;
static unsigned tests, failures;

/* What the compiler says of it; "" when it compiles. */
static const char *compile(struct arena *arena, const struct server *server, const char *items)
{
	const char *text = arena_printf(arena, HEAD "%s\n", items);
	const struct source *src = ctx_source(&ctx, "refusals.model", text, strlen(text));
	struct tree_file_list files = { 0 };
	struct buf said = { 0 };
	struct tree_file *file = parse_file(&ctx, arena, src);
	if (file && !ctx.diags.errors) {
		LIST_PUSH(arena, &files, file);
		resolve_files(&ctx, arena, &files, server);
	}
	for (size_t i = 0; i < ctx.diags.diags.n; i++)
		diag_render(ctx.diags.diags.items[i], false, &said);
	diag_clear(&ctx.diags);
	return buf_arena(&said, arena);
}

/* The error of the first statement that is refused, ';' at the ends of their lines between them; 0: none. */
static unsigned try_all(struct db *db, const char *sql, const char **message)
{
	unsigned number = 0;
	while (*sql && !number) {
		const char *end = strstr(sql, ";\n");
		size_t len = end ? (size_t)(end - sql) : strlen(sql);
		number = db_try(db, sql, len, message);
		sql += len + (end ? 2 : 0);
	}
	return number;
}

static void test_case(struct db *db, const struct case_text *test)
{
	static const char drop[] = "DROP TABLE IF EXISTS t, a, b";
	struct arena arena;
	const char *message = "";
	unsigned wanted = (unsigned)strtoul(test->name, NULL, 10);
	arena_init(&arena);
	const char *said = compile(&arena, db_server(db), test->first);
	bool here = strstr(said, arena_printf(&arena, "error %u)", wanted)) ||
		    strstr(said, arena_printf(&arena, "error %u, ", wanted)) ||
		    strstr(said, arena_printf(&arena, "or %u)", wanted));
	db_execute(db, drop, strlen(drop));
	unsigned number = try_all(db, test->second, &message);
	printf("%sok %u - %s\n", here && number == wanted ? "" : "not ", ++tests, test->name);
	if (!here || number != wanted) {
		failures++;
		printf("here: %s\nthere: %u %s\n", said, number, message);
	}
	arena_free(&arena);
}

int main(int argc, char **argv)
{
	static const char *const database[] = { "DROP DATABASE IF EXISTS refusals_db",
						"CREATE DATABASE refusals_db" };
	struct case_list cases = { 0 };
	struct arena arena;
	struct url url;
	struct db *db = NULL;
	bool ok;
	context_init(&ctx);
	arena_init(&arena);
	setvbuf(stdout, NULL, _IOLBF, 0);
	ok = argc >= 2 && case_read(&ctx, &arena, "tests/server/refusals.model", &cases) &&
	     url_parse(&ctx, &arena, argv[1], &url) && (db = db_open(&ctx, &url)) && db_server(db);
	for (size_t i = 0; ok && i < 2; i++)
		ok = db_execute(db, database[i], strlen(database[i]));
	db_close(db);
	url.database = "refusals_db";
	db = ok ? db_open(&ctx, &url) : NULL;
	for (size_t i = 0; db && i < cases.n; i++)
		if ((cases.items[i].servers & case_server(db_server(db))) &&
		    (argc < 3 || !strcmp(argv[2], cases.items[i].name)))
			test_case(db, &cases.items[i]);
	if (db)
		db_execute(db, database[0], strlen(database[0]));
	diag_print(&ctx.diags, false, stdout);
	db_close(db);
	printf("1..%u\n", tests);
	arena_free(&arena);
	context_free(&ctx);
	return failures || !tests;
}
