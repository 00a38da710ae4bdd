#include "model/number.h"

#include "base/arena.h"
#include "base/buf.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_EXPONENT 400 /* of doubles: 308 */
#define MAX_PLAIN_POINT 15
#define MIN_PLAIN_POINT (-14)

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Zeros at both ends say nothing. */
static void trim(struct number *number)
{
	int from = 0;
	while (from < number->n && number->digits[from] == '0')
		from++;
	number->n -= from;
	number->point -= from;
	memmove(number->digits, number->digits + from, (size_t)number->n);
	while (number->n && number->digits[number->n - 1] == '0')
		number->n--;
	number->digits[number->n] = 0;
	if (!number->n) {
		number->point = 0;
		number->negative = false;
	}
}

static bool parse_exponent(const char *p, const char *end, int *exponent)
{
	bool negative = p < end && *p == '-';
	long value = 0;
	if (p < end && (*p == '-' || *p == '+'))
		p++;
	if (p == end)
		return false;
	for (; p < end; p++) {
		if (!is_digit(*p))
			return false;
		value = value * 10 + (*p - '0');
		if (value > MAX_EXPONENT)
			value = MAX_EXPONENT + 1;
	}
	*exponent = (int)(negative ? -value : value);
	return true;
}

bool number_parse(struct number *number, const char *text, size_t len)
{
	const char *p = text, *end = text + len;
	bool seen_point = false, seen_digit = false;
	int exponent = 0, before = 0;
	*number = (struct number){ 0 };
	while (p < end && is_blank(*p))
		p++;
	while (end > p && is_blank(end[-1]))
		end--;
	if (p < end && (*p == '-' || *p == '+'))
		number->negative = *p++ == '-';
	for (; p < end && (is_digit(*p) || (*p == '.' && !seen_point)); p++) {
		if (*p == '.') {
			seen_point = true;
			continue;
		}
		seen_digit = true;
		if (!seen_point && (before || *p != '0'))
			before++;
		if (!before && !number->n && *p == '0') { /* zeros behind the point */
			number->point -= seen_point;
			continue;
		}
		if (number->n == NUMBER_DIGITS)
			return false;
		number->digits[number->n++] = *p;
	}
	number->point += before;
	if (!seen_digit)
		return false;
	if (p < end && (*p == 'e' || *p == 'E')) {
		if (!parse_exponent(p + 1, end, &exponent))
			return false;
		p = end;
	}
	number->point += exponent;
	trim(number);
	return p == end && abs(number->point) <= MAX_EXPONENT;
}

void number_set(struct number *number, unsigned long long value)
{
	char text[24];
	int len = snprintf(text, sizeof(text), "%llu", value);
	number_parse(number, text, (size_t)len);
}

void number_round(struct number *number, int scale)
{
	int keep = number->point + scale;
	if (keep >= number->n)
		return;
	if (keep < 0) {
		number->n = 0;
		trim(number);
		return;
	}
	bool up = number->digits[keep] >= '5';
	number->n = keep;
	for (int i = keep; up;) {
		if (!i) {
			memmove(number->digits + 1, number->digits, (size_t)number->n);
			number->digits[0] = '1';
			number->n++;
			number->point++;
			break;
		}
		i--;
		up = number->digits[i] == '9';
		number->digits[i] = (char)(up ? '0' : number->digits[i] + 1);
	}
	trim(number);
}

int number_whole_digits(const struct number *number)
{
	return number->n && number->point > 0 ? number->point : 0;
}

int number_compare(const struct number *a, const struct number *b)
{
	if (!a->n || !b->n)
		return (a->n > 0) - (b->n > 0);
	if (a->point != b->point)
		return a->point < b->point ? -1 : 1;
	return strcmp(a->digits, b->digits);
}

bool number_value(const struct number *number, unsigned long long *value)
{
	struct number most;
	number_set(&most, ~0ULL);
	*value = 0;
	if (number->negative || number->n > number_whole_digits(number) ||
	    number_compare(number, &most) > 0)
		return false;
	for (int i = 0; i < number->point; i++)
		*value = *value * 10 + (i < number->n ? (unsigned)(number->digits[i] - '0') : 0);
	return true;
}

const char *number_fixed(struct arena *arena, const struct number *number, int scale)
{
	struct buf text = { 0 };
	if (number->negative)
		buf_add_char(&text, '-');
	if (number->point <= 0)
		buf_add_char(&text, '0');
	for (int i = number->point < 0 ? 0 : -number->point; i < scale || i < 0; i++) {
		int at = number->point + i;
		if (i == 0)
			buf_add_char(&text, '.');
		buf_add_char(&text, at >= 0 && at < number->n ? number->digits[at] : '0');
	}
	return buf_arena(&text, arena);
}

/* `digits` significant digits, plain where that is short. */
static const char *double_text(struct arena *arena, double value, int digits)
{
	char text[40];
	struct number number;
	snprintf(text, sizeof(text), "%.*e", digits - 1, value);
	number_parse(&number, text, strlen(text));
	if (number.point > MIN_PLAIN_POINT - 1 && number.point <= MAX_PLAIN_POINT) {
		int scale = number.n - number.point;
		return number_fixed(arena, &number, scale > 0 ? scale : 0);
	}
	return arena_printf(arena, "%s%c%s%se%d", number.negative ? "-" : "", number.digits[0],
			    number.n > 1 ? "." : "", number.digits + 1, number.point - 1);
}

const char *number_double_text(struct arena *arena, double value)
{
	char text[40];
	int digits = DBL_DIG;
	for (; digits < DBL_DECIMAL_DIG; digits++) {
		snprintf(text, sizeof(text), "%.*e", digits - 1, value);
		if (strtod(text, NULL) == value)
			break;
	}
	return double_text(arena, value, digits);
}

const char *number_float_text(struct arena *arena, double value)
{
	return double_text(arena, (double)(float)value, FLT_DIG);
}
