/*
 * random_change: what the kinds of changes share. Internal to random_*.c.
 */
#ifndef AUTOGEN_TESTS_RANDOM_CHANGE_H
#define AUTOGEN_TESTS_RANDOM_CHANGE_H

#include "tests/support/random_model.h"

struct changer {
	struct random_model *model;
	struct random *random;
	struct arena *arena;
	const struct schema *from;
	struct schema *to; /* to be repaired after each change */
};

struct table *change_any_table(struct changer *c);
/* The index of some column. */
size_t change_any_column(struct changer *c, const struct table *table);

/* Each changes something, somewhere, or nothing. */
void change_add_index(struct changer *c);
void change_drop_index(struct changer *c);
void change_index(struct changer *c);
void change_swap_index_names(struct changer *c);
void change_add_foreign_key(struct changer *c);
void change_foreign_key(struct changer *c);
void change_check(struct changer *c);

#endif
