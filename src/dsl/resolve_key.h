/*
 * resolve_key: indexes, foreign keys, checks and partitionings of a table.
 *
 * Those written at columns become those of the table. Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_RESOLVE_KEY_H
#define AUTOGEN_DSL_RESOLVE_KEY_H

#include "dsl/scope.h"

/*
 * Makes the keys and checks of a draft, in order, primary key first; not named
 * yet and not added to the table (resolve_name.h does both). Needs the columns.
 */
void key_collect(struct resolver *r, struct draft *draft);

/* One item; `draft` gives the columns, NULL for an op line. NULL with errors. */
struct index *key_index(struct resolver *r, const struct draft *draft,
			const struct tree_item *item);
struct foreign_key *key_foreign_key(struct resolver *r, const struct draft *draft,
				    const struct tree_item *item);
struct check *key_check(struct resolver *r, const struct draft *draft,
			const struct tree_item *item);
const struct tree_partition *key_partition(struct resolver *r, const struct draft *draft,
					   const struct tree_partition *partition);

/* The name as the column itself writes it; NULL with an error when there is none. */
const struct name *key_column_name(struct resolver *r, const struct draft *draft,
				   struct tree_ident ident);
/* Every column an expression names must be there. */
void key_check_columns(struct resolver *r, const struct draft *draft, const struct expr *expr,
		       struct span span);

#endif
