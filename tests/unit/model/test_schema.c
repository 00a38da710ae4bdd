#include "tests/unit/model/model.h"

#include "model/derive.h"

static struct column *new_column(struct world *w, const char *name)
{
	struct column *column = ARENA_NEW(&w->arena, struct column);
	column->name = n(w, name);
	column->comment = "";
	return column;
}

static struct index *new_index(struct world *w, enum tree_key_kind kind, const char *name,
			       const char *columns)
{
	struct index *index = ARENA_NEW(&w->arena, struct index);
	char *copy = arena_strdup(&w->arena, columns), *save = NULL;
	index->kind = kind;
	index->name = n(w, name);
	index->comment = "";
	for (char *p = strtok_r(copy, " ", &save); p; p = strtok_r(NULL, " ", &save)) {
		struct index_part part = { .column = n(w, p) };
		LIST_PUSH(&w->arena, &index->parts, part);
	}
	return index;
}

static void add_foreign_key(struct world *w, struct table *table, const char *name,
			    const char *database, const char *parent)
{
	struct foreign_key *key = ARENA_NEW(&w->arena, struct foreign_key);
	key->name = n(w, name);
	key->parent_database = database ? n(w, database) : NULL;
	key->parent = n(w, parent);
	LIST_PUSH(&w->arena, &table->foreign_keys, key);
}

static struct table *add_table(struct world *w, struct schema *schema, const char *name)
{
	struct table *table = table_new(schema, n(w, name));
	schema_add_table(schema, table);
	return table;
}

static struct name_list names(struct world *w, const char *text)
{
	struct name_list list = { 0 };
	char *copy = arena_strdup(&w->arena, text), *save = NULL;
	for (char *p = strtok_r(copy, " ", &save); p; p = strtok_r(NULL, " ", &save))
		LIST_PUSH(&w->arena, &list, n(w, p));
	return list;
}

TEST(tables_are_found)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	struct schema *schema = schema_new(&w.ctx, &w.arena, &w.server);
	struct table *a = add_table(&w, schema, "Users"), *b = add_table(&w, schema, "users");
	assert_ptr_equal(schema_find_table(schema, n(&w, "Users")), a);
	assert_ptr_equal(schema_find_table(schema, n(&w, "users")), b);
	assert_null(schema_find_table(schema, n(&w, "USERS")));
	assert_null(schema_find_table(schema, NULL));
	assert_false(schema_same_table(schema, n(&w, "a"), n(&w, "A")));
	schema_remove_table(schema, n(&w, "Users"));
	assert_null(schema_find_table(schema, n(&w, "Users")));
	assert_int_equal(schema->tables.n, 1);
	schema_remove_table(schema, n(&w, "Users"));
	assert_int_equal(schema->tables.n, 1);
	world_close(&w);
}

TEST(case_may_not_matter)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	w.server.lower_case_table_names = 1;
	struct schema *schema = schema_new(&w.ctx, &w.arena, &w.server);
	struct table *table = add_table(&w, schema, "Étage");
	assert_ptr_equal(schema_find_table(schema, n(&w, "étage")), table);
	assert_true(schema_same_table(schema, n(&w, "a"), n(&w, "A")));
	world_close(&w);
}

TEST(many_tables_are_found_in_order)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	struct schema *schema = schema_new(&w.ctx, &w.arena, &w.server);
	for (int i = 0; i < 2000; i++)
		add_table(&w, schema, arena_printf(&w.arena, "t%d", i));
	for (int i = 0; i < 2000; i += 2)
		schema_remove_table(schema, n(&w, arena_printf(&w.arena, "t%d", i)));
	assert_int_equal(schema->tables.n, 1000);
	for (int i = 0; i < 1000; i++) {
		const char *name = arena_printf(&w.arena, "t%d", 2 * i + 1);
		assert_string_equal(schema->tables.items[i]->name->text, name);
		assert_ptr_equal(schema_find_table(schema, n(&w, name)), schema->tables.items[i]);
	}
	world_close(&w);
}

TEST(a_rename_is_followed)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	struct schema *schema = schema_new(&w.ctx, &w.arena, &w.server);
	struct table *parent = add_table(&w, schema, "p"), *child = add_table(&w, schema, "c");
	add_foreign_key(&w, child, "f1", NULL, "p");
	add_foreign_key(&w, child, "f2", "other", "p");
	add_foreign_key(&w, parent, "f3", NULL, "p");
	const struct foreign_key *before = child->foreign_keys.items[0];
	schema_rename_table(schema, n(&w, "p"), n(&w, "q"));
	assert_ptr_equal(schema_find_table(schema, n(&w, "q")), parent);
	assert_null(schema_find_table(schema, n(&w, "p")));
	assert_string_equal(child->foreign_keys.items[0]->parent->text, "q");
	assert_string_equal(child->foreign_keys.items[1]->parent->text, "p");
	assert_string_equal(parent->foreign_keys.items[0]->parent->text, "q");
	assert_string_equal(before->parent->text, "p"); /* parts are immutable */
	schema_rename_table(schema, n(&w, "nobody"), n(&w, "x"));
	assert_null(schema_find_table(schema, n(&w, "x")));
	world_close(&w);
}

TEST(a_clone_is_its_own)
{
	struct world w;
	struct arena other;
	world_open(&w, "mysql", "8.0");
	arena_init(&other);
	struct schema *schema = schema_new(&w.ctx, &w.arena, &w.server);
	struct table *table = add_table(&w, schema, "t");
	const struct column *column = new_column(&w, "a");
	LIST_PUSH(&w.arena, &table->columns, column);
	option_set(&w.arena, &table->options, ATTR_ROW_FORMAT, "dynamic");
	struct schema *clone = schema_clone(&other, schema);
	struct table *copy = schema_find_table(clone, n(&w, "t"));
	assert_ptr_not_equal(copy, table);
	assert_ptr_equal(copy->columns.items[0], column);
	column = new_column(&w, "b");
	LIST_PUSH(&other, &copy->columns, column);
	LIST_REMOVE(&copy->columns, 0);
	option_set(&other, &copy->options, ATTR_ROW_FORMAT, "compact");
	schema_rename_table(clone, n(&w, "t"), n(&w, "u"));
	assert_int_equal(table->columns.n, 1);
	assert_string_equal(table->columns.items[0]->name->text, "a");
	assert_string_equal(option_find(&table->options, ATTR_ROW_FORMAT), "dynamic");
	assert_string_equal(table->name->text, "t");
	assert_non_null(schema_find_table(schema, n(&w, "t")));
	arena_free(&other);
	world_close(&w);
}

TEST(parts_are_found_by_name)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	struct schema *schema = schema_new(&w.ctx, &w.arena, &w.server);
	struct table *table = add_table(&w, schema, "t");
	const struct column *column = new_column(&w, "Ärger");
	LIST_PUSH(&w.arena, &table->columns, column);
	const struct index *primary = new_index(&w, KEY_PRIMARY, "PRIMARY", "a");
	LIST_PUSH(&w.arena, &table->indexes, new_index(&w, KEY_INDEX, "k", "a"));
	LIST_PUSH(&w.arena, &table->indexes, primary);
	add_foreign_key(&w, table, "f", NULL, "p");
	assert_ptr_equal(table_column(table, n(&w, "äRGER")), column);
	assert_int_equal(table_column_at(table, n(&w, "b")), -1);
	assert_int_equal(table_index_at(table, n(&w, "K")), 0);
	assert_ptr_equal(table_primary_key(table), primary);
	assert_non_null(table_foreign_key(table, n(&w, "F")));
	assert_null(table_check(table, n(&w, "f")));
	world_close(&w);
}

TEST(a_covering_index_has_the_columns_first)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	struct schema *schema = schema_new(&w.ctx, &w.arena, &w.server);
	struct table *table = add_table(&w, schema, "t");
	struct index *prefix = new_index(&w, KEY_INDEX, "prefix", "b a");
	struct index *hash = new_index(&w, KEY_UNIQUE, "hash", "b a");
	prefix->parts.items[1].length = 3;
	option_set(&w.arena, &hash->options, ATTR_USING, "HASH");
	LIST_PUSH(&w.arena, &table->indexes, prefix);
	LIST_PUSH(&w.arena, &table->indexes, hash);
	LIST_PUSH(&w.arena, &table->indexes, new_index(&w, KEY_FULLTEXT, "words", "b a"));
	LIST_PUSH(&w.arena, &table->indexes, new_index(&w, KEY_INDEX, "long", "a b c"));
	struct name_list ab = names(&w, "A b"), ba = names(&w, "b a"), b = names(&w, "b");
	assert_string_equal(table_covering_index(table, &ab)->name->text, "long");
	assert_null(table_covering_index(table, &ba));
	assert_string_equal(table_covering_index(table, &b)->name->text, "prefix");
	world_close(&w);
}

TEST(options_are_sorted)
{
	struct world w;
	struct option_list options = { 0 };
	world_open(&w, "mysql", "8.0");
	option_set(&w.arena, &options, ATTR_ROW_FORMAT, "dynamic");
	option_set(&w.arena, &options, ATTR_ENGINE, "x");
	option_set(&w.arena, &options, ATTR_KEY_BLOCK_SIZE, "8");
	option_set(&w.arena, &options, ATTR_ROW_FORMAT, "compact");
	assert_int_equal(options.n, 3);
	for (size_t i = 1; i < options.n; i++)
		assert_true(options.items[i - 1].kind < options.items[i].kind);
	assert_string_equal(option_find(&options, ATTR_ROW_FORMAT), "compact");
	option_set(&w.arena, &options, ATTR_ROW_FORMAT, NULL);
	assert_null(option_find(&options, ATTR_ROW_FORMAT));
	option_set(&w.arena, &options, ATTR_ROW_FORMAT, NULL);
	assert_int_equal(options.n, 2);
	world_close(&w);
}

TEST(names_are_derived)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	struct name_list columns = names(&w, "platform user_id");
	assert_string_equal(derive_name(&w.ctx, "fk", n(&w, "orders"), &columns)->text,
			    "fk_orders_platform_user_id");
	const struct name *hashed = derive_name_hashed(&w.ctx, "fk", n(&w, "orders"), &columns);
	assert_int_equal(strlen(hashed->text), strlen("fk_orders_platform_user_id") + 9);
	assert_memory_equal(hashed->text, "fk_orders_platform_user_id_", 27);
	assert_ptr_equal(hashed, derive_name_hashed(&w.ctx, "fk", n(&w, "orders"), &columns));
	world_close(&w);
}

TEST(long_names_are_cut_by_characters)
{
	struct world w;
	struct name_list none = { 0 };
	world_open(&w, "mysql", "8.0");
	/* 61 characters of 3 bytes: fk_ and they are just 64 */
	struct buf text = { 0 };
	for (int i = 0; i < 61; i++)
		buf_add(&text, "用");
	const struct name *fits = derive_name(&w.ctx, "fk", n(&w, buf_text(&text)), &none);
	assert_int_equal(name_length(fits), 64);
	assert_string_equal(fits->text + 3, buf_text(&text));
	buf_add(&text, "户");
	const struct name *cut = derive_name(&w.ctx, "fk", n(&w, buf_text(&text)), &none);
	assert_int_equal(name_length(cut), 64);
	assert_memory_equal(cut->text, fits->text, 3 + 52 * 3);
	assert_int_equal(cut->text[3 + 52 * 3], '_');
	const struct name *hashed = derive_name_hashed(&w.ctx, "fk", n(&w, buf_text(&text)), &none);
	assert_ptr_equal(hashed, cut);
	buf_add(&text, "一");
	assert_ptr_not_equal(derive_name(&w.ctx, "fk", n(&w, buf_text(&text)), &none), cut);
	buf_free(&text);
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_found),
		cmocka_unit_test(case_may_not_matter),
		cmocka_unit_test(many_tables_are_found_in_order),
		cmocka_unit_test(a_rename_is_followed),
		cmocka_unit_test(a_clone_is_its_own),
		cmocka_unit_test(parts_are_found_by_name),
		cmocka_unit_test(a_covering_index_has_the_columns_first),
		cmocka_unit_test(options_are_sorted),
		cmocka_unit_test(names_are_derived),
		cmocka_unit_test(long_names_are_cut_by_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
