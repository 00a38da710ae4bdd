/*
 * match: which of these is which of those?
 *
 * Names with `was` (tables, columns): the old name is there and the new one is
 * not: rename. The new one is there and the old is not, or belongs to another that
 * the model still has: done. Both are there and nothing would become of the old
 * one: an error, never a drop. Names can be passed on in a chain; a ring of them is
 * a swap, which was carried out already when the definitions fit better as they are.
 * Where only the side that is left behind says `was` (a downgrade), its word is read
 * backwards: what it renamed gets its old name back.
 *
 * Keys and checks: by name and definition first, then by definition. An equal one
 * under another name is the same one, and keeps its name unless a person wrote the
 * desired name or somebody else needs the one it has.
 */
#ifndef AUTOGEN_DIFF_MATCH_H
#define AUTOGEN_DIFF_MATCH_H

#include "model/schema.h"

/* --- names with `was` --- */

struct match_wanted {
	const struct name *name, *was; /* was NULL: none */
	struct span was_span;
};

struct match {
	const char *what;   /* "table" or "column", for messages */
	const char *prefix; /* "orders." for columns, else "" */
	bool exact;         /* names are compared exactly, else by key */
	const struct match_wanted *from;
	size_t n_from;
	const struct match_wanted *to;
	size_t n_to;
	/* How much differs between from[i] and to[j]: decides if a ring was swapped already. */
	size_t (*cost)(const void *data, size_t from, size_t to);
	const void *data;
	int *from_of; /* result: for each of to its index in from; -1: new */
};

/* Fills from_of; false with errors (rule `was`). */
bool match_names(struct context *ctx, struct arena *arena, struct match *match);

struct rename_step {
	const struct name *from, *to;
	size_t who; /* index of the pair it belongs to */
};
struct rename_step_list { struct rename_step *items; size_t n, cap; };

/*
 * Puts renames in an order in which every new name is free when its turn comes;
 * rings go through a temporary name.
 */
void match_order_renames(struct context *ctx, struct arena *arena, bool exact, const char *scope,
			 const struct rename_step_list *renames, struct rename_step_list *steps);

/* `autogen_tmp_` and a hash of `scope` and name. */
const struct name *match_temporary_name(struct context *ctx, struct arena *arena,
					const char *scope, const struct name *name);

/* --- keys and checks --- */

struct match_part {
	const struct name *name;
	bool named;
	const void *part;
};
struct match_part_list { struct match_part *items; size_t n, cap; };

struct match_parts {
	struct match_part_list from, to;
	bool (*equal)(const void *from, const void *to, const void *data);
	const void *data;
	/* results */
	int *from_of; /* for each of to; -1: new */
	bool *rename; /* for each of to: found, but under a name that it can't keep */
	bool *used;   /* for each of from: some of to is it */
};

void match_definitions(struct arena *arena, struct match_parts *match);

#endif
