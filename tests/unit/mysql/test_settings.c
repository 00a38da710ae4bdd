#include "mysql/settings.h"

#include "tests/unit/unit.h"

#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "mysql/db.h"
#include "mysql/hint.h"

static struct context ctx;
static struct arena arena;

static int set_up(void **state)
{
	(void)state;
	context_init(&ctx);
	arena_init(&arena);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(&arena);
	context_free(&ctx);
	return 0;
}

static void assert_version(const char *text, const char *comment, enum flavour flavour,
			   unsigned version)
{
	enum flavour got_flavour;
	unsigned got = 0;

	assert_true(settings_version(text, comment, &got_flavour, &got));
	assert_int_equal(got_flavour, flavour);
	assert_int_equal(got, version);
}

TEST(versions)
{
	enum flavour flavour;
	unsigned version;

	assert_version("5.6.24", "MySQL Community Server (GPL)", FLAVOUR_MYSQL, 50624);
	assert_version("9.7.4-2", "(Debian)", FLAVOUR_MYSQL, 90704);
	assert_version("8.0.36-28", "Percona Server (GPL), Release 28", FLAVOUR_MYSQL, 80036);
	assert_version("8.4.0-commercial", NULL, FLAVOUR_MYSQL, 80400);
	assert_version("8.0.mysql_aurora.3.04.0", "Source distribution", FLAVOUR_MYSQL, 80000);
	assert_version("10.11.19-MariaDB-0+deb12u1", "Debian 12", FLAVOUR_MARIADB, 101119);
	assert_version("5.5.5-10.11.6-MariaDB-1:10.11.6+maria~deb12", NULL, FLAVOUR_MARIADB,
		       101106);
	assert_version("5.5.5-10.5.23-MariaDB", NULL, FLAVOUR_MARIADB, 100523);
	assert_version("11.8.6-MariaDB-0+deb13u1 from Debian", NULL, FLAVOUR_MARIADB, 110806);
	assert_version("10.6.12", "MariaDB Server", FLAVOUR_MARIADB, 100612);
	/* a MySQL of that very version */
	assert_version("5.5.5", "MySQL Community Server (GPL)", FLAVOUR_MYSQL, 50505);
	assert_false(settings_version("", NULL, &flavour, &version));
	assert_false(settings_version("unknown", NULL, &flavour, &version));
}

/* As SHOW VARIABLES gives them: name, value, … */
static struct settings read_rows(const char *const *texts)
{
	struct db_result result = { .n_columns = 2 };
	struct settings settings;

	for (size_t i = 0; texts[i]; i += 2) {
		const char **cells = ARENA_ARRAY(&arena, const char *, 2);
		struct db_row row = { .cells = cells };

		cells[0] = texts[i];
		cells[1] = texts[i + 1];
		LIST_PUSH(&arena, &result.rows, row);
	}
	settings_read(&settings, &result);
	return settings;
}

TEST(a_session_sets_what_the_server_has)
{
	static const char *const old[] = { "sql_mode", "", "time_zone", "SYSTEM", NULL };
	static const char *const new[] = { "sql_mode",
					   "",
					   "information_schema_stats_expiry",
					   "86400",
					   "show_gipk_in_create_table_and_information_schema",
					   "OFF",
					   NULL };
	static const char *const none[] = { NULL };
	struct settings settings = read_rows(old);
	struct buf buf = { 0 };

	settings_set(&settings, &buf);
	assert_string_equal(buf_text(&buf),
			    "set session sql_mode = 'NO_AUTO_VALUE_ON_ZERO,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION', "
			    "session time_zone = '+00:00'");
	buf_clear(&buf);
	settings = read_rows(new);
	settings_set(&settings, &buf);
	assert_string_equal(buf_text(&buf),
			    "set session sql_mode = 'NO_AUTO_VALUE_ON_ZERO,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION', "
			    "session information_schema_stats_expiry = 0, "
			    "session show_gipk_in_create_table_and_information_schema = 1");
	buf_clear(&buf);
	settings = read_rows(none);
	settings_set(&settings, &buf);
	assert_int_equal(buf.len, 0);
	buf_free(&buf);
}

TEST(mysql_56)
{
	static const char *const texts[] = { "version",
					     "5.6.24",
					     "version_comment",
					     "MySQL",
					     "lower_case_table_names",
					     "1",
					     "innodb_large_prefix",
					     "ON",
					     "innodb_file_format",
					     "Antelope",
					     "explicit_defaults_for_timestamp",
					     "OFF",
					     "default_storage_engine",
					     "MyISAM",
					     "character_set_database",
					     "utf8",
					     "collation_database",
					     "utf8_general_ci",
					     NULL };
	struct settings settings = read_rows(texts);
	struct server server;

	assert_true(settings_server(&ctx, &settings, true, &server));
	assert_true(server.connected);
	assert_true(server.database_default);
	assert_int_equal(server.lower_case_table_names, 1);
	assert_false(server.large_prefix); /* not with Antelope */
	assert_false(server.explicit_defaults_for_timestamp);
	assert_false(server.restrict_fk_on_non_standard_key);
	assert_string_equal(server.default_engine->text, "MyISAM");
	assert_string_equal(server.default_charset->text, "utf8mb3");
	assert_string_equal(server.default_collation->text, "utf8mb3_general_ci");
	assert_string_equal(server.utf8mb4_collation->text, "utf8mb4_general_ci");
}

TEST(collations_of_the_session)
{
	static const char *const mysql[] = { "version",
					     "9.7.4",
					     "restrict_fk_on_non_standard_key",
					     "OFF",
					     "default_collation_for_utf8mb4",
					     "utf8mb4_general_ci",
					     NULL };
	static const char *const mariadb[] = {
		"version",
		"11.8.6-MariaDB",
		"character_set_collations",
		"utf8mb3=utf8mb3_uca1400_ai_ci, utf8mb4=utf8mb4_unicode_ci,ucs2=ucs2_uca1400_ai_ci",
		"innodb_large_prefix",
		"",
		NULL
	};
	static const char *const reset[] = { "version", "11.8.6-MariaDB",
					     "character_set_collations", "", NULL };
	struct settings settings = read_rows(mysql);
	struct server server;

	assert_true(settings_server(&ctx, &settings, false, &server));
	assert_false(server.database_default);
	assert_false(server.restrict_fk_on_non_standard_key);
	assert_string_equal(server.utf8mb4_collation->text, "utf8mb4_general_ci");
	settings = read_rows(mariadb);
	assert_true(settings_server(&ctx, &settings, false, &server));
	assert_string_equal(server.utf8mb4_collation->text, "utf8mb4_unicode_ci");
	assert_true(server.large_prefix); /* an empty one says nothing */
	settings = read_rows(reset);
	assert_true(settings_server(&ctx, &settings, false, &server));
	assert_non_null(server.utf8mb4_collation);
}

TEST(no_version)
{
	static const char *const texts[] = { "version", "x", NULL };
	struct settings settings = read_rows(texts);
	struct server server;

	assert_false(settings_server(&ctx, &settings, false, &server));
}

static const char *hint(const struct url *url, unsigned number, const char *message)
{
	struct diag *diag = ctx_error(&ctx, "database", span_none(), "x");

	hint_add(&ctx, diag, url, number, message);
	return diag->hints.n ? diag->hints.items[0] : "";
}

TEST(hints)
{
	struct url url = { .database = "sh`op", .password = "SECRET" }, none = { .port = 33 };

	assert_string_equal(hint(&url, 1049, "Unknown database 'sh`op'"),
			    "create database `sh``op` character set utf8mb4");
	assert_string_equal(
		hint(&url, 1142, "CREATE VIEW command denied to user 'a'@'h.x' for table 't'"),
		"as an administrator: grant create view on `sh``op`.* to 'a'@'h.x'");
	assert_non_null(strstr(hint(&url, 1044, "Access denied for user 'a'@'%' to database 'x'"),
			       "to 'a'@'%'"));
	assert_non_null(
		strstr(hint(&none, 1045, "Access denied … (using password: NO)"), "no password"));
	assert_non_null(strstr(hint(&none, 1045, "… (using password: YES)"), "option file"));
	assert_non_null(strstr(hint(&url, 1045, "… (using password: YES)"), "%40"));
	assert_non_null(strstr(hint(&none, 2003, "Can't connect"), "port 33"));
	assert_string_equal(hint(&none, 1062, "Duplicate entry"), "");
	assert_true(hint_is_lost(2006));
	assert_true(hint_is_lost(2013));
	assert_true(hint_is_lost(4031));
	assert_false(hint_is_lost(1045));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions),   cmocka_unit_test(a_session_sets_what_the_server_has),
		cmocka_unit_test(mysql_56),   cmocka_unit_test(collations_of_the_session),
		cmocka_unit_test(no_version), cmocka_unit_test(hints),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
