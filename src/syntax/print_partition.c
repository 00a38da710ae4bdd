/* partition by …: in a table one partition a line, elsewhere all on one line. */
#include "syntax/print.h"

#include "base/buf.h"
#include "syntax/print_parts.h"

static bool is_maxvalue(const struct expr *e)
{
	return e->kind == EXPR_COLUMN && !e->args.n && word_equal(e->name->text, "maxvalue");
}

/* less than (1, 'a') is a row or a list: the same text; in ((1, 'a'), …) keeps its rows. */
static void add_bounds(struct buf *out, const struct tree_partition_def *def)
{
	const struct expr_list *bounds = &def->bounds;
	bool one = bounds->n == 1;

	if (def->values == VALUES_LESS_THAN && one && is_maxvalue(bounds->items[0])) {
		buf_add(out, "maxvalue");
		return;
	}
	if (def->values == VALUES_LESS_THAN && one && bounds->items[0]->kind == EXPR_ROW) {
		expr_print(out, bounds->items[0], EXPR_MODEL);
		return;
	}
	buf_add_char(out, '(');
	for (size_t i = 0; i < bounds->n; i++) {
		buf_add(out, i ? ", " : "");
		expr_print(out, bounds->items[i], EXPR_MODEL);
	}
	buf_add_char(out, ')');
}

static void add_defs(struct buf *out, const struct tree_partition_def *defs, size_t n, bool sub,
		     int level, const struct tree_comment_list *dangling);

static void add_def(struct buf *out, const struct tree_partition_def *def, bool sub, int level)
{
	buf_add(out, sub ? "subpartition " : "partition ");
	print_name(out, def->name.name, false);
	if (def->is_default)
		buf_add(out, " default");
	else if (def->is_current)
		buf_add(out, " current");
	else if (def->is_history)
		buf_add(out, " history");
	else if (def->values != VALUES_NONE)
		buf_add(out, def->values == VALUES_IN ? " values in " : " values less than ");
	if (!def->is_default && def->values != VALUES_NONE)
		add_bounds(out, def);
	print_attrs(out, &def->attrs);
	if (!def->subpartitions.n)
		return;
	buf_add(out, " (");
	if (level >= 0 && def->notes)
		print_trailing(out, &def->notes->trailing);
	add_defs(out, def->subpartitions.items, def->subpartitions.n, true, level,
		 def->notes ? &def->notes->dangling : NULL);
	buf_add_char(out, ')');
}

/* `level` is of the line that opens the parenthesis. */
static void add_defs(struct buf *out, const struct tree_partition_def *defs, size_t n, bool sub,
		     int level, const struct tree_comment_list *dangling)
{
	for (size_t i = 0; i < n; i++) {
		const struct tree_partition_def *def = &defs[i];
		const struct tree_notes *notes = level < 0 ? NULL : def->notes;

		if (level >= 0)
			buf_add_char(out, '\n');
		if (notes)
			print_comments(out, &notes->before, level + 1, i == 0);
		if (level >= 0)
			buf_add_repeat(out, ' ', (size_t)(level + 1) * PRINT_INDENT);
		add_def(out, def, sub, level < 0 ? level : level + 1);
		if (i + 1 < n)
			buf_add(out, level < 0 ? ", " : ",");
		if (notes)
			print_trailing(out,
				       def->subpartitions.n ? &notes->closing : &notes->trailing);
	}
	if (level < 0)
		return;
	buf_add_char(out, '\n');
	if (dangling)
		print_comments(out, dangling, level + 1, n == 0);
	buf_add_repeat(out, ' ', (size_t)level * PRINT_INDENT);
}

static void add_method(struct buf *out, const struct name *method, bool linear, unsigned algorithm,
		       const struct expr *expr, const struct tree_ident_list *columns)
{
	buf_printf(out, "%s%s", linear ? "linear " : "", method->key->text);
	if (algorithm)
		buf_printf(out, " algorithm = %u", algorithm);
	if (expr) {
		buf_add(out, " (");
		expr_print(out, expr, EXPR_MODEL);
		buf_add_char(out, ')');
	} else if (columns->n || word_equal(method->text, "key")) {
		buf_add_char(out, ' ');
		print_name_list(out, columns);
	}
}

static void add_head(struct buf *out, const struct tree_partition *partition)
{
	buf_add(out, "partition by ");
	add_method(out, partition->method, partition->linear, partition->algorithm, partition->expr,
		   &partition->columns);
	if (partition->interval)
		buf_printf(out, " %s", partition->interval);
	if (partition->count)
		buf_printf(out, " partitions %u", partition->count);
	if (partition->sub_method) {
		buf_add(out, " subpartition by ");
		add_method(out, partition->sub_method, partition->sub_linear, 0,
			   partition->sub_expr, &partition->sub_columns);
	}
	if (partition->sub_count)
		buf_printf(out, " subpartitions %u", partition->sub_count);
}

void print_partition_at(struct buf *out, const struct tree_partition *partition, int level,
			const struct tree_item *item)
{
	add_head(out, partition);
	if (partition->defs.n) {
		buf_add(out, " (");
		print_trailing(out, item ? &item->trailing : NULL);
		add_defs(out, partition->defs.items, partition->defs.n, false, level,
			 item ? &item->dangling : NULL);
		buf_add_char(out, ')');
	}
	if (partition->managed_externally)
		buf_add(out, " managed externally");
	if (partition->keeping_rows)
		buf_add(out, " keeping rows");
	if (item)
		print_trailing(out, partition->defs.n ? &item->closing : &item->trailing);
}

void print_partition(struct buf *out, const struct tree_partition *partition)
{
	print_partition_at(out, partition, PRINT_ONE_LINE, NULL);
}
