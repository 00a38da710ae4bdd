#include "revision/collide.h"
#include "tests/unit/revision/chain.h"

/* A revision whose statements stand for these operations. */
static void put_ops(const char *id, const char *down, const char *const *ops)
{
	struct buf text = { 0 };
	buf_printf(&text, "-- revision: %s\n-- down_revision: %s\n\n-- migrate:up\n\n", id, down);
	for (; *ops; ops++)
		buf_printf(&text, "-- op: %s\nSELECT 1;\n\n", *ops);
	put_file(arena_printf(&arena, "%s.sql", id), buf_text(&text));
	buf_free(&text);
}

#define OPS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* What collides between two branches, each a revision with these operations. */
static const char *collisions(const char *const *left, const char *const *right)
{
	struct server server;
	struct collisions found;
	struct buf out = { 0 };
	put("a1", "");
	put_ops("b1", "a1", left);
	put_ops("c1", "a1", right);
	read_graph();
	assert_true(graph.sound);
	assert_true(server_parse(&ctx, &server, "mysql", "8.4.0"));
	assert_true(collide(&graph, &server, &graph.heads, &found));
	for (size_t i = 0; i < found.found.n; i++) {
		const struct collision *one = &found.found.items[i];
		buf_add(&out, i ? "; " : "");
		op_describe(&out, one->ops[0]);
		buf_add(&out, " / ");
		op_describe(&out, one->ops[1]);
	}
	return buf_arena(&out, &arena);
}

#define TEXT "varchar(50) charset utf8mb4 collate utf8mb4_bin null"
#define LONGER "varchar(60) charset utf8mb4 collate utf8mb4_bin null"
#define TABLE(name) \
	"create table " name " engine InnoDB charset utf8mb4 collate utf8mb4_bin { id int }"

TEST(different_objects_do_not)
{
	const char *const *left = OPS("alter table users: add email " TEXT " after name",
				      "alter table users: add index ix (name)", TABLE("notes"));
	const char *const *right = OPS("alter table users: add nick " TEXT " after name",
				       "alter table users: add check ix (id > 0)", TABLE("tags"),
				       "alter table orders: add email " TEXT " first");
	assert_string_equal(collisions(left, right), "");
}

TEST(the_same_object_does)
{
	const char *const *left = OPS("alter table users: add email " TEXT " after name",
				      "alter table users: add index ix (name)", TABLE("notes"));
	const char *const *right = OPS("alter table users: add EMAIL " LONGER " after name",
				       "alter table users: add index ix (nick)", TABLE("notes"));
	assert_string_equal(collisions(left, right),
			    "add column users.email / add column users.EMAIL; "
			    "add index users.ix / add index users.ix; "
			    "create table notes / create table notes");
}

TEST(a_table_and_its_parts_do)
{
	const char *const *left = OPS("rename table users to people");
	const char *const *right = OPS("alter table users: add email " TEXT " after name",
				       "alter table people: add email " TEXT " after name",
				       "alter table other: add email " TEXT " after name");
	assert_string_equal(collisions(left, right),
			    "rename table users to people / add column users.email; "
			    "rename table users to people / add column people.email");
}

TEST(what_a_foreign_key_leans_on_does)
{
	const char *const *left =
		OPS("alter table orders: add foreign key fk (user_id) references users (id)");
	const char *const *right = OPS("alter table users: alter id int to id bigint",
				       "alter table users: alter name " TEXT " to name " LONGER,
				       "alter table orders: rename column user_id to person_id",
				       "alter table orders: add note " TEXT " first");
	assert_string_equal(
		collisions(left, right),
		"add foreign key orders.fk / alter column users.id (type); "
		"add foreign key orders.fk / rename column orders.user_id to person_id");
}

TEST(two_that_lean_on_the_same_do_not)
{
	const char *const *left =
		OPS("alter table orders: add foreign key fk (user_id) references users (id)");
	const char *const *right =
		OPS("alter table orders: add foreign key fk2 (user_id) references users (id)",
		    "alter table orders: add index ix (user_id)");
	assert_string_equal(collisions(left, right), "");
}

TEST(by_hand_is_told)
{
	struct collisions found;
	put("a1", "");
	put_file("b1.sql", "-- revision: b1\n-- down_revision: a1\n\n-- migrate:up\n\nUPDATE x;\n");
	put("c1", "a1");
	read_graph();
	assert_true(collide(&graph, NULL, &graph.heads, &found));
	assert_int_equal(found.found.n, 0);
	assert_string_equal(ids(&found.by_hand), "b1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(different_objects_do_not),
		in_folder(the_same_object_does),
		in_folder(a_table_and_its_parts_do),
		in_folder(what_a_foreign_key_leans_on_does),
		in_folder(two_that_lean_on_the_same_do_not),
		in_folder(by_hand_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
