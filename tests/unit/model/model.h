/*
 * model: what the unit tests of the model room share: a context, an arena, servers, parsing.
 */
#ifndef AUTOGEN_TESTS_UNIT_MODEL_H
#define AUTOGEN_TESTS_UNIT_MODEL_H

#include "tests/unit/unit.h"

#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "model/normal.h"
#include "model/schema.h"
#include "syntax/parse.h"

struct world {
	struct context ctx;
	struct arena arena;
	struct server server;
};

static inline void world_open(struct world *world, const char *flavour, const char *version)
{
	context_init(&world->ctx);
	arena_init(&world->arena);
	assert_true(server_parse(&world->ctx, &world->server, flavour, version));
}

static inline void world_close(struct world *world)
{
	arena_free(&world->arena);
	context_free(&world->ctx);
}

static inline const struct name *n(struct world *world, const char *text)
{
	return ctx_name(&world->ctx, text);
}

/* `a TYPE attributes` as an item. */
static inline const struct tree_item *column_item(struct world *world, const char *text)
{
	const char *line = arena_printf(&world->arena, "a %s", text);
	const struct source *src = ctx_source(&world->ctx, "test", line, strlen(line));
	const struct tree_item *item = parse_item(&world->ctx, &world->arena, src);
	assert_non_null(item);
	return item;
}

/* The type of `TYPE attributes`; false when it is refused. */
static inline bool read_type(struct world *world, const char *text, struct type *type)
{
	const struct tree_item *item = column_item(world, text);
	const struct name *charset = NULL;
	return type_from_tree(&world->ctx, &world->arena, &world->server, item->type, &item->attrs,
			      type, &charset);
}

/* The only diagnostic there is, which is then forgotten. */
static inline const char *said(struct world *world)
{
	const char *message = NULL;
	assert_int_equal(world->ctx.diags.diags.n, 1);
	message = arena_strdup(&world->arena, world->ctx.diags.diags.items[0]->message);
	diag_clear(&world->ctx.diags);
	return message;
}

static inline const char *print_expr(struct world *world, const struct expr *expr)
{
	struct buf text = { 0 };
	expr_print(&text, expr, EXPR_MODEL);
	return buf_arena(&text, &world->arena);
}

#endif
