#include "cli/app.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

enum app_exit app_worse(enum app_exit a, enum app_exit b)
{
	static const enum app_exit order[] = { APP_INTERRUPTED, APP_USAGE, APP_REFUSED,
					       APP_DATABASE,    APP_MODEL, APP_FINDINGS,
					       APP_PENDING };
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (a == order[i] || b == order[i])
			return order[i];
	return APP_DONE;
}

/* What names the database, before expansion; *settings: it stands in the settings. */
static const char *database_text(const struct app *app, bool *settings)
{
	*settings = false;
	if (option_given(&app->options, OPT_OFFLINE))
		return NULL;
	const char *text = app->options.value[OPT_DATABASE];
	if (!text)
		text = getenv("DATABASE_URL");
	if (!text || !*text) {
		text = app->config.value[CONFIG_DATABASE];
		*settings = true;
	}
	return text && *text ? text : NULL;
}

bool app_has_database(const struct app *app)
{
	bool settings;
	return database_text(app, &settings) != NULL;
}

static enum app_exit start_engine(struct app *app, bool settings)
{
	const char *folder = app->url.local_dir;
	/* a relative folder in the settings is relative to their file */
	if (settings)
		folder = file_join(&app->arena, app->config.here, folder);
	app->engine =
		engine_start(&app->ctx, folder, app->url.database ? app->url.database : "local");
	if (!app->engine)
		return APP_DATABASE;
	app->url = *engine_url(app->engine);
	return APP_DONE;
}

enum app_exit app_connect(struct app *app)
{
	if (app->db)
		return APP_DONE;
	bool settings;
	const char *text = database_text(app, &settings);
	if (!text) {
		struct diag *diag =
			ctx_error(&app->ctx, "usage", span_none(), "no database is named");
		ctx_hint(&app->ctx, diag,
			 "--database mysql://user@host/name, DATABASE_URL, or "
			 "'database = …' in autogen.ini");
		ctx_hint(&app->ctx, diag, "--database local:DIR keeps one in a folder");
		return APP_USAGE;
	}
	if (settings &&
	    !(text = config_expand(&app->ctx, &app->arena, &app->config, CONFIG_DATABASE)))
		return APP_USAGE;
	if (!url_parse(&app->ctx, &app->arena, text, &app->url))
		return APP_USAGE;
	if (app->url.local_dir) {
		enum app_exit end = start_engine(app, settings);
		if (end != APP_DONE)
			return end;
	}
	app->db = db_open(&app->ctx, &app->url);
	if (!app->db)
		return APP_DATABASE;
	if (!db_database(app->db)) {
		struct diag *diag =
			ctx_error(&app->ctx, "usage", span_none(), "the URL names no database");
		ctx_hint(&app->ctx, diag, "mysql://user@host/NAME");
		return APP_USAGE;
	}
	return APP_DONE;
}

bool app_format(struct app *app, const char *other, const char **format)
{
	*format = app->options.value[OPT_FORMAT];
	if (!*format)
		*format = "text";
	if (!strcmp(*format, "text") || !strcmp(*format, "json") ||
	    (other && !strcmp(*format, other)))
		return true;
	ctx_error(&app->ctx, "usage", span_none(), "'--format' takes text%s%s or json, not '%s'",
		  other ? ", " : "", other ? other : "", *format);
	return false;
}

static int print_error;

void app_print(const char *text)
{
	if (fputs(text, stdout) == EOF && !print_error)
		print_error = errno;
}

int app_flush(void)
{
	if (fflush(stdout) == EOF && !print_error)
		print_error = errno;
	return print_error;
}
