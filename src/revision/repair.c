#include "revision/repair.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/hash.h"
#include "revision/reach.h"
#include "revision/validate.h"

#define NEW_ID_DIGITS 12
#define CANDIDATES 100 /* states that are tried for a revision */

/* A file, and what it will be. */
struct work {
	const struct revision *file;
	const char *id;
	struct string_list down;
	const char *checksum;
	struct buf why[REPAIR_CHECKSUM + 1];
	bool tried; /* nothing more can be done about its parents */
};

struct repairer {
	const struct graph *from;
	const struct server *server;
	struct arena *arena;
	struct work *work;  /* of each of from->files */
	struct graph graph; /* as it is by now; files at the places of `work` */
};

static const char *list_text(struct arena *arena, const struct string_list *list)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < list->n; i++)
		buf_printf(&out, "%s%s", i ? ", " : "", list->items[i]);
	return buf_arena(&out, arena);
}

/* The graph of the files as they will be. What it has to say is said when they are. */
static void link_again(struct repairer *r)
{
	struct diag_queue *queue = &r->from->ctx->diags;
	size_t n = queue->diags.n;
	r->graph = (struct graph){ .ctx = r->from->ctx, .arena = r->arena, .sound = true };
	for (size_t i = 0; i < r->from->files.n; i++) {
		const struct work *work = &r->work[i];
		struct revision *copy = arena_memdup(r->arena, work->file, sizeof(*copy));
		copy->id = work->id;
		copy->down_revisions = work->down;
		copy->parents = copy->dependencies = copy->children = copy->dependents =
			copy->needs = (struct revision_list){ 0 };
		copy->labels = (struct string_list){ 0 };
		copy->depth = 0;
		LIST_PUSH(r->arena, &r->graph.files, copy);
	}
	graph_link(&r->graph);
	diag_rewind(queue, n);
}

static struct work *work_of(struct repairer *r, const struct revision *revision)
{
	for (size_t i = 0; i < r->graph.files.n; i++)
		if (r->graph.files.items[i] == revision)
			return &r->work[i];
	return NULL;
}

static void explain(struct work *work, enum repair_kind kind, const char *why)
{
	buf_printf(&work->why[kind], "%s%s", work->why[kind].len ? "; " : "", why);
}

/* --- parents ---------------------------------------------------------------------------------- */

/* After the revision (NULL: nothing); NULL: what is before it does not fit together itself. */
static struct schema *state_after(struct repairer *r, const struct revision *revision)
{
	struct diag_queue *queue = &r->from->ctx->diags;
	size_t n = queue->diags.n;
	struct string_list at = { 0 };
	if (revision)
		LIST_PUSH(r->arena, &at, revision->id);
	struct schema *state = graph_fold(&r->graph, r->arena, r->server, &at);
	diag_rewind(queue, n);
	return state;
}

/* Do the operations of the revision fit the state after `parent` (NULL: nothing)? */
static bool fits(struct repairer *r, const struct revision *revision, const struct revision *parent)
{
	struct diag_queue *queue = &r->from->ctx->diags;
	size_t n = queue->diags.n;
	struct schema *state = state_after(r, parent);
	struct revision *copy = arena_memdup(r->arena, revision, sizeof(*copy));
	bool ok = state && revision_read_ops(r->from->ctx, r->arena, r->server, copy) &&
		  fold_base(state, copy);
	for (size_t i = 0; ok && i < copy->up.n; i++)
		ok = fold_statement(state, copy->up.items[i]);
	diag_rewind(queue, n);
	return ok;
}

struct candidate {
	struct revision *revision;
	bool head, older;
};

static int compare_candidates(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->head != y->head)
		return x->head ? -1 : 1;
	if (x->older != y->older)
		return x->older ? -1 : 1;
	int order = validate_by_date(x->revision, y->revision);
	return x->older ? -order : order;
}

/* What the revision may come after, the likeliest first. */
static struct candidate *candidates(struct repairer *r, const struct revision *revision, size_t *n)
{
	const struct graph *graph = &r->graph;
	struct candidate *list = ARENA_ARRAY(r->arena, struct candidate, graph->all.n + 1);
	bool *below = reach_none(graph);
	*n = 0;
	if (graph_by_id(graph, revision->id) == revision) {
		below[revision->at] = true;
		reach_descendants(graph, below, REACH_ALL);
	}
	for (size_t i = 0; i < graph->all.n; i++) {
		struct revision *other = graph->all.items[i];
		if (below[other->at])
			continue;
		list[(*n)++] = (struct candidate){ .revision = other,
						   .head = graph_is_head(other),
						   .older = validate_by_date(other, revision) < 0 };
	}
	if (*n > 1)
		qsort(list, *n, sizeof(*list), compare_candidates);
	return list;
}

static bool has_ops(const struct revision *revision)
{
	for (size_t i = 0; i < revision->up.n; i++)
		if (revision->up.items[i]->op_lines.n)
			return true;
	return false;
}

static const char *reason(struct repairer *r, const struct revision *revision,
			  const struct candidate *found)
{
	const struct revision *parent = found->revision;
	return arena_printf(r->arena, "%s%s, %s%s", parent->id,
			    found->head ? " is a head" : " is the nearest by date",
			    has_ops(revision)
				    ? "the state after it is what the operations begin from"
				    : "the operations of the file are not known",
			    found->older || !parent->create_date ? "" : ", though it is younger");
}

/* false: it fits nowhere. */
static bool find_parent(struct repairer *r, struct work *work, struct revision *revision)
{
	size_t n;
	const struct candidate *list = candidates(r, revision, &n);
	for (size_t i = 0; i < n && i < CANDIDATES; i++) {
		if (!fits(r, revision, list[i].revision))
			continue;
		LIST_PUSH(r->arena, &work->down, list[i].revision->id);
		explain(work, REPAIR_PARENT, reason(r, revision, &list[i]));
		return true;
	}
	return false;
}

/* The list without those that no file has. */
static struct string_list known_parents(struct repairer *r, const struct work *work)
{
	struct string_list known = { 0 };
	for (size_t i = 0; i < work->down.n; i++)
		for (size_t j = 0; j < r->from->files.n; j++)
			if (!strcmp(r->work[j].id, work->down.items[i])) {
				LIST_PUSH(r->arena, &known, work->down.items[i]);
				break;
			}
	return known;
}

/* A slip of the pen: the revision whose id is nearly the one that is missing. */
static bool take_near(struct repairer *r, struct work *work, const struct revision *revision,
		      const char *missing)
{
	const char **ids = ARENA_ARRAY(r->arena, const char *, r->graph.files.n);
	for (size_t i = 0; i < r->graph.files.n; i++)
		ids[i] = r->graph.files.items[i]->id;
	const char *near = diag_suggest(missing, ids, r->graph.files.n);
	const struct revision *parent = near ? graph_by_id(&r->graph, near) : NULL;
	/* what lost its child is a head by now; others are near because ids are numbers, say */
	if (!parent || !strcmp(near, revision->id) || !graph_is_head(parent) ||
	    (state_after(r, parent) && !fits(r, revision, parent)))
		return false;
	LIST_PUSH(r->arena, &work->down, near);
	explain(work, REPAIR_PARENT, arena_printf(r->arena, "'%s' is nearly '%s'", missing, near));
	return true;
}

static bool take_near_ones(struct repairer *r, struct work *work, const struct revision *revision,
			   const struct string_list *was)
{
	bool any = false;
	for (size_t i = 0; i < was->n; i++)
		if (!string_list_has(&work->down, was->items[i]))
			any = take_near(r, work, revision, was->items[i]) || any;
	return any;
}

static bool mend_missing(struct repairer *r, const struct fault *fault)
{
	struct work *work = work_of(r, fault->revision);
	if (work->tried)
		return false;
	work->tried = true;
	const struct string_list was = work->down;
	work->down = known_parents(r, work);
	if (take_near_ones(r, work, fault->revision, &was))
		return true;
	if (work->down.n) {
		explain(work, REPAIR_PARENT, "the other one is in no file");
		return true;
	}
	if (find_parent(r, work, fault->revision))
		return true;
	if (!r->graph.bases.n && fits(r, fault->revision, NULL)) {
		explain(work, REPAIR_PARENT, "its operations begin from nothing");
		return true;
	}
	work->down = was;
	return false;
}

static bool mend_circle(struct repairer *r, const struct fault *fault)
{
	struct revision *oldest = fault->circle.items[0];
	for (size_t i = 1; i < fault->circle.n; i++)
		if (validate_by_date(fault->circle.items[i], oldest) < 0)
			oldest = fault->circle.items[i];
	struct work *work = work_of(r, oldest);
	struct string_list rest = { 0 };
	for (size_t i = 0; i < work->down.n; i++) {
		bool inside = false;
		for (size_t j = 0; j < fault->circle.n; j++)
			inside = inside || !strcmp(fault->circle.items[j]->id, work->down.items[i]);
		if (!inside)
			LIST_PUSH(r->arena, &rest, work->down.items[i]);
	}
	if (rest.n == work->down.n)
		return false; /* it is depends_on that closes the circle */
	work->down = rest;
	explain(work, REPAIR_PARENT, "it is the oldest of the circle");
	return true;
}

static bool mend_base(struct repairer *r, struct revision *base)
{
	struct work *work = work_of(r, base);
	if (work->tried)
		return false;
	work->tried = true;
	return find_parent(r, work, base);
}

/* --- ids -------------------------------------------------------------------------------------- */

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static bool mend_duplicate(struct repairer *r, const struct fault *fault)
{
	const struct revision *a = fault->revision, *b = fault->other;
	/* of the same file twice, one is to be deleted */
	if (!strcmp(a->body, b->body))
		return false;
	const struct revision *younger = validate_by_date(a, b) < 0 ? b : a;
	struct work *work = work_of(r, younger);
	char hex[HASH_HEX_SIZE];
	const char *text = arena_printf(r->arena, "%s\n%s\n%s", base_name(younger->path),
					younger->id, younger->body);
	hash_sha256(text, strlen(text), hex);
	explain(work, REPAIR_ID,
		arena_printf(r->arena, "'%s' has that id, too, and is older",
			     (younger == a ? b : a)->path));
	work->id = arena_strndup(r->arena, hex, NEW_ID_DIGITS);
	return true;
}

/* --- all -------------------------------------------------------------------------------------- */

static bool mend(struct repairer *r, const struct fault *fault)
{
	switch ((int)fault->kind) {
	case FAULT_DUPLICATE:
		return mend_duplicate(r, fault);
	case FAULT_PARENT:
		return mend_missing(r, fault);
	case FAULT_CIRCLE:
		return mend_circle(r, fault);
	default:
		return false;
	}
}

/* Something that can be mended is. */
static bool mend_one(struct repairer *r)
{
	struct revision_list bases = { 0 };
	for (size_t i = 0; i < r->graph.faults.n; i++)
		if (mend(r, &r->graph.faults.items[i]))
			return true;
	validate_bases(&r->graph, &bases);
	for (size_t i = 0; i < bases.n; i++)
		if (mend_base(r, bases.items[i]))
			return true;
	return false;
}

static void mend_checksum(struct repairer *r, struct work *work)
{
	char hex[HASH_HEX_SIZE];
	if (revision_checksum_ok(work->file))
		return;
	hash_sha256(work->file->body, strlen(work->file->body), hex);
	work->checksum = arena_strdup(r->arena, hex);
	explain(work, REPAIR_CHECKSUM, "the file was changed since it was written");
}

static void add_repair(struct repairer *r, struct repairs *repairs, struct work *work,
		       enum repair_kind kind, const char *was, const char *becomes)
{
	struct repair repair = {
		.kind = kind, .revision = work->file, .was = was, .becomes = becomes
	};
	repair.why = buf_arena(&work->why[kind], r->arena);
	if (strcmp(was, becomes) != 0)
		LIST_PUSH(r->arena, &repairs->list, repair);
}

void repair_plan(const struct graph *graph, const struct server *server, struct repairs *repairs)
{
	struct repairer r = { .from = graph, .server = server, .arena = graph->arena };
	r.work = ARENA_ARRAY(graph->arena, struct work, graph->files.n + 1);
	for (size_t i = 0; i < graph->files.n; i++) {
		r.work[i] = (struct work){ .file = graph->files.items[i] };
		r.work[i].id = r.work[i].file->id;
		r.work[i].down = r.work[i].file->down_revisions;
		mend_checksum(&r, &r.work[i]);
	}
	/* each file gets another id, is taken out of a circle and put behind another one at most once */
	link_again(&r);
	for (size_t i = 0; i < 3 * graph->files.n && mend_one(&r); i++)
		link_again(&r);
	*repairs = (struct repairs){ .graph = r.graph };
	for (size_t i = 0; i < graph->files.n; i++) {
		struct work *work = &r.work[i];
		const struct revision *file = work->file;
		add_repair(&r, repairs, work, REPAIR_ID, file->id, work->id);
		add_repair(&r, repairs, work, REPAIR_PARENT,
			   list_text(r.arena, &file->down_revisions),
			   list_text(r.arena, &work->down));
		if (work->checksum)
			add_repair(&r, repairs, work, REPAIR_CHECKSUM, file->checksum,
				   work->checksum);
	}
}

/* --- writing ---------------------------------------------------------------------------------- */

const char *repair_key(enum repair_kind kind)
{
	static const char *const keys[] = { [REPAIR_ID] = "revision",
					    [REPAIR_PARENT] = "down_revision",
					    [REPAIR_CHECKSUM] = "checksum" };
	return keys[kind];
}

static struct span place_of(const struct revision *revision, enum repair_kind kind)
{
	switch (kind) {
	case REPAIR_ID:
		return revision->id_span;
	case REPAIR_PARENT:
		return revision->down_span;
	case REPAIR_CHECKSUM:
		return revision->checksum_span;
	}
	return span_none();
}

/* The text with the line's value replaced; a line that is missing comes behind the revision's. */
static void print_rewritten(struct buf *out, const struct revision *revision,
			    const struct repair *repair)
{
	const char *text = revision->src->text;
	struct span place = place_of(revision, repair->kind);
	if (place.src) {
		bool blank = place.start && text[place.start - 1] == ':' && *repair->becomes;
		bool trails = place.start && text[place.start - 1] == ' ' && !*repair->becomes;
		buf_add_bytes(out, text, place.start - trails);
		buf_printf(out, "%s%s", blank ? " " : "", repair->becomes);
		buf_add(out, text + place.end);
		return;
	}
	size_t end = revision->id_span.end;
	end += strcspn(text + end, "\n");
	buf_add_bytes(out, text, end);
	buf_printf(out, "\n-- %s: %s", repair_key(repair->kind), repair->becomes);
	buf_add(out, text + end);
}

bool repair_write(const struct repairs *repairs)
{
	const struct graph *graph = &repairs->graph;
	for (size_t i = 0; i < repairs->list.n; i++) {
		const struct repair *repair = &repairs->list.items[i];
		const char *path = repair->revision->path;
		/* read again: places are those of the file as the repair before left it */
		const struct revision *revision = revision_read(graph->ctx, graph->arena, path);
		struct buf text = { 0 };
		if (!revision)
			return false;
		print_rewritten(&text, revision, repair);
		bool ok = file_write(graph->ctx, path, buf_text(&text), text.len);
		buf_free(&text);
		if (!ok)
			return false;
	}
	return true;
}
