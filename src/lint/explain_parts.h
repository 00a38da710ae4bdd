/*
 * explain_parts: what the two forms of an explanation, text and JSON, share.
 *
 * Private to src/lint.
 */
#ifndef AUTOGEN_LINT_EXPLAIN_PARTS_H
#define AUTOGEN_LINT_EXPLAIN_PARTS_H

#include "lint/explain.h"
#include "lint/judge_key.h"

/* A row of errors.def. */
struct explain_error {
	int number;
	const char *says, *means, *remedy;
};

/* NULL: nothing is known of that number. */
const struct explain_error *explain_find_error(int number);
/* What the situation is, of no key in particular. */
const char *explain_situation(struct context *ctx, struct arena *arena, enum fk_situation situation);
/* "mysql 8.0 and later", "mariadb before 10.11" */
void explain_range(struct buf *out, const struct judge_answer *answer);

#endif
