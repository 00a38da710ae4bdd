/*
 * live_default: COLUMN_DEFAULT as a default.
 *
 * MySQL gives the bare value, and EXTRA says DEFAULT_GENERATED for an expression
 * (8.0.13 and later). MariaDB (10.2.7 and later) gives SQL text: a literal, NULL
 * for a nullable column without default, or an expression.
 */
#include "mysql/live.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "model/normal.h"

/* current_timestamp and its other names with the column's own fraction of a second. */
static bool is_now(const struct column *column, const struct expr *expr)
{
	static const char *const names[] = { "current_timestamp", "now", "localtime",
					     "localtimestamp" };
	enum type_class class = type_class(&column->type);
	int fsp = 0;

	if ((class != CLASS_DATETIME && class != CLASS_TIMESTAMP) || !expr->name ||
	    (expr->kind != EXPR_CALL && expr->kind != EXPR_COLUMN) || expr->args.n > 1)
		return false;
	if (expr->args.n) {
		const struct expr *arg = expr->args.items[0];

		if (arg->kind != EXPR_NUMBER || !isdigit((unsigned char)arg->text[0]) ||
		    arg->text[1])
			return false;
		fsp = arg->text[0] - '0';
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (word_equal(expr->name->text, names[i]))
			return fsp == column->type.decimals;
	}
	return false;
}

static bool is_literal(const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_BOOL:
	case EXPR_NUMBER:
	case EXPR_STRING:
	case EXPR_HEX:
	case EXPR_BIT:
	case EXPR_TEMPORAL:
		return true;
	case EXPR_UNARY:
		return expr->args.n == 1 && expr->args.items[0]->kind == EXPR_NUMBER &&
		       (!strcmp(expr->name->text, "-") || !strcmp(expr->name->text, "+"));
	case EXPR_NULL:
	case EXPR_COLUMN:
	case EXPR_STAR:
	case EXPR_VARIABLE:
	case EXPR_CALL:
	case EXPR_BINARY:
	case EXPR_NOT:
	case EXPR_BETWEEN:
	case EXPR_IN:
	case EXPR_IS:
	case EXPR_CASE:
	case EXPR_ABSENT:
	case EXPR_CAST:
	case EXPR_CONVERT:
	case EXPR_COLLATE:
	case EXPR_INTERVAL:
	case EXPR_ROW:
	case EXPR_OPAQUE:
		break;
	}
	return false;
}

/* A constant in normal form. What the type can't hold is kept as it is: the server holds it. */
void live_default_literal(struct live *live, struct column *column, struct expr *literal)
{
	struct live_mark mark = live_mark(live);
	const struct expr *normal =
		normal_default(live->ctx, live->arena, live->server, &column->type, literal);

	live_rewind(live, mark);
	column->default_kind = DEFAULT_LITERAL;
	column->default_value = normal ? normal : literal;
}

static void set_expr(struct live *live, struct column *column, const struct expr *expr)
{
	if (is_now(column, expr)) {
		column->default_kind = DEFAULT_NOW;
		return;
	}
	column->default_kind = DEFAULT_EXPR;
	column->default_value = normal_expr(live->ctx, live->arena, live->server, expr);
}

static struct expr *literal_of(struct live *live, enum expr_kind kind, const char *text, size_t len)
{
	struct expr *expr = expr_new(live->arena, kind, span_none());

	expr->text = arena_strndup(live->arena, text, len);
	expr->len = len;
	return expr;
}

/* The bare value: b'101' of a bit column, 0x… of bytes (8.0 and later), else the text. */
static struct expr *bare_literal(struct live *live, const struct column *column, const char *text,
				 size_t len)
{
	enum type_class class = type_class(&column->type);
	bool member = (class == CLASS_ENUM || class == CLASS_SET) && column->charset &&
		      word_equal(column->charset->text, "binary");

	if (class == CLASS_BIT && len >= 3 && !strncasecmp(text, "b'", 2))
		return literal_of(live, EXPR_BIT, text + 2, len - 3);
	if ((class == CLASS_BINARY || class == CLASS_BLOB || member) &&
	    live_has(live, LIVE_DEFAULT_HEX) && len >= 2 && !strncasecmp(text, "0x", 2))
		return literal_of(live, EXPR_HEX, text + 2, len - 2);
	return expr_string(live->arena, arena_strndup(live->arena, text, len), len);
}

static bool is_zero_time(const struct expr *expr)
{
	return expr->kind == EXPR_STRING && !strncmp(expr->text, "0000-00-00 00:00:00", 19);
}

/*
 * MariaDB gives columns that are NOT NULL a default of its own, which can't be told from a written
 * one: '' to a COMPRESSED one, zero to one with ON UPDATE. So both are
 * read as none.
 */
static bool is_made_by_server(const struct server *server, const struct column *column,
			      const struct expr *expr)
{
	if (column->nullable || expr->kind != EXPR_STRING)
		return false;
	/* no server leaves it out of a model: there a timestamp without default is an error */
	if (type_class(&column->type) == CLASS_TIMESTAMP &&
	    !server->explicit_defaults_for_timestamp)
		return false;
	return (!expr->len && option_find(&column->options, ATTR_COMPRESSED)) ||
	       (column->on_update_now && is_zero_time(expr));
}

static bool is_current_timestamp(const struct column *column, const char *text)
{
	enum type_class class = type_class(&column->type);

	return (class == CLASS_DATETIME || class == CLASS_TIMESTAMP) &&
	       !strncasecmp(text, "CURRENT_TIMESTAMP", 17);
}

void live_default(struct live *live, struct column *column, const char *text, size_t len,
		  const char *extra)
{
	struct expr *expr;

	if (!text)
		return;
	if (live_has(live, LIVE_DEFAULT_TEXT)) {
		expr = live_parse(live, text, len);
		if (expr->kind == EXPR_NULL || is_made_by_server(live->server, column, expr))
			return;
		if (is_literal(expr))
			live_default_literal(live, column, expr);
		else
			set_expr(live, column, expr);
	} else if (is_current_timestamp(column, text)) {
		column->default_kind = DEFAULT_NOW;
	} else if (strstr(extra, "DEFAULT_GENERATED")) {
		set_expr(live, column, live_parse(live, text, len));
	} else {
		live_default_literal(live, column, bare_literal(live, column, text, len));
	}
}
