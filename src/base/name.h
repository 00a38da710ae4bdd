/*
 * name: interned identifiers and words.
 *
 * Every name in autogen is a `const struct name *` out of one interner, so
 * comparing is a pointer test. Servers compare column, index and constraint
 * names without regard to case: `key` is the folded form (utf8proc lower case,
 * code point by code point, as the servers' utf8mb3 tables do), an interned
 * name itself. Two names are the same identifier when their keys are.
 * Table names are compared by key or exactly, as lower_case_table_names says:
 * see model/schema.h.
 *
 * Names live as long as the interner, which outlives every model.
 */
#ifndef AUTOGEN_BASE_NAME_H
#define AUTOGEN_BASE_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct name {
	const char *text; /* as written, NUL-terminated */
	size_t len;       /* bytes */
	const struct name *key;
};

struct interner {
	struct arena arena;
	const struct name **slots;
	size_t n, cap;
};

void interner_init(struct interner *interner);
void interner_free(struct interner *interner);

const struct name *name_intern(struct interner *interner, const char *text);
const struct name *name_intern_bytes(struct interner *interner, const char *text, size_t len);

/* NULL-safe: two NULLs are equal. */
static inline bool name_equal(const struct name *a, const struct name *b)
{
	return a == b || (a && b && a->key == b->key);
}

/* strcmp order of the folded forms, then of the texts: for deterministic sorting. */
int name_compare(const struct name *a, const struct name *b);

/* Characters (not bytes): servers limit identifiers to 64 of them. */
size_t name_length(const struct name *name);

/* ASCII-only helpers for words of the language: case-insensitive equality. */
bool word_equal(const char *a, const char *b);

#endif
