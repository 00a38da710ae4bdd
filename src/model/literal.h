/*
 * literal: what normal.c and literal.c share. Within the room only.
 */
#ifndef AUTOGEN_MODEL_LITERAL_H
#define AUTOGEN_MODEL_LITERAL_H

#include "model/normal.h"

/* Does the string mean the same in UTF-8 without its introducer (NULL: it has none)? */
bool literal_introducer_is_plain(const struct name *introducer, const char *text, size_t len);
/* The bytes of hexadecimal (EXPR_HEX) or binary (EXPR_BIT) digits, in the arena. */
const char *literal_bytes(struct arena *arena, const struct expr *literal, size_t *len);
/* Is it UTF-8? Control characters are allowed in strings, not in what was bytes. */
bool literal_is_text(const char *text, size_t len, bool controls);
/* Lower-case hexadecimal digits of the bytes. */
const char *literal_hex(struct arena *arena, const char *bytes, size_t len);

#endif
