#include "base/buf.h"

#include "base/arena.h"
#include "tests/unit/unit.h"

#include <string.h>

TEST(an_empty_buffer_has_a_text)
{
	struct buf buf = { 0 };
	assert_string_equal(buf_text(&buf), "");
	buf_truncate(&buf, 0);
	buf_clear(&buf);
	buf_add(&buf, "");
	assert_string_equal(buf_text(&buf), "");
	assert_int_equal(buf.len, 0);
	buf_free(&buf);
}

TEST(everything_is_appended)
{
	struct buf buf = { 0 };
	buf_add(&buf, "create");
	buf_add_char(&buf, ' ');
	buf_add_bytes(&buf, "table!", 5);
	buf_add_repeat(&buf, '-', 3);
	buf_add_repeat(&buf, '-', 0);
	buf_printf(&buf, "%s(%d)", "varchar", 64);
	assert_string_equal(buf_text(&buf), "create table---varchar(64)");
	assert_int_equal(buf.len, strlen(buf_text(&buf)));
	buf_truncate(&buf, 6);
	buf_truncate(&buf, 100);
	assert_string_equal(buf_text(&buf), "create");
	buf_clear(&buf);
	assert_string_equal(buf_text(&buf), "");
	buf_free(&buf);
	assert_null(buf.text);
}

TEST(zero_bytes_are_kept)
{
	struct buf buf = { 0 };
	buf_add_bytes(&buf, "a\0b", 3);
	buf_add_char(&buf, '\0');
	assert_int_equal(buf.len, 4);
	assert_memory_equal(buf_text(&buf), "a\0b\0", 5);
	buf_free(&buf);
}

TEST(grows_to_any_length)
{
	struct buf buf = { 0 };
	for (int i = 0; i < 10000; i++)
		buf_printf(&buf, "%05d", i);
	buf_printf(&buf, "%0100000d", 0);
	buf_add_repeat(&buf, 'x', 300000);
	assert_int_equal(buf.len, 450000);
	assert_memory_equal(buf_text(&buf) + 5 * 1234, "01234", 5);
	assert_int_equal(strlen(buf_text(&buf)), 450000);
	buf_free(&buf);
}

TEST(moves_into_an_arena)
{
	struct arena arena;
	arena_init(&arena);
	struct buf buf = { 0 };
	assert_string_equal(buf_arena(&buf, &arena), "");
	buf_add(&buf, "text");
	assert_string_equal(buf_arena(&buf, &arena), "text");
	assert_null(buf.text);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_buffer_has_a_text),
		cmocka_unit_test(everything_is_appended),
		cmocka_unit_test(zero_bytes_are_kept),
		cmocka_unit_test(grows_to_any_length),
		cmocka_unit_test(moves_into_an_arena),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
