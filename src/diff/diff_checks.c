/*
 * A check at a column of MariaDB and an unnamed one of the table, of the same expression, are one
 * check: which of the two a model's `check` becomes depends on its targets (dsl/resolve.h), and a
 * database may have been made the other way. Where it stands is no difference: the desired table
 * takes it over from the one that is there.
 */
#include "diff/differ.h"

#include "model/equal.h"

static const struct check *find_check(const struct table *table, const struct expr *expr)
{
	for (size_t i = 0; i < table->checks.n; i++)
		if (!table->checks.items[i]->not_enforced &&
		    expr_equal(table->checks.items[i]->expr, expr))
			return table->checks.items[i];
	return NULL;
}

/* The table, as a copy that may be changed. */
static struct table *copy_of(struct arena *arena, struct table *copy, const struct table *table)
{
	return copy ? copy : table_copy(arena, table);
}

static void set_check(struct arena *arena, struct table *table, size_t at, const struct expr *expr)
{
	struct column *column =
		arena_memdup(arena, table->columns.items[at], sizeof(struct column));
	column->check = expr;
	table->columns.items[at] = column;
}

/* From the columns of `to` to the table, where `there` has it so. */
static struct table *move_to_table(struct arena *arena, const struct table *there,
				   const struct table *to, struct table *copy)
{
	for (size_t i = 0; i < to->columns.n; i++) {
		const struct column *wanted = to->columns.items[i];
		const struct column *column = table_column(there, wanted->name);
		const struct check *found = wanted->check ? find_check(there, wanted->check) : NULL;
		if (!found || (column && column->check) || find_check(to, wanted->check))
			continue;
		copy = copy_of(arena, copy, to);
		struct check *check = arena_memdup(arena, found, sizeof(*check));
		check->named = false;
		check->span = wanted->span;
		set_check(arena, copy, i, NULL);
		LIST_PUSH(arena, &copy->checks, check);
	}
	return copy;
}

/* From the table to that column, where `there` has it so. */
static struct table *move_to_columns(struct arena *arena, const struct table *there,
				     const struct table *to, struct table *copy)
{
	for (size_t i = 0; i < to->checks.n; i++) {
		const struct check *check = to->checks.items[i];
		if (check->named || check->not_enforced || find_check(there, check->expr))
			continue;
		for (size_t j = 0; j < there->columns.n; j++) {
			const struct column *column = there->columns.items[j];
			int at = table_column_at(to, column->name);
			if (!column->check || !expr_equal(column->check, check->expr) || at < 0 ||
			    to->columns.items[at]->check)
				continue;
			copy = copy_of(arena, copy, to);
			set_check(arena, copy, (size_t)at, column->check);
			LIST_REMOVE(&copy->checks, (size_t)table_check_at(copy, check->name));
			break;
		}
	}
	return copy;
}

const struct table *diff_place_checks(struct arena *arena, const struct table *there,
				      const struct table *to)
{
	struct table *copy = move_to_columns(arena, there, to, NULL);
	copy = move_to_table(arena, there, to, copy);
	return copy ? copy : to;
}
