/* stamp, ensure-version: what a database is said to be at, running nothing. */
#include <stdio.h>

#include "base/buf.h"
#include "cli/run_with.h"
#include "cli/script_command.h"
#include "cli/world.h"
#include "run/runner.h"

static void tell(struct app *app, const struct string_list *rows)
{
	struct buf line = { 0 };
	if (app->ctx.quiet)
		return;
	for (size_t i = 0; i < rows->n; i++)
		buf_printf(&line, "%s%s", i ? ", " : "", rows->items[i]);
	fprintf(stderr, "the database is stamped %s\n", rows->n ? buf_text(&line) : "base");
	buf_free(&line);
}

enum app_exit cmd_stamp(struct app *app)
{
	struct graph graph;
	struct run_options run;
	struct string_list words = { 0 }, after;
	bool purge = option_given(&app->options, OPT_PURGE);
	if (option_given(&app->options, OPT_SQL))
		return script_command_stamp(app);
	for (size_t i = 0; i < app->options.arguments.n; i++)
		if (!script_command_only(app, app->options.arguments.items[i]))
			return APP_USAGE;
	if (!run_with_settings(app, &run))
		return APP_USAGE;
	enum app_exit end = world_load_graph(app, &graph);
	if (end == APP_DONE)
		end = app_connect(app);
	if (end != APP_DONE)
		return end;
	for (size_t i = 0; i < app->options.arguments.n; i++)
		LIST_PUSH(&app->arena, &words, app->options.arguments.items[i]);
	end = run_exit(run_stamp(&app->ctx, app->db, &graph, &words, purge, &run, &after));
	if (end == APP_DONE)
		tell(app, &after);
	return end;
}

enum app_exit cmd_ensure_version(struct app *app)
{
	struct run_options run;
	if (!run_with_settings(app, &run))
		return APP_USAGE;
	enum app_exit end = app_connect(app);
	return end == APP_DONE ? run_exit(run_ensure(&app->ctx, app->db, &run)) : end;
}
