/*
 * draw: the chain as a drawn graph, a line a revision, newest first.
 *
 * A way is a lane. A revision stands in the leftmost lane that leads to it; the
 * others join it in a line above, and of what it comes after each but the first
 * leaves it in a line below:
 *
 *	●   d1  b1, c1 -> d1 …
 *	├─╮
 *	● │ c1
 *	│ ● b1
 *	├─╯
 *	●   a1
 */
#ifndef AUTOGEN_CLI_DRAW_H
#define AUTOGEN_CLI_DRAW_H

#include "base/buf.h"
#include "revision/graph.h"

struct draw {
	struct arena *arena;
	const struct graph *graph;
	const bool *shown;          /* by revision->at: ways to others are left out */
	struct revision_list lanes; /* what each leads to; NULL: it is free */
};

/* The revision's line, with `text`, and the lines that join and part ways around it. */
void draw_revision(struct draw *draw, struct buf *out, struct revision *revision, const char *text);

#endif
