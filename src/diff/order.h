/*
 * order: tables so that parents come before their children.
 *
 * Depth first along foreign keys, in the given order: what needs no change of place
 * keeps it. A key that closes a ring of tables can't be satisfied by any order; it is
 * reported, and made or dropped by a statement of its own. Keys of a table to itself
 * and to tables outside the list count for nothing.
 */
#ifndef AUTOGEN_DIFF_ORDER_H
#define AUTOGEN_DIFF_ORDER_H

#include "model/schema.h"

/* A foreign key that the order does not satisfy. */
struct order_key {
	size_t table; /* index in the list given */
	size_t key;   /* index in that table's foreign keys */
};
struct order_key_list { struct order_key *items; size_t n, cap; };

struct table_const_list { const struct table **items; size_t n, cap; };

/*
 * Fills order[0..tables->n) with indexes, parents first, or children first when `drop`
 * is set. Names are looked up as `schema` compares them.
 */
void order_tables(struct arena *arena, const struct schema *schema,
		  const struct table_const_list *tables, bool drop, size_t *order,
		  struct order_key_list *unsatisfied);

#endif
