#include "model/option.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum spelling { WRITTEN, UPPER, SIZE };

static const struct row {
	enum tree_attr_kind kind;
	enum spelling spelling;
	const char *nothing[2];
	enum capability capability;
} rows[] = {
#define OPTION(kind, spelling, a, b, capability) { kind, spelling, { a, b }, capability },
#include "model/option.def"
};

static const struct {
	enum tree_attr_kind kind;
	const char *engine, *value;
} of_engines[] = {
#define OF_ENGINE(kind, engine, value) { kind, engine, value },
#include "model/option.def"
};

static const struct {
	enum tree_attr_kind kind;
	const char *value;
} untold[] = {
#define UNTOLD(kind, value) { kind, value },
#include "model/option.def"
};

static const struct {
	enum tree_attr_kind kind;
	unsigned error;
	const char *engines[2];
} heeded[] = {
#define HEEDED(kind, error, a, b) { kind, error, { a, b } },
#include "model/option.def"
};

static const struct {
	enum tree_attr_kind kind;
	enum capability capability;
} of_columns[] = {
#define OF_COLUMN(kind, capability) { kind, capability },
#include "model/option.def"
};

static const struct {
	enum tree_attr_kind kind;
	enum capability capability;
} of_partitions[] = {
#define OF_PARTITION(kind, capability) { kind, capability },
#include "model/option.def"
};

static const enum tree_attr_kind lasting[] = {
#define LASTING(kind) kind,
#include "model/option.def"
};

static const struct row *find_row(enum tree_attr_kind kind)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (rows[i].kind == kind)
			return &rows[i];
	return NULL;
}

bool option_is_kind(enum tree_attr_kind kind)
{
	return find_row(kind) != NULL;
}

enum capability option_capability(enum tree_attr_kind kind)
{
	const struct row *row = find_row(kind);
	return row ? row->capability : CAP_COUNT;
}

enum capability option_column_capability(enum tree_attr_kind kind)
{
	for (size_t i = 0; i < COUNT(of_columns); i++)
		if (of_columns[i].kind == kind)
			return of_columns[i].capability;
	return option_capability(kind);
}

enum capability option_partition_capability(enum tree_attr_kind kind)
{
	for (size_t i = 0; i < COUNT(of_partitions); i++)
		if (of_partitions[i].kind == kind)
			return of_partitions[i].capability;
	return CAP_COUNT;
}

static bool says_nothing(const struct row *row, const char *engine, const char *value)
{
	for (size_t i = 0; i < COUNT(row->nothing); i++)
		if (row->nothing[i] && word_equal(row->nothing[i], value))
			return true;
	for (size_t i = 0; i < COUNT(of_engines) && engine; i++)
		if (of_engines[i].kind == row->kind && word_equal(of_engines[i].engine, engine) &&
		    word_equal(of_engines[i].value, value))
			return true;
	return false;
}

/* 4M: 4194304; what is no size stays as it is. */
static const char *size_bytes(struct arena *arena, const char *value)
{
	static const char units[] = "kmgt";
	char *end = NULL;
	unsigned long long bytes = strtoull(value, &end, 10);
	const char *unit = *end ? strchr(units, tolower((unsigned char)*end)) : NULL;
	if (end == value || !unit || end[1])
		return value;
	return arena_printf(arena, "%llu", bytes << (10 * (unit - units + 1)));
}

const char *option_settle(struct arena *arena, enum tree_attr_kind kind, const char *engine,
			  const char *value)
{
	const struct row *row = find_row(kind);
	if (!row || says_nothing(row, engine, value))
		return NULL;
	if (row->spelling == SIZE)
		return size_bytes(arena, value);
	char *text = arena_strdup(arena, value);
	for (char *c = text; *c && row->spelling == UPPER; c++)
		*c = (char)toupper((unsigned char)*c);
	return text;
}

void option_take(struct arena *arena, struct option_list *options, enum tree_attr_kind kind,
		 const char *engine, const char *value)
{
	const char *settled = option_settle(arena, kind, engine, value);
	if (settled)
		option_set(arena, options, kind, settled);
}

bool option_is_untold(const struct option *option)
{
	for (size_t i = 0; i < COUNT(untold); i++)
		if (untold[i].kind == option->kind && word_equal(untold[i].value, option->value))
			return true;
	return false;
}

static bool is_one_of(const char *engine, const char *const *engines, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (engines[i] && word_equal(engine, engines[i]))
			return true;
	return false;
}

unsigned option_engine_refusal(enum tree_attr_kind kind, const char *engine)
{
	static const char *const everywhere[] = { "InnoDB", "MyISAM", "MEMORY", "CSV", "MRG_MYISAM",
						  "Aria" };
	if (!is_one_of(engine, everywhere, COUNT(everywhere)))
		return 0;
	for (size_t i = 0; i < COUNT(heeded); i++)
		if (heeded[i].kind == kind &&
		    !is_one_of(engine, heeded[i].engines, COUNT(heeded[i].engines)))
			return heeded[i].error;
	return 0;
}

bool option_is_lasting(enum tree_attr_kind kind)
{
	for (size_t i = 0; i < COUNT(lasting); i++)
		if (lasting[i] == kind)
			return true;
	return false;
}

unsigned long option_block_size(const char *engine, const char *written)
{
	unsigned long size = strtoul(written, NULL, 10), fit = 1024;
	if (word_equal(engine, "Aria"))
		return 8192;
	if (!word_equal(engine, "MyISAM"))
		return size;
	while (fit < size && fit < 16384)
		fit *= 2;
	return fit;
}

bool option_has_case(enum tree_attr_kind kind)
{
	return (tree_attr_value(kind) == VALUE_STRING && kind != ATTR_COMPRESSION &&
		kind != ATTR_ENCRYPTION) ||
	       kind == ATTR_TABLESPACE;
}
