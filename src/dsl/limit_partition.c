#include "dsl/limit_partition.h"

#include <string.h>

#include "base/buf.h"
#include "model/number.h"
#include "model/partition.h"

#define MAX_PARTITIONS 8192 /* 1024 before MySQL 5.6.7 */
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* What the checks of one partitioning carry along. */
struct limit {
	struct resolver *r;
	const struct table *table;
	const struct tree_partition *partition;
};

static struct span place_of(struct span span, struct span instead)
{
	return span.src ? span : instead;
}

static bool is_columns(const struct tree_partition *partition)
{
	return partition->columns.n && !word_equal(partition->method->text, "key");
}

/* --- keys --------------------------------------------------------------------------------------- */

struct cover {
	const struct index *index;
	const struct name *missing;
};

static void look_covered(const struct expr *expr, void *data)
{
	struct cover *cover = data;
	for (size_t i = 0; i < cover->index->parts.n; i++)
		if (name_equal(cover->index->parts.items[i].column, expr->name) &&
		    !cover->index->parts.items[i].length)
			return;
	if (expr->name)
		cover->missing = expr->name;
}

static void look_columns_covered(const struct tree_ident_list *columns, struct cover *cover)
{
	for (size_t i = 0; i < columns->n; i++) {
		struct expr column = { .kind = EXPR_COLUMN, .name = columns->items[i].name };
		look_covered(&column, cover);
	}
}

/* KEY () is by the primary key. */
static void look_key_covered(const struct limit *l, struct cover *cover)
{
	const struct index *primary = table_primary_key(l->table);
	for (size_t i = 0; primary && i < primary->parts.n; i++) {
		struct expr column = { .kind = EXPR_COLUMN,
				       .name = primary->parts.items[i].column };
		look_covered(&column, cover);
	}
}

static void check_unique(const struct limit *l, const struct index *index)
{
	const struct tree_partition *partition = l->partition;
	struct cover cover = { index, NULL };
	if (partition->sub_expr)
		expr_each_column(partition->sub_expr, look_covered, &cover);
	look_columns_covered(&partition->sub_columns, &cover);
	if (partition->expr)
		expr_each_column(partition->expr, look_covered, &cover);
	look_columns_covered(&partition->columns, &cover);
	if (word_equal(partition->method->text, "key") && !partition->columns.n)
		look_key_covered(l, &cover);
	if (!cover.missing)
		return;
	struct diag *diag =
		scope_error(l->r, "partition", index->span,
			    "the key '%s' lacks column '%s' of the partitioning (error 1503)",
			    index->name->text, cover.missing->text);
	ctx_place(l->r->ctx, diag, partition->span, "partitioned by it");
}

static void check_keys(const struct limit *l)
{
	for (size_t i = 0; i < l->table->indexes.n; i++) {
		const struct index *index = l->table->indexes.items[i];
		if (index_is_unique(index))
			check_unique(l, index);
		if (index->kind == KEY_FULLTEXT &&
		    !server_has(l->r->server, CAP_FULLTEXT_PARTITIONED))
			scope_error(l->r, "partition", index->span, "%s refuses %s (error %d)",
				    scope_server(l->r), capability_text(CAP_FULLTEXT_PARTITIONED),
				    server_refusal(l->r->server, CAP_FULLTEXT_PARTITIONED));
	}
	if (word_equal(l->partition->method->text, "key") && !l->partition->columns.n) {
		bool unique = table_primary_key(l->table) != NULL;
		for (size_t i = 0; i < l->table->indexes.n; i++)
			unique |= l->table->indexes.items[i]->kind == KEY_UNIQUE;
		if (!unique)
			scope_error(l->r, "partition", l->partition->span,
				    "key () is by the primary key, which table '%s' has not "
				    "(error 1488)",
				    l->table->name->text);
	}
}

/* --- what it is by ------------------------------------------------------------------------------ */

/* Those that servers allow (error 1564 for any other), in the names of the normal form. */
static bool is_allowed_call(const struct expr *call)
{
	static const char *const functions[] = {
		"abs",         "ceiling",     "datediff", "day",        "dayofweek",
		"dayofyear",   "extract",     "floor",    "from_days",  "hour",
		"microsecond", "minute",      "mod",      "month",      "quarter",
		"second",      "time_to_sec", "to_days",  "to_seconds", "unix_timestamp",
		"weekday",     "year",        "yearweek", "dayofmonth", "ceil",
	};
	for (size_t i = 0; i < COUNT(functions); i++)
		if (word_equal(call->name->text, functions[i]))
			return true;
	return false;
}

static bool is_allowed_operator(const struct expr *expr)
{
	static const char *const operators[] = { "+", "-", "*", "%", "mod", "div" };
	for (size_t i = 0; i < COUNT(operators); i++)
		if (word_equal(expr->name->text, operators[i]))
			return true;
	return false;
}

/* The first node that no server allows; NULL: none. */
static const struct expr *find_forbidden(const struct expr *expr)
{
	bool ok = true;
	switch ((int)expr->kind) {
	case EXPR_CALL:
		ok = is_allowed_call(expr);
		break;
	case EXPR_UNARY:
	case EXPR_BINARY:
		ok = is_allowed_operator(expr);
		break;
	case EXPR_COLUMN:
	case EXPR_NUMBER:
	case EXPR_STRING:
	case EXPR_TEMPORAL:
	case EXPR_OPAQUE: /* the unit of extract() */
	case EXPR_NULL:
	case EXPR_BOOL:
	case EXPR_HEX:
		return NULL;
	default:
		ok = false;
	}
	if (!ok)
		return expr;
	for (size_t i = 0; i < expr->args.n; i++) {
		const struct expr *found = find_forbidden(expr->args.items[i]);
		if (found)
			return found;
	}
	return NULL;
}

struct by_column {
	const struct limit *l;
	bool any;
};

/* Timestamps are of another time in another session's zone. */
static void look_timestamp(const struct expr *expr, void *data)
{
	struct by_column *by = data;
	const struct column *column = table_column(by->l->table, expr->name);
	by->any = true;
	if (column && type_class(&column->type) == CLASS_TIMESTAMP)
		scope_error(
			by->l->r, "partition", place_of(expr->span, by->l->partition->span),
			"timestamp column '%s' may stand in unix_timestamp() alone (error 1486)",
			column->name->text);
}

static void check_expr(const struct limit *l, const struct expr *expr)
{
	struct by_column by = { l, false };
	const struct expr *forbidden = find_forbidden(expr);
	struct span span = l->partition->span;
	if (forbidden) {
		struct buf text = { 0 };
		expr_print(&text, forbidden, EXPR_MODEL);
		struct diag *diag = scope_error(l->r, "partition", place_of(forbidden->span, span),
						"'%s' can't stand in a partitioning (error 1564)",
						buf_text(&text));
		ctx_hint(l->r->ctx, diag, "a stored generated column can hold it");
		buf_free(&text);
		return;
	}
	if (expr->kind == EXPR_COLUMN) {
		const struct column *column = table_column(l->table, expr->name);
		enum type_class class = column ? type_class(&column->type) : CLASS_INTEGER;
		if (class != CLASS_INTEGER && class != CLASS_YEAR && class != CLASS_BIT) {
			struct diag *diag = scope_error(
				l->r, "partition", place_of(expr->span, span),
				"column '%s' is no integer to partition by (error 1659)",
				column->name->text);
			ctx_hint(l->r->ctx, diag,
				 "range columns (…), list columns (…) and key (…) "
				 "take other types");
			return;
		}
	}
	bool plain = expr->kind == EXPR_CALL && word_equal(expr->name->text, "unix_timestamp") &&
		     expr->args.n == 1 && expr->args.items[0]->kind == EXPR_COLUMN;
	if (plain)
		return;
	expr_each_column(expr, look_timestamp, &by);
	if (!by.any)
		scope_error(l->r, "partition", span,
			    "a table is not partitioned by a constant (error 1486)");
}

static void check_columns(const struct limit *l, const struct tree_ident_list *columns, bool key)
{
	static const enum type_class in_columns[] = { CLASS_INTEGER, CLASS_DATE,   CLASS_DATETIME,
						      CLASS_TIME,    CLASS_STRING, CLASS_BINARY,
						      CLASS_OTHER };
	for (size_t i = 0; i < columns->n; i++) {
		const struct column *column = table_column(l->table, columns->items[i].name);
		struct span span = place_of(columns->items[i].span, l->partition->span);
		enum type_class class = column ? type_class(&column->type) : CLASS_INTEGER;
		bool large = class == CLASS_TEXT || class == CLASS_BLOB || class == CLASS_JSON ||
			     class == CLASS_SPATIAL;
		bool ok = key && !large;
		for (size_t j = 0; !key && j < COUNT(in_columns); j++)
			ok |= class == in_columns[j];
		if (!ok)
			scope_error(l->r, "partition", span,
				    "column '%s' has a type that nothing is partitioned by "
				    "(error %d)",
				    column->name->text, large ? 1502 : 1659);
	}
}

/* --- bounds ------------------------------------------------------------------------------------- */

static void bound_error(const struct limit *l, const struct tree_partition_def *def,
			const struct expr *bound, const char *text)
{
	scope_error(l->r, "partition", place_of(bound->span, def->span), "%s", text);
}

/* One value of one column, or of the expression (column NULL). */
static void check_value(const struct limit *l, const struct tree_partition_def *def,
			const struct expr *bound, const struct column *column)
{
	bool in = def->values == VALUES_IN;
	enum type_class class = column ? type_class(&column->type) : CLASS_INTEGER;
	if (partition_is_maxvalue(bound)) {
		if (in)
			bound_error(l, def, bound, "maxvalue is no value of a list (error 1656)");
	} else if (bound->kind == EXPR_NULL) {
		if (!in)
			bound_error(l, def, bound, "null is less than every bound (error 1566)");
	} else if (!partition_is_constant(bound)) {
		struct diag *diag = scope_error(
			l->r, "partition", place_of(bound->span, def->span),
			"what this bound is can't be computed here (error 1564, or 1697)");
		ctx_hint(l->r->ctx, diag, "write the value that it stands for");
	} else if (class == CLASS_INTEGER && bound->kind != EXPR_NUMBER) {
		bound_error(l, def, bound,
			    column ? "the column takes whole numbers (error 1654)"
				   : "a bound is a whole number here (error 1697)");
	} else if (class != CLASS_INTEGER && bound->kind == EXPR_NUMBER) {
		bound_error(l, def, bound, "the column takes no number as a bound (error 1654)");
	} else if (bound->kind == EXPR_HEX && class == CLASS_STRING) {
		bound_error(l, def, bound, "the column takes text: write it as such (error 1654)");
	} else if (class == CLASS_INTEGER && bound->text[0] == '-' && column &&
		   column->type.is_unsigned) {
		bound_error(l, def, bound,
			    "an unsigned column has no negative values (error 1654)");
	}
}

/* A row of as many values as there are columns. */
static void check_row(const struct limit *l, const struct tree_partition_def *def,
		      struct expr *const *values, size_t n)
{
	const struct tree_ident_list *columns = &l->partition->columns;
	bool by_columns = is_columns(l->partition);
	if (n != (by_columns ? columns->n : 1)) {
		scope_error(l->r, "partition", def->span,
			    "partition '%s' gives %zu values for %zu columns (error 1653, or 1064)",
			    def->name.name->text, n, by_columns ? columns->n : 1);
		return;
	}
	for (size_t i = 0; i < n; i++)
		check_value(l, def, values[i],
			    by_columns ? table_column(l->table, columns->items[i].name) : NULL);
}

static void check_values(const struct limit *l, const struct tree_partition_def *def)
{
	if (def->values == VALUES_LESS_THAN) {
		check_row(l, def, def->bounds.items, def->bounds.n);
		return;
	}
	for (size_t i = 0; i < def->bounds.n; i++) {
		struct expr *value = def->bounds.items[i];
		if (value->kind == EXPR_ROW)
			check_row(l, def, value->args.items, value->args.n);
		else
			check_row(l, def, &value, 1);
	}
}

/* What partitions of the method say: less than, in, or nothing. */
static void check_kind(const struct limit *l, const struct tree_partition_def *def)
{
	bool range = partition_is_range(l->partition), list = partition_is_list(l->partition);
	bool said = range  ? def->values == VALUES_LESS_THAN
		    : list ? def->values == VALUES_IN || def->is_default
			   : def->values == VALUES_NONE && !def->is_default;
	if (!said)
		scope_error(l->r, "partition", def->span, "partition '%s' of %s says %s",
			    def->name.name->text, l->partition->method->text,
			    range  ? "values less than … (error 1479, or 1064)"
			    : list ? "values in (…) (error 1479, or 1064)"
				   : "no values (error 1480)");
	if (def->is_default && !server_has(l->r->server, CAP_PARTITION_DEFAULT))
		scope_error(l->r, "target", def->span, "%s refuses %s (error %d)",
			    scope_server(l->r), capability_text(CAP_PARTITION_DEFAULT),
			    server_refusal(l->r->server, CAP_PARTITION_DEFAULT));
}

/* --- lists -------------------------------------------------------------------------------------- */

/* Of numbers and MAXVALUE alone: is `b` not above `a`? Texts are in the order of a collation. */
static bool is_not_above(const struct expr *a, const struct expr *b)
{
	struct number x, y;
	if (partition_is_maxvalue(a))
		return true;
	if (a->kind != EXPR_NUMBER || b->kind != EXPR_NUMBER ||
	    !number_parse(&x, a->text, a->len) || !number_parse(&y, b->text, b->len))
		return expr_equal(a, b);
	if (x.negative != y.negative)
		return y.negative;
	int order = number_compare(&x, &y);
	return x.negative ? order <= 0 : order >= 0;
}

static void check_ascending(const struct limit *l)
{
	const struct tree_partition_def_list *defs = &l->partition->defs;
	for (size_t i = 1; i < defs->n; i++) {
		const struct tree_partition_def *a = &defs->items[i - 1], *b = &defs->items[i];
		if (a->bounds.n != 1 || b->bounds.n != 1 ||
		    !is_not_above(a->bounds.items[0], b->bounds.items[0]))
			continue;
		bool most = partition_is_maxvalue(a->bounds.items[0]);
		struct diag *diag = scope_error(
			l->r, "partition", b->span,
			most ? "maxvalue is the bound of the last partition (error 1481)"
			     : "the bounds of partitions have to ascend (error 1493)");
		ctx_place(l->r->ctx, diag, a->span, "after this one");
	}
}

static void check_value_twice(const struct limit *l, size_t at, const struct expr *value)
{
	for (size_t i = 0; i <= at; i++) {
		const struct tree_partition_def *def = &l->partition->defs.items[i];
		for (size_t j = 0; j < def->bounds.n; j++) {
			const struct expr *other = def->bounds.items[j];
			if (other == value)
				return;
			if (!expr_equal(other, value))
				continue;
			struct diag *diag = scope_error(
				l->r, "partition",
				place_of(value->span, l->partition->defs.items[at].span),
				"two partitions take this value (error 1495)");
			ctx_place(l->r->ctx, diag, place_of(other->span, def->span), "first here");
			return;
		}
	}
}

static void check_name(const struct limit *l, struct map *seen,
		       const struct tree_partition_def *def)
{
	const struct tree_partition_def *other = map_get(seen, def->name.name->key);
	if (other) {
		struct diag *diag = scope_error(l->r, "partition", def->span,
						"two partitions are called '%s' (error 1517)",
						def->name.name->text);
		ctx_place(l->r->ctx, diag, other->span, "first here");
		return;
	}
	map_put(l->r->arena, seen, def->name.name->key, (void *)def);
}

static void check_list(const struct limit *l)
{
	const struct tree_partition_def_list *defs = &l->partition->defs;
	struct map names = { 0 };
	for (size_t i = 0; i < defs->n; i++) {
		const struct tree_partition_def *def = &defs->items[i];
		check_name(l, &names, def);
		for (size_t j = 0; j < def->subpartitions.n; j++)
			check_name(l, &names, &def->subpartitions.items[j]);
		if (!partition_is_by_time(l->partition))
			check_kind(l, def);
		check_values(l, def);
		for (size_t j = 0; def->values == VALUES_IN && j < def->bounds.n; j++)
			check_value_twice(l, i, def->bounds.items[j]);
	}
	if (partition_is_range(l->partition))
		check_ascending(l);
	if (!defs->n && (partition_is_range(l->partition) || partition_is_list(l->partition)))
		scope_error(l->r, "partition", l->partition->span,
			    "the partitions of %s have to be listed (error 1492)",
			    l->partition->method->text);
	size_t n = defs->n ? defs->n : l->partition->count;
	if (n > MAX_PARTITIONS)
		scope_error(l->r, "partition", l->partition->span,
			    "%zu partitions are too many: the most are %d (error 1499)", n,
			    MAX_PARTITIONS);
}

void limit_partition(struct resolver *r, const struct table *table)
{
	struct limit l = { r, table, table->partition };
	if (!l.partition)
		return;
	if (l.partition->expr)
		check_expr(&l, l.partition->expr);
	if (l.partition->sub_expr)
		check_expr(&l, l.partition->sub_expr);
	check_columns(&l, &l.partition->columns, !is_columns(l.partition));
	check_columns(&l, &l.partition->sub_columns, true);
	check_keys(&l);
	check_list(&l);
}
