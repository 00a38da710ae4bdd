/*
 * engine_folder: the folders of private engines.
 *
 * A run's folder (socket, log, data of a temporary engine) is made under $TMPDIR
 * or /tmp and locked with flock for as long as its server lives: the server
 * inherits the descriptor. So what can be locked belongs to nobody any more, and
 * the next run sweeps it away.
 *
 * A folder that stays (local:DIR) is locked in the same way, and marked: a folder
 * that holds anything else is never touched.
 */
#ifndef AUTOGEN_MYSQL_ENGINE_FOLDER_H
#define AUTOGEN_MYSQL_ENGINE_FOLDER_H

#include <stdbool.h>

struct arena;
struct context;

/* Removes the run folders of dead engines of this user. Says nothing. */
void engine_folder_sweep(void);
/* A new locked run folder; its path in the arena, its descriptor in *fd. NULL with a diagnostic. */
const char *engine_folder_make(struct context *ctx, struct arena *arena, int *fd);
/* Removes it and what is in it; closes the descriptor. */
void engine_folder_remove(const char *path, int fd);
/*
 * Opens, locks and marks DIR (made when missing) for a database: its absolute path, the descriptor,
 * and whether it is new. NULL with a diagnostic: in use, not ours, can't be made.
 */
const char *engine_folder_open(struct context *ctx, struct arena *arena, const char *dir, int *fd,
			       bool *is_new);
/* The first line of the mark: what engine made it ("mariadb", "mysql"); "" when there is none yet. */
const char *engine_folder_mark(struct arena *arena, const char *dir);
bool engine_folder_set_mark(struct context *ctx, const char *dir, const char *mark);

#endif
