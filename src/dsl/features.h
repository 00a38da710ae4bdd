/*
 * features: what a table uses, held against what the server can do.
 *
 * A refused feature is an error (rule `target`). One that is accepted and ignored
 * is an error (rule `target-ignored`) for a declared target, and left out of the
 * model for a server that one is merely connected to, so that nothing differs
 * from what that server shows. Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_FEATURES_H
#define AUTOGEN_DSL_FEATURES_H

#include "dsl/scope.h"

void features_check(struct resolver *r, struct draft *draft);
/* The same of what partitions say, as they are written. */
void features_check_partitions(struct resolver *r, const struct tree_partition_def_list *defs);

#endif
