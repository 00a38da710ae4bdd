/*
 * url: where a database is, from every form that people have.
 *
 *	mysql://user:password@host:port/name?socket=/path&ssl-mode=required
 *	mariadb://…            the same; the scheme is a hint only
 *	mysql+pymysql://user:password@/name?unix_socket=/path&charset=utf8mb4
 *	local:DIR              a database kept in a folder by a private engine
 *
 * Percent-encoding is decoded, what is no valid one stays as it is (as SQLAlchemy
 * does). Unknown query parameters are a warning with "did you mean"; those of
 * SQLAlchemy drivers, JDBC and Go are known, and most of them mean nothing here.
 *
 * A password may hold '@', '/', '?' or '#' as it stands where that leaves no doubt:
 * up to the last '@' before the first '/', or, when there is none, up to the first
 * '@' after a ':' that no port number follows. Passwords are never printed:
 * url_print() writes *** in their place, and no message quotes a text that could
 * be a part of one.
 *
 * `localhost` is the unix socket, as for every MySQL client, unless a port is given
 * or the driver is one that always goes by TCP (pymysql, asyncmy, …).
 */
#ifndef AUTOGEN_MYSQL_URL_H
#define AUTOGEN_MYSQL_URL_H

#include <stdbool.h>

struct arena;
struct buf;
struct context;

enum url_ssl { URL_SSL_DEFAULT, URL_SSL_DISABLED, URL_SSL_PREFERRED, URL_SSL_REQUIRED,
	       URL_SSL_VERIFY_CA, URL_SSL_VERIFY_IDENTITY };

struct url {
	const char *user, *password, *host, *socket, *database; /* NULL: not given */
	unsigned port;                                          /* 0: not given */
	enum url_ssl ssl;
	const char *ssl_ca, *ssl_cert, *ssl_key;
	unsigned connect_timeout;                               /* seconds; 0: 10 */
	const char *read_default_file, *read_default_group;
	const char *local_dir;                                  /* local:DIR; the rest is unused */
	const char *ssl_capath, *ssl_cipher;
	bool tcp;                /* by TCP even to localhost */
	bool no_defaults;        /* no option files (the private engine's) */
	bool get_public_key;     /* ask the server for the key that caching_sha2_password needs
				    without TLS (get-server-public-key) */
};

/* false with a diagnostic (rule `url`) that never holds the password. */
bool url_parse(struct context *ctx, struct arena *arena, const char *text, struct url *url);
/* For people: no password. */
void url_print(struct buf *out, const struct url *url);

#endif
