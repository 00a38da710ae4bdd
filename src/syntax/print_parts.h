/*
 * print_parts: what the files of the printer share (print, print_item, print_op,
 * print_partition, expr_print). Nobody else includes it.
 */
#ifndef AUTOGEN_SYNTAX_PRINT_PARTS_H
#define AUTOGEN_SYNTAX_PRINT_PARTS_H

#include "syntax/print.h"

#define PRINT_INDENT 4
/* In place of a level: everything on one line. */
#define PRINT_ONE_LINE (-1)

/* A name where words of expressions are known: between parentheses. */
void print_expr_name(struct buf *out, const struct name *name);
/* The name of a key, a check, a period: it stands where `key`, `index` and `for` may. */
void print_key_name(struct buf *out, const struct name *name);
/* A word as it is (utf8mb4, InnoDB, 8), in backquotes where it is not one. */
void print_word(struct buf *out, const struct name *word);
/* (a, b) */
void print_name_list(struct buf *out, const struct tree_ident_list *names);
void print_table_name(struct buf *out, const struct tree_table_name *table);
void print_reference(struct buf *out, const struct tree_reference *reference);
/* What stands behind the attribute's spelling, without a blank before it. */
void print_attr_value(struct buf *out, const struct tree_attr *attr);
/* Each with a blank before it, in the order of attribute.def. */
void print_attrs(struct buf *out, const struct tree_attr_list *attrs);

/* With the comments of the item that it is; NULL: without any. */
void print_partition_at(struct buf *out, const struct tree_partition *partition, int level,
			const struct tree_item *item);
/* Comments on lines of their own; `first` says that nothing stands above them in their block. */
void print_comments(struct buf *out, const struct tree_comment_list *comments, int level,
		    bool first);
/* A comment at the end of a line, a blank before it; NULL-safe. */
void print_trailing(struct buf *out, const struct tree_comment *trailing);

#endif
