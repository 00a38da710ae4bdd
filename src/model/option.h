/*
 * option: the rare attributes of tables, columns and keys.
 *
 * A model holds them as text by kind (struct option). option.def says which kinds
 * there are, how each is spelled, and which values say nothing: resolve and
 * introspection both ask here, so that equal options are equal texts, but for
 * case where it means nothing.
 */
#ifndef AUTOGEN_MODEL_OPTION_H
#define AUTOGEN_MODEL_OPTION_H

#include "model/schema.h"

/* Is the attribute held as an option? */
bool option_is_kind(enum tree_attr_kind kind);
/* What a server must be capable of to have it; CAP_COUNT: nothing. */
enum capability option_capability(enum tree_attr_kind kind);
/* The same of a column. */
enum capability option_column_capability(enum tree_attr_kind kind);
/* The same of one that a partition says. */
enum capability option_partition_capability(enum tree_attr_kind kind);
/* The value as a model holds it; NULL: it says what no option says. `engine` is the table's, or
 * NULL where that means nothing (columns, keys). */
const char *option_settle(struct arena *arena, enum tree_attr_kind kind, const char *engine,
			  const char *value);
/* Sets the option to the settled value; one that says nothing is not set. */
void option_take(struct arena *arena, struct option_list *options, enum tree_attr_kind kind,
		 const char *engine, const char *value);
/* Is it one that no ALTER TABLE takes back, and that says what no option says? */
bool option_is_untold(const struct option *option);
/* The error with which that engine refuses a table's option; 0: it doesn't, or nobody knows. */
unsigned option_engine_refusal(enum tree_attr_kind kind, const char *engine);
/* Is it one that a table, once it has it, can't be without? */
bool option_is_lasting(enum tree_attr_kind kind);
/* What the engine makes of a key's KEY_BLOCK_SIZE when it makes the table: MyISAM a power of two, Aria
 * one size for all. */
unsigned long option_block_size(const char *engine, const char *written);
/* Is case a part of the value? */
bool option_has_case(enum tree_attr_kind kind);

#endif
