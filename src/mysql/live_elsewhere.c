/*
 * live_elsewhere: foreign keys without the tables they are of.
 *
 * What a state doesn't know of may be in the way of a change: keys of any table of the database, and
 * keys of other databases that reference one of it.
 */
#include "mysql/introspect.h"

#include "base/context.h"
#include "mysql/live.h"

static bool open_live(struct live *live, struct context *ctx, struct arena *arena, struct db *db)
{
	*live = (struct live){ .ctx = ctx, .arena = arena, .db = db, .server = db_server(db) };
	return live->server != NULL;
}

/* Of that database; its keys say which of their parents are in the connection's one. */
static struct schema *read_keys(struct live *live, const char *database)
{
	live->schema = schema_new(live->ctx, live->arena, live->server);
	live->database = live_literal(live, database);
	return live_names(live) && live_foreign_keys(live) ? live->schema : NULL;
}

struct schema *introspect_foreign_keys(struct context *ctx, struct arena *arena, struct db *db)
{
	struct live live;
	if (!open_live(&live, ctx, arena, db))
		return NULL;
	arena_init(&live.scratch);
	struct schema *schema = read_keys(&live, db_database(db));
	arena_free(&live.scratch);
	return schema;
}

/* --- other databases -------------------------------------------------------------------------- */

/*
 * To find out which database's tables reference ours, MariaDB and MySQL before 8.0 open every table
 * of every database. InnoDB knows at once if there is any such key; an account without PROCESS may
 * not ask it (1227).
 */
static bool may_be_referenced(struct live *live)
{
	static const char sql[] =
		"select 1 from information_schema.innodb_sys_foreign where "
		"substring_index(for_name, '/', 1) <> substring_index(ref_name, '/', 1) limit 1";
	struct db_result result;
	if (live_has(live, LIVE_DICTIONARY))
		return true;
	return db_try_query(live->db, &live->scratch, sql, &result) || result.rows.n;
}

/* Whose tables reference ours, a row each; none is no error. */
static bool find_databases(struct live *live, struct db_result *databases)
{
	*databases = (struct db_result){ 0 };
	return !may_be_referenced(live) ||
	       live_query(live, databases,
			  "select distinct table_schema from information_schema.key_column_usage "
			  "where referenced_table_schema = %s and table_schema <> %s "
			  "order by 1",
			  live->database, live->database);
}

/* Of the database's keys those that reference ours, and the tables these are of and reference. */
static struct schema *take_keys(struct live *live, const struct schema *from)
{
	struct schema *keys = schema_new(live->ctx, live->arena, live->server);
	for (size_t i = 0; i < from->tables.n; i++) {
		struct table *table = from->tables.items[i];
		for (size_t j = table->foreign_keys.n; j--;)
			if (table->foreign_keys.items[j]->parent_database)
				LIST_REMOVE(&table->foreign_keys, j);
		if (table->foreign_keys.n)
			schema_add_table(keys, table);
	}
	return keys;
}

static bool read_elsewhere(struct live *live, struct outside_list *databases)
{
	struct db_result names;
	if (!find_databases(live, &names))
		return false;
	for (size_t i = 0; i < names.rows.n; i++) {
		const char *database = names.rows.items[i].cells[0];
		struct outside outside = { .database = ctx_name(live->ctx, database) };
		const struct schema *keys = read_keys(live, database);
		if (!keys)
			return false;
		outside.schema = take_keys(live, keys);
		LIST_PUSH(live->arena, databases, outside);
	}
	return true;
}

bool introspect_keys_elsewhere(struct context *ctx, struct arena *arena, struct db *db,
			       struct outside_list *databases)
{
	struct live live;
	if (!open_live(&live, ctx, arena, db))
		return false;
	arena_init(&live.scratch);
	live.database = live_literal(&live, db_database(db));
	bool ok = read_elsewhere(&live, databases);
	arena_free(&live.scratch);
	return ok;
}
