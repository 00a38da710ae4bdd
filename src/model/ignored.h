/*
 * ignored: what a server accepts and does not keep.
 *
 * A chain can hold more than the server in use stores: CHECK constraints on MySQL before 8.0.16,
 * descending index parts on MySQL before 8.0 and MariaDB before 10.8. A state folded from the chain
 * is held against that server without them, as a model resolved for it is.
 */
#ifndef AUTOGEN_MODEL_IGNORED_H
#define AUTOGEN_MODEL_IGNORED_H

#include "model/schema.h"

/* Takes out what the schema's server ignores. */
void ignored_leave_out(struct schema *schema);

#endif
