/*
 * schema: the model. Every reader makes one, every writer takes one.
 *
 * A schema is one world: desired (from model files), actual (from a database),
 * or the state at a revision (from op lines). It is resolved for one server.
 * Everything lives in one arena and is freed with it.
 *
 * Invariants
 *  - Every string column holds its charset and its collation; other columns hold
 *    neither. So do tables (for their defaults). Nothing ever means "default".
 *  - Order is kept: tables as added, columns in table order, keys as declared.
 *    Comparison and output sort where order means nothing.
 *  - Tables belong to their schema and change (apply). Columns, indexes, foreign
 *    keys, checks, periods and partitionings are immutable once added: a change
 *    puts another one in their place, so that ops, clones and models can share them.
 *  - Every index, foreign key and check has a name. `named` says that a person
 *    wrote it; derived names (model/derive.h) give way to what the database has.
 *  - The key under a foreign key is always there as an index of its own.
 *  - Only a versioned table has columns `without system versioning`; no column says
 *    `with`. A unique key of one with visible row times is without the row's end that
 *    the server puts behind its columns.
 *  - Expressions and literals are in normal form (model/normal.h).
 */
#ifndef AUTOGEN_MODEL_SCHEMA_H
#define AUTOGEN_MODEL_SCHEMA_H

#include "base/map.h"
#include "base/source.h"
#include "model/refusal.h"
#include "model/server.h"
#include "model/type.h"
#include "syntax/tree.h"

/* Where a charset or collation came from: the judge's message says so. */
enum origin_kind {
	ORIGIN_NONE,
	ORIGIN_COLUMN,    /* written at the column */
	ORIGIN_LIKE,      /* of the column it is like, or references */
	ORIGIN_TYPE,      /* of a named type */
	ORIGIN_MIXIN,
	ORIGIN_TABLE,
	ORIGIN_SCHEMA,
	ORIGIN_CHARSET,   /* the default collation of a charset written at the column or table */
	ORIGIN_DATABASE,  /* the database's default */
	ORIGIN_SERVER,    /* the server's default */
	ORIGIN_LIVE,      /* read from a database */
};

struct origin {
	enum origin_kind kind;
	struct span span;
};

/* Rare attributes, generic: kind from attribute.def, text as the server writes it. Sorted by kind. */
struct option {
	enum tree_attr_kind kind;
	const char *value; /* "" for those without one */
};
struct option_list { struct option *items; size_t n, cap; };

enum default_kind {
	DEFAULT_NONE,    /* nothing written: NULL for a nullable column, none otherwise */
	DEFAULT_LITERAL, /* a constant, or NULL written on a nullable column is NONE */
	DEFAULT_NOW,     /* current_timestamp(fsp of the type) */
	DEFAULT_EXPR,    /* default (expr) */
};

struct column {
	const struct name *name;
	struct span span; /* the item that declares it */
	struct type type;
	const struct name *charset, *collation; /* both or neither */
	struct origin charset_origin, collation_origin;
	bool nullable;
	bool auto_increment;
	bool invisible;
	bool on_update_now;
	enum default_kind default_kind;
	const struct expr *default_value; /* LITERAL: EXPR_STRING/NUMBER/HEX/BIT in normal form; EXPR */
	const struct expr *generated;     /* NULL: an ordinary column */
	bool stored;
	const struct expr *check;         /* MariaDB's unnamed column check */
	const char *comment;              /* "" for none */
	struct option_list options;
	/* desired models only */
	const struct name *was;
	const struct expr *backfill;
};

struct index_part {
	const struct name *column; /* or */
	const struct expr *expr;
	unsigned length;           /* prefix in characters (bytes for binary); 0: whole */
	bool desc;
};
struct index_part_list { struct index_part *items; size_t n, cap; };

struct index {
	enum tree_key_kind kind;
	const struct name *name; /* PRIMARY for the primary key */
	bool named;
	bool for_foreign_key;    /* added by resolve because a foreign key needs it */
	struct span span;
	struct index_part_list parts;
	bool invisible;          /* MySQL INVISIBLE, MariaDB IGNORED */
	const char *comment;
	struct option_list options; /* using, parser, key_block_size, … */
};

/* RESTRICT and NO ACTION do the same, but servers keep them apart and show them. A key without the
 * clause has one of the two, which one is the server's affair: FK_DEFAULT, in a live model, too. */
enum fk_action { FK_DEFAULT, FK_RESTRICT, FK_NO_ACTION, FK_CASCADE, FK_SET_NULL, FK_SET_DEFAULT };

struct name_list { const struct name **items; size_t n, cap; };
bool name_list_has(const struct name_list *names, const struct name *name);

struct foreign_key {
	const struct name *name;
	bool named;
	struct span span, parent_span;
	struct name_list columns;
	const struct name *parent_database; /* NULL: the same */
	const struct name *parent;
	struct name_list parent_columns;
	enum fk_action on_delete, on_update;
};

struct check {
	const struct name *name;
	bool named;
	struct span span;
	const struct expr *expr;
	bool not_enforced;
};

/*
 * PERIOD FOR name (from, to) of MariaDB: an application-time period, or `system_time` over the
 * columns that hold a row's times. Both columns are NOT NULL; the check `from` < `to` that the
 * server keeps of an application-time period is no check of the model.
 */
struct period {
	const struct name *name;
	const struct name *from, *to;
	struct span span;
};

struct column_list { const struct column **items; size_t n, cap; };
struct index_list { const struct index **items; size_t n, cap; };
struct foreign_key_list { const struct foreign_key **items; size_t n, cap; };
struct check_list { const struct check **items; size_t n, cap; };
struct period_list { const struct period **items; size_t n, cap; };

struct table {
	const struct name *name;
	struct span span;
	const struct name *engine;             /* canonical: InnoDB, MyISAM, … */
	const struct name *charset, *collation; /* the table's defaults */
	struct origin charset_origin, collation_origin;
	const char *comment;
	const char *auto_increment; /* CREATE only, never compared; NULL: none */
	struct option_list options; /* row_format, key_block_size, … */
	struct column_list columns;
	struct index_list indexes;
	struct foreign_key_list foreign_keys;
	struct check_list checks;
	struct period_list periods;
	const struct tree_partition *partition; /* NULL: not partitioned */
	/* desired models only */
	const struct name *was;
	struct span was_span;
	/* actual models only: why it can't be trusted whole ("privileges hide …"); NULL: it can */
	const char *unknown;
	enum refusal refusal; /* of `unknown` */
	/* fresh from a database only: what SHOW CREATE TABLE said of it; NULL: it was not asked */
	const char *shown;
};

struct table_list { struct table **items; size_t n, cap; };

/* Views, triggers, routines, events, sequences: opaque text. */
struct object {
	const struct name *kind; /* view, trigger, … */
	const struct name *name;
	const char *head, *body;
	struct span span;
};
struct object_list { const struct object **items; size_t n, cap; };

struct server_list { struct server *items; size_t n, cap; };
/* Have all of them got it? */
bool server_list_has(const struct server_list *servers, enum capability capability);

/* What was read of another database: tables that foreign keys reference, for the judge. */
struct outside {
	const struct name *database;
	const struct schema *schema;
	bool whole; /* what is not in it is not there; else privileges may hide it */
};
struct outside_list { struct outside *items; size_t n, cap; };

struct schema {
	struct arena *arena;         /* lent */
	struct context *ctx;         /* lent */
	const struct server *server; /* what it is resolved for; lent */
	struct server_list targets;  /* declared ones; may be empty */
	const struct name *label;    /* schema NAME; NULL: not said */
	struct span span;
	const struct name *engine, *charset, *collation; /* the schema block's, or the database's */
	struct origin charset_origin, collation_origin;
	struct table_list tables;
	struct object_list objects;
	struct map by_name;          /* table key -> struct table */
	struct outside_list outside;
};

struct schema *schema_new(struct context *ctx, struct arena *arena, const struct server *server);
/* The tables are copies, what hangs on them is shared; into another arena if given. */
struct schema *schema_clone(struct arena *arena, const struct schema *schema);

/* By key, or exactly where lower_case_table_names is 0. */
struct table *schema_find_table(const struct schema *schema, const struct name *name);
bool schema_same_table(const struct schema *schema, const struct name *a, const struct name *b);
/* The table that the key references, here or outside; NULL: not there, or not known. */
const struct table *schema_parent(const struct schema *schema, const struct foreign_key *key);
/* Does the schema know whether the table that the key references is there, and what it is? */
bool schema_knows_parent(const struct schema *schema, const struct foreign_key *key);
/* "users", "crm.users": for messages. In the arena. */
const char *foreign_key_parent_text(struct arena *arena, const struct foreign_key *key);
/* The table must not be there yet. */
void schema_add_table(struct schema *schema, struct table *table);
void schema_remove_table(struct schema *schema, const struct name *name);
/* Also rewrites every foreign key's parent, as servers do. */
void schema_rename_table(struct schema *schema, const struct name *from, const struct name *to);

/* Only that: what foreign keys reference has another name. */
void schema_rename_parent(struct schema *schema, const struct name *from, const struct name *to);

struct table *table_new(struct schema *schema, const struct name *name); /* not added */
struct table *table_copy(struct arena *arena, const struct table *table);

/* -1 when there is none. */
int table_column_at(const struct table *table, const struct name *name);
int table_index_at(const struct table *table, const struct name *name);
int table_foreign_key_at(const struct table *table, const struct name *name);
int table_check_at(const struct table *table, const struct name *name);
int table_period_at(const struct table *table, const struct name *name);
const struct column *table_column(const struct table *table, const struct name *name);
const struct index *table_index(const struct table *table, const struct name *name);
const struct foreign_key *table_foreign_key(const struct table *table, const struct name *name);
const struct check *table_check(const struct table *table, const struct name *name);
const struct period *table_period(const struct table *table, const struct name *name);
/* The period `system_time`; NULL: none. */
const struct period *table_system_time(const struct table *table);
bool period_is_system_time(const struct period *period);
/* Does one of its parts hold a time of the rows? */
bool index_has_row_time(const struct index *index, const struct table *table);
/* Is it a key WITHOUT OVERLAPS of that period? */
bool index_leans_on(const struct index *index, const struct period *period);
bool period_uses(const struct period *period, const struct name *column);
/* WITH SYSTEM VERSIONING */
bool table_is_versioned(const struct table *table);
/* Is the column `as row start` or `as row end`? */
bool column_is_row_time(const struct column *column);
/*
 * The server puts the end of the row behind the columns of a unique key unless the key has one
 * of the row's times itself (measured on MariaDB 10.5, 10.11 and 11.8). Takes it away.
 */
void table_strip_row_end(const struct table *table, struct index *index);
/* The key with it, as the server has it; the same where there is none. */
const struct index *table_with_row_end(struct arena *arena, const struct table *table,
				       const struct index *index);
const struct index *table_primary_key(const struct table *table); /* NULL: none */
/* A btree index whose first columns are these, whole, ascending, in order; NULL: none (what a child key needs). */
const struct index *table_covering_index(const struct table *table, const struct name_list *columns);

/* Is the column a part of it, not just in the expression of one? */
bool index_uses(const struct index *index, const struct name *column);
/* Does it let no two rows be the same? */
bool index_is_unique(const struct index *index);
/* A unique key that is too long for a btree (3072 bytes, error 1071): MariaDB makes a hash of it. */
bool table_is_long_unique(const struct table *table, const struct index *index);

/* NULL or the option's text. */
const char *option_find(const struct option_list *options, enum tree_attr_kind kind);
/* Adds or replaces, keeping the order by kind; value NULL removes. */
void option_set(struct arena *arena, struct option_list *options, enum tree_attr_kind kind,
		const char *value);

#endif
