/*
 * resolve_period: periods of a table, its system versioning, and the keys that lean on a period.
 *
 * Brings what people may write into the model's form (model/schema.h): a column `with system
 * versioning` makes the table versioned and all others `without`; a unique key doesn't say the
 * row's end. What MariaDB refuses of periods is an error here, with its number (MariaDB manual,
 * "Application-Time Periods" and "System-Versioned Tables"; measured on 10.5, 10.11 and 11.8).
 * Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_RESOLVE_PERIOD_H
#define AUTOGEN_DSL_RESOLVE_PERIOD_H

#include "dsl/scope.h"

/* One item; `draft` gives the columns, NULL for an op line. NULL with errors. */
struct period *period_of_item(struct resolver *r, const struct draft *draft,
			      const struct tree_item *item);
/* Adds the period of an item to the draft's table. */
void period_collect(struct resolver *r, struct draft *draft, const struct tree_item *item);
/* Once columns, keys and periods are there. */
void period_settle(struct resolver *r, struct draft *draft);

#endif
