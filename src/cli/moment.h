/*
 * moment: when a revision is made: SOURCE_DATE_EPOCH where that is set (so that files can be made
 * again), else now; in UTC, or the time zone of the settings.
 */
#ifndef AUTOGEN_CLI_MOMENT_H
#define AUTOGEN_CLI_MOMENT_H

#include <time.h>

#include "cli/app.h"

struct moment {
	time_t epoch;
	struct tm date;   /* in the zone */
	const char *text; /* for create_date: 2026-01-02 03:04:05, with its +08:00 unless it is UTC */
};

/* false with a diagnostic: there is no such time zone. */
bool moment_now(struct app *app, struct moment *moment);

#endif
