#include "base/map.h"

#include "base/arena.h"

#include <stdint.h>

struct map_slot {
	const void *key;
	void *value; /* NULL with a key: removed */
};

static size_t hash_pointer(const void *p)
{
	uint64_t h = (uint64_t)(uintptr_t)p;
	h ^= h >> 33;
	h *= 0xff51afd7ed558ccdULL;
	h ^= h >> 33;
	return (size_t)h;
}

static struct map_slot *find(const struct map *map, const void *key)
{
	size_t mask = map->cap - 1;
	for (size_t i = hash_pointer(key) & mask;; i = (i + 1) & mask) {
		struct map_slot *slot = &map->slots[i];
		if (!slot->key || slot->key == key)
			return slot;
	}
}

void *map_get(const struct map *map, const void *key)
{
	return map->cap ? find(map, key)->value : NULL;
}

void map_put(struct arena *arena, struct map *map, const void *key, void *value)
{
	if (map->n * 4 >= map->cap * 3) {
		struct map old = *map;
		map->cap = old.cap ? old.cap * 2 : 8;
		map->slots = ARENA_ARRAY(arena, struct map_slot, map->cap);
		map->n = 0;
		for (size_t i = 0; i < old.cap; i++) {
			if (!old.slots[i].value)
				continue;
			*find(map, old.slots[i].key) = old.slots[i];
			map->n++;
		}
	}
	struct map_slot *slot = find(map, key);
	if (!slot->key)
		map->n++;
	slot->key = key;
	slot->value = value;
}

void map_remove(struct map *map, const void *key)
{
	if (map->cap)
		find(map, key)->value = NULL;
}
