/*
 * hooks: [post_write_hooks]: programs that are run with the path of a revision just written.
 *
 *	[post_write_hooks]
 *	hooks = add, format
 *	add.type = exec
 *	add.executable = git
 *	add.options = add REVISION_SCRIPT_FILENAME
 *
 * Alembic's keys. No shell: options are words, split at blanks outside of quotes;
 * REVISION_SCRIPT_FILENAME in them is the path, which comes first where they do
 * not say it. What a hook prints goes to standard error.
 */
#ifndef AUTOGEN_CLI_HOOKS_H
#define AUTOGEN_CLI_HOOKS_H

#include "cli/app.h"

/* Is that a key of the section? A NAME.KEY is by its end. */
bool hooks_is_key(const char *key);
/* What is near to a key that is none, or NULL. */
const char *hooks_suggest(struct arena *arena, const char *key);
/* Looks at the settings of the section: each hook has what it needs. false with diagnostics. */
bool hooks_check(struct context *ctx, struct arena *arena, const struct config *config);
/* Runs them one after the other; the first that fails is the end. false with a diagnostic. */
bool hooks_run(struct app *app, const char *path);

#endif
