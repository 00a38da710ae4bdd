/*
 * partition: how one partitioning becomes another.
 *
 * What two partitionings differ in decides the statement (MySQL manual, "Management of RANGE and LIST
 * Partitions", "… of HASH and KEY Partitions"); an op holds nothing but the two. Where a server can
 * change some partitions and leave the rows of the others where they are, the way from one to the
 * other goes in such steps:
 *
 *  - A partition that is gone and whose neighbours stayed what they were is dropped, with its rows:
 *    that is what rotating is. One whose place others take is reorganized into these, and rows stay.
 *  - New ones at the end are added; elsewhere the one behind them is split.
 *  - Other bounds, names, options: REORGANIZE of just these.
 *  - No step loses rows but the dropping. A value that a LIST partition gives up and none takes would
 *    go in silence with REORGANIZE (all five servers): PARTITION BY refuses to, with error 1526.
 */
#ifndef AUTOGEN_DIFF_PARTITION_H
#define AUTOGEN_DIFF_PARTITION_H

#include "model/schema.h"

enum partition_change {
	PARTITION_ANEW,       /* PARTITION BY …: writes every row again */
	PARTITION_REMOVE,     /* REMOVE PARTITIONING: as well */
	PARTITION_ADD,        /* ADD PARTITION (…), or PARTITIONS n */
	PARTITION_DROP,       /* DROP PARTITION …: with its rows */
	PARTITION_REORGANIZE, /* REORGANIZE PARTITION … INTO (…) */
	PARTITION_COALESCE,   /* COALESCE PARTITION n: the last ones of HASH and KEY */
};

/* n_before partitions from `at` on become n_after of them. */
struct partition_step {
	enum partition_change change;
	size_t at, n_before, n_after;
};

/* The two are not equal; either may be NULL, not both. */
struct partition_step partition_step(const struct tree_partition *before,
				     const struct tree_partition *after);

/* Has a partition of its pages compressed? Then the table's row format is the engine's own, or MariaDB
 * answers "wrong create options" (1030, measured on 10.11 and 11.8): the two change together. */
bool partition_has_compressed(const struct tree_partition *partition);

struct partition_list { const struct tree_partition **items; size_t n, cap; };

/* What it is in turn on the way from one to the other, `to` as the last of them. `anew`: nothing but
 * droppings may come before that: what is left is written together with other changes. */
struct partition_list partition_way(struct context *ctx, struct arena *arena,
				    const struct tree_partition *from,
				    const struct tree_partition *to, bool anew);

#endif
