#include "mysql/settings.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "model/charset.h"
#include "mysql/db.h"

static const struct {
	const char *variable, *value;
} rows[SETTING_COUNT] = {
#define X(id, variable, value) [id] = { variable, value },
	SETTINGS(X)
#undef X
};

void settings_query(struct buf *out)
{
	buf_add(out, "show session variables where variable_name in (");
	for (int i = 0; i < SETTING_COUNT; i++)
		buf_printf(out, "%s'%s'", i ? ", " : "", rows[i].variable);
	buf_add_char(out, ')');
}

void settings_read(struct settings *settings, const struct db_result *result)
{
	*settings = (struct settings){ 0 };
	for (size_t r = 0; r < result->rows.n; r++) {
		const char **cells = result->rows.items[r].cells;

		for (int i = 0; i < SETTING_COUNT; i++) {
			if (word_equal(cells[0], rows[i].variable))
				settings->values[i] = cells[1] ? cells[1] : "";
		}
	}
}

void settings_set(const struct settings *settings, struct buf *out)
{
	const char *separator = "set session ";

	for (int i = 0; i < SETTING_COUNT; i++) {
		if (!settings->values[i] || !rows[i].value)
			continue;
		buf_printf(out, "%s%s = %s", separator, rows[i].variable, rows[i].value);
		separator = ", session ";
	}
}

void settings_script(struct buf *out)
{
	const char *separator = "SET SESSION ";

	for (int i = 0; i < SETTING_STATS_EXPIRY; i++) {
		if (!rows[i].value)
			continue;
		buf_printf(out, "%s%s = %s", separator, rows[i].variable, rows[i].value);
		separator = ",\n    SESSION ";
	}
}

/* major.minor[.patch] at text. */
static bool read_version(const char *text, unsigned *version)
{
	unsigned major, minor, patch = 0;

	if (sscanf(text, "%3u.%2u.%2u", &major, &minor, &patch) < 2)
		return false;
	*version = major * 10000 + minor * 100 + patch;
	return true;
}

bool settings_version(const char *text, const char *comment, enum flavour *flavour,
		      unsigned *version)
{
	bool mariadb = strcasestr(text, "mariadb") || (comment && strcasestr(comment, "mariadb"));

	*flavour = mariadb ? FLAVOUR_MARIADB : FLAVOUR_MYSQL;
	/* what MariaDB puts before its version for the sake of old replicas (RPL_VERSION_HACK) */
	if (mariadb && !strncmp(text, "5.5.5-", 6))
		text += 6;
	return read_version(text, version);
}

static bool is_on(const char *value)
{
	return word_equal(value, "ON") || word_equal(value, "1");
}

/* character_set_collations: utf8mb3=utf8mb3_uca1400_ai_ci,…,utf8mb4=utf8mb4_uca1400_ai_ci */
static const struct name *session_collation(struct context *ctx, const char *list)
{
	while (*list) {
		size_t len = strcspn(list, ",");

		while (*list == ' ') {
			list++;
			len--;
		}
		if (len > 8 && !strncasecmp(list, "utf8mb4=", 8))
			return charset_canonical(ctx,
						 name_intern_bytes(&ctx->names, list + 8, len - 8));
		list += len + (list[len] == ',');
	}
	return NULL;
}

static const struct name *utf8mb4_collation(struct context *ctx, const struct settings *settings,
					    const struct server *server)
{
	const struct name *name = NULL;

	if (settings->values[SETTING_UTF8MB4])
		name = charset_canonical(ctx, ctx_name(ctx, settings->values[SETTING_UTF8MB4]));
	else if (settings->values[SETTING_COLLATIONS])
		name = session_collation(ctx, settings->values[SETTING_COLLATIONS]);
	return name ? name : charset_default_collation(ctx, server, ctx_name(ctx, "utf8mb4"));
}

bool settings_server(struct context *ctx, const struct settings *settings, bool database,
		     struct server *server)
{
	const char *const *values = settings->values;
	enum flavour flavour;
	unsigned version;

	if (!values[SETTING_VERSION] ||
	    !settings_version(values[SETTING_VERSION], values[SETTING_VERSION_COMMENT], &flavour,
			      &version))
		return false;
	server_defaults(ctx, server, flavour, version);
	server->connected = true;
	if (values[SETTING_LOWER_CASE])
		server->lower_case_table_names = values[SETTING_LOWER_CASE][0] - '0';
	if (values[SETTING_EXPLICIT_TIMESTAMP])
		server->explicit_defaults_for_timestamp = is_on(values[SETTING_EXPLICIT_TIMESTAMP]);
	if (values[SETTING_RESTRICT_FK])
		server->restrict_fk_on_non_standard_key = is_on(values[SETTING_RESTRICT_FK]);
	/* empty on MariaDB 10.3 to 10.5, where it means nothing any more */
	if (values[SETTING_LARGE_PREFIX] && *values[SETTING_LARGE_PREFIX])
		server->large_prefix = is_on(values[SETTING_LARGE_PREFIX]) &&
				       (!values[SETTING_FILE_FORMAT] ||
					word_equal(values[SETTING_FILE_FORMAT], "Barracuda"));
	if (values[SETTING_ENGINE])
		server->default_engine = ctx_name(ctx, values[SETTING_ENGINE]);
	if (values[SETTING_CHARSET])
		server->default_charset =
			charset_canonical(ctx, ctx_name(ctx, values[SETTING_CHARSET]));
	if (values[SETTING_COLLATION])
		server->default_collation =
			charset_canonical(ctx, ctx_name(ctx, values[SETTING_COLLATION]));
	server->database_default = database;
	server->utf8mb4_collation = NULL;
	server->utf8mb4_collation = utf8mb4_collation(ctx, settings, server);
	return true;
}
