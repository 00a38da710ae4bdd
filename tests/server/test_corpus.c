/*
 * test_corpus: what `make check-corpus` does with real schemas (tests/corpus/case.h), done with a few
 * tables of our own that have what real ones were found to have.
 *
 *	test_corpus URL [NAME]
 *
 * The cases are corpus_cases.sql; each must pass on the servers it names. Prints TAP.
 */
#include <stdio.h>
#include <unistd.h>

#include "tests/corpus/case.h"
#include "tests/server/cases.h"

static struct url url;

static const char *database(struct arena *arena, char letter)
{
	return arena_printf(arena, "corpus_%ld_%c", (long)getpid(), letter);
}

static bool run_case(struct arena *arena, const struct case_text *test, unsigned number)
{
	struct bench bench = { .url = url };
	const struct corpus_case wanted = { .kind = CASE_STATEMENT,
					    .name = test->name,
					    .sql = test->first };
	context_init(&bench.ctx);
	arena_init(&bench.arena);
	bench.a = database(arena, 'a');
	bench.b = database(arena, 'b');
	bool alive = case_run(&bench, &wanted);
	bool ok = alive && bench.finding.outcome == OUTCOME_PASSED;
	printf("%sok %u - %s\n", ok ? "" : "not ", number, test->name);
	if (!alive)
		printf("# the server is gone\n");
	else if (!ok)
		printf("# %s: %s\n", bench.finding.stage, bench.finding.reason);
	diag_print(&bench.ctx.diags, false, stdout);
	arena_free(&bench.arena);
	context_free(&bench.ctx);
	return ok;
}

static void drop(struct context *ctx, struct db *db, const char *name)
{
	struct buf sql = { 0 };
	buf_printf(&sql, "DROP DATABASE IF EXISTS %s", name);
	if (!db_execute(db, buf_text(&sql), sql.len))
		diag_print(&ctx->diags, false, stdout);
	buf_free(&sql);
}

int main(int argc, char **argv)
{
	struct context ctx;
	struct arena arena;
	struct case_list cases = { 0 };
	struct db *db = NULL;
	unsigned number = 0, failed = 0;
	context_init(&ctx);
	arena_init(&arena);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc >= 2 && case_read(&ctx, &arena, "tests/server/corpus_cases.sql", &cases) &&
	    url_parse(&ctx, &arena, argv[1], &url))
		db = db_open(&ctx, &url);
	const struct server *server = db ? db_server(db) : NULL;
	for (size_t i = 0; server && i < cases.n; i++) {
		const struct case_text *test = &cases.items[i];
		if ((test->servers & case_server(server)) &&
		    (argc < 3 || !strcmp(argv[2], test->name)))
			failed += !run_case(&arena, test, ++number);
	}
	if (server) {
		drop(&ctx, db, database(&arena, 'a'));
		drop(&ctx, db, database(&arena, 'b'));
	}
	diag_print(&ctx.diags, false, stdout);
	printf("1..%u\n", number);
	db_close(db);
	arena_free(&arena);
	context_free(&ctx);
	return failed || !number;
}
