/* The single items of resolve.h: op lines, which say everything themselves. */
#include "dsl/attrs.h"
#include "dsl/resolve.h"
#include "dsl/resolve_column.h"
#include "dsl/resolve_key.h"
#include "dsl/resolve_name.h"
#include "dsl/resolve_period.h"
#include "dsl/resolve_table.h"

/* An item of another kind than the op's words promise. */
static bool is_kind(struct context *ctx, const struct tree_item *item, enum tree_item_kind kind,
		    const char *what)
{
	if (item->kind == kind)
		return true;
	ctx_error(ctx, "op", item->span, "this is no %s", what);
	return false;
}

const struct column *resolve_column(struct context *ctx, struct arena *arena,
				    const struct server *server, const struct tree_item *item)
{
	struct resolver r;
	scope_init_single(&r, ctx, arena, server);
	return is_kind(ctx, item, TREE_COLUMN, "column") ? column_resolve_item(&r, item) : NULL;
}

static bool is_named(struct context *ctx, const struct tree_item *item, const void *part,
		     const char *what)
{
	if (part && item->name.name)
		return true;
	if (part)
		ctx_error(ctx, "op", item->span, "the %s has to be named here", what);
	return false;
}

const struct index *resolve_index(struct context *ctx, struct arena *arena,
				  const struct server *server, const struct tree_item *item)
{
	struct resolver r;
	scope_init_single(&r, ctx, arena, server);
	if (!is_kind(ctx, item, TREE_KEY, "index"))
		return NULL;
	struct index *index = key_index(&r, NULL, item);
	if (r.failed)
		return NULL;
	return item->key == KEY_PRIMARY || is_named(ctx, item, index, "index") ? index : NULL;
}

const struct foreign_key *resolve_foreign_key(struct context *ctx, struct arena *arena,
					      const struct tree_item *item)
{
	struct resolver r;
	scope_init_single(&r, ctx, arena, NULL);
	if (!is_kind(ctx, item, TREE_FOREIGN_KEY, "foreign key"))
		return NULL;
	struct foreign_key *key = key_foreign_key(&r, NULL, item);
	return !r.failed && is_named(ctx, item, key, "foreign key") ? key : NULL;
}

const struct check *resolve_check(struct context *ctx, struct arena *arena,
				  const struct server *server, const struct tree_item *item)
{
	struct resolver r;
	scope_init_single(&r, ctx, arena, server);
	if (!is_kind(ctx, item, TREE_CHECK, "check"))
		return NULL;
	struct check *check = key_check(&r, NULL, item);
	return !r.failed && is_named(ctx, item, check, "check") ? check : NULL;
}

const struct period *resolve_period(struct context *ctx, struct arena *arena,
				    const struct tree_item *item)
{
	struct resolver r;
	scope_init_single(&r, ctx, arena, NULL);
	return is_kind(ctx, item, TREE_PERIOD, "period") ? period_of_item(&r, NULL, item) : NULL;
}

struct table *resolve_table(struct context *ctx, struct arena *arena, const struct server *server,
			    const struct tree_item *item)
{
	struct resolver r;
	if (!is_kind(ctx, item, TREE_TABLE, "table"))
		return NULL;
	scope_init_single(&r, ctx, arena, server);
	struct charset_choice inherited = charset_of_server(server);
	struct draft *draft = ARENA_NEW(arena, struct draft);
	draft->item = item;
	LIST_PUSH(arena, &r.tables, draft);
	table_begin(&r, draft, &inherited, server->default_engine);
	table_columns(&r, draft);
	key_collect(&r, draft);
	name_settle(&r);
	return r.failed ? NULL : draft->table;
}
