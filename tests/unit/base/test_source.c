#include "base/source.h"

#include "base/arena.h"
#include "tests/unit/unit.h"

#include <string.h>

static struct source source_of(const char *text)
{
	return (struct source){ "test.model", text, strlen(text), 0 };
}

static void assert_position(const struct source *src, size_t offset, unsigned line, unsigned column)
{
	struct position position = source_position(src, offset);
	assert_int_equal(position.line, line);
	assert_int_equal(position.column, column);
}

static void assert_line(const struct source *src, size_t offset, const char *expected)
{
	size_t len;
	const char *line = source_line(src, offset, &len);
	assert_int_equal(len, strlen(expected));
	assert_memory_equal(line, expected, len);
}

TEST(positions_count_lines_and_characters)
{
	struct source src = source_of("ab\n用户 x\n\nend");
	assert_position(&src, 0, 1, 1);
	assert_position(&src, 2, 1, 3); /* at the newline */
	assert_position(&src, 3, 2, 1);
	assert_position(&src, 6, 2, 2);
	assert_position(&src, 10, 2, 4);
	assert_position(&src, 12, 3, 1);
	assert_position(&src, 13, 4, 1);
	assert_position(&src, 16, 4, 4);
	assert_position(&src, 999, 4, 4); /* behind the end: the end */
}

TEST(lines_end_before_their_newline)
{
	struct source src = source_of("ab\r\ncd\n\nend");
	assert_line(&src, 0, "ab");
	assert_line(&src, 3, "ab"); /* at the \n */
	assert_line(&src, 4, "cd");
	assert_line(&src, 7, "");
	assert_line(&src, 8, "end");
	assert_line(&src, 999, "end");
	struct source empty = source_of("");
	assert_line(&empty, 0, "");
	assert_position(&empty, 0, 1, 1);
	struct source ended = source_of("ab\n");
	assert_line(&ended, 3, "");
	assert_position(&ended, 3, 2, 1);
}

TEST(spans_are_joined)
{
	struct source a = source_of("0123456789"), b = source_of("0123456789");
	struct span joined = span_join((struct span){ &a, 1, 3 }, (struct span){ &a, 5, 8 });
	assert_ptr_equal(joined.src, &a);
	assert_int_equal(joined.start, 1);
	assert_int_equal(joined.end, 8);
	joined = span_join((struct span){ &a, 1, 9 }, (struct span){ &a, 5, 8 });
	assert_int_equal(joined.end, 9);
	joined = span_join(span_none(), (struct span){ &a, 5, 8 });
	assert_int_equal(joined.start, 5);
	joined = span_join((struct span){ &a, 5, 8 }, span_none());
	assert_int_equal(joined.end, 8);
	/* those of two sources can't be */
	joined = span_join((struct span){ &a, 1, 3 }, (struct span){ &b, 5, 8 });
	assert_ptr_equal(joined.src, &a);
	assert_int_equal(joined.end, 3);
	assert_null(span_join(span_none(), span_none()).src);
}

TEST(a_source_borrows_its_texts)
{
	struct arena arena;
	arena_init(&arena);
	const char *text = "id int";
	struct source *src = source_new(&arena, "x.model", text, 6);
	assert_ptr_equal(src->text, text);
	assert_string_equal(src->path, "x.model");
	assert_int_equal(src->len, 6);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(positions_count_lines_and_characters),
		cmocka_unit_test(lines_end_before_their_newline),
		cmocka_unit_test(spans_are_joined),
		cmocka_unit_test(a_source_borrows_its_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
