#include "model/equal.h"

#include <string.h>

#include "base/buf.h"

static bool same_text(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

bool name_list_equal(const struct name_list *a, const struct name_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!name_equal(a->items[i], b->items[i]))
			return false;
	return true;
}

/* Values that say what a server does anyhow. */
static bool is_default_option(const struct option *option)
{
	static const struct { enum tree_attr_kind kind; const char *value; } defaults[] = {
		{ ATTR_ROW_FORMAT, "default" },      { ATTR_STATS_PERSISTENT, "default" },
		{ ATTR_STATS_AUTO_RECALC, "default" }, { ATTR_STATS_SAMPLE_PAGES, "default" },
		{ ATTR_PACK_KEYS, "default" },       { ATTR_KEY_BLOCK_SIZE, "0" },
		{ ATTR_CHECKSUM, "0" },              { ATTR_DELAY_KEY_WRITE, "0" },
		{ ATTR_ENCRYPTION, "n" },            { ATTR_COMPRESSION, "none" },
		{ ATTR_COLUMN_FORMAT, "default" },   { ATTR_STORAGE, "default" },
		{ ATTR_USING, "btree" },
	};
	for (size_t i = 0; i < sizeof(defaults) / sizeof(*defaults); i++)
		if (option->kind == defaults[i].kind && word_equal(option->value, defaults[i].value))
			return true;
	return false;
}

static bool option_in(const struct option_list *options, const struct option *wanted)
{
	const char *value = option_find(options, wanted->kind);
	return value && word_equal(value, wanted->value);
}

static bool options_within(const struct option_list *a, const struct option_list *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (!is_default_option(&a->items[i]) && !option_in(b, &a->items[i]))
			return false;
	return true;
}

bool option_list_equal(const struct option_list *a, const struct option_list *b)
{
	return options_within(a, b) && options_within(b, a);
}

static bool same_default(const struct column *a, const struct column *b)
{
	return a->default_kind == b->default_kind && expr_equal(a->default_value, b->default_value);
}

/* Each thing a column holds: what it is called, and whether it is the same. */
static bool differs_in(const struct column *a, const struct column *b, size_t at, const char **what)
{
	switch (at) {
	case 0: *what = "type"; return !type_equal(&a->type, &b->type);
	case 1: *what = "charset"; return !name_equal(a->charset, b->charset);
	case 2: *what = "collation"; return !name_equal(a->collation, b->collation);
	case 3: *what = "null"; return a->nullable != b->nullable;
	case 4: *what = "default"; return !same_default(a, b);
	case 5: *what = "on update"; return a->on_update_now != b->on_update_now;
	case 6: *what = "auto_increment"; return a->auto_increment != b->auto_increment;
	case 7: *what = "expression"; return !expr_equal(a->generated, b->generated);
	case 8: *what = "stored"; return a->stored != b->stored;
	case 9: *what = "invisible"; return a->invisible != b->invisible;
	case 10: *what = "check"; return !expr_equal(a->check, b->check);
	case 11: *what = "comment"; return !same_text(a->comment, b->comment);
	case 12: *what = "options"; return !option_list_equal(&a->options, &b->options);
	default: *what = NULL; return false;
	}
}

bool column_equal(const struct column *a, const struct column *b)
{
	const char *what = "";
	for (size_t at = 0; what; at++)
		if (differs_in(a, b, at, &what))
			return false;
	return true;
}

void column_differences(struct buf *out, const struct column *a, const struct column *b)
{
	const char *what = "";
	bool first = true;
	for (size_t at = 0; what; at++) {
		if (!differs_in(a, b, at, &what))
			continue;
		buf_printf(out, "%s%s", first ? "" : ", ", what);
		first = false;
	}
}

static bool same_part(const struct index_part *a, const struct index_part *b)
{
	return name_equal(a->column, b->column) && expr_equal(a->expr, b->expr) &&
	       a->length == b->length && a->desc == b->desc;
}

bool index_equal(const struct index *a, const struct index *b)
{
	if (a->kind != b->kind || a->parts.n != b->parts.n || a->invisible != b->invisible ||
	    !same_text(a->comment, b->comment) || !option_list_equal(&a->options, &b->options))
		return false;
	for (size_t i = 0; i < a->parts.n; i++)
		if (!same_part(&a->parts.items[i], &b->parts.items[i]))
			return false;
	return true;
}

static enum fk_action stored_action(enum fk_action action)
{
	return action == FK_NO_ACTION ? FK_RESTRICT : action;
}

bool foreign_key_equal(const struct foreign_key *a, const struct foreign_key *b)
{
	return name_list_equal(&a->columns, &b->columns) && name_equal(a->parent, b->parent) &&
	       name_equal(a->parent_database, b->parent_database) &&
	       name_list_equal(&a->parent_columns, &b->parent_columns) &&
	       stored_action(a->on_delete) == stored_action(b->on_delete) &&
	       stored_action(a->on_update) == stored_action(b->on_update);
}

bool check_equal(const struct check *a, const struct check *b)
{
	return a->not_enforced == b->not_enforced && expr_equal(a->expr, b->expr);
}

/* --- partitions ------------------------------------------------------------------------------- */

static bool same_exprs(const struct expr_list *a, const struct expr_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!expr_equal(a->items[i], b->items[i]))
			return false;
	return true;
}

static bool same_idents(const struct tree_ident_list *a, const struct tree_ident_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!name_equal(a->items[i].name, b->items[i].name))
			return false;
	return true;
}

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

static bool same_def(const struct tree_partition_def *a, const struct tree_partition_def *b)
{
	if (!name_equal(a->name.name, b->name.name) || a->values != b->values ||
	    a->is_default != b->is_default || a->is_current != b->is_current ||
	    a->is_history != b->is_history || a->subpartitions.n != b->subpartitions.n ||
	    !same_exprs(&a->bounds, &b->bounds) || !same_attrs(&a->attrs, &b->attrs))
		return false;
	for (size_t i = 0; i < a->subpartitions.n; i++)
		if (!same_def(&a->subpartitions.items[i], &b->subpartitions.items[i]))
			return false;
	return true;
}

static bool same_method(const struct tree_partition *a, const struct tree_partition *b)
{
	return name_equal(a->method, b->method) && a->linear == b->linear &&
	       expr_equal(a->expr, b->expr) && same_idents(&a->columns, &b->columns) &&
	       name_equal(a->sub_method, b->sub_method) && a->sub_linear == b->sub_linear &&
	       expr_equal(a->sub_expr, b->sub_expr) && same_idents(&a->sub_columns, &b->sub_columns) &&
	       same_text(a->interval, b->interval);
}

/* How many there are: said, or as many as are listed; one when nothing is said. */
static size_t partition_count(const struct tree_partition *partition)
{
	if (partition->defs.n)
		return partition->defs.n;
	return partition->count ? partition->count : 1;
}

bool partition_equal(const struct tree_partition *a, const struct tree_partition *b)
{
	if (!a || !b)
		return a == b;
	if (!same_method(a, b))
		return false;
	/* the jobs that rotate them own the list */
	if (a->managed_externally || b->managed_externally)
		return true;
	if (partition_count(a) != partition_count(b) || a->sub_count != b->sub_count)
		return false;
	/* hash and key make their own partitions p0, p1, … when none is listed */
	if (!a->defs.n || !b->defs.n)
		return true;
	for (size_t i = 0; i < a->defs.n; i++)
		if (!same_def(&a->defs.items[i], &b->defs.items[i]))
			return false;
	return true;
}
