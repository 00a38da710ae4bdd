/*
 * derive: names for what people left unnamed.
 *
 * fk_<table>_<columns>, uq_…, ix_…, ck_…; at most 64 characters. Longer ones are
 * cut and completed with `_` and the first 8 hexadecimal digits of the SHA-256
 * of the full name. The same happens when `taken` says that the name is in use.
 */
#ifndef AUTOGEN_MODEL_DERIVE_H
#define AUTOGEN_MODEL_DERIVE_H

#include "model/schema.h"

/* prefix: "fk", "uq", "ix", "ck", … */
const struct name *derive_name(struct context *ctx, const char *prefix, const struct name *table,
			       const struct name_list *columns);
/* The same, completed with the hash in any case: for a clash. */
const struct name *derive_name_hashed(struct context *ctx, const char *prefix,
				      const struct name *table, const struct name_list *columns);

#endif
