/*
 * chain: a folder of revisions for each test, written in a line each.
 */
#ifndef AUTOGEN_TESTS_UNIT_REVISION_CHAIN_H
#define AUTOGEN_TESTS_UNIT_REVISION_CHAIN_H

#include "base/buf.h"
#include "base/context.h"
#include "revision/graph.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Each test has a folder of revisions of its own. */
static struct context ctx;
static struct arena arena;
static struct graph graph;
static const char *folder;

static inline int set_up(void **state)
{
	(void)state;
	static char path[] = "/tmp/autogen-test-XXXXXX";
	context_init(&ctx);
	arena_init(&arena);
	strcpy(path + sizeof(path) - 7, "XXXXXX");
	folder = mkdtemp(path);
	return !folder;
}

static inline int tear_down(void **state)
{
	(void)state;
	const char *command = arena_printf(&arena, "rm -rf '%s'", folder);
	int failed = system(command);
	context_free(&ctx);
	arena_free(&arena);
	return failed;
}

static inline void put_file(const char *name, const char *text)
{
	assert_true(file_write(&ctx, file_join(&arena, folder, name), text, strlen(text)));
}

static inline void put_depending(const char *id, const char *down, const char *depends, const char *labels)
{
	put_file(arena_printf(&arena, "%s.sql", id),
		 arena_printf(&arena,
			      "-- revision: %s\n-- down_revision: %s\n-- branch_labels: %s\n"
			      "-- depends_on: %s\n-- message: about %s\n\n-- migrate:up\n",
			      id, down, labels, depends, id));
}

static inline void put(const char *id, const char *down)
{
	put_depending(id, down, "", "");
}

static inline void read_graph(void)
{
	struct path_list locations = { 0 };
	LIST_PUSH(&arena, &locations, folder);
	assert_true(graph_read(&ctx, &arena, &locations, false, &graph));
}

static inline const char *ids(const struct revision_list *list)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < list->n; i++)
		buf_printf(&out, "%s%s", i ? " " : "", list->items[i]->id);
	return buf_arena(&out, &arena);
}

static inline struct string_list words(const char *text)
{
	struct string_list list = { 0 };
	char *copy = arena_strdup(&arena, text), *rest = NULL;
	for (char *word = strtok_r(copy, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
		LIST_PUSH(&arena, &list, word);
	return list;
}

static inline const char *joined(const struct string_list *list)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < list->n; i++)
		buf_printf(&out, "%s%s", i ? " " : "", list->items[i]);
	return buf_arena(&out, &arena);
}

/* The last message; "" when there is none. */
static inline const char *said(void)
{
	return ctx.diags.diags.n ? ctx.diags.diags.items[ctx.diags.diags.n - 1]->message : "";
}

static inline const char *hints(void)
{
	struct buf out = { 0 };
	if (ctx.diags.diags.n) {
		const struct diag *diag = ctx.diags.diags.items[ctx.diags.diags.n - 1];
		for (size_t i = 0; i < diag->hints.n; i++)
			buf_printf(&out, "%s%s", i ? " | " : "", diag->hints.items[i]);
	}
	return buf_arena(&out, &arena);
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
