#include "run/orphans.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/name.h"
#include "base/quote.h"

#include <stdlib.h>
#include <string.h>

/* --- the query ------------------------------------------------------------------------------ */

static void add_column(struct buf *sql, const char *alias, const struct name *column)
{
	buf_printf(sql, "%s.", alias);
	quote_name(sql, column);
}

/* A key whose rows are looked for. */
struct search {
	const struct name *table;
	const struct foreign_key *key;
	const struct orphans_ahead *ahead;
};

/* SQL of a value that every row gets; NULL: it is in the column. */
static const char *value_of(const struct search *search, size_t i)
{
	return search->ahead && search->ahead->values ? search->ahead->values[i] : NULL;
}

static void add_child_column(struct buf *sql, const struct search *search, size_t i)
{
	const char *value = value_of(search, i);
	if (value)
		buf_add(sql, value);
	else
		add_column(sql, "c", search->key->columns.items[i]);
}

/* " GROUP BY c.`a`, c.`b`": of those that differ from row to row. */
static void add_columns_after(struct buf *sql, const char *words, const struct search *search)
{
	for (size_t i = 0, n = 0; i < search->key->columns.n; i++) {
		if (value_of(search, i))
			continue;
		buf_add(sql, n++ ? ", " : words);
		add_column(sql, "c", search->key->columns.items[i]);
	}
}

/* As the parent's column is compared with it. */
static void add_compared(struct buf *sql, const struct search *search, size_t i)
{
	const struct column *to =
		search->ahead && search->ahead->converted ? search->ahead->converted[i] : NULL;
	buf_add(sql, to ? "CONVERT(" : "");
	add_child_column(sql, search, i);
	if (to)
		buf_printf(sql, " USING %s) COLLATE %s", to->charset->text, to->collation->text);
}

static void add_parent(struct buf *sql, const struct search *search)
{
	const struct foreign_key *key = search->key;
	buf_add(sql, " LEFT JOIN ");
	if (key->parent_database) {
		quote_name(sql, key->parent_database);
		buf_add(sql, ".");
	}
	quote_name(sql, key->parent);
	buf_add(sql, " p ON ");
	for (size_t i = 0; i < key->columns.n; i++) {
		buf_add(sql, i ? " AND " : "");
		add_column(sql, "p", key->parent_columns.items[i]);
		buf_add(sql, " = ");
		add_compared(sql, search, i);
	}
}

/* FROM … WHERE …: the rows of the child, c, without a parent */
static void add_anti_join(struct buf *sql, const struct search *search)
{
	bool no_parent = search->ahead && search->ahead->no_parent;
	const char *and = " WHERE ";
	buf_add(sql, " FROM ");
	quote_name(sql, search->table);
	buf_add(sql, " c");
	if (!no_parent)
		add_parent(sql, search);
	for (size_t i = 0; i < search->key->columns.n; i++) {
		if (value_of(search, i))
			continue;
		buf_add(sql, and);
		add_column(sql, "c", search->key->columns.items[i]);
		buf_add(sql, " IS NOT NULL");
		and = " AND ";
	}
	if (no_parent)
		return;
	buf_add(sql, and);
	add_column(sql, "p", search->key->parent_columns.items[0]);
	buf_add(sql, " IS NULL");
}

static const char *query_for_people(struct arena *arena, const struct search *search)
{
	struct buf sql = { 0 };
	buf_add(&sql, "SELECT ");
	for (size_t i = 0; i < search->key->columns.n; i++) {
		buf_add(&sql, i ? ", " : "");
		add_child_column(&sql, search, i);
		if (!value_of(search, i))
			continue;
		buf_add(&sql, " AS ");
		quote_name(&sql, search->key->columns.items[i]);
	}
	buf_add(&sql, ", COUNT(*)");
	add_anti_join(&sql, search);
	add_columns_after(&sql, " GROUP BY ", search);
	/* sorted, so that every run names the same ones first */
	add_columns_after(&sql, " ORDER BY ", search);
	return buf_arena(&sql, arena);
}

/* --- samples -------------------------------------------------------------------------------- */

static void add_value(struct buf *out, const char *text, size_t len)
{
	if (len && len < 30 && strspn(text, "-0123456789.") == len)
		buf_add_bytes(out, text, len);
	else
		quote_bytes(out, text, len);
}

static const char *samples(struct arena *arena, const struct db_result *result, size_t columns)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < result->rows.n && i < ORPHANS_SHOWN; i++) {
		const struct db_row *row = &result->rows.items[i];
		buf_add(&out, i ? ", " : "");
		buf_add(&out, columns > 1 ? "(" : "");
		for (size_t j = 0; j < columns; j++) {
			buf_add(&out, j ? ", " : "");
			if (row->cells[j])
				add_value(&out, row->cells[j], row->lens[j]);
			else
				buf_add(&out, "NULL");
		}
		buf_add(&out, columns > 1 ? ")" : "");
	}
	buf_add(&out, result->rows.n > ORPHANS_SHOWN ? ", …" : "");
	return buf_arena(&out, arena);
}

/* --- the answer ----------------------------------------------------------------------------- */

struct orphans orphans_count(struct arena *arena, struct db *db, const struct name *table,
			     const struct foreign_key *key, const struct orphans_ahead *ahead)
{
	const struct search search = { table, key, ahead };
	struct orphans orphans = { .query = query_for_people(arena, &search) };
	struct db_result result = { 0 };
	struct buf sql = { 0 };
	buf_add(&sql, "SELECT COUNT(*)");
	add_anti_join(&sql, &search);
	orphans.error = db_try_query(db, arena, buf_text(&sql), &result);
	buf_free(&sql);
	if (orphans.error || !result.rows.n || !result.rows.items[0].cells[0])
		return orphans;
	orphans.rows = strtoul(result.rows.items[0].cells[0], NULL, 10);
	if (!orphans.rows)
		return orphans;
	const char *first = arena_printf(arena, "%s LIMIT %d", orphans.query, ORPHANS_SHOWN + 1);
	result = (struct db_result){ 0 };
	orphans.error = db_try_query(db, arena, first, &result);
	if (!orphans.error)
		orphans.samples = samples(arena, &result, key->columns.n);
	return orphans;
}

static void add_text(struct buf *sql, const char *words, const struct name *name)
{
	buf_add(sql, words);
	quote_string(sql, name->text, strlen(name->text));
}

bool orphans_comparable(struct arena *arena, struct db *db, const struct name *table,
			const struct foreign_key *key)
{
	struct db_result result = { 0 };
	struct buf sql = { 0 };
	buf_add(&sql, "SELECT COUNT(*) FROM information_schema.COLUMNS c, "
		      "information_schema.COLUMNS p WHERE c.TABLE_SCHEMA = DATABASE()");
	add_text(&sql, " AND c.TABLE_NAME = ", table);
	add_text(&sql, " AND p.TABLE_NAME = ", key->parent);
	if (key->parent_database)
		add_text(&sql, " AND p.TABLE_SCHEMA = ", key->parent_database);
	else
		buf_add(&sql, " AND p.TABLE_SCHEMA = DATABASE()");
	for (size_t i = 0; i < key->columns.n; i++) {
		add_text(&sql, i ? " OR (c.COLUMN_NAME = " : " AND ((c.COLUMN_NAME = ",
			 key->columns.items[i]);
		add_text(&sql, " AND p.COLUMN_NAME = ", key->parent_columns.items[i]);
		buf_add(&sql, ")");
	}
	buf_add(&sql, ") AND c.DATA_TYPE = p.DATA_TYPE AND c.COLLATION_NAME <=> p.COLLATION_NAME "
		      "AND (c.DATA_TYPE IN ('char', 'varchar', 'varbinary', 'tinyint', 'smallint', "
		      "'mediumint', 'int', 'bigint') OR c.COLUMN_TYPE = p.COLUMN_TYPE)");
	bool told = !db_try_query(db, arena, buf_text(&sql), &result) && result.rows.n &&
		    strtoul(result.rows.items[0].cells[0], NULL, 10) == key->columns.n;
	buf_free(&sql);
	return told;
}

const char *orphans_words(struct arena *arena, const struct name *table,
			  const struct foreign_key *key, const struct orphans *orphans)
{
	struct buf out = { 0 };
	buf_printf(&out, "%lu %s of '%s' %s no row in '%s': ", orphans->rows,
		   orphans->rows == 1 ? "row" : "rows", table->text,
		   orphans->rows == 1 ? "has" : "have", foreign_key_parent_text(arena, key));
	buf_add(&out, key->columns.n > 1 ? "(" : "");
	for (size_t i = 0; i < key->columns.n; i++)
		buf_printf(&out, "%s%s", i ? ", " : "", key->columns.items[i]->text);
	buf_printf(&out, "%s is %s", key->columns.n > 1 ? ")" : "", orphans->samples);
	return buf_arena(&out, arena);
}
