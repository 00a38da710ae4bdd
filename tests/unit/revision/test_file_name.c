#include "revision/file_name.h"

#include "base/arena.h"
#include "tests/unit/unit.h"

static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

/* 2026-03-04 05:06:07, Unix time 1772600767. */
static const char *make(const char *template, const char *message, unsigned truncate)
{
	size_t at;
	assert_null(file_name_fault(template, &at));
	return file_name_make(&arena, &(struct file_name){
					      .template = template,
					      .id = "a1",
					      .message = message,
					      .truncate = truncate,
					      .date = { .tm_year = 126,
							.tm_mon = 2,
							.tm_mday = 4,
							.tm_hour = 5,
							.tm_min = 6,
							.tm_sec = 7 },
					      .epoch = 1772600767,
				      });
}

#define assert_slug(message, truncate, expected) \
	assert_string_equal(make(FILE_NAME_TEMPLATE, message, truncate), expected)
#define assert_name(template, expected) \
	assert_string_equal(make(template, "Create orders", 40), expected)

TEST(slugs)
{
	assert_slug("Create orders", 40, "a1_create_orders.sql");
	assert_slug(" -- Ünïcode & 中文! --", 40, "a1_ünïcode_中文.sql");
	assert_slug("", 40, "a1.sql");
	assert_slug(NULL, 40, "a1.sql");
	assert_slug("///", 40, "a1.sql");
	assert_slug("../../etc/passwd", 40, "a1_etc_passwd.sql");
	assert_slug("one two three", 9, "a1_one_two.sql");
	assert_slug("one two three", 7, "a1_one_two.sql");
	assert_slug("one two three", 6, "a1_one.sql");
	assert_slug("abcdefgh", 4, "a1_abcd.sql");
	assert_slug("中文中文中文", 4, "a1_中文中文.sql");
	assert_slug("a\xff b", 0, "a1_a_b.sql");
}

/* As Python's % operator writes them. */
TEST(templates)
{
	assert_name("%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d-%(rev)s_%(slug)s",
		    "2026_03_04_0506-a1_create_orders.sql");
	assert_name("%(year)d%(month)02d%(day)02d%(hour)02d%(minute)02d%(second)02d_%(rev)s",
		    "20260304050607_a1.sql");
	assert_name("%(epoch)d-%(slug)s", "1772600767-create_orders.sql");
	assert_name("%(rev)s %(month)s %(month)3d %(month)i", "a1 3   3 3.sql");
	assert_name("V%(epoch)s__%(slug)s 100%%", "V1772600767__create_orders 100%.sql");
	assert_name("版本_%(rev)s", "版本_a1.sql");
	assert_string_equal(make("%(rev)s-%(slug)s", "", 0), "a1.sql");
}

static void assert_fault(const char *template, const char *expected, size_t expected_at)
{
	size_t at;
	const char *fault = file_name_fault(template, &at);
	assert_non_null(fault);
	assert_string_equal(fault, expected);
	assert_int_equal(at, expected_at);
}

TEST(what_is_no_template)
{
	const char *known = "known are rev, slug, year, month, day, hour, minute, second and epoch";
	assert_fault("%(rev)s_%(slag)s", known, 8);
	assert_fault("%()s", known, 0);
	assert_fault("%(rev", "its ')' is followed by s or d", 0);
	assert_fault("a%(rev)", "its ')' is followed by s or d", 1);
	assert_fault("%(year)x", "its ')' is followed by s or d", 0);
	assert_fault("%(rev)d", "this one is text: s", 0);
	assert_fault("%(year)99999999999d", "too many places", 0);
	assert_fault("%(year).21d", "too many places", 0);
	assert_fault("100%", "a percent sign is followed by (, or written twice", 3);
	assert_fault("%s", "a percent sign is followed by (, or written twice", 0);
	assert_fault("%(year)d/%(rev)s", "no character for a file's name", 8);
	assert_fault("a\nb", "no character for a file's name", 1);
	assert_fault(".%(rev)s", "files whose names begin with a dot are passed over", 0);
}

#define with_arena(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_arena(slugs),
		with_arena(templates),
		with_arena(what_is_no_template),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
