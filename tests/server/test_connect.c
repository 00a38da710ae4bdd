/*
 * test_connect: connections, and what is said when they fail.
 *
 *	test_connect URL
 *
 * Each failure must be an error of rule `database` with the server's number, a hint, and no
 * password. Tells what it found in TAP.
 */
#include "mysql/db.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/context.h"

static struct context ctx;
static struct arena arena;
static struct url root;
static struct db *db;
static unsigned tests, failures;
/* Ours while the test runs; MySQL's library looks $HOME up once. */
static char home[] = "/tmp/autogen-home-XXXXXX";

/* Call said() before, not in both arguments. */
static void report(bool ok, const char *name, const char *details)
{
	printf("%sok %u - %s\n", ok ? "" : "not ", ++tests, name);
	if (ok)
		return;
	failures++;
	printf("%s\n", details);
}

/* All that is queued, as text; the queue is empty afterwards. */
static const char *said(void)
{
	struct buf buf = { 0 };

	for (size_t i = 0; i < ctx.diags.diags.n; i++)
		diag_render(ctx.diags.diags.items[i], false, &buf);
	diag_clear(&ctx.diags);
	return buf_arena(&buf, &arena);
}

static void run(const char *sql)
{
	if (!db_execute(db, sql, strlen(sql)))
		printf("# %s: %s", sql, said());
}

/* As root, with other parts. */
static struct url account(const char *user, const char *password, const char *database)
{
	struct url url = root;

	url.user = user;
	url.password = password;
	url.database = database;
	return url;
}

/* Opening must fail with one error that holds all of these and no password. */
static void refused(const char *name, const struct url *url, const char *number, const char *hint)
{
	struct db *other = db_open(&ctx, url);
	bool one = ctx.diags.errors == 1 && ctx.diags.diags.n == 1 &&
		   !strcmp(ctx.diags.diags.items[0]->rule, "database");
	const char *text = said();

	report(!other && one && strstr(text, number) && strstr(text, hint) &&
		       !strstr(text, "SECRET"),
	       name, arena_printf(&arena, "wanted %s and '%s', got\n%s", number, hint, text));
	db_close(other);
}

static void test_refusals(void)
{
	struct url url;

	url = account("connect_user", "SECRET-wrong", NULL);
	refused("wrong password", &url, "1045", "password of the URL");
	url = account("connect_user", NULL, NULL);
	refused("no password", &url, "1045", "no password was given");
	url = account("connect_nobody", "SECRET", NULL);
	refused("unknown account", &url, "1045", "hint");
	url = account("root", NULL, "no_such_db");
	refused("unknown database", &url, "1049",
		"create database `no_such_db` character set utf8mb4");
	url = account("connect_user", "SECRET@:/?#%", "mysql");
	refused("no right to the database", &url, "1044", "to 'connect_user'@'localhost'");
	url = account("root", NULL, NULL);
	url.socket = "/nonexistent/socket";
	refused("no socket", &url, "2002", "?socket=");
	url.socket = NULL;
	url.host = "127.0.0.1";
	url.port = 1;
	url.tcp = true;
	refused("nobody listens", &url, "(error 200", "port 1");
	url.host = "no-such-host.invalid";
	refused("unknown host", &url, "2005", "spelled");
}

/* A host that takes the connection and says nothing. */
static void test_timeout(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t size = sizeof(address);
	struct url url = account("root", NULL, NULL);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	time_t start = time(NULL);
	struct db *other;
	const char *text;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	bind(fd, (struct sockaddr *)&address, sizeof(address));
	listen(fd, 5);
	getsockname(fd, (struct sockaddr *)&address, &size);
	url.socket = NULL;
	url.host = "127.0.0.1";
	url.port = ntohs(address.sin_port);
	url.tcp = true;
	url.connect_timeout = 1;
	other = db_open(&ctx, &url);
	text = said();
	report(!other && time(NULL) - start <= 4 && strstr(text, "error 20") &&
		       strstr(text, "said nothing"),
	       "silent host",
	       arena_printf(&arena, "%ld s: %s", (long)(time(NULL) - start), text));
	close(fd);
}

static void test_accounts(void)
{
	struct url url;
	struct db *first, *second;
	struct db_result result;
	const char *text;
	bool ok;

	url = account("connect_user", "SECRET@:/?#%", "connect_db");
	first = db_open(&ctx, &url);
	report(first && db_query(first, &arena, "select current_user()", &result) &&
		       !strcmp(result.rows.items[0].cells[0], "connect_user@localhost") &&
		       !strcmp(db_database(first), "connect_db") &&
		       !strstr(db_describe(first), "SECRET"),
	       "right password", said());
	if (!first)
		return;
	ok = !db_query(first, &arena, "create table t (a int)", &result) &&
	     db_error_number(first) == 1142;
	text = said();
	report(ok && strstr(text, "grant create on `connect_db`.* to 'connect_user'@'localhost'"),
	       "missing privilege", text);
	ok = !db_query(first, &arena, "set global max_connections = 1000", &result);
	text = said();
	report(ok && strstr(text, "1227"), "missing global privilege", text);
	db_close(first);
	url = account("connect_few", NULL, NULL);
	first = db_open(&ctx, &url);
	second = first ? db_open(&ctx, &url) : NULL;
	text = said();
	report(first && !second && strstr(text, "limit"), "too many connections", text);
	db_close(first);
	db_close(second);
}

static void test_lost(void)
{
	struct url url = account("root", NULL, NULL);
	struct db *other = db_open(&ctx, &url);
	struct db_result result;
	const char *text;
	bool failed;

	if (!other) {
		report(false, "lost connection", said());
		return;
	}
	run(arena_printf(&arena, "kill %lu", db_connection_id(other)));
	failed = !db_query(other, &arena, "select 1", &result);
	text = said();
	report(failed && db_lost(other) && strstr(text, "error 20") && strstr(text, "its log"),
	       "lost connection", text);
	failed = db_try(other, "select 1", 8, &text) != 0;
	report(failed && db_lost(other), "it stays lost", text);
	db_close(other);
}

/* The session is ours, whatever the server's own settings are. */
static void test_session(void)
{
	struct url url = account("root", NULL, "connect_db");
	struct db_result result;
	struct db *other;
	const char **cells;

	run("set @old_mode = @@global.sql_mode");
	run("set global sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT'");
	other = db_open(&ctx, &url);
	run("set global sql_mode = @old_mode");
	if (!other ||
	    !db_query(other, &arena,
		      "select @@sql_mode, @@time_zone, @@foreign_key_checks, "
		      "@@character_set_client, @@character_set_results, @@autocommit, '用\\\\'",
		      &result)) {
		report(false, "session", said());
		db_close(other);
		return;
	}
	cells = result.rows.items[0].cells;
	report(!strcmp(cells[0], "NO_AUTO_VALUE_ON_ZERO,STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION") &&
		       !strcmp(cells[1], "+00:00") && !strcmp(cells[2], "1") &&
		       !strcmp(cells[3], "utf8mb4") && !strcmp(cells[4], "utf8mb4") &&
		       !strcmp(cells[5], "1") && !strcmp(cells[6], "用\\"),
	       "session",
	       arena_printf(&arena, "%s %s %s %s %s", cells[0], cells[1], cells[2], cells[3],
			    cells[6]));
	db_close(other);
}

static void test_results(void)
{
	struct db_result result;
	const char *message;
	unsigned number;

	report(db_query(db, &arena, "select null, '', 'a\\0b' union all select 1, 2, 3", &result) &&
		       result.n_columns == 3 && result.rows.n == 2 &&
		       !result.rows.items[0].cells[0] && result.rows.items[0].lens[2] == 3 &&
		       !memcmp(result.rows.items[0].cells[2], "a\0b", 4),
	       "rows", said());
	run("use connect_db");
	run("create procedure p() begin select 1; select 2; end");
	report(db_execute(db, "call p()", 8) && db_query(db, &arena, "call p()", &result) &&
		       result.rows.n == 1 && db_query(db, &arena, "select 3", &result) &&
		       !strcmp(result.rows.items[0].cells[0], "3"),
	       "several results", said());
	number = db_try(db, "select", 6, &message);
	report(number == 1064 && *message && !ctx.diags.diags.n && !db_lost(db), "db_try", message);
	report(!db_execute(db, "select", 6) && db_error_number(db) == 1064,
	       "a statement that is none", "");
	report(strstr(said(), "1064"), "its number is told", "");
}

static void test_server(void)
{
	const struct server *server = db_server(db);
	struct url url = account("root", NULL, "connect_db");
	struct db *other = db_open(&ctx, &url);

	report(server && server->connected && server->version >= 50600 &&
		       server->utf8mb4_collation && !server->database_default,
	       "server", said());
	server = other ? db_server(other) : NULL;
	report(server && server->database_default &&
		       !strcmp(server->default_collation->text, "latin2_czech_cs"),
	       "the database's default", said());
	db_close(other);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file)
		return;
	fputs(text, file);
	fclose(file);
	chmod(path, 0600);
}

static void test_option_files(void)
{
	const char *path = arena_printf(&arena, "%s/.my.cnf", home);
	const char *socket = root.socket ? root.socket : "";
	struct url url = { .host = NULL };
	struct db_result result;
	struct db *other;

	write_file(path, arena_printf(&arena,
				      "[client]\nuser=connect_user\npassword=\"SECRET@:/?#%%\"\n"
				      "socket=%s\n[autogen]\ndatabase=connect_db\n",
				      socket));
	other = db_open(&ctx, &url);
	report(other && db_query(other, &arena, "select current_user(), database()", &result) &&
		       !strcmp(result.rows.items[0].cells[0], "connect_user@localhost") &&
		       !strcmp(result.rows.items[0].cells[1], "connect_db") && db_database(other) &&
		       !strcmp(db_database(other), "connect_db"),
	       "option file", said());
	db_close(other);
	url = account("root", "", NULL);
	other = db_open(&ctx, &url);
	report(other && db_query(other, &arena, "select current_user()", &result) &&
		       !strcmp(result.rows.items[0].cells[0], "root@localhost"),
	       "the URL wins", said());
	db_close(other);
	write_file(path, "[client]\npassword=SECRET-wrong\nhost=10.255.255.1\nprotocol=tcp\n");
	url = account("connect_user", NULL, NULL);
	refused("an option file's wrong password", &url, "1045", "option file");
	write_file(path, "[client]\npassword=SECRET-wrong\n");
	url.password = "SECRET@:/?#%";
	url.no_defaults = true;
	other = db_open(&ctx, &url);
	report(other, "without option files", said());
	db_close(other);
	unlink(path);
}

/* With TLS or with an error, never without a word. */
static void test_tls(void)
{
	struct url url = account("root", NULL, NULL);
	struct db_result result;
	const char *text;
	struct db *other;
	bool have;

	have = db_query(db, &arena, "show variables like 'have_ssl'", &result) && result.rows.n &&
	       !strcmp(result.rows.items[0].cells[1], "YES");
	url.ssl = URL_SSL_DISABLED;
	other = db_open(&ctx, &url);
	report(other && db_query(other, &arena, "show status like 'Ssl_cipher'", &result) &&
		       (!result.rows.n || !*result.rows.items[0].cells[1]),
	       "TLS disabled", said());
	db_close(other);
	url.ssl = URL_SSL_REQUIRED;
	other = db_open(&ctx, &url);
	text = said();
	if (other)
		report(db_query(other, &arena, "show status like 'Ssl_cipher'", &result) &&
			       result.rows.n && *result.rows.items[0].cells[1],
		       "TLS required", text);
	else
		report(!have && strstr(text, "2026") && strstr(text, "ssl-mode"), "TLS required",
		       text);
	db_close(other);
	url.ssl = URL_SSL_VERIFY_IDENTITY;
	url.ssl_ca = "/etc/ssl/certs/ca-certificates.crt";
	other = db_open(&ctx, &url);
	text = said();
	report(!other && strstr(text, "2026") && strstr(text, "ssl-mode"), "TLS unverified", text);
	db_close(other);
}

static void set_up(void)
{
	db_try(db, "drop user connect_user@localhost", 32, NULL);
	db_try(db, "drop user connect_few@localhost", 31, NULL);
	run("drop database if exists connect_db");
	run("create database connect_db collate latin2_czech_cs");
	run("create user connect_user@localhost identified by 'SECRET@:/?#%'");
	run("grant select, execute on connect_db.* to connect_user@localhost");
	run("create user connect_few@localhost");
	if (db_server(db)->flavour == FLAVOUR_MYSQL && db_server(db)->version < 50700)
		run("grant usage on *.* to connect_few@localhost with max_user_connections 1");
	else
		run("alter user connect_few@localhost with max_user_connections 1");
}

int main(int argc, char **argv)
{
	context_init(&ctx);
	arena_init(&arena);
	setvbuf(stdout, NULL, _IOLBF, 0);
	unsetenv("MYSQL_PWD");
	if (!mkdtemp(home) || setenv("HOME", home, 1) < 0)
		return 1;
	if (argc == 2 && url_parse(&ctx, &arena, argv[1], &root) && (db = db_open(&ctx, &root))) {
		set_up();
		test_refusals();
		test_timeout();
		test_accounts();
		test_lost();
		test_session();
		test_results();
		test_server();
		test_tls();
		test_option_files();
		run("drop user connect_user@localhost");
		run("drop user connect_few@localhost");
		run("drop database connect_db");
		db_close(db);
	}
	rmdir(home);
	diag_print(&ctx.diags, false, stdout);
	printf("1..%u\n", tests);
	arena_free(&arena);
	context_free(&ctx);
	return failures || !tests;
}
