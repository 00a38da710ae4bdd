#include "base/name.h"

#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

static struct interner names;

static int set_up(void **state)
{
	(void)state;
	interner_init(&names);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	interner_free(&names);
	return 0;
}

static const struct name *intern(const char *text)
{
	return name_intern(&names, text);
}

TEST(the_same_text_is_the_same_name)
{
	assert_ptr_equal(intern("users"), intern("users"));
	assert_ptr_equal(intern("users"), name_intern_bytes(&names, "users_", 5));
	assert_ptr_not_equal(intern("users"), intern("user"));
	assert_string_equal(intern("users")->text, "users");
	assert_int_equal(intern("用户")->len, 6);
	assert_string_equal(intern("")->text, "");
}

TEST(names_are_equal_without_regard_to_case)
{
	assert_true(name_equal(intern("Users"), intern("uSERS")));
	assert_ptr_equal(intern("Users")->key, intern("users"));
	assert_string_equal(intern("Users")->text, "Users");
	assert_true(name_equal(intern("É"), intern("é")));
	assert_true(name_equal(intern("ЗАКАЗЫ"), intern("заказы")));
	assert_true(name_equal(intern("ÀB"), intern("àb")));
	/* accents and what looks alike are other names */
	assert_false(name_equal(intern("e"), intern("é")));
	assert_false(name_equal(intern("a"), intern("а")));
	assert_true(name_equal(NULL, NULL));
	assert_false(name_equal(intern("a"), NULL));
	assert_false(name_equal(NULL, intern("a")));
}

TEST(a_key_is_its_own_key)
{
	static const char *const texts[] = { "ID", "É", "İ", "ẞ", "Ω", "ǅ", "a\377B", "\xc3" };
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct name *name = intern(texts[i]);
		assert_ptr_equal(name->key->key, name->key);
		assert_string_equal(name->text, texts[i]);
	}
	/* bytes that are no UTF-8 stay as they are */
	assert_string_equal(intern("a\377B")->key->text, "a\377b");
}

TEST(pointers_outlive_growing)
{
	static const struct name *kept[5000];
	char text[32];
	for (int i = 0; i < 5000; i++) {
		snprintf(text, sizeof(text), "Name_%d", i);
		kept[i] = intern(text);
	}
	for (int i = 0; i < 5000; i++) {
		snprintf(text, sizeof(text), "Name_%d", i);
		assert_ptr_equal(intern(text), kept[i]);
		text[0] = 'n';
		assert_ptr_equal(intern(text), kept[i]->key);
	}
}

TEST(order_is_by_key_then_text)
{
	assert_int_equal(name_compare(intern("a"), intern("a")), 0);
	assert_true(name_compare(intern("A"), intern("b")) < 0);
	assert_true(name_compare(intern("a"), intern("B")) < 0);
	assert_true(name_compare(intern("b"), intern("A")) > 0);
	assert_true(name_compare(intern("A"), intern("a")) < 0);
	assert_true(name_compare(intern("a"), intern("A")) > 0);
}

TEST(length_counts_characters)
{
	assert_int_equal(name_length(intern("")), 0);
	assert_int_equal(name_length(intern("orders")), 6);
	assert_int_equal(name_length(intern("订单é")), 3);
}

TEST(words_are_compared_as_ascii)
{
	assert_true(word_equal("", ""));
	assert_true(word_equal("VarChar", "varchar"));
	assert_false(word_equal("varchar", "varchars"));
	assert_false(word_equal("varchars", "varchar"));
	assert_false(word_equal("É", "é"));
	assert_false(word_equal("[", "{"));
	assert_false(word_equal("@", "`"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_same_text_is_the_same_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_are_equal_without_regard_to_case, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_key_is_its_own_key, set_up, tear_down),
		cmocka_unit_test_setup_teardown(pointers_outlive_growing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(order_is_by_key_then_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(length_counts_characters, set_up, tear_down),
		cmocka_unit_test(words_are_compared_as_ascii),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
