/*
 * print: tree to text, the one canonical form (fmt, inspect, op lines).
 *
 * Tabs or blanks: four blanks a level, columns of a table aligned (name, type),
 * attributes in the order of attribute.def, comments kept where they stand,
 * runs of empty lines made one. Printing what was parsed and parsing it again
 * gives the same tree; printing that gives the same bytes.
 */
#ifndef AUTOGEN_SYNTAX_PRINT_H
#define AUTOGEN_SYNTAX_PRINT_H

#include "syntax/tree.h"

void print_file(struct buf *out, const struct tree_file *file);
/* A top-level item, its lines ending in newlines. */
void print_item(struct buf *out, const struct tree_item *item);
/* An item of a table on one line, without a newline (op lines, messages). */
void print_entry(struct buf *out, const struct tree_item *entry);
/* One line, or several for create/drop table: the caller indents. No newline at the end. */
void print_op(struct buf *out, const struct tree_op *op);
void print_type(struct buf *out, const struct tree_type *type);
void print_attr(struct buf *out, const struct tree_attr *attr);
void print_partition(struct buf *out, const struct tree_partition *partition);
/* A name as the model language writes it: bare, or in backquotes where it must be.
 * `first_word` says that it begins an item of a table. */
void print_name(struct buf *out, const struct name *name, bool first_word);

#endif
