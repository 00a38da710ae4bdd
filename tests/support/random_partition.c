#include "tests/support/random_wide.h"

#include <stdlib.h>
#include <string.h>

#include "base/context.h"
#include "model/partition.h"

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

/* Those that MariaDB reads and forgets are none. */
static bool has_tablespaces(const struct random_model *model)
{
	for (size_t i = 0; i < model->targets->n; i++)
		if (server_can(&model->targets->items[i], CAP_PARTITION_TABLESPACE) != SUPPORT_YES)
			return false;
	return true;
}

static void push_engine_options(struct random_model *model, struct tree_partition_def *def)
{
	static const char *const levels[] = { "1", "6", "9" }, *const keys[] = { "1", "2" };
	if (random_chance(&model->random, 25))
		push_word(model, def, ATTR_PAGE_COMPRESSED, "1");
	if (def->attrs.n && random_chance(&model->random, 50))
		push_word(model, def, ATTR_PAGE_COMPRESSION_LEVEL,
			  RANDOM_PICK(&model->random, levels));
	if (random_chance(&model->random, 25)) {
		push_word(model, def, ATTR_ENCRYPTED, "no");
		if (random_chance(&model->random, 50))
			push_word(model, def, ATTR_ENCRYPTION_KEY_ID,
				  RANDOM_PICK(&model->random, keys));
	}
}

static struct tree_partition_def new_def(struct random_model *model, size_t at)
{
	struct tree_partition_def def = { 0 };
	def.name.name = at ? random_new_name(model, "p") : ctx_name(model->ctx, "p0");
	if (random_can(model, CAP_PARTITION_OPTIONS))
		push_engine_options(model, &def);
	if (random_chance(&model->random, 10))
		push_word(model, &def, ATTR_MIN_ROWS, "10");
	if (random_chance(&model->random, 10))
		push_word(model, &def, ATTR_MAX_ROWS, "1000");
	if (random_chance(&model->random, 10) && has_tablespaces(model))
		push_word(model, &def, ATTR_TABLESPACE, "innodb_file_per_table");
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

/* p0, p1, … of the history and pn for what is there now, listed or counted. */
static void partition_by_time(struct random_model *model, struct table *table)
{
	static const char *const intervals[] = {
		NULL,
		"limit 10",
		"limit 1000",
		"interval 1 day starts timestamp'2020-01-01 00:00:00'",
		"interval 2 month starts timestamp'2020-01-01 00:00:00'",
	};
	struct random *random = &model->random;
	struct tree_partition *partition = ARENA_NEW(model->arena, struct tree_partition);
	unsigned n = 1 + random_below(random, 3);
	partition->method = ctx_name(model->ctx, "system_time");
	partition->interval = RANDOM_PICK(random, intervals);
	if (!partition->interval)
		n = 1; /* more have no limit that fills them */
	option_set(model->arena, &table->options, ATTR_WITH_SYSTEM_VERSIONING, "");
	table->partition = partition;
	if (random_chance(random, 40)) {
		partition->count = n + 1;
		return;
	}
	for (size_t i = 0; i <= n; i++) {
		struct tree_partition_def def = new_def(model, i);
		def.is_current = i == n;
		def.is_history = i < n;
		LIST_PUSH(model->arena, &partition->defs, def);
	}
}

void random_partition(struct random_model *model, struct table *table)
{
	struct random *random = &model->random;
	if (random_can(model, CAP_SYSTEM_VERSIONING) &&
	    (table_is_versioned(table) || random_chance(random, 10))) {
		partition_by_time(model, table);
		return;
	}
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

/* By time: any column will do, so that all keys may stay that a partitioned table can have. */
static bool stands_by_time(const struct table *table)
{
	return table_is_versioned(table) && random_is_engine(table, "InnoDB") &&
	       !has_spatial(table);
}

/* A page that is compressed has a row format of its own. */
static void fix_compression(const struct random_model *model, const struct table *table,
			    struct tree_partition *partition)
{
	bool format = option_find(&table->options, ATTR_ROW_FORMAT) ||
		      option_find(&table->options, ATTR_KEY_BLOCK_SIZE);
	for (size_t i = 0; i < partition->defs.n && format; i++) {
		struct tree_attr_list *attrs = &partition->defs.items[i].attrs, kept = { 0 };
		for (size_t j = 0; j < attrs->n; j++)
			if (attrs->items[j].kind != ATTR_PAGE_COMPRESSED &&
			    attrs->items[j].kind != ATTR_PAGE_COMPRESSION_LEVEL)
				LIST_PUSH(model->arena, &kept, attrs->items[j]);
		*attrs = kept;
	}
}

static void settle(struct random_model *model, struct table *table)
{
	struct tree_partition *partition = partition_normal(model->ctx, model->arena, model->server,
							    table->engine, table->partition);
	fix_compression(model, table, partition);
	table->partition = partition;
}

static void fix_by_time(struct random_model *model, struct table *table)
{
	struct index_list kept = { 0 };
	if (!stands_by_time(table)) {
		table->partition = NULL;
		return;
	}
	table->foreign_keys.n = 0; /* 1506 */
	for (size_t i = 0; i < table->indexes.n; i++) {
		enum tree_key_kind kind = table->indexes.items[i]->kind;
		if (kind == KEY_INDEX || kind == KEY_UNIQUE || kind == KEY_PRIMARY)
			LIST_PUSH(model->arena, &kept, table->indexes.items[i]);
	}
	table->indexes = kept;
	settle(model, table);
}

void random_fix_partition(struct random_model *model, struct table *table)
{
	const struct index *primary = table_primary_key(table);
	struct index_list kept = { 0 };
	if (!table->partition)
		return;
	if (partition_is_by_time(table->partition)) {
		fix_by_time(model, table);
		return;
	}
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
	settle(model, table);
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

/* All say a tablespace, or none does. */
static void change_tablespaces(struct changer *c, struct tree_partition *partition)
{
	bool give = has_tablespaces(c->model) &&
		    !tree_find_attr(&partition->defs.items[0].attrs, ATTR_TABLESPACE);
	for (size_t i = 0; i < partition->defs.n; i++) {
		struct tree_attr_list *attrs = &partition->defs.items[i].attrs, kept = { 0 };
		for (size_t j = 0; j < attrs->n; j++)
			if (attrs->items[j].kind != ATTR_TABLESPACE)
				LIST_PUSH(c->arena, &kept, attrs->items[j]);
		*attrs = kept;
		if (give)
			push_word(c->model, &partition->defs.items[i], ATTR_TABLESPACE,
				  "innodb_file_per_table");
	}
}

static void change_by_time(struct changer *c, struct table *table)
{
	struct tree_partition *partition = copy_partition(c, table);
	size_t n = partition->defs.n;
	switch (random_below(c->random, 5)) {
	case 0:
		table->partition = NULL;
		return;
	case 1:
		partition_by_time(c->model, table);
		return;
	case 2:
		if (n) {
			struct tree_partition_def def = new_def(c->model, 1);
			def.is_history = true;
			LIST_INSERT(c->arena, &partition->defs, n - 1, def);
		} else {
			partition->count++;
		}
		if (!partition->interval)
			partition->interval = "limit 1000";
		break;
	case 3:
		if (n > 2)
			LIST_REMOVE(&partition->defs, n - 2);
		break;
	case 4:
		if (n)
			partition->defs.items[n - 1].attrs = new_def(c->model, 1).attrs;
		break;
	}
	table->partition = partition;
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
	if (partition_is_by_time(table->partition)) {
		change_by_time(c, table);
		return;
	}
	struct tree_partition *partition = copy_partition(c, table);
	const struct name *name = column_name(partition);
	const struct column *column = name ? table_column(table, name) : NULL;
	if (!column)
		return;
	bool day = partition->defs.n &&
		   partition->defs.items[0].bounds.items[0]->kind == EXPR_STRING && is_day(column);
	unsigned what = random_below(c->random, 12);
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
	} else if (what == 11) {
		change_tablespaces(c, partition);
	} else if (what >= 7 && !partition->sub_method) {
		size_t at = random_below(c->random, (unsigned)partition->defs.n);
		partition->defs.items[at].attrs = new_def(c->model, 1).attrs;
	}
	table->partition = partition;
}
