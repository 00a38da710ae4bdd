/*
 * judge_test: does a situation of judge.def hold for a key?
 *
 * One test a situation, over the model alone; what a server makes of it is
 * judge.c's. A test that looks at column pairs may count on what the answers of
 * every server rule out before it: lists of one length, columns that exist.
 * Private to src/lint.
 */
#ifndef AUTOGEN_LINT_JUDGE_TEST_H
#define AUTOGEN_LINT_JUDGE_TEST_H

#include "lint/judge.h"

struct hearing {
	const struct schema *schema;
	const struct table *table, *parent; /* parent NULL: not there, or not known */
	const struct foreign_key *key;
	const struct server *server;
	const struct map *first_keys; /* name key -> the first key of that name; NULL: look */
};

static inline const struct column *hearing_child(const struct hearing *h, size_t pair)
{
	return table_column(h->table, h->key->columns.items[pair]);
}

static inline const struct column *hearing_parent(const struct hearing *h, size_t pair)
{
	return table_column(h->parent, h->key->parent_columns.items[pair]);
}

/* What is not known of a parent (in another database) never holds.
 * *pair is the column pair the situation is about, 0 where it is about none. */
bool judge_holds(const struct hearing *h, enum fk_situation situation, size_t *pair);

#endif
