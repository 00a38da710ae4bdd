/*
 * random_model: models and changes of models out of a seed.
 *
 * What comes out is valid on the given servers: only features they have, only charsets
 * and collations they know, keys short enough for every row format, foreign keys they
 * take. The same seed gives the same models, on every machine. Changes are made
 * without much thought and repaired afterwards (random_repair.c), so that every kind
 * of change meets every other.
 *
 * Schemas live in the arena given; parts are shared between a schema and the ones
 * made of it.
 */
#ifndef AUTOGEN_TESTS_RANDOM_MODEL_H
#define AUTOGEN_TESTS_RANDOM_MODEL_H

#include "model/schema.h"

struct random {
	uint64_t state;
};

uint64_t random_next(struct random *random);
/* 0 .. n - 1; 0 for n = 0 */
unsigned random_below(struct random *random, unsigned n);
bool random_chance(struct random *random, unsigned percent);

struct random_model {
	struct context *ctx;
	struct arena *arena;
	const struct server *server;        /* what the models are resolved for */
	const struct server_list *targets;  /* whose limits they keep to */
	struct random random;
	unsigned serial; /* for names that were never used */
	/* what names begin with that may be there once in a database only: of tables and constraints */
	const char *prefix;
	/* what is made use of; random_init() sets all that the server has */
	bool checks, not_enforced, generated, expression_defaults, invisible, invisible_indexes;
	bool descending, json, fulltext;
	bool wide; /* all that is in random_wide.h; false at first */
};

/* The models are for the first of the targets, and valid on all of them. */
void random_init(struct random_model *model, struct context *ctx, struct arena *arena,
		 const struct server_list *targets, uint64_t seed);
/* Can all targets do it? */
bool random_can(const struct random_model *model, enum capability capability);

/* 1 to `tables` tables with keys between them. */
struct schema *random_schema(struct random_model *model, unsigned tables);
/*
 * A copy of `from` with that many changes, of all kinds. Renamed tables and columns say `was`
 * (and nothing else does: it is of this one step). Some new columns have `backfill`.
 */
struct schema *random_change(struct random_model *model, const struct schema *from,
			     unsigned changes);

/* Exactly so many tables, with many keys between them. */
struct schema *random_tied_schema(struct random_model *model, unsigned tables);
/* As random_change(), and most changes touch foreign keys or what they lean on. */
struct schema *random_tied_change(struct random_model *model, const struct schema *from,
				  unsigned changes);

/* Only renames and swaps of tables and columns, and columns that move. */
struct schema *random_rename(struct random_model *model, const struct schema *from,
			     unsigned changes);

/*
 * New columns of tables that were there, NOT NULL and without a default, get a `backfill`: rows that
 * are there need a value.
 */
void random_fill_new(struct random_model *model, const struct schema *from, struct schema *to);

/* Is it one that no INSERT gives a value: generated, or a row's time? */
bool random_is_computed(const struct column *column);

/* --- between the files of random_*.c --- */

#define RANDOM_PICK(random, array) \
	((array)[random_below((random), sizeof(array) / sizeof(*(array)))])

const struct name *random_new_name(struct random_model *model, const char *prefix);
/* The same of a table or a constraint. */
const struct name *random_global_name(struct random_model *model, const char *prefix);
/* A column of any type; `key` restricts it to types that a foreign key can be made of. */
struct column *random_column(struct random_model *model, const struct table *table,
			     const struct name *name, bool key);
/* Another type with a default, charset and collation that fit. */
void random_set_type(struct random_model *model, const struct table *table, struct column *column,
		     bool key);
void random_set_default(struct random_model *model, struct column *column);
void random_set_charset(struct random_model *model, const struct name **charset,
			const struct name **collation);
const char *random_comment(struct random_model *model);
struct table *random_table(struct random_model *model, struct schema *schema);
void random_add_index(struct random_model *model, struct table *table);
void random_add_check(struct random_model *model, struct table *table);
void random_add_foreign_key(struct random_model *model, struct schema *schema,
			    struct table *child);
/* false: there is no column for it. */
bool random_add_generated(struct random_model *model, struct table *table);
/* Makes it valid again. */
void random_repair(struct random_model *model, struct schema *schema);
struct column *random_copy_column(struct random_model *model, const struct column *column);

#endif
