/*
 * concern: which tables of a database a series of operations alters or drops.
 *
 * Of these SHOW CREATE TABLE is held against the model before the first
 * statement (run/clauses.h). Names are those that the tables have before the
 * first operation: renames are followed. A table that the operations make is
 * none, nor is one that they only rename. One that they drop is: the way back
 * would make it without what the model does not hold.
 */
#ifndef AUTOGEN_RUN_CONCERN_H
#define AUTOGEN_RUN_CONCERN_H

#include "diff/op.h"

/* What a name means by now. */
struct concern_name {
	const struct name *now;
	const struct name *was; /* before the first operation; NULL: made by one of them */
};

struct concern {
	struct arena *arena; /* lent */
	struct { struct concern_name *items; size_t n, cap; } known;
	struct name_list names; /* the answer, each once */
};

/* In the order in which they run. */
void concern_add(struct concern *concern, const struct op *op);

#endif
