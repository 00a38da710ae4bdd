#include "revision/identify.h"

#include "base/context.h"
#include "revision/reach.h"

#include <stdlib.h>
#include <string.h>

/* --- reading a word --------------------------------------------------------------------------- */

/* Where "+N" or "-N" at the end begins; NULL: there is none. */
static const char *steps_in(const char *text)
{
	const char *at = text + strlen(text);
	while (at > text && at[-1] >= '0' && at[-1] <= '9')
		at--;
	return *at && at > text && (at[-1] == '+' || at[-1] == '-') ? at - 1 : NULL;
}

void identifier_parse(struct arena *arena, const char *text, struct identifier *identifier)
{
	*identifier = (struct identifier){ .text = text };
	const char *at = strchr(text, '@');
	if (at) {
		identifier->branch = arena_strndup(arena, text, (size_t)(at - text));
		text = at + 1;
	}
	const char *steps = steps_in(text);
	if (steps) {
		identifier->relative = true;
		identifier->steps = strtol(steps, NULL, 10);
	}
	if (!steps || steps > text)
		identifier->symbol =
			steps ? arena_strndup(arena, text, (size_t)(steps - text)) : text;
}

bool identifier_wants_rows(struct arena *arena, const char *text)
{
	struct identifier identifier;
	identifier_parse(arena, text, &identifier);
	return !identifier.symbol || !strcmp(identifier.symbol, "current");
}

/* --- what is wrong ---------------------------------------------------------------------------- */

static void hint_candidates(const struct graph *graph, struct diag *diag,
			    const struct revision_list *list)
{
	const size_t most = 10;
	for (size_t i = 0; i < list->n && i < most; i++)
		ctx_hint(graph->ctx, diag, "%s  %s", list->items[i]->id,
			 list->items[i]->message ? list->items[i]->message : "");
	if (list->n > most)
		ctx_hint(graph->ctx, diag, "… and %zu more", list->n - most);
}

static bool report_heads(const struct graph *graph, const struct identifier *identifier,
			 const struct revision_list *heads)
{
	const char *branch = identifier->branch;
	struct diag *diag =
		branch ? ctx_error(graph->ctx, "chain", span_none(),
				   "branch '%s' has %zu heads: '%s' could be any of them", branch,
				   heads->n, identifier->text)
		       : ctx_error(graph->ctx, "chain", span_none(),
				   "there are %zu heads: '%s' could be any of them", heads->n,
				   identifier->text);
	hint_candidates(graph, diag, heads);
	ctx_hint(graph->ctx, diag, "name one, or say '%s%sheads' for all", branch ? branch : "",
		 branch ? "@" : "");
	return false;
}

/* Everything that could have been meant: near misses are found among it. */
static const char *suggest(const struct graph *graph, const char *text)
{
	static const char *const words[] = { "head", "heads", "base", "current" };
	struct string_list all = { 0 };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		LIST_PUSH(graph->arena, &all, words[i]);
	for (size_t i = 0; i < graph->all.n; i++) {
		const struct revision *revision = graph->all.items[i];
		LIST_PUSH(graph->arena, &all, revision->id);
		for (size_t j = 0; j < revision->branch_labels.n; j++)
			LIST_PUSH(graph->arena, &all, revision->branch_labels.items[j]);
	}
	return diag_suggest(text, all.items, all.n);
}

static bool hint_unknown(const struct graph *graph, struct diag *diag, const char *text)
{
	const char *near = suggest(graph, text);
	if (near)
		ctx_hint(graph->ctx, diag, "did you mean '%s'?", near);
	else
		hint_candidates(graph, diag, &graph->heads);
	return false;
}

static bool report_walk(const struct graph *graph, const struct identifier *identifier,
			const char *reason, const struct revision_list *candidates)
{
	struct diag *diag = ctx_error(graph->ctx, "chain", span_none(), "can't go '%s': %s",
				      identifier->text, reason);
	if (candidates) {
		hint_candidates(graph, diag, candidates);
		ctx_hint(graph->ctx, diag, "name the revision in place of '%s'%s", identifier->text,
			 identifier->branch ? "" : ", or a branch: BRANCH@…");
	}
	return false;
}

/* --- ids, labels and their beginnings --------------------------------------------------------- */

static bool begins(const struct revision *revision, const char *text)
{
	size_t len = strlen(text);
	if (!strncmp(revision->id, text, len))
		return true;
	for (size_t i = 0; i < revision->branch_labels.n; i++)
		if (!strncmp(revision->branch_labels.items[i], text, len))
			return true;
	return false;
}

/* Ids and labels as they stand, else those that begin so, on `line` (NULL: anywhere). */
static void candidates_of(const struct graph *graph, const char *text, const bool *line,
			  struct revision_list *found)
{
	struct revision *exact = map_get(&graph->by_id, ctx_name(graph->ctx, text));
	if (exact) {
		LIST_PUSH(graph->arena, found, exact);
		return;
	}
	for (size_t i = 0; *text && i < graph->all.n; i++)
		if ((!line || line[i]) && begins(graph->all.items[i], text))
			LIST_PUSH(graph->arena, found, graph->all.items[i]);
}

static bool report_several(const struct graph *graph, const char *text,
			   const struct revision_list *found)
{
	struct diag *diag = ctx_error(graph->ctx, "chain", span_none(),
				      "'%s' is the beginning of %zu revisions", text, found->n);
	hint_candidates(graph, diag, found);
	return false;
}

bool identify_branch(const struct graph *graph, const char *branch, struct revision **revision)
{
	struct revision_list found = { 0 };
	candidates_of(graph, branch, NULL, &found);
	if (found.n > 1)
		return report_several(graph, branch, &found);
	if (!found.n)
		return hint_unknown(graph,
				    ctx_error(graph->ctx, "chain", span_none(),
					      "there is no branch '%s': no revision has that label "
					      "or id",
					      branch),
				    branch);
	*revision = found.items[0];
	return true;
}

static bool find_symbol(const struct graph *graph, const struct identifier *identifier,
			const bool *line, struct revision **revision)
{
	const char *text = identifier->symbol;
	struct revision_list found = { 0 };
	candidates_of(graph, text, line, &found);
	if (!found.n && line) /* it may be on another branch, which is said below */
		candidates_of(graph, text, NULL, &found);
	if (!found.n)
		return hint_unknown(graph,
				    ctx_error(graph->ctx, "chain", span_none(),
					      "can't locate revision '%s': no file has it", text),
				    text);
	if (found.n > 1)
		return report_several(graph, text, &found);
	if (line && !line[found.items[0]->at]) {
		ctx_error(graph->ctx, "chain", span_none(), "revision '%s' is not on branch '%s'",
			  found.items[0]->id, identifier->branch);
		return false;
	}
	*revision = found.items[0];
	return true;
}

/* --- words with a meaning --------------------------------------------------------------------- */

static void keep_line(const struct graph *graph, const struct revision_list *list, const bool *line,
		      struct revision_list *kept)
{
	for (size_t i = 0; i < list->n; i++)
		if (!line || line[list->items[i]->at])
			LIST_PUSH(graph->arena, kept, list->items[i]);
}

static bool find_current(const struct graph *graph, const struct string_list *rows,
			 const bool *line, struct revision_list *found)
{
	bool *in = reach_none(graph);
	if (!rows) {
		ctx_error(graph->ctx, "chain", span_none(),
			  "'current' is what a database is at: none is named here");
		return false;
	}
	if (!reach_rows(graph, rows, in))
		return false;
	for (size_t i = 0; i < rows->n; i++) {
		struct revision *revision = graph_by_id(graph, rows->items[i]);
		if (!line || line[revision->at])
			LIST_PUSH(graph->arena, found, revision);
	}
	return true;
}

/* What stands before the steps. */
static bool find_absolute(const struct graph *graph, const struct string_list *rows,
			  const struct identifier *identifier, struct revision_list *found)
{
	const char *symbol = identifier->symbol;
	struct revision *branch = NULL, *revision;
	if (identifier->branch && !identify_branch(graph, identifier->branch, &branch))
		return false;
	bool *line = branch ? reach_line(graph, branch, REACH_PARENTS) : NULL;
	if (!strcmp(symbol, "base"))
		return true;
	if (!strcmp(symbol, "heads")) {
		keep_line(graph, line ? &graph->heads : &graph->ends, line, found);
		return true;
	}
	if (!strcmp(symbol, "head")) {
		keep_line(graph, &graph->heads, line, found);
		return found->n < 2 || report_heads(graph, identifier, found);
	}
	if (!strcmp(symbol, "current"))
		return find_current(graph, rows, line, found);
	if (!find_symbol(graph, identifier, line, &revision))
		return false;
	LIST_PUSH(graph->arena, found, revision);
	return true;
}

/* --- steps ------------------------------------------------------------------------------------ */

/* Those of the applied ones on `line` that no other one of them needs: where the branch stands. */
static void tips_on(const struct graph *graph, bool *applied, const bool *line,
		    struct revision_list *tips)
{
	bool *covered = reach_none(graph);
	for (size_t i = 0; i < graph->all.n; i++) {
		const struct revision *revision = graph->all.items[i];
		for (size_t j = 0; applied[i] && line[i] && j < revision->needs.n; j++)
			covered[revision->needs.items[j]->at] = true;
	}
	for (size_t i = 0; i < graph->all.n; i++)
		if (applied[i] && line[i] && !covered[i])
			LIST_PUSH(graph->arena, tips, graph->all.items[i]);
}

/* No row is on the branch, but what one of them comes after or depends on may be: up from the newest
 * of that; back from what nothing that is applied comes after. */
static bool tips_of(const struct graph *graph, const struct string_list *rows,
		    const struct identifier *identifier, struct revision_list *tips)
{
	struct revision *branch = NULL;
	struct revision_list current = { 0 };
	bool *applied = reach_none(graph);
	if (!identify_branch(graph, identifier->branch, &branch) ||
	    !reach_rows(graph, rows, applied) || !graph_current(graph, rows, &current))
		return false;
	const bool *line = reach_line(graph, branch, REACH_PARENTS);
	reach_ancestors(graph, applied, REACH_ALL);
	if (identifier->steps > 0) {
		tips_on(graph, applied, line, tips);
		return true;
	}
	keep_line(graph, &current, line, tips);
	if (tips->n)
		return true;
	ctx_error(graph->ctx, "chain", span_none(),
		  "can't go '%s': nothing of branch '%s' is applied that others do not stand on",
		  identifier->text, identifier->branch);
	return false;
}

bool identify_start(const struct graph *graph, const struct string_list *rows,
		    const struct identifier *identifier, struct revision **start)
{
	struct identifier current = { .text = identifier->text,
				      .symbol = "current",
				      .branch = identifier->branch };
	struct revision_list at = { 0 };
	*start = NULL;
	if (!find_absolute(graph, rows, &current, &at))
		return false;
	if (!at.n && identifier->branch && !tips_of(graph, rows, identifier, &at))
		return false;
	if (at.n > 1)
		return report_walk(graph, identifier,
				   identifier->steps > 0 ? "the database has several heads"
							 : "several revisions could be the last",
				   &at);
	*start = at.n ? at.items[0] : NULL;
	return true;
}

static const struct revision_list *next_of(const struct graph *graph, const struct revision *at,
					   bool up)
{
	if (up)
		return at ? &at->children : &graph->bases;
	return &at->parents;
}

bool identify_walk(const struct graph *graph, const struct identifier *identifier,
		   struct revision *start, const struct revision *branch, bool short_of,
		   struct revision **end)
{
	bool up = identifier->steps > 0;
	const bool *line = up && branch ? reach_line(graph, branch, REACH_PARENTS) : NULL;
	*end = start;
	for (long left = labs(identifier->steps); left; left--) {
		struct revision_list next = { 0 };
		if (up || *end)
			keep_line(graph, next_of(graph, *end, up), line, &next);
		bool to_base = !up && *end && !next.n;
		if (next.n > 1)
			return report_walk(graph, identifier, "the way parts", &next);
		if (!next.n && !to_base && short_of)
			return true;
		if (!next.n && !to_base)
			return report_walk(graph, identifier,
					   up ? "there are not so many revisions ahead"
					      : "there are not so many revisions behind",
					   NULL);
		*end = next.n ? next.items[0] : NULL;
	}
	return true;
}

/* The revision that steps begin at. */
static bool find_start(const struct graph *graph, const struct string_list *rows,
		       const struct identifier *identifier, struct revision **start)
{
	struct revision_list found = { 0 };
	struct identifier before = *identifier;
	if (!identifier->symbol)
		return identify_start(graph, rows, identifier, start);
	/* BRANCH@REV+N goes on from REV, which may well be before the branch; head and current need it */
	if (identifier->steps > 0 && strcmp(identifier->symbol, "head") != 0 &&
	    strcmp(identifier->symbol, "current") != 0)
		before.branch = NULL;
	if (!find_absolute(graph, rows, &before, &found))
		return false;
	if (found.n > 1)
		return report_heads(graph, identifier, &found);
	*start = found.n ? found.items[0] : NULL;
	return true;
}

static bool find(const struct graph *graph, const struct string_list *rows, const char *text,
		 bool short_of, struct revision_list *found)
{
	struct identifier identifier;
	struct revision *branch = NULL, *at = NULL;
	*found = (struct revision_list){ 0 };
	identifier_parse(graph->arena, text, &identifier);
	if (!identifier.relative)
		return find_absolute(graph, rows, &identifier, found);
	if (identifier.branch && !identify_branch(graph, identifier.branch, &branch))
		return false;
	if (!find_start(graph, rows, &identifier, &at) ||
	    !identify_walk(graph, &identifier, at, branch, short_of, &at))
		return false;
	if (at)
		LIST_PUSH(graph->arena, found, at);
	return true;
}

bool identify(const struct graph *graph, const struct string_list *rows, const char *text,
	      struct revision_list *found)
{
	return find(graph, rows, text, false, found);
}

bool identify_up_to(const struct graph *graph, const struct string_list *rows, const char *text,
		    struct revision_list *found)
{
	return find(graph, rows, text, true, found);
}

bool identify_one(const struct graph *graph, const struct string_list *rows, const char *text,
		  struct revision **revision)
{
	struct revision_list found;
	*revision = NULL;
	if (!identify(graph, rows, text, &found))
		return false;
	if (found.n > 1) {
		struct diag *diag =
			ctx_error(graph->ctx, "chain", span_none(),
				  "'%s' is %zu revisions, where one is asked for", text, found.n);
		hint_candidates(graph, diag, &found);
		return false;
	}
	*revision = found.n ? found.items[0] : NULL;
	return true;
}
