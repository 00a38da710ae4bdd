#include "run/run.h"

#include "base/context.h"
#include "mysql/hint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void statement_point(const struct run *run, enum run_point point)
{
	if (run->options->at_point)
		run->options->at_point(point, run->options->at_point_data);
}

void statement_tell(const struct run_part *part, size_t at, bool resumed)
{
	const struct run_options *options = part->run->options;
	struct run_event event = {
		.revision = part->revision,
		.direction = part->direction,
		.of = part->statements->n,
		.resumed = resumed,
	};
	if (at != (size_t)-1) {
		event.statement = at + 1;
		event.what = part->statements->items[at];
	}
	if (options->progress)
		options->progress(&event, options->progress_data);
}

bool statement_is_session(const struct revision_statement *statement)
{
	char word[16];
	if (statement->kind != STATEMENT_DATA && statement->kind != STATEMENT_HAND)
		return false;
	statement_first_word(statement->sql, word);
	return !strcmp(word, "set") || !strcmp(word, "use");
}

bool statement_is_by_hand(const struct revision_statement *statement)
{
	return !statement->ops.n && !statement_is_session(statement);
}

/* --- errors ----------------------------------------------------------------------------------- */

/* What the server quotes of the statement: its rest, cut at 80 bytes. */
#define NEAR_MOST 80

/* "… near 'xyz' at line 3": where in the statement that is; all of it when the text says nothing. */
static struct span place_of_error(const struct revision_statement *statement, const char *message)
{
	struct span span = statement->span;
	const char *near = strstr(message, " near '"), *at_line = strstr(message, "' at line ");
	if (!span.src || !near || !at_line || at_line < near)
		return span;
	near += strlen(" near '");
	const char *text = span.src->text + span.start, *end = span.src->text + span.end;
	size_t len = (size_t)(at_line - near), whole = (size_t)(end - text);
	const char *found = NULL;
	if (len < NEAR_MOST && len <= whole && !memcmp(end - len, near, len)) {
		found = len ? end - len : end - 1;
	} else {
		unsigned long line = strtoul(at_line + strlen("' at line "), NULL, 10);
		for (; line > 1 && text < end; line--) {
			const char *newline = memchr(text, '\n', (size_t)(end - text));
			text = newline ? newline + 1 : end;
		}
		found = len ? memmem(text, (size_t)(end - text), near, len) : NULL;
	}
	if (!found)
		return span;
	span.start = (uint32_t)(found - span.src->text);
	span.end = span.start + 1;
	return span;
}

/* How far it got, and what to do: the same command goes on there. */
static void hint_how_to_go_on(const struct run_part *part, struct diag *diag, size_t at, bool lost)
{
	struct context *ctx = part->run->ctx;
	if (lost)
		ctx_hint(ctx, diag,
			 "run the same command again: it looks if this statement was applied, and "
			 "goes on from there");
	else if (at)
		ctx_hint(
			ctx, diag,
			"%zu of %zu statements of revision '%s' are applied: correct the cause and "
			"run the same command again, it goes on from there",
			at, part->statements->n, part->revision->id);
	else
		ctx_hint(ctx, diag,
			 "nothing of revision '%s' is applied: correct the cause and run "
			 "the same command again",
			 part->revision->id);
}

static enum run_status report(const struct run_part *part, size_t at, unsigned number,
			      const char *message)
{
	struct run *run = part->run;
	const struct revision_statement *statement = part->statements->items[at];
	struct span place = place_of_error(statement, message);
	struct diag *diag =
		ctx_error(run->ctx, "database", place, "%s (error %u)", message, number);
	ctx_place(run->ctx, diag, place, "statement %zu of %zu of revision '%s' (%s)", at + 1,
		  part->statements->n, part->revision->id,
		  revision_direction_word(part->direction));
	struct url url = { .database = db_database(run->db) };
	hint_add(run->ctx, diag, &url, number, message);
	hint_how_to_go_on(part, diag, at, db_lost(run->db));
	return RUN_FAILED;
}

/* --- executing -------------------------------------------------------------------------------- */

static bool execute_text(struct run *run, const char *sql)
{
	return db_execute(run->db, sql, strlen(sql));
}

/* The statement and its journal row come true together, or neither. */
static bool in_transaction(const struct revision_statement *statement)
{
	return statement->kind == STATEMENT_DATA && !statement_is_session(statement);
}

static enum run_status refused(struct run_part *part, size_t at, unsigned long long note,
			       unsigned number, const char *message)
{
	struct run *run = part->run;
	const char *copy = arena_strdup(&run->arena, message);
	if (!db_lost(run->db)) {
		db_try(run->db, "ROLLBACK", strlen("ROLLBACK"), NULL);
		store_journal_fail(run->ctx, &run->store, note, number);
	}
	return report(part, at, number, copy);
}

/* A table gets the name it has, but for case, on a server that keeps no case (and says 1050). */
static bool is_in_vain(const struct run *run, const struct revision_statement *statement)
{
	for (size_t i = 0; i < statement->ops.n; i++) {
		const struct op *op = statement->ops.items[i];
		if (op->kind != OP_RENAME_TABLE || !name_equal(op->before.name, op->after.name))
			return false;
	}
	return statement->ops.n && run->server->lower_case_table_names == 1;
}

static unsigned execute(struct run *run, const struct revision_statement *statement,
			const char **message)
{
	if (is_in_vain(run, statement))
		return 0;
	return db_try(run->db, statement->sql, strlen(statement->sql), message);
}

enum run_status statement_run(struct run_part *part, size_t at)
{
	struct run *run = part->run;
	const struct revision_statement *statement = part->statements->items[at];
	struct journal_row row = {
		.run = run->id,
		.revision = part->revision->id,
		.direction = part->direction,
		.statement = (unsigned)at + 1,
		.hash = statement->hash,
	};
	bool transaction = in_transaction(statement);
	const char *message = "";
	statement_point(run, RUN_AT_START);
	if (!store_journal_start(run->ctx, &run->store, &row, statement->kind))
		return RUN_FAILED;
	statement_point(run, RUN_AT_NOTED);
	if (transaction && !execute_text(run, "START TRANSACTION"))
		return RUN_FAILED;
	bool in_place = run->in_place == statement;
	if (in_place && !execute_text(run, "SET SESSION foreign_key_checks = 0"))
		return RUN_FAILED;
	unsigned number = execute(run, statement, &message);
	if (number)
		return refused(part, at, row.id, number, message);
	statement_point(run, RUN_AT_EXECUTED);
	if (in_place) {
		enum run_status status = execute_text(run, "SET SESSION foreign_key_checks = 1")
						 ? keys_verify(part, at)
						 : RUN_FAILED;
		if (status != RUN_DONE)
			return status;
	}
	if (!store_journal_finish(run->ctx, &run->store, row.id) ||
	    (transaction && !execute_text(run, "COMMIT")))
		return RUN_FAILED;
	statement_point(run, RUN_AT_FINISHED);
	return RUN_DONE;
}
