#include "diff/plan.h"

#include "base/context.h"
#include "diff/apply.h"
#include "diff/diff.h"
#include "diff/disturb.h"
#include "diff/order.h"
#include "diff/planner.h"
#include "model/equal.h"
#include "model/option.h"

#include <stdint.h>

/* --- statements ----------------------------------------------------------------------------- */

bool planner_all_can(const struct planner *planner, enum capability capability)
{
	return server_list_has(planner->targets, capability);
}

struct op *planner_op(struct planner *planner, enum op_kind kind, const struct name *table)
{
	struct op *op = ARENA_NEW(planner->arena, struct op);
	op->kind = kind;
	op->table = table;
	return op;
}

struct statement *planner_statement(struct planner *planner, const struct name *table,
				    struct span origin)
{
	struct statement *statement = ARENA_NEW(planner->arena, struct statement);
	statement->table = table;
	statement->origin = origin;
	LIST_PUSH(planner->arena, &planner->plan->statements, statement);
	return statement;
}

/* The op with the place that its column has by now: others may be dropped later than diff thought. */
static const struct op *placed(struct planner *planner, const struct table *table,
			       const struct op *op)
{
	if (op->kind != OP_DROP_COLUMN && op->kind != OP_MOVE_COLUMN)
		return op;
	int at = table_column_at(table, op->before.column->name);
	struct op *copy = arena_memdup(planner->arena, op, sizeof(*copy));
	copy->place_before.after = at > 0 ? table->columns.items[at - 1]->name : NULL;
	return copy;
}

void planner_add(struct planner *planner, struct statement *statement, const struct op *op)
{
	const struct table *table = schema_find_table(planner->now, op->table);
	op = placed(planner, table, op);
	LIST_PUSH(planner->arena, &statement->ops, op);
	if (table && table_is_versioned(table) && plan_touches_history(op))
		statement->keep_history = true;
	if (!statement->origin.src)
		statement->origin = op->origin;
	if (!apply_op(planner->now, op))
		planner->ok = false;
}

static void add_alone(struct planner *planner, const struct op *op)
{
	struct statement *statement = planner_statement(planner, op->table, op->origin);
	planner_add(planner, statement, op);
	if (op->kind == OP_ADD_FOREIGN_KEY || op->kind == OP_ADD_INDEX)
		plan_keep_hashes(planner, statement);
}

static void add_each_alone(struct planner *planner, enum op_phase phase, enum op_kind kind)
{
	const struct op_list *ops = &planner->phases[phase];
	for (size_t i = 0; i < ops->n && planner->ok; i++)
		if (ops->items[i]->kind == kind)
			add_alone(planner, ops->items[i]);
}

/* --- what changes --------------------------------------------------------------------------- */

struct change *planner_change(const struct planner *planner, const struct table *table)
{
	return map_get(&planner->change_of, table);
}

static long from_index(const struct planner *planner, const struct name *name)
{
	const struct table *table = schema_find_table(planner->from, name);
	return (long)(uintptr_t)map_get(&planner->table_of, table) - 1;
}

/* `from` after the renames; planner->tables keeps its tables at their old places. */
static void rename_all(struct planner *planner)
{
	size_t n = planner->from->tables.n;
	planner->renamed = schema_clone(planner->arena, planner->from);
	planner->tables = ARENA_ARRAY(planner->arena, struct table *, n);
	for (size_t i = 0; i < n; i++) {
		planner->tables[i] = planner->renamed->tables.items[i];
		map_put(planner->arena, &planner->table_of, planner->from->tables.items[i],
			(void *)(uintptr_t)(i + 1));
	}
	for (enum op_phase phase = PHASE_DROP_TABLES; phase <= PHASE_RENAME_PARTS; phase++) {
		const struct op_list *ops = &planner->phases[phase];
		for (size_t i = 0; i < ops->n && planner->ok; i++) {
			const struct op *op = ops->items[i];
			if (op->kind == OP_DROP_TABLE)
				planner->tables[from_index(planner, op->table)] = NULL;
			if (op->kind == OP_RENAME_COLUMN &&
			    disturb_rename_copies(planner->targets, planner->renamed, op))
				plan_note_rename(planner, op);
			if (op->kind != OP_RENAME_INDEX)
				planner->ok = apply_op(planner->renamed, op);
		}
	}
}

static struct change *make_change(struct planner *planner, const struct name *name)
{
	struct table *table = schema_find_table(planner->renamed, name);
	struct change *change = map_get(&planner->change_of, table);
	if (change)
		return change;
	change = ARENA_NEW(planner->arena, struct change);
	change->table = table;
	map_put(planner->arena, &planner->change_of, table, change);
	planner->changes[planner->n_changes++] = change;
	return change;
}

/* The other way to rename an index: in the ALTER, so that foreign keys always have one. */
static void replace_index(struct planner *planner, const struct op *rename)
{
	struct change *change = make_change(planner, rename->table);
	struct op *drop = planner_op(planner, OP_DROP_INDEX, rename->table);
	struct op *add = planner_op(planner, OP_ADD_INDEX, rename->table);
	drop->before.index = rename->before.index;
	add->after.index = rename->after.index;
	drop->origin = add->origin = rename->origin;
	LIST_PUSH(planner->arena, &change->ops, drop);
	LIST_PUSH(planner->arena, &change->ops, add);
}

static void collect_changes(struct planner *planner)
{
	const struct op_list *renames = &planner->phases[PHASE_RENAME_PARTS];
	const struct op_list *alters = &planner->phases[PHASE_ALTER];
	planner->changes = ARENA_ARRAY(planner->arena, struct change *, renames->n + alters->n);
	for (size_t i = 0; i < renames->n; i++)
		if (renames->items[i]->kind == OP_RENAME_INDEX &&
		    plan_is_replaced(planner, renames->items[i]->before.index))
			replace_index(planner, renames->items[i]);
	for (size_t i = 0; i < alters->n; i++) {
		struct change *change = make_change(planner, alters->items[i]->table);
		LIST_PUSH(planner->arena, &change->ops, alters->items[i]);
	}
}

/* Taking such an option back is no statement of any server, be it on the way up or down. */
static void refuse_lasting(struct planner *planner, const struct op *op)
{
	if (op->kind != OP_SET_OPTION || op->option != TABLE_OTHER ||
	    !option_is_lasting(op->option_kind) || op->after.option.text)
		return;
	const char *word = tree_attr_spelling(op->option_kind);
	struct diag *diag = ctx_error(planner->ctx, "option", op->origin,
				      "no ALTER TABLE takes '%s %s' of table '%s' back, up or down",
				      word, op->before.option.text, op->table->text);
	ctx_hint(planner->ctx, diag,
		 "leave its %s as it is in the database, or drop the table and make another one",
		 word);
	planner->ok = false;
}

/* --- dropping ------------------------------------------------------------------------------- */

struct drops {
	struct table_const_list tables; /* of `from`, to be dropped */
	size_t *order;
	struct order_key_list rings; /* keys that no order satisfies: dropped first */
	const struct op **ops;       /* at the indexes of `tables` */
};

static void order_drops(struct planner *planner, struct drops *drops)
{
	const struct op_list *ops = &planner->phases[PHASE_DROP_TABLES];
	drops->ops = ARENA_ARRAY(planner->arena, const struct op *, ops->n);
	for (size_t i = 0; i < ops->n; i++) {
		drops->ops[drops->tables.n] = ops->items[i];
		LIST_PUSH(planner->arena, &drops->tables,
			  schema_find_table(planner->from, ops->items[i]->table));
	}
	drops->order = ARENA_ARRAY(planner->arena, size_t, ops->n);
	order_tables(planner->arena, planner->from, &drops->tables, true, drops->order,
		     &drops->rings);
	plan_order_merged(planner, &drops->tables, true, drops->order);
}

static struct op *drop_key(struct planner *planner, const struct table *table, size_t key)
{
	struct op *op = planner_op(planner, OP_DROP_FOREIGN_KEY, table->name);
	op->before.foreign_key = table->foreign_keys.items[key];
	return op;
}

/* Where a key that comes back stands in the model. */
static struct span key_span(const struct planner *planner, const struct name *table,
			    const struct foreign_key *key)
{
	const struct table *to = schema_find_table(planner->to, table);
	for (size_t i = 0; to && i < to->foreign_keys.n; i++)
		if (foreign_key_equal(to->foreign_keys.items[i], key))
			return to->foreign_keys.items[i]->span;
	return to ? to->span : span_none();
}

static void drop_keys_of(struct planner *planner, size_t at, const struct op_list *drops)
{
	const struct name *name = planner->from->tables.items[at]->name;
	const struct table *stays = planner->tables[at];
	const struct op *vector =
		plan_drop_vector(planner, schema_find_table(planner->now, name), stays);
	struct statement *statement = planner_statement(planner, name, span_none());
	const struct change *change = stays ? planner_change(planner, stays) : NULL;
	for (size_t i = 0; i < drops->n && planner->ok; i++) {
		const struct op *op = drops->items[i];
		if (stays)
			plan_keep_index(planner, statement, change, op->before.foreign_key);
		planner_add(planner, statement, op);
	}
	plan_keep_hashes(planner, statement);
	if (vector && planner->ok)
		add_alone(planner, vector);
}

/* One statement a table, in the order of `from`; a table's keys in their order. */
static void drop_foreign_keys(struct planner *planner, const struct drops *drops)
{
	struct op_list *of_table =
		ARENA_ARRAY(planner->arena, struct op_list, planner->from->tables.n);
	for (size_t i = 0; i < drops->rings.n; i++) {
		const struct order_key *ring = &drops->rings.items[i];
		const struct table *table = drops->tables.items[ring->table];
		LIST_PUSH(planner->arena, &of_table[from_index(planner, table->name)],
			  drop_key(planner, table, ring->key));
	}
	const struct op_list *ops = &planner->phases[PHASE_DROP_KEYS];
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i]->kind == OP_DROP_FOREIGN_KEY)
			LIST_PUSH(planner->arena,
				  &of_table[from_index(planner, ops->items[i]->table)],
				  ops->items[i]);
	for (size_t i = 0; i < planner->rekeys.n; i++) {
		const struct rekey *rekey = &planner->rekeys.items[i];
		const struct table *from = planner->from->tables.items[rekey->table];
		struct op *op = drop_key(planner, from, rekey->key);
		const struct table *renamed = planner->tables[rekey->table];
		op->origin =
			key_span(planner, renamed->name, renamed->foreign_keys.items[rekey->key]);
		op->rekey = true;
		LIST_PUSH(planner->arena, &of_table[rekey->table], op);
	}
	for (size_t i = 0; i < planner->from->tables.n && planner->ok; i++)
		if (of_table[i].n)
			drop_keys_of(planner, i, &of_table[i]);
}

/* As they are by then: without the keys that were dropped before. */
static void drop_tables(struct planner *planner, const struct drops *drops)
{
	for (size_t i = 0; i < drops->tables.n && planner->ok; i++) {
		const struct op *op = drops->ops[drops->order[i]];
		struct op *drop = arena_memdup(planner->arena, op, sizeof(*drop));
		const struct table *now = schema_find_table(planner->now, op->table);
		if (now->foreign_keys.n != op->before.table->foreign_keys.n)
			drop->before.table = table_copy(planner->arena, now);
		add_alone(planner, drop);
	}
}

/* --- creating ------------------------------------------------------------------------------- */

/* The table without the keys that close a ring (`rings`); those are pushed to `late`. */
static const struct op *create_op(struct planner *planner, const struct op *op,
				  const struct map *rings, struct op_list *late)
{
	const struct table *table = op->after.table;
	struct foreign_key_list kept = { 0 };
	for (size_t i = 0; i < table->foreign_keys.n; i++) {
		if (!map_get(rings, table->foreign_keys.items[i])) {
			LIST_PUSH(planner->arena, &kept, table->foreign_keys.items[i]);
			continue;
		}
		struct op *add = planner_op(planner, OP_ADD_FOREIGN_KEY, op->table);
		add->after.foreign_key = table->foreign_keys.items[i];
		add->origin = add->after.foreign_key->span;
		LIST_PUSH(planner->arena, late, add);
	}
	if (kept.n == table->foreign_keys.n)
		return op;
	struct op *create = arena_memdup(planner->arena, op, sizeof(*create));
	struct table *copy = table_copy(planner->arena, table);
	copy->foreign_keys = kept;
	create->after.table = copy;
	return create;
}

static void create_tables(struct planner *planner, struct op_list *late)
{
	const struct op_list *ops = &planner->phases[PHASE_CREATE];
	struct table_const_list tables = { 0 };
	struct order_key_list unsatisfied = { 0 };
	struct map rings = { 0 };
	size_t *order = ARENA_ARRAY(planner->arena, size_t, ops->n);
	for (size_t i = 0; i < ops->n; i++)
		LIST_PUSH(planner->arena, &tables, ops->items[i]->after.table);
	order_tables(planner->arena, planner->to, &tables, false, order, &unsatisfied);
	plan_order_merged(planner, &tables, false, order);
	for (size_t i = 0; i < unsatisfied.n; i++) {
		const struct order_key *key = &unsatisfied.items[i];
		map_put(planner->arena, &rings,
			tables.items[key->table]->foreign_keys.items[key->key], planner);
	}
	for (size_t i = 0; i < ops->n && planner->ok; i++)
		add_alone(planner, create_op(planner, ops->items[order[i]], &rings, late));
}

static void add_foreign_keys(struct planner *planner, const struct op_list *late)
{
	for (size_t i = 0; i < planner->rekeys.n && planner->ok; i++) {
		const struct rekey *rekey = &planner->rekeys.items[i];
		const struct table *table = planner->tables[rekey->table];
		struct op *op = planner_op(planner, OP_ADD_FOREIGN_KEY, table->name);
		struct foreign_key *key = arena_memdup(
			planner->arena, table->foreign_keys.items[rekey->key], sizeof(*key));
		key->name = rekey->name;
		op->after.foreign_key = key;
		op->origin = key_span(planner, table->name, key);
		op->rekey = true;
		add_alone(planner, op);
	}
	add_each_alone(planner, PHASE_ADD_KEYS, OP_ADD_FOREIGN_KEY);
	for (size_t i = 0; i < late->n && planner->ok; i++)
		add_alone(planner, late->items[i]);
}

/* --- all ------------------------------------------------------------------------------------ */

static void write_plan(struct planner *planner)
{
	struct drops drops = { 0 };
	struct op_list late = { 0 };
	order_drops(planner, &drops);
	add_each_alone(planner, PHASE_DROP_KEYS, OP_DROP_OBJECT);
	plan_leave_unions(planner);
	drop_foreign_keys(planner, &drops);
	drop_tables(planner, &drops);
	add_each_alone(planner, PHASE_RENAME, OP_RENAME_TABLE);
	plan_rename_parts(planner);
	plan_alters(planner);
	create_tables(planner, &late);
	add_foreign_keys(planner, &late);
	plan_enter_unions(planner);
	add_each_alone(planner, PHASE_ADD_KEYS, OP_CREATE_OBJECT);
}

bool plan_change(struct context *ctx, struct arena *arena, const struct schema *from,
		 const struct schema *to, const struct server_list *targets, struct plan *plan)
{
	struct op_list ops = { 0 };
	if (!diff_schemas(ctx, arena, from, to, &ops))
		return false;
	struct planner planner = { .ctx = ctx,
				   .arena = arena,
				   .from = from,
				   .to = to,
				   .targets = targets,
				   .plan = plan,
				   .ok = true };
	plan_part_unions(&planner, &ops);
	for (size_t i = 0; i < ops.n; i++) {
		const struct op *op = ops.items[i];
		LIST_PUSH(arena, &planner.phases[op_phase(op->kind)], op);
		if (op->kind == OP_DROP_FOREIGN_KEY)
			map_put(arena, &planner.dropped_keys, op->before.foreign_key, &planner);
		refuse_lasting(&planner, op);
	}
	if (!planner.ok)
		return false;
	rename_all(&planner);
	if (!planner.ok)
		return false;
	collect_changes(&planner);
	plan_find_rekeys(&planner);
	planner.now = schema_clone(arena, from);
	write_plan(&planner);
	return planner.ok;
}
