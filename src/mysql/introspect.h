/*
 * introspect: a live database as a model.
 *
 * A fixed number of set-based queries on information_schema with explicit column
 * lists and no joins in the server (architecture decision 8), whatever the number
 * of tables; rows are matched in memory. Only base tables (and MariaDB's
 * versioned ones) of the connection's database.
 *
 * The model is what the server holds, in the form that resolve gives the same
 * thing: types canonical, literals and expressions normal, names as stored.
 * A table that privileges hide in part gets `unknown` set with the reason.
 */
#ifndef AUTOGEN_MYSQL_INTROSPECT_H
#define AUTOGEN_MYSQL_INTROSPECT_H

#include "model/schema.h"
#include "mysql/db.h"

/* `only` limits it to those tables (NULL: all). NULL with diagnostics. The schema's charset and
 * collation are the database's defaults. */
struct schema *introspect_schema(struct context *ctx, struct arena *arena, struct db *db,
				 const struct name_list *only);

#endif
