/*
 * split: SQL text into statements, as the servers' own client does.
 *
 * Knows strings, backquotes, comments (kept), DELIMITER lines, backslash escapes, and what a statement
 * that sets sql_mode makes of them for those behind it (the clients are told by the server).
 */
#ifndef AUTOGEN_REVISION_SPLIT_H
#define AUTOGEN_REVISION_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * One statement: [start, end) of the text, comments before it excluded, terminator excluded (and
 * blanks and comments right before the terminator).
 */
struct split_statement {
	size_t comments; /* start of the comments and blank lines above it */
	size_t start, end;
};

struct splitter {
	const char *text;
	size_t len, at;
	char delimiter[16];
	/* Of the session's sql_mode, as the statements so far set it: */
	bool no_backslash_escapes;
	bool ansi_quotes; /* "…" is a name, in which a backslash is none */
	const char *stop; /* a line that begins so ends the text (at is left on it); NULL: none */
	char open;        /* what the text ends within: a quote, * for a block comment; 0: neither */
	size_t opened_at; /* where that was opened */
};

void split_init(struct splitter *splitter, const char *text, size_t len);
/* false at the end (then only `comments` is set); *unterminated says that the last one had no
 * terminator. */
bool split_next(struct splitter *splitter, struct split_statement *statement, bool *unterminated);

#endif
