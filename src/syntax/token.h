/*
 * token: what the lexer makes and the filter reworks.
 *
 * The lexer (grammar/model.l) turns bytes into tokens and comments. It knows no words: every bare
 * one is T_WORD. The filter (syntax/filter.h) makes of them the tokens that the grammar knows; their
 * numbers are bison's, for both. Everything is in the arena of the parse.
 */
#ifndef AUTOGEN_SYNTAX_TOKEN_H
#define AUTOGEN_SYNTAX_TOKEN_H

#include "base/diag.h"
#include "syntax/parse.h"

/* More errors than these in one text help nobody. */
#define PARSE_MAX_ERRORS 100

struct token {
	int kind; /* enum model_tokentype */
	struct span span;
	const struct name *name; /* words, names, operators: as written; phrases: lower case */
	const char *text;        /* literals: decoded; digits; the body of an object */
	size_t len;
	int row;       /* attributes: enum tree_attr_kind; items: 'S', 'T', …; keys: tree_key_kind */
	size_t match;  /* parentheses: the index of the other one; 0: there is none */
	bool commas;   /* opening parenthesis: a comma stands directly in it */
};

struct token_list { struct token *items; size_t n, cap; };

struct comment_mark {
	struct tree_comment comment;
	struct span span;
	bool own_line;  /* nothing but blanks before it on its line */
	bool taken;     /* it has found its item */
};

struct comment_list { struct comment_mark *items; size_t n, cap; };

/* One run of the parser. */
struct parse {
	struct context *ctx;
	struct arena *arena;
	struct arena *lists; /* of raw and tokens, which nothing that is parsed points into */
	const struct source *src;
	enum syntax_dialect dialect;
	bool quiet;      /* queue nothing: parse_expr() */
	unsigned errors;
	struct token_list raw;     /* of the lexer; the last one is T_EOF */
	struct token_list tokens;  /* of the filter */
	size_t next;               /* of tokens: what the grammar reads next */
	struct comment_list comments;
	bool eof_read;             /* the grammar has seen T_EOF */
	struct { uint32_t *items; size_t n, cap; } error_starts; /* places of errors so far */
	/* results */
	struct tree_file *file;
	struct tree_item *item;
	struct tree_type *type;
	struct tree_attr_list *attrs;
	struct expr *expr;
	struct tree_partition *partition;
	struct tree_op *op;
};

/* Bytes to p->raw and p->comments. */
void lexer_run(struct parse *p);

/* Queues an error unless the parse is quiet: then, and only then, NULL. */
struct diag *parse_error(struct parse *p, struct span span, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* NULL-safe in the diagnostic. */
#define parse_hint(p, error, ...)                                    \
	do {                                                         \
		struct diag *hint_diag_ = (error);                   \
		if (hint_diag_)                                      \
			ctx_hint((p)->ctx, hint_diag_, __VA_ARGS__); \
	} while (0)

#endif
