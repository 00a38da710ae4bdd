#include "emit/parts.h"

#include "base/buf.h"
#include "base/quote.h"
#include "diff/partition.h"
#include "model/partition.h"

static void add_columns(struct buf *out, const struct tree_ident_list *columns)
{
	buf_add(out, " (");
	for (size_t i = 0; i < columns->n; i++) {
		if (i)
			buf_add(out, ", ");
		quote_name(out, columns->items[i].name);
	}
	buf_add_char(out, ')');
}

static void add_attributes(struct buf *out, const struct tree_attr_list *attrs)
{
	for (size_t i = 0; i < attrs->n; i++) {
		const struct tree_attr *attr = &attrs->items[i];
		buf_add_char(out, ' ');
		parts_option_name(out, attr->kind);
		buf_add(out, attr->kind == ATTR_TABLESPACE ? " " : " = ");
		if (attr->expr)
			expr_print(out, attr->expr, EXPR_SQL);
		else if (attr->kind == ATTR_TABLESPACE && attr->word.name)
			quote_name(out, attr->word.name);
		else if (attr->word.name)
			buf_add(out, attr->word.name->text);
	}
}

static void add_bound(struct buf *out, const struct expr *bound)
{
	if (partition_is_maxvalue(bound))
		buf_add(out, "MAXVALUE");
	else
		expr_print(out, bound, EXPR_SQL);
}

/* A list of columns has rows; a row of one is written as its element. */
/* `in`: the rows of VALUES IN have parentheses of their own, even a single one. */
static void add_bounds(struct buf *out, const struct expr_list *bounds, bool in)
{
	buf_add_char(out, '(');
	for (size_t i = 0; i < bounds->n; i++) {
		const struct expr *bound = bounds->items[i];
		bool row = bound->kind == EXPR_ROW;
		if (i)
			buf_add(out, ", ");
		if (row && in)
			buf_add_char(out, '(');
		for (size_t j = 0; row && j < bound->args.n; j++) {
			if (j)
				buf_add(out, ", ");
			add_bound(out, bound->args.items[j]);
		}
		if (!row)
			add_bound(out, bound);
		if (row && in)
			buf_add_char(out, ')');
	}
	buf_add_char(out, ')');
}

static void add_definition(struct buf *out, const struct tree_partition_def *def, bool sub)
{
	buf_add(out, sub ? "SUBPARTITION " : "PARTITION ");
	quote_name(out, def->name.name);
	if (def->is_default)
		buf_add(out, " DEFAULT");
	else if (def->is_current)
		buf_add(out, " CURRENT");
	else if (def->is_history)
		buf_add(out, " HISTORY");
	else if (def->values == VALUES_LESS_THAN)
		buf_add(out, " VALUES LESS THAN ");
	else if (def->values == VALUES_IN)
		buf_add(out, " VALUES IN ");
	if (def->values != VALUES_NONE && !def->is_default)
		add_bounds(out, &def->bounds,
			   def->values ==
				   VALUES_IN); /* (MAXVALUE): RANGE COLUMNS takes no bare one */
	add_attributes(out, &def->attrs);
	if (!def->subpartitions.n)
		return;
	buf_add(out, " (");
	for (size_t i = 0; i < def->subpartitions.n; i++) {
		buf_add(out, i ? ", " : "");
		add_definition(out, &def->subpartitions.items[i], true);
	}
	buf_add_char(out, ')');
}

/* Those that are but counted are called p0, p1, … */
static void add_name(struct buf *out, const struct tree_partition *partition, size_t at)
{
	struct buf name = { 0 };
	if (partition->defs.n) {
		quote_name(out, partition->defs.items[at].name.name);
		return;
	}
	buf_printf(&name, "p%zu", at);
	quote_identifier(out, buf_text(&name));
	buf_free(&name);
}

static void add_list(struct buf *out, const struct tree_partition *partition, size_t at, size_t n)
{
	buf_add_char(out, '(');
	for (size_t i = at; i < at + n; i++) {
		buf_add(out, i > at ? ",\n    " : "\n    ");
		if (partition->defs.n) {
			add_definition(out, &partition->defs.items[i], false);
			continue;
		}
		buf_add(out, "PARTITION ");
		add_name(out, partition, i);
	}
	buf_add(out, "\n)");
}

static void add_method(struct buf *out, const struct name *method, bool linear, unsigned algorithm,
		       const struct expr *expr, const struct tree_ident_list *columns)
{
	if (linear)
		buf_add(out, "LINEAR ");
	parts_keyword(out, method->text);
	if (algorithm)
		buf_printf(out, " ALGORITHM = %u", algorithm);
	if (expr) {
		buf_add(out, " (");
		expr_print(out, expr, EXPR_SQL);
		buf_add_char(out, ')');
	} else if (columns->n || word_equal(method->text, "key")) {
		add_columns(out, columns);
	}
}

void parts_partition(struct buf *out, const struct tree_partition *partition)
{
	if (!partition) {
		buf_add(out, "REMOVE PARTITIONING");
		return;
	}
	buf_add(out, "PARTITION BY ");
	add_method(out, partition->method, partition->linear, partition->algorithm, partition->expr,
		   &partition->columns);
	if (partition->interval)
		buf_printf(out, " %s", partition->interval);
	if (partition->count && !partition->defs.n)
		buf_printf(out, " PARTITIONS %u", partition->count);
	if (partition->sub_method) {
		buf_add(out, "\nSUBPARTITION BY ");
		add_method(out, partition->sub_method, partition->sub_linear, 0,
			   partition->sub_expr, &partition->sub_columns);
		if (partition->sub_count)
			buf_printf(out, " SUBPARTITIONS %u", partition->sub_count);
	}
	if (!partition->defs.n)
		return;
	buf_add_char(out, ' ');
	add_list(out, partition, 0, partition->defs.n);
}

/* --- one step ----------------------------------------------------------------------------------- */

static void add_names(struct buf *out, const struct tree_partition *partition, size_t at, size_t n)
{
	for (size_t i = at; i < at + n; i++) {
		buf_add(out, i > at ? ", " : " ");
		add_name(out, partition, i);
	}
}

/* HASH and KEY: do those that are added have the names that the server gives? */
static bool are_counted(const struct tree_partition *partition, size_t at, size_t n)
{
	if (partition_is_range(partition) || partition_is_list(partition) ||
	    partition_is_by_time(partition))
		return false;
	for (size_t i = at; partition->defs.n && i < at + n; i++)
		if (!partition_is_nameless(&partition->defs.items[i], i))
			return false;
	return true;
}

void parts_partition_step(struct buf *out, const struct tree_partition *before,
			  const struct tree_partition *after)
{
	struct partition_step step = partition_step(before, after);
	switch (step.change) {
	case PARTITION_ANEW:
	case PARTITION_REMOVE:
		parts_partition(out, after);
		break;
	case PARTITION_ADD:
		buf_add(out, "ADD PARTITION ");
		if (are_counted(after, step.at, step.n_after))
			buf_printf(out, "PARTITIONS %zu", step.n_after);
		else
			add_list(out, after, step.at, step.n_after);
		break;
	case PARTITION_DROP:
		buf_add(out, "DROP PARTITION");
		add_names(out, before, step.at, step.n_before);
		break;
	case PARTITION_REORGANIZE:
		buf_add(out, "REORGANIZE PARTITION");
		add_names(out, before, step.at, step.n_before);
		buf_add(out, " INTO ");
		add_list(out, after, step.at, step.n_after);
		break;
	case PARTITION_COALESCE:
		buf_printf(out, "COALESCE PARTITION %zu", step.n_before);
		break;
	}
}
