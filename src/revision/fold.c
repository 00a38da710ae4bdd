#include "revision/graph.h"

#include "base/buf.h"
#include "base/context.h"
#include "diff/apply.h"
#include "revision/op_text.h"
#include "revision/reach.h"

#include <string.h>

static bool fold_ops(struct schema *schema, const struct op_list *ops)
{
	for (size_t i = 0; i < ops->n; i++)
		if (!apply_op(schema, op_complete(schema->arena, schema, ops->items[i])))
			return false;
	return true;
}

bool fold_statement(struct schema *schema, const struct revision_statement *statement)
{
	return fold_ops(schema, &statement->ops);
}

static bool report_misfit(struct schema *schema, const struct revision *revision, struct span place)
{
	ctx_error(
		schema->ctx, "chain", place,
		"the operations of revision '%s' don't fit the state that the revisions before it "
		"leave",
		revision->id);
	return false;
}

bool fold_base(struct schema *schema, const struct revision *revision)
{
	return fold_ops(schema, &revision->base) ||
	       report_misfit(schema, revision, revision->id_span);
}

/* Its op lines stand for it all the same; what it really does only a server could tell. */
static void warn_edited(const struct graph *graph, const struct revision *revision,
			struct revision_statement *statement)
{
	if (statement->warned)
		return;
	statement->warned = true;
	struct diag *diag =
		ctx_warning(graph->ctx, "edited", statement->span,
			    "this statement of revision '%s' was edited by hand: its op "
			    "line is taken for what it does",
			    revision->id);
	ctx_hint(graph->ctx, diag, "when it does something else, change its op line to say so");
}

static bool fold_revision(const struct graph *graph, struct schema *schema,
			  const struct revision *revision)
{
	if (!fold_base(schema, revision))
		return false;
	for (size_t i = 0; i < revision->up.n; i++) {
		struct revision_statement *statement = revision->up.items[i];
		if (statement->kind == STATEMENT_EDITED)
			warn_edited(graph, revision, statement);
		if (!fold_statement(schema, statement))
			return report_misfit(schema, revision, statement->span);
	}
	return true;
}

struct schema *graph_fold_list(const struct graph *graph, struct arena *arena,
			       const struct server *server, const struct revision_list *revisions)
{
	struct schema *schema = schema_new(graph->ctx, arena, server);
	for (size_t i = 0; i < revisions->n; i++) {
		struct revision *revision = revisions->items[i];
		if (!revision_read_ops(graph->ctx, graph->arena, server, revision) ||
		    !fold_revision(graph, schema, revision))
			return NULL;
	}
	return schema;
}

/* As an upgrade from base runs them. */
static void put_in_order(const struct graph *graph, const struct revision_list *applied,
			 struct revision_list *order)
{
	struct revision_list ends = { 0 }, newest_first;
	bool *in = reach_none(graph), *needed = reach_none(graph);
	for (size_t i = 0; i < applied->n; i++) {
		const struct revision *revision = applied->items[i];
		in[revision->at] = true;
		for (size_t j = 0; j < revision->needs.n; j++)
			needed[revision->needs.items[j]->at] = true;
	}
	for (size_t i = 0; i < applied->n; i++)
		if (!needed[applied->items[i]->at])
			LIST_PUSH(graph->arena, &ends, applied->items[i]);
	graph_walk(graph, in, &ends, &newest_first);
	for (size_t i = newest_first.n; i-- > 0;)
		LIST_PUSH(graph->arena, order, newest_first.items[i]);
}

struct schema *graph_fold(const struct graph *graph, struct arena *arena,
			  const struct server *server, const struct string_list *at)
{
	struct revision_list applied = { 0 }, order = { 0 };
	if (!at)
		applied = graph->all;
	else if (!graph_applied(graph, arena, at, &applied))
		return NULL;
	put_in_order(graph, &applied, &order);
	return graph_fold_list(graph, arena, server, &order);
}
