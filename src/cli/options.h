/*
 * options: the command line, parsed against option.def.
 *
 * Short options may be joined (-qm text), long ones take `=` or the next word
 * and may be cut to a unique beginning; `--` ends them. Arguments of -m and the
 * like may be empty. Values are copied and a password in --database is wiped
 * from argv, so that it does not show in the process list; no message shows what
 * may be a URL.
 */
#ifndef AUTOGEN_CLI_OPTIONS_H
#define AUTOGEN_CLI_OPTIONS_H

#include <stdbool.h>

#include "base/context.h"

enum option_id {
#define OPTION(id, name, letter, argument, commands, help) id,
#include "cli/option.def"
#undef OPTION
	OPT_COUNT
};

struct options {
	const char *command;         /* the word; NULL: none was given */
	const char *value[OPT_COUNT]; /* NULL: not given; "" for those without an argument */
	struct { const char **items; size_t n, cap; } arguments;
};

/* false with a diagnostic (rule `usage`). */
bool options_parse(struct context *ctx, struct arena *arena, int argc, char **argv,
		   struct options *options);
/* Is that option one of this command's? */
bool option_belongs(enum option_id id, const char *command);
/* The lines of help for a command's own options, or the global ones (command NULL). */
void options_help(struct buf *out, const char *command);
static inline bool option_given(const struct options *options, enum option_id id)
{
	return options->value[id] != NULL;
}
/* Default when not given; false with a diagnostic when it is no number. */
bool option_number(struct context *ctx, const struct options *options, enum option_id id,
		   unsigned fallback, unsigned *number);

#endif
