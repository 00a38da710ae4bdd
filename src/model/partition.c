#include "model/partition.h"

#include "base/context.h"
#include "model/equal.h"
#include "model/interval.h"

#include <stdlib.h>
#include <string.h>

bool partition_is_range(const struct tree_partition *partition)
{
	return word_equal(partition->method->text, "range") ||
	       word_equal(partition->method->text, "range columns");
}

bool partition_is_list(const struct tree_partition *partition)
{
	return word_equal(partition->method->text, "list") ||
	       word_equal(partition->method->text, "list columns");
}

bool partition_is_by_time(const struct tree_partition *partition)
{
	return partition && word_equal(partition->method->text, "system_time");
}

bool partition_is_maxvalue(const struct expr *bound)
{
	return bound->kind == EXPR_COLUMN && !bound->args.n &&
	       word_equal(bound->name->text, "maxvalue");
}

bool partition_is_constant(const struct expr *bound)
{
	if (bound->kind == EXPR_ROW) {
		for (size_t i = 0; i < bound->args.n; i++)
			if (!partition_is_constant(bound->args.items[i]))
				return false;
		return true;
	}
	return partition_is_maxvalue(bound) || bound->kind == EXPR_NULL ||
	       (bound->kind == EXPR_NUMBER && !strpbrk(bound->text, ".eE")) ||
	       ((bound->kind == EXPR_STRING || bound->kind == EXPR_HEX) && !bound->name);
}

static bool lists_ident(const struct tree_ident_list *list, const struct name *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (name_equal(list->items[i].name, name))
			return true;
	return false;
}

bool partition_uses_column(const struct tree_partition *partition, const struct name *column)
{
	return expr_uses_column(partition->expr, column) ||
	       expr_uses_column(partition->sub_expr, column) ||
	       lists_ident(&partition->columns, column) ||
	       lists_ident(&partition->sub_columns, column);
}

/* --- names that nobody gave ------------------------------------------------------------------- */

/* Is it PREFIXn? */
static bool is_numbered(const struct name *name, const char *prefix, size_t prefix_len, size_t n)
{
	char *end;
	if (name->len <= prefix_len || strncasecmp(name->text, prefix, prefix_len) != 0)
		return false;
	const char *digits = name->text + prefix_len;
	if (*digits < '0' || *digits > '9' || (*digits == '0' && digits[1]))
		return false;
	return strtoul(digits, &end, 10) == n && !*end;
}

bool partition_is_nameless(const struct tree_partition_def *def, size_t at)
{
	return !def->attrs.n && is_numbered(def->name.name, "p", 1, at);
}

/* Are its subpartitions p0sp0, p0sp1, …, saying nothing? Those that are but counted are. */
static bool has_nameless_parts(const struct tree_partition_def *def)
{
	const struct name *name = def->name.name;
	for (size_t i = 0; i < def->subpartitions.n; i++) {
		const struct tree_partition_def *sub = &def->subpartitions.items[i];
		const char *text = sub->name.name->text;
		if (sub->attrs.n || sub->name.name->len < name->len + 3 ||
		    strncasecmp(text, name->text, name->len) != 0 ||
		    strncasecmp(text + name->len, "sp", 2) != 0 ||
		    !is_numbered(sub->name.name, text, name->len + 2, i))
			return false;
	}
	return true;
}

/* p0, p1, … and pn for what is there now: `partition by system_time … partitions 3` */
static bool has_nameless_times(const struct tree_partition *partition)
{
	const struct tree_partition_def *last = &partition->defs.items[partition->defs.n - 1];
	for (size_t i = 0; i + 1 < partition->defs.n; i++)
		if (!partition_is_nameless(&partition->defs.items[i], i) ||
		    !partition->defs.items[i].is_history)
			return false;
	return word_equal(last->name.name->text, "pn") && last->is_current && !last->attrs.n;
}

/* p0, p1, …: what hash and key make of `partitions 4` */
static bool has_nameless_defs(const struct tree_partition *partition)
{
	if (partition->defs.n && partition_is_by_time(partition))
		return has_nameless_times(partition);
	for (size_t i = 0; i < partition->defs.n; i++)
		if (!partition_is_nameless(&partition->defs.items[i], i) ||
		    !has_nameless_parts(&partition->defs.items[i]))
			return false;
	return true;
}

/* How many subpartitions each has: said, or as many as are listed; one when nothing is said. */
static size_t subpartition_count(const struct tree_partition *partition)
{
	if (partition->defs.n && partition->defs.items[0].subpartitions.n)
		return partition->defs.items[0].subpartitions.n;
	return partition->sub_method && !partition->sub_count ? 1 : partition->sub_count;
}

/* How many there are: said, or as many as are listed; one when nothing is said, by time the one
 * of the history and that of what is there now. */
static size_t partition_count(const struct tree_partition *partition)
{
	if (partition->defs.n)
		return partition->defs.n;
	if (partition->count)
		return partition->count;
	return partition_is_by_time(partition) ? 2 : 1;
}

const struct tree_partition_def_list *partition_defs(struct context *ctx, struct arena *arena,
						     const struct tree_partition *partition)
{
	struct tree_partition_def_list *list;
	if (partition->defs.n)
		return &partition->defs;
	list = ARENA_NEW(arena, struct tree_partition_def_list);
	for (size_t i = 0; i < partition_count(partition); i++) {
		struct tree_partition_def def = { .span = partition->span };
		def.is_current =
			partition_is_by_time(partition) && i + 1 == partition_count(partition);
		def.is_history = partition_is_by_time(partition) && !def.is_current;
		def.name.name =
			ctx_name(ctx, def.is_current ? "pn" : arena_printf(arena, "p%zu", i));
		LIST_PUSH(arena, list, def);
	}
	return list;
}

/* --- comparing -------------------------------------------------------------------------------- */

static bool same_idents(const struct tree_ident_list *a, const struct tree_ident_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!name_equal(a->items[i].name, b->items[i].name))
			return false;
	return true;
}

/* PARTITION BY KEY ALGORITHM = 2 is what it is without. */
static unsigned algorithm(const struct tree_partition *partition)
{
	return partition->algorithm == 1 ? 1 : 2;
}

bool partition_same_head(const struct tree_partition *a, const struct tree_partition *b)
{
	return name_equal(a->method, b->method) && a->linear == b->linear &&
	       algorithm(a) == algorithm(b) && expr_equal(a->expr, b->expr) &&
	       same_idents(&a->columns, &b->columns) && name_equal(a->sub_method, b->sub_method) &&
	       a->sub_linear == b->sub_linear && expr_equal(a->sub_expr, b->sub_expr) &&
	       same_idents(&a->sub_columns, &b->sub_columns) &&
	       interval_equal(a->interval, b->interval) &&
	       subpartition_count(a) == subpartition_count(b);
}

static bool holds_bound(const struct expr_list *list, const struct expr *bound)
{
	for (size_t i = 0; i < list->n; i++)
		if (expr_equal(list->items[i], bound))
			return true;
	return false;
}

bool partition_same_bounds(const struct tree_partition_def *a, const struct tree_partition_def *b)
{
	if (a->values != b->values || a->is_default != b->is_default ||
	    a->is_current != b->is_current || a->is_history != b->is_history ||
	    a->bounds.n != b->bounds.n)
		return false;
	for (size_t i = 0; i < a->bounds.n; i++)
		if (a->values == VALUES_IN ? !holds_bound(&b->bounds, a->bounds.items[i])
					   : !expr_equal(a->bounds.items[i], b->bounds.items[i]))
			return false;
	return true;
}

/* Words have no case, but for paths. */
static bool same_attrs(const struct tree_attr_list *a, const struct tree_attr_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct tree_attr *other = tree_find_attr(b, a->items[i].kind);
		if (!other || !name_equal(a->items[i].word.name, other->word.name) ||
		    !expr_equal(a->items[i].expr, other->expr))
			return false;
	}
	return true;
}

bool partition_same_def(const struct tree_partition_def *a, const struct tree_partition_def *b)
{
	if (!name_equal(a->name.name, b->name.name) || !partition_same_bounds(a, b))
		return false;
	/* what a partition says is said by its subpartitions once these are listed */
	if (!a->subpartitions.n || !b->subpartitions.n)
		return has_nameless_parts(a) && has_nameless_parts(b) &&
		       same_attrs(&a->attrs, &b->attrs);
	if (a->subpartitions.n != b->subpartitions.n)
		return false;
	for (size_t i = 0; i < a->subpartitions.n; i++)
		if (!partition_same_def(&a->subpartitions.items[i], &b->subpartitions.items[i]))
			return false;
	return true;
}

static const struct tree_partition_def *find_def(const struct tree_partition *partition,
						 const struct name *name)
{
	for (size_t i = 0; i < partition->defs.n; i++)
		if (name_equal(partition->defs.items[i].name.name, name))
			return &partition->defs.items[i];
	return NULL;
}

bool partition_equal(const struct tree_partition *a, const struct tree_partition *b)
{
	if (!a || !b)
		return a == b;
	if (!partition_same_head(a, b))
		return false;
	/* the jobs that rotate them own the list */
	if (a->managed_externally || b->managed_externally)
		return true;
	if (partition_count(a) != partition_count(b))
		return false;
	if (!a->defs.n || !b->defs.n)
		return has_nameless_defs(a) && has_nameless_defs(b);
	for (size_t i = 0; i < a->defs.n; i++) {
		const struct tree_partition_def *def = &b->defs.items[i];
		if (partition_is_list(a)) /* in any order: it means nothing */
			def = find_def(b, a->defs.items[i].name.name);
		if (!def || !partition_same_def(&a->defs.items[i], def))
			return false;
	}
	return true;
}
