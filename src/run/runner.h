/*
 * runner: carries revisions out on a database.
 *
 * Takes the advisory lock (GET_LOCK on the very connection that runs the DDL),
 * makes the version table and the journal, and runs statement after statement,
 * journalled before and after. A run that was interrupted is resumed: journalled
 * statements are passed over, the interrupted one is judged by a look at its
 * table against the states before and after it (folded from the op lines).
 * Version rows move when a revision is whole.
 *
 * Every failure is a diagnostic; a server's error shows the statement's place in
 * the revision file. Exit codes are cli's: `struct run_result` says what happened.
 */
#ifndef AUTOGEN_RUN_RUNNER_H
#define AUTOGEN_RUN_RUNNER_H

#include "revision/graph.h"
#include "run/store.h"

enum run_status {
	RUN_DONE,
	RUN_REFUSED,     /* data loss, lock held, neither state: exit 5 */
	RUN_FAILED,      /* the server said no or went away: exit 4 */
	RUN_INTERRUPTED, /* exit 130; resumable */
};

struct run_event {
	const struct revision *revision;
	enum revision_direction direction;
	size_t statement, of;   /* from 1; 0: the revision begins */
	bool resumed;           /* the statement had been applied before */
	const struct revision_statement *what;
};

/* Where a run is, for tests that end it there: a kill between two of these is like one at the first. */
enum run_point {
	RUN_AT_START,    /* of a statement: nothing noted yet */
	RUN_AT_NOTED,    /* the journal says that it begins */
	RUN_AT_EXECUTED, /* the server has done it */
	RUN_AT_FINISHED, /* the journal says so */
	RUN_AT_VERSION,  /* all statements of a revision are done, the version rows not moved yet */
	RUN_AT_END,      /* of a revision: version rows moved */
};

struct run_options {
	const char *version_table;
	const char *version_schema; /* the database it is in; NULL: the managed one */
	unsigned lock_timeout;  /* seconds to wait for another run: default 60 */
	unsigned lock_wait;     /* seconds for metadata locks: default 5 */
	bool allow_data_loss;
	bool verified_keys;     /* foreign keys are added in place, rows compared before and after */
	/* Called before each statement and revision; may be NULL. */
	void (*progress)(const struct run_event *event, void *data);
	void *progress_data;
	/* Called while something is waited for, with a line for people; may be NULL. */
	void (*notice)(const char *text, void *data);
	void *notice_data;
	/* For an interrupted statement that a look can't judge: the statement of the half-applied
	 * revision to go on with, those before it being done; 0: not said. */
	unsigned resume_at;
	/* For tests; NULL otherwise. */
	void (*at_point)(enum run_point point, void *data);
	void *at_point_data;
};

/* Runs `path` (graph_path) in that direction. */
enum run_status run_revisions(struct context *ctx, struct db *db, const struct graph *graph,
			      const struct revision_list *path, enum revision_direction direction,
			      const struct run_options *options);
/* Moves the version rows as `words` say (graph_stamp) without running anything; takes the lock.
 * `after` (lives with the graph): the rows there are then. */
enum run_status run_stamp(struct context *ctx, struct db *db, const struct graph *graph,
			  const struct string_list *words, bool purge,
			  const struct run_options *options, struct string_list *after);
/* Makes autogen's tables where they are missing. */
enum run_status run_ensure(struct context *ctx, struct db *db, const struct run_options *options);

#endif
