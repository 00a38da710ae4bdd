/*
 * remake: an index that is dropped and added again in one ALTER TABLE.
 *
 * A server that finds the same parts under the same name may see no change and
 * leave the old index where it is: MySQL looks at kind, parts and USING, since 8.0
 * at the comment (CAP_INDEX_REST_SEEN, CAP_INDEX_COMMENT_SEEN). What it overlooks
 * takes FORCE, but for visibility, which has a clause of its own and touches no row.
 */
#ifndef AUTOGEN_EMIT_REMAKE_H
#define AUTOGEN_EMIT_REMAKE_H

#include "diff/plan.h"

enum remake {
	REMAKE_PLAIN,      /* DROP INDEX, ADD INDEX */
	REMAKE_VISIBILITY, /* ALTER INDEX: they differ in nothing else */
	REMAKE_FORCE,      /* DROP INDEX, ADD INDEX, FORCE */
};

/* How the index of that OP_DROP_INDEX or OP_ADD_INDEX is made anew by the statement; REMAKE_PLAIN
 * where it is only dropped, or only added. */
enum remake remake_of(const struct server_list *targets, const struct statement *statement,
		      const struct op *op);
/* Has the statement an index that takes FORCE? */
bool remake_needs_force(const struct server_list *targets, const struct statement *statement);

#endif
