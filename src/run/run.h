/*
 * run: what the files of the runner share while one run goes on.
 *
 * Functions return RUN_DONE to go on; anything else ends the run, its reason
 * queued.
 */
#ifndef AUTOGEN_RUN_RUN_H
#define AUTOGEN_RUN_RUN_H

#include "base/arena.h"
#include "base/map.h"
#include "run/runner.h"

struct run {
	struct context *ctx;
	struct db *db;
	const struct graph *graph; /* NULL for a stamp */
	const struct run_options *options;
	const struct server *server;
	struct store store;
	struct arena arena;
	struct string_list rows;   /* of the version table, as they stand */
	char id[13];               /* of this run, in the journal */
	const char *lock;          /* the advisory lock's name */
	const char *session;       /* SQL that sets the session as it was at the start */
	/* statements that add foreign keys, of which orphans were looked for before the first one */
	struct map keys_looked_at;
	/* the statement whose keys may be added in place; NULL: none */
	const struct revision_statement *in_place;
};

/* One direction of one revision. */
struct run_part {
	struct run *run;
	struct revision *revision;
	enum revision_direction direction;
	const struct revision_statement_list *statements;
	struct journal_row **notes; /* what the journal has of each statement; NULL: nothing */
};

/* --- lock.c --- */

/* Waits for it as long as the options say, naming who has it. */
enum run_status lock_take(struct run *run);
void lock_release(struct run *run);
/* Waits until the connections of an earlier run have left the server. */
enum run_status lock_wait_for_connections(struct run_part *part);

/* --- gate.c --- */

/* Refuses operations that lose data without an acknowledgement; each is named. */
enum run_status gate_check(struct run *run, const struct revision_list *path,
			   enum revision_direction direction);
/* Refuses to alter tables of which the model does not hold every clause. Before the first statement. */
enum run_status gate_check_clauses(struct run *run, const struct revision_list *path,
				   enum revision_direction direction);

/* --- names.c --- */

/* Refuses to make tables, or to rename them, where their names are taken: half-way it would be error
 * 1050. A statement written by hand ends the look, which may free a name. Before the first one. */
enum run_status names_check_path(struct run *run, const struct revision_list *path,
				 enum revision_direction direction);

/* --- foresee.c --- */

/* Before the first statement: refuses foreign keys that this server would not make, and statements
 * that foreign keys which no revision knows of are in the way of. What comes after a statement that
 * was written by hand is not foreseen. */
enum run_status keys_foresee(struct run *run, const struct revision_list *path,
			     enum revision_direction direction);

/* --- keys.c --- */

/* Looks for rows that foreign keys to be added would refuse (error 1452), before the first
 * statement: refuses with their number, some of their values and the query. Keys of which only a
 * later state of the database tells (a data statement comes first, a column is filled) are
 * left to keys_check(). */
enum run_status keys_check_path(struct run *run, const struct revision_list *path,
				enum revision_direction direction);
/* The same right before statement `at` (from 0), where keys_check_path() could not tell. With
 * `verified_keys` always, and run->in_place is then the statement, if it does nothing but add keys
 * of which the rows were compared. */
enum run_status keys_check(struct run_part *part, size_t at);
/* Right after a statement that was, or may have been, executed in place: takes keys back that do not
 * hold of every row, and refuses. */
enum run_status keys_verify(struct run_part *part, size_t at);

/* --- look.c --- */

enum look_verdict {
	LOOK_BEFORE,  /* the statement was not applied */
	LOOK_AFTER,   /* it was */
	LOOK_NEITHER, /* the table is neither; queued, with the differences, when `report` says so */
	LOOK_BLIND,   /* a look can't tell; nothing is queued */
	LOOK_FAILED,  /* the look itself failed; queued */
};

/* Statement `at` of the part (from 0), which was begun and not finished. */
enum look_verdict look_judge(struct run_part *part, size_t at, bool report);

/* --- statement.c --- */

/* Executes and journals statement `at` (from 0). */
enum run_status statement_run(struct run_part *part, size_t at);
/* SET and USE hold for the connection alone: a resumed run does them again. */
bool statement_is_session(const struct revision_statement *statement);
/* Written by hand, it may do what no op tells. */
bool statement_is_by_hand(const struct revision_statement *statement);
/* Tells the progress callback. */
void statement_tell(const struct run_part *part, size_t at, bool resumed);
void statement_point(const struct run *run, enum run_point point);

/* --- resume.c --- */

/* Reads what the journal has of the part, and refuses what can't be gone on with. */
enum run_status resume_prepare(struct run_part *part);
/* Settles statement `at`, which the journal knows: *run says that it has to be run. */
enum run_status resume_statement(struct run_part *part, size_t at, bool *run_it);
/* Refuses when another revision than those of the path is half applied. */
enum run_status resume_check_others(struct run *run, const struct revision_list *path,
				    enum revision_direction direction);

#endif
