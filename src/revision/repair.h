/*
 * repair: how a chain that is broken can be made whole.
 *
 * Of a graph with its faults: which line of which file's header has to become what, and why.
 * A revision whose parent is missing, or that comes after nothing, goes behind the first of those
 * revisions whose state its operations fit: heads before others, older ones than itself
 * before younger ones, the youngest of these first. A circle is opened at its oldest revision.
 * The younger one of two that have one id gets another id. A changed file gets the checksum of
 * what it is.
 *
 * Statements are never changed, no file is made, removed or called otherwise. What is not in the
 * list nobody can decide but people.
 */
#ifndef AUTOGEN_REVISION_REPAIR_H
#define AUTOGEN_REVISION_REPAIR_H

#include "revision/graph.h"

enum repair_kind { REPAIR_ID, REPAIR_PARENT, REPAIR_CHECKSUM };

struct repair {
	enum repair_kind kind;
	const struct revision *revision; /* as its file is */
	const char *was, *becomes;       /* what the line says; "" is nothing */
	const char *why;
};

struct repairs {
	struct { struct repair *items; size_t n, cap; } list; /* in the order of the files */
	struct graph graph; /* as it will be; its faults are those that stay */
};

/* The header line's key: "down_revision". */
const char *repair_key(enum repair_kind kind);
/* `server` as for validate_graph(). Nothing is queued but what it can't read. */
void repair_plan(const struct graph *graph, const struct server *server, struct repairs *repairs);
/* Writes the files, each by renaming. false with diagnostics; those before are written then. */
bool repair_write(const struct repairs *repairs);

#endif
