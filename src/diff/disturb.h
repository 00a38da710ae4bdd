/*
 * disturb: can a foreign key live with what an ALTER TABLE does to one of its tables?
 *
 * foreign-keys.md section 6: what is not listed there as accepted by all targets disturbs a key. It
 * has to go before, and can come back afterwards.
 */
#ifndef AUTOGEN_DIFF_DISTURB_H
#define AUTOGEN_DIFF_DISTURB_H

#include "diff/op.h"

/* The op of one ALTER that the key, whose child or parent the table is, can't live with; NULL: it
 * lives. `table` as it is before the ops. */
const struct op *disturb_key(const struct server_list *targets, const struct table *table,
			     const struct op_list *ops, const struct foreign_key *key,
			     bool is_parent);

/*
 * Does some target copy the table to rename the column? `op` is OP_RENAME_COLUMN, about to be carried
 * out on the schema. That is refused for the column of a foreign key (1846).
 */
bool disturb_rename_copies(const struct server_list *targets, const struct schema *schema,
			   const struct op *op);

#endif
