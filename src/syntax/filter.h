/*
 * filter: the lexer's tokens to the grammar's.
 *
 * What a word means is settled here, by where it stands (grammar/keywords.def is the table):
 * newlines become separators unless a parenthesis is open, `,` and `}` end items too, words of one
 * phrase become one token. The grammar then needs no reserved words.
 */
#ifndef AUTOGEN_SYNTAX_FILTER_H
#define AUTOGEN_SYNTAX_FILTER_H

#include "syntax/token.h"

/* p->raw to p->tokens, which begin with `start` (S_FILE, …) and end in T_EOF. */
void filter_run(struct parse *p, int start);

#endif
