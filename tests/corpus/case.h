/*
 * case: one case of the corpora on one server: a schema, a statement or a pair of versions.
 *
 * A schema or statement is loaded into an empty database and introspected; its model is printed,
 * compiled again and compared; a revision from nothing to that model, written as text and read
 * back, is run in a second empty database and compared with the first, table by table, by SHOW
 * CREATE TABLE; its downgrade must leave nothing. A pair is loaded into both; a revision leads the
 * first to the state of the second, and back.
 *
 * A case makes both databases anew and runs in a process of its own: it queues, prints and keeps
 * nothing beyond its rows, and whatever kills it is told by whoever forked it.
 */
#ifndef AUTOGEN_TESTS_CORPUS_CASE_H
#define AUTOGEN_TESTS_CORPUS_CASE_H

#include <stdio.h>

#include "base/context.h"
#include "diff/op.h"
#include "mysql/db.h"

enum case_kind { CASE_SCHEMA, CASE_STATEMENT, CASE_PAIR };

struct corpus_case {
	enum case_kind kind;
	const char *name;
	const char *path;    /* of a schema; of the older one of a pair */
	const char *to_path; /* of the newer one */
	const char *sql;     /* of a statement (or several: a table and those it refers to) */
};

/* The better the lower: a case is as its worst table. */
enum outcome {
	OUTCOME_NONE,       /* not told: what stopped the case lay elsewhere */
	OUTCOME_PASSED,
	OUTCOME_UNACCEPTED, /* the server does not take it: no case of this server */
	OUTCOME_REFUSED,    /* autogen says why, by a code of refusal.def: the stage */
	OUTCOME_FAILED,
};

struct finding {
	enum outcome outcome;
	const char *stage, *reason; /* of the first; NULL: none */
};

/* A table of the database a case made. */
struct subject {
	const struct name *name;
	const char *shown, *features; /* SHOW CREATE TABLE, normalised, and its keywords */
	struct finding finding;
};
struct subject_list { struct subject *items; size_t n, cap; };

struct bench {
	struct context ctx;
	struct arena arena;
	struct url url;
	const char *a, *b; /* names of the two databases */
	bool verbose;      /* why a case failed, whole, on stderr */
	struct db *admin;  /* without a database */
	const struct server *server;
	struct server_list targets;
	struct subject_list subjects; /* tables of A */
	struct finding finding;       /* of the case */
};

/* Runs it and leaves what was found in the bench. false: the server is gone. */
bool case_run(struct bench *bench, const struct corpus_case *test);

/* The case is (at least) so; `table` NULL: no table is to blame. Keeps the first of the worst. */
void case_find(struct bench *bench, const struct name *table, enum outcome outcome,
	       const char *stage, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Likewise, with the queued errors, which are taken out of the queue. */
void case_find_errors(struct bench *bench, const struct name *table, const char *stage);

/* load.c: makes the database anew and runs the file or statement in it. */
bool load_database(struct bench *bench, const char *database);
bool load_case(struct bench *bench, const char *database, const char *path, const char *sql);

/* compare.c */
/* The tables of the database as it is, by name, each with its SHOW CREATE TABLE. */
bool compare_read(struct bench *bench, struct db *db, struct subject_list *subjects);
/* The keywords of a normalised SHOW CREATE TABLE, sorted. */
const char *compare_features(struct arena *arena, const char *shown);
/* false, and told, where tables differ, or are in one list only. `names`: those of keys count. */
bool compare_shown(struct bench *bench, const char *stage, const struct subject_list *expected,
		   const struct subject_list *found, bool names);
/* false, and told, when anything differs, from either side. */
bool compare_models(struct bench *bench, const char *stage, const struct schema *expected,
		    const struct schema *found);

#endif
