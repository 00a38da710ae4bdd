/*
 * merge: tables of engine MRG_MyISAM, which show the rows of MyISAM tables as those of one.
 *
 * Their option `union` names the tables beneath. A model holds it as SQL has it, every name in
 * backquotes: (`a`, `b`). Order means something: INSERT_METHOD tells the first from the last.
 */
#ifndef AUTOGEN_MODEL_MERGE_H
#define AUTOGEN_MODEL_MERGE_H

#include "model/schema.h"

/* By the engine's name; NULL-safe. */
bool merge_is_engine(const char *engine);
bool table_is_merge(const struct table *table);
/* What a model holds for `union (a, b)`. */
const char *merge_union_text(struct arena *arena, const struct expr *expr);
/* The tables beneath; those of other databases are left out. */
struct name_list merge_children(struct context *ctx, struct arena *arena,
				const struct table *table);
/* The databases of those; each as often as it is named. */
struct name_list merge_databases(struct context *ctx, struct arena *arena,
				 const struct table *table);

#endif
