/*
 * diff: what has to change to make one model the other.
 *
 * Ops come in an order in which apply() takes them one after the other (not yet
 * the order for a server: that is plan.h). Deterministic: tables in the order of
 * `to` (dropped ones in the order of `from`, first), parts within a table
 * likewise. `was` makes renames; an equal key under another derived name is no
 * change; columns get moved with the fewest moves (longest increasing subsequence).
 *
 * Promise: apply(diff(a, b), a) equals b, and diff(b, b) is empty.
 */
#ifndef AUTOGEN_DIFF_DIFF_H
#define AUTOGEN_DIFF_DIFF_H

#include "diff/op.h"

/*
 * Appends to ops. Queues errors (rule `was`: both names exist, two claim one; rule
 * `backfill`: new NOT NULL column without default on an existing table) and
 * returns false. Both schemas must outlive the ops. Tables marked `unknown` in
 * `from` are an error naming them when `to` has them.
 */
bool diff_schemas(struct context *ctx, struct arena *arena, const struct schema *from,
		  const struct schema *to, struct op_list *ops);

/* Are the two tables the same to a server (column order included)? For the runner's look. */
bool diff_table_equal(struct context *ctx, const struct table *a, const struct table *b);

#endif
