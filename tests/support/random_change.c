#include "tests/support/random_wide.h"

#include "diff/rename.h"
#include "model/charset.h"
#include "model/convert.h"
#include "model/equal.h"

#include <string.h>

/* How many there are besides those that only change_union() touches. */
static unsigned count_tables(const struct changer *c)
{
	unsigned n = 0;
	for (size_t i = 0; i < c->to->tables.n; i++)
		n += !random_is_united(c->model, c->to->tables.items[i]);
	return n;
}

struct table *change_any_table(struct changer *c)
{
	unsigned at = random_below(c->random, count_tables(c));
	for (size_t i = 0;; i++)
		if (!random_is_united(c->model, c->to->tables.items[i]) && !at--)
			return c->to->tables.items[i];
}

/* --- columns that are tied to each other ---------------------------------------------------- */

struct end {
	struct table *table;
	const struct name *column;
};
struct end_list {
	struct end *items;
	size_t n, cap;
};

static void add_end(struct changer *c, struct end_list *ends, struct table *table,
		    const struct name *column)
{
	struct end end = { table, column };
	for (size_t i = 0; i < ends->n; i++)
		if (ends->items[i].table == table && name_equal(ends->items[i].column, column))
			return;
	LIST_PUSH(c->arena, ends, end);
}

/* Everything that foreign keys tie to ends[0]. */
static void collect_ends(struct changer *c, struct end_list *ends)
{
	for (size_t at = 0; at < ends->n; at++) {
		struct end end = ends->items[at];
		for (size_t i = 0; i < c->to->tables.n; i++) {
			struct table *child = c->to->tables.items[i];
			for (size_t j = 0; j < child->foreign_keys.n; j++) {
				const struct foreign_key *key = child->foreign_keys.items[j];
				struct table *parent = schema_find_table(c->to, key->parent);
				for (size_t k = 0; parent && k < key->columns.n; k++) {
					const struct name *of_child = key->columns.items[k];
					const struct name *of_parent = key->parent_columns.items[k];
					if (child == end.table && name_equal(of_child, end.column))
						add_end(c, ends, parent, of_parent);
					if (parent == end.table &&
					    name_equal(of_parent, end.column))
						add_end(c, ends, child, of_child);
				}
			}
		}
	}
}

static void retype_tied_columns(struct changer *c)
{
	struct table *table = change_any_table(c);
	struct end_list ends = { 0 };
	if (!table->foreign_keys.n)
		return;
	const struct foreign_key *key =
		table->foreign_keys.items[random_below(c->random, (unsigned)table->foreign_keys.n)];
	add_end(c, &ends, table,
		key->columns.items[random_below(c->random, (unsigned)key->columns.n)]);
	collect_ends(c, &ends);
	struct column *model =
		random_copy_column(c->model, table_column(table, ends.items[0].column));
	bool collation_only = type_is_string(&model->type) && random_chance(c->random, 40);
	if (collation_only)
		random_set_charset(c->model, &model->charset, &model->collation);
	else
		random_set_type(c->model, table, model, true);
	for (size_t i = 0; i < ends.n; i++) {
		size_t at = (size_t)table_column_at(ends.items[i].table, ends.items[i].column);
		if (change_is_swapped(ends.items[i].table, ends.items[i].table->columns.items[at]))
			return;
	}
	for (size_t i = 0; i < ends.n; i++) {
		struct table *other = ends.items[i].table;
		struct column *column = change_edit_column(
			c, other, (size_t)table_column_at(other, ends.items[i].column));
		column->type = model->type;
		column->charset = model->charset;
		column->collation = model->collation;
		if (!column->auto_increment)
			random_set_default(c->model, column);
	}
}

/* --- tables --------------------------------------------------------------------------------- */

static void add_table(struct changer *c)
{
	struct table *table = random_table(c->model, c->to);
	schema_add_table(c->to, table);
	random_add_foreign_key(c->model, c->to, table);
	random_add_foreign_key(c->model, c->to, change_any_table(c));
}

static void drop_table(struct changer *c)
{
	const struct table *table = change_any_table(c);
	bool swapped = table->was && schema_find_table(c->to, table->was);
	if (count_tables(c) > 1 && !swapped)
		schema_remove_table(c->to, table->name);
}

static void rename_table(struct changer *c)
{
	struct table *table = change_any_table(c), *second = change_any_table(c);
	if (c->model->wide && second->options.n > table->options.n)
		table = second;
	const struct name *old = table->was ? table->was : table->name;
	const struct table *other = table->was ? schema_find_table(c->to, table->was) : NULL;
	if (other || !schema_find_table(c->from, old))
		return;
	schema_rename_table(c->to, table->name, random_global_name(c->model, "r"));
	table->was = old;
}

static void swap_tables(struct changer *c)
{
	struct table *a = change_any_table(c), *b = change_any_table(c);
	const struct name *name = a->name, *name_of_other = b->name;
	if (a == b || a->was || b->was || !schema_find_table(c->from, name) ||
	    !schema_find_table(c->from, name_of_other))
		return;
	const struct name *aside = random_global_name(c->model, "aside");
	schema_rename_table(c->to, name, aside);
	schema_rename_table(c->to, name_of_other, name);
	schema_rename_table(c->to, aside, name_of_other);
	a->was = name;
	b->was = name_of_other;
}

static void adjust_table(struct changer *c)
{
	struct table *table = change_any_table(c);
	if (random_chance(c->random, 50)) {
		bool other = !*table->comment || (c->model->wide && random_chance(c->random, 50));
		table->comment = other ? random_comment(c->model) : "";
		return;
	}
	random_set_charset(c->model, &table->charset, &table->collation);
	/* with the columns that no foreign key ties to others */
	for (size_t i = 0; random_chance(c->random, 50) && i < table->columns.n; i++) {
		struct column *column = change_edit_column(c, table, i);
		if (!column->collation || change_is_swapped(table, column))
			continue;
		column->charset = table->charset;
		column->collation = table->collation;
		if (type_class(&column->type) == CLASS_STRING && column->type.length > 60)
			column->type.length = 60;
		random_set_default(c->model, column);
	}
}

/* --- all ------------------------------------------------------------------------------------ */

static void forget_was(struct changer *c)
{
	for (size_t i = 0; i < c->to->tables.n; i++) {
		struct table *table = c->to->tables.items[i];
		table->was = NULL;
		for (size_t j = 0; j < table->columns.n; j++) {
			if (!table->columns.items[j]->was && !table->columns.items[j]->backfill)
				continue;
			struct column *column = change_edit_column(c, table, j);
			column->was = NULL;
			column->backfill = NULL;
		}
	}
}

void random_fill_new(struct random_model *model, const struct schema *from, struct schema *to)
{
	struct changer c = { model, &model->random, model->arena, from, to };
	for (size_t i = 0; i < to->tables.n; i++) {
		struct table *table = to->tables.items[i];
		const struct table *old = change_old_table(&c, table);
		for (size_t j = 0; old && j < table->columns.n; j++) {
			const struct column *column = table->columns.items[j];
			/* the NULLs of a history can't be filled (1265) */
			if (column->backfill && table_is_versioned(old) &&
			    table_column(old, column->was ? column->was : column->name))
				change_edit_column(&c, table, j)->backfill = NULL;
			if (column->nullable || random_is_computed(column) ||
			    column->auto_increment || column->backfill ||
			    column->default_kind != DEFAULT_NONE ||
			    table_column(old, column->was ? column->was : column->name))
				continue;
			const struct expr *value = change_literal(&c, column);
			if (value)
				change_edit_column(&c, table, j)->backfill = value;
		}
	}
}

static void make_another(struct changer *c, struct table *table, size_t at)
{
	rename_column_in_schema(c->to, table, table->columns.items[at]->name,
				random_new_name(c->model, "c"));
	change_edit_column(c, table, at)->was = NULL;
}

/* What no server can convert is another column. */
static void forget_impossible_types(struct changer *c)
{
	for (size_t i = 0; i < c->to->tables.n; i++) {
		struct table *table = c->to->tables.items[i];
		const struct table *old = change_old_table(c, table);
		for (size_t j = 0; old && j < table->columns.n; j++) {
			const struct column *column = table->columns.items[j];
			const struct column *before =
				table_column(old, column->was ? column->was : column->name);
			if (!before ||
			    type_converts(c->model->server, &before->type, &column->type))
				continue;
			/* one of two that swapped takes the other along */
			int other = column->was ? table_column_at(table, column->was) : -1;
			make_another(c, table, j);
			if (other >= 0)
				make_another(c, table, (size_t)other);
		}
	}
}

/* But for the names that an expression uses, which may have changed, too. */
static bool is_as_before(const struct column *before, const struct column *after)
{
	struct column copy = *after;
	if (before->generated && after->generated)
		copy.generated = before->generated;
	return column_equal(before, &copy);
}

static bool is_spoilt(const struct table *table, const struct table *old,
		      const struct column *column)
{
	if (!column->was || !table_column(old, column->name))
		return false; /* no swap */
	const struct column *other = table_column(table, column->was);
	return !other || !name_equal(other->was, column->name) ||
	       !is_as_before(table_column(old, column->was), column) ||
	       !is_as_before(table_column(old, column->name), other);
}

/*
 * Columns that swapped names and were changed by something else afterwards: what they were then
 * can't be told any more. They are altered instead.
 */
static void forget_spoilt_swaps(struct changer *c)
{
	for (size_t i = 0; i < c->to->tables.n; i++) {
		struct table *table = c->to->tables.items[i];
		const struct table *old = change_old_table(c, table);
		for (size_t j = 0; old && j < table->columns.n; j++) {
			if (!is_spoilt(table, old, table->columns.items[j]))
				continue;
			int other = table_column_at(table, table->columns.items[j]->was);
			if (other >= 0)
				change_edit_column(c, table, (size_t)other)->was = NULL;
			change_edit_column(c, table, j)->was = NULL;
		}
	}
}

static void keep_lasting_options(struct changer *c)
{
	for (size_t i = 0; i < c->to->tables.n; i++) {
		struct table *table = c->to->tables.items[i];
		const struct table *old = change_old_table(c, table);
		if (old)
			random_keep_lasting_options(c->model, table, old);
	}
}

struct kind {
	void (*change)(struct changer *c);
	unsigned weight;
};

/* None where there are no tables for it: of those that it changes one always stays. */
static unsigned weight_of(const struct changer *c, const struct kind *kind)
{
	bool none = kind->change == change_union && count_tables(c) == c->to->tables.n;
	return none ? 0 : kind->weight;
}

static struct schema *change_some(struct random_model *model, const struct schema *from,
				  unsigned changes, const struct kind *kinds, size_t n_kinds)
{
	struct changer c = { model, &model->random, model->arena, from, NULL };
	unsigned sum = 0;
	c.to = schema_clone(model->arena, from);
	forget_was(&c);
	for (size_t i = 0; i < n_kinds; i++)
		sum += weight_of(&c, &kinds[i]);
	for (unsigned n = 0; n < changes; n++) {
		unsigned at = random_below(&model->random, sum);
		size_t kind = 0;
		while (at >= weight_of(&c, &kinds[kind]))
			at -= weight_of(&c, &kinds[kind++]);
		kinds[kind].change(&c);
		random_repair(model, c.to);
	}
	forget_spoilt_swaps(&c);
	forget_impossible_types(&c);
	keep_lasting_options(&c);
	random_repair(model, c.to);
	return c.to;
}

struct schema *random_change(struct random_model *model, const struct schema *from,
			     unsigned changes)
{
	static const struct kind kinds[] = {
		{ change_add_column, 10 },
		{ change_add_serial, 6 },
		{ change_drop_column, 8 },
		{ change_retype_column, 22 },
		{ change_adjust_column, 24 },
		{ change_move_column, 20 },
		{ change_rename_any_column, 14 },
		{ change_swap_columns, 3 },
		{ change_generated, 16 },
		{ retype_tied_columns, 12 },
		{ change_add_index, 8 },
		{ change_drop_index, 8 },
		{ change_index, 14 },
		{ change_swap_index_names, 3 },
		{ change_add_foreign_key, 8 },
		{ change_foreign_key, 10 },
		{ change_check, 8 },
		{ add_table, 5 },
		{ drop_table, 4 },
		{ rename_table, 5 },
		{ swap_tables, 2 },
		{ adjust_table, 8 },
		{ change_option, 34 },
		{ change_engine, 8 },
		{ change_partition, 40 },
		{ change_period, 10 },
		{ change_union, 120 },
		{ change_row_times, 10 },
		{ change_rare_column, 14 },
		{ change_rare_index, 10 },
		{ change_column_options, 10 },
		{ change_add_rare_index, 14 },
	};
	return change_some(model, from, changes, kinds, sizeof(kinds) / sizeof(*kinds));
}

struct schema *random_tied_change(struct random_model *model, const struct schema *from,
				  unsigned changes)
{
	static const struct kind kinds[] = {
		{ retype_tied_columns, 20 },
		{ change_add_foreign_key, 20 },
		{ change_foreign_key, 16 },
		{ change_index, 8 },
		{ change_drop_index, 8 },
		{ change_add_index, 6 },
		{ change_swap_index_names, 3 },
		{ change_rename_any_column, 10 },
		{ change_swap_columns, 3 },
		{ change_drop_column, 5 },
		{ change_add_column, 5 },
		{ change_adjust_column, 6 },
		{ change_move_column, 4 },
		{ add_table, 4 },
		{ drop_table, 4 },
		{ rename_table, 8 },
		{ swap_tables, 4 },
		{ adjust_table, 8 },
	};
	return change_some(model, from, changes, kinds, sizeof(kinds) / sizeof(*kinds));
}

struct schema *random_rename(struct random_model *model, const struct schema *from,
			     unsigned changes)
{
	static const struct kind kinds[] = {
		{ change_rename_any_column, 3 },
		{ change_swap_columns, 1 },
		{ rename_table, 2 },
		{ swap_tables, 1 },
		{ change_move_column, 1 },
	};
	return change_some(model, from, changes, kinds, sizeof(kinds) / sizeof(*kinds));
}
