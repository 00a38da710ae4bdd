/*
 * models: what the tests of diff, plan and emit share: two models as text, what leads from one to
 * the other as text.
 *
 * One world a test: set_up() and tear_down() are cmocka fixtures.
 */
#ifndef AUTOGEN_TESTS_UNIT_MODELS_H
#define AUTOGEN_TESTS_UNIT_MODELS_H

#include "tests/unit/unit.h"

#include "base/buf.h"
#include "base/context.h"
#include "diff/apply.h"
#include "diff/diff.h"
#include "diff/plan.h"
#include "dsl/resolve.h"
#include "emit/sql.h"
#include "syntax/parse.h"

#include <string.h>

static struct context ctx;
static struct arena arena;
static struct server server;        /* what models are for: mysql 9.7 unless a test says otherwise */
static struct server_list targets;  /* that server, and what a test adds */

static inline void use_server(const char *flavour, const char *version)
{
	assert_true(server_parse(&ctx, &server, flavour, version));
	targets.n = 0;
	LIST_PUSH(&arena, &targets, server);
}

static inline void add_target(const char *flavour, const char *version)
{
	struct server other;
	assert_true(server_parse(&ctx, &other, flavour, version));
	LIST_PUSH(&arena, &targets, other);
}

static int set_up(void **state)
{
	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	targets = (struct server_list){ 0 };
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

/* Everything queued, as people see it; the queue is empty afterwards. */
static inline const char *said(void)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < ctx.diags.diags.n; i++)
		diag_render(ctx.diags.diags.items[i], false, &out);
	diag_clear(&ctx.diags);
	return buf_arena(&out, &arena);
}

static inline void assert_said(const char *part)
{
	const char *text = said();
	if (!strstr(text, part))
		fail_msg("'%s' is not in:\n%s", part, text);
}

/* The items of a file after a schema block of InnoDB, utf8mb4, utf8mb4_unicode_ci. */
static inline struct schema *model(const char *text)
{
	static const char head[] =
		"schema s { engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci }\n";
	const char *whole = arena_printf(&arena, "%s%s", head, text);
	struct tree_file_list files = { 0 };
	const struct source *src = ctx_source(&ctx, "a.model", whole, strlen(whole));
	LIST_PUSH(&arena, &files, parse_file(&ctx, &arena, src));
	struct schema *schema = ctx.diags.errors ? NULL
						 : resolve_files(&ctx, &arena, &files, &server);
	if (!schema)
		fail_msg("does not compile:\n%s", said());
	return schema;
}

/* The same as a state: nobody's wish, it asks for no backfill. */
static inline struct schema *state_of(const char *text)
{
	struct schema *schema = model(text);
	schema->span = span_none();
	return schema;
}

static inline const char *describe(const struct op_list *ops, const char *between)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < ops->n; i++) {
		buf_add(&out, i ? between : "");
		op_describe(&out, ops->items[i]);
	}
	return buf_arena(&out, &arena);
}

/* The ops between two schemas, a line each; "refused" when diff refuses. */
static inline const char *ops_between(const struct schema *from, const struct schema *to)
{
	struct op_list ops = { 0 };
	if (!diff_schemas(&ctx, &arena, from, to, &ops))
		return "refused";
	struct schema *there = schema_clone(&arena, from);
	assert_true(apply_ops(there, &ops));
	struct op_list rest = { 0 };
	assert_true(diff_schemas(&ctx, &arena, there, to, &rest));
	assert_string_equal(describe(&rest, "\n"), "");
	return describe(&ops, "\n");
}

static inline const char *diff_text(const char *from, const char *to)
{
	return ops_between(state_of(from), model(to));
}

static inline struct plan plan_between(const struct schema *from, const struct schema *to)
{
	struct plan plan = { 0 };
	if (!plan_change(&ctx, &arena, from, to, &targets, &plan))
		fail_msg("no plan:\n%s", said());
	struct schema *there = schema_clone(&arena, from);
	for (size_t i = 0; i < plan.statements.n; i++)
		assert_true(apply_ops(there, &plan.statements.items[i]->ops));
	struct op_list rest = { 0 };
	assert_true(diff_schemas(&ctx, &arena, there, to, &rest));
	assert_string_equal(describe(&rest, "\n"), "");
	return plan;
}

/* The statements of the plan, a line each, their ops joined by " + ". */
static inline const char *plan_lines(const struct plan *plan)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < plan->statements.n; i++) {
		const struct statement *statement = plan->statements.items[i];
		buf_add(&out, i ? "\n" : "");
		if (statement->backfill)
			buf_printf(&out, "fill %s.%s", statement->table->text,
				   statement->backfill->name->text);
		buf_add(&out, describe(&statement->ops, " + "));
	}
	return buf_arena(&out, &arena);
}

static inline const char *plan_text(const char *from, const char *to)
{
	struct plan plan = plan_between(state_of(from), model(to));
	return plan_lines(&plan);
}

/* The SQL of a plan, statements ending in ";\n". */
static inline const char *plan_sql(const struct plan *plan)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < plan->statements.n; i++) {
		if (!sql_statement(&ctx, &out, &targets, plan->statements.items[i])) {
			buf_free(&out);
			return "refused";
		}
		buf_add(&out, ";\n");
	}
	return buf_arena(&out, &arena);
}

static inline const char *sql_text(const char *from, const char *to)
{
	struct plan plan = plan_between(state_of(from), model(to));
	return plan_sql(&plan);
}

#define test_in_world(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
