#include "syntax/tree.h"

static const struct {
	const char *spelling;
	enum tree_attr_value value;
	const char *where;
} rows[ATTR_COUNT] = {
#define ATTR(kind, spelling, value, where) [kind] = { spelling, value, where },
#include "syntax/attribute.def"
#undef ATTR
};

const struct tree_attr *tree_find_attr(const struct tree_attr_list *attrs, enum tree_attr_kind kind)
{
	for (size_t i = 0; i < attrs->n; i++)
		if (attrs->items[i].kind == kind)
			return &attrs->items[i];
	return NULL;
}

const char *tree_attr_spelling(enum tree_attr_kind kind)
{
	return rows[kind].spelling;
}

enum tree_attr_value tree_attr_value(enum tree_attr_kind kind)
{
	return rows[kind].value;
}

const char *tree_attr_where(enum tree_attr_kind kind)
{
	return rows[kind].where;
}
