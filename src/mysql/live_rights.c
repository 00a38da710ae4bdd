/*
 * live_rights: what privileges hide.
 *
 * Measured on all five servers: a table shows in TABLES to everybody who has any
 * privilege on it, but its columns only to those with a privilege on columns
 * (with CREATE alone there are none), single columns to those who were granted
 * single columns, and on MariaDB the actions of its foreign keys to nobody who
 * has SELECT alone. Tables on which there is no privilege don't show at all.
 */
#include "mysql/live.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"

static void check_columns(struct live *live, struct table *table)
{
	if (!table->columns.n) {
		live_unknown(live, table, REFUSAL_PRIVILEGES, "privileges hide its columns");
		return;
	}
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];

		for (size_t j = 0; j < index->parts.n; j++) {
			const struct name *column = index->parts.items[j].column;

			if (column && table_column_at(table, column) < 0)
				live_unknown(live, table, REFUSAL_PRIVILEGES,
					     "privileges hide its column '%s'", column->text);
		}
	}
}

/* Who was granted single columns may see only those; who may have the whole definition sees all. */
static void check_whole(struct live *live, struct table *table)
{
	struct buf sql = { 0 };

	buf_add(&sql, "show create table ");
	quote_name(&sql, table->name);
	if (db_try(live->db, sql.text, sql.len, NULL))
		live_unknown(live, table, REFUSAL_PRIVILEGES, "privileges hide columns of it");
	buf_free(&sql);
}

/* The kinds of grants that the account has: c single columns, t tables, d the database, g all. */
static bool query_grants(struct live *live, struct db_result *result)
{
	const char *me =
		"concat('\\'', substring_index(current_user(), '@', "
		"char_length(current_user()) - char_length(replace(current_user(), '@', ''))), "
		"'\\'@\\'', substring_index(current_user(), '@', -1), '\\'')";

	return live_query(
		live, result,
		"select distinct table_name, 'c' from information_schema.column_privileges "
		"where table_schema = %s and grantee = %s "
		"union all select distinct table_name, 't' "
		"from information_schema.table_privileges "
		"where table_schema = %s and grantee = %s "
		"union all select distinct '', 'd' "
		"from information_schema.schema_privileges "
		"where %s like table_schema and grantee = %s "
		"union all select distinct '', 'g' "
		"from information_schema.user_privileges "
		"where grantee = %s and privilege_type in ('SELECT', 'INSERT', 'UPDATE', "
		"'DELETE', 'CREATE', 'DROP', 'ALTER', 'INDEX', 'REFERENCES')",
		live->database, me, live->database, me, live->database, me, me);
}

static void check_all_columns(struct live *live)
{
	for (size_t i = 0; i < live->schema->tables.n; i++)
		check_columns(live, live->schema->tables.items[i]);
}

bool live_rights_outside(struct live *live, bool *whole)
{
	struct db_result result;

	*whole = false;
	check_all_columns(live);
	if (!query_grants(live, &result))
		return false;
	for (size_t i = 0; i < result.rows.n; i++)
		*whole |= live_is(&result.rows.items[i], 1, "d") ||
			  live_is(&result.rows.items[i], 1, "g");
	return true;
}

bool live_rights(struct live *live)
{
	struct db_result result;
	bool tables = false, all = false;
	struct diag *diag;

	check_all_columns(live);
	if (!query_grants(live, &result))
		return false;
	for (size_t i = 0; i < result.rows.n; i++) {
		const struct db_row *row = &result.rows.items[i];
		struct table *table = live_table(live, row);

		if (live_is(row, 1, "c") && table && !table->unknown)
			check_whole(live, table);
		tables = tables || live_is(row, 1, "c") || live_is(row, 1, "t");
		all = all || live_is(row, 1, "d") || live_is(row, 1, "g");
	}
	if (!tables || all)
		return true;
	diag = ctx_warning(live->ctx, "database", span_none(),
			   "the account has privileges on single tables of '%s' only: others are "
			   "not seen",
			   db_database(live->db));
	ctx_hint(live->ctx, diag, "grant on the whole database what autogen needs");
	return true;
}
