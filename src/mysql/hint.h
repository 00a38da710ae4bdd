/*
 * hint: what to do about a database's error.
 *
 * A table from error numbers to hints. Texts quote the account that the server
 * names, the host and the database, never a password.
 */
#ifndef AUTOGEN_MYSQL_HINT_H
#define AUTOGEN_MYSQL_HINT_H

#include <stdbool.h>

#include "mysql/url.h"

struct context;
struct diag;

/* Adds the usual hint for error `number` with the server's text `message`, if there is one. */
void hint_add(struct context *ctx, struct diag *diag, const struct url *url, unsigned number,
	      const char *message);
/* Errors after which a connection is no longer one (2006, 2013, …). */
bool hint_is_lost(unsigned number);

#endif
