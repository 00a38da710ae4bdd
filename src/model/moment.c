#include "model/moment.h"

#include "base/arena.h"

#include <stdio.h>
#include <string.h>

#define MAX_HOURS 838 /* of TIME: 838:59:59 */
#define MAX_YEAR 9999
#define FRACTION_DIGITS 6

struct cursor {
	const char *p, *end;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_mark(char c)
{
	return c > ' ' && c < 127 && !is_digit(c) && !((c | 32) >= 'a' && (c | 32) <= 'z');
}

static void skip_blanks(struct cursor *c)
{
	while (c->p < c->end && is_blank(*c->p))
		c->p++;
}

/* Digits, at most `most` of them; how many there were. */
static unsigned read_digits(struct cursor *c, unsigned most, unsigned *value)
{
	unsigned n = 0;
	*value = 0;
	for (; c->p < c->end && is_digit(*c->p) && n < most; c->p++, n++)
		*value = *value * 10 + (unsigned)(*c->p - '0');
	return n;
}

static bool at_end(struct cursor *c)
{
	skip_blanks(c);
	return c->p == c->end;
}

static size_t count_digits(const struct cursor *c)
{
	size_t n = 0;
	while (c->p + n < c->end && is_digit(c->p[n]))
		n++;
	return n;
}

/* .123456(7…); a point alone is no fraction. */
static void read_fraction(struct moment *m, struct cursor *c)
{
	if (c->p == c->end || *c->p != '.')
		return;
	c->p++;
	unsigned n = read_digits(c, FRACTION_DIGITS, &m->micros);
	for (; n < FRACTION_DIGITS; n++)
		m->micros *= 10;
	m->rounds_up = c->p < c->end && is_digit(*c->p) && *c->p >= '5';
	while (c->p < c->end && is_digit(*c->p))
		c->p++;
}

static unsigned full_year(unsigned year, unsigned digits)
{
	if (digits != 2)
		return year;
	return year + (year < 70 ? 2000 : 1900);
}

static bool is_leap(unsigned year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned month_days(unsigned year, unsigned month)
{
	static const unsigned char days[] = { 31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && is_leap(year) ? 29 : days[month];
}

static bool is_valid(const struct moment *m)
{
	return m->year <= MAX_YEAR && m->month <= 12 && m->day <= month_days(m->year, m->month) &&
	       m->hour < 24 && m->minute < 60 && m->second < 60;
}

/* 20200131, 200131, with 102030 behind */
static bool parse_packed(struct moment *m, struct cursor *c, size_t digits)
{
	unsigned year_digits = digits == 8 || digits == 14 ? 4 : 2;
	if (digits != 6 && digits != 8 && digits != 12 && digits != 14)
		return false;
	read_digits(c, year_digits, &m->year);
	m->year = full_year(m->year, year_digits);
	read_digits(c, 2, &m->month);
	read_digits(c, 2, &m->day);
	if (digits > 8) {
		read_digits(c, 2, &m->hour);
		read_digits(c, 2, &m->minute);
		read_digits(c, 2, &m->second);
		read_fraction(m, c);
	}
	return at_end(c) && is_valid(m);
}

static bool skip_mark(struct cursor *c)
{
	if (c->p == c->end || !is_mark(*c->p))
		return false;
	while (c->p < c->end && is_mark(*c->p))
		c->p++;
	return true;
}

/* h[:m[:s[.f]]] */
static bool parse_clock(struct moment *m, struct cursor *c)
{
	unsigned *const parts[] = { &m->hour, &m->minute, &m->second };
	for (size_t i = 0; i < 3; i++) {
		if (!read_digits(c, i ? 2 : 4, parts[i]))
			return false;
		if (i == 2 || c->p == c->end || *c->p != ':')
			break;
		c->p++;
	}
	read_fraction(m, c);
	return true;
}

bool moment_parse(struct moment *moment, const char *text, size_t len)
{
	struct cursor c = { text, text + len };
	*moment = (struct moment){ 0 };
	skip_blanks(&c);
	size_t digits = count_digits(&c);
	if (digits > 4)
		return parse_packed(moment, &c, digits);
	if (digits == 1 && *c.p == '0' && c.p + 1 == c.end)
		return true; /* 0: the zero date */
	read_digits(&c, 4, &moment->year);
	moment->year = full_year(moment->year, (unsigned)digits);
	if (!digits || !skip_mark(&c) || !read_digits(&c, 2, &moment->month) || !skip_mark(&c) ||
	    !read_digits(&c, 2, &moment->day))
		return false;
	if (c.p < c.end && (*c.p == 'T' || is_blank(*c.p))) {
		c.p++;
		if (!at_end(&c) && !parse_clock(moment, &c))
			return false;
	}
	return at_end(&c) && is_valid(moment);
}

/* 102030, read from the right */
static bool parse_packed_time(struct moment *m, struct cursor *c, size_t digits)
{
	unsigned value;
	if (digits > 7)
		return false;
	read_digits(c, 7, &value);
	m->hour = value / 10000;
	m->minute = value / 100 % 100;
	m->second = value % 100;
	read_fraction(m, c);
	return true;
}

bool moment_parse_time(struct moment *moment, const char *text, size_t len)
{
	struct cursor c = { text, text + len };
	unsigned days = 0;
	if (moment_parse(moment, text, len) && !moment_is_zero(moment) && len > 10)
		return true;
	*moment = (struct moment){ 0 };
	skip_blanks(&c);
	if (c.p < c.end && *c.p == '-') {
		moment->negative = true;
		c.p++;
	}
	size_t digits = count_digits(&c);
	const char *behind = c.p + digits;
	if (!digits)
		return false;
	if (behind < c.end && is_blank(*behind) && digits < 4) {
		read_digits(&c, 3, &days);
		skip_blanks(&c);
		digits = count_digits(&c);
		if (c.p < c.end && !parse_clock(moment, &c))
			return false;
	} else if (behind < c.end && *behind == ':') {
		if (!parse_clock(moment, &c))
			return false;
	} else if (!parse_packed_time(moment, &c, digits)) {
		return false;
	}
	moment->hour += days * 24;
	return at_end(&c) && moment->hour <= MAX_HOURS && moment->minute < 60 &&
	       moment->second < 60;
}

/* One second later; false past the end of all days. */
static bool add_second(struct moment *m, bool is_time)
{
	if (++m->second < 60)
		return true;
	m->second = 0;
	if (++m->minute < 60)
		return true;
	m->minute = 0;
	m->hour++;
	if (is_time)
		return m->hour <= MAX_HOURS;
	if (m->hour < 24)
		return true;
	m->hour = 0;
	if (!m->month || !m->day || ++m->day <= month_days(m->year, m->month))
		return true;
	m->day = 1;
	if (++m->month <= 12)
		return true;
	m->month = 1;
	return ++m->year <= MAX_YEAR;
}

bool moment_limit(struct moment *moment, int fsp, bool round, bool is_time)
{
	unsigned unit = 1;
	for (int i = fsp; i < FRACTION_DIGITS; i++)
		unit *= 10;
	unsigned rest = moment->micros % unit;
	bool up = round && (unit > 1 ? rest * 2 >= unit : moment->rounds_up);
	moment->micros -= rest;
	moment->rounds_up = false;
	if (!up)
		return true;
	moment->micros += unit;
	if (moment->micros < 1000000)
		return true;
	moment->micros = 0;
	return add_second(moment, is_time);
}

bool moment_is_zero(const struct moment *m)
{
	return !m->year && !m->month && !m->day && !m->hour && !m->minute && !m->second &&
	       !m->micros;
}

int moment_compare(const struct moment *a, const struct moment *b)
{
	const unsigned left[] = { a->year,   a->month,  a->day,   a->hour,
				  a->minute, a->second, a->micros };
	const unsigned right[] = { b->year,   b->month,  b->day,   b->hour,
				   b->minute, b->second, b->micros };
	for (size_t i = 0; i < sizeof(left) / sizeof(*left); i++)
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
	return 0;
}

/* .123 or nothing */
static const char *fraction(struct arena *arena, const struct moment *m, int fsp)
{
	char digits[FRACTION_DIGITS + 1];
	if (fsp <= 0)
		return "";
	snprintf(digits, sizeof(digits), "%06u", m->micros % 1000000);
	return arena_printf(arena, ".%.*s", fsp, digits);
}

const char *moment_date_text(struct arena *arena, const struct moment *m)
{
	return arena_printf(arena, "%04u-%02u-%02u", m->year, m->month, m->day);
}

const char *moment_text(struct arena *arena, const struct moment *m, int fsp)
{
	return arena_printf(arena, "%04u-%02u-%02u %02u:%02u:%02u%s", m->year, m->month, m->day,
			    m->hour, m->minute, m->second, fraction(arena, m, fsp));
}

const char *moment_time_text(struct arena *arena, const struct moment *m, int fsp)
{
	bool zero = !m->hour && !m->minute && !m->second && !m->micros;
	return arena_printf(arena, "%s%02u:%02u:%02u%s", m->negative && !zero ? "-" : "", m->hour,
			    m->minute, m->second, fraction(arena, m, fsp));
}
