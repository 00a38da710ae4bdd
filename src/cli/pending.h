/*
 * pending: what the models say that the chain does not say yet; -m writes it, diff shows it.
 */
#ifndef AUTOGEN_CLI_PENDING_H
#define AUTOGEN_CLI_PENDING_H

#include "cli/world.h"

struct pending {
	const struct schema *base; /* the chain's head; with an empty chain the live tables, or nothing */
	bool adopts;               /* base is live: the first revision says what was there */
	struct plan up, down;
	struct op_list ops;        /* of up, without rekeying */
	struct op_list drift;      /* what the database has that its revisions do not say */
};

/* Needs the whole world. APP_DONE also when nothing is pending; APP_REFUSED when the chain has
 * several heads or the database is not at head. */
enum app_exit pending_load(struct app *app, const struct world *world, struct pending *pending);
/* Warns of drift, each op named. */
void pending_warn_drift(struct app *app, const struct world *world, const struct pending *pending);
/* Warns of foreign keys that no revision knows of and that the plan can't be carried out with, each
 * once. false with diagnostics. */
bool pending_warn_stray(struct app *app, const struct world *world, const struct pending *pending);

#endif
