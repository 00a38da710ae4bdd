/*
 * fault: one thing that is wrong with a chain of revisions (fault.def).
 *
 * Reading a graph finds those that keep revisions out of it, validate.h the rest. Each has its
 * diagnostic, queued, with the place and the way out.
 */
#ifndef AUTOGEN_REVISION_FAULT_H
#define AUTOGEN_REVISION_FAULT_H

#include "base/diag.h"
#include "revision/revision.h"

enum fault_kind {
#define FAULT(id, word, weight) id,
#include "revision/fault.def"
#undef FAULT
	FAULT_COUNT
};
enum fault_weight { FAULT_REMARK, FAULT_FINDING, FAULT_BROKEN };

struct fault {
	enum fault_kind kind;
	struct revision *revision;    /* whose file is to be mended; NULL: no single one's */
	struct revision *other;       /* FAULT_DUPLICATE: the file that is used */
	struct revision_list circle;  /* FAULT_CIRCLE: all that are in it */
	const struct diag *diag;
};
struct fault_list { struct fault *items; size_t n, cap; };

const char *fault_word(enum fault_kind kind);
enum fault_weight fault_weight(enum fault_kind kind);

#endif
