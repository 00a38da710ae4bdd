#include "dsl/resolve_name.h"

#include <string.h>

#include "model/derive.h"

/* --- what names are made of --------------------------------------------------------------------- */

struct gather {
	struct arena *arena;
	struct name_list columns;
};

static void gather_column(const struct expr *expr, void *data)
{
	struct gather *gather = data;
	for (size_t i = 0; i < gather->columns.n; i++)
		if (name_equal(gather->columns.items[i], expr->name))
			return;
	if (expr->name)
		LIST_PUSH(gather->arena, &gather->columns, expr->name);
}

static struct name_list index_columns(struct arena *arena, const struct index *index)
{
	struct gather gather = { arena, { 0 } };
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct index_part *part = &index->parts.items[i];
		if (part->column)
			LIST_PUSH(arena, &gather.columns, part->column);
		else
			expr_each_column(part->expr, gather_column, &gather);
	}
	return gather.columns;
}

static struct name_list check_columns(struct context *ctx, struct arena *arena,
				      const struct check *check)
{
	struct gather gather = { arena, { 0 } };
	expr_each_column(check->expr, gather_column, &gather);
	if (!gather.columns.n)
		LIST_PUSH(arena, &gather.columns, ctx_name(ctx, "true"));
	return gather.columns;
}

static const char *index_prefix(enum tree_key_kind kind)
{
	static const char *const prefixes[] = {
		[KEY_PRIMARY] = "pk",  [KEY_UNIQUE] = "uq",  [KEY_INDEX] = "ix",
		[KEY_FULLTEXT] = "ft", [KEY_SPATIAL] = "sp", [KEY_VECTOR] = "vx",
	};
	return prefixes[kind];
}

const struct name *name_of_index(struct context *ctx, struct arena *arena, const struct name *table,
				 const struct index *index)
{
	struct name_list columns = index_columns(arena, index);
	return derive_name(ctx, index_prefix(index->kind), table, &columns);
}

const struct name *name_of_check(struct context *ctx, struct arena *arena, const struct name *table,
				 const struct check *check)
{
	struct name_list columns = check_columns(ctx, arena, check);
	return derive_name(ctx, "ck", table, &columns);
}

const struct name *name_of_foreign_key(struct context *ctx, const struct name *table,
				       const struct foreign_key *key)
{
	return derive_name(ctx, "fk", table, &key->columns);
}

/* --- choosing ----------------------------------------------------------------------------------- */

/* The derived name, or the nearest to it that is free; entered in `taken`. */
static const struct name *choose(struct resolver *r, struct map *taken, const char *prefix,
				 const struct name *table, struct name_list *columns)
{
	const struct name *name = derive_name(r->ctx, prefix, table, columns);
	if (map_get(taken, name->key))
		name = derive_name_hashed(r->ctx, prefix, table, columns);
	for (unsigned n = 2; map_get(taken, name->key); n++) {
		struct name_list numbered = { 0 };
		for (size_t i = 0; i < columns->n; i++)
			LIST_PUSH(r->arena, &numbered, columns->items[i]);
		LIST_PUSH(r->arena, &numbered, ctx_name(r->ctx, arena_printf(r->arena, "%u", n)));
		name = derive_name_hashed(r->ctx, prefix, table, &numbered);
	}
	map_put(r->arena, taken, name->key, (void *)name);
	return name;
}

/* A written name; taken by something else of the same kind is an error. */
static void enter(struct resolver *r, struct map *taken, const struct name *name, struct span span,
		  const char *what, int error_number)
{
	const struct span *first = map_get(taken, name->key);
	if (first) {
		struct diag *diag =
			scope_error(r, "name", span, "two %s are called '%s' (error %d)", what,
				    name->text, error_number);
		ctx_place(r->ctx, diag, *first, "first here");
		return;
	}
	map_put(r->arena, taken, name->key, arena_memdup(r->arena, &span, sizeof(span)));
}

static void name_indexes(struct resolver *r, struct draft *draft, struct map *taken)
{
	for (size_t i = 0; i < draft->indexes.n; i++) {
		struct index *index = draft->indexes.items[i];
		if (index->name)
			enter(r, taken, index->name, index->span, "indexes of the table", 1061);
	}
	for (size_t i = 0; i < draft->indexes.n; i++) {
		struct index *index = draft->indexes.items[i];
		if (!index->name) {
			struct name_list columns = index_columns(r->arena, index);
			index->name = choose(r, taken, index_prefix(index->kind),
					     draft->table->name, &columns);
		}
		LIST_PUSH(r->arena, &draft->table->indexes, index);
	}
}

/* Foreign keys are unique in a schema; the judge speaks of written names that clash. */
static void enter_written(struct resolver *r, struct map *keys, struct map *checks)
{
	for (size_t i = 0; i < r->tables.n; i++) {
		const struct draft *draft = r->tables.items[i];
		struct map own = { 0 };
		for (size_t j = 0; j < draft->foreign_keys.n; j++) {
			const struct foreign_key *key = draft->foreign_keys.items[j];
			if (key->name)
				map_put(r->arena, keys, key->name->key, (void *)key);
		}
		for (size_t j = 0; j < draft->checks.n; j++) {
			const struct check *check = draft->checks.items[j];
			if (!check->name)
				continue;
			bool everywhere = server_has(r->server, CAP_CHECK_NAMES_GLOBAL);
			enter(r, everywhere ? checks : &own, check->name, check->span,
			      everywhere ? "checks of the schema" : "checks of the table",
			      everywhere ? 3822 : 1826);
			map_put(r->arena, checks, check->name->key, (void *)&check->span);
		}
	}
}

static void name_checks(struct resolver *r, struct draft *draft, struct map *taken)
{
	for (size_t i = 0; i < draft->checks.n; i++) {
		struct check *check = draft->checks.items[i];
		if (!check->name) {
			struct name_list columns = check_columns(r->ctx, r->arena, check);
			check->name = choose(r, taken, "ck", draft->table->name, &columns);
		}
		LIST_PUSH(r->arena, &draft->table->checks, check);
	}
}

static bool is_hash(const struct index *index)
{
	const char *algorithm = option_find(&index->options, ATTR_USING);
	return algorithm && !strcmp(algorithm, "HASH");
}

/* A plain index whose first columns are these, up or down. */
static bool covers_either_way(const struct index *index, const struct name_list *columns)
{
	size_t n = 0;
	if (index->kind != KEY_PRIMARY && index->kind != KEY_UNIQUE && index->kind != KEY_INDEX)
		return false;
	if (index->parts.n < columns->n || is_hash(index))
		return false;
	while (n < columns->n && !index->parts.items[n].length &&
	       name_equal(index->parts.items[n].column, columns->items[n]))
		n++;
	return n == columns->n;
}

static bool is_covered(const struct resolver *r, const struct table *table,
		       const struct name_list *columns)
{
	bool covered = table_covering_index(table, columns) != NULL;
	for (size_t i = 0; i < table->indexes.n && r->desc_covers; i++)
		covered |= covers_either_way(table->indexes.items[i], columns);
	return covered;
}

/* The index under a foreign key, when no other one covers its columns. */
static void add_index(struct resolver *r, struct draft *draft, const struct foreign_key *key,
		      struct map *taken)
{
	if (is_covered(r, draft->table, &key->columns))
		return;
	struct index *index = ARENA_NEW(r->arena, struct index);
	struct name_list columns = key->columns;
	for (size_t i = 0; i < key->columns.n; i++) {
		struct index_part part = { .column = key->columns.items[i] };
		LIST_PUSH(r->arena, &index->parts, part);
	}
	index->kind = KEY_INDEX;
	index->name = choose(r, taken, "ix", draft->table->name, &columns);
	index->for_foreign_key = true;
	index->span = key->span;
	index->comment = "";
	LIST_PUSH(r->arena, &draft->table->indexes, index);
}

/* Longer keys first: their index covers the shorter ones that begin like them. */
static void add_indexes(struct resolver *r, struct draft *draft, struct map *taken)
{
	size_t longest = 0;
	for (size_t i = 0; i < draft->foreign_keys.n; i++)
		if (draft->foreign_keys.items[i]->columns.n > longest)
			longest = draft->foreign_keys.items[i]->columns.n;
	for (size_t n = longest; n > 0; n--)
		for (size_t i = 0; i < draft->foreign_keys.n; i++)
			if (draft->foreign_keys.items[i]->columns.n == n)
				add_index(r, draft, draft->foreign_keys.items[i], taken);
}

void name_settle(struct resolver *r)
{
	struct map keys = { 0 }, checks = { 0 };
	enter_written(r, &keys, &checks);
	for (size_t i = 0; i < r->tables.n; i++) {
		struct draft *draft = r->tables.items[i];
		struct map indexes = { 0 };
		for (size_t j = 0; j < draft->foreign_keys.n; j++) {
			struct foreign_key *key = draft->foreign_keys.items[j];
			if (!key->name)
				key->name =
					choose(r, &keys, "fk", draft->table->name, &key->columns);
			LIST_PUSH(r->arena, &draft->table->foreign_keys, key);
		}
		name_checks(r, draft, &checks);
		name_indexes(r, draft, &indexes);
		if (!r->single)
			add_indexes(r, draft, &indexes);
	}
}
