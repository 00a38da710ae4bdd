/*
 * type_narrow: may a change of a column's type lose data (type_narrows of type.h)?
 */
#include "model/type_row.h"

#include <string.h>

#define LONGEST_TEXT 4294967295L /* bytes of longtext */
#define LONGEST_FLOAT 24         /* -1.7976931348623157e-308 */

/* Decimal digits before the point that every value of an integer type fits in. */
static int integer_digits(const struct type *type)
{
	switch (type_rows[type->id].bytes) {
	case 1:
		return 3;
	case 2:
		return 5;
	case 3:
		return type->is_unsigned ? 8 : 7;
	case 4:
		return 10;
	default:
		return type->is_unsigned ? 20 : 19;
	}
}

/* Characters that a value may need when it is written out; -1: no small bound. */
static long text_length(const struct type *type)
{
	const struct type_row *row = &type_rows[type->id];
	long longest = 0;
	switch (row->class) {
	case CLASS_INTEGER: {
		long width = type->zerofill ? type->length : 0;
		long digits = integer_digits(type) + !type->is_unsigned;
		return width > digits ? width : digits;
	}
	case CLASS_DECIMAL:
		return type->length + (type->decimals > 0) + (type->decimals == type->length) + 1;
	case CLASS_DATE:
		return 10;
	case CLASS_TIME:
		return 10 + (type->decimals > 0 ? type->decimals + 1 : 0);
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return 19 + (type->decimals > 0 ? type->decimals + 1 : 0);
	case CLASS_YEAR:
		return 4;
	case CLASS_STRING:
	case CLASS_BINARY:
		return type->length;
	case CLASS_TEXT:
	case CLASS_BLOB:
		return (long)row->limit;
	case CLASS_ENUM:
	case CLASS_SET:
		for (size_t i = 0; i < type->values.n; i++) {
			long len = (long)strlen(type->values.items[i]);
			if (row->class == CLASS_SET)
				longest += len + (i > 0);
			else if (len > longest)
				longest = len;
		}
		return longest;
	case CLASS_FLOAT:
		return type->length >= 0 ? type->length + 3 : LONGEST_FLOAT;
	case CLASS_BIT:
	case CLASS_JSON:
	case CLASS_SPATIAL:
	case CLASS_OTHER:
		break;
	}
	return -1;
}

static bool integer_narrows(const struct type *from, const struct type *to)
{
	unsigned from_bytes = type_rows[from->id].bytes, to_bytes = type_rows[to->id].bytes;
	if (from->is_unsigned == to->is_unsigned)
		return to_bytes < from_bytes;
	/* signed values may be below 0; unsigned ones need one byte more */
	return to->is_unsigned || to_bytes <= from_bytes;
}

/* From a number to a decimal. */
static bool decimal_narrows(const struct type *from, const struct type *to)
{
	if (to->is_unsigned && !from->is_unsigned)
		return true;
	int whole = to->length - to->decimals;
	if (type_class(from) == CLASS_INTEGER)
		return whole < integer_digits(from);
	return whole < from->length - from->decimals || to->decimals < from->decimals;
}

/* All members stay; servers go by their names. */
static bool members_narrow(const struct type *from, const struct type *to)
{
	for (size_t i = 0; i < from->values.n; i++) {
		bool found = false;
		for (size_t j = 0; j < to->values.n; j++)
			found |= !strcmp(from->values.items[i], to->values.items[j]);
		if (!found)
			return true;
	}
	return false;
}

static bool fits_float(const struct type *from, const struct type *to)
{
	if (to->length >= 0 || (to->is_unsigned && !from->is_unsigned))
		return false;
	if (type_class(from) == CLASS_INTEGER) /* 24 and 53 bits of mantissa */
		return type_rows[from->id].bytes <= (to->id == TYPE_FLOAT ? 3u : 4u);
	return to->id == TYPE_DOUBLE && from->id == TYPE_FLOAT;
}

/* Bytes are kept as they are. */
static bool is_bytes(enum type_class class)
{
	return class == CLASS_BINARY || class == CLASS_BLOB;
}

static bool is_text(enum type_class class)
{
	return class == CLASS_STRING || class == CLASS_TEXT;
}

/* To a string or a byte string: from anything whose text is short enough. */
static bool text_narrows(const struct type *from, const struct type *to)
{
	enum type_class from_class = type_class(from), to_class = type_class(to);
	long need = text_length(from), room = text_length(to);
	if (is_bytes(from_class) && !is_bytes(to_class))
		return true; /* bytes that are no text are lost */
	if (to->id == TYPE_CHAR && from->id != TYPE_CHAR && is_text(from_class))
		return true; /* blanks at the end are lost */
	if (to->id == TYPE_BINARY && from->id != TYPE_BINARY)
		return true; /* zero bytes are added */
	if (need < 0)
		return room < LONGEST_TEXT;
	/* lengths of char and varchar are characters, of the others bytes: 4 a character at most */
	if (from_class == CLASS_STRING && to_class != CLASS_STRING)
		need *= 4;
	return need > room;
}

bool type_narrows(const struct type *from, const struct type *to)
{
	enum type_class a = type_class(from), b = type_class(to);
	if (is_text(b) || is_bytes(b))
		return text_narrows(from, to);
	if (b == CLASS_INTEGER && a == CLASS_INTEGER)
		return integer_narrows(from, to);
	if (b == CLASS_DECIMAL && (a == CLASS_INTEGER || a == CLASS_DECIMAL))
		return decimal_narrows(from, to);
	if (b == CLASS_INTEGER && a == CLASS_YEAR)
		return type_rows[to->id].bytes < 2;
	if (b == CLASS_FLOAT && a == CLASS_FLOAT && from->id == to->id &&
	    from->length == to->length && from->decimals == to->decimals)
		return to->is_unsigned && !from->is_unsigned;
	if (b == CLASS_FLOAT && (a == CLASS_INTEGER || a == CLASS_DECIMAL || a == CLASS_FLOAT))
		return !fits_float(from, to);
	if (b == CLASS_BIT && a == CLASS_BIT)
		return to->length < from->length;
	if ((b == CLASS_ENUM || b == CLASS_SET) && (a == b || (a == CLASS_ENUM && b == CLASS_SET)))
		return members_narrow(from, to);
	if (b == CLASS_DATETIME && a == CLASS_DATE)
		return false;
	if (b == CLASS_DATETIME && (a == CLASS_DATETIME || a == CLASS_TIMESTAMP))
		return to->decimals < from->decimals;
	if ((b == CLASS_TIMESTAMP || b == CLASS_TIME) && a == b)
		return to->decimals < from->decimals;
	if (b == CLASS_SPATIAL && to->id == TYPE_GEOMETRY && a == CLASS_SPATIAL)
		return to->srid >= 0 && to->srid != from->srid;
	if (a == CLASS_OTHER && b == CLASS_OTHER && from->id == TYPE_INET4 && to->id == TYPE_INET6)
		return false;
	return from->id != to->id || from->length != to->length;
}
