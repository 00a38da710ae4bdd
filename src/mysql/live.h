/*
 * live: what the parts of introspection share.
 *
 * introspect.c runs the parts in order: tables, checks, columns, keys, foreign
 * keys, partitions, details, rights. Each asks one question of information_schema
 * (details one SHOW CREATE for each table that needs it), sorts the answer itself
 * and adds to the model. Answers live in the scratch arena, which is freed at the
 * end; what the model keeps is copied into the model's.
 *
 * In every answer the first cell is the table's name.
 */
#ifndef AUTOGEN_MYSQL_LIVE_H
#define AUTOGEN_MYSQL_LIVE_H

#include "model/schema.h"
#include "mysql/db.h"

/* What differs between servers in how they answer; by flavour and version in live.c. */
enum live_feature {
	LIVE_GENERATED,       /* COLUMNS.GENERATION_EXPRESSION */
	LIVE_SRS_ID,          /* COLUMNS.SRS_ID */
	LIVE_GEOMETRY,        /* GEOMETRY_COLUMNS.SRID */
	LIVE_DEFAULT_TEXT,    /* COLUMN_DEFAULT is SQL: 'a', NULL, uuid(); else the bare value */
	LIVE_DEFAULT_HEX,     /* COLUMN_DEFAULT of binary columns is 0x…, cut at a zero byte */
	LIVE_INDEX_EXPR,      /* STATISTICS.EXPRESSION */
	LIVE_INDEX_VISIBLE,   /* STATISTICS.IS_VISIBLE */
	LIVE_INDEX_IGNORED,   /* STATISTICS.IGNORED */
	LIVE_CHECKS,          /* CHECK_CONSTRAINTS */
	LIVE_CHECK_LEVEL,     /* CHECK_CONSTRAINTS.TABLE_NAME and LEVEL */
	LIVE_TWICE_ENCODED,   /* expressions are UTF-8 encoded twice */
	LIVE_HASH_UNIQUE,     /* a long unique key is a hash */
	LIVE_VERSIONED,       /* system versioned tables, application-time periods */
	LIVE_DEFAULT_BYTES,   /* SHOW CREATE TABLE has the bytes of binary defaults, converted or not */
	LIVE_BOUND_BYTES,     /* bytes among the bounds of partitions are shown as 0x… or 'text' */
	LIVE_DICTIONARY,      /* information_schema comes from a dictionary, no table is opened for it */
	LIVE_ENGINE_ATTRIBUTE /* TABLES_EXTENSIONS, COLUMNS_EXTENSIONS */
};

/* A check that stands at a column (MariaDB), until its column is read. */
struct live_check {
	const struct table *table;
	const struct name *column;
	const struct expr *expr; /* as parsed, not in normal form */
	const char *text;
	bool taken;
};

struct live {
	struct context *ctx;
	struct arena *arena;   /* the model's */
	struct arena scratch;
	struct db *db;
	const struct server *server;
	struct schema *schema;
	const char *database;  /* as an SQL literal */
	const struct name_list *only;
	bool whole;            /* SHOW CREATE TABLE of every table; else what a model makes needful */
	const struct schema *const *models;
	size_t n_models;
	struct map types;      /* COLUMN_TYPE's name -> struct type */
	struct { struct live_check *items; size_t n, cap; } column_checks;
};

bool live_has(const struct live *live, enum live_feature feature);
/* `a` where the server has the feature, else `b`: for lists of columns. */
const char *live_if(const struct live *live, enum live_feature feature, const char *a,
		    const char *b);

/* Asks; every %s of the format is the database as a literal unless said otherwise by `args`. */
bool live_query(struct live *live, struct db_result *result, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* As an SQL literal, in the scratch arena. */
const char *live_literal(struct live *live, const char *text);

/* Cells: NULL is "". */
const char *live_text(const struct db_row *row, unsigned column);
long live_number(const struct db_row *row, unsigned column);
bool live_is(const struct db_row *row, unsigned column, const char *word);
const struct name *live_name(struct live *live, const struct db_row *row, unsigned column);
/* The table that the row's first cell names; NULL: none that is read. */
struct table *live_table(struct live *live, const struct db_row *row);

/* Sorts rows by the given columns (bytes, or numbers for those in `numeric`). */
struct live_order {
	unsigned columns[4], n;
	unsigned numeric; /* bits */
};
void live_sort(struct db_result *result, struct live_order order);

/* An expression as information_schema writes it, as parsed: what can't be parsed is EXPR_OPAQUE. */
struct expr *live_parse(struct live *live, const char *text, size_t len);
/* The same in normal form. */
const struct expr *live_expr(struct live *live, const char *text, size_t len);

/* For what may fail without anybody being told: what was queued since the mark is taken back. */
struct live_mark { size_t n, errors, warnings; };
struct live_mark live_mark(const struct live *live);
void live_rewind(struct live *live, struct live_mark mark);

/* Marks the table as one that can't be trusted whole; the first reason stays. */
void live_unknown(struct live *live, struct table *table, enum refusal refusal,
		  const char *format, ...) __attribute__((format(printf, 4, 5)));

/* An option with the spelling that resolve gives it: words in capitals, defaults left out. */
void live_option(struct live *live, struct option_list *options, enum tree_attr_kind kind,
		 const char *value);

/* The parts. false: a query failed (queued). */
bool live_tables(struct live *live);
bool live_names(struct live *live); /* the same tables, with nothing but their names */
bool live_checks(struct live *live);
bool live_columns(struct live *live);
bool live_srids(struct live *live);
bool live_indexes(struct live *live);
bool live_foreign_keys(struct live *live);
/* live_partition.c: which tables are partitioned; how, says live_cut_partition(). */
bool live_partitions(struct live *live);
/* Reads the PARTITION BY of a SHOW CREATE TABLE; returns the text before it. */
char *live_cut_partition(struct live *live, struct table *table, char *text);
/* The column that SHOW CREATE TABLE shows that check at (text of CHECK_CLAUSE); NULL: none. */
const struct name *live_shown_check(struct live *live, struct table *table, const char *clause);
/* live_clause.c: columns, keys and table options out of the text of SHOW CREATE TABLE. */
void live_clauses(struct live *live, struct table *table, const char *text);
/* Takes USING back where the server writes it by itself. */
void live_settle_using(const struct live *live, const struct table *table, struct index *index);
bool live_details(struct live *live); /* live_show.c: what only SHOW CREATE TABLE tells */
bool live_rights(struct live *live);
/* Marks tables whose columns privileges hide; *whole: they hide no table of the database. */
bool live_rights_outside(struct live *live, bool *whole);
/* SHOW CREATE TABLE with all its bytes; `text` when that fails. */
char *live_show_bytes(struct live *live, struct table *table, char *text);
/* Does it hold bytes, no characters? */
bool live_is_binary(const struct column *column);

/* live_default.c: the default of a column from COLUMN_DEFAULT (NULL: none) and EXTRA. */
void live_default(struct live *live, struct column *column, const char *text, size_t len,
		  const char *extra);
/* The same from a literal, as parsed. */
void live_default_literal(struct live *live, struct column *column, struct expr *literal);

#endif
