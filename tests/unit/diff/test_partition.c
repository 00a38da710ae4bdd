/* On which way one list of partitions becomes another, and what is lost on it. */
#include "tests/unit/diff/models.h"

#include "diff/loss.h"
#include "diff/partition.h"

static const char *list_of(const char *text)
{
	return arena_printf(&arena, "table t { a int\n partition by %s\n}", text);
}

/* "range 1 2": p0 less than 1, p1 … ; the name may be given: x:1 */
static const char *ranges(const char *bounds)
{
	struct buf text = { 0 };
	size_t n = 0;
	buf_add(&text, "range (a) (\n");
	for (const char *at = bounds; *at; n++) {
		size_t len = strcspn(at, " "), name = strcspn(at, ":");
		buf_printf(&text, "%spartition %.*s values less than (%.*s)", n ? ",\n" : "",
			   (int)name, at, (int)(len - name - 1), at + name + 1);
		at += len + (at[len] == ' ');
	}
	buf_add(&text, "\n)");
	return list_of(buf_arena(&text, &arena));
}

/* "x:1,2 y:3" */
static const char *lists(const char *values)
{
	struct buf text = { 0 };
	size_t n = 0;
	buf_add(&text, "list (a) (\n");
	for (const char *at = values; *at; n++) {
		size_t len = strcspn(at, " "), name = strcspn(at, ":");
		buf_printf(&text, "%spartition %.*s values in (%.*s)", n ? ",\n" : "", (int)name,
			   at, (int)(len - name - 1), at + name + 1);
		at += len + (at[len] == ' ');
	}
	buf_add(&text, "\n)");
	return list_of(buf_arena(&text, &arena));
}

TEST(ranges_change)
{
	static const struct {
		const char *from, *to, *plan;
	} rows[] = {
		{ "a:1 b:2", "a:1 b:2 c:3", "add partition t.c" },
		{ "a:1 b:2 c:3", "b:2 c:3", "drop partition t.a" },
		{ "a:1 b:2 c:3 d:4", "b:2 d:4", "drop partition t.a\ndrop partition t.c" },
		{ "a:1 b:2", "a:1", "drop partition t.b" },
		{ "a:1 b:2 c:3", "c:3 d:4", "drop partition t.a, b\nadd partition t.d" },
		{ "a:1 b:9", "a:1 x:5 b:9", "reorganize partition t.b" },
		{ "a:1 b:2 c:3", "ab:2 c:3", "reorganize partition t.a, b" },
		{ "a:1 b:2", "x:1 b:2", "reorganize partition t.a" },
		{ "a:1 b:5 c:9", "a:1 b:6 c:9", "reorganize partition t.b, c" },
		{ "a:1 b:5", "a:1 b:6", "reorganize partition t.b" },
		{ "a:1 b:5", "a:1 b:4", "change partitioning t" },
		{ "a:1 b:2 c:3", "b:2 c:-1+4 d:4 e:5", "drop partition t.a\nadd partition t.d, e" },
		/* p0 goes, and the next is another: its rows go where the next is */
		{ "a:1 b:5 c:9", "b:6 c:9", "reorganize partition t.a, b, c" },
		/* names that swap can't change one after the other */
		{ "a:1 b:2 c:3", "c:1 b:2 a:3", "reorganize partition t.a, b, c" },
		{ "a:1 b:maxvalue", "a:1 b:7", "change partitioning t" },
		{ "a:1", "b:2 c:3", "reorganize partition t.a" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(plan_text(ranges(rows[i].from), ranges(rows[i].to)),
				    rows[i].plan);
}

TEST(lists_change)
{
	static const struct {
		const char *from, *to, *plan;
	} rows[] = {
		{ "a:1 b:2", "b:2 a:1", "" },
		{ "a:1,2,null b:3", "a:null,2,1 b:3", "" },
		{ "a:1 b:2", "a:1 b:2 c:3", "add partition t.c" },
		{ "a:1 b:2", "a:1", "drop partition t.b" },
		{ "a:1 b:2", "c:3 a:1 b:2", "reorganize partition t.a" },
		{ "a:1 b:2 c:3", "c:3 x:4 a:1", "drop partition t.b\nreorganize partition t.c" },
		{ "a:1 b:2 c:3 d:4", "b:7 c:3 e:5",
		  "drop partition t.a, b\ndrop partition t.d\n"
		  "reorganize partition t.c\nadd partition t.e" },
		{ "a:1", "b:2", "change partitioning t" },
		{ "a:1 b:2 c:3", "ab:1,2 c:3", "reorganize partition t.a, b" },
		{ "a:1,2 b:3", "a:1 b:2,3", "reorganize partition t.a, b" },
		/* 2 goes past b: all that lies between goes along */
		{ "a:1,2 b:3 c:4", "a:1 b:3 c:4,2", "reorganize partition t.a, b, c" },
		{ "a:1 b:2", "a:1,5 b:2", "reorganize partition t.a" },
		/* nobody takes 2: REORGANIZE would drop its rows in silence */
		{ "a:1,2 b:3", "a:1 b:3", "change partitioning t" },
		{ "a:1,2 b:3 c:4", "a:1 b:3", "drop partition t.c\nchange partitioning t" },
		/* b is gone, and its value is not */
		{ "a:1 b:2", "a:1,2", "reorganize partition t.a, b" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(plan_text(lists(rows[i].from), lists(rows[i].to)),
				    rows[i].plan);
}

/* The first loss of the ops; "" for none. */
static const char *loss(const char *from, const char *to)
{
	struct op_list ops = { 0 };
	struct loss_list losses = { 0 };
	assert_true(diff_schemas(&ctx, &arena, state_of(from), model(to), &ops));
	for (size_t i = 0; i < ops.n; i++)
		loss_of_op(&arena, ops.items[i], &losses);
	return losses.n ? arena_printf(&arena, "%s: %s", losses.items[0].subject,
				       losses.items[0].why)
			: "";
}

TEST(losses_are_named)
{
	assert_string_equal(loss(ranges("a:1 b:2 c:3"), ranges("c:3")),
			    "drop t partition a, b: drops partition a, b of t");
	assert_string_equal(loss(ranges("a:1 b:2 c:3"), ranges("ab:2 c:3")), "");
	assert_string_equal(loss(lists("a:1,2"), lists("a:1")), "");
	assert_string_equal(loss(ranges("a:1"), list_of("hash (a) partitions 2")), "");
	assert_string_equal(
		loss(list_of("hash (a) partitions 4"), list_of("hash (a) partitions 2")), "");
}

TEST(the_way_back_keeps_rows)
{
	struct plan up, down;
	assert_true(plan_revision(&ctx, &arena, state_of(ranges("a:1 b:9")),
				  model(ranges("a:1 x:5 b:9 y:20")), &targets, &up, &down));
	assert_string_equal(plan_lines(&up), "reorganize partition t.b\nadd partition t.y");
	assert_string_equal(plan_lines(&down), "reorganize partition t.x, b\ndrop partition t.y");
}

TEST(types_and_bounds_change_in_one_statement)
{
	assert_string_equal(plan_text("table t { a int\n partition by range columns (a) (\n"
				      "partition p0 values less than (1),\npartition p1 values "
				      "less than (2)\n)\n}",
				      "table t { a bigint\n partition by range columns (a) (\n"
				      "partition p1 values less than (2),\n"
				      "partition p2 values less than (5000000000)\n)\n}"),
			    "drop partition t.p0\nalter column t.a (type) + add partition t.p2");
}

TEST(somebody_elses_lists)
{
	static const char managed[] = "range (a) (\npartition x values less than (5)\n) "
				      "managed externally";
	assert_string_equal(plan_text(ranges("a:1 b:2"), list_of(managed)), "");
	assert_string_equal(plan_text(list_of(managed), ranges("a:1 b:2")), "");
	assert_string_equal(plan_text(list_of("hash (a) partitions 2"), list_of(managed)),
			    "change partitioning t");
	assert_string_equal(plan_text(list_of(managed), "table t { a int }"),
			    "change partitioning t");
	struct plan plan = { 0 };
	assert_false(plan_change(&ctx, &arena, state_of(list_of(managed)),
				 model("table t { b int was a\n partition by range (b) (\n"
				       "partition x values less than (5)\n) managed externally\n}"),
				 &targets, &plan));
	assert_said("which are managed externally");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test_in_world(ranges_change),
		test_in_world(lists_change),
		test_in_world(losses_are_named),
		test_in_world(the_way_back_keeps_rows),
		test_in_world(types_and_bounds_change_in_one_statement),
		test_in_world(somebody_elses_lists),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
