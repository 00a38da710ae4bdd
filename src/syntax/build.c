#include "syntax/build.h"

#include "base/context.h"

#include <limits.h>
#include <string.h>

/* --- names ------------------------------------------------------------------------------------ */

struct tree_ident build_ident(const struct token *token)
{
	return (struct tree_ident){ token->name, token->span };
}

struct tree_ident build_no_name(void)
{
	return (struct tree_ident){ 0 };
}

struct tree_ident build_string_ident(struct parse *p, const struct token *string)
{
	/* no more than backquotes can hold: what is printed must be read again */
	if (memchr(string->text, '\n', string->len) || memchr(string->text, '\0', string->len))
		parse_error(p, string->span, "a name can't hold a line break");
	return (struct tree_ident){ name_intern_bytes(&p->ctx->names, string->text, string->len),
				    string->span };
}

struct tree_ident build_either(struct parse *p, struct tree_ident a, struct tree_ident b)
{
	if (a.name && b.name && !name_equal(a.name, b.name)) {
		struct diag *diag = parse_error(p, b.span, "this has two names, '%s' and '%s'",
						a.name->text, b.name->text);
		parse_hint(p, diag, "leave out one of them");
	}
	return a.name ? a : b;
}

struct tree_ident_list *build_idents(struct parse *p)
{
	return ARENA_NEW(p->arena, struct tree_ident_list);
}

struct tree_ident_list *build_add_ident(struct parse *p, struct tree_ident_list *list,
					struct tree_ident ident)
{
	LIST_PUSH(p->arena, list, ident);
	return list;
}

struct tree_ident_list *build_join_idents(struct parse *p, struct tree_ident_list *list,
					  const struct tree_ident_list *more)
{
	for (size_t i = 0; i < more->n; i++)
		LIST_PUSH(p->arena, list, more->items[i]);
	return list;
}

struct tree_ident_list *build_target(struct parse *p, struct tree_ident flavour,
				     const struct token *version)
{
	return build_add_ident(p, build_add_ident(p, build_idents(p), flavour),
			       build_ident(version));
}

struct tree_ident_list *build_target_more(struct parse *p, struct tree_ident_list *target,
					  const struct token *more)
{
	struct tree_ident *version = &target->items[target->n - 1];

	if (more->text[0] != '.' || more->span.start != version->span.end)
		parse_error(p, more->span, "a target has one version");
	version->name =
		ctx_name(p->ctx, arena_printf(p->arena, "%s%s", version->name->text, more->text));
	version->span = span_join(version->span, more->span);
	return target;
}

struct tree_table_name build_table_name(struct tree_ident database, struct tree_ident table)
{
	return (struct tree_table_name){ database, table };
}

unsigned build_count(struct parse *p, const struct token *number)
{
	unsigned long long value = 0;

	for (const char *c = number->text; *c; c++) {
		if (*c < '0' || *c > '9') {
			parse_error(p, number->span, "'%s' must be a whole number", number->text);
			return 0;
		}
		value = value * 10 + (unsigned)(*c - '0');
		if (value > UINT_MAX) {
			parse_error(p, number->span, "'%s' is too large", number->text);
			return 0;
		}
	}
	return (unsigned)value;
}

/* --- items ------------------------------------------------------------------------------------ */

struct tree_item *build_item(struct parse *p, enum tree_item_kind kind, struct tree_ident name)
{
	struct tree_item *item = ARENA_NEW(p->arena, struct tree_item);

	item->kind = kind;
	item->name = name;
	return item;
}

void build_top(struct parse *p, struct tree_item *item, struct span span)
{
	item->span = span;
	LIST_PUSH(p->arena, &p->file->items, item);
}

struct tree_item_list *build_items(struct parse *p)
{
	return ARENA_NEW(p->arena, struct tree_item_list);
}

struct tree_item_list *build_add_entry(struct parse *p, struct tree_item_list *list,
				       struct tree_item *entry)
{
	LIST_PUSH(p->arena, list, entry);
	return list;
}

struct tree_item *build_object(struct parse *p, const struct token *kind, struct tree_ident name,
			       const struct token *head, const struct token *body)
{
	struct tree_item *item = build_item(p, TREE_OBJECT, name);

	item->object_kind = kind->name;
	item->head = head ? head->text : "";
	item->body = body->text;
	item->tag = body->name->text;
	return item;
}

struct tree_item *build_like(struct parse *p, struct tree_ident name, struct tree_table_name table,
			     struct tree_ident column)
{
	struct tree_item *item = build_item(p, TREE_COLUMN, name);

	item->like_table = table;
	item->like_column = column;
	return item;
}

struct tree_item *build_reference_column(struct parse *p, struct tree_ident name,
					 struct tree_reference *reference, struct span span)
{
	struct tree_item *item = build_item(p, TREE_COLUMN, name);
	struct tree_attr attr = { .kind = ATTR_REFERENCES, .reference = reference };

	attr.span = span;
	LIST_PUSH(p->arena, &item->attrs, attr);
	return item;
}

struct tree_item *build_key_kind(struct parse *p, enum tree_key_kind kind)
{
	struct tree_item *item = build_item(p, TREE_KEY, build_no_name());

	item->key = kind;
	return item;
}

struct tree_item *build_key(struct parse *p, struct tree_item *key, struct tree_ident name,
			    const struct tree_part_list *parts, const struct tree_attr_list *attrs)
{
	key->name = name;
	key->attrs = *attrs;
	for (size_t i = 0; i < parts->n; i++) {
		const struct tree_part *part = &parts->items[i];

		/* p without overlaps: an attribute of the key, the servers write it among its parts */
		if (part->length == UINT_MAX) {
			struct tree_attr attr = { .kind = ATTR_WITHOUT_OVERLAPS,
						  .span = part->span,
						  .word = part->column };
			LIST_PUSH(p->arena, &key->attrs, attr);
		} else {
			LIST_PUSH(p->arena, &key->parts, *part);
		}
	}
	return key;
}

struct tree_item *build_foreign_key(struct parse *p, struct tree_ident name,
				    const struct tree_ident_list *columns,
				    const struct tree_reference *reference)
{
	struct tree_item *item = build_item(p, TREE_FOREIGN_KEY, name);

	item->columns = *columns;
	item->reference = *reference;
	return item;
}

struct tree_part *build_part(struct parse *p, struct tree_ident column, const struct token *length,
			     struct expr *expr, struct span span)
{
	struct tree_part *part = ARENA_NEW(p->arena, struct tree_part);

	part->column = column;
	part->expr = expr;
	part->span = span;
	if (length) {
		part->length = build_count(p, length);
		if (!part->length || part->length == UINT_MAX) {
			parse_error(p, length->span,
				    "an index can't have %s characters of a column", length->text);
			part->length = 1;
		}
	}
	return part;
}

struct tree_part *build_overlaps(struct parse *p, struct tree_ident period,
				 const struct token *word)
{
	struct tree_part *part =
		build_part(p, period, NULL, NULL, span_join(period.span, word->span));

	part->length = UINT_MAX; /* see build_key() */
	return part;
}

struct tree_part_list *build_parts(struct parse *p, const struct tree_part *part)
{
	return build_add_part(p, ARENA_NEW(p->arena, struct tree_part_list), part);
}

struct tree_part_list *build_add_part(struct parse *p, struct tree_part_list *list,
				      const struct tree_part *part)
{
	LIST_PUSH(p->arena, list, *part);
	return list;
}

struct tree_reference *build_reference(struct parse *p, struct tree_table_name table,
				       const struct tree_ident_list *columns, struct span span)
{
	struct tree_reference *reference = ARENA_NEW(p->arena, struct tree_reference);

	reference->table = table;
	reference->columns = *columns;
	reference->span = span;
	return reference;
}

struct tree_reference *build_action(struct parse *p, struct tree_reference *reference,
				    struct tree_ident *action, const struct token *phrase,
				    struct span span)
{
	if (action->name)
		parse_error(p, phrase->span, "'%.9s' is said twice", phrase->name->text);
	/* "on delete set null": the action is behind the second word */
	action->name = ctx_name(p->ctx, phrase->name->text + strlen("on delete "));
	action->span = phrase->span;
	reference->span = span;
	return reference;
}

/* --- types and attributes --------------------------------------------------------------------- */

struct tree_type *build_type(struct parse *p, const struct token *word,
			     const struct expr_list *args, struct span span)
{
	struct tree_type *type = ARENA_NEW(p->arena, struct tree_type);

	type->word = word->name;
	type->args = *args;
	type->span = span;
	return type;
}

struct tree_attr *build_attr(struct parse *p, const struct token *word)
{
	struct tree_attr *attr = ARENA_NEW(p->arena, struct tree_attr);

	attr->kind = (enum tree_attr_kind)word->row;
	if (attr->kind == ATTR_CHARSET) /* ascii: the word says it */
		attr->word = build_ident(word);
	return attr;
}

struct tree_attr *build_value(struct parse *p, struct tree_attr *attr, struct expr *expr,
			      bool parenthesised)
{
	if (!parenthesised && (attr->kind == ATTR_AS || attr->kind == ATTR_CHECK)) {
		const char *word = tree_attr_spelling(attr->kind);

		parse_hint(
			p,
			parse_error(p, expr->span, "%s takes an expression in parentheses", word),
			"%s (…)", word);
	}
	attr->expr = expr;
	attr->parenthesised = parenthesised;
	return attr;
}

struct tree_attr_list *build_attrs(struct parse *p)
{
	return ARENA_NEW(p->arena, struct tree_attr_list);
}

struct tree_attr_list *build_add_attr(struct parse *p, struct tree_attr_list *list,
				      struct tree_attr *attr, struct span span)
{
	attr->span = span;
	LIST_PUSH(p->arena, list, *attr);
	return list;
}

struct tree_attr_list *build_join_attrs(struct parse *p, struct tree_attr_list *list,
					const struct tree_attr_list *more)
{
	for (size_t i = 0; i < more->n; i++)
		LIST_PUSH(p->arena, list, more->items[i]);
	return list;
}

struct tree_attr_list *build_attr_before(struct parse *p, const struct token *word,
					 struct tree_ident value, struct tree_attr_list *attrs)
{
	struct tree_attr attr = { .kind = (enum tree_attr_kind)word->row, .word = value };

	attr.span = span_join(word->span, value.span);
	LIST_INSERT(p->arena, attrs, 0, attr);
	return attrs;
}

/* --- partitions ------------------------------------------------------------------------------- */

struct tree_partition *build_method(struct parse *p, const struct token *method, struct expr *expr,
				    const struct tree_ident_list *columns)
{
	struct tree_partition *partition = ARENA_NEW(p->arena, struct tree_partition);

	partition->method = method->name;
	partition->expr = expr;
	if (columns)
		partition->columns = *columns;
	return partition;
}

struct tree_partition *build_sub(struct parse *p, struct tree_partition *partition,
				 const struct tree_partition *sub)
{
	(void)p;
	partition->sub_method = sub->method;
	partition->sub_linear = sub->linear;
	partition->sub_expr = sub->expr;
	partition->sub_columns = sub->columns;
	partition->sub_count = sub->sub_count;
	return partition;
}

struct tree_partition *build_defs(struct parse *p, struct tree_partition *partition,
				  const struct build_defs *defs, struct span span)
{
	for (size_t i = 0; i < defs->n; i++)
		LIST_PUSH(p->arena, &partition->defs, defs->items[i]);
	partition->span = span;
	return partition;
}

struct tree_partition_def *build_def(struct parse *p, struct tree_ident name)
{
	struct tree_partition_def *def = ARENA_NEW(p->arena, struct tree_partition_def);

	def->name = name;
	def->span = name.span;
	return def;
}

struct tree_partition_def *build_bounds(struct parse *p, struct tree_partition_def *def, int values,
					const struct expr_list *bounds)
{
	(void)p;
	if (values == VALUES_LESS_THAN)
		def->values = VALUES_LESS_THAN;
	else
		def->values = VALUES_IN;
	def->bounds = *bounds;
	return def;
}

struct tree_partition_def *build_sub_defs(struct parse *p, struct tree_partition_def *def,
					  const struct tree_attr_list *attrs,
					  const struct build_defs *defs, struct span span)
{
	def->attrs = *attrs;
	def->span = span;
	for (size_t i = 0; i < defs->n; i++)
		LIST_PUSH(p->arena, &def->subpartitions, defs->items[i]);
	return def;
}

struct build_defs *build_first_def(struct parse *p, const struct tree_partition_def *def)
{
	return build_add_def(p, ARENA_NEW(p->arena, struct build_defs), def);
}

struct build_defs *build_add_def(struct parse *p, struct build_defs *list,
				 const struct tree_partition_def *def)
{
	LIST_PUSH(p->arena, list, *def);
	return list;
}

/* --- operations ------------------------------------------------------------------------------- */

struct tree_op *build_op(struct parse *p, enum tree_op_verb verb, struct tree_ident table)
{
	struct tree_op *op = ARENA_NEW(p->arena, struct tree_op);

	op->verb = verb;
	op->table = table;
	return op;
}

struct tree_op *build_op_create(struct parse *p, enum tree_op_verb verb, struct tree_item *item,
				struct span span)
{
	bool table = item->kind == TREE_TABLE;
	struct tree_op *op = build_op(p, verb, table ? item->name : build_no_name());

	item->span = span;
	if (verb == VERB_CREATE)
		op->after = item;
	else
		op->before = item;
	if (item->kind != TREE_TABLE && item->kind != TREE_OBJECT)
		parse_error(p, span, "only tables and other objects are created and dropped");
	return op;
}

struct tree_op *build_op_names(struct parse *p, enum tree_op_verb verb, struct tree_ident table,
			       struct tree_ident before, struct tree_ident after)
{
	struct tree_op *op = build_op(p, verb, table);

	op->name_before = before;
	op->name_after = after;
	return op;
}

static struct tree_item *partition_item(struct parse *p, struct tree_partition *partition,
					struct span span)
{
	if (!partition)
		return NULL;
	struct tree_item *item = build_item(p, TREE_PARTITION, build_no_name());
	item->partition = partition;
	item->span = span;
	return item;
}

struct tree_op *build_op_partition(struct parse *p, struct tree_ident table,
				   struct tree_partition *before, struct tree_partition *after,
				   struct span span)
{
	struct tree_op *op = build_op(p, VERB_PARTITION, table);

	op->before = partition_item(p, before, span);
	op->after = partition_item(p, after, span);
	return op;
}
