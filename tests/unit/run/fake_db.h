/*
 * fake_db: a server for unit tests that answers from a script and remembers what it was asked.
 *
 * Included by one test: it defines all of mysql/db.h, so that the real one is not linked.
 */
#ifndef AUTOGEN_TESTS_FAKE_DB_H
#define AUTOGEN_TESTS_FAKE_DB_H

#include "base/buf.h"
#include "base/context.h"
#include "mysql/db.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* The next answer to a query that holds `asked`; cells are joined by `|`, rows by newlines; `\N` is
 * NULL. `error` makes it fail. Used once, in any order. */
struct fake_answer {
	const char *asked, *rows;
	unsigned error;
	bool used;
};

struct db {
	struct context *ctx;
	struct fake_answer *answers;
	size_t n;
	struct buf log; /* every statement, one a line */
	unsigned error;
	bool lost;
	const char *database;
};

static struct fake_answer *fake_find(struct db *db, const char *sql)
{
	for (size_t i = 0; i < db->n; i++) {
		if (db->answers[i].used || !strstr(sql, db->answers[i].asked))
			continue;
		db->answers[i].used = true;
		return &db->answers[i];
	}
	return NULL;
}

static struct fake_answer *fake_ask(struct db *db, const char *sql)
{
	struct fake_answer *answer = fake_find(db, sql);
	buf_printf(&db->log, "%s\n", sql);
	db->error = answer ? answer->error : 0;
	return answer;
}

unsigned db_try(struct db *db, const char *sql, size_t len, const char **message)
{
	char *copy = strndup(sql, len);
	fake_ask(db, copy);
	free(copy);
	if (message)
		*message = "the server's words";
	return db->error;
}

bool db_execute(struct db *db, const char *sql, size_t len)
{
	if (!db_try(db, sql, len, NULL))
		return true;
	ctx_error(db->ctx, "database", span_none(), "refused (error %u)", db->error);
	return false;
}

unsigned db_try_query(struct db *db, struct arena *arena, const char *sql, struct db_result *result)
{
	struct fake_answer *answer = fake_ask(db, sql);
	*result = (struct db_result){ 0 };
	if (db->error)
		return db->error;
	char *rest_of_rows = NULL;
	char *rows = arena_strdup(arena, answer && answer->rows ? answer->rows : "");
	for (char *row = strtok_r(rows, "\n", &rest_of_rows); row;
	     row = strtok_r(NULL, "\n", &rest_of_rows)) {
		const char **cells = ARENA_ARRAY(arena, const char *, 16);
		size_t n = 0;
		for (char *cell = strsep(&row, "|"); cell; cell = strsep(&row, "|"))
			cells[n++] = strcmp(cell, "\\N") ? cell : NULL;
		result->n_columns = n;
		LIST_PUSH(arena, &result->rows, ((struct db_row){ cells, NULL }));
	}
	return 0;
}

bool db_query(struct db *db, struct arena *arena, const char *sql, struct db_result *result)
{
	if (!db_try_query(db, arena, sql, result))
		return true;
	ctx_error(db->ctx, "database", span_none(), "refused (error %u)", db->error);
	return false;
}

bool db_queryf(struct db *db, struct arena *arena, struct db_result *result, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *sql = arena_vprintf(arena, format, args);
	va_end(args);
	return db_query(db, arena, sql, result);
}

unsigned db_error_number(const struct db *db)
{
	return db->error;
}

bool db_lost(const struct db *db)
{
	return db->lost;
}

unsigned long db_connection_id(const struct db *db)
{
	(void)db;
	return 7;
}

const char *db_database(const struct db *db)
{
	return db->database;
}

const char *db_describe(const struct db *db)
{
	(void)db;
	return "a fake";
}

const struct server *db_server(struct db *db)
{
	static struct server server;
	server_defaults(db->ctx, &server, FLAVOUR_MARIADB, 101100);
	return &server;
}

struct db *db_open(struct context *ctx, const struct url *url)
{
	(void)ctx;
	(void)url;
	return NULL;
}

void db_close(struct db *db)
{
	buf_free(&db->log);
}

#endif
