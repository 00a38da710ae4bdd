/*
 * resolve_name: names for what people left unnamed, and the indexes that foreign
 * keys need; both want every table's declarations to be there.
 *
 * Written names come first, then derived ones in the order of tables and items,
 * so that a clash always ends the same way. Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_RESOLVE_NAME_H
#define AUTOGEN_DSL_RESOLVE_NAME_H

#include "dsl/scope.h"

/* Names the drafts' keys and checks and moves them to the tables; adds supporting indexes unless
 * the resolver is for single items. */
void name_settle(struct resolver *r);

/* The name an index or check gets where none is written and nothing is in the way. */
const struct name *name_of_index(struct context *ctx, struct arena *arena,
				 const struct name *table, const struct index *index);
const struct name *name_of_check(struct context *ctx, struct arena *arena,
				 const struct name *table, const struct check *check);
const struct name *name_of_foreign_key(struct context *ctx, const struct name *table,
				       const struct foreign_key *key);

#endif
