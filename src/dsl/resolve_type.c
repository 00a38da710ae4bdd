#include "dsl/resolve_type.h"

#include <string.h>

#include "dsl/attrs.h"
#include "dsl/resolve_outside.h"
#include "dsl/resolve_charset.h"
#include "dsl/resolve_column.h"
#include "model/charset.h"

const char *column_words(struct resolver *r, const struct draft_column *column)
{
	const char *name = column->item->name.name->text;
	if (!column->table)
		return name;
	return arena_printf(r->arena, "%s.%s", column->table->item->name.name->text, name);
}

/* --- named types -------------------------------------------------------------------------------- */

/* Follows named types down to a built-in one, gathering attributes. */
static bool expand_named(struct resolver *r, const struct tree_type **tree,
			 struct tree_attr_list *attrs)
{
	for (size_t depth = 0; !type_is_word((*tree)->word->text); depth++) {
		const struct name *word = (*tree)->word;
		const struct tree_item *named = r->single ? NULL : scope_type(r, word);
		if (!named)
			return true; /* type_from_tree() has the words for it */
		if ((*tree)->args.n) {
			scope_error(r, "type", (*tree)->span, "type '%s' takes no arguments",
				    word->text);
			return false;
		}
		if (depth > r->type_list.n) {
			scope_error(r, "type", (*tree)->span, "type '%s' is made of itself",
				    word->text);
			return false;
		}
		*attrs = attrs_merge(r, &named->attrs, attrs, word);
		*tree = named->type;
		if (!*tree)
			return false; /* the parser has said why */
	}
	return true;
}

/* serial: bigint unsigned not null auto_increment unique */
static bool expand_serial(struct resolver *r, const struct tree_type **tree,
			  struct tree_attr_list *attrs)
{
	static const enum tree_attr_kind kinds[] = { ATTR_UNSIGNED, ATTR_NOT_NULL,
						     ATTR_AUTO_INCREMENT, ATTR_UNIQUE };
	if (!word_equal((*tree)->word->text, "serial"))
		return true;
	struct tree_type *bigint = arena_memdup(r->arena, *tree, sizeof(*bigint));
	bigint->word = ctx_name(r->ctx, "bigint");
	struct tree_attr_list more = { 0 };
	for (size_t i = 0; i < attrs->n; i++)
		LIST_PUSH(r->arena, &more, attrs->items[i]);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (attrs_has(&more, kinds[i]) ||
		    (kinds[i] == ATTR_UNIQUE && attrs_has(&more, ATTR_PRIMARY_KEY)))
			continue;
		struct tree_attr attr = { .kind = kinds[i], .span = (*tree)->span };
		LIST_PUSH(r->arena, &more, attr);
	}
	*tree = bigint;
	*attrs = more;
	return attrs_check(r, attrs, 'C', "serial");
}

/* The error for an unknown type word when a named type is near; false: the built-ins' turn. */
static bool report_unknown(struct resolver *r, const struct tree_type *tree)
{
	const char *words[1];
	bool near = false;
	for (size_t i = 0; i < r->type_list.n; i++) {
		words[0] = r->type_list.items[i]->name.name->text;
		near |= diag_suggest(tree->word->text, words, 1) != NULL;
	}
	if (!near)
		return false;
	struct diag *diag =
		scope_error(r, "type", tree->span, "unknown type '%s'", tree->word->text);
	scope_suggest_type(r, diag, tree->word);
	return true;
}

void type_check_named(struct resolver *r)
{
	for (size_t i = 0; i < r->type_list.n; i++) {
		const struct tree_item *item = r->type_list.items[i];
		const struct tree_type *tree = item->type;
		struct tree_attr_list attrs = item->attrs;
		struct type type;
		const struct name *charset = NULL;
		const char *what = arena_printf(r->arena, "type '%s'", item->name.name->text);
		scope_check_name(r, "type", item->name);
		if (!tree || !attrs_check(r, &item->attrs, 'Y', what) ||
		    !expand_named(r, &tree, &attrs))
			continue;
		if (!expand_serial(r, &tree, &attrs))
			continue;
		if (!type_is_word(tree->word->text) && report_unknown(r, tree))
			continue;
		if (!type_from_tree(r->ctx, r->arena, r->server, tree, &attrs, &type, &charset))
			r->failed = true;
	}
}

/* --- written types ------------------------------------------------------------------------------ */

/* A string type with the charset `binary` is a byte string: CHAR -> BINARY, TEXT -> BLOB. */
static void make_bytes(struct column *column)
{
	static const enum type_id pairs[][2] = {
		{ TYPE_CHAR, TYPE_BINARY },           { TYPE_VARCHAR, TYPE_VARBINARY },
		{ TYPE_TINYTEXT, TYPE_TINYBLOB },     { TYPE_TEXT, TYPE_BLOB },
		{ TYPE_MEDIUMTEXT, TYPE_MEDIUMBLOB }, { TYPE_LONGTEXT, TYPE_LONGBLOB },
	};
	if (!column->charset || strcmp(column->charset->text, "binary") != 0)
		return;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		if (column->type.id != pairs[i][0])
			continue;
		column->type.id = pairs[i][1];
		column->charset = column->collation = NULL;
		column->charset_origin = column->collation_origin = (struct origin){ 0 };
		return;
	}
}

static enum origin_kind kind_of(const struct draft_column *column, enum tree_attr_kind attr)
{
	if (!attrs_has(&column->item->attrs, attr))
		return ORIGIN_TYPE;
	return column->mixin ? ORIGIN_MIXIN : ORIGIN_COLUMN;
}

static bool refuse_charset(struct resolver *r, const struct draft_column *draft)
{
	static const enum tree_attr_kind kinds[] = { ATTR_CHARSET, ATTR_COLLATE, ATTR_BINARY };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const struct tree_attr *attr = tree_find_attr(&draft->attrs, kinds[i]);
		if (!attr)
			continue;
		scope_error(r, "charset", attr->span, "column '%s' is no string: it has no %s",
			    column_words(r, draft),
			    kinds[i] == ATTR_COLLATE ? "collation" : "charset");
		return false;
	}
	return true;
}

static bool take_charset(struct resolver *r, struct draft_column *draft, const struct name *implied,
			 struct span implied_span)
{
	struct column *column = draft->column;
	struct charset_written written = charset_written_at(&draft->attrs, ORIGIN_COLUMN);
	struct charset_choice inherited = { 0 }, choice;
	written.binary = tree_find_attr(&draft->attrs, ATTR_BINARY);
	written.charset_kind = kind_of(draft, ATTR_CHARSET);
	written.collate_kind = kind_of(draft, written.collate ? ATTR_COLLATE : ATTR_BINARY);
	written.implied = implied;
	written.implied_span = implied_span;
	if (draft->table) {
		const struct table *table = draft->table->table;
		inherited =
			(struct charset_choice){ table->charset, table->collation,
						 table->charset_origin, table->collation_origin };
	} else if (!written.charset && !written.collate && !implied) {
		scope_error(r, "charset", draft->item->span,
			    "the charset and collation of '%s' have to be written here",
			    column_words(r, draft));
		return false;
	}
	if (!charset_resolve(r, &written, &inherited, &choice))
		return false;
	column->charset = choice.charset;
	column->collation = choice.collation;
	column->charset_origin = choice.charset_origin;
	column->collation_origin = choice.collation_origin;
	return true;
}

static bool take_written(struct resolver *r, struct draft_column *draft)
{
	const struct tree_type *tree = draft->item->type;
	struct column *column = draft->column;
	const struct name *implied = NULL;
	if (!expand_named(r, &tree, &draft->attrs) || !expand_serial(r, &tree, &draft->attrs))
		return false;
	if (!type_is_word(tree->word->text) && report_unknown(r, tree))
		return false;
	if (!type_from_tree(r->ctx, r->arena, r->server, tree, &draft->attrs, &column->type,
			    &implied)) {
		r->failed = true;
		return false;
	}
	if (!type_is_string(&column->type))
		return refuse_charset(r, draft);
	if (!take_charset(r, draft, implied, tree->span))
		return false;
	/* text(n) takes the smallest type for n characters of its charset */
	const struct name *charset = column->charset;
	if (type_class(&column->type) == CLASS_TEXT && tree->args.n)
		type_from_tree(r->ctx, r->arena, r->server, tree, &draft->attrs, &column->type,
			       &charset);
	make_bytes(column);
	return true;
}

/* --- types of other columns --------------------------------------------------------------------- */

/* What stands beside `like` or `references` may repeat what the other column says. */
static bool check_repeated(struct resolver *r, const struct draft_column *draft,
			   const struct column *other, const char *other_words)
{
	for (size_t i = 0; i < draft->attrs.n; i++) {
		const struct tree_attr *attr = &draft->attrs.items[i];
		const struct name *word = attr->kind == ATTR_CHARSET || attr->kind == ATTR_COLLATE
						  ? charset_canonical(r->ctx, attr->word.name)
						  : NULL;
		bool same = (attr->kind != ATTR_UNSIGNED || other->type.is_unsigned) &&
			    (attr->kind != ATTR_SIGNED || !other->type.is_unsigned) &&
			    (attr->kind != ATTR_ZEROFILL || other->type.zerofill) &&
			    (attr->kind != ATTR_CHARSET || word == other->charset) &&
			    (attr->kind != ATTR_COLLATE || word == other->collation) &&
			    attr->kind != ATTR_BINARY && attr->kind != ATTR_SRID;
		if (same)
			continue;
		struct diag *diag = scope_error(
			r, "like", attr->span, "column '%s' can't be like '%s' and say '%s'",
			column_words(r, draft), other_words, tree_attr_spelling(attr->kind));
		ctx_place(r->ctx, diag, other->span, "the column it is like");
		return false;
	}
	return true;
}

/* Takes type, charset and collation of another column. */
static bool take_from(struct resolver *r, struct draft_column *draft, struct draft_column *other,
		      struct span why)
{
	struct column *column = draft->column;
	if (other->state == DRAFT_BUSY) {
		struct diag *diag =
			scope_error(r, "like", why, "the type of '%s' leads back to itself",
				    column_words(r, draft));
		ctx_place(r->ctx, diag, other->item->span, "by way of '%s'",
			  column_words(r, other));
		return false;
	}
	if (!column_resolve(r, other))
		return false;
	column->type = other->column->type;
	column->charset = other->column->charset;
	column->collation = other->column->collation;
	if (column->charset) {
		column->charset_origin = (struct origin){ ORIGIN_LIKE, other->item->span };
		column->collation_origin = column->charset_origin;
	}
	return check_repeated(r, draft, other->column, column_words(r, other));
}

static bool take_like(struct resolver *r, struct draft_column *draft)
{
	const struct tree_item *item = draft->item;
	if (item->like_table.database.name)
		return outside_refuse_like(r, draft);
	struct draft *table = item->like_table.table.name
				      ? scope_need_table(r, item->like_table.table)
				      : draft->table;
	struct draft_column *other = table ? scope_need_column(r, table, item->like_column) : NULL;
	return other && take_from(r, draft, other, scope_span(item->like_column, item));
}

struct tree_ident_list type_primary_key(struct resolver *r, const struct draft *draft)
{
	struct tree_ident_list columns = { 0 };
	for (size_t i = 0; i < draft->entries.n; i++) {
		const struct tree_item *item = draft->entries.items[i].item;
		if (item->kind == TREE_COLUMN && attrs_has(&item->attrs, ATTR_PRIMARY_KEY))
			LIST_PUSH(r->arena, &columns, item->name);
		if (item->kind != TREE_KEY || item->key != KEY_PRIMARY)
			continue;
		for (size_t j = 0; j < item->parts.n; j++)
			if (item->parts.items[j].column.name)
				LIST_PUSH(r->arena, &columns, item->parts.items[j].column);
	}
	return columns;
}

static bool take_referenced(struct resolver *r, struct draft_column *draft,
			    const struct tree_reference *reference)
{
	if (reference->table.database.name)
		return outside_refuse_reference(r, draft, reference);
	struct draft *table = scope_need_table(r, reference->table.table);
	if (!table)
		return false;
	struct tree_ident_list columns = reference->columns;
	const char *parent = table->item->name.name->text;
	if (!columns.n)
		columns = type_primary_key(r, table);
	if (columns.n != 1) {
		struct diag *diag =
			scope_error(r, "references", reference->span,
				    columns.n ? "'%s' has a primary key of several columns"
					      : "'%s' has no primary key to reference",
				    parent);
		if (columns.n)
			ctx_hint(r->ctx, diag,
				 "write the columns as like %s.…, and foreign key (…) references "
				 "%s (…)",
				 parent, parent);
		else
			ctx_hint(r->ctx, diag, "name the column of another key: references %s (…)",
				 parent);
		return false;
	}
	struct draft_column *other = scope_need_column(r, table, columns.items[0]);
	return other && take_from(r, draft, other, reference->span);
}

bool type_resolve(struct resolver *r, struct draft_column *draft)
{
	const struct tree_item *item = draft->item;
	const struct tree_attr *references = tree_find_attr(&item->attrs, ATTR_REFERENCES);
	draft->attrs = item->attrs;
	if (item->type)
		return take_written(r, draft);
	if (!r->single && item->like_column.name)
		return take_like(r, draft);
	if (!r->single && references && references->reference)
		return take_referenced(r, draft, references->reference);
	scope_error(r, "type", item->span, "column '%s' has no type", column_words(r, draft));
	return false;
}
