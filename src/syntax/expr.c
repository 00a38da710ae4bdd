#include "syntax/expr.h"

#include <string.h>

#include "syntax/tree.h"

struct expr *expr_new(struct arena *arena, enum expr_kind kind, struct span span)
{
	struct expr *expr = ARENA_NEW(arena, struct expr);
	expr->kind = kind;
	expr->span = span;
	return expr;
}

struct expr *expr_string(struct arena *arena, const char *text, size_t len)
{
	struct expr *expr = expr_new(arena, EXPR_STRING, span_none());
	expr->text = arena_strndup(arena, text, len);
	expr->len = len;
	return expr;
}

struct expr *expr_number(struct arena *arena, const char *text)
{
	struct expr *expr = expr_new(arena, EXPR_NUMBER, span_none());
	expr->len = strlen(text);
	expr->text = arena_strndup(arena, text, expr->len);
	return expr;
}

static const struct tree_type *copy_type(struct arena *arena, const struct tree_type *type)
{
	struct tree_type *copy;

	if (!type)
		return NULL;
	copy = arena_memdup(arena, type, sizeof(*type));
	memset(&copy->args, 0, sizeof(copy->args));
	for (size_t i = 0; i < type->args.n; i++)
		LIST_PUSH(arena, &copy->args, expr_copy(arena, type->args.items[i]));
	return copy;
}

/* The node without its arguments; names are the interner's and stay. */
static struct expr *copy_node(struct arena *arena, const struct expr *expr)
{
	struct expr *copy = arena_memdup(arena, expr, sizeof(*expr));

	if (expr->text)
		copy->text = expr->len ? arena_strndup(arena, expr->text, expr->len)
				       : arena_strdup(arena, expr->text);
	copy->type = copy_type(arena, expr->type);
	memset(&copy->args, 0, sizeof(copy->args));
	return copy;
}

struct expr *expr_copy(struct arena *arena, const struct expr *expr)
{
	struct expr *copy;

	if (!expr)
		return NULL;
	copy = copy_node(arena, expr);
	for (size_t i = 0; i < expr->args.n; i++)
		LIST_PUSH(arena, &copy->args, expr_copy(arena, expr->args.items[i]));
	return copy;
}

static bool equal_types(const struct tree_type *a, const struct tree_type *b)
{
	if (a == b)
		return true;
	if (!a || !b || !name_equal(a->word, b->word) || !name_equal(a->charset, b->charset) ||
	    a->is_unsigned != b->is_unsigned || a->args.n != b->args.n)
		return false;
	for (size_t i = 0; i < a->args.n; i++)
		if (!expr_equal(a->args.items[i], b->args.items[i]))
			return false;
	return true;
}

/* Whether the text is a word of the language, equal without regard to case; hex digits are too. */
static bool is_word(enum expr_kind kind)
{
	return kind == EXPR_BOOL || kind == EXPR_NUMBER || kind == EXPR_HEX ||
	       kind == EXPR_VARIABLE;
}

static bool equal_texts(const struct expr *a, const struct expr *b)
{
	if (!a->text || !b->text)
		return a->text == b->text;
	if (is_word(a->kind))
		return word_equal(a->text, b->text);
	return a->len == b->len && (!a->len || !memcmp(a->text, b->text, a->len));
}

/* Are they the same comparison with its sides exchanged, a < 5 and 5 > a? */
static bool is_mirrored(const struct expr *a, const struct expr *b)
{
	static const char *const pairs[][2] = { { "=", "=" }, { "<>", "<>" }, { "<=>", "<=>" },
						{ "<", ">" }, { "<=", ">=" }, { ">", "<" },
						{ ">=", "<=" } };

	if (a->kind != EXPR_BINARY || b->kind != EXPR_BINARY || a->args.n != 2 || b->args.n != 2)
		return false;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		if (!strcmp(a->name->text, pairs[i][0]) && !strcmp(b->name->text, pairs[i][1]))
			return expr_equal(a->args.items[0], b->args.items[1]) &&
			       expr_equal(a->args.items[1], b->args.items[0]);
	}
	return false;
}

bool expr_equal(const struct expr *a, const struct expr *b)
{
	if (a == b)
		return true;
	if (a && b && is_mirrored(a, b))
		return true;
	if (!a || !b || a->kind != b->kind || !name_equal(a->name, b->name) || !equal_texts(a, b) ||
	    !equal_types(a->type, b->type) || a->args.n != b->args.n)
		return false;
	for (size_t i = 0; i < a->args.n; i++)
		if (!expr_equal(a->args.items[i], b->args.items[i]))
			return false;
	return true;
}

void expr_each_column(const struct expr *expr, void (*visit)(const struct expr *column, void *data),
		      void *data)
{
	if (!expr)
		return;
	if (expr->kind == EXPR_COLUMN) { /* its arguments are qualifiers */
		visit(expr, data);
		return;
	}
	for (size_t i = 0; i < expr->args.n; i++)
		expr_each_column(expr->args.items[i], visit, data);
}

struct expr *expr_rename_column(struct arena *arena, const struct expr *expr,
				const struct name *from, const struct name *to)
{
	struct expr *copy;

	if (!expr)
		return NULL;
	if (expr->kind == EXPR_COLUMN) {
		copy = expr_copy(arena, expr);
		if (name_equal(expr->name, from))
			copy->name = to;
		return copy;
	}
	copy = copy_node(arena, expr);
	for (size_t i = 0; i < expr->args.n; i++)
		LIST_PUSH(arena, &copy->args,
			  expr_rename_column(arena, expr->args.items[i], from, to));
	return copy;
}

struct search {
	const struct name *name;
	bool found;
};

static void look_at_column(const struct expr *column, void *data)
{
	struct search *search = data;
	if (name_equal(column->name, search->name))
		search->found = true;
}

bool expr_uses_column(const struct expr *expr, const struct name *column)
{
	struct search search = { column, false };
	if (expr)
		expr_each_column(expr, look_at_column, &search);
	return search.found;
}
