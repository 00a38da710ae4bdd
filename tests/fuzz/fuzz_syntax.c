/*
 * fuzz_syntax: any bytes, read as every start of the grammar. The first byte says which, when it is
 * a small number; otherwise all of it is a file, so that models are seeds as they are.
 *
 * Nothing may crash, leak or hang, and what parses is printed in a form that is stable:
 * print(parse(print(parse(x)))) is print(parse(x)).
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "syntax/parse.h"
#include "syntax/print.h"

enum start {
	FILES,
	ITEMS,
	TYPES,
	PARTITIONS,
	OPS,
	MODEL_EXPRS,
	MYSQL_EXPRS,
	MARIADB_EXPRS,
	STARTS
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void print_type_attrs(struct buf *out, const struct tree_type *type,
			     const struct tree_attr_list *attrs)
{
	print_type(out, type);
	for (size_t i = 0; i < attrs->n; i++) {
		buf_add_char(out, ' ');
		print_attr(out, &attrs->items[i]);
	}
}

/* False: it doesn't parse. */
static bool print_again(enum start start, const char *text, size_t len, struct buf *out)
{
	struct context ctx;
	struct arena arena;
	struct tree_attr_list attrs = { 0 };
	const void *tree = NULL;

	context_init(&ctx);
	arena_init(&arena);
	const struct source *src = ctx_source(&ctx, "fuzz", text, len);
	switch (start) {
	case FILES:
		tree = parse_file(&ctx, &arena, src);
		if (!ctx.diags.errors)
			print_file(out, tree);
		else
			tree = NULL;
		break;
	case ITEMS:
		tree = parse_item(&ctx, &arena, src);
		if (tree)
			print_entry(out, tree);
		break;
	case TYPES:
		tree = parse_type(&ctx, &arena, src, &attrs);
		if (tree)
			print_type_attrs(out, tree, &attrs);
		break;
	case PARTITIONS:
		tree = parse_partition(&ctx, &arena, src);
		if (tree)
			print_partition(out, tree);
		break;
	case OPS:
		tree = parse_op(&ctx, &arena, src);
		if (tree)
			print_op(out, tree);
		break;
	case MODEL_EXPRS:
	case MYSQL_EXPRS:
	case MARIADB_EXPRS:
	case STARTS:
	default:
		tree = parse_expr(&ctx, &arena, text, len,
				  start == MODEL_EXPRS   ? SYNTAX_MODEL
				  : start == MYSQL_EXPRS ? SYNTAX_MYSQL
							 : SYNTAX_MARIADB);
		if (tree)
			expr_print(out, tree, start == MODEL_EXPRS ? EXPR_MODEL : EXPR_SQL);
		break;
	}
	if (!tree && start < MODEL_EXPRS && !ctx.diags.errors) {
		fprintf(stderr, "refused without an error\n");
		abort();
	}
	for (size_t i = 0; i < ctx.diags.diags.n; i++) {
		struct buf message = { 0 };

		diag_render(ctx.diags.diags.items[i], false, &message);
		buf_free(&message);
	}
	arena_free(&arena);
	context_free(&ctx);
	return tree != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum start start = size && data[0] < STARTS ? (enum start)data[0] : FILES;
	bool marked = size && data[0] < STARTS;
	const char *text = (const char *)data + marked;
	struct buf first = { 0 }, second = { 0 };

	if (print_again(start, text, size - marked, &first)) {
		bool again = print_again(start, buf_text(&first), first.len, &second);

		if (!again || strcmp(buf_text(&first), buf_text(&second)) != 0) {
			fprintf(stderr, "start %d\n--- first\n%s\n--- %s\n%s\n", (int)start,
				buf_text(&first), again ? "second" : "does not parse",
				buf_text(&second));
			abort();
		}
	}
	buf_free(&first);
	buf_free(&second);
	return 0;
}
