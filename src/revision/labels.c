#include "revision/graph.h"

#include "base/context.h"
#include "revision/reach.h"

#include <stdlib.h>
#include <string.h>

bool graph_is_head(const struct revision *revision)
{
	return !revision->children.n;
}

bool graph_is_end(const struct revision *revision)
{
	return !revision->children.n && !revision->dependents.n;
}

bool graph_is_branch_point(const struct revision *revision)
{
	return revision->children.n > 1;
}

bool graph_is_merge_point(const struct revision *revision)
{
	return revision->parents.n > 1;
}

/* --- labels ----------------------------------------------------------------------------------- */

/* Do ways part or meet here? A revision that depends on this one is another way. */
static bool is_turn(const struct revision *revision)
{
	size_t ways = revision->children.n;
	for (size_t i = 0; i < revision->dependents.n; i++)
		ways += !revision_list_has(&revision->children, revision->dependents.items[i]);
	return ways > 1 || graph_is_merge_point(revision);
}

static void add_label(const struct graph *graph, struct revision *revision, const char *label)
{
	size_t at = 0;
	while (at < revision->labels.n && strcmp(revision->labels.items[at], label) < 0)
		at++;
	if (at == revision->labels.n || strcmp(revision->labels.items[at], label) != 0)
		LIST_INSERT(graph->arena, &revision->labels, at, label);
}

/* Is it one line from here to its head? */
static bool is_line(const struct revision *revision)
{
	while (!is_turn(revision) && revision->children.n)
		revision = revision->children.items[0];
	return !is_turn(revision);
}

static void spread_label(struct graph *graph, struct revision *from, const char *label)
{
	bool *below = reach_none(graph);
	below[from->at] = true;
	reach_descendants(graph, below, REACH_PARENTS);
	for (size_t i = from->at; i < graph->all.n; i++)
		if (below[i])
			add_label(graph, graph->all.items[i], label);
	if (!is_line(from))
		return;
	struct revision *at = from;
	while (at->parents.n && !is_turn(at->parents.items[0])) {
		at = at->parents.items[0];
		add_label(graph, at, label);
	}
}

/* --- what rows go by -------------------------------------------------------------------------- */

/* Does a revision that `revision` comes after depend on the same one? */
static bool ancestor_depends(const struct graph *graph, const struct revision *revision,
			     const struct revision *on)
{
	if (on->dependents.n < 2)
		return false;
	bool *in = reach_none(graph);
	in[revision->at] = true;
	reach_ancestors(graph, in, REACH_PARENTS);
	for (size_t i = 0; i < on->dependents.n; i++)
		if (on->dependents.items[i] != revision && in[on->dependents.items[i]->at])
			return true;
	return false;
}

static void set_needs(const struct graph *graph, struct revision *revision)
{
	for (size_t i = 0; i < revision->parents.n; i++)
		LIST_PUSH(graph->arena, &revision->needs, revision->parents.items[i]);
	for (size_t i = 0; i < revision->dependencies.n; i++) {
		struct revision *on = revision->dependencies.items[i];
		if (!revision_list_has(&revision->needs, on) &&
		    !ancestor_depends(graph, revision, on))
			LIST_PUSH(graph->arena, &revision->needs, on);
	}
}

void graph_label(struct graph *graph)
{
	for (size_t i = 0; i < graph->all.n; i++)
		set_needs(graph, graph->all.items[i]);
	for (size_t i = 0; i < graph->all.n; i++) {
		struct revision *revision = graph->all.items[i];
		for (size_t j = 0; j < revision->branch_labels.n; j++)
			spread_label(graph, revision, revision->branch_labels.items[j]);
	}
}
