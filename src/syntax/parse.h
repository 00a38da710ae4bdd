/*
 * parse: text to tree.
 *
 * flex makes an array of tokens (grammar/model.l), the filter (syntax/filter.c)
 * turns newlines into separators, fuses words and tells clauses from columns,
 * bison (grammar/model.y) builds nodes. The parser is pure: no state outside
 * the call. It takes any bytes: invalid UTF-8, NULs and nesting beyond
 * SYNTAX_MAX_DEPTH are errors with a place, never a crash.
 *
 * Errors are queued with rule `syntax`; a file goes on at the next line, so one
 * run reports all it can. With errors the result holds what could be read
 * (file) or is NULL (the others). The tree lives in `arena`, the source must
 * outlive it.
 */
#ifndef AUTOGEN_SYNTAX_PARSE_H
#define AUTOGEN_SYNTAX_PARSE_H

#include "syntax/tree.h"

struct context;

#define SYNTAX_MAX_DEPTH 200

/* How the text of an expression is spelled: model files and op lines are SYNTAX_MODEL. */
enum syntax_dialect {
	SYNTAX_MODEL,
	SYNTAX_MYSQL,   /* information_schema of MySQL: escaped quotes of CHECK_CLAUSE and
			   GENERATION_EXPRESSION (\'), introducers */
	SYNTAX_MARIADB, /* information_schema of MariaDB */
};

struct tree_file *parse_file(struct context *ctx, struct arena *arena, const struct source *src);
/* One item of a table: a column, a key, … */
struct tree_item *parse_item(struct context *ctx, struct arena *arena, const struct source *src);
struct tree_op *parse_op(struct context *ctx, struct arena *arena, const struct source *src);
/* A type with the attributes that belong to it (unsigned, zerofill, charset, collate, srid), as
 * COLUMN_TYPE writes it; *attrs may be NULL. */
struct tree_type *parse_type(struct context *ctx, struct arena *arena, const struct source *src,
			     struct tree_attr_list *attrs);
/* Queues nothing when the text does not parse: NULL, and the caller makes it opaque. */
struct expr *parse_expr(struct context *ctx, struct arena *arena, const char *text, size_t len,
			enum syntax_dialect dialect);
struct tree_partition *parse_partition(struct context *ctx, struct arena *arena,
				       const struct source *src);

#endif
