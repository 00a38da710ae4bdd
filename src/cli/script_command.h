/*
 * script_command: --sql of upgrade, downgrade and stamp: the script on standard output in place of the
 * deed. Opens no connection; where the database stands is said by FROM:TO.
 */
#ifndef AUTOGEN_CLI_SCRIPT_COMMAND_H
#define AUTOGEN_CLI_SCRIPT_COMMAND_H

#include "cli/app.h"
#include "revision/revision.h"

/* `target`: TO, from base on, or FROM:TO; the way down has no other beginning than one that is said. */
enum app_exit script_command_move(struct app *app, enum revision_direction direction,
				  const char *target);
/* Every argument is TO or FROM:TO, and there is one FROM. */
enum app_exit script_command_stamp(struct app *app);
/* Where a script alone takes a range: false with a diagnostic when it is one. */
bool script_command_only(struct app *app, const char *target);

#endif
