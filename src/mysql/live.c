#include "mysql/live.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "mysql/show.h"
#include "model/normal.h"
#include "model/option.h"
#include "syntax/parse.h"

/* Sources: the information_schema chapters of both manuals, and tests/server/test_introspect. */
static const struct {
	enum live_feature feature;
	enum flavour flavour;
	unsigned from;
} features[] = {
	{ LIVE_GENERATED, FLAVOUR_MYSQL, 50706 },
	{ LIVE_GENERATED, FLAVOUR_MARIADB, 100205 },
	{ LIVE_SRS_ID, FLAVOUR_MYSQL, 80003 },
	{ LIVE_GEOMETRY, FLAVOUR_MARIADB, 100102 },
	{ LIVE_DEFAULT_TEXT, FLAVOUR_MARIADB, 100207 },
	{ LIVE_DEFAULT_HEX, FLAVOUR_MYSQL, 80000 },
	{ LIVE_INDEX_EXPR, FLAVOUR_MYSQL, 80013 },
	{ LIVE_INDEX_VISIBLE, FLAVOUR_MYSQL, 80000 },
	{ LIVE_INDEX_IGNORED, FLAVOUR_MARIADB, 100600 },
	{ LIVE_CHECKS, FLAVOUR_MYSQL, 80016 },
	{ LIVE_CHECKS, FLAVOUR_MARIADB, 100310 },
	{ LIVE_CHECK_LEVEL, FLAVOUR_MARIADB, 100510 },
	{ LIVE_TWICE_ENCODED, FLAVOUR_MYSQL, 80000 },
	{ LIVE_HASH_UNIQUE, FLAVOUR_MARIADB, 100400 },
	{ LIVE_VERSIONED, FLAVOUR_MARIADB, 100304 },
	{ LIVE_DEFAULT_BYTES, FLAVOUR_MYSQL, 80000 },
	{ LIVE_DEFAULT_BYTES, FLAVOUR_MARIADB, 101100 },
	{ LIVE_BOUND_BYTES, FLAVOUR_MYSQL, 80000 },
	{ LIVE_BOUND_BYTES, FLAVOUR_MARIADB, 100200 },
	{ LIVE_DICTIONARY, FLAVOUR_MYSQL, 80000 },
	{ LIVE_ENGINE_ATTRIBUTE, FLAVOUR_MYSQL, 80021 },
};

bool live_has(const struct live *live, enum live_feature feature)
{
	for (size_t i = 0; i < sizeof(features) / sizeof(features[0]); i++) {
		if (features[i].feature == feature && features[i].flavour == live->server->flavour)
			return live->server->version >= features[i].from;
	}
	return false;
}

const char *live_if(const struct live *live, enum live_feature feature, const char *a,
		    const char *b)
{
	return live_has(live, feature) ? a : b;
}

/* --- answers ---------------------------------------------------------------------------------- */

bool live_query(struct live *live, struct db_result *result, const char *format, ...)
{
	struct buf buf = { 0 };
	va_list args;
	bool ok;

	va_start(args, format);
	buf_vprintf(&buf, format, args);
	va_end(args);
	ok = db_query(live->db, &live->scratch, buf_text(&buf), result);
	buf_free(&buf);
	return ok;
}

const char *live_literal(struct live *live, const char *text)
{
	struct buf buf = { 0 };

	quote_string(&buf, text, strlen(text));
	return buf_arena(&buf, &live->scratch);
}

const char *live_text(const struct db_row *row, unsigned column)
{
	return row->cells[column] ? row->cells[column] : "";
}

long live_number(const struct db_row *row, unsigned column)
{
	return strtol(live_text(row, column), NULL, 10);
}

bool live_is(const struct db_row *row, unsigned column, const char *word)
{
	return word_equal(live_text(row, column), word);
}

const struct name *live_name(struct live *live, const struct db_row *row, unsigned column)
{
	return row->cells[column] ? ctx_name(live->ctx, row->cells[column]) : NULL;
}

struct table *live_table(struct live *live, const struct db_row *row)
{
	return schema_find_table(live->schema, ctx_name(live->ctx, live_text(row, 0)));
}

static int compare_rows(const void *a, const void *b, void *data)
{
	const struct db_row *x = a, *y = b;
	const struct live_order *order = data;

	for (unsigned i = 0; i < order->n; i++) {
		unsigned column = order->columns[i];
		long difference;

		if (order->numeric & (1U << i))
			difference = live_number(x, column) - live_number(y, column);
		else
			difference = strcmp(live_text(x, column), live_text(y, column));
		if (difference)
			return difference < 0 ? -1 : 1;
	}
	return 0;
}

void live_sort(struct db_result *result, struct live_order order)
{
	if (result->rows.n > 1)
		qsort_r(result->rows.items, result->rows.n, sizeof(result->rows.items[0]),
			compare_rows, &order);
}

/* --- expressions ------------------------------------------------------------------------------ */

struct expr *live_parse(struct live *live, const char *text, size_t len)
{
	enum syntax_dialect dialect =
		live->server->flavour == FLAVOUR_MARIADB ? SYNTAX_MARIADB : SYNTAX_MYSQL;
	struct expr *expr;

	if (live_has(live, LIVE_TWICE_ENCODED))
		text = show_undo_encoding(&live->scratch, text, &len);
	text = arena_strndup(live->arena, text, len);
	expr = parse_expr(live->ctx, live->arena, text, len, dialect);
	if (expr)
		return expr;
	expr = expr_new(live->arena, EXPR_OPAQUE, span_none());
	expr->text = text;
	expr->len = len;
	return expr;
}

const struct expr *live_expr(struct live *live, const char *text, size_t len)
{
	return normal_expr(live->ctx, live->arena, live->server, live_parse(live, text, len));
}

/* --- the model -------------------------------------------------------------------------------- */

struct live_mark live_mark(const struct live *live)
{
	const struct diag_queue *queue = &live->ctx->diags;

	return (struct live_mark){ queue->diags.n, queue->errors, queue->warnings };
}

void live_rewind(struct live *live, struct live_mark mark)
{
	struct diag_queue *queue = &live->ctx->diags;

	queue->diags.n = mark.n;
	queue->errors = mark.errors;
	queue->warnings = mark.warnings;
}

void live_unknown(struct live *live, struct table *table, enum refusal refusal, const char *format,
		  ...)
{
	va_list args;

	if (table->unknown)
		return;
	va_start(args, format);
	table->refusal = refusal;
	table->unknown = arena_vprintf(live->arena, format, args);
	va_end(args);
}

void live_option(struct live *live, struct option_list *options, enum tree_attr_kind kind,
		 const char *value)
{
	option_take(live->arena, options, kind, NULL, value);
}
