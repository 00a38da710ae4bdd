/*
 * apply: carry out an op on a model.
 *
 * Changes the schema in place (tables are its own; their parts are shared and
 * replaced). The op must fit: a missing column, a definition that is not what
 * `before` says, or a name that is taken is an error (rule `apply`) and leaves
 * the schema as it was.
 */
#ifndef AUTOGEN_DIFF_APPLY_H
#define AUTOGEN_DIFF_APPLY_H

#include "diff/op.h"

bool apply_op(struct schema *schema, const struct op *op);
bool apply_ops(struct schema *schema, const struct op_list *ops);

#endif
