/*
 * run_with: a run as the command line and the settings want it.
 */
#ifndef AUTOGEN_CLI_RUN_WITH_H
#define AUTOGEN_CLI_RUN_WITH_H

#include "cli/app.h"
#include "run/runner.h"

/* Fills in what options and settings say; notices go to stderr. false with a diagnostic. */
bool run_with_settings(struct app *app, struct run_options *run);
enum app_exit run_exit(enum run_status status);

#endif
