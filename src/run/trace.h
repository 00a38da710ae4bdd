/*
 * trace: what tables and columns were called before operations ran.
 *
 * For questions to a database that is still as it was before them.
 */
#ifndef AUTOGEN_RUN_TRACE_H
#define AUTOGEN_RUN_TRACE_H

#include "diff/op.h"

/* From what *table and *column (may point at NULL: the table alone) are called after these ops to
 * what they were called before; false: they were not there. */
bool trace_back(const struct op_list *before, const struct name **table,
		const struct name **column);

#endif
