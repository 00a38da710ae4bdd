/*
 * exact: what the model can't hold exactly is said.
 *
 * A table that SHOW CREATE TABLE shows with a clause that the model does not hold
 * is not altered (run/clauses.h): each is an error, and the exit code 5. An
 * expression that can't be parsed is held and compared as text; with -v each is
 * named.
 */
#ifndef AUTOGEN_CLI_EXACT_H
#define AUTOGEN_CLI_EXACT_H

#include "cli/pending.h"

/* APP_DONE, APP_REFUSED or APP_DATABASE (also for a table that is unknown), with diagnostics. */
enum app_exit exact_check_tables(struct app *app, const struct table_list *tables);
/* Of all tables that are adopted, else of those that the pending operations alter. */
enum app_exit exact_check_pending(struct app *app, const struct world *world,
				  const struct pending *pending);
/* A note for each expression of these tables that is compared as text; nothing without -v. */
void exact_note_opaque(struct app *app, const struct table_list *tables);

#endif
