#include "base/quote.h"

#include "base/buf.h"
#include "base/name.h"
#include "tests/unit/unit.h"

#include <string.h>

static void assert_string_quoted(const char *text, size_t len, const char *expected)
{
	struct buf out = { 0 };
	quote_string(&out, text, len);
	assert_string_equal(buf_text(&out), expected);
	buf_free(&out);
}

TEST(identifiers)
{
	struct buf out = { 0 };
	quote_identifier(&out, "users");
	quote_identifier(&out, "");
	quote_identifier(&out, "a`b``");
	quote_identifier(&out, "订单 \\'\"");
	assert_string_equal(buf_text(&out), "`users```"
					    "`a``b`````"
					    "`订单 \\'\"`");
	buf_free(&out);
}

TEST(names)
{
	struct interner names;
	interner_init(&names);
	struct buf out = { 0 };
	quote_name(&out, name_intern(&names, "Order`s"));
	assert_string_equal(buf_text(&out), "`Order``s`");
	buf_free(&out);
	interner_free(&names);
}

TEST(strings)
{
	assert_string_quoted("", 0, "''");
	assert_string_quoted("it's", 4, "'it''s'");
	assert_string_quoted("''", 2, "''''''");
	assert_string_quoted("a\\b\\", 4, "'a\\\\b\\\\'");
	assert_string_quoted("a\nb\rc\x1a"
			     "d\0e",
			     9, "'a\\nb\\rc\\Zd\\0e'");
	assert_string_quoted("\"`%_;-- ", 8, "'\"`%_;-- '");
	assert_string_quoted("状态\t😀", strlen("状态\t😀"), "'状态\t😀'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(identifiers),
		cmocka_unit_test(names),
		cmocka_unit_test(strings),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
