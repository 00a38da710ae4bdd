/*
 * unresolve: a model (or a part of one) to a tree, for inspect and op lines.
 *
 * UNRESOLVE_FULL writes everything out (op lines: charset, collation and name of
 * everything); UNRESOLVE_SHORT leaves out what the table or schema implies and
 * names that would be derived all the same (inspect).
 * resolve(unresolve(x)) equals x, either way.
 */
#ifndef AUTOGEN_DSL_UNRESOLVE_H
#define AUTOGEN_DSL_UNRESOLVE_H

#include "model/schema.h"

enum unresolve_style { UNRESOLVE_FULL, UNRESOLVE_SHORT };

struct tree_item *unresolve_column(struct context *ctx, struct arena *arena,
				   const struct column *column, const struct table *table,
				   enum unresolve_style style); /* table: for SHORT; may be NULL */
struct tree_item *unresolve_index(struct context *ctx, struct arena *arena,
				  const struct index *index, const struct table *table,
				  enum unresolve_style style);
struct tree_item *unresolve_foreign_key(struct context *ctx, struct arena *arena,
					const struct foreign_key *key, const struct table *table,
					enum unresolve_style style);
struct tree_item *unresolve_check(struct context *ctx, struct arena *arena,
				  const struct check *check, const struct table *table,
				  enum unresolve_style style);
struct tree_item *unresolve_period(struct arena *arena, const struct period *period);
/* `schema` gives what SHORT may leave out; NULL with FULL. */
struct tree_item *unresolve_table(struct context *ctx, struct arena *arena,
				  const struct table *table, const struct schema *schema,
				  enum unresolve_style style);
/* The schema block and every table, sorted by name. */
struct tree_file *unresolve_schema(struct context *ctx, struct arena *arena,
				   const struct schema *schema);

#endif
