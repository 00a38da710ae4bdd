/*
 * judge_loose: what servers take of a sound key, and nobody can mean.
 *
 * Warnings, since refusing what every server takes is not the judge's: types that count as one and
 * are two (fk-loose), a key of which the table has another one (fk-duplicate). What each rule says
 * to `autogen explain` is a WARNING row of judge.def. Private to src/lint.
 */
#ifndef AUTOGEN_LINT_JUDGE_LOOSE_H
#define AUTOGEN_LINT_JUDGE_LOOSE_H

#include "lint/judge_report.h"

/* Is a pair of columns loose? *pair says which. */
bool loose_pair(const struct table *table, const struct table *parent,
		const struct foreign_key *key, size_t *pair);
/* Queues the warnings of a key that no server refuses. */
void loose_report(const struct report *r);

/* What the rule warns of; NULL: it is none of these. */
const char *loose_words(const char *rule);

#endif
