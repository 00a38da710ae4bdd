/*
 * term: what is known of the terminal: colour, width, progress.
 */
#ifndef AUTOGEN_BASE_TERM_H
#define AUTOGEN_BASE_TERM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum term_colour { TERM_AUTO, TERM_ALWAYS, TERM_NEVER };

/* AUTO: colour when the stream is a terminal, NO_COLOR is unset or empty and TERM is not `dumb`. */
bool term_use_colour(enum term_colour choice, FILE *stream);
bool term_is_terminal(FILE *stream);
/* Columns of the terminal behind the stream; 80 when it is none. */
int term_width(FILE *stream);
/* Columns that UTF-8 text takes (utf8proc: wide characters are 2, combining ones 0). */
size_t term_text_width(const char *text, size_t len);

/* Escape sequences, empty strings when `colour` is false. */
enum term_style { TERM_RESET, TERM_BOLD, TERM_RED, TERM_YELLOW, TERM_GREEN, TERM_BLUE, TERM_DIM };
const char *term_style(bool colour, enum term_style style);

#endif
