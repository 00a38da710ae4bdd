/*
 * judge: will a server take these foreign keys?
 *
 * Over a model, without a database. Rules are foreign-keys.md sections 1 to 5,
 * as data by flavour and version (judge.def). A key that a server would refuse,
 * or accept without making it, is an error (rules fk-type, fk-collation,
 * fk-parent-key, fk-action, fk-engine, fk-name, …): both columns with their places, the
 * effective definition of each, where each charset and collation came from, the one thing that
 * differs, the error number on which server, and the fix to paste.
 */
#ifndef AUTOGEN_LINT_JUDGE_H
#define AUTOGEN_LINT_JUDGE_H

#include "model/schema.h"

/* The rows of judge.def: what can be wrong with a key. */
enum fk_situation {
#define SITUATION(id, rule, cause) id,
#include "lint/judge.def"
#undef SITUATION
	FK_SOUND
};

struct verdict {
	bool accepted;
	bool not_made;     /* accepted and silently not made */
	int error_number;  /* of the refusal */
	const char *rule;  /* NULL when accepted */
	size_t pair;       /* which column pair it is about, where it is about one */
	bool taken;        /* the server would take it, autogen doesn't: SET DEFAULT */
	enum fk_situation situation; /* FK_SOUND when accepted */
};

/* "the collations of 'orders.platform' and 'users.platform' differ": what a verdict that does not
 * accept it finds wrong with the key. In the arena. */
const char *judge_words(struct arena *arena, const struct table *table,
			const struct foreign_key *key, const struct verdict *verdict);
/* "the table's", "written at the column": where a charset or collation comes from. */
const char *judge_origin(enum origin_kind kind);
/* "'users.platform' is varchar(20) charset utf8mb4 (the table's) collate …". In the arena. */
const char *judge_definition(struct arena *arena, const char *table, const struct column *column);

/* One key of one table against one server. */
struct verdict judge_foreign_key(const struct schema *schema, const struct table *table,
				 const struct foreign_key *key, const struct server *server);
/* What is wrong with a key that a database has, as words; NULL: nothing. Besides what a server would
 * refuse: a child without the key that its server looks rows up by, and types that count as one and
 * are two (rule fk-loose), whose values no query can compare as the server does. */
const char *judge_live_key(struct arena *arena, const struct schema *schema,
			   const struct table *table, const struct foreign_key *key);
/* All keys against `servers` (at least one): queues the errors; false when there was one. */
bool judge_schema(struct context *ctx, const struct schema *schema,
		  const struct server_list *servers);

#endif
