/*
 * orphans: rows whose foreign key names a row that the parent does not have.
 *
 * One anti-join a key counts them; of those it finds, a few are shown, and the
 * query that shows them all. A row with a NULL in the key needs no parent (MATCH
 * SIMPLE, the only one servers keep).
 */
#ifndef AUTOGEN_RUN_ORPHANS_H
#define AUTOGEN_RUN_ORPHANS_H

#include "model/schema.h"
#include "mysql/db.h"

#define ORPHANS_SHOWN 3

struct orphans {
	unsigned error;       /* the server's, of the query; 0: counted */
	unsigned long rows;
	const char *samples;  /* "('web', 17), ('ios', 3)"; NULL: no orphans */
	const char *query;    /* for people: each combination of values, and how many rows have it */
};

/* What of a key is not in the database yet. */
struct orphans_ahead {
	const char **values; /* SQL of what every row is to have in the column; NULL: the column is there */
	const struct column **converted; /* the string that the column becomes; NULL: it stays as it is */
	bool no_parent;      /* the parent is yet to be made: no row has one */
};

/* `key` as a key of `table`, both by the names that they have in the database now; `ahead` NULL: all
 * of it is there. Queues nothing; texts are in the arena. */
struct orphans orphans_count(struct arena *arena, struct db *db, const struct name *table,
			     const struct foreign_key *key, const struct orphans_ahead *ahead);
/* Do queries compare the key's columns as the server does? Not where their types count as one and are
 * two: enums go by number, decimals and times by their bytes. Also false when the database doesn't say. */
bool orphans_comparable(struct arena *arena, struct db *db, const struct name *table,
			const struct foreign_key *key);
/* "3 rows of 'orders' have no row in 'users': (platform, user_id) is ('web', 17), …" */
const char *orphans_words(struct arena *arena, const struct name *table,
			  const struct foreign_key *key, const struct orphans *orphans);

#endif
