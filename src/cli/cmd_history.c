/* history, heads, branches, show, current: the chain, and where a database stands in it. */
#include <string.h>

#include "base/buf.h"
#include "base/term.h"
#include "cli/describe.h"
#include "cli/draw.h"
#include "cli/world.h"

static enum app_exit print_and_free(struct buf *out)
{
	app_print(buf_text(out));
	buf_free(out);
	return APP_DONE;
}

/* A line of these parts, or with -v all there is. */
static void add_revision(struct app *app, struct buf *out, const struct revision *revision,
			 unsigned parts, const struct string_list *rows)
{
	if (app->ctx.verbose) {
		describe_long(out, revision, rows);
	} else {
		describe_line(out, revision, parts, rows);
		buf_add(out, "\n");
	}
}

/* --- heads, branches, show -------------------------------------------------------------------- */

enum app_exit cmd_heads(struct app *app)
{
	struct graph graph;
	struct buf out = { 0 };
	enum app_exit end = world_load_graph(app, &graph);
	if (end != APP_DONE)
		return end;
	bool ends = option_given(&app->options, OPT_RESOLVE_DEPENDENCIES);
	const struct revision_list *heads = ends ? &graph.ends : &graph.heads;
	for (size_t i = 0; i < heads->n; i++)
		add_revision(app, &out, heads->items[i], DESCRIBE_LABELS, NULL);
	return print_and_free(&out);
}

static void add_branches(struct app *app, struct buf *out, const struct revision *revision)
{
	unsigned message = app->ctx.verbose ? DESCRIBE_MESSAGE : 0;
	add_revision(app, out, revision, DESCRIBE_LABELS | DESCRIBE_TREE, NULL);
	for (size_t i = 0; i < revision->children.n; i++) {
		buf_printf(out, "%*s -> ", (int)strlen(revision->id), "");
		describe_line(out, revision->children.items[i],
			      DESCRIBE_LABELS | DESCRIBE_TREE | message, NULL);
		buf_add(out, "\n");
	}
	buf_add(out, "\n");
}

enum app_exit cmd_branches(struct app *app)
{
	struct graph graph;
	struct revision_list all;
	struct buf out = { 0 };
	enum app_exit end = world_load_graph(app, &graph);
	if (end != APP_DONE)
		return end;
	if (!graph_range(&graph, NULL, NULL, NULL, &all))
		return APP_REFUSED;
	for (size_t i = 0; i < all.n; i++)
		if (graph_is_branch_point(all.items[i]))
			add_branches(app, &out, all.items[i]);
	return print_and_free(&out);
}

enum app_exit cmd_show(struct app *app)
{
	struct graph graph;
	struct revision_list found;
	struct string_list *rows;
	struct buf out = { 0 };
	const char *word = app->options.arguments.items[0];
	enum app_exit end = world_load_graph(app, &graph);
	if (end == APP_DONE)
		end = world_identify(app, &graph, word, &rows, &found);
	if (end != APP_DONE)
		return end;
	for (size_t i = 0; i < found.n; i++)
		describe_long(&out, found.items[i], rows);
	return print_and_free(&out);
}

/* --- history ---------------------------------------------------------------------------------- */

/* The ends of A:B; NULL for one that is left out. */
static enum app_exit split_range(struct app *app, const char **from, const char **to)
{
	const char *range = app->options.value[OPT_RANGE];
	*from = *to = NULL;
	if (!range)
		return APP_DONE;
	const char *colon = strchr(range, ':');
	if (!colon || strchr(colon + 1, ':')) {
		ctx_error(&app->ctx, "usage", span_none(), "'--rev-range' takes A:B, not '%s'",
			  range);
		return APP_USAGE;
	}
	if (colon > range)
		*from = arena_strndup(&app->arena, range, (size_t)(colon - range));
	if (colon[1])
		*to = colon + 1;
	return APP_DONE;
}

/* Rows when something of the command line means nothing without them, else NULL. */
static enum app_exit rows_for_range(struct app *app, const char *from, const char *to,
				    struct string_list **rows)
{
	enum app_exit end = APP_DONE;
	*rows = NULL;
	bool current = option_given(&app->options, OPT_INDICATE_CURRENT) ||
		       (from && strstr(from, "current")) || (to && strstr(to, "current"));
	if (current) {
		*rows = ARENA_NEW(&app->arena, struct string_list);
		end = world_load_rows(app, *rows);
	}
	return end;
}

static void add_history(struct app *app, struct buf *out, const struct graph *graph,
			const struct revision_list *range, const struct string_list *rows)
{
	const unsigned parts =
		DESCRIBE_PARENTS | DESCRIBE_LABELS | DESCRIBE_TREE | DESCRIBE_MESSAGE;
	struct draw draw = { .arena = &app->arena, .graph = graph };
	bool *shown = ARENA_ARRAY(&app->arena, bool, graph->all.n + 1);
	for (size_t i = 0; i < range->n; i++)
		shown[range->items[i]->at] = true;
	draw.shown = shown;
	bool drawn = !app->ctx.verbose &&
		     (option_given(&app->options, OPT_GRAPH) || term_is_terminal(stdout));
	for (size_t i = 0; i < range->n; i++) {
		if (!drawn) {
			add_revision(app, out, range->items[i], parts, rows);
			continue;
		}
		struct buf line = { 0 };
		describe_line(&line, range->items[i], parts, rows);
		draw_revision(&draw, out, range->items[i], buf_text(&line));
		buf_free(&line);
	}
}

enum app_exit cmd_history(struct app *app)
{
	struct graph graph;
	const char *from, *to;
	struct string_list *rows;
	struct revision_list range;
	struct buf out = { 0 };
	enum app_exit end = split_range(app, &from, &to);
	if (end == APP_DONE)
		end = world_load_graph(app, &graph);
	if (end == APP_DONE)
		end = rows_for_range(app, from, to, &rows);
	if (end != APP_DONE)
		return end;
	if (!graph_range(&graph, rows, from, to, &range))
		return APP_REFUSED;
	add_history(app, &out, &graph, &range,
		    option_given(&app->options, OPT_INDICATE_CURRENT) ? rows : NULL);
	return print_and_free(&out);
}

/* --- current ---------------------------------------------------------------------------------- */

static bool warn_half_applied(struct app *app, const struct store *store)
{
	struct journal_open *half;
	size_t n;
	if (!store_journal_open(&app->ctx, &app->arena, store, &half, &n))
		return false;
	for (size_t i = 0; i < n; i++)
		ctx_warning(&app->ctx, "half-applied", span_none(),
			    "the %s of revision '%s' stopped half-way (%u %s done)",
			    revision_direction_word(half[i].direction), half[i].revision,
			    half[i].finished, half[i].finished == 1 ? "statement" : "statements");
	return true;
}

/* A row that no file has is shown as it stands. */
static enum app_exit show_unknown(struct app *app, const struct graph *graph,
				  struct string_list *rows, struct buf *out)
{
	enum app_exit end = APP_DONE;
	for (size_t i = 0; i < rows->n;) {
		if (graph_by_id(graph, rows->items[i])) {
			i++;
			continue;
		}
		buf_printf(out, "%s\n", rows->items[i]);
		ctx_error(&app->ctx, "chain", span_none(),
			  "the database is at revision '%s', which no file has", rows->items[i]);
		end = APP_REFUSED;
		LIST_REMOVE(rows, i);
	}
	return end;
}

static enum app_exit check_heads(struct app *app, const struct graph *graph,
				 const struct string_list *rows)
{
	struct revision_list pending;
	if (!option_given(&app->options, OPT_CHECK_HEADS))
		return APP_DONE;
	if (!graph_path(graph, rows, "heads", REVISION_UP, &pending))
		return APP_REFUSED;
	if (!pending.n)
		return APP_DONE;
	struct diag *diag = ctx_error(&app->ctx, "not-at-head", span_none(),
				      "the database is not at all heads: %zu %s pending", pending.n,
				      pending.n == 1 ? "revision is" : "revisions are");
	ctx_hint(&app->ctx, diag, "autogen upgrade heads");
	return APP_REFUSED;
}

enum app_exit cmd_current(struct app *app)
{
	struct graph graph;
	struct string_list rows = { 0 };
	struct revision_list current = { 0 };
	struct buf out = { 0 };
	enum app_exit end = world_load_graph(app, &graph);
	if (end == APP_DONE)
		end = world_load_rows(app, &rows);
	if (end != APP_DONE)
		return end;
	struct store store = world_store(app);
	if (!warn_half_applied(app, &store))
		return APP_DATABASE;
	end = show_unknown(app, &graph, &rows, &out);
	if (!graph_current(&graph, &rows, &current))
		return APP_REFUSED;
	for (size_t i = 0; i < current.n; i++)
		add_revision(app, &out, current.items[i], DESCRIBE_TREE, NULL);
	print_and_free(&out);
	return end == APP_DONE ? check_heads(app, &graph, &rows) : end;
}
