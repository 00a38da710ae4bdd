/*
 * version_table: the SQL of the table that keeps the revisions a database is at.
 *
 * Alembic's shape and row rules: version_num varchar(32) primary key, a row a
 * head; a row goes over into another one where it can. Text alone: store.c runs
 * it, script.c writes it down.
 */
#ifndef AUTOGEN_RUN_VERSION_TABLE_H
#define AUTOGEN_RUN_VERSION_TABLE_H

#include "base/buf.h"
#include "revision/revision.h"

struct version_table {
	const char *database; /* NULL: whichever is selected */
	const char *name;
};

/* `database`.`name`, or the name alone. */
void version_table_name(struct buf *out, const struct version_table *table);
void version_table_create(struct buf *out, const struct version_table *table, bool if_missing);
/*
 * The statements that make the rows `after` of the rows `before` (no id twice in either), each given to
 * `each`. Stops, and returns false, where that does. The arena is for what it needs meanwhile.
 */
bool version_table_move(struct arena *arena, const struct version_table *table,
			const struct string_list *before, const struct string_list *after,
			bool (*each)(const struct buf *sql, void *data), void *data);
/* What is in `a` and not in `b`, in the order of `a`; the list in the arena, its texts shared. */
struct string_list version_rows_less(struct arena *arena, const struct string_list *a,
				     const struct string_list *b);

#endif
