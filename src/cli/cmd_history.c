/* current, history, heads, show: the chain, and where a database stands in it. */
#include <string.h>

#include "base/buf.h"
#include "cli/world.h"

static bool is_head(const struct graph *graph, const struct revision *revision)
{
	for (size_t i = 0; i < graph->heads.n; i++)
		if (graph->heads.items[i] == revision)
			return true;
	return false;
}

static const struct revision *find_id(const struct graph *graph, const char *id)
{
	for (size_t i = 0; i < graph->all.n; i++)
		if (!strcmp(graph->all.items[i]->id, id))
			return graph->all.items[i];
	return NULL;
}

static void add_parents(struct buf *out, const struct revision *revision)
{
	if (!revision->down_revisions.n)
		buf_add(out, "<base>");
	for (size_t i = 0; i < revision->down_revisions.n; i++)
		buf_printf(out, "%s%s", i ? ", " : "", revision->down_revisions.items[i]);
}

static void add_verbose(struct buf *out, const struct graph *graph, const struct revision *revision)
{
	buf_printf(out, "Rev: %s%s\nParent: ", revision->id,
		   is_head(graph, revision) ? " (head)" : "");
	add_parents(out, revision);
	buf_printf(out, "\nPath: %s\nCreate date: %s\nCompiled for: %s\n\n    %s\n\n",
		   revision->path, revision->create_date ? revision->create_date : "",
		   revision->compiled_for ? revision->compiled_for : "",
		   revision->message ? revision->message : "");
}

static void print_and_free(struct buf *out)
{
	app_print(buf_text(out));
	buf_free(out);
}

enum app_exit cmd_heads(struct app *app)
{
	struct graph graph;
	struct buf out = { 0 };
	enum app_exit end = world_load_graph(app, &graph);
	if (end != APP_DONE)
		return end;
	for (size_t i = 0; i < graph.heads.n; i++) {
		if (app->ctx.verbose)
			add_verbose(&out, &graph, graph.heads.items[i]);
		else
			buf_printf(&out, "%s (head)\n", graph.heads.items[i]->id);
	}
	print_and_free(&out);
	return APP_DONE;
}

enum app_exit cmd_show(struct app *app)
{
	struct graph graph;
	struct revision *revision;
	struct buf out = { 0 };
	enum app_exit end = world_load_graph(app, &graph);
	if (end != APP_DONE)
		return end;
	if (!graph_find(&graph, app->options.arguments.items[0], &revision) || !revision)
		return APP_REFUSED;
	add_verbose(&out, &graph, revision);
	print_and_free(&out);
	return APP_DONE;
}

/* The ends of A:B; either may be left out. */
static enum app_exit read_range(struct app *app, const struct graph *graph, struct revision **from,
				struct revision **to)
{
	const char *range = app->options.value[OPT_RANGE];
	*from = *to = NULL;
	if (!range)
		return APP_DONE;
	const char *colon = strchr(range, ':');
	if (!colon) {
		ctx_error(&app->ctx, "usage", span_none(), "'--rev-range' takes A:B, not '%s'",
			  range);
		return APP_USAGE;
	}
	const char *a = arena_strndup(&app->arena, range, (size_t)(colon - range));
	bool found = (!*a || graph_find(graph, a, from)) &&
		     (!colon[1] || graph_find(graph, colon + 1, to));
	return found ? APP_DONE : APP_REFUSED;
}

enum app_exit cmd_history(struct app *app)
{
	struct graph graph;
	struct revision *from, *to;
	struct buf out = { 0 };
	enum app_exit end = world_load_graph(app, &graph);
	if (end == APP_DONE)
		end = read_range(app, &graph, &from, &to);
	if (end != APP_DONE)
		return end;
	bool inside = !to;
	for (size_t i = graph.all.n; i-- > 0;) {
		const struct revision *revision = graph.all.items[i];
		inside = inside || revision == to;
		if (!inside)
			continue;
		if (app->ctx.verbose) {
			add_verbose(&out, &graph, revision);
		} else {
			add_parents(&out, revision);
			buf_printf(&out, " -> %s%s, %s\n", revision->id,
				   is_head(&graph, revision) ? " (head)" : "",
				   revision->message ? revision->message : "");
		}
		if (revision == from)
			break;
	}
	print_and_free(&out);
	return APP_DONE;
}

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

enum app_exit cmd_current(struct app *app)
{
	struct graph graph;
	struct string_list rows = { 0 };
	struct buf out = { 0 };
	enum app_exit end = world_load_graph(app, &graph);
	if (end == APP_DONE)
		end = app_connect(app);
	if (end != APP_DONE)
		return end;
	struct store store = { .db = app->db,
			       .version_table = app->config.value[CONFIG_VERSION_TABLE] };
	if (!store_versions(&app->ctx, &app->arena, &store, &rows) ||
	    !warn_half_applied(app, &store))
		return APP_DATABASE;
	for (size_t i = 0; i < rows.n; i++) {
		const struct revision *revision = find_id(&graph, rows.items[i]);
		if (revision && app->ctx.verbose)
			add_verbose(&out, &graph, revision);
		else
			buf_printf(&out, "%s%s\n", rows.items[i],
				   revision && is_head(&graph, revision) ? " (head)" : "");
		if (!revision) {
			ctx_error(&app->ctx, "chain", span_none(),
				  "the database is at revision '%s', which no file has",
				  rows.items[i]);
			end = APP_REFUSED;
		}
	}
	print_and_free(&out);
	return end;
}
