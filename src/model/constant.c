#include "model/constant.h"

#include "base/context.h"
#include "model/moment.h"
#include "model/number.h"

#include <stdint.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

#define DAYS_TO_EPOCH 719528LL /* to_days('1970-01-01') */
#define DAY_SECONDS 86400LL
#define MIN_DATE_DAYS 366LL     /* from_days() of less is the zero date */
#define MAX_DATE_DAYS 3652424LL /* to_days('9999-12-31') */

enum value_kind {
	VALUE_UNKNOWN,
	VALUE_IS_NULL,
	VALUE_INT,
	VALUE_FRACTION,
	VALUE_TEXT,
	VALUE_DATE,
	VALUE_TIME
};

/* INT: number; FRACTION: fraction; TEXT: text; DATE (with a clock if is_moment) and TIME: moment. */
struct value {
	enum value_kind kind;
	__int128 number;
	bool is_unsigned;
	struct number fraction;
	const char *text;
	size_t len;
	struct moment moment;
	bool is_moment;
};

static const struct value unknown = { .kind = VALUE_UNKNOWN };

static struct value evaluate(const struct expr *expr);

/* --- numbers ------------------------------------------------------------------------------------ */

static struct value whole(__int128 number, bool is_unsigned)
{
	struct value value = { .kind = VALUE_INT, .number = number, .is_unsigned = is_unsigned };
	__int128 least = is_unsigned ? 0 : -((__int128)1 << 63);
	__int128 most = is_unsigned ? ((__int128)1 << 64) - 1 : ((__int128)1 << 63) - 1;
	return number < least || number > most ? unknown : value;
}

static struct value null_value(void)
{
	return (struct value){ .kind = VALUE_IS_NULL };
}

/* A whole number is unsigned from 2^63 on; one with a point or an exponent is a fraction. */
static struct value of_number(const struct expr *expr)
{
	struct value value = { .kind = VALUE_FRACTION };
	unsigned long long size;
	if (strpbrk(expr->text, "eE") || !number_parse(&value.fraction, expr->text, expr->len))
		return unknown;
	if (strchr(expr->text, '.'))
		return value;
	bool negative = value.fraction.negative;
	value.fraction.negative = false;
	if (!number_value(&value.fraction, &size))
		return unknown;
	__int128 number = size;
	return whole(negative ? -number : number, !negative && size > (1ULL << 63) - 1);
}

static __int128 size_of(__int128 number)
{
	return number < 0 ? -number : number;
}

/* What a binary operator makes of two whole numbers; both flavours cut DIV towards zero. */
static struct value compute(char op, const struct value *a, const struct value *b)
{
	bool is_unsigned = a->is_unsigned || b->is_unsigned;
	switch (op) {
	case '+':
		return whole(a->number + b->number, is_unsigned);
	case '-':
		return whole(a->number - b->number, is_unsigned);
	case '*':
		if (size_of(a->number) >> 64 || size_of(b->number) >> 64 ||
		    (a->number && size_of(b->number) > ((__int128)1 << 64) / size_of(a->number)))
			return unknown;
		return whole(a->number * b->number, is_unsigned);
	case 'd':
		return b->number ? whole(a->number / b->number, is_unsigned) : null_value();
	default: /* the sign is the dividend's */
		return b->number ? whole(a->number % b->number, a->is_unsigned) : null_value();
	}
}

static struct value of_binary(const struct expr *expr)
{
	static const struct {
		const char *name;
		char op;
	} operators[] = { { "+", '+' },   { "-", '-' }, { "*", '*' },
			  { "div", 'd' }, { "%", '%' }, { "mod", '%' } };
	struct value a = evaluate(expr->args.items[0]), b = evaluate(expr->args.items[1]);
	if (a.kind != VALUE_INT || b.kind != VALUE_INT)
		return unknown; /* NULL and fractions have no place in a bound: error 1697 */
	for (size_t i = 0; i < COUNT(operators); i++)
		if (word_equal(expr->name->text, operators[i].name))
			return compute(operators[i].op, &a, &b);
	return unknown;
}

static struct value of_unary(const struct expr *expr)
{
	struct value arg = evaluate(expr->args.items[0]);
	if (arg.kind != VALUE_INT)
		return unknown;
	if (!strcmp(expr->name->text, "+"))
		return arg;
	return strcmp(expr->name->text, "-") ? unknown : whole(-arg.number, false);
}

/* The whole number next to a fraction, below it or above it. */
static struct value round_fraction(const struct value *arg, bool up)
{
	struct number number = arg->fraction;
	bool negative = number.negative;
	unsigned long long size;
	bool exact = number.n <= number_whole_digits(&number);
	number.negative = false;
	if (number.n > number_whole_digits(&number))
		number.n = number_whole_digits(&number);
	number.digits[number.n] = '\0';
	if (!number.n)
		size = 0;
	else if (!number_value(&number, &size))
		return unknown;
	__int128 result = negative ? -(__int128)size : (__int128)size;
	if (!exact && up == !negative)
		result += negative ? -1 : 1; /* away from zero */
	return whole(result, false);
}

/* --- moments ------------------------------------------------------------------------------------ */

/* Texts that every server reads as the same day: 2020-1-31, 20200131, with or without a clock. */
static bool is_plain_date(const char *text, size_t len)
{
	size_t digits = strspn(text, "0123456789");
	if (digits == 4)
		return text[4] == '-' && strspn(text, "0123456789-:. T") == len;
	return (digits == 8 || digits == 14) && digits == len;
}

static bool is_real(const struct moment *m)
{
	return m->year && m->month && m->day;
}

/* A date out of a string, a number or a temporal literal; UNKNOWN where servers might not agree. */
static struct value to_date(const struct value *from)
{
	struct value value = { .kind = VALUE_DATE };
	char digits[32];
	const char *text = from->text;
	size_t len = from->len;
	if (from->kind == VALUE_DATE)
		return *from;
	if (from->kind == VALUE_INT && from->number >= 10000101 && from->number <= 99991231) {
		number_set(&value.fraction, (unsigned long long)from->number);
		memset(digits, '0', 8);
		memcpy(digits, value.fraction.digits, (size_t)value.fraction.n);
		digits[8] = '\0';
		text = digits;
		len = 8;
	} else if (from->kind != VALUE_TEXT) {
		return unknown;
	}
	if (!is_plain_date(text, len) || !moment_parse(&value.moment, text, len) ||
	    !is_real(&value.moment))
		return unknown;
	value.is_moment = len > 10;
	return value;
}

/* A time of day: of '10:20:30', or of a date with a clock. */
static struct value to_time(const struct value *from)
{
	struct value value = { .kind = VALUE_TIME };
	if (from->kind == VALUE_TIME)
		return *from;
	if (from->kind == VALUE_DATE) {
		value.moment = from->moment;
		return from->is_moment ? value : unknown;
	}
	if (from->kind != VALUE_TEXT)
		return unknown;
	bool clock = from->len > 10 && is_plain_date(from->text, from->len);
	if (!clock && (!memchr(from->text, ':', from->len) ||
		       strspn(from->text, "0123456789:.-") != from->len))
		return unknown;
	return moment_parse_time(&value.moment, from->text, from->len) ? value : unknown;
}

static bool is_leap(unsigned year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* What TO_DAYS() says of the day before 1 January: 366 for the year 1, for year 0 has 365 days. */
static long long days_before_year(unsigned year)
{
	long long past = (long long)year - 1;
	return 365 * (past + 1) + past / 4 - past / 100 + past / 400;
}

static long long day_of_year(const struct moment *m)
{
	static const unsigned before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
	return before[m->month - 1] + m->day + (m->month > 2 && is_leap(m->year));
}

/* TO_DAYS(), in the proleptic Gregorian calendar. */
static long long days_of(const struct moment *m)
{
	return days_before_year(m->year) + day_of_year(m);
}

static long long clock_of(const struct moment *m)
{
	long long seconds = m->hour * 3600LL + m->minute * 60 + m->second;
	return m->negative ? -seconds : seconds;
}

/* 0 is Monday. */
static long long weekday_of(long long days)
{
	return (days + 5) % 7;
}

/* YEARWEEK(d, 0): weeks begin on Sunday, the first one has a Sunday of the year in it. */
static long long yearweek_of(const struct moment *m)
{
	long long days = days_of(m), year = m->year;
	long long first = days_before_year(m->year) + 1;
	long long sunday = first + (7 - (weekday_of(first) + 1) % 7) % 7;
	if (days < sunday) {
		year--;
		first = days_before_year((unsigned)year) + 1;
		sunday = first + (7 - (weekday_of(first) + 1) % 7) % 7;
	}
	return year * 100 + (days - sunday) / 7 + 1;
}

/* FROM_DAYS(): a date. */
static struct value from_days(__int128 number)
{
	struct value value = { .kind = VALUE_DATE };
	if (number < MIN_DATE_DAYS || number > MAX_DATE_DAYS)
		return unknown;
	long long days = (long long)number;
	unsigned year = (unsigned)(days * 100 / 36525);
	while (days_before_year(year + 1) < days)
		year++;
	while (days_before_year(year) >= days)
		year--;
	value.moment = (struct moment){ .year = year, .month = 12, .day = 1 };
	while (days_of(&value.moment) > days)
		value.moment.month--;
	value.moment.day = (unsigned)(days - days_of(&value.moment)) + 1;
	return is_real(&value.moment) ? value : unknown;
}

/* --- functions ---------------------------------------------------------------------------------- */

/* What a function says of one date, or of one time. */
enum part {
	PART_TO_DAYS,
	PART_TO_SECONDS,
	PART_YEAR,
	PART_QUARTER,
	PART_MONTH,
	PART_DAY,
	PART_DAYOFWEEK,
	PART_WEEKDAY,
	PART_DAYOFYEAR,
	PART_YEARWEEK,
	PART_YEAR_MONTH,
	PART_HOUR,
	PART_MINUTE,
	PART_SECOND,
	PART_MICROSECOND,
	PART_TIME_TO_SEC,
	PART_HOUR_MINUTE,
	PART_HOUR_SECOND,
	PART_MINUTE_SECOND
};

static const struct {
	const char *function, *unit; /* unit: of extract() */
	enum part part;
} parts[] = {
	{ "to_days", NULL, PART_TO_DAYS },
	{ "to_seconds", NULL, PART_TO_SECONDS },
	{ "year", "year", PART_YEAR },
	{ "quarter", "quarter", PART_QUARTER },
	{ "month", "month", PART_MONTH },
	{ "day", "day", PART_DAY },
	{ "dayofmonth", NULL, PART_DAY },
	{ "dayofweek", NULL, PART_DAYOFWEEK },
	{ "weekday", NULL, PART_WEEKDAY },
	{ "dayofyear", NULL, PART_DAYOFYEAR },
	{ "yearweek", NULL, PART_YEARWEEK },
	{ NULL, "year_month", PART_YEAR_MONTH },
	{ "hour", "hour", PART_HOUR },
	{ "minute", "minute", PART_MINUTE },
	{ "second", "second", PART_SECOND },
	{ "microsecond", "microsecond", PART_MICROSECOND },
	{ "time_to_sec", NULL, PART_TIME_TO_SEC },
	{ NULL, "hour_minute", PART_HOUR_MINUTE },
	{ NULL, "hour_second", PART_HOUR_SECOND },
	{ NULL, "minute_second", PART_MINUTE_SECOND },
};

static long long part_of_date(const struct moment *m, enum part part)
{
	long long days = days_of(m);
	switch ((int)part) {
	case PART_TO_DAYS:
		return days;
	case PART_TO_SECONDS:
		return days * DAY_SECONDS + clock_of(m);
	case PART_YEAR:
		return m->year;
	case PART_QUARTER:
		return (m->month + 2) / 3;
	case PART_MONTH:
		return m->month;
	case PART_DAY:
		return m->day;
	case PART_DAYOFWEEK:
		return (weekday_of(days) + 1) % 7 + 1;
	case PART_WEEKDAY:
		return weekday_of(days);
	case PART_DAYOFYEAR:
		return day_of_year(m);
	case PART_YEARWEEK:
		return yearweek_of(m);
	default:
		return m->year * 100LL + m->month; /* PART_YEAR_MONTH */
	}
}

static long long part_of_time(const struct moment *m, enum part part)
{
	switch ((int)part) {
	case PART_HOUR:
		return m->hour;
	case PART_MINUTE:
		return m->minute;
	case PART_SECOND:
		return m->second;
	case PART_MICROSECOND:
		return m->micros;
	case PART_HOUR_MINUTE:
		return m->hour * 100LL + m->minute;
	case PART_HOUR_SECOND:
		return m->hour * 10000LL + m->minute * 100 + m->second;
	case PART_MINUTE_SECOND:
		return m->minute * 100LL + m->second;
	default:
		return clock_of(m); /* PART_TIME_TO_SEC */
	}
}

static struct value take_part(const struct value *arg, enum part part)
{
	bool of_date = part < PART_HOUR;
	struct value moment = of_date ? to_date(arg) : to_time(arg);
	if (moment.kind == VALUE_UNKNOWN || (!of_date && moment.moment.negative))
		return unknown;
	return whole(of_date ? part_of_date(&moment.moment, part)
			     : part_of_time(&moment.moment, part),
		     false);
}

static struct value call_parts(const struct expr *call, bool *known)
{
	bool extract = word_equal(call->name->text, "extract");
	if (call->args.n != (extract ? 2u : 1u))
		return unknown;
	for (size_t i = 0; i < COUNT(parts); i++) {
		const char *word = extract ? parts[i].unit : parts[i].function;
		const char *wanted = extract ? call->args.items[0]->text : call->name->text;
		if (!word || !word_equal(wanted, word))
			continue;
		struct value arg = evaluate(call->args.items[extract ? 1 : 0]);
		*known = true;
		return take_part(&arg, parts[i].part);
	}
	return unknown;
}

static struct value call_two(const struct expr *call)
{
	struct value a = evaluate(call->args.items[0]), b = evaluate(call->args.items[1]);
	if (word_equal(call->name->text, "mod") && a.kind == VALUE_INT && b.kind == VALUE_INT)
		return compute('%', &a, &b);
	/* the normal form of yearweek(d) */
	if (word_equal(call->name->text, "yearweek") && b.kind == VALUE_INT && !b.number)
		return take_part(&a, PART_YEARWEEK);
	if (!word_equal(call->name->text, "datediff"))
		return unknown;
	a = to_date(&a);
	b = to_date(&b);
	if (a.kind == VALUE_UNKNOWN || b.kind == VALUE_UNKNOWN)
		return unknown;
	return whole(days_of(&a.moment) - days_of(&b.moment), false);
}

/* Every session of autogen runs at +00:00 (mysql/settings.h). Whole seconds that each server has. */
static struct value unix_timestamp(const struct value *arg)
{
	struct value date = to_date(arg);
	if (date.kind == VALUE_UNKNOWN || date.moment.micros)
		return unknown;
	long long seconds =
		(days_of(&date.moment) - DAYS_TO_EPOCH) * DAY_SECONDS + clock_of(&date.moment);
	return seconds < 0 || seconds > INT32_MAX ? unknown : whole(seconds, false);
}

static struct value call_number(const struct expr *call)
{
	const char *name = call->name->text;
	struct value arg = evaluate(call->args.items[0]);
	if (word_equal(name, "unix_timestamp"))
		return unix_timestamp(&arg);
	bool up = word_equal(name, "ceiling") || word_equal(name, "ceil");
	if (up || word_equal(name, "floor")) {
		if (arg.kind == VALUE_FRACTION)
			return round_fraction(&arg, up);
		return arg.kind == VALUE_INT ? arg : unknown;
	}
	if (arg.kind != VALUE_INT)
		return unknown;
	if (word_equal(name, "abs"))
		return whole(size_of(arg.number), arg.is_unsigned);
	return word_equal(name, "from_days") ? from_days(arg.number) : unknown;
}

static struct value of_call(const struct expr *call)
{
	bool known = false;
	struct value value = call_parts(call, &known);
	if (known)
		return value;
	if (call->args.n == 2)
		return call_two(call);
	return call->args.n == 1 ? call_number(call) : unknown;
}

/* --- all ---------------------------------------------------------------------------------------- */

static struct value of_temporal(const struct expr *expr)
{
	struct value text = { .kind = VALUE_TEXT, .text = expr->text, .len = expr->len };
	if (word_equal(expr->name->text, "time"))
		return to_time(&text);
	struct value value = to_date(&text);
	value.is_moment = value.kind == VALUE_DATE && !word_equal(expr->name->text, "date");
	return value;
}

static struct value evaluate(const struct expr *expr)
{
	struct value text = { .kind = VALUE_TEXT, .text = expr->text, .len = expr->len };
	switch ((int)expr->kind) {
	case EXPR_NULL:
		return null_value();
	case EXPR_BOOL:
		return whole(word_equal(expr->text, "true"), false);
	case EXPR_NUMBER:
		return of_number(expr);
	case EXPR_STRING:
		return expr->name ? unknown : text;
	case EXPR_TEMPORAL:
		return of_temporal(expr);
	case EXPR_UNARY:
		return of_unary(expr);
	case EXPR_BINARY:
		return of_binary(expr);
	case EXPR_CALL:
		return of_call(expr);
	default:
		return unknown;
	}
}

static struct expr *text_node(struct arena *arena, enum expr_kind kind, const char *text,
			      struct span span)
{
	struct expr *expr = expr_new(arena, kind, span);
	expr->text = text;
	expr->len = text ? strlen(text) : 0;
	return expr;
}

static const char *whole_text(struct arena *arena, const struct value *value)
{
	unsigned long long size = (unsigned long long)size_of(value->number);
	return arena_printf(arena, "%s%llu", value->number < 0 ? "-" : "", size);
}

/* The digits of the fraction that a temporal literal is written with. */
static int fraction_digits(const struct expr *expr)
{
	const char *point = expr->kind == EXPR_TEMPORAL ? strchr(expr->text, '.') : NULL;
	int n = point ? (int)strspn(point + 1, "0123456789") : 0;
	return n > 6 ? 6 : n;
}

const struct expr *constant_value(struct context *ctx, struct arena *arena, const struct expr *expr)
{
	struct value value = evaluate(expr);
	int digits = fraction_digits(expr);
	(void)ctx;
	switch (value.kind) {
	case VALUE_IS_NULL:
		return expr->kind == EXPR_NULL ? expr
					       : text_node(arena, EXPR_NULL, NULL, expr->span);
	case VALUE_INT:
		return text_node(arena, EXPR_NUMBER, whole_text(arena, &value), expr->span);
	case VALUE_TEXT:
		return expr;
	case VALUE_DATE:
		return text_node(arena, EXPR_STRING,
				 value.is_moment ? moment_text(arena, &value.moment, digits)
						 : moment_date_text(arena, &value.moment),
				 expr->span);
	case VALUE_TIME:
		return text_node(arena, EXPR_STRING, moment_time_text(arena, &value.moment, digits),
				 expr->span);
	case VALUE_FRACTION:
	case VALUE_UNKNOWN:
		break;
	}
	return NULL;
}
