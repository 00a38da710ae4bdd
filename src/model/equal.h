/*
 * equal: are two definitions the same to a server?
 *
 * Everything a server keeps is compared, nothing else: not spans, not origins,
 * not `was`, not whether a name was written. Names of the objects themselves are
 * not part of their definition; names of what they refer to are. Options that
 * mean the default (row_format default) are equal to absent ones.
 */
#ifndef AUTOGEN_MODEL_EQUAL_H
#define AUTOGEN_MODEL_EQUAL_H

#include "model/schema.h"

bool column_equal(const struct column *a, const struct column *b);
bool index_equal(const struct index *a, const struct index *b);
/* Is one of them invisible, and that the only difference? */
bool index_only_visibility(const struct index *a, const struct index *b);
/* Parents are compared by name key; databases too. RESTRICT, NO ACTION and no clause are one. */
bool foreign_key_equal(const struct foreign_key *a, const struct foreign_key *b);
/* Equal, and RESTRICT and NO ACTION are two, as servers show them. */
bool foreign_key_same(const struct server *server, const struct foreign_key *a,
		      const struct foreign_key *b);
/* What the server keeps: no clause is RESTRICT or NO ACTION. */
enum fk_action fk_action_stored(const struct server *server, enum fk_action action);
bool check_equal(const struct check *a, const struct check *b);
/* Their names count, too: keys without overlaps call a period by its name. */
bool period_equal(const struct period *a, const struct period *b);
/* model/partition.h */
bool partition_equal(const struct tree_partition *a, const struct tree_partition *b);
bool option_list_equal(const struct option_list *a, const struct option_list *b);
bool name_list_equal(const struct name_list *a, const struct name_list *b);

/* For people and for `diff`: what differs between two columns, as words ("type", "collation",
 * "default", "comment", …) joined by ", " into out; nothing when they are equal. */
void column_differences(struct buf *out, const struct column *a, const struct column *b);

#endif
