/*
 * config: autogen.ini.
 *
 * `[autogen]` with the keys of config.def, `[env.NAME]` sections over it, `[post_write_hooks]`. Values
 * may go on in indented lines; `#` and `;` begin comments at the start of a line. `%(here)s` is the
 * folder of the file, `${VARIABLE}` the environment's, `%%` a percent sign. Lines
 * shown in messages have their passwords masked. Folders are relative to the file. Without a file every key has its default,
 * relative to the current folder.
 */
#ifndef AUTOGEN_CLI_CONFIG_H
#define AUTOGEN_CLI_CONFIG_H

#include "base/context.h"

enum config_key {
#define KEY(id, name, fallback, help) id,
#include "cli/config.def"
#undef KEY
	CONFIG_COUNT
};

/* A line of [post_write_hooks]. */
struct config_entry {
	const char *key, *value; /* expanded */
	struct span key_place, value_place;
};

struct config {
	const char *path;  /* NULL: there is no file */
	const char *here;  /* its folder, "." without a file */
	const char *value[CONFIG_COUNT]; /* expanded, but for the database's */
	struct span place[CONFIG_COUNT];
	struct { struct config_entry *items; size_t n, cap; } hooks; /* see cli/hooks.h */
};

/* `path` NULL: autogen.ini here or in a folder above, else defaults. `env` NULL: none.
 * false with diagnostics (rule `config`). */
bool config_read(struct context *ctx, struct arena *arena, const char *path, const char *env,
		 struct config *config);
/* A value with its %(here)s and ${VARIABLE} replaced. NULL with a diagnostic. */
const char *config_expand(struct context *ctx, struct arena *arena, const struct config *config,
			  enum config_key key);

#endif
