#include "mysql/url_param.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "base/context.h"

/* What a query parameter sets. */
enum param_use {
	PARAM_IGNORED, /* of a driver: means nothing here */
	PARAM_USER,
	PARAM_PASSWORD,
	PARAM_HOST,
	PARAM_PORT,
	PARAM_DATABASE,
	PARAM_SOCKET,
	PARAM_TIMEOUT,
	PARAM_SSL_MODE,     /* required, VERIFY_CA, … */
	PARAM_SSL_SWITCH,   /* true, false, preferred, skip-verify */
	PARAM_SSL_DISABLED, /* true: no TLS */
	PARAM_SSL_VERIFY_CERT,
	PARAM_SSL_VERIFY_IDENTITY,
	PARAM_SSL_CA,
	PARAM_SSL_CAPATH,
	PARAM_SSL_CERT,
	PARAM_SSL_KEY,
	PARAM_SSL_CIPHER,
	PARAM_DEFAULT_FILE,
	PARAM_DEFAULT_GROUP,
	PARAM_PUBLIC_KEY,
};

/*
 * Compared without regard to case, '-' and '_': ssl-mode, ssl_mode and sslMode are one. Of the
 * options(7) of MySQL's clients, mysqlclient, pymysql, mysql-connector-python, asyncmy, aiomysql,
 * mariadb (Python), JDBC's Connector/J and go-sql-driver.
 */
static const struct param {
	const char *name;
	enum param_use use;
} params[] = {
	{ "user", PARAM_USER },
	{ "username", PARAM_USER },
	{ "password", PARAM_PASSWORD },
	{ "passwd", PARAM_PASSWORD },
	{ "host", PARAM_HOST },
	{ "port", PARAM_PORT },
	{ "database", PARAM_DATABASE },
	{ "db", PARAM_DATABASE },
	{ "dbname", PARAM_DATABASE },
	{ "socket", PARAM_SOCKET },
	{ "unix_socket", PARAM_SOCKET },
	{ "unix_sock", PARAM_SOCKET },
	{ "connect_timeout", PARAM_TIMEOUT },
	{ "connection_timeout", PARAM_TIMEOUT },
	{ "ssl_mode", PARAM_SSL_MODE },
	{ "ssl", PARAM_SSL_SWITCH },
	{ "tls", PARAM_SSL_SWITCH },
	{ "use_ssl", PARAM_SSL_SWITCH },
	{ "require_ssl", PARAM_SSL_SWITCH },
	{ "ssl_disabled", PARAM_SSL_DISABLED },
	{ "ssl_verify_cert", PARAM_SSL_VERIFY_CERT },
	{ "ssl_verify_server_cert", PARAM_SSL_VERIFY_IDENTITY },
	{ "verify_server_certificate", PARAM_SSL_VERIFY_IDENTITY },
	{ "ssl_verify_identity", PARAM_SSL_VERIFY_IDENTITY },
	{ "ssl_check_hostname", PARAM_SSL_VERIFY_IDENTITY },
	{ "ssl_ca", PARAM_SSL_CA },
	{ "ssl_capath", PARAM_SSL_CAPATH },
	{ "ssl_cert", PARAM_SSL_CERT },
	{ "ssl_key", PARAM_SSL_KEY },
	{ "ssl_cipher", PARAM_SSL_CIPHER },
	{ "read_default_file", PARAM_DEFAULT_FILE },
	{ "default_file", PARAM_DEFAULT_FILE },
	{ "defaults_file", PARAM_DEFAULT_FILE },
	{ "option_files", PARAM_DEFAULT_FILE },
	{ "read_default_group", PARAM_DEFAULT_GROUP },
	{ "default_group", PARAM_DEFAULT_GROUP },
	{ "get_server_public_key", PARAM_PUBLIC_KEY },
	{ "allow_public_key_retrieval", PARAM_PUBLIC_KEY },
	/* The session's charset is always utf8mb4: schema/ is UTF-8. */
	{ "charset", PARAM_IGNORED },
	{ "allow_all_files", PARAM_IGNORED },
	{ "allow_cleartext_passwords", PARAM_IGNORED },
	{ "allow_local_infile", PARAM_IGNORED },
	{ "allow_multi_queries", PARAM_IGNORED },
	{ "allow_native_passwords", PARAM_IGNORED },
	{ "auth_plugin", PARAM_IGNORED },
	{ "auth_plugin_map", PARAM_IGNORED },
	{ "auto_reconnect", PARAM_IGNORED },
	{ "autocommit", PARAM_IGNORED },
	{ "binary_prefix", PARAM_IGNORED },
	{ "buffered", PARAM_IGNORED },
	{ "character_encoding", PARAM_IGNORED },
	{ "check_conn_liveness", PARAM_IGNORED },
	{ "client_flag", PARAM_IGNORED },
	{ "client_flags", PARAM_IGNORED },
	{ "client_found_rows", PARAM_IGNORED },
	{ "collation", PARAM_IGNORED },
	{ "compress", PARAM_IGNORED },
	{ "consume_results", PARAM_IGNORED },
	{ "conv", PARAM_IGNORED },
	{ "converter_class", PARAM_IGNORED },
	{ "cursorclass", PARAM_IGNORED },
	{ "defer_connect", PARAM_IGNORED },
	{ "echo", PARAM_IGNORED },
	{ "force_ipv6", PARAM_IGNORED },
	{ "get_warnings", PARAM_IGNORED },
	{ "init_command", PARAM_IGNORED },
	{ "interpolate_params", PARAM_IGNORED },
	{ "loc", PARAM_IGNORED },
	{ "local_infile", PARAM_IGNORED },
	{ "max_allowed_packet", PARAM_IGNORED },
	{ "multi_statements", PARAM_IGNORED },
	{ "named_pipe", PARAM_IGNORED },
	{ "parse_time", PARAM_IGNORED },
	{ "plugin_dir", PARAM_IGNORED },
	{ "pool_name", PARAM_IGNORED },
	{ "pool_recycle", PARAM_IGNORED },
	{ "pool_reset_session", PARAM_IGNORED },
	{ "pool_size", PARAM_IGNORED },
	{ "prefetch", PARAM_IGNORED },
	{ "program_name", PARAM_IGNORED },
	{ "raise_on_warnings", PARAM_IGNORED },
	{ "read_timeout", PARAM_IGNORED },
	{ "reject_read_only", PARAM_IGNORED },
	{ "rewrite_batched_statements", PARAM_IGNORED },
	{ "server_public_key", PARAM_IGNORED },
	{ "server_timezone", PARAM_IGNORED },
	{ "sql_mode", PARAM_IGNORED },
	{ "ssl_crl", PARAM_IGNORED },
	{ "ssl_crlpath", PARAM_IGNORED },
	{ "time_zone", PARAM_IGNORED },
	{ "timeout", PARAM_IGNORED },
	{ "tls_ciphersuites", PARAM_IGNORED },
	{ "tls_version", PARAM_IGNORED },
	{ "tls_versions", PARAM_IGNORED },
	{ "use_pure", PARAM_IGNORED },
	{ "use_unicode", PARAM_IGNORED },
	{ "write_timeout", PARAM_IGNORED },
};

static const struct ssl_word {
	const char *word;
	enum url_ssl ssl;
} ssl_words[] = {
	{ "disabled", URL_SSL_DISABLED },
	{ "preferred", URL_SSL_PREFERRED },
	{ "required", URL_SSL_REQUIRED },
	{ "verify_ca", URL_SSL_VERIFY_CA },
	{ "verify_identity", URL_SSL_VERIFY_IDENTITY },
	/* PostgreSQL's and other tools' words for the same */
	{ "disable", URL_SSL_DISABLED },
	{ "prefer", URL_SSL_PREFERRED },
	{ "require", URL_SSL_REQUIRED },
	{ "verify_full", URL_SSL_VERIFY_IDENTITY },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

bool url_number(const char *text, size_t len, unsigned max, unsigned *number)
{
	unsigned long value = 0;

	if (len == 0 || len > 9)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!isdigit((unsigned char)text[i]))
			return false;
		value = value * 10 + (unsigned long)(text[i] - '0');
	}
	if (value == 0 || value > max)
		return false;
	*number = (unsigned)value;
	return true;
}

/* ssl-mode, SSL_MODE and sslMode are all sslmode. */
static bool same_word(const char *a, const char *b)
{
	for (;;) {
		while (*a == '-' || *a == '_')
			a++;
		while (*b == '-' || *b == '_')
			b++;
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
		if (!*a)
			return true;
		a++;
		b++;
	}
}

static bool is_true(const char *value)
{
	return !*value || same_word(value, "true") || same_word(value, "1") ||
	       same_word(value, "yes") || same_word(value, "on");
}

static bool is_false(const char *value)
{
	return same_word(value, "false") || same_word(value, "0") || same_word(value, "no") ||
	       same_word(value, "off");
}

static bool bad_value(struct url_reader *r, const char *name, const char *value, const char *wanted)
{
	struct diag *diag = ctx_error(r->ctx, "url", span_none(),
				      "'%s' can't be '%s' in the database URL", name, value);

	ctx_hint(r->ctx, diag, "%s", wanted);
	return false;
}

static bool set_ssl_mode(struct url_reader *r, const char *name, const char *value)
{
	for (size_t i = 0; i < COUNT(ssl_words); i++) {
		if (!same_word(value, ssl_words[i].word))
			continue;
		r->url->ssl = ssl_words[i].ssl;
		r->ssl_mode = true;
		return true;
	}
	return bad_value(r, name, value,
			 "disabled, preferred, required, verify_ca or verify_identity");
}

static bool set_ssl_switch(struct url_reader *r, const char *name, const char *value)
{
	/* Connector/J and go-sql-driver; mysqlclient takes a dictionary that SQLAlchemy makes */
	if (same_word(value, "skip-verify")) {
		r->switched_on = true;
		return true;
	}
	if (is_true(value)) {
		r->switched_on = true;
		return true;
	}
	if (is_false(value)) {
		r->url->ssl = URL_SSL_DISABLED;
		return true;
	}
	return set_ssl_mode(r, name, value);
}

static bool set_flag(struct url_reader *r, const char *name, const char *value, bool *flag)
{
	if (!is_true(value) && !is_false(value))
		return bad_value(r, name, value, "true or false");
	*flag = is_true(value);
	return true;
}

/* Where a parameter's text goes as it is; NULL for one that is more than a text. */
static const char **text_of(struct url *url, enum param_use use)
{
	static const struct {
		enum param_use use;
		size_t offset;
	} members[] = {
		{ PARAM_USER, offsetof(struct url, user) },
		{ PARAM_PASSWORD, offsetof(struct url, password) },
		{ PARAM_HOST, offsetof(struct url, host) },
		{ PARAM_DATABASE, offsetof(struct url, database) },
		{ PARAM_SOCKET, offsetof(struct url, socket) },
		{ PARAM_SSL_CA, offsetof(struct url, ssl_ca) },
		{ PARAM_SSL_CAPATH, offsetof(struct url, ssl_capath) },
		{ PARAM_SSL_CERT, offsetof(struct url, ssl_cert) },
		{ PARAM_SSL_KEY, offsetof(struct url, ssl_key) },
		{ PARAM_SSL_CIPHER, offsetof(struct url, ssl_cipher) },
		{ PARAM_DEFAULT_FILE, offsetof(struct url, read_default_file) },
		{ PARAM_DEFAULT_GROUP, offsetof(struct url, read_default_group) },
	};

	for (size_t i = 0; i < COUNT(members); i++) {
		if (members[i].use == use)
			return (const char **)((char *)url + members[i].offset);
	}
	return NULL;
}

static bool set_disabled(struct url_reader *r, const char *name, const char *value)
{
	bool disabled;

	if (!set_flag(r, name, value, &disabled))
		return false;
	if (disabled)
		r->url->ssl = URL_SSL_DISABLED;
	return true;
}

static bool set_param(struct url_reader *r, const struct param *param, const char *value)
{
	struct url *url = r->url;
	const char **text = text_of(url, param->use);

	if (text) {
		*text = value;
		return true;
	}
	if (param->use == PARAM_IGNORED)
		return true;
	if (param->use == PARAM_PORT)
		return url_number(value, strlen(value), 65535, &url->port) ||
		       bad_value(r, param->name, value, "a number from 1 to 65535");
	if (param->use == PARAM_TIMEOUT) /* go-sql-driver writes 5s, SQLAlchemy a number */
		return url_number(value, strspn(value, "0123456789"), 31536000,
				  &url->connect_timeout) ||
		       bad_value(r, param->name, value, "a number of seconds");
	if (param->use == PARAM_SSL_MODE)
		return set_ssl_mode(r, param->name, value);
	if (param->use == PARAM_SSL_SWITCH)
		return set_ssl_switch(r, param->name, value);
	if (param->use == PARAM_SSL_DISABLED)
		return set_disabled(r, param->name, value);
	if (param->use == PARAM_SSL_VERIFY_CERT)
		return set_flag(r, param->name, value, &r->verify_cert);
	if (param->use == PARAM_SSL_VERIFY_IDENTITY)
		return set_flag(r, param->name, value, &r->verify_identity);
	return set_flag(r, param->name, value, &url->get_public_key);
}

static void warn_unknown(struct url_reader *r, const char *name)
{
	const char *words[COUNT(params)];
	const char *near;
	struct diag *diag;

	for (size_t i = 0; i < COUNT(params); i++)
		words[i] = params[i].name;
	near = diag_suggest(name, words, COUNT(params));
	diag = ctx_warning(r->ctx, "url", span_none(), "unknown parameter '%s' in the database URL",
			   name);
	if (near)
		ctx_hint(r->ctx, diag, "did you mean '%s'?", near);
}

/* What the parameters mean together, as the stock clients have it (--ssl-ca implies VERIFY_CA). */
void url_settle_ssl(struct url_reader *r)
{
	struct url *url = r->url;

	if (r->ssl_mode || url->ssl == URL_SSL_DISABLED)
		return;
	if (r->verify_identity)
		url->ssl = URL_SSL_VERIFY_IDENTITY;
	else if (r->verify_cert || url->ssl_ca || url->ssl_capath)
		url->ssl = URL_SSL_VERIFY_CA;
	else if (r->switched_on || url->ssl_cert || url->ssl_key)
		url->ssl = URL_SSL_REQUIRED;
}

const char *url_ssl_word(enum url_ssl ssl)
{
	for (size_t i = 0; i < COUNT(ssl_words); i++) {
		if (ssl_words[i].ssl == ssl)
			return ssl_words[i].word;
	}
	return NULL;
}

bool url_set_param(struct url_reader *r, const char *name, const char *value)
{
	for (size_t i = 0; i < COUNT(params); i++) {
		if (same_word(name, params[i].name))
			return set_param(r, &params[i], value);
	}
	if (*name)
		warn_unknown(r, name);
	return true;
}
