/*
 * parsing: text in, the printed tree or the errors out. For the tests of this room.
 */
#ifndef AUTOGEN_TESTS_SYNTAX_PARSING_H
#define AUTOGEN_TESTS_SYNTAX_PARSING_H

#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "syntax/parse.h"
#include "syntax/print.h"
#include "tests/unit/unit.h"

enum start { FILES, ITEM, TYPE, PARTITION, OP, MODEL_EXPR, MYSQL_EXPR, MARIADB_EXPR };

static struct context ctx;
static struct arena arena;
static struct buf printed;

static inline int set_up(void **state)
{
	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	context_free(&ctx);
	buf_free(&printed);
	printed = (struct buf){ 0 };
	return 0;
}

static inline const void *parse(enum start start, const struct source *src, struct tree_attr_list *attrs)
{
	switch (start) {
	case FILES: return parse_file(&ctx, &arena, src);
	case ITEM: return parse_item(&ctx, &arena, src);
	case TYPE: return parse_type(&ctx, &arena, src, attrs);
	case PARTITION: return parse_partition(&ctx, &arena, src);
	case OP: return parse_op(&ctx, &arena, src);
	case MODEL_EXPR: return parse_expr(&ctx, &arena, src->text, src->len, SYNTAX_MODEL);
	case MYSQL_EXPR: return parse_expr(&ctx, &arena, src->text, src->len, SYNTAX_MYSQL);
	case MARIADB_EXPR: return parse_expr(&ctx, &arena, src->text, src->len, SYNTAX_MARIADB);
	}
	return NULL;
}

/* What is parsed, printed; NULL: nothing was. */
static inline const char *print(enum start start, const char *text, size_t len)
{
	struct tree_attr_list attrs = { 0 };
	const void *tree;

	diag_clear(&ctx.diags);
	buf_clear(&printed);
	tree = parse(start, ctx_source(&ctx, "t", text, len), &attrs);
	if (!tree)
		return NULL;
	switch (start) {
	case FILES: print_file(&printed, tree); break;
	case ITEM: print_entry(&printed, tree); break;
	case TYPE:
		print_type(&printed, tree);
		for (size_t i = 0; i < attrs.n; i++) {
			buf_add_char(&printed, ' ');
			print_attr(&printed, &attrs.items[i]);
		}
		break;
	case PARTITION: print_partition(&printed, tree); break;
	case OP: print_op(&printed, tree); break;
	case MODEL_EXPR:
	case MYSQL_EXPR:
	case MARIADB_EXPR: expr_print(&printed, tree, EXPR_MODEL); break;
	}
	return buf_text(&printed);
}

static inline const char *said(void)
{
	struct buf text = { 0 };

	diag_sort(&ctx.diags);
	for (size_t i = 0; i < ctx.diags.diags.n; i++)
		diag_render(ctx.diags.diags.items[i], false, &text);
	return buf_arena(&text, &arena);
}

static inline void assert_prints(enum start start, const char *text, const char *expected)
{
	const char *found = print(start, text, strlen(text));

	if (ctx.diags.errors)
		fail_msg("%s\n%s", text, said());
	if (!expected) {
		assert_null(found);
		return;
	}
	assert_non_null(found);
	assert_string_equal(found, expected);
	/* the printed form is a fixed point */
	const char *again = arena_strdup(&arena, found);
	enum start model = start > MODEL_EXPR ? MODEL_EXPR : start;
	found = print(model, again, strlen(again));
	assert_non_null(found);
	assert_string_equal(found, expected);
}

static inline void assert_said(enum start start, const char *text, size_t len, const char *message)
{
	print(start, text, len);
	assert_true(ctx.diags.errors > 0);
	assert_string_equal(ctx.diags.diags.items[0]->message, message);
}

#endif
