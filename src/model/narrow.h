/*
 * narrow: may a change of a column's definition lose values of its rows?
 *
 * The answer is a table: classes of types times classes of types, a rule each (narrow.c). It says
 * what is lost on any of the servers, in strict mode, where a value that does not fit is refused;
 * tests/server/test_narrow.c holds it against them, with edge values: what loses nothing gives every
 * value back, what narrows loses at least one.
 *
 * Whether a column may be NULL, and what a generated column computes, is not looked at here.
 */
#ifndef AUTOGEN_MODEL_NARROW_H
#define AUTOGEN_MODEL_NARROW_H

#include "model/schema.h"

enum narrow_kind {
	NARROW_NOTHING,
	NARROW_LENGTH,  /* texts, byte strings and bits that are longer */
	NARROW_NUMBER,  /* numbers out of range, or with more digits */
	NARROW_TIME,    /* moments out of range, or with more digits or a time of day */
	NARROW_MEMBERS, /* of an enum or a set */
	NARROW_CHARSET, /* characters that the charset does not have */
	NARROW_CLASS,   /* values of another class: what becomes of them nobody can tell beforehand */
};

/* What values of `from` may lose in `to`; NARROW_NOTHING: all are kept, as they are. */
enum narrow_kind narrow_column(const struct column *from, const struct column *to);
/* Does the charset have every character of the other one? NULL: no text, which holds all. */
bool narrow_charset_holds(const struct name *from, const struct name *to);
/* The smallest and the largest whole number of an integer type, as digits. */
void narrow_integer_bounds(const struct type *type, const char **least, const char **most);

#endif
