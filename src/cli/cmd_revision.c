/* revision: compile, diff, write generated/<rev>_<slug>.sql. `autogen -m` is this. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "cli/exact.h"
#include "cli/new_revision.h"
#include "cli/report.h"
#include "diff/apply.h"
#include "diff/diff.h"
#include "run/loss_rows.h"

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

/* On a branch that does not have all there is: do the operations fit what it has? */
static bool fits_branch(struct app *app, const struct world *world, const struct pending *pending,
			const struct new_revision *made)
{
	const struct revision *revision = &made->revision;
	struct string_list at = { 0 };
	if (world->graph.heads.n < 2)
		return true;
	for (size_t i = 0; i < revision->down_revisions.n; i++)
		LIST_PUSH(&app->arena, &at, revision->down_revisions.items[i]);
	for (size_t i = 0; i < revision->depends_on.n; i++) {
		const struct revision *on = map_get(
			&world->graph.by_id, ctx_name(&app->ctx, revision->depends_on.items[i]));
		LIST_PUSH(&app->arena, &at, on->id);
	}
	struct schema *state = graph_fold(&world->graph, &app->arena, world->server, &at);
	bool ok = state != NULL;
	for (size_t i = 0; ok && i < pending->up.statements.n; i++)
		ok = apply_ops(state, &pending->up.statements.items[i]->ops);
	if (ok)
		return true;
	struct diag *diag =
		ctx_error(&app->ctx, "chain", span_none(),
			  "the changes are about what other branches have made, and '%s' does not "
			  "come after",
			  revision->id);
	ctx_hint(&app->ctx, diag, "--depends-on REV, of the other branch: it is then there first");
	ctx_hint(&app->ctx, diag, "autogen merge heads joins the branches");
	return false;
}

static enum app_exit write_revision(struct app *app, const struct world *world,
				    const struct pending *pending, struct new_revision *made)
{
	struct revision *revision = &made->revision;
	revision->compiled_for = compiled_for(app, world);
	if (!acknowledge_losses(app, pending, revision))
		return APP_REFUSED;
	if (pending->adopts)
		adopt_base(app, pending->base, revision);
	if (!prove_fold(app, world, pending) ||
	    !revision_fill(&app->ctx, &app->arena, &world->emit_targets, revision, &pending->up,
			   &pending->down))
		return APP_MODEL;
	return new_revision_write(app, made);
}

/* For statements of one's own: nothing is compared, and no database is looked at. */
static enum app_exit write_empty(struct app *app, const char *message)
{
	struct world world = { 0 };
	struct new_revision made;
	enum app_exit end = APP_DONE;
	if (world_has_models(app))
		end = world_load(app, WORLD_DESIRED | WORLD_UNJUDGED, &world);
	if (end == APP_DONE)
		end = world_load_graph(app, &world.graph);
	if (end == APP_DONE)
		end = new_revision_place(app, &world.graph, NULL, &made);
	if (end != APP_DONE)
		return end;
	made.revision.message = message;
	if (world.emit_targets.n)
		made.revision.compiled_for = compiled_for(app, &world);
	return new_revision_write(app, &made);
}

static enum app_exit write_changes(struct app *app, const char *message)
{
	struct world world;
	struct pending pending;
	struct new_revision made;
	enum app_exit end = world_load(app, WORLD_DESIRED | WORLD_CHAIN | WORLD_LIVE, &world);
	if (end == APP_DONE)
		end = new_revision_place(app, &world.graph, NULL, &made);
	if (end == APP_DONE)
		end = pending_load(app, &world, &pending);
	if (end != APP_DONE)
		return end;
	made.revision.message = message;
	pending_warn_drift(app, &world, &pending);
	if (!pending.ops.n && !pending.adopts) {
		if (!app->ctx.quiet)
			fputs("no change: models and revisions agree, no file was written\n",
			      stderr);
		return APP_DONE;
	}
	if (!fits_branch(app, &world, &pending, &made))
		return APP_REFUSED;
	if (!app->ctx.quiet) {
		struct buf out = { 0 };
		report_plan(app, &out, &pending.up, app->colour_err);
		fputs(buf_text(&out), stderr);
		buf_free(&out);
	}
	if (!pending_warn_stray(app, &world, &pending))
		return APP_DATABASE;
	end = exact_check_pending(app, &world, &pending);
	return end == APP_DONE ? write_revision(app, &world, &pending, &made) : end;
}

enum app_exit cmd_revision(struct app *app)
{
	const char *message = app->options.value[OPT_MESSAGE];
	if (!message) {
		ctx_error(&app->ctx, "usage", span_none(),
			  "a revision needs a message: -m \"what it does\"");
		return APP_USAGE;
	}
	return option_given(&app->options, OPT_EMPTY) ? write_empty(app, message)
						      : write_changes(app, message);
}
