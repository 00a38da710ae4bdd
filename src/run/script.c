#include "run/script.h"

#include "base/context.h"
#include "mysql/settings.h"
#include "run/run.h"

#include <string.h>

struct script {
	struct context *ctx;
	struct arena arena; /* of one revision's rows */
	const struct graph *graph;
	const struct script_options *options;
	struct string_list rows; /* of the version table, as they stand */
	struct buf *out;
};

/* --- session and rows ------------------------------------------------------------------------- */

static void add_session(struct script *script)
{
	unsigned wait = script->options->lock_wait;
	buf_add(script->out, "SET NAMES utf8mb4;\n");
	settings_script(script->out);
	if (wait)
		buf_printf(script->out, ",\n    SESSION lock_wait_timeout = %u", wait);
	buf_add(script->out, ";\n");
}

static void begin(struct script *script)
{
	add_session(script);
	if (script->rows.n)
		return;
	buf_add_char(script->out, '\n');
	version_table_create(script->out, &script->options->version_table, true);
	buf_add(script->out, ";\n");
}

static bool add_row(const struct buf *sql, void *data)
{
	struct buf *out = data;
	buf_add_bytes(out, buf_text(sql), sql->len);
	buf_add(out, ";\n");
	return true;
}

static void move_rows(struct script *script, const struct string_list *after)
{
	buf_add_char(script->out, '\n');
	version_table_move(&script->arena, &script->options->version_table, &script->rows, after,
			   add_row, script->out);
}

/* --- one revision ----------------------------------------------------------------------------- */

static void add_ids(struct buf *out, const struct string_list *ids)
{
	for (size_t i = 0; i < ids->n; i++)
		buf_printf(out, "%s%s", i ? ", " : "", ids->items[i]);
}

/* As Alembic heads each: -- Running upgrade 1c0d -> 3f2a, message */
static void add_title(struct buf *out, const struct revision *revision,
		      enum revision_direction direction)
{
	bool up = direction == REVISION_UP;
	buf_printf(out, "\n-- Running %s ", revision_direction_word(direction));
	if (up)
		add_ids(out, &revision->down_revisions);
	else
		buf_add(out, revision->id);
	buf_add(out, " -> ");
	if (up)
		buf_add(out, revision->id);
	else
		add_ids(out, &revision->down_revisions);
	if (revision->message && *revision->message)
		buf_printf(out, ", %s", revision->message);
	buf_add_char(out, '\n');
}

/* The tables that `-- migrate:base` says are there: the runner looks for them, a script can't. */
static void add_base(struct buf *out, const struct revision *revision)
{
	if (!revision->base.n)
		return;
	buf_add(out, "-- for a database that has the tables of its '-- migrate:base':");
	for (size_t i = 0; i < revision->base.n; i++)
		buf_printf(out, "%s %s", i ? "," : "", revision->base.items[i]->table->text);
	buf_add_char(out, '\n');
}

/* Written by hand, it may leave the session otherwise than it was. */
static bool may_set_session(const struct revision_statement *statement)
{
	return statement->kind != STATEMENT_DDL && !statement->backfill;
}

/* The runner goes back to its database; a script does not know which one that is. */
static void warn_of_use(struct script *script, const struct revision_statement *statement)
{
	char word[16];
	if (statement->kind != STATEMENT_HAND)
		return;
	statement_first_word(statement->sql, word);
	if (strcmp(word, "use") != 0)
		return;
	struct diag *diag = ctx_warning(
		script->ctx, "script", statement->span,
		"after this USE the script stays in that database, its version rows too");
	ctx_hint(script->ctx, diag,
		 "name the database in the statements themselves: `other`.`table`");
}

static void add_revision(struct script *script, const struct revision *revision,
			 enum revision_direction direction)
{
	bool up = direction == REVISION_UP, by_hand = false;
	const struct revision_statement_list *list = up ? &revision->up : &revision->down;
	add_title(script->out, revision, direction);
	if (up && !script->rows.n)
		add_base(script->out, revision);
	for (size_t i = 0; i < list->n; i++) {
		buf_add_char(script->out, '\n');
		revision_print_sql(script->out, list->items[i]->sql);
		by_hand = by_hand || may_set_session(list->items[i]);
		warn_of_use(script, list->items[i]);
	}
	if (by_hand) {
		buf_add_char(script->out, '\n');
		add_session(script);
	}
	struct string_list after;
	graph_step(script->graph, &script->rows, revision, direction, &after);
	move_rows(script, &after);
	script->rows = after;
}

/* --- whole scripts ---------------------------------------------------------------------------- */

/* What is not read costs nothing: of a long chain most revisions lose nothing. */
static void add_if_it_matters(struct run *run, struct revision *revision,
			      enum revision_direction direction, struct revision_list *list)
{
	bool up = direction == REVISION_UP;
	bool may_lose = !run->options->allow_data_loss &&
			revision_may_lose(up ? &revision->up : &revision->down);
	if (may_lose || revision->base_lines.n)
		LIST_PUSH(&run->arena, list, revision);
}

/* Reads op lines of the path, and refuses what loses data. */
static enum run_status check_losses(struct script *script, const struct revision_list *path,
				    enum revision_direction direction)
{
	struct run_options options = { .allow_data_loss = script->options->allow_data_loss };
	struct run run = {
		.ctx = script->ctx,
		.graph = script->graph,
		.server = script->options->server,
		.options = &options,
	};
	struct revision_list list = { 0 };
	if (!run.server)
		return RUN_DONE;
	arena_init(&run.arena);
	for (size_t i = 0; i < path->n; i++)
		add_if_it_matters(&run, path->items[i], direction, &list);
	enum run_status status = gate_check(&run, &list, direction);
	arena_free(&run.arena);
	return status;
}

enum run_status script_write(struct context *ctx, const struct graph *graph,
			     const struct string_list *rows, const struct revision_list *path,
			     enum revision_direction direction,
			     const struct script_options *options, struct buf *out)
{
	struct script script = {
		.ctx = ctx, .graph = graph, .options = options, .rows = *rows, .out = out
	};
	enum run_status status = check_losses(&script, path, direction);
	if (status != RUN_DONE)
		return status;
	arena_init(&script.arena);
	begin(&script);
	for (size_t i = 0; i < path->n; i++)
		add_revision(&script, path->items[i], direction);
	arena_free(&script.arena);
	return RUN_DONE;
}

void script_stamp(const struct string_list *before, const struct string_list *after,
		  const struct script_options *options, struct buf *out)
{
	struct script script = { .options = options, .rows = *before, .out = out };
	arena_init(&script.arena);
	begin(&script);
	move_rows(&script, after);
	arena_free(&script.arena);
}
