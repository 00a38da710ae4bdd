/*
 * charset: character sets and collations as data.
 *
 * Names are canonical: lower case, `utf8` and `utf8_…` written `utf8mb3` and
 * `utf8mb3_…`. charset.def holds bytes per character and default collations by
 * flavour and version; collation.def every collation with the servers that know
 * it (made from the five servers' information_schema.COLLATIONS by the command
 * that stands in its head).
 */
#ifndef AUTOGEN_MODEL_CHARSET_H
#define AUTOGEN_MODEL_CHARSET_H

#include <stdbool.h>

#include "model/server.h"

/* Canonical spelling of a charset or collation name; unknown names are folded only. */
const struct name *charset_canonical(struct context *ctx, const struct name *name);
/* The charset a canonical collation belongs to, NULL when it is unknown. `binary` is both. */
const struct name *collation_charset(struct context *ctx, const struct name *collation);
/* What a bare CHARACTER SET x means on that server; NULL: that server does not know x. */
const struct name *charset_default_collation(struct context *ctx, const struct server *server,
					     const struct name *charset);
bool charset_known(const struct server *server, const struct name *charset);
bool collation_known(const struct server *server, const struct name *collation);
/* Most bytes a character takes: 1, 2, 3, 4; 0 for an unknown charset. */
unsigned charset_bytes(const struct name *charset);
/* MariaDB's short names: `uca1400_ai_ci` for charset utf8mb4 is `utf8mb4_uca1400_ai_ci`. Others
 * come back as they are. */
const struct name *collation_complete(struct context *ctx, const struct name *charset,
				      const struct name *collation);
/* Did you mean: the nearest name that server knows, or NULL. */
const char *charset_suggest(const struct server *server, const struct name *charset);
const char *collation_suggest(const struct server *server, const struct name *collation);

#endif
