/* merge: a revision that comes after several, and what their branches do to the same objects. */
#include <stdio.h>

#include "base/buf.h"
#include "cli/blame.h"
#include "cli/chain_server.h"
#include "cli/new_revision.h"
#include "diff/diff.h"
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

static void hint_again(struct app *app, struct diag *diag, const struct revision *revision)
{
	ctx_hint(&app->ctx, diag,
		 "where '%s' has run on no database that matters: delete its file, put the models "
		 "right, and let autogen -m write it again after the other one",
		 revision->id);
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
		ctx_place(&app->ctx, diag, found->ops[1]->origin, "the other one");
		struct op_list ops = { 0 };
		LIST_PUSH(&app->arena, &ops, found->ops[1]);
		blame_ops(app, &ops);
		buf_free(&a);
		buf_free(&b);
	}
	if (!diag)
		return APP_DONE;
	hint_again(app, diag, collisions->found.items[0].revisions[1]);
	ctx_hint(&app->ctx, diag,
		 "--allow-collisions merges all the same, where the one can run after the other; "
		 "autogen -m then writes what the models say beyond both");
	return APP_REFUSED;
}

/* The state when a database was at `first` before it got the rest. */
static struct schema *fold_first(struct app *app, const struct graph *graph,
				 const struct server *server, const struct revision_list *heads,
				 const struct revision *first)
{
	struct string_list at = { 0 };
	struct revision_list order = { 0 }, all = { 0 };
	bool *out = ARENA_ARRAY(&app->arena, bool, graph->all.n + 1);
	LIST_PUSH(&app->arena, &at, first->id);
	if (!graph_applied(graph, &app->arena, &at, &order))
		return NULL;
	for (size_t i = 0; i < heads->n; i++)
		LIST_PUSH(&app->arena, &at, heads->items[i]->id);
	if (!graph_applied(graph, &app->arena, &at, &all))
		return NULL;
	for (size_t i = 0; i < order.n; i++)
		out[order.items[i]->at] = true;
	for (size_t i = 0; i < all.n; i++)
		if (!out[all.items[i]->at])
			LIST_PUSH(&app->arena, &order, all.items[i]);
	return graph_fold_list(graph, &app->arena, server, &order);
}

/* Where columns stand is the models' to say, in a next revision; anything else is not to be chance. */
static bool report_difference(struct app *app, const struct revision *first, const struct op *op)
{
	bool moves = op->kind == OP_MOVE_COLUMN;
	struct buf text = { 0 };
	op_describe(&text, op);
	struct diag *diag =
		moves ? ctx_warning(&app->ctx, "merge", span_none(),
				    "where '%s' runs first, columns stand in another order (%s)",
				    first->id, buf_text(&text))
		      : ctx_error(&app->ctx, "merge", span_none(),
				  "where '%s' runs first, the state is another one (%s)", first->id,
				  buf_text(&text));
	buf_free(&text);
	if (moves)
		ctx_hint(&app->ctx, diag, "autogen -m then writes them as the models have them");
	else
		hint_again(app, diag, first);
	return moves;
}

/* Databases have run the one or the other first: all must come to the same state. */
static enum app_exit check_orders(struct app *app, const struct graph *graph,
				  const struct server *server, const struct revision_list *heads)
{
	struct schema *state = NULL;
	bool ok = true;
	for (size_t i = 0; server && i < heads->n; i++) {
		struct op_list ops = { 0 };
		struct schema *other = fold_first(app, graph, server, heads, heads->items[i]);
		if (!other) {
			struct diag *diag =
				ctx_error(&app->ctx, "merge", span_none(),
					  "these branches can't be joined: where '%s' runs first, "
					  "the other one can't run",
					  heads->items[i]->id);
			hint_again(app, diag, heads->items[i]);
			return APP_REFUSED;
		}
		if (state && !diff_schemas(&app->ctx, &app->arena, state, other, &ops))
			return APP_REFUSED;
		for (size_t j = 0; j < ops.n; j++)
			ok = report_difference(app, heads->items[i], ops.items[j]) && ok;
		state = state ? state : other;
	}
	return ok ? APP_DONE : APP_REFUSED;
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
	if (!option_given(&app->options, OPT_ALLOW_COLLISIONS)) {
		end = report(app, &collisions);
		if (end != APP_DONE)
			return end;
	}
	return check_orders(app, graph, server, heads);
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
