#include "cli/run_with.h"

#include <stdio.h>
#include <string.h>

/* Waiting for a lock, resuming: what a person should know meanwhile. */
static void show_notice(const char *text, void *data)
{
	const struct app *app = data;
	if (!app->ctx.quiet)
		fprintf(stderr, "%s\n", text);
}

enum app_exit run_exit(enum run_status status)
{
	switch (status) {
	case RUN_DONE:
		return APP_DONE;
	case RUN_REFUSED:
		return APP_REFUSED;
	case RUN_FAILED:
		return APP_DATABASE;
	case RUN_INTERRUPTED:
		return APP_INTERRUPTED;
	}
	return APP_DATABASE;
}

bool run_with_settings(struct app *app, struct run_options *run)
{
	*run = (struct run_options){
		.version_table = app->config.value[CONFIG_VERSION_TABLE],
		.version_schema = app->config.value[CONFIG_VERSION_TABLE_SCHEMA],
		.verified_keys = !strcmp(app->config.value[CONFIG_FOREIGN_KEY_ADD], "verified"),
		.allow_data_loss = option_given(&app->options, OPT_ALLOW_DATA_LOSS),
		.notice = show_notice,
		.notice_data = app,
	};
	return option_number(&app->ctx, &app->options, OPT_LOCK_TIMEOUT, 60, &run->lock_timeout) &&
	       option_number(&app->ctx, &app->options, OPT_LOCK_WAIT, 5, &run->lock_wait) &&
	       option_number(&app->ctx, &app->options, OPT_RESUME_AT, 0, &run->resume_at);
}
