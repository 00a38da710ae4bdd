/*
 * resolve_type: what a column's type is: a built-in one, a named one, that of the
 * column it is `like`, or of the one it references; with charset and collation.
 *
 * Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_RESOLVE_TYPE_H
#define AUTOGEN_DSL_RESOLVE_TYPE_H

#include "dsl/scope.h"

/*
 * Fills in type, charset, collation and their origins of column->column, and
 * column->attrs. Resolves other columns on the way. false with an error.
 */
bool type_resolve(struct resolver *r, struct draft_column *column);

/* Checks every named type once, used or not. */
void type_check_named(struct resolver *r);

/* "table.column" or "column", for messages. */
const char *column_words(struct resolver *r, const struct draft_column *column);

/* The columns of a table's primary key, as written at a column or as an item; empty: none. */
struct tree_ident_list type_primary_key(struct resolver *r, const struct draft *draft);

#endif
