/*
 * limit_expr: columns that the expression of another one can't use.
 *
 * Of a whole table's model, like limits.h. A server computes columns from left to right, ordinary
 * ones first: what they have computed themselves isn't there before (measured in
 * tests/server/test_refusals.c). Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_LIMIT_EXPR_H
#define AUTOGEN_DSL_LIMIT_EXPR_H

#include "dsl/scope.h"

void limit_expr(struct resolver *r, const struct table *table);

#endif
