/*
 * engine_program: which server program a private engine runs, and how.
 *
 * MariaDB first: it needs no initialised datadir. $AUTOGEN_ENGINE names another
 * program, or a script that ends in exec.
 */
#ifndef AUTOGEN_MYSQL_ENGINE_PROGRAM_H
#define AUTOGEN_MYSQL_ENGINE_PROGRAM_H

#include <stdbool.h>

#include "model/server.h"

struct arena;

struct engine_program {
	const char *path;
	enum flavour flavour;
};

struct argument_list { char **items; size_t n, cap; };

/* Finds one; `mark` (of a folder that exists) says which flavour it must be, "" for any. false with
 * a diagnostic. */
bool engine_program_find(struct context *ctx, struct arena *arena, const char *mark,
			 struct engine_program *program);
/* "mariadb", "mysql" */
const char *engine_program_mark(const struct engine_program *program);
/* The command line, NULL-terminated. `run`: the folder for socket, temporary files and pid. */
struct argument_list engine_program_arguments(struct arena *arena,
					      const struct engine_program *program,
					      const char *data, const char *run, bool temporary);
/* The one that makes a datadir first, where the server can't do that by itself (MySQL). */
struct argument_list engine_program_initialise(struct arena *arena,
					       const struct engine_program *program,
					       const char *data, const char *run);

#endif
