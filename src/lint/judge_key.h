/*
 * judge_key: which keys of a parent table a foreign key can lean on
 * (foreign-keys.md section 3), and what else judge.c, judge_report.c and explain.c share.
 *
 * Private to src/lint.
 */
#ifndef AUTOGEN_LINT_JUDGE_KEY_H
#define AUTOGEN_LINT_JUDGE_KEY_H

#include "lint/judge.h"

/* What a server makes of a situation: a row of judge.def. */
enum answer { REFUSES, BY_COLUMN, STANDARD, IGNORES, TAKES_IT };
struct judge_answer {
	enum fk_situation situation;
	enum flavour flavour;
	unsigned from, to; /* versions, as in capability.def */
	enum answer answer;
	int number;
};
/* All of them, in the order in which they are looked at. */
const struct judge_answer *judge_answers(size_t *n);
const char *judge_rule(enum fk_situation situation);

/* judge_foreign_key() with the schema's names at hand: the first key of each name, by its key. */
struct verdict judge_hear(const struct schema *schema, const struct table *table,
			  const struct foreign_key *key, const struct server *server,
			  const struct map *first_keys);

/*
 * A btree whose first columns are the referenced ones, whole, in order; the primary
 * key's columns that InnoDB keeps behind those of a secondary key count.
 * NULL: none.
 */
const struct index *judge_key_leading(const struct table *parent, const struct name_list *columns,
				      const struct server *server);
/* How many such keys there are. */
size_t judge_keys_leading(const struct table *parent, const struct name_list *columns,
			  const struct server *server);
/* The child's key that rows are looked up by: a btree whose own first columns these are, whole, in
 * order, and descending only where that serves. NULL: none. */
const struct index *judge_key_own(const struct table *child, const struct name_list *columns,
				  const struct server *server);
/* A primary or unique key of exactly these columns, in order (restrict_fk_on_non_standard_key). */
const struct index *judge_key_exact(const struct table *parent, const struct name_list *columns);
/* A primary or unique key of exactly these columns in another order: the lists could be turned. */
const struct index *judge_key_permuted(const struct table *parent,
				       const struct name_list *columns);

/* "primary key (platform, user_id)", "index (name(10))": without its name. */
void judge_key_print(struct buf *out, const struct index *index);

#endif
