/*
 * engine_template: a datadir as the server makes it, kept to be copied.
 *
 * MySQL needs three seconds to initialise one; MariaDB starts on an empty folder,
 * but on every second try its first start waits a second for its page cleaner
 * (measured, 10.11). A copy costs some milliseconds.
 *
 * Kept in $XDG_CACHE_HOME/autogen/engine or ~/.cache/autogen/engine, one for each
 * server program (path, size and time of its file). Without such a folder there is
 * no cache, and nobody is told.
 */
#ifndef AUTOGEN_MYSQL_ENGINE_TEMPLATE_H
#define AUTOGEN_MYSQL_ENGINE_TEMPLATE_H

#include <stdbool.h>

struct arena;

/* Where the program's template is or would be; NULL: there is no cache. */
const char *engine_template_path(struct arena *arena, const char *program);
bool engine_template_exists(const char *path);
/* A folder of its own to make it in; NULL: it can't be made. */
const char *engine_template_begin(struct arena *arena, const char *path);
/* Puts the finished folder in its place, or drops it when another run was faster. */
void engine_template_keep(const char *fresh, const char *path);
void engine_template_drop(const char *fresh);
/* Copies its files into `data`, which exists. false: `data` holds nothing of it. */
bool engine_template_copy(const char *path, const char *data);

#endif
