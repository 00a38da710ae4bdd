#include "dsl/resolve.h"

#include "dsl/attrs.h"
#include "dsl/features.h"
#include "dsl/limit_merge.h"
#include "dsl/limits.h"
#include "dsl/resolve_column.h"
#include "dsl/resolve_key.h"
#include "dsl/resolve_name.h"
#include "dsl/resolve_table.h"
#include "dsl/resolve_type.h"
#include "dsl/targets.h"

/* --- the schema block --------------------------------------------------------------------------- */

/* flavour, version in turn */
static bool read_targets(struct context *ctx, struct arena *arena, const struct tree_attr *attr,
			 struct server_list *targets)
{
	bool ok = true;
	for (size_t i = 0; i + 1 < attr->words.n; i += 2) {
		struct tree_ident flavour = attr->words.items[i],
				  version = attr->words.items[i + 1];
		struct server server;
		if (server_parse(ctx, &server, flavour.name->text, version.name->text)) {
			LIST_PUSH(arena, targets, server);
			continue;
		}
		struct diag *diag =
			ctx_error(ctx, "target", span_join(flavour.span, version.span),
				  "'%s %s' is no server", flavour.name->text, version.name->text);
		ctx_hint(ctx, diag, "target mysql 8.4, mariadb 10.11");
		ok = false;
	}
	return ok;
}

bool resolve_targets(struct context *ctx, struct arena *arena, const struct tree_file_list *files,
		     struct server_list *targets)
{
	bool ok = true;
	for (size_t i = 0; i < files->n; i++) {
		const struct tree_item_list *items = &files->items[i]->items;
		for (size_t j = 0; j < items->n; j++) {
			const struct tree_attr_list *attrs = &items->items[j]->attrs;
			if (items->items[j]->kind != TREE_SCHEMA)
				continue;
			for (size_t k = 0; k < attrs->n; k++)
				if (attrs->items[k].kind == ATTR_TARGET)
					ok &= read_targets(ctx, arena, &attrs->items[k], targets);
		}
	}
	return ok;
}

static void take_schema_block(struct resolver *r, struct charset_choice *choice)
{
	struct schema *schema = r->schema;
	const struct tree_item *item = r->schema_item;
	*choice = charset_of_server(r->server);
	schema->engine = r->server->default_engine;
	if (item) {
		const struct tree_attr *engine = tree_find_attr(&item->attrs, ATTR_ENGINE);
		struct charset_written written = charset_written_at(&item->attrs, ORIGIN_SCHEMA);
		struct charset_choice inherited = *choice;
		attrs_check(r, &item->attrs, 'S', "the schema");
		charset_resolve(r, &written, &inherited, choice);
		schema->label = item->name.name;
		schema->span = item->span;
		if (engine)
			schema->engine = engine_canonical(r->ctx, engine->word.name);
	} else {
		struct diag *diag = scope_error(r, "schema", span_none(),
						"there is no schema block: a project has one");
		ctx_hint(r->ctx, diag,
			 "schema NAME { engine InnoDB  charset utf8mb4  collate utf8mb4_unicode_ci "
			 "}");
	}
	schema->charset = choice->charset;
	schema->collation = choice->collation;
	schema->charset_origin = choice->charset_origin;
	schema->collation_origin = choice->collation_origin;
}

/* --- other objects ------------------------------------------------------------------------------ */

static void take_objects(struct resolver *r)
{
	for (size_t i = 0; i < r->object_list.n; i++) {
		const struct tree_item *item = r->object_list.items[i];
		struct object *object = ARENA_NEW(r->arena, struct object);
		object->kind = item->object_kind;
		object->name = item->name.name;
		object->head = item->head;
		object->body = item->body;
		object->span = item->span;
		for (size_t j = 0; j < r->schema->objects.n; j++) {
			const struct object *first = r->schema->objects.items[j];
			if (first->kind != object->kind || !name_equal(first->name, object->name))
				continue;
			struct diag *diag =
				scope_error(r, "duplicate", item->span, "%s '%s' is declared twice",
					    object->kind->text, object->name->text);
			ctx_place(r->ctx, diag, first->span, "first here");
		}
		LIST_PUSH(r->arena, &r->schema->objects, object);
	}
}

/* --- a project ---------------------------------------------------------------------------------- */

static void resolve_all(struct resolver *r, const struct tree_file_list *files)
{
	struct charset_choice choice;
	scope_collect(r, files);
	take_schema_block(r, &choice);
	type_check_named(r);
	for (size_t i = 0; i < r->tables.n; i++)
		table_begin(r, r->tables.items[i], &choice, r->schema->engine);
	for (size_t i = 0; i < r->tables.n; i++)
		table_columns(r, r->tables.items[i]);
	for (size_t i = 0; i < r->tables.n; i++)
		key_collect(r, r->tables.items[i]);
	name_settle(r);
	for (size_t i = 0; i < r->tables.n; i++) {
		limits_check(r, r->tables.items[i]);
		features_check(r, r->tables.items[i]);
		schema_add_table(r->schema, r->tables.items[i]->table);
	}
	for (size_t i = 0; i < r->tables.n; i++)
		limit_merge(r, r->tables.items[i]);
	take_objects(r);
}

/* The server and every target. */
static bool all_have(const struct server *server, const struct server_list *targets,
		     enum capability capability)
{
	bool all = server_has(server, capability);
	for (size_t i = 0; i < targets->n; i++)
		all &= server_has(&targets->items[i], capability);
	return all;
}

/* NULL with errors. */
static struct schema *resolve_for(struct context *ctx, struct arena *arena,
				  const struct tree_file_list *files, const struct server *server,
				  const struct server_list *targets, bool declared)
{
	struct resolver r;
	scope_init(&r, ctx, arena, server);
	r.declared = declared;
	/* MariaDB has no NOT NULL on generated columns: then they are nullable for everybody */
	r.generated_nullable = !all_have(server, targets, CAP_GENERATED_NOT_NULL);
	r.column_checks = all_have(server, targets, CAP_COLUMN_CHECK);
	r.desc_covers = all_have(server, targets, CAP_DESC_COVERS);
	r.schema = schema_new(ctx, arena, server);
	r.schema->targets = *targets;
	resolve_all(&r, files);
	return r.failed ? NULL : r.schema;
}

/* A target of the connected server's series has that server's defaults. */
static struct server settings_of(const struct server *target, const struct server *server)
{
	struct server settled = *target;
	if (server->connected && targets_same_series(target, server)) {
		settled = *server;
		settled.version = target->version;
	}
	return settled;
}

/* Resolves for one more target, in an arena of its own: only what it has to say stays. */
static bool check_target(struct context *ctx, const struct tree_file_list *files,
			 const struct server_list *targets, const struct server *target,
			 const struct schema *schema)
{
	struct arena arena;
	struct diag_queue before;
	arena_init(&arena);
	targets_take(ctx, &before);
	struct schema *other = resolve_for(ctx, &arena, files, target, targets, true);
	bool ok = other && (!schema || targets_compare(ctx, schema, other));
	targets_give(ctx, &before);
	arena_free(&arena);
	return ok;
}

struct schema *resolve_files(struct context *ctx, struct arena *arena,
			     const struct tree_file_list *files, const struct server *server)
{
	struct server_list targets = { 0 };
	struct diag_queue before;
	targets_take(ctx, &before);
	bool ok = resolve_targets(ctx, arena, files, &targets);
	struct schema *schema =
		resolve_for(ctx, arena, files, server, &targets, targets_contain(&targets, server));
	targets_give(ctx, &before);
	for (size_t i = 0; i < targets.n; i++) {
		struct server target = settings_of(&targets.items[i], server);
		bool same = target.flavour == server->flavour && target.version == server->version;
		if (!same)
			ok &= check_target(ctx, files, &targets, &target, schema);
	}
	return ok ? schema : NULL;
}
