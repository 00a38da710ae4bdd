/*
 * quote: the one place where names and values become SQL text.
 */
#ifndef AUTOGEN_BASE_QUOTE_H
#define AUTOGEN_BASE_QUOTE_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct name;

/* `name` in backquotes, inner ones doubled. */
void quote_name(struct buf *out, const struct name *name);
void quote_identifier(struct buf *out, const char *name);
/* 'text': quotes doubled, backslashes doubled, NUL, newline, carriage return and ^Z written as
 * escapes. Valid while NO_BACKSLASH_ESCAPES is off (the runner's session and the scripts set it). */
void quote_string(struct buf *out, const char *text, size_t len);
/* The same of what is UTF-8, x'…' of what is not. */
void quote_bytes(struct buf *out, const char *bytes, size_t len);

bool is_utf8(const char *bytes, size_t len);

#endif
