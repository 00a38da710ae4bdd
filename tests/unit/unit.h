/*
 * unit: what every unit test needs of cmocka.
 *
 *	TEST(arena_is_zeroed) { … }
 *	int main(void)
 *	{
 *		const struct CMUnitTest tests[] = { cmocka_unit_test(arena_is_zeroed) };
 *		return cmocka_run_group_tests(tests, NULL, NULL);
 *	}
 */
#ifndef AUTOGEN_TESTS_UNIT_H
#define AUTOGEN_TESTS_UNIT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
/* in this order: cmocka.h needs the four above */
#include <cmocka.h>

#define TEST(name) static void name(void **state __attribute__((unused)))

#endif
