/*
 * attrs: the flat attributes of an item, sorted out.
 *
 * The parser takes attributes in any order and number; here each must stand where
 * it may (fourth column of attribute.def), at most once, and none against another.
 * Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_ATTRS_H
#define AUTOGEN_DSL_ATTRS_H

#include "dsl/scope.h"

/* where: a letter of attribute.def. `what` is for messages: "column 'a'". false with errors. */
bool attrs_check(struct resolver *r, const struct tree_attr_list *attrs, char where,
		 const char *what);
/* Attributes of a named type followed by those at its use; what contradicts is an error. */
struct tree_attr_list attrs_merge(struct resolver *r, const struct tree_attr_list *type,
				  const struct tree_attr_list *own, const struct name *type_name);
static inline bool attrs_has(const struct tree_attr_list *attrs, enum tree_attr_kind kind)
{
	return tree_find_attr(attrs, kind) != NULL;
}
/* The text of a VALUE_STRING or VALUE_WORD attribute; NULL when it is not there. */
const char *attrs_text(const struct tree_attr_list *attrs, enum tree_attr_kind kind);
/* The comment, "" for none; too long for a server (1024, tables 2048) is an error. */
const char *attrs_comment(struct resolver *r, const struct tree_attr_list *attrs, size_t limit);

/*
 * The rare attributes that belong to `where`, as options (model/option.h); `engine`
 * is the table's, NULL for columns and keys.
 */
void attrs_options(struct resolver *r, const struct tree_attr_list *attrs, char where,
		   const char *engine, struct option_list *options);
/* Does the word begin something that may follow a column's type? Then no type can be called so. */
bool attrs_is_suffix_word(const struct name *name);
/* Attributes that stand for the options, in order: the way back. */
void attrs_from_options(struct context *ctx, struct arena *arena, const struct option_list *options,
			struct tree_attr_list *attrs);
/* One attribute of that kind with a word or a string, as its row of attribute.def says. */
struct tree_attr attrs_make(struct context *ctx, struct arena *arena, enum tree_attr_kind kind,
			    const char *value);

#endif
