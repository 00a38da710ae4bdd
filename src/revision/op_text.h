/*
 * op_text: an op as a line of model syntax, and back.
 *
 * The grammar stands at struct tree_op. Everything is written out (charset,
 * collation, names), so that the line means the same on any day and any server.
 * op_from_text(op_to_text(op)) = op.
 *
 * Renames and moves are the exception: their text has names only, so what comes
 * back of them are sides that hold nothing but a name. op_complete() fills in the
 * definitions from the state that the op is about to change.
 */
#ifndef AUTOGEN_REVISION_OP_TEXT_H
#define AUTOGEN_REVISION_OP_TEXT_H

#include "diff/op.h"

void op_to_text(struct context *ctx, struct buf *out, const struct op *op);
/* NULL with diagnostics. */
const struct op *op_from_text(struct context *ctx, struct arena *arena,
			      const struct server *server, const struct source *src);
/* The op as it can be applied to `schema`: itself, or a copy with whole definitions in the arena. */
const struct op *op_complete(struct arena *arena, const struct schema *schema, const struct op *op);

#endif
