/*
 * collide: what branches that are to be merged do to the same objects.
 *
 * Of two branches each has revisions that the other has not. Operations of theirs
 * collide when both change the same table, column, key, check, option or object, and
 * when one takes away or changes what the other one leans on: a table that the other
 * changes, a column that a key of the other's has. Operations that do not collide
 * may run in either order.
 *
 * What statements written by hand do is not known: such revisions are listed.
 */
#ifndef AUTOGEN_REVISION_COLLIDE_H
#define AUTOGEN_REVISION_COLLIDE_H

#include "revision/graph.h"

struct collision {
	const struct revision *revisions[2];
	const struct op *ops[2];
};

struct collisions {
	struct { struct collision *items; size_t n, cap; } found;
	struct revision_list by_hand; /* with statements of which nothing is known */
};

/* Of each two of `heads`, in the order of their revisions. The server is that for which op lines are
 * read. false with diagnostics when they can't be. */
bool collide(const struct graph *graph, const struct server *server,
	     const struct revision_list *heads, struct collisions *collisions);

#endif
