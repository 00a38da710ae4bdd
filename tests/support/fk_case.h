/*
 * fk_case: a foreign key between two tables, p and c, in one description and two languages.
 *
 * What a case is made of is data (fk_case.def). It is printed as a model, which is compiled and
 * judged, and as SQL, as a person writes it, for a server to answer. Where the description leaves
 * something out (a charset, an engine) both leave it out, so that both have to find the same default.
 */
#ifndef AUTOGEN_TESTS_FK_CASE_H
#define AUTOGEN_TESTS_FK_CASE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/server.h"

#define FK_CASE_COLUMNS 24

struct fk_case_type {
	const char *text;
	char class;
	const char *value; /* NULL: none that an insert could write */
};

struct fk_column {
	const char *name;
	const struct fk_case_type *type;
	const char *charset;   /* "" : none written */
	bool nullable;
	const char *generated; /* "as (…) stored", "" */
	bool invisible, checked;
};

struct fk_side {
	const char *name;
	struct fk_column columns[FK_CASE_COLUMNS];
	size_t n;
	const char *charset; /* FK_CASE_DEFAULT, "" */
	const char *engine;  /* "": the session's */
	const char *options; /* "row_format compact", "with system versioning", "" */
	const char *keys;    /* FK_CASE_KEY */
	const char *check;   /* an expression; "" */
	bool not_enforced;
	const char *partition;
};

struct fk_case {
	struct arena *arena; /* lent */
	struct fk_side p, c;
	bool self;           /* what is p's stands in c, too, and is referenced there */
	bool itself;         /* a self reference to the very same columns */
	size_t n;            /* columns of the key: the first of c and p */
	const char *name, *parent;
	const char *child_columns, *parent_columns; /* as FK_CASE_KEY */
	const char *on_delete, *on_update; /* "" */
	const char *schema_charset;        /* FK_CASE_DEFAULT of the schema block, "" */
	const char *faults;                /* what chance did to it, for people */
};

/* Of fk_case.def. */
extern const struct fk_case_type fk_case_types[];
extern const size_t fk_case_types_n;
extern const char *const fk_case_charsets[];
extern const size_t fk_case_charsets_n;
extern const char *const fk_case_defaults[];
extern const size_t fk_case_defaults_n;
extern const char *const fk_case_keys[];
extern const size_t fk_case_keys_n;

/* A sound case but for its types and the key of p: n columns of these types. */
void fk_case_fill(struct fk_case *t, struct arena *arena, const struct fk_case_type *parent,
		  const struct fk_case_type *child, const char *parent_key, size_t n);
/* A sound one with up to three faults, out of `seed`. */
void fk_case_random(struct fk_case *t, struct arena *arena, uint64_t seed);

/* Another key in the database, whose name no other one can have: table o, key fk_b. */
#define FK_CASE_OTHER "fk_b"
void fk_case_other_sql(struct buf *out);

/* --- as text --- */
void fk_case_model(struct buf *out, const struct fk_case *t, const struct server *server);
/* CREATE TABLE p; nothing of a case that references itself. */
void fk_case_parent_sql(struct buf *out, const struct fk_case *t, const struct server *server);
/* CREATE TABLE c: with the key, with another index of the key's columns (NULL: none) */
void fk_case_child_sql(struct buf *out, const struct fk_case *t, const struct server *server, bool key,
		       const char *index);
/* "alter table c add …" */
void fk_case_alter_sql(struct buf *out, const struct fk_case *t);
/*
 * INSERT of a row into p, then into c, whose key refers to it; false: there is a column without a
 * value, or a generated one, or the types differ though `alike` is asked for. Enums are never alike:
 * MySQL 9.7 takes a key between those of different charsets, and then doesn't find the parent.
 */
bool fk_case_rows_sql(struct buf *parent, struct buf *child, const struct fk_case *t,
		      bool alike);

#endif
