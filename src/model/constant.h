/*
 * constant: the value of a constant expression, as servers compute it.
 *
 * For what they store computed: the bounds of partitions. VALUES LESS THAN (to_days('2020-01-01'))
 * is kept as 737790. Exactly the functions that servers allow there are computed (MySQL manual,
 * "Partitioning Limitations Relating to Functions"; error 1564 for any other), of constants of which
 * all servers say the same (tests/server/test_bounds.c holds each function against them).
 *
 * Whole numbers are signed 64 bits, or unsigned ones when an operand is (above 2^63 - 1); what leaves
 * the range is an error of the servers (1690), so it has no value here either. unix_timestamp('…') is
 * computed at +00:00, the time zone of every session that autogen opens.
 */
#ifndef AUTOGEN_MODEL_CONSTANT_H
#define AUTOGEN_MODEL_CONSTANT_H

#include "model/normal.h"

/*
 * EXPR_NUMBER (a whole one, "-5"), EXPR_STRING (of a string, a date or a time), EXPR_NULL, or NULL:
 * it has no value that is known here. Of a constant in this form the value is that constant.
 * `expr` is in normal form (model/normal.h).
 */
const struct expr *constant_value(struct context *ctx, struct arena *arena,
				  const struct expr *expr);

#endif
