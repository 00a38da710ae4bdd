/*
 * differ: what the halves of diff share. Internal to src/diff.
 *
 * `work` is a copy of `from` on which every op is carried out as soon as it is
 * pushed: what the next op says of `before` is what is there then, and ops that
 * would not fit are found here. Only dropped foreign keys are kept apart: they are
 * found after the renames, and go first, under the names they have then.
 */
#ifndef AUTOGEN_DIFF_DIFFER_H
#define AUTOGEN_DIFF_DIFFER_H

#include "diff/diff.h"
#include "diff/match.h"

/* A table that is on both sides. */
struct pair {
	const struct table *from, *to;
	struct table *work;
	const struct name *name;  /* in `work`, after the renames */
	int *column_of;           /* for each column of to the one of from; -1: new */
	bool *made_anew;          /* columns of to that must be dropped and added */
	bool *period_stays;       /* for each period of to */
	struct match_parts foreign_keys, checks, indexes;
};
struct pair_list { struct pair *items; size_t n, cap; };

struct differ {
	struct context *ctx;
	struct arena *arena;
	const struct schema *from, *to;
	struct schema *work;
	struct pair_list pairs;
	struct op_list key_drops; /* in names of before the renames */
	struct op_list ops;
	struct map dropped; /* tables of `from` */
	struct map key_names, check_names; /* name key -> anything: taken in the whole schema */
	bool ok;
};

/* Pushes the op and carries it out on `work`. */
struct op *differ_op(struct differ *differ, enum op_kind kind, const struct name *table,
		     struct span origin);
void differ_push(struct differ *differ, struct op *op);

/* diff_table.c: the parts of one pair */
bool diff_match_columns(struct differ *differ, struct pair *pair);
void diff_match_keys(struct differ *differ, struct pair *pair);
void diff_rename_columns(struct differ *differ, struct pair *pair);
void diff_drop_foreign_keys(struct differ *differ, struct pair *pair);
void diff_parts(struct differ *differ, struct pair *pair);
void diff_add_foreign_keys(struct differ *differ, struct pair *pair);
/* Notes the names of constraints that stay, so that new ones don't take them. */
void diff_note_names(struct differ *differ, struct pair *pair);
/* The name a new constraint gets: its own, or one with a hash where that is derived and taken. */
const struct name *diff_free_name(struct differ *differ, struct map *taken, const char *prefix,
				  const struct name *name, bool named, const struct name *table,
				  const struct name_list *columns);
/* The same key under that name. */
const struct foreign_key *diff_free_foreign_key(struct differ *differ, const struct table *table,
						const struct foreign_key *key);
const struct check *diff_free_check(struct differ *differ, const struct table *table,
				    const struct check *check);

/* diff_columns.c */
void diff_columns(struct differ *differ, struct pair *pair);
/* Fills pair->made_anew. */
void diff_find_made_anew(struct differ *differ, struct pair *pair);

/* diff_checks.c: `to` with its unnamed checks where `there` has them, at columns or the table. */
const struct table *diff_place_checks(struct arena *arena, const struct table *there,
				      const struct table *to);

/* diff_period.c */
/* Must the column, which holds a row's time, be dropped and added? */
bool diff_row_time_anew(const struct pair *pair, const struct column *column);
/* Fills pair->period_stays; after diff_find_made_anew(). */
void diff_match_periods(struct differ *differ, struct pair *pair);
/* Does a period that the key leans on go for a while? */
bool diff_loses_period(const struct pair *pair, const struct index *index);
bool diff_periods_equal(const struct table *a, const struct table *b);
void diff_drop_periods(struct differ *differ, struct pair *pair);
void diff_add_periods(struct differ *differ, struct pair *pair);

/* diff_options.c */
void diff_options(struct differ *differ, struct pair *pair);
bool diff_options_equal(const struct table *a, const struct table *b);

/* The most columns that can stay where they are: fills stays[i] for the places at[0..n) that kept
 * columns come from (a longest increasing subsequence). */
void diff_find_staying(struct arena *arena, const size_t *at, size_t n, bool *stays);

#endif
