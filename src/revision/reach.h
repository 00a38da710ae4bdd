/*
 * reach: sets of revisions as marks: in[revision->at].
 *
 * For this room alone. Made in the graph's arena.
 */
#ifndef AUTOGEN_REVISION_REACH_H
#define AUTOGEN_REVISION_REACH_H

#include "revision/graph.h"

enum reach_links {
	REACH_PARENTS, /* down_revision alone */
	REACH_ALL,     /* depends_on, too */
};

bool *reach_none(const struct graph *graph);
/* Adds all that the marked ones come after, or what comes after them. */
void reach_ancestors(const struct graph *graph, bool *in, enum reach_links links);
void reach_descendants(const struct graph *graph, bool *in, enum reach_links links);
/* `revision` with its ancestors and descendants. */
bool *reach_line(const struct graph *graph, const struct revision *revision, enum reach_links links);
/* Marks the revisions of rows; false with a diagnostic when one is of no file. */
bool reach_rows(const struct graph *graph, const struct string_list *rows, bool *in);

/* In the order of the files. */
void reach_sort(struct revision_list *list);
bool revision_list_has(const struct revision_list *list, const struct revision *revision);
bool string_list_has(const struct string_list *list, const char *text);

#endif
