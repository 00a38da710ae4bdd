/*
 * number: exact decimal numbers, for literals.
 *
 * Servers round decimals half away from zero and floats as doubles; both are
 * done here as they do it. For literals, and for the bounds of partitions.
 */
#ifndef AUTOGEN_MODEL_NUMBER_H
#define AUTOGEN_MODEL_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

#define NUMBER_DIGITS 200

/* 0.d1d2d3… × 10^point, without zeros at either end; no digits: 0, never negative. */
struct number {
	bool negative;
	int n, point;
	char digits[NUMBER_DIGITS + 1];
};

/* [+-]1, 1.5, .5, 1., 1e3, blanks around. False: it is no number, or longer than any server takes. */
bool number_parse(struct number *number, const char *text, size_t len);
void number_set(struct number *number, unsigned long long value);
/* Half away from zero, to that many digits after the point. */
void number_round(struct number *number, int scale);
/* Digits before the point; 0 for 0.5. */
int number_whole_digits(const struct number *number);
/* Compares without signs: < 0, 0, > 0. */
int number_compare(const struct number *a, const struct number *b);
/* The value of a whole number that is not negative; false when it does not fit. */
bool number_value(const struct number *number, unsigned long long *value);
/* With exactly `scale` digits after the point (it has to be rounded to them before). */
const char *number_fixed(struct arena *arena, const struct number *number, int scale);

/* The shortest text that reads as the same double: plain from 1e-15 to 1e15, else 1.5e30. */
const char *number_double_text(struct arena *arena, double value);
/* The same with the 6 digits that servers show of a FLOAT. */
const char *number_float_text(struct arena *arena, double value);

#endif
