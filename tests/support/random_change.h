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

/* The column, to be changed. */
struct column *change_edit_column(struct changer *c, struct table *table, size_t at);
/* One of a ring of renames: a further change could make it look as if nothing had been swapped. */
bool change_is_swapped(const struct table *table, const struct column *column);
/* The table as it was before this step; NULL: it is new. */
const struct table *change_old_table(const struct changer *c, const struct table *table);
/* A value for rows that have none; NULL: none is known. */
const struct expr *change_literal(struct changer *c, const struct column *column);
void change_rename_column(struct changer *c, struct table *table, size_t at);

/* Each changes something, somewhere, or nothing. */
void change_add_column(struct changer *c);
void change_add_serial(struct changer *c);
void change_drop_column(struct changer *c);
void change_retype_column(struct changer *c);
void change_adjust_column(struct changer *c);
void change_move_column(struct changer *c);
void change_rename_any_column(struct changer *c);
void change_swap_columns(struct changer *c);
void change_generated(struct changer *c);
void change_rare_column(struct changer *c);
void change_rare_index(struct changer *c);
void change_add_index(struct changer *c);
void change_drop_index(struct changer *c);
void change_index(struct changer *c);
void change_swap_index_names(struct changer *c);
void change_add_foreign_key(struct changer *c);
void change_foreign_key(struct changer *c);
void change_check(struct changer *c);

#endif
