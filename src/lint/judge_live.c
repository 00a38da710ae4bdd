/* What is wrong with a key that is there: judge_live_key(). */
#include "base/arena.h"
#include "lint/judge_key.h"
#include "lint/judge_loose.h"

const char *judge_live_key(struct arena *arena, const struct schema *schema,
			   const struct table *table, const struct foreign_key *key)
{
	struct server server = *schema->server;
	/* forbids new ones, those that are there go on */
	server.restrict_fk_on_non_standard_key = false;
	struct verdict verdict = judge_foreign_key(schema, table, key, &server);
	const struct table *parent = schema_parent(schema, key);
	size_t pair;
	if (!verdict.accepted && !verdict.taken)
		return judge_words(arena, table, key, &verdict);
	if (!server_has(&server, CAP_FK_WITHOUT_KEY) &&
	    !judge_key_own(table, &key->columns, &server))
		return arena_printf(arena,
				    "'%s' has no key that begins with these columns, without which "
				    "the server does not look at its rows",
				    table->name->text);
	if (parent && loose_pair(table, parent, key, &pair))
		return arena_printf(arena,
				    "the types of '%s.%s' and '%s.%s' differ, so that no query can "
				    "compare the rows as the server does",
				    table->name->text, key->columns.items[pair]->text,
				    foreign_key_parent_text(arena, key),
				    key->parent_columns.items[pair]->text);
	return NULL;
}
