#include "cli/exact.h"

#include "model/opaque.h"
#include "mysql/introspect.h"
#include "run/clauses.h"
#include "run/concern.h"

/* What the server hides of a table can't be held against anything. */
static enum app_exit name_unknown(struct app *app, const struct table_list *tables)
{
	enum app_exit end = APP_DONE;
	for (size_t i = 0; i < tables->n; i++) {
		const struct table *table = tables->items[i];
		if (!table->unknown)
			continue;
		ctx_error(&app->ctx, "unknown", span_none(), "table '%s' can't be read whole: %s",
			  table->name->text, table->unknown);
		end = APP_DATABASE;
	}
	return end;
}

enum app_exit exact_check_tables(struct app *app, const struct table_list *tables)
{
	size_t refused = 0;
	enum app_exit end = name_unknown(app, tables);
	if (!clauses_check(&app->ctx, &app->arena, app->db, tables, &refused))
		return APP_DATABASE;
	return refused ? APP_REFUSED : end;
}

enum app_exit exact_check_pending(struct app *app, const struct world *world,
				  const struct pending *pending)
{
	if (!world->live)
		return APP_DONE;
	if (pending->adopts)
		return exact_check_tables(app, &world->live->tables);
	struct concern concern = { .arena = &app->arena };
	for (size_t i = 0; i < pending->up.statements.n; i++) {
		const struct op_list *ops = &pending->up.statements.items[i]->ops;
		for (size_t j = 0; j < ops->n; j++)
			concern_add(&concern, ops->items[j]);
	}
	if (!concern.names.n)
		return APP_DONE;
	/* world->live may have been read in haste (introspect_against) */
	struct schema *whole = introspect_schema(&app->ctx, &app->arena, app->db, &concern.names);
	if (!whole)
		return APP_DATABASE;
	return exact_check_tables(app, &whole->tables);
}

/* --- expressions ---------------------------------------------------------------------------- */

struct note {
	struct app *app;
	const struct table *table;
};

static void note_opaque(const char *what, const struct name *name, const struct expr *expr,
			void *data)
{
	const struct note *note = data;
	struct app *app = note->app;
	const char *where = name ? arena_printf(&app->arena, "%s '%s'", what, name->text) : what;
	struct diag *diag = ctx_note(&app->ctx, "opaque", span_none(),
				     "table '%s': this expression is compared as text (%s)",
				     note->table->name->text, where);
	ctx_hint(&app->ctx, diag, "%s", expr->text);
}

void exact_note_opaque(struct app *app, const struct table_list *tables)
{
	for (size_t i = 0; app->ctx.verbose && i < tables->n; i++) {
		struct note note = { app, tables->items[i] };
		opaque_each(tables->items[i], note_opaque, &note);
	}
}
