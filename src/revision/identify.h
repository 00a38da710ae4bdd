/*
 * identify: which revisions a word of the command line means.
 *
 *	REV              an id, a branch label, or the beginning of an id or label that only
 *	                 one revision has
 *	head, heads      the one that nothing comes after; all of them
 *	base             before the first
 *	current          what the database is at
 *	BRANCH@REV       REV, head, heads or base of the branch on which BRANCH (a label, or a
 *	                 revision) is
 *	REV+N, REV-N     N revisions on, or back, by down_revision (also base+N, head-N, and
 *	                 BRANCH@REV+N, which goes on along that branch)
 *	+N, -N           the same from what the database is at; BRANCH@+N on that branch
 *
 * What is unknown or could be several is an error that lists the candidates (rule `chain`).
 */
#ifndef AUTOGEN_REVISION_IDENTIFY_H
#define AUTOGEN_REVISION_IDENTIFY_H

#include "revision/graph.h"

struct identifier {
	const char *text;   /* as given */
	const char *branch; /* before the @; NULL: none */
	const char *symbol; /* REV, head, …; NULL: a number of steps alone */
	bool relative;      /* has it a number of steps? */
	long steps;
};

void identifier_parse(struct arena *arena, const char *text, struct identifier *identifier);
/* Does the word mean something only where there is a database? */
bool identifier_wants_rows(struct arena *arena, const char *text);

/* The revisions; none is base (or the head of an empty chain). `rows` of the version table, NULL
 * where there is no database. */
bool identify(const struct graph *graph, const struct string_list *rows, const char *text,
	      struct revision_list *found);
/* The same, but steps beyond the end of the chain are not counted. */
bool identify_up_to(const struct graph *graph, const struct string_list *rows, const char *text,
		    struct revision_list *found);
/* The same where it must be one; NULL is base. */
bool identify_one(const struct graph *graph, const struct string_list *rows, const char *text,
		  struct revision **revision);
/* The revision that a branch is named by. */
bool identify_branch(const struct graph *graph, const char *branch, struct revision **revision);
/* Where a number of steps alone begins: what the rows are at, on a branch where one is named.
 * *start NULL: base. */
bool identify_start(const struct graph *graph, const struct string_list *rows,
		    const struct identifier *identifier, struct revision **start);
/* N revisions on from `start` (NULL: base), along the branch of a revision (NULL: any), or back.
 * *end NULL: base. `short_of`: stop where the chain ends; else that is an error. */
bool identify_walk(const struct graph *graph, const struct identifier *identifier,
		   struct revision *start, const struct revision *branch, bool short_of,
		   struct revision **end);

#endif
