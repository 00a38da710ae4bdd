/*
 * past: what tables and columns are called in a database that is still as it was
 * before operations run.
 *
 * The operations are noted one by one, in their order; each question is then a
 * look-up. For questions about rows, asked before the first statement: names that
 * operations give or take away, columns whose values they may change.
 */
#ifndef AUTOGEN_RUN_PAST_H
#define AUTOGEN_RUN_PAST_H

#include "base/map.h"
#include "diff/op.h"

struct context;

struct past {
	struct arena *arena;
	bool exact;        /* tables are told apart by case */
	struct map tables; /* the name after the ops (exact, or its key) -> struct past_table */
};

/* Of no ops yet; `server` NULL: names are compared by key. */
struct past past_new(struct arena *arena, const struct server *server);
void past_note(struct past *past, const struct op *op);
/* A statement fills columns of `-- backfill: TABLE.COLUMN`: their values change. */
void past_note_backfill(struct past *past, struct context *ctx, const char *of);
/* From what *table and *column (may point at NULL: the table alone) are called after the ops to what
 * they are called before; false: they are not there. */
bool past_find(const struct past *past, const struct name **table, const struct name **column);
/* By the names after the ops: may values of the column compare otherwise than before? */
bool past_is_changed(const struct past *past, const struct name *table, const struct name *column);
/* By the name after the ops: do they make the table? Then it has no rows. */
bool past_is_new(const struct past *past, const struct name *table);
/* By the names after the ops: the column as they add it to a table that is there, so that rows get
 * its default; NULL: it was there before, or its values are changed behind. */
const struct column *past_added(const struct past *past, const struct name *table,
				const struct name *column);
/* By the names after the ops: the column as they leave it, where nothing but a string of it changes
 * into another; NULL: more does, or less. */
const struct column *past_converted(const struct past *past, const struct name *table,
				    const struct name *column);
/* By the name after the ops: do they add an index to the table? */
bool past_gets_index(const struct past *past, const struct name *table);

#endif
