#include "dsl/scope.h"

#include "base/buf.h"
#include "dsl/attrs.h"

#include <stdlib.h>
#include <string.h>

#define NAME_LIMIT 64 /* characters of an identifier: MySQL manual, "Identifier Length Limits" */

void scope_init(struct resolver *r, struct context *ctx, struct arena *arena,
		const struct server *server)
{
	*r = (struct resolver){ .ctx = ctx, .arena = arena, .server = server };
}

void scope_init_single(struct resolver *r, struct context *ctx, struct arena *arena,
		       const struct server *server)
{
	scope_init(r, ctx, arena, server);
	r->single = true;
}

/* --- entering ----------------------------------------------------------------------------------- */

static void report_twice(struct resolver *r, const char *what, const struct tree_item *first,
			 const struct tree_item *second)
{
	struct span span = scope_span(second->name, second);
	struct diag *diag = scope_error(r, "duplicate", span, "%s '%s' is declared twice", what,
					second->name.name->text);
	ctx_place(r->ctx, diag, span, "again here");
	ctx_place(r->ctx, diag, scope_span(first->name, first), "first here");
	if (second->kind == TREE_TABLE && first->name.name != second->name.name)
		ctx_hint(r->ctx, diag,
			 "the server takes both names for one (lower_case_table_names = %d)",
			 r->server->lower_case_table_names);
}

/* Adds to a map of items; false when the name is taken. */
static bool enter(struct resolver *r, struct map *map, const char *what,
		  const struct tree_item *item)
{
	const struct tree_item *first = map_get(map, item->name.name->key);
	if (first) {
		report_twice(r, what, first, item);
		return false;
	}
	map_put(r->arena, map, item->name.name->key, (void *)item);
	return true;
}

static const struct name *table_key(const struct resolver *r, const struct name *name)
{
	return r->server->lower_case_table_names == 0 ? name : name->key;
}

static void enter_table(struct resolver *r, const struct tree_item *item)
{
	const struct name *key = table_key(r, item->name.name);
	struct draft *first = map_get(&r->tables_by_name, key);
	if (first) {
		report_twice(r, "table", first->item, item);
		return;
	}
	struct draft *draft = ARENA_NEW(r->arena, struct draft);
	draft->item = item;
	LIST_PUSH(r->arena, &r->tables, draft);
	map_put(r->arena, &r->tables_by_name, key, draft);
}

static void enter_schema(struct resolver *r, const struct tree_item *item)
{
	if (!r->schema_item) {
		r->schema_item = item;
		return;
	}
	struct diag *diag = scope_error(r, "schema", scope_span(item->name, item),
					"a project has one schema block, this is another");
	ctx_place(r->ctx, diag, scope_span(r->schema_item->name, r->schema_item), "the first");
}

static void enter_type(struct resolver *r, const struct tree_item *item)
{
	const struct name *name = item->name.name;
	if (type_is_word(name->text) || word_equal(name->text, "serial"))
		scope_error(r, "type", scope_span(item->name, item),
			    "type '%s' has the name of a built-in type", name->text);
	else if (attrs_is_suffix_word(name))
		scope_error(r, "type", scope_span(item->name, item),
			    "type '%s' has the name of an attribute", name->text);
	else if (enter(r, &r->types, "type", item))
		LIST_PUSH(r->arena, &r->type_list, item);
}

static void enter_item(struct resolver *r, const struct tree_item *item)
{
	if (!item->name.name)
		return; /* the parser has said why */
	switch (item->kind) {
	case TREE_SCHEMA:
		enter_schema(r, item);
		break;
	case TREE_TYPE:
		enter_type(r, item);
		break;
	case TREE_MIXIN:
		if (enter(r, &r->mixins, "mixin", item))
			LIST_PUSH(r->arena, &r->mixin_list, item);
		break;
	case TREE_TABLE:
		enter_table(r, item);
		break;
	case TREE_OBJECT:
		LIST_PUSH(r->arena, &r->object_list, item);
		break;
	case TREE_COLUMN:
	case TREE_KEY:
	case TREE_FOREIGN_KEY:
	case TREE_CHECK:
	case TREE_USE:
	case TREE_PARTITION:
	case TREE_PERIOD:
		break; /* never at the top of a file */
	}
}

static int compare_drafts(const void *a, const void *b)
{
	const struct draft *x = *(struct draft *const *)a, *y = *(struct draft *const *)b;
	return name_compare(x->item->name.name, y->item->name.name);
}

static int compare_files(const void *a, const void *b)
{
	const struct tree_file *x = *(struct tree_file *const *)a,
			       *y = *(struct tree_file *const *)b;
	return strcmp(x->src ? x->src->path : "", y->src ? y->src->path : "");
}

void scope_collect(struct resolver *r, const struct tree_file_list *files)
{
	r->files = files;
	/* the order of files never matters: which of two is called the second neither */
	struct tree_file **sorted =
		arena_memdup(r->arena, files->items, files->n * sizeof(*sorted));
	if (files->n)
		qsort(sorted, files->n, sizeof(*sorted), compare_files);
	for (size_t i = 0; i < files->n; i++)
		for (size_t j = 0; j < sorted[i]->items.n; j++)
			enter_item(r, sorted[i]->items.items[j]);
	if (r->tables.n)
		qsort(r->tables.items, r->tables.n, sizeof(*r->tables.items), compare_drafts);
}

/* --- finding ------------------------------------------------------------------------------------ */

const struct tree_item *scope_type(const struct resolver *r, const struct name *name)
{
	return map_get(&r->types, name->key);
}

const struct tree_item *scope_mixin(const struct resolver *r, const struct name *name)
{
	return map_get(&r->mixins, name->key);
}

struct draft *scope_table(const struct resolver *r, const struct name *name)
{
	return map_get(&r->tables_by_name, table_key(r, name));
}

struct draft_column *scope_column(const struct draft *draft, const struct name *name)
{
	return map_get(&draft->by_name, name->key);
}

struct word_list {
	const char **items;
	size_t n, cap;
};

static void suggest(struct resolver *r, struct diag *diag, const struct name *name,
		    const struct word_list *words)
{
	const char *near = diag_suggest(name->text, words->items, words->n);
	if (near)
		ctx_hint(r->ctx, diag, "did you mean '%s'?", near);
}

static void suggest_items(struct resolver *r, struct diag *diag, const struct name *name,
			  const struct tree_item **items, size_t n)
{
	struct word_list words = { 0 };
	for (size_t i = 0; i < n; i++)
		LIST_PUSH(r->arena, &words, items[i]->name.name->text);
	suggest(r, diag, name, &words);
}

void scope_suggest_type(struct resolver *r, struct diag *diag, const struct name *name)
{
	suggest_items(r, diag, name, r->type_list.items, r->type_list.n);
}

void scope_suggest_column(struct resolver *r, struct diag *diag, const struct draft *draft,
			  const struct name *name)
{
	struct word_list words = { 0 };
	for (size_t i = 0; i < draft->columns.n; i++)
		LIST_PUSH(r->arena, &words, draft->columns.items[i]->item->name.name->text);
	suggest(r, diag, name, &words);
}

const struct tree_item *scope_need_mixin(struct resolver *r, struct tree_ident name)
{
	const struct tree_item *item = scope_mixin(r, name.name);
	if (!item) {
		struct diag *diag = scope_error(r, "mixin", name.span, "there is no mixin '%s'",
						name.name->text);
		suggest_items(r, diag, name.name, r->mixin_list.items, r->mixin_list.n);
	}
	return item;
}

struct draft *scope_need_table(struct resolver *r, struct tree_ident name)
{
	struct draft *draft = scope_table(r, name.name);
	if (draft)
		return draft;
	struct diag *diag =
		scope_error(r, "table", name.span, "there is no table '%s'", name.name->text);
	struct word_list words = { 0 };
	for (size_t i = 0; i < r->tables.n; i++)
		LIST_PUSH(r->arena, &words, r->tables.items[i]->item->name.name->text);
	suggest(r, diag, name.name, &words);
	return NULL;
}

struct draft_column *scope_need_column(struct resolver *r, const struct draft *draft,
				       struct tree_ident name)
{
	struct draft_column *column = scope_column(draft, name.name);
	if (!column) {
		struct diag *diag =
			scope_error(r, "column", name.span, "table '%s' has no column '%s'",
				    draft->item->name.name->text, name.name->text);
		scope_suggest_column(r, diag, draft, name.name);
	}
	return column;
}

const char *scope_server(const struct resolver *r)
{
	struct buf text = { 0 };
	server_print(&text, r->server);
	return buf_arena(&text, r->arena);
}

bool scope_check_name(struct resolver *r, const char *what, struct tree_ident name)
{
	if (!name.name)
		return true;
	if (!name.name->len || name.name->text[name.name->len - 1] == ' ') {
		scope_error(r, "name", name.span, "'%s' can't be the name of a %s", name.name->text,
			    what);
		return false;
	}
	size_t length = name_length(name.name);
	if (length <= NAME_LIMIT)
		return true;
	scope_error(r, "name", name.span,
		    "the name of a %s has at most %d characters, '%s' has %zu", what, NAME_LIMIT,
		    name.name->text, length);
	return false;
}
