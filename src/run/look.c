#include "run/run.h"

#include "base/buf.h"
#include "base/context.h"
#include "diff/diff.h"
#include "model/ignored.h"
#include "mysql/introspect.h"

/* The states around a statement, and what there is. */
struct view {
	struct run_part *part;
	const struct revision_statement *statement;
	struct name_list names; /* of the tables it changes */
	struct schema *before, *after, *actual;
};

static void add_name(struct view *view, const struct name *name)
{
	for (size_t i = 0; i < view->names.n; i++)
		if (view->names.items[i] == name)
			return;
	LIST_PUSH(&view->part->run->arena, &view->names, name);
}

/* false: something in it leaves no trace that a look would find. */
static bool collect_names(struct view *view)
{
	const struct op_list *ops = &view->statement->ops;
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op_look(op->kind) != LOOK_YES || op->kind == OP_CREATE_OBJECT ||
		    op->kind == OP_DROP_OBJECT)
			return false;
		add_name(view, op->table);
		if (op->kind == OP_RENAME_TABLE)
			add_name(view, op->after.name);
	}
	return ops->n > 0;
}

static bool fold_states(struct view *view, size_t at)
{
	struct run *run = view->part->run;
	view->before = graph_fold(run->graph, &run->arena, run->server, &run->rows);
	if (!view->before)
		return false;
	if (view->part->direction == REVISION_UP && !fold_base(view->before, view->part->revision))
		return false;
	for (size_t i = 0; i < at; i++)
		if (!fold_statement(view->before, view->part->statements->items[i]))
			return false;
	view->after = schema_clone(&run->arena, view->before);
	if (!fold_statement(view->after, view->statement))
		return false;
	ignored_leave_out(view->before);
	ignored_leave_out(view->after);
	return true;
}

static bool matches(const struct view *view, const struct schema *state)
{
	for (size_t i = 0; i < view->names.n; i++) {
		const struct table *is = schema_find_table(view->actual, view->names.items[i]);
		const struct table *should = schema_find_table(state, view->names.items[i]);
		if (!is != !should)
			return false;
		if (is && !diff_table_equal(view->part->run->ctx, is, should))
			return false;
	}
	return true;
}

/* To the diff an index is the same under another derived name: here the name decides. */
static bool renamed_index(const struct view *view, bool *done)
{
	const struct op_list *ops = &view->statement->ops;
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (op->kind != OP_RENAME_INDEX)
			continue;
		const struct table *table = schema_find_table(view->actual, op->table);
		*done = table && table_index(table, op->after.index->name) &&
			!table_index(table, op->before.index->name);
		return true;
	}
	return false;
}

/* --- neither ---------------------------------------------------------------------------------- */

/* The tables in question of a state, as a schema of their own. */
static struct schema *only_those(const struct view *view, const struct schema *state)
{
	struct arena *arena = &view->part->run->arena;
	struct schema *part = schema_clone(arena, state);
	part->tables = (struct table_list){ 0 };
	part->objects = (struct object_list){ 0 };
	part->by_name = (struct map){ 0 };
	for (size_t i = 0; i < view->names.n; i++) {
		struct table *table = schema_find_table(state, view->names.items[i]);
		if (table && !schema_find_table(part, table->name))
			schema_add_table(part, table);
	}
	return part;
}

static void hint_difference(const struct view *view, struct diag *diag, const struct schema *state,
			    const char *what)
{
	struct run *run = view->part->run;
	struct op_list ops = { 0 };
	struct diag_queue *queue = &run->ctx->diags;
	size_t n = queue->diags.n, errors = queue->errors, warnings = queue->warnings;
	if (!diff_schemas(run->ctx, &run->arena, only_those(view, view->actual),
			  only_those(view, state), &ops)) {
		/* what keeps the diff from a plan is of no interest here */
		queue->diags.n = n;
		queue->errors = errors;
		queue->warnings = warnings;
	}
	struct buf text = { 0 };
	for (size_t i = 0; i < ops.n; i++) {
		buf_add(&text, i ? "; " : "");
		op_describe(&text, ops.items[i]);
	}
	if (text.len)
		ctx_hint(run->ctx, diag, "to be %s: %s", what, buf_text(&text));
	buf_free(&text);
}

static void report_neither(const struct view *view, size_t at)
{
	struct run *run = view->part->run;
	struct buf names = { 0 };
	for (size_t i = 0; i < view->names.n; i++)
		buf_printf(&names, "%s'%s'", i ? " and " : "", view->names.items[i]->text);
	struct diag *diag = ctx_error(
		run->ctx, "resume", view->statement->span,
		"statement %zu of revision '%s' was interrupted, and table %s is neither as it was "
		"before it nor as it should be after it",
		at + 1, view->part->revision->id, buf_text(&names));
	buf_free(&names);
	hint_difference(view, diag, view->before, "as before it");
	hint_difference(view, diag, view->after, "as after it");
	ctx_hint(run->ctx, diag,
		 "make it one of the two by hand and run again; or say where to go on: "
		 "--resume-at %zu runs this statement, --resume-at %zu takes it for done",
		 at + 1, at + 2);
}

/* --- all -------------------------------------------------------------------------------------- */

static const char *unknown_reason(const struct view *view)
{
	for (size_t i = 0; i < view->actual->tables.n; i++)
		if (view->actual->tables.items[i]->unknown)
			return view->actual->tables.items[i]->unknown;
	return NULL;
}

enum look_verdict look_judge(struct run_part *part, size_t at, bool report)
{
	struct run *run = part->run;
	struct view view = { .part = part, .statement = part->statements->items[at] };
	if (!collect_names(&view))
		return LOOK_BLIND;
	if (!fold_states(&view, at))
		return LOOK_FAILED;
	view.actual = introspect_schema(run->ctx, &run->arena, run->db, &view.names);
	if (!view.actual)
		return LOOK_FAILED;
	if (unknown_reason(&view)) {
		ctx_error(run->ctx, "resume", view.statement->span,
			  "can't see if this statement was applied: %s", unknown_reason(&view));
		return LOOK_FAILED;
	}
	bool before = matches(&view, view.before), after = matches(&view, view.after), done;
	if (before && after && renamed_index(&view, &done))
		return done ? LOOK_AFTER : LOOK_BEFORE;
	if (before) /* both: it changes nothing that shows, and may be done again */
		return LOOK_BEFORE;
	if (after)
		return LOOK_AFTER;
	if (report)
		report_neither(&view, at);
	return LOOK_NEITHER;
}
