#include "dsl/resolve_column.h"

#include <string.h>

#include "dsl/attrs.h"
#include "dsl/resolve_type.h"
#include "model/normal.h"

#define COMMENT_LIMIT 1024 /* characters; error 1629 */

/* --- defaults ----------------------------------------------------------------------------------- */

static bool is_literal(const struct expr *expr)
{
	static const enum expr_kind kinds[] = { EXPR_NULL, EXPR_BOOL, EXPR_NUMBER,  EXPR_STRING,
						EXPR_HEX,  EXPR_BIT,  EXPR_TEMPORAL };
	if (expr->kind == EXPR_UNARY)
		return expr->args.n == 1 && expr->args.items[0]->kind == EXPR_NUMBER &&
		       (!strcmp(expr->name->text, "-") || !strcmp(expr->name->text, "+"));
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (expr->kind == kinds[i])
			return true;
	return false;
}

/* current_timestamp and its other names, with or without parentheses; the fsp in *fsp. */
static bool is_now(const struct expr *expr, int *fsp)
{
	static const char *const names[] = { "current_timestamp", "now", "localtime",
					     "localtimestamp" };
	*fsp = 0;
	if ((expr->kind != EXPR_CALL && expr->kind != EXPR_COLUMN) || !expr->name)
		return false;
	if (expr->args.n > 1 || (expr->kind == EXPR_COLUMN && expr->args.n))
		return false;
	if (expr->args.n) {
		const struct expr *arg = expr->args.items[0];
		if (arg->kind != EXPR_NUMBER || !arg->text[0] || arg->text[1])
			return false;
		*fsp = arg->text[0] - '0';
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (word_equal(expr->name->text, names[i]))
			return true;
	return false;
}

static bool keeps_now(const struct column *column)
{
	enum type_class class = type_class(&column->type);
	return class == CLASS_DATETIME || class == CLASS_TIMESTAMP;
}

/* current_timestamp(n) must have the fraction of its column: error 1067 or 1294. */
static void report_fsp(struct resolver *r, const struct draft_column *draft, struct span span,
		       const char *words)
{
	int fsp = draft->column->type.decimals;
	struct diag *diag = scope_error(r, "default", span,
					"column '%s' has a fraction of %d digits, its '%s' another",
					column_words(r, draft), fsp, words);
	if (fsp > 0)
		ctx_hint(r->ctx, diag, "%s current_timestamp(%d)", words, fsp);
	else
		ctx_hint(r->ctx, diag, "%s current_timestamp", words);
}

static void take_literal(struct resolver *r, const struct draft_column *draft,
			 const struct tree_attr *attr)
{
	struct column *column = draft->column;
	if (attr->expr->kind == EXPR_NULL) {
		if (!column->nullable) {
			struct diag *diag =
				scope_error(r, "default", attr->span,
					    "column '%s' is NOT NULL, its default can't "
					    "be null",
					    column_words(r, draft));
			ctx_hint(r->ctx, diag, "null, if it may be NULL");
		}
		return;
	}
	column->default_kind = DEFAULT_LITERAL;
	column->default_value =
		normal_default(r->ctx, r->arena, r->server, &column->type, attr->expr);
	if (!column->default_value)
		r->failed = true;
}

static void take_default(struct resolver *r, const struct draft_column *draft)
{
	struct column *column = draft->column;
	const struct tree_attr *attr = tree_find_attr(&draft->attrs, ATTR_DEFAULT);
	int fsp;
	if (!attr || !attr->expr)
		return;
	bool bare = !attr->parenthesised;
	/* DEFAULT (0) is an expression on MySQL, the same as DEFAULT 0 on MariaDB */
	if (is_literal(attr->expr) && (bare || r->server->flavour == FLAVOUR_MARIADB)) {
		take_literal(r, draft, attr);
		return;
	}
	if (is_now(attr->expr, &fsp) && keeps_now(column)) {
		/* in parentheses MariaDB takes the column's fraction whatever it says */
		bool takes_any = !bare && r->server->flavour == FLAVOUR_MARIADB;
		if (fsp == column->type.decimals || takes_any) {
			column->default_kind = DEFAULT_NOW;
			return;
		}
		if (bare) {
			report_fsp(r, draft, attr->span, "default");
			return;
		}
	}
	column->default_kind = DEFAULT_EXPR;
	column->default_value = normal_expr(r->ctx, r->arena, r->server, attr->expr);
}

static void take_on_update(struct resolver *r, const struct draft_column *draft)
{
	const struct tree_attr *attr = tree_find_attr(&draft->attrs, ATTR_ON_UPDATE);
	int fsp;
	if (!attr)
		return;
	if (!attr->expr || !is_now(attr->expr, &fsp)) {
		struct diag *diag = scope_error(r, "default", attr->span,
						"'on update' of a column takes current_timestamp");
		if (attrs_has(&draft->attrs, ATTR_REFERENCES))
			ctx_hint(r->ctx, diag,
				 "of a foreign key: restrict, cascade, set null, no action");
	} else if (!keeps_now(draft->column))
		scope_error(r, "default", attr->span,
			    "only a datetime or timestamp can be set on update, '%s' is none",
			    column_words(r, draft));
	else if (fsp != draft->column->type.decimals)
		report_fsp(r, draft, attr->span, "on update");
	else
		draft->column->on_update_now = true;
}

/* Without the setting, such a column silently gets defaults of its own (MySQL manual,
 * explicit_defaults_for_timestamp). */
static void check_timestamp(struct resolver *r, const struct draft_column *draft)
{
	const struct column *column = draft->column;
	if (r->single || r->server->explicit_defaults_for_timestamp ||
	    type_class(&column->type) != CLASS_TIMESTAMP || column->nullable || column->generated ||
	    column->default_kind != DEFAULT_NONE || attrs_has(&draft->attrs, ATTR_ROW_START) ||
	    attrs_has(&draft->attrs, ATTR_ROW_END))
		return;
	struct diag *diag =
		scope_error(r, "timestamp", draft->item->span,
			    "'%s' is a timestamp without default: %s would give it one of its own",
			    column_words(r, draft), scope_server(r));
	const char *now =
		column->type.decimals > 0
			? arena_printf(r->arena, "current_timestamp(%d)", column->type.decimals)
			: "current_timestamp";
	ctx_hint(r->ctx, diag, "default %s, for the time at which a row is inserted", now);
	ctx_hint(r->ctx, diag, "null, for no time unless one is given");
}

/* --- the rest ----------------------------------------------------------------------------------- */

static void take_generated(struct resolver *r, const struct draft_column *draft)
{
	const struct tree_attr *attr = tree_find_attr(&draft->attrs, ATTR_AS);
	struct column *column = draft->column;
	static const enum tree_attr_kind kinds[] = { ATTR_VIRTUAL, ATTR_STORED };
	if (attr && attr->expr) {
		column->generated = normal_expr(r->ctx, r->arena, r->server, attr->expr);
		column->stored = attrs_has(&draft->attrs, ATTR_STORED);
		return;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const struct tree_attr *alone = tree_find_attr(&draft->attrs, kinds[i]);
		if (alone)
			scope_error(r, "generated", alone->span,
				    "'%s' belongs to a generated column: as (…) %s",
				    tree_attr_spelling(kinds[i]), tree_attr_spelling(kinds[i]));
	}
}

/* NOT NULL unless it says `null`; a generated one that says nothing is what every server here can
 * make: MariaDB knows no NOT NULL on generated columns (1064). */
static void take_nullable(struct resolver *r, const struct draft_column *draft)
{
	const struct tree_attr *said = tree_find_attr(&draft->attrs, ATTR_NOT_NULL);
	struct column *column = draft->column;
	column->nullable = attrs_has(&draft->attrs, ATTR_NULL);
	if (!column->generated || !r->generated_nullable)
		return;
	if (!said)
		column->nullable = true;
	else if (!server_has(r->server, CAP_GENERATED_NOT_NULL))
		scope_error(r, "target", said->span,
			    "%s refuses NOT NULL on a generated column (error 1064)",
			    scope_server(r));
}

static void take_auto_increment(struct resolver *r, const struct draft_column *draft)
{
	const struct tree_attr *attr = tree_find_attr(&draft->attrs, ATTR_AUTO_INCREMENT);
	struct column *column = draft->column;
	if (!attr)
		return;
	enum type_class class = type_class(&column->type);
	bool real = class == CLASS_FLOAT &&
		    (r->single || server_has(r->server, CAP_AUTO_INCREMENT_FLOAT));
	if (class != CLASS_INTEGER && !real)
		scope_error(r, "auto-increment", attr->span,
			    "only an integer can be auto_increment, '%s' is none (error 1063)",
			    column_words(r, draft));
	column->auto_increment = true;
}

static void take_names(struct resolver *r, const struct draft_column *draft)
{
	const struct tree_attr *was = tree_find_attr(&draft->attrs, ATTR_WAS);
	const struct tree_attr *backfill = tree_find_attr(&draft->attrs, ATTR_BACKFILL);
	struct column *column = draft->column;
	if (backfill)
		column->backfill = backfill->expr;
	if (!was)
		return;
	scope_check_name(r, "column", was->word);
	if (name_equal(was->word.name, column->name))
		scope_error(r, "was", was->span, "column '%s' was called so all along",
			    column_words(r, draft));
	column->was = was->word.name;
}

static bool make_column(struct resolver *r, struct draft_column *draft)
{
	const struct tree_item *item = draft->item;
	struct column *column = ARENA_NEW(r->arena, struct column);
	const char *what = arena_printf(r->arena, "column '%s'", column_words(r, draft));
	draft->column = column;
	column->name = item->name.name;
	column->span = item->span;
	bool named = scope_check_name(r, "column", item->name);
	bool fit = attrs_check(r, &item->attrs, 'C', what);
	if (!named || !fit || !type_resolve(r, draft))
		return false;
	take_generated(r, draft);
	take_nullable(r, draft);
	take_default(r, draft);
	take_on_update(r, draft);
	take_auto_increment(r, draft);
	take_names(r, draft);
	check_timestamp(r, draft);
	column->invisible = attrs_has(&draft->attrs, ATTR_INVISIBLE);
	const struct tree_attr *check = tree_find_attr(&draft->attrs, ATTR_CHECK);
	if (check && check->expr && (r->single || column_keeps_check(r, column)))
		column->check = normal_expr(r->ctx, r->arena, r->server, check->expr);
	column->comment = attrs_comment(r, &draft->attrs, COMMENT_LIMIT);
	attrs_options(r, &draft->attrs, 'C', NULL, &column->options);
	return true;
}

bool column_keeps_check(const struct resolver *r, const struct column *column)
{
	/* MariaDB's json is what its own check makes of it: another one would take the place of it */
	return r->column_checks && type_class(&column->type) != CLASS_JSON;
}

bool column_resolve(struct resolver *r, struct draft_column *draft)
{
	if (draft->state == DRAFT_DONE || draft->state == DRAFT_FAILED)
		return draft->state == DRAFT_DONE;
	bool failed = r->failed;
	r->failed = false;
	draft->state = DRAFT_BUSY;
	bool ok = make_column(r, draft) && !r->failed;
	draft->state = ok ? DRAFT_DONE : DRAFT_FAILED;
	r->failed |= failed || !ok;
	return ok;
}

struct column *column_resolve_item(struct resolver *r, const struct tree_item *item)
{
	struct draft_column draft = { .item = item };
	return column_resolve(r, &draft) ? draft.column : NULL;
}
