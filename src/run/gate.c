#include "run/run.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "mysql/introspect.h"
#include "run/clauses.h"
#include "run/concern.h"
#include "run/loss_rows.h"

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

/* What a run is about to do, op after op. */
struct gate {
	struct run *run;
	struct past past;  /* of what comes first */
	struct diag *last; /* the last diagnostic, if there is one */
};

static void check_op(struct gate *gate, const struct revision *revision, const struct op *op)
{
	struct run *run = gate->run;
	struct loss_list losses = { 0 };
	struct diag *diag = NULL;
	loss_of_op(&run->arena, op, &losses);
	for (size_t i = 0; i < losses.n; i++) {
		const struct loss *loss = &losses.items[i];
		if (is_acknowledged(revision, loss->subject))
			return;
		diag = ctx_error(run->ctx, "data-loss", op->origin, "%s",
				 loss_rows_describe(&run->arena, run->db, &gate->past, loss));
	}
	if (!diag)
		return;
	ctx_hint(run->ctx, diag,
		 "to acknowledge it, write into the header of '%s': "
		 "-- allow-data-loss: %s",
		 revision->path, losses.items[0].subject);
	gate->last = diag;
}

static bool has_rows(const struct gate *gate, const struct name *table)
{
	struct db_result result = { 0 };
	struct buf sql = { 0 };
	const struct name *none = NULL;
	if (!past_find(&gate->past, &table, &none))
		return false;
	buf_add(&sql, "SELECT 1 FROM ");
	quote_name(&sql, table);
	buf_add(&sql, " LIMIT 1");
	bool any = !db_try_query(gate->run->db, &gate->run->arena, buf_text(&sql), &result) &&
		   result.rows.n;
	buf_free(&sql);
	return any;
}

/* The way down brings columns back that are NOT NULL without a default: as dates, rows get one that
 * sessions with NO_ZERO_DATE refuse, ours does not. */
static void warn_zero_date(const struct gate *gate, const struct op *op)
{
	const struct column *column = op->kind == OP_ADD_COLUMN ? op->after.column : NULL;
	enum type_class class = column ? type_class(&column->type) : CLASS_OTHER;
	if ((class != CLASS_DATE && class != CLASS_DATETIME && class != CLASS_TIMESTAMP) ||
	    column->nullable || column->default_kind != DEFAULT_NONE || column->generated ||
	    column->backfill || column_is_row_time(column) || !has_rows(gate, op->table))
		return;
	struct diag *diag =
		ctx_warning(gate->run->ctx, "zero-date", op->origin,
			    "the rows of '%s' get 0000-00-00 in '%s', which has no default",
			    op->table->text, column->name->text);
	ctx_hint(gate->run->ctx, diag,
		 "sessions with NO_ZERO_DATE refuse it (error 1292), in an ALTER of the table too: "
		 "give the rows a date with UPDATE");
}

static void check_list(struct gate *gate, const struct revision *revision,
		       const struct revision_statement_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct op_list *ops = &list->items[i]->ops;
		for (size_t j = 0; j < ops->n; j++) {
			warn_zero_date(gate, ops->items[j]);
			if (!gate->run->options->allow_data_loss)
				check_op(gate, revision, ops->items[j]);
			past_note(&gate->past, ops->items[j]);
		}
	}
}

enum run_status gate_check(struct run *run, const struct revision_list *path,
			   enum revision_direction direction)
{
	struct gate gate = { .run = run, .past = past_new(&run->arena, run->server) };
	for (size_t i = 0; i < path->n; i++) {
		struct revision *revision = path->items[i];
		if (!revision_read_ops_of(run->ctx, run->graph->arena, run->server, revision,
					  direction))
			return RUN_REFUSED;
		check_list(&gate, revision,
			   direction == REVISION_UP ? &revision->up : &revision->down);
	}
	if (gate.last)
		ctx_hint(run->ctx, gate.last, "--allow-data-loss does it this once");
	return gate.last ? RUN_REFUSED : RUN_DONE;
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
