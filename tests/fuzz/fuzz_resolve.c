/*
 * fuzz_resolve: any text as a project, for one of the servers; the first byte says which.
 *
 * Nothing may crash, leak or hang in resolving and judging, and what compiles comes
 * back from both of unresolve's styles.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "dsl/resolve.h"
#include "dsl/unresolve.h"
#include "lint/judge.h"
#include "syntax/parse.h"
#include "syntax/print.h"

static const char *const servers[][2] = {
	{ "mysql", "5.6.24" },     { "mysql", "8.0" },        { "mysql", "9.7.4" },
	{ "mariadb", "10.5.23" },  { "mariadb", "10.11.19" }, { "mariadb", "11.8.6" },
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void fail(struct context *ctx, const char *what, const char *text)
{
	fprintf(stderr, "%s\n%s\n", what, text);
	diag_print(&ctx->diags, false, stderr);
	abort();
}

/* NULL: does not compile. */
static struct schema *compile(struct context *ctx, struct arena *arena, const char *text, size_t len,
			      const struct server *server)
{
	struct tree_file_list files = { 0 };
	const struct source *src = ctx_source(ctx, "fuzz", text, len);
	LIST_PUSH(arena, &files, parse_file(ctx, arena, src));
	return ctx->diags.errors ? NULL : resolve_files(ctx, arena, &files, server);
}

static void check_table(struct context *ctx, struct arena *arena, const struct table *table,
			const struct server *server)
{
	struct buf text = { 0 };
	struct tree_item *item = unresolve_table(ctx, arena, table, NULL, UNRESOLVE_FULL);
	print_item(&text, item);
	if (!resolve_table(ctx, arena, server, item))
		fail(ctx, "a table does not resolve again", buf_text(&text));
	buf_free(&text);
}

static void check_again(struct context *ctx, struct arena *arena, struct schema *schema,
			const struct server *server)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < schema->tables.n; i++)
		check_table(ctx, arena, schema->tables.items[i], server);
	schema->targets.n = 0;
	print_file(&text, unresolve_schema(ctx, arena, schema));
	struct schema *again = compile(ctx, arena, buf_text(&text), text.len, server);
	if (!again || again->tables.n != schema->tables.n)
		fail(ctx, "a schema does not compile again", buf_text(&text));
	buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct context ctx;
	struct arena arena;
	struct server server;
	const char *const *words = servers[size ? data[0] % (sizeof(servers) / sizeof(*servers)) : 0];
	context_init(&ctx);
	arena_init(&arena);
	if (!server_parse(&ctx, &server, words[0], words[1]))
		abort();
	char *text = arena_strndup(&arena, (const char *)data, size);
	struct schema *schema = compile(&ctx, &arena, text, size, &server);
	if (schema) {
		struct server_list list = { 0 };
		LIST_PUSH(&arena, &list, server);
		judge_schema(&ctx, schema, &list);
		diag_clear(&ctx.diags);
		check_again(&ctx, &arena, schema, &server);
	}
	arena_free(&arena);
	context_free(&ctx);
	return 0;
}
