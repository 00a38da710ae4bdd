/* live_key: STATISTICS as indexes, with what the server made of them by itself left out. */
#include "mysql/live.h"

#include <stdlib.h>
#include <string.h>

#include "base/context.h"

enum {
	K_TABLE,
	K_NAME,
	K_NON_UNIQUE,
	K_SEQ,
	K_COLUMN,
	K_DIRECTION,
	K_LENGTH,
	K_TYPE,
	K_COMMENT,
	K_EXPR,
	K_HIDDEN
};

static enum tree_key_kind kind_of(const struct db_row *row)
{
	if (live_is(row, K_NAME, "PRIMARY"))
		return KEY_PRIMARY;
	if (live_is(row, K_TYPE, "FULLTEXT"))
		return KEY_FULLTEXT;
	if (live_is(row, K_TYPE, "SPATIAL") || live_is(row, K_TYPE, "RTREE"))
		return KEY_SPATIAL;
	if (live_is(row, K_TYPE, "VECTOR"))
		return KEY_VECTOR;
	return live_number(row, K_NON_UNIQUE) ? KEY_INDEX : KEY_UNIQUE;
}

static void read_part(struct live *live, struct index *index, const struct db_row *row)
{
	struct index_part part = { 0 };

	if (row->cells[K_EXPR])
		part.expr = live_expr(live, row->cells[K_EXPR], row->lens[K_EXPR]);
	else
		part.column = live_name(live, row, K_COLUMN);
	/* a spatial key says 32, the length of a rectangle */
	if (index->kind != KEY_SPATIAL && index->kind != KEY_FULLTEXT &&
	    index->kind != KEY_VECTOR) {
		part.length = (unsigned)live_number(row, K_LENGTH);
		part.desc = live_is(row, K_DIRECTION, "D");
	}
	LIST_PUSH(live->arena, &index->parts, part);
}

/* MariaDB makes a hash of a unique key that is too long for a btree: nobody wrote USING HASH. */
static bool is_hash_by_itself(const struct live *live, const struct table *table,
			      const struct index *index)
{
	return live_has(live, LIVE_HASH_UNIQUE) && table_is_long_unique(table, index);
}

void live_settle_using(const struct live *live, const struct table *table, struct index *index)
{
	const char *algorithm = option_find(&index->options, ATTR_USING);

	if (algorithm && !strcmp(algorithm, "HASH") && is_hash_by_itself(live, table, index))
		option_set(live->arena, &index->options, ATTR_USING, NULL);
}

/* What an engine does not make by itself, somebody wrote; the rest SHOW CREATE TABLE alone tells. */
static void read_using(struct live *live, const struct table *table, struct index *index,
		       const char *type)
{
	const char *usual = word_equal(table->engine->text, "MEMORY") ? "HASH" : "BTREE";

	if ((!word_equal(type, "BTREE") && !word_equal(type, "HASH")) || word_equal(type, usual))
		return;
	live_option(live, &index->options, ATTR_USING, type);
	live_settle_using(live, table, index);
}

static struct index *new_index(struct live *live, const struct db_row *row)
{
	struct index *index = ARENA_NEW(live->arena, struct index);

	index->kind = kind_of(row);
	index->name = live_name(live, row, K_NAME);
	index->named = true;
	index->comment = arena_strdup(live->arena, live_text(row, K_COMMENT));
	index->invisible = live_is(row, K_HIDDEN, "YES");
	return index;
}

/* The primary key, unique ones, the others, those of other kinds; each by name: no server but
 * MariaDB says in which order they were made. */
static int compare_indexes(const void *a, const void *b)
{
	const struct index *x = *(const struct index *const *)a;
	const struct index *y = *(const struct index *const *)b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return name_compare(x->name, y->name);
}

static void sort_indexes(struct schema *schema)
{
	for (size_t i = 0; i < schema->tables.n; i++) {
		struct index_list *list = &schema->tables.items[i]->indexes;

		if (list->n > 1)
			qsort(list->items, list->n, sizeof(list->items[0]), compare_indexes);
	}
}

static bool query_indexes(struct live *live, struct db_result *result)
{
	const char *hidden = "null";

	if (live_has(live, LIVE_INDEX_VISIBLE))
		hidden = "if(is_visible = 'NO', 'YES', 'NO')";
	else if (live_has(live, LIVE_INDEX_IGNORED))
		hidden = "ignored";
	return live_query(live, result,
			  "select table_name, index_name, non_unique, seq_in_index, column_name, "
			  "collation, sub_part, index_type, index_comment, %s, %s "
			  "from information_schema.statistics where table_schema = %s",
			  live_if(live, LIVE_INDEX_EXPR, "expression", "null"), hidden,
			  live->database);
}

bool live_indexes(struct live *live)
{
	struct db_result result;
	size_t end;

	if (!query_indexes(live, &result))
		return false;
	live_sort(&result, (struct live_order){ { K_TABLE, K_NAME, K_SEQ }, 3, 4 });
	for (size_t i = 0; i < result.rows.n; i = end) {
		const struct db_row *first = &result.rows.items[i];
		struct table *table = live_table(live, first);
		struct index *index = table ? new_index(live, first) : NULL;

		for (end = i; end < result.rows.n; end++) {
			const struct db_row *row = &result.rows.items[end];

			if (strcmp(live_text(row, K_TABLE), live_text(first, K_TABLE)) != 0 ||
			    strcmp(live_text(row, K_NAME), live_text(first, K_NAME)) != 0)
				break;
			if (index)
				read_part(live, index, row);
		}
		if (!index)
			continue;
		read_using(live, table, index, live_text(first, K_TYPE));
		LIST_PUSH(live->arena, &table->indexes, index);
	}
	sort_indexes(live->schema);
	return true;
}
