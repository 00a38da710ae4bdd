/*
 * resolve_outside: columns that would take their type from a table in another database.
 *
 * A model says what its own columns are, so that it means the same with a
 * database at hand and without one: it is an error. With a database the hint is
 * the column written out, to be pasted. Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_RESOLVE_OUTSIDE_H
#define AUTOGEN_DSL_RESOLVE_OUTSIDE_H

#include "dsl/scope.h"

/* `x like crm.users.id`. False, always: the caller ends with it. */
bool outside_refuse_like(struct resolver *r, const struct draft_column *draft);
/* `x references crm.users (id)`, or without columns. False, always. */
bool outside_refuse_reference(struct resolver *r, const struct draft_column *draft,
			      const struct tree_reference *reference);
/* `foreign key (x) references crm.users`: without columns. False, always. */
bool outside_refuse_columns(struct resolver *r, const struct tree_reference *reference);

#endif
