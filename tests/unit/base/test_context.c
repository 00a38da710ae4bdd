#include "base/context.h"

#include "tests/unit/unit.h"

#include <string.h>

TEST(sources_are_copied)
{
	struct context ctx;
	context_init(&ctx);
	char path[] = "a.model", text[] = "id int";
	const struct source *src = ctx_source(&ctx, path, text, 2);
	memset(path, 'x', 3);
	memset(text, 'x', 3);
	assert_string_equal(src->path, "a.model");
	assert_string_equal(src->text, "id");
	assert_int_equal(src->len, 2);
	context_free(&ctx);
}

TEST(everyday_calls_queue)
{
	struct context ctx;
	context_init(&ctx);
	const struct source *src = ctx_source(&ctx, "a.model", "id int", 6);
	struct span span = { src, 0, 2 };
	struct diag *error = ctx_error(&ctx, "type", span, "no such type '%s'", "int");
	ctx_place(&ctx, error, span, "here");
	ctx_hint(&ctx, error, "write %s", "integer");
	ctx_warning(&ctx, "name", span_none(), "odd");
	ctx_note(&ctx, "name", span, "fine");
	assert_int_equal(ctx.diags.diags.n, 3);
	assert_int_equal(ctx.diags.errors, 1);
	assert_int_equal(ctx.diags.warnings, 1);
	assert_string_equal(error->message, "no such type 'int'");
	assert_ptr_equal(ctx_name(&ctx, "ID")->key, ctx_name(&ctx, "id"));
	context_free(&ctx);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sources_are_copied),
		cmocka_unit_test(everyday_calls_queue),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
