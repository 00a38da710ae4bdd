/*
 * map: a hash table from pointers to pointers.
 *
 * Keys are compared as pointers: with interned names, `name->key` is the key.
 * For look-ups only; nothing iterates a map, so hash order never reaches any
 * output. Lives in an arena. A zeroed struct is an empty map.
 */
#ifndef AUTOGEN_BASE_MAP_H
#define AUTOGEN_BASE_MAP_H

#include <stddef.h>

struct arena;
struct map_slot;

struct map {
	struct map_slot *slots;
	size_t n, cap;
};

/* NULL when there is no such key. */
void *map_get(const struct map *map, const void *key);
/* Adds or replaces; `key` and `value` must not be NULL. */
void map_put(struct arena *arena, struct map *map, const void *key, void *value);
void map_remove(struct map *map, const void *key);

#endif
