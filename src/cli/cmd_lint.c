/* lint: compile the models and judge them. */
#include <jansson.h>
#include <string.h>

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
			keep = !strcmp(src->path, app->options.arguments.items[k]);
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
	if (!app_format(app, NULL, &format))
		return APP_USAGE;
	struct world world;
	unsigned want = WORLD_DESIRED | (option_given(&app->options, OPT_DATABASE) ? WORLD_LIVE : 0u);
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
