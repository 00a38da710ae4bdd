#include "base/map.h"

#include "base/arena.h"
#include "tests/unit/unit.h"

static int keys[3000];

TEST(an_empty_map_has_nothing)
{
	struct map map = { 0 };
	assert_null(map_get(&map, &keys[0]));
	map_remove(&map, &keys[0]);
}

TEST(put_get_replace_remove)
{
	struct arena arena;
	arena_init(&arena);
	struct map map = { 0 };
	int a, b;
	map_put(&arena, &map, &keys[0], &a);
	assert_ptr_equal(map_get(&map, &keys[0]), &a);
	assert_null(map_get(&map, &keys[1]));
	map_put(&arena, &map, &keys[0], &b);
	assert_ptr_equal(map_get(&map, &keys[0]), &b);
	map_remove(&map, &keys[0]);
	map_remove(&map, &keys[1]);
	assert_null(map_get(&map, &keys[0]));
	map_put(&arena, &map, &keys[0], &a);
	assert_ptr_equal(map_get(&map, &keys[0]), &a);
	arena_free(&arena);
}

TEST(many_keys_with_removals)
{
	struct arena arena;
	arena_init(&arena);
	struct map map = { 0 };
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 3000; i++)
			map_put(&arena, &map, &keys[i], &keys[2999 - i]);
		for (int i = 0; i < 3000; i += 3)
			map_remove(&map, &keys[i]);
		for (int i = 0; i < 3000; i++)
			assert_ptr_equal(map_get(&map, &keys[i]), i % 3 ? &keys[2999 - i] : NULL);
	}
	arena_free(&arena);
}

/* A map in which keys come and go must keep an empty slot, or a search would not end. */
TEST(removed_keys_do_not_fill_the_map)
{
	struct arena arena;
	arena_init(&arena);
	struct map map = { 0 };
	for (int i = 0; i < 3000; i++) {
		map_put(&arena, &map, &keys[i], &keys[i]);
		map_remove(&map, &keys[i]);
		assert_null(map_get(&map, &keys[i]));
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_map_has_nothing),
		cmocka_unit_test(put_get_replace_remove),
		cmocka_unit_test(many_keys_with_removals),
		cmocka_unit_test(removed_keys_do_not_fill_the_map),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
