#include "dsl/limit_expr.h"

/* The expression of one column, and the server's errors for it. */
struct limit {
	struct resolver *r;
	const struct table *table;
	const struct column *column;
	const char *what;
	size_t at;
	int uncomputed;     /* what it uses is computed later */
	int auto_increment; /* 0: it may use such a column */
};

static bool is_mysql(const struct limit *l)
{
	return l->r->server->flavour == FLAVOUR_MYSQL;
}

/* Is the column computed when its turn comes, and not with the ordinary ones? MariaDB computes
 * defaults with those, but for one that wants itself. */
static bool is_computed(const struct limit *l, const struct column *used)
{
	return used->generated ||
	       (used->default_kind == DEFAULT_EXPR && (is_mysql(l) || used == l->column));
}

static void check_use(const struct expr *expr, void *data)
{
	const struct limit *l = data;
	int at = table_column_at(l->table, expr->name);
	if (at < 0)
		return;
	const struct column *used = l->table->columns.items[at];
	if (used->auto_increment && l->auto_increment) {
		struct diag *diag = scope_error(
			l->r, "expression", l->column->span,
			"the %s of '%s' can't use auto_increment column '%s' (error %d)", l->what,
			l->column->name->text, used->name->text, l->auto_increment);
		ctx_place(l->r->ctx, diag, used->span, "auto_increment");
	}
	if ((size_t)at < l->at || !is_computed(l, used))
		return;
	if (used == l->column) {
		scope_error(l->r, "expression", l->column->span,
			    "the %s of '%s' uses the column itself (error %d)", l->what,
			    l->column->name->text, l->uncomputed);
		return;
	}
	struct diag *diag =
		scope_error(l->r, "expression", l->column->span,
			    "the %s of '%s' uses '%s', which is computed after it (error %d)",
			    l->what, l->column->name->text, used->name->text, l->uncomputed);
	ctx_place(l->r->ctx, diag, used->span, used->generated ? "generated" : "its default");
	ctx_hint(l->r->ctx, diag, "move '%s' before '%s'", used->name->text, l->column->name->text);
}

static void check_expr(struct limit *l)
{
	const struct column *column = l->column;
	const struct expr *expr = column->generated;
	if (expr) {
		l->what = "expression";
		l->uncomputed = is_mysql(l) ? 3107 : 4029;
		l->auto_increment = is_mysql(l) ? 3109 : column->stored ? 1901 : 0;
	} else if (column->default_kind == DEFAULT_EXPR) {
		expr = column->default_value;
		l->what = "default";
		l->uncomputed = is_mysql(l) ? 3767 : 4029;
		l->auto_increment = is_mysql(l) ? 3768 : 1901;
	}
	if (expr)
		expr_each_column(expr, check_use, l);
}

void limit_expr(struct resolver *r, const struct table *table)
{
	for (size_t i = 0; i < table->columns.n; i++) {
		struct limit limit = { .r = r, .table = table, .at = i };
		limit.column = table->columns.items[i];
		check_expr(&limit);
	}
}
