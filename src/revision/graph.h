/*
 * graph: the chain of revisions: parents, heads, ways, the version table's rows, fold.
 *
 * Made from the files in version_locations. Faults (a missing parent, a
 * duplicate id, a cycle) are queued (rule `chain`) and leave what is sound usable.
 * Order is deterministic: by the longest way from a base, then by id; so parents
 * come before children. Heads and bases go by down_revision alone, as Alembic's
 * do; what is applied, and the version table's rows, by depends_on too.
 *
 * A branch label is on the revision that has it, on what comes after it, and, where
 * that is one line, on what is before it up to where the line begins.
 *
 * graph.c reads and orders, labels.c spreads labels, path.c finds ways, walk.c puts
 * revisions in the order they run in, rows.c moves rows, fold.c makes states.
 * Which revision a word means is identify.h's.
 */
#ifndef AUTOGEN_REVISION_GRAPH_H
#define AUTOGEN_REVISION_GRAPH_H

#include "base/file.h"
#include "base/map.h"
#include "revision/fault.h"

struct graph {
	struct context *ctx;       /* lent */
	struct arena *arena;       /* lent */
	struct revision_list files; /* all that could be read, in their order: those of one id, too */
	struct revision_list all;  /* parents before children */
	struct revision_list heads, bases; /* in the order of the files */
	struct revision_list ends; /* heads that no other revision depends on */
	bool sound;                /* no fault was found */
	struct fault_list faults;
	struct map by_id;          /* exact struct name of an id or branch label -> struct revision */
};

/* A missing folder is an empty chain. Files of a folder, and of those below it when `recursive`.
 * false only when a folder can't be read; what is wrong with files is queued and told by `sound`. */
bool graph_read(struct context *ctx, struct arena *arena, const struct path_list *locations,
		bool recursive, struct graph *graph);
/*
 * The same of revisions that were read already, whose links are made anew: files has them, ctx and
 * arena are set, the rest is empty.
 */
void graph_link(struct graph *graph);
/* Notes what else is wrong; the chain is not sound where that breaks it. */
struct fault *graph_fault(struct graph *graph, enum fault_kind kind, struct revision *revision,
			  const struct diag *diag);
/* Makes labels and what rows go by (graph_read does). */
void graph_label(struct graph *graph);
/* The revision of that very id, or NULL. */
struct revision *graph_by_id(const struct graph *graph, const char *id);
/* Does another one come after it by down_revision (a head: none), several ones, it after several? */
bool graph_is_head(const struct revision *revision);
bool graph_is_branch_point(const struct revision *revision);
bool graph_is_merge_point(const struct revision *revision);
/* Is it a head that no other revision depends on? */
bool graph_is_end(const struct revision *revision);

/*
 * What an upgrade or downgrade from `current` (ids of the version table) to
 * `target` (identify.h) runs, in order. Up: the targets and all that they come after or
 * depend on. Down: all that comes after the target by down_revision, and what comes
 * after or depends on that; of BRANCH@REV only what is on the way to BRANCH.
 * false with a diagnostic (unknown, ambiguous, not on the way).
 */
bool graph_path(const struct graph *graph, const struct string_list *current, const char *target,
		enum revision_direction direction, struct revision_list *path);
/*
 * The revisions of a range, newest first: those that `to` (text, NULL: all) comes after, itself
 * included; with `from` (NULL: from the beginning) only it and what comes after it. -N as `from` is
 * N back from `to`, +N as `to` is N on from `from`. `rows`: what `current` means, or NULL.
 */
bool graph_range(const struct graph *graph, const struct string_list *rows, const char *from,
		 const char *to, struct revision_list *range);
/* Those of `todo` (by revision->at), newest first: a branch from its head down to where another one
 * has to come first, heads in the order of the files. */
void graph_walk(const struct graph *graph, const bool *todo, const struct revision_list *heads,
		struct revision_list *order);

/* The revisions that are applied when the version table has these rows: they and all their
 * ancestors, in the order of `all`. false with a diagnostic when a row is of no file. */
bool graph_applied(const struct graph *graph, struct arena *arena, const struct string_list *rows,
		   struct revision_list *applied);
/* Those of the applied ones that no other one comes after by down_revision: what `current` shows. */
bool graph_current(const struct graph *graph, const struct string_list *rows,
		   struct revision_list *current);
/* Rows of the version table after running `revision` in that direction. */
void graph_step(const struct graph *graph, const struct string_list *rows,
		const struct revision *revision, enum revision_direction direction,
		struct string_list *after);
/*
 * Rows after stamping `words`: each row that is before or behind one of the revisions goes, the
 * revisions come; base takes all rows away, BRANCH@base those of the branch. `purge`: whatever rows
 * there are go. false with a diagnostic.
 */
bool graph_stamp(const struct graph *graph, const struct string_list *rows,
		 const struct string_list *words, bool purge, struct string_list *after);

/* The state at a set of revisions (ids; all heads when NULL): the fold of apply over them and their
 * ancestors, in the order in which an upgrade from base runs them. NULL with diagnostics.
 * Hand-written statements change nothing in it. */
struct schema *graph_fold(const struct graph *graph, struct arena *arena,
			  const struct server *server, const struct string_list *at);
/* The same of these revisions, in this order. */
struct schema *graph_fold_list(const struct graph *graph, struct arena *arena,
			       const struct server *server, const struct revision_list *revisions);
/* Adds what a revision says was there before the chain; nothing for most. */
bool fold_base(struct schema *schema, const struct revision *revision);
/* Applies the ops of one statement to the state before it, in place. false with diagnostics. */
bool fold_statement(struct schema *schema, const struct revision_statement *statement);

#endif
