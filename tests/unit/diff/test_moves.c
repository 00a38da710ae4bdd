/* Columns that stay while the others move: as many as can, by trying all (servers move one at a time). */
#include "tests/unit/unit.h"

#include "base/arena.h"
#include "diff/differ.h"

#define MOST 8

/* Do the chosen ones (bits) stand in increasing order? */
static bool increases(const size_t *at, size_t n, unsigned chosen)
{
	size_t last = 0;
	bool any = false;
	for (size_t i = 0; i < n; i++) {
		if (!(chosen >> i & 1))
			continue;
		if (any && at[i] <= last)
			return false;
		last = at[i];
		any = true;
	}
	return true;
}

static unsigned longest(const size_t *at, size_t n)
{
	unsigned most = 0;
	for (unsigned chosen = 0; chosen < 1u << n; chosen++) {
		unsigned count = (unsigned)__builtin_popcount(chosen);
		if (count > most && increases(at, n, chosen))
			most = count;
	}
	return most;
}

static void check(struct arena *arena, const size_t *at, size_t n)
{
	bool stays[MOST] = { false };
	unsigned chosen = 0;
	diff_find_staying(arena, at, n, stays);
	for (size_t i = 0; i < n; i++)
		chosen |= (unsigned)stays[i] << i;
	assert_true(increases(at, n, chosen));
	assert_int_equal(__builtin_popcount(chosen), longest(at, n));
}

static void permute(struct arena *arena, size_t *at, size_t n, size_t from)
{
	if (from == n) {
		check(arena, at, n);
		return;
	}
	for (size_t i = from; i < n; i++) {
		size_t first = at[from];
		at[from] = at[i];
		at[i] = first;
		permute(arena, at, n, from + 1);
		at[i] = at[from];
		at[from] = first;
	}
}

TEST(every_order_takes_the_fewest_moves)
{
	for (size_t n = 0; n < MOST; n++) {
		struct arena arena;
		size_t at[MOST];
		arena_init(&arena);
		for (size_t i = 0; i < n; i++)
			at[i] = i * 3; /* columns that go leave gaps */
		permute(&arena, at, n, 0);
		arena_free(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_order_takes_the_fewest_moves) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
