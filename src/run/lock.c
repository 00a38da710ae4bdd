#include "run/run.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/hash.h"
#include "base/quote.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Same database, same name; 5.6 allows one lock a session, 5.7 and later 64 characters. */
static const char *lock_name(struct run *run)
{
	char hex[HASH_HEX_SIZE];
	const char *database = db_database(run->db);
	hash_sha256(database, strlen(database), hex);
	return arena_printf(&run->arena, "autogen:%.32s", hex);
}

static bool interrupted(const struct run *run)
{
	return run->ctx->interrupted && *run->ctx->interrupted;
}

/* One cell of one row, in the run's arena; NULL for SQL's NULL or no row. false: queued. */
static bool query_cell(struct run *run, const char *sql, const char **cell)
{
	struct db_result result;
	*cell = NULL;
	if (!db_query(run->db, &run->arena, sql, &result))
		return false;
	if (result.rows.n)
		*cell = result.rows.items[0].cells[0];
	return true;
}

/* "connection 12 of root@localhost, at work for 5 s"; what can't be seen is left out. */
static void describe_holder(struct run *run, struct buf *out)
{
	const char *id;
	struct db_result result;
	const char *sql = arena_printf(&run->arena, "SELECT IS_USED_LOCK('%s')", run->lock);
	if (!query_cell(run, sql, &id) || !id) {
		buf_add(out, "another connection");
		return;
	}
	buf_printf(out, "connection %s", id);
	sql = arena_printf(
		&run->arena,
		"SELECT USER, HOST, TIME FROM information_schema.PROCESSLIST WHERE ID = %lu",
		strtoul(id, NULL, 10));
	if (!db_query(run->db, &run->arena, sql, &result) || !result.rows.n)
		return; /* without the PROCESS privilege only one's own are seen */
	const char **cells = result.rows.items[0].cells;
	if (cells[0] && cells[1])
		buf_printf(out, " of %s@%s", cells[0], cells[1]);
	if (cells[2])
		buf_printf(out, ", for %s s in its present state", cells[2]);
}

static void tell(struct run *run, const char *format, const char *who)
{
	if (run->options->notice)
		run->options->notice(arena_printf(&run->arena, "%s%s", format, who),
				     run->options->notice_data);
}

static enum run_status report_held(struct run *run)
{
	struct buf who = { 0 };
	describe_holder(run, &who);
	struct diag *diag =
		ctx_error(run->ctx, "lock", span_none(),
			  "another run is at work on this database: %s", buf_text(&who));
	buf_free(&who);
	ctx_hint(run->ctx, diag, "waited %u s; --lock-timeout SECONDS waits longer",
		 run->options->lock_timeout);
	return RUN_REFUSED;
}

/* In slices of a second, so that Ctrl-C ends the waiting. */
enum run_status lock_take(struct run *run)
{
	run->lock = lock_name(run);
	for (unsigned waited = 0;; waited++) {
		const char *got;
		const char *sql = arena_printf(&run->arena, "SELECT GET_LOCK('%s', %d)", run->lock,
					       waited > 0);
		if (!query_cell(run, sql, &got))
			return RUN_FAILED;
		if (got && !strcmp(got, "1"))
			return RUN_DONE;
		if (interrupted(run))
			return RUN_INTERRUPTED;
		if (waited >= run->options->lock_timeout)
			return report_held(run);
		if (waited == 0) {
			struct buf who = { 0 };
			describe_holder(run, &who);
			tell(run, "waiting for another run on this database: ", buf_text(&who));
			buf_free(&who);
		}
	}
}

void lock_release(struct run *run)
{
	if (db_lost(run->db))
		return; /* and the lock with it */
	const char *sql = arena_printf(&run->arena, "SELECT RELEASE_LOCK('%s')", run->lock);
	struct db_result result;
	db_query(run->db, &run->arena, sql, &result);
}

/* --- connections of an earlier run ------------------------------------------------------------ */

/* Is the connection of that journal row still at work? The lock went with it, so normally not; but a
 * lock can be released by hand, or by a statement. */
static bool is_alive(struct run *run, const struct journal_row *note, bool *alive)
{
	struct db_result result;
	*alive = false;
	if (note->connection == db_connection_id(run->db))
		return true;
	if (note->server_uuid && run->store.server_uuid &&
	    strcmp(note->server_uuid, run->store.server_uuid) != 0)
		return true; /* a number of another server's */
	if (!db_query(run->db, &run->arena, "SHOW GLOBAL STATUS LIKE 'Uptime'", &result))
		return false;
	if (result.rows.n && result.rows.items[0].cells[1] &&
	    strtoul(result.rows.items[0].cells[1], NULL, 10) + 1 < note->age)
		return true; /* the server was started since */
	const char *sql = arena_printf(
		&run->arena,
		"SELECT COMMAND FROM information_schema.PROCESSLIST WHERE ID = %lu AND "
		"COMMAND <> 'Sleep' AND TIME <= %lu AND DB = DATABASE()",
		note->connection, note->age + 1);
	if (!db_query(run->db, &run->arena, sql, &result))
		return false;
	*alive = result.rows.n > 0;
	return true;
}

static enum run_status wait_for(struct run *run, struct journal_row *note)
{
	const char *who = arena_printf(&run->arena, "connection %lu", note->connection);
	for (unsigned waited = 0;; waited++) {
		bool alive;
		if (!is_alive(run, note, &alive))
			return RUN_FAILED;
		if (!alive)
			return RUN_DONE;
		if (interrupted(run))
			return RUN_INTERRUPTED;
		if (waited >= run->options->lock_timeout) {
			struct diag *diag =
				ctx_error(run->ctx, "lock", span_none(),
					  "the server is still at work for an earlier run, "
					  "on %s",
					  who);
			ctx_hint(run->ctx, diag, "wait for it, or end it: KILL %lu",
				 note->connection);
			return RUN_REFUSED;
		}
		if (waited == 0)
			tell(run,
			     "waiting for the server to end an earlier run's statement: ", who);
		nanosleep(&(struct timespec){ .tv_sec = 1 }, NULL);
		note->age++;
	}
}

enum run_status lock_wait_for_connections(struct run_part *part)
{
	for (size_t i = 0; i < part->statements->n; i++) {
		struct journal_row *note = part->notes[i];
		if (!note || note->finished)
			continue;
		enum run_status status = wait_for(part->run, note);
		if (status != RUN_DONE)
			return status;
	}
	return RUN_DONE;
}
