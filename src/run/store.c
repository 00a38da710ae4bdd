#include "run/store.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"

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

void store_table(struct buf *out, const struct store *store, const char *table)
{
	const char *database = db_database(store->db);
	if (database) {
		quote_identifier(out, database);
		buf_add_char(out, '.');
	}
	quote_identifier(out, table);
}

/* --- tables ----------------------------------------------------------------------------------- */

static bool table_exists(const struct store *store, struct arena *arena, const char *table,
			 bool *exists)
{
	struct buf sql = { 0 };
	struct db_result result;
	const char *database = db_database(store->db);
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

static void add_table_options(struct buf *sql)
{
	buf_add(sql, " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
}

/* Alembic's shape, its name of the primary key included. */
static void add_version_table(struct buf *sql, const struct store *store)
{
	struct buf key = { 0 };
	buf_printf(&key, "%s_pkc", store->version_table);
	buf_add(sql, "CREATE TABLE ");
	store_table(sql, store, store->version_table);
	buf_add(sql, " (`version_num` VARCHAR(32) NOT NULL, CONSTRAINT ");
	quote_identifier(sql, buf_text(&key));
	buf_add(sql, " PRIMARY KEY (`version_num`))");
	add_table_options(sql);
	buf_free(&key);
}

static void add_journal_table(struct buf *sql, const struct store *store)
{
	buf_add(sql, "CREATE TABLE ");
	store_table(sql, store, STORE_JOURNAL_TABLE);
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
		     "PRIMARY KEY (`id`), KEY `revision` (`revision`, `id`))");
	add_table_options(sql);
}

static bool make_table(const struct store *store, const char *table,
		       void (*definition)(struct buf *sql, const struct store *store))
{
	struct arena arena;
	bool exists;
	arena_init(&arena);
	bool ok = table_exists(store, &arena, table, &exists);
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
	return make_table(store, store->version_table, add_version_table) &&
	       make_table(store, STORE_JOURNAL_TABLE, add_journal_table);
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
	buf_add(&sql, "SELECT `version_num` FROM ");
	store_table(&sql, store, store->version_table);
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
	if (!table_exists(store, arena, store->version_table, &exists))
		return false;
	return !exists || read_versions(arena, store, "", rows);
}

static bool has(const struct string_list *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i], text))
			return true;
	return false;
}

static struct string_list difference(struct arena *arena, const struct string_list *a,
				     const struct string_list *b)
{
	struct string_list rest = { 0 };
	for (size_t i = 0; i < a->n; i++)
		if (!has(b, a->items[i]))
			LIST_PUSH(arena, &rest, a->items[i]);
	return rest;
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
	if (rows.n == before->n && !difference(arena, &rows, before).n)
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

static bool change_row(const struct store *store, const char *old, const char *new)
{
	struct buf sql = { 0 };
	buf_add(&sql, old && new ? "UPDATE " : old ? "DELETE FROM " : "INSERT INTO ");
	store_table(&sql, store, store->version_table);
	if (new) {
		buf_add(&sql, old ? " SET `version_num` = " : " (`version_num`) VALUES (");
		add_text(&sql, new);
		buf_add(&sql, old ? "" : ")");
	}
	if (old) {
		buf_add(&sql, " WHERE `version_num` = ");
		add_text(&sql, old);
	}
	return execute(store, &sql);
}

/* Like Alembic: a row goes over into another one where it can, the rest come and go. */
static bool move_rows(struct arena *arena, const struct store *store,
		      const struct string_list *before, const struct string_list *after)
{
	struct string_list gone = difference(arena, before, after);
	struct string_list new = difference(arena, after, before);
	bool ok = true;
	for (size_t i = 0; ok && i + 1 < gone.n; i++)
		ok = change_row(store, gone.items[i], NULL);
	const char *last = gone.n ? gone.items[gone.n - 1] : NULL;
	if (ok && (last || new.n))
		ok = change_row(store, last, new.n ? new.items[0] : NULL);
	for (size_t i = 1; ok && i < new.n; i++)
		ok = change_row(store, NULL, new.items[i]);
	return ok;
}

static bool close_rows(const struct store *store, const char *revision)
{
	struct buf sql = { 0 };
	buf_add(&sql, "UPDATE ");
	store_table(&sql, store, STORE_JOURNAL_TABLE);
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
