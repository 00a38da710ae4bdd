/*
 * filter_state: what the two halves of the filter share.
 *
 * filter.c walks the tokens: lines, parentheses, blocks. filter_word.c settles what a word means.
 */
#ifndef AUTOGEN_SYNTAX_FILTER_STATE_H
#define AUTOGEN_SYNTAX_FILTER_STATE_H

#include "grammar/model.tab.h"
#include "syntax/words.h"

/* An open parenthesis. */
struct frame {
	int opener;            /* the token before it */
	enum place then;       /* where it goes on behind */
};

struct filter {
	struct parse *p;
	int start;             /* S_FILE, … */
	size_t at;             /* of p->raw */
	size_t comment;        /* of p->comments: those before it have been looked at */
	enum place place, then;
	int where;             /* the letter of the item that is being read */
	int item;              /* its token */
	int braces;            /* letter of the block that is open; 0: none */
	int block;             /* the token of its item */
	bool names;            /* the next parenthesis holds names */
	enum place after_to;   /* operations */
	struct frame frames[SYNTAX_MAX_DEPTH + 1];
	size_t depth;
	bool stop;
};

/* The token at `i`, T_EOF behind the end. */
static inline const struct token *filter_raw(const struct filter *f, size_t i)
{
	return &f->p->raw.items[i < f->p->raw.n ? i : f->p->raw.n - 1];
}

static inline const struct token *filter_last(const struct filter *f, size_t back)
{
	const struct token_list *tokens = &f->p->tokens;

	return &tokens->items[tokens->n > back ? tokens->n - 1 - back : 0];
}

static inline bool filter_is_word(const struct token *token)
{
	return token->kind == T_WORD || token->kind == T_QUOTED;
}

/* The innermost open parenthesis, or NULL. */
static inline const struct frame *filter_inner(const struct filter *f)
{
	return f->depth ? &f->frames[f->depth - 1] : NULL;
}

/* Gives the raw token at f->at out as one of that kind. */
struct token *filter_emit(struct filter *f, int kind);
/* Each takes one token or more from f->at; head and clause maybe none, but then f->place changes. */
void filter_take_word(struct filter *f);
void filter_take_head(struct filter *f);
void filter_take_clause(struct filter *f);

#endif
