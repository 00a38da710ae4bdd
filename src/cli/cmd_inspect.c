/* inspect: a database as model text. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "cli/exact.h"
#include "dsl/unresolve.h"
#include "mysql/introspect.h"
#include "syntax/print.h"

static bool is_wanted(const struct app *app, const struct name *name)
{
	for (size_t i = 0; i < app->options.arguments.n; i++)
		if (word_equal(app->options.arguments.items[i], name->text))
			return true;
	return app->options.arguments.n == 0;
}

/* Keeps the wanted tables and those that world_load() did not set apart as ignored. */
static struct schema *wanted_tables(struct app *app, const struct world *world)
{
	struct schema *schema = schema_clone(&app->arena, world->live);
	/* so that the models compile without a database, and mean the same */
	LIST_PUSH(&app->arena, &schema->targets, *world->server);
	for (size_t i = 0; i < world->unmanaged.n; i++)
		schema_add_table(schema, world->unmanaged.items[i]);
	struct table_list all = { 0 };
	for (size_t i = 0; i < schema->tables.n; i++)
		LIST_PUSH(&app->arena, &all, schema->tables.items[i]);
	for (size_t i = 0; i < all.n; i++)
		if (!is_wanted(app, all.items[i]->name))
			schema_remove_table(schema, all.items[i]->name);
	return schema;
}

static bool check_arguments(struct app *app, const struct schema *schema)
{
	bool ok = true;
	for (size_t i = 0; i < app->options.arguments.n; i++) {
		const char *word = app->options.arguments.items[i];
		if (schema_find_table(schema, ctx_name(&app->ctx, word)))
			continue;
		ctx_error(&app->ctx, "usage", span_none(), "the database has no table '%s'", word);
		ok = false;
	}
	return ok;
}

static const char *file_of(struct app *app, const struct tree_item *item)
{
	const char *name = item->kind == TREE_SCHEMA ? "schema" : item->name.name->text;
	struct buf plain = { 0 };
	for (const char *c = name; *c; c++)
		buf_add_char(&plain, *c == '/' || (*c == '.' && c == name) ? '_' : *c);
	buf_add(&plain, ".model");
	return file_join(&app->arena, app->options.value[OPT_OUTPUT],
			 buf_arena(&plain, &app->arena));
}

static bool write_files(struct app *app, const struct tree_file *file)
{
	if (!file_make_dirs(&app->ctx, app->options.value[OPT_OUTPUT]))
		return false;
	for (size_t i = 0; i < file->items.n; i++) {
		const char *path = file_of(app, file->items.items[i]);
		if (file_exists(path)) {
			ctx_error(&app->ctx, "file", span_none(),
				  "'%s' exists, nothing is overwritten", path);
			return false;
		}
	}
	for (size_t i = 0; i < file->items.n; i++) {
		const char *path = file_of(app, file->items.items[i]);
		struct buf text = { 0 };
		print_item(&text, file->items.items[i]);
		bool ok = file_write(&app->ctx, path, buf_text(&text), text.len);
		buf_free(&text);
		if (!ok)
			return false;
		app_print(path);
		app_print("\n");
	}
	return true;
}

enum app_exit cmd_inspect(struct app *app)
{
	struct world world;
	enum app_exit end = app_connect(app);
	if (end == APP_DONE)
		end = world_load(app, WORLD_LIVE, &world);
	if (end != APP_DONE)
		return end;
	struct schema *schema = wanted_tables(app, &world);
	if (!check_arguments(app, schema))
		return APP_USAGE;
	struct tree_file *file = unresolve_schema(&app->ctx, &app->arena, schema);
	if (!option_given(&app->options, OPT_OUTPUT)) {
		struct buf text = { 0 };
		print_file(&text, file);
		app_print(buf_text(&text));
		buf_free(&text);
	} else if (!write_files(app, file)) {
		return APP_REFUSED;
	}
	exact_note_opaque(app, &schema->tables);
	return exact_check_tables(app, &schema->tables);
}
