/*
 * runner_bench: a database and a folder of revisions to try the runner on.
 *
 * Included by one program a time, which sets server_url, server_name and folder first. Everything
 * opens a connection and a context of its own, so that child processes share nothing.
 */
#ifndef AUTOGEN_TESTS_RUNNER_BENCH_H
#define AUTOGEN_TESTS_RUNNER_BENCH_H

#include "base/buf.h"
#include "base/context.h"
#include "base/file.h"
#include "base/quote.h"
#include "diff/diff.h"
#include "dsl/resolve.h"
#include "mysql/introspect.h"
#include "run/runner.h"
#include "syntax/parse.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct url server_url;
static const char *server_name, *folder;
static unsigned tests, failures;

/* --- reporting -------------------------------------------------------------------------------- */

static char problems[8192];

__attribute__((format(printf, 1, 2))) static bool problem(const char *format, ...)
{
	size_t len = strlen(problems);
	va_list args;
	va_start(args, format);
	vsnprintf(problems + len, sizeof(problems) - len, format, args);
	va_end(args);
	len = strlen(problems);
	snprintf(problems + len, sizeof(problems) - len, "\n");
	return false;
}

static void test_case(const char *name, bool ok)
{
	tests++;
	failures += !ok;
	printf("%sok %u - %s\n", ok ? "" : "not ", tests, name);
	char *rest = NULL;
	char *line = ok ? NULL : strtok_r(problems, "\n", &rest);
	for (; line; line = strtok_r(NULL, "\n", &rest))
		printf("# %s: %s\n", server_name, line);
	problems[0] = 0;
	fflush(stdout);
}

/* --- the database ----------------------------------------------------------------------------- */

/* What one look at the database needs; everything is fresh, so that children share nothing. */
struct session {
	struct context ctx;
	struct arena arena;
	struct db *db;
};

static bool session_open(struct session *session)
{
	context_init(&session->ctx);
	arena_init(&session->arena);
	session->db = db_open(&session->ctx, &server_url);
	return session->db != NULL;
}

static void session_close(struct session *session)
{
	db_close(session->db);
	arena_free(&session->arena);
	context_free(&session->ctx);
}

static void queued(struct context *ctx, char *out, size_t size)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < ctx->diags.diags.n; i++)
		diag_render(ctx->diags.diags.items[i], false, &text);
	snprintf(out, size, "%s", buf_text(&text));
	buf_free(&text);
}

static bool sql(const char *text)
{
	struct session s;
	bool ok = session_open(&s) && db_execute(s.db, text, strlen(text));
	char said[1024];
	queued(&s.ctx, said, sizeof(said));
	session_close(&s);
	return ok || problem("%s: %s", text, said);
}

/* The cells of a result, blanks between them. */
static const char *query(const char *text)
{
	static char out[4096];
	struct session s;
	struct db_result result;
	struct buf buf = { 0 };
	if (session_open(&s) && db_query(s.db, &s.arena, text, &result))
		for (size_t i = 0; i < result.rows.n; i++)
			for (size_t j = 0; j < result.n_columns; j++)
				buf_printf(&buf, "%s%s", buf.len ? " " : "",
					   result.rows.items[i].cells[j] ? result.rows.items[i].cells[j] :
									   "NULL");
	else
		queued(&s.ctx, out, sizeof(out));
	snprintf(out, sizeof(out), "%s", buf_text(&buf));
	buf_free(&buf);
	session_close(&s);
	return out;
}

static bool expect(const char *text, const char *wanted)
{
	const char *is = query(text);
	return !strcmp(is, wanted) || problem("%s: '%s', not '%s'", text, is, wanted);
}

static bool fresh_database(void)
{
	struct buf text = { 0 };
	const char *name = server_url.database;
	server_url.database = NULL;
	buf_add(&text, "DROP DATABASE IF EXISTS ");
	quote_identifier(&text, name);
	bool ok = sql(buf_text(&text));
	buf_clear(&text);
	/* not the models' collation: nothing may come from here */
	buf_add(&text, "CREATE DATABASE ");
	quote_identifier(&text, name);
	buf_add(&text, " CHARACTER SET latin1 COLLATE latin1_swedish_ci");
	ok = ok && sql(buf_text(&text));
	buf_free(&text);
	server_url.database = name;
	return ok;
}

/* --- revisions -------------------------------------------------------------------------------- */

static struct schema *model(struct session *s, const char *text)
{
	struct tree_file_list files = { 0 };
	const struct source *src = ctx_source(&s->ctx, "test.model", text, strlen(text));
	LIST_PUSH(&s->arena, &files, parse_file(&s->ctx, &s->arena, src));
	return resolve_files(&s->ctx, &s->arena, &files, db_server(s->db));
}

static const char *revision_path(struct arena *arena, const char *id)
{
	return arena_printf(arena, "%s/%s.sql", folder, id);
}

/* The text with data statements at the ends of both sections. */
static void add_data(struct buf *out, const char *text, const char *up, const char *down)
{
	const char *marker = strstr(text, "\n-- migrate:down");
	buf_add_bytes(out, text, (size_t)(marker - text));
	buf_printf(out, "\n%s%s\n%s", up, marker, down);
}

/* What the revisions are made of, one a model. */
struct made_of {
	const char *model;
	const char *data_up, *data_down; /* statements added at the ends of both ways */
};

static bool write_revision(struct session *s, size_t i, const struct made_of *made,
			   const struct schema *from, const struct schema *to)
{
	struct server_list targets = { 0 };
	struct plan up = { 0 }, down = { 0 };
	LIST_PUSH(&s->arena, &targets, *db_server(s->db));
	struct revision revision = { .id = arena_printf(&s->arena, "r%zu", i + 1), .message = "test" };
	if (i)
		LIST_PUSH(&s->arena, &revision.down_revisions, arena_printf(&s->arena, "r%zu", i));
	if (!from || !to || !plan_change(&s->ctx, &s->arena, from, to, &targets, &up) ||
	    !plan_change(&s->ctx, &s->arena, to, from, &targets, &down) ||
	    !revision_fill(&s->ctx, &s->arena, &targets, &revision, &up, &down))
		return false;
	struct buf text = { 0 }, whole = { 0 };
	revision_print(&text, &revision);
	add_data(&whole, buf_text(&text), made->data_up, made->data_down);
	bool ok = file_write(&s->ctx, revision_path(&s->arena, revision.id), buf_text(&whole), whole.len);
	buf_free(&text);
	buf_free(&whole);
	return ok;
}

/* r1, r2, …: each after the one before. */
static bool write_revisions(const struct made_of *made, size_t n)
{
	struct session s;
	bool ok = session_open(&s);
	if (ok) {
		struct schema *from = schema_new(&s.ctx, &s.arena, db_server(s.db));
		for (size_t i = 0; ok && i < n; i++) {
			struct schema *to = model(&s, made[i].model);
			ok = write_revision(&s, i, &made[i], from, to);
			from = to;
		}
	}
	char said[2048];
	queued(&s.ctx, said, sizeof(said));
	session_close(&s);
	return ok || problem("can't make the revisions: %s", said);
}

/* Replaces what follows `from` in a revision's file. */
static bool edit(const char *id, const char *from, const char *to)
{
	struct session s;
	const char *text;
	bool ok = session_open(&s) && file_read(&s.ctx, &s.arena, revision_path(&s.arena, id), &text, NULL);
	const char *at = ok ? strstr(text, from) : NULL;
	if (at) {
		struct buf out = { 0 };
		buf_add_bytes(&out, text, (size_t)(at - text));
		buf_printf(&out, "%s%s", to, at + strlen(from));
		ok = file_write(&s.ctx, revision_path(&s.arena, id), buf_text(&out), out.len);
		buf_free(&out);
	}
	session_close(&s);
	return (ok && at) || problem("nothing to edit in %s: %s", id, from);
}

static bool put_revision(const char *id, const char *down, const char *body)
{
	struct session s;
	session_open(&s);
	const char *text = arena_printf(&s.arena, "-- revision: %s\n-- down_revision: %s\n\n%s", id, down,
					body);
	bool ok = file_write(&s.ctx, revision_path(&s.arena, id), text, strlen(text));
	session_close(&s);
	return ok;
}

static bool remove_revision(const char *id)
{
	struct arena arena;
	arena_init(&arena);
	bool ok = !unlink(revision_path(&arena, id));
	arena_free(&arena);
	return ok;
}

/* --- running ---------------------------------------------------------------------------------- */

struct attempt {
	enum revision_direction direction;
	const char *target;
	unsigned kill_at;         /* the point at which the process ends itself; 0: none */
	unsigned interrupt_after; /* statements; 0: none */
	struct run_options options;
	/* results */
	enum run_status status;
	unsigned points, executed, resumed;
	char said[4096], noticed[256];
	volatile int interrupted;
};

static void at_point(enum run_point point, void *data)
{
	struct attempt *attempt = data;
	(void)point;
	if (++attempt->points == attempt->kill_at)
		kill(getpid(), SIGKILL);
}

static void on_progress(const struct run_event *event, void *data)
{
	struct attempt *attempt = data;
	if (!event->statement)
		return;
	attempt->resumed += event->resumed;
	attempt->executed += !event->resumed;
	if (attempt->interrupt_after && attempt->executed == attempt->interrupt_after)
		attempt->interrupted = 1;
}

static void on_notice(const char *text, void *data)
{
	struct attempt *attempt = data;
	snprintf(attempt->noticed, sizeof(attempt->noticed), "%s", text);
}

static struct attempt attempt_of(enum revision_direction direction, const char *target)
{
	return (struct attempt){
		.direction = direction,
		.target = target,
		.options = { .lock_timeout = 30, .lock_wait = 30, .allow_data_loss = true },
	};
}

static bool read_graph(struct session *s, struct graph *graph)
{
	struct path_list locations = { 0 };
	LIST_PUSH(&s->arena, &locations, folder);
	return graph_read(&s->ctx, &s->arena, &locations, false, graph) && graph->sound;
}

static enum run_status attempt(struct attempt *a)
{
	struct session s;
	struct graph graph;
	struct string_list rows;
	struct revision_list path;
	a->status = RUN_FAILED;
	a->points = a->executed = a->resumed = 0;
	a->options.progress = on_progress;
	a->options.progress_data = a;
	a->options.notice = on_notice;
	a->options.notice_data = a;
	a->options.at_point = at_point;
	a->options.at_point_data = a;
	a->interrupted = 0;
	if (session_open(&s)) {
		struct store store = { .db = s.db, .version_table = STORE_VERSION_TABLE };
		s.ctx.interrupted = &a->interrupted;
		if (read_graph(&s, &graph) && store_versions(&s.ctx, &s.arena, &store, &rows) &&
		    graph_path(&graph, &rows, a->target, a->direction, &path))
			a->status = run_revisions(&s.ctx, s.db, &graph, &path, a->direction, &a->options);
	}
	queued(&s.ctx, a->said, sizeof(a->said));
	session_close(&s);
	return a->status;
}

static bool attempt_ok(struct attempt *a, enum run_status wanted)
{
	return attempt(a) == wanted || problem("status %d, not %d: %s", a->status, wanted, a->said);
}

static bool run_ok(enum revision_direction direction, const char *target)
{
	struct attempt a = attempt_of(direction, target);
	return attempt_ok(&a, RUN_DONE);
}

static bool says(const struct attempt *a, const char *text)
{
	return strstr(a->said, text) || problem("'%s' is not in: %s", text, a->said);
}

/* In a process of its own. */
static pid_t start(struct attempt *a)
{
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		attempt(a);
		if (a->status != RUN_DONE)
			fprintf(stderr, "# child: %s\n", a->said);
		_exit(a->status);
	}
	return child;
}

/* The status, or -1 for a kill. */
static int wait_for(pid_t child)
{
	int status;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFSIGNALED(status) ? -1 : WEXITSTATUS(status);
}

static bool own_table(const struct table *table)
{
	return !strcmp(table->name->text, STORE_VERSION_TABLE) ||
	       !strcmp(table->name->text, STORE_JOURNAL_TABLE);
}

static bool compare_states(struct session *s, const struct schema *state, const struct schema *is)
{
	size_t n = 0;
	bool ok = true;
	for (size_t i = 0; i < is->tables.n; i++) {
		const struct table *table = is->tables.items[i];
		if (own_table(table))
			continue;
		n++;
		const struct table *wanted = schema_find_table(state, table->name);
		if (!wanted)
			ok = problem("table '%s' should not be there", table->name->text);
		else if (!diff_table_equal(&s->ctx, table, wanted))
			ok = problem("table '%s' is not as it should be", table->name->text);
	}
	return ok && (n == state->tables.n || problem("%zu tables, not %zu", n, state->tables.n));
}

/* Is the database at that revision ("" for none), in every way? */
static bool is_at(const char *id)
{
	struct session s;
	struct graph graph;
	struct string_list rows = { 0 };
	struct journal_open *open;
	size_t n_open = 0;
	bool ok = session_open(&s) && read_graph(&s, &graph);
	struct store store = { .db = s.db, .version_table = STORE_VERSION_TABLE };
	ok = ok && store_versions(&s.ctx, &s.arena, &store, &rows) &&
	     store_journal_open(&s.ctx, &s.arena, &store, &open, &n_open);
	struct schema *state = ok ? graph_fold(&graph, &s.arena, db_server(s.db), &rows) : NULL;
	struct schema *is = ok ? introspect_schema(&s.ctx, &s.arena, s.db, NULL) : NULL;
	ok = state && is && compare_states(&s, state, is);
	if (strcmp(rows.n ? rows.items[0] : "", id) != 0 || rows.n > 1)
		ok = problem("%zu rows, the first '%s', not '%s'", rows.n, rows.n ? rows.items[0] : "", id);
	if (n_open)
		ok = problem("the journal of '%s' is open", open[0].revision);
	char said[2048];
	queued(&s.ctx, said, sizeof(said));
	if (*said)
		ok = problem("%s", said);
	session_close(&s);
	return ok;
}

#endif
