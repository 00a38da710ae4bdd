#include "run/stray.h"

#include "mysql/introspect.h"

static void add(struct arena *arena, struct stray_list *list, const struct name *database,
		struct schema *schema)
{
	const struct stray stray = { .database = database, .schema = schema };
	LIST_PUSH(arena, list, stray);
}

bool stray_read(struct context *ctx, struct arena *arena, struct db *db, const struct schema *state,
		struct stray_list *list)
{
	struct outside_list elsewhere = { 0 };
	struct schema *here = introspect_foreign_keys(ctx, arena, db);
	if (!here || !introspect_keys_elsewhere(ctx, arena, db, &elsewhere))
		return false;
	add(arena, list, NULL, here);
	for (size_t i = 0; i < elsewhere.n; i++)
		add(arena, list, elsewhere.items[i].database,
		    schema_clone(arena, elsewhere.items[i].schema));
	hindrance_leave_out(list, state);
	return true;
}
