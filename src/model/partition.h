/*
 * partition: what the model knows of partitionings.
 *
 * A partitioning is the tree that the parser makes of PARTITION BY, in normal form:
 *  - bounds are constants, computed as servers store them (model/constant.h): numbers are whole,
 *    dates and times are strings, bytes are strings where they are UTF-8 and hexadecimal else
 *  - LESS THAN has one bound a column, IN one a value (rows for several columns), NULL first in LIST
 *  - what partitions with named subpartitions say is said by each of these, as servers store it
 *  - an engine that is the table's, an empty comment and the like are left out
 *  - where a server shows the tablespace of one with all, all have it
 *  - the count is left out where partitions are listed
 * What is not known to be constant stays as it is: the compiler refuses it.
 */
#ifndef AUTOGEN_MODEL_PARTITION_H
#define AUTOGEN_MODEL_PARTITION_H

#include "model/schema.h"

/* `engine` is the table's; NULL: not known. Of a normal form the normal form is the same. */
struct tree_partition *partition_normal(struct context *ctx, struct arena *arena,
					const struct server *server, const struct name *engine,
					const struct tree_partition *from);

bool partition_is_range(const struct tree_partition *partition);
bool partition_is_list(const struct tree_partition *partition);
/* By SYSTEM_TIME of MariaDB: history, and what is there now. NULL is not. */
bool partition_is_by_time(const struct tree_partition *partition);
bool partition_is_maxvalue(const struct expr *bound);
/* A whole number, a string, hexadecimal, NULL, MAXVALUE, or a row of them. */
bool partition_is_constant(const struct expr *bound);
bool partition_uses_column(const struct tree_partition *partition, const struct name *column);

/* Method, expression and columns of both levels, and the number of subpartitions: all but the list. */
bool partition_same_head(const struct tree_partition *a, const struct tree_partition *b);
/* The same bounds, as what they mean: values of a list in any order. */
bool partition_same_bounds(const struct tree_partition_def *a, const struct tree_partition_def *b);
/* The same in everything. */
bool partition_same_def(const struct tree_partition_def *a, const struct tree_partition_def *b);
/* Those listed, or p0, p1, … as servers call those that are only counted. */
const struct tree_partition_def_list *partition_defs(struct context *ctx, struct arena *arena,
						     const struct tree_partition *partition);
/* Is it called as servers call partition `at` when nobody does, and says nothing else? */
bool partition_is_nameless(const struct tree_partition_def *def, size_t at);

#endif
