#include "diff/diff.h"

#include "base/context.h"
#include "diff/apply.h"
#include "diff/differ.h"
#include "model/equal.h"

#include <string.h>

/* --- pushing ops ---------------------------------------------------------------------------- */

struct op *differ_op(struct differ *differ, enum op_kind kind, const struct name *table,
		     struct span origin)
{
	struct op *op = ARENA_NEW(differ->arena, struct op);
	op->kind = kind;
	op->table = table;
	op->origin = origin;
	return op;
}

void differ_push(struct differ *differ, struct op *op)
{
	LIST_PUSH(differ->arena, &differ->ops, op);
	if (!apply_op(differ->work, op))
		differ->ok = false;
}

/* --- tables --------------------------------------------------------------------------------- */

/* Parts of one that the other has not: enough to tell a swapped table from one that is not. */
static size_t table_cost(const void *data, size_t from, size_t to)
{
	const struct differ *differ = data;
	const struct table *a = differ->from->tables.items[from], *b = differ->to->tables.items[to];
	size_t cost = !diff_options_equal(a, b);
	for (size_t i = 0; i < b->columns.n; i++) {
		const struct column *column = table_column(a, b->columns.items[i]->name);
		cost += !column || !column_equal(column, b->columns.items[i]);
	}
	for (size_t i = 0; i < a->columns.n; i++)
		cost += !table_column(b, a->columns.items[i]->name);
	for (size_t i = 0; i < b->indexes.n; i++) {
		bool found = false;
		for (size_t j = 0; j < a->indexes.n && !found; j++)
			found = index_equal(a->indexes.items[j], b->indexes.items[i]);
		cost += !found;
	}
	cost += a->indexes.n > b->indexes.n ? a->indexes.n - b->indexes.n : 0;
	cost += !diff_periods_equal(a, b);
	return cost + (a->foreign_keys.n != b->foreign_keys.n) + (a->checks.n != b->checks.n);
}

static bool names_are_exact(const struct schema *schema)
{
	return schema->server && schema->server->lower_case_table_names == 0;
}

static const struct match_wanted *wanted_tables(struct arena *arena,
						const struct table_list *tables)
{
	struct match_wanted *wanted = ARENA_ARRAY(arena, struct match_wanted, tables->n);
	for (size_t i = 0; i < tables->n; i++) {
		const struct table *table = tables->items[i];
		wanted[i] = (struct match_wanted){ table->name, table->was, table->was_span };
	}
	return wanted;
}

/* Which table is which: from_of for each of to, wanted for each of from. */
static bool match_tables(struct differ *differ, bool *wanted, int **from_of)
{
	struct arena *arena = differ->arena;
	const struct table_list *from = &differ->from->tables, *to = &differ->to->tables;
	struct match match = {
		.what = "table",
		.prefix = "",
		.exact = names_are_exact(differ->to),
		.from = wanted_tables(arena, from),
		.n_from = from->n,
		.to = wanted_tables(arena, to),
		.n_to = to->n,
		.cost = table_cost,
		.data = differ,
	};
	bool ok = match_names(differ->ctx, arena, &match);
	*from_of = match.from_of;
	for (size_t i = 0; ok && i < to->n; i++)
		if (match.from_of[i] >= 0)
			wanted[match.from_of[i]] = true;
	return ok;
}

static void refuse_unknown(struct differ *differ, const struct table *from, const struct table *to)
{
	ctx_error(differ->ctx, "unknown", to->span, "table '%s' can't be compared: %s",
		  from->name->text, from->unknown);
	differ->ok = false;
}

static void make_pairs(struct differ *differ, const int *from_of)
{
	for (size_t i = 0; i < differ->to->tables.n; i++) {
		if (from_of[i] < 0)
			continue;
		struct pair pair = { .from = differ->from->tables.items[from_of[i]],
				     .to = differ->to->tables.items[i] };
		if (pair.from->unknown)
			refuse_unknown(differ, pair.from, pair.to);
		LIST_PUSH(differ->arena, &differ->pairs, pair);
	}
	for (size_t i = 0; i < differ->pairs.n; i++)
		if (!diff_match_columns(differ, &differ->pairs.items[i]))
			differ->ok = false;
}

static void drop_tables(struct differ *differ, const bool *wanted)
{
	for (size_t i = 0; i < differ->from->tables.n && differ->ok; i++) {
		const struct table *table = differ->from->tables.items[i];
		if (wanted[i] || table->unknown)
			continue;
		struct op *op = differ_op(differ, OP_DROP_TABLE, table->name, span_none());
		op->before.table = table;
		map_put(differ->arena, &differ->dropped, table, op);
		differ_push(differ, op);
	}
}

static void rename_tables(struct differ *differ)
{
	struct rename_step_list renames = { 0 }, steps = { 0 };
	for (size_t i = 0; i < differ->pairs.n; i++) {
		struct pair *pair = &differ->pairs.items[i];
		struct rename_step rename = { pair->from->name, pair->to->name, i };
		bool same = schema_same_table(differ->to, rename.from, rename.to);
		pair->name = same ? pair->from->name : pair->to->name;
		if (!same)
			LIST_PUSH(differ->arena, &renames, rename);
	}
	match_order_renames(differ->ctx, differ->arena, names_are_exact(differ->to), "", &renames,
			    &steps);
	for (size_t i = 0; i < steps.n && differ->ok; i++) {
		const struct table *to = differ->pairs.items[steps.items[i].who].to;
		struct op *op = differ_op(differ, OP_RENAME_TABLE, steps.items[i].from, to->span);
		op->before.name = steps.items[i].from;
		op->after.name = steps.items[i].to;
		differ_push(differ, op);
	}
	for (size_t i = 0; i < differ->pairs.n && differ->ok; i++) {
		struct pair *pair = &differ->pairs.items[i];
		pair->work = schema_find_table(differ->work, pair->name);
	}
}

/* A new table; its derived names give way to names that are taken. */
static void create_table(struct differ *differ, const struct table *to)
{
	struct table *table = table_copy(differ->arena, to);
	for (size_t i = 0; i < table->foreign_keys.n; i++)
		table->foreign_keys.items[i] =
			diff_free_foreign_key(differ, to, table->foreign_keys.items[i]);
	for (size_t i = 0; i < table->checks.n; i++)
		table->checks.items[i] = diff_free_check(differ, to, table->checks.items[i]);
	struct op *op = differ_op(differ, OP_CREATE_TABLE, to->name, to->span);
	op->after.table = table;
	differ_push(differ, op);
}

/* --- other objects -------------------------------------------------------------------------- */

static const struct object *find_object(const struct schema *schema, const struct object *object)
{
	for (size_t i = 0; i < schema->objects.n; i++)
		if (name_equal(schema->objects.items[i]->kind, object->kind) &&
		    name_equal(schema->objects.items[i]->name, object->name))
			return schema->objects.items[i];
	return NULL;
}

static bool object_equal(const struct object *a, const struct object *b)
{
	return !strcmp(a->head ? a->head : "", b->head ? b->head : "") &&
	       !strcmp(a->body ? a->body : "", b->body ? b->body : "");
}

static void drop_objects(struct differ *differ)
{
	for (size_t i = 0; i < differ->from->objects.n && differ->ok; i++) {
		const struct object *object = differ->from->objects.items[i];
		const struct object *other = find_object(differ->to, object);
		if (other && object_equal(object, other))
			continue;
		struct op *op = differ_op(differ, OP_DROP_OBJECT, object->name,
					  other ? other->span : span_none());
		op->before.object = object;
		differ_push(differ, op);
	}
}

static void create_objects(struct differ *differ)
{
	for (size_t i = 0; i < differ->to->objects.n && differ->ok; i++) {
		const struct object *object = differ->to->objects.items[i];
		const struct object *other = find_object(differ->from, object);
		if (other && object_equal(object, other))
			continue;
		struct op *op = differ_op(differ, OP_CREATE_OBJECT, object->name, object->span);
		op->after.object = object;
		differ_push(differ, op);
	}
}

/* --- all ------------------------------------------------------------------------------------ */

static void each_pair(struct differ *differ, void (*step)(struct differ *, struct pair *))
{
	for (size_t i = 0; i < differ->pairs.n && differ->ok; i++)
		step(differ, &differ->pairs.items[i]);
}

/* Once both sides call columns the same. A state that is gone back to says where its checks are. */
static void place_checks(struct differ *differ, struct pair *pair)
{
	if (differ->to->span.src)
		pair->to = diff_place_checks(differ->arena, pair->work, pair->to);
}

static void diff_all(struct differ *differ, const bool *wanted, const int *from_of)
{
	drop_objects(differ);
	drop_tables(differ, wanted);
	rename_tables(differ);
	each_pair(differ, diff_rename_columns);
	each_pair(differ, place_checks);
	each_pair(differ, diff_find_made_anew);
	each_pair(differ, diff_match_keys);
	each_pair(differ, diff_drop_foreign_keys);
	each_pair(differ, diff_note_names);
	each_pair(differ, diff_parts);
	for (size_t i = 0; i < differ->to->tables.n && differ->ok; i++)
		if (from_of[i] < 0)
			create_table(differ, differ->to->tables.items[i]);
	each_pair(differ, diff_add_foreign_keys);
	create_objects(differ);
}

bool diff_schemas(struct context *ctx, struct arena *arena, const struct schema *from,
		  const struct schema *to, struct op_list *ops)
{
	struct differ differ = { .ctx = ctx, .arena = arena, .from = from, .to = to, .ok = true };
	bool *wanted = ARENA_ARRAY(arena, bool, from->tables.n);
	int *from_of;
	if (!match_tables(&differ, wanted, &from_of))
		return false;
	make_pairs(&differ, from_of);
	if (!differ.ok)
		return false;
	differ.work = schema_clone(arena, from);
	diff_all(&differ, wanted, from_of);
	if (!differ.ok)
		return false;
	for (size_t i = 0; i < differ.key_drops.n; i++)
		LIST_PUSH(arena, ops, differ.key_drops.items[i]);
	for (size_t i = 0; i < differ.ops.n; i++)
		LIST_PUSH(arena, ops, differ.ops.items[i]);
	return true;
}

/* --- two tables ----------------------------------------------------------------------------- */

static bool all_found(const struct match_parts *match)
{
	for (size_t i = 0; i < match->to.n; i++)
		if (match->from_of[i] < 0 || match->rename[i])
			return false;
	return match->from.n == match->to.n;
}

static bool tables_equal(struct context *ctx, const struct table *a, const struct table *b)
{
	if (!diff_options_equal(a, b) || !diff_periods_equal(a, b) || a->columns.n != b->columns.n)
		return false;
	for (size_t i = 0; i < a->columns.n; i++)
		if (!name_equal(a->columns.items[i]->name, b->columns.items[i]->name) ||
		    !column_equal(a->columns.items[i], b->columns.items[i]))
			return false;
	struct arena arena;
	struct server server = { 0 };
	arena_init(&arena);
	struct differ differ = { .ctx = ctx, .arena = &arena };
	server.lower_case_table_names = 1; /* parents are compared by key */
	differ.work = schema_new(ctx, &arena, &server);
	struct table *work = table_copy(&arena, a);
	struct pair pair = { .from = a, .to = b, .work = work };
	pair.made_anew = ARENA_ARRAY(&arena, bool, b->columns.n);
	diff_match_keys(&differ, &pair);
	bool equal = all_found(&pair.foreign_keys) && all_found(&pair.checks) &&
		     all_found(&pair.indexes);
	arena_free(&arena);
	return equal;
}

bool diff_table_equal(struct context *ctx, const struct table *a, const struct table *b)
{
	struct arena arena;
	arena_init(&arena);
	bool equal = tables_equal(ctx, a, diff_place_checks(&arena, a, b));
	arena_free(&arena);
	return equal;
}
