/* check: do models, revisions and database agree? */
#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "base/term.h"
#include "cli/broken_keys.h"
#include "cli/exact.h"
#include "cli/report.h"
#include "diff/diff.h"
#include "run/clauses.h"

struct check_report {
	struct op_list model;         /* models against the chain's head */
	struct op_list drift;         /* the database against its revisions */
	struct revision_list pending; /* not applied yet */
	bool deep;
	struct clause_loss_list *lost; /* of each live table, with --deep */
	bool by_keys;                  /* with --foreign-keys */
	struct broken_key_list broken;
	size_t keys;
};

static enum app_exit compare(struct app *app, const struct world *world,
			     struct check_report *report)
{
	struct context *ctx = &app->ctx;
	enum app_exit end = APP_DONE;
	if (!diff_schemas(ctx, &app->arena, world->head, world->desired, &report->model))
		return APP_MODEL;
	if (report->model.n)
		end = APP_FINDINGS;
	if (!world->live)
		return end;
	if (world->n_half)
		end = APP_REFUSED;
	if (!graph_path(&world->graph, &world->rows, "heads", REVISION_UP, &report->pending))
		return APP_REFUSED;
	if (report->pending.n)
		end = app_worse(end, APP_PENDING);
	struct schema *at = world->at ? world->at : schema_new(ctx, &app->arena, world->server);
	/* before the first revision, or in the middle of one, there is no state to hold it against */
	if (world->at && !world->n_half &&
	    !diff_schemas(ctx, &app->arena, at, world->live, &report->drift))
		return APP_DATABASE;
	if (report->drift.n)
		end = app_worse(end, APP_FINDINGS);
	if (world->unmanaged.n && !strcmp(app->config.value[CONFIG_UNMANAGED], "error"))
		end = app_worse(end, APP_FINDINGS);
	return end;
}

/* APP_REFUSED when the model does not hold a clause of a table. */
static enum app_exit look_deep(struct app *app, const struct world *world,
			       struct check_report *report)
{
	const struct table_list *tables = &world->live->tables;
	enum app_exit end = APP_DONE;
	report->deep = true;
	report->lost = ARENA_ARRAY(&app->arena, struct clause_loss_list, tables->n);
	for (size_t i = 0; i < tables->n; i++) {
		if (!clauses_lost(&app->ctx, &app->arena, app->db, tables->items[i],
				  &report->lost[i]))
			return APP_DATABASE;
		if (report->lost[i].n)
			end = APP_REFUSED;
	}
	return end;
}

static void report_lost(struct app *app, const struct world *world,
			const struct check_report *report)
{
	for (size_t i = 0; report->deep && i < world->live->tables.n; i++)
		if (report->lost[i].n)
			clauses_report(&app->ctx, world->live->tables.items[i], &report->lost[i]);
}

static void add_section(struct app *app, struct buf *out, const char *title,
			const struct op_list *ops)
{
	if (!ops->n)
		return;
	buf_printf(out, "%s%s%s\n", term_style(app->colour_out, TERM_BOLD), title,
		   term_style(app->colour_out, TERM_RESET));
	report_ops(app, out, ops, app->colour_out);
}

static void add_heads(struct buf *out, const struct revision_list *heads)
{
	buf_add(out, heads->n > 1 ? "heads" : heads->n ? "head" : "head none");
	for (size_t i = 0; i < heads->n; i++)
		buf_printf(out, "%s %s", i ? "," : "", heads->items[i]->id);
}

static void print_text(struct app *app, const struct world *world,
		       const struct check_report *report, enum app_exit end)
{
	struct buf out = { 0 };
	add_section(app, &out, "the models say more than the revisions (autogen -m writes it):",
		    &report->model);
	add_section(app, &out, "the database differs from its revisions:", &report->drift);
	if (report->pending.n)
		buf_add(&out, "revisions are pending (autogen upgrade head):\n");
	for (size_t i = 0; i < report->pending.n; i++)
		buf_printf(&out, "  %s  %s\n", report->pending.items[i]->id,
			   report->pending.items[i]->message);
	for (size_t i = 0; i < world->n_half; i++)
		buf_printf(&out,
			   "revision %s stopped half-way (%s, %u %s done): run it again to go on\n",
			   world->half[i].revision,
			   revision_direction_word(world->half[i].direction),
			   world->half[i].finished,
			   world->half[i].finished == 1 ? "statement" : "statements");
	if (world->unmanaged.n && strcmp(app->config.value[CONFIG_UNMANAGED], "ignore") != 0) {
		buf_add(&out, "tables that no model declares:\n");
		for (size_t i = 0; i < world->unmanaged.n; i++)
			buf_printf(&out, "  %s\n", world->unmanaged.items[i]->name->text);
	}
	if (report->broken.n)
		buf_printf(&out, "%sforeign keys of the database that do not hold:%s\n",
			   term_style(app->colour_out, TERM_BOLD),
			   term_style(app->colour_out, TERM_RESET));
	broken_keys_print(&out, &report->broken);
	if (report->by_keys && !report->broken.n)
		buf_printf(&out, "the foreign keys of the database hold (%zu)\n", report->keys);
	if (end == APP_DONE) {
		buf_printf(&out, "%sok%s: %s agree (%zu tables, ",
			   term_style(app->colour_out, TERM_GREEN),
			   term_style(app->colour_out, TERM_RESET),
			   world->live ? "models, revisions and database" : "models and revisions",
			   world->desired->tables.n);
		add_heads(&out, &world->graph.heads);
		buf_add(&out, ")\n");
	}
	app_print(buf_text(&out));
	buf_free(&out);
}

static json_t *lost_json(const struct world *world, const struct check_report *report)
{
	json_t *list = json_array();
	for (size_t i = 0; i < world->live->tables.n; i++)
		for (size_t k = 0; k < report->lost[i].n; k++) {
			const struct clause_loss *loss = &report->lost[i].items[k];
			json_array_append_new(list,
					      json_pack("{s:s, s:s, s:s?, s:s?, s:s?}", "table",
							world->live->tables.items[i]->name->text,
							"where", loss->where, "clause", loss->shown,
							"model", loss->model, "reason",
							refusal_code(loss->refusal)));
		}
	return list;
}

static void print_json(struct app *app, const struct world *world,
		       const struct check_report *report, enum app_exit end)
{
	json_t *pending = json_array(), *unmanaged = json_array(), *half = json_array();
	for (size_t i = 0; i < world->n_half; i++)
		json_array_append_new(half,
				      json_pack("{s:s, s:s, s:i}", "revision",
						world->half[i].revision, "direction",
						revision_direction_word(world->half[i].direction),
						"done", (int)world->half[i].finished));
	for (size_t i = 0; i < report->pending.n; i++)
		json_array_append_new(pending, json_string(report->pending.items[i]->id));
	for (size_t i = 0; i < world->unmanaged.n; i++)
		json_array_append_new(unmanaged,
				      json_string(world->unmanaged.items[i]->name->text));
	json_t *document = json_pack("{s:i, s:b, s:b, s:o, s:o, s:o, s:o, s:o}", "version", 1, "ok",
				     end == APP_DONE, "database", world->live != NULL, "model",
				     report_ops_json(app, &report->model, false), "drift",
				     report_ops_json(app, &report->drift, false), "pending",
				     pending, "half_applied", half, "unmanaged", unmanaged);
	if (report->deep)
		json_object_set_new(document, "unmodelled", lost_json(world, report));
	if (report->by_keys)
		json_object_set_new(document, "broken_foreign_keys",
				    broken_keys_json(&report->broken));
	report_json(document);
}

static bool needs_database(struct app *app, enum option_id option, const char *word)
{
	if (!option_given(&app->options, option) || app_has_database(app))
		return true;
	ctx_error(&app->ctx, "usage", span_none(), "'--%s' needs a database", word);
	return false;
}

enum app_exit cmd_check(struct app *app)
{
	const char *format;
	if (!app_format(app, NULL, &format) || !needs_database(app, OPT_DEEP, "deep") ||
	    !needs_database(app, OPT_FOREIGN_KEYS, "foreign-keys"))
		return APP_USAGE;
	struct world world;
	struct check_report report = { 0 };
	bool deep = option_given(&app->options, OPT_DEEP);
	enum app_exit end = world_load(
		app, WORLD_DESIRED | WORLD_CHAIN | WORLD_LIVE | (deep ? WORLD_WHOLE : 0u), &world);
	if (end != APP_DONE)
		return end;
	size_t errors = app->ctx.diags.errors;
	end = compare(app, &world, &report);
	if (deep && app->ctx.diags.errors == errors)
		end = app_worse(end, look_deep(app, &world, &report));
	report.by_keys = option_given(&app->options, OPT_FOREIGN_KEYS);
	if (report.by_keys && app->ctx.diags.errors == errors)
		end = app_worse(end, broken_keys_find(app, &report.broken, &report.keys));
	if (app->ctx.diags.errors > errors)
		return end;
	if (!strcmp(format, "json"))
		print_json(app, &world, &report, end);
	else
		print_text(app, &world, &report, end);
	report_lost(app, &world, &report);
	return end;
}
