#include "diff/plan.h"

#include "diff/apply.h"
#include "model/equal.h"

/* Tables and columns of the state learn from the model what they were called at the head. */
static void tell_was(struct schema *state, const struct schema *desired)
{
	for (size_t i = 0; i < state->tables.n; i++) {
		struct table *table = state->tables.items[i];
		const struct table *wanted = schema_find_table(desired, table->name);
		if (!wanted)
			continue;
		table->was = wanted->was;
		table->was_span = wanted->was_span;
		for (size_t j = 0; j < table->columns.n; j++) {
			const struct column *column = table->columns.items[j];
			const struct column *other = table_column(wanted, column->name);
			if (!other || !other->was)
				continue;
			struct column *copy = arena_memdup(state->arena, column, sizeof(*copy));
			copy->was = other->was;
			table->columns.items[j] = copy;
		}
	}
}

/*
 * A copy of the state in which every name counts as written: the way down gives them all back,
 * or the operations of other revisions would not fit any more.
 */
static struct schema *with_names(struct arena *arena, const struct schema *state)
{
	struct schema *copy = schema_clone(arena, state);
	for (size_t i = 0; i < copy->tables.n; i++) {
		struct table *table = copy->tables.items[i];
		for (size_t j = 0; j < table->indexes.n; j++) {
			struct index *index =
				arena_memdup(arena, table->indexes.items[j], sizeof(*index));
			index->named = true;
			table->indexes.items[j] = index;
		}
		for (size_t j = 0; j < table->foreign_keys.n; j++) {
			struct foreign_key *key =
				arena_memdup(arena, table->foreign_keys.items[j], sizeof(*key));
			key->named = true;
			table->foreign_keys.items[j] = key;
		}
		for (size_t j = 0; j < table->checks.n; j++) {
			struct check *check =
				arena_memdup(arena, table->checks.items[j], sizeof(*check));
			check->named = true;
			table->checks.items[j] = check;
		}
	}
	return copy;
}

/* Undoing the split of a partition must not drop the rows that were there before it. */
static void keep_rows(struct schema *to, const struct schema *state)
{
	for (size_t i = 0; i < state->tables.n; i++) {
		const struct table *from = state->tables.items[i];
		struct table *table = from->was ? schema_find_table(to, from->was) : NULL;
		if (!table)
			table = schema_find_table(to, from->name);
		if (!table || !table->partition || !from->partition ||
		    partition_equal(table->partition, from->partition))
			continue;
		struct tree_partition *copy =
			arena_memdup(to->arena, table->partition, sizeof(*copy));
		copy->keeping_rows = true;
		table->partition = copy;
	}
}

bool plan_revision(struct context *ctx, struct arena *arena, const struct schema *head,
		   const struct schema *desired, const struct server_list *targets, struct plan *up,
		   struct plan *down)
{
	*up = *down = (struct plan){ 0 };
	if (!plan_change(ctx, arena, head, desired, targets, up))
		return false;
	struct schema *state = schema_clone(arena, head);
	for (size_t i = 0; i < up->statements.n; i++)
		if (!apply_ops(state, &up->statements.items[i]->ops))
			return false;
	tell_was(state, desired);
	struct schema *back = with_names(arena, head);
	keep_rows(back, state);
	return plan_change(ctx, arena, state, back, targets, down);
}
