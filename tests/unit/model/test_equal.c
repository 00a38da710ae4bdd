#include "tests/unit/model/model.h"

#include "model/equal.h"
#include "model/option.h"

static const char *differences(struct world *w, const struct column *a, const struct column *b)
{
	struct buf out = { 0 };
	column_differences(&out, a, b);
	return buf_arena(&out, &w->arena);
}

static struct column make_column(struct world *w, const char *type)
{
	struct column column = { .name = n(w, "a"), .comment = "" };
	assert_true(read_type(w, type, &column.type));
	column.charset = n(w, "utf8mb4");
	column.collation = n(w, "utf8mb4_bin");
	return column;
}

TEST(columns_are_what_servers_keep)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	struct column a = make_column(&w, "varchar(20)"), b = a;
	b.name = n(&w, "other");
	b.was = n(&w, "older");
	b.comment = NULL;
	b.charset_origin.kind = ORIGIN_TABLE;
	b.collation = n(&w, "UTF8MB4_BIN");
	assert_true(column_equal(&a, &b));
	assert_string_equal(differences(&w, &a, &b), "");
	b.nullable = true;
	b.comment = "x";
	b.type.length = 21;
	assert_false(column_equal(&a, &b));
	assert_string_equal(differences(&w, &a, &b), "type, null, comment");
	world_close(&w);
}

TEST(each_part_of_a_column_counts)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	struct column a = make_column(&w, "varchar(20)"), b = a;
	const struct expr *expr = expr_number(&w.arena, "1");
	b.collation = n(&w, "utf8mb4_general_ci");
	assert_string_equal(differences(&w, &a, &b), "collation");
	b = a;
	b.default_kind = DEFAULT_LITERAL;
	b.default_value = expr_string(&w.arena, "x", 1);
	assert_string_equal(differences(&w, &a, &b), "default");
	b = a;
	b.on_update_now = true;
	assert_string_equal(differences(&w, &a, &b), "on update");
	b = a;
	b.auto_increment = true;
	assert_string_equal(differences(&w, &a, &b), "auto_increment");
	b = a;
	b.generated = expr;
	b.stored = true;
	assert_string_equal(differences(&w, &a, &b), "expression, stored");
	b = a;
	b.invisible = true;
	assert_string_equal(differences(&w, &a, &b), "invisible");
	b = a;
	b.check = expr;
	assert_string_equal(differences(&w, &a, &b), "check");
	b = a;
	option_set(&w.arena, &b.options, ATTR_COLUMN_FORMAT, "fixed");
	assert_string_equal(differences(&w, &a, &b), "options");
	world_close(&w);
}

TEST(options_that_say_nothing)
{
	struct world w;
	struct option_list a = { 0 }, b = { 0 };
	world_open(&w, "mysql", "8.0");
	option_take(&w.arena, &a, ATTR_ROW_FORMAT, "InnoDB", "default");
	option_take(&w.arena, &a, ATTR_KEY_BLOCK_SIZE, "InnoDB", "0");
	option_take(&w.arena, &a, ATTR_PAGE_CHECKSUM, "Aria", "1");
	assert_int_equal(a.n, 0);
	option_take(&w.arena, &a, ATTR_AUTOEXTEND_SIZE, "InnoDB", "4m");
	assert_string_equal(option_find(&a, ATTR_AUTOEXTEND_SIZE), "4194304");
	option_set(&w.arena, &a, ATTR_AUTOEXTEND_SIZE, NULL);
	/* written, shown, and no ALTER TABLE takes it back */
	option_take(&w.arena, &a, ATTR_TABLESPACE, "InnoDB", "innodb_file_per_table");
	assert_int_equal(a.n, 1);
	assert_true(option_list_equal(&a, &b));
	option_set(&w.arena, &b, ATTR_USING, "BTREE");
	assert_false(option_list_equal(&a, &b));
	option_set(&w.arena, &b, ATTR_USING, NULL);
	option_set(&w.arena, &a, ATTR_ROW_FORMAT, "dynamic");
	assert_false(option_list_equal(&a, &b));
	option_set(&w.arena, &b, ATTR_ROW_FORMAT, "DYNAMIC");
	assert_true(option_list_equal(&a, &b));
	option_set(&w.arena, &a, ATTR_ENGINE_ATTRIBUTE, "{\"a\": 1}");
	option_set(&w.arena, &b, ATTR_ENGINE_ATTRIBUTE, "{\"A\": 1}");
	assert_false(option_list_equal(&a, &b));
	world_close(&w);
}

TEST(indexes_are_their_parts)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	struct index a = { .kind = KEY_INDEX, .name = n(&w, "k"), .comment = "" }, b;
	struct index_part part = { .column = n(&w, "a") };
	LIST_PUSH(&w.arena, &a.parts, part);
	b = a;
	b.name = n(&w, "other");
	b.named = b.for_foreign_key = true;
	assert_true(index_equal(&a, &b));
	part.desc = true;
	b.parts.items = NULL;
	b.parts.n = b.parts.cap = 0;
	LIST_PUSH(&w.arena, &b.parts, part);
	assert_false(index_equal(&a, &b));
	b.parts.items[0] = (struct index_part){ .column = n(&w, "A") };
	assert_true(index_equal(&a, &b));
	b.parts.items[0].length = 3;
	assert_false(index_equal(&a, &b));
	b = a;
	b.kind = KEY_UNIQUE;
	assert_false(index_equal(&a, &b));
	b = a;
	b.invisible = true;
	assert_false(index_equal(&a, &b));
	world_close(&w);
}

TEST(restrict_and_no_action_are_one)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	struct foreign_key a = { .name = n(&w, "f"), .parent = n(&w, "p") }, b = a;
	LIST_PUSH(&w.arena, &a.columns, n(&w, "a"));
	LIST_PUSH(&w.arena, &a.parent_columns, n(&w, "id"));
	b = a;
	b.name = n(&w, "g");
	b.on_delete = FK_NO_ACTION;
	assert_true(foreign_key_equal(&a, &b));
	/* without a clause it is NO ACTION on MySQL 8.0 and later, RESTRICT elsewhere */
	assert_true(foreign_key_same(&w.server, &a, &b));
	b.on_delete = FK_RESTRICT;
	assert_true(foreign_key_equal(&a, &b));
	assert_false(foreign_key_same(&w.server, &a, &b));
	b.on_delete = FK_CASCADE;
	assert_false(foreign_key_equal(&a, &b));
	b = a;
	b.parent_database = n(&w, "crm");
	assert_false(foreign_key_equal(&a, &b));
	b = a;
	b.parent = n(&w, "q");
	assert_false(foreign_key_equal(&a, &b));
	world_close(&w);
}

static const struct tree_partition *partition(struct world *w, const char *text)
{
	const char *whole = arena_printf(&w->arena, "partition by %s", text);
	const struct source *src = ctx_source(&w->ctx, "test", whole, strlen(whole));
	const struct tree_partition *parsed = parse_partition(&w->ctx, &w->arena, src);
	if (!parsed)
		fail_msg("%s", text);
	return parsed;
}

TEST(partitions_are_compared)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} rows[] = {
		{ "hash (a) partitions 2", "hash (a) partitions 2", true },
		{ "hash (a) partitions 2", "hash (a) partitions 3", false },
		{ "hash (a)", "hash (a) partitions 1", true },
		{ "hash (a) partitions 2", "hash (a) (partition p0, partition p1)", true },
		{ "hash (a) partitions 2", "hash (a) (partition p0, partition x)", false },
		{ "hash (a)", "linear hash (a)", false },
		{ "hash (a)", "hash (b)", false },
		{ "range (a) (partition p values less than (1))",
		  "range (a) (partition p values less than (2))", false },
		{ "range (a) (partition p values less than (1))",
		  "range (a) (partition P values less than (1))", true },
		{ "range (a) (partition p values less than (1)) managed externally",
		  "range (a) (partition q values less than (2))", true },
	};
	struct world w;
	world_open(&w, "mysql", "8.0");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct tree_partition *a = partition(&w, rows[i].a);
		const struct tree_partition *b = partition(&w, rows[i].b);
		if (partition_equal(a, b) != rows[i].equal ||
		    partition_equal(b, a) != rows[i].equal)
			fail_msg("%s, %s", rows[i].a, rows[i].b);
		assert_true(partition_equal(a, a));
		assert_false(partition_equal(a, NULL));
	}
	assert_true(partition_equal(NULL, NULL));
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_what_servers_keep),
		cmocka_unit_test(each_part_of_a_column_counts),
		cmocka_unit_test(options_that_say_nothing),
		cmocka_unit_test(indexes_are_their_parts),
		cmocka_unit_test(restrict_and_no_action_are_one),
		cmocka_unit_test(partitions_are_compared),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
