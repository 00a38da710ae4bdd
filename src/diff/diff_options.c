#include "diff/differ.h"

#include "diff/partition.h"
#include "model/equal.h"
#include "model/partition.h"

#include <string.h>

/* Absent and empty are one. */
static bool comments_equal(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

static struct op *option_op(struct differ *differ, const struct pair *pair,
			    enum table_option option)
{
	struct op *op = differ_op(differ, OP_SET_OPTION, pair->name, pair->to->span);
	op->option = option;
	return op;
}

/* Is that option the same on both sides? An absent one may equal a written default. */
static bool option_equal(const struct table *a, const struct table *b, enum tree_attr_kind kind)
{
	struct option of_a = { kind, option_find(&a->options, kind) };
	struct option of_b = { kind, option_find(&b->options, kind) };
	struct option_list list_a = { &of_a, of_a.value != NULL, 1 };
	struct option_list list_b = { &of_b, of_b.value != NULL, 1 };
	return option_list_equal(&list_a, &list_b);
}

static void set_other(struct differ *differ, struct pair *pair, enum tree_attr_kind kind)
{
	if (option_equal(pair->work, pair->to, kind) || !differ->ok)
		return;
	struct op *op = option_op(differ, pair, TABLE_OTHER);
	op->option_kind = kind;
	op->before.option.text = option_find(&pair->work->options, kind);
	op->after.option.text = option_find(&pair->to->options, kind);
	differ_push(differ, op);
}

/* Does a column that the partitioning is by become one of other values, or of another order? */
static bool is_retyped(const struct pair *pair, const struct tree_partition *partition)
{
	for (size_t i = 0; partition && i < pair->to->columns.n; i++) {
		const struct column *to = pair->to->columns.items[i];
		if (!partition_uses_column(partition, to->name))
			continue;
		if (pair->column_of[i] < 0 || pair->made_anew[i])
			return true;
		const struct column *from = pair->from->columns.items[pair->column_of[i]];
		if (!type_equal(&from->type, &to->type) ||
		    !name_equal(from->collation, to->collation))
			return true;
	}
	return false;
}

static bool same_option(const struct table *a, const struct table *b, enum tree_attr_kind kind)
{
	const char *one = option_find(&a->options, kind), *other = option_find(&b->options, kind);
	return one && other ? !strcmp(one, other) : one == other;
}

static bool is_reformatted(const struct pair *pair)
{
	return (partition_has_compressed(pair->from->partition) ||
		partition_has_compressed(pair->to->partition)) &&
	       (!same_option(pair->from, pair->to, ATTR_ROW_FORMAT) ||
		!same_option(pair->from, pair->to, ATTR_KEY_BLOCK_SIZE));
}

/* One op a step. Bounds that change with the type of their column change in one statement with it. */
static void diff_partition(struct differ *differ, struct pair *pair)
{
	const struct tree_partition *from = pair->work->partition, *to = pair->to->partition;
	bool anew = is_retyped(pair, to) || is_reformatted(pair);
	struct partition_list way = partition_way(differ->ctx, differ->arena, from, to, anew);
	for (size_t i = 0; i < way.n && differ->ok; i++) {
		struct op *op = differ_op(differ, OP_SET_PARTITION, pair->name,
					  to ? to->span : pair->to->span);
		op->before.partition = pair->work->partition;
		op->after.partition = way.items[i];
		differ_push(differ, op);
	}
}

void diff_options(struct differ *differ, struct pair *pair)
{
	const struct table *work = pair->work, *to = pair->to;
	if (!name_equal(work->engine, to->engine) && differ->ok) {
		struct op *op = option_op(differ, pair, TABLE_ENGINE);
		op->before.option.text = work->engine ? work->engine->text : NULL;
		op->after.option.text = to->engine ? to->engine->text : NULL;
		differ_push(differ, op);
	}
	if ((!name_equal(work->charset, to->charset) ||
	     !name_equal(work->collation, to->collation)) &&
	    differ->ok) {
		struct op *op = option_op(differ, pair, TABLE_CHARSET);
		op->before.option.charset = work->charset;
		op->before.option.collation = work->collation;
		op->after.option.charset = to->charset;
		op->after.option.collation = to->collation;
		differ_push(differ, op);
	}
	if (!comments_equal(work->comment, to->comment) && differ->ok) {
		struct op *op = option_op(differ, pair, TABLE_COMMENT);
		op->before.option.text = work->comment;
		op->after.option.text = to->comment;
		differ_push(differ, op);
	}
	if (!option_list_equal(&work->options, &to->options)) {
		for (int kind = 0; kind < ATTR_COUNT; kind++)
			set_other(differ, pair, (enum tree_attr_kind)kind);
	}
	if (!partition_equal(work->partition, to->partition))
		diff_partition(differ, pair);
}

bool diff_options_equal(const struct table *a, const struct table *b)
{
	return name_equal(a->engine, b->engine) && name_equal(a->charset, b->charset) &&
	       name_equal(a->collation, b->collation) && comments_equal(a->comment, b->comment) &&
	       option_list_equal(&a->options, &b->options) &&
	       partition_equal(a->partition, b->partition);
}
