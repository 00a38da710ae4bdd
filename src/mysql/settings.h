/*
 * settings: what a session's variables say of its server.
 *
 * Read with SHOW VARIABLES, which passes over what a server does not know, so
 * no version decides what may be asked. Also holds how a session is set up:
 * every variable that a server has is set, the others are left out.
 */
#ifndef AUTOGEN_MYSQL_SETTINGS_H
#define AUTOGEN_MYSQL_SETTINGS_H

#include "model/server.h"

struct arena;
struct db_result;

/* variable, value that a new session gets as SQL text (NULL: it is only read) */
#define SETTINGS(X)                                                                                \
	X(SETTING_VERSION, "version", NULL)                                                        \
	X(SETTING_VERSION_COMMENT, "version_comment", NULL)                                        \
	X(SETTING_LOWER_CASE, "lower_case_table_names", NULL)                                      \
	X(SETTING_EXPLICIT_TIMESTAMP, "explicit_defaults_for_timestamp", NULL)                     \
	X(SETTING_RESTRICT_FK, "restrict_fk_on_non_standard_key", NULL)                            \
	X(SETTING_LARGE_PREFIX, "innodb_large_prefix", NULL)                                       \
	X(SETTING_FILE_FORMAT, "innodb_file_format", NULL)                                         \
	X(SETTING_ENGINE, "default_storage_engine", NULL)                                          \
	X(SETTING_CHARSET, "character_set_database", NULL)                                         \
	X(SETTING_COLLATION, "collation_database", NULL)                                           \
	X(SETTING_UTF8MB4, "default_collation_for_utf8mb4", NULL)                                  \
	X(SETTING_COLLATIONS, "character_set_collations", NULL)                                    \
	/* strict, so that no statement changes values in silence; a row numbered 0 keeps that     \
	 * where its column becomes AUTO_INCREMENT; no NO_ZERO_DATE, which would refuse what        \
	 * tables already hold; neither ANSI_QUOTES nor NO_BACKSLASH_ESCAPES, which    \
	 * base/quote counts on; nothing that any server from 5.6 on does not know */              \
	X(SETTING_SQL_MODE, "sql_mode",                                                            \
	  "'NO_AUTO_VALUE_ON_ZERO,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'")                    \
	X(SETTING_TIME_ZONE, "time_zone", "'+00:00'")                                              \
	X(SETTING_AUTOCOMMIT, "autocommit", "1")                                                   \
	X(SETTING_FK_CHECKS, "foreign_key_checks", "1")                                            \
	X(SETTING_UNIQUE_CHECKS, "unique_checks", "1")                                             \
	X(SETTING_QUOTE_SHOW, "sql_quote_show_create", "1")                                        \
	X(SETTING_SAFE_UPDATES, "sql_safe_updates", "0")                                           \
	X(SETTING_SELECT_LIMIT, "sql_select_limit", "18446744073709551615")                        \
	/* not every server has those from here on */                                             \
	X(SETTING_STATS_EXPIRY, "information_schema_stats_expiry", "0")                            \
	X(SETTING_SHOW_GIPK, "show_gipk_in_create_table_and_information_schema", "1")

enum setting {
#define X(id, variable, value) id,
	SETTINGS(X)
#undef X
	SETTING_COUNT
};

struct settings {
	const char *values[SETTING_COUNT]; /* NULL: the server has no such variable */
};

/* SHOW VARIABLES … into out, and its result into settings (texts are shared). */
void settings_query(struct buf *out);
void settings_read(struct settings *settings, const struct db_result *result);
/* SET … for a new session; nothing when no variable is known. */
void settings_set(const struct settings *settings, struct buf *out);
/* The same for the session of a script, of any server from MySQL 5.6 on: the variables that all have. */
void settings_script(struct buf *out);
/* Flavour and version from VERSION() or the handshake's text, in any of its forms:
 * 5.5.5-10.11.6-MariaDB-1:10.11.6+maria~deb12, 8.0.36-28, 9.7.4. false: it holds none. */
bool settings_version(const char *text, const char *comment, enum flavour *flavour,
		      unsigned *version);
/* The server; false when its version can't be read. `database`: one is selected. */
bool settings_server(struct context *ctx, const struct settings *settings, bool database,
		     struct server *server);

#endif
