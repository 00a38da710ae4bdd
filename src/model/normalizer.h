/*
 * normalizer: what normal.c and normal_call.c share. Within the room only.
 */
#ifndef AUTOGEN_MODEL_NORMALIZER_H
#define AUTOGEN_MODEL_NORMALIZER_H

#include "model/normal.h"

struct normalizer {
	struct context *ctx;
	struct arena *arena;
	const struct server *server;
};

/* Nodes; arguments are shared. */
const struct expr *normal_node(struct normalizer *n, enum expr_kind kind, const char *name,
			       const struct expr *const *args, size_t n_args);
const struct expr *normal_text(struct normalizer *n, enum expr_kind kind, const char *text);
struct expr *normal_copy(struct normalizer *n, const struct expr *expr);

bool normal_is(const struct expr *expr, enum expr_kind kind, const char *name);

/* The rules of one node whose arguments are in normal form. */
const struct expr *normal_reduce(struct normalizer *n, const struct expr *expr);
/* normal_call.c: of EXPR_CALL and EXPR_CAST */
const struct expr *normal_call(struct normalizer *n, const struct expr *expr);
const struct expr *normal_cast_type(struct normalizer *n, const struct expr *expr);
/* cast(arg as word) */
const struct expr *normal_cast(struct normalizer *n, const struct expr *arg, const char *word);
/* The unit of an interval: sql_tsi_day is day. */
const struct name *normal_unit(struct normalizer *n, const char *word);

/* function.def */
bool normal_call_is_boolean(const struct name *function);
bool normal_call_sees_bytes(const struct normalizer *n, const struct name *function);

#endif
