/*
 * broken_keys: foreign keys of a database that do not hold.
 *
 * What a load with foreign_key_checks=0 leaves behind: columns that do not match,
 * parents or their keys that are gone (foreign-keys.md sections 3, 5 and 6), rows
 * without a parent. The judge says the first two of the database as it is, an
 * anti-join the last.
 */
#ifndef AUTOGEN_CLI_BROKEN_KEYS_H
#define AUTOGEN_CLI_BROKEN_KEYS_H

#include <jansson.h>

#include "cli/app.h"
#include "run/orphans.h"

struct broken_key {
	const struct name *table;
	const struct foreign_key *key;
	const char *why;        /* for people */
	struct orphans orphans; /* rows 0: it is the definition, or could not be counted */
};
struct broken_key_list { struct broken_key *items; size_t n, cap; };

/* One key of an introspected schema, against its database; `why` NULL: it holds. */
struct broken_key broken_keys_look(struct app *app, const struct schema *schema,
				   const struct table *table, const struct foreign_key *key);
/* Of all tables of the connected database, in its order; *keys: how many there are. APP_DONE,
 * APP_FINDINGS, or APP_DATABASE with diagnostics. */
enum app_exit broken_keys_find(struct app *app, struct broken_key_list *broken, size_t *keys);
void broken_keys_print(struct buf *out, const struct broken_key_list *broken);
/* A list of objects, the caller's. */
json_t *broken_keys_json(const struct broken_key_list *broken);

#endif
