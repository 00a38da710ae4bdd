/* What differs, part by part. */
#include "tests/unit/diff/models.h"

#define TABLE(items) "table t { id int primary key\n " items " }"

TEST(equal_models_differ_in_nothing)
{
	static const char text[] =
		"table p comment 'x' { id int unsigned auto_increment primary key\n"
		"    a varchar(9) charset latin1 collate latin1_bin null default 'it''s' comment "
		"'c'\n"
		"    e enum('a', 'b') default 'a'\n d decimal(9,2) default 0\n"
		"    at datetime(3) default current_timestamp(3) on update current_timestamp(3)\n"
		"    unique (a, e)\n index by_d (d desc) }\n"
		"table c { id int primary key\n p int unsigned references p on delete cascade\n"
		"    check (p > 0) }";
	assert_string_equal(diff_text(text, text), "");
}

TEST(tables_are_created_and_dropped)
{
	assert_string_equal(
		diff_text("table a { id int primary key }\ntable b { id int primary key }",
			  "table b { id int primary key }\ntable c { id int primary key }"),
		"drop table a\ncreate table c");
}

TEST(each_attribute_of_a_column)
{
	static const struct {
		const char *from, *to, *what;
	} cases[] = {
		{ "int", "bigint", "type" },
		{ "int", "int unsigned", "type" },
		{ "varchar(5)", "varchar(6)", "type" },
		{ "datetime", "datetime(3)", "type" },
		{ "enum('a','b')", "enum('b','a')", "type" },
		{ "int", "int null", "null" },
		{ "int default 1", "int default 2", "default" },
		{ "int default 1", "int", "default" },
		{ "varchar(5)", "varchar(5) default ''", "default" },
		{ "int", "int comment 'x'", "comment" },
		{ "varchar(5)", "varchar(5) charset latin1 collate latin1_bin",
		  "charset, collation" },
		{ "varchar(5)", "varchar(5) collate utf8mb4_bin", "collation" },
		{ "datetime", "datetime on update current_timestamp", "on update" },
		{ "int null invisible", "int null", "invisible" },
		{ "int as (id + 1) stored null", "int as (id + 2) stored null", "expression" },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *from = arena_printf(&arena, TABLE("a %s"), cases[i].from);
		const char *to = arena_printf(&arena, TABLE("a %s"), cases[i].to);
		const char *what = arena_printf(&arena, "alter column t.a (%s)", cases[i].what);
		assert_string_equal(diff_text(from, to), what);
	}
}

TEST(columns_move_as_little_as_possible)
{
	assert_string_equal(diff_text("table t { a int primary key\n b int\n c int\n d int }",
				      "table t { d int\n a int primary key\n b int\n c int }"),
			    "move column t.d");
	assert_string_equal(diff_text("table t { a int primary key\n b int\n c int\n d int }",
				      "table t { b int\n c int\n d int\n a int primary key }"),
			    "move column t.a");
	assert_string_equal(diff_text("table t { a int primary key\n b int\n c int }",
				      "table t { c int\n b int\n a int primary key }"),
			    "move column t.c\nmove column t.b");
}

TEST(columns_come_and_go_in_place)
{
	struct op_list ops = { 0 };
	const struct schema *from = state_of("table t { a int primary key\n b int\n c int }");
	const struct schema *to = state_of("table t { n int\n a int primary key\n m int\n c int }");
	assert_true(diff_schemas(&ctx, &arena, from, to, &ops));
	assert_string_equal(describe(&ops, "\n"),
			    "drop column t.b\nadd column t.n\nadd column t.m");
	assert_string_equal(ops.items[0]->place_before.after->text, "a");
	assert_null(ops.items[1]->place_after.after);
	assert_string_equal(ops.items[2]->place_after.after->text, "a");
}

TEST(virtual_columns_are_made_anew)
{
	assert_string_equal(
		diff_text(TABLE("a int\n g int as (a + 1) virtual null\n index i (g, a)"),
			  TABLE("a int\n g int as (a + 1) stored null\n index i (g, a)")),
		"drop index t.i\ndrop column t.g\nadd column t.g\nadd index t.i");
	assert_string_equal(diff_text(TABLE("a int\n g int as (a + 1) stored null"),
				      TABLE("a int\n g int null")),
			    "alter column t.g (expression, stored)");
}

/* What is computed from such a column goes with it, and so do checks. */
TEST(what_leans_on_a_virtual_column_goes_along)
{
	static const char from[] = TABLE("a int\n g int as (a + 1) virtual null\n"
					 " h int as (g + 1) virtual null\n check k (g > 0)");
	static const char to[] = TABLE("a int\n g int as (a + 1) stored null\n"
				       " h int as (g + 1) virtual null\n check k (g > 0)");
	assert_string_equal(diff_text(from, to),
			    "drop check t.k\ndrop column t.h\ndrop column t.g\nadd column t.g\n"
			    "add column t.h\nadd check t.k");
}

TEST(indexes)
{
	assert_string_equal(diff_text(TABLE("a int\n b int\n index (a)"),
				      TABLE("a int\n b int\n index (a)\n unique (b)")),
			    "add index t.uq_t_b");
	assert_string_equal(diff_text(TABLE("a int\n b int\n index i (a)"),
				      TABLE("a int\n b int\n index i (a, b)")),
			    "drop index t.i\nadd index t.i");
	assert_string_equal(diff_text(TABLE("a varchar(20)\n index i (a)"),
				      TABLE("a varchar(20)\n index i (a(10))")),
			    "drop index t.i\nadd index t.i");
	assert_string_equal(diff_text("table t { a int primary key\n b int }",
				      "table t { a int\n b int primary key }"),
			    "drop index t.PRIMARY\nadd index t.PRIMARY");
}

TEST(equal_index_keeps_its_name)
{
	assert_string_equal(diff_text(TABLE("a int\n index old (a)"), TABLE("a int\n index (a)")),
			    "");
	assert_string_equal(
		diff_text(TABLE("a int\n index old (a)"), TABLE("a int\n index new (a)")),
		"rename index t.old to new");
	assert_string_equal(
		diff_text(TABLE("a int\n check old (a > 1)"), TABLE("a int\n check (a > 1)")), "");
	assert_string_equal(
		diff_text(TABLE("a int\n check old (a > 1)"), TABLE("a int\n check new (a > 1)")),
		"drop check t.old\nadd check t.new");
}

/* An index that nobody named gives way when another one is to have its name. */
TEST(index_name_is_wanted)
{
	assert_string_equal(diff_text(TABLE("a int\n b int\n index i (a)"),
				      TABLE("a int\n b int\n index (a)\n index i (b)")),
			    "rename index t.i to ix_t_a\nadd index t.i");
}

TEST(indexes_swap_names)
{
	assert_string_equal(diff_text(TABLE("a int\n b int\n index i (a)\n index j (b)"),
				      TABLE("a int\n b int\n index j (a)\n index i (b)")),
			    "drop index t.i\ndrop index t.j\nadd index t.j\nadd index t.i");
}

TEST(derived_name_is_taken)
{
	const char *ops = diff_text(
		"table p { id int primary key }\n"
		"table a { id int primary key\n x int\n foreign key fk_b_x (x) references p (id) "
		"}\n"
		"table b { id int primary key\n x int }",
		"table p { id int primary key }\n"
		"table a { id int primary key\n x int\n foreign key (x) references p (id) }\n"
		"table b { id int primary key\n x int\n foreign key (x) references p (id) }");
	assert_non_null(strstr(ops, "add foreign key b.fk_b_x_"));
	assert_null(strstr(ops, "drop"));
}

TEST(foreign_keys)
{
#define CHILD(key)                                        \
	"table p { id int primary key\n k int unique }\n" \
	"table c { id int primary key\n a int null\n index (a)\n " key " }"
	assert_string_equal(diff_text(CHILD(""), CHILD("foreign key (a) references p (id)")),
			    "add foreign key c.fk_c_a");
	assert_string_equal(diff_text(CHILD("foreign key (a) references p (id)"),
				      CHILD("foreign key (a) references p (id) on delete cascade")),
			    "drop foreign key c.fk_c_a\nadd foreign key c.fk_c_a");
	assert_string_equal(diff_text(CHILD("foreign key (a) references p (id)"),
				      CHILD("foreign key (a) references p (k)")),
			    "drop foreign key c.fk_c_a\nadd foreign key c.fk_c_a");
	assert_string_equal(diff_text(CHILD("foreign key x (a) references p (id)"),
				      CHILD("foreign key (a) references p (id)")),
			    "");
	assert_string_equal(diff_text(CHILD("foreign key x (a) references p (id)"),
				      CHILD("foreign key y (a) references p (id)")),
			    "drop foreign key c.x\nadd foreign key c.y");
	assert_string_equal(
		diff_text(CHILD("foreign key (a) references p (id) on delete no action"),
			  CHILD("foreign key (a) references p (id)")),
		"");
}

TEST(table_options)
{
	assert_string_equal(diff_text("table t { id int primary key }",
				      "table t comment 'x' { id int primary key }"),
			    "set table option t: comment");
	assert_string_equal(
		diff_text("table t { id int primary key }",
			  "table t charset latin1 collate latin1_bin { id int primary key }"),
		"set table option t: charset");
	assert_string_equal(diff_text("table t { id int primary key }",
				      "table t engine MyISAM { id int primary key }"),
			    "set table option t: engine");
	assert_string_equal(diff_text("table t { id int primary key }",
				      "table t row_format compact { id int primary key }"),
			    "set table option t: row_format");
}

/* Nobody asked for zeros in the rows that are there: a person's model must say what they get. */
TEST(new_column_needs_a_value)
{
	assert_string_equal(diff_text(TABLE(""), TABLE("a int")), "refused");
	assert_said("new column 't.a' is NOT NULL and has no default");
	assert_string_equal(diff_text(TABLE(""), TABLE("a int default 0")), "add column t.a");
	assert_string_equal(diff_text(TABLE(""), TABLE("a int null")), "add column t.a");
	assert_string_equal(diff_text(TABLE(""), TABLE("a int backfill (1)")), "add column t.a");
	/* a state is what it is */
	assert_string_equal(ops_between(state_of(TABLE("")), state_of(TABLE("a int"))),
			    "add column t.a");
}

TEST(table_that_is_not_known_whole)
{
	struct schema *from = state_of("table t { id int primary key }");
	from->tables.items[0]->unknown = "privileges hide its columns";
	assert_string_equal(ops_between(from, model("table t { id int primary key }")), "refused");
	assert_said("table 't' can't be compared: privileges hide its columns");
}

static struct schema *view_of(const char *body)
{
	struct schema *schema = state_of("");
	struct object *view = ARENA_NEW(&arena, struct object);
	view->kind = ctx_name(&ctx, "view");
	view->name = ctx_name(&ctx, "v");
	view->head = "as";
	view->body = body;
	LIST_PUSH(&arena, &schema->objects, view);
	return schema;
}

TEST(objects)
{
	assert_string_equal(ops_between(view_of("select 1"), view_of("select 2")),
			    "drop view v\ncreate view v");
	assert_string_equal(ops_between(view_of("select 1"), view_of("select 1")), "");
	assert_string_equal(ops_between(view_of("select 1"), state_of("")), "drop view v");
}

TEST(checks_at_columns_or_the_table)
{
	static const char *const at_column = TABLE("a int check (a > 0)\n b int");
	static const char *const of_table = TABLE("a int\n b int\n check (a > 0)");
	static const char *const named = TABLE("a int\n b int\n check c (a > 0)");
	const struct schema *mysql = model(at_column);
	assert_null(mysql->tables.items[0]->columns.items[1]->check);
	assert_int_equal(mysql->tables.items[0]->checks.n, 1);
	use_server("mariadb", "10.11.6");
	const struct schema *column = model(at_column);
	assert_non_null(column->tables.items[0]->columns.items[1]->check);
	assert_int_equal(column->tables.items[0]->checks.n, 0);
	assert_string_equal(diff_text(at_column, of_table), "");
	assert_string_equal(diff_text(of_table, at_column), "");
	assert_string_equal(diff_text(named, at_column), "");
	assert_string_equal(diff_text(at_column, named), "alter column t.a (check)\nadd check t.c");
	assert_string_equal(diff_text(of_table, TABLE("a int check (a > 1)\n b int")),
			    "drop check t.ck_t_a\nalter column t.a (check)");
	/* a state that is gone back to is exact */
	assert_string_equal(ops_between(model(of_table), state_of(at_column)),
			    "drop check t.ck_t_a\nalter column t.a (check)");
	assert_true(
		diff_table_equal(&ctx, column->tables.items[0], model(of_table)->tables.items[0]));
}

TEST(periods)
{
	static const char *const before = TABLE("a date\n b date\n c date\n period for p (a, b)\n"
						" unique u (id, p without overlaps)");
	use_server("mariadb", "11.8.6");
	assert_string_equal(diff_text(before, before), "");
	assert_string_equal(
		diff_text(TABLE("a date"), TABLE("a date\n b date default '2020-01-01'\n"
						 " period for p (a, b)")),
		"add column t.b\nadd period t.p");
	assert_string_equal(diff_text(before, TABLE("a date\n b date\n c date\n"
						    " period for p (a, c)\n"
						    " unique u (id, p without overlaps)")),
			    "drop index t.u\ndrop period t.p\nadd period t.p\nadd index t.u");
	assert_string_equal(diff_text(before, TABLE("a date\n c date")),
			    "drop index t.u\ndrop period t.p\ndrop column t.b");
	assert_string_equal(diff_text(before, TABLE("x date was a\n b date\n c date\n"
						    " period for p (x, b)\n"
						    " unique u (id, p without overlaps)")),
			    "rename column t.a to x");
}

TEST(tables_by_themselves)
{
	const struct schema *a = state_of(TABLE("a int\n index i (a)"));
	const struct schema *b = model(TABLE("a int\n index (a)"));
	const struct schema *c = model(TABLE("a int\n index j (a)"));
	const struct schema *d = model("table t { a int\n id int primary key\n index (a) }");
	const struct table *table = a->tables.items[0];
	assert_true(diff_table_equal(&ctx, table, table));
	assert_true(diff_table_equal(&ctx, table, b->tables.items[0]));
	assert_false(diff_table_equal(&ctx, table, c->tables.items[0]));
	assert_false(diff_table_equal(&ctx, table, d->tables.items[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test_in_world(equal_models_differ_in_nothing),
		test_in_world(tables_are_created_and_dropped),
		test_in_world(each_attribute_of_a_column),
		test_in_world(columns_move_as_little_as_possible),
		test_in_world(columns_come_and_go_in_place),
		test_in_world(virtual_columns_are_made_anew),
		test_in_world(what_leans_on_a_virtual_column_goes_along),
		test_in_world(indexes),
		test_in_world(equal_index_keeps_its_name),
		test_in_world(index_name_is_wanted),
		test_in_world(indexes_swap_names),
		test_in_world(derived_name_is_taken),
		test_in_world(foreign_keys),
		test_in_world(table_options),
		test_in_world(new_column_needs_a_value),
		test_in_world(table_that_is_not_known_whole),
		test_in_world(objects),
		test_in_world(checks_at_columns_or_the_table),
		test_in_world(periods),
		test_in_world(tables_by_themselves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
