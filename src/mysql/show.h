/*
 * show: SHOW CREATE TABLE, and what it has in common with information_schema: MySQL's expressions.
 *
 * MySQL 8 and later keep an expression as bytes, each literal in the charset of the client that
 * wrote it (measured). SHOW CREATE TABLE writes '?' for what is no UTF-8, unless it is told to
 * convert nothing. information_schema has the bytes converted from latin1 to UTF-8, whatever they
 * are: '用' comes as U+00E7 U+0094 U+00A8, 'é' of a client in latin1 as _latin1'é'.
 */
#ifndef AUTOGEN_MYSQL_SHOW_H
#define AUTOGEN_MYSQL_SHOW_H

#include "mysql/db.h"

/*
 * The statement, in the arena. Literals that are no UTF-8 come in UTF-8 where their charset can be
 * told. NULL: an error is queued, or the server shows nothing.
 */
char *show_create_table(struct db *db, struct arena *arena, const struct name *table);

/* An expression of information_schema in UTF-8, in the arena; as it came where that can't be. */
const char *show_undo_encoding(struct arena *arena, const char *text, size_t *len);

#endif
