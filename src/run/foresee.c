/*
 * foresee: what a server would say of foreign keys half-way, before the first statement.
 *
 * The states between the statements are folded from their ops. On each, keys that the next statement
 * makes are judged by the server as it is here: the revision may have been written for another one,
 * or for other tables in other databases. And foreign keys that no revision knows of, which the
 * statement can't be carried out with, are named.
 */
#include "run/run.h"

#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "lint/judge.h"
#include "mysql/introspect.h"
#include "run/stray.h"

struct foresight {
	struct run *run;
	const struct revision *revision;
	struct schema *state; /* before the statement that is looked at */
	struct server_list servers;
	struct stray_list stray;
	struct hindrance_list hindrances;
	enum run_status status;
};

static bool is_concerned(const struct revision_list *path, enum revision_direction direction)
{
	for (size_t i = 0; i < path->n; i++) {
		const struct revision_statement_list *list =
			direction == REVISION_UP ? &path->items[i]->up : &path->items[i]->down;
		for (size_t j = 0; j < list->n; j++)
			for (size_t k = 0; k < list->items[j]->ops.n; k++)
				if (hindrance_possible(list->items[j]->ops.items[k]))
					return true;
	}
	return false;
}

/* --- keys that are in the way ----------------------------------------------------------------- */

static void refuse_hindrance(struct foresight *foresight, const struct hindrance *hindrance)
{
	struct run *run = foresight->run;
	struct diag *diag = ctx_error(run->ctx, "stray-key", hindrance->op->origin, "%s",
				      hindrance_words(&run->arena, hindrance));
	hindrance_hint(run->ctx, diag, hindrance);
	foresight->status = RUN_REFUSED;
}

static void look_for_hindrances(struct foresight *foresight, const struct op_list *ops)
{
	size_t n = foresight->hindrances.n;
	hindrance_find(&foresight->run->arena, &foresight->servers, foresight->state, ops,
		       &foresight->stray, &foresight->hindrances);
	for (; n < foresight->hindrances.n; n++)
		refuse_hindrance(foresight, &foresight->hindrances.items[n]);
}

/* --- keys that are made ----------------------------------------------------------------------- */

/* Is the parent another database's table that a server has not been asked about yet? */
static bool read_parent(struct foresight *foresight, const struct foreign_key *key)
{
	struct run *run = foresight->run;
	if (!key->parent_database)
		return true;
	foresight->state->outside = (struct outside_list){ 0 };
	return introspect_outside(run->ctx, &run->arena, run->db, foresight->state);
}

/* Was the revision written for other servers than this one? */
static void hint_server(struct foresight *foresight, struct diag *diag)
{
	struct run *run = foresight->run;
	const char *compiled_for = foresight->revision->compiled_for;
	struct buf server = { 0 };
	server_print(&server, run->server);
	if (compiled_for && !strstr(compiled_for, buf_text(&server)))
		ctx_hint(run->ctx, diag, "the revision was written for %s, this is %s",
			 compiled_for, buf_text(&server));
	buf_free(&server);
}

/* On the state after the statement. */
static bool judge_key(struct foresight *foresight, const struct op *op,
		      const struct foreign_key *key)
{
	struct run *run = foresight->run;
	const struct table *table = schema_find_table(foresight->state, op->table);
	if (!table || !read_parent(foresight, key))
		return !table;
	/* a parent that statements by hand made is in no state */
	if (!schema_parent(foresight->state, key) && !key->parent_database)
		return true;
	struct verdict verdict = judge_foreign_key(foresight->state, table, key, run->server);
	if (verdict.taken || (verdict.accepted && !verdict.not_made))
		return true;
	struct diag *diag = ctx_error(
		run->ctx, verdict.rule, op->origin,
		"this server would not make foreign key '%s' of table '%s': %s", key->name->text,
		table->name->text, judge_words(&run->arena, table, key, &verdict));
	if (verdict.error_number)
		ctx_hint(run->ctx, diag, "it would answer %d: autogen explain %d",
			 verdict.error_number, verdict.error_number);
	hint_server(foresight, diag);
	foresight->status = RUN_REFUSED;
	return true;
}

static bool judge_keys(struct foresight *foresight, const struct op_list *ops)
{
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op->kind == OP_ADD_FOREIGN_KEY &&
		    !judge_key(foresight, op, op->after.foreign_key))
			return false;
		if (op->kind != OP_CREATE_TABLE)
			continue;
		const struct foreign_key_list *keys = &op->after.table->foreign_keys;
		for (size_t j = 0; j < keys->n; j++)
			if (!judge_key(foresight, op, keys->items[j]))
				return false;
	}
	return true;
}

/* --- the path --------------------------------------------------------------------------------- */

static bool begin(struct foresight *foresight)
{
	struct run *run = foresight->run;
	LIST_PUSH(&run->arena, &foresight->servers, *run->server);
	size_t n = run->ctx->diags.diags.n;
	foresight->state = graph_fold(run->graph, &run->arena, run->server, &run->rows);
	if (!foresight->state)
		return false;
	diag_rewind(&run->ctx->diags, n); /* what is edited in revisions that are applied */
	return stray_read(run->ctx, &run->arena, run->db, foresight->state, &foresight->stray);
}

/* *blind: what comes next is not known. */
static bool look_at(struct foresight *foresight, const struct revision_statement_list *list,
		    bool *blind)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct revision_statement *statement = list->items[i];
		*blind = statement_is_by_hand(statement);
		if (*blind)
			return true;
		look_for_hindrances(foresight, &statement->ops);
		if (!fold_statement(foresight->state, statement) ||
		    !judge_keys(foresight, &statement->ops))
			return false;
	}
	return true;
}

enum run_status keys_foresee(struct run *run, const struct revision_list *path,
			     enum revision_direction direction)
{
	struct foresight foresight = { .run = run, .status = RUN_DONE };
	bool blind = false;
	if (!is_concerned(path, direction))
		return RUN_DONE;
	if (!begin(&foresight))
		return RUN_FAILED;
	for (size_t i = 0; i < path->n && !blind; i++) {
		const struct revision *revision = path->items[i];
		bool up = direction == REVISION_UP;
		foresight.revision = revision;
		if (up && !fold_base(foresight.state, revision))
			return RUN_REFUSED;
		hindrance_leave_out(&foresight.stray, foresight.state);
		if (!look_at(&foresight, up ? &revision->up : &revision->down, &blind))
			return RUN_REFUSED;
	}
	return foresight.status;
}
