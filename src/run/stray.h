/*
 * stray: reads the foreign keys of a database that a state doesn't know of.
 *
 * Those of its own tables, whoever made them, and those of other databases that reference its tables
 * (diff/hindrance.h says what they are in the way of).
 */
#ifndef AUTOGEN_RUN_STRAY_H
#define AUTOGEN_RUN_STRAY_H

#include "diff/hindrance.h"
#include "mysql/db.h"

/* Into the list, in the arena; the connection has a database. false with diagnostics. */
bool stray_read(struct context *ctx, struct arena *arena, struct db *db, const struct schema *state,
		struct stray_list *list);

#endif
