#include "diff/differ.h"

/* Patience sorting: last[k] is the end of the best increasing run of length k + 1 so far. */
void diff_find_staying(struct arena *arena, const size_t *at, size_t n, bool *stays)
{
	size_t *last = ARENA_ARRAY(arena, size_t, n);
	size_t *before = ARENA_ARRAY(arena, size_t, n); /* index + 1 of the one before in its run */
	size_t length = 0;
	for (size_t i = 0; i < n; i++) {
		size_t low = 0, high = length;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (at[last[middle]] < at[i])
				low = middle + 1;
			else
				high = middle;
		}
		before[i] = low ? last[low - 1] + 1 : 0;
		last[low] = i;
		if (low == length)
			length++;
		stays[i] = false;
	}
	for (size_t i = length ? last[length - 1] + 1 : 0; i; i = before[i - 1])
		stays[i - 1] = true;
}
