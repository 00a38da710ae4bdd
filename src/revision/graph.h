/*
 * graph: the chain of revisions: parents, heads, paths, fold.
 *
 * Made from the files in version_locations. Faults (a missing parent, a
 * duplicate id, a cycle) are queued (rule `chain`) and leave what is sound usable.
 * Order is deterministic: by the longest way from a base, then by id; so parents
 * come before children. Heads and bases go by down_revision alone, as Alembic's
 * do; what is applied, and the version table's rows, by depends_on too.
 *
 * graph.c reads and orders, path.c finds ways, fold.c makes states.
 */
#ifndef AUTOGEN_REVISION_GRAPH_H
#define AUTOGEN_REVISION_GRAPH_H

#include "base/file.h"
#include "base/map.h"
#include "revision/revision.h"

struct graph {
	struct context *ctx;       /* lent */
	struct arena *arena;       /* lent */
	struct revision_list all;  /* parents before children */
	struct revision_list heads, bases;
	bool sound;                /* no fault was found */
	struct map by_id;          /* exact struct name of an id or branch label -> struct revision */
};

/* A missing folder is an empty chain. Files of a folder, not of those below it. false only when a
 * folder can't be read; what is wrong with files is queued and told by `sound`. */
bool graph_read(struct context *ctx, struct arena *arena, const struct path_list *locations,
		struct graph *graph);
/* A full id, a unique beginning of one, `head`, `heads` (NULL when several), `base` (ok, NULL).
 * false with a diagnostic that lists candidates. */
bool graph_find(const struct graph *graph, const char *text, struct revision **revision);
/*
 * What an upgrade or downgrade from `current` (ids of the version table) to
 * `target` runs, in order. Targets: head, heads, base, id, partial id, +N, -N.
 * false with a diagnostic (unknown, ambiguous, not on the way).
 */
bool graph_path(const struct graph *graph, const struct string_list *current, const char *target,
		enum revision_direction direction, struct revision_list *path);
/* The revision of that very id, or NULL. */
struct revision *graph_by_id(const struct graph *graph, const char *id);
/* The revisions that are applied when the version table has these rows: they and all their
 * ancestors, in the order of `all`. false with a diagnostic when a row is of no file. */
bool graph_applied(const struct graph *graph, struct arena *arena, const struct string_list *rows,
		   struct revision_list *applied);
/* Rows of the version table after running `revision` in that direction. */
void graph_step(const struct graph *graph, const struct string_list *rows,
		const struct revision *revision, enum revision_direction direction,
		struct string_list *after);
/* The state at a set of revisions (ids; all heads when NULL): the fold of apply over their ancestors.
 * NULL with diagnostics. Hand-written statements change nothing in it. */
struct schema *graph_fold(const struct graph *graph, struct arena *arena,
			  const struct server *server, const struct string_list *at);
/* Adds what a revision says was there before the chain; nothing for most. */
bool fold_base(struct schema *schema, const struct revision *revision);
/* Applies the ops of one statement to the state before it, in place. false with diagnostics. */
bool fold_statement(struct schema *schema, const struct revision_statement *statement);

#endif
