#include "revision/identify.h"
#include "tests/unit/revision/chain.h"

static const char *found(const char *text)
{
	struct revision *revision;
	if (!identify_one(&graph, NULL, text, &revision))
		return "?";
	return revision ? revision->id : "-";
}

static const char *all(const char *text)
{
	struct revision_list list;
	return identify(&graph, NULL, text, &list) ? ids(&list) : "?";
}

static const char *path(const char *current, const char *target, enum revision_direction direction)
{
	struct string_list rows = words(current);
	struct revision_list list;
	return graph_path(&graph, &rows, target, direction, &list) ? ids(&list) : "?";
}

#define up(current, target) path((current), (target), REVISION_UP)
#define down(current, target) path((current), (target), REVISION_DOWN)

static const char *step(const char *current, const char *id, enum revision_direction direction)
{
	struct string_list rows = words(current), after;
	graph_step(&graph, &rows, graph_by_id(&graph, id), direction, &after);
	return joined(&after);
}

/*
 *	a1 - b1 - d1 - e1
 *	   \ c1 /
 */
static void put_diamond(void)
{
	put("a1", "");
	put("b1", "a1");
	put("c1", "a1");
	put("d1", "b1, c1");
	put("e1", "d1");
	read_graph();
	assert_true(graph.sound);
}

/* --- reading --- */

TEST(nothing_is_an_empty_chain)
{
	struct path_list locations = { 0 };
	LIST_PUSH(&arena, &locations, "/nonexistent/folder");
	assert_true(graph_read(&ctx, &arena, &locations, false, &graph));
	assert_true(graph.sound);
	assert_int_equal(graph.all.n, 0);
	assert_string_equal(found("head"), "-");
	assert_string_equal(found("base"), "-");
	assert_string_equal(up("", "head"), "");
	assert_string_equal(up("", "heads"), "");
	assert_string_equal(down("", "base"), "");
	assert_int_equal(ctx.diags.diags.n, 0);
	assert_string_equal(found("a"), "?");
}

TEST(order_is_topological_then_by_id)
{
	put("z9", "");
	put("a2", "m5");
	put("b1", "z9");
	put("m5", "z9");
	put("c3", "b1, a2");
	read_graph();
	assert_string_equal(ids(&graph.all), "z9 b1 m5 a2 c3");
	assert_string_equal(ids(&graph.heads), "c3");
	assert_string_equal(ids(&graph.bases), "z9");
	assert_string_equal(ids(&graph.all.items[0]->children), "b1 m5");
}

TEST(only_files_of_the_folder_itself)
{
	put("a1", "");
	assert_int_equal(system(arena_printf(&arena, "mkdir '%s/old'", folder)), 0);
	put("old/b1", "a1");
	put_file("dump.sql", "CREATE TABLE x (y int);\n");
	put_file("notes.txt", "-- revision: c1\n\n");
	read_graph();
	assert_true(graph.sound);
	assert_string_equal(ids(&graph.all), "a1");
	assert_int_equal(ctx.diags.warnings, 1);
}

TEST(a_folder_named_twice_is_one)
{
	struct path_list locations = { 0 };
	put("a1", "");
	LIST_PUSH(&arena, &locations, folder);
	LIST_PUSH(&arena, &locations, arena_printf(&arena, "%s/./", folder));
	assert_true(graph_read(&ctx, &arena, &locations, false, &graph));
	assert_true(graph.sound);
	assert_int_equal(graph.all.n, 1);
}

TEST(several_bases_are_no_fault)
{
	put("a1", "");
	put("b1", "");
	put("c1", "b1");
	read_graph();
	assert_true(graph.sound);
	assert_string_equal(ids(&graph.bases), "a1 b1");
	assert_string_equal(ids(&graph.heads), "a1 c1");
}

/* --- faults --- */

TEST(missing_parent)
{
	put("abc123", "");
	put("def456", "abc124");
	read_graph();
	assert_false(graph.sound);
	assert_string_equal(said(),
			    arena_printf(&arena,
					 "can't locate revision 'abc124', which '%s/def456.sql' "
					 "(revision 'def456') comes after: no file has it",
					 folder));
	assert_non_null(strstr(hints(), "did you mean 'abc123'?"));
	assert_string_equal(ids(&graph.bases), "abc123");
	assert_int_equal(graph.all.n, 2);
}

TEST(duplicate_ids)
{
	put("a1", "");
	put_file("z.sql", "-- revision: a1\n\n");
	put("b1", "a1");
	read_graph();
	assert_false(graph.sound);
	assert_int_equal(ctx.diags.errors, 1);
	assert_string_equal(said(),
			    arena_printf(&arena,
					 "revision 'a1' is there twice: in '%s/a1.sql' and in "
					 "'%s/z.sql'",
					 folder, folder));
	assert_string_equal(ids(&graph.all), "a1 b1");
}

TEST(its_own_parent)
{
	put("a1", "a1");
	read_graph();
	assert_false(graph.sound);
	assert_string_equal(said(), "revision 'a1' comes after itself");
}

TEST(circles)
{
	put("a1", "");
	put("b1", "a1, d1");
	put("c1", "b1");
	put("d1", "c1");
	put("e1", "d1");
	put("x1", "y1");
	put("y1", "x1");
	read_graph();
	assert_false(graph.sound);
	assert_int_equal(ctx.diags.errors, 2);
	assert_string_equal(
		ctx.diags.diags.items[0]->message,
		"revisions come after each other in a circle: b1 after d1 after c1 after b1");
	assert_int_equal(ctx.diags.diags.items[0]->places.n, 3);
	assert_string_equal(said(),
			    "revisions come after each other in a circle: x1 after y1 after x1");
	assert_string_equal(ids(&graph.all), "a1");
	assert_string_equal(ids(&graph.heads), "a1");
	assert_string_equal(found("e1"), "?");
}

TEST(a_broken_file_is_a_fault)
{
	put("a1", "");
	put_file("b.sql", "-- revision: b1\n\n-- migrate:up\nINSERT 'x\n");
	read_graph();
	assert_false(graph.sound);
	assert_string_equal(ids(&graph.all), "a1");
}

/* --- finding --- */

TEST(finding)
{
	put("3f2a9c1b7d40", "");
	put("3f2b00000000", "3f2a9c1b7d40");
	put("abc", "3f2b00000000");
	put("abcd", "abc");
	put_depending("e1", "abcd", "", "shop");
	read_graph();
	assert_string_equal(found("3f2a9c1b7d40"), "3f2a9c1b7d40");
	assert_string_equal(found("3f2b"), "3f2b00000000");
	assert_string_equal(found("abc"), "abc");
	assert_string_equal(found("head"), "e1");
	assert_string_equal(found("heads"), "e1");
	assert_string_equal(found("base"), "-");
	assert_string_equal(found("shop"), "e1");
	assert_string_equal(found("3f2"), "?");
	assert_string_equal(said(), "'3f2' is the beginning of 2 revisions");
	assert_string_equal(hints(),
			    "3f2a9c1b7d40  about 3f2a9c1b7d40 | 3f2b00000000  about 3f2b00000000");
	assert_string_equal(found("3f2a9c1b7d41"), "?");
	assert_string_equal(said(), "can't locate revision '3f2a9c1b7d41': no file has it");
	assert_string_equal(hints(), "did you mean '3f2a9c1b7d40'?");
	assert_string_equal(found("haed"), "?");
	assert_string_equal(hints(), "did you mean 'head'?");
	assert_string_equal(found(""), "?");
	assert_string_equal(found("%s%n"), "?");
}

TEST(several_heads)
{
	put("a1", "");
	put("b1", "a1");
	put("c1", "a1");
	read_graph();
	assert_string_equal(found("heads"), "?");
	assert_string_equal(said(), "'heads' is 2 revisions, where one is asked for");
	assert_string_equal(all("heads"), "b1 c1");
	assert_string_equal(found("head"), "?");
	assert_string_equal(said(), "there are 2 heads: 'head' could be any of them");
	assert_string_equal(up("", "head"), "?");
	assert_string_equal(up("", "heads"), "a1 c1 b1");
	assert_string_equal(up("a1", "c1"), "c1");
	assert_string_equal(up("b1", "heads"), "c1");
	assert_string_equal(up("", "+1"), "a1");
	assert_string_equal(up("a1", "+1"), "?");
	assert_string_equal(said(), "can't go '+1': the way parts");
	assert_string_equal(up("b1 c1", "+1"), "?");
	assert_string_equal(said(), "can't go '+1': the database has several heads");
	assert_string_equal(down("b1 c1", "-1"), "?");
	assert_string_equal(said(), "can't go '-1': several revisions could be the last");
	assert_string_equal(down("b1 c1", "b1"), "");
	assert_string_equal(down("b1 c1", "a1"), "b1 c1");
	assert_string_equal(down("b1", "base"), "b1 a1");
}

/* --- ways --- */

TEST(ways_through_a_diamond)
{
	put_diamond();
	assert_string_equal(up("", "head"), "a1 c1 b1 d1 e1");
	assert_string_equal(up("", "d1"), "a1 c1 b1 d1");
	assert_string_equal(up("b1", "head"), "c1 d1 e1");
	assert_string_equal(up("e1", "head"), "");
	assert_string_equal(up("e1", "b1"), ""); /* applied already */
	assert_string_equal(up("d1", "+1"), "e1");
	assert_string_equal(up("d1", "+2"), "?");
	assert_string_equal(said(), "can't go '+2': there are not so many revisions ahead");
	assert_string_equal(up("", "base"), "?");
	assert_string_equal(up("a1", "-1"), "?");
	assert_string_equal(down("e1", "base"), "e1 d1 b1 c1 a1");
	assert_string_equal(down("e1", "-1"), "e1");
	assert_string_equal(down("e1", "-2"), "e1 d1");
	assert_string_equal(down("e1", "-3"), "?"); /* b1 or c1? */
	assert_string_equal(down("a1", "-1"), "a1");
	assert_string_equal(down("a1", "-2"), "?");
	assert_string_equal(said(), "can't go '-2': there are not so many revisions behind");
	assert_string_equal(down("e1", "b1"), "e1 d1");
	assert_string_equal(down("e1", "e1"), "");
	assert_string_equal(down("b1", "e1"), "?");
	assert_string_equal(said(), "revision 'e1' is not applied: there is no way down to it");
}

TEST(rows_of_no_file)
{
	put("a1", "");
	read_graph();
	assert_string_equal(up("ffff", "head"), "?");
	assert_string_equal(said(), "the database is at revision 'ffff', which no file has");
	struct revision_list applied = { 0 };
	struct string_list rows = words("ffff");
	assert_false(graph_applied(&graph, &arena, &rows, &applied));
	rows = words("");
	assert_true(graph_applied(&graph, &arena, &rows, &applied));
	assert_int_equal(applied.n, 0);
}

TEST(dependencies)
{
	put("a1", "");
	put("b1", "");
	put("b2", "b1");
	put_depending("a2", "a1", "b2", "");
	put("a3", "a2");
	read_graph();
	assert_string_equal(ids(&graph.heads), "a3 b2");
	assert_string_equal(ids(&graph.ends), "a3");
	assert_string_equal(up("", "a3"), "b1 b2 a1 a2 a3");
	assert_string_equal(up("a1", "a2"), "b1 b2 a2");
	assert_string_equal(step("a1 b2", "a2", REVISION_UP), "a2");
	assert_string_equal(step("a2", "a2", REVISION_DOWN), "a1 b2");
	assert_string_equal(down("a3", "b1"), "a3 a2 b2"); /* what depends on it goes too */
	struct revision_list applied = { 0 };
	struct string_list rows = words("a2");
	assert_true(graph_applied(&graph, &arena, &rows, &applied));
	assert_string_equal(ids(&applied), "a1 b1 b2 a2");
}

TEST(dependency_on_a_parent_of_a_parent)
{
	put("a1", "");
	put("a2", "a1");
	put_depending("a3", "a2", "a1", "");
	read_graph();
	assert_string_equal(step("a2", "a3", REVISION_UP), "a3");
	assert_string_equal(step("a3", "a3", REVISION_DOWN), "a2");
}

/* --- rows --- */

TEST(rows_move_as_alembics_do)
{
	put_diamond();
	assert_string_equal(step("", "a1", REVISION_UP), "a1");
	assert_string_equal(step("a1", "b1", REVISION_UP), "b1");
	assert_string_equal(step("b1", "c1", REVISION_UP), "b1 c1");
	assert_string_equal(step("b1 c1", "d1", REVISION_UP), "d1");
	assert_string_equal(step("d1", "d1", REVISION_DOWN), "b1 c1");
	assert_string_equal(step("b1 c1", "c1", REVISION_DOWN), "b1");
	assert_string_equal(step("b1", "b1", REVISION_DOWN), "a1");
	assert_string_equal(step("a1", "a1", REVISION_DOWN), "");
}

/* --- many --- */

TEST(a_long_chain_is_linear)
{
	const unsigned n = 2000;
	for (unsigned i = 0; i < n; i++)
		put(arena_printf(&arena, "r%05u", i),
		    i ? arena_printf(&arena, "r%05u", i - 1) : "");
	read_graph();
	assert_true(graph.sound);
	assert_int_equal(graph.all.n, n);
	struct string_list rows = { 0 };
	struct revision_list list;
	assert_true(graph_path(&graph, &rows, "head", REVISION_UP, &list));
	assert_int_equal(list.n, n);
	for (unsigned i = 0; i < n; i++)
		graph_step(&graph, &rows, list.items[i], REVISION_UP, &rows);
	assert_string_equal(joined(&rows), "r01999");
	assert_true(graph_path(&graph, &rows, "base", REVISION_DOWN, &list));
	for (unsigned i = 0; i < n; i++)
		graph_step(&graph, &rows, list.items[i], REVISION_DOWN, &rows);
	assert_int_equal(rows.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(nothing_is_an_empty_chain),
		in_folder(order_is_topological_then_by_id),
		in_folder(only_files_of_the_folder_itself),
		in_folder(a_folder_named_twice_is_one),
		in_folder(several_bases_are_no_fault),
		in_folder(missing_parent),
		in_folder(duplicate_ids),
		in_folder(its_own_parent),
		in_folder(circles),
		in_folder(a_broken_file_is_a_fault),
		in_folder(finding),
		in_folder(several_heads),
		in_folder(ways_through_a_diamond),
		in_folder(rows_of_no_file),
		in_folder(dependencies),
		in_folder(dependency_on_a_parent_of_a_parent),
		in_folder(rows_move_as_alembics_do),
		in_folder(a_long_chain_is_linear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
