#include "revision/graph.h"

#include "base/buf.h"
#include "base/context.h"
#include "revision/reach.h"

#include <stdlib.h>
#include <string.h>

/* --- reading ---------------------------------------------------------------------------------- */

static const struct name *id_key(const struct graph *graph, const char *id)
{
	return ctx_name(graph->ctx, id);
}

struct revision *graph_by_id(const struct graph *graph, const char *id)
{
	struct revision *revision = map_get(&graph->by_id, id_key(graph, id));
	return revision && !strcmp(revision->id, id) ? revision : NULL;
}

struct fault *graph_fault(struct graph *graph, enum fault_kind kind, struct revision *revision,
			  const struct diag *diag)
{
	const struct fault fault = { .kind = kind, .revision = revision, .diag = diag };
	LIST_PUSH(graph->arena, &graph->faults, fault);
	graph->sound = graph->sound && fault_weight(kind) != FAULT_BROKEN;
	return &graph->faults.items[graph->faults.n - 1];
}

static bool same_file(const char *a, const char *b)
{
	char *real_a = realpath(a, NULL), *real_b = realpath(b, NULL);
	bool same = real_a && real_b && !strcmp(real_a, real_b);
	free(real_a);
	free(real_b);
	return same;
}

static void report_duplicate(struct graph *graph, struct revision *first, struct revision *second)
{
	struct diag *diag = ctx_error(graph->ctx, "chain", second->id_span,
				      "revision '%s' is there twice: in '%s' and in '%s'",
				      second->id, first->path, second->path);
	ctx_place(graph->ctx, diag, first->id_span, "the first one, which is used");
	ctx_hint(graph->ctx, diag,
		 "delete one of the two files, or give one a new id: and put that "
		 "id into the down_revision of what comes after it");
	graph_fault(graph, FAULT_DUPLICATE, second, diag)->other = first;
}

static void add_revision(struct graph *graph, struct revision *revision)
{
	struct revision *other = graph_by_id(graph, revision->id);
	if (other) {
		if (!same_file(other->path, revision->path)) /* else the folder was named twice */
			report_duplicate(graph, other, revision);
		return;
	}
	map_put(graph->arena, &graph->by_id, id_key(graph, revision->id), revision);
	revision->listed = graph->all.n;
	LIST_PUSH(graph->arena, &graph->all, revision);
}

static const struct diag *last_diag(const struct graph *graph)
{
	return graph->ctx->diags.diags.items[graph->ctx->diags.diags.n - 1];
}

static bool read_folder(struct graph *graph, const char *dir, bool recursive)
{
	struct path_list paths = { 0 };
	if (!file_exists(dir))
		return true;
	if (!file_walk(graph->ctx, graph->arena, dir, ".sql", &paths))
		return false;
	size_t dir_len = strlen(dir);
	for (size_t i = 0; i < paths.n; i++) {
		const char *below = paths.items[i] + dir_len;
		if (!recursive && strchr(below + strspn(below, "/"), '/'))
			continue;
		size_t errors = graph->ctx->diags.errors;
		struct revision *revision = revision_read(graph->ctx, graph->arena, paths.items[i]);
		if (revision)
			LIST_PUSH(graph->arena, &graph->files, revision);
		if (graph->ctx->diags.errors > errors)
			graph_fault(graph, FAULT_UNREADABLE, NULL, last_diag(graph));
	}
	return true;
}

/* --- links ------------------------------------------------------------------------------------ */

static void add_labels(struct graph *graph, struct revision *revision)
{
	for (size_t i = 0; i < revision->branch_labels.n; i++) {
		const char *label = revision->branch_labels.items[i];
		struct revision *other = map_get(&graph->by_id, id_key(graph, label));
		if (!other) {
			map_put(graph->arena, &graph->by_id, id_key(graph, label), revision);
			continue;
		}
		if (other == revision)
			continue;
		struct diag *diag = ctx_error(
			graph->ctx, "chain", revision->id_span,
			"the branch label '%s' of revision '%s' is in use by revision '%s'", label,
			revision->id, other->id);
		graph_fault(graph, FAULT_LABEL, revision, diag);
	}
}

/* What a missing id is near to. */
static const char *suggest_id(const struct graph *graph, const char *id)
{
	const char **ids = ARENA_ARRAY(graph->arena, const char *, graph->all.n);
	for (size_t i = 0; i < graph->all.n; i++)
		ids[i] = graph->all.items[i]->id;
	return diag_suggest(id, ids, graph->all.n);
}

static void report_missing(struct graph *graph, struct revision *revision, const char *id,
			   struct span place, enum fault_kind kind)
{
	struct diag *diag =
		ctx_error(graph->ctx, "chain", place,
			  "can't locate revision '%s', which '%s' (revision '%s') comes "
			  "after: no file has it",
			  id, revision->path, revision->id);
	const char *near = suggest_id(graph, id);
	if (near && strcmp(near, revision->id) != 0)
		ctx_hint(graph->ctx, diag, "did you mean '%s'?", near);
	ctx_hint(graph->ctx, diag,
		 "bring the file of '%s' back (from git or a colleague), or put the id of the "
		 "revision "
		 "before this one here",
		 id);
	graph_fault(graph, kind, revision, diag);
}

static void link_list(struct graph *graph, struct revision *revision, const struct string_list *ids,
		      struct span place, bool depends)
{
	for (size_t i = 0; i < ids->n; i++) {
		struct revision *parent =
			depends ? map_get(&graph->by_id, id_key(graph, ids->items[i]))
				: graph_by_id(graph, ids->items[i]);
		if (!parent) {
			report_missing(graph, revision, ids->items[i], place,
				       depends ? FAULT_DEPENDENCY : FAULT_PARENT);
			continue;
		}
		if (parent == revision) {
			struct diag *diag =
				ctx_error(graph->ctx, "chain", place,
					  "revision '%s' comes after itself", revision->id);
			ctx_hint(graph->ctx, diag, "put the id of the revision before it into '%s'",
				 revision->path);
			struct fault *fault = graph_fault(graph, FAULT_CIRCLE, revision, diag);
			LIST_PUSH(graph->arena, &fault->circle, revision);
			continue;
		}
		struct revision_list *up = depends ? &revision->dependencies : &revision->parents;
		if (revision_list_has(up, parent))
			continue;
		LIST_PUSH(graph->arena, up, parent);
		LIST_PUSH(graph->arena, depends ? &parent->dependents : &parent->children,
			  revision);
	}
}

/* --- order ------------------------------------------------------------------------------------ */

static int by_depth_and_id(const void *a, const void *b)
{
	const struct revision *x = *(struct revision *const *)a, *y = *(struct revision *const *)b;
	if (x->depth != y->depth)
		return x->depth < y->depth ? -1 : 1;
	return strcmp(x->id, y->id);
}

/* One of its parents that has no order: every revision on or behind a cycle has one. */
static struct revision *unordered_parent(const struct revision *revision, const bool *ordered)
{
	for (size_t i = 0; i < revision->parents.n; i++)
		if (!ordered[revision->parents.items[i]->at])
			return revision->parents.items[i];
	for (size_t i = 0; i < revision->dependencies.n; i++)
		if (!ordered[revision->dependencies.items[i]->at])
			return revision->dependencies.items[i];
	return NULL;
}

static void report_cycle(struct graph *graph, struct revision *on, const bool *ordered)
{
	struct revision_list circle = { 0 };
	struct buf way = { 0 };
	buf_add(&way, on->id);
	struct revision *at = on;
	do {
		LIST_PUSH(graph->arena, &circle, at);
		at = unordered_parent(at, ordered);
		buf_printf(&way, " after %s", at->id);
	} while (at != on);
	struct diag *diag =
		ctx_error(graph->ctx, "chain", on->down_span.src ? on->down_span : on->id_span,
			  "revisions come after each other in a circle: %s", buf_text(&way));
	buf_free(&way);
	for (at = unordered_parent(on, ordered); at != on; at = unordered_parent(at, ordered))
		ctx_place(graph->ctx, diag, at->down_span.src ? at->down_span : at->id_span,
			  "'%s' is in it too", at->id);
	ctx_hint(graph->ctx, diag,
		 "one of these files has a wrong down_revision: the one whose "
		 "create_date is older than its parent's is a good guess");
	graph_fault(graph, FAULT_CIRCLE, on, diag)->circle = circle;
}

/* `walk` holds for each revision the number of the walk that came by; 0: none. */
static void report_cycles(struct graph *graph, const bool *ordered)
{
	size_t *walk = ARENA_ARRAY(graph->arena, size_t, graph->all.n + 1);
	for (size_t i = 0; i < graph->all.n; i++) {
		if (ordered[i])
			continue;
		struct revision *at = graph->all.items[i];
		while (!walk[at->at]) {
			walk[at->at] = i + 1;
			at = unordered_parent(at, ordered);
		}
		if (walk[at->at] == i + 1)
			report_cycle(graph, at, ordered);
	}
}

static void keep_ordered(struct revision_list *list, const bool *ordered)
{
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++)
		if (ordered[list->items[i]->at])
			list->items[n++] = list->items[i];
	list->n = n;
}

/* Revisions on a cycle and behind it leave the graph; so do links to them. */
static void drop_unordered(struct graph *graph, const bool *ordered)
{
	for (size_t i = 0; i < graph->all.n; i++) {
		struct revision *revision = graph->all.items[i];
		keep_ordered(&revision->children, ordered);
		keep_ordered(&revision->dependents, ordered);
		if (ordered[i])
			continue;
		map_remove(&graph->by_id, id_key(graph, revision->id));
		for (size_t j = 0; j < revision->branch_labels.n; j++)
			map_remove(&graph->by_id, id_key(graph, revision->branch_labels.items[j]));
	}
	keep_ordered(&graph->all, ordered);
}

static void release(struct revision_list *below, unsigned depth, size_t *waiting,
		    struct revision **queue, size_t *tail, bool *ordered)
{
	for (size_t i = 0; i < below->n; i++) {
		struct revision *child = below->items[i];
		if (child->depth < depth)
			child->depth = depth;
		if (--waiting[child->at] == 0) {
			ordered[child->at] = true;
			queue[(*tail)++] = child;
		}
	}
}

/* Kahn's algorithm; what it can't reach is on a cycle, or behind one. */
static void order(struct graph *graph)
{
	size_t n = graph->all.n, head = 0, tail = 0;
	size_t *waiting = ARENA_ARRAY(graph->arena, size_t, n + 1);
	bool *ordered = ARENA_ARRAY(graph->arena, bool, n + 1);
	struct revision **queue = ARENA_ARRAY(graph->arena, struct revision *, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct revision *revision = graph->all.items[i];
		revision->at = i;
		waiting[i] = revision->parents.n + revision->dependencies.n;
		if (!waiting[i]) {
			ordered[i] = true;
			queue[tail++] = revision;
		}
	}
	while (head < tail) {
		struct revision *revision = queue[head++];
		release(&revision->children, revision->depth + 1, waiting, queue, &tail, ordered);
		release(&revision->dependents, revision->depth + 1, waiting, queue, &tail, ordered);
	}
	if (tail < n) {
		report_cycles(graph, ordered);
		drop_unordered(graph, ordered);
	}
	if (graph->all.n)
		qsort(graph->all.items, graph->all.n, sizeof(*graph->all.items), by_depth_and_id);
	for (size_t i = 0; i < graph->all.n; i++)
		graph->all.items[i]->at = i;
}

static void find_ends(struct graph *graph)
{
	for (size_t i = 0; i < graph->all.n; i++) {
		struct revision *revision = graph->all.items[i];
		if (!revision->down_revisions.n)
			LIST_PUSH(graph->arena, &graph->bases, revision);
		if (graph_is_head(revision))
			LIST_PUSH(graph->arena, &graph->heads, revision);
		if (graph_is_end(revision))
			LIST_PUSH(graph->arena, &graph->ends, revision);
	}
	reach_sort(&graph->bases);
	reach_sort(&graph->heads);
	reach_sort(&graph->ends);
}

bool graph_read(struct context *ctx, struct arena *arena, const struct path_list *locations,
		bool recursive, struct graph *graph)
{
	*graph = (struct graph){ .ctx = ctx, .arena = arena, .sound = true };
	for (size_t i = 0; i < locations->n; i++)
		if (!read_folder(graph, locations->items[i], recursive))
			return false;
	graph_link(graph);
	return true;
}

void graph_link(struct graph *graph)
{
	for (size_t i = 0; i < graph->files.n; i++)
		add_revision(graph, graph->files.items[i]);
	for (size_t i = 0; i < graph->all.n; i++)
		add_labels(graph, graph->all.items[i]);
	for (size_t i = 0; i < graph->all.n; i++) {
		struct revision *revision = graph->all.items[i];
		link_list(graph, revision, &revision->down_revisions, revision->down_span, false);
		link_list(graph, revision, &revision->depends_on, revision->depends_span, true);
	}
	order(graph);
	find_ends(graph);
	graph_label(graph);
}
