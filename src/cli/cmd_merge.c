/* merge: a revision that comes after several, and what their branches do to the same objects. */
#include <stdio.h>

#include "base/buf.h"
#include "cli/chain_server.h"
#include "cli/new_revision.h"
#include "revision/collide.h"

static enum app_exit nothing_to_merge(struct app *app, const struct new_revision *made)
{
	if (!app->ctx.quiet)
		fprintf(stderr, "nothing to merge: there is one head, %s\n",
			made->after.n ? made->after.items[0]->id : "base");
	return APP_DONE;
}

static void add_step(struct buf *out, const struct revision *revision, const struct op *op)
{
	buf_printf(out, "%s (", revision->id);
	op_describe(out, op);
	buf_add(out, ")");
}

static enum app_exit report(struct app *app, const struct collisions *collisions)
{
	struct diag *diag = NULL;
	for (size_t i = 0; i < collisions->found.n; i++) {
		const struct collision *found = &collisions->found.items[i];
		struct buf a = { 0 }, b = { 0 };
		add_step(&a, found->revisions[0], found->ops[0]);
		add_step(&b, found->revisions[1], found->ops[1]);
		diag = ctx_error(&app->ctx, "merge", found->ops[0]->origin, "%s and %s collide",
				 buf_text(&a), buf_text(&b));
		ctx_place(&app->ctx, diag, found->ops[1]->origin, "this is in '%s'",
			  found->revisions[1]->path);
		buf_free(&a);
		buf_free(&b);
	}
	if (!diag)
		return APP_DONE;
	ctx_hint(&app->ctx, diag,
		 "a database gets what the one says that runs last: take one of the two out of its "
		 "revision, or have that come after the other (down_revision)");
	ctx_hint(&app->ctx, diag,
		 "--allow-collisions merges all the same; autogen -m then writes what the models "
		 "say beyond it");
	return APP_REFUSED;
}

/* Branches that touch different objects merge without a question. */
static enum app_exit look_for_collisions(struct app *app, const struct graph *graph,
					 const struct revision_list *heads)
{
	const struct server *server;
	struct collisions collisions;
	enum app_exit end = chain_server(app, &graph->all, &server);
	if (end != APP_DONE)
		return end;
	if (!collide(graph, server, heads, &collisions))
		return APP_REFUSED;
	for (size_t i = 0; i < collisions.by_hand.n; i++)
		ctx_note(&app->ctx, "merge", span_none(),
			 "revision '%s' has statements written by hand: what they touch is not "
			 "known",
			 collisions.by_hand.items[i]->id);
	if (option_given(&app->options, OPT_ALLOW_COLLISIONS))
		return APP_DONE;
	return report(app, &collisions);
}

static const char *message_of(struct app *app, const struct new_revision *made)
{
	struct buf text = { 0 };
	if (option_given(&app->options, OPT_MESSAGE))
		return app->options.value[OPT_MESSAGE];
	buf_add(&text, "merge");
	for (size_t i = 0; i < made->after.n; i++)
		buf_printf(&text, "%s %s", i ? " and" : "", made->after.items[i]->id);
	return buf_arena(&text, &app->arena);
}

enum app_exit cmd_merge(struct app *app)
{
	struct graph graph;
	struct new_revision made;
	struct string_list words = { 0 };
	for (size_t i = 0; i < app->options.arguments.n; i++)
		LIST_PUSH(&app->arena, &words, app->options.arguments.items[i]);
	enum app_exit end = world_load_graph(app, &graph);
	if (end == APP_DONE)
		end = new_revision_place(app, &graph, &words, &made);
	if (end != APP_DONE)
		return end;
	if (made.after.n < 2)
		return nothing_to_merge(app, &made);
	end = look_for_collisions(app, &graph, &made.after);
	if (end != APP_DONE)
		return end;
	made.revision.message = message_of(app, &made);
	return new_revision_write(app, &made);
}
