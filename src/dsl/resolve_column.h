/*
 * resolve_column: a column from its draft.
 *
 * Private to src/dsl (the public resolve_column() for op lines is in resolve.h).
 */
#ifndef AUTOGEN_DSL_RESOLVE_COLUMN_H
#define AUTOGEN_DSL_RESOLVE_COLUMN_H

#include "dsl/scope.h"

/* Makes draft->column, once; false with errors (queued the first time only). */
bool column_resolve(struct resolver *r, struct draft_column *draft);

/*
 * Does what a column's `check` says belong to the column, as MariaDB keeps it, rather than to the
 * table? So it does when every server here is a MariaDB.
 */
bool column_keeps_check(const struct resolver *r, const struct column *column);

/* The column that an item on its own makes (op lines); NULL with errors. */
struct column *column_resolve_item(struct resolver *r, const struct tree_item *item);

#endif
