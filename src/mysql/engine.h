/*
 * engine: a private server, ours alone.
 *
 * A real mariadbd (or mysqld) spawned on a unix socket in a temporary folder,
 * without network and grant tables (architecture decision 9). It is killed with
 * its parent (PR_SET_PDEATHSIG) and its folder is locked and, when temporary,
 * swept away. `local:DIR` databases are the same on a folder that stays.
 * No shell is involved.
 */
#ifndef AUTOGEN_MYSQL_ENGINE_H
#define AUTOGEN_MYSQL_ENGINE_H

#include "mysql/db.h"

struct engine;

/*
 * Starts a server on `dir` (made when missing; NULL: a temporary one) and makes
 * database `database` when it isn't there. NULL with a diagnostic (rule `engine`):
 * no server program (with the package to install), folder in use by another run,
 * the server's own last error lines.
 */
struct engine *engine_start(struct context *ctx, const char *dir, const char *database);
/* Stops it cleanly (NULL-safe); a temporary folder is removed. */
void engine_stop(struct engine *engine);
/* How to connect: socket, user, database. Valid until engine_stop(). */
const struct url *engine_url(const struct engine *engine);

#endif
