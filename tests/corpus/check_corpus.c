/*
 * check_corpus: schemas, statements and pairs of versions on one server. What happens to each
 * stands in case.h.
 *
 *	check_corpus [OPTION...] URL FILE...
 *
 *	FILE.sql     a schema
 *	FILE.jsonl   statements, an object with a member `sql` a line
 *	FILE.json    pairs, an array of objects with members `from_file` and `to_file`
 *
 *	-n NAME     what to call the server in the rows
 *	-b DIR      what the pairs' files are relative to, and the schemas' names
 *	-o TEXT     only cases with that text in their names
 *	-l FILE     only the cases that the file names, one a line
 *	-r COMMAND  what brings the server back when a case killed it
 *	-t SECONDS  for one case (default 300)
 *	-v          models, revisions and all findings on stderr
 *
 * Rows go to stdout: server, kind, case, outcome, stage, reason, features; separated by tabs. The
 * kind is schema, statement or pair, and `table` for each table of a schema or statement. Of what is
 * refused the stage is the code of refusal.def. Every case runs in a process of its own, so that
 * what kills it is a row too. Exit code 1 when a case failed.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>

#include "base/file.h"
#include "tests/corpus/case.h"

enum { EXIT_LOST = 99 }; /* of a case's process: the server is gone; else it is the outcome */

struct case_list {
	struct corpus_case *items;
	size_t n, cap;
};

struct run {
	struct context ctx;
	struct arena arena;
	struct url url;
	struct case_list cases;
	const char *name, *base, *only, *list, *restart;
	unsigned timeout;
	bool verbose;
	size_t done[OUTCOME_FAILED + 1];
};

static const char *const kinds[] = { "schema", "statement", "pair" };
static const char *const outcomes[] = { "unproven", "passed", "unaccepted", "refused", "failed" };

/* --- which cases ------------------------------------------------------------------------------ */

/* Below the base, without its ending. */
static const char *short_name(struct run *run, const char *path)
{
	size_t len = run->base ? strlen(run->base) : 0;
	if (len && !strncmp(path, run->base, len))
		path += len + strspn(path + len, "/");
	const char *end = strrchr(path, '.');
	return arena_strndup(&run->arena, path, end ? (size_t)(end - path) : strlen(path));
}

static bool is_listed(const char *list, const char *name)
{
	size_t len = strlen(name);
	for (const char *at = list; (at = strstr(at, name)); at++) {
		if ((at == list || at[-1] == '\n') && (at[len] == '\n' || !at[len]))
			return true;
	}
	return false;
}

static void add_case(struct run *run, struct corpus_case test)
{
	if ((!run->only || strstr(test.name, run->only)) &&
	    (!run->list || is_listed(run->list, test.name)))
		LIST_PUSH(&run->arena, &run->cases, test);
}

static bool bad_file(const char *path, const char *what)
{
	fprintf(stderr, "check_corpus: %s: %s\n", path, what);
	return false;
}

static bool add_statements(struct run *run, const char *path, const char *text)
{
	for (unsigned number = 1; *text; number++) {
		size_t len = strcspn(text, "\n");
		json_t *line = json_loadb(text, len, 0, NULL);
		const char *sql = json_string_value(json_object_get(line, "sql"));
		if (!sql)
			return bad_file(path, "a line is no object with a member 'sql'");
		add_case(run,
			 (struct corpus_case){ .kind = CASE_STATEMENT,
					       .name = arena_printf(&run->arena, "%s:%u",
								    short_name(run, path), number),
					       .sql = arena_strdup(&run->arena, sql) });
		json_decref(line);
		text += len + (text[len] == '\n');
	}
	return true;
}

static bool add_pairs(struct run *run, const char *path, const char *text)
{
	json_t *pairs = json_loads(text, 0, NULL);
	if (!json_is_array(pairs))
		return bad_file(path, "it is no array of pairs");
	for (size_t i = 0; i < json_array_size(pairs); i++) {
		json_t *pair = json_array_get(pairs, i);
		const char *from = json_string_value(json_object_get(pair, "from_file"));
		const char *to = json_string_value(json_object_get(pair, "to_file"));
		struct corpus_case test = { .kind = CASE_PAIR };
		if (!from || !to)
			return bad_file(path, "a pair lacks 'from_file' or 'to_file'");
		const char *base = run->base ? run->base : ".";
		test.path = file_join(&run->arena, base, from);
		test.to_path = file_join(&run->arena, base, to);
		test.name = arena_printf(&run->arena, "%s -> %s", short_name(run, test.path),
					 short_name(run, test.to_path));
		add_case(run, test);
	}
	json_decref(pairs);
	return true;
}

static bool add_file(struct run *run, const char *path)
{
	const char *end = strrchr(path, '.'), *text;
	if (end && !strcmp(end, ".sql")) {
		add_case(run, (struct corpus_case){ .kind = CASE_SCHEMA,
						    .name = short_name(run, path),
						    .path = path });
		return true;
	}
	if (!file_read(&run->ctx, &run->arena, path, &text, NULL))
		return false;
	if (end && !strcmp(end, ".jsonl"))
		return add_statements(run, path, text);
	if (end && !strcmp(end, ".json"))
		return add_pairs(run, path, text);
	return bad_file(path, "it is neither .sql, .jsonl nor .json");
}

/* --- running them ----------------------------------------------------------------------------- */

static void put_row(const struct run *run, const char *kind, const char *name,
		    const struct finding *finding, const char *features)
{
	const char *const cells[] = { run->name,
				      kind,
				      name,
				      outcomes[finding->outcome],
				      finding->stage ? finding->stage : "",
				      finding->reason ? finding->reason : "",
				      features };
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		if (i)
			putchar('\t');
		for (const char *c = cells[i]; *c; c++)
			putchar((unsigned char)*c < ' ' ? ' ' : *c);
	}
	putchar('\n');
}

static const char *database(struct run *run, char letter)
{
	return arena_printf(&run->arena, "corpus_%ld_%c", (long)getpid(), letter);
}

static int run_case(struct run *run, struct bench *bench, const struct corpus_case *test)
{
	if (!case_run(bench, test))
		return EXIT_LOST;
	const struct subject_list *tables = &bench->subjects;
	put_row(run, kinds[test->kind], test->name, &bench->finding, "");
	for (size_t i = 0; test->kind != CASE_PAIR && i < tables->n; i++) {
		const struct subject *table = &tables->items[i];
		put_row(run, "table",
			arena_printf(&run->arena, "%s: %s", test->name, table->name->text),
			&table->finding, table->features);
	}
	fflush(stdout);
	return (int)bench->finding.outcome;
}

/* The server was killed by the last case. */
static bool restart(struct run *run, const struct corpus_case *test)
{
	fprintf(stderr, "%s: %s: the server died\n", run->name, test->name);
	if (!run->restart)
		return false;
	int code = system(run->restart);
	if (code)
		fprintf(stderr, "%s: it can't be brought back\n", run->name);
	return code == 0;
}

static bool server_answers(struct run *run)
{
	struct db *db = db_open(&run->ctx, &run->url);
	diag_clear(&run->ctx.diags);
	db_close(db);
	return db != NULL;
}

/* false: there is no going on. */
static bool fork_case(struct run *run, struct bench *bench, const struct corpus_case *test)
{
	struct finding finding = { .outcome = OUTCOME_FAILED, .stage = "crash" };
	int status;
	pid_t pid = fork();
	if (pid < 0)
		return bad_file(test->name, strerror(errno));
	if (pid == 0) {
		alarm(run->timeout);
		_exit(run_case(run, bench, test));
	}
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return bad_file(test->name, strerror(errno));
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) <= OUTCOME_FAILED) {
		run->done[WEXITSTATUS(status)]++;
		return true;
	}
	run->done[OUTCOME_FAILED]++;
	bool alive = server_answers(run);
	if (!alive)
		finding.reason = "the server died";
	else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		finding.reason = "it took too long";
	else
		finding.reason =
			arena_printf(&run->arena, "the case died: %s %d",
				     WIFSIGNALED(status) ? "signal" : "exit code",
				     WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	put_row(run, kinds[test->kind], test->name, &finding, "");
	fflush(stdout);
	return alive || restart(run, test);
}

static void drop(struct run *run, const char *database_name)
{
	struct db *db = db_open(&run->ctx, &run->url);
	const char *sql = arena_printf(&run->arena, "DROP DATABASE IF EXISTS %s", database_name);
	if (db && db_execute(db, "SET foreign_key_checks = 0", 26))
		db_execute(db, sql, strlen(sql));
	db_close(db);
}

static bool run_all(struct run *run)
{
	struct bench bench = { .url = run->url, .verbose = run->verbose };
	bool ok = true;
	context_init(&bench.ctx);
	arena_init(&bench.arena);
	bench.a = database(run, 'a');
	bench.b = database(run, 'b');
	for (size_t i = 0; i < run->cases.n && ok; i++) {
		ok = fork_case(run, &bench, &run->cases.items[i]);
		if ((i + 1) % 100 == 0)
			fprintf(stderr, "%s: %zu of %zu cases, %zu failed\n", run->name, i + 1,
				run->cases.n, run->done[OUTCOME_FAILED]);
	}
	drop(run, bench.a);
	drop(run, bench.b);
	arena_free(&bench.arena);
	context_free(&bench.ctx);
	return ok;
}

/* --- the command line ------------------------------------------------------------------------- */

static bool read_options(struct run *run, int argc, char **argv)
{
	int option;
	while ((option = getopt(argc, argv, "n:b:o:l:r:t:v")) != -1) {
		switch (option) {
		case 'n':
			run->name = optarg;
			break;
		case 'b':
			run->base = optarg;
			break;
		case 'o':
			run->only = optarg;
			break;
		case 'l':
			if (!file_read(&run->ctx, &run->arena, optarg, &run->list, NULL))
				return false;
			break;
		case 'r':
			run->restart = optarg;
			break;
		case 't':
			run->timeout = (unsigned)atoi(optarg);
			break;
		case 'v':
			run->verbose = true;
			break;
		default:
			return false;
		}
	}
	return argc - optind >= 2;
}

int main(int argc, char **argv)
{
	struct run run = { .name = "server", .timeout = 300 };
	context_init(&run.ctx);
	arena_init(&run.arena);
	if (!read_options(&run, argc, argv)) {
		fprintf(stderr, "usage: check_corpus [OPTION...] URL FILE...\n");
		return 2;
	}
	bool ok = url_parse(&run.ctx, &run.arena, argv[optind], &run.url);
	for (int i = optind + 1; ok && i < argc; i++)
		ok = add_file(&run, argv[i]);
	ok = ok && run_all(&run);
	diag_print(&run.ctx.diags, false, stderr);
	fprintf(stderr, "%s: %zu cases: %zu passed, %zu refused, %zu failed, %zu not accepted\n",
		run.name, run.cases.n, run.done[OUTCOME_PASSED], run.done[OUTCOME_REFUSED],
		run.done[OUTCOME_FAILED], run.done[OUTCOME_UNACCEPTED]);
	arena_free(&run.arena);
	context_free(&run.ctx);
	return ok && !run.done[OUTCOME_FAILED] ? 0 : 1;
}
