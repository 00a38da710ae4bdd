/* load: schemas as their makers wrote them, into a database of their own. See case.h. */
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/quote.h"
#include "revision/split.h"
#include "tests/corpus/case.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Files of one package may say the same twice. */
#define TABLE_EXISTS 1050

static bool execute(struct db *db, const char *sql)
{
	return db_execute(db, sql, strlen(sql));
}

bool load_database(struct bench *bench, const char *database)
{
	/* B has the defaults that the case gave A, by ALTER DATABASE say */
	struct db_result result = { 0 };
	if (!db_queryf(bench->admin, &bench->arena, &result,
		       "SELECT default_character_set_name, default_collation_name "
		       "FROM information_schema.schemata WHERE schema_name = '%s'",
		       bench->a))
		return false;
	struct buf create = { 0 };
	buf_printf(&create, "CREATE DATABASE %s", database);
	if (database != bench->a && result.rows.n)
		buf_printf(&create, " CHARACTER SET %s COLLATE %s", result.rows.items[0].cells[0],
			   result.rows.items[0].cells[1]);
	struct buf drop = { 0 };
	buf_printf(&drop, "DROP DATABASE IF EXISTS %s", database);
	bool ok =
		execute(bench->admin, buf_text(&drop)) && execute(bench->admin, buf_text(&create));
	buf_free(&drop);
	buf_free(&create);
	return ok;
}

static bool is_one_of(const char *word, size_t len, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strlen(words[i]) == len && !strncasecmp(words[i], word, len))
			return true;
	}
	return false;
}

/*
 * Is it about tables? Rows take long, and databases and accounts would stay behind: they are passed
 * over. What a server refuses of views and programs does no harm.
 */
static enum { LOAD_TABLES, LOAD_OTHER, LOAD_NOT } judge(const char *sql)
{
	static const char *const skipped[] = { "insert", "replace", "update",   "delete",   "load",
					       "select", "analyze", "truncate", "optimize", "show",
					       "use",    "grant",   "revoke",   "flush" };
	static const char *const left_out[] = { "database", "schema", "user", "role" };
	static const char *const tables[] = { "create", "alter", "drop", "rename" };
	static const char *const others[] = { "procedure",  "function", "trigger",
					      "view",       "event",    "sequence",
					      "tablespace", "package",  "server" };
	const char *word = sql;
	for (int i = 0; i < 8 && *word; i++) {
		word += strspn(word, " \t\r\n/*!0123456789(");
		size_t len = strcspn(word, " \t\r\n/*!(=@`'");
		if (i == 0 && is_one_of(word, len, skipped, COUNT(skipped)))
			return LOAD_NOT;
		if (i == 0 && !is_one_of(word, len, tables, COUNT(tables)))
			return LOAD_OTHER;
		if (is_one_of(word, len, left_out, COUNT(left_out)))
			return LOAD_NOT;
		if (is_one_of(word, len, others, COUNT(others)))
			return LOAD_OTHER;
		if (len == 5 && !strncasecmp(word, "table", 5))
			return LOAD_TABLES;
		word += len;
		word += strcspn(word, " \t\r\n(");
	}
	return LOAD_TABLES;
}

/* As any client would with sql_mode ''; what that refuses, with the server's own. */
static unsigned run_statement(struct db *db, const char *sql, size_t len, const char **message)
{
	static const char own[] = "SET SESSION sql_mode = DEFAULT",
			  none[] = "SET SESSION sql_mode = ''";
	unsigned error = db_try(db, sql, len, message);
	if (!error || db_lost(db) || judge(sql) != LOAD_TABLES)
		return error;
	if (db_try(db, own, strlen(own), NULL) || db_try(db, sql, len, NULL))
		error = db_try(db, sql, len, message);
	else
		error = 0;
	if (!db_lost(db))
		db_try(db, none, strlen(none), NULL);
	return error;
}

static bool run_text(struct bench *bench, struct db *db, const char *text, size_t len)
{
	const char *message;
	struct splitter splitter;
	struct split_statement at;
	bool unterminated;
	split_init(&splitter, text, len);
	while (split_next(&splitter, &at, &unterminated)) {
		const char *sql = arena_strndup(&bench->arena, text + at.start, at.end - at.start);
		if (at.end == at.start || judge(sql) == LOAD_NOT)
			continue;
		unsigned error = run_statement(db, sql, strlen(sql), &message);
		if (db_lost(db))
			return false;
		if (!error || error == TABLE_EXISTS || judge(sql) == LOAD_OTHER)
			continue;
		case_find(bench, NULL, OUTCOME_UNACCEPTED, "load", "%s (error %u): %.80s", message,
			  error, sql);
		return false;
	}
	return true;
}

/* They would be in the way where a newer version has a table of that name. */
static bool drop_views(struct bench *bench, struct db *db)
{
	struct db_result views = { 0 };
	bool ok = db_query(db, &bench->arena,
			   "SELECT table_name FROM information_schema.tables WHERE "
			   "table_schema = DATABASE() AND table_type = 'VIEW'",
			   &views);
	for (size_t i = 0; ok && i < views.rows.n; i++) {
		struct buf sql = { 0 };
		buf_add(&sql, "DROP VIEW ");
		quote_identifier(&sql, views.rows.items[i].cells[0]);
		ok = execute(db, buf_text(&sql));
		buf_free(&sql);
	}
	return ok;
}

bool load_case(struct bench *bench, const char *database, const char *path, const char *sql)
{
	static const char mode[] = "SET SESSION sql_mode = ''",
			  checks[] = "SET SESSION foreign_key_checks = 0";
	size_t len = path ? 0 : strlen(sql);
	struct url url = bench->url;
	url.database = database;
	struct db *db = load_database(bench, database) ? db_open(&bench->ctx, &url) : NULL;
	bool ok = db && execute(db, mode);
	if (path)
		ok = ok && execute(db, checks) &&
		     file_read(&bench->ctx, &bench->arena, path, &sql, &len);
	ok = ok && run_text(bench, db, sql, len) && drop_views(bench, db);
	db_close(db);
	return ok;
}
