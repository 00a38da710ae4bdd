/*
 * clause: the text of SHOW CREATE TABLE as entries and clauses.
 *
 * clause_token.c makes tokens of the text, clause_split.c entries and clauses of
 * the tokens. Nothing is lost on the way: every token belongs to one clause of
 * one entry. Introspection reads what information_schema does not tell out of
 * it, and src/run holds the model's own rendering against it.
 */
#ifndef AUTOGEN_MYSQL_CLAUSE_H
#define AUTOGEN_MYSQL_CLAUSE_H

#include "model/schema.h"

/* --- clause_token.c --- */

enum clause_token_kind {
	CLAUSE_WORD,   /* NOT, int, 10, 1.50, and every other sign: one of ( ) , = … */
	CLAUSE_NAME,   /* `a`, decoded */
	CLAUSE_STRING, /* 'a', decoded */
};

struct clause_token {
	enum clause_token_kind kind;
	bool sign;          /* a word that is a single sign */
	const char *text;   /* NUL-terminated */
	size_t len;
	const char *source; /* as it stands in the text */
	size_t source_len;
	bool blank_before;
};
struct clause_token_list { struct clause_token *items; size_t n, cap; };

/* A part of a text's tokens: from `from`, before `to`. */
struct clause_range { size_t from, to; };

/* Version comments are unwrapped; what stands in other comments counts as well. */
void clause_tokens(struct arena *arena, const char *text, struct clause_token_list *tokens);
/* What a backslash and that letter stand for in a string (manual, "String Literals"). */
char clause_unescape(char c);
/* Is it that word or sign, not quoted? */
bool clause_token_is(const struct clause_token *token, const char *word);
/* Behind the parenthesis that closes the one at `from`; at any other token: `from` + 1. */
size_t clause_skip(const struct clause_token_list *tokens, size_t from, size_t to);
/* As it stands in the text, with single blanks. */
char *clause_source(struct arena *arena, const struct clause_token_list *tokens,
		    struct clause_range range);

/* --- clause_split.c --- */

enum clause_shape {
	CLAUSE_NONE, CLAUSE_ONE_WORD, CLAUSE_TEXT, CLAUSE_WORDS, CLAUSE_NAMES, CLAUSE_TABLE,
	CLAUSE_PARTS, CLAUSE_EXPR, CLAUSE_DEFAULT, CLAUSE_BOUNDS, CLAUSE_METHOD, CLAUSE_REST,
};

struct clause {
	const char *phrase; /* the one spelling of clause.def; "" for an unknown one */
	enum clause_shape shape;
	struct clause_range all, value;
	bool matched;
};

struct clause_entry {
	char place;         /* the letter of clause.def */
	const char *label;  /* for people: column 'a' */
	const char *id;     /* equal for the same entry of two texts */
	const struct name *name; /* NULL: none */
	struct clause_range all;
	struct { struct clause *items; size_t n, cap; } clauses;
	bool matched;
};
struct clause_entry_list { struct clause_entry *items; size_t n, cap; };

struct clause_text {
	struct context *ctx;
	struct arena *arena;
	struct clause_token_list tokens;
	struct clause_entry_list entries; /* as they stand; of the table itself always one (T) */
};

void clause_split(struct context *ctx, struct arena *arena, const char *text,
		  struct clause_text *out);
/* Adds the clauses of a text to an entry. */
void clause_add(struct clause_text *text, struct clause_entry *entry, const char *more);
/* The clause with that phrase, or NULL. */
struct clause *clause_find(const struct clause_entry *entry, const char *phrase);
struct clause_entry *clause_find_entry(const struct clause_text *text, const char *id);

#endif
