/*
 * targets: the declared targets of a project.
 *
 * The project is resolved once for each of them; what one refuses is an error, and
 * so is what means something else there than on the server of the model
 * (architecture decision 2). Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_TARGETS_H
#define AUTOGEN_DSL_TARGETS_H

#include "base/diag.h"
#include "dsl/resolve.h"

/* Of one series (mysql 8.0.x): the connected server then stands for the declared one. */
bool targets_same_series(const struct server *a, const struct server *b);
bool targets_contain(const struct server_list *targets, const struct server *server);

/* Queues an error for each place that means something else for `other`; false when there is one. */
bool targets_compare(struct context *ctx, const struct schema *schema, const struct schema *other);

/*
 * Diagnostics of several resolutions in one queue: targets_take() moves those out of the context
 * into `queue`, targets_give() puts them back without saying the same twice.
 */
void targets_take(struct context *ctx, struct diag_queue *queue);
void targets_give(struct context *ctx, struct diag_queue *queue);

#endif
