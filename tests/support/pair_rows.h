/*
 * pair_rows: rows for the tables of a model A that a change to B, and back, can take.
 *
 * What a row holds is decided from both models: a value must be one of the type before and of
 * the type after, satisfy keys and checks of both, and be the same in the columns that foreign
 * keys tie. So the n-th row of a table has the n-th value of what its column can hold, whatever
 * the column's name. A column that no value suits holds NULL; where it may not, its table stays
 * empty. Columns that nothing leans on and that keep their type get the edges of it.
 *
 * Afterwards the columns whose type is the same must hold what they held.
 */
#ifndef AUTOGEN_TESTS_PAIR_ROWS_H
#define AUTOGEN_TESTS_PAIR_ROWS_H

#include "model/schema.h"
#include "mysql/db.h"

struct buf;
struct rows_table;

struct rows {
	struct arena *arena;
	const struct schema *a, *b;
	unsigned n; /* of each table that has any */
	bool zero_dates;
	struct { struct rows_table **items; size_t n, cap; } tables;
};

enum rows_stop { ROWS_AT_A, ROWS_AT_B };

/* `b` with its `was`. `zero_dates`: sessions take them, as what a date comes back with that has no
 * default. */
void rows_plan(struct rows *rows, struct arena *arena, const struct schema *a,
	       const struct schema *b, bool zero_dates);
/* Fills the tables of A. false: the server refused, queued; the statement is in *sql. */
bool rows_insert(struct rows *rows, struct db *db, const char **sql);
/* Keeps what the columns hold that must not change. */
bool rows_remember(struct rows *rows, struct db *db);
/* Adds to `out` what is no longer so. false: the server refused, queued. */
bool rows_compare(struct rows *rows, struct db *db, enum rows_stop stop, struct buf *out);
/* Tables that have rows. */
size_t rows_tables(const struct rows *rows);

#endif
