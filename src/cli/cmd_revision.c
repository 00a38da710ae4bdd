/* revision: compile, diff, write generated/<rev>_<slug>.sql. `autogen -m` is this. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "cli/exact.h"
#include "cli/report.h"
#include "diff/apply.h"
#include "diff/diff.h"
#include "run/loss_rows.h"

/* SOURCE_DATE_EPOCH when it is set (reproducible files), else now; UTC either way. */
static const char *create_date(struct app *app)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	struct tm utc;
	char text[32] = "1970-01-01 00:00:00";
	if (gmtime_r(&now, &utc))
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &utc);
	return arena_strdup(&app->arena, text);
}

static bool choose_id(struct app *app, const struct graph *graph, struct revision *revision)
{
	const char *given = app->options.value[OPT_REV_ID];
	if (!given) {
		char id[13];
		if (!revision_new_id(&app->ctx, id))
			return false;
		revision->id = arena_strdup(&app->arena, id);
		return true;
	}
	if (!revision_id_ok(given)) {
		struct diag *diag = ctx_error(&app->ctx, "usage", span_none(),
					      "'%s' can't be a revision's id", given);
		ctx_hint(&app->ctx, diag,
			 "up to 32 letters, digits and '_', and not head, heads, base "
			 "or current");
		return false;
	}
	for (size_t i = 0; i < graph->all.n; i++) {
		if (strcmp(graph->all.items[i]->id, given) != 0)
			continue;
		ctx_error(&app->ctx, "usage", span_none(), "revision '%s' exists: %s", given,
			  graph->all.items[i]->path);
		return false;
	}
	revision->id = given;
	return true;
}

/* Each subject once. */
static void acknowledge(struct app *app, struct revision *revision, const char *subject)
{
	for (size_t i = 0; i < revision->allow_data_loss.n; i++)
		if (!strcmp(revision->allow_data_loss.items[i], subject))
			return;
	LIST_PUSH(&app->arena, &revision->allow_data_loss, subject);
}

/* Every op that loses data is named; without --allow-data-loss that is the end. */
static bool acknowledge_losses(struct app *app, const struct pending *pending,
			       struct revision *revision)
{
	struct diag *diag = NULL;
	bool allowed = option_given(&app->options, OPT_ALLOW_DATA_LOSS);
	struct past past = past_new(&app->arena, app->db ? db_server(app->db) : NULL);
	bool renamed = false; /* may what is lost be there under another name? */
	for (size_t i = 0; i < pending->ops.n; i++) {
		const struct op *op = pending->ops.items[i];
		struct loss_list losses = { 0 };
		loss_of_op(&app->arena, op, &losses);
		for (size_t j = 0; j < losses.n; j++) {
			const struct loss *loss = &losses.items[j];
			acknowledge(app, revision, loss->subject);
			if (allowed)
				continue;
			diag = ctx_error(&app->ctx, "data-loss", op->origin, "%s",
					 loss_rows_describe(&app->arena, app->db, &past, loss));
			renamed |= loss->kind == LOSS_TABLE || loss->kind == LOSS_COLUMN;
		}
		past_note(&past, op);
	}
	if (renamed)
		ctx_hint(&app->ctx, diag, "renamed? say so in the model: was OLD_NAME");
	if (diag)
		ctx_hint(&app->ctx, diag,
			 "--allow-data-loss writes it, acknowledged in the file's header");
	return !diag;
}

/* The promise of every revision: folding its operations over the base gives the model. */
static bool prove_fold(struct app *app, const struct world *world, const struct pending *pending)
{
	struct schema *state = schema_clone(&app->arena, pending->base);
	for (size_t i = 0; i < pending->up.statements.n; i++)
		if (!apply_ops(state, &pending->up.statements.items[i]->ops))
			return false;
	struct op_list rest = { 0 };
	if (!diff_schemas(&app->ctx, &app->arena, state, world->desired, &rest))
		return false;
	for (size_t i = 0; i < rest.n; i++) {
		struct buf line = { 0 };
		report_op(app, &line, rest.items[i], false);
		ctx_error(&app->ctx, "internal", rest.items[i]->origin,
			  "the plan does not reach the model: %s", buf_text(&line));
		buf_free(&line);
	}
	return rest.n == 0;
}

static const char *compiled_for(struct app *app, const struct world *world)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < world->emit_targets.n; i++) {
		if (i)
			buf_add(&text, ", ");
		server_print(&text, &world->emit_targets.items[i]);
	}
	return buf_arena(&text, &app->arena);
}

/* The first revision on a database in use says which tables were there. */
static void adopt_base(struct app *app, const struct schema *live, struct revision *revision)
{
	for (size_t i = 0; i < live->tables.n; i++) {
		struct op *op = ARENA_NEW(&app->arena, struct op);
		op->kind = OP_CREATE_TABLE;
		op->table = live->tables.items[i]->name;
		op->after.table = live->tables.items[i];
		LIST_PUSH(&app->arena, &revision->base, op);
	}
}

static enum app_exit write_revision(struct app *app, const struct world *world,
				    const struct pending *pending)
{
	struct revision revision = { 0 };
	revision.message = app->options.value[OPT_MESSAGE] ? app->options.value[OPT_MESSAGE] : "";
	revision.create_date = create_date(app);
	revision.compiled_for = compiled_for(app, world);
	if (!choose_id(app, &world->graph, &revision))
		return APP_USAGE;
	if (world->graph.heads.n)
		LIST_PUSH(&app->arena, &revision.down_revisions, world->graph.heads.items[0]->id);
	if (!acknowledge_losses(app, pending, &revision))
		return APP_REFUSED;
	if (pending->adopts)
		adopt_base(app, pending->base, &revision);
	if (!prove_fold(app, world, pending) ||
	    !revision_fill(&app->ctx, &app->arena, &world->emit_targets, &revision, &pending->up,
			   &pending->down))
		return APP_MODEL;
	struct path_list folders = { 0 };
	world_version_locations(app, &folders);
	const char *folder = folders.items[0];
	unsigned truncate =
		(unsigned)strtoul(app->config.value[CONFIG_TRUNCATE_SLUG_LENGTH], NULL, 10);
	const char *name = revision_file_name(&app->arena, revision.id, revision.message, truncate);
	const char *path = file_join(&app->arena, folder, name);
	struct buf text = { 0 };
	revision_print(&text, &revision);
	bool ok = file_make_dirs(&app->ctx, folder) &&
		  file_write(&app->ctx, path, buf_text(&text), text.len);
	buf_free(&text);
	if (!ok)
		return APP_REFUSED;
	app_print(path);
	app_print("\n");
	return APP_DONE;
}

enum app_exit cmd_revision(struct app *app)
{
	bool empty = option_given(&app->options, OPT_EMPTY);
	if (!option_given(&app->options, OPT_MESSAGE)) {
		ctx_error(&app->ctx, "usage", span_none(),
			  "a revision needs a message: -m \"what it does\"");
		return APP_USAGE;
	}
	struct world world;
	struct pending pending;
	enum app_exit end = world_load(app, WORLD_DESIRED | WORLD_CHAIN | WORLD_LIVE, &world);
	if (end == APP_DONE)
		end = pending_load(app, &world, &pending);
	if (end != APP_DONE)
		return end;
	pending_warn_drift(app, &world, &pending);
	if (empty) {
		pending.up = pending.down = (struct plan){ 0 };
		pending.ops = (struct op_list){ 0 };
		pending.base = world.desired;
		pending.adopts = false;
	} else if (!pending.ops.n && !pending.adopts) {
		if (!app->ctx.quiet)
			fputs("no change: models and revisions agree, no file was written\n",
			      stderr);
		return APP_DONE;
	}
	if (!app->ctx.quiet) {
		struct buf out = { 0 };
		report_plan(app, &out, &pending.up, app->colour_err);
		fputs(buf_text(&out), stderr);
		buf_free(&out);
	}
	end = exact_check_pending(app, &world, &pending);
	return end == APP_DONE ? write_revision(app, &world, &pending) : end;
}
