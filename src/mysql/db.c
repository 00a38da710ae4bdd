#include "mysql/db.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mysql.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/context.h"
#include "mysql/hint.h"
#include "mysql/settings.h"

#define DEFAULT_TIMEOUT 10

struct db {
	struct context *ctx;
	struct arena arena;
	MYSQL *mysql;
	struct url url; /* its texts are copies in the arena */
	const char *describe;
	struct settings settings;
	struct server server;
	bool server_known;
	unsigned error;
	bool lost;
	struct buf message; /* the last error's text */
};

/*
 * What the two client libraries do differently. LIBMARIADB is defined by MariaDB Connector/C's
 * mysql.h alone.
 */
#ifdef LIBMARIADB

/*
 * TLS is off or on (SSL_ENFORCE); what is verified is verified whole, chain and host name, so
 * VERIFY_CA is stricter than MySQL's. Connector/C 3.4 verifies by default, which is not what
 * `preferred` and `required` mean.
 */
static void set_ssl_mode(MYSQL *mysql, enum url_ssl ssl)
{
	my_bool enforce = ssl >= URL_SSL_REQUIRED, verify = ssl >= URL_SSL_VERIFY_CA;

	if (ssl == URL_SSL_DEFAULT)
		return;
	mysql_options(mysql, MYSQL_OPT_SSL_ENFORCE, &enforce);
	mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify);
}

static void set_library_options(MYSQL *mysql, const struct url *url)
{
	/* A connection that comes back by itself would have lost its locks and settings. */
	my_bool no = 0;

	(void)url; /* the server's public key is asked for by itself */
	mysql_options(mysql, MYSQL_OPT_RECONNECT, &no);
}

static void read_option_files(MYSQL *mysql, const struct url *url)
{
	(void)mysql; /* connecting reads them, and what the URL said stays */
	(void)url;
}

static void set_after_connect(MYSQL *mysql)
{
	my_bool no = 0;

	mysql_options(mysql, MYSQL_OPT_RECONNECT, &no); /* an option file may have set it */
}

#else

static void set_ssl_mode(MYSQL *mysql, enum url_ssl ssl)
{
	static const unsigned modes[] = {
		[URL_SSL_DISABLED] = SSL_MODE_DISABLED,
		[URL_SSL_PREFERRED] = SSL_MODE_PREFERRED,
		[URL_SSL_REQUIRED] = SSL_MODE_REQUIRED,
		[URL_SSL_VERIFY_CA] = SSL_MODE_VERIFY_CA,
		[URL_SSL_VERIFY_IDENTITY] = SSL_MODE_VERIFY_IDENTITY,
	};

	if (ssl != URL_SSL_DEFAULT)
		mysql_options(mysql, MYSQL_OPT_SSL_MODE, &modes[ssl]);
}

static void set_library_options(MYSQL *mysql, const struct url *url)
{
	bool yes = true;

	if (url->get_public_key)
		mysql_options(mysql, MYSQL_OPT_GET_SERVER_PUBLIC_KEY, &yes);
}

/*
 * Connecting reads the option files, over what was set before: but the URL is to win. So they are
 * read by an attempt to connect that gets nowhere, to a socket that is none or, where they say
 * protocol=tcp, to port 1; it is told to keep the options.
 */
static void read_option_files(MYSQL *mysql, const struct url *url)
{
	unsigned timeout = 1;

	if (url->no_defaults)
		return;
	mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
	mysql_real_connect(mysql, "localhost", "", "", NULL, 1, "/", CLIENT_REMEMBER_OPTIONS);
}

static void set_after_connect(MYSQL *mysql)
{
	(void)mysql; /* nothing reconnects by itself */
}

#endif

/* --- errors ----------------------------------------------------------------------------------- */

/* Keeps the error of the last call; the text loses its trailing full stop. */
static void note_error(struct db *db, unsigned number, const char *text)
{
	size_t len = strlen(text);

	while (len && (text[len - 1] == '.' || isspace((unsigned char)text[len - 1])))
		len--;
	db->error = number;
	buf_clear(&db->message);
	buf_add_bytes(&db->message, text, len);
	if (hint_is_lost(number))
		db->lost = true;
}

/* Queues the noted error. A word in capitals at the start ("TLS", "CREATE") stays as it is. */
static void queue_error(struct db *db, bool connecting)
{
	const char *text = buf_text(&db->message);
	char first = text[0];
	struct diag *diag;

	if (!*text) {
		text = "the server said no";
		first = 't';
	} else if (isupper((unsigned char)first) && !isupper((unsigned char)text[1])) {
		first = (char)tolower((unsigned char)first);
	}
	diag = ctx_error(db->ctx, "database", span_none(), "%c%s (error %u%s%s)", first, text + 1,
			 db->error, connecting ? ", connecting to " : "",
			 connecting ? db->describe : "");
	hint_add(db->ctx, diag, &db->url, db->error, buf_text(&db->message));
}

static void clear_error(struct db *db)
{
	db->error = 0;
	buf_clear(&db->message);
}

/* --- connecting ------------------------------------------------------------------------------- */

static const char *copy(struct db *db, const char *text)
{
	return text ? arena_strdup(&db->arena, text) : NULL;
}

static void copy_url(struct db *db, const struct url *url)
{
	db->url = *url;
	db->url.user = copy(db, url->user);
	db->url.password = copy(db, url->password);
	db->url.host = copy(db, url->host);
	db->url.socket = copy(db, url->socket);
	db->url.database = copy(db, url->database);
	db->url.ssl_ca = copy(db, url->ssl_ca);
	db->url.ssl_capath = copy(db, url->ssl_capath);
	db->url.ssl_cert = copy(db, url->ssl_cert);
	db->url.ssl_key = copy(db, url->ssl_key);
	db->url.ssl_cipher = copy(db, url->ssl_cipher);
	db->url.read_default_file = copy(db, url->read_default_file);
	db->url.read_default_group = copy(db, url->read_default_group);
}

static const char *describe(struct db *db, const struct url *url)
{
	struct buf buf = { 0 };

	if (url->database)
		buf_printf(&buf, "'%s' at ", url->database);
	if (url->socket)
		buf_add(&buf, url->socket);
	else if (url->host && strchr(url->host, ':') && url->port)
		buf_printf(&buf, "[%s]", url->host);
	else
		buf_add(&buf, url->host ? url->host : "the local server");
	if (url->port && !url->socket)
		buf_printf(&buf, ":%u", url->port);
	return buf_arena(&buf, &db->arena);
}

static void set_text(MYSQL *mysql, enum mysql_option option, const char *value)
{
	if (value)
		mysql_options(mysql, option, value);
}

static void set_files(MYSQL *mysql, const struct url *url)
{
	if (url->no_defaults)
		return;
	set_text(mysql, MYSQL_READ_DEFAULT_FILE, url->read_default_file);
	mysql_options(mysql, MYSQL_READ_DEFAULT_GROUP,
		      url->read_default_group ? url->read_default_group : "autogen");
}

static void set_options(MYSQL *mysql, const struct url *url)
{
	unsigned timeout = url->connect_timeout ? url->connect_timeout : DEFAULT_TIMEOUT;
	unsigned protocol = url->socket ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP;
	unsigned off = 0;

	mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
	mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &off); /* a server may not ask for files */
	if (url->socket || url->tcp)
		mysql_options(mysql, MYSQL_OPT_PROTOCOL, &protocol);
	set_text(mysql, MYSQL_OPT_SSL_CA, url->ssl_ca);
	set_text(mysql, MYSQL_OPT_SSL_CAPATH, url->ssl_capath);
	set_text(mysql, MYSQL_OPT_SSL_CERT, url->ssl_cert);
	set_text(mysql, MYSQL_OPT_SSL_KEY, url->ssl_key);
	set_text(mysql, MYSQL_OPT_SSL_CIPHER, url->ssl_cipher);
	set_ssl_mode(mysql, url->ssl);
	set_library_options(mysql, url);
}

static bool connect_server(struct db *db)
{
	const struct url *url = &db->url;
	const char *host = url->host;

	db->mysql = mysql_init(NULL);
	if (!db->mysql) {
		note_error(db, 2008, "the client library is out of memory");
		return false;
	}
	set_files(db->mysql, url);
	read_option_files(db->mysql, url);
	set_options(db->mysql, url);
	/* an option file's host would send us there in place of the socket */
	if (url->socket)
		host = "localhost";
	if (!mysql_real_connect(db->mysql, host, url->user, url->password, url->database, url->port,
				url->socket, 0)) {
		note_error(db, mysql_errno(db->mysql), mysql_error(db->mysql));
		return false;
	}
	/* an option file may have had another word */
	if (url->ssl >= URL_SSL_REQUIRED && !mysql_get_ssl_cipher(db->mysql)) {
		note_error(db, 2026, "TLS is required by the URL, but the connection has none");
		return false;
	}
	set_after_connect(db->mysql);
	if (!url->database && db->mysql->db) /* an option file's */
		db->url.database = copy(db, db->mysql->db);
	/* A server that does not know the collation of the handshake falls back to its own charset
	 * (5.6 and a 9.x client: latin1): hence SET NAMES. */
	if (mysql_set_character_set(db->mysql, "utf8mb4")) {
		note_error(db, mysql_errno(db->mysql), mysql_error(db->mysql));
		return false;
	}
	return true;
}

/* Reads the session's variables and sets those that decide what statements mean. */
static bool set_up_session(struct db *db)
{
	struct db_result result;
	struct buf buf = { 0 };
	bool ok;

	settings_query(&buf);
	ok = db_query(db, &db->arena, buf_text(&buf), &result);
	buf_clear(&buf);
	if (ok) {
		settings_read(&db->settings, &result);
		settings_set(&db->settings, &buf);
		ok = !buf.len || db_execute(db, buf.text, buf.len);
	}
	buf_free(&buf);
	return ok;
}

struct db *db_open(struct context *ctx, const struct url *url)
{
	struct db *db = base_malloc(sizeof(*db));

	*db = (struct db){ .ctx = ctx };
	arena_init(&db->arena);
	copy_url(db, url);
	db->describe = describe(db, url);
	if (!connect_server(db)) {
		queue_error(db, true);
	} else if (set_up_session(db)) {
		return db;
	}
	db_close(db);
	return NULL;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	if (db->mysql)
		mysql_close(db->mysql);
	buf_free(&db->message);
	arena_free(&db->arena);
	free(db);
}

/* --- statements ------------------------------------------------------------------------------- */

static bool library_error(struct db *db)
{
	unsigned number = mysql_errno(db->mysql);

	note_error(db, number ? number : 2000, mysql_error(db->mysql));
	return false;
}

static bool skip_result(struct db *db)
{
	MYSQL_RES *result = mysql_use_result(db->mysql);

	if (result) {
		while (mysql_fetch_row(result))
			;
		mysql_free_result(result);
	}
	return mysql_errno(db->mysql) ? library_error(db) : true;
}

/* Reads the results away that follow the current one (CALL has several); the connection is free
 * afterwards. */
static bool skip_others(struct db *db)
{
	int more;

	while ((more = mysql_next_result(db->mysql)) == 0) {
		if (!skip_result(db))
			return false;
	}
	return more < 0 || library_error(db);
}

static bool execute(struct db *db, const char *sql, size_t len)
{
	clear_error(db);
	if (mysql_real_query(db->mysql, sql, (unsigned long)len))
		return library_error(db);
	return skip_result(db) && skip_others(db);
}

bool db_execute(struct db *db, const char *sql, size_t len)
{
	if (execute(db, sql, len))
		return true;
	queue_error(db, false);
	return false;
}

unsigned db_try(struct db *db, const char *sql, size_t len, const char **message)
{
	if (!execute(db, sql, len) && message)
		*message = buf_text(&db->message);
	return db->error;
}

static void add_row(struct arena *arena, struct db_result *result, MYSQL_ROW cells,
		    const unsigned long *lens)
{
	size_t n = result->n_columns;
	const char **copies = ARENA_ARRAY(arena, const char *, n);
	size_t *sizes = ARENA_ARRAY(arena, size_t, n);
	struct db_row row = { .cells = copies, .lens = sizes };

	for (size_t i = 0; i < n; i++) {
		if (!cells[i])
			continue;
		copies[i] = arena_strndup(arena, cells[i], lens[i]);
		sizes[i] = lens[i];
	}
	LIST_PUSH(arena, &result->rows, row);
}

static bool query(struct db *db, struct arena *arena, const char *sql, struct db_result *out)
{
	MYSQL_RES *result;
	MYSQL_ROW row;
	unsigned number;

	*out = (struct db_result){ 0 };
	clear_error(db);
	if (mysql_real_query(db->mysql, sql, (unsigned long)strlen(sql)))
		return library_error(db);
	result = mysql_use_result(db->mysql);
	if (!result)
		return mysql_errno(db->mysql) ? library_error(db) : skip_others(db);
	out->n_columns = mysql_num_fields(result);
	while ((row = mysql_fetch_row(result)))
		add_row(arena, out, row, mysql_fetch_lengths(result));
	number = mysql_errno(db->mysql);
	if (number)
		library_error(db);
	mysql_free_result(result);
	return !number && skip_others(db);
}

bool db_query(struct db *db, struct arena *arena, const char *sql, struct db_result *result)
{
	if (query(db, arena, sql, result))
		return true;
	queue_error(db, false);
	return false;
}

unsigned db_try_query(struct db *db, struct arena *arena, const char *sql,
		      struct db_result *result)
{
	return query(db, arena, sql, result) ? 0 : db->error ? db->error : 2000;
}

bool db_queryf(struct db *db, struct arena *arena, struct db_result *result, const char *format,
	       ...)
{
	struct buf buf = { 0 };
	va_list args;
	bool ok;

	va_start(args, format);
	buf_vprintf(&buf, format, args);
	va_end(args);
	ok = db_query(db, arena, buf_text(&buf), result);
	buf_free(&buf);
	return ok;
}

/* --- what is known of it ---------------------------------------------------------------------- */

unsigned db_error_number(const struct db *db)
{
	return db->error;
}

bool db_lost(const struct db *db)
{
	return db->lost;
}

unsigned long db_connection_id(const struct db *db)
{
	return mysql_thread_id(db->mysql);
}

const char *db_database(const struct db *db)
{
	return db->url.database;
}

const char *db_describe(const struct db *db)
{
	return db->describe;
}

const struct server *db_server(struct db *db)
{
	struct diag *diag;

	if (db->server_known)
		return &db->server;
	if (!settings_server(db->ctx, &db->settings, db->url.database != NULL, &db->server)) {
		const char *version = db->settings.values[SETTING_VERSION];

		diag = ctx_error(db->ctx, "database", span_none(),
				 "the server's version '%s' can't be read", version ? version : "");
		ctx_hint(db->ctx, diag, "autogen knows MySQL 5.6 to 9.x and MariaDB 10.5 to 11.x");
		return NULL;
	}
	db->server_known = true;
	return &db->server;
}

const char *db_client_version(void)
{
#ifdef MARIADB_PACKAGE_VERSION
	return "MariaDB Connector/C " MARIADB_PACKAGE_VERSION;
#else
	return "libmysqlclient " MYSQL_SERVER_VERSION;
#endif
}
