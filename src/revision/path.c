#include "revision/graph.h"

#include "base/buf.h"
#include "base/context.h"

#include <stdlib.h>
#include <string.h>

/* --- who is meant ----------------------------------------------------------------------------- */

static void hint_candidate(const struct graph *graph, struct diag *diag,
			   const struct revision *revision)
{
	ctx_hint(graph->ctx, diag, "%s  %s", revision->id,
		 revision->message ? revision->message : "");
}

static void hint_candidates(const struct graph *graph, struct diag *diag,
			    const struct revision_list *list)
{
	const size_t most = 10;
	for (size_t i = 0; i < list->n && i < most; i++)
		hint_candidate(graph, diag, list->items[i]);
	if (list->n > most)
		ctx_hint(graph->ctx, diag, "… and %zu more", list->n - most);
}

static bool report_heads(const struct graph *graph)
{
	struct diag *diag =
		ctx_error(graph->ctx, "chain", span_none(),
			  "there are %zu heads: 'head' could be any of them", graph->heads.n);
	hint_candidates(graph, diag, &graph->heads);
	ctx_hint(graph->ctx, diag,
		 "name one, or say 'heads' for all");
	return false;
}

static bool report_unknown(const struct graph *graph, const char *text)
{
	struct diag *diag = ctx_error(graph->ctx, "chain", span_none(),
				      "can't locate revision '%s': no file has it", text);
	const char **ids = ARENA_ARRAY(graph->arena, const char *, graph->all.n + 4);
	size_t n = 0;
	ids[n++] = "head";
	ids[n++] = "heads";
	ids[n++] = "base";
	for (size_t i = 0; i < graph->all.n; i++)
		ids[n++] = graph->all.items[i]->id;
	const char *near = diag_suggest(text, ids, n);
	if (near)
		ctx_hint(graph->ctx, diag, "did you mean '%s'?", near);
	else
		hint_candidates(graph, diag, &graph->heads);
	return false;
}

static bool find_partial(const struct graph *graph, const char *text, struct revision **revision)
{
	struct revision_list found = { 0 };
	for (size_t i = 0; i < graph->all.n; i++)
		if (!strncmp(graph->all.items[i]->id, text, strlen(text)))
			LIST_PUSH(graph->arena, &found, graph->all.items[i]);
	if (!found.n || !*text)
		return report_unknown(graph, text);
	if (found.n > 1) {
		struct diag *diag =
			ctx_error(graph->ctx, "chain", span_none(),
				  "'%s' is the beginning of %zu revisions", text, found.n);
		hint_candidates(graph, diag, &found);
		return false;
	}
	*revision = found.items[0];
	return true;
}

bool graph_find(const struct graph *graph, const char *text, struct revision **revision)
{
	*revision = NULL;
	if (!strcmp(text, "base"))
		return true;
	if (!strcmp(text, "head") || !strcmp(text, "heads")) {
		if (graph->heads.n > 1)
			return strcmp(text, "heads") ? report_heads(graph) : true;
		*revision = graph->heads.n ? graph->heads.items[0] : NULL;
		return true;
	}
	/* an id or a branch label, as it stands */
	*revision = map_get(&graph->by_id, ctx_name(graph->ctx, text));
	return *revision ? true : find_partial(graph, text, revision);
}

/* --- sets of revisions ------------------------------------------------------------------------ */

/* in[r->at] says whether r is in the set. */
static void add_ancestors(const struct graph *graph, bool *in)
{
	/* children stand behind their parents: one way back does it */
	for (size_t i = graph->all.n; i-- > 0;) {
		if (!in[i])
			continue;
		const struct revision *revision = graph->all.items[i];
		for (size_t j = 0; j < revision->parents.n; j++)
			in[revision->parents.items[j]->at] = true;
		for (size_t j = 0; j < revision->dependencies.n; j++)
			in[revision->dependencies.items[j]->at] = true;
	}
}

static void add_descendants(const struct graph *graph, bool *in)
{
	for (size_t i = 0; i < graph->all.n; i++) {
		if (!in[i])
			continue;
		const struct revision *revision = graph->all.items[i];
		for (size_t j = 0; j < revision->children.n; j++)
			in[revision->children.items[j]->at] = true;
		for (size_t j = 0; j < revision->dependents.n; j++)
			in[revision->dependents.items[j]->at] = true;
	}
}

static bool mark_rows(const struct graph *graph, const struct string_list *rows, bool *in)
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
				 "leaves it: autogen stamp REV");
			return false;
		}
		in[revision->at] = true;
	}
	return true;
}

bool graph_applied(const struct graph *graph, struct arena *arena, const struct string_list *rows,
		   struct revision_list *applied)
{
	bool *in = ARENA_ARRAY(arena, bool, graph->all.n + 1);
	if (!mark_rows(graph, rows, in))
		return false;
	add_ancestors(graph, in);
	for (size_t i = 0; i < graph->all.n; i++)
		if (in[i])
			LIST_PUSH(arena, applied, graph->all.items[i]);
	return true;
}

/* --- rows of the version table ---------------------------------------------------------------- */

static bool has_string(const struct string_list *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i], text))
			return true;
	return false;
}

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_direct_ancestor(const struct revision *revision, const char *id)
{
	for (size_t i = 0; i < revision->parents.n; i++)
		if (!strcmp(revision->parents.items[i]->id, id))
			return true;
	for (size_t i = 0; i < revision->dependencies.n; i++)
		if (!strcmp(revision->dependencies.items[i]->id, id))
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
	add_ancestors(graph, in);
	return in;
}

/* What `revision` came after gets a row again, unless another row implies it. */
static void add_uncovered(const struct graph *graph, const struct revision_list *list,
			  struct string_list *after)
{
	for (size_t i = 0; i < list->n; i++) {
		bool covered = has_string(after, list->items[i]->id);
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
		if (strcmp(id, revision->id) != 0 && !(up && is_direct_ancestor(revision, id)))
			LIST_PUSH(graph->arena, after, id);
	}
	if (up) {
		LIST_PUSH(graph->arena, after, revision->id);
	} else {
		add_uncovered(graph, &revision->parents, after);
		add_uncovered(graph, &revision->dependencies, after);
		if (revision->parents.n + revision->dependencies.n > 1)
			drop_implied(graph, after);
	}
	if (after->n)
		qsort(after->items, after->n, sizeof(*after->items), compare_strings);
}

/* --- ways ------------------------------------------------------------------------------------- */

/* The number of "+2" or "-1"; 0 when the text is no such thing. */
static unsigned long steps_of(const char *text, char sign)
{
	char *end;
	if (text[0] != sign || text[1] < '0' || text[1] > '9')
		return 0;
	unsigned long steps = strtoul(text + 1, &end, 10);
	return *end ? 0 : steps;
}

static bool report_walk(const struct graph *graph, const char *target, const char *reason,
			const struct revision_list *candidates)
{
	struct diag *diag = ctx_error(graph->ctx, "chain", span_none(), "can't go '%s': %s",
				      target, reason);
	if (candidates) {
		hint_candidates(graph, diag, candidates);
		ctx_hint(graph->ctx, diag, "name the revision in place of '%s'", target);
	}
	return false;
}

/* N revisions up from the one row (or from nothing); each step must be the only one possible. */
static bool walk_up(const struct graph *graph, const bool *applied, const char *target,
		    struct revision **revision)
{
	struct revision *at = NULL;
	for (size_t i = graph->all.n; i-- > 0;) {
		bool covered = !applied[i];
		for (size_t j = 0; !covered && j < graph->all.items[i]->children.n; j++)
			covered = applied[graph->all.items[i]->children.items[j]->at];
		if (covered)
			continue;
		if (at)
			return report_walk(graph, target, "the database has several heads", NULL);
		at = graph->all.items[i];
	}
	for (unsigned long steps = steps_of(target, '+'); steps; steps--) {
		const struct revision_list *next = at ? &at->children : &graph->bases;
		if (!next->n)
			return report_walk(graph, target, "there are not so many revisions ahead",
					   NULL);
		if (next->n > 1)
			return report_walk(graph, target, "the way parts", next);
		at = next->items[0];
	}
	*revision = at;
	return true;
}

static bool path_up(const struct graph *graph, const bool *applied, const char *target,
		    struct revision_list *path)
{
	bool *wanted = ARENA_ARRAY(graph->arena, bool, graph->all.n + 1);
	struct revision *revision = NULL;
	if (steps_of(target, '+')) {
		if (!walk_up(graph, applied, target, &revision))
			return false;
	} else if (!strcmp(target, "heads")) {
		for (size_t i = 0; i < graph->heads.n; i++)
			wanted[graph->heads.items[i]->at] = true;
	} else if (!strcmp(target, "base") || target[0] == '-') {
		struct diag *diag =
			ctx_error(graph->ctx, "chain", span_none(), "'%s' is no way up", target);
		ctx_hint(graph->ctx, diag, "autogen downgrade %s", target);
		return false;
	} else if (!graph_find(graph, target, &revision)) {
		return false;
	}
	if (revision)
		wanted[revision->at] = true;
	add_ancestors(graph, wanted);
	for (size_t i = 0; i < graph->all.n; i++)
		if (wanted[i] && !applied[i])
			LIST_PUSH(graph->arena, path, graph->all.items[i]);
	return true;
}

/* N revisions back, one after the other: at each step one row must be the one to go. */
static bool walk_down(const struct graph *graph, const struct string_list *rows, const char *target,
		      struct revision_list *path)
{
	struct string_list at = *rows, next;
	for (unsigned long steps = steps_of(target, '-'); steps; steps--) {
		if (!at.n)
			return report_walk(graph, target, "there are not so many revisions behind",
					   NULL);
		if (at.n > 1) {
			struct revision_list heads = { 0 };
			for (size_t i = 0; i < at.n; i++)
				LIST_PUSH(graph->arena, &heads, graph_by_id(graph, at.items[i]));
			return report_walk(graph, target, "several revisions could be the last",
					   &heads);
		}
		struct revision *revision = graph_by_id(graph, at.items[0]);
		LIST_PUSH(graph->arena, path, revision);
		graph_step(graph, &at, revision, REVISION_DOWN, &next);
		at = next;
	}
	return true;
}

/* Everything applied that stands on `revision` (NULL: everything), last first. */
static bool path_down(const struct graph *graph, const bool *applied, const char *target,
		      struct revision_list *path)
{
	struct revision *revision = NULL;
	bool *goes = ARENA_ARRAY(graph->arena, bool, graph->all.n + 1);
	if (!graph_find(graph, target, &revision))
		return false;
	if (!revision && strcmp(target, "base") != 0) {
		ctx_error(graph->ctx, "chain", span_none(), "'%s' is no way down", target);
		return false;
	}
	if (revision && !applied[revision->at]) {
		struct diag *diag = ctx_error(
			graph->ctx, "chain", span_none(),
			"revision '%s' is not applied: there is no way down to it", revision->id);
		ctx_hint(graph->ctx, diag, "autogen upgrade %s", revision->id);
		return false;
	}
	for (size_t i = 0; i < graph->all.n; i++)
		goes[i] = !revision || graph->all.items[i] == revision;
	add_descendants(graph, goes);
	for (size_t i = graph->all.n; i-- > 0;)
		if (goes[i] && applied[i] && graph->all.items[i] != revision)
			LIST_PUSH(graph->arena, path, graph->all.items[i]);
	return true;
}

bool graph_path(const struct graph *graph, const struct string_list *current, const char *target,
		enum revision_direction direction, struct revision_list *path)
{
	bool *applied = ARENA_ARRAY(graph->arena, bool, graph->all.n + 1);
	*path = (struct revision_list){ 0 };
	if (!mark_rows(graph, current, applied))
		return false;
	add_ancestors(graph, applied);
	if (direction == REVISION_UP)
		return path_up(graph, applied, target, path);
	if (steps_of(target, '-'))
		return walk_down(graph, current, target, path);
	return path_down(graph, applied, target, path);
}
