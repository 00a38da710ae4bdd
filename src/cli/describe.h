/*
 * describe: a revision as people read it, in Alembic's words.
 */
#ifndef AUTOGEN_CLI_DESCRIBE_H
#define AUTOGEN_CLI_DESCRIBE_H

#include "base/buf.h"
#include "revision/graph.h"

/* What stands in the line beside the id and whether it is a head. */
enum describe_part {
	DESCRIBE_PARENTS = 1, /* what it comes after and, in parentheses, depends on */
	DESCRIBE_LABELS = 2,
	DESCRIBE_TREE = 4,    /* branch points, merge points */
	DESCRIBE_MESSAGE = 8,
};

/* One line, without its end; `rows`: ids that are current, or NULL. */
void describe_line(struct buf *out, const struct revision *revision, unsigned parts,
		   const struct string_list *rows);
/* Several lines, the last one empty. */
void describe_long(struct buf *out, const struct revision *revision, const struct string_list *rows);

#endif
