#include "tests/support/pair_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/quote.h"
#include "model/merge.h"
#include "tests/support/pair_value.h"
#include "tests/support/random_model.h"

#define ROWS 3
#define PERIOD 14 /* from the value of its start to that of its end */

struct rows_column {
	const struct column *a, *b; /* b NULL: dropped, or made anew */
	struct rows_column *set;    /* one of those that foreign keys tie to it */
	struct type_list types;     /* of the whole set; of the set's first alone */
	enum value_kind kind;
	unsigned capacity, size; /* of the set */
	bool unique;             /* in a unique key */
	bool used;               /* by a check, a generated column, the partitioning */
	bool needed;             /* what is computed from it may not be NULL */
	bool null;               /* holds nothing else */
	bool starts, ends;       /* a period */
};

struct rows_table {
	const struct table *a, *b; /* b NULL: dropped */
	struct rows_column *columns;
	bool filled;
	/* a line for each row, sorted */
	const char **before;
	size_t n_before;
};

/* --- what belongs together -------------------------------------------------------------------- */

static const struct table *later_table(const struct schema *b, const struct table *table)
{
	const struct table *same = NULL;
	for (size_t i = 0; i < b->tables.n; i++) {
		const struct table *other = b->tables.items[i];
		if (other->was && name_equal(other->was, table->name))
			return other;
		if (!other->was && name_equal(other->name, table->name))
			same = other;
	}
	return same;
}

static const struct column *called_later(const struct table *table, const struct column *column)
{
	const struct column *found = NULL;
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *other = table->columns.items[i];
		if (other->was && name_equal(other->was, column->name)) {
			found = other;
			break;
		}
		if (!other->was && name_equal(other->name, column->name))
			found = other;
	}
	return found;
}

static const struct column *later_column(const struct table *table, const struct column *column)
{
	const struct column *found = called_later(table, column);
	/* what becomes computed, or ceases to be, is made anew */
	return found && random_is_computed(found) == random_is_computed(column) ? found : NULL;
}

/* A column that ceases to be computed keeps its values, and nobody knows if they are of the new type. */
static bool keeps_unknown_values(const struct table *table, const struct column *column)
{
	const struct column *found = called_later(table, column);
	return column->generated && found && !found->generated &&
	       !type_equal(&found->type, &column->type);
}

static struct rows_column *root(struct rows_column *column)
{
	while (column->set)
		column = column->set;
	return column;
}

static struct rows_table *table_of(const struct rows *rows, const struct table *table, bool later)
{
	for (size_t i = 0; i < rows->tables.n; i++)
		if ((later ? rows->tables.items[i]->b : rows->tables.items[i]->a) == table)
			return rows->tables.items[i];
	return NULL;
}

/* The column called so; NULL: it is none of A's, or its table isn't. */
static struct rows_column *column_of(struct rows_table *table, const struct name *name, bool later)
{
	if (!table)
		return NULL;
	for (size_t i = 0; i < table->a->columns.n; i++) {
		struct rows_column *column = &table->columns[i];
		const struct column *side = later ? column->b : column->a;
		if (side && name_equal(side->name, name))
			return column;
	}
	return NULL;
}

/* Is there a value for it on the way down, where it has no default? (1416, 4025, 1292) */
static bool comes_back(const struct rows *rows, const struct column *column)
{
	switch ((int)type_class(&column->type)) {
	case CLASS_SPATIAL:
	case CLASS_JSON:
		return false;
	case CLASS_DATE:
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return rows->zero_dates;
	default:
		return true;
	}
}

/* Does a column come that rows have no value for? */
static bool gets_column_of_no_value(const struct rows *rows, const struct rows_table *table)
{
	for (size_t i = 0; i < table->b->columns.n; i++) {
		const struct column *added = table->b->columns.items[i];
		bool is_there = false;
		for (size_t j = 0; j < table->a->columns.n; j++)
			is_there = is_there || table->columns[j].b == added;
		if (!is_there && !random_is_computed(added) && !added->nullable &&
		    added->default_kind == DEFAULT_NONE && !added->backfill &&
		    !comes_back(rows, added))
			return true;
	}
	return false;
}

static void add_tables(struct rows *rows)
{
	for (size_t i = 0; i < rows->a->tables.n; i++) {
		struct rows_table *table = ARENA_NEW(rows->arena, struct rows_table);
		table->a = rows->a->tables.items[i];
		table->b = later_table(rows->b, table->a);
		table->filled = !table_is_merge(table->a); /* its rows are those of others */
		table->columns = ARENA_ARRAY(rows->arena, struct rows_column, table->a->columns.n);
		for (size_t j = 0; j < table->a->columns.n; j++) {
			struct rows_column *column = &table->columns[j];
			column->a = table->a->columns.items[j];
			column->b = table->b ? later_column(table->b, column->a) : NULL;
			column->null = random_is_computed(column->a);
			if (table->b && !column->b && !column->a->nullable &&
			    column->a->default_kind == DEFAULT_NONE && !comes_back(rows, column->a))
				table->filled = false;
			if (table->b && keeps_unknown_values(table->b, column->a))
				table->filled = false;
		}
		if (table->b && gets_column_of_no_value(rows, table))
			table->filled = false;
		LIST_PUSH(rows->arena, &rows->tables, table);
	}
}

/* --- what leans on what ----------------------------------------------------------------------- */

struct note {
	struct rows_table *table;
	const struct table *side;
	bool later;
	bool needed; /* for a generated column that is NOT NULL */
};

static void note_used(const struct expr *expr, void *data)
{
	const struct note *note = data;
	struct rows_column *column = column_of(note->table, expr->name, note->later);
	if (column)
		column->used = true;
	if (column && note->needed)
		column->needed = true;
}

static void note_expr(const struct expr *expr, struct note *note)
{
	if (expr)
		expr_each_column(expr, note_used, note);
}

/* What is computed may be anything: no row is sure to pass. */
static void note_computed(const struct expr *expr, void *data)
{
	const struct note *note = data;
	const struct column *column = table_column(note->side, expr->name);
	if (column && column->generated)
		note->table->filled = false;
}

static void note_check(const struct expr *expr, struct note *note)
{
	note_expr(expr, note);
	if (expr)
		expr_each_column(expr, note_computed, note);
}

static void note_partition(const struct tree_partition *partition, struct note *note)
{
	const struct tree_ident_list *lists[] = { &partition->columns, &partition->sub_columns };
	note_expr(partition->expr, note);
	note_expr(partition->sub_expr, note);
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < lists[i]->n; j++) {
			struct rows_column *column =
				column_of(note->table, lists[i]->items[j].name, note->later);
			if (column)
				column->used = true;
		}
}

static void note_periods(struct rows_table *table, const struct table *side, bool later)
{
	for (size_t i = 0; i < side->periods.n; i++) {
		struct rows_column *from = column_of(table, side->periods.items[i]->from, later);
		struct rows_column *to = column_of(table, side->periods.items[i]->to, later);
		if (from)
			from->used = from->starts = true;
		if (to)
			to->used = to->ends = true;
	}
}

static void note_uses(struct rows_table *table, const struct table *side, bool later)
{
	note_periods(table, side, later);
	struct note note = { .table = table, .side = side, .later = later };
	for (size_t i = 0; i < side->columns.n; i++) {
		note.needed = !side->columns.items[i]->nullable;
		note_expr(side->columns.items[i]->generated, &note);
		note.needed = false;
		note_check(side->columns.items[i]->check, &note);
	}
	for (size_t i = 0; i < side->checks.n; i++)
		note_check(side->checks.items[i]->expr, &note);
	for (size_t i = 0; i < side->indexes.n; i++) {
		const struct index *index = side->indexes.items[i];
		bool unique = index->kind == KEY_PRIMARY || index->kind == KEY_UNIQUE;
		for (size_t j = 0; j < index->parts.n; j++) {
			const struct index_part *part = &index->parts.items[j];
			struct rows_column *column =
				part->column ? column_of(table, part->column, later) : NULL;
			note_expr(part->expr, &note);
			if (column && unique)
				column->unique = true;
		}
	}
	if (side->partition)
		note_partition(side->partition, &note);
}

/* Calls for each pair of columns that a key of that side ties; either may be NULL. */
static void tie(const struct rows *rows, struct rows_table *child, const struct foreign_key *key,
		bool later, struct rows_column **of_child, struct rows_column **of_parent, size_t i)
{
	const struct table *parent = schema_find_table(later ? rows->b : rows->a, key->parent);
	struct rows_table *parent_rows = parent ? table_of(rows, parent, later) : NULL;
	*of_child = column_of(child, key->columns.items[i], later);
	*of_parent = column_of(parent_rows, key->parent_columns.items[i], later);
}

static void tie_columns(struct rows *rows, struct rows_table *table, bool later)
{
	const struct table *side = later ? table->b : table->a;
	for (size_t i = 0; i < side->foreign_keys.n; i++) {
		const struct foreign_key *key = side->foreign_keys.items[i];
		for (size_t j = 0; j < key->columns.n; j++) {
			struct rows_column *of_child, *of_parent;
			tie(rows, table, key, later, &of_child, &of_parent, j);
			if (of_child && of_parent && root(of_child) != root(of_parent))
				root(of_child)->set = root(of_parent);
		}
	}
}

/* --- what each column holds ------------------------------------------------------------------- */

static void add_type(struct rows *rows, struct type_list *types, const struct type *type)
{
	for (size_t i = 0; i < types->n; i++)
		if (type_equal(types->items[i], type))
			return;
	LIST_PUSH(rows->arena, types, type);
}

static bool can_be_null(const struct rows_column *column)
{
	return !column->needed && column->a->nullable && (!column->b || column->b->nullable);
}

static void choose_values(struct rows *rows)
{
	for (size_t i = 0; i < rows->tables.n; i++) {
		struct rows_table *table = rows->tables.items[i];
		for (size_t j = 0; j < table->a->columns.n; j++) {
			struct rows_column *column = &table->columns[j];
			if (random_is_computed(column->a))
				continue;
			root(column)->size++;
			add_type(rows, &root(column)->types, &column->a->type);
			if (column->b)
				add_type(rows, &root(column)->types, &column->b->type);
		}
	}
	for (size_t i = 0; i < rows->tables.n; i++) {
		struct rows_table *table = rows->tables.items[i];
		for (size_t j = 0; j < table->a->columns.n; j++) {
			struct rows_column *column = &table->columns[j], *first = root(column);
			if (random_is_computed(column->a))
				continue;
			/* it comes back with the time of day, which partitions and checks may not take */
			if (column->used && table->b && !column->b &&
			    column->a->default_kind == DEFAULT_NOW)
				table->filled = false;
			column->kind =
				value_kind(&first->types, first->size > 1, &column->capacity);
			column->types = first->types;
			column->size = first->size;
			/* where it is inserted, and where numbering begins, 0 may mean the next number */
			if (column->kind == ROW_ZERO &&
			    (column->a->auto_increment || (column->b && column->b->auto_increment)))
				column->kind = ROW_NONE;
			/* a start before its end, neither of them NULL, nor another's value */
			if ((column->starts || column->ends) &&
			    (column->kind != ROW_DATE || column->starts == column->ends ||
			     column->a->nullable || column->size > 1))
				table->filled = false;
			if (column->kind != ROW_NONE)
				continue;
			column->null = can_be_null(column);
			table->filled = table->filled && column->null;
		}
	}
}

/* Is there a column of the key that is NULL in each row that is there at that side? */
static bool is_null_there(const struct rows_table *table, const struct table *side,
			  const struct name *name, bool later)
{
	const struct rows_column *column = column_of((struct rows_table *)table, name, later);
	/* where it is dropped it comes back with its default */
	if (column)
		return column->null &&
		       (later || column->b || !table->b || column->a->default_kind == DEFAULT_NONE);
	const struct column *added = table_column(side, name);
	return added && added->nullable && added->default_kind == DEFAULT_NONE && !added->backfill;
}

static bool satisfies(const struct rows *rows, struct rows_table *child,
		      const struct foreign_key *key, bool later)
{
	const struct table *side = later ? child->b : child->a;
	const struct table *parent = schema_find_table(later ? rows->b : rows->a, key->parent);
	struct rows_table *parent_rows = parent ? table_of(rows, parent, later) : NULL;
	for (size_t i = 0; i < key->columns.n; i++)
		if (is_null_there(child, side, key->columns.items[i], later))
			return true;
	if (!parent_rows || !parent_rows->filled || (child->b && !parent_rows->b))
		return false;
	for (size_t i = 0; i < key->columns.n; i++) {
		struct rows_column *of_child, *of_parent;
		tie(rows, child, key, later, &of_child, &of_parent, i);
		if (!of_child || !of_parent || of_parent->null ||
		    (child->b && (!of_child->b || !of_parent->b)))
			return false;
	}
	return true;
}

/* false: something had to give way, so that others must be looked at again. */
static bool satisfy(struct rows *rows, struct rows_table *child, bool later)
{
	const struct table *side = later ? child->b : child->a;
	for (size_t i = 0; i < side->foreign_keys.n; i++) {
		const struct foreign_key *key = side->foreign_keys.items[i];
		if (satisfies(rows, child, key, later))
			continue;
		for (size_t j = 0; j < key->columns.n; j++) {
			struct rows_column *column = column_of(child, key->columns.items[j], later);
			if (!column || !can_be_null(column) || !column->b)
				continue;
			column->null = true;
			return false;
		}
		child->filled = false;
		return false;
	}
	return true;
}

static void satisfy_keys(struct rows *rows)
{
	bool done;
	do {
		done = true;
		for (size_t i = 0; i < rows->tables.n; i++) {
			struct rows_table *table = rows->tables.items[i];
			if (table->filled)
				done = satisfy(rows, table, false) && done;
			if (table->filled && table->b)
				done = satisfy(rows, table, true) && done;
		}
	} while (!done);
}

/* How many rows a unique key lets in: their values differ in one column at least that stays. */
static void limit_rows(struct rows *rows, struct rows_table *table, bool later)
{
	const struct table *side = later ? table->b : table->a;
	for (size_t i = 0; table->filled && i < side->indexes.n; i++) {
		const struct index *index = side->indexes.items[i];
		unsigned most = 1;
		if (index->kind != KEY_PRIMARY && index->kind != KEY_UNIQUE)
			continue;
		for (size_t j = 0; j < index->parts.n; j++) {
			const struct name *name = index->parts.items[j].column;
			struct rows_column *column = name ? column_of(table, name, later) : NULL;
			if (!column || random_is_computed(column->a) || (table->b && !column->b))
				continue;
			if (column->null)
				most = ROWS;
			else if (column->capacity > most)
				most = column->capacity;
		}
		if (most < rows->n)
			rows->n = most;
	}
}

void rows_plan(struct rows *rows, struct arena *arena, const struct schema *a,
	       const struct schema *b, bool zero_dates)
{
	*rows = (struct rows){
		.arena = arena, .a = a, .b = b, .n = ROWS, .zero_dates = zero_dates
	};
	add_tables(rows);
	for (size_t i = 0; i < rows->tables.n; i++) {
		struct rows_table *table = rows->tables.items[i];
		note_uses(table, table->a, false);
		tie_columns(rows, table, false);
		if (!table->b)
			continue;
		note_uses(table, table->b, true);
		tie_columns(rows, table, true);
	}
	choose_values(rows);
	satisfy_keys(rows);
	for (size_t i = 0; i < rows->tables.n; i++) {
		limit_rows(rows, rows->tables.items[i], false);
		if (rows->tables.items[i]->b)
			limit_rows(rows, rows->tables.items[i], true);
	}
}

size_t rows_tables(const struct rows *rows)
{
	size_t n = 0;
	for (size_t i = 0; i < rows->tables.n; i++)
		n += rows->tables.items[i]->filled;
	return n;
}

/* --- filling ---------------------------------------------------------------------------------- */

static bool same_charset(const struct column *a, const struct column *b)
{
	return name_equal(a->charset, b->charset);
}

/* Nothing leans on the column, and it stays as it is. */
static bool is_free(const struct rows_column *column)
{
	return !column->unique && !column->used && column->size == 1 &&
	       !column->a->auto_increment &&
	       (!column->b || (type_equal(&column->a->type, &column->b->type) &&
			       !column->b->auto_increment && same_charset(column->a, column->b)));
}

static bool is_null_in_row(const struct rows_column *column, unsigned row)
{
	/* and of no other type, which the value may not come back from */
	bool filled_later = column->b && !column->b->nullable && column->b->backfill &&
			    type_equal(&column->a->type, &column->b->type);
	if (column->null)
		return true;
	if (row + 1 != ROWS || column->needed || !column->a->nullable || column->size != 1 ||
	    column->unique)
		return false;
	return can_be_null(column) || filled_later;
}

static void print_value(struct buf *out, const struct rows_column *column, unsigned row)
{
	if (is_null_in_row(column, row))
		buf_add(out, "NULL");
	else if (!row || !is_free(column) || !value_print_edge(out, column->a, row - 1))
		value_print(out, column->kind, &column->types,
			    (row + (column->ends ? PERIOD : 0)) % column->capacity);
}

static const char *insert_statement(const struct rows *rows, const struct rows_table *table)
{
	struct buf sql = { 0 };
	const char *between = " (";
	buf_add(&sql, "INSERT INTO ");
	quote_name(&sql, table->a->name);
	for (size_t i = 0; i < table->a->columns.n; i++) {
		if (random_is_computed(table->columns[i].a))
			continue;
		buf_add(&sql, between);
		quote_name(&sql, table->columns[i].a->name);
		between = ", ";
	}
	buf_add(&sql, ") VALUES");
	for (unsigned row = 0; row < rows->n; row++) {
		between = row ? ", (" : " (";
		for (size_t i = 0; i < table->a->columns.n; i++) {
			if (random_is_computed(table->columns[i].a))
				continue;
			buf_add(&sql, between);
			print_value(&sql, &table->columns[i], row);
			between = ", ";
		}
		buf_add_char(&sql, ')');
	}
	return buf_arena(&sql, rows->arena);
}

bool rows_insert(struct rows *rows, struct db *db, const char **sql)
{
	*sql = "SET foreign_key_checks=0";
	if (!db_execute(db, *sql, strlen(*sql)))
		return false;
	for (size_t i = 0; i < rows->tables.n; i++) {
		struct rows_table *table = rows->tables.items[i];
		if (!table->filled)
			continue;
		*sql = insert_statement(rows, table);
		if (!db_execute(db, *sql, strlen(*sql)))
			return false;
	}
	*sql = "SET foreign_key_checks=1";
	return db_execute(db, *sql, strlen(*sql));
}

/* --- comparing -------------------------------------------------------------------------------- */

/* Must it hold the same after the change? */
static bool stays(const struct rows_column *column)
{
	return column->b && !random_is_computed(column->a) &&
	       type_equal(&column->a->type, &column->b->type);
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A NULL of the first side may have been filled in by now. */
static bool may_be_filled(const struct rows_column *column)
{
	return column->b && !column->b->nullable && column->a->nullable;
}

static bool read_lines(struct rows *rows, struct db *db, const struct rows_table *table, bool later,
		       const char ***lines, size_t *n)
{
	struct buf sql = { 0 };
	struct db_result result = { 0 };
	buf_add(&sql, "SELECT 1");
	for (size_t i = 0; i < table->a->columns.n; i++) {
		const struct rows_column *column = &table->columns[i];
		if (!stays(column) || may_be_filled(column))
			continue;
		buf_add(&sql, ", ");
		quote_name(&sql, (later ? column->b : column->a)->name);
	}
	buf_add(&sql, " FROM ");
	quote_name(&sql, (later ? table->b : table->a)->name);
	bool ok = db_query(db, rows->arena, buf_text(&sql), &result);
	buf_free(&sql);
	*n = result.rows.n;
	*lines = ARENA_ARRAY(rows->arena, const char *, *n);
	for (size_t i = 0; ok && i < *n; i++) {
		const struct db_row *row = &result.rows.items[i];
		struct buf line = { 0 };
		for (size_t j = 1; j < result.n_columns; j++) {
			buf_add(&line, j > 1 ? ", " : "");
			if (row->cells[j])
				quote_string(&line, row->cells[j], row->lens[j]);
			else
				buf_add(&line, "NULL");
		}
		(*lines)[i] = buf_arena(&line, rows->arena);
	}
	qsort(*lines, *n, sizeof(**lines), compare_lines);
	return ok;
}

bool rows_remember(struct rows *rows, struct db *db)
{
	for (size_t i = 0; i < rows->tables.n; i++) {
		struct rows_table *table = rows->tables.items[i];
		if (table->filled && table->b &&
		    !read_lines(rows, db, table, false, &table->before, &table->n_before))
			return false;
	}
	return true;
}

bool rows_compare(struct rows *rows, struct db *db, enum rows_stop stop, struct buf *out)
{
	for (size_t i = 0; i < rows->tables.n; i++) {
		struct rows_table *table = rows->tables.items[i];
		const char **now;
		size_t n;
		if (!table->filled || !table->b)
			continue;
		if (!read_lines(rows, db, table, stop == ROWS_AT_B, &now, &n))
			return false;
		if (n != table->n_before)
			buf_printf(out, "%s: %zu rows, before %zu\n", table->a->name->text, n,
				   table->n_before);
		for (size_t j = 0; j < n && j < table->n_before; j++)
			if (strcmp(now[j], table->before[j]))
				buf_printf(out, "%s: row (%s), before (%s)\n", table->a->name->text,
					   now[j], table->before[j]);
	}
	return true;
}
