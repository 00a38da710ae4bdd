/*
 * limit_members: members of enums and sets that a server would lose.
 *
 * Of a whole table's model, like limits.h. Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_LIMIT_MEMBERS_H
#define AUTOGEN_DSL_LIMIT_MEMBERS_H

#include "dsl/scope.h"

void limit_members(struct resolver *r, const struct table *table);

#endif
