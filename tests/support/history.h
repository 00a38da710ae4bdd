/*
 * history: a random chain of revisions over tables that many foreign keys tie.
 *
 * nothing -> 0 -> 1 -> … -> HISTORY_STEPS, each state a random change of the one before, each
 * revision planned both ways and read back from its text. At every step the tables hold rows that
 * both its ends can take. All of it comes out of the seed.
 */
#ifndef AUTOGEN_TESTS_HISTORY_H
#define AUTOGEN_TESTS_HISTORY_H

#include "tests/support/pair.h"

#define HISTORY_STEPS 10

struct history {
	struct pair pair;                             /* seed, prefix, model; what failed, and why */
	struct schema *models[HISTORY_STEPS + 1];     /* as the generator made them, with their `was` */
	struct schema *at[HISTORY_STEPS + 1];         /* as the revisions' ops lead to them */
	struct revision *revisions[HISTORY_STEPS + 1]; /* [i] leads to at[i]; [0] from nothing */
	size_t foreign_keys, statements;              /* of all revisions */
};

/* Everything but the database, with at most `tables` tables at first. What goes wrong is in
 * `pair.failed`. */
void history_make(struct history *history, struct context *ctx, struct arena *arena,
		  const struct server_list *targets, uint64_t seed, unsigned tables);
/* From nothing to the first state. */
void history_begin(struct history *history, struct db *db);
/* From at[step - 1] to at[step], with rows. */
void history_step(struct history *history, struct db *db, size_t step);
/* From at[step] back to the one before, with rows; from 0 to nothing. */
void history_back(struct history *history, struct db *db, size_t step);

#endif
