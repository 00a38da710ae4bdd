#include "revision/graph.h"

#include "base/context.h"
#include "revision/identify.h"
#include "revision/reach.h"

#include <string.h>

/* --- up --------------------------------------------------------------------------------------- */

static bool no_way(const struct graph *graph, const char *target, const char *direction,
		   const char *other)
{
	struct diag *diag =
		ctx_error(graph->ctx, "chain", span_none(), "'%s' is no way %s", target, direction);
	ctx_hint(graph->ctx, diag, "autogen %s %s", other, target);
	return false;
}

static bool path_up(const struct graph *graph, const struct string_list *rows, const bool *applied,
		    const char *target, struct revision_list *path)
{
	struct identifier identifier;
	struct revision_list targets, newest_first;
	bool *wanted = reach_none(graph);
	identifier_parse(graph->arena, target, &identifier);
	if (identifier.relative && !identifier.symbol && identifier.steps <= 0)
		return no_way(graph, target, "up", "downgrade");
	if (!identify(graph, rows, target, &targets))
		return false;
	if (!targets.n && graph->all.n)
		return no_way(graph, target, "up", "downgrade");
	for (size_t i = 0; i < targets.n; i++)
		wanted[targets.items[i]->at] = true;
	reach_ancestors(graph, wanted, REACH_ALL);
	for (size_t i = 0; i < graph->all.n; i++)
		wanted[i] = wanted[i] && !applied[i];
	graph_walk(graph, wanted, &targets, &newest_first);
	for (size_t i = newest_first.n; i-- > 0;)
		LIST_PUSH(graph->arena, path, newest_first.items[i]);
	return true;
}

/* --- down ------------------------------------------------------------------------------------- */

/* N back from what the database is at: the last of those that go. What it comes after may be several. */
static bool find_last_back(const struct graph *graph, const struct string_list *rows,
			   const struct identifier *identifier, struct revision_list *roots)
{
	struct revision *start, *last = NULL;
	struct identifier steps = *identifier;
	steps.steps++;
	if (!identify_start(graph, rows, identifier, &start))
		return false;
	if (start && !identify_walk(graph, &steps, start, NULL, false, &last))
		return false;
	if (last)
		LIST_PUSH(graph->arena, roots, last);
	else /* there is no way back from base, and that says so */
		return identify_walk(graph, identifier, NULL, NULL, false, &last);
	return true;
}

/* What comes right after `to`; where that is several, those of them on the way to `branch`. */
static bool find_roots(const struct graph *graph, const char *target, const struct revision *to,
		       const struct revision *branch, struct revision_list *roots)
{
	const struct revision_list *next = to ? &to->children : &graph->bases;
	bool *way = reach_none(graph);
	if (branch && next->n > 1) {
		way[branch->at] = true;
		reach_ancestors(graph, way, REACH_PARENTS);
	} else {
		branch = NULL;
	}
	for (size_t i = 0; i < next->n; i++)
		if (!branch || way[next->items[i]->at])
			LIST_PUSH(graph->arena, roots, next->items[i]);
	if (roots->n || !next->n)
		return true;
	ctx_error(graph->ctx, "chain", span_none(),
		  "can't go '%s': nothing that comes after '%s' is on the way to '%s'", target,
		  to ? to->id : "base", branch->id);
	return false;
}

static bool report_nothing(const struct graph *graph, const struct revision *to, bool applied)
{
	if (applied) {
		ctx_error(graph->ctx, "chain", span_none(),
			  "nothing that comes after revision '%s' is applied: it is there because "
			  "another one depends on it",
			  to->id);
		return false;
	}
	struct diag *diag =
		ctx_error(graph->ctx, "chain", span_none(),
			  "revision '%s' is not applied: there is no way down to it", to->id);
	ctx_hint(graph->ctx, diag, "autogen upgrade %s", to->id);
	return false;
}

/* Where it goes (NULL: base), and the first ones that have to go for that. */
static bool find_down(const struct graph *graph, const struct string_list *rows, const char *target,
		      struct revision **to, struct revision_list *roots)
{
	struct identifier identifier;
	struct revision *branch = NULL;
	identifier_parse(graph->arena, target, &identifier);
	if (identifier.relative && !identifier.symbol)
		return identifier.steps < 0 ? find_last_back(graph, rows, &identifier, roots)
					    : no_way(graph, target, "down", "upgrade");
	if (identifier.branch && !identify_branch(graph, identifier.branch, &branch))
		return false;
	return identify_one(graph, rows, target, to) &&
	       find_roots(graph, target, *to, branch, roots);
}

static bool path_down(const struct graph *graph, const struct string_list *rows,
		      const bool *applied, const char *target, struct revision_list *path)
{
	struct revision *to = NULL;
	struct revision_list roots = { 0 }, heads = { 0 };
	bool *goes = reach_none(graph);
	if (!find_down(graph, rows, target, &to, &roots))
		return false;
	for (size_t i = 0; i < roots.n; i++)
		goes[roots.items[i]->at] = true;
	reach_descendants(graph, goes, REACH_ALL);
	for (size_t i = 0; i < graph->all.n; i++)
		goes[i] = goes[i] && applied[i];
	for (size_t i = 0; i < rows->n; i++)
		LIST_PUSH(graph->arena, &heads, graph_by_id(graph, rows->items[i]));
	graph_walk(graph, goes, &heads, path);
	if (!path->n && to && !revision_list_has(&heads, to))
		return report_nothing(graph, to, applied[to->at]);
	return true;
}

bool graph_path(const struct graph *graph, const struct string_list *current, const char *target,
		enum revision_direction direction, struct revision_list *path)
{
	bool *applied = reach_none(graph);
	*path = (struct revision_list){ 0 };
	if (!reach_rows(graph, current, applied))
		return false;
	reach_ancestors(graph, applied, REACH_ALL);
	return direction == REVISION_UP ? path_up(graph, current, applied, target, path)
					: path_down(graph, current, applied, target, path);
}

/* --- ranges ----------------------------------------------------------------------------------- */

struct range {
	const struct graph *graph;
	const struct string_list *rows;
	struct revision_list from, to;
};

/* N back from each of the newer ends; where that is base, the range has no older end. */
static bool find_back(struct range *range, const struct identifier *steps)
{
	for (size_t i = 0; i < range->to.n; i++) {
		struct revision *end;
		if (!identify_walk(range->graph, steps, range->to.items[i], NULL, true, &end))
			return false;
		if (end && !revision_list_has(&range->from, end))
			LIST_PUSH(range->graph->arena, &range->from, end);
	}
	return true;
}

/* BRANCH@…: is about the newer ends on that branch. */
static bool keep_branch(struct range *range, const char *branch)
{
	struct revision *revision = NULL;
	size_t n = 0;
	if (!identify_branch(range->graph, branch, &revision))
		return false;
	bool label = string_list_has(&revision->branch_labels, branch);
	const bool *line = reach_line(range->graph, revision, REACH_PARENTS);
	for (size_t i = 0; i < range->to.n; i++)
		if (label ? string_list_has(&range->to.items[i]->labels, branch)
			  : line[range->to.items[i]->at])
			range->to.items[n++] = range->to.items[i];
	range->to.n = n;
	return true;
}

/* N on from the older end. */
static bool find_on(struct range *range, const struct identifier *steps, const char *from)
{
	struct revision *start = NULL, *branch = NULL, *end;
	if (from && !identify_one(range->graph, range->rows, from, &start))
		return false;
	if (steps->branch && !identify_branch(range->graph, steps->branch, &branch))
		return false;
	if (!identify_walk(range->graph, steps, start, branch, true, &end))
		return false;
	if (end)
		LIST_PUSH(range->graph->arena, &range->to, end);
	return true;
}

static bool find_ends(struct range *range, const char *from, const char *to)
{
	const struct graph *graph = range->graph;
	struct identifier older = { 0 }, newer = { 0 };
	if (from)
		identifier_parse(graph->arena, from, &older);
	if (to)
		identifier_parse(graph->arena, to, &newer);
	if (newer.relative && !newer.symbol && newer.steps > 0) {
		if (!find_on(range, &newer, from))
			return false;
	} else if (!identify_up_to(graph, range->rows, to ? to : "heads", &range->to)) {
		return false;
	}
	if (older.branch && !keep_branch(range, older.branch))
		return false;
	if (older.relative && !older.symbol && older.steps < 0)
		return find_back(range, &older);
	return !from || identify_up_to(graph, range->rows, from, &range->from);
}

static bool report_range(const struct graph *graph, const char *from, const char *to)
{
	struct diag *diag = ctx_error(graph->ctx, "chain", span_none(),
				      "'%s:%s' is no range: the second does not come after the "
				      "first",
				      from, to ? to : "");
	ctx_hint(graph->ctx, diag, "the older one comes first: A:B");
	return false;
}

bool graph_range(const struct graph *graph, const struct string_list *rows, const char *from,
		 const char *to, struct revision_list *revisions)
{
	struct range range = { .graph = graph, .rows = rows };
	bool *in = reach_none(graph), *old = reach_none(graph), *after = reach_none(graph);
	if (!find_ends(&range, from, to))
		return false;
	for (size_t i = 0; i < range.to.n; i++)
		in[range.to.items[i]->at] = true;
	reach_ancestors(graph, in, REACH_ALL);
	for (size_t i = 0; i < range.from.n; i++) {
		if (!in[range.from.items[i]->at])
			return report_range(graph, from, to);
		old[range.from.items[i]->at] = after[range.from.items[i]->at] = true;
	}
	reach_ancestors(graph, old, REACH_ALL);
	reach_descendants(graph, after, REACH_PARENTS);
	for (size_t i = 0; range.from.n && i < graph->all.n; i++)
		in[i] = in[i] && after[i] &&
			(!old[i] || revision_list_has(&range.from, graph->all.items[i]));
	graph_walk(graph, in, &range.to, revisions);
	return true;
}
