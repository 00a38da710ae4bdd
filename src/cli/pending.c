#include "cli/pending.h"

#include <string.h>

#include "base/buf.h"
#include "cli/report.h"
#include "diff/apply.h"
#include "diff/diff.h"
#include "run/stray.h"

/* Heads of branches with labels are meant; of the others there is one, or somebody has to choose. */
static bool heads_are_meant(const struct revision_list *heads)
{
	size_t nameless = 0;
	for (size_t i = 0; i < heads->n; i++)
		nameless += !heads->items[i]->labels.n;
	return nameless < 2;
}

static enum app_exit check_heads(struct app *app, const struct world *world)
{
	if (world->n_half) {
		struct diag *diag = ctx_error(&app->ctx, "half-applied", span_none(),
					      "revision '%s' stopped half-way in this database",
					      world->half[0].revision);
		ctx_hint(&app->ctx, diag, "run the same %s again: it goes on",
			 revision_direction_word(world->half[0].direction));
		return APP_REFUSED;
	}
	const struct revision_list *heads = &world->graph.heads;
	struct revision_list ahead;
	if (!heads_are_meant(heads) && !option_given(&app->options, OPT_HEAD)) {
		world_several_heads(app, &world->graph);
		return APP_REFUSED;
	}
	if (!app->db)
		return APP_DONE;
	if (!graph_path(&world->graph, &world->rows, "heads", REVISION_UP, &ahead))
		return APP_REFUSED;
	if (!ahead.n)
		return APP_DONE;
	struct diag *diag = ctx_error(&app->ctx, "not-at-head", span_none(),
				      "the database is at %s, the chain's head is %s",
				      world->rows.n ? world->rows.items[0] : "base",
				      heads->n ? heads->items[0]->id : "empty");
	ctx_hint(&app->ctx, diag, "autogen upgrade head");
	ctx_hint(&app->ctx, diag, "--offline writes from the models and the chain alone");
	return APP_REFUSED;
}

enum app_exit pending_load(struct app *app, const struct world *world, struct pending *pending)
{
	*pending = (struct pending){ 0 };
	enum app_exit end = check_heads(app, world);
	if (end != APP_DONE)
		return end;
	pending->base = world->head;
	if (!world->graph.all.n && world->live) {
		pending->base = world->live;
		pending->adopts = world->live->tables.n > 0;
	} else if (world->live && world->at &&
		   !diff_schemas(&app->ctx, &app->arena, world->at, world->live, &pending->drift)) {
		return APP_DATABASE;
	}
	if (!plan_revision(&app->ctx, &app->arena, pending->base, world->desired,
			   &world->emit_targets, &pending->up, &pending->down))
		return APP_MODEL;
	report_collect(&app->arena, &pending->up, &pending->ops);
	return APP_DONE;
}

void pending_warn_drift(struct app *app, const struct world *world, const struct pending *pending)
{
	if (!pending->drift.n)
		return;
	struct diag *diag =
		ctx_warning(&app->ctx, "drift", span_none(),
			    "the database is not what revision %s says; left alone: %zu %s",
			    world->rows.n ? world->rows.items[0] : "base", pending->drift.n,
			    pending->drift.n == 1 ? "difference" : "differences");
	for (size_t i = 0; i < pending->drift.n; i++) {
		struct buf line = { 0 };
		report_op(app, &line, pending->drift.items[i], false);
		ctx_hint(&app->ctx, diag, "%s", buf_text(&line));
		buf_free(&line);
	}
}

static bool may_be_hindered(const struct pending *pending)
{
	for (size_t i = 0; i < pending->ops.n; i++)
		if (hindrance_possible(pending->ops.items[i]))
			return true;
	return false;
}

bool pending_warn_stray(struct app *app, const struct world *world, const struct pending *pending)
{
	struct stray_list stray = { 0 };
	struct hindrance_list found = { 0 };
	if (!app->db || !may_be_hindered(pending))
		return true;
	if (!stray_read(&app->ctx, &app->arena, app->db, pending->base, &stray))
		return false;
	struct schema *state = schema_clone(&app->arena, pending->base);
	struct server_list servers = { 0 };
	LIST_PUSH(&app->arena, &servers, *world->server);
	for (size_t i = 0; i < pending->up.statements.n; i++) {
		const struct op_list *ops = &pending->up.statements.items[i]->ops;
		hindrance_find(&app->arena, &servers, state, ops, &stray, &found);
		if (!apply_ops(state, ops))
			return false;
	}
	for (size_t i = 0; i < found.n; i++) {
		struct diag *diag = ctx_warning(&app->ctx, "stray-key", found.items[i].op->origin,
						"upgrade will refuse this: %s",
						hindrance_words(&app->arena, &found.items[i]));
		hindrance_hint(&app->ctx, diag, &found.items[i]);
	}
	return true;
}
