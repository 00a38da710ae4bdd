/*
 * script: a run as a text, for those who run it themselves with a stock client.
 *
 * What upgrade, downgrade or stamp would do to a database that is at the given
 * rows: the session as the runner sets it up, the statements of each revision, and
 * after each revision the version rows, as Alembic moves them. No connection; no
 * journal, as nobody would resume it. The text is UTF-8 and says so to the server.
 *
 * Costs what its statements cost: no state is folded.
 */
#ifndef AUTOGEN_RUN_SCRIPT_H
#define AUTOGEN_RUN_SCRIPT_H

#include "base/buf.h"
#include "run/runner.h"
#include "run/version_table.h"

struct script_options {
	struct version_table version_table;
	unsigned lock_wait;     /* seconds a statement waits for locks; 0: as the server says */
	bool allow_data_loss;
	/* The server that op lines are read for, to tell what loses data; NULL: no revision of the
	 * path has any. */
	const struct server *server;
};

/*
 * The script that runs `path` (graph_path from `rows`, ids of the version table) in that direction.
 * RUN_REFUSED with diagnostics, and nothing in `out`, when it would lose data that nobody
 * acknowledged, or an op line can't be read.
 */
enum run_status script_write(struct context *ctx, const struct graph *graph,
			     const struct string_list *rows, const struct revision_list *path,
			     enum revision_direction direction,
			     const struct script_options *options, struct buf *out);
/* The script that makes the version rows `after` of `before`, running nothing. */
void script_stamp(const struct string_list *before, const struct string_list *after,
		  const struct script_options *options, struct buf *out);

#endif
