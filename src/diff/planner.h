/*
 * planner: what the parts of plan share. Internal to src/diff.
 *
 * `now` is a copy of `from` on which every op is carried out as it enters a
 * statement: what a statement needs to know of its table is what is there then.
 * `renamed` is `from` after all renames and nothing else: there the changes of
 * columns and indexes are held against the foreign keys that have to live with
 * them. Its tables stand in the order of `from` (`tables`), and so do the keys of
 * each of them.
 */
#ifndef AUTOGEN_DIFF_PLANNER_H
#define AUTOGEN_DIFF_PLANNER_H

#include "diff/order.h"
#include "diff/plan.h"

/* The changes of one table in PHASE_ALTER. */
struct change {
	const struct table *table; /* in `renamed` */
	struct op_list ops;
};

/* A foreign key that stays, and must go for a while. */
struct rekey {
	size_t table, key; /* indexes in `from` */
	const struct name *name; /* to come back under */
};
struct rekey_list { struct rekey *items; size_t n, cap; };

struct planner {
	struct context *ctx;
	struct arena *arena;
	const struct schema *from, *to;
	const struct server_list *targets;
	struct schema *renamed, *now;
	struct table **tables;  /* of `renamed`, at the indexes of `from`; NULL: dropped */
	struct op_list phases[PHASE_ADD_KEYS + 1];
	struct change **changes; /* in the order of their first ops */
	size_t n_changes;
	struct map change_of;   /* table of `renamed` -> struct change */
	struct map table_of;    /* table of `from` -> index + 1 */
	struct map dropped_keys; /* struct foreign_key of `from` -> its op */
	struct map renamed_keys; /* struct foreign_key of `from` that a rename disturbs */
	struct rekey_list rekeys;
	/* of MERGE tables: what goes before, each its statement, and after all that touches them */
	struct { struct op_list *items; size_t n, cap; } unions_first;
	struct op_list unions_last;
	struct map key_columns; /* struct column of `now` that some foreign key uses */
	struct plan *plan;
	bool ok;
};

/* Can every target do it? */
bool planner_all_can(const struct planner *planner, enum capability capability);
struct statement *planner_statement(struct planner *planner, const struct name *table,
				    struct span origin);
/* Adds the op to the statement (the first one gives it its origin) and carries it out on `now`. */
void planner_add(struct planner *planner, struct statement *statement, const struct op *op);
struct op *planner_op(struct planner *planner, enum op_kind kind, const struct name *table);
/* NULL: nothing of that table changes. */
struct change *planner_change(const struct planner *planner, const struct table *table);

/* rekey.c: fills planner->rekeys. */
void plan_find_rekeys(struct planner *planner);
/* Notes the keys that a rename, about to be carried out on `renamed`, can't live with. */
void plan_note_rename(struct planner *planner, const struct op *rename);

/* restate.c: does something in the op's table say the name of the column that it renames? */
bool plan_is_said(const struct schema *schema, const struct op *op);
/* What has to be written again with the rename of the column, as it is after it. */
void plan_restate_rename(struct planner *planner, struct statement *statement,
			 const struct name *column);
/* What the ops, about to enter the statement, drag along, and whether they need a copy. */
void plan_restate(struct planner *planner, struct statement *statement, const struct op_list *ops);
/* The op that gives the table another engine; NULL: none does. */
const struct op *plan_engine_op(const struct op_list *ops);
/* The op that drops the index, whether it is added again or not; NULL: none does. */
const struct op *plan_drops_index(const struct op_list *ops, const struct index *index);
/* Takes the op that drops the index out of them; NULL: none does. */
const struct op *plan_take_drop(struct op_list *ops, const struct index *index);
/* Is it a unique key that is a hash where it need not be one? */
bool plan_is_written_hash(const struct index *index);
/* The column without that option; itself, if it hasn't got it. */
const struct column *plan_without_option(struct planner *planner, const struct column *column,
					 enum tree_attr_kind kind);
/*
 * The statement is complete. It says unique keys again that are hashes where they need not be: MariaDB
 * forgets that in a copy of the table: and it copies it for all but a new name of it and its
 * partitions (CAP_INDEX_HASH_COPIED; measured on 10.5, 10.11 and 11.8).
 */
void plan_keep_hashes(struct planner *planner, struct statement *statement);
/* Is the index dropped and added to get another name? */
bool plan_is_replaced(const struct planner *planner, const struct index *index);
/* Does the server copy the table whatever is altered? MariaDB does where a key is a hash
 * (CAP_HASH_IN_PLACE) or WITHOUT OVERLAPS (measured on 10.11 and 11.8). */
bool plan_is_copied(const struct server_list *targets, const struct table *table);
/*
 * Does the op, which makes a column NOT NULL, turn a unique key into the one that the rows are ordered
 * by, where there is none yet? MySQL 5.6 does that in place and spoils the other indexes
 * (CAP_ORDER_IN_PLACE).
 */
bool plan_orders_rows(const struct server_list *targets, const struct table *table,
		      const struct op *op);
/* vector.c: does the ALTER of those ops leave the table of the vector index behind that the op drops,
 * in the engine that it was of? The next one would find it there (1050): the op goes before. */
bool plan_leaves_vector(const struct op_list *ops, const struct op *op);
/*
 * A foreign key of the table, as it is now, is about to be dropped. Where MariaDB copies the table for
 * that it trips up over a vector index (1025, and the key is gone all the same; no setting helps):
 * it is dropped first. `stays`: the table in `renamed`, or NULL. The op that brings the index back
 * right after the foreign key; NULL: none does.
 */
const struct op *plan_drop_vector(struct planner *planner, const struct table *table,
				  const struct table *stays);
/* made_index.c: does the index that the op adds take the place of that one, if the server made it? */
bool plan_displaces_index(const struct planner *planner, const struct table *table,
			  const struct op *op, const struct index *index);
/* The statement drops that key: an index that the server may have made for it, and that the key's
 * successor would rename, is made anew. `change`: of its table, or NULL. */
void plan_keep_index(struct planner *planner, struct statement *statement,
		     const struct change *change, const struct foreign_key *dropped);
/* unions.c: takes the UNIONs of MERGE tables that have to go for a while out of the ops. */
void plan_part_unions(struct planner *planner, struct op_list *ops);
/* The statements before and after all others. */
void plan_leave_unions(struct planner *planner);
void plan_enter_unions(struct planner *planner);
/* MERGE tables before all others, or behind them: `order` has indexes of `tables`. */
void plan_order_merged(struct planner *planner, const struct table_const_list *tables,
		       bool merge_first, size_t *order);
/* plan_partition.c: ADD, DROP, REORGANIZE and COALESCE PARTITION share an ALTER with nothing. */
bool plan_stands_alone(const struct change *change, const struct op *op);
/*
 * Where such an ALTER spoils a table with a unique key that is a hash though it need not be one
 * (CAP_HASH_PARTITIONS), the key is dropped before, and comes back with the ops of the round.
 */
void plan_spare_hashes(struct planner *planner, struct op_list *ops);
/* The partitioning, when renaming that column writes it again; NULL: it doesn't. */
const struct tree_partition *plan_restated_partition(struct planner *planner,
						     const struct table *table,
						     const struct name *column, struct span origin);
/* The statements of PHASE_RENAME_PARTS and PHASE_ALTER. */
void plan_rename_parts(struct planner *planner);
void plan_alters(struct planner *planner);

/*
 * versioning.c: the ops of a table in the rounds that its system versioning needs; each is ALTERs
 * of its own. At least one; those without ops are left out.
 */
struct round_list { struct op_list *items; size_t n, cap; };
struct round_list plan_versioning(struct planner *planner, const struct change *change);
/*
 * A new column of a versioned table, whose rows get their value (backfill) by a default: the rows
 * of the history must have one, too (1265), and an UPDATE makes more of them.
 */
const struct column *plan_default_form(struct planner *planner, const struct column *column);
/* Queues that a column that is there can't be filled so. */
void plan_refuse_filling(struct planner *planner, const struct name *table,
			 const struct column *column);
/* Does MariaDB refuse the op for a versioned table unless the history is told to stay? */
bool plan_touches_history(const struct op *op);

#endif
