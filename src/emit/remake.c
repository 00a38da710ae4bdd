#include "emit/remake.h"

#include <string.h>

#include "emit/parts.h"
#include "model/equal.h"

static const struct index *other_index(const struct op_list *ops, const struct op *op)
{
	const bool drops = op->kind == OP_DROP_INDEX;
	const struct index *index = drops ? op->before.index : op->after.index;
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *other = ops->items[i];
		if (drops && other->kind == OP_ADD_INDEX &&
		    name_equal(other->after.index->name, index->name))
			return other->after.index;
		if (!drops && other->kind == OP_DROP_INDEX &&
		    name_equal(other->before.index->name, index->name))
			return other->before.index;
	}
	return NULL;
}

static bool same_parts(const struct index *a, const struct index *b)
{
	if (a->kind != b->kind || a->parts.n != b->parts.n)
		return false;
	for (size_t i = 0; i < a->parts.n; i++)
		if (!name_equal(a->parts.items[i].column, b->parts.items[i].column) ||
		    a->parts.items[i].length != b->parts.items[i].length)
			return false;
	return true;
}

static const char *using_of(const struct index *index)
{
	const char *algorithm = option_find(&index->options, ATTR_USING);
	return algorithm ? algorithm : "";
}

static bool same_comment(const struct index *a, const struct index *b)
{
	return !strcmp(a->comment ? a->comment : "", b->comment ? b->comment : "");
}

/* Is what differs overlooked with the rest of an index? Another USING never is, a comment not everywhere. */
static bool differ_in_rest(const struct server_list *targets, const struct index *a,
			   const struct index *b)
{
	bool comment_tells = server_list_has(targets, CAP_INDEX_COMMENT_SEEN);
	return !strcmp(using_of(a), using_of(b)) && (!comment_tells || same_comment(a, b));
}

enum remake remake_of(const struct server_list *targets, const struct statement *statement,
		      const struct op *op)
{
	if (op->kind != OP_DROP_INDEX && op->kind != OP_ADD_INDEX)
		return REMAKE_PLAIN;
	const struct index *index = op->kind == OP_DROP_INDEX ? op->before.index : op->after.index;
	const struct index *other = other_index(&statement->ops, op);
	if (!other || !same_parts(index, other))
		return REMAKE_PLAIN;
	if (index_only_visibility(index, other) && !statement->remakes_indexes)
		return REMAKE_VISIBILITY;
	if (!server_list_has(targets, CAP_INDEX_REST_SEEN) && differ_in_rest(targets, index, other))
		return REMAKE_FORCE;
	return REMAKE_PLAIN;
}

bool remake_needs_force(const struct server_list *targets, const struct statement *statement)
{
	/* the table's block size is none of what is compared there */
	if (statement->remakes_indexes && !server_list_has(targets, CAP_INDEX_REST_SEEN))
		return true;
	for (size_t i = 0; i < statement->ops.n; i++)
		if (remake_of(targets, statement, statement->ops.items[i]) == REMAKE_FORCE)
			return true;
	return false;
}
