#include "run/run.h"

#include "base/buf.h"
#include "base/context.h"
#include "mysql/introspect.h"
#include "run/clauses.h"
#include "run/concern.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Words compared without regard to case and to the blanks between them. */
static bool same_words(const char *a, const char *b)
{
	for (;;) {
		bool gap_a = isspace((unsigned char)*a), gap_b = isspace((unsigned char)*b);
		while (isspace((unsigned char)*a))
			a++;
		while (isspace((unsigned char)*b))
			b++;
		if (!*a || !*b)
			return *a == *b;
		if (gap_a != gap_b || tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
		a++;
		b++;
	}
}

static bool is_acknowledged(const struct revision *revision, const char *subject)
{
	for (size_t i = 0; i < revision->allow_data_loss.n; i++)
		if (same_words(revision->allow_data_loss.items[i], subject))
			return true;
	return false;
}

/* NULLs that a statement before it fills are no loss: the last step of a staged NOT NULL column. */
static bool is_filled(struct arena *arena, const struct op *op,
		      const struct revision_statement_list *list, size_t at)
{
	if (op->kind != OP_ALTER_COLUMN || !op->before.column->nullable ||
	    op->after.column->nullable ||
	    type_narrows(&op->before.column->type, &op->after.column->type))
		return false;
	const char *name =
		arena_printf(arena, "%s.%s", op->table->text, op->after.column->name->text);
	for (size_t i = 0; i < at; i++)
		if (list->items[i]->backfill && same_words(list->items[i]->backfill, name))
			return true;
	return false;
}

/* NULL, or a diagnostic that names the loss. */
static struct diag *check_op(struct run *run, const struct revision *revision, const struct op *op)
{
	const char *why;
	if (op_risk(&run->arena, op, &why) != RISK_DATA_LOSS)
		return NULL;
	const char *subject = op_loss_subject(&run->arena, op);
	if (is_acknowledged(revision, subject))
		return NULL;
	struct diag *diag = ctx_error(run->ctx, "data-loss", op->origin, "%s", why);
	ctx_hint(run->ctx, diag,
		 "to acknowledge it, write into the header of '%s': "
		 "-- allow-data-loss: %s",
		 revision->path, subject);
	return diag;
}

/* *last becomes the last diagnostic, if there is one. */
static void check_list(struct run *run, const struct revision *revision,
		       const struct revision_statement_list *list, struct diag **last)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct op_list *ops = &list->items[i]->ops;
		for (size_t j = 0; j < ops->n; j++) {
			if (is_filled(&run->arena, ops->items[j], list, i))
				continue;
			struct diag *diag = check_op(run, revision, ops->items[j]);
			*last = diag ? diag : *last;
		}
	}
}

enum run_status gate_check(struct run *run, const struct revision_list *path,
			   enum revision_direction direction)
{
	struct diag *last = NULL;
	for (size_t i = 0; i < path->n; i++) {
		struct revision *revision = path->items[i];
		if (!revision_read_ops(run->ctx, run->graph->arena, run->server, revision))
			return RUN_REFUSED;
		if (!run->options->allow_data_loss)
			check_list(run, revision,
				   direction == REVISION_UP ? &revision->up : &revision->down,
				   &last);
	}
	if (last)
		ctx_hint(run->ctx, last, "--allow-data-loss does it this once");
	return last ? RUN_REFUSED : RUN_DONE;
}

enum run_status gate_check_clauses(struct run *run, const struct revision_list *path,
				   enum revision_direction direction)
{
	struct concern concern = { .arena = &run->arena };
	for (size_t i = 0; i < path->n; i++) {
		const struct revision_statement_list *list =
			direction == REVISION_UP ? &path->items[i]->up : &path->items[i]->down;
		for (size_t j = 0; j < list->n; j++)
			for (size_t k = 0; k < list->items[j]->ops.n; k++)
				concern_add(&concern, list->items[j]->ops.items[k]);
	}
	if (!concern.names.n)
		return RUN_DONE;
	const struct schema *live =
		introspect_schema(run->ctx, &run->arena, run->db, &concern.names);
	size_t refused = 0;
	if (!live || !clauses_check(run->ctx, &run->arena, run->db, &live->tables, &refused))
		return RUN_FAILED;
	return refused ? RUN_REFUSED : RUN_DONE;
}
