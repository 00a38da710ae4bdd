/* lint: compile the models and judge them. */
#include <jansson.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "cli/report.h"
#include "cli/world.h"

/* The queue as one document; it is then empty, so that nothing is printed twice. */
static void print_json(struct app *app)
{
	json_t *findings = json_array();
	for (size_t i = 0; i < app->ctx.diags.diags.n; i++)
		json_array_append_new(findings, diag_json(app->ctx.diags.diags.items[i]));
	report_json(json_pack("{s:i, s:o}", "version", 1, "findings", findings));
	diag_clear(&app->ctx.diags);
}

static bool same_file(const char *a, const char *b)
{
	struct stat one, other;
	return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
	       one.st_ino == other.st_ino;
}

/* Is every FILE one of the models? */
static bool check_files(struct app *app)
{
	struct path_list paths = { 0 };
	if (app->options.arguments.n && !world_model_paths(app, &paths))
		return false;
	bool ok = true;
	for (size_t i = 0; i < app->options.arguments.n; i++) {
		const char *file = app->options.arguments.items[i];
		bool found = false;
		for (size_t k = 0; k < paths.n && !found; k++)
			found = same_file(file, paths.items[k]);
		if (!found)
			ctx_error(&app->ctx, "usage", span_none(), "'%s' is none of the models",
				  file);
		ok = ok && found;
	}
	return ok;
}

/* With FILE arguments only findings whose main place is in one of them are shown. */
static void keep_files(struct app *app)
{
	struct diag_queue *queue = &app->ctx.diags;
	size_t kept = 0;
	if (!app->options.arguments.n)
		return;
	for (size_t i = 0; i < queue->diags.n; i++) {
		struct diag *diag = queue->diags.items[i];
		const struct source *src = diag->places.n ? diag->places.items[0].span.src : NULL;
		bool keep = !src;
		for (size_t k = 0; k < app->options.arguments.n && !keep; k++)
			keep = same_file(src->path, app->options.arguments.items[k]);
		if (keep)
			queue->diags.items[kept++] = diag;
		else if (diag->level == DIAG_ERROR)
			queue->errors--;
		else if (diag->level == DIAG_WARNING)
			queue->warnings--;
	}
	queue->diags.n = kept;
}

enum app_exit cmd_lint(struct app *app)
{
	const char *format;
	if (!app_format(app, NULL, &format) || !check_files(app))
		return APP_USAGE;
	struct world world;
	unsigned want =
		WORLD_DESIRED | (option_given(&app->options, OPT_DATABASE) ? WORLD_LIVE : 0u);
	enum app_exit end = world_load(app, want, &world);
	keep_files(app);
	if (end == APP_MODEL && !app->ctx.diags.errors)
		end = APP_DONE; /* all of it in files that were not asked for */
	if (end == APP_DONE && app->ctx.diags.warnings && option_given(&app->options, OPT_STRICT))
		end = APP_FINDINGS;
	if (!strcmp(format, "json"))
		print_json(app);
	return end;
}
