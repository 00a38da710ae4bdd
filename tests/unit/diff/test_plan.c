/*
 * The order of statements, and what shares one. Each case is a refusal that a server would answer.
 * Tables of a model stand in the order of their names.
 */
#include "tests/unit/diff/models.h"

TEST(tied_columns_change_together)
{
	static const char old[] = "table p { id int primary key }\n"
				  "table c { id int primary key\n p int references p (id) }";
	static const char new[] = "table p { id bigint primary key }\n"
				  "table c { id int primary key\n p bigint references p (id) }";
	/* 1832, 1833, 3780 */
	assert_string_equal(plan_text(old, new), "drop foreign key c.fk_c_p\n"
						 "alter column c.p (type)\n"
						 "alter column p.id (type)\n"
						 "add foreign key c.fk_c_p");
	struct plan plan = plan_between(state_of(old), model(new));
	assert_true(plan.statements.items[0]->ops.items[0]->rekey);
	assert_true(plan.statements.items[3]->ops.items[0]->rekey);
	assert_non_null(plan.statements.items[3]->origin.src);
}

TEST(harmless_changes_leave_keys_alone)
{
#define TIED(parent, child)                                                              \
	"table p { id " parent " primary key }\ntable c { id int primary key\n p " child \
	" references p (id) }"
	assert_string_equal(plan_text(TIED("int", "int"), TIED("int comment 'x'", "int default 1")),
			    "alter column c.p (default)\nalter column p.id (comment)");
	assert_string_equal(plan_text(TIED("int", "int"), TIED("int", "int null")),
			    "alter column c.p (null)");
	assert_string_equal(
		plan_text(TIED("enum('a')", "enum('a')"), TIED("enum('a','b')", "enum('a','b')")),
		"alter column c.p (type)\nalter column p.id (type)");
	assert_string_equal(plan_text(TIED("enum('a','b')", "enum('a','b')"),
				      TIED("enum('b','a')", "enum('b','a')")),
			    "drop foreign key c.fk_c_p\nalter column c.p (type)\n"
			    "alter column p.id (type)\nadd foreign key c.fk_c_p");
}

/* A copy of the table gets 1832: such a column becomes NOT NULL by itself. */
TEST(key_column_becomes_not_null_alone)
{
	static const char old[] =
		"table p { id int primary key }\n"
		"table c { id int primary key\n a int\n p int null references p (id) }";
	static const char new[] =
		"table p { id int primary key }\n"
		"table c { id int primary key\n a bigint\n p int references p (id) }";
	assert_string_equal(plan_text(old, new),
			    "alter column c.p (null)\nalter column c.a (type)");
	/* which 5.6 does in strict mode only */
	use_server("mysql", "5.6");
	assert_string_equal(plan_text(old, new),
			    "drop foreign key c.fk_c_p\n"
			    "alter column c.a (type) + alter column c.p (null)\n"
			    "add foreign key c.fk_c_p");
}

/* MariaDB: 1833 and 1830 when only one end has changed yet. */
TEST(nulls_under_a_cascade)
{
	static const char old[] =
		"table p { id int primary key\n k int unique }\n"
		"table c { id int primary key\n k int references p (k) on update cascade }";
	static const char new[] =
		"table p { id int primary key\n k int null unique }\n"
		"table c { id int primary key\n k int null references p (k) on update cascade }";
	assert_null(strstr(plan_text(old, new), "foreign key"));
	use_server("mariadb", "11.8.6");
	assert_string_equal(plan_text(old, new),
			    "drop foreign key c.fk_c_k\nalter column c.k (null)\n"
			    "alter column p.k (null)\nadd foreign key c.fk_c_k");
}

TEST(parent_key_is_replaced)
{
	static const char old[] = "table p { id int primary key\n k int unique }\n"
				  "table c { id int primary key\n k int references p (k) }";
	static const char new[] = "table p { id int\n k int primary key }\n"
				  "table c { id int primary key\n k int references p (k) }";
	assert_string_equal(plan_text(old, new),
			    "drop foreign key c.fk_c_k\n"
			    "drop index p.PRIMARY + drop index p.uq_p_k + add index p.PRIMARY\n"
			    "add foreign key c.fk_c_k");
}

TEST(parent_has_another_key)
{
	static const char old[] = "table p { id int primary key\n k int unique\n unique x (k) }\n"
				  "table c { id int primary key\n k int references p (k) }";
	static const char new[] = "table p { id int primary key\n k int\n unique x (k) }\n"
				  "table c { id int primary key\n k int references p (k) }";
	assert_null(strstr(plan_text(old, new), "foreign key"));
}

/* 1553: the index under a child's key is replaced in the ALTER that drops it. */
TEST(child_index_is_replaced)
{
	static const char old[] =
		"table p { id int primary key }\n"
		"table c { id int primary key\n p int references p (id)\n b int }";
	static const char new[] = "table p { id int primary key }\n"
				  "table c { id int primary key\n p int references p (id)\n b int\n"
				  "    index (p, b) }";
	const char *lines = plan_text(old, new);
	assert_non_null(strstr(lines, " + add index c.ix_c_p_b"));
	assert_null(strchr(lines, '\n'));
}

/* 1553 and 1828: keys that go for good go first. */
TEST(key_goes_with_its_column)
{
	static const char old[] = "table p { id int primary key }\n"
				  "table c { id int primary key\n p int references p (id) }";
	static const char new[] = "table p { id int primary key }\n"
				  "table c { id int primary key }";
	const char *lines = plan_text(old, new);
	assert_non_null(strstr(lines, "drop foreign key c.fk_c_p\ndrop index c."));
	assert_non_null(strstr(lines, " + drop column c.p"));
}

TEST(engine_changes)
{
	static const char old[] = "table p { id int primary key }\n"
				  "table c { id int primary key\n p int references p (id) }";
	static const char new[] = "table p engine MyISAM { id int primary key }\n"
				  "table c { id int primary key\n p int\n index (p) }";
	assert_string_equal(plan_text(old, new),
			    "drop foreign key c.fk_c_p\nset table option p: engine");
}

/* STORAGE DEFAULT is a syntax error (1064), and nothing else makes a table forget its storage. */
TEST(storage_can_not_be_taken_back)
{
	static const char none[] = "table t { id int primary key }";
	static const char disk[] = "table t storage disk { id int primary key }";
	static const char memory[] = "table t storage memory { id int primary key }";
	struct plan up, down;
	assert_string_equal(plan_text(disk, memory), "set table option t: storage");
	assert_false(plan_change(&ctx, &arena, state_of(disk), model(none), &targets, &up));
	assert_said("no ALTER TABLE takes 'storage DISK' of table 't' back, up or down");
	assert_false(
		plan_revision(&ctx, &arena, state_of(none), model(memory), &targets, &up, &down));
	assert_said("no ALTER TABLE takes 'storage MEMORY' of table 't' back, up or down");
}

TEST(renames_need_no_dropping)
{
	static const char old[] = "table p { id int primary key }\n"
				  "table c { id int primary key\n p int references p (id) }";
	static const char new[] = "table q was p { qid int primary key was id }\n"
				  "table c { id int primary key\n q int was p references q (qid) }";
	assert_string_equal(plan_text(old, new), "rename table p to q\nrename column c.p to q\n"
						 "rename column q.id to qid");
}

/* 1451, 3730: children first; 1215, 1824, 1005: parents first. */
TEST(tables_in_order)
{
	static const char text[] = "table c { id int primary key\n b int references b (id) }\n"
				   "table b { id int primary key\n a int references a (id) }\n"
				   "table a { id int primary key }";
	assert_string_equal(plan_text("", text), "create table a\ncreate table b\ncreate table c");
	assert_string_equal(plan_text(text, ""), "drop table c\ndrop table b\ndrop table a");
}

TEST(rings_of_tables)
{
	static const char text[] = "table a { id int primary key\n b int references b (id) }\n"
				   "table b { id int primary key\n a int references a (id) }";
	assert_string_equal(plan_text("", text),
			    "create table b\ncreate table a\nadd foreign key b.fk_b_a");
	assert_string_equal(plan_text(text, ""),
			    "drop foreign key a.fk_a_b\ndrop table b\ndrop table a");
}

TEST(self_reference_is_inline)
{
	static const char text[] = "table a { id int primary key\n up int null references a (id) }";
	assert_string_equal(plan_text("", text), "create table a");
	assert_string_equal(plan_text(text, ""), "drop table a");
	/* with its column later: not in one ALTER */
	assert_string_equal(plan_text("table a { id int primary key }", text),
			    "add column a.up + add index a.ix_a_up\nadd foreign key a.fk_a_up");
}

TEST(parent_is_altered_before_its_new_child)
{
	static const char old[] = "table p { id int primary key }";
	static const char new[] = "table c { id int primary key\n p bigint references p (id) }\n"
				  "table p { id bigint primary key }";
	assert_string_equal(plan_text(old, new), "alter column p.id (type)\ncreate table c");
}

TEST(new_column_is_filled)
{
	static const char old[] =
		"table t { id int primary key\n at datetime on update current_timestamp }";
	static const char new[] = "table t { id int primary key\n a int backfill (id + 1)\n"
				  "    b int null\n at datetime on update current_timestamp\n"
				  "    index (a)\n check (a > 0) }";
	assert_string_equal(plan_text(old, new),
			    "add column t.a + add column t.b\nfill t.a\n"
			    "alter column t.a (null) + add index t.ix_t_a + add check t.ck_t_a");
	struct plan plan = plan_between(state_of(old), model(new));
	assert_int_equal(plan.statements.items[1]->keep.n, 1);
}

TEST(primary_key_waits_for_the_filling)
{
	static const char old[] = "table t { id int primary key\n x int }";
	static const char new[] = "table t { n int primary key backfill (x)\n x int }";
	assert_string_equal(plan_text(old, new),
			    "add column t.n\nfill t.n\n"
			    "drop index t.PRIMARY + drop column t.id + alter column t.n (null) + "
			    "add index t.PRIMARY");
}

TEST(column_that_takes_no_null_any_more_is_filled)
{
	assert_string_equal(plan_text("table t { id int primary key\n a int null }",
				      "table t { id int primary key\n a int backfill (0) }"),
			    "fill t.a\nalter column t.a (null)");
}

/* The value may be none of the old type. */
TEST(column_is_filled_as_its_new_type)
{
	static const char old[] = "table t { id int primary key\n a int null }";
	static const char new[] = "table t { id int primary key\n"
				  "    a varchar(9) backfill ('none')\n index (a) }";
	assert_string_equal(plan_text(old, new),
			    "alter column t.a (type, charset, collation)\nfill t.a\n"
			    "alter column t.a (null) + add index t.ix_t_a");
}

/* 3822: on MySQL a check's name is free when the other table has given it up. */
TEST(check_name_moves_to_another_table)
{
	assert_string_equal(plan_text("table a { id int primary key\n x int }\n"
				      "table b { id int primary key\n x int\n check k (x > 0) }",
				      "table a { id int primary key\n x int\n check k (x > 0) }\n"
				      "table b { id int primary key\n x int }"),
			    "drop check b.k\nadd check a.k");
}

/* 1795 */
TEST(fulltext_indexes_one_by_one)
{
	static const char old[] = "table t { id int primary key\n a text\n b text }";
	static const char new[] = "table t { id int primary key\n a text\n b text\n"
				  "    fulltext x (a)\n fulltext y (b) }";
	assert_string_equal(plan_text(old, new), "add index t.x\nadd index t.y");
	use_server("mariadb", "10.11");
	assert_string_equal(plan_text(old, new), "add index t.x + add index t.y");
}

TEST(index_renames)
{
	static const char old[] =
		"table p { id int primary key }\n"
		"table t { id int primary key\n a int references p (id)\n index i (a) }";
	static const char new[] =
		"table p { id int primary key }\n"
		"table t { id int primary key\n a int references p (id)\n index j (a) }";
	assert_string_equal(plan_text(old, new), "rename index t.i to j");
	add_target("mysql", "5.6");
	assert_string_equal(plan_text(old, new), "drop index t.i + add index t.j");
}

/* 3108, 3959: what uses a renamed column is written again with it, and is no op. */
TEST(rename_restates_what_uses_the_column)
{
	static const char old[] =
		"table t { id int primary key\n a int\n g int as (a + 1) virtual null\n"
		"    check k (a > 0) }";
	static const char new[] = "table t { id int primary key\n b int was a\n"
				  "    g int as (b + 1) virtual null\n check k (b > 0) }";
	struct plan plan = plan_between(state_of(old), model(new));
	assert_string_equal(plan_lines(&plan), "rename column t.a to b");
	const struct statement *statement = plan.statements.items[0];
	assert_int_equal(statement->restate_columns.n, 1);
	assert_int_equal(statement->restate_checks.n, 1);
	use_server("mariadb", "10.11");
	plan = plan_between(state_of(old), model(new));
	assert_int_equal(plan.statements.items[0]->restate_columns.n, 0);
}

/* 1846: that makes the server copy the table, which it refuses while a foreign key is on it. */
TEST(rename_that_copies_drops_keys)
{
	static const char old[] =
		"table p { id int primary key }\n"
		"table c { id int primary key\n a int references p (id)\n check k (a > 0) }";
	static const char new[] = "table p { id int primary key }\n"
				  "table c { id int primary key\n b int was a references p (id)\n"
				  "    check k (b > 0) }";
	assert_string_equal(plan_text(old, new), "drop foreign key c.fk_c_a\n"
						 "rename column c.a to b\n"
						 "add foreign key c.fk_c_a");
}

/* The way down begins with the names that the database has. */
TEST(way_down_knows_the_names)
{
	static const char old[] = "table p { id int primary key }\n"
				  "table a { id int primary key\n x int references p (id) }";
	static const char new[] =
		"table p { id bigint primary key }\n"
		"table b was a { id int primary key\n x bigint references p (id) }";
	struct plan up = { 0 }, down = { 0 };
	assert_true(plan_revision(&ctx, &arena, state_of(old), model(new), &targets, &up, &down));
	assert_string_equal(plan_lines(&down), "drop foreign key b.fk_a_x\nrename table b to a\n"
					       "alter column a.x (type)\nalter column p.id (type)\n"
					       "add foreign key a.fk_a_x");
}

/* 1832: behind a STORED column MariaDB takes one column for another, in place. */
TEST(collation_behind_a_stored_column)
{
	static const char old[] =
		"table p { id int primary key }\n"
		"table c { id int primary key\n x int\n g int as (x + 1) stored null\n"
		"    p int references p (id)\n s char(9) }";
	static const char new[] =
		"table p { id int primary key }\n"
		"table c { id int primary key\n x int\n g int as (x + 1) stored null\n"
		"    p int references p (id)\n s char(9) collate utf8mb4_bin }";
	struct plan plan = plan_between(state_of(old), model(new));
	assert_false(plan.statements.items[0]->copy);
	use_server("mariadb", "10.11");
	plan = plan_between(state_of(old), model(new));
	assert_string_equal(plan_lines(&plan), "alter column c.s (collation)");
	assert_true(plan.statements.items[0]->copy);
	assert_non_null(strstr(plan_sql(&plan), ",\n    ALGORITHM=COPY;"));
}

TEST(names_that_follow_their_table)
{
	static const char old[] =
		"table p { id int primary key }\n"
		"table a { id int primary key\n x int\n"
		"    foreign key a_ibfk_1 (x) references p (id)\n check a_chk_1 (x > 0) }";
	static const char new[] =
		"table p { id int primary key }\n"
		"table b was a { id int primary key\n x int\n"
		"    foreign key b_ibfk_1 (x) references p (id)\n check b_chk_1 (x > 0) }";
	assert_string_equal(plan_text(old, new), "rename table a to b");
}

/* 1826, and MySQL 9.7.4 dies of it: the name that a rename would give is somebody else's. */
TEST(name_that_a_rename_would_give_is_taken)
{
	static const char rest[] = "table p { id int primary key }\n"
				   "table z { id int primary key\n x int\n"
				   "    foreign key b_ibfk_1 (x) references p (id) }\n";
	static const char old[] = "table a { id int primary key\n x int\n"
				  "    foreign key a_ibfk_1 (x) references p (id) }";
	static const char new[] = "table b was a { id int primary key\n x int\n"
				  "    foreign key (x) references p (id) }";
	const char *lines = plan_text(arena_printf(&arena, "%s%s", rest, old),
				      arena_printf(&arena, "%s%s", rest, new));
	assert_non_null(strstr(lines, "drop foreign key a.a_ibfk_1\nrename table a to b\n"
				      "add foreign key b.fk_b_x_"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test_in_world(tied_columns_change_together),
		test_in_world(harmless_changes_leave_keys_alone),
		test_in_world(key_column_becomes_not_null_alone),
		test_in_world(nulls_under_a_cascade),
		test_in_world(parent_key_is_replaced),
		test_in_world(parent_has_another_key),
		test_in_world(child_index_is_replaced),
		test_in_world(key_goes_with_its_column),
		test_in_world(engine_changes),
		test_in_world(storage_can_not_be_taken_back),
		test_in_world(renames_need_no_dropping),
		test_in_world(tables_in_order),
		test_in_world(rings_of_tables),
		test_in_world(self_reference_is_inline),
		test_in_world(parent_is_altered_before_its_new_child),
		test_in_world(new_column_is_filled),
		test_in_world(primary_key_waits_for_the_filling),
		test_in_world(column_that_takes_no_null_any_more_is_filled),
		test_in_world(column_is_filled_as_its_new_type),
		test_in_world(check_name_moves_to_another_table),
		test_in_world(fulltext_indexes_one_by_one),
		test_in_world(index_renames),
		test_in_world(rename_restates_what_uses_the_column),
		test_in_world(rename_that_copies_drops_keys),
		test_in_world(way_down_knows_the_names),
		test_in_world(collation_behind_a_stored_column),
		test_in_world(names_that_follow_their_table),
		test_in_world(name_that_a_rename_would_give_is_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
