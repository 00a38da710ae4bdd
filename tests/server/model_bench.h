/*
 * model_bench: what the server tests of the model share: a connection to a database of their own,
 * lists of cases, TAP.
 *
 * A list is a text file with a case a line; lines that begin with `--` and empty ones are none.
 */
#ifndef AUTOGEN_TESTS_SERVER_MODEL_BENCH_H
#define AUTOGEN_TESTS_SERVER_MODEL_BENCH_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/file.h"
#include "mysql/db.h"
#include "mysql/introspect.h"

struct bench {
	struct context ctx;
	struct arena arena;
	struct url url;
	struct db *db;
	const struct server *server;
	const char *database;
	unsigned tests, failures;
};

static inline void bench_report(struct bench *bench, bool ok, const char *name, const char *format,
				...) __attribute__((format(printf, 4, 5)));

static inline void bench_report(struct bench *bench, bool ok, const char *name, const char *format,
				...)
{
	va_list args;

	printf("%sok %u - ", ok ? "" : "not ", ++bench->tests);
	for (; *name; name++)
		putchar(*name == '#' ? '*' : *name);
	putchar('\n');
	if (ok)
		return;
	bench->failures++;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

/* 0, or the server's error number. */
static inline unsigned bench_try(struct bench *bench, const char *sql)
{
	const char *message;

	return db_try(bench->db, sql, strlen(sql), &message);
}

static inline unsigned bench_tryf(struct bench *bench, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static inline unsigned bench_tryf(struct bench *bench, const char *format, ...)
{
	struct buf sql = { 0 };
	va_list args;
	unsigned number;

	va_start(args, format);
	buf_vprintf(&sql, format, args);
	va_end(args);
	number = bench_try(bench, buf_text(&sql));
	buf_free(&sql);
	return number;
}

/* Connects and makes the database anew, in the charset and collation of our examples. */
static inline bool bench_open(struct bench *bench, const char *url, const char *database)
{
	context_init(&bench->ctx);
	arena_init(&bench->arena);
	setvbuf(stdout, NULL, _IOLBF, 0);
	bench->database = database;
	if (!url_parse(&bench->ctx, &bench->arena, url, &bench->url) ||
	    !(bench->db = db_open(&bench->ctx, &bench->url)) ||
	    !(bench->server = db_server(bench->db)))
		return false;
	bench_tryf(bench, "drop database if exists %s", database);
	return !bench_tryf(bench, "create database %s character set utf8mb4 collate utf8mb4_general_ci",
			   database) &&
	       !bench_tryf(bench, "use %s", database);
}

/* What is in the database now, by a connection of its own. */
static inline struct schema *bench_introspect(struct bench *bench)
{
	struct url url = bench->url;
	struct schema *schema = NULL;
	struct db *db;

	url.database = bench->database;
	db = db_open(&bench->ctx, &url);
	if (db)
		schema = introspect_schema(&bench->ctx, &bench->arena, db, NULL);
	db_close(db);
	return schema;
}

/* The exit code. */
static inline int bench_close(struct bench *bench)
{
	if (bench->db)
		bench_tryf(bench, "drop database if exists %s", bench->database);
	db_close(bench->db);
	diag_print(&bench->ctx.diags, false, stdout);
	printf("1..%u\n", bench->tests);
	arena_free(&bench->arena);
	context_free(&bench->ctx);
	return bench->failures || !bench->tests;
}

struct bench_lines { const char **items; size_t n, cap; };

static inline bool bench_read(struct bench *bench, const char *path, struct bench_lines *lines)
{
	const char *text;

	if (!file_read(&bench->ctx, &bench->arena, path, &text, NULL))
		return false;
	while (*text) {
		size_t len = strcspn(text, "\n");
		const char *line = arena_strndup(&bench->arena, text, len);

		if (len && strncmp(line, "--", 2))
			LIST_PUSH(&bench->arena, lines, line);
		text += len + (text[len] == '\n');
	}
	return lines->n > 0;
}

#endif
