/*
 * type_row: type.def as a table, for the files of type. Within the room only.
 */
#ifndef AUTOGEN_MODEL_TYPE_ROW_H
#define AUTOGEN_MODEL_TYPE_ROW_H

#include "model/type.h"

enum shape {
	SHAPE_NONE,
	SHAPE_WIDTH,
	SHAPE_YEAR,
	SHAPE_LENGTH,
	SHAPE_REQUIRED,
	SHAPE_TEXT,
	SHAPE_DECIMAL,
	SHAPE_FLOAT,
	SHAPE_DOUBLE,
	SHAPE_FSP,
	SHAPE_VALUES,
};

struct type_row {
	const char *name;
	enum type_class class;
	enum shape shape;
	unsigned long limit;
	int by_default;
	unsigned bytes;
	enum capability capability;
};

extern const struct type_row type_rows[TYPE_COUNT];

enum alias_meaning { ALIAS_SAME, ALIAS_BOOL, ALIAS_NATIONAL };

struct type_alias {
	const char *phrase;
	enum type_id id;
	enum alias_meaning meaning;
};

/* Ends with a phrase of NULL. */
extern const struct type_alias type_aliases[];

#endif
