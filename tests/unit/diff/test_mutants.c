/*
 * Every attribute of every model there is, dropped and changed: each must be a difference, or an
 * error. See tests/support/mutants.h; tests/server/test_mutants.c does the same with tables that
 * servers hold.
 */
#include "tests/support/mutants.h"

#include "base/buf.h"
#include "base/file.h"
#include "dsl/resolve.h"
#include "syntax/parse.h"
#include "tests/server/cases.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

#define HEAD "schema main { engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci }\n"

static const struct {
	enum flavour flavour;
	unsigned version;
} servers[] = {
	{ FLAVOUR_MYSQL, 50624 },    { FLAVOUR_MYSQL, 90704 },    { FLAVOUR_MARIADB, 100523 },
	{ FLAVOUR_MARIADB, 101119 }, { FLAVOUR_MARIADB, 110806 },
};

static struct mutants mutants;

/* The model that the text makes, mutated as inspect would print it. */
static bool run_model(const char *name, const char *text)
{
	struct tree_file_list files = { 0 };
	struct arena arena;
	arena_init(&arena);
	const struct source *src = source_new(&arena, name, text, strlen(text));
	struct tree_file *file = parse_file(&mutants.ctx, &arena, src);
	struct schema *schema = NULL;
	if (file)
		LIST_PUSH(&arena, &files, file);
	if (file && !mutants.ctx.diags.errors)
		schema = resolve_files(&mutants.ctx, &arena, &files, &mutants.server);
	bool ok = schema && mutants_run_schema(&mutants, name, schema);
	if (!schema) {
		print_message("%s:\n", name);
		diag_print(&mutants.ctx.diags, false, stdout);
		diag_clear(&mutants.ctx.diags);
	}
	arena_free(&arena);
	return ok;
}

static unsigned run_cases(const struct case_list *cases, const char *only, bool as_written)
{
	unsigned broken = 0;
	for (size_t s = 0; s < sizeof(servers) / sizeof(*servers); s++) {
		server_defaults(&mutants.ctx, &mutants.server, servers[s].flavour,
				servers[s].version);
		for (size_t i = 0; i < cases->n; i++) {
			const struct case_text *test = &cases->items[i];
			struct buf text = { 0 };
			if (!(test->servers & case_server(&mutants.server)) ||
			    (only && strcmp(only, test->name)))
				continue;
			buf_printf(&text, "%s%s", HEAD, test->first);
			if (as_written)
				broken += !mutants_run_text(&mutants, test->name, buf_text(&text));
			broken += !run_model(test->name, buf_text(&text));
			buf_free(&text);
		}
	}
	return broken;
}

TEST(no_mutant_is_missed)
{
	const char *only = getenv("AUTOGEN_MUTANTS_CASE");
	struct case_list loop = { 0 }, own = { 0 };
	struct arena arena;
	arena_init(&arena);
	mutants_init(&mutants);
	mutants.verbose = getenv("AUTOGEN_MUTANTS_VERBOSE") != NULL;
	assert_true(case_read(&mutants.ctx, &arena, "tests/unit/diff/mutants.model", &own));
	assert_true(case_read(&mutants.ctx, &arena, "tests/server/loop_cases.model", &loop));
	unsigned broken = run_cases(&own, only, true) + run_cases(&loop, only, false);
	mutants_print(&mutants);
	unsigned missing = only ? 0 : mutants_print_missing(&mutants);
	assert_int_equal(broken, 0);
	assert_int_equal(mutants.failures, 0);
	assert_int_equal(missing, 0);
	assert_true(only || mutants.mutants > 10000);
	mutants_free(&mutants);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(no_mutant_is_missed) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
