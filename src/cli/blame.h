/*
 * blame: where in the models an operation came from.
 *
 * A server's error is about a statement of a revision, written some time ago; the
 * person looks at models. This finds what the operations name (table, column, key)
 * in the models as they are now.
 */
#ifndef AUTOGEN_CLI_BLAME_H
#define AUTOGEN_CLI_BLAME_H

#include "cli/world.h"
#include "revision/revision.h"

/* Adds the place in a .model file to the newest error, when the models compile and have it. */
void blame_statement(struct app *app, const struct revision_statement *statement);
/* The same for operations; the first one whose table the models have. */
void blame_ops(struct app *app, const struct op_list *ops);

#endif
