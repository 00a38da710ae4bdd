/*
 * refusal: the reasons why autogen does not alter a table that it finds in a database (refusal.def).
 */
#ifndef AUTOGEN_MODEL_REFUSAL_H
#define AUTOGEN_MODEL_REFUSAL_H

enum refusal {
	REFUSAL_NONE,
#define REFUSAL(id, code) id,
#include "model/refusal.def"
#undef REFUSAL
};

/* As docs/exactness.md calls it; NULL for REFUSAL_NONE. */
const char *refusal_code(enum refusal refusal);

#endif
