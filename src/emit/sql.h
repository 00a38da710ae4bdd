/*
 * sql: a plan's statements as SQL text.
 *
 * Every identifier in backquotes, every literal quoted, every string column with
 * its CHARACTER SET and COLLATE, every constraint with its name, every table with
 * ENGINE, DEFAULT CHARSET and COLLATE: nothing is left to a default of the
 * server. The text is valid on every server in `targets`.
 * A statement has no terminator; one clause a line, so that it reads in a review.
 */
#ifndef AUTOGEN_EMIT_SQL_H
#define AUTOGEN_EMIT_SQL_H

#include "diff/plan.h"

/* The SQL of one statement of the plan. false with a diagnostic (rule `target`) when a target
 * refuses what it needs. */
bool sql_statement(struct context *ctx, struct buf *out, const struct server_list *targets,
		   const struct statement *statement);
/* The definition of a column as it stands in CREATE TABLE, after the name. */
void sql_column(struct buf *out, const struct server_list *targets, const struct column *column);
/* Whole CREATE TABLE, with its foreign keys. */
void sql_create_table(struct buf *out, const struct server_list *targets, const struct table *table);

#endif
