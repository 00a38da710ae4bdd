/*
 * url_param: the query parameters of a database URL, as data.
 *
 * Those of the stock clients, of SQLAlchemy's drivers, Connector/J and
 * go-sql-driver; names without regard to case, '-' and '_'.
 */
#ifndef AUTOGEN_MYSQL_URL_PARAM_H
#define AUTOGEN_MYSQL_URL_PARAM_H

#include <stddef.h>

#include "mysql/url.h"

/* One parse of a URL. */
struct url_reader {
	struct context *ctx;
	struct arena *arena;
	struct url *url;
	bool has_account; /* there is a user before the host */
	bool switched_on; /* ssl=true and its like: at least required */
	bool verify_cert, verify_identity;
	bool ssl_mode;    /* said outright: nothing else is taken from ssl_ca and its like */
};

/* Sets what the parameter says; both texts are decoded. An unknown one is a warning. false with a
 * diagnostic for a value that can't be. */
bool url_set_param(struct url_reader *reader, const char *name, const char *value);
/* What the TLS parameters mean together. */
void url_settle_ssl(struct url_reader *reader);
/* required, verify_ca, …; NULL for the default. */
const char *url_ssl_word(enum url_ssl ssl);
/* A number from 1 to `max`, all of the text. */
bool url_number(const char *text, size_t len, unsigned max, unsigned *number);

#endif
