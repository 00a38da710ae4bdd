/* What models mean: types, mixins, like, references, keys, names. */
#include "tests/unit/dsl/dsl.h"

static void assert_type(const struct schema *schema, const char *table, const char *name,
			const char *type)
{
	struct buf out = { 0 };
	type_print(&out, &find_column(schema, table, name)->type);
	assert_string_equal(buf_text(&out), type);
	buf_free(&out);
}

static void assert_names(const struct name_list *names, const char *joined)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < names->n; i++)
		buf_printf(&out, "%s%s", i ? "," : "", names->items[i]->text);
	assert_string_equal(buf_text(&out), joined);
	buf_free(&out);
}

/* "PRIMARY(a,b) uq_t_c(c)" */
static void assert_indexes(const struct schema *schema, const char *table, const char *expected)
{
	const struct table *t = find_table(schema, table);
	struct buf out = { 0 };
	for (size_t i = 0; i < t->indexes.n; i++) {
		const struct index *index = t->indexes.items[i];
		buf_printf(&out, "%s%s(", i ? " " : "", index->name->text);
		for (size_t j = 0; j < index->parts.n; j++) {
			const struct index_part *part = &index->parts.items[j];
			buf_printf(&out, "%s%s", j ? "," : "",
				   part->column ? part->column->text : "?");
			if (part->length)
				buf_printf(&out, "(%u)", part->length);
			if (part->desc)
				buf_add(&out, " desc");
		}
		buf_printf(&out, ")%s", index->for_foreign_key ? "*" : "");
	}
	assert_string_equal(buf_text(&out), expected);
	buf_free(&out);
}

TEST(columns_are_not_null_unless_they_say_null)
{
	struct schema *schema = compile("table t {\n a int\n b int null\n c int not null\n}\n");
	assert_false(find_column(schema, "t", "a")->nullable);
	assert_true(find_column(schema, "t", "b")->nullable);
	assert_false(find_column(schema, "t", "c")->nullable);
}

TEST(defaults)
{
	struct schema *schema =
		compile("table t {\n a int default 1\n b int null default null\n"
			" c datetime(3) default now(3) on update current_timestamp(3)\n"
			" d int default (1 + 1)\n e datetime default current_timestamp()\n"
			" f int default (0)\n}\n");
	assert_int_equal(find_column(schema, "t", "a")->default_kind, DEFAULT_LITERAL);
	assert_int_equal(find_column(schema, "t", "b")->default_kind, DEFAULT_NONE);
	assert_int_equal(find_column(schema, "t", "c")->default_kind, DEFAULT_NOW);
	assert_true(find_column(schema, "t", "c")->on_update_now);
	assert_int_equal(find_column(schema, "t", "d")->default_kind, DEFAULT_EXPR);
	assert_int_equal(find_column(schema, "t", "e")->default_kind, DEFAULT_NOW);
	assert_int_equal(find_column(schema, "t", "f")->default_kind, DEFAULT_EXPR);
	use_server("mariadb", "10.11");
	schema = compile("table t {\n f int default (0)\n}\n");
	assert_int_equal(find_column(schema, "t", "f")->default_kind, DEFAULT_LITERAL);
}

TEST(named_types)
{
	struct schema *schema =
		compile("type money = decimal(12,2) unsigned\n"
			"type price = money\n"
			"type code = varchar(20) collate utf8mb4_bin null\n"
			"table t {\n a money\n b price\n c money unsigned\n d code\n}\n");
	assert_type(schema, "t", "a", "decimal(12,2) unsigned");
	assert_type(schema, "t", "b", "decimal(12,2) unsigned");
	assert_type(schema, "t", "c", "decimal(12,2) unsigned");
	assert_true(find_column(schema, "t", "d")->nullable);
	assert_string_equal(find_column(schema, "t", "d")->collation->text, "utf8mb4_bin");
	assert_int_equal(find_column(schema, "t", "d")->collation_origin.kind, ORIGIN_TYPE);
}

TEST(serial_expands)
{
	struct schema *schema =
		compile("table t {\n id serial\n}\ntable u {\n id serial primary key\n}\n");
	const struct column *id = find_column(schema, "t", "id");
	assert_type(schema, "t", "id", "bigint unsigned");
	assert_true(id->auto_increment);
	assert_false(id->nullable);
	assert_indexes(schema, "t", "uq_t_id(id)");
	assert_indexes(schema, "u", "PRIMARY(id)");
}

TEST(mixins_stand_where_they_are_used)
{
	struct schema *schema = compile("mixin inner {\n c int\n}\n"
					"mixin m {\n b int\n use inner\n index (b)\n}\n"
					"table t {\n a int\n use m\n d int\n}\n");
	const struct table *t = find_table(schema, "t");
	const char *names[] = { "a", "b", "c", "d" };
	assert_int_equal(t->columns.n, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(t->columns.items[i]->name->text, names[i]);
	assert_indexes(schema, "t", "ix_t_b(b)");
}

TEST(like_takes_type_and_collation)
{
	struct schema *schema = compile(
		"table a {\n x like b.y\n}\ntable b {\n y like c.z null\n}\n"
		"table c {\n z varchar(9) charset latin1 collate latin1_bin default 'q'\n}\n");
	const struct column *x = find_column(schema, "a", "x");
	assert_type(schema, "a", "x", "varchar(9)");
	assert_string_equal(x->charset->text, "latin1");
	assert_string_equal(x->collation->text, "latin1_bin");
	assert_int_equal(x->collation_origin.kind, ORIGIN_LIKE);
	assert_false(x->nullable);
	assert_int_equal(x->default_kind, DEFAULT_NONE);
	assert_true(find_column(schema, "b", "y")->nullable);
}

TEST(references_without_a_type)
{
	struct schema *schema =
		compile("table users {\n id bigint unsigned auto_increment primary key\n"
			" code varchar(8) collate utf8mb4_bin unique\n}\n"
			"table t {\n u references users on delete cascade\n"
			" c references users (code) null\n}\n");
	const struct table *t = find_table(schema, "t");
	assert_type(schema, "t", "u", "bigint unsigned");
	assert_false(find_column(schema, "t", "u")->auto_increment);
	assert_string_equal(find_column(schema, "t", "c")->collation->text, "utf8mb4_bin");
	assert_int_equal(t->foreign_keys.n, 2);
	const struct foreign_key *key = t->foreign_keys.items[0];
	assert_string_equal(key->name->text, "fk_t_u");
	assert_false(key->named);
	assert_names(&key->columns, "u");
	assert_names(&key->parent_columns, "id");
	assert_int_equal(key->on_delete, FK_CASCADE);
	assert_int_equal(key->on_update, FK_DEFAULT);
	assert_indexes(schema, "t", "ix_t_u(u)* ix_t_c(c)*");
}

TEST(a_foreign_key_without_columns_takes_the_primary_key)
{
	struct schema *schema =
		compile("table p {\n a int\n b int\n primary key (b, a)\n}\n"
			"table t {\n x int\n y int\n foreign key (x, y) references p\n}\n");
	assert_names(&find_table(schema, "t")->foreign_keys.items[0]->parent_columns, "b,a");
}

TEST(the_index_under_a_foreign_key)
{
	struct schema *schema = compile(
		"table p {\n a int primary key\n b int\n unique (a, b)\n}\n"
		"table covered {\n a int\n b int\n foreign key (a) references p (a)\n"
		" index (a, b)\n}\n"
		"table prefix {\n c int\n foreign key (c) references p (a)\n index (c desc)\n}\n"
		"table longer {\n a int\n b int\n foreign key (a) references p (a)\n"
		" foreign key (a, b) references p (a, b)\n}\n"
		"table is_primary {\n a int primary key\n foreign key (a) references p (a)\n}\n");
	assert_indexes(schema, "covered", "ix_covered_a_b(a,b)");
	assert_indexes(schema, "longer", "ix_longer_a_b(a,b)*");
	assert_indexes(schema, "is_primary", "PRIMARY(a)");
}

/* MySQL makes one of its own when the only one is descending, the others don't. */
TEST(a_descending_index_under_a_foreign_key)
{
	const char *text = "table p {\n a int primary key\n}\n"
			   "table t {\n c int\n foreign key (c) references p (a)\n index (c desc)\n}\n";
	assert_indexes(compile(text), "t", "ix_t_c(c desc) ix_t_c_5476d178(c)*");
	use_server("mariadb", "10.11");
	assert_indexes(compile(text), "t", "ix_t_c(c desc)");
}

TEST(keys_written_at_columns_move_to_the_table)
{
	struct schema *schema =
		compile("table t {\n a int unique check (a > 0)\n b int primary key\n"
			" c varchar(9)\n index (c(3), a desc)\n fulltext (c(3))\n}\n");
	const struct table *t = find_table(schema, "t");
	assert_indexes(schema, "t", "PRIMARY(b) uq_t_a(a) ix_t_c_a(c(3),a desc) ft_t_c(c)");
	assert_int_equal(t->checks.n, 1);
	assert_string_equal(t->checks.items[0]->name->text, "ck_t_a");
}

TEST(a_prefix_as_long_as_the_column_is_none)
{
	assert_indexes(compile("table t {\n c varchar(9)\n index (c(9))\n}\n"), "t", "ix_t_c(c)");
}

TEST(derived_names_are_unique)
{
	struct schema *schema =
		compile("table p {\n id int primary key\n}\n"
			"table a {\n b_c int\n foreign key (b_c) references p (id)\n}\n"
			"table a_b {\n c int\n foreign key (c) references p (id)\n}\n"
			"table t {\n x int\n check (x > 0)\n check (x < 9)\n"
			" check (x <> 5)\n index (x)\n index ((x + 1))\n}\n");
	const struct name *first = find_table(schema, "a")->foreign_keys.items[0]->name;
	const struct name *second = find_table(schema, "a_b")->foreign_keys.items[0]->name;
	assert_string_equal(first->text, "fk_a_b_c");
	assert_int_equal(strncmp(second->text, "fk_a_b_c_", 9), 0);
	const struct table *t = find_table(schema, "t");
	assert_int_equal(t->checks.n, 3);
	for (size_t i = 0; i < 3; i++)
		for (size_t j = 0; j < i; j++)
			assert_false(
				name_equal(t->checks.items[i]->name, t->checks.items[j]->name));
	assert_false(name_equal(t->indexes.items[0]->name, t->indexes.items[1]->name));
}

TEST(written_names_go_first)
{
	struct schema *schema =
		compile("table p {\n id int primary key\n}\n"
			"table a {\n x int\n foreign key (x) references p (id)\n}\n"
			"table b {\n x int\n foreign key fk_a_x (x) references p (id)\n}\n");
	assert_string_equal(find_table(schema, "b")->foreign_keys.items[0]->name->text, "fk_a_x");
	assert_int_equal(
		strncmp(find_table(schema, "a")->foreign_keys.items[0]->name->text, "fk_a_x_", 7),
		0);
}

TEST(options_in_the_servers_spelling)
{
	struct schema *schema =
		compile("table t engine=innodb row_format=compressed key_block_size=8"
			" stats_persistent=default comment 'x' {\n a int\n}\n");
	const struct table *t = find_table(schema, "t");
	assert_string_equal(t->engine->text, "InnoDB");
	assert_string_equal(option_find(&t->options, ATTR_ROW_FORMAT), "COMPRESSED");
	assert_string_equal(option_find(&t->options, ATTR_KEY_BLOCK_SIZE), "8");
	assert_null(option_find(&t->options, ATTR_STATS_PERSISTENT));
	assert_string_equal(t->comment, "x");
}

TEST(generated_columns_and_null)
{
	const char *text = "table t {\n a int\n b int as (a + 1) stored\n}\n";
	assert_false(find_column(compile(text), "t", "b")->nullable);
	use_server("mariadb", "10.11");
	assert_true(find_column(compile(text), "t", "b")->nullable);
	assert_refused_with(SHOP, "table t {\n a int\n b int as (a + 1) stored not null\n}\n",
			    "target", "refuses NOT NULL on a generated column", "not null", "");
}

TEST(was_and_backfill_are_kept)
{
	struct schema *schema =
		compile("table t was s {\n a int was b\n c int backfill (a + 1)\n}\n");
	assert_string_equal(find_table(schema, "t")->was->text, "s");
	assert_string_equal(find_column(schema, "t", "a")->was->text, "b");
	assert_non_null(find_column(schema, "t", "c")->backfill);
}

TEST(objects)
{
	struct schema *schema = compile("view v as $$\nselect 1\n$$\n");
	assert_int_equal(schema->objects.n, 1);
	assert_string_equal(schema->objects.items[0]->kind->text, "view");
}

TEST(case_of_names)
{
	struct schema *schema =
		compile("table users {\n ID int primary key\n}\n"
			"table t {\n a int\n foreign key (A) references users (id)\n}\n");
	const struct foreign_key *key = find_table(schema, "t")->foreign_keys.items[0];
	assert_names(&key->columns, "a");
	assert_names(&key->parent_columns, "ID");
	compile("table t {\n a int\n}\ntable T {\n a int\n}\n");
	server.lower_case_table_names = 1;
	assert_refused_with(SHOP, "table t {\n a int\n}\ntable T {\n a int\n}\n", "duplicate",
			    "table 'T' is declared twice", "T", "");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(columns_are_not_null_unless_they_say_null),
		T(defaults),
		T(named_types),
		T(serial_expands),
		T(mixins_stand_where_they_are_used),
		T(like_takes_type_and_collation),
		T(references_without_a_type),
		T(a_foreign_key_without_columns_takes_the_primary_key),
		T(the_index_under_a_foreign_key),
		T(a_descending_index_under_a_foreign_key),
		T(keys_written_at_columns_move_to_the_table),
		T(a_prefix_as_long_as_the_column_is_none),
		T(derived_names_are_unique),
		T(written_names_go_first),
		T(options_in_the_servers_spelling),
		T(generated_columns_and_null),
		T(was_and_backfill_are_kept),
		T(objects),
		T(case_of_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
