/*
 * limit_partition: partitionings that no server takes, or not this one.
 *
 * Of a whole table's model, like limits.h. Each rule has the number of the error that all five
 * servers answer (MySQL manual, "Restrictions and Limitations on Partitioning"; measured in
 * tests/server/test_refusals.c). Foreign keys are the judge's. Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_LIMIT_PARTITION_H
#define AUTOGEN_DSL_LIMIT_PARTITION_H

#include "dsl/scope.h"

void limit_partition(struct resolver *r, const struct table *table);

#endif
