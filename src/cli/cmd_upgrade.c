/* upgrade, downgrade: what changes a database. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/term.h"
#include "cli/blame.h"
#include "cli/run_with.h"
#include "cli/script_command.h"
#include "mysql/introspect.h"
#include "run/runner.h"

static const char *statement_summary(const struct revision_statement *statement, struct buf *out)
{
	if (statement->ops.n) {
		for (size_t i = 0; i < statement->ops.n; i++) {
			if (i)
				buf_add(out, ", ");
			op_describe(out, statement->ops.items[i]);
		}
	} else {
		size_t len = strcspn(statement->sql, "\n");
		buf_add_bytes(out, statement->sql, len > 60 ? 60 : len);
	}
	return buf_text(out);
}

/* What the runner is told of, and what it was doing last. */
struct progress {
	struct app *app;
	const struct revision_statement *last;
};

/* A line a statement; off with -q. */
static void show_progress(const struct run_event *event, void *data)
{
	struct progress *progress = data;
	struct app *app = progress->app;
	progress->last = event->statement ? event->what : NULL;
	if (app->ctx.quiet)
		return;
	if (!event->statement) {
		fprintf(stderr, "%s%s %s%s  %s\n", term_style(app->colour_err, TERM_BOLD),
			event->direction == REVISION_UP ? "upgrade" : "downgrade",
			event->revision->id, term_style(app->colour_err, TERM_RESET),
			event->revision->message ? event->revision->message : "");
		return;
	}
	struct buf line = { 0 };
	const char *summary = statement_summary(event->what, &line);
	fprintf(stderr, "  %zu/%zu %s%s\n", event->statement, event->of, summary,
		event->resumed ? " (had been applied before)" : "");
	buf_free(&line);
}

static bool run_options(struct app *app, struct progress *progress, struct run_options *run)
{
	*progress = (struct progress){ .app = app };
	if (!run_with_settings(app, run))
		return false;
	run->progress = show_progress;
	run->progress_data = progress;
	return true;
}

/* Connects, reads the chain and the version rows. */
static enum app_exit prepare(struct app *app, struct graph *graph, struct progress *progress,
			     struct run_options *run, struct string_list *rows)
{
	if (!run_options(app, progress, run))
		return APP_USAGE;
	enum app_exit end = world_load_graph(app, graph);
	return end == APP_DONE ? world_load_rows(app, rows) : end;
}

/*
 * A chain that began on a database in use (migrate:base) needs the tables that were there: without
 * them the first statement that refers to one would fail, and not say why.
 */
static enum app_exit check_base(struct app *app, struct revision *revision)
{
	const struct server *server = db_server(app->db);
	if (!server || !revision_read_ops(&app->ctx, &app->arena, server, revision))
		return server ? APP_REFUSED : APP_DATABASE;
	struct name_list wanted = { 0 };
	for (size_t i = 0; i < revision->base.n; i++)
		LIST_PUSH(&app->arena, &wanted, revision->base.items[i]->table);
	if (!wanted.n)
		return APP_DONE;
	struct schema *live = introspect_schema(&app->ctx, &app->arena, app->db, &wanted);
	if (!live)
		return APP_DATABASE;
	struct diag *diag = NULL;
	for (size_t i = 0; i < wanted.n; i++)
		if (!schema_find_table(live, wanted.items[i]))
			diag = ctx_error(&app->ctx, "base", revision->base.items[i]->origin,
					 "revision '%s' begins on a database that has table '%s'; "
					 "this one does not",
					 revision->id, wanted.items[i]->text);
	if (diag)
		ctx_hint(&app->ctx, diag, "make the tables of '-- migrate:base' first: see %s",
			 revision->path);
	return diag ? APP_REFUSED : APP_DONE;
}

/* Already there, unless the last run stopped on the way. */
static enum app_exit nothing_to_do(struct app *app, const struct string_list *rows)
{
	struct store store = world_store(app);
	struct journal_open *half;
	size_t n;
	const char *at = rows->n ? rows->items[0] : "base";
	if (!store_journal_open(&app->ctx, &app->arena, &store, &half, &n))
		return APP_DATABASE;
	if (n) {
		struct diag *diag = ctx_error(
			&app->ctx, "half-applied", span_none(),
			"the database is at %s, but the %s of revision '%s' stopped "
			"half-way (%u %s done)",
			at, revision_direction_word(half[0].direction), half[0].revision,
			half[0].finished, half[0].finished == 1 ? "statement" : "statements");
		ctx_hint(&app->ctx, diag, "run that %s again: it goes on",
			 revision_direction_word(half[0].direction));
		return APP_REFUSED;
	}
	if (!app->ctx.quiet)
		fprintf(stderr, "nothing to do: the database is at %s\n", at);
	return APP_DONE;
}

static enum app_exit move(struct app *app, enum revision_direction direction, const char *target)
{
	struct graph graph;
	struct progress progress;
	struct run_options run;
	struct string_list rows = { 0 };
	if (option_given(&app->options, OPT_SQL))
		return script_command_move(app, direction, target);
	if (!script_command_only(app, target))
		return APP_USAGE;
	enum app_exit end = prepare(app, &graph, &progress, &run, &rows);
	if (end != APP_DONE)
		return end;
	struct revision_list path = { 0 };
	if (!graph_path(&graph, &rows, target, direction, &path))
		return APP_REFUSED;
	if (!path.n)
		return nothing_to_do(app, &rows);
	if (direction == REVISION_UP && !rows.n) {
		end = check_base(app, path.items[0]);
		if (end != APP_DONE)
			return end;
	}
	end = run_exit(run_revisions(&app->ctx, app->db, &graph, &path, direction, &run));
	if (end == APP_DATABASE)
		blame_statement(app, progress.last);
	return end;
}

enum app_exit cmd_upgrade(struct app *app)
{
	bool given = app->options.arguments.n > 0;
	return move(app, REVISION_UP, given ? app->options.arguments.items[0] : "head");
}

enum app_exit cmd_downgrade(struct app *app)
{
	return move(app, REVISION_DOWN, app->options.arguments.items[0]);
}
