/*
 * mutants: is every mutant of a model reported as a difference?
 *
 * A model and each of its mutants (mutate.h) are compiled for a server and compared both ways. A
 * mutant must not compile, or differ both ways; the difference carried out must give the mutant,
 * and so must its op lines, read again. One that is equal must be so by a rule of the language that
 * stands in the closed list of mutant_rules.c. Everything else is a silent miss: a failure.
 */
#ifndef AUTOGEN_TESTS_MUTANTS_H
#define AUTOGEN_TESTS_MUTANTS_H

#include "model/schema.h"
#include "tests/support/mutate.h"

struct mutant_count {
	char place;
	const char *what;
	enum tree_attr_kind attr;
	unsigned found, refused, ruled;
};

struct mutants {
	struct context ctx;
	struct arena arena; /* of the counts */
	struct server server;
	unsigned per_table; /* at most so many of each table, spread evenly; 0: all */
	bool verbose;       /* prints every mutant and what became of it */
	struct { struct mutant_count *items; size_t n, cap; } counts;
	bool rules_used[100];
	unsigned mutants, failures;
};

void mutants_init(struct mutants *mutants);
void mutants_free(struct mutants *mutants);

/*
 * Mutates every table of a model's text. `name` is for messages. What was found is printed, each
 * failure with the mutant; false when the text itself doesn't compile for mutants->server, which
 * is printed too.
 */
bool mutants_run_text(struct mutants *mutants, const char *name, const char *text);
/* The same with the tree that the schema makes (dsl/unresolve.h). */
bool mutants_run_schema(struct mutants *mutants, const char *name, const struct schema *schema);

/* The table of counts, by kind of attribute. */
void mutants_print(const struct mutants *mutants);
/*
 * Says of what it has no mutant that was found: rows of attribute.def in their places, and rules that
 * nothing was equal by. Returns how many.
 */
unsigned mutants_print_missing(const struct mutants *mutants);

/* --- mutant_rules.c --- */

/* Is the mutant of the table in `schema` the same table by a rule? */
bool mutant_is_ruled(struct mutants *mutants, const struct schema *schema,
		     const struct mutant *mutant);
/* Says which rules nothing was equal by; returns how many. */
unsigned mutant_print_unused(const struct mutants *mutants);

#endif
