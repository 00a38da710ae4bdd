/*
 * limit_merge: MERGE tables that no server can open, and options that only they have.
 *
 * A server makes a MERGE table over anything, and then neither reads nor alters it (error 1168) when a
 * table beneath it is not there, is not of MyISAM, is partitioned, or has other columns or indexes.
 * What is compared is what the server compares of MyISAM's files: the number, size and NULL of columns
 * and the columns of indexes, no names (measured on 5.6, 9.7 and MariaDB 10.5 and 11.8). Tables of
 * other databases and those that are left alone (context.h) are not looked at. Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_LIMIT_MERGE_H
#define AUTOGEN_DSL_LIMIT_MERGE_H

#include "dsl/scope.h"

/* Once all tables have their columns and indexes. */
void limit_merge(struct resolver *r, const struct draft *draft);

#endif
