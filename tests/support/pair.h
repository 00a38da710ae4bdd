/*
 * pair: a random model A and a changed one B, and the revisions between nothing, A and B.
 *
 * All of a pair comes out of its seed, the names of its tables and constraints included, so that
 * many pairs can stand in one database and each alone does what it did among the others.
 */
#ifndef AUTOGEN_TESTS_PAIR_H
#define AUTOGEN_TESTS_PAIR_H

#include "base/buf.h"
#include "mysql/db.h"
#include "revision/graph.h"
#include "tests/support/pair_rows.h"
#include "tests/support/pair_show.h"
#include "tests/support/random_model.h"

struct pair {
	struct context *ctx;
	struct arena *arena;
	const struct server_list *targets;
	uint64_t seed;
	const char *prefix; /* of its tables */
	struct random_model model;
	struct schema *a, *b;         /* as the generator made them, b with its `was` */
	struct schema *nothing, *at_a, *at_b; /* as the revisions' ops lead to them */
	struct revision *first, *second;      /* nothing to A, A to B; both with their way back */
	struct rows rows;
	struct shown_list shown_a;
	bool failed;
	struct buf report; /* why, in lines; what ran at the end */
};

/* A seed's model and prefix, and no more yet. */
void pair_init(struct pair *pair, struct context *ctx, struct arena *arena,
	       const struct server_list *targets, uint64_t seed);
/* The revision from one state to another, through its text. NULL with diagnostics. */
struct revision *pair_revision(struct pair *pair, const struct schema *from,
			       const struct schema *to);
/* The state that one direction leads to; NULL: its ops don't fit, or lead elsewhere (failed). */
struct schema *pair_fold(struct pair *pair, const char *what,
			 const struct revision_statement_list *list, const struct schema *from,
			 const struct schema *to);
/* Everything but the database. What goes wrong is in `failed` and `report`. */
void pair_make(struct pair *pair, struct context *ctx, struct arena *arena,
	       const struct server_list *targets, uint64_t seed);
void pair_free(struct pair *pair);

/* Marks it failed and says why; queued diagnostics are added and cleared. */
void pair_fail(struct pair *pair, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Runs one direction. */
bool pair_run(struct pair *pair, struct db *db, const char *what,
	      const struct revision_statement_list *list);
/* Runs what makes the tables of that state out of nothing. */
bool pair_create(struct pair *pair, struct db *db, const struct schema *state);
/* Its tables out of a schema of many. */
struct schema *pair_part(const struct pair *pair, const struct schema *all);
/* Both ways: nothing may differ, whichever side one looks from. */
bool pair_equal(struct pair *pair, const char *what, const struct schema *expected,
		const struct schema *found);

#endif
