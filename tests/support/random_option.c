#include "tests/support/random_wide.h"

#include <string.h>

#include "base/context.h"
#include "model/option.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* --- what there is ---------------------------------------------------------------------------- */

struct choice {
	char place; /* T table, C column, K key */
	enum tree_attr_kind kind;
	const char *engine; /* NULL: any */
	const char *values[4];
	struct option with; /* of tables: another one that must be there; ATTR_COUNT: none */
};

#define ALONE                    \
	{                        \
		ATTR_COUNT, NULL \
	}
#define WITH(kind, value)   \
	{                   \
		kind, value \
	}

static const struct choice choices[] = {
#define CHOICE(place, kind, engine, with, ...) { place, kind, engine, { __VA_ARGS__ }, with },
#include "tests/support/random_option.def"
};

static bool is_for(const struct random_model *model, const struct table *table,
		   const struct choice *choice)
{
	enum capability capability = option_capability(choice->kind);
	if (choice->engine && !random_is_engine(table, choice->engine))
		return false;
	return capability == CAP_COUNT || random_can(model, capability);
}

static unsigned count_values(const struct choice *choice)
{
	unsigned n = 0;
	while (n < COUNT(choice->values) && choice->values[n])
		n++;
	return n;
}

static const char *any_value(struct random_model *model, const struct choice *choice)
{
	return choice->values[random_below(&model->random, count_values(choice))];
}

/* --- tables ----------------------------------------------------------------------------------- */

/* A choice for the table; preferably of an option that it has. */
static const struct choice *pick_choice(struct random_model *model, const struct table *table)
{
	const struct choice *choice;
	unsigned tries = random_chance(&model->random, 50) ? 10 : 0;
	do
		choice = &choices[random_below(&model->random, COUNT(choices))];
	while (choice->place != 'T' || !is_for(model, table, choice) ||
	       (!option_find(&table->options, choice->kind) && tries--));
	return choice;
}

static struct option_list copy_options(struct random_model *model, const struct option_list *list)
{
	struct option_list copy = { 0 };
	for (size_t i = 0; i < list->n; i++)
		LIST_PUSH(model->arena, &copy, list->items[i]);
	return copy;
}

void random_set_option(struct random_model *model, struct table *table)
{
	const struct choice *choice = pick_choice(model, table);
	unsigned n = count_values(choice), at = random_below(&model->random, n);
	const char *given = option_find(&table->options, choice->kind);
	table->options = copy_options(model, &table->options);
	if (given && !strcmp(given, choice->values[at]))
		at = (at + 1) % n;
	bool take = given && (n == 1 || random_chance(&model->random, 40));
	if (!take && choice->with.kind != ATTR_COUNT)
		option_set(model->arena, &table->options, choice->with.kind, choice->with.value);
	option_set(model->arena, &table->options, choice->kind, take ? NULL : choice->values[at]);
}

static const struct name *any_engine(struct random_model *model)
{
	static const char *const engines[] = { "MyISAM", "MEMORY", "Aria" };
	unsigned n = random_can(model, CAP_ARIA) ? COUNT(engines) : COUNT(engines) - 1;
	return ctx_name(model->ctx, engines[random_below(&model->random, n)]);
}

void random_table_options(struct random_model *model, struct table *table)
{
	if (random_chance(&model->random, 25))
		table->engine = any_engine(model);
	for (unsigned i = random_below(&model->random, 4); i; i--)
		random_set_option(model, table);
	if (random_chance(&model->random, 10))
		table->auto_increment = "1000";
}

/* --- columns and keys ------------------------------------------------------------------------- */

static bool is_variable(const struct column *column)
{
	enum type_class class = type_class(&column->type);
	return class == CLASS_TEXT || class == CLASS_BLOB || column->type.id == TYPE_VARCHAR ||
	       column->type.id == TYPE_VARBINARY;
}

void random_column_options(struct random_model *model, struct column *column)
{
	if (column_is_row_time(column))
		return;
	column->options = (struct option_list){ 0 };
	if (column->generated)
		return;
	for (size_t i = 0; i < COUNT(choices); i++) {
		const struct choice *choice = &choices[i];
		bool compressed = choice->kind == ATTR_COMPRESSED;
		bool rare = compressed || choice->kind == ATTR_WITHOUT_SYSTEM_VERSIONING;
		if (choice->place != 'C' || (compressed && !is_variable(column)) ||
		    !is_for(model, NULL, choice) || !random_chance(&model->random, rare ? 25 : 5))
			continue;
		option_set(model->arena, &column->options, choice->kind, any_value(model, choice));
	}
}

static bool is_for_key(const struct random_model *model, const struct index *index,
		       enum tree_attr_kind kind)
{
	switch ((int)kind) {
	case ATTR_PARSER:
		return index->kind == KEY_FULLTEXT && model->server->flavour == FLAVOUR_MYSQL &&
		       model->server->version >= 50706;
	case ATTR_M:
	case ATTR_DISTANCE:
		return index->kind == KEY_VECTOR;
	case ATTR_USING:
		return index->kind == KEY_PRIMARY || index->kind == KEY_UNIQUE ||
		       index->kind == KEY_INDEX;
	case ATTR_KEY_BLOCK_SIZE:
		return index->kind == KEY_INDEX || index->kind == KEY_UNIQUE;
	default:
		return true;
	}
}

void random_index_options(struct random_model *model, const struct table *table,
			  struct index *index)
{
	index->options = (struct option_list){ 0 };
	for (size_t i = 0; i < COUNT(choices); i++) {
		const struct choice *choice = &choices[i];
		enum tree_attr_kind kind = choice->kind;
		bool rare = kind != ATTR_PARSER && kind != ATTR_M && kind != ATTR_DISTANCE &&
			    !(kind == ATTR_USING && random_is_engine(table, "MEMORY"));
		if (choice->place != 'K' || !is_for_key(model, index, kind) ||
		    !is_for(model, table, choice) || !random_chance(&model->random, rare ? 8 : 50))
			continue;
		option_set(model->arena, &index->options, kind, any_value(model, choice));
	}
}

/* --- what does not go together ---------------------------------------------------------------- */

/* A key's size of a block, that the table's engine keeps; one that is the table's says nothing. */
static bool keeps_block_size(const struct random_model *model, const struct table *table,
			     const char *own)
{
	const char *above = option_find(&table->options, ATTR_KEY_BLOCK_SIZE);
	if (above && !strcmp(own, above))
		return false;
	return random_is_engine(table, "MyISAM") ||
	       (random_is_engine(table, "InnoDB") && random_can(model, CAP_INDEX_BLOCK_SIZE) &&
		!option_find(&table->options, ATTR_KEY_BLOCK_SIZE));
}

static void fix_index_options(struct random_model *model, struct table *table)
{
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		const char *own = option_find(&index->options, ATTR_KEY_BLOCK_SIZE);
		if (!own || keeps_block_size(model, table, own))
			continue;
		struct index *copy = arena_memdup(model->arena, index, sizeof(*copy));
		copy->options = copy_options(model, &index->options);
		option_set(model->arena, &copy->options, ATTR_KEY_BLOCK_SIZE, NULL);
		table->indexes.items[i] = copy;
	}
}

/* Is it a value that the table can have? */
static bool is_choice(const struct random_model *model, const struct table *table,
		      const struct option *option)
{
	for (size_t i = 0; i < COUNT(choices); i++) {
		const struct choice *choice = &choices[i];
		const char *with = choice->with.kind == ATTR_COUNT
					   ? NULL
					   : option_find(&table->options, choice->with.kind);
		if (choice->place != 'T' || choice->kind != option->kind ||
		    !is_for(model, table, choice) ||
		    (choice->with.kind != ATTR_COUNT &&
		     (!with || strcmp(with, choice->with.value) != 0)))
			continue;
		for (size_t j = 0; j < COUNT(choice->values) && choice->values[j]; j++)
			if (!strcmp(choice->values[j], option->value))
				return true;
	}
	return false;
}

/* Of tables of InnoDB. */
static bool is_format_at_home(const struct random_model *model, const struct table *table,
			      const char *format)
{
	if (word_equal(format, "COMPACT") || word_equal(format, "REDUNDANT"))
		return true;
	/* many columns make a compressed page too small */
	return model->server->large_prefix &&
	       (!word_equal(format, "COMPRESSED") || table->columns.n < 10);
}

static bool is_option_at_home(const struct random_model *model, const struct table *table,
			      const struct option *option)
{
	const char *format = option_find(&table->options, ATTR_ROW_FORMAT);
	const char *space = option_find(&table->options, ATTR_TABLESPACE);
	bool shared = space && word_equal(space, "innodb_system");
	if (option->kind == ATTR_UNION || option->kind == ATTR_INSERT_METHOD)
		return random_is_engine(table, "MRG_MYISAM");
	if (!is_choice(model, table, option) ||
	    !option_settle(model->arena, option->kind, table->engine->text, option->value))
		return false;
	switch ((int)option->kind) {
	case ATTR_ROW_FORMAT:
		return !random_is_engine(table, "InnoDB") ||
		       (is_format_at_home(model, table, option->value) &&
			(!shared || !word_equal(option->value, "COMPRESSED")));
	case ATTR_TABLESPACE:
		return !table->partition;
	case ATTR_COMPRESSION:
	case ATTR_PAGE_COMPRESSED:
	case ATTR_PAGE_COMPRESSION_LEVEL:
		return !format && !shared;
	case ATTR_AUTOEXTEND_SIZE:
		return !shared;
	case ATTR_CONNECTION:
		return !table->partition;
	default:
		return true;
	}
}

/* WITHOUT SYSTEM VERSIONING is for columns of tables that have it; one must have it (4123, 4124). */
static void fix_versioning(struct random_model *model, struct table *table)
{
	bool versioned = option_find(&table->options, ATTR_WITH_SYSTEM_VERSIONING) != NULL;
	bool any = false;
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		bool without = option_find(&column->options, ATTR_WITHOUT_SYSTEM_VERSIONING);
		if (without && (!versioned || (!any && i + 1 == table->columns.n))) {
			struct column *copy = random_copy_column(model, column);
			struct option_list kept = { 0 };
			for (size_t j = 0; j < column->options.n; j++)
				if (column->options.items[j].kind != ATTR_WITHOUT_SYSTEM_VERSIONING)
					LIST_PUSH(model->arena, &kept, column->options.items[j]);
			copy->options = kept;
			table->columns.items[i] = copy;
			without = false;
		}
		any = any || (!without && !column_is_row_time(column));
	}
}

void random_fix_options(struct random_model *model, struct table *table)
{
	fix_index_options(model, table);
	/* twice: what depends on another one, which may go */
	for (int pass = 0; pass < 2; pass++) {
		struct option_list kept = { 0 };
		for (size_t i = 0; i < table->options.n; i++)
			if (is_option_at_home(model, table, &table->options.items[i]))
				LIST_PUSH(model->arena, &kept, table->options.items[i]);
		table->options = kept;
	}
	fix_versioning(model, table);
}

void random_keep_lasting_options(struct random_model *model, struct table *table,
				 const struct table *old)
{
	static const enum tree_attr_kind lasting[] = { ATTR_STORAGE, ATTR_TABLESPACE };
	for (size_t i = 0; i < COUNT(lasting); i++) {
		const char *before = option_find(&old->options, lasting[i]);
		if (!before == !option_find(&table->options, lasting[i]))
			continue;
		table->options = copy_options(model, &table->options);
		option_set(model->arena, &table->options, lasting[i], before);
		if (before)
			table->partition = NULL; /* which a shared tablespace has none of */
	}
}

/* --- changes ---------------------------------------------------------------------------------- */

void change_option(struct changer *c)
{
	struct table *table = change_any_table(c);
	if (c->model->wide)
		random_set_option(c->model, table);
}

void change_column_options(struct changer *c)
{
	struct table *table = change_any_table(c);
	size_t at = change_any_column(c, table);
	const struct column *column = table->columns.items[at];
	if (!c->model->wide || (column->was && table_column(table, column->was)))
		return;
	struct column *copy = random_copy_column(c->model, column);
	random_column_options(c->model, copy);
	table->columns.items[at] = copy;
}
