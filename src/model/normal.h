/*
 * normal: the normal form of expressions and literals.
 *
 * What a server stores of an expression and what a person wrote have the same
 * normal form: words folded, aliases of functions one name, redundant
 * introducers gone, `!=` is `<>`, booleans 0 and 1 where the server writes them
 * so, negative numbers one literal, IN lists and casts as the server prints
 * them. Rules are a table. What is not known stays as it is.
 */
#ifndef AUTOGEN_MODEL_NORMAL_H
#define AUTOGEN_MODEL_NORMAL_H

#include "model/type.h"

/* The normal form, sharing what did not change; of itself it is the same; NULL for NULL. The rules
 * stand in normal.c, normal_call.c and function.def. */
const struct expr *normal_expr(struct context *ctx, struct arena *arena,
			       const struct server *server, const struct expr *expr);
/* Does an expression in normal form call what says something else on a replica (UNSAFE)? */
bool normal_is_unsafe(const struct expr *expr);
/*
 * The normal form of a literal default for a column of that type: what the
 * server would show for it. 0 and '0.0' for decimal(12,2) are '0.00'; 'abc' for
 * a string stays; b'1', 0x31 and true follow the type; '2020-01-01' for a
 * datetime(3) is '2020-01-01 00:00:00.000'. Returns an EXPR_STRING (numbers too:
 * one form), EXPR_BIT for bit columns, EXPR_HEX for binary ones that are no
 * text; NULL with a diagnostic (rule `default`) when the type can't hold it.
 */
const struct expr *normal_default(struct context *ctx, struct arena *arena,
				  const struct server *server, const struct type *type,
				  const struct expr *literal);

#endif
