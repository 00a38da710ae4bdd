#include "revision/reach.h"

#include "base/context.h"

#include <stdlib.h>
#include <string.h>

bool revision_list_has(const struct revision_list *list, const struct revision *revision)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i] == revision)
			return true;
	return false;
}

bool string_list_has(const struct string_list *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i], text))
			return true;
	return false;
}

static int by_file(const void *a, const void *b)
{
	const struct revision *x = *(struct revision *const *)a, *y = *(struct revision *const *)b;
	return x->listed < y->listed ? -1 : x->listed > y->listed;
}

void reach_sort(struct revision_list *list)
{
	if (list->n)
		qsort(list->items, list->n, sizeof(*list->items), by_file);
}

bool *reach_none(const struct graph *graph)
{
	return ARENA_ARRAY(graph->arena, bool, graph->all.n + 1);
}

static void mark(bool *in, const struct revision_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		in[list->items[i]->at] = true;
}

void reach_ancestors(const struct graph *graph, bool *in, enum reach_links links)
{
	/* children stand behind their parents: one way back does it */
	for (size_t i = graph->all.n; i-- > 0;) {
		if (!in[i])
			continue;
		mark(in, &graph->all.items[i]->parents);
		if (links == REACH_ALL)
			mark(in, &graph->all.items[i]->dependencies);
	}
}

void reach_descendants(const struct graph *graph, bool *in, enum reach_links links)
{
	for (size_t i = 0; i < graph->all.n; i++) {
		if (!in[i])
			continue;
		mark(in, &graph->all.items[i]->children);
		if (links == REACH_ALL)
			mark(in, &graph->all.items[i]->dependents);
	}
}

bool *reach_line(const struct graph *graph, const struct revision *revision, enum reach_links links)
{
	bool *line = reach_none(graph), *above = reach_none(graph);
	line[revision->at] = above[revision->at] = true;
	reach_ancestors(graph, line, links);
	reach_descendants(graph, above, links);
	for (size_t i = 0; i < graph->all.n; i++)
		line[i] |= above[i];
	return line;
}

bool reach_rows(const struct graph *graph, const struct string_list *rows, bool *in)
{
	for (size_t i = 0; i < rows->n; i++) {
		struct revision *revision = graph_by_id(graph, rows->items[i]);
		if (!revision) {
			struct diag *diag =
				ctx_error(graph->ctx, "chain", span_none(),
					  "the database is at revision '%s', which no file has",
					  rows->items[i]);
			ctx_hint(graph->ctx, diag,
				 "bring its file back (from git or a colleague); or, "
				 "when the database is known to be as another revision "
				 "leaves it: autogen stamp --purge REV");
			return false;
		}
		in[revision->at] = true;
	}
	return true;
}
