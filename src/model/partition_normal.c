/* partition_normal: the normal form of partitionings (model/partition.h). */
#include "model/partition.h"

#include "base/context.h"
#include "model/constant.h"
#include "model/interval.h"
#include "model/literal.h"
#include "model/normal.h"
#include "model/option.h"

#include <string.h>

struct normal {
	struct context *ctx;
	struct arena *arena;
	const struct server *server;
	const struct name *engine;
	const struct name *method; /* of the one in hand, in lower case */
};

/* --- bounds ----------------------------------------------------------------------------------- */

/* The bytes as a string where they are text, else in hexadecimal: what they are either way. */
static struct expr *of_bytes(struct normal *n, const char *bytes, size_t len, struct span span)
{
	struct expr *expr = expr_new(n->arena, EXPR_STRING, span);
	expr->text = bytes;
	expr->len = len;
	if (literal_is_text(bytes, len, true))
		return expr;
	expr->kind = EXPR_HEX;
	expr->text = literal_hex(n->arena, bytes, len);
	expr->len = len * 2;
	return expr;
}

/* A name that says nothing about the bytes of a string. */
static bool is_plain_introducer(const struct expr *expr)
{
	return !expr->name || word_equal(expr->name->text, "binary") ||
	       literal_introducer_is_plain(expr->name, expr->text, expr->len);
}

static const struct expr *normal_bound(struct normal *n, const struct expr *bound)
{
	if (partition_is_maxvalue(bound)) {
		struct expr *word = expr_new(n->arena, EXPR_COLUMN, bound->span);
		word->name = ctx_name(n->ctx, "maxvalue");
		return word;
	}
	const struct expr *expr = normal_expr(n->ctx, n->arena, n->server, bound);
	if (expr->kind == EXPR_HEX) {
		size_t len;
		const char *bytes = literal_bytes(n->arena, expr, &len);
		return of_bytes(n, bytes, len, bound->span);
	}
	if (expr->kind == EXPR_STRING && is_plain_introducer(expr))
		return of_bytes(n, expr->text, expr->len, bound->span);
	const struct expr *value = constant_value(n->ctx, n->arena, expr);
	return value ? value : expr;
}

static void push_row(struct normal *n, struct expr_list *out, const struct expr *row)
{
	for (size_t i = 0; i < row->args.n; i++)
		LIST_PUSH(n->arena, out, (struct expr *)normal_bound(n, row->args.items[i]));
}

/* less than ((1, 2)) is less than (1, 2); in ((1), (2)) is in (1, 2). */
static struct expr_list normal_bounds(struct normal *n, const struct tree_partition_def *def)
{
	struct expr_list out = { 0 };
	for (size_t i = 0; i < def->bounds.n; i++) {
		const struct expr *bound = def->bounds.items[i];
		if (bound->kind != EXPR_ROW) {
			const struct expr *value = normal_bound(n, bound);
			bool first =
				value->kind == EXPR_NULL && word_equal(n->method->text, "list");
			if (first)
				LIST_INSERT(n->arena, &out, 0, (struct expr *)value);
			else
				LIST_PUSH(n->arena, &out, (struct expr *)value);
		} else if (def->values == VALUES_LESS_THAN || bound->args.n == 1) {
			push_row(n, &out, bound);
		} else {
			struct expr *row = expr_new(n->arena, EXPR_ROW, bound->span);
			for (size_t j = 0; j < bound->args.n; j++)
				LIST_PUSH(n->arena, &row->args,
					  (struct expr *)normal_bound(n, bound->args.items[j]));
			LIST_PUSH(n->arena, &out, row);
		}
	}
	return out;
}

/* --- attributes ------------------------------------------------------------------------------- */

/* What says no more than its absence. */
static bool says_nothing(const struct normal *n, const struct tree_attr *attr)
{
	const char *word = attr->word.name ? attr->word.name->text : "";
	enum capability capability = option_partition_capability(attr->kind);
	if (capability != CAP_COUNT && server_can(n->server, capability) == SUPPORT_IGNORED)
		return true;
	switch ((int)attr->kind) {
	case ATTR_ENGINE:
		return n->engine && word_equal(word, n->engine->text);
	case ATTR_MAX_ROWS:
	case ATTR_MIN_ROWS:
		return !strcmp(word, "0");
	case ATTR_NODEGROUP:
		return !strcmp(word, "65535") || word_equal(word, "default");
	case ATTR_COMMENT:
		return !attr->expr || !attr->expr->len;
	default:
		return false;
	}
}

static void push_attr(struct normal *n, struct tree_attr_list *out, const struct tree_attr *attr)
{
	size_t at = 0;
	if (says_nothing(n, attr))
		return;
	while (at < out->n && out->items[at].kind < attr->kind)
		at++;
	LIST_INSERT(n->arena, out, at, *attr);
}

/* `more` is of the partition whose subpartition this is: what that does not say itself. */
static struct tree_attr_list normal_attrs(struct normal *n, const struct tree_attr_list *attrs,
					  const struct tree_attr_list *more)
{
	struct tree_attr_list out = { 0 };
	for (size_t i = 0; i < attrs->n; i++)
		push_attr(n, &out, &attrs->items[i]);
	for (size_t i = 0; more && i < more->n; i++)
		if (!tree_find_attr(attrs, more->items[i].kind))
			push_attr(n, &out, &more->items[i]);
	return out;
}

/* --- tablespaces ------------------------------------------------------------------------------ */

/* That of the first partition or subpartition that says one. */
static const struct tree_attr *find_tablespace(const struct tree_partition_def_list *defs)
{
	const struct tree_attr *found = NULL;
	for (size_t i = 0; i < defs->n && !found; i++) {
		found = tree_find_attr(&defs->items[i].attrs, ATTR_TABLESPACE);
		if (!found)
			found = find_tablespace(&defs->items[i].subpartitions);
	}
	return found;
}

static void give_tablespace(struct normal *n, struct tree_partition_def_list *defs,
			    const struct tree_attr *space)
{
	for (size_t i = 0; i < defs->n; i++) {
		struct tree_partition_def *def = &defs->items[i];
		if (def->subpartitions.n)
			give_tablespace(n, &def->subpartitions, space);
		else if (!tree_find_attr(&def->attrs, ATTR_TABLESPACE))
			push_attr(n, &def->attrs, space);
	}
}

/* --- all -------------------------------------------------------------------------------------- */

static struct tree_partition_def normal_def(struct normal *n, const struct tree_partition_def *from)
{
	struct tree_partition_def def = *from;
	def.bounds = normal_bounds(n, from);
	def.notes = NULL;
	def.subpartitions = (struct tree_partition_def_list){ 0 };
	if (def.is_default || def.is_current || def.is_history)
		def.values = VALUES_NONE;
	for (size_t i = 0; i < from->subpartitions.n; i++) {
		struct tree_partition_def sub = from->subpartitions.items[i];
		sub.attrs = normal_attrs(n, &sub.attrs, &from->attrs);
		sub.notes = NULL;
		LIST_PUSH(n->arena, &def.subpartitions, sub);
	}
	def.attrs = (struct tree_attr_list){ 0 };
	if (!def.subpartitions.n)
		def.attrs = normal_attrs(n, &from->attrs, NULL);
	return def;
}

struct tree_partition *partition_normal(struct context *ctx, struct arena *arena,
					const struct server *server, const struct name *engine,
					const struct tree_partition *from)
{
	struct tree_partition *to = arena_memdup(arena, from, sizeof(*from));
	struct normal n = { ctx, arena, server, engine, from->method->key };
	to->method = from->method->key;
	to->sub_method = from->sub_method ? from->sub_method->key : NULL;
	to->expr = (struct expr *)normal_expr(ctx, arena, server, from->expr);
	to->sub_expr = (struct expr *)normal_expr(ctx, arena, server, from->sub_expr);
	to->interval = interval_normal(arena, from->interval);
	if (to->algorithm == 2)
		to->algorithm = 0; /* what it is without */
	to->defs = (struct tree_partition_def_list){ 0 };
	for (size_t i = 0; i < from->defs.n; i++)
		LIST_PUSH(arena, &to->defs, normal_def(&n, &from->defs.items[i]));
	const struct tree_attr *space = find_tablespace(&to->defs);
	if (space && server_has(server, CAP_PARTITION_TABLESPACE_OF_ALL))
		give_tablespace(&n, &to->defs, space);
	if (to->defs.n)
		to->count = 0;
	if (to->defs.n && to->defs.items[0].subpartitions.n)
		to->sub_count = 0;
	return to;
}
