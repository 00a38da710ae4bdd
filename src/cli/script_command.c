#include "cli/script_command.h"

#include <stdio.h>
#include <string.h>

#include "cli/chain_server.h"
#include "cli/world.h"
#include "revision/identify.h"
#include "run/script.h"

/* --- where from, where to --------------------------------------------------------------------- */

/* Adds the rows that a database has which is at that one. */
static bool add_rows(struct app *app, const struct graph *graph, const char *text,
		     struct string_list *rows)
{
	struct revision_list found;
	if (!identify(graph, NULL, text, &found))
		return false;
	for (size_t i = 0; i < found.n; i++)
		LIST_PUSH(&app->arena, rows, found.items[i]->id);
	return true;
}

/* Of a database that is at several, joined by commas; at none for an empty text. */
static bool find_rows(struct app *app, const struct graph *graph, const char *text,
		      struct string_list *rows)
{
	char *rest = NULL, *copy = arena_strdup(&app->arena, text);
	*rows = (struct string_list){ 0 };
	for (char *one = strtok_r(copy, ",", &rest); one; one = strtok_r(NULL, ",", &rest))
		if (!add_rows(app, graph, one, rows))
			return false;
	return true;
}

/* FROM:TO; without a colon from base. */
static const char *split_range(struct app *app, const char *target, const char **from)
{
	const char *colon = strchr(target, ':');
	*from = colon ? arena_strndup(&app->arena, target, (size_t)(colon - target)) : "";
	return colon ? colon + 1 : target;
}

/* --- scripts ---------------------------------------------------------------------------------- */

static bool set_options(struct app *app, struct script_options *options)
{
	*options = (struct script_options){
		.version_table = { .name = app->config.value[CONFIG_VERSION_TABLE],
				   .database = app->config.value[CONFIG_VERSION_TABLE_SCHEMA] },
		.allow_data_loss = option_given(&app->options, OPT_ALLOW_DATA_LOSS),
	};
	return option_number(&app->ctx, &app->options, OPT_LOCK_WAIT, 0, &options->lock_wait);
}

static void print_and_free(struct buf *out)
{
	app_print(buf_text(out));
	buf_free(out);
}

static enum app_exit write_script(struct app *app, const struct graph *graph,
				  const struct string_list *rows, const struct revision_list *path,
				  enum revision_direction direction)
{
	struct script_options options;
	struct buf out = { 0 };
	if (!set_options(app, &options))
		return APP_USAGE;
	enum app_exit end = chain_server(app, path, &options.server);
	if (end != APP_DONE)
		return end;
	if (script_write(&app->ctx, graph, rows, path, direction, &options, &out) != RUN_DONE)
		return APP_REFUSED;
	print_and_free(&out);
	return APP_DONE;
}

enum app_exit script_command_move(struct app *app, enum revision_direction direction,
				  const char *target)
{
	struct graph graph;
	struct string_list rows;
	struct revision_list path;
	const char *from, *to = split_range(app, target, &from);
	if (direction == REVISION_DOWN && to == target) {
		struct diag *diag =
			ctx_error(&app->ctx, "usage", span_none(),
				  "'downgrade --sql' needs to know where the database is: FROM:TO");
		ctx_hint(&app->ctx, diag, "autogen downgrade --sql head:%s", target);
		return APP_USAGE;
	}
	enum app_exit end = world_load_graph(app, &graph);
	if (end != APP_DONE)
		return end;
	if (!find_rows(app, &graph, from, &rows) ||
	    !graph_path(&graph, &rows, to, direction, &path))
		return APP_REFUSED;
	if (path.n)
		return write_script(app, &graph, &rows, &path, direction);
	if (!app->ctx.quiet)
		fprintf(stderr, "nothing to do: no revision lies between '%s' and '%s'\n",
			*from ? from : "base", to);
	return APP_DONE;
}

/* Splits all arguments; *from: the one place that they say. */
static bool read_words(struct app *app, const char **from, struct string_list *words)
{
	*from = NULL;
	for (size_t i = 0; i < app->options.arguments.n; i++) {
		const char *one, *word = app->options.arguments.items[i];
		LIST_PUSH(&app->arena, words, split_range(app, word, &one));
		if (!strchr(word, ':') || (*from && !strcmp(*from, one)))
			continue;
		if (*from) {
			ctx_error(&app->ctx, "usage", span_none(),
				  "a script begins at one place: '%s' or '%s'", *from, one);
			return false;
		}
		*from = one;
	}
	return true;
}

enum app_exit script_command_stamp(struct app *app)
{
	struct graph graph;
	struct string_list before, after, words = { 0 };
	struct script_options options;
	struct buf out = { 0 };
	const char *from;
	if (option_given(&app->options, OPT_PURGE)) {
		ctx_error(&app->ctx, "usage", span_none(),
			  "'--purge' is not for scripts: they know what rows there are");
		return APP_USAGE;
	}
	if (!set_options(app, &options) || !read_words(app, &from, &words))
		return APP_USAGE;
	enum app_exit end = world_load_graph(app, &graph);
	if (end != APP_DONE)
		return end;
	if (!find_rows(app, &graph, from ? from : "", &before) ||
	    !graph_stamp(&graph, &before, &words, false, &after))
		return APP_REFUSED;
	script_stamp(&before, &after, &options, &out);
	print_and_free(&out);
	return APP_DONE;
}

/* Where a database stands is its own to say. */
bool script_command_only(struct app *app, const char *target)
{
	if (!strchr(target, ':'))
		return true;
	struct diag *diag =
		ctx_error(&app->ctx, "usage", span_none(), "a range is for scripts: '%s'", target);
	ctx_hint(&app->ctx, diag, "autogen %s --sql %s", app->options.command, target);
	return false;
}
