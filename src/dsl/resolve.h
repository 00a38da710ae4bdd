/*
 * resolve: trees to a model, for a server.
 *
 * Expands types, mixins, `like`, typeless `references`, `serial`; moves keys and
 * checks written at columns to the table; derives names; resolves charset and
 * collation column ← type ← table ← schema ← database, noting where each came
 * from; puts literals and expressions in normal form; adds the index that a
 * foreign key needs; leaves out what the server accepts and ignores (CHECK on 5.6).
 * Every error is queued with the item's place; as much as possible is reported.
 */
#ifndef AUTOGEN_DSL_RESOLVE_H
#define AUTOGEN_DSL_RESOLVE_H

#include "model/schema.h"

struct tree_file_list { struct tree_file **items; size_t n, cap; };

/* The targets of the schema block, for choosing a server before resolving. */
bool resolve_targets(struct context *ctx, struct arena *arena, const struct tree_file_list *files,
		     struct server_list *targets);

/* The desired model; NULL when there were errors. `files` and `server` must outlive it. */
struct schema *resolve_files(struct context *ctx, struct arena *arena,
			     const struct tree_file_list *files, const struct server *server);

/*
 * Single items that say everything themselves (op lines): no like, mixin, named
 * type; charset and collation written at every string column; names written.
 * `table` is needed for messages only. NULL with diagnostics.
 */
const struct column *resolve_column(struct context *ctx, struct arena *arena,
				    const struct server *server, const struct tree_item *item);
const struct index *resolve_index(struct context *ctx, struct arena *arena,
				  const struct server *server, const struct tree_item *item);
const struct foreign_key *resolve_foreign_key(struct context *ctx, struct arena *arena,
					      const struct tree_item *item);
const struct check *resolve_check(struct context *ctx, struct arena *arena,
				  const struct server *server, const struct tree_item *item);
const struct period *resolve_period(struct context *ctx, struct arena *arena,
				    const struct tree_item *item);
/* A whole table that says everything itself; not added to any schema. */
struct table *resolve_table(struct context *ctx, struct arena *arena, const struct server *server,
			    const struct tree_item *item);

#endif
