#include "revision/validate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/context.h"
#include "revision/reach.h"

/* When it was made, in seconds; false: its date says nothing. 2026-01-31 09:30:00+02:00, UTC without
 * an offset. */
static bool read_date(const struct revision *revision, time_t *moment)
{
	struct tm date = { 0 };
	const char *rest = revision->create_date
				   ? strptime(revision->create_date, "%Y-%m-%d %H:%M:%S", &date)
				   : NULL;
	char sign;
	int hours, minutes;
	if (!rest)
		return false;
	*moment = timegm(&date);
	if (sscanf(rest, "%c%2d:%2d", &sign, &hours, &minutes) == 3)
		*moment += (sign == '-' ? 60 : -60) * (60 * hours + minutes);
	return true;
}

int validate_by_date(const struct revision *a, const struct revision *b)
{
	time_t date_a = 0, date_b = 0;
	bool dated_a = read_date(a, &date_a), dated_b = read_date(b, &date_b);
	if (dated_a != dated_b)
		return dated_a ? -1 : 1;
	if (date_a != date_b)
		return date_a < date_b ? -1 : 1;
	return strcmp(a->id, b->id);
}

static int compare_dates(const void *a, const void *b)
{
	return validate_by_date(*(struct revision *const *)a, *(struct revision *const *)b);
}

/* --- several of them -------------------------------------------------------------------------- */

void validate_bases(const struct graph *graph, struct revision_list *bases)
{
	struct revision_list all = { 0 };
	for (size_t i = 0; i < graph->bases.n; i++)
		if (!graph->bases.items[i]->branch_labels.n)
			LIST_PUSH(graph->arena, &all, graph->bases.items[i]);
	if (all.n > 1)
		qsort(all.items, all.n, sizeof(*all.items), compare_dates);
	for (size_t i = 1; i < all.n; i++)
		LIST_PUSH(graph->arena, bases, all.items[i]);
}

static void look_at_bases(struct graph *graph)
{
	struct revision_list bases = { 0 };
	validate_bases(graph, &bases);
	for (size_t i = 0; i < bases.n; i++) {
		struct revision *base = bases.items[i];
		struct diag *diag = ctx_warning(
			graph->ctx, "chain", base->down_span.src ? base->down_span : base->id_span,
			"revision '%s' comes after nothing, though it is not the first one",
			base->id);
		ctx_hint(graph->ctx, diag,
			 "put the id of the revision before it into its down_revision: autogen "
			 "validate --fix looks for it");
		ctx_hint(graph->ctx, diag,
			 "if it begins a branch of its own, give that a name: -- branch_labels: "
			 "NAME");
		graph_fault(graph, FAULT_BASES, base, diag);
	}
}

static void look_at_heads(struct graph *graph)
{
	struct revision_list heads = { 0 };
	if (graph->faults.n)
		return; /* revisions that lost their place are heads by mistake */
	for (size_t i = 0; i < graph->ends.n; i++)
		if (!graph->ends.items[i]->labels.n)
			LIST_PUSH(graph->arena, &heads, graph->ends.items[i]);
	if (heads.n < 2)
		return;
	struct diag *diag =
		ctx_warning(graph->ctx, "chain", span_none(), "the chain has %zu heads", heads.n);
	for (size_t i = 0; i < heads.n; i++)
		ctx_hint(graph->ctx, diag, "%s  %s", heads.items[i]->id, heads.items[i]->path);
	ctx_hint(graph->ctx, diag, "autogen merge heads -m \"…\" joins them");
	graph_fault(graph, FAULT_HEADS, NULL, diag);
}

/* --- one revision ----------------------------------------------------------------------------- */

static void look_at_file(struct graph *graph, struct revision *revision)
{
	if (revision_checksum_ok(revision))
		return;
	struct diag *diag = ctx_warning(graph->ctx, "changed", revision->checksum_span,
					"'%s' was changed since it was written", revision->path);
	ctx_hint(graph->ctx, diag,
		 "if that is meant, autogen validate --fix writes the new checksum; else bring "
		 "the file back as it was");
	graph_fault(graph, FAULT_CHANGED, revision, diag);
}

static void look_at_dates(struct graph *graph, struct revision *revision)
{
	for (size_t i = 0; i < revision->parents.n; i++) {
		const struct revision *parent = revision->parents.items[i];
		time_t date, before;
		if (!read_date(revision, &date) || !read_date(parent, &before) || date >= before)
			continue;
		struct diag *diag = ctx_note(graph->ctx, "dates", revision->down_span,
					     "revision '%s' (%s) is older than '%s' (%s), which it "
					     "comes after",
					     revision->id, revision->create_date, parent->id,
					     parent->create_date);
		graph_fault(graph, FAULT_DATES, revision, diag);
	}
}

/* --- states ----------------------------------------------------------------------------------- */

static void look_at_states(struct graph *graph, const struct server *server)
{
	struct diag_queue *queue = &graph->ctx->diags;
	for (size_t i = 0; i < graph->ends.n; i++) {
		struct string_list at = { 0 };
		size_t errors = queue->errors;
		LIST_PUSH(graph->arena, &at, graph->ends.items[i]->id);
		if (!graph_fold(graph, graph->arena, server, &at) && queue->errors > errors)
			graph_fault(graph, FAULT_MISFIT, NULL,
				    queue->diags.items[queue->diags.n - 1]);
	}
}

/* --- rows ------------------------------------------------------------------------------------- */

static void look_at_rows(struct graph *graph, const struct string_list *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		if (graph_by_id(graph, rows->items[i]))
			continue;
		struct diag *diag = ctx_error(graph->ctx, "version", span_none(),
					      "the database is at revision '%s', which no file has",
					      rows->items[i]);
		ctx_hint(graph->ctx, diag, "bring its file back (from git or a colleague)");
		ctx_hint(graph->ctx, diag,
			 "or say which revision the database is at: autogen stamp --purge REV");
		graph_fault(graph, FAULT_ROW, NULL, diag);
	}
}

void validate_graph(struct graph *graph, const struct server *server,
		    const struct string_list *rows)
{
	bool sound = graph->sound;
	look_at_bases(graph);
	look_at_heads(graph);
	for (size_t i = 0; i < graph->all.n; i++) {
		look_at_file(graph, graph->all.items[i]);
		look_at_dates(graph, graph->all.items[i]);
	}
	if (sound && server)
		look_at_states(graph, server);
	if (rows)
		look_at_rows(graph, rows);
}
