/*
 * db: a connection to a server. The one user of <mysql.h>.
 *
 * Builds against MariaDB Connector/C and Oracle's libmysqlclient. A new
 * connection is set up in one place (db_open): names utf8mb4, a fixed sql_mode,
 * time_zone '+00:00', foreign_key_checks=1, information_schema_stats_expiry=0
 * and generated invisible keys shown where the server has them.
 *
 * Failures are queued (rule `database`) with the server's error number and text,
 * the cause first and a hint where the number has a usual one; db_error_number()
 * keeps the number. A connection belongs to whoever opened it.
 */
#ifndef AUTOGEN_MYSQL_DB_H
#define AUTOGEN_MYSQL_DB_H

#include <stdbool.h>
#include <stddef.h>

#include "model/server.h"
#include "mysql/url.h"

struct arena;
struct db;

/* Rows of one result, all of it in the arena. Cells are NUL-terminated; NULL is SQL NULL. */
struct db_row {
	const char **cells;
	const size_t *lens;
};
struct db_result {
	size_t n_columns;
	struct { struct db_row *items; size_t n, cap; } rows;
};

/* Option files ([client], [autogen], ~/.my.cnf) are read as every client does; the URL wins.
 * `url->database` may be NULL. NULL with a diagnostic. */
struct db *db_open(struct context *ctx, const struct url *url);
void db_close(struct db *db); /* NULL-safe */

/* The client library and its version: "MariaDB Connector/C 3.3.14". */
const char *db_client_version(void);

/* A statement whose result is not wanted. */
bool db_execute(struct db *db, const char *sql, size_t len);
/* The whole result, in the arena. */
bool db_query(struct db *db, struct arena *arena, const char *sql, struct db_result *result);
bool db_queryf(struct db *db, struct arena *arena, struct db_result *result,
	       const char *format, ...)
	__attribute__((format(printf, 4, 5))); /* values go through quote_string before */
/* Like db_execute, but an error is not queued: the number (0: none), the text in *message
 * (valid until the next call). */
unsigned db_try(struct db *db, const char *sql, size_t len, const char **message);

/* Like db_query, but an error is not queued: the number; 0: none. */
unsigned db_try_query(struct db *db, struct arena *arena, const char *sql,
		      struct db_result *result);

/* Of the last statement that failed; 0 when the connection itself failed before. */
unsigned db_error_number(const struct db *db);
/* Has the connection gone away (2006, 2013, …)? */
bool db_lost(const struct db *db);
unsigned long db_connection_id(const struct db *db);
const char *db_database(const struct db *db); /* the selected database; NULL: none */
/* For people: host or socket and database, no password. */
const char *db_describe(const struct db *db);

/* Flavour, version and the settings that decide meaning, read once and kept. NULL with
 * diagnostics. Lives as long as the connection. */
const struct server *db_server(struct db *db);

#endif
