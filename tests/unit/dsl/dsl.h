/*
 * dsl: what the tests of resolving and judging share: text to model in one call.
 *
 * One world a test: set_up() and tear_down() are cmocka fixtures.
 */
#ifndef AUTOGEN_TESTS_UNIT_DSL_H
#define AUTOGEN_TESTS_UNIT_DSL_H

#include "tests/unit/unit.h"

#include "base/buf.h"
#include "base/context.h"
#include "dsl/resolve.h"
#include "syntax/parse.h"

#include <stdio.h>
#include <string.h>

static struct context ctx;
static struct arena arena;
static struct server server; /* what is compiled for: mysql 9.7 unless a test says otherwise */

static void use_server(const char *flavour, const char *version)
{
	assert_true(server_parse(&ctx, &server, flavour, version));
}

static int set_up(void **state)
{
	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	use_server("mysql", "9.7.4");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	context_free(&ctx);
	return 0;
}

/* Everything queued, as people see it. */
static const char *said(void)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < ctx.diags.diags.n; i++)
		diag_render(ctx.diags.diags.items[i], false, &out);
	return buf_arena(&out, &arena);
}

static struct tree_file *parse(const char *path, const char *text)
{
	const struct source *src = ctx_source(&ctx, path, text, strlen(text));
	struct tree_file *file = parse_file(&ctx, &arena, src);
	if (ctx.diags.errors)
		fail_msg("does not parse:\n%s", said());
	return file;
}

#define SHOP "schema shop {\n engine InnoDB\n charset utf8mb4\n collate utf8mb4_unicode_ci\n}\n"

/* Two files: the schema block above and the text; NULL when there were errors. */
static struct schema *try_compile_with(const char *block, const char *text)
{
	struct tree_file_list files = { 0 };
	LIST_PUSH(&arena, &files, parse("schema.model", block));
	LIST_PUSH(&arena, &files, parse("a.model", text));
	return resolve_files(&ctx, &arena, &files, &server);
}

static struct schema *compile_with(const char *block, const char *text)
{
	struct schema *schema = try_compile_with(block, text);
	if (!schema || ctx.diags.diags.n)
		fail_msg("does not compile:\n%s", said());
	return schema;
}

static inline struct schema *compile(const char *text)
{
	return compile_with(SHOP, text);
}

static inline const struct table *find_table(const struct schema *schema, const char *name)
{
	const struct table *table = schema_find_table(schema, ctx_name(&ctx, name));
	assert_non_null(table);
	return table;
}

static inline const struct column *find_column(const struct schema *schema, const char *table,
					       const char *name)
{
	const struct column *column = table_column(find_table(schema, table), ctx_name(&ctx, name));
	assert_non_null(column);
	return column;
}

/* The text that the diagnostic's main place stands at. */
static inline const char *place_text(const struct diag *diag)
{
	if (!diag->places.n || !diag->places.items[0].span.src)
		return "";
	struct span span = diag->places.items[0].span;
	return arena_strndup(&arena, span.src->text + span.start, span.end - span.start);
}

static inline bool has_hint(const struct diag *diag, const char *hint)
{
	for (size_t i = 0; i < diag->hints.n; i++)
		if (strstr(diag->hints.items[i], hint))
			return true;
	return !hint[0];
}

/* A diagnostic of that rule whose message, place and hints hold these texts. */
static inline void assert_said(const char *rule, const char *message, const char *place,
			       const char *hint)
{
	for (size_t i = 0; i < ctx.diags.diags.n; i++) {
		const struct diag *diag = ctx.diags.diags.items[i];
		if (!strcmp(diag->rule, rule) && strstr(diag->message, message) &&
		    !strncmp(place_text(diag), place, strlen(place)) && has_hint(diag, hint))
			return;
	}
	fail_msg("nobody said [%s] '%s' at '%s' with hint '%s':\n%s", rule, message, place, hint,
		 said());
}

/* Compiling must fail, with just that error. */
static inline void assert_refused_with(const char *block, const char *text, const char *rule,
				       const char *message, const char *place, const char *hint)
{
	struct schema *schema = try_compile_with(block, text);
	if (schema)
		fail_msg("compiles:\n%s", text);
	assert_said(rule, message, place, hint);
	if (ctx.diags.diags.n != 1)
		fail_msg("more was said than '%s':\n%s", message, said());
	diag_clear(&ctx.diags);
}

#endif
