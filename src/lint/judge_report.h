/*
 * judge_report: what the parts of the judge's messages share.
 *
 * judge_report.c says what is wrong and where, judge_hint.c what would mend it, judge_loose.c what
 * is taken and can't be meant.
 * Private to src/lint.
 */
#ifndef AUTOGEN_LINT_JUDGE_REPORT_H
#define AUTOGEN_LINT_JUDGE_REPORT_H

#include "base/context.h"
#include "lint/judge.h"

/* One key and what the servers say to it. */
struct report {
	struct context *ctx;
	struct arena *arena;
	const struct schema *schema;
	const struct table *table, *parent;
	const struct foreign_key *key;
	const struct server_list *servers;
	const struct verdict *verdicts; /* one a server */
	const struct verdict *first;    /* the first that says no */
	const struct map *first_keys;   /* name key -> the first key of that name */
};

static inline const struct column *report_child(const struct report *r, size_t pair)
{
	return pair < r->key->columns.n ? table_column(r->table, r->key->columns.items[pair])
					: NULL;
}

static inline const struct column *report_parent(const struct report *r, size_t pair)
{
	return r->parent && pair < r->key->parent_columns.n
		       ? table_column(r->parent, r->key->parent_columns.items[pair])
		       : NULL;
}

/* The table as the key names it: the parent may be in another database. */
const char *report_table(const struct report *r, const struct table *table);

/* "a, b" */
void report_names(struct buf *out, const struct name_list *names);
/* A column's definition, at its place; `origins`: and where its charset and collation come from. */
void report_place_column(const struct report *r, struct diag *diag, const struct table *table,
			 const struct column *column, bool origins);
/* Hints what to write instead. */
void report_hint(const struct report *r, struct diag *diag);
/* The child's column to paste, of the parent's type: "x like p.k". Both columns of the pair are there. */
void report_hint_type(const struct report *r, struct diag *diag, size_t pair);

#endif
