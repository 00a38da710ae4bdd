#include "syntax/build.h"

#include "base/context.h"

#include <string.h>

/* Every expression of a parse is one of these. */
struct node {
	struct expr expr;
	unsigned depth; /* of nested operands */
	unsigned chain; /* of left operands of binary operators */
};

static struct node *node_of(struct expr *expr)
{
	return (struct node *)(void *)expr;
}

static struct expr *new_expr(struct parse *p, enum expr_kind kind, struct span span)
{
	struct node *node = ARENA_NEW(p->arena, struct node);

	node->expr.kind = kind;
	node->expr.span = span;
	node->depth = 1;
	return &node->expr;
}

/* `left`: an operand that nests for as long as it likes, in a chain. */
static void add_operand(struct parse *p, struct expr *expr, struct expr *operand, bool left)
{
	struct node *node = node_of(expr);
	const struct node *child = node_of(operand);
	unsigned depth = child->depth + !left, chain = child->chain + 1;

	if (depth > SYNTAX_MAX_DEPTH || chain > BUILD_MAX_CHAIN) {
		parse_error(p, operand->span, "this is nested too deeply");
		operand = new_expr(p, EXPR_NULL, operand->span);
		depth = chain = 1;
	}
	node->depth = depth > node->depth ? depth : node->depth;
	node->chain = chain > node->chain ? chain : node->chain;
	LIST_PUSH(p->arena, &expr->args, operand);
}

static void add_operands(struct parse *p, struct expr *expr, const struct expr_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		add_operand(p, expr, list->items[i], false);
}

static const struct name *lower(const struct token *token)
{
	return token->name->key;
}

struct expr_list *build_exprs(struct parse *p, struct expr *first)
{
	struct expr_list *list = ARENA_NEW(p->arena, struct expr_list);

	return first ? build_add_expr(p, list, first) : list;
}

struct expr_list *build_add_expr(struct parse *p, struct expr_list *list, struct expr *expr)
{
	LIST_PUSH(p->arena, list, expr);
	return list;
}

/* --- literals and names ----------------------------------------------------------------------- */

struct expr *build_literal(struct parse *p, enum expr_kind kind, const struct token *token)
{
	struct expr *expr = new_expr(p, kind, token->span);

	expr->text = token->text;
	expr->len = token->len;
	return expr;
}

struct expr *build_word(struct parse *p, enum expr_kind kind, const struct token *token)
{
	struct expr *expr = new_expr(p, kind, token->span);

	if (kind == EXPR_BOOL) {
		expr->text = lower(token)->text;
		expr->len = lower(token)->len;
	}
	return expr;
}

struct expr *build_absent(struct parse *p, struct span span)
{
	return new_expr(p, EXPR_ABSENT, span);
}

static struct expr *opaque(struct parse *p, const char *text, struct span span)
{
	struct expr *expr = new_expr(p, EXPR_OPAQUE, span);

	expr->text = text;
	expr->len = strlen(text);
	return expr;
}

struct expr *build_introduce(struct parse *p, const struct token *introducer, struct expr *literal,
			     struct span span)
{
	const struct name *key = lower(introducer);

	/* n'x' is the introducer of what the servers call national */
	literal->name =
		key->len == 1 ? ctx_name(p->ctx, "utf8mb3") : ctx_name(p->ctx, key->text + 1);
	literal->span = span;
	return literal;
}

struct expr *build_temporal(struct parse *p, const struct token *word, struct expr *string,
			    struct span span)
{
	(void)p;
	string->kind = EXPR_TEMPORAL;
	string->name = lower(word);
	string->span = span;
	return string;
}

struct expr *build_join_strings(struct parse *p, struct expr *a, const struct expr *b,
				struct span span)
{
	char *text = arena_alloc(p->arena, a->len + b->len + 1);

	memcpy(text, a->text, a->len);
	memcpy(text + a->len, b->text, b->len);
	a->text = text;
	a->len += b->len;
	a->span = span;
	return a;
}

struct expr *build_column(struct parse *p, struct tree_ident name)
{
	struct expr *expr = new_expr(p, EXPR_COLUMN, name.span);

	expr->name = name.name;
	return expr;
}

struct expr *build_qualified(struct parse *p, struct tree_ident a, struct tree_ident b,
			     struct tree_ident c, struct span span)
{
	struct expr *expr = build_column(p, c.name ? c : b);

	add_operand(p, expr, build_column(p, a), false);
	if (c.name)
		add_operand(p, expr, build_column(p, b), false);
	expr->span = span;
	return expr;
}

struct expr *build_grouped(struct parse *p, struct expr *expr, struct span span)
{
	(void)p;
	expr->span = span;
	return expr;
}

struct expr *build_row(struct parse *p, struct expr *first, const struct expr_list *rest,
		       struct span span)
{
	struct expr *expr = new_expr(p, EXPR_ROW, span);

	if (!first && rest->n == 1)
		return rest->items[0]; /* row(a) is a */
	if (first)
		add_operand(p, expr, first, false);
	add_operands(p, expr, rest);
	return expr;
}

/* --- operators -------------------------------------------------------------------------------- */

struct expr *build_unary(struct parse *p, const struct token *op, struct expr *a, struct span span)
{
	struct expr *expr = new_expr(p, EXPR_UNARY, span);

	expr->name = lower(op);
	add_operand(p, expr, a, false);
	return expr;
}

struct expr *build_binary(struct parse *p, struct expr *a, const struct token *op, struct expr *b,
			  struct span span)
{
	struct expr *expr = new_expr(p, EXPR_BINARY, span);

	expr->name = lower(op);
	/* words of two: member_of, sounds_like, at_time_zone */
	if (strchr(expr->name->text, ' ')) {
		char *text = arena_strdup(p->arena, expr->name->text);

		for (char *c = text; (c = strchr(c, ' '));)
			*c = '_';
		expr->name = ctx_name(p->ctx, text);
	}
	add_operand(p, expr, a, true);
	add_operand(p, expr, b, false);
	return expr;
}

static struct expr *wrap(struct parse *p, enum expr_kind kind, const struct name *name,
			 struct expr *a, struct span span)
{
	struct expr *expr = new_expr(p, kind, span);

	expr->name = name;
	add_operand(p, expr, a, false);
	return expr;
}

struct expr *build_not(struct parse *p, struct expr *plain)
{
	return wrap(p, EXPR_NOT, NULL, plain, plain->span);
}

struct expr *build_is(struct parse *p, struct expr *a, const struct token *what, struct span span)
{
	return wrap(p, EXPR_IS, lower(what), a, span);
}

struct expr *build_in(struct parse *p, struct expr *a, const struct expr_list *list,
		      struct span span)
{
	struct expr *expr = wrap(p, EXPR_IN, NULL, a, span);

	add_operands(p, expr, list);
	return expr;
}

struct expr *build_between(struct parse *p, struct expr *a, struct expr *low,
			   const struct token *and, struct expr *high, struct span span)
{
	struct expr *expr = wrap(p, EXPR_BETWEEN, NULL, a, span);

	if (!word_equal(and->name->text, "and"))
		parse_error(p, and->span,
			    "between goes on with and, not with '%s'", and->name->text);
	add_operand(p, expr, low, false);
	add_operand(p, expr, high, false);
	return expr;
}

struct expr *build_like_expr(struct parse *p, struct expr *a, const struct token *like,
			     struct expr *b, struct expr *escape, struct span span)
{
	struct expr *expr = build_binary(p, a, like, b, span);

	if (escape)
		add_operand(p, expr, escape, false);
	return expr;
}

struct expr *build_interval(struct parse *p, struct expr *a, const struct token *unit,
			    struct span span)
{
	return wrap(p, EXPR_INTERVAL, lower(unit), a, span);
}

struct expr *build_collate(struct parse *p, struct expr *a, struct tree_ident collation,
			   struct span span)
{
	return wrap(p, EXPR_COLLATE, collation.name, a, span);
}

struct expr *build_case(struct parse *p, struct expr *operand, const struct expr_list *whens,
			struct expr *otherwise, struct span span)
{
	struct expr *expr = wrap(p, EXPR_CASE, NULL, operand, span);

	add_operands(p, expr, whens);
	add_operand(p, expr, otherwise, false);
	return expr;
}

/* --- calls ------------------------------------------------------------------------------------ */

struct expr *build_cast(struct parse *p, struct expr *a, struct tree_type *type,
			const struct token *array, struct span span)
{
	struct expr *expr = wrap(p, EXPR_CAST, array ? lower(array) : NULL, a, span);

	expr->type = type;
	return expr;
}

struct expr *build_convert(struct parse *p, struct expr *a, struct tree_ident charset,
			   struct span span)
{
	return wrap(p, EXPR_CONVERT, charset.name, a, span);
}

static struct expr *call(struct parse *p, const struct name *name, struct span span)
{
	struct expr *expr = new_expr(p, EXPR_CALL, span);

	expr->name = name;
	return expr;
}

struct expr *build_call(struct parse *p, const struct token *name, const struct expr_list *args,
			struct span span)
{
	struct expr *expr = call(p, lower(name), span);

	add_operands(p, expr, args);
	return expr;
}

struct expr *build_call_word(struct parse *p, const struct token *name, const struct token *word,
			     const struct expr_list *args, struct span span)
{
	struct expr *expr = call(p, lower(name), span);

	add_operand(p, expr, opaque(p, lower(word)->text, word->span), false);
	add_operands(p, expr, args);
	return expr;
}

struct expr *build_locate(struct parse *p, struct expr *a, struct expr *b, struct span span)
{
	struct expr *expr = call(p, ctx_name(p->ctx, "locate"), span);

	add_operand(p, expr, a, false);
	add_operand(p, expr, b, false);
	return expr;
}

struct expr *build_substring(struct parse *p, const struct token *name, struct expr *a,
			     struct expr *from, struct expr *length, struct span span)
{
	struct expr *expr = call(p, lower(name), span);

	add_operand(p, expr, a, false);
	add_operand(p, expr, from, false);
	if (length)
		add_operand(p, expr, length, false);
	return expr;
}

struct expr *build_char_using(struct parse *p, const struct token *name,
			      const struct expr_list *args, struct tree_ident charset,
			      struct span span)
{
	struct expr *expr = build_call(p, name, args, span);

	add_operand(p, expr,
		    opaque(p, arena_printf(p->arena, "using %s", charset.name->key->text),
			   charset.span),
		    false);
	return expr;
}

struct expr *build_json_value(struct parse *p, const struct token *name,
			      const struct expr_list *args, const struct token *clause,
			      struct span span)
{
	struct expr *expr = build_call(p, name, args, span);

	add_operand(p, expr, opaque(p, clause->text, clause->span), false);
	return expr;
}

struct expr_list *build_trim_args(struct parse *p, const struct token *side, struct expr *what,
				  struct expr *from)
{
	struct expr_list *list = build_exprs(p, NULL);

	if (side || what)
		build_add_expr(p, list,
			       side ? opaque(p, lower(side)->text, side->span)
				    : opaque(p, "both", what->span));
	if (what)
		build_add_expr(p, list, what);
	return build_add_expr(p, list, from);
}

struct expr *build_trim(struct parse *p, const struct token *name, const struct expr_list *args,
			struct span span)
{
	return build_call(p, name, args, span);
}
