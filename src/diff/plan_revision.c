#include "diff/plan.h"

#include "base/context.h"
#include "diff/apply.h"

/* The column as it is, saying what it was called before. */
static const struct column *with_was(struct arena *arena, const struct column *column,
				     const struct name *was)
{
	struct column *copy = arena_memdup(arena, column, sizeof(*copy));
	copy->was = was;
	return copy;
}

/* Applying an op forgets `was`; the way back needs it. */
static void remember_names(struct arena *arena, struct schema *state, const struct schema *to)
{
	for (size_t i = 0; i < to->tables.n; i++) {
		const struct table *wanted = to->tables.items[i];
		struct table *table = schema_find_table(state, wanted->name);
		if (!table)
			continue;
		table->was = wanted->was;
		table->was_span = wanted->was_span;
		for (size_t k = 0; k < wanted->columns.n; k++) {
			const struct column *column = wanted->columns.items[k];
			int at = column->was ? table_column_at(table, column->name) : -1;
			if (at >= 0)
				table->columns.items[at] =
					with_was(arena, table->columns.items[at], column->was);
		}
	}
}

bool plan_revision(struct context *ctx, struct arena *arena, const struct schema *from,
		   const struct schema *to, const struct server_list *targets, struct plan *up,
		   struct plan *down)
{
	*up = *down = (struct plan){ 0 };
	if (!plan_change(ctx, arena, from, to, targets, up))
		return false;
	struct schema *reached = schema_clone(arena, from);
	for (size_t i = 0; i < up->statements.n; i++)
		if (!apply_ops(reached, &up->statements.items[i]->ops))
			return false;
	remember_names(arena, reached, to);
	return plan_change(ctx, arena, reached, from, targets, down);
}
