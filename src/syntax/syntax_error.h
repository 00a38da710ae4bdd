/*
 * syntax_error: what is said about a token that does not fit.
 */
#ifndef AUTOGEN_SYNTAX_SYNTAX_ERROR_H
#define AUTOGEN_SYNTAX_SYNTAX_ERROR_H

#include "syntax/token.h"

/* The token read last is not one of the `n` expected; nothing is said twice about a line. */
void syntax_error(struct parse *p, const char *const *expected, size_t n);

#endif
