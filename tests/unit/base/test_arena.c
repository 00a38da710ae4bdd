#include "base/arena.h"

#include "tests/unit/unit.h"

#include <stdbool.h>
#include <string.h>

struct int_list {
	int *items;
	size_t n, cap;
};

static bool is_zero(const char *p, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (p[i])
			return false;
	return true;
}

TEST(pieces_are_zeroed_aligned_and_apart)
{
	struct arena arena;
	arena_init(&arena);
	/* small ones, ones that don't fit the rest of a block, ones larger than a block */
	static const size_t sizes[] = { 0, 1, 7, 64, 1000, 20000, 50000, 65536, 300000, 3 };
	char *pieces[200];
	for (size_t i = 0; i < 200; i++) {
		size_t size = sizes[i % 10];
		pieces[i] = arena_alloc(&arena, size);
		assert_non_null(pieces[i]);
		assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
		assert_true(is_zero(pieces[i], size));
		memset(pieces[i], (int)(i + 1), size);
	}
	for (size_t i = 0; i < 200; i++)
		for (size_t j = 0; j < sizes[i % 10]; j += 97)
			assert_int_equal((unsigned char)pieces[i][j], i + 1);
	assert_true(arena.total > 20 * 300000);
	arena_free(&arena);
	assert_int_equal(arena.total, 0);
	assert_non_null(arena_alloc(&arena, 10)); /* can be used again */
	arena_free(&arena);
}

TEST(a_large_piece_keeps_the_block_in_use)
{
	struct arena arena;
	arena_init(&arena);
	char *first = arena_alloc(&arena, 16);
	arena_alloc(&arena, 1 << 20);
	char *second = arena_alloc(&arena, 16);
	assert_ptr_equal(second, first + 16);
	arena_free(&arena);
}

TEST(texts)
{
	struct arena arena;
	arena_init(&arena);
	assert_string_equal(arena_strdup(&arena, ""), "");
	assert_string_equal(arena_strdup(&arena, "users"), "users");
	assert_string_equal(arena_strndup(&arena, "users", 2), "us");
	assert_string_equal(arena_strndup(&arena, NULL, 0), "");
	assert_memory_equal(arena_strndup(&arena, "a\0b", 3), "a\0b", 4);
	assert_memory_equal(arena_memdup(&arena, "a\0b", 3), "a\0b", 3);
	assert_string_equal(arena_printf(&arena, "%s.%d", "users", 7), "users.7");
	assert_string_equal(arena_printf(&arena, "%s", ""), "");
	char *wide = arena_printf(&arena, "%0100000d", 1);
	assert_int_equal(strlen(wide), 100000);
	arena_free(&arena);
}

TEST(lists_grow_insert_and_remove)
{
	struct arena arena;
	arena_init(&arena);
	struct int_list list = { 0 };
	for (int i = 0; i < 1000; i++)
		LIST_PUSH(&arena, &list, i);
	assert_int_equal(list.n, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list.items[i], i);
	LIST_INSERT(&arena, &list, 0, -1);
	LIST_INSERT(&arena, &list, 500, -2);
	LIST_INSERT(&arena, &list, list.n, -3);
	assert_int_equal(list.n, 1003);
	assert_int_equal(list.items[0], -1);
	assert_int_equal(list.items[499], 498);
	assert_int_equal(list.items[500], -2);
	assert_int_equal(list.items[501], 499);
	assert_int_equal(list.items[1002], -3);
	LIST_REMOVE(&list, 500);
	LIST_REMOVE(&list, 0);
	LIST_REMOVE(&list, list.n - 1);
	assert_int_equal(list.n, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list.items[i], i);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
		cmocka_unit_test(a_large_piece_keeps_the_block_in_use),
		cmocka_unit_test(texts),
		cmocka_unit_test(lists_grow_insert_and_remove),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
