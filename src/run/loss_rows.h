/*
 * loss_rows: how many rows that are there now does a loss concern?
 *
 * A query a loss, built from a table of conditions by the kind of the loss, so
 * that a person sees before anything runs what would be lost: "3 rows are
 * longer". It counts up to LOSS_ROWS_MOST rows, and gives up after
 * LOSS_ROWS_SECONDS: by a hint of MySQL's, a variable of MariaDB's; where a server
 * has neither, tables above LOSS_ROWS_ROWS rows (by information_schema) are left
 * alone. Nothing depends on the answer: a loss that concerns no row now needs its
 * acknowledgement as well.
 *
 * The database is as it was before the ops that come first: what they rename is
 * asked for under the old name, what they make is not there yet.
 */
#ifndef AUTOGEN_RUN_LOSS_ROWS_H
#define AUTOGEN_RUN_LOSS_ROWS_H

#include "diff/loss.h"
#include "mysql/db.h"
#include "run/past.h"

#define LOSS_ROWS_MOST 100000
#define LOSS_ROWS_SECONDS 2
#define LOSS_ROWS_ROWS 1000000

struct loss_rows {
	bool counted;
	unsigned long rows; /* LOSS_ROWS_MOST + 1: more than that */
	const char *text;   /* "3 rows are longer", "0 rows concerned now", why it is not known;
			       NULL: there is nothing to ask yet */
};

/* `past`: of the ops that run before the loss's own. Queues nothing. */
struct loss_rows loss_rows_count(struct arena *arena, struct db *db, const struct past *past,
			  const struct loss *loss);
/* The loss and what it concerns, for a message; db NULL: the loss alone. */
const char *loss_rows_describe(struct arena *arena, struct db *db, const struct past *past,
			     const struct loss *loss);

#endif
