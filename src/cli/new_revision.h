/*
 * new_revision: a revision file about to be written: its id, header and folder.
 *
 * Where it goes is for the options to say: --head (what it comes after), --splice
 * (that one need not be a head), --branch-label, --depends-on, --version-path,
 * --rev-id, -m.
 */
#ifndef AUTOGEN_CLI_NEW_REVISION_H
#define AUTOGEN_CLI_NEW_REVISION_H

#include "cli/moment.h"
#include "cli/world.h"

struct new_revision {
	struct revision revision; /* without statements */
	struct revision_list after; /* what it comes after; none: it is a base */
	const char *folder;
	struct moment moment; /* when it is made */
};

/* The revisions that --head (or `words`, where a command takes them) names; several heads without one
 * being named are refused, with what to do. */
enum app_exit new_revision_after(struct app *app, const struct graph *graph,
				 const struct string_list *words, struct revision_list *after);
/* Fills in all but message and statements. APP_USAGE or APP_REFUSED with diagnostics. */
enum app_exit new_revision_place(struct app *app, const struct graph *graph,
				 const struct string_list *words, struct new_revision *made);
/* Writes it, prints its path, and runs the hooks. */
enum app_exit new_revision_write(struct app *app, const struct new_revision *made);

#endif
