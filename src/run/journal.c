#include "run/store.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"

#include <stdlib.h>
#include <string.h>

static void add_text(struct buf *sql, const char *text)
{
	if (text)
		quote_string(sql, text, strlen(text));
	else
		buf_add(sql, "NULL");
}

static bool execute(const struct store *store, struct buf *sql)
{
	bool ok = db_execute(store->db, buf_text(sql), sql->len);
	buf_free(sql);
	return ok;
}

static unsigned long long number(const char *cell)
{
	return cell ? strtoull(cell, NULL, 10) : 0;
}

static bool last_id(const struct store *store, unsigned long long *id)
{
	struct arena arena;
	struct db_result result;
	arena_init(&arena);
	bool ok = db_query(store->db, &arena, "SELECT LAST_INSERT_ID()", &result);
	*id = ok && result.rows.n ? number(result.rows.items[0].cells[0]) : 0;
	arena_free(&arena);
	return ok;
}

bool store_journal_start(struct context *ctx, const struct store *store, struct journal_row *row,
			 enum statement_kind kind)
{
	struct buf sql = { 0 };
	(void)ctx; /* db queues what goes wrong */
	buf_add(&sql, "INSERT INTO ");
	store_journal_table(&sql, store);
	buf_add(&sql,
		" (`run`, `revision`, `direction`, `statement`, `hash`, `kind`, "
		"`connection_id`, `server_uuid`, `server_version`, `user`, `started`) VALUES (");
	add_text(&sql, row->run);
	buf_add(&sql, ", ");
	add_text(&sql, row->revision);
	buf_add(&sql, ", ");
	add_text(&sql, revision_direction_word(row->direction));
	buf_printf(&sql, ", %u, ", row->statement);
	add_text(&sql, row->hash);
	buf_add(&sql, ", ");
	add_text(&sql, statement_kind_word(kind));
	buf_add(&sql, ", CONNECTION_ID(), ");
	add_text(&sql, store->server_uuid);
	buf_add(&sql, ", LEFT(VERSION(), 128), LEFT(USER(), 320), UTC_TIMESTAMP(3))");
	row->connection = db_connection_id(store->db);
	return execute(store, &sql) && last_id(store, &row->id);
}

bool store_journal_finish(struct context *ctx, const struct store *store, unsigned long long id)
{
	struct buf sql = { 0 };
	(void)ctx;
	buf_add(&sql, "UPDATE ");
	store_journal_table(&sql, store);
	buf_printf(&sql, " SET `finished` = UTC_TIMESTAMP(3), `error` = NULL WHERE `id` = %llu",
		   id);
	return execute(store, &sql);
}

bool store_journal_fail(struct context *ctx, const struct store *store, unsigned long long id,
			unsigned error)
{
	struct buf sql = { 0 };
	(void)ctx;
	buf_add(&sql, "UPDATE ");
	store_journal_table(&sql, store);
	buf_printf(&sql, " SET `error` = %u WHERE `id` = %llu", error, id);
	bool ok = db_try(store->db, sql.text, sql.len, NULL) == 0;
	buf_free(&sql);
	return ok;
}

static enum revision_direction direction_of(const char *word)
{
	return word && !strcmp(word, revision_direction_word(REVISION_DOWN)) ? REVISION_DOWN
									     : REVISION_UP;
}

/* A row a statement; the latest one where a statement was begun again. */
static void take_row(struct arena *arena, const struct db_row *cells, struct journal_row *rows,
		     size_t *n)
{
	struct journal_row row = {
		.id = number(cells->cells[0]),
		.run = arena_strdup(arena, cells->cells[1] ? cells->cells[1] : ""),
		.revision = arena_strdup(arena, cells->cells[2] ? cells->cells[2] : ""),
		.direction = direction_of(cells->cells[3]),
		.statement = (unsigned)number(cells->cells[4]),
		.hash = arena_strdup(arena, cells->cells[5] ? cells->cells[5] : ""),
		.finished = cells->cells[6] != NULL,
		.connection = (unsigned long)number(cells->cells[7]),
		.error = (unsigned)number(cells->cells[8]),
		.server_uuid = cells->cells[9],
		.age = (unsigned long)number(cells->cells[10]),
		.data = cells->cells[11] &&
			!strcmp(cells->cells[11], statement_kind_word(STATEMENT_DATA)),
	};
	for (size_t i = 0; i < *n; i++) {
		if (rows[i].statement == row.statement && rows[i].direction == row.direction) {
			rows[i] = row;
			return;
		}
	}
	rows[(*n)++] = row;
}

static int by_statement(const void *a, const void *b)
{
	const struct journal_row *x = a, *y = b;
	return (x->statement > y->statement) - (x->statement < y->statement);
}

bool store_journal_open_rows(struct context *ctx, struct arena *arena, const struct store *store,
			     const char *revision, struct journal_row **rows, size_t *n)
{
	struct buf sql = { 0 };
	struct db_result result;
	(void)ctx;
	buf_add(&sql,
		"SELECT `id`, `run`, `revision`, `direction`, `statement`, `hash`, `finished`, "
		"`connection_id`, `error`, `server_uuid`, "
		"GREATEST(TIMESTAMPDIFF(SECOND, `started`, UTC_TIMESTAMP(3)), 0), `kind` FROM ");
	store_journal_table(&sql, store);
	buf_add(&sql, " WHERE `revision` = ");
	add_text(&sql, revision);
	buf_add(&sql, " AND `closed` IS NULL ORDER BY `id`");
	bool ok = db_query(store->db, arena, buf_text(&sql), &result);
	buf_free(&sql);
	*n = 0;
	*rows = ARENA_ARRAY(arena, struct journal_row, ok ? result.rows.n + 1 : 1);
	for (size_t i = 0; ok && i < result.rows.n; i++)
		take_row(arena, &result.rows.items[i], *rows, n);
	qsort(*rows, *n, sizeof(**rows), by_statement);
	return ok;
}

static bool journal_exists(struct arena *arena, const struct store *store, bool *exists)
{
	struct buf sql = { 0 };
	struct db_result result;
	const char *database = db_database(store->db);
	buf_add(&sql,
		"SELECT 1 FROM information_schema.TABLES WHERE TABLE_NAME = '" STORE_JOURNAL_TABLE
		"' AND TABLE_SCHEMA = ");
	if (database)
		add_text(&sql, database);
	else
		buf_add(&sql, "DATABASE()");
	bool ok = db_query(store->db, arena, buf_text(&sql), &result);
	buf_free(&sql);
	*exists = ok && result.rows.n > 0;
	return ok;
}

bool store_journal_open(struct context *ctx, struct arena *arena, const struct store *store,
			struct journal_open **open, size_t *n)
{
	struct buf sql = { 0 };
	struct db_result result;
	bool exists;
	(void)ctx;
	*open = NULL;
	*n = 0;
	if (!journal_exists(arena, store, &exists))
		return false;
	if (!exists)
		return true;
	buf_add(&sql, "SELECT `revision`, `direction`, "
		      "COUNT(DISTINCT IF(`finished` IS NULL, NULL, `statement`)) FROM ");
	store_journal_table(&sql, store);
	buf_add(&sql,
		" WHERE `closed` IS NULL GROUP BY `revision`, `direction` "
		/* one whose first statement the server refused has changed nothing */
		"HAVING SUM(`finished` IS NOT NULL OR `error` IS NULL) > 0 ORDER BY MIN(`id`)");
	bool ok = db_query(store->db, arena, buf_text(&sql), &result);
	buf_free(&sql);
	if (!ok)
		return false;
	*open = ARENA_ARRAY(arena, struct journal_open, result.rows.n + 1);
	for (size_t i = 0; i < result.rows.n; i++) {
		const char **cells = result.rows.items[i].cells;
		(*open)[i] = (struct journal_open){ cells[0], direction_of(cells[1]),
						    (unsigned)number(cells[2]) };
	}
	*n = result.rows.n;
	return true;
}
