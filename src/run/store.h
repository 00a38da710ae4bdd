/*
 * store: autogen's two tables in a managed database.
 *
 * `autogen_version` (its name settable): Alembic's shape and row rules,
 * version_num varchar(32) primary key, a row a head. `autogen_journal`: what the
 * runner did, a row a statement, written before (started) and after (finished).
 * Both are made on first use, InnoDB, utf8mb4. They are always named with their
 * database: a hand-written statement may have said USE.
 *
 * version_table.c writes the SQL of the version table, store.c runs it, journal.c has the journal.
 */
#ifndef AUTOGEN_RUN_STORE_H
#define AUTOGEN_RUN_STORE_H

#include "mysql/db.h"
#include "revision/revision.h"

#define STORE_VERSION_TABLE "autogen_version"
#define STORE_JOURNAL_TABLE "autogen_journal"

struct store {
	struct db *db;             /* lent */
	const char *version_table; /* never NULL */
	const char *version_schema; /* the database it is in; NULL: the managed one */
	const char *server_uuid;   /* for journal rows; NULL: the server has none */
};

/* The rows, sorted; a missing table is none. */
bool store_versions(struct context *ctx, struct arena *arena, const struct store *store,
		    struct string_list *rows);
bool store_make_tables(struct context *ctx, const struct store *store);
/* Makes the rows what `after` says, in one transaction; false (rule `version`) when they are not
 * what `before` says. Both sorted. */
bool store_set_versions(struct context *ctx, const struct store *store,
			const struct string_list *before, const struct string_list *after);
/* The same, and the journal rows of `revision` (NULL: of all) closed, in that one transaction. */
bool store_end_revision(struct context *ctx, const struct store *store,
			const struct string_list *before, const struct string_list *after,
			const char *revision);
/* The journal as SQL names it: `database`.`table`. */
void store_journal_table(struct buf *out, const struct store *store);

struct journal_row {
	unsigned long long id;
	const char *run;        /* id of the run */
	const char *revision;
	enum revision_direction direction;
	unsigned statement;     /* from 1 within the direction */
	const char *hash;
	bool finished;
	unsigned long connection;
	bool data;                  /* in a transaction with this row: not finished is not applied */
	unsigned error;             /* the server's number, when it refused the statement; else 0 */
	const char *server_uuid;    /* NULL: none */
	unsigned long age;          /* seconds since it was started */
};

/* Adds a started row and gives its id. */
bool store_journal_start(struct context *ctx, const struct store *store, struct journal_row *row,
			 enum statement_kind kind);
bool store_journal_finish(struct context *ctx, const struct store *store, unsigned long long id);
/* Notes that the server refused the statement. Nothing is queued when that fails: the row then says
 * that the statement was begun, and the next run looks. */
bool store_journal_fail(struct context *ctx, const struct store *store, unsigned long long id,
			unsigned error);
/* A revision and direction with rows that are not closed; a statement is counted once. */
struct journal_open {
	const char *revision;
	enum revision_direction direction;
	unsigned finished; /* statements that ended well */
};
/* Half-applied revisions, as the journal has them; a missing table is none. */
bool store_journal_open(struct context *ctx, struct arena *arena, const struct store *store,
			struct journal_open **open, size_t *n);
/* What the last run of that revision and direction left, statements in order; empty when it ended
 * whole (the runner marks that by store_journal_close). */
bool store_journal_open_rows(struct context *ctx, struct arena *arena, const struct store *store,
			     const char *revision, struct journal_row **rows, size_t *n);
bool store_journal_close(struct context *ctx, const struct store *store, const char *revision);

#endif
