/*
 * mutate: every way to drop or change one attribute of an item of a model file.
 *
 * Works on trees, as a person edits a file: what is there is dropped, changed to other values that
 * may be valid in its place, and what isn't there is added. Nothing is resolved here: whether a mutant
 * compiles, and what it means, is the caller's to find out (mutants.h).
 *
 * Mutants share what they don't change with the tree they are made of. Everything lives in the arena
 * given; the same tree gives the same mutants in the same order.
 */
#ifndef AUTOGEN_TESTS_MUTATE_H
#define AUTOGEN_TESTS_MUTATE_H

#include "base/context.h"
#include "syntax/tree.h"

struct mutant {
	/* Whose attribute, as in attribute.def: T table, C column, K key, X check,
	 * P partition; also F foreign key, I period. */
	char place;
	const char *what;         /* "unsigned", "type", "part order", …: what is counted */
	enum tree_attr_kind attr; /* the row of attribute.def; ATTR_COUNT: it is none of them */
	const char *how;          /* "dropped", "changed", "added" */
	const char *subject;      /* the column's or key's name, for messages; "" */
	const struct tree_item *item; /* the table as it is with the change */
	const struct tree_item *before, *after; /* the column, key, … (or table) itself; NULL: none */
};

typedef void mutate_visit(void *data, const struct mutant *mutant);

struct mutate {
	struct context *ctx;
	struct arena *arena;
	const struct tree_file *file; /* where foreign keys look for other parents */
	const struct tree_item *item; /* the table */
	mutate_visit *visit;
	void *data;
};

/* Every mutant of the table m->item, one attribute each. */
void mutate_item(const struct mutate *m);

/* --- between the files of mutate*.c --- */

/* A copy of the table in which one item may be edited: its lists are its own. */
struct mutate_edit {
	struct tree_item *top, *item; /* the same where the table itself is edited */
	const struct tree_item *before;
};
#define MUTATE_TOP ((size_t)-1)
struct mutate_edit mutate_edit(const struct mutate *m, size_t at);
void mutate_found(const struct mutate *m, const struct mutate_edit *edit, char place,
		  const char *what, const char *how);
/* Makes a list the caller's own. */
#define MUTATE_OWN(arena, list)                                                             \
	do {                                                                                \
		size_t own_size_ = (list)->n * sizeof(*(list)->items);                      \
		(list)->items = own_size_ ? arena_memdup((arena), (list)->items, own_size_) \
					  : NULL;                                           \
		(list)->cap = (list)->n;                                                    \
	} while (0)

/* Attributes of what mutate_edit() gives, and of partitions. `attrs` finds them in an edit. */
struct mutate_spot {
	size_t at; /* the item */
	char place;
	struct tree_attr_list *(*attrs)(const struct mutate *m, const struct mutate_spot *spot,
					struct mutate_edit *edit);
	size_t def, sub; /* of partitions */
};
void mutate_attrs(const struct mutate *m, const struct mutate_spot *spot,
		  const struct tree_attr_list *attrs);

/* mutate_value.c: other values of an attribute, those an absent one could have, other expressions. */
void mutate_other_values(const struct mutate *m, const struct tree_item *item,
			 const struct tree_attr *attr, struct tree_attr_list *out);
void mutate_new_values(const struct mutate *m, const struct tree_item *item,
		       enum tree_attr_kind kind, struct tree_attr_list *out);
/* One change each; `columns` are the table's. */
void mutate_exprs(const struct mutate *m, const struct expr *expr, struct expr_list *out);

/* mutate_key.c */
void mutate_key(const struct mutate *m, size_t at);
void mutate_foreign_key(const struct mutate *m, size_t at);
void mutate_partition(const struct mutate *m, size_t at);
struct reference_list { struct mutate_reference *items; size_t n, cap; };
struct mutate_reference {
	const char *what;
	struct tree_reference reference;
};
void mutate_references(const struct mutate *m, const struct tree_reference *reference,
		       struct reference_list *out);

#endif
