/*
 * validate: what is wrong with a chain, beyond what keeps revisions out of it (graph.h).
 *
 * Adds to graph->faults: bases without a label besides the oldest, heads that nobody joined, files
 * that were changed since they were written, revisions dated before their parents, operations
 * that do not fit the state before them, rows of a version table that no file has. Each is queued,
 * with a way out.
 */
#ifndef AUTOGEN_REVISION_VALIDATE_H
#define AUTOGEN_REVISION_VALIDATE_H

#include "revision/graph.h"

/* `server`: that for which op lines are read; NULL: there are none. `rows`: of the version table, or
 * NULL. */
void validate_graph(struct graph *graph, const struct server *server,
		    const struct string_list *rows);
/* Of bases that no label makes branches of their own, all but the oldest by date: in that order. */
void validate_bases(const struct graph *graph, struct revision_list *bases);
/* By create_date, then id: one without a date is younger than all others. */
int validate_by_date(const struct revision *a, const struct revision *b);

#endif
