/* What ops are called, what they lose, and what they are the other way round. */
#include "tests/unit/diff/models.h"

#include "diff/loss.h"

TEST(every_kind_has_a_row)
{
	for (int kind = 0; kind < OP_COUNT; kind++) {
		const struct op op = { .kind = (enum op_kind)kind };
		assert_non_null(op_words(op.kind));
		assert_int_equal(op_inverse(&arena, op_inverse(&arena, &op))->kind, kind);
		assert_true(op_phase(op.kind) <= PHASE_ADD_KEYS);
		assert_int_equal(op_look(op.kind), LOOK_YES);
	}
}

TEST(inverse_of_a_rename_begins_at_the_new_name)
{
	struct op_list ops = { 0 };
	assert_true(diff_schemas(&ctx, &arena, state_of("table a { id int primary key }"),
				 model("table b was a { id int primary key }"), &ops));
	const struct op *inverse = op_inverse(&arena, ops.items[0]);
	assert_string_equal(inverse->table->text, "b");
	assert_string_equal(inverse->after.name->text, "a");
}

/* The losses of a change: subject and reason, a line each. */
static const char *losses(const char *from, const char *to)
{
	struct op_list ops = { 0 };
	struct loss_list list = { 0 };
	struct buf out = { 0 };
	assert_true(diff_schemas(&ctx, &arena, state_of(from), model(to), &ops));
	for (size_t i = 0; i < ops.n; i++)
		loss_of_op(&arena, ops.items[i], &list);
	for (size_t i = 0; i < list.n; i++)
		buf_printf(&out, "%s%s: %s", out.len ? "\n" : "", list.items[i].subject,
			   list.items[i].why);
	return buf_arena(&out, &arena);
}

#define T(items) "table t { id int primary key\n " items " }"

TEST(losses_of_data)
{
	assert_string_equal(losses(T(""), ""), "drop t: drops table t");
	assert_string_equal(losses(T("a int"), T("")), "drop t.a: drops column t.a");
	assert_string_equal(losses(T("a bigint"), T("a int")), "narrow t.a: narrows column t.a from bigint to int");
	assert_string_equal(losses(T("a int null"), T("a int")),
			    "narrow t.a: makes column t.a refuse NULL");
	assert_string_equal(
		losses(T("a varchar(9)"), T("a varchar(9) charset latin1 collate latin1_bin")),
		"narrow t.a: changes column t.a from charset utf8mb4 to latin1");
	assert_string_equal(losses(T("a int"), T("a int as (id + 1) stored null")),
			    "narrow t.a: overwrites column t.a with what it computes");
}

TEST(no_losses_of_data)
{
	assert_string_equal(losses("", T("a int")), "");
	assert_string_equal(losses(T("a int"), T("a bigint")), "");
	assert_string_equal(losses(T("a int null"), T("a int backfill (0)")), "");
	assert_string_equal(losses(T("a int"), T("a int null")), "");
	assert_string_equal(losses(T("a int as (id + 1) virtual null"), T("")), "");
	assert_string_equal(losses(T("a int"), T("b int was a")), "");
	assert_string_equal(losses(T("a int\n index (a)"), T("a int")), "");
	static const char *const charsets[][2] = {
		{ "ascii collate ascii_bin", "latin1 collate latin1_bin" },
		{ "latin1 collate latin1_bin", "utf8mb4 collate utf8mb4_bin" },
		{ "latin1 collate latin1_bin", "utf8mb3 collate utf8mb3_bin" },
		{ "utf8mb3 collate utf8mb3_bin", "utf8mb4 collate utf8mb4_bin" },
	};
	for (size_t i = 0; i < sizeof(charsets) / sizeof(*charsets); i++)
		assert_string_equal(
			losses(arena_printf(&arena, T("a char(9) charset %s"), charsets[i][0]),
			       arena_printf(&arena, T("a char(9) charset %s"), charsets[i][1])),
			"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test_in_world(every_kind_has_a_row),
		test_in_world(inverse_of_a_rename_begins_at_the_new_name),
		test_in_world(losses_of_data),
		test_in_world(no_losses_of_data),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
