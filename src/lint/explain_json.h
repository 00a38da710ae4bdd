/*
 * explain_json: explanations for programs. The keys are documented in docs/manual.md.
 *
 * Each returns a new object, the caller's.
 */
#ifndef AUTOGEN_LINT_EXPLAIN_JSON_H
#define AUTOGEN_LINT_EXPLAIN_JSON_H

#include <jansson.h>

#include "model/schema.h"

json_t *explain_foreign_key_json(struct arena *arena, const struct schema *schema,
				 const struct table *table, const struct foreign_key *key,
				 const struct server_list *servers);
/* NULL: nothing is known of that number. */
json_t *explain_error_json(struct context *ctx, struct arena *arena, int number);
/* NULL: neither a situation nor a warning has that rule. */
json_t *explain_rule_json(struct context *ctx, struct arena *arena, const char *rule);

#endif
