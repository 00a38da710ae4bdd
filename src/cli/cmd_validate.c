/* validate: is the chain of revisions whole, and what would make it so? */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "cli/chain_server.h"
#include "cli/report.h"
#include "cli/world.h"
#include "revision/repair.h"
#include "revision/validate.h"

static enum app_exit weigh(const struct app *app, const struct fault_list *faults)
{
	enum app_exit end = APP_DONE;
	for (size_t i = 0; i < faults->n; i++) {
		enum fault_weight weight = fault_weight(faults->items[i].kind);
		if (weight == FAULT_BROKEN)
			end = app_worse(end, APP_REFUSED);
		else if (weight == FAULT_FINDING || option_given(&app->options, OPT_STRICT))
			end = app_worse(end, APP_FINDINGS);
	}
	return end;
}

static void say_sound(const struct graph *graph)
{
	struct buf out = { 0 };
	buf_printf(&out, "ok: the chain is whole (%zu %s", graph->all.n,
		   graph->all.n == 1 ? "revision" : "revisions");
	for (size_t i = 0; i < graph->heads.n; i++)
		buf_printf(&out, "%s%s",
			   i                     ? ", "
			   : graph->heads.n == 1 ? ", head "
						 : ", heads ",
			   graph->heads.items[i]->id);
	buf_add(&out, ")\n");
	app_print(buf_text(&out));
	buf_free(&out);
}

/* --- JSON ------------------------------------------------------------------------------------- */

static json_t *fault_json(const struct fault *fault)
{
	static const char *const weights[] = {
		[FAULT_REMARK] = "remark", [FAULT_FINDING] = "finding", [FAULT_BROKEN] = "broken"
	};
	const struct revision *revision = fault->revision;
	return json_pack("{s:s, s:s, s:s?, s:s?, s:o}", "fault", fault_word(fault->kind), "weight",
			 weights[fault_weight(fault->kind)], "revision",
			 revision ? revision->id : NULL, "file", revision ? revision->path : NULL,
			 "finding", diag_json(fault->diag));
}

static json_t *repair_json(const struct repair *repair)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "file", repair->revision->path,
			 "revision", repair->revision->id, "line", repair_key(repair->kind), "was",
			 repair->was, "becomes", repair->becomes, "why", repair->why);
}

/* What it has to say is in it, and not printed again. */
static void print_json(struct app *app, const struct graph *graph, const struct repairs *repairs,
		       bool written)
{
	json_t *faults = json_array(), *list = json_array();
	for (size_t i = 0; i < graph->faults.n; i++)
		json_array_append_new(faults, fault_json(&graph->faults.items[i]));
	for (size_t i = 0; repairs && i < repairs->list.n; i++)
		json_array_append_new(list, repair_json(&repairs->list.items[i]));
	report_json(json_pack("{s:i, s:b, s:i, s:o, s:o, s:b}", "version", 1, "ok",
			      !graph->faults.n, "revisions", (int)graph->all.n, "faults", faults,
			      "repairs", list, "written", written));
	diag_clear(&app->ctx.diags);
}

/* --- repairs ---------------------------------------------------------------------------------- */

static const char *or_nothing(const char *text)
{
	return *text ? text : "(nothing)";
}

static void print_repairs(const struct repairs *repairs)
{
	struct buf out = { 0 };
	const struct revision *last = NULL;
	for (size_t i = 0; i < repairs->list.n; i++) {
		const struct repair *repair = &repairs->list.items[i];
		if (repair->revision != last)
			buf_printf(&out, "%s\n", repair->revision->path);
		last = repair->revision;
		buf_printf(&out, "  %s: %s → %s\n    %s\n", repair_key(repair->kind),
			   or_nothing(repair->was), or_nothing(repair->becomes), repair->why);
	}
	app_print(buf_text(&out));
	buf_free(&out);
}

/* What a database that has run a part of the chain has to be told. */
static void advise_of(struct app *app, struct diag *diag, const struct repair *repair)
{
	const char *id = repair->revision->id;
	if (repair->kind == REPAIR_ID) {
		ctx_hint(&app->ctx, diag, "one that ran '%s' as '%s': autogen stamp %s",
			 repair->revision->path, repair->was, repair->becomes);
		return;
	}
	ctx_hint(&app->ctx, diag,
		 "one whose autogen current shows both '%s' and '%s': autogen stamp %s",
		 repair->becomes, id, id);
	ctx_hint(&app->ctx, diag,
		 "one at '%s' that never ran '%s' counts as having run it: autogen check says what "
		 "it lacks",
		 id, repair->becomes);
}

static void advise(struct app *app, const struct repairs *repairs)
{
	struct diag *diag = NULL;
	for (size_t i = 0; i < repairs->list.n; i++) {
		const struct repair *repair = &repairs->list.items[i];
		if (repair->kind == REPAIR_CHECKSUM || !*repair->becomes)
			continue;
		if (!diag)
			diag = ctx_note(&app->ctx, "validate", span_none(),
					"databases in use may have to be told");
		advise_of(app, diag, repair);
	}
}

/* What is still wrong is said, nothing else. */
static enum app_exit look_again(struct app *app, const struct server *server,
				const struct string_list *rows)
{
	struct graph graph;
	diag_clear(&app->ctx.diags);
	world_load_graph(app, &graph);
	validate_graph(&graph, server, rows);
	if (!graph.faults.n)
		say_sound(&graph);
	return weigh(app, &graph.faults);
}

static enum app_exit fix(struct app *app, const struct graph *graph, const struct server *server,
			 const struct string_list *rows, bool json)
{
	struct repairs repairs;
	bool yes = option_given(&app->options, OPT_YES);
	repair_plan(graph, server, &repairs);
	bool write = yes && repairs.list.n;
	if (json)
		print_json(app, graph, &repairs, write);
	else
		print_repairs(&repairs);
	if (write && !repair_write(&repairs))
		return APP_REFUSED;
	if (write && !json) {
		enum app_exit end = look_again(app, server, rows);
		advise(app, &repairs);
		return end;
	}
	if (!json && !repairs.list.n && graph->faults.n)
		fprintf(stderr, "none of this can be mended without you\n");
	else if (!json && repairs.list.n)
		fprintf(stderr, "nothing is written: autogen validate --fix --yes does it\n");
	return weigh(app, &graph->faults);
}

enum app_exit cmd_validate(struct app *app)
{
	struct graph graph;
	struct string_list rows = { 0 };
	const struct server *server = NULL;
	const char *format;
	bool live = app_has_database(app);
	if (!app_format(app, NULL, &format))
		return APP_USAGE;
	bool json = !strcmp(format, "json");
	/* what is wrong with it is the answer */
	world_load_graph(app, &graph);
	enum app_exit end = live ? world_load_rows(app, &rows) : APP_DONE;
	if (end == APP_DONE)
		end = chain_server(app, &graph.all, &server);
	if (end != APP_DONE)
		return end;
	validate_graph(&graph, server, live ? &rows : NULL);
	if (option_given(&app->options, OPT_FIX) && (json || graph.faults.n))
		return fix(app, &graph, server, live ? &rows : NULL, json);
	if (json)
		print_json(app, &graph, NULL, false);
	else if (!graph.faults.n)
		say_sound(&graph);
	return weigh(app, &graph.faults);
}
