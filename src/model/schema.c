#include "model/schema.h"

#include "base/context.h"
#include "model/charset.h"

#include <string.h>

bool name_list_has(const struct name_list *names, const struct name *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (name_equal(names->items[i], name))
			return true;
	return false;
}

bool server_list_has(const struct server_list *servers, enum capability capability)
{
	for (size_t i = 0; i < servers->n; i++)
		if (!server_has(&servers->items[i], capability))
			return false;
	return true;
}

struct schema *schema_new(struct context *ctx, struct arena *arena, const struct server *server)
{
	struct schema *schema = ARENA_NEW(arena, struct schema);
	schema->arena = arena;
	schema->ctx = ctx;
	schema->server = server;
	return schema;
}

/* Tables of a server with lower_case_table_names=0 are told apart by case. */
static const void *table_key(const struct schema *schema, const struct name *name)
{
	bool exact = schema->server && schema->server->lower_case_table_names == 0;
	return exact ? name : name->key;
}

bool schema_same_table(const struct schema *schema, const struct name *a, const struct name *b)
{
	return a == b || (a && b && table_key(schema, a) == table_key(schema, b));
}

struct table *schema_find_table(const struct schema *schema, const struct name *name)
{
	return name ? map_get(&schema->by_name, table_key(schema, name)) : NULL;
}

static const struct outside *find_outside(const struct schema *schema, const struct name *database)
{
	for (size_t i = 0; i < schema->outside.n; i++)
		if (schema_same_table(schema, schema->outside.items[i].database, database))
			return &schema->outside.items[i];
	return NULL;
}

const struct table *schema_parent(const struct schema *schema, const struct foreign_key *key)
{
	if (!key->parent_database)
		return schema_find_table(schema, key->parent);
	const struct outside *outside = find_outside(schema, key->parent_database);
	const struct table *table =
		outside ? schema_find_table(outside->schema, key->parent) : NULL;
	return table && !table->unknown ? table : NULL;
}

bool schema_knows_parent(const struct schema *schema, const struct foreign_key *key)
{
	if (!key->parent_database)
		return true;
	const struct outside *outside = find_outside(schema, key->parent_database);
	const struct table *table =
		outside ? schema_find_table(outside->schema, key->parent) : NULL;
	return table ? !table->unknown : outside && outside->whole;
}

const char *foreign_key_parent_text(struct arena *arena, const struct foreign_key *key)
{
	if (!key->parent_database)
		return key->parent->text;
	return arena_printf(arena, "%s.%s", key->parent_database->text, key->parent->text);
}

void schema_add_table(struct schema *schema, struct table *table)
{
	LIST_PUSH(schema->arena, &schema->tables, table);
	map_put(schema->arena, &schema->by_name, table_key(schema, table->name), table);
}

void schema_remove_table(struct schema *schema, const struct name *name)
{
	struct table *table = schema_find_table(schema, name);
	for (size_t i = 0; table && i < schema->tables.n; i++) {
		if (schema->tables.items[i] != table)
			continue;
		LIST_REMOVE(&schema->tables, i);
		map_remove(&schema->by_name, table_key(schema, name));
		return;
	}
}

static const struct foreign_key *with_parent(struct arena *arena, const struct foreign_key *key,
					     const struct name *parent)
{
	struct foreign_key *copy = arena_memdup(arena, key, sizeof(*key));
	copy->parent = parent;
	return copy;
}

void schema_rename_parent(struct schema *schema, const struct name *from, const struct name *to)
{
	for (size_t i = 0; i < schema->tables.n; i++) {
		struct table *child = schema->tables.items[i];
		for (size_t k = 0; k < child->foreign_keys.n; k++) {
			const struct foreign_key *key = child->foreign_keys.items[k];
			if (!key->parent_database && schema_same_table(schema, key->parent, from))
				child->foreign_keys.items[k] = with_parent(schema->arena, key, to);
		}
	}
}

void schema_rename_table(struct schema *schema, const struct name *from, const struct name *to)
{
	struct table *table = schema_find_table(schema, from);
	if (!table)
		return;
	schema_rename_parent(schema, from, to);
	map_remove(&schema->by_name, table_key(schema, from));
	table->name = to;
	map_put(schema->arena, &schema->by_name, table_key(schema, to), table);
}

struct table *table_new(struct schema *schema, const struct name *name)
{
	struct table *table = ARENA_NEW(schema->arena, struct table);
	table->name = name;
	table->comment = "";
	return table;
}

/* A list of its own with the same items. */
#define COPY_LIST(arena, list)                                                                    \
	do {                                                                                      \
		(list)->items =                                                                   \
			arena_memdup((arena), (list)->items, (list)->n * sizeof(*(list)->items)); \
		(list)->cap = (list)->n;                                                          \
	} while (0)

struct table *table_copy(struct arena *arena, const struct table *table)
{
	struct table *copy = arena_memdup(arena, table, sizeof(*table));
	COPY_LIST(arena, &copy->options);
	COPY_LIST(arena, &copy->columns);
	COPY_LIST(arena, &copy->indexes);
	COPY_LIST(arena, &copy->foreign_keys);
	COPY_LIST(arena, &copy->checks);
	COPY_LIST(arena, &copy->periods);
	return copy;
}

struct schema *schema_clone(struct arena *arena, const struct schema *schema)
{
	struct schema *clone = arena_memdup(arena, schema, sizeof(*schema));
	clone->arena = arena;
	clone->tables = (struct table_list){ 0 };
	clone->by_name = (struct map){ 0 };
	COPY_LIST(arena, &clone->objects);
	for (size_t i = 0; i < schema->tables.n; i++)
		schema_add_table(clone, table_copy(arena, schema->tables.items[i]));
	return clone;
}

int table_column_at(const struct table *table, const struct name *name)
{
	for (size_t i = 0; i < table->columns.n; i++)
		if (name_equal(table->columns.items[i]->name, name))
			return (int)i;
	return -1;
}

int table_index_at(const struct table *table, const struct name *name)
{
	for (size_t i = 0; i < table->indexes.n; i++)
		if (name_equal(table->indexes.items[i]->name, name))
			return (int)i;
	return -1;
}

int table_foreign_key_at(const struct table *table, const struct name *name)
{
	for (size_t i = 0; i < table->foreign_keys.n; i++)
		if (name_equal(table->foreign_keys.items[i]->name, name))
			return (int)i;
	return -1;
}

int table_check_at(const struct table *table, const struct name *name)
{
	for (size_t i = 0; i < table->checks.n; i++)
		if (name_equal(table->checks.items[i]->name, name))
			return (int)i;
	return -1;
}

int table_period_at(const struct table *table, const struct name *name)
{
	for (size_t i = 0; i < table->periods.n; i++)
		if (name_equal(table->periods.items[i]->name, name))
			return (int)i;
	return -1;
}

const struct column *table_column(const struct table *table, const struct name *name)
{
	int at = table_column_at(table, name);
	return at < 0 ? NULL : table->columns.items[at];
}

const struct index *table_index(const struct table *table, const struct name *name)
{
	int at = table_index_at(table, name);
	return at < 0 ? NULL : table->indexes.items[at];
}

const struct foreign_key *table_foreign_key(const struct table *table, const struct name *name)
{
	int at = table_foreign_key_at(table, name);
	return at < 0 ? NULL : table->foreign_keys.items[at];
}

const struct check *table_check(const struct table *table, const struct name *name)
{
	int at = table_check_at(table, name);
	return at < 0 ? NULL : table->checks.items[at];
}

const struct period *table_period(const struct table *table, const struct name *name)
{
	int at = table_period_at(table, name);
	return at < 0 ? NULL : table->periods.items[at];
}

bool period_is_system_time(const struct period *period)
{
	return word_equal(period->name->text, "system_time");
}

bool period_uses(const struct period *period, const struct name *column)
{
	return name_equal(period->from, column) || name_equal(period->to, column);
}

bool index_leans_on(const struct index *index, const struct period *period)
{
	const char *name = option_find(&index->options, ATTR_WITHOUT_OVERLAPS);
	return name && word_equal(name, period->name->text);
}

const struct period *table_system_time(const struct table *table)
{
	for (size_t i = 0; i < table->periods.n; i++)
		if (period_is_system_time(table->periods.items[i]))
			return table->periods.items[i];
	return NULL;
}

bool table_is_versioned(const struct table *table)
{
	return option_find(&table->options, ATTR_WITH_SYSTEM_VERSIONING) != NULL;
}

bool column_is_row_time(const struct column *column)
{
	return option_find(&column->options, ATTR_ROW_START) ||
	       option_find(&column->options, ATTR_ROW_END);
}

static bool uses_row_time(const struct index *index, size_t n, const struct period *times)
{
	for (size_t i = 0; i < n; i++)
		if (index->parts.items[i].column &&
		    period_uses(times, index->parts.items[i].column))
			return true;
	return false;
}

bool index_has_row_time(const struct index *index, const struct table *table)
{
	const struct period *times = table_system_time(table);
	return times && uses_row_time(index, index->parts.n, times);
}

void table_strip_row_end(const struct table *table, struct index *index)
{
	const struct period *times = table_system_time(table);
	size_t n = index->parts.n;
	if (!times || n < 2 || (index->kind != KEY_PRIMARY && index->kind != KEY_UNIQUE))
		return;
	if (!uses_row_time(index, n - 1, times) &&
	    name_equal(index->parts.items[n - 1].column, times->to))
		index->parts.n--;
}

const struct index *table_with_row_end(struct arena *arena, const struct table *table,
				       const struct index *index)
{
	const struct period *times = table_system_time(table);
	struct index_part end = { 0 };
	if (!times || (index->kind != KEY_PRIMARY && index->kind != KEY_UNIQUE) ||
	    uses_row_time(index, index->parts.n, times))
		return index;
	struct index *copy = arena_memdup(arena, index, sizeof(*copy));
	copy->parts = (struct index_part_list){ 0 };
	for (size_t i = 0; i < index->parts.n; i++)
		LIST_PUSH(arena, &copy->parts, index->parts.items[i]);
	end.column = times->to;
	LIST_PUSH(arena, &copy->parts, end);
	return copy;
}

const struct index *table_primary_key(const struct table *table)
{
	for (size_t i = 0; i < table->indexes.n; i++)
		if (table->indexes.items[i]->kind == KEY_PRIMARY)
			return table->indexes.items[i];
	return NULL;
}

/* Ordered, not by hash (MariaDB keeps such unique keys apart, and no foreign key can use them). */
static bool is_btree(const struct index *index)
{
	const char *algorithm = option_find(&index->options, ATTR_USING);
	if (index->kind != KEY_PRIMARY && index->kind != KEY_UNIQUE && index->kind != KEY_INDEX)
		return false;
	return !algorithm || !word_equal(algorithm, "hash");
}

static bool covers(const struct index *index, const struct name_list *columns)
{
	if (!is_btree(index))
		return false;
	if (index->parts.n < columns->n)
		return false;
	for (size_t i = 0; i < columns->n; i++) {
		const struct index_part *part = &index->parts.items[i];
		/* MySQL makes an index of its own when the only one is descending (measured on 9.7) */
		if (part->length || part->desc || !part->column ||
		    !name_equal(part->column, columns->items[i]))
			return false;
	}
	return true;
}

const struct index *table_covering_index(const struct table *table, const struct name_list *columns)
{
	for (size_t i = 0; i < table->indexes.n; i++)
		if (covers(table->indexes.items[i], columns))
			return table->indexes.items[i];
	return NULL;
}

/* Of InnoDB and Aria alike. */
#define LONGEST_KEY 3072

/* Bytes of a key part; more than LONGEST_KEY for one that can't be a key as a whole. */
static unsigned part_bytes(const struct table *table, const struct index_part *part)
{
	const struct column *column = part->column ? table_column(table, part->column) : NULL;
	if (!column)
		return 0;
	unsigned each = column->charset ? charset_bytes(column->charset) : 1;
	if (part->length)
		return part->length * each;
	unsigned bytes = type_key_bytes(&column->type, each);
	return bytes ? bytes : LONGEST_KEY + 1;
}

bool index_uses(const struct index *index, const struct name *column)
{
	for (size_t i = 0; i < index->parts.n; i++)
		if (name_equal(index->parts.items[i].column, column))
			return true;
	return false;
}

bool index_is_unique(const struct index *index)
{
	return index->kind == KEY_PRIMARY || index->kind == KEY_UNIQUE;
}

bool table_is_long_unique(const struct table *table, const struct index *index)
{
	unsigned bytes = 0;
	for (size_t i = 0; i < index->parts.n; i++)
		bytes += part_bytes(table, &index->parts.items[i]);
	return index->kind == KEY_UNIQUE && bytes > LONGEST_KEY;
}

const char *option_find(const struct option_list *options, enum tree_attr_kind kind)
{
	for (size_t i = 0; i < options->n; i++)
		if (options->items[i].kind == kind)
			return options->items[i].value;
	return NULL;
}

void option_set(struct arena *arena, struct option_list *options, enum tree_attr_kind kind,
		const char *value)
{
	size_t at = 0;
	while (at < options->n && options->items[at].kind < kind)
		at++;
	bool found = at < options->n && options->items[at].kind == kind;
	if (found && value)
		options->items[at].value = value;
	else if (found)
		LIST_REMOVE(options, at);
	else if (value)
		LIST_INSERT(arena, options, at, ((struct option){ kind, value }));
}
