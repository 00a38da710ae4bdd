/*
 * comments: hangs the comments of a file on the items they stand at.
 *
 * A comment on lines of its own belongs to the item below it (`before`), one behind an item on the
 * same line to that item (`trailing`), the last ones of a block to the block (`dangling`). One within
 * an item, where nothing can keep it, goes above the item. None is lost.
 */
#ifndef AUTOGEN_SYNTAX_COMMENTS_H
#define AUTOGEN_SYNTAX_COMMENTS_H

#include "syntax/token.h"

void comments_attach(struct parse *p, struct tree_item_list *items,
		     struct tree_comment_list *dangling);

#endif
