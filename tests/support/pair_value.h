/* pair_value: literals that a column can hold. For pair_rows. */
#ifndef AUTOGEN_TESTS_PAIR_ROW_H
#define AUTOGEN_TESTS_PAIR_ROW_H

#include "model/schema.h"

struct buf;

/* Families of values; each has a first, second, … one. */
enum value_kind {
	ROW_NONE,    /* nothing suits all types */
	ROW_LETTER,  /* 'a', 'b', … */
	ROW_NUMBER,  /* 1, 2, … */
	ROW_ZERO,    /* 0, for decimal(1,1) */
	ROW_BYTES,   /* 'a' and zeros, as long as it must be */
	ROW_DATE,    /* '2020-01-01', … */
	ROW_TIME,
	ROW_YEAR,
	ROW_MEMBER,  /* of all the lists of an enum or set */
	ROW_JSON,
	ROW_POINT, ROW_LINE, ROW_POLYGON, ROW_POINTS, ROW_LINES, ROW_POLYGONS,
	ROW_COLLECTION,
	ROW_UUID, ROW_INET4, ROW_INET6, ROW_VECTOR,
};

struct type_list { const struct type **items; size_t n, cap; };

/* What all the types can hold, and keep when they become each other; `tied`: by foreign keys, so that
 * a text has to be the same one again. *capacity: how many different ones there are. */
enum value_kind value_kind(const struct type_list *types, bool tied, unsigned *capacity);
/* The n-th (from 0). */
void value_print(struct buf *out, enum value_kind kind, const struct type_list *types, unsigned n);
/* An extreme of the column's type: the first or the second; false: there is none. */
bool value_print_edge(struct buf *out, const struct column *column, unsigned n);

#endif
