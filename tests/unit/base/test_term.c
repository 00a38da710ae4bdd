#include "base/term.h"

#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A stream on a pseudo-terminal with 123 columns. */
static FILE *open_terminal(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	assert_true(master >= 0);
	assert_int_equal(grantpt(master), 0);
	assert_int_equal(unlockpt(master), 0);
	struct winsize size = { .ws_row = 40, .ws_col = 123 };
	assert_int_equal(ioctl(master, TIOCSWINSZ, &size), 0);
	/* the master stays open until the test ends: without it the slave would be hung up */
	FILE *stream = fopen(ptsname(master), "r+");
	assert_non_null(stream);
	return stream;
}

TEST(colour_is_for_terminals)
{
	FILE *file = tmpfile(), *terminal = open_terminal();
	unsetenv("NO_COLOR");
	setenv("TERM", "xterm", 1);
	assert_true(term_use_colour(TERM_AUTO, terminal));
	assert_false(term_use_colour(TERM_AUTO, file));
	assert_true(term_use_colour(TERM_ALWAYS, file));
	assert_false(term_use_colour(TERM_NEVER, terminal));
	setenv("TERM", "dumb", 1);
	assert_false(term_use_colour(TERM_AUTO, terminal));
	setenv("TERM", "xterm", 1);
	setenv("NO_COLOR", "", 1); /* empty counts as unset */
	assert_true(term_use_colour(TERM_AUTO, terminal));
	setenv("NO_COLOR", "1", 1);
	assert_false(term_use_colour(TERM_AUTO, terminal));
	assert_true(term_use_colour(TERM_ALWAYS, terminal));
	fclose(file);
	fclose(terminal);
}

TEST(width_is_the_terminals)
{
	FILE *file = tmpfile(), *terminal = open_terminal();
	assert_int_equal(term_width(terminal), 123);
	assert_int_equal(term_width(file), 80);
	fclose(file);
	fclose(terminal);
}

static size_t width(const char *text)
{
	return term_text_width(text, strlen(text));
}

TEST(text_width_counts_columns)
{
	assert_int_equal(width(""), 0);
	assert_int_equal(width("orders"), 6);
	assert_int_equal(width("订单"), 4);
	assert_int_equal(width("é"), 1);
	assert_int_equal(width("e\u0301"), 1); /* a combining accent */
	assert_int_equal(width("😀"), 2);
	assert_int_equal(width("a\xff"
			       "b"),
			 3);
	assert_int_equal(term_text_width("订单", 3), 2);
}

TEST(styles_are_empty_without_colour)
{
	assert_string_equal(term_style(false, TERM_RED), "");
	assert_string_equal(term_style(true, TERM_RED), "\033[31m");
	assert_string_equal(term_style(true, TERM_RESET), "\033[0m");
	assert_string_equal(term_style(true, TERM_DIM), "\033[2m");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colour_is_for_terminals),
		cmocka_unit_test(width_is_the_terminals),
		cmocka_unit_test(text_width_counts_columns),
		cmocka_unit_test(styles_are_empty_without_colour),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
