/*
 * limits: what no server, or not this one, makes of a table's keys and columns.
 *
 * Looked at once a table is whole, over its model. Foreign keys are the judge's
 * (lint/judge.h); syntax that a server lacks is features.h. Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_LIMITS_H
#define AUTOGEN_DSL_LIMITS_H

#include "dsl/scope.h"

void limits_check(struct resolver *r, const struct draft *draft);

#endif
