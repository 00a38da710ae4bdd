/*
 * words: grammar/keywords.def and attribute.def as tables, for the filter and for "did you mean".
 */
#ifndef AUTOGEN_SYNTAX_WORDS_H
#define AUTOGEN_SYNTAX_WORDS_H

#include "syntax/token.h"

/* Where a word stands. */
enum place { PLACE_TOP, PLACE_ENTRY, PLACE_CONSTRAINT, PLACE_NAME, PLACE_KEY_NAME, PLACE_TYPE,
	     PLACE_ATTRS, PLACE_WORD, PLACE_VALUE, PLACE_TARGETS, PLACE_HEAD, PLACE_CLAUSE,
	     PLACE_PARTITION, PLACE_PARTITION_DEF, PLACE_OP, PLACE_OP_VERB, PLACE_OP_TAIL,
	     PLACE_PARTS, PLACE_NAMES, PLACE_EXPR };

/* Of words of expressions. */
enum word_when { WHEN_ALWAYS, WHEN_OPERAND, WHEN_CALL, WHEN_TRIM, WHEN_IS };

struct keyword {
	int token;
	const char *spelling;
	unsigned places; /* 1 << PLACE_… */
	enum place next, then;
	int where;
};

struct expr_word {
	int token;
	const char *spelling;
	enum word_when when;
};

/* Words of the raw tokens from `at` that make up the phrase; 0: it doesn't stand there. */
size_t words_match(const struct token_list *raw, size_t at, const char *phrase);

/* The longest that stands at `at`, its number of tokens in *n; NULL: none. */
const struct keyword *words_keyword(const struct token_list *raw, size_t at, unsigned places,
				    size_t *n);
/* `whens`: 1 << WHEN_… */
const struct expr_word *words_expr(const struct token_list *raw, size_t at, unsigned whens,
				   size_t *n);
/* An attribute of an item of that letter: an attr_kind, or -1. */
int words_attr(const struct token_list *raw, size_t at, int where, size_t *n);
/* The tokens of a type's name there, 1 for one that is not the servers'; 0: no word.
 * Says in *known, unless NULL, if it is one of the servers'. */
size_t words_type(const struct token_list *raw, size_t at, bool *known);
/* The character set that one word says, or NULL. */
const char *words_charset(const struct token_list *raw, size_t at);
/* Is it the first word of an attribute? Then it is no type's name. */
bool words_begins_attr(const char *word, int where);
bool words_bare_call(const char *word);

/* The nearest attribute or keyword, for a hint, or NULL. */
const char *words_suggest_attr(const char *word, int where);
const char *words_suggest_keyword(const char *word, unsigned places);

#endif
