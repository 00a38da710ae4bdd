#include "revision/graph.h"

#include "base/context.h"
#include "revision/identify.h"
#include "revision/reach.h"

#include <stdlib.h>
#include <string.h>

/* --- what is applied -------------------------------------------------------------------------- */

bool graph_applied(const struct graph *graph, struct arena *arena, const struct string_list *rows,
		   struct revision_list *applied)
{
	bool *in = ARENA_ARRAY(arena, bool, graph->all.n + 1);
	if (!reach_rows(graph, rows, in))
		return false;
	reach_ancestors(graph, in, REACH_ALL);
	for (size_t i = 0; i < graph->all.n; i++)
		if (in[i])
			LIST_PUSH(arena, applied, graph->all.items[i]);
	return true;
}

bool graph_current(const struct graph *graph, const struct string_list *rows,
		   struct revision_list *current)
{
	struct revision_list applied = { 0 };
	bool *in = reach_none(graph);
	if (!graph_applied(graph, graph->arena, rows, &applied))
		return false;
	for (size_t i = 0; i < applied.n; i++)
		in[applied.items[i]->at] = true;
	for (size_t i = 0; i < applied.n; i++) {
		bool last = true;
		for (size_t j = 0; j < applied.items[i]->children.n; j++)
			last = last && !in[applied.items[i]->children.items[j]->at];
		if (last)
			LIST_PUSH(graph->arena, current, applied.items[i]);
	}
	reach_sort(current);
	return true;
}

/* --- one revision ----------------------------------------------------------------------------- */

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Is it one of the rows that `revision` takes the place of? */
static bool goes_over(const struct revision *revision, const char *id)
{
	for (size_t i = 0; i < revision->needs.n; i++)
		if (!strcmp(revision->needs.items[i]->id, id))
			return true;
	return false;
}

/* in[r->at] for the ancestors of all rows but the one at `except`, and for those rows. */
static bool *covered_by(const struct graph *graph, const struct string_list *rows, size_t except)
{
	bool *in = base_malloc(graph->all.n + 1);
	memset(in, 0, graph->all.n + 1);
	for (size_t i = 0; i < rows->n; i++) {
		struct revision *revision = graph_by_id(graph, rows->items[i]);
		if (i != except && revision)
			in[revision->at] = true;
	}
	reach_ancestors(graph, in, REACH_ALL);
	return in;
}

/* What `revision` came after gets a row again, unless another row implies it. */
static void add_uncovered(const struct graph *graph, const struct revision_list *list,
			  struct string_list *after)
{
	for (size_t i = 0; i < list->n; i++) {
		bool covered = string_list_has(after, list->items[i]->id);
		if (!covered && after->n) {
			bool *in = covered_by(graph, after, after->n);
			covered = in[list->items[i]->at];
			free(in);
		}
		if (!covered)
			LIST_PUSH(graph->arena, after, list->items[i]->id);
	}
}

/* One of the new rows may be an ancestor of another one (a dependency of a parent). */
static void drop_implied(const struct graph *graph, struct string_list *rows)
{
	for (size_t i = 0; i < rows->n;) {
		bool *in = covered_by(graph, rows, i);
		struct revision *revision = graph_by_id(graph, rows->items[i]);
		bool implied = revision && in[revision->at];
		free(in);
		if (implied)
			LIST_REMOVE(rows, i);
		else
			i++;
	}
}

void graph_step(const struct graph *graph, const struct string_list *rows,
		const struct revision *revision, enum revision_direction direction,
		struct string_list *after)
{
	bool up = direction == REVISION_UP;
	struct string_list before = *rows; /* after may be the same list */
	*after = (struct string_list){ 0 };
	for (size_t i = 0; i < before.n; i++) {
		const char *id = before.items[i];
		if (strcmp(id, revision->id) != 0 && !(up && goes_over(revision, id)))
			LIST_PUSH(graph->arena, after, id);
	}
	if (up) {
		LIST_PUSH(graph->arena, after, revision->id);
	} else {
		add_uncovered(graph, &revision->needs, after);
		if (revision->needs.n > 1)
			drop_implied(graph, after);
	}
	if (after->n)
		qsort(after->items, after->n, sizeof(*after->items), compare_strings);
}

/* --- stamp ------------------------------------------------------------------------------------ */

static void drop_line(struct string_list *rows, const struct graph *graph,
		      const struct revision *revision)
{
	const bool *line = reach_line(graph, revision, REACH_ALL);
	for (size_t i = 0; i < rows->n;) {
		const struct revision *row = graph_by_id(graph, rows->items[i]);
		if (row && line[row->at])
			LIST_REMOVE(rows, i);
		else
			i++;
	}
}

static bool stamp_base(const struct graph *graph, const struct identifier *word,
		       struct string_list *after)
{
	struct revision *branch = NULL;
	if (!word->branch)
		after->n = 0;
	else if (identify_branch(graph, word->branch, &branch))
		drop_line(after, graph, branch);
	else
		return false;
	return true;
}

static bool stamp_word(const struct graph *graph, const struct string_list *rows, const char *text,
		       struct string_list *after, struct revision_list *stamped)
{
	struct revision_list found;
	struct identifier word;
	identifier_parse(graph->arena, text, &word);
	if (!identify(graph, rows, text, &found))
		return false;
	if (!found.n)
		return stamp_base(graph, &word, after);
	for (size_t i = 0; i < found.n; i++) {
		drop_line(after, graph, found.items[i]);
		LIST_PUSH(graph->arena, stamped, found.items[i]);
	}
	return true;
}

bool graph_stamp(const struct graph *graph, const struct string_list *rows,
		 const struct string_list *words, bool purge, struct string_list *after)
{
	struct revision_list stamped = { 0 };
	*after = (struct string_list){ 0 };
	if (!purge && !reach_rows(graph, rows, reach_none(graph)))
		return false;
	for (size_t i = 0; !purge && i < rows->n; i++)
		LIST_PUSH(graph->arena, after, rows->items[i]);
	for (size_t i = 0; i < words->n; i++)
		if (!stamp_word(graph, rows, words->items[i], after, &stamped))
			return false;
	for (size_t i = 0; i < stamped.n; i++)
		if (!string_list_has(after, stamped.items[i]->id))
			LIST_PUSH(graph->arena, after, stamped.items[i]->id);
	drop_implied(graph, after);
	if (after->n)
		qsort(after->items, after->n, sizeof(*after->items), compare_strings);
	return true;
}
