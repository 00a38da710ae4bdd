#include "mysql/url.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/context.h"
#include "mysql/url_param.h"

/* SQLAlchemy drivers written in Python, to which localhost is a host like another. */
static const char *const tcp_drivers[] = { "pymysql",  "mysqlconnector", "asyncmy",
					   "aiomysql", "gaerdbms",       "cymysql" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool fail(struct url_reader *r, const char *message, const char *hint)
{
	struct diag *diag = ctx_error(r->ctx, "url", span_none(), "%s", message);

	if (hint)
		ctx_hint(r->ctx, diag, "%s", hint);
	return false;
}

static bool fail_ambiguous(struct url_reader *r)
{
	return fail(r, "the database URL can't be read: where its password ends is not clear",
		    "in a user name or password write @ as %40, / as %2F, : as %3A, ? as %3F, # as "
		    "%23 and % as %25");
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Percent-decodes; `plus`: '+' is a blank, as in query strings. NULL for a NUL byte. */
static char *decode(struct arena *arena, const char *text, size_t len, bool plus)
{
	char *out = arena_alloc(arena, len + 1);
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		int high, low;

		if (text[i] == '%' && i + 2 < len && (high = hex_digit(text[i + 1])) >= 0 &&
		    (low = hex_digit(text[i + 2])) >= 0) {
			out[n++] = (char)(high * 16 + low);
			i += 2;
			if (!out[n - 1])
				return NULL;
		} else {
			out[n++] = plus && text[i] == '+' ? ' ' : text[i];
		}
	}
	out[n] = '\0';
	return out;
}

/* The decoded text, NULL when it is empty; false for a NUL byte in it. */
static bool take(struct url_reader *r, const char *text, size_t len, const char **out)
{
	char *decoded = decode(r->arena, text, len, false);

	if (!decoded)
		return fail(r, "the database URL holds %00", NULL);
	*out = *decoded ? decoded : NULL;
	return true;
}

static bool is_account(const char *name)
{
	return word_equal(name, "user") || word_equal(name, "username") ||
	       word_equal(name, "password") || word_equal(name, "passwd");
}

static bool read_query(struct url_reader *r, const char *query)
{
	while (query && *query) {
		size_t len = strcspn(query, "&");
		const char *equals = memchr(query, '=', len);
		size_t name_len = equals ? (size_t)(equals - query) : len;
		char *name = decode(r->arena, query, name_len, true);
		char *value = equals ? decode(r->arena, equals + 1, len - name_len - 1, true)
				     : arena_strdup(r->arena, "");

		if (!name || !value)
			return fail(r, "the database URL holds %00", NULL);
		/* ?x@host, ?x=y@host: the tail of a password that was not encoded */
		if (strpbrk(name, "@/?") ||
		    (!r->has_account && strchr(value, '@') && !is_account(name)))
			return fail_ambiguous(r);
		if (!url_set_param(r, name, value))
			return false;
		query += len + (query[len] == '&');
	}
	return true;
}

/* Where user and password end: the '@' that stands before the host; NULL when there is none. */
static const char *find_at(const char *text, const char **error)
{
	size_t authority = strcspn(text, "/?#");
	const char *at = NULL, *colon;

	*error = NULL;
	for (size_t i = 0; i < authority; i++) {
		if (text[i] == '@')
			at = text + i;
	}
	if (at || text[0] == '[')
		return at;
	colon = memchr(text, ':', authority);
	if (!colon)
		return NULL;
	if (strspn(colon + 1, "0123456789") == (size_t)(text + authority - colon - 1))
		return NULL; /* host:port */
	/* user:pass/word@host: as SQLAlchemy reads it */
	at = strchr(colon, '@');
	if (!at)
		*error = colon;
	return at;
}

static bool read_host(struct url_reader *r, const char *text, size_t len)
{
	struct url *url = r->url;
	size_t host = strcspn(text, ":");

	if (len && text[0] == '[') { /* IPv6 */
		const char *end = memchr(text, ']', len);

		if (!end || (end + 1 < text + len && end[1] != ':'))
			return fail(
				r, "the host of the database URL can't be read",
				"an IPv6 address stands in brackets: mysql://user@[::1]:3306/name");
		if (!take(r, text + 1, (size_t)(end - text - 1), &url->host)) /* a zone's %25 */
			return false;
		host = (size_t)(end + 1 - text);
	} else {
		host = host < len ? host : len;
		if (memchr(text, '@', len))
			return fail_ambiguous(r);
		if (!take(r, text, host, &url->host))
			return false;
	}
	if (host < len && host + 1 < len &&
	    !url_number(text + host + 1, len - host - 1, 65535, &url->port))
		return fail(r, "the port of the database URL is no number from 1 to 65535",
			    "mysql://user:password@host:3306/name; in a password write : as %3A, "
			    "/ as %2F, @ as %40");
	return true;
}

/* What stands after ://. */
static bool read_rest(struct url_reader *r, const char *text)
{
	struct url *url = r->url;
	const char *error, *at = find_at(text, &error), *query;
	size_t len;

	if (error)
		return fail_ambiguous(r);
	if (at) {
		const char *colon = memchr(text, ':', (size_t)(at - text));

		if (!take(r, text, (size_t)((colon ? colon : at) - text), &url->user))
			return false;
		if (colon) {
			/* an empty one is a password too: none is asked for */
			url->password =
				decode(r->arena, colon + 1, (size_t)(at - colon - 1), false);
			if (!url->password)
				return fail(r, "the database URL holds %00", NULL);
		}
		text = at + 1;
		r->has_account = true;
	}
	len = strcspn(text, "/?");
	if (!read_host(r, text, len))
		return false;
	text += len;
	if (*text == '/') {
		text++;
		len = strcspn(text, "?");
		if (memchr(text, '@', len) || memchr(text, '/', len))
			return fail_ambiguous(r);
		if (!take(r, text, len, &url->database))
			return false;
		text += len;
	}
	query = *text == '?' ? text + 1 : NULL;
	return read_query(r, query);
}

static bool is_tcp_driver(const char *driver)
{
	for (size_t i = 0; i < COUNT(tcp_drivers); i++) {
		if (word_equal(driver, tcp_drivers[i]))
			return true;
	}
	return false;
}

static bool parse_local(struct url_reader *r, const char *text)
{
	if (!strncmp(text, "//", 2) && text[2] != '/')
		return fail(r, "a local database is named by its folder alone",
			    "local:DIR, without slashes before it");
	if (!*text)
		return fail(r, "'local:' names no folder", "local:DIR, as in local:.autogen/db");
	r->url->local_dir = arena_strdup(r->arena, text);
	return true;
}

/* mysql, mariadb, with +driver or without; NULL: another scheme. */
static const char *read_scheme(struct url_reader *r, const char *text, const char **driver)
{
	static const char *const schemes[] = { "mysql", "mariadb" };
	const char *colon = strstr(text, "://");

	*driver = "";
	if (!colon)
		return NULL;
	for (size_t i = 0; i < COUNT(schemes); i++) {
		size_t len = strlen(schemes[i]);

		if (strncasecmp(text, schemes[i], len) != 0)
			continue;
		if (text[len] == '+')
			*driver = arena_strndup(r->arena, text + len + 1,
						(size_t)(colon - text) - len - 1);
		else if (text + len != colon)
			continue;
		return colon + 3;
	}
	return NULL;
}

static const char *trim(struct arena *arena, const char *text)
{
	size_t len;

	while (isspace((unsigned char)*text))
		text++;
	for (len = strlen(text); len && isspace((unsigned char)text[len - 1]);)
		len--;
	return arena_strndup(arena, text, len);
}

bool url_parse(struct context *ctx, struct arena *arena, const char *text, struct url *url)
{
	struct url_reader r = { .ctx = ctx, .arena = arena, .url = url };
	const char *driver, *rest;

	*url = (struct url){ 0 };
	text = trim(arena, text);
	if (!strncasecmp(text, "local:", 6))
		return parse_local(&r, text + 6);
	rest = read_scheme(&r, text, &driver);
	if (!rest)
		return fail(&r,
			    *text ? "the database URL has no scheme that is known"
				  : "the database URL is empty",
			    "mysql://user:password@host:3306/name, mariadb://…, or local:DIR");
	if (!read_rest(&r, rest))
		return false;
	url_settle_ssl(&r);
	if (url->host && url->host[0] == '/' && !url->socket) { /* as PostgreSQL's users write it */
		url->socket = url->host;
		url->host = NULL;
	}
	if (!url->socket && url->host && (url->port || is_tcp_driver(driver)))
		url->tcp = true;
	return true;
}

/* Encodes what would end the part it stands in. */
static void print_part(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("@/:?#%&[] ", *text) || iscntrl((unsigned char)*text))
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
		else
			buf_add_char(out, *text);
	}
}

void url_print(struct buf *out, const struct url *url)
{
	char separator = '?';

	if (url->local_dir) {
		buf_printf(out, "local:%s", url->local_dir);
		return;
	}
	buf_add(out, "mysql://");
	if (url->user || url->password) {
		print_part(out, url->user ? url->user : "");
		if (url->password && *url->password)
			buf_add(out, ":***");
		buf_add_char(out, '@');
	}
	if (url->host && strchr(url->host, ':'))
		buf_printf(out, "[%s]", url->host);
	else if (url->host)
		print_part(out, url->host);
	if (url->port)
		buf_printf(out, ":%u", url->port);
	buf_add_char(out, '/');
	if (url->database)
		print_part(out, url->database);
	if (url->socket) {
		buf_printf(out, "%csocket=%s", separator, url->socket);
		separator = '&';
	}
	if (url_ssl_word(url->ssl))
		buf_printf(out, "%cssl-mode=%s", separator, url_ssl_word(url->ssl));
}
