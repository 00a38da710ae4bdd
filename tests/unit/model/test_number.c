#include "tests/unit/model/model.h"

#include <stdlib.h>

#include "model/moment.h"
#include "model/number.h"

static const char *fixed(struct world *w, const char *text, int scale)
{
	struct number number;
	if (!number_parse(&number, text, strlen(text)))
		return "none";
	number_round(&number, scale);
	return number_fixed(&w->arena, &number, scale);
}

TEST(numbers_are_rounded_half_away_from_zero)
{
	static const struct {
		const char *text;
		int scale;
		const char *rounded;
	} rows[] = {
		{ "0", 0, "0" },           { "-0", 2, "0.00" },
		{ "007", 0, "7" },         { "1.5", 0, "2" },
		{ "-1.5", 0, "-2" },       { "2.5", 0, "3" },
		{ "1.005", 2, "1.01" },    { "0.05", 2, "0.05" },
		{ "0.005", 2, "0.01" },    { "0.0049", 2, "0.00" },
		{ "-0.001", 2, "0.00" },   { "9.999", 2, "10.00" },
		{ "99.5", 0, "100" },      { ".5", 1, "0.5" },
		{ "5.", 1, "5.0" },        { "1e2", 0, "100" },
		{ "1.5E-3", 4, "0.0015" }, { " 12 ", 0, "12" },
		{ "+7", 0, "7" },          { "1e-5", 2, "0.00" },
		{ "0.5", 0, "1" },         { "0.4", 0, "0" },
		{ "100", 0, "100" },       { "1200.340", 3, "1200.340" },
		{ "", 0, "none" },         { ".", 0, "none" },
		{ "1x", 0, "none" },       { "1e", 0, "none" },
		{ "1e+", 0, "none" },      { "1 2", 0, "none" },
		{ "--1", 0, "none" },      { "1.2.3", 0, "none" },
		{ "1e401", 0, "none" },    { "1e99999999999", 0, "none" },
	};
	struct world w;
	world_open(&w, "mysql", "8.0");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(fixed(&w, rows[i].text, rows[i].scale), rows[i].rounded);
	world_close(&w);
}

TEST(numbers_are_compared)
{
	struct number a, b;
	unsigned long long value;
	number_parse(&a, "18446744073709551615", 20);
	number_set(&b, ~0ULL);
	assert_int_equal(number_compare(&a, &b), 0);
	assert_true(number_value(&a, &value) && value == ~0ULL);
	number_parse(&b, "18446744073709551616", 20);
	assert_true(number_compare(&a, &b) < 0);
	assert_false(number_value(&b, &value));
	number_parse(&a, "0.5", 3);
	assert_int_equal(number_whole_digits(&a), 0);
	assert_false(number_value(&a, &value));
	number_parse(&b, "0", 1);
	assert_true(number_compare(&b, &a) < 0);
	assert_true(number_value(&b, &value) && value == 0);
	number_parse(&a, "120", 3);
	assert_true(number_value(&a, &value) && value == 120);
}

TEST(doubles_read_back)
{
	static const struct {
		double value;
		const char *text, *as_float;
	} rows[] = {
		{ 0, "0", "0" },
		{ -0.0, "0", "0" },
		{ 0.1, "0.1", "0.1" },
		{ 1e15, "1e15", "1e15" },
		{ 1e14, "100000000000000", "100000000000000" },
		{ 123456789, "123456789", "123457000" },
		{ 1e-10, "0.0000000001", "0.0000000001" },
		{ 1e-16, "1e-16", "1e-16" },
		{ 1.7976931348623157e308, "1.7976931348623157e308", NULL },
		{ 3.141592653589793, "3.141592653589793", "3.14159" },
		{ -2.5e30, "-2.5e30", "-2.5e30" },
	};
	struct world w;
	world_open(&w, "mysql", "8.0");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *text = number_double_text(&w.arena, rows[i].value);
		assert_string_equal(text, rows[i].text);
		assert_true(strtod(text, NULL) == rows[i].value);
		if (rows[i].as_float)
			assert_string_equal(number_float_text(&w.arena, rows[i].value),
					    rows[i].as_float);
	}
	world_close(&w);
}

static const char *moment(struct world *w, const char *text, int fsp, bool round)
{
	struct moment m;
	if (!moment_parse(&m, text, strlen(text)) || !moment_limit(&m, fsp, round, false))
		return "none";
	return moment_text(&w->arena, &m, fsp);
}

TEST(moments_are_read)
{
	static const struct {
		const char *text;
		int fsp;
		const char *rounded, *cut;
	} rows[] = {
		{ "2020-01-31", 0, "2020-01-31 00:00:00", NULL },
		{ "2020-1-2 3:4:5", 0, "2020-01-02 03:04:05", NULL },
		{ "2020/01/02T10:20", 0, "2020-01-02 10:20:00", NULL },
		{ "20200102", 0, "2020-01-02 00:00:00", NULL },
		{ "20200102030405.6", 1, "2020-01-02 03:04:05.6", NULL },
		{ "70-1-1", 0, "1970-01-01 00:00:00", NULL },
		{ "69-1-1", 0, "2069-01-01 00:00:00", NULL },
		{ "690101", 0, "2069-01-01 00:00:00", NULL },
		{ "0000-00-00", 0, "0000-00-00 00:00:00", NULL },
		{ "0", 0, "0000-00-00 00:00:00", NULL },
		{ "2020-00-00", 0, "2020-00-00 00:00:00", NULL },
		{ "2020-02-29", 0, "2020-02-29 00:00:00", NULL },
		{ "2019-12-31 23:59:59.9", 0, "2020-01-01 00:00:00", "2019-12-31 23:59:59" },
		{ "2020-02-28 23:59:59.5", 0, "2020-02-29 00:00:00", "2020-02-28 23:59:59" },
		{ "2020-01-01 10:20:30.1239", 3, "2020-01-01 10:20:30.124",
		  "2020-01-01 10:20:30.123" },
		{ "2020-01-01 10:20:30.1234567", 6, "2020-01-01 10:20:30.123457",
		  "2020-01-01 10:20:30.123456" },
		{ "9999-12-31 23:59:59.9", 0, "none", "9999-12-31 23:59:59" },
		{ "2019-02-29", 0, "none", NULL },
		{ "2020-13-01", 0, "none", NULL },
		{ "2020-01-32", 0, "none", NULL },
		{ "2020-01-01 24:00:00", 0, "none", NULL },
		{ "2020-01-01 10:20:30+02:00", 0, "none", NULL },
		{ "", 0, "none", NULL },
		{ "abc", 0, "none", NULL },
		{ "2020", 0, "none", NULL },
		{ "2020-", 0, "none", NULL },
		{ "12345", 0, "none", NULL },
	};
	struct world w;
	world_open(&w, "mysql", "8.0");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const char *cut = rows[i].cut ? rows[i].cut : rows[i].rounded;
		assert_string_equal(moment(&w, rows[i].text, rows[i].fsp, true), rows[i].rounded);
		assert_string_equal(moment(&w, rows[i].text, rows[i].fsp, false), cut);
	}
	world_close(&w);
}

static const char *time_of(struct world *w, const char *text, int fsp)
{
	struct moment m;
	if (!moment_parse_time(&m, text, strlen(text)) || !moment_limit(&m, fsp, true, true))
		return "none";
	return moment_time_text(&w->arena, &m, fsp);
}

TEST(times_are_read)
{
	static const struct {
		const char *text;
		int fsp;
		const char *time;
	} rows[] = {
		{ "10:20:30", 0, "10:20:30" },
		{ "10:20", 0, "10:20:00" },
		{ "10", 0, "00:00:10" },
		{ "1020", 0, "00:10:20" },
		{ "102030", 0, "10:20:30" },
		{ "1 10:20:30", 0, "34:20:30" },
		{ "-10:20:30", 0, "-10:20:30" },
		{ "-0:0:0", 0, "00:00:00" },
		{ "838:59:59", 0, "838:59:59" },
		{ "839:00:00", 0, "none" },
		{ "10:20:30.5", 0, "10:20:31" },
		{ "10:20:30.5", 2, "10:20:30.50" },
		{ "838:59:59.9", 0, "none" },
		{ "2020-01-01 10:20:30", 0, "10:20:30" },
		{ "10:60:00", 0, "none" },
		{ "", 0, "none" },
		{ "x", 0, "none" },
		{ "0", 3, "00:00:00.000" },
		{ "34 22:00:00", 0, "838:00:00" },
		{ "35 00:00:00", 0, "none" },
	};
	struct world w;
	world_open(&w, "mysql", "8.0");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(time_of(&w, rows[i].text, rows[i].fsp), rows[i].time))
			fail_msg("%s: %s", rows[i].text, time_of(&w, rows[i].text, rows[i].fsp));
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_rounded_half_away_from_zero),
		cmocka_unit_test(numbers_are_compared),
		cmocka_unit_test(doubles_read_back),
		cmocka_unit_test(moments_are_read),
		cmocka_unit_test(times_are_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
