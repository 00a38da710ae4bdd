#include "run/run.h"

#include "base/context.h"

#include <string.h>

/* --- what the journal has --------------------------------------------------------------------- */

static enum run_status refuse_changed(struct run_part *part, size_t at, const char *state,
				      const char *what)
{
	struct run *run = part->run;
	struct span place = at < part->statements->n ? part->statements->items[at]->span
						     : part->revision->id_span;
	struct diag *diag =
		ctx_error(run->ctx, "resume", place, "statement %zu of revision '%s' is %s, but %s",
			  at + 1, part->revision->id, state, what);
	ctx_hint(run->ctx, diag,
		 "put the file back as it was when the %s began; statements that are "
		 "not applied yet may change",
		 revision_direction_word(part->direction));
	return RUN_REFUSED;
}

/* The other direction was begun and not ended: only that one can go on. */
static enum run_status refuse_direction(struct run *run, const char *revision,
					enum revision_direction begun, unsigned finished)
{
	struct diag *diag =
		ctx_error(run->ctx, "half-applied", span_none(),
			  "the %s of revision '%s' was begun and not ended (%u %s applied)",
			  revision_direction_word(begun), revision, finished,
			  finished == 1 ? "statement is" : "statements are");
	const struct revision *known = run->graph ? graph_by_id(run->graph, revision) : NULL;
	if (begun == REVISION_UP)
		ctx_hint(run->ctx, diag, "end it first: autogen upgrade %s", revision);
	else if (known)
		ctx_hint(run->ctx, diag, "end it first: autogen downgrade %s",
			 known->parents.n ? known->parents.items[0]->id : "base");
	ctx_hint(run->ctx, diag,
		 "or, when the database is known to be as a revision leaves it: "
		 "autogen stamp REV");
	return RUN_REFUSED;
}

/* What was applied, or may have been, must be what the file says. */
static enum run_status check_hashes(struct run_part *part)
{
	for (size_t i = 0; i < part->statements->n; i++) {
		const struct journal_row *note = part->notes[i];
		if (!note || (!note->finished && (note->error || note->data)) ||
		    !strcmp(note->hash, part->statements->items[i]->hash))
			continue;
		return refuse_changed(part, i, note->finished ? "applied" : "begun",
				      "its text is another one now");
	}
	return RUN_DONE;
}

/* --resume-at: the person has looked. Statements before it are done, it has to be run. */
static enum run_status take_word_for_it(struct run_part *part, size_t resume_at)
{
	struct run *run = part->run;
	for (size_t i = 0; i < part->statements->n && i < resume_at; i++) {
		struct journal_row *note = part->notes[i];
		if (i + 1 == resume_at) {
			if (note && !note->finished)
				part->notes[i] = NULL;
			break;
		}
		if (note && note->finished)
			continue;
		struct journal_row row = {
			.run = run->id,
			.revision = part->revision->id,
			.direction = part->direction,
			.statement = (unsigned)i + 1,
			.hash = part->statements->items[i]->hash,
			.finished = true,
		};
		if (!store_journal_start(run->ctx, &run->store, &row,
					 part->statements->items[i]->kind) ||
		    !store_journal_finish(run->ctx, &run->store, row.id))
			return RUN_FAILED;
		part->notes[i] = arena_memdup(&run->arena, &row, sizeof(row));
	}
	return RUN_DONE;
}

enum run_status resume_prepare(struct run_part *part)
{
	struct run *run = part->run;
	struct journal_row *rows;
	size_t n;
	if (!store_journal_open_rows(run->ctx, &run->arena, &run->store, part->revision->id, &rows,
				     &n))
		return RUN_FAILED;
	part->notes = ARENA_ARRAY(&run->arena, struct journal_row *, part->statements->n + 1);
	for (size_t i = 0; i < n; i++) {
		if (rows[i].direction != part->direction)
			continue; /* resume_check_others() has looked at it */
		if (rows[i].statement == 0 || rows[i].statement > part->statements->n) {
			if (rows[i].finished)
				return refuse_changed(part, rows[i].statement - 1, "applied",
						      "is in the file no more");
			continue;
		}
		part->notes[rows[i].statement - 1] = &rows[i];
	}
	enum run_status status = check_hashes(part);
	if (status == RUN_DONE)
		status = lock_wait_for_connections(part);
	if (status == RUN_DONE && n && run->options->resume_at)
		status = take_word_for_it(part, run->options->resume_at);
	return status;
}

/* --- one statement ---------------------------------------------------------------------------- */

static enum run_status refuse_blind(struct run_part *part, size_t at)
{
	struct run *run = part->run;
	const struct revision_statement *statement = part->statements->items[at];
	struct diag *diag =
		ctx_error(run->ctx, "resume", statement->span,
			  "statement %zu of revision '%s' was interrupted, and autogen can't "
			  "see if it was applied",
			  at + 1, part->revision->id);
	ctx_hint(
		run->ctx, diag,
		"look at the database and say where to go on: --resume-at %zu runs this statement, "
		"--resume-at %zu takes it for done",
		at + 1, at + 2);
	return RUN_REFUSED;
}

enum run_status resume_statement(struct run_part *part, size_t at, bool *run_it)
{
	struct run *run = part->run;
	const struct journal_row *note = part->notes[at];
	const struct revision_statement *statement = part->statements->items[at];
	*run_it = true;
	if (note->finished) {
		*run_it = statement_is_session(statement);
		return RUN_DONE;
	}
	/* the transaction went with the connection */
	if (note->data)
		return RUN_DONE;
	/* The server said no; but a KILL, or a crash, may come so late that it is done all the same. */
	bool refused = note->error != 0;
	switch (look_judge(part, at, !refused)) {
	case LOOK_BEFORE:
		return RUN_DONE;
	case LOOK_AFTER:
		*run_it = false;
		if (keys_verify(part, at) != RUN_DONE)
			return RUN_REFUSED;
		return store_journal_finish(run->ctx, &run->store, note->id) ? RUN_DONE
									     : RUN_FAILED;
	case LOOK_BLIND:
		return refused ? RUN_DONE : refuse_blind(part, at);
	case LOOK_NEITHER:
		return refused ? RUN_DONE : RUN_REFUSED;
	case LOOK_FAILED:
		break;
	}
	return db_error_number(run->db) ? RUN_FAILED : RUN_REFUSED;
}

/* --- other revisions -------------------------------------------------------------------------- */

static bool on_path(const struct revision_list *path, const char *id)
{
	for (size_t i = 0; i < path->n; i++)
		if (!strcmp(path->items[i]->id, id))
			return true;
	return false;
}

/* Did the rows move past it all the same (Alembic, or a person, stamped it)? Then it is over. */
static bool is_over(struct run *run, const struct journal_open *open)
{
	struct revision_list applied = { 0 };
	if (!graph_by_id(run->graph, open->revision))
		return false;
	if (!graph_applied(run->graph, &run->arena, &run->rows, &applied))
		return false;
	return on_path(&applied, open->revision) == (open->direction == REVISION_UP);
}

enum run_status resume_check_others(struct run *run, const struct revision_list *path,
				    enum revision_direction direction)
{
	struct journal_open *open;
	size_t n;
	if (!store_journal_open(run->ctx, &run->arena, &run->store, &open, &n))
		return RUN_FAILED;
	for (size_t i = 0; i < n; i++) {
		if (on_path(path, open[i].revision) && open[i].direction == direction)
			continue;
		if (!is_over(run, &open[i]))
			return refuse_direction(run, open[i].revision, open[i].direction,
						open[i].finished);
		if (!store_journal_close(run->ctx, &run->store, open[i].revision))
			return RUN_FAILED;
	}
	return RUN_DONE;
}
