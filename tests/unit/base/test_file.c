#include "base/file.h"

#include "base/context.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Each test runs in a temporary folder of its own. */
static struct context ctx;
static struct arena arena;
static char folder[] = "/tmp/autogen-test-XXXXXX";
static char before[4096];

static int set_up(void **state)
{
	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	strcpy(folder + sizeof(folder) - 7, "XXXXXX");
	return !getcwd(before, sizeof(before)) || !mkdtemp(folder) || chdir(folder);
}

static int tear_down(void **state)
{
	(void)state;
	context_free(&ctx);
	arena_free(&arena);
	char *command = NULL;
	int failed =
		chdir(before) || asprintf(&command, "rm -rf '%s'", folder) < 0 || system(command);
	free(command);
	return failed;
}

static void put(const char *path, const char *text)
{
	assert_true(file_write(&ctx, path, text, strlen(text)));
}

static void assert_content(const char *path, const char *expected)
{
	const char *text;
	assert_true(file_read(&ctx, &arena, path, &text, NULL));
	assert_string_equal(text, expected);
}

/* The last queued message is `expected`, of rule `file`. */
static void assert_failed(const char *expected)
{
	assert_true(ctx.diags.diags.n > 0);
	const struct diag *diag = ctx.diags.diags.items[ctx.diags.diags.n - 1];
	assert_string_equal(diag->message, expected);
	assert_string_equal(diag->rule, "file");
	assert_int_equal(diag->level, DIAG_ERROR);
}

TEST(what_is_written_is_read)
{
	static char large[200001];
	memset(large, 'x', sizeof(large) - 1);
	put("empty", "");
	put("large", large);
	assert_content("empty", "");
	assert_content("large", large);
	const char *text;
	size_t len;
	assert_true(file_write(&ctx, "bytes", "a\0b", 3));
	assert_true(file_read(&ctx, &arena, "bytes", &text, &len));
	assert_int_equal(len, 3);
	assert_memory_equal(text, "a\0b", 4);
	assert_int_equal(ctx.diags.diags.n, 0);
}

TEST(reading_fails_with_the_reason)
{
	const char *text;
	assert_false(file_read(&ctx, &arena, "missing", &text, NULL));
	assert_failed("can't read 'missing': no such file or directory");
	assert_false(file_read(&ctx, &arena, ".", &text, NULL));
	assert_failed("can't read '.': is a directory");
}

TEST(writing_replaces_and_leaves_nothing_else)
{
	put("a.sql", "one");
	assert_int_equal(chmod("a.sql", 0640), 0);
	put("a.sql", "two");
	assert_content("a.sql", "two");
	struct stat st;
	assert_int_equal(stat("a.sql", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640); /* as it was */
	mode_t mask = umask(027);
	put("b.sql", "new");
	umask(mask);
	assert_int_equal(stat("b.sql", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640); /* as the umask says */
	assert_int_equal(system("test \"$(ls -A | tr '\\n' ' ')\" = 'a.sql b.sql '"), 0);
}

TEST(writing_through_a_link_keeps_it)
{
	assert_true(file_make_dirs(&ctx, "real"));
	put("real/a.sql", "one");
	assert_int_equal(symlink("real/a.sql", "link.sql"), 0);
	put("link.sql", "two");
	assert_content("real/a.sql", "two");
	struct stat st;
	assert_int_equal(lstat("link.sql", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
}

TEST(writing_fails_with_the_reason)
{
	assert_false(file_write(&ctx, "no/such/a.sql", "x", 1));
	assert_failed("can't write 'no/such/a.sql': no such file or directory");
	assert_true(file_make_dirs(&ctx, "folder"));
	assert_false(file_write(&ctx, "folder", "x", 1));
	assert_failed("can't write 'folder': is a directory");
	assert_int_equal(system("test \"$(ls -A)\" = folder"), 0);
}

TEST(walking_is_sorted_and_recursive)
{
	assert_true(file_make_dirs(&ctx, "schema/shop/deep"));
	assert_true(file_make_dirs(&ctx, "schema/.git"));
	assert_true(file_make_dirs(&ctx, "schema/folder.model"));
	put("schema/b.model", "");
	put("schema/a.model", "");
	put("schema/shop/z.model", "");
	put("schema/shop/deep/用户.model", "");
	put("schema/shop.model", "");
	put("schema/.hidden.model", "");
	put("schema/.git/c.model", "");
	put("schema/a.model~", "");
	put("schema/notes.md", "");
	struct path_list paths = { 0 };
	assert_true(file_walk(&ctx, &arena, "schema", ".model", &paths));
	static const char *const expected[] = {
		"schema/a.model",      "schema/b.model",
		"schema/shop.model",   "schema/shop/deep/用户.model",
		"schema/shop/z.model",
	};
	assert_int_equal(paths.n, 5);
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(paths.items[i], expected[i]);
	/* appended to what the list has */
	assert_true(file_walk(&ctx, &arena, "schema/shop/", ".model", &paths));
	assert_int_equal(paths.n, 7);
	assert_string_equal(paths.items[0], expected[0]);
	assert_string_equal(paths.items[6], "schema/shop/z.model");
}

TEST(walking_follows_links_but_not_in_circles)
{
	assert_true(file_make_dirs(&ctx, "elsewhere"));
	assert_true(file_make_dirs(&ctx, "schema/sub"));
	put("elsewhere/a.model", "");
	put("b.model", "");
	assert_int_equal(symlink("../elsewhere", "schema/linked"), 0);
	assert_int_equal(symlink("../b.model", "schema/b.model"), 0);
	assert_int_equal(symlink("..", "schema/sub/up"), 0);
	struct path_list paths = { 0 };
	assert_true(file_walk(&ctx, &arena, "schema", ".model", &paths));
	assert_int_equal(paths.n, 2);
	assert_string_equal(paths.items[0], "schema/b.model");
	assert_string_equal(paths.items[1], "schema/linked/a.model");
}

TEST(walking_fails_with_the_reason)
{
	struct path_list paths = { 0 };
	assert_false(file_walk(&ctx, &arena, "missing", ".model", &paths));
	assert_failed("can't read folder 'missing': no such file or directory");
	put("file", "");
	assert_false(file_walk(&ctx, &arena, "file", ".model", &paths));
	assert_failed("can't read folder 'file': not a directory");
	/* a model that is not there must not go missing silently */
	assert_int_equal(symlink("nowhere", "lost.model"), 0);
	assert_int_equal(symlink("nowhere", "lost.txt"), 0);
	assert_false(file_walk(&ctx, &arena, ".", ".model", &paths));
	assert_failed("can't read 'lost.model': no such file or directory");
	assert_int_equal(ctx.diags.errors, 3);
	assert_int_equal(paths.n, 0);
}

TEST(folders_are_made_with_their_parents)
{
	assert_true(file_make_dirs(&ctx, "a/b//c/"));
	assert_true(file_is_dir("a/b/c"));
	assert_true(file_make_dirs(&ctx, "a/b/c"));
	assert_true(file_make_dirs(&ctx, "./a/../d"));
	assert_true(file_is_dir("d"));
	const char *absolute = file_join(&arena, folder, "x/y");
	assert_true(file_make_dirs(&ctx, absolute));
	assert_true(file_is_dir("x/y"));
	put("file", "");
	assert_false(file_make_dirs(&ctx, "file/sub"));
	assert_failed("can't make folder 'file': not a directory");
	assert_true(file_exists("file"));
	assert_false(file_is_dir("file"));
	assert_false(file_exists("file/sub"));
}

TEST(joining)
{
	assert_string_equal(file_join(&arena, "schema", "a.model"), "schema/a.model");
	assert_string_equal(file_join(&arena, "schema/", "a.model"), "schema/a.model");
	assert_string_equal(file_join(&arena, "/", "a"), "/a");
	assert_string_equal(file_join(&arena, "", "a"), "a");
	assert_string_equal(file_join(&arena, "schema", "/tmp/a"), "/tmp/a");
}

#define IN_FOLDER(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(what_is_written_is_read),
		IN_FOLDER(reading_fails_with_the_reason),
		IN_FOLDER(writing_replaces_and_leaves_nothing_else),
		IN_FOLDER(writing_through_a_link_keeps_it),
		IN_FOLDER(writing_fails_with_the_reason),
		IN_FOLDER(walking_is_sorted_and_recursive),
		IN_FOLDER(walking_follows_links_but_not_in_circles),
		IN_FOLDER(walking_fails_with_the_reason),
		IN_FOLDER(folders_are_made_with_their_parents),
		IN_FOLDER(joining),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
