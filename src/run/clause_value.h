/*
 * clause_value: are the values of two clauses equal? Internal to src/run.
 *
 * Strings by value, words without case, expressions in normal form when both
 * parse and else by their tokens; what a value looks like is clause.def's.
 */
#ifndef AUTOGEN_RUN_CLAUSE_VALUE_H
#define AUTOGEN_RUN_CLAUSE_VALUE_H

#include "mysql/clause.h"

/* Both of the same phrase; a is the server's. */
bool clause_value_equal(const struct server *server, const struct clause_text *a_text,
			const struct clause *a, const struct clause_text *b_text,
			const struct clause *b);

/* What a server adds to the literals of some types, so that it means nothing there. */
enum clause_padding { CLAUSE_NO_PADDING, CLAUSE_ZEROS_BEFORE, CLAUSE_NULS_BEHIND };
/* Are both literals, and equal but for that? */
bool clause_same_literal(const struct server *server, const struct clause_text *a_text,
			 const struct clause *a, const struct clause_text *b_text,
			 const struct clause *b, enum clause_padding padding);

#endif
