/*
 * expr: expressions as trees.
 *
 * One tree for what people write in a model and for what information_schema
 * gives back (see syntax/parse.h for the dialects). A node says what it is in
 * `kind`; which members it uses stands beside each kind. Parentheses are not
 * kept: the printer puts them where precedence needs them. Nodes are immutable
 * once parsed; the normal form (model/normal.h) builds new ones.
 *
 * Special syntax is written into the kinds below like this (parser and printer agree on it):
 *	substring(a from b for c)         EXPR_CALL substring: a, b, c
 *	position(a in b)                  EXPR_CALL locate: a, b
 *	trim(both 'x' from y)             EXPR_CALL trim: EXPR_OPAQUE both|leading|trailing, 'x', y
 *	trim(leading from y)              EXPR_CALL trim: EXPR_OPAQUE leading, y
 *	trim('x' from y)                  EXPR_CALL trim: EXPR_OPAQUE both, 'x', y;  trim(y): y
 *	extract(year from x)              EXPR_CALL extract: EXPR_OPAQUE year, x
 *	timestampadd(day, a, b), get_format(date, 'EUR')
 *	                                  EXPR_CALL: EXPR_OPAQUE (the word, lower case), the rest
 *	char(a, b using utf8mb4)          EXPR_CALL char: a, b, EXPR_OPAQUE "using utf8mb4"
 *	json_value(a, b returning …)      EXPR_CALL json_value: a, b, EXPR_OPAQUE "returning …"
 *	    (an EXPR_OPAQUE that is not the first argument of a call is a clause: a blank, no comma)
 *	cast(a at time zone 'x' as …)     EXPR_BINARY at_time_zone as EXPR_CAST's args[0]
 *	row(a, b)                         EXPR_ROW
 *	current_timestamp                 EXPR_CALL without args, bare or with empty parentheses
 *	a != b                            EXPR_BINARY <>
 *	a not in (…), a is not null       EXPR_NOT of the plain form;  not a: EXPR_UNARY not
 */
#ifndef AUTOGEN_SYNTAX_EXPR_H
#define AUTOGEN_SYNTAX_EXPR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/name.h"
#include "base/source.h"

struct buf;

enum expr_kind {
	EXPR_NULL,
	EXPR_BOOL,     /* text: "true" or "false" */
	EXPR_NUMBER,   /* text: as written, no sign: 1, 1.50, 1e3, 0x1F is EXPR_HEX */
	EXPR_STRING,   /* text, len: the decoded bytes; name: the introducer (_utf8mb4) or NULL */
	EXPR_HEX,      /* text: the digits, of x'4D' and 0x4D alike; name: introducer or NULL */
	EXPR_BIT,      /* text: the digits of b'01' and 0b01 */
	EXPR_TEMPORAL, /* name: date, time or timestamp; text: of date'2020-01-01' */
	EXPR_COLUMN,   /* name; args: up to two qualifiers, EXPR_COLUMN too (db.table.column) */
	EXPR_STAR,     /* the * of count(*) */
	EXPR_VARIABLE, /* text: @a, @@session.b */
	EXPR_CALL,     /* name: the function; args */
	EXPR_UNARY,    /* name: - + ~ ! not binary; args[0] */
	EXPR_BINARY,   /* name: the operator in lower case (+ - * / div % mod and or xor || && = <=> <>
			  < <= > >= << >> & | ^ like regexp rlike -> ->> sounds_like member_of);
			  args[0], args[1]; like may have args[2], its escape */
	EXPR_NOT,      /* negated form of between, in, like, regexp, is: args[0] is the plain form */
	EXPR_BETWEEN,  /* args[0] between args[1] and args[2] */
	EXPR_IN,       /* args[0] in (args[1], …) */
	EXPR_IS,       /* args[0] is name: null, true, false, unknown */
	EXPR_CASE,     /* args: operand or EXPR_ABSENT, then when, then pairs, then else or EXPR_ABSENT */
	EXPR_ABSENT,
	EXPR_CAST,     /* args[0] as type; name NULL, or array for "as char array" (multi-valued keys) */
	EXPR_CONVERT,  /* convert(args[0] using name) */
	EXPR_COLLATE,  /* args[0] collate name */
	EXPR_INTERVAL, /* interval args[0] name */
	EXPR_ROW,      /* (a, b) */
	EXPR_OPAQUE,   /* text: what could not be parsed, compared as text */
};

struct tree_type;

struct expr {
	enum expr_kind kind;
	const struct name *name;
	const char *text;
	size_t len;                    /* of text */
	const struct tree_type *type;  /* EXPR_CAST */
	struct { struct expr **items; size_t n, cap; } args;
	struct span span;
};

struct expr_list { struct expr **items; size_t n, cap; };

enum expr_style {
	EXPR_MODEL, /* the model language: names bare where they can be, lower-case words */
	EXPR_SQL,   /* SQL for a server: every name in backquotes */
};

/* Builders, in the arena. */
struct expr *expr_new(struct arena *arena, enum expr_kind kind, struct span span);
struct expr *expr_string(struct arena *arena, const char *text, size_t len);
struct expr *expr_number(struct arena *arena, const char *text);
struct expr *expr_copy(struct arena *arena, const struct expr *expr); /* deep */

void expr_print(struct buf *out, const struct expr *expr, enum expr_style style);
/* The same tree: names by key, words without case, literals exactly; comparisons also with their sides
 * exchanged (5 < a is a > 5: MySQL stores NOT a as 0 = a). No normalising. NULL-safe. */
bool expr_equal(const struct expr *a, const struct expr *b);
/* Calls visit for every EXPR_COLUMN node below (and at) expr. */
void expr_each_column(const struct expr *expr,
		      void (*visit)(const struct expr *column, void *data), void *data);
/* Does the column stand anywhere in it? NULL-safe. */
bool expr_uses_column(const struct expr *expr, const struct name *column);
/* A copy in which column `from` is called `to`. */
struct expr *expr_rename_column(struct arena *arena, const struct expr *expr,
				const struct name *from, const struct name *to);

#endif
