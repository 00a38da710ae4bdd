/*
 * needs: does every target know what a statement uses? Internal to src/emit.
 *
 * Models are compiled for all their targets (dsl), so that this should never say no; it is the
 * last look before text is written that a server would refuse.
 */
#ifndef AUTOGEN_EMIT_NEEDS_H
#define AUTOGEN_EMIT_NEEDS_H

#include "diff/plan.h"

/* false with a diagnostic (rule `target`) naming the first target and the feature it refuses. */
bool needs_are_met(struct context *ctx, const struct server_list *targets,
		   const struct statement *statement);

#endif
