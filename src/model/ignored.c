#include "model/ignored.h"

static const struct index *ascending(struct arena *arena, const struct index *index)
{
	struct index *copy = arena_memdup(arena, index, sizeof(*copy));
	copy->parts.items = arena_memdup(arena, index->parts.items,
					 index->parts.n * sizeof(*index->parts.items));
	for (size_t i = 0; i < copy->parts.n; i++)
		copy->parts.items[i].desc = false;
	return copy;
}

static bool descends(const struct index *index)
{
	for (size_t i = 0; i < index->parts.n; i++)
		if (index->parts.items[i].desc)
			return true;
	return false;
}

void ignored_leave_out(struct schema *schema)
{
	bool checks = server_can(schema->server, CAP_CHECK) == SUPPORT_IGNORED;
	bool desc = server_can(schema->server, CAP_INDEX_DESC) == SUPPORT_IGNORED;
	for (size_t i = 0; i < schema->tables.n; i++) {
		struct table *table = schema->tables.items[i];
		if (checks)
			table->checks.n = 0;
		for (size_t k = 0; desc && k < table->indexes.n; k++)
			if (descends(table->indexes.items[k]))
				table->indexes.items[k] =
					ascending(schema->arena, table->indexes.items[k]);
	}
}
