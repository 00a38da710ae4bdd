#include "revision/identify.h"
#include "tests/unit/revision/chain.h"

/* The revisions that a word means, "?" for an error; `rows` NULL: no database. */
static const char *at(const char *rows, const char *word)
{
	struct string_list list = words(rows ? rows : "");
	struct revision_list found;
	return identify(&graph, rows ? &list : NULL, word, &found) ? ids(&found) : "?";
}

#define means(word) at(NULL, (word))

static const char *path(const char *rows, const char *target, enum revision_direction direction)
{
	struct string_list list = words(rows);
	struct revision_list way;
	return graph_path(&graph, &list, target, direction, &way) ? ids(&way) : "?";
}

#define up(rows, target) path((rows), (target), REVISION_UP)
#define down(rows, target) path((rows), (target), REVISION_DOWN)

static const char *range(const char *rows, const char *from, const char *to)
{
	struct string_list list = words(rows);
	struct revision_list found;
	return graph_range(&graph, &list, from, to, &found) ? ids(&found) : "?";
}

static const char *stamp(const char *rows, const char *text, bool purge)
{
	struct string_list before = words(rows), list = words(text), after;
	return graph_stamp(&graph, &before, &list, purge, &after) ? joined(&after) : "?";
}

static const char *current(const char *rows)
{
	struct string_list list = words(rows);
	struct revision_list found = { 0 };
	return graph_current(&graph, &list, &found) ? ids(&found) : "?";
}

static const char *labels(const char *id)
{
	return joined(&graph_by_id(&graph, id)->labels);
}

/*
 *	a1 - b1 - c1 - d1        shop: b1
 *	   \ b2 - c2             users: c2, which depends on x1
 *	x1 - x2                  audit: x1
 */
static void put_branches(void)
{
	put("a1", "");
	put_depending("b1", "a1", "", "shop");
	put("b2", "a1");
	put("c1", "b1");
	put_depending("c2", "b2", "audit", "users");
	put("d1", "c1");
	put_depending("x1", "", "", "audit");
	put("x2", "x1");
	read_graph();
	assert_true(graph.sound);
}

TEST(words_with_a_meaning)
{
	put_branches();
	assert_string_equal(means("heads"), "c2 d1 x2");
	assert_string_equal(means("head"), "?");
	assert_string_equal(means("base"), "");
	assert_string_equal(means("current"), "?");
	assert_string_equal(said(), "'current' is what a database is at: none is named here");
	assert_string_equal(at("c1 x1", "current"), "c1 x1");
	assert_string_equal(at("gone", "current"), "?");
	assert_string_equal(means("shop"), "b1");
	assert_string_equal(means("aud"), "x1");
	assert_string_equal(means(""), "?");
	assert_string_equal(means("@"), "?");
	assert_string_equal(means("@head"), "?");
	assert_string_equal(means("+"), "?");
	assert_string_equal(means("a1+"), "?");
}

TEST(branches)
{
	put_branches();
	assert_string_equal(means("shop@head"), "d1");
	assert_string_equal(means("c1@head"), "d1");
	assert_string_equal(means("a1@heads"), "c2 d1");
	assert_string_equal(means("a1@head"), "?");
	assert_string_equal(said(), "branch 'a1' has 2 heads: 'a1@head' could be any of them");
	assert_string_equal(hints(),
			    "c2  about c2 | d1  about d1 | name one, or say 'a1@heads' for all");
	assert_string_equal(means("shop@base"), "");
	assert_string_equal(means("shop@c1"), "c1");
	assert_string_equal(means("shop@a1"), "a1");
	assert_string_equal(means("shop@c"), "c1"); /* c2 begins so, too, and is elsewhere */
	assert_string_equal(means("shop@c2"), "?");
	assert_string_equal(said(), "revision 'c2' is not on branch 'shop'");
	assert_string_equal(means("shop@x"), "?");
	assert_string_equal(means("shop@nothing"), "?");
	assert_string_equal(means("nowhere@head"), "?");
	assert_string_equal(said(),
			    "there is no branch 'nowhere': no revision has that label or id");
	assert_string_equal(means("shpo@head"), "?");
	assert_string_equal(hints(), "did you mean 'shop'?");
	assert_string_equal(at("c1 x1", "shop@current"), "c1");
}

TEST(steps)
{
	put_branches();
	assert_string_equal(means("b1+2"), "d1");
	assert_string_equal(means("d1-3"), "a1");
	assert_string_equal(means("d1-4"), "");
	assert_string_equal(means("d1-5"), "?");
	assert_string_equal(said(), "can't go 'd1-5': there are not so many revisions behind");
	assert_string_equal(means("b1+3"), "?");
	assert_string_equal(means("a1+1"), "?");
	assert_string_equal(said(), "can't go 'a1+1': the way parts");
	assert_string_equal(means("shop@a1+1"), "b1");
	assert_string_equal(means("shop@a1+3"), "d1");
	assert_string_equal(means("shop@base+2"), "b1");
	assert_string_equal(means("shop@head-1"), "c1");
	assert_string_equal(means("base+1"), "?");
	assert_string_equal(means("base-1"), "?");
	assert_string_equal(means("heads-1"), "?");
	assert_string_equal(means("d1+0"), "d1");
	assert_string_equal(at("c1", "+1"), "d1");
	assert_string_equal(at("c1", "current+1"), "d1");
	assert_string_equal(at("c1", "-1"), "b1");
	assert_string_equal(at("c1 x1", "+1"), "?");
	assert_string_equal(said(), "can't go '+1': the database has several heads");
	assert_string_equal(at("c1 x1", "shop@+1"), "d1");
	assert_string_equal(at("c1 x1", "audit@+1"), "x2");
	assert_string_equal(at("c1", "audit@+1"), "x1");
	assert_string_equal(at("c2", "audit@+1"), "x2"); /* c2 depends on x1 */
}

TEST(upgrades)
{
	put_branches();
	assert_string_equal(up("", "users@head"), "x1 a1 b2 c2");
	assert_string_equal(up("", "shop@+2"), "a1 b1");
	assert_string_equal(up("b1", "heads"), "x1 x2 c1 d1 b2 c2");
	assert_string_equal(up("", "shop@base"), "?");
	assert_string_equal(said(), "'shop@base' is no way up");
	assert_string_equal(up("d1", "d1-9"), "?");
}

TEST(downgrades)
{
	put_branches();
	assert_string_equal(down("c2 d1", "a1"), "c2 b2 d1 c1 b1");
	assert_string_equal(down("c2 d1", "shop@a1"), "d1 c1 b1");
	assert_string_equal(down("c2 d1", "shop@-1"), "d1");
	assert_string_equal(down("c2 d1", "audit@base"), "c2 x1"); /* c2 depends on it */
	assert_string_equal(down("c2 d1 x2", "users@base"), "c2 b2 d1 c1 b1 a1");
	assert_string_equal(down("c2", "x1"), "?");
	assert_string_equal(said(),
			    "nothing that comes after revision 'x1' is applied: it is there "
			    "because another one depends on it");
	assert_string_equal(down("d1", "users@-1"), "?"); /* a1 is of both, and d1 stands on it */
	assert_string_equal(said(),
			    "can't go 'users@-1': nothing of branch 'users' is applied that "
			    "others do not stand on");
	assert_string_equal(down("c2", "audit@-1"), "c2 x1");
	assert_string_equal(down("d1", "shop@d1"), "");
	assert_string_equal(down("c2 d1", "audit@a1"), "?");
	assert_string_equal(down("c2 d1", "+1"), "?");
	assert_string_equal(down("d1", "b1-1"), "d1 c1 b1");
	assert_string_equal(down("", "-1"), "?");
}

TEST(ranges)
{
	put_branches();
	assert_string_equal(range("", NULL, NULL), "c2 b2 d1 c1 b1 a1 x2 x1");
	assert_string_equal(range("", NULL, "c1"), "c1 b1 a1");
	assert_string_equal(range("", "b1", NULL), "d1 c1 b1");
	assert_string_equal(range("", "b1", "c1"), "c1 b1");
	assert_string_equal(range("", "c1", "b1"), "?");
	assert_string_equal(range("", "base", "b1"), "b1 a1");
	assert_string_equal(range("c1", "-2", "current"), "c1 b1 a1");
	assert_string_equal(range("c1", "-1", "current"), "c1 b1");
	assert_string_equal(range("c1", "-9", "current"), "c1 b1 a1");
	assert_string_equal(range("c1", "current", NULL), "d1 c1");
	assert_string_equal(range("", "b1", "+1"), "c1 b1");
	assert_string_equal(range("", "b1", "+9"), "d1 c1 b1");
	assert_string_equal(range("", "audit@base", NULL), "x2 x1");
	assert_string_equal(range("", "nothing", NULL), "?");
}

TEST(stamps)
{
	put_branches();
	assert_string_equal(stamp("", "c1", false), "c1");
	assert_string_equal(stamp("d1 x1", "b1", false), "b1 x1");
	assert_string_equal(stamp("b1 x1", "d1", false), "d1 x1");
	assert_string_equal(stamp("d1 x1", "b2", false), "b2 d1 x1");
	assert_string_equal(stamp("d1 x1", "c2", false), "c2 d1"); /* which depends on x1 */
	assert_string_equal(stamp("d1 x1", "heads", false), "c2 d1 x2");
	assert_string_equal(stamp("d1 x1", "base", false), "");
	assert_string_equal(stamp("d1 x1", "audit@base", false), "d1");
	assert_string_equal(stamp("d1 x1", "shop@-1", false), "c1 x1");
	assert_string_equal(stamp("", "b1 d1 d1", false), "d1"); /* b1 is implied */
	assert_string_equal(stamp("gone", "c1", false), "?");
	assert_string_equal(stamp("gone", "c1", true), "c1");
	assert_string_equal(stamp("d1 x1", "b2", true), "b2");
	assert_string_equal(stamp("d1", "nothing", true), "?");
}

TEST(what_current_shows)
{
	put_branches();
	assert_string_equal(current(""), "");
	assert_string_equal(current("c1"), "c1");
	assert_string_equal(current("c2 d1"),
			    "c2 d1 x1"); /* the last of its line that is applied */
	assert_string_equal(current("gone"), "?");
}

TEST(labels_spread)
{
	put_branches();
	assert_string_equal(labels("a1"), "");
	assert_string_equal(labels("b1"), "shop");
	assert_string_equal(labels("d1"), "shop");
	assert_string_equal(labels("c2"), "users");
	assert_string_equal(labels("b2"), "users"); /* one line up to where the branch begins */
	assert_string_equal(labels("x2"), "audit");
}

TEST(labels_stop_where_ways_meet)
{
	put("a1", "");
	put_depending("b1", "a1", "", "left");
	put("b2", "a1");
	put("c1", "b1, b2");
	put_depending("d1", "c1", "", "over, under");
	read_graph();
	assert_string_equal(labels("b1"), "left");
	assert_string_equal(labels("c1"), "left");
	assert_string_equal(labels("d1"), "left over under");
	assert_string_equal(labels("b2"), "");
}

TEST(a_branch_from_its_head_to_where_another_comes_first)
{
	put("a1", "");
	put("b1", "a1");
	put("b2", "b1");
	put("c1", "a1");
	put("c2", "c1");
	put("d1", "b2, c2");
	read_graph();
	assert_string_equal(range("", NULL, NULL), "d1 b2 b1 c2 c1 a1");
	assert_string_equal(up("", "head"), "a1 c1 c2 b1 b2 d1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(words_with_a_meaning),
		in_folder(branches),
		in_folder(steps),
		in_folder(upgrades),
		in_folder(downgrades),
		in_folder(ranges),
		in_folder(stamps),
		in_folder(what_current_shows),
		in_folder(labels_spread),
		in_folder(labels_stop_where_ways_meet),
		in_folder(a_branch_from_its_head_to_where_another_comes_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
