#include "run/runner.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "run/run.h"

#include <string.h>

/* --- beginning and end ------------------------------------------------------------------------ */

static const char *const session_settings[] = { "sql_mode", "foreign_key_checks", "unique_checks",
						"time_zone", "lock_wait_timeout" };

/* What statements of a revision may have changed, as SQL that sets it back. */
static bool remember_session(struct run *run)
{
	struct db_result result;
	struct buf sql = { 0 };
	const size_t n = sizeof(session_settings) / sizeof(session_settings[0]);
	buf_add(&sql, "SELECT ");
	for (size_t i = 0; i < n; i++)
		buf_printf(&sql, "%s@@SESSION.%s", i ? ", " : "", session_settings[i]);
	bool ok = db_query(run->db, &run->arena, buf_text(&sql), &result) && result.rows.n;
	buf_clear(&sql);
	buf_add(&sql, "SET SESSION autocommit = 1");
	for (size_t i = 0; ok && i < n; i++) {
		const char *value = result.rows.items[0].cells[i];
		bool is_text = !strcmp(session_settings[i], "sql_mode") ||
			       !strcmp(session_settings[i], "time_zone");
		buf_printf(&sql, ", %s = ", session_settings[i]);
		if (is_text)
			quote_string(&sql, value ? value : "", value ? strlen(value) : 0);
		else
			buf_add(&sql, value ? value : "DEFAULT");
	}
	run->session = buf_arena(&sql, &run->arena);
	return ok;
}

static bool execute_text(struct run *run, const char *sql)
{
	return db_execute(run->db, sql, strlen(sql));
}

/* As it is at the start of every revision, whatever the one before said. */
static bool set_session(struct run *run)
{
	struct buf sql = { 0 };
	buf_add(&sql, "USE ");
	quote_identifier(&sql, db_database(run->db));
	bool ok = execute_text(run, buf_text(&sql)) && execute_text(run, "SET NAMES utf8mb4") &&
		  execute_text(run, run->session);
	buf_clear(&sql);
	unsigned wait = run->options->lock_wait;
	buf_printf(&sql, "SET SESSION lock_wait_timeout = %u", wait ? wait : 1);
	ok = ok && execute_text(run, buf_text(&sql));
	buf_free(&sql);
	return ok;
}

/* MySQL calls it server_uuid; MariaDB has server_uid since 10.5.26 and the like. */
static bool read_server_uuid(struct run *run)
{
	struct db_result result;
	if (!db_query(run->db, &run->arena,
		      "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('server_uuid', 'server_uid')",
		      &result))
		return false;
	if (result.rows.n && result.rows.items[0].cells[1])
		run->store.server_uuid = result.rows.items[0].cells[1];
	return true;
}

/* The run's arena is the caller's to free. */
static enum run_status begin(struct run *run, struct context *ctx, struct db *db,
			     const struct run_options *options)
{
	*run = (struct run){ .ctx = ctx, .db = db, .options = options };
	arena_init(&run->arena);
	run->store.db = db;
	run->store.version_table =
		options->version_table ? options->version_table : STORE_VERSION_TABLE;
	run->store.version_schema = options->version_schema;
	if (!db_database(db)) {
		struct diag *diag = ctx_error(ctx, "database", span_none(), "no database is named");
		ctx_hint(ctx, diag, "put its name into the URL: mysql://user@host/NAME");
		return RUN_FAILED;
	}
	run->server = db_server(db);
	if (!run->server || !read_server_uuid(run) || !remember_session(run))
		return RUN_FAILED;
	return revision_new_id(ctx, run->id) ? RUN_DONE : RUN_FAILED;
}

static void end(struct run *run)
{
	arena_free(&run->arena);
}

/* --- one revision ----------------------------------------------------------------------------- */

static enum run_status stop_here(struct run_part *part, size_t at)
{
	struct context *ctx = part->run->ctx;
	struct diag *diag =
		ctx_note(ctx, "interrupted", span_none(),
			 "interrupted: %zu of %zu statements of revision '%s' are applied", at,
			 part->statements->n, part->revision->id);
	ctx_hint(ctx, diag, "run the same command again to go on from there");
	return RUN_INTERRUPTED;
}

static enum run_status run_statements(struct run_part *part)
{
	struct run *run = part->run;
	for (size_t i = 0; i < part->statements->n; i++) {
		bool run_it = true;
		if (run->ctx->interrupted && *run->ctx->interrupted)
			return stop_here(part, i);
		if (part->notes[i]) {
			enum run_status status = resume_statement(part, i, &run_it);
			if (status != RUN_DONE)
				return status;
		}
		statement_tell(part, i, !run_it);
		if (!run_it)
			continue;
		enum run_status status = keys_check(part, i);
		if (status == RUN_DONE)
			status = statement_run(part, i);
		if (status != RUN_DONE)
			return status;
	}
	return RUN_DONE;
}

static enum run_status run_revision(struct run *run, struct revision *revision,
				    enum revision_direction direction)
{
	struct run_part part = { .run = run, .revision = revision, .direction = direction };
	part.statements = direction == REVISION_UP ? &revision->up : &revision->down;
	enum run_status status = set_session(run) ? resume_prepare(&part) : RUN_FAILED;
	if (status != RUN_DONE)
		return status;
	statement_tell(&part, (size_t)-1, false);
	status = run_statements(&part);
	if (status != RUN_DONE)
		return status;
	struct string_list after;
	graph_step(run->graph, &run->rows, revision, direction, &after);
	statement_point(run, RUN_AT_VERSION);
	if (!set_session(run) ||
	    !store_end_revision(run->ctx, &run->store, &run->rows, &after, revision->id))
		return RUN_FAILED;
	run->rows = after;
	statement_point(run, RUN_AT_END);
	return RUN_DONE;
}

/* --- the way ---------------------------------------------------------------------------------- */

static bool list_has(const struct revision_list *list, const struct revision *revision)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i] == revision)
			return true;
	return false;
}

/* What revision needs to be applied (up), or gone (down), before its turn. */
static const struct revision *out_of_turn(const struct revision_list *applied,
					  const struct revision *revision,
					  enum revision_direction direction)
{
	bool up = direction == REVISION_UP;
	const struct revision_list *lists[] = {
		up ? &revision->parents : &revision->children,
		up ? &revision->dependencies : &revision->dependents,
	};
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < lists[i]->n; j++)
			if (list_has(applied, lists[i]->items[j]) != up)
				return lists[i]->items[j];
	return NULL;
}

/*
 * While we waited for the lock another run may have done all or part of it: what is left of the path,
 * or a refusal when the database went elsewhere.
 */
static enum run_status what_is_left(struct run *run, const struct revision_list *path,
				    enum revision_direction direction, struct revision_list *left)
{
	struct revision_list applied = { 0 };
	if (!store_versions(run->ctx, &run->arena, &run->store, &run->rows))
		return RUN_FAILED;
	if (!graph_applied(run->graph, &run->arena, &run->rows, &applied))
		return RUN_REFUSED;
	for (size_t i = 0; i < path->n; i++)
		if (list_has(&applied, path->items[i]) != (direction == REVISION_UP))
			LIST_PUSH(&run->arena, left, path->items[i]);
	if (!left->n)
		return RUN_DONE;
	const struct revision *other = out_of_turn(&applied, left->items[0], direction);
	if (!other)
		return RUN_DONE;
	struct diag *diag =
		ctx_error(run->ctx, "chain", span_none(),
			  "the %s of revision '%s' can't begin: revision '%s' is%s applied",
			  revision_direction_word(direction), left->items[0]->id, other->id,
			  direction == REVISION_UP ? " not" : "");
	ctx_hint(run->ctx, diag, "another run moved the database meanwhile: autogen current");
	return RUN_REFUSED;
}

/* What would stop the run half-way, before its first statement. In the middle of a revision names and
 * states are neither's. */
static enum run_status look_ahead(struct run *run, const struct revision_list *path,
				  enum revision_direction direction)
{
	struct journal_open *open;
	size_t n_open;
	if (!store_journal_open(run->ctx, &run->arena, &run->store, &open, &n_open))
		return RUN_FAILED;
	if (n_open)
		return RUN_DONE;
	enum run_status status = names_check_path(run, path, direction);
	if (status == RUN_DONE)
		status = keys_foresee(run, path, direction);
	return status == RUN_DONE ? keys_check_path(run, path, direction) : status;
}

static enum run_status run_path(struct run *run, const struct revision_list *path,
				enum revision_direction direction)
{
	struct revision_list left = { 0 };
	enum run_status status = RUN_FAILED;
	if (store_make_tables(run->ctx, &run->store))
		status = what_is_left(run, path, direction, &left);
	if (status == RUN_DONE)
		status = resume_check_others(run, &left, direction);
	if (status == RUN_DONE)
		status = gate_check_clauses(run, &left, direction);
	if (status == RUN_DONE)
		status = look_ahead(run, &left, direction);
	for (size_t i = 0; status == RUN_DONE && i < left.n; i++)
		status = run_revision(run, left.items[i], direction);
	return status;
}

static enum run_status locked(struct run *run, const struct revision_list *path,
			      enum revision_direction direction)
{
	enum run_status status = lock_take(run);
	if (status != RUN_DONE)
		return status;
	status = run_path(run, path, direction);
	if (!db_lost(run->db))
		db_try(run->db, run->session, strlen(run->session), NULL);
	lock_release(run);
	return status;
}

enum run_status run_revisions(struct context *ctx, struct db *db, const struct graph *graph,
			      const struct revision_list *path, enum revision_direction direction,
			      const struct run_options *options)
{
	struct run run;
	if (!path->n)
		return RUN_DONE;
	enum run_status status = begin(&run, ctx, db, options);
	run.graph = graph;
	if (status == RUN_DONE)
		status = gate_check(&run, path, direction);
	if (status == RUN_DONE)
		status = locked(&run, path, direction);
	end(&run);
	return status;
}

/* --- stamp ------------------------------------------------------------------------------------ */

static enum run_status move_rows(struct run *run, const struct string_list *words, bool purge,
				 struct string_list *after)
{
	/* `after` has some of the rows, and lives longer than the run */
	if (!execute_text(run, run->session) ||
	    !store_versions(run->ctx, run->graph->arena, &run->store, &run->rows))
		return RUN_FAILED;
	if (!graph_stamp(run->graph, &run->rows, words, purge, after))
		return RUN_REFUSED;
	bool ok = store_make_tables(run->ctx, &run->store) &&
		  store_end_revision(run->ctx, &run->store, &run->rows, after, NULL);
	return ok ? RUN_DONE : RUN_FAILED;
}

enum run_status run_stamp(struct context *ctx, struct db *db, const struct graph *graph,
			  const struct string_list *words, bool purge,
			  const struct run_options *options, struct string_list *after)
{
	struct run run;
	enum run_status status = begin(&run, ctx, db, options);
	run.graph = graph;
	if (status == RUN_DONE)
		status = lock_take(&run);
	if (status == RUN_DONE) {
		status = move_rows(&run, words, purge, after);
		lock_release(&run);
	}
	end(&run);
	return status;
}

enum run_status run_ensure(struct context *ctx, struct db *db, const struct run_options *options)
{
	struct run run;
	enum run_status status = begin(&run, ctx, db, options);
	if (status == RUN_DONE)
		status = lock_take(&run);
	if (status == RUN_DONE) {
		if (!store_make_tables(ctx, &run.store))
			status = RUN_FAILED;
		lock_release(&run);
	}
	end(&run);
	return status;
}
