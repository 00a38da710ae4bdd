/*
 * rename: what a rename drags along, as servers do it.
 *
 * RENAME TABLE rewrites every foreign key that references the table, and gives
 * constraints called `<old>_ibfk_…` the new table's name (foreign-keys.md section 5);
 * MySQL does so with checks called `<old>_chk_…`, too (measured on 9.7).
 * Renaming a column rewrites the table's indexes, keys, checks, generated columns
 * and expression defaults, its partitioning, and the keys of other tables that
 * reference it. Parts are immutable: changed ones are replaced by copies in the
 * schema's arena.
 */
#ifndef AUTOGEN_DIFF_RENAME_H
#define AUTOGEN_DIFF_RENAME_H

#include "model/schema.h"

void rename_table_in_schema(struct schema *schema, struct table *table, const struct name *to);
void rename_column_in_schema(struct schema *schema, struct table *table, const struct name *from,
			     const struct name *to);

/* The column under the name `to`; what it says of column `from` (itself, too) says `to`. */
const struct column *rename_column_copy(struct arena *arena, const struct column *column,
					const struct name *from, const struct name *to);

#endif
