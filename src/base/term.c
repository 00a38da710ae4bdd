#include "base/term.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

bool term_is_terminal(FILE *stream)
{
	return isatty(fileno(stream));
}

bool term_use_colour(enum term_colour choice, FILE *stream)
{
	if (choice != TERM_AUTO)
		return choice == TERM_ALWAYS;
	const char *no_colour = getenv("NO_COLOR");
	const char *term = getenv("TERM");
	if (no_colour && *no_colour)
		return false;
	if (term && !strcmp(term, "dumb"))
		return false;
	return term_is_terminal(stream);
}

int term_width(FILE *stream)
{
	struct winsize size;
	if (ioctl(fileno(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

size_t term_text_width(const char *text, size_t len)
{
	size_t width = 0;
	for (size_t i = 0; i < len;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
						      (utf8proc_ssize_t)(len - i), &c);
		if (n <= 0) {
			/* a byte that is no UTF-8: terminals show one replacement character */
			width++;
			i++;
			continue;
		}
		width += (size_t)utf8proc_charwidth(c);
		i += (size_t)n;
	}
	return width;
}

const char *term_style(bool colour, enum term_style style)
{
	static const char *const sequences[] = {
		[TERM_RESET] = "\033[0m",   [TERM_BOLD] = "\033[1m",   [TERM_RED] = "\033[31m",
		[TERM_YELLOW] = "\033[33m", [TERM_GREEN] = "\033[32m", [TERM_BLUE] = "\033[34m",
		[TERM_DIM] = "\033[2m",
	};
	return colour ? sequences[style] : "";
}
