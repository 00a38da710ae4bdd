/*
 * limit_engine: what the engine of a table can't have (model/engine_lack.def).
 *
 * Of a whole table's model, like limits.h. Options are features.h. Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_LIMIT_ENGINE_H
#define AUTOGEN_DSL_LIMIT_ENGINE_H

#include "dsl/scope.h"

void limit_engine(struct resolver *r, const struct table *table);

#endif
