/*
 * chain_server: for which server the op lines of revisions are read where there is no database.
 */
#ifndef AUTOGEN_CLI_CHAIN_SERVER_H
#define AUTOGEN_CLI_CHAIN_SERVER_H

#include "cli/app.h"
#include "revision/revision.h"

/* That of the newest revision which says one, else the models' first target; NULL when there is
 * nothing to read. APP_DONE, or what stopped it. */
enum app_exit chain_server(struct app *app, const struct revision_list *revisions,
			   const struct server **server);

#endif
