#include "run/store.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "run/version_table.h"

#include <stdlib.h>
#include <string.h>

static bool execute(const struct store *store, struct buf *sql)
{
	bool ok = db_execute(store->db, buf_text(sql), sql->len);
	buf_free(sql);
	return ok;
}

static bool execute_text(const struct store *store, const char *sql)
{
	return db_execute(store->db, sql, strlen(sql));
}

static void add_text(struct buf *sql, const char *text)
{
	quote_string(sql, text, strlen(text));
}

static struct version_table version_table(const struct store *store)
{
	return (struct version_table){
		.database = store->version_schema ? store->version_schema : db_database(store->db),
		.name = store->version_table,
	};
}

void store_journal_table(struct buf *out, const struct store *store)
{
	const char *database = db_database(store->db);
	if (database) {
		quote_identifier(out, database);
		buf_add_char(out, '.');
	}
	quote_identifier(out, STORE_JOURNAL_TABLE);
}

/* --- tables ----------------------------------------------------------------------------------- */

static bool table_exists(const struct store *store, struct arena *arena, const char *database,
			 const char *table, bool *exists)
{
	struct buf sql = { 0 };
	struct db_result result;
	buf_add(&sql, "SELECT 1 FROM information_schema.TABLES WHERE TABLE_SCHEMA = ");
	if (database)
		add_text(&sql, database);
	else
		buf_add(&sql, "DATABASE()");
	buf_add(&sql, " AND TABLE_NAME = ");
	add_text(&sql, table);
	bool ok = db_query(store->db, arena, buf_text(&sql), &result);
	buf_free(&sql);
	*exists = ok && result.rows.n > 0;
	return ok;
}

static void add_version_table(struct buf *sql, const struct store *store)
{
	struct version_table table = version_table(store);
	version_table_create(sql, &table, false);
}

static void add_journal_table(struct buf *sql, const struct store *store)
{
	buf_add(sql, "CREATE TABLE ");
	store_journal_table(sql, store);
	buf_add(sql, " ("
		     "`id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT, "
		     "`run` VARCHAR(16) NOT NULL, "
		     "`revision` VARCHAR(32) NOT NULL, "
		     "`direction` VARCHAR(16) NOT NULL, "
		     "`statement` INT UNSIGNED NOT NULL, "
		     "`hash` VARCHAR(16) NOT NULL, "
		     "`kind` VARCHAR(16) NOT NULL, "
		     "`connection_id` BIGINT UNSIGNED NOT NULL, "
		     "`server_uuid` VARCHAR(64) NULL, "
		     "`server_version` VARCHAR(128) NOT NULL, "
		     "`user` VARCHAR(320) NOT NULL, "
		     "`started` DATETIME(3) NOT NULL, "
		     "`finished` DATETIME(3) NULL, "
		     "`error` INT UNSIGNED NULL, "
		     "`closed` DATETIME(3) NULL, "
		     "PRIMARY KEY (`id`), KEY `revision` (`revision`, `id`))"
		     " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
}

static bool make_table(const struct store *store, const char *database, const char *table,
		       void (*definition)(struct buf *sql, const struct store *store))
{
	struct arena arena;
	bool exists;
	arena_init(&arena);
	bool ok = table_exists(store, &arena, database, table, &exists);
	arena_free(&arena);
	if (!ok || exists)
		return ok;
	struct buf sql = { 0 };
	definition(&sql, store);
	return execute(store, &sql);
}

bool store_make_tables(struct context *ctx, const struct store *store)
{
	(void)ctx; /* db queues what goes wrong */
	struct version_table table = version_table(store);
	return make_table(store, table.database, table.name, add_version_table) &&
	       make_table(store, db_database(store->db), STORE_JOURNAL_TABLE, add_journal_table);
}

/* --- version rows ----------------------------------------------------------------------------- */

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool read_versions(struct arena *arena, const struct store *store, const char *lock,
			  struct string_list *rows)
{
	struct buf sql = { 0 };
	struct db_result result;
	struct version_table table = version_table(store);
	buf_add(&sql, "SELECT `version_num` FROM ");
	version_table_name(&sql, &table);
	buf_add(&sql, lock);
	bool ok = db_query(store->db, arena, buf_text(&sql), &result);
	buf_free(&sql);
	*rows = (struct string_list){ 0 };
	for (size_t i = 0; ok && i < result.rows.n; i++)
		if (result.rows.items[i].cells[0])
			LIST_PUSH(arena, rows, result.rows.items[i].cells[0]);
	if (rows->n)
		qsort(rows->items, rows->n, sizeof(*rows->items), compare_strings);
	return ok;
}

bool store_versions(struct context *ctx, struct arena *arena, const struct store *store,
		    struct string_list *rows)
{
	bool exists;
	(void)ctx;
	*rows = (struct string_list){ 0 };
	struct version_table table = version_table(store);
	if (!table_exists(store, arena, table.database, table.name, &exists))
		return false;
	return !exists || read_versions(arena, store, "", rows);
}

static void add_rows(struct buf *out, const struct string_list *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		buf_printf(out, "%s'%s'", i ? ", " : "", rows->items[i]);
	if (!rows->n)
		buf_add(out, "no revision");
}

/* Another program (Alembic, or a person) may have moved them. */
static bool expect_versions(struct context *ctx, struct arena *arena, const struct store *store,
			    const struct string_list *before)
{
	struct string_list rows;
	if (!read_versions(arena, store, " FOR UPDATE", &rows))
		return false;
	if (rows.n == before->n && !version_rows_less(arena, &rows, before).n)
		return true;
	struct buf found = { 0 }, expected = { 0 };
	add_rows(&found, &rows);
	add_rows(&expected, before);
	ctx_error(ctx, "version", span_none(),
		  "somebody else moved the rows of '%s': it holds %s, not %s", store->version_table,
		  buf_text(&found), buf_text(&expected));
	buf_free(&found);
	buf_free(&expected);
	return false;
}

static bool execute_move(const struct buf *sql, void *data)
{
	const struct store *store = data;
	return db_execute(store->db, buf_text(sql), sql->len);
}

static bool move_rows(struct arena *arena, const struct store *store,
		      const struct string_list *before, const struct string_list *after)
{
	struct version_table table = version_table(store);
	return version_table_move(arena, &table, before, after, execute_move, (void *)store);
}

static bool close_rows(const struct store *store, const char *revision)
{
	struct buf sql = { 0 };
	buf_add(&sql, "UPDATE ");
	store_journal_table(&sql, store);
	buf_add(&sql, " SET `closed` = UTC_TIMESTAMP(3) WHERE `closed` IS NULL");
	if (revision) {
		buf_add(&sql, " AND `revision` = ");
		add_text(&sql, revision);
	}
	return execute(store, &sql);
}

static bool in_transaction(struct context *ctx, const struct store *store,
			   const struct string_list *before, const struct string_list *after,
			   bool close, const char *revision)
{
	struct arena arena;
	arena_init(&arena);
	bool ok = execute_text(store, "START TRANSACTION") &&
		  expect_versions(ctx, &arena, store, before) &&
		  move_rows(&arena, store, before, after) &&
		  (!close || close_rows(store, revision)) && execute_text(store, "COMMIT");
	if (!ok && !db_lost(store->db))
		db_try(store->db, "ROLLBACK", strlen("ROLLBACK"), NULL);
	arena_free(&arena);
	return ok;
}

bool store_set_versions(struct context *ctx, const struct store *store,
			const struct string_list *before, const struct string_list *after)
{
	return in_transaction(ctx, store, before, after, false, NULL);
}

bool store_end_revision(struct context *ctx, const struct store *store,
			const struct string_list *before, const struct string_list *after,
			const char *revision)
{
	return in_transaction(ctx, store, before, after, true, revision);
}

bool store_journal_close(struct context *ctx, const struct store *store, const char *revision)
{
	(void)ctx;
	return close_rows(store, revision);
}
