#include "run/loss_rows.h"

#include "base/buf.h"
#include "base/quote.h"
#include "run/loss_condition.h"
#include "run/past.h"

#include <stdlib.h>

#define ERROR_INTERRUPTED_MYSQL 3024
#define ERROR_INTERRUPTED_MARIADB 1969

/* --- what it is called ---------------------------------------------------------------------- */

static const struct name *column_of(const struct loss *loss)
{
	switch ((int)loss->op->kind) {
	case OP_DROP_COLUMN:
	case OP_ALTER_COLUMN:
		return loss->op->before.column->name;
	default:
		return NULL;
	}
}

/* --- the query ------------------------------------------------------------------------------ */

/* Where nothing ends a query that takes too long: is the table small enough? */
static bool is_small(struct arena *arena, struct db *db, const struct name *table)
{
	struct buf sql = { 0 };
	struct db_result result = { 0 };
	buf_add(&sql, "SELECT table_rows FROM information_schema.tables "
		      "WHERE table_schema = DATABASE() AND table_name = ");
	quote_string(&sql, table->text, table->len);
	unsigned error = db_try_query(db, arena, buf_text(&sql), &result);
	buf_free(&sql);
	return !error && result.rows.n && result.rows.items[0].cells[0] &&
	       strtoul(result.rows.items[0].cells[0], NULL, 10) <= LOSS_ROWS_ROWS;
}

static void add_source(struct buf *sql, const struct loss *loss, const struct name *table)
{
	quote_name(sql, table);
	for (size_t i = 0; i < loss->partitions.n; i++) {
		buf_add(sql, i ? ", " : " PARTITION (");
		quote_name(sql, loss->partitions.items[i]);
	}
	if (loss->partitions.n)
		buf_add_char(sql, ')');
	if (loss->kind == LOSS_HISTORY)
		buf_add(sql, " FOR SYSTEM_TIME ALL WHERE row_end < CURRENT_TIMESTAMP(6)");
}

/* 0, or the server's error. */
static unsigned count(struct arena *arena, struct db *db, const struct loss *loss,
		      const struct name *table, const struct name *column, unsigned long *rows)
{
	const struct server *server = db_server(db);
	struct buf sql = { 0 };
	struct db_result result = { 0 };
	if (server_has(server, CAP_TIME_LIMIT_SET))
		buf_printf(&sql, "SET STATEMENT max_statement_time=%d FOR ", LOSS_ROWS_SECONDS);
	buf_add(&sql, "SELECT ");
	if (server_has(server, CAP_TIME_LIMIT_HINT))
		buf_printf(&sql, "/*+ MAX_EXECUTION_TIME(%d) */ ", LOSS_ROWS_SECONDS * 1000);
	buf_add(&sql, "COUNT(*) FROM (SELECT 1 FROM ");
	add_source(&sql, loss, table);
	if (column) {
		buf_add(&sql, " WHERE ");
		loss_condition_print(&sql, loss, column);
	}
	buf_printf(&sql, " LIMIT %d) x", LOSS_ROWS_MOST + 1);
	unsigned error = db_try_query(db, arena, buf_text(&sql), &result);
	buf_free(&sql);
	if (!error && result.rows.n && result.rows.items[0].cells[0])
		*rows = strtoul(result.rows.items[0].cells[0], NULL, 10);
	return error;
}

/* --- words ---------------------------------------------------------------------------------- */

static const char *rows_text(struct arena *arena, const struct loss *loss, unsigned long rows)
{
	const char *one, *many;
	loss_condition_words(loss, &one, &many);
	if (!rows)
		return "0 rows concerned now";
	if (rows > LOSS_ROWS_MOST)
		return arena_printf(arena, "more than %d rows%s", LOSS_ROWS_MOST, many);
	return arena_printf(arena, "%lu %s%s", rows, rows == 1 ? "row" : "rows",
			    rows == 1 ? one : many);
}

struct loss_rows loss_rows_count(struct arena *arena, struct db *db, const struct past *past,
				 const struct loss *loss)
{
	struct loss_rows rows = { 0 };
	const struct name *table = loss->op->table, *column = column_of(loss);
	const struct server *server = db_server(db);
	if (!server || !past_find(past, &table, &column))
		return rows;
	if (!server_has(server, CAP_TIME_LIMIT_SET) &&
	    server_can(server, CAP_TIME_LIMIT_HINT) != SUPPORT_YES && !is_small(arena, db, table)) {
		rows.text = "rows not counted, the table is large";
		return rows;
	}
	unsigned error = count(arena, db, loss, table, column, &rows.rows);
	rows.counted = !error;
	if (error == ERROR_INTERRUPTED_MYSQL || error == ERROR_INTERRUPTED_MARIADB)
		rows.text = arena_printf(arena, "rows not counted within %d seconds",
					 LOSS_ROWS_SECONDS);
	else if (error)
		rows.text = arena_printf(arena, "rows not counted (error %u)", error);
	else
		rows.text = rows_text(arena, loss, rows.rows);
	return rows;
}

const char *loss_rows_describe(struct arena *arena, struct db *db, const struct past *past,
			       const struct loss *loss)
{
	struct loss_rows rows = { 0 };
	if (db)
		rows = loss_rows_count(arena, db, past, loss);
	return rows.text ? arena_printf(arena, "%s: %s", loss->why, rows.text) : loss->why;
}
