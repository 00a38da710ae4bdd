/*
 * server: which server a model is for, and what that server can do.
 *
 * A model is resolved for one server (architecture decision 2): the connected
 * one, or the first declared target. What differs between servers is data:
 * capability.def says for every feature, by flavour and version range, yes /
 * accepted and ignored / refused, with the error number and the test that
 * shows it. Code asks server_can() and never compares versions itself.
 */
#ifndef AUTOGEN_MODEL_SERVER_H
#define AUTOGEN_MODEL_SERVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/name.h"

struct context;
struct span;
struct buf;

enum flavour { FLAVOUR_MYSQL, FLAVOUR_MARIADB };

struct server {
	enum flavour flavour;
	unsigned version; /* major * 10000 + minor * 100 + patch: 50624, 90704, 101119 */
	bool connected;   /* settings below were read from it; else they are that version's defaults */

	int lower_case_table_names;             /* 0, 1 or 2 */
	bool explicit_defaults_for_timestamp;
	bool restrict_fk_on_non_standard_key;   /* MySQL 8.4+ */
	bool large_prefix;                      /* 5.6: innodb_large_prefix with a Barracuda format */
	const struct name *default_engine;      /* default_storage_engine */
	const struct name *default_charset;     /* of the database, else of the server */
	const struct name *default_collation;   /* of the database, else of the server */
	bool database_default;                  /* those two are the database's own */
	/* Collation that a bare CHARACTER SET utf8mb4 gets in this session
	 * (9.x default_collation_for_utf8mb4, MariaDB character_set_collations). */
	const struct name *utf8mb4_collation;
};

enum capability {
#define CAPABILITY(id, what) id,
#define RANGE(id, flavour, from, to, support, error_number, test)
#include "model/capability.def"
#undef CAPABILITY
#undef RANGE
	CAP_COUNT
};

enum support { SUPPORT_REFUSED, SUPPORT_IGNORED, SUPPORT_YES };

/* The defaults of that flavour and version (names are interned in ctx). */
void server_defaults(struct context *ctx, struct server *server, enum flavour flavour,
		     unsigned version);
/* "mysql 8.0", "mariadb 10.11", "mysql 9.7.4"; false when it is none (nothing queued). A version
 * without a patch level is the first general release of that series. */
bool server_parse(struct context *ctx, struct server *server, const char *flavour,
		  const char *version);
/* "mysql 9.7.4" into out. */
void server_print(struct buf *out, const struct server *server);

enum support server_can(const struct server *server, enum capability capability);
static inline bool server_has(const struct server *server, enum capability capability)
{
	return server_can(server, capability) == SUPPORT_YES;
}
/* The error number a server that refuses it answers with, 0 when unknown. */
int server_refusal(const struct server *server, enum capability capability);
const char *capability_text(enum capability capability);

#endif
