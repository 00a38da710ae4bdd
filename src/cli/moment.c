#include "cli/moment.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static const char *upper(struct arena *arena, const char *text)
{
	char *copy = arena_strdup(arena, text);
	for (char *p = copy; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return copy;
}

/* The C library takes a zone that it does not know for UTC: so its file is looked for. */
static bool zone_exists(struct arena *arena, const char *zone)
{
	const char *folder = getenv("TZDIR");
	if (*zone == '/' || strstr(zone, ".."))
		return false;
	const char *path =
		file_join(arena, folder && *folder ? folder : "/usr/share/zoneinfo", zone);
	return file_exists(path) && !file_is_dir(path);
}

/* As it is written, else (like Alembic) in capitals; NULL: there is none. */
static const char *find_zone(struct arena *arena, const char *zone)
{
	if (zone_exists(arena, zone))
		return zone;
	zone = upper(arena, zone);
	return zone_exists(arena, zone) ? zone : NULL;
}

/* The date in a zone, without leaving the process in it. */
static bool date_in(struct arena *arena, const char *zone, time_t epoch, struct tm *date)
{
	const char *before = getenv("TZ");
	before = before ? arena_strdup(arena, before) : NULL;
	if (setenv("TZ", arena_printf(arena, ":%s", zone), 1))
		return false;
	tzset();
	bool ok = localtime_r(&epoch, date) != NULL;
	if (before)
		setenv("TZ", before, 1);
	else
		unsetenv("TZ");
	tzset();
	return ok;
}

static bool in_zone(struct app *app, const char *zone, struct moment *moment)
{
	const char *found = find_zone(&app->arena, zone);
	if (found && date_in(&app->arena, found, moment->epoch, &moment->date))
		return true;
	struct diag *diag = ctx_error(&app->ctx, "config", app->config.place[CONFIG_TIMEZONE],
				      "there is no time zone '%s'", zone);
	ctx_hint(&app->ctx, diag, "a name of the system's list: UTC, Asia/Shanghai, Europe/Berlin");
	return false;
}

static const char *text_of(struct arena *arena, const struct tm *date, bool utc)
{
	char text[64] = "";
	strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", date);
	if (utc)
		return arena_strdup(arena, text);
	long minutes = labs(date->tm_gmtoff) / 60;
	return arena_printf(arena, "%s%c%02ld:%02ld", text, date->tm_gmtoff < 0 ? '-' : '+',
			    minutes / 60, minutes % 60);
}

bool moment_now(struct app *app, struct moment *moment)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	const char *zone = app->config.value[CONFIG_TIMEZONE];
	bool utc = word_equal(zone, "UTC");
	*moment = (struct moment){ 0 };
	moment->epoch = epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	if (utc && !gmtime_r(&moment->epoch, &moment->date))
		moment->date = (struct tm){ .tm_year = 70, .tm_mday = 1 };
	if (!utc && !in_zone(app, zone, moment))
		return false;
	moment->text = text_of(&app->arena, &moment->date, utc);
	return true;
}
