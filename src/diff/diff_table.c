#include "diff/differ.h"

#include "diff/rename.h"
#include "model/derive.h"
#include "model/equal.h"

/* --- matching ------------------------------------------------------------------------------- */

static bool same_index(const void *from, const void *to, const void *data)
{
	(void)data;
	return index_equal(from, to);
}

static bool same_check(const void *from, const void *to, const void *data)
{
	(void)data;
	return check_equal(from, to);
}

static bool same_foreign_key(const void *from, const void *to, const void *data)
{
	const struct schema *schema = data;
	const struct foreign_key *a = from, *b = to;
	return foreign_key_same(schema->server, a, b) &&
	       (a->parent_database || schema_same_table(schema, a->parent, b->parent));
}

/* The columns of `pair` that get dropped and added take along what stands on them. */
static bool on_column_made_anew(const struct pair *pair, const struct name_list *columns)
{
	for (size_t i = 0; i < columns->n; i++) {
		int at = table_column_at(pair->to, columns->items[i]);
		if (at >= 0 && pair->made_anew[at])
			return true;
	}
	return false;
}

static bool expr_on_column_made_anew(const struct pair *pair, const struct expr *expr)
{
	for (size_t i = 0; i < pair->to->columns.n; i++)
		if (pair->made_anew[i] && expr_uses_column(expr, pair->to->columns.items[i]->name))
			return true;
	return false;
}

static bool index_on_column_made_anew(struct differ *differ, const struct pair *pair,
				      const struct index *index)
{
	struct name_list columns = { 0 };
	for (size_t i = 0; i < index->parts.n; i++) {
		if (expr_on_column_made_anew(pair, index->parts.items[i].expr))
			return true;
		if (index->parts.items[i].column)
			LIST_PUSH(differ->arena, &columns, index->parts.items[i].column);
	}
	return on_column_made_anew(pair, &columns);
}

#define COLLECT(arena, list, parts)                                                              \
	for (size_t i_ = 0; i_ < (parts)->n; i_++) {                                             \
		struct match_part part_ = { (parts)->items[i_]->name, (parts)->items[i_]->named, \
					    (parts)->items[i_] };                                \
		LIST_PUSH(arena, list, part_);                                                   \
	}

/* A found part that has to go and come back is as good as two different ones. */
static void unmatch(struct match_parts *match, size_t to)
{
	match->used[match->from_of[to]] = false;
	match->from_of[to] = -1;
	match->rename[to] = false;
}

/* Another table may have the name of a dropped one by now: a key to that goes with it. */
static bool parent_is_dropped(struct differ *differ, const struct pair *pair, int from)
{
	const struct foreign_key *key = pair->from->foreign_keys.items[from];
	if (key->parent_database || !differ->from)
		return false;
	return map_get(&differ->dropped, schema_find_table(differ->from, key->parent)) != NULL;
}

void diff_match_keys(struct differ *differ, struct pair *pair)
{
	struct arena *arena = differ->arena;
	const struct table *work = pair->work, *to = pair->to;
	pair->foreign_keys =
		(struct match_parts){ .equal = same_foreign_key, .data = differ->work };
	COLLECT(arena, &pair->foreign_keys.from, &work->foreign_keys);
	COLLECT(arena, &pair->foreign_keys.to, &to->foreign_keys);
	match_definitions(arena, &pair->foreign_keys);
	for (size_t i = 0; i < to->foreign_keys.n; i++)
		if (pair->foreign_keys.from_of[i] >= 0 &&
		    (pair->foreign_keys.rename[i] ||
		     parent_is_dropped(differ, pair, pair->foreign_keys.from_of[i]) ||
		     on_column_made_anew(pair, &to->foreign_keys.items[i]->columns)))
			unmatch(&pair->foreign_keys, i);

	diff_match_periods(differ, pair);
	pair->checks = (struct match_parts){ .equal = same_check };
	COLLECT(arena, &pair->checks.from, &work->checks);
	COLLECT(arena, &pair->checks.to, &to->checks);
	match_definitions(arena, &pair->checks);
	for (size_t i = 0; i < to->checks.n; i++)
		if (pair->checks.from_of[i] >= 0 &&
		    (pair->checks.rename[i] ||
		     expr_on_column_made_anew(pair, to->checks.items[i]->expr)))
			unmatch(&pair->checks, i);

	pair->indexes = (struct match_parts){ .equal = same_index };
	COLLECT(arena, &pair->indexes.from, &work->indexes);
	COLLECT(arena, &pair->indexes.to, &to->indexes);
	match_definitions(arena, &pair->indexes);
	for (size_t i = 0; i < to->indexes.n; i++)
		if (pair->indexes.from_of[i] >= 0 &&
		    (index_on_column_made_anew(differ, pair, to->indexes.items[i]) ||
		     diff_loses_period(pair, to->indexes.items[i])))
			unmatch(&pair->indexes, i);
}

/* --- names of constraints ------------------------------------------------------------------- */

void diff_note_names(struct differ *differ, struct pair *pair)
{
	for (size_t i = 0; i < pair->work->foreign_keys.n; i++)
		map_put(differ->arena, &differ->key_names,
			pair->work->foreign_keys.items[i]->name->key, pair);
	for (size_t i = 0; i < pair->checks.from.n; i++)
		if (pair->checks.used[i])
			map_put(differ->arena, &differ->check_names,
				pair->checks.from.items[i].name->key, pair);
}

const struct name *diff_free_name(struct differ *differ, struct map *taken, const char *prefix,
				  const struct name *name, bool named, const struct name *table,
				  const struct name_list *columns)
{
	if (!named && map_get(taken, name->key))
		name = derive_name_hashed(differ->ctx, prefix, table, columns);
	map_put(differ->arena, taken, name->key, taken);
	return name;
}

const struct foreign_key *diff_free_foreign_key(struct differ *differ, const struct table *table,
						const struct foreign_key *key)
{
	const struct name *name = diff_free_name(differ, &differ->key_names, "fk", key->name,
						 key->named, table->name, &key->columns);
	if (name == key->name)
		return key;
	struct foreign_key *copy = arena_memdup(differ->arena, key, sizeof(*copy));
	copy->name = name;
	return copy;
}

static void push_column(const struct expr *column, void *data)
{
	struct {
		struct arena *arena;
		struct name_list names;
	} *list = data;
	LIST_PUSH(list->arena, &list->names, column->name);
}

const struct check *diff_free_check(struct differ *differ, const struct table *table,
				    const struct check *check)
{
	struct {
		struct arena *arena;
		struct name_list names;
	} list = { differ->arena, { 0 } };
	expr_each_column(check->expr, push_column, &list);
	const struct name *name = diff_free_name(differ, &differ->check_names, "ck", check->name,
						 check->named, table->name, &list.names);
	if (name == check->name)
		return check;
	struct check *copy = arena_memdup(differ->arena, check, sizeof(*copy));
	copy->name = name;
	return copy;
}

static const struct index *free_index(struct differ *differ, const struct pair *pair,
				      const struct index *index)
{
	if (index->named || !table_index(pair->work, index->name))
		return index;
	struct name_list columns = { 0 };
	for (size_t i = 0; i < index->parts.n; i++)
		if (index->parts.items[i].column)
			LIST_PUSH(differ->arena, &columns, index->parts.items[i].column);
	struct index *copy = arena_memdup(differ->arena, index, sizeof(*copy));
	copy->name = derive_name_hashed(differ->ctx, index->kind == KEY_UNIQUE ? "uq" : "ix",
					pair->to->name, &columns);
	return copy;
}

/* --- foreign keys --------------------------------------------------------------------------- */

void diff_drop_foreign_keys(struct differ *differ, struct pair *pair)
{
	struct foreign_key_list kept = { 0 };
	for (size_t i = 0; i < pair->foreign_keys.from.n; i++) {
		const struct foreign_key *key = pair->work->foreign_keys.items[i];
		if (pair->foreign_keys.used[i]) {
			LIST_PUSH(differ->arena, &kept, key);
			continue;
		}
		struct op *op =
			differ_op(differ, OP_DROP_FOREIGN_KEY, pair->from->name, pair->to->span);
		op->before.foreign_key = pair->from->foreign_keys.items[i];
		LIST_PUSH(differ->arena, &differ->key_drops, op);
	}
	pair->work->foreign_keys = kept;
}

void diff_add_foreign_keys(struct differ *differ, struct pair *pair)
{
	for (size_t i = 0; i < pair->to->foreign_keys.n && differ->ok; i++) {
		if (pair->foreign_keys.from_of[i] >= 0)
			continue;
		const struct foreign_key *key = pair->to->foreign_keys.items[i];
		struct op *op = differ_op(differ, OP_ADD_FOREIGN_KEY, pair->name, key->span);
		op->after.foreign_key = diff_free_foreign_key(differ, pair->to, key);
		differ_push(differ, op);
	}
}

/* --- indexes and checks --------------------------------------------------------------------- */

static void rename_index(struct differ *differ, struct pair *pair, size_t i,
			 const struct index *from, const struct index *to)
{
	struct op *op = differ_op(differ, OP_RENAME_INDEX, pair->name, to->span);
	struct index *after = arena_memdup(differ->arena, from, sizeof(*after));
	after->name = to->name;
	after->named = to->named;
	op->before.index = from;
	op->after.index = after;
	differ_push(differ, op);
	pair->indexes.rename[i] = false;
}

/* Renames whose new name is free, as long as there are any; the others get dropped and added. */
static void rename_indexes(struct differ *differ, struct pair *pair)
{
	bool again = true;
	while (again) {
		again = false;
		for (size_t i = 0; i < pair->to->indexes.n && differ->ok; i++) {
			const struct index *to = pair->to->indexes.items[i];
			if (!pair->indexes.rename[i] || table_index(pair->work, to->name))
				continue;
			const struct match_part *from =
				&pair->indexes.from.items[pair->indexes.from_of[i]];
			rename_index(differ, pair, i, from->part, to);
			again = true;
		}
	}
	for (size_t i = 0; i < pair->to->indexes.n; i++)
		if (pair->indexes.rename[i])
			unmatch(&pair->indexes, i);
}

static void drop_checks(struct differ *differ, struct pair *pair)
{
	for (size_t i = 0; i < pair->checks.from.n && differ->ok; i++) {
		if (pair->checks.used[i])
			continue;
		struct op *op = differ_op(differ, OP_DROP_CHECK, pair->name, pair->to->span);
		op->before.check = pair->checks.from.items[i].part;
		differ_push(differ, op);
	}
}

static void drop_indexes(struct differ *differ, struct pair *pair)
{
	for (size_t i = 0; i < pair->indexes.from.n && differ->ok; i++) {
		if (pair->indexes.used[i])
			continue;
		struct op *op = differ_op(differ, OP_DROP_INDEX, pair->name, pair->to->span);
		op->before.index = pair->indexes.from.items[i].part;
		differ_push(differ, op);
	}
}

static void add_indexes(struct differ *differ, struct pair *pair)
{
	for (size_t i = 0; i < pair->to->indexes.n && differ->ok; i++) {
		if (pair->indexes.from_of[i] >= 0)
			continue;
		const struct index *index = pair->to->indexes.items[i];
		struct op *op = differ_op(differ, OP_ADD_INDEX, pair->name, index->span);
		op->after.index = free_index(differ, pair, index);
		differ_push(differ, op);
	}
}

static void add_checks(struct differ *differ, struct pair *pair)
{
	for (size_t i = 0; i < pair->to->checks.n && differ->ok; i++) {
		if (pair->checks.from_of[i] >= 0)
			continue;
		const struct check *check = pair->to->checks.items[i];
		struct op *op = differ_op(differ, OP_ADD_CHECK, pair->name, check->span);
		op->after.check = diff_free_check(differ, pair->to, check);
		differ_push(differ, op);
	}
}

void diff_parts(struct differ *differ, struct pair *pair)
{
	rename_indexes(differ, pair);
	drop_checks(differ, pair);
	drop_indexes(differ, pair);
	diff_drop_periods(differ, pair);
	diff_columns(differ, pair);
	diff_add_periods(differ, pair);
	add_indexes(differ, pair);
	add_checks(differ, pair);
	diff_options(differ, pair);
}
