#include "cli/world.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "cli/exact.h"
#include "diff/diff.h"
#include "lint/judge.h"
#include "model/ignored.h"
#include "model/merge.h"
#include "mysql/introspect.h"
#include "revision/identify.h"
#include "syntax/parse.h"

static const char *project_folder(struct app *app, enum config_key key)
{
	return file_join(&app->arena, app->config.here, app->config.value[key]);
}

void world_version_locations(struct app *app, struct path_list *folders)
{
	const char *given = app->config.value[CONFIG_VERSION_LOCATIONS];
	char *list = arena_strdup(&app->arena, given ? given : ""), *rest = NULL;
	for (char *folder = strtok_r(list, " \t,", &rest); folder;
	     folder = strtok_r(NULL, " \t,", &rest))
		LIST_PUSH(&app->arena, folders, file_join(&app->arena, app->config.here, folder));
	if (!folders->n)
		LIST_PUSH(&app->arena, folders, project_folder(app, CONFIG_SCRIPT_LOCATION));
}

static const char *schema_location(struct app *app)
{
	const char *given = app->options.value[OPT_SCHEMA];
	return given ? given : project_folder(app, CONFIG_SCHEMA_LOCATION);
}

bool world_has_models(struct app *app)
{
	return file_is_dir(schema_location(app));
}

bool world_model_paths(struct app *app, struct path_list *paths)
{
	const char *folder = schema_location(app);
	if (!file_is_dir(folder)) {
		struct diag *diag = ctx_error(&app->ctx, "file", span_none(),
					      "there is no folder '%s' with models", folder);
		ctx_hint(&app->ctx, diag,
			 "autogen init starts a project; --schema DIR names another folder");
		return false;
	}
	if (!file_walk(&app->ctx, &app->arena, folder, ".model", paths))
		return false;
	if (!paths->n) {
		struct diag *diag = ctx_error(&app->ctx, "file", span_none(),
					      "there is no .model file below '%s'", folder);
		ctx_hint(&app->ctx, diag, "autogen inspect --output %s writes them from a database",
			 folder);
		return false;
	}
	return true;
}

static enum app_exit parse_models(struct app *app, struct world *world)
{
	struct path_list paths = { 0 };
	if (!world_model_paths(app, &paths))
		return APP_USAGE;
	bool ok = true;
	for (size_t i = 0; i < paths.n; i++) {
		const char *text;
		size_t len;
		if (!file_read(&app->ctx, &app->arena, paths.items[i], &text, &len)) {
			ok = false;
			continue;
		}
		size_t errors = app->ctx.diags.errors;
		const struct source *src = ctx_source(&app->ctx, paths.items[i], text, len);
		struct tree_file *file = parse_file(&app->ctx, &app->arena, src);
		ok = ok && app->ctx.diags.errors == errors;
		if (file)
			LIST_PUSH(&app->arena, &world->files, file);
	}
	return ok ? APP_DONE : APP_MODEL;
}

/* The connected server, else the first declared target. */
static enum app_exit choose_server(struct app *app, struct world *world)
{
	if (world->files.n &&
	    !resolve_targets(&app->ctx, &app->arena, &world->files, &world->targets))
		return APP_MODEL;
	world->emit_targets = (struct server_list){ 0 };
	for (size_t i = 0; i < world->targets.n; i++)
		LIST_PUSH(&app->arena, &world->emit_targets, world->targets.items[i]);
	if (app->db) {
		world->server = db_server(app->db);
		if (!world->server)
			return APP_DATABASE;
		LIST_PUSH(&app->arena, &world->emit_targets, *world->server);
		return APP_DONE;
	}
	if (!world->targets.n) {
		struct diag *diag =
			ctx_error(&app->ctx, "target", span_none(),
				  "no database and no target: which server are the models for?");
		ctx_hint(&app->ctx, diag,
			 "say it in the schema block: target mysql 8.4, mariadb 10.11");
		ctx_hint(&app->ctx, diag, "or name a database: --database mysql://user@host/name");
		return APP_MODEL;
	}
	world->offline = world->targets.items[0];
	world->server = &world->offline;
	return APP_DONE;
}

/* Judged against the server in use when there is one, else against the declared targets. */
static bool judge(struct app *app, struct world *world)
{
	struct server_list servers = world->targets;
	if (app->db) {
		servers = (struct server_list){ 0 };
		LIST_PUSH(&app->arena, &servers, *world->server);
	}
	return judge_schema(&app->ctx, world->desired, &servers);
}

/* Does a union name it? */
static bool check_union(struct app *app, const struct schema *desired, const struct table *table,
			const struct name *own)
{
	struct name_list named = merge_databases(&app->ctx, &app->arena, table);
	for (size_t i = 0; i < named.n; i++) {
		if (!schema_same_table(desired, named.items[i], own))
			continue;
		struct diag *diag = ctx_error(
			&app->ctx, "references", table->span,
			"the union of table '%s' names '%s', which is the database itself",
			table->name->text, own->text);
		ctx_hint(&app->ctx, diag, "without its name, the tables alone");
		return false;
	}
	return true;
}

/* The database itself is named by nothing: with its name, models would speak of one database alone,
 * and of another one's table in the next. */
static bool check_references(struct app *app, const struct schema *desired)
{
	const struct name *own = ctx_name(&app->ctx, db_database(app->db));
	bool ok = true;
	for (size_t i = 0; i < desired->tables.n; i++) {
		const struct foreign_key_list *keys = &desired->tables.items[i]->foreign_keys;
		ok = check_union(app, desired, desired->tables.items[i], own) && ok;
		for (size_t j = 0; j < keys->n; j++) {
			const struct foreign_key *key = keys->items[j];
			if (!schema_same_table(desired, key->parent_database, own))
				continue;
			struct diag *diag = ctx_error(&app->ctx, "references", key->parent_span,
						      "'%s' is the database itself", own->text);
			ctx_hint(&app->ctx, diag, "without its name: references %s",
				 key->parent->text);
			ok = false;
		}
	}
	return ok;
}

static bool is_ignored(void *of_ignored, const struct name *table)
{
	struct app *app = of_ignored;
	const char *name = table->text;
	static const char *const globs[] = {
#define IGNORED(glob, whose) glob,
#include "cli/ignored.def"
#undef IGNORED
	};
	for (size_t i = 0; i < sizeof(globs) / sizeof(*globs); i++)
		if (!fnmatch(globs[i], name, FNM_CASEFOLD))
			return true;
	if (!strcmp(name, app->config.value[CONFIG_VERSION_TABLE]))
		return true;
	char *list = arena_strdup(&app->arena, app->config.value[CONFIG_IGNORE_TABLES]);
	char *rest = NULL;
	for (char *glob = strtok_r(list, " \t,", &rest); glob; glob = strtok_r(NULL, " \t,", &rest))
		if (!fnmatch(glob, name, FNM_CASEFOLD))
			return true;
	return false;
}

static const struct table *outside_table(void *of_outside, const struct name *database,
					 const struct name *table)
{
	struct app *app = of_outside;
	return introspect_outside_table(&app->ctx, &app->arena, app->db, database, table);
}

static enum app_exit load_desired(struct app *app, struct world *world, unsigned want)
{
	app->ctx.is_ignored = is_ignored;
	app->ctx.of_ignored = app;
	app->ctx.outside_table = app->db ? outside_table : NULL;
	app->ctx.of_outside = app;
	world->desired = resolve_files(&app->ctx, &app->arena, &world->files, world->server);
	if (!world->desired)
		return APP_MODEL;
	if (app->db && !check_references(app, world->desired))
		return APP_MODEL;
	if (app->db && !introspect_outside(&app->ctx, &app->arena, app->db, world->desired))
		return APP_DATABASE;
	return want & WORLD_UNJUDGED || judge(app, world) ? APP_DONE : APP_MODEL;
}

enum app_exit world_load_graph(struct app *app, struct graph *graph)
{
	struct path_list locations = { 0 };
	bool recursive = !strcmp(app->config.value[CONFIG_RECURSIVE], "true");
	world_version_locations(app, &locations);
	if (!graph_read(&app->ctx, &app->arena, &locations, recursive, graph) || !graph->sound)
		return APP_REFUSED;
	return APP_DONE;
}

struct store world_store(const struct app *app)
{
	return (struct store){
		.db = app->db,
		.version_table = app->config.value[CONFIG_VERSION_TABLE],
		.version_schema = app->config.value[CONFIG_VERSION_TABLE_SCHEMA],
	};
}

enum app_exit world_load_rows(struct app *app, struct string_list *rows)
{
	enum app_exit end = app_connect(app);
	if (end != APP_DONE)
		return end;
	struct store store = world_store(app);
	return store_versions(&app->ctx, &app->arena, &store, rows) ? APP_DONE : APP_DATABASE;
}

enum app_exit world_rows_for(struct app *app, const char *word, struct string_list **rows)
{
	*rows = NULL;
	if (!word || !identifier_wants_rows(&app->arena, word))
		return APP_DONE;
	*rows = ARENA_NEW(&app->arena, struct string_list);
	return world_load_rows(app, *rows);
}

enum app_exit world_identify(struct app *app, const struct graph *graph, const char *word,
			     struct string_list **rows, struct revision_list *found)
{
	enum app_exit end = world_rows_for(app, word, rows);
	if (end != APP_DONE)
		return end;
	return identify(graph, *rows, word, found) ? APP_DONE : APP_REFUSED;
}

struct diag *world_several_heads(struct app *app, const struct graph *graph)
{
	const struct revision_list *heads = &graph->heads;
	struct diag *diag = ctx_error(&app->ctx, "chain", span_none(),
				      "the chain has %zu heads: which one goes on?", heads->n);
	for (size_t i = 0; i < heads->n; i++)
		ctx_hint(&app->ctx, diag, "%s  %s", heads->items[i]->id, heads->items[i]->path);
	ctx_hint(&app->ctx, diag, "autogen merge heads -m \"…\" joins them");
	ctx_hint(&app->ctx, diag, "autogen -m \"…\" --head REV goes on from one");
	ctx_hint(&app->ctx, diag,
		 "or put the id of one into the down_revision of the other's first revision");
	return diag;
}

static enum app_exit load_head(struct app *app, struct world *world)
{
	enum app_exit end = world_load_graph(app, &world->graph);
	if (end != APP_DONE)
		return end;
	size_t errors = app->ctx.diags.diags.n;
	world->head = graph_fold(&world->graph, &app->arena, world->server, NULL);
	if (world->head) {
		ignored_leave_out(world->head);
		return APP_DONE;
	}
	/* of several heads, each made without the other, that is the cause; the rest follows from it */
	if (world->graph.heads.n > 1) {
		diag_rewind(&app->ctx.diags, errors);
		world_several_heads(app, &world->graph);
	}
	return APP_REFUSED;
}

/* Is the table one that the models declare (under its old name too) or the chain made? */
static bool is_managed(const struct world *world, const struct name *name)
{
	if ((world->head && schema_find_table(world->head, name)) ||
	    (world->at && schema_find_table(world->at, name)))
		return true;
	if (!world->desired)
		return !world->head;
	if (schema_find_table(world->desired, name))
		return true;
	for (size_t i = 0; i < world->desired->tables.n; i++)
		if (schema_same_table(world->desired, world->desired->tables.items[i]->was, name))
			return true;
	return false;
}

static int by_name(const void *a, const void *b)
{
	return name_compare((*(struct table *const *)a)->name, (*(struct table *const *)b)->name);
}

/* Takes unmanaged tables out of the live state and lists those that are not ignored. */
static void set_unmanaged_apart(struct app *app, struct world *world)
{
	struct table_list all = { 0 };
	for (size_t i = 0; i < world->live->tables.n; i++)
		LIST_PUSH(&app->arena, &all, world->live->tables.items[i]);
	for (size_t i = 0; i < all.n; i++) {
		struct table *table = all.items[i];
		bool ignored = is_ignored(app, table->name);
		if (!ignored && is_managed(world, table->name))
			continue;
		schema_remove_table(world->live, table->name);
		if (!ignored)
			LIST_PUSH(&app->arena, &world->unmanaged, table);
	}
	if (world->unmanaged.n)
		qsort(world->unmanaged.items, world->unmanaged.n, sizeof(*world->unmanaged.items),
		      by_name);
}

/* Whole where the models or the first revision are made of it. */
static struct schema *read_live(struct app *app, const struct world *world, unsigned want)
{
	const struct schema *const models[] = { world->desired, world->head, world->at };
	bool first = want & WORLD_CHAIN && (!world->head || !world->head->tables.n);
	if (!world->desired || first || want & WORLD_WHOLE)
		return introspect_schema(&app->ctx, &app->arena, app->db, NULL);
	return introspect_against(&app->ctx, &app->arena, app->db, models,
				  sizeof(models) / sizeof(*models));
}

static enum app_exit load_live(struct app *app, struct world *world, unsigned want)
{
	struct store store = world_store(app);
	if (!store_versions(&app->ctx, &app->arena, &store, &world->rows) ||
	    !store_journal_open(&app->ctx, &app->arena, &store, &world->half, &world->n_half))
		return APP_DATABASE;
	if (want & WORLD_CHAIN && world->rows.n) {
		world->at = graph_fold(&world->graph, &app->arena, world->server, &world->rows);
		if (!world->at)
			return APP_REFUSED;
		ignored_leave_out(world->at);
	}
	world->live = read_live(app, world, want);
	if (!world->live)
		return APP_DATABASE;
	set_unmanaged_apart(app, world);
	if (want & WORLD_DESIRED)
		exact_note_opaque(app, &world->live->tables);
	return APP_DONE;
}

/*
 * The models say whose a list of partitions is: a chain from before `managed externally` was written
 * can't know it, and one from before it was taken away must not go on leaving the list alone.
 */
static void set_management(struct app *app, const struct world *world, struct schema *state)
{
	for (size_t i = 0; state && i < state->tables.n; i++) {
		struct table *table = state->tables.items[i];
		const struct table *desired = schema_find_table(world->desired, table->name);
		if (!table->partition || !desired || !desired->partition ||
		    table->partition->managed_externally == desired->partition->managed_externally)
			continue;
		struct tree_partition *copy =
			arena_memdup(&app->arena, table->partition, sizeof(*copy));
		copy->managed_externally = desired->partition->managed_externally;
		table->partition = copy;
	}
}

enum app_exit world_load(struct app *app, unsigned want, struct world *world)
{
	*world = (struct world){ 0 };
	/* parsed before connecting: a mistake in a model shows at once, and shows even without a server */
	enum app_exit end = want & WORLD_DESIRED ? parse_models(app, world) : APP_DONE;
	if (end == APP_DONE && want & WORLD_LIVE && app_has_database(app))
		end = app_connect(app);
	if (end == APP_DONE)
		end = choose_server(app, world);
	if (end == APP_DONE && want & WORLD_DESIRED)
		end = load_desired(app, world, want);
	if (end == APP_DONE && want & WORLD_CHAIN)
		end = load_head(app, world);
	if (end == APP_DONE && want & WORLD_LIVE && app->db)
		end = load_live(app, world, want);
	if (end == APP_DONE && world->desired) {
		set_management(app, world, world->head);
		set_management(app, world, world->at);
		set_management(app, world, world->live);
	}
	return end;
}
