#include "tests/support/random_wide.h"

#include <stdlib.h>
#include <string.h>

#include "base/context.h"

/*
 * The first partition holds all rows that test rows are: numbers from 0 to 9, days of January 2020.
 * It stays; the others come, go and change.
 */
#define MOST_DEFS 5

enum method { RANGE, LIST, RANGE_COLUMNS, LIST_COLUMNS, HASH, KEY, METHODS };

static bool is_day(const struct column *column)
{
	return type_class(&column->type) == CLASS_DATE ||
	       type_class(&column->type) == CLASS_DATETIME;
}

static bool is_integer(const struct column *column)
{
	return type_class(&column->type) == CLASS_INTEGER;
}

/* The columns that every unique key has and that a table can be partitioned by. */
static const struct column *partition_column(const struct table *table)
{
	const struct index *primary = table_primary_key(table);
	for (size_t i = 0; primary && i < primary->parts.n; i++) {
		const struct column *column = table_column(table, primary->parts.items[i].column);
		if (column && !column->generated && !primary->parts.items[i].length &&
		    (is_integer(column) || is_day(column)))
			return column;
	}
	return NULL;
}

static bool has_spatial(const struct table *table)
{
	for (size_t i = 0; i < table->columns.n; i++)
		if (type_class(&table->columns.items[i]->type) == CLASS_SPATIAL)
			return true;
	return false;
}

static void push_bound(struct random_model *model, struct tree_partition_def *def, const char *text,
		       bool string)
{
	LIST_PUSH(model->arena, &def->bounds,
		  string ? expr_string(model->arena, text, strlen(text))
			 : expr_number(model->arena, text));
}

static void push_word(struct random_model *model, struct tree_partition_def *def,
		      enum tree_attr_kind kind, const char *word)
{
	struct tree_attr attr = { .kind = kind, .word.name = ctx_name(model->ctx, word) };
	LIST_PUSH(model->arena, &def->attrs, attr);
}

static struct tree_partition_def new_def(struct random_model *model, size_t at)
{
	struct tree_partition_def def = { 0 };
	def.name.name = at ? random_new_name(model, "p") : ctx_name(model->ctx, "p0");
	if (random_chance(&model->random, 10))
		push_word(model, &def, ATTR_MIN_ROWS, "10");
	if (random_chance(&model->random, 10))
		push_word(model, &def, ATTR_MAX_ROWS, "1000");
	if (random_chance(&model->random, 20)) {
		const char *text = random_comment(model);
		struct tree_attr attr = { .kind = ATTR_COMMENT };
		attr.expr = expr_string(model->arena, text, strlen(text));
		LIST_PUSH(model->arena, &def.attrs, attr);
	}
	return def;
}

/* Definition `at`, of bounds that grow with `at` and leave room between them. */
static struct tree_partition_def make_def(struct random_model *model, enum method method, size_t at,
					  bool day)
{
	struct tree_partition_def def = new_def(model, at);
	if (method == RANGE || method == RANGE_COLUMNS) {
		def.values = VALUES_LESS_THAN;
		char *text = day ? arena_printf(model->arena, "20%02zu-01-01", 21 + 5 * at)
				 : arena_printf(model->arena, "%zu", 10 + 10 * at);
		push_bound(model, &def, text, day);
	} else if (method == LIST || method == LIST_COLUMNS) {
		def.values = VALUES_IN;
		for (unsigned i = 0; i < (at ? 2 : 10); i++)
			push_bound(model, &def, arena_printf(model->arena, "%zu", 10 * at + i),
				   false);
	}
	return def;
}

static const char *const words[METHODS] = { "range",        "list", "range columns",
					    "list columns", "hash", "key" };

static bool has_defs(const struct tree_partition *partition)
{
	return strncmp(partition->method->text, "range", 5) == 0 ||
	       strncmp(partition->method->text, "list", 4) == 0;
}

static bool ends(const struct tree_partition *partition)
{
	const struct tree_partition_def *last = &partition->defs.items[partition->defs.n - 1];
	return last->is_default ||
	       (last->values == VALUES_LESS_THAN && last->bounds.items[0]->kind == EXPR_COLUMN);
}

static enum method method_of(const struct tree_partition *partition)
{
	enum method method = RANGE;
	while (strcmp(words[method], partition->method->text) != 0)
		method++;
	return method;
}

/* Of LIST: whatever no other one has. */
static void push_default(struct random_model *model, struct tree_partition *partition)
{
	struct tree_partition_def def = new_def(model, 1);
	def.is_default = true;
	LIST_PUSH(model->arena, &partition->defs, def);
}

static void push_maxvalue(struct random_model *model, struct tree_partition *partition)
{
	struct tree_partition_def def = new_def(model, 1);
	struct expr *bound = expr_new(model->arena, EXPR_COLUMN, span_none());
	bound->name = ctx_name(model->ctx, "maxvalue");
	def.values = VALUES_LESS_THAN;
	LIST_PUSH(model->arena, &def.bounds, bound);
	LIST_PUSH(model->arena, &partition->defs, def);
}

static void push_column(struct random_model *model, struct tree_ident_list *list,
			const struct name *name)
{
	struct tree_ident ident = { .name = name };
	LIST_PUSH(model->arena, list, ident);
}

void random_partition(struct random_model *model, struct table *table)
{
	struct random *random = &model->random;
	const struct column *column = partition_column(table);
	if (!column)
		return;
	struct tree_partition *partition = ARENA_NEW(model->arena, struct tree_partition);
	enum method method = random_below(random, METHODS);
	if (!is_integer(column) && method != KEY)
		method = RANGE_COLUMNS;
	partition->method = ctx_name(model->ctx, words[method]);
	if (method == RANGE_COLUMNS || method == LIST_COLUMNS || method == KEY)
		push_column(model, &partition->columns, column->name);
	else
		partition->expr = (struct expr *)random_expr(
			model, random_chance(random, 30) ? "$ + 0" : "$", column->name);
	if (method == HASH || method == KEY) {
		partition->linear = random_chance(random, 60);
		partition->count = 2 + random_below(random, 3);
	}
	unsigned n = has_defs(partition) ? 1 + random_below(random, 3) : 0;
	for (size_t i = 0; i < n; i++) {
		struct tree_partition_def def = make_def(model, method, i, is_day(column));
		LIST_PUSH(model->arena, &partition->defs, def);
	}
	if (n && random_chance(random, 30) && (method == RANGE || method == RANGE_COLUMNS))
		push_maxvalue(model, partition);
	if ((method == LIST || method == LIST_COLUMNS) && random_chance(random, 40) &&
	    random_can(model, CAP_PARTITION_DEFAULT))
		push_default(model, partition);
	if (n && is_integer(column) && random_chance(random, 30)) {
		bool key = random_chance(random, 50);
		partition->sub_method = ctx_name(model->ctx, key ? "key" : "hash");
		partition->sub_count = 2;
		partition->sub_linear = random_chance(random, 30);
		if (key)
			push_column(model, &partition->sub_columns, column->name);
		else
			partition->sub_expr = (struct expr *)random_expr(model, "$", column->name);
	}
	table->partition = partition;
}

static bool index_has(const struct index *index, const struct name *name)
{
	for (size_t i = 0; i < index->parts.n; i++)
		if (index->parts.items[i].column && !index->parts.items[i].length &&
		    name_equal(index->parts.items[i].column, name))
			return true;
	return false;
}

static void note_name(const struct expr *expr, void *data)
{
	const struct name **name = data;
	*name = expr->name;
}

static const struct name *column_name(const struct tree_partition *partition)
{
	const struct name *name = NULL;
	if (partition->columns.n)
		return partition->columns.items[0].name;
	if (partition->expr)
		expr_each_column(partition->expr, note_name, &name);
	return name;
}

static bool suits(const struct tree_partition *partition, const struct column *column)
{
	enum method method = method_of(partition);
	const struct expr *bound =
		partition->defs.n ? partition->defs.items[0].bounds.items[0] : NULL;
	if (method == KEY)
		return is_integer(column) || is_day(column);
	if (method == RANGE_COLUMNS && bound && bound->kind == EXPR_STRING)
		return is_day(column);
	return is_integer(column);
}

void random_fix_partition(struct random_model *model, struct table *table)
{
	const struct index *primary = table_primary_key(table);
	struct index_list kept = { 0 };
	if (!table->partition)
		return;
	const struct name *name = column_name(table->partition);
	const struct column *column = name ? table_column(table, name) : NULL;
	if (!column || column->generated || !primary || !index_has(primary, name) ||
	    !random_is_engine(table, "InnoDB") || !suits(table->partition, column) ||
	    has_spatial(table)) {
		table->partition = NULL;
		return;
	}
	table->foreign_keys.n = 0; /* 1506 */
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		bool unique = index->kind == KEY_UNIQUE || index->kind == KEY_PRIMARY;
		if (index->kind == KEY_INDEX || (unique && index_has(index, name)))
			LIST_PUSH(model->arena, &kept, index);
	}
	table->indexes = kept;
}

/* --- changes ---------------------------------------------------------------------------------- */

static struct tree_partition *copy_partition(struct changer *c, const struct table *table)
{
	struct tree_partition *copy = arena_memdup(c->arena, table->partition, sizeof(*copy));
	copy->defs.items = NULL;
	copy->defs.n = copy->defs.cap = 0;
	for (size_t i = 0; i < table->partition->defs.n; i++)
		LIST_PUSH(c->arena, &copy->defs, table->partition->defs.items[i]);
	return copy;
}

/* The largest bound but MAXVALUE, as the `at` that make_def() made it of. */
static size_t last_step(const struct tree_partition *partition, bool day)
{
	size_t most = 0;
	for (size_t i = 0; i < partition->defs.n; i++) {
		if (partition->defs.items[i].is_default)
			continue;
		const struct expr *bound = partition->defs.items[i].bounds.items[0];
		if (bound->kind == EXPR_COLUMN)
			continue;
		size_t number = (size_t)atoi(bound->text + (day ? 2 : 0));
		size_t at = day ? (number - 21) / 5 : number / 10;
		most = at > most ? at : most;
	}
	return most;
}

static void add_def(struct changer *c, struct tree_partition *partition, bool day)
{
	enum method method = method_of(partition);
	size_t at = last_step(partition, day) + 1;
	bool closed = ends(partition);
	if (partition->defs.n >= MOST_DEFS || at > 9)
		return;
	struct tree_partition_def def = make_def(c->model, method, at, day);
	/* before MAXVALUE: it is split */
	LIST_INSERT(c->arena, &partition->defs, partition->defs.n - closed, def);
}

/* A table that is partitioned, or can be, if there is one. */
static struct table *partitionable(struct changer *c)
{
	struct table *table = change_any_table(c);
	for (int i = 0; i < 4 && !table->partition; i++)
		table = change_any_table(c);
	for (int i = 0; i < 4 && (!partition_column(table) || has_spatial(table)); i++)
		table = change_any_table(c);
	return table;
}

void change_partition(struct changer *c)
{
	if (!c->model->wide)
		return;
	struct table *table = partitionable(c);
	if (!table->partition) {
		random_partition(c->model, table);
		return;
	}
	struct tree_partition *partition = copy_partition(c, table);
	const struct name *name = column_name(partition);
	const struct column *column = name ? table_column(table, name) : NULL;
	if (!column)
		return;
	bool day = partition->defs.n &&
		   partition->defs.items[0].bounds.items[0]->kind == EXPR_STRING && is_day(column);
	unsigned what = random_below(c->random, 10);
	if (what == 0) {
		table->partition = NULL;
		return;
	}
	if (what == 1) {
		random_partition(c->model, table);
		return;
	}
	if (!has_defs(partition)) {
		if (what == 2)
			partition->linear = !partition->linear;
		else
			partition->count = 1 + random_below(c->random, 6);
	} else if (what < 4 || what == 8) {
		add_def(c, partition, day);
	} else if (what < 6 && partition->defs.n > 1) {
		LIST_REMOVE(&partition->defs,
			    1 + random_below(c->random, (unsigned)partition->defs.n - 1));
	} else if (what == 6 && !ends(partition)) {
		if (!strncmp(partition->method->text, "range", 5))
			push_maxvalue(c->model, partition);
		else if (random_can(c->model, CAP_PARTITION_DEFAULT))
			push_default(c->model, partition);
	} else if (what >= 7 && !partition->sub_method) {
		size_t at = random_below(c->random, (unsigned)partition->defs.n);
		partition->defs.items[at].attrs = new_def(c->model, 1).attrs;
	}
	table->partition = partition;
}
