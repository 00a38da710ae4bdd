#include "mysql/hint.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"

/* Client errors (errmsg.h) and server errors (mysqld_error.h): the same on MySQL and MariaDB unless
 * said otherwise. */
enum {
	ER_CON_COUNT_ERROR = 1040,
	ER_DBACCESS_DENIED_ERROR = 1044,
	ER_ACCESS_DENIED_ERROR = 1045,
	ER_BAD_DB_ERROR = 1049,
	ER_HOST_IS_BLOCKED = 1129,
	ER_HOST_NOT_PRIVILEGED = 1130,
	ER_TABLEACCESS_DENIED_ERROR = 1142,
	ER_COLUMNACCESS_DENIED_ERROR = 1143,
	ER_NEW_ABORTING_CONNECTION = 1184,
	ER_TOO_MANY_USER_CONNECTIONS = 1203,
	ER_LOCK_WAIT_TIMEOUT = 1205,
	ER_USER_LIMIT_REACHED = 1226,
	ER_SPECIFIC_ACCESS_DENIED_ERROR = 1227,
	ER_NOT_SUPPORTED_AUTH_MODE = 1251,
	ER_OPTION_PREVENTS_STATEMENT = 1290,
	ER_MASTER_HAS_EXPIRED = 1820, /* ER_MUST_CHANGE_PASSWORD */
	ER_READ_ONLY_MODE = 1836,
	ER_MUST_CHANGE_PASSWORD_LOGIN = 1862,
	ER_ACCESS_DENIED_NO_PASSWORD_ERROR = 1698,
	CR_CONNECTION_ERROR = 2002,
	CR_CONN_HOST_ERROR = 2003,
	CR_UNKNOWN_HOST = 2005,
	CR_SERVER_GONE_ERROR = 2006,
	CR_OUT_OF_MEMORY = 2008,
	CR_SERVER_LOST = 2013,
	CR_SSL_CONNECTION_ERROR = 2026,
	CR_SERVER_LOST_EXTENDED = 2055,
	CR_AUTH_PLUGIN_CANNOT_LOAD = 2059,
	CR_AUTH_PLUGIN_ERR = 2061,
	ER_SECURE_TRANSPORT_REQUIRED = 3159,
	ER_CLIENT_INTERACTION_TIMEOUT = 4031,
};

#define ENDED "the server ended the connection: it was restarted, or it died; its log says which"

/* Hints that need nothing but the number. */
static const struct {
	unsigned number;
	const char *text;
} hints[] = {
	{ ER_CON_COUNT_ERROR, "all connections of the server are taken: raise max_connections, or "
			      "try again when others are done" },
	{ ER_TOO_MANY_USER_CONNECTIONS,
	  "the account has reached its limit of connections: try again when others are done" },
	{ ER_USER_LIMIT_REACHED,
	  "the account has reached a limit of its own: see SHOW CREATE USER" },
	{ ER_HOST_IS_BLOCKED, "as an administrator: flush hosts" },
	{ ER_HOST_NOT_PRIVILEGED, "the server has no account that may come from this machine" },
	{ ER_LOCK_WAIT_TIMEOUT, "another session holds the lock: see SHOW PROCESSLIST" },
	{ ER_SPECIFIC_ACCESS_DENIED_ERROR,
	  "have an administrator grant it, or run the statement in question" },
	{ ER_NOT_SUPPORTED_AUTH_MODE,
	  "the account's authentication method and this client library don't go together" },
	{ ER_OPTION_PREVENTS_STATEMENT,
	  "is this a replica or a server in read-only mode? changes go "
	  "to the primary" },
	{ ER_READ_ONLY_MODE, "changes go to the primary" },
	{ ER_MASTER_HAS_EXPIRED, "log in with the stock client and set a new password" },
	{ ER_MUST_CHANGE_PASSWORD_LOGIN, "log in with the stock client and set a new password" },
	{ ER_ACCESS_DENIED_NO_PASSWORD_ERROR,
	  "this account knows its operating system user only: run as that user (sudo), or use an "
	  "account with a password" },
	{ CR_SERVER_GONE_ERROR, ENDED },
	{ CR_SERVER_LOST_EXTENDED, ENDED },
	{ ER_CLIENT_INTERACTION_TIMEOUT, "the connection stood idle longer than wait_timeout" },
	{ ER_SECURE_TRANSPORT_REQUIRED,
	  "the server takes TLS only: add ?ssl-mode=required to the URL" },
	{ CR_SSL_CONNECTION_ERROR, "ssl-mode=disabled, preferred, required, verify_ca (with "
				   "ssl-ca=FILE) or verify_identity in "
				   "the URL says what TLS is to be" },
	{ CR_AUTH_PLUGIN_CANNOT_LOAD, "the client library lacks that plugin: give the account "
				      "another authentication method, or "
				      "set LIBMYSQL_PLUGIN_DIR (MySQL's library) or "
				      "MARIADB_PLUGIN_DIR (MariaDB's) to the folder "
				      "that holds it" },
};

bool hint_is_lost(unsigned number)
{
	return number == CR_SERVER_GONE_ERROR || number == CR_SERVER_LOST ||
	       number == CR_SERVER_LOST_EXTENDED || number == ER_CLIENT_INTERACTION_TIMEOUT ||
	       number == ER_NEW_ABORTING_CONNECTION;
}

static void hint_password(struct context *ctx, struct diag *diag, const struct url *url,
			  const char *message)
{
	if (strstr(message, "using password: NO"))
		ctx_hint(ctx, diag,
			 "no password was given: write it in the URL, in [client] of ~/.my.cnf, or "
			 "in MYSQL_PWD");
	else if (!url->password)
		ctx_hint(
			ctx, diag,
			"the password was that of an option file (~/.my.cnf and its like, sections "
			"[client] and [autogen]) or of MYSQL_PWD: the URL has none");
	else
		ctx_hint(ctx, diag,
			 "the password of the URL is not that account's; in a URL @ is written "
			 "%%40, "
			 "/ %%2F, : %%3A, ? %%3F, # %%23 and %% %%25");
}

/* The account in "… for user 'shop'@'localhost' …", quotes included; "" when there is none. */
static void add_account(struct buf *out, const char *message)
{
	const char *start = strstr(message, "user '"), *middle, *end;

	if (!start)
		return;
	start += 5;
	middle = strstr(start, "'@'");
	end = middle ? strchr(middle + 3, '\'') : NULL;
	if (end)
		buf_add_bytes(out, start, (size_t)(end + 1 - start));
}

static void hint_grant(struct context *ctx, struct diag *diag, const struct url *url,
		       const char *what, const char *message)
{
	struct buf buf = { 0 };

	buf_printf(&buf, "as an administrator: grant %s on ", what);
	if (url->database)
		quote_identifier(&buf, url->database);
	else
		buf_add_char(&buf, '*');
	buf_add(&buf, ".* to ");
	add_account(&buf, message);
	if (strchr(buf_text(&buf), '@'))
		ctx_hint(ctx, diag, "%s", buf_text(&buf));
	buf_free(&buf);
}

/* "CREATE command denied to user …": the first words are the privilege. */
static void hint_command(struct context *ctx, struct diag *diag, const struct url *url,
			 const char *message)
{
	const char *end = strstr(message, " command denied");
	char what[64] = "all privileges";

	if (end && end - message < 60)
		snprintf(what, sizeof(what), "%.*s", (int)(end - message), message);
	for (char *c = what; *c; c++)
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
	hint_grant(ctx, diag, url, what, message);
}

static void hint_create(struct context *ctx, struct diag *diag, const struct url *url)
{
	struct buf buf = { 0 };

	buf_add(&buf, "create database ");
	quote_identifier(&buf, url->database ? url->database : "name");
	ctx_hint(ctx, diag, "%s character set utf8mb4", buf_text(&buf));
	buf_free(&buf);
}

static void hint_address(struct context *ctx, struct diag *diag, const struct url *url,
			 unsigned number)
{
	if (number == CR_UNKNOWN_HOST) {
		ctx_hint(ctx, diag, "is the host in the URL spelled right?");
		return;
	}
	if (number == CR_CONN_HOST_ERROR || url->tcp) {
		ctx_hint(ctx, diag, "is the server running, and does it listen there (port %u)?",
			 url->port ? url->port : 3306);
		return;
	}
	ctx_hint(ctx, diag,
		 "is the server running? another socket is ?socket=/path in the URL; by TCP it is "
		 "127.0.0.1 in place of localhost, or a port");
}

/* Both libraries tell by the message alone that the two had not been talking yet. */
static void hint_lost(struct context *ctx, struct diag *diag, const char *message)
{
	if (strstr(message, "initial communication") || strstr(message, "handshake"))
		ctx_hint(ctx, diag,
			 "what listens there took the connection and said nothing: is it a MySQL or "
			 "MariaDB server, and is it well? connect_timeout=N in the URL waits longer");
	else
		ctx_hint(ctx, diag, ENDED);
}

void hint_add(struct context *ctx, struct diag *diag, const struct url *url, unsigned number,
	      const char *message)
{
	for (size_t i = 0; i < sizeof(hints) / sizeof(hints[0]); i++) {
		if (hints[i].number == number)
			ctx_hint(ctx, diag, "%s", hints[i].text);
	}
	switch (number) {
	case ER_ACCESS_DENIED_ERROR:
		hint_password(ctx, diag, url, message);
		break;
	case ER_DBACCESS_DENIED_ERROR:
		hint_grant(ctx, diag, url,
			   "alter, create, delete, drop, index, insert, references, select, update",
			   message);
		break;
	case ER_TABLEACCESS_DENIED_ERROR:
	case ER_COLUMNACCESS_DENIED_ERROR:
		hint_command(ctx, diag, url, message);
		break;
	case ER_BAD_DB_ERROR:
		hint_create(ctx, diag, url);
		break;
	case CR_CONNECTION_ERROR:
	case CR_CONN_HOST_ERROR:
	case CR_UNKNOWN_HOST:
		hint_address(ctx, diag, url, number);
		break;
	case CR_SERVER_LOST:
		hint_lost(ctx, diag, message);
		break;
	case CR_AUTH_PLUGIN_ERR:
		ctx_hint(ctx, diag,
			 "without TLS, add ssl-mode=required or get-server-public-key=true to the "
			 "URL");
		break;
	default:
		break;
	}
}
