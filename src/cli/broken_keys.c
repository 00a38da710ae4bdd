#include "cli/broken_keys.h"

#include "base/buf.h"
#include "lint/judge.h"
#include "mysql/introspect.h"

struct broken_key broken_keys_look(struct app *app, const struct schema *schema,
				   const struct table *table, const struct foreign_key *key)
{
	struct broken_key broken = { .table = table->name, .key = key };
	broken.why = judge_live_key(&app->arena, schema, table, key);
	if (broken.why)
		return broken;
	broken.orphans = orphans_count(&app->arena, app->db, table->name, key, NULL);
	if (broken.orphans.error)
		broken.why = arena_printf(&app->arena, "its rows can't be compared (error %u)",
					  broken.orphans.error);
	else if (broken.orphans.rows)
		broken.why = orphans_words(&app->arena, table->name, key, &broken.orphans);
	return broken;
}

enum app_exit broken_keys_find(struct app *app, struct broken_key_list *broken, size_t *keys)
{
	struct schema *schema = introspect_schema(&app->ctx, &app->arena, app->db, NULL);
	*keys = 0;
	if (!schema || !introspect_outside(&app->ctx, &app->arena, app->db, schema))
		return APP_DATABASE;
	for (size_t i = 0; i < schema->tables.n; i++) {
		const struct table *table = schema->tables.items[i];
		for (size_t j = 0; j < table->foreign_keys.n; j++) {
			struct broken_key found =
				broken_keys_look(app, schema, table, table->foreign_keys.items[j]);
			if (db_lost(app->db))
				return APP_DATABASE;
			if (found.why)
				LIST_PUSH(&app->arena, broken, found);
			++*keys;
		}
	}
	return broken->n ? APP_FINDINGS : APP_DONE;
}

void broken_keys_print(struct buf *out, const struct broken_key_list *broken)
{
	for (size_t i = 0; i < broken->n; i++) {
		const struct broken_key *found = &broken->items[i];
		buf_printf(out, "  %s.%s: %s\n", found->table->text, found->key->name->text,
			   found->why);
		if (found->orphans.rows)
			buf_printf(out, "    %s\n", found->orphans.query);
	}
}

json_t *broken_keys_json(const struct broken_key_list *broken)
{
	json_t *list = json_array();
	for (size_t i = 0; i < broken->n; i++) {
		const struct broken_key *found = &broken->items[i];
		json_t *object =
			json_pack("{s:s, s:s, s:s}", "table", found->table->text, "foreign_key",
				  found->key->name->text, "why", found->why);
		if (found->orphans.rows) {
			json_object_set_new(object, "rows",
					    json_integer((json_int_t)found->orphans.rows));
			json_object_set_new(object, "query", json_string(found->orphans.query));
		}
		json_array_append_new(list, object);
	}
	return list;
}
