/*
 * test_random: random models and changes, up and down on a real server, with an
 * empty difference at every stop.
 *
 *	test_random URL [ROUNDS [SEED]]
 *
 * In the URL's database, which must be empty, or in one of its own.
 *
 * A round: nothing -> A -> B -> A -> B -> nothing. Each step is a revision as people have it:
 * planned both ways, written as text, read back, its operations folded and compared, its
 * statements run, the database introspected and compared. A round's seed is printed when it fails:
 * ROUNDS=1 with that SEED runs it again.
 * Prints TAP, a line a round.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "diff/diff.h"
#include "mysql/db.h"
#include "mysql/introspect.h"
#include "revision/graph.h"
#include "tests/support/random_model.h"

#define ROUNDS 100
#define SEED 20260101
#define TABLES 6
#define CHANGES 8
#define DATABASE "autogen_random" /* made, and dropped at the end, when the URL names none */

struct bench {
	struct context ctx;
	struct arena arena; /* of one round */
	struct db *db;
	bool own_database;
	const struct server *server;
	struct server_list targets;
	size_t statements;
};

static bool execute(struct bench *bench, const char *sql)
{
	return db_execute(bench->db, sql, strlen(sql));
}

static void say_op(const struct op *op)
{
	struct buf line = { 0 };
	op_describe(&line, op);
	printf("#   %s\n", buf_text(&line));
	buf_free(&line);
}

/* Both ways: nothing may differ, whichever side one looks from. */
static bool expect_equal(struct bench *bench, const char *what, const struct schema *expected,
			 const struct schema *found)
{
	struct op_list ops = { 0 };
	if (!diff_schemas(&bench->ctx, &bench->arena, found, expected, &ops))
		return false;
	if (!ops.n)
		return true;
	printf("# %s: %zu differences\n", what, ops.n);
	for (size_t i = 0; i < ops.n; i++)
		say_op(ops.items[i]);
	return false;
}

static bool expect_live(struct bench *bench, const char *what, const struct schema *expected)
{
	struct schema *live = introspect_schema(&bench->ctx, &bench->arena, bench->db, NULL);
	return live && expect_equal(bench, what, expected, live);
}

/* Folds and runs the statements of one direction. */
static bool run(struct bench *bench, const char *what, const struct revision_statement_list *list,
		struct schema *state)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct revision_statement *statement = list->items[i];
		if (!fold_statement(state, statement))
			return false;
		bench->statements++;
		if (execute(bench, statement->sql))
			continue;
		printf("# %s, statement %zu of %zu:\n# %s\n", what, i + 1, list->n, statement->sql);
		return false;
	}
	return true;
}

/* The revision from one state to another, through its text. */
static struct revision *make_revision(struct bench *bench, const struct schema *from,
				      const struct schema *to)
{
	struct plan up = { 0 }, down = { 0 };
	if (!plan_revision(&bench->ctx, &bench->arena, from, to, &bench->targets, &up, &down))
		return NULL;
	struct revision revision = { .id = "r", .message = "random", .create_date = "2026-01-01" };
	if (!revision_fill(&bench->ctx, &bench->arena, &bench->targets, &revision, &up, &down))
		return NULL;
	struct buf text = { 0 };
	revision_print(&text, &revision);
	const struct source *src = ctx_source(&bench->ctx, "r.sql", buf_text(&text), text.len);
	buf_free(&text);
	struct revision *read = revision_parse(&bench->ctx, &bench->arena, src);
	if (!read || !revision_read_ops(&bench->ctx, &bench->arena, bench->server, read))
		return NULL;
	return read;
}

/* Runs one direction and gives the state it leads to: equal to `to`, by the fold and in the database. */
static struct schema *step(struct bench *bench, const char *what,
			   const struct revision_statement_list *list, const struct schema *from,
			   const struct schema *to)
{
	struct schema *state = schema_clone(&bench->arena, from);
	bool ok = run(bench, what, list, state) && expect_equal(bench, "the fold", to, state) &&
		  expect_live(bench, what, state);
	return ok ? state : NULL;
}

static bool round_trip(struct bench *bench, uint64_t seed)
{
	struct random_model model;
	random_init(&model, &bench->ctx, &bench->arena, &bench->targets, seed);
	struct schema *nothing = schema_new(&bench->ctx, &bench->arena, bench->server);
	struct schema *a = random_schema(&model, TABLES);
	struct schema *b = random_change(&model, a, CHANGES);
	struct revision *first = make_revision(bench, nothing, a);
	struct schema *at_a = first ? step(bench, "up to A", &first->up, nothing, a) : NULL;
	struct revision *second = at_a ? make_revision(bench, at_a, b) : NULL;
	struct schema *at_b = second ? step(bench, "up to B", &second->up, at_a, b) : NULL;
	return at_b && step(bench, "down to A", &second->down, at_b, at_a) &&
	       step(bench, "up to B again", &second->up, at_a, at_b) &&
	       step(bench, "down to A again", &second->down, at_b, at_a) &&
	       step(bench, "down to nothing", &first->down, at_a, nothing);
}

/* What a failed round left. */
static void sweep(struct bench *bench)
{
	struct db_result result = { 0 };
	execute(bench, "SET foreign_key_checks=0");
	if (!db_query(bench->db, &bench->arena,
		      "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()",
		      &result))
		return;
	for (size_t i = 0; i < result.rows.n; i++) {
		struct buf sql = { 0 };
		buf_add(&sql, "DROP TABLE ");
		quote_identifier(&sql, result.rows.items[i].cells[0]);
		execute(bench, buf_text(&sql));
		buf_free(&sql);
	}
	execute(bench, "SET foreign_key_checks=1");
}

static bool open_bench(struct bench *bench, const char *text)
{
	context_init(&bench->ctx);
	arena_init(&bench->arena);
	struct url *url = ARENA_NEW(&bench->ctx.sources, struct url);
	if (!url_parse(&bench->ctx, &bench->ctx.sources, text, url))
		return false;
	if (!url->database) {
		bench->db = db_open(&bench->ctx, url);
		if (!bench->db || !execute(bench, "DROP DATABASE IF EXISTS " DATABASE) ||
		    !execute(bench, "CREATE DATABASE " DATABASE))
			return false;
		db_close(bench->db);
		bench->own_database = true;
		url->database = DATABASE;
	}
	bench->db = db_open(&bench->ctx, url);
	bench->server = bench->db ? db_server(bench->db) : NULL;
	if (!bench->server)
		return false;
	LIST_PUSH(&bench->ctx.sources, &bench->targets, *bench->server);
	return true;
}

int main(int argc, char **argv)
{
	struct bench bench = { 0 };
	unsigned rounds = argc > 2 ? (unsigned)atoi(argv[2]) : ROUNDS;
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : SEED;
	unsigned failed = 0;
	if (argc < 2 || !open_bench(&bench, argv[1])) {
		diag_print(&bench.ctx.diags, false, stdout);
		return 1;
	}
	for (unsigned i = 0; i < rounds; i++) {
		bool ok = round_trip(&bench, seed + i) && !bench.ctx.diags.errors;
		printf("%s - round %u, seed %" PRIu64 "\n", ok ? "ok" : "not ok", i + 1, seed + i);
		if (!ok) {
			failed++;
			diag_print(&bench.ctx.diags, false, stdout);
			sweep(&bench);
		}
		fflush(stdout);
		diag_clear(&bench.ctx.diags);
		arena_free(&bench.arena);
		if (db_lost(bench.db))
			break;
	}
	printf("1..%u\n# %zu statements, %u rounds failed\n", rounds, bench.statements, failed);
	if (bench.own_database)
		execute(&bench, "DROP DATABASE " DATABASE);
	db_close(bench.db);
	arena_free(&bench.arena);
	context_free(&bench.ctx);
	return failed != 0;
}
