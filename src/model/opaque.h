/*
 * opaque: the expressions of a table that could not be parsed.
 *
 * Introspection keeps such a text as it is (EXPR_OPAQUE), and it is compared as
 * text. The model language has no way to write it, nor have op lines: a model
 * does not hold it.
 */
#ifndef AUTOGEN_MODEL_OPAQUE_H
#define AUTOGEN_MODEL_OPAQUE_H

#include "model/schema.h"

/* `what` and `name` say where it stands: column 'a', index 'k', partitioning (name NULL). */
typedef void opaque_visit(const char *what, const struct name *name, const struct expr *expr,
			  void *data);
/* In the order of columns, indexes, checks, partitions. */
void opaque_each(const struct table *table, opaque_visit *visit, void *data);

#endif
