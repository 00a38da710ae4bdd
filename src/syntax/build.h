/*
 * build: the nodes of a tree, as the grammar's actions make them.
 *
 * Called by grammar/model.y alone. Everything is in the arena of the parse. Expressions remember how
 * deep they are: beyond SYNTAX_MAX_DEPTH (BUILD_MAX_CHAIN for `a + b + c …`, which nests to the left
 * only) is an error, and the node comes back childless.
 */
#ifndef AUTOGEN_SYNTAX_BUILD_H
#define AUTOGEN_SYNTAX_BUILD_H

#include "syntax/token.h"

#define BUILD_MAX_CHAIN 2000

struct build_defs { struct tree_partition_def *items; size_t n, cap; };

/* Names. */
struct tree_ident build_ident(const struct token *token);
struct tree_ident build_no_name(void);
struct tree_ident build_string_ident(struct parse *p, const struct token *string);
/* The one that is given; both: an error unless they are equal. */
struct tree_ident build_either(struct parse *p, struct tree_ident a, struct tree_ident b);
struct tree_ident_list *build_idents(struct parse *p);
struct tree_ident_list *build_add_ident(struct parse *p, struct tree_ident_list *list,
					struct tree_ident ident);
struct tree_ident_list *build_join_idents(struct parse *p, struct tree_ident_list *list,
					  const struct tree_ident_list *more);
struct tree_ident_list *build_target(struct parse *p, struct tree_ident flavour,
				     const struct token *version);
/* 10.11 .6 */
struct tree_ident_list *build_target_more(struct parse *p, struct tree_ident_list *target,
					  const struct token *more);
struct tree_table_name build_table_name(struct tree_ident database, struct tree_ident table);
/* A number that counts something: an error above UINT_MAX. */
unsigned build_count(struct parse *p, const struct token *number);

/* Items. */
struct tree_item *build_item(struct parse *p, enum tree_item_kind kind, struct tree_ident name);
void build_top(struct parse *p, struct tree_item *item, struct span span);
struct tree_item_list *build_items(struct parse *p);
struct tree_item_list *build_add_entry(struct parse *p, struct tree_item_list *list,
				       struct tree_item *entry);
struct tree_item *build_object(struct parse *p, const struct token *kind, struct tree_ident name,
			       const struct token *head, const struct token *body);
struct tree_item *build_like(struct parse *p, struct tree_ident name, struct tree_table_name table,
			     struct tree_ident column);
/* `span`: with the word before the reference. */
struct tree_item *build_reference_column(struct parse *p, struct tree_ident name,
					 struct tree_reference *reference, struct span span);
struct tree_item *build_key_kind(struct parse *p, enum tree_key_kind kind);
struct tree_item *build_key(struct parse *p, struct tree_item *key, struct tree_ident name,
			    const struct tree_part_list *parts, const struct tree_attr_list *attrs);
struct tree_item *build_foreign_key(struct parse *p, struct tree_ident name,
				    const struct tree_ident_list *columns,
				    const struct tree_reference *reference);
struct tree_part *build_part(struct parse *p, struct tree_ident column, const struct token *length,
			     struct expr *expr, struct span span);
struct tree_part *build_overlaps(struct parse *p, struct tree_ident period,
				 const struct token *word);
struct tree_part_list *build_parts(struct parse *p, const struct tree_part *part);
struct tree_part_list *build_add_part(struct parse *p, struct tree_part_list *list,
				      const struct tree_part *part);
struct tree_reference *build_reference(struct parse *p, struct tree_table_name table,
				       const struct tree_ident_list *columns, struct span span);
struct tree_reference *build_action(struct parse *p, struct tree_reference *reference,
				    struct tree_ident *action, const struct token *phrase,
				    struct span span);

/* Types and attributes. */
struct tree_type *build_type(struct parse *p, const struct token *word,
			     const struct expr_list *args, struct span span);
struct tree_attr *build_attr(struct parse *p, const struct token *word);
struct tree_attr *build_value(struct parse *p, struct tree_attr *attr, struct expr *expr,
			      bool parenthesised);
struct tree_attr_list *build_attrs(struct parse *p);
struct tree_attr_list *build_add_attr(struct parse *p, struct tree_attr_list *list,
				      struct tree_attr *attr, struct span span);
struct tree_attr_list *build_join_attrs(struct parse *p, struct tree_attr_list *list,
					const struct tree_attr_list *more);
/* key NAME using btree (…) */
struct tree_attr_list *build_attr_before(struct parse *p, const struct token *word,
					 struct tree_ident value, struct tree_attr_list *attrs);

/* Partitions. */
struct tree_partition *build_method(struct parse *p, const struct token *method, struct expr *expr,
				    const struct tree_ident_list *columns);
struct tree_partition *build_sub(struct parse *p, struct tree_partition *partition,
				 const struct tree_partition *sub);
struct tree_partition *build_defs(struct parse *p, struct tree_partition *partition,
				  const struct build_defs *defs, struct span span);
struct tree_partition_def *build_def(struct parse *p, struct tree_ident name);
struct tree_partition_def *build_bounds(struct parse *p, struct tree_partition_def *def, int values,
					const struct expr_list *bounds);
struct tree_partition_def *build_sub_defs(struct parse *p, struct tree_partition_def *def,
					  const struct tree_attr_list *attrs,
					  const struct build_defs *defs, struct span span);
struct build_defs *build_first_def(struct parse *p, const struct tree_partition_def *def);
struct build_defs *build_add_def(struct parse *p, struct build_defs *list,
				 const struct tree_partition_def *def);

/* Operations. */
struct tree_op *build_op(struct parse *p, enum tree_op_verb verb, struct tree_ident table);
struct tree_op *build_op_create(struct parse *p, enum tree_op_verb verb, struct tree_item *item,
				struct span span);
struct tree_op *build_op_names(struct parse *p, enum tree_op_verb verb, struct tree_ident table,
			       struct tree_ident before, struct tree_ident after);
struct tree_op *build_op_partition(struct parse *p, struct tree_ident table,
				   struct tree_partition *before, struct tree_partition *after,
				   struct span span);

/* Expressions (build_expr.c). */
struct expr_list *build_exprs(struct parse *p, struct expr *first);
struct expr_list *build_add_expr(struct parse *p, struct expr_list *list, struct expr *expr);
struct expr *build_literal(struct parse *p, enum expr_kind kind, const struct token *token);
struct expr *build_word(struct parse *p, enum expr_kind kind, const struct token *token);
struct expr *build_absent(struct parse *p, struct span span);
struct expr *build_introduce(struct parse *p, const struct token *introducer, struct expr *literal,
			     struct span span);
struct expr *build_temporal(struct parse *p, const struct token *word, struct expr *string,
			    struct span span);
struct expr *build_join_strings(struct parse *p, struct expr *a, const struct expr *b,
				struct span span);
struct expr *build_column(struct parse *p, struct tree_ident name);
struct expr *build_qualified(struct parse *p, struct tree_ident a, struct tree_ident b,
			     struct tree_ident c, struct span span);
struct expr *build_grouped(struct parse *p, struct expr *expr, struct span span);
struct expr *build_row(struct parse *p, struct expr *first, const struct expr_list *rest,
		       struct span span);
struct expr *build_unary(struct parse *p, const struct token *op, struct expr *a, struct span span);
struct expr *build_binary(struct parse *p, struct expr *a, const struct token *op, struct expr *b,
			  struct span span);
struct expr *build_not(struct parse *p, struct expr *plain);
struct expr *build_is(struct parse *p, struct expr *a, const struct token *what, struct span span);
struct expr *build_in(struct parse *p, struct expr *a, const struct expr_list *list,
		      struct span span);
struct expr *build_between(struct parse *p, struct expr *a, struct expr *low,
			   const struct token *and, struct expr *high, struct span span);
struct expr *build_like_expr(struct parse *p, struct expr *a, const struct token *like,
			     struct expr *b, struct expr *escape, struct span span);
struct expr *build_interval(struct parse *p, struct expr *a, const struct token *unit,
			    struct span span);
struct expr *build_collate(struct parse *p, struct expr *a, struct tree_ident collation,
			   struct span span);
struct expr *build_case(struct parse *p, struct expr *operand, const struct expr_list *whens,
			struct expr *otherwise, struct span span);
struct expr *build_cast(struct parse *p, struct expr *a, struct tree_type *type,
			const struct token *array, struct span span);
struct expr *build_convert(struct parse *p, struct expr *a, struct tree_ident charset,
			   struct span span);
/* Function calls; see syntax/expr.h for the special ones. */
struct expr *build_call(struct parse *p, const struct token *name, const struct expr_list *args,
			struct span span);
struct expr *build_call_word(struct parse *p, const struct token *name, const struct token *word,
			     const struct expr_list *args, struct span span);
struct expr *build_locate(struct parse *p, struct expr *a, struct expr *b, struct span span);
struct expr *build_substring(struct parse *p, const struct token *name, struct expr *a,
			     struct expr *from, struct expr *length, struct span span);
struct expr *build_char_using(struct parse *p, const struct token *name,
			      const struct expr_list *args, struct tree_ident charset,
			      struct span span);
struct expr *build_json_value(struct parse *p, const struct token *name,
			      const struct expr_list *args, const struct token *clause,
			      struct span span);
/* The arguments of trim: side NULL without one, what NULL without one. */
struct expr_list *build_trim_args(struct parse *p, const struct token *side, struct expr *what,
				  struct expr *from);
struct expr *build_trim(struct parse *p, const struct token *name, const struct expr_list *args,
			struct span span);

#endif
