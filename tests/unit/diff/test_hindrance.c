/* Foreign keys that no state knows of, and what they are in the way of. */
#include "tests/unit/diff/models.h"

#include "diff/hindrance.h"

#define SHOP                                                                                 \
	"table users { id int primary key\n email varchar(70)\n unique by_email (email) }\n" \
	"table orders { id int primary key\n user_id int\n index (user_id) }\n"

/* The database has these tables besides, or more of the same. */
static struct stray_list stray_of(const struct schema *state, const char *live,
				  const char *database)
{
	struct stray_list list = { 0 };
	struct stray stray = { .schema = state_of(live) };
	stray.database = database ? ctx_name(&ctx, database) : NULL;
	LIST_PUSH(&arena, &list, stray);
	hindrance_leave_out(&list, state);
	return list;
}

/* What the way from one model to the other meets, a line each. */
static const char *hindrances(const char *old, const char *new, const char *live,
			      const char *database)
{
	struct schema *state = state_of(old);
	struct stray_list stray = stray_of(state, live, database);
	struct plan plan = plan_between(state_of(old), model(new));
	struct hindrance_list found = { 0 };
	struct buf out = { 0 };
	for (size_t i = 0; i < plan.statements.n; i++) {
		const struct op_list *ops = &plan.statements.items[i]->ops;
		hindrance_find(&arena, &targets, state, ops, &stray, &found);
		assert_true(apply_ops(state, ops));
	}
	for (size_t i = 0; i < found.n; i++)
		buf_printf(&out, "%s%s", i ? "\n" : "", hindrance_words(&arena, &found.items[i]));
	return buf_arena(&out, &arena);
}

#define LETTERS                                                               \
	"table letters { id int primary key\n email varchar(70)\n user int\n" \
	"foreign key to_email (email) references users (email)\n"             \
	"foreign key to_user (user) references users (id) }\n"
#define USERS(columns) "table users { " columns " }\n"
#define ORDERS "table orders { id int primary key\n user_id int\n index (user_id) }\n"

static void assert_free(const char *new)
{
	assert_string_equal(hindrances(SHOP, new, SHOP LETTERS, NULL), "");
	assert_string_equal(hindrances(SHOP, new, SHOP LETTERS, "crm"), "");
}

TEST(what_keys_live_with)
{
	assert_free(SHOP "table more { id int primary key }");
	assert_free(USERS("id int comment 'x' primary key\n email varchar(80)\n n int null\n"
			  "unique by_email (email)") ORDERS);
	assert_free(USERS("id int primary key\n email varchar(70)\n unique by_mail (email)")
			    ORDERS);
	assert_free("table people was users { id int primary key\n mail varchar(70) was email\n"
		    "unique by_email (mail) }\n" ORDERS);
	assert_free(USERS("id int primary key\n email varchar(70)\n unique by_email (email)"));
}

#define LEANS(op, key, columns)                                                                  \
	"'" op "' is not possible: foreign key '" key "' of table 'letters', which no revision " \
	"has, references " columns

TEST(what_keys_do_not_live_with)
{
	assert_string_equal(hindrances(SHOP, ORDERS, SHOP LETTERS, NULL),
			    LEANS("drop table users", "to_email", "users (email)") "\n" LEANS(
				    "drop table users", "to_user", "users (id)"));
	assert_string_equal(hindrances(SHOP,
				       USERS("id bigint primary key\n email varchar(60)\n"
					     "unique by_email (email)") ORDERS,
				       SHOP LETTERS, NULL),
			    LEANS("alter column users.email (type)", "to_email",
				  "users (email)") "\n" LEANS("alter column users.id (type)",
							      "to_user", "users (id)"));
	assert_string_equal(hindrances(SHOP, USERS("id int primary key\n email varchar(70)") ORDERS,
				       SHOP LETTERS, NULL),
			    LEANS("drop index users.by_email", "to_email", "users (email)"));
}

/* MariaDB does not take a longer varchar where a key is. */
TEST(servers_differ)
{
	static const char longer[] = "table users { id int primary key\n email varchar(80)\n"
				     "unique by_email (email) }\n" ORDERS;
	assert_string_equal(hindrances(SHOP, longer, SHOP LETTERS, NULL), "");
	use_server("mariadb", "11.8.6");
	assert_string_equal(hindrances(SHOP, longer, SHOP LETTERS, NULL),
			    LEANS("alter column users.email (type)", "to_email", "users (email)"));
}

/* A table of another database may be called like one of ours, and does not go with it. */
TEST(keys_of_another_database)
{
	static const char elsewhere[] =
		SHOP "table letters { id int primary key\n user int references users (id) }\n";
	assert_string_equal(
		hindrances(SHOP LETTERS, ORDERS, elsewhere, "crm"),
		"'drop table users' is not possible: foreign key 'fk_letters_user' of table "
		"'crm.letters', which no revision has, references users (id)");
	assert_string_equal(
		hindrances(SHOP,
			   "table people was users { id bigint primary key\n email varchar(70)\n"
			   "unique by_email (email) }\n" ORDERS,
			   elsewhere, "crm"),
		"'alter column people.id (type)' is not possible: foreign key 'fk_letters_user' of "
		"table 'crm.letters', which no revision has, references people (id)");
}

TEST(keys_made_by_hand)
{
	static const char live[] = USERS("id int primary key\n email varchar(70)\n unique by_email "
					 "(email)") "table orders { id int primary key\n user_id "
						    "int\n index (user_id)\n"
						    "foreign key by_hand (user_id) references "
						    "users (id) }\n";
	/* the child goes first, and its key with it */
	assert_string_equal(hindrances(SHOP, "table x { id int primary key }", live, NULL), "");
	assert_string_equal(
		hindrances(SHOP,
			   "table users { id int primary key\n email varchar(70)\n"
			   "unique by_email (email) }\n"
			   "table orders { id int primary key\n user_id bigint\n index (user_id) }",
			   live, NULL),
		"'alter column orders.user_id (type)' is not possible: foreign key 'by_hand' of "
		"table 'orders', which no revision has, references users (id)");
}

/* 121, 1826 */
TEST(names_that_are_taken)
{
	static const char live[] =
		SHOP "table letters { id int primary key\n up int\n"
		     "foreign key FK_orders_user_id (up) references letters (id)\n"
		     "foreign key people_ibfk_1 (up) references letters (id) }\n";
	static const char named[] = "table users { id int primary key\n up int\n"
				    "foreign key users_ibfk_1 (up) references users (id) }\n";
	static const char renamed[] = "table people was users { id int primary key\n up int\n"
				      "foreign key people_ibfk_1 (up) references people (id) }\n";
	assert_string_equal(
		hindrances(SHOP,
			   USERS(
				   "id int primary key\n email varchar(70)\n unique by_email "
				   "(email)") "table orders { id int primary key\n user_id int "
					      "references users (id) }",
			   live, NULL),
		"'add foreign key orders.fk_orders_user_id' is not possible: foreign key "
		"'FK_orders_user_id' of table 'letters', which no revision has, is called so");
	assert_string_equal(
		hindrances(named, renamed, live, NULL),
		"'rename table users to people' is not possible: foreign key "
		"'people_ibfk_1' of table 'letters', which no revision has, is called so");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test_in_world(what_keys_live_with), test_in_world(what_keys_do_not_live_with),
		test_in_world(servers_differ),      test_in_world(keys_of_another_database),
		test_in_world(keys_made_by_hand),   test_in_world(names_that_are_taken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
