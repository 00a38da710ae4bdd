/* diff: what -m would write. */
#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "cli/exact.h"
#include "cli/report.h"
#include "emit/sql.h"

static bool print_sql(struct app *app, const struct world *world, const struct plan *plan)
{
	struct buf out = { 0 };
	bool ok = true;
	for (size_t i = 0; i < plan->statements.n && ok; i++) {
		ok = sql_statement(&app->ctx, &out, &world->emit_targets,
				   plan->statements.items[i]);
		buf_add(&out, ";\n");
	}
	if (ok)
		app_print(buf_text(&out));
	buf_free(&out);
	return ok;
}

static void print_text(struct app *app, const struct pending *pending)
{
	struct buf out = { 0 };
	report_plan(app, &out, &pending->up, app->colour_out);
	app_print(buf_text(&out));
	buf_free(&out);
}

enum app_exit cmd_diff(struct app *app)
{
	const char *format;
	if (!app_format(app, "sql", &format))
		return APP_USAGE;
	struct world world;
	struct pending pending;
	enum app_exit end = world_load(app, WORLD_DESIRED | WORLD_CHAIN | WORLD_LIVE, &world);
	if (end == APP_DONE)
		end = pending_load(app, &world, &pending);
	if (end != APP_DONE)
		return end;
	pending_warn_drift(app, &world, &pending);
	if (!pending_warn_stray(app, &world, &pending))
		return APP_DATABASE;
	if (!strcmp(format, "json"))
		report_json(json_pack("{s:i, s:o, s:o}", "version", 1, "changes",
				      report_ops_json(app, &pending.ops, true), "drift",
				      report_ops_json(app, &pending.drift, false)));
	else if (!strcmp(format, "sql")) {
		if (!print_sql(app, &world, &pending.up))
			return APP_MODEL;
	} else {
		print_text(app, &pending);
	}
	end = pending.ops.n || pending.drift.n ? APP_FINDINGS : APP_DONE;
	return app_worse(end, exact_check_pending(app, &world, &pending));
}
