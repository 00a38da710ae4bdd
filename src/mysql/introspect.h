/*
 * introspect: a live database as a model.
 *
 * A fixed number of set-based queries on information_schema with explicit column
 * lists and no joins in the server (architecture decision 8), whatever the number
 * of tables; rows are matched in memory. Only base tables (and MariaDB's
 * versioned ones) of the connection's database.
 *
 * information_schema does not tell everything (live_show.c has the list): the
 * rest is read from SHOW CREATE TABLE, one a table. introspect_schema() asks it
 * of every table, introspect_against() only of those that may have such a thing.
 *
 * The model is what the server holds, in the form that resolve gives the same
 * thing: types canonical, literals and expressions normal, names as stored.
 * A table that privileges hide in part, or that the server can't read, gets
 * `unknown` set with the reason. What the language has no word for is found by
 * run/clauses.h.
 */
#ifndef AUTOGEN_MYSQL_INTROSPECT_H
#define AUTOGEN_MYSQL_INTROSPECT_H

#include "model/schema.h"
#include "mysql/db.h"

/* `only` limits it to those tables (NULL: all). NULL with diagnostics. The schema's charset and
 * collation are the database's defaults. */
struct schema *introspect_schema(struct context *ctx, struct arena *arena, struct db *db,
				 const struct name_list *only);

/*
 * The whole database, quickly, to be held against models (NULL ones are passed over): SHOW CREATE
 * TABLE only for tables of which information_schema hints at more, or of which a model says what
 * information_schema can't tell. Not seen is an option that the database has and no model speaks of
 * (COLUMN_FORMAT, TABLESPACE, a written USING BTREE): nothing that changes what a row can hold.
 */
struct schema *introspect_against(struct context *ctx, struct arena *arena, struct db *db,
				  const struct schema *const *models, size_t n);

/*
 * Reads into schema->outside what the judge has to know of the tables in other databases that
 * foreign keys of the schema reference: columns, keys, engine, whether they are partitioned.
 * false: a query failed (queued).
 */
bool introspect_outside(struct context *ctx, struct arena *arena, struct db *db,
			struct schema *schema);

/* One table of another database, as much of it. NULL: not there, not to be seen whole, or a query
 * failed (queued). */
const struct table *introspect_outside_table(struct context *ctx, struct arena *arena, struct db *db,
					     const struct name *database,
					     const struct name *table);

/*
 * The foreign keys of the connection's database, whoever made them: a schema of all its tables with
 * nothing but their foreign keys.
 */
struct schema *introspect_foreign_keys(struct context *ctx, struct arena *arena, struct db *db);

/*
 * The foreign keys of other databases that reference tables of the connection's one, as far as the
 * account may see them; a schema a database, of tables with nothing but such keys and of those they
 * reference, whose names are as if all were in one. false with diagnostics.
 */
bool introspect_keys_elsewhere(struct context *ctx, struct arena *arena, struct db *db,
			       struct outside_list *databases);

#endif
