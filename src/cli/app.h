/*
 * app: one run of the program.
 *
 * Owns what lasts for the whole command (context, settings, connection, private
 * engine) and ends it all in app_end(). Commands are thin: they ask the world
 * (cli/world.h) for the states they compare, call the rooms below, and print.
 */
#ifndef AUTOGEN_CLI_APP_H
#define AUTOGEN_CLI_APP_H

#include "cli/config.h"
#include "cli/options.h"
#include "mysql/db.h"
#include "mysql/engine.h"

#define AUTOGEN_VERSION "0.1.0"

/* What scripts rely on (cli.md). When several apply: 5, 4, 3, 1, 6. */
enum app_exit {
	APP_DONE = 0,
	APP_FINDINGS = 1,
	APP_USAGE = 2,
	APP_MODEL = 3,
	APP_DATABASE = 4,
	APP_REFUSED = 5,
	APP_PENDING = 6,
	APP_INTERRUPTED = 130,
};

/* The one that a script must see when both apply. */
enum app_exit app_worse(enum app_exit a, enum app_exit b);

struct app {
	struct context ctx;
	struct arena arena;
	struct options options;
	struct config config;
	bool colour_out, colour_err;
	struct url url;        /* valid once app_connect() was called */
	struct engine *engine; /* of a local: database */
	struct db *db;         /* NULL until app_connect() */
};

/* Is a database named anywhere (and not ruled out by --offline)? */
bool app_has_database(const struct app *app);
/* Connects (starting the private engine for local:DIR) once; APP_DONE, APP_USAGE (no database is
 * named, or the URL is none) or APP_DATABASE. */
enum app_exit app_connect(struct app *app);
/* `text` or `json` for --format, or one more the command takes (NULL: none); false with a diagnostic. */
bool app_format(struct app *app, const char *other, const char **format);
/* Writes to stdout. */
void app_print(const char *text);
/* Writes what is left; the errno of the first write that failed, or 0. */
int app_flush(void);

/* Commands: each gets its arguments through app->options. */
#define COMMAND(word, function, arguments, help) enum app_exit function(struct app *app);
#include "cli/command.def"
#undef COMMAND

#endif
