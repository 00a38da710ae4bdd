/*
 * explain: a foreign key, or what a server says about one, in words.
 *
 * Of a key: both ends of every pair of columns and where their charsets and
 * collations come from, the keys that it leans on, and what each server makes of
 * it. Of an error's number: what it says, means, what to do (errors.def), and
 * which situations of judge.def lead to it on which servers.
 */
#ifndef AUTOGEN_LINT_EXPLAIN_H
#define AUTOGEN_LINT_EXPLAIN_H

#include "model/schema.h"

struct buf;

/* Lines, the first one indented by two blanks as all are. */
void explain_foreign_key(struct arena *arena, struct buf *out, const struct schema *schema,
			 const struct table *table, const struct foreign_key *key,
			 const struct server_list *servers);
/* false: nothing is known of that number. */
bool explain_error(struct context *ctx, struct arena *arena, struct buf *out, int number);
/* Of a rule of judge.def ("fk-type"): its situations, or what it warns of; false: there is none. */
bool explain_rule(struct context *ctx, struct arena *arena, struct buf *out, const char *rule);

#endif
