/*
 * pair_show: SHOW CREATE TABLE of a model's tables, and whether two of them say the same.
 *
 * What may differ: the next AUTO_INCREMENT value, the order of keys and constraints (a key added
 * later stands last) and that of MariaDB's engine options (so does one that is given later), whether
 * a column's charset or collation that is the table's is written, and whether partitions that are but
 * counted are listed.
 */
#ifndef AUTOGEN_TESTS_PAIR_SHOW_H
#define AUTOGEN_TESTS_PAIR_SHOW_H

#include "model/schema.h"
#include "mysql/db.h"

struct buf;

struct shown {
	const struct name *table;
	const char *text; /* lines in the form that is compared */
};
struct shown_list { struct shown *items; size_t n, cap; };

/* Of all tables of `schema`. false: the server refused one, queued. */
bool show_tables(struct db *db, struct arena *arena, const struct schema *schema,
		 struct shown_list *list);
/* Adds to `out` the lines that one side has and the other hasn't. */
void show_compare(const struct shown_list *now, const struct shown_list *expected,
		  struct buf *out);

#endif
