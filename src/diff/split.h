/*
 * split: which of the ALTERs of one table each of its ops goes into. Internal to src/diff.
 *
 * All share the main one, but for what has to be over before it, and what waits until new columns
 * are filled: that takes along whatever stands on them.
 */
#ifndef AUTOGEN_DIFF_SPLIT_H
#define AUTOGEN_DIFF_SPLIT_H

#include "diff/planner.h"

/* What becomes of the ops of one table. */
struct split {
	struct op_list before;   /* what the main ALTER could not do from where it begins */
	struct op_list not_null; /* columns of foreign keys: alone */
	struct op_list main;
	struct column_list filled; /* columns that get a backfill after the main ALTER */
	struct column_list filled_before;
	bool versioned;                /* the table has system versioning at the beginning */
	struct op_list late;           /* after the filling */
	const struct index *late_drop; /* a key that is dropped then */
	struct op_list fulltext;       /* each in an ALTER of its own */
	bool late_primary_key, fulltext_seen;
	struct op_list last; /* keys that are invisible once there is a primary key; a CONNECTION */
};

/* Looks at all ops of the round (at least one), before the first is added. */
void split_begin(struct planner *planner, struct split *split, const struct op_list *ops);
void split_add(struct planner *planner, struct split *split, const struct op *op);

#endif
