/* explain: a foreign key, an error's number, a rule. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "cli/broken_keys.h"
#include "cli/report.h"
#include "cli/world.h"
#include "dsl/unresolve.h"
#include "lint/explain.h"
#include "lint/explain_json.h"
#include "mysql/introspect.h"
#include "syntax/print.h"

/* --- a foreign key ---------------------------------------------------------------------------- */

struct found_key {
	const struct table *table;
	const struct foreign_key *key;
};

/* The foreign key that TABLE.KEY names. */
static struct found_key find_key(struct app *app, const struct schema *schema, const char *word)
{
	struct found_key found = { 0 };
	const char *dot = strrchr(word, '.');
	const struct name *table =
		ctx_name(&app->ctx, arena_strndup(&app->arena, word, (size_t)(dot - word)));
	found.table = schema ? schema_find_table(schema, table) : NULL;
	if (found.table)
		found.key = table_foreign_key(found.table, ctx_name(&app->ctx, dot + 1));
	return found;
}

static void add_title(struct app *app, struct buf *out, const struct found_key *found)
{
	struct tree_item *item = unresolve_foreign_key(&app->ctx, &app->arena, found->key,
						       found->table, UNRESOLVE_FULL);
	buf_printf(out, "%s: ", found->table->name->text);
	print_entry(out, item);
	buf_add(out, "\n");
}

/* How the key of the database is, if there is one. */
static void add_live(struct app *app, struct buf *out, const struct schema *live, const char *word)
{
	struct found_key found = find_key(app, live, word);
	struct broken_key broken = { 0 };
	if (found.key)
		broken = broken_keys_look(app, live, found.table, found.key);
	buf_add(out, "  in the database ");
	if (!found.key)
		buf_add(out, "there is none of that name\n");
	else if (broken.why)
		buf_printf(out, "it does not hold: %s\n", broken.why);
	else
		buf_add(out, "it holds, of every row\n");
	if (broken.orphans.rows)
		buf_printf(out, "    %s\n", broken.orphans.query);
}

static json_t *live_json(struct app *app, const struct schema *live, const char *word)
{
	struct found_key found = find_key(app, live, word);
	if (!found.key)
		return json_pack("{s:b}", "there", false);
	struct broken_key broken = broken_keys_look(app, live, found.table, found.key);
	json_t *object = json_pack("{s:b, s:b}", "there", true, "holds", !broken.why);
	if (broken.why)
		json_object_set_new(object, "why", json_string(broken.why));
	if (broken.orphans.rows) {
		json_object_set_new(object, "rows", json_integer((json_int_t)broken.orphans.rows));
		json_object_set_new(object, "query", json_string(broken.orphans.query));
	}
	return object;
}

/* With the foreign keys that its table has. */
static enum app_exit not_found(struct app *app, const char *word, const struct schema *schema)
{
	struct found_key found = find_key(app, schema, word);
	struct diag *diag =
		ctx_error(&app->ctx, "usage", span_none(), "no foreign key is called '%s'", word);
	for (size_t i = 0; found.table && i < found.table->foreign_keys.n; i++)
		ctx_hint(&app->ctx, diag, "autogen explain %s.%s", found.table->name->text,
			 found.table->foreign_keys.items[i]->name->text);
	return APP_USAGE;
}

static enum app_exit explain_key(struct app *app, const char *word, bool json)
{
	struct world world;
	struct buf out = { 0 };
	struct schema *live = NULL;
	unsigned models = world_has_models(app) || !app_has_database(app) ? WORLD_DESIRED : 0;
	enum app_exit end = app_has_database(app) ? app_connect(app) : APP_DONE;
	if (end == APP_DONE)
		end = world_load(app, models | WORLD_UNJUDGED, &world);
	if (end == APP_DONE && app->db) {
		live = introspect_schema(&app->ctx, &app->arena, app->db, NULL);
		end = live && introspect_outside(&app->ctx, &app->arena, app->db, live)
			      ? APP_DONE
			      : APP_DATABASE;
	}
	if (end != APP_DONE)
		return end;
	const struct schema *schema = world.desired;
	struct found_key found = find_key(app, schema, word);
	if (!found.key) {
		schema = live;
		found = find_key(app, live, word);
	}
	if (!found.key)
		return not_found(app, word, schema ? schema : world.desired);
	if (json) {
		json_t *document = explain_foreign_key_json(&app->arena, schema, found.table,
							    found.key, &world.emit_targets);
		if (live)
			json_object_set_new(document, "database", live_json(app, live, word));
		report_json(document);
		return APP_DONE;
	}
	add_title(app, &out, &found);
	explain_foreign_key(&app->arena, &out, schema, found.table, found.key, &world.emit_targets);
	if (live)
		add_live(app, &out, live, word);
	app_print(buf_text(&out));
	buf_free(&out);
	return APP_DONE;
}

/* --- numbers and rules ------------------------------------------------------------------------ */

/* false: nothing is known of it. */
static bool print_word(struct app *app, const char *word, bool number, bool json)
{
	struct buf out = { 0 };
	bool known;
	if (json) {
		json_t *document = number ? explain_error_json(&app->ctx, &app->arena, atoi(word))
					  : explain_rule_json(&app->ctx, &app->arena, word);
		if (document)
			report_json(document);
		return document != NULL;
	}
	known = number ? explain_error(&app->ctx, &app->arena, &out, atoi(word))
		       : explain_rule(&app->ctx, &app->arena, &out, word);
	if (known)
		app_print(buf_text(&out));
	buf_free(&out);
	return known;
}

static enum app_exit explain_word(struct app *app, const char *word, bool json)
{
	bool number = word[strspn(word, "0123456789")] == '\0';
	bool known = print_word(app, word, number, json);
	if (!known)
		ctx_error(&app->ctx, "usage", span_none(),
			  number ? "autogen knows nothing of error %s: it explains those of "
				   "foreign keys"
				 : "'%s' is no rule, no error's number and no TABLE.KEY",
			  word);
	return known ? APP_DONE : APP_USAGE;
}

enum app_exit cmd_explain(struct app *app)
{
	const char *word = app->options.arguments.items[0], *format;
	if (!app_format(app, NULL, &format))
		return APP_USAGE;
	bool json = !strcmp(format, "json");
	return strchr(word, '.') ? explain_key(app, word, json) : explain_word(app, word, json);
}
