/*
 * resolve_table: a table's attributes and its items with mixins expanded.
 *
 * Private to src/dsl (the public resolve_table() for op lines is in resolve.h).
 */
#ifndef AUTOGEN_DSL_RESOLVE_TABLE_H
#define AUTOGEN_DSL_RESOLVE_TABLE_H

#include "dsl/resolve_charset.h"
#include "dsl/scope.h"

/* Makes draft->table with its attributes, draft->entries and draft->columns. `inherited` is the
 * schema's charset and collation, `engine` its engine. */
void table_begin(struct resolver *r, struct draft *draft, const struct charset_choice *inherited,
		 const struct name *engine);
/* Resolves the columns and puts them into the table. */
void table_columns(struct resolver *r, struct draft *draft);

/* InnoDB, MyISAM, …: the servers' spelling; others as written. */
const struct name *engine_canonical(struct context *ctx, const struct name *engine);

#endif
