/*
 * random_wide: what models of one server can hold besides what all servers share: rarer types,
 * expressions, options, engines and partitions. Internal to random_*.c; only of models with `wide`.
 */
#ifndef AUTOGEN_TESTS_RANDOM_WIDE_H
#define AUTOGEN_TESTS_RANDOM_WIDE_H

#include "tests/support/random_change.h"

/* An expression in normal form; `$` in the text is the column. */
const struct expr *random_expr(struct random_model *model, const char *text,
			       const struct name *column);
/* A condition that the small numbers of test rows fulfil. */
const struct expr *random_check_expr(struct random_model *model, const struct name *column);
/* A word for any type that the servers have, each as often. */
const char *random_any_type(struct random_model *model);
/* Default of any kind of expression; false: none fits. */
bool random_default_expr(struct random_model *model, struct column *column);
/* A value of a spatial type or a vector; NULL for other types. */
const struct expr *random_rare_literal(struct random_model *model, const struct type *type);
void random_column_options(struct random_model *model, struct column *column);
void random_index_options(struct random_model *model, const struct table *table,
			  struct index *index);
/* One part that is an expression; false: no column for it. `json`: of a JSON column only. */
bool random_functional(struct random_model *model, const struct table *table, struct index *index,
		       bool json);
/* Spatial and vector keys. */
void random_add_rare_index(struct random_model *model, struct table *table);
/* The expression of a generated column and the type that goes with it. */
void random_generate(struct random_model *model, const struct table *table,
		     struct column *column);
void random_table_options(struct random_model *model, struct table *table);
/* Another value, or none. */
void random_set_option(struct random_model *model, struct table *table);
void random_partition(struct random_model *model, struct table *table);

/* A period, if there is none, and maybe a key WITHOUT OVERLAPS. */
void random_add_period(struct random_model *model, struct table *table);

/* Visible row times, and versioning, where there are none. */
void random_add_row_times(struct random_model *model, struct table *table);

/* A few tables of MyISAM that are alike, and a MERGE table over them (random_union.c). */
void random_add_union(struct random_model *model, struct schema *schema);
/* Is it one of those? */
bool random_is_united(const struct random_model *model, const struct table *table);

/* Can the expression stand on what these columns are now? */
bool random_expr_fits(const struct table *table, const struct expr *expr);
bool random_is_engine(const struct table *table, const char *engine);
/* Takes out what does not go together. */
void random_fix_table(struct random_model *model, struct schema *schema, struct table *table);
/* Rare attributes of the table, its columns and keys. */
void random_fix_options(struct random_model *model, struct table *table);
/* What no ALTER TABLE gives or takes back is as it was. */
void random_keep_lasting_options(struct random_model *model, struct table *table,
				 const struct table *old);
void random_fix_periods(struct table *table);
/* Row times as they must be, or none. */
void random_fix_row_times(struct random_model *model, struct table *table);
void random_fix_partition(struct random_model *model, struct table *table);

/* Changes. */
void change_option(struct changer *c);
void change_engine(struct changer *c);
void change_partition(struct changer *c);
void change_period(struct changer *c);
void change_row_times(struct changer *c);
void change_union(struct changer *c);
void change_column_options(struct changer *c);
void change_add_rare_index(struct changer *c);

#endif
