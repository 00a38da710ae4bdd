/*
 * plan: ops in an order that no server refuses, grouped into statements.
 *
 * The order is the one measured in foreign-keys.md section 7: foreign keys are
 * dropped around a change of their columns (both ends) or of the parent key,
 * tables dropped children first, tables renamed, parts renamed, tables altered,
 * created parents first with their keys inline, foreign keys added last. Within
 * that a stable topological sort over real dependencies; a cycle of new tables is
 * broken by adding a key afterwards. A swap of names goes through a temporary one.
 *
 * MERGE tables let go of the tables beneath them before any of those changes, and are
 * given them back after all else (unions.c).
 *
 * One statement changes one table: a look at that table tells applied from not
 * applied. The ops of a statement are applied together. The fold of the plan's
 * ops over `from` equals `to`.
 */
#ifndef AUTOGEN_DIFF_PLAN_H
#define AUTOGEN_DIFF_PLAN_H

#include "diff/op.h"

/*
 * A new NOT NULL column with `backfill` on a table that exists takes three
 * statements: ADD_COLUMN of a nullable form of it, the filling, ALTER_COLUMN to
 * its final form: the fold is exact at every stop. Keys and checks that use it
 * come with the last. A column that stops to take NULL is filled before it is altered.
 */
struct statement {
	const struct name *table;
	struct op_list ops;            /* at least one, unless backfill is set */
	const struct column *backfill; /* a data statement: UPDATE table SET column = (backfill)
					  WHERE column IS NULL; no ops */
	struct name_list keep;         /* of a data statement: columns that ON UPDATE would touch */
	/*
	 * What the ops drag along, as it is then. Some servers refuse to rename a column that
	 * these use unless they are written again in the same ALTER (3108, 3766, 3837, 3855,
	 * 3959), or spoil an index whose column changes its type: columns are modified, checks
	 * and indexes dropped and added, the partitioning repeated. They are no ops: the model
	 * does not change by them.
	 */
	struct column_list restate_columns;
	struct index_list restate_indexes;
	struct check_list restate_checks;
	const struct tree_partition *restate_partition;
	bool remakes_indexes; /* all that are there: none may be altered instead */
	bool keep_history; /* of a versioned table, that MariaDB alters but when told so (4119) */
	bool copy;                     /* ask for ALGORITHM=COPY: in place a server trips up */
	struct span origin;
};

struct statement_list { struct statement **items; size_t n, cap; };

struct plan {
	struct statement_list statements;
};

/*
 * Plans the change from one state to another: diff, then order. The plan of the
 * other direction is the downgrade. `targets` are the servers the text must be
 * valid on (at least one): they decide what may share a statement.
 * false with diagnostics when diff refuses.
 */
bool plan_change(struct context *ctx, struct arena *arena, const struct schema *from,
		 const struct schema *to, const struct server_list *targets, struct plan *plan);

/*
 * Both directions of a revision: `up` leads from the head state to the desired model, `down` back.
 *
 * The way down begins where the way up ends, not at the desired model: keys and checks that nobody
 * named are called there what the database calls them (diff keeps their names), while the model
 * derives other ones, after a table was renamed, say. What the model says by `was` is turned
 * round, and every name of the head state comes back: the fold of both is the head state exactly.
 * false with diagnostics as plan_change().
 */
bool plan_revision(struct context *ctx, struct arena *arena, const struct schema *head,
		   const struct schema *desired, const struct server_list *targets,
		   struct plan *up, struct plan *down);

#endif
