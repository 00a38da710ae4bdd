/* An op that does not fit is refused, and changes nothing. */
#include "tests/unit/diff/models.h"

/* The first op between the two. */
static const struct op *first_op(const char *from, const char *to)
{
	struct op_list ops = { 0 };
	assert_true(diff_schemas(&ctx, &arena, state_of(from), state_of(to), &ops));
	assert_true(ops.n > 0);
	return ops.items[0];
}

#define T(items) "table t { id int primary key\n " items " }"

TEST(ops_that_do_not_fit)
{
	static const struct {
		const char *from, *to; /* their first op … */
		const char *other;     /* … does not fit this */
		const char *why;
	} cases[] = {
		{ "", T(""), T("a int"), "table 't' exists already" },
		{ T(""), "", "", "there is no table 't'" },
		{ T(""), "", T("a int"), "table 't' is not what the operation expects" },
		{ T(""), "", "table t comment 'x' { id int primary key }",
		  "table 't' is not what" },
		{ "table a { id int primary key }", "table b was a { id int primary key }",
		  "table a { id int primary key }\ntable b { id int primary key }",
		  "table 'b' exists already" },
		{ T(""), T("a int"), T("a int"), "table 't' has a column 'a' already" },
		{ T("a int"), T("a int\n b int"), T(""),
		  "table 't' has no column 'a' to add 'b' after" },
		{ T("a int"), T(""), T(""), "table 't' has no column 'a'" },
		{ T("a int"), T(""), T("a bigint"),
		  "column 't.a' is not what the operation expects" },
		{ T("a int"), T(""), T("b int\n a int"),
		  "column 't.a' stands after 'b', not after 'id'" },
		{ T("a int"), T(""), T("a int\n index i (a)"), "index 'i' needs column 't.a'" },
		{ T("a int"), T("a bigint"), T("a int null"), "column 't.a' is not what" },
		{ T("a int\n b int"), T("b int\n a int"), T("a int\n c int\n b int"),
		  "column 't." },
		{ T("a int"), T("b int was a"), T("b int"), "table 't' has no column 'a'" },
		{ T("a int"), T("b int was a"), T("a int\n b int"),
		  "table 't' has a column 'b' already" },
		{ T("a int"), T("a int\n index i (a)"), T("a int\n index i (id)"),
		  "table 't' has an index 'i' already" },
		{ T("a int"), T("a int\n index i (a)"), T(""), "index 't.i' needs column 'a'" },
		{ T("a int\n index i (a)"), T("a int"), T("a int"), "table 't' has no index 'i'" },
		{ T("a int\n index i (a)"), T("a int"), T("a int\n unique i (a)"),
		  "index 't.i' is not what the operation expects" },
		{ T("a int\n index i (a)"), T("a int\n index j (a)"),
		  T("a int\n index i (a)\n index j (id)"), "table 't' has an index 'j' already" },
		{ T("a int\n check k (a > 0)"), T("a int"), T("a int"),
		  "table 't' has no check 'k'" },
		{ T("a int\n check k (a > 0)"), T("a int"), T("a int\n check k (a > 1)"),
		  "check 't.k' is not what the operation expects" },
		{ T("a int"), T("a int\n check k (a > 0)"), T("a int\n check k (a > 1)"),
		  "table 't' has a check 'k' already" },
		{ T(""), "table t comment 'x' { id int primary key }",
		  "table t comment 'y' { id int primary key }",
		  "an option of table 't' is not what" },
		{ T(""), "table t charset latin1 collate latin1_bin { id int primary key }",
		  "table t charset ascii collate ascii_bin { id int primary key }",
		  "an option of table 't' is not what" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct op *op = first_op(cases[i].from, cases[i].to);
		struct schema *other = state_of(cases[i].other);
		assert_false(apply_op(other, op));
		assert_said(cases[i].why);
		assert_string_equal(ops_between(other, state_of(cases[i].other)), "");
	}
}

#define C(key)                                                                                    \
	"table p { id int primary key }\ntable c { id int primary key\n a int\n index (a)\n " key \
	" }"

TEST(foreign_keys_that_do_not_fit)
{
	const struct op *add = first_op(C(""), C("foreign key k (a) references p (id)"));
	const struct op *drop = first_op(C("foreign key k (a) references p (id)"), C(""));
	struct schema *schema =
		state_of(C("foreign key k (a) references p (id) on delete cascade"));
	assert_false(apply_op(schema, add));
	assert_said("table 'c' has a foreign key 'k' already");
	assert_false(apply_op(schema, drop));
	assert_said("foreign key 'c.k' is not what the operation expects");
	schema = state_of(C(""));
	assert_false(apply_op(schema, drop));
	assert_said("table 'c' has no foreign key 'k'");
	const struct op *column = first_op("table c { id int primary key\n a int }",
					   "table c { id int primary key }");
	schema = state_of(C("foreign key k (a) references p (id)"));
	schema_find_table(schema, ctx_name(&ctx, "c"))->indexes.n = 1; /* the primary key */
	assert_false(apply_op(schema, column));
	assert_said("foreign key 'k' needs column 'c.a'");
}

TEST(objects_that_do_not_fit)
{
	struct schema *schema = state_of("");
	struct object *view = ARENA_NEW(&arena, struct object);
	view->kind = ctx_name(&ctx, "view");
	view->name = ctx_name(&ctx, "v");
	struct op create = { .kind = OP_CREATE_OBJECT, .after.object = view };
	struct op drop = { .kind = OP_DROP_OBJECT, .before.object = view };
	assert_false(apply_op(schema, &drop));
	assert_said("there is no view 'v'");
	assert_true(apply_op(schema, &create));
	assert_false(apply_op(schema, &create));
	assert_said("view 'v' exists already");
}

/* What a model says about the way there is no part of the state. */
TEST(wishes_are_not_kept)
{
	struct op_list ops = { 0 };
	struct schema *start = state_of("table a { id int primary key\n x int }");
	const struct schema *to =
		model("table b was a { id int primary key\n y int was x\n"
		      "    z int backfill (1) }\n"
		      "table n { id int primary key was old\n m int backfill (1) }");
	assert_true(diff_schemas(&ctx, &arena, start, to, &ops));
	assert_true(apply_ops(start, &ops));
	for (size_t i = 0; i < start->tables.n; i++) {
		const struct table *table = start->tables.items[i];
		assert_null(table->was);
		for (size_t j = 0; j < table->columns.n; j++) {
			assert_null(table->columns.items[j]->was);
			assert_null(table->columns.items[j]->backfill);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test_in_world(ops_that_do_not_fit),
		test_in_world(foreign_keys_that_do_not_fit),
		test_in_world(objects_that_do_not_fit),
		test_in_world(wishes_are_not_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
