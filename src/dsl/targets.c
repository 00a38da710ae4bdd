#include "dsl/targets.h"

#include <string.h>

#include "base/buf.h"
#include "base/context.h"

bool targets_same_series(const struct server *a, const struct server *b)
{
	return a->flavour == b->flavour && a->version / 100 == b->version / 100;
}

bool targets_contain(const struct server_list *targets, const struct server *server)
{
	for (size_t i = 0; i < targets->n; i++)
		if (targets_same_series(&targets->items[i], server))
			return true;
	return false;
}

/* --- what differs ------------------------------------------------------------------------------- */

struct comparison {
	struct context *ctx;
	const struct schema *schema, *other;
	struct {
		struct span *items;
		size_t n, cap;
	} said; /* places already spoken of */
	bool differs;
};

static bool same_span(struct span a, struct span b)
{
	return a.src == b.src && a.start == b.start && a.end == b.end;
}

static bool said_before(struct comparison *c, struct span span)
{
	for (size_t i = 0; i < c->said.n; i++)
		if (same_span(c->said.items[i], span))
			return true;
	LIST_PUSH(c->schema->arena, &c->said, span);
	return false;
}

static const char *server_words(const struct comparison *c, const struct server *server)
{
	struct buf text = { 0 };
	server_print(&text, server);
	return buf_arena(&text, c->schema->arena);
}

/* One string's collation on both servers. `where` is the place that left it open. */
static void compare(struct comparison *c, const char *subject, const struct origin *origin,
		    const struct name *charset, const struct name *collation,
		    const struct name *other)
{
	if (collation == other || origin->kind == ORIGIN_LIKE)
		return;
	bool bare = origin->kind == ORIGIN_CHARSET;
	struct span span = bare ? origin->span : c->schema->span;
	c->differs = true;
	if (said_before(c, span))
		return;
	const char *mine = server_words(c, c->schema->server);
	const char *its = server_words(c, c->other->server);
	const char *none = "no collation";
	struct diag *diag;
	if (bare)
		diag = ctx_error(c->ctx, "target-differs", span,
				 "charset %s without a collation is %s on %s and %s on %s",
				 charset->text, collation->text, mine, other ? other->text : none,
				 its);
	else
		diag = ctx_error(c->ctx, "target-differs", span,
				 "the collation of %s is left to the server: %s on %s and %s on %s",
				 subject, collation->text, mine, other ? other->text : none, its);
	if (bare)
		ctx_hint(c->ctx, diag, "charset %s collate %s", charset->text, collation->text);
	else
		ctx_hint(c->ctx, diag, "in the schema block: charset %s, collate %s", charset->text,
			 collation->text);
}

static void compare_table(struct comparison *c, const struct table *a, const struct table *b)
{
	struct arena *arena = c->schema->arena;
	compare(c, arena_printf(arena, "table '%s'", a->name->text), &a->collation_origin,
		a->charset, a->collation, b->collation);
	for (size_t i = 0; i < a->columns.n; i++) {
		const struct column *x = a->columns.items[i], *y = table_column(b, x->name);
		if (y && x->collation)
			compare(c, arena_printf(arena, "'%s.%s'", a->name->text, x->name->text),
				&x->collation_origin, x->charset, x->collation, y->collation);
	}
}

bool targets_compare(struct context *ctx, const struct schema *schema, const struct schema *other)
{
	struct comparison c = { .ctx = ctx, .schema = schema, .other = other };
	if (schema->collation)
		compare(&c, "the schema", &schema->collation_origin, schema->charset,
			schema->collation, other->collation);
	for (size_t i = 0; i < schema->tables.n; i++) {
		const struct table *table = schema->tables.items[i];
		const struct table *its = schema_find_table(other, table->name);
		if (its)
			compare_table(&c, table, its);
	}
	return !c.differs;
}

/* --- diagnostics -------------------------------------------------------------------------------- */

static struct span main_span(const struct diag *diag)
{
	return diag->places.n ? diag->places.items[0].span : span_none();
}

/* One that says the same, or the same of another server. */
static struct diag *find_like(struct context *ctx, const struct diag *diag, bool exactly)
{
	for (size_t i = 0; i < ctx->diags.diags.n; i++) {
		struct diag *old = ctx->diags.diags.items[i];
		if (!strcmp(old->rule, diag->rule) && same_span(main_span(old), main_span(diag)) &&
		    (!exactly || !strcmp(old->message, diag->message)))
			return old;
	}
	return NULL;
}

static void copy_diag(struct context *ctx, const struct diag *from)
{
	struct diag *diag = diag_add(&ctx->diags, from->level, from->rule, main_span(from), "%s",
				     from->message);
	for (size_t i = 0; i < from->places.n; i++) {
		const struct diag_place *place = &from->places.items[i];
		if (i || place->label)
			ctx_place(ctx, diag, place->span, "%s", place->label ? place->label : "");
	}
	for (size_t i = 0; i < from->hints.n; i++)
		ctx_hint(ctx, diag, "%s", from->hints.items[i]);
}

void targets_take(struct context *ctx, struct diag_queue *queue)
{
	*queue = ctx->diags;
	diag_init(&ctx->diags);
}

void targets_give(struct context *ctx, struct diag_queue *queue)
{
	static const char *const of_servers[] = { "target",    "target-ignored", "target-differs",
						  "timestamp", "key-length",     "charset",
						  "collation" };
	struct diag_queue later = ctx->diags;
	ctx->diags = *queue;
	for (size_t i = 0; i < later.diags.n; i++) {
		const struct diag *diag = later.diags.items[i];
		struct diag *old = find_like(ctx, diag, false);
		bool of_server = false;
		for (size_t j = 0; j < sizeof(of_servers) / sizeof(*of_servers); j++)
			of_server |= !strcmp(of_servers[j], diag->rule);
		if (find_like(ctx, diag, true))
			continue;
		if (old && of_server)
			ctx_place(ctx, old, span_none(), "and %s", diag->message);
		else
			copy_diag(ctx, diag);
	}
	diag_free(&later);
}
