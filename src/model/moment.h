/*
 * moment: dates and times out of literals, as servers read them.
 *
 * Within the room only: literal.c. Rules: MySQL manual, "Date and Time Literals";
 * what it leaves open was measured (tests/server/test_defaults.c).
 */
#ifndef AUTOGEN_MODEL_MOMENT_H
#define AUTOGEN_MODEL_MOMENT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct moment {
	bool negative; /* times only */
	unsigned year, month, day;
	unsigned hour, minute, second;
	unsigned micros; /* millionths of a second */
	bool rounds_up;  /* the seventh digit of the fraction is 5 or more */
};

/* '2020-01-31 10:20:30.5', 20200131102030, '20-1-31', '2020/01/31T10:20'; a date alone is midnight.
 * Zero days and months are dates too. Offsets of time zones are none. */
bool moment_parse(struct moment *moment, const char *text, size_t len);
/* '10:20:30.5', '1 10:20', '-838:59:59', 102030; of a date with a time the time. */
bool moment_parse_time(struct moment *moment, const char *text, size_t len);
/* To `fsp` digits of a second; `round` as MySQL does, else cut as MariaDB does. False: out of range. */
bool moment_limit(struct moment *moment, int fsp, bool round, bool is_time);
bool moment_is_zero(const struct moment *moment);
int moment_compare(const struct moment *a, const struct moment *b);

const char *moment_date_text(struct arena *arena, const struct moment *moment);
const char *moment_text(struct arena *arena, const struct moment *moment, int fsp);
const char *moment_time_text(struct arena *arena, const struct moment *moment, int fsp);

#endif
