/*
 * test_histories: what compiles, no server refuses, whatever its defaults are.
 *
 *	test_histories URL [HISTORIES [SEED [TABLES]]]
 *
 * A history (tests/support/history.h) goes from nothing through eleven states over tables that
 * many foreign keys tie, with rows, and all the way back. Before every step the defaults that a
 * server, a database or a session may have are other ones: charset and collation of server and
 * database, the default collation of a charset, storage engine, sql_mode, timestamps, strictness.
 * No statement may be refused, and the database must be what the ops say at every state.
 *
 * Many histories at once in a database of their own, one introspection for all. The history of a
 * SEED runs alone as `test_histories URL 1 SEED`. Prints TAP.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/context.h"
#include "mysql/introspect.h"
#include "tests/support/history.h"

#define HISTORIES 5
#define SEED 20260101
#define TABLES 20
#define BATCH 10

struct bench {
	const char *url;
	unsigned tables;
	char database[40];
	struct context ctx; /* of one batch, as all below */
	struct arena arena;
	struct db *db;      /* runs, under changing defaults */
	struct db *eye;     /* looks, under none */
	struct server_list targets;
	struct history histories[BATCH];
	size_t n;
	/* of all */
	unsigned tests, failed;
	size_t foreign_keys, statements;
};

/* --- defaults --------------------------------------------------------------------------------- */

/* What may be set to what; a server that does not have it, or not that value, keeps what it has. */
static const char *const defaults[][4] = {
	{ "SET SESSION character_set_server = latin1, collation_server = latin1_german1_ci",
	  "SET SESSION character_set_server = utf8mb4, collation_server = utf8mb4_unicode_ci",
	  "SET SESSION character_set_server = utf8mb4, collation_server = utf8mb4_bin",
	  "SET SESSION character_set_server = ascii, collation_server = ascii_bin" },
	{ "ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_bin",
	  "ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
	  "ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
	  "ALTER DATABASE CHARACTER SET ascii COLLATE ascii_general_ci" },
	{ "SET SESSION default_storage_engine = MyISAM", "SET SESSION default_storage_engine = InnoDB",
	  "SET SESSION default_storage_engine = MEMORY", "SET SESSION default_storage_engine = CSV" },
	/* always strict, as the runner is: else 9.7 copies to make a column NOT NULL (1832) */
	{ "SET SESSION sql_mode = 'TRADITIONAL'",
	  "SET SESSION sql_mode = 'ANSI_QUOTES,STRICT_ALL_TABLES'",
	  "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'",
	  "SET SESSION sql_mode = 'NO_ZERO_DATE,NO_ZERO_IN_DATE,STRICT_ALL_TABLES'" },
	{ "SET SESSION explicit_defaults_for_timestamp = 1",
	  "SET SESSION explicit_defaults_for_timestamp = 0", "SET SESSION innodb_strict_mode = 0",
	  "SET SESSION innodb_strict_mode = 1" },
	{ "SET SESSION restrict_fk_on_non_standard_key = OFF",
	  "SET SESSION restrict_fk_on_non_standard_key = ON",
	  "SET SESSION restrict_fk_on_non_standard_key = OFF",
	  "SET SESSION restrict_fk_on_non_standard_key = ON" },
	{ "SET SESSION default_collation_for_utf8mb4 = utf8mb4_general_ci",
	  "SET SESSION default_collation_for_utf8mb4 = utf8mb4_0900_ai_ci",
	  "SET SESSION character_set_collations = 'utf8mb4=utf8mb4_bin'",
	  "SET SESSION character_set_collations = ''" },
};

/*
 * MySQL 5.6 with NO_ZERO_DATE takes a NOT NULL date or datetime without default, moved by an ALTER that
 * copies the table, for a new one (1292). The runner lets zero dates in.
 */
static void let_zero_dates_in(struct bench *bench)
{
	static const char sql[] = "SET SESSION sql_mode = REPLACE(REPLACE(@@sql_mode, "
				  "'NO_ZERO_DATE', ''), 'TRADITIONAL', '')";
	const struct server *server = db_server(bench->db);
	if (server->flavour == FLAVOUR_MYSQL && server->version < 80000)
		db_try(bench->db, sql, sizeof(sql) - 1, NULL);
}

/* Others than before, by the first history's chance. */
static void change_defaults(struct bench *bench)
{
	struct random *random = &bench->histories[0].pair.model.random;
	for (size_t i = 0; i < sizeof(defaults) / sizeof(*defaults); i++) {
		const char *sql = defaults[i][random_below(random, 4)];
		db_try(bench->db, sql, strlen(sql), NULL);
	}
	let_zero_dates_in(bench);
}

/* --- a batch ---------------------------------------------------------------------------------- */

static struct db *open_database(struct bench *bench, bool anew)
{
	struct url *url = ARENA_NEW(&bench->ctx.sources, struct url);
	if (!url_parse(&bench->ctx, &bench->ctx.sources, bench->url, url))
		return NULL;
	url->database = NULL;
	struct db *db = anew ? db_open(&bench->ctx, url) : NULL;
	const char *drop = arena_printf(&bench->arena, "DROP DATABASE IF EXISTS %s", bench->database);
	const char *create = arena_printf(&bench->arena, "CREATE DATABASE %s", bench->database);
	bool ok = !anew || (db && db_execute(db, drop, strlen(drop)) &&
			    db_execute(db, create, strlen(create)));
	db_close(db);
	url->database = bench->database;
	return ok ? db_open(&bench->ctx, url) : NULL;
}

static bool open_batch(struct bench *bench)
{
	context_init(&bench->ctx);
	arena_init(&bench->arena);
	bench->targets = (struct server_list){ 0 };
	bench->n = 0;
	bench->db = open_database(bench, true);
	bench->eye = bench->db ? open_database(bench, false) : NULL;
	const struct server *server = bench->eye ? db_server(bench->db) : NULL;
	if (server)
		LIST_PUSH(&bench->ctx.sources, &bench->targets, *server);
	return server != NULL;
}

static void close_batch(struct bench *bench)
{
	const char *drop = arena_printf(&bench->arena, "DROP DATABASE %s", bench->database);
	for (size_t i = 0; i < bench->n; i++)
		pair_free(&bench->histories[i].pair);
	if (bench->db && !db_lost(bench->db))
		db_execute(bench->db, drop, strlen(drop));
	db_close(bench->db);
	db_close(bench->eye);
	arena_free(&bench->arena);
	context_free(&bench->ctx);
}

/* Is the database what the ops say, of each history that goes on? step -1: nothing is left. */
static bool expect_state(struct bench *bench, int step)
{
	struct schema *all = introspect_schema(&bench->ctx, &bench->arena, bench->eye, NULL);
	for (size_t i = 0; all && i < bench->n; i++) {
		struct history *history = &bench->histories[i];
		const char *what = arena_printf(&bench->arena, "state %d", step);
		if (!history->pair.failed)
			pair_equal(&history->pair, what,
				   step < 0 ? history->pair.nothing : history->at[step],
				   pair_part(&history->pair, all));
	}
	return all != NULL;
}

/* false: the server was lost. */
static bool each(struct bench *bench, void (*go)(struct history *, struct db *, size_t), size_t step)
{
	change_defaults(bench);
	for (size_t i = 0; i < bench->n && !db_lost(bench->db); i++)
		if (!bench->histories[i].pair.failed)
			go(&bench->histories[i], bench->db, step);
	return !db_lost(bench->db);
}

static void begin(struct history *history, struct db *db, size_t step)
{
	(void)step;
	history_begin(history, db);
}

static bool run_batch(struct bench *bench)
{
	bool ok = each(bench, begin, 0) && expect_state(bench, 0);
	for (size_t step = 1; step <= HISTORY_STEPS && ok; step++)
		ok = each(bench, history_step, step) && expect_state(bench, (int)step);
	for (size_t step = HISTORY_STEPS + 1; step-- && ok;)
		ok = each(bench, history_back, step) && expect_state(bench, (int)step - 1);
	return ok;
}

static void report_batch(struct bench *bench)
{
	for (size_t i = 0; i < bench->n; i++) {
		const struct history *history = &bench->histories[i];
		bench->foreign_keys += history->foreign_keys;
		bench->statements += history->statements;
		if (!history->pair.failed)
			continue;
		bench->failed++;
		printf("not ok %u - seed %" PRIu64 "\n", ++bench->tests, history->pair.seed);
		const char *text = buf_text(&history->pair.report);
		while (*text) {
			size_t len = strcspn(text, "\n");
			printf("# %.*s\n", (int)len, text);
			text += len + (text[len] == '\n');
		}
	}
	fflush(stdout);
}

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	static struct bench bench;
	unsigned histories = argc > 2 ? (unsigned)atoi(argv[2]) : HISTORIES, done = 0;
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 10) : SEED;
	double start = now();
	bool ok = true;
	if (argc < 2) {
		printf("Bail out! test_histories URL [HISTORIES [SEED [TABLES]]]\n");
		return 1;
	}
	bench.url = argv[1];
	bench.tables = argc > 4 ? (unsigned)atoi(argv[4]) : TABLES;
	snprintf(bench.database, sizeof(bench.database), "autogen_history_%" PRIx64, seed);
	while (done < histories && ok) {
		ok = open_batch(&bench);
		for (; ok && bench.n < BATCH && done + bench.n < histories; bench.n++)
			history_make(&bench.histories[bench.n], &bench.ctx, &bench.arena,
				     &bench.targets, seed + done + bench.n, bench.tables);
		ok = ok && run_batch(&bench);
		done += (unsigned)bench.n;
		report_batch(&bench);
		close_batch(&bench);
	}
	if (!ok)
		printf("Bail out! the server was lost\n");
	ok = ok && !bench.failed;
	printf("%sok %u - %u of %u histories from seed %" PRIu64 "\n1..%u\n", ok ? "" : "not ",
	       bench.tests + 1, done - bench.failed, histories, seed, bench.tests + 1);
	printf("# %zu statements, %zu foreign keys at their states, %.2f histories a second\n",
	       bench.statements, bench.foreign_keys, done / (now() - start));
	return !ok;
}
