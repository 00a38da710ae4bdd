#include "dsl/attrs.h"

#include <string.h>

#include "base/buf.h"
#include "model/charset.h"
#include "model/merge.h"
#include "model/option.h"
#include "syntax/parse.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* --- where and how often ------------------------------------------------------------------------ */

static const char *const places[] = {
#define ATTR(kind, spelling, value, where) [kind] = where,
#include "syntax/attribute.def"
#undef ATTR
};

/* What can't stand beside one another. */
static const enum tree_attr_kind contradictions[][2] = {
	{ ATTR_UNSIGNED, ATTR_SIGNED },
	{ ATTR_COLLATE, ATTR_BINARY }, /* 5.6 takes one of them, 9.7 the other, 11.8 none (1302) */
	{ ATTR_NULL, ATTR_NOT_NULL },
	{ ATTR_NULL, ATTR_PRIMARY_KEY },
	{ ATTR_VIRTUAL, ATTR_STORED },
	{ ATTR_INVISIBLE, ATTR_VISIBLE },
	{ ATTR_IGNORED, ATTR_VISIBLE },
	{ ATTR_DEFAULT, ATTR_AUTO_INCREMENT },
	{ ATTR_AS, ATTR_DEFAULT },
	{ ATTR_AS, ATTR_AUTO_INCREMENT },
	{ ATTR_AS, ATTR_ON_UPDATE },
	{ ATTR_AS, ATTR_BACKFILL },
	{ ATTR_ENFORCED, ATTR_NOT_ENFORCED },
	{ ATTR_WITH_SYSTEM_VERSIONING, ATTR_WITHOUT_SYSTEM_VERSIONING },
	{ ATTR_ROW_START, ATTR_ROW_END },
};

static const struct tree_attr *find_before(const struct tree_attr_list *attrs, size_t end,
					   enum tree_attr_kind kind)
{
	for (size_t i = 0; i < end; i++)
		if (attrs->items[i].kind == kind)
			return &attrs->items[i];
	return NULL;
}

bool attrs_is_suffix_word(const struct name *name)
{
	for (int kind = 0; kind < ATTR_COUNT; kind++) {
		if (!strpbrk(places[kind], "CY"))
			continue;
		const char *spelling = tree_attr_spelling((enum tree_attr_kind)kind);
		size_t len = strcspn(spelling, " ");
		if (name->key->len == len && !strncmp(name->key->text, spelling, len))
			return true;
	}
	return word_equal(name->text, "like");
}

static bool check_once(struct resolver *r, const struct tree_attr_list *attrs, size_t at,
		       const char *what)
{
	const struct tree_attr *attr = &attrs->items[at];
	const struct tree_attr *first = find_before(attrs, at, attr->kind);
	if (!first || attr->kind == ATTR_TARGET)
		return true;
	struct diag *diag = scope_error(r, "attribute", attr->span, "%s says '%s' twice", what,
					tree_attr_spelling(attr->kind));
	ctx_place(r->ctx, diag, first->span, "first here");
	return false;
}

static bool check_contradictions(struct resolver *r, const struct tree_attr_list *attrs,
				 const char *what)
{
	bool ok = true;
	for (size_t i = 0; i < COUNT(contradictions); i++) {
		const struct tree_attr *a = tree_find_attr(attrs, contradictions[i][0]);
		const struct tree_attr *b = tree_find_attr(attrs, contradictions[i][1]);
		if (!a || !b)
			continue;
		struct diag *diag =
			scope_error(r, "attribute", b->span, "%s can't be both '%s' and '%s'", what,
				    tree_attr_spelling(a->kind), tree_attr_spelling(b->kind));
		ctx_place(r->ctx, diag, a->span, "against this");
		ok = false;
	}
	return ok;
}

bool attrs_check(struct resolver *r, const struct tree_attr_list *attrs, char where,
		 const char *what)
{
	bool ok = true;
	for (size_t i = 0; i < attrs->n; i++) {
		const struct tree_attr *attr = &attrs->items[i];
		if (!strchr(places[attr->kind], where)) {
			scope_error(r, "attribute", attr->span, "'%s' can't be said of %s",
				    tree_attr_spelling(attr->kind), what);
			ok = false;
		} else if (!check_once(r, attrs, i, what)) {
			ok = false;
		}
	}
	return check_contradictions(r, attrs, what) && ok;
}

/* --- a named type and its use ------------------------------------------------------------------- */

/* What stands at the use against that attribute of the type; NULL: nothing. */
static const struct tree_attr *find_against(const struct tree_attr_list *own,
					    enum tree_attr_kind kind)
{
	const struct tree_attr *against = NULL;
	for (size_t i = 0; i < COUNT(contradictions) && !against; i++) {
		if (contradictions[i][0] == kind)
			against = tree_find_attr(own, contradictions[i][1]);
		else if (contradictions[i][1] == kind)
			against = tree_find_attr(own, contradictions[i][0]);
	}
	return against;
}

static bool same_word(struct resolver *r, const struct tree_attr *a, const struct tree_attr *b)
{
	if (tree_attr_value(a->kind) != VALUE_WORD)
		return true;
	if (a->kind == ATTR_CHARSET || a->kind == ATTR_COLLATE)
		return charset_canonical(r->ctx, a->word.name) ==
		       charset_canonical(r->ctx, b->word.name);
	return name_equal(a->word.name, b->word.name);
}

struct tree_attr_list attrs_merge(struct resolver *r, const struct tree_attr_list *type,
				  const struct tree_attr_list *own, const struct name *type_name)
{
	struct tree_attr_list merged = { 0 };
	for (size_t i = 0; i < own->n; i++)
		LIST_PUSH(r->arena, &merged, own->items[i]);
	for (size_t i = 0; i < type->n; i++) {
		const struct tree_attr *attr = &type->items[i];
		const struct tree_attr *again = tree_find_attr(own, attr->kind);
		const struct tree_attr *against = find_against(own, attr->kind);
		struct diag *diag = NULL;
		if (against)
			diag = scope_error(r, "type", against->span, "type '%s' says '%s'",
					   type_name->text, tree_attr_spelling(attr->kind));
		else if (!again)
			LIST_PUSH(r->arena, &merged, *attr);
		else if (!same_word(r, attr, again))
			diag = scope_error(r, "type", again->span, "type '%s' has another %s",
					   type_name->text, tree_attr_spelling(attr->kind));
		if (diag)
			ctx_place(r->ctx, diag, attr->span, "the type says so");
	}
	return merged;
}

/* --- values ------------------------------------------------------------------------------------- */

static const char *attr_text(struct arena *arena, const struct tree_attr *attr)
{
	if (attr->word.name)
		return attr->word.name->text;
	if (!attr->expr)
		return "";
	if (attr->expr->kind == EXPR_STRING)
		return attr->expr->text;
	if (attr->kind == ATTR_UNION)
		return merge_union_text(arena, attr->expr);
	struct buf text = { 0 };
	expr_print(&text, attr->expr, EXPR_MODEL);
	return buf_arena(&text, arena);
}

const char *attrs_text(const struct tree_attr_list *attrs, enum tree_attr_kind kind)
{
	const struct tree_attr *attr = tree_find_attr(attrs, kind);
	if (!attr)
		return NULL;
	return attr->word.name ? attr->word.name->text : attr->expr ? attr->expr->text : "";
}

static size_t count_characters(const char *text)
{
	size_t n = 0;
	for (; *text; text++)
		n += ((unsigned char)*text & 0xC0) != 0x80;
	return n;
}

const char *attrs_comment(struct resolver *r, const struct tree_attr_list *attrs, size_t limit)
{
	const struct tree_attr *attr = tree_find_attr(attrs, ATTR_COMMENT);
	if (!attr || !attr->expr || attr->expr->kind != EXPR_STRING)
		return "";
	size_t n = count_characters(attr->expr->text);
	if (n > limit)
		scope_error(r, "comment", attr->span,
			    "the comment has %zu characters, a server keeps %zu here", n, limit);
	return attr->expr->text;
}

/* --- rare options ------------------------------------------------------------------------------- */

void attrs_options(struct resolver *r, const struct tree_attr_list *attrs, char where,
		   const char *engine, struct option_list *options)
{
	for (size_t i = 0; i < attrs->n; i++) {
		const struct tree_attr *attr = &attrs->items[i];
		if (option_is_kind(attr->kind) && strchr(places[attr->kind], where))
			option_take(r->arena, options, attr->kind, engine,
				    attr_text(r->arena, attr));
	}
}

struct tree_attr attrs_make(struct context *ctx, struct arena *arena, enum tree_attr_kind kind,
			    const char *value)
{
	struct tree_attr attr = { .kind = kind };
	switch (tree_attr_value(kind)) {
	case VALUE_WORD:
		attr.word.name = ctx_name(ctx, value);
		break;
	case VALUE_STRING:
		attr.expr = expr_string(arena, value, strlen(value));
		break;
	case VALUE_EXPR:
		attr.expr = parse_expr(ctx, arena, value, strlen(value), SYNTAX_MODEL);
		attr.parenthesised = true;
		break;
	case VALUE_NONE:
	case VALUE_REFERENCE:
	case VALUE_TARGETS:
		break;
	}
	return attr;
}

void attrs_from_options(struct context *ctx, struct arena *arena, const struct option_list *options,
			struct tree_attr_list *attrs)
{
	for (size_t i = 0; i < options->n; i++)
		LIST_PUSH(arena, attrs,
			  attrs_make(ctx, arena, options->items[i].kind, options->items[i].value));
}
