#include "model/equal.h"

#include "base/buf.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

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

/* --- options ---------------------------------------------------------------------------------- */

/* Values that say what a server does anyhow. */
static const struct {
	enum tree_attr_kind kind;
	const char *value;
} default_options[] = {
	{ ATTR_ROW_FORMAT, "default" },
	{ ATTR_STATS_PERSISTENT, "default" },
	{ ATTR_STATS_AUTO_RECALC, "default" },
	{ ATTR_STATS_SAMPLE_PAGES, "default" },
	{ ATTR_PACK_KEYS, "default" },
	{ ATTR_KEY_BLOCK_SIZE, "0" },
	{ ATTR_CHECKSUM, "0" },
	{ ATTR_DELAY_KEY_WRITE, "0" },
	{ ATTR_ENCRYPTION, "n" },
	{ ATTR_COMPRESSION, "none" },
	{ ATTR_COLUMN_FORMAT, "default" },
	{ ATTR_STORAGE, "default" },
};

static bool is_default_option(const struct option *option)
{
	for (size_t i = 0; i < COUNT(default_options); i++)
		if (option->kind == default_options[i].kind &&
		    word_equal(option->value, default_options[i].value))
			return true;
	return false;
}

/* Words have no case; of strings only those that are words for the server. */
static bool option_has_case(enum tree_attr_kind kind)
{
	return tree_attr_value(kind) == VALUE_STRING && kind != ATTR_COMPRESSION &&
	       kind != ATTR_ENCRYPTION;
}

static bool option_in(const struct option_list *options, const struct option *wanted)
{
	const char *value = option_find(options, wanted->kind);
	if (!value)
		return false;
	return option_has_case(wanted->kind) ? !strcmp(value, wanted->value)
					     : word_equal(value, wanted->value);
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

/* --- columns ---------------------------------------------------------------------------------- */

static bool same_type(const struct column *a, const struct column *b)
{
	return type_equal(&a->type, &b->type);
}

static bool same_charset(const struct column *a, const struct column *b)
{
	return name_equal(a->charset, b->charset);
}

static bool same_collation(const struct column *a, const struct column *b)
{
	return name_equal(a->collation, b->collation);
}

static bool same_nullable(const struct column *a, const struct column *b)
{
	return a->nullable == b->nullable;
}

static bool same_default(const struct column *a, const struct column *b)
{
	return a->default_kind == b->default_kind && expr_equal(a->default_value, b->default_value);
}

static bool same_on_update(const struct column *a, const struct column *b)
{
	return a->on_update_now == b->on_update_now;
}

static bool same_auto_increment(const struct column *a, const struct column *b)
{
	return a->auto_increment == b->auto_increment;
}

static bool same_expression(const struct column *a, const struct column *b)
{
	return expr_equal(a->generated, b->generated);
}

static bool same_stored(const struct column *a, const struct column *b)
{
	return a->stored == b->stored;
}

static bool same_invisible(const struct column *a, const struct column *b)
{
	return a->invisible == b->invisible;
}

static bool same_check(const struct column *a, const struct column *b)
{
	return expr_equal(a->check, b->check);
}

static bool same_comment(const struct column *a, const struct column *b)
{
	return same_text(a->comment, b->comment);
}

static bool same_options(const struct column *a, const struct column *b)
{
	return option_list_equal(&a->options, &b->options);
}

/* Everything a server keeps of a column, and what people call it. */
static const struct {
	const char *what;
	bool (*same)(const struct column *a, const struct column *b);
} column_parts[] = {
	{ "type", same_type },
	{ "charset", same_charset },
	{ "collation", same_collation },
	{ "null", same_nullable },
	{ "default", same_default },
	{ "on update", same_on_update },
	{ "auto_increment", same_auto_increment },
	{ "expression", same_expression },
	{ "stored", same_stored },
	{ "invisible", same_invisible },
	{ "check", same_check },
	{ "comment", same_comment },
	{ "options", same_options },
};

bool column_equal(const struct column *a, const struct column *b)
{
	for (size_t i = 0; i < COUNT(column_parts); i++)
		if (!column_parts[i].same(a, b))
			return false;
	return true;
}

void column_differences(struct buf *out, const struct column *a, const struct column *b)
{
	bool first = true;
	for (size_t i = 0; i < COUNT(column_parts); i++) {
		if (column_parts[i].same(a, b))
			continue;
		buf_printf(out, "%s%s", first ? "" : ", ", column_parts[i].what);
		first = false;
	}
}

/* --- keys ------------------------------------------------------------------------------------- */

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

/* Is it called as servers call partition `at` that nobody named, and says nothing else? */
static bool is_nameless(const struct tree_partition_def *def, const char *prefix, size_t at)
{
	struct buf name = { 0 };
	buf_printf(&name, "%s%zu", prefix, at);
	bool same = word_equal(def->name.name->text, buf_text(&name));
	buf_free(&name);
	return same && !def->attrs.n;
}

/* p0sp0, p0sp1, … of p0 */
static bool has_nameless_parts(const struct tree_partition_def *def)
{
	struct buf prefix = { 0 };
	bool all = true;
	buf_printf(&prefix, "%ssp", def->name.name->text);
	for (size_t i = 0; i < def->subpartitions.n; i++)
		all = all && is_nameless(&def->subpartitions.items[i], buf_text(&prefix), i);
	buf_free(&prefix);
	return all;
}

/* p0, p1, …: what hash and key make of `partitions 4` */
static bool has_nameless_defs(const struct tree_partition *partition)
{
	for (size_t i = 0; i < partition->defs.n; i++)
		if (!is_nameless(&partition->defs.items[i], "p", i) ||
		    !has_nameless_parts(&partition->defs.items[i]))
			return false;
	return true;
}

static bool same_def(const struct tree_partition_def *a, const struct tree_partition_def *b)
{
	if (!name_equal(a->name.name, b->name.name) || a->values != b->values ||
	    a->is_default != b->is_default || a->is_current != b->is_current ||
	    a->is_history != b->is_history || !same_exprs(&a->bounds, &b->bounds) ||
	    !same_attrs(&a->attrs, &b->attrs))
		return false;
	if (!a->subpartitions.n || !b->subpartitions.n)
		return has_nameless_parts(a) && has_nameless_parts(b);
	if (a->subpartitions.n != b->subpartitions.n)
		return false;
	for (size_t i = 0; i < a->subpartitions.n; i++)
		if (!same_def(&a->subpartitions.items[i], &b->subpartitions.items[i]))
			return false;
	return true;
}

/* PARTITION BY KEY ALGORITHM = 2 is what it is without. */
static unsigned algorithm(const struct tree_partition *partition)
{
	return partition->algorithm == 1 ? 1 : 2;
}

static bool same_method(const struct tree_partition *a, const struct tree_partition *b)
{
	return name_equal(a->method, b->method) && a->linear == b->linear &&
	       algorithm(a) == algorithm(b) && expr_equal(a->expr, b->expr) &&
	       same_idents(&a->columns, &b->columns) && name_equal(a->sub_method, b->sub_method) &&
	       a->sub_linear == b->sub_linear && expr_equal(a->sub_expr, b->sub_expr) &&
	       same_idents(&a->sub_columns, &b->sub_columns) && same_text(a->interval, b->interval);
}

/* How many subpartitions each has: said, or as many as are listed. */
static size_t subpartition_count(const struct tree_partition *partition)
{
	if (partition->defs.n && partition->defs.items[0].subpartitions.n)
		return partition->defs.items[0].subpartitions.n;
	return partition->sub_count;
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
	if (partition_count(a) != partition_count(b) ||
	    subpartition_count(a) != subpartition_count(b))
		return false;
	if (!a->defs.n || !b->defs.n)
		return has_nameless_defs(a) && has_nameless_defs(b);
	for (size_t i = 0; i < a->defs.n; i++)
		if (!same_def(&a->defs.items[i], &b->defs.items[i]))
			return false;
	return true;
}
