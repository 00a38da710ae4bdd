/*
 * hindrance: foreign keys that no state knows of, in the way of a change.
 *
 * A plan drops and adds again the keys of its states. A database may have more of them: those of
 * tables that no model and no revision has, keys that somebody added by hand, and those of other
 * databases. Half-way the server then refuses a statement that such a key can't live with (1451, 1553, 1829,
 * 1833, 3730, 3780, …) or whose name it has (121, 1826).
 *
 * Statements are asked about in the order in which they run; what they rename, the keys follow.
 */
#ifndef AUTOGEN_DIFF_HINDRANCE_H
#define AUTOGEN_DIFF_HINDRANCE_H

#include "base/diag.h"
#include "diff/op.h"

/* The stray keys of one database: tables with a name and foreign keys, and the tables that these
 * reference. The schema is changed: keys follow renames. */
struct stray {
	const struct name *database; /* NULL: the one that the states are of */
	struct schema *schema;
};
struct stray_list { struct stray *items; size_t n, cap; };

struct hindrance {
	const struct op *op;           /* what it is in the way of */
	const struct name *database;   /* whose the key is; NULL: of the states' one */
	const struct name *table;
	const struct foreign_key *key;
	bool by_name;                  /* the op makes a key that would be called so, too */
	bool known;                    /* the state has the table, without the key */
};
struct hindrance_list { struct hindrance *items; size_t n, cap; };

/* Can a stray key be in the way of that? */
bool hindrance_possible(const struct op *op);
/* Takes out what the state has: keys of the same table and name. */
void hindrance_leave_out(const struct stray_list *stray, const struct schema *state);
/*
 * What is in the way of one statement with these ops, on the state before it; the stray keys are then
 * as after it. A key that is in the list already is not added again.
 */
void hindrance_find(struct arena *arena, const struct server_list *targets,
		    const struct schema *state, const struct op_list *ops,
		    const struct stray_list *stray, struct hindrance_list *list);

/* "'drop table users' is not possible: foreign key 'fk' of table 'legacy', which …", in the arena. */
const char *hindrance_words(struct arena *arena, const struct hindrance *hindrance);
/* What can be done about it. */
void hindrance_hint(struct context *ctx, struct diag *diag, const struct hindrance *hindrance);

#endif
