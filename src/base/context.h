/*
 * context: what every room shares during one command.
 *
 * Made by cli, lent to everybody else. Holds the interner (names outlive all
 * models), the sources (outlive all trees) and the queue of diagnostics.
 */
#ifndef AUTOGEN_BASE_CONTEXT_H
#define AUTOGEN_BASE_CONTEXT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/name.h"
#include "base/source.h"

struct table;

struct context {
	struct interner names;
	struct arena sources; /* sources and their texts */
	struct diag_queue diags;
	bool verbose, quiet;
	/* Set by a signal handler; long work looks at it and ends early, leaving no mess. */
	volatile int *interrupted; /* NULL: never */
	/* Is the table left alone, so that no model need have it? NULL: none is. */
	bool (*is_ignored)(void *of_ignored, const struct name *table);
	void *of_ignored;
	/* A table of another database of the server; NULL: not there, or not to be seen. NULL: there is
	 * nobody to ask. */
	const struct table *(*outside_table)(void *of_outside, const struct name *database,
					     const struct name *table);
	void *of_outside;
};

void context_init(struct context *ctx);
void context_free(struct context *ctx);

static inline const struct name *ctx_name(struct context *ctx, const char *text)
{
	return name_intern(&ctx->names, text);
}

/* A source of a copy of `text`. */
const struct source *ctx_source(struct context *ctx, const char *path, const char *text, size_t len);
/* A part of a file: messages name the file's line. */
const struct source *ctx_source_part(struct context *ctx, const char *path, const char *text,
				     size_t len, unsigned above);

/* The everyday calls: queue an error or a warning at a place. */
#define ctx_error(ctx, rule, ...) diag_error(&(ctx)->diags, (rule), __VA_ARGS__)
#define ctx_warning(ctx, rule, ...) diag_warning(&(ctx)->diags, (rule), __VA_ARGS__)
#define ctx_note(ctx, rule, ...) diag_add(&(ctx)->diags, DIAG_NOTE, (rule), __VA_ARGS__)
#define ctx_place(ctx, diag, ...) diag_place(&(ctx)->diags, (diag), __VA_ARGS__)
#define ctx_hint(ctx, diag, ...) diag_hint(&(ctx)->diags, (diag), __VA_ARGS__)

#endif
