/*
 * live_clause: columns, keys and table options out of the clauses of SHOW CREATE TABLE.
 *
 * What information_schema does not tell, or tells otherwise than it was written:
 *  - of columns COLUMN_FORMAT, STORAGE, NOT SECONDARY, engine attributes, and the bytes of a
 *    binary default
 *  - of keys USING where it was written, KEY_BLOCK_SIZE, WITH PARSER, M and DISTANCE, engine
 *    attributes
 *  - of tables every option: TABLESPACE, STORAGE, AUTOEXTEND_SIZE and directories are told nowhere
 *    else, and what CREATE_OPTIONS says of Aria's TRANSACTIONAL is not what was written
 * What the language has no word for is passed over here, and named by src/run/clauses.c.
 */
#include "mysql/live.h"

#include <string.h>

#include "base/context.h"
#include "model/merge.h"
#include "model/option.h"
#include "mysql/clause.h"
#include "syntax/parse.h"

/* A text that is being read. */
struct show {
	struct live *live;
	struct table *table;
	struct clause_text text;
};

/* The option that the clause is; ATTR_COUNT: none. */
static enum tree_attr_kind option_of(const struct clause *clause)
{
	for (int kind = 0; kind < ATTR_COUNT; kind++) {
		if (option_is_kind((enum tree_attr_kind)kind) &&
		    word_equal(tree_attr_spelling((enum tree_attr_kind)kind), clause->phrase))
			return (enum tree_attr_kind)kind;
	}
	return ATTR_COUNT;
}

/* UNION=(`a`,`b`) as resolve has it; other values are one token. */
static const char *value_of(const struct show *show, const struct clause *clause)
{
	struct live *live = show->live;
	const struct clause_token *first = &show->text.tokens.items[clause->value.from];
	const char *source;
	struct expr *expr;

	if (clause->value.from == clause->value.to)
		return "";
	if (clause->shape != CLAUSE_NAMES)
		return arena_strndup(live->arena, first->text, first->len);
	source = clause_source(&live->scratch, &show->text.tokens, clause->value);
	expr = parse_expr(live->ctx, &live->scratch, source, strlen(source), SYNTAX_MODEL);
	return expr ? merge_union_text(live->arena, expr) : source;
}

/* Those of `kinds`, ended by ATTR_COUNT; NULL: all of them. */
static void take_options(const struct show *show, const struct clause_entry *entry,
			 const enum tree_attr_kind *kinds, struct option_list *options)
{
	const char *engine = entry->place == 'T' ? show->table->engine->text : NULL;

	for (size_t i = 0; i < entry->clauses.n; i++) {
		const struct clause *clause = &entry->clauses.items[i];
		enum tree_attr_kind kind = option_of(clause);
		bool wanted = !kinds;

		for (const enum tree_attr_kind *k = kinds; k && *k != ATTR_COUNT; k++)
			wanted = wanted || *k == kind;
		if (wanted && kind != ATTR_COUNT)
			option_take(show->live->arena, options, kind, engine,
				    value_of(show, clause));
	}
}

/* The list is shared with what stands there so far. */
static void own_options(struct live *live, struct option_list *options)
{
	options->items =
		arena_memdup(live->arena, options->items, options->n * sizeof(options->items[0]));
	options->cap = options->n;
}

/* --- columns ---------------------------------------------------------------------------------- */

bool live_is_binary(const struct column *column)
{
	enum type_class class = type_class(&column->type);

	return class == CLASS_BINARY || class == CLASS_BLOB;
}

/* `c` varbinary(8) DEFAULT 0xFF00FE, DEFAULT x'ff00fe', or DEFAULT 'a\0' with any bytes in it. */
static void read_default(const struct show *show, const struct clause_entry *entry,
			 struct column *column)
{
	const struct clause *clause = clause_find(entry, "DEFAULT");
	const struct clause_token *first;
	struct expr *literal;
	const char *text;

	if (!clause || column->default_kind != DEFAULT_LITERAL || !live_is_binary(column))
		return;
	first = &show->text.tokens.items[clause->value.from];
	text = clause_source(&show->live->scratch, &show->text.tokens, clause->value);
	if (first->kind == CLAUSE_STRING && clause->value.to - clause->value.from == 1)
		literal = expr_string(show->live->arena,
				      arena_memdup(show->live->arena, first->text, first->len + 1),
				      first->len);
	else
		literal = live_parse(show->live, text, strlen(text));
	live_default_literal(show->live, column, literal);
}

static void read_column(const struct show *show, const struct clause_entry *entry)
{
	static const enum tree_attr_kind kinds[] = {
		ATTR_COLUMN_FORMAT,    ATTR_STORAGE,
		ATTR_ENGINE_ATTRIBUTE, ATTR_SECONDARY_ENGINE_ATTRIBUTE,
		ATTR_NOT_SECONDARY,    ATTR_COUNT,
	};
	int at = table_column_at(show->table, entry->name);
	struct column *column;

	if (at < 0)
		return;
	column = arena_memdup(show->live->arena, show->table->columns.items[at], sizeof(*column));
	own_options(show->live, &column->options);
	take_options(show, entry, kinds, &column->options);
	read_default(show, entry, column);
	show->table->columns.items[at] = column;
}

/* --- keys ------------------------------------------------------------------------------------- */

/* UNIQUE KEY `u` (`a`) USING HASH KEY_BLOCK_SIZE=4 COMMENT 'b' */
static void read_key(const struct show *show, const struct clause_entry *entry)
{
	struct live *live = show->live;
	const struct name *name = entry->name ? entry->name : ctx_name(live->ctx, "PRIMARY");
	int at = table_index_at(show->table, name);
	struct index *index;
	const char *period;

	if (at < 0)
		return;
	index = arena_memdup(live->arena, show->table->indexes.items[at], sizeof(*index));
	period = option_find(&index->options, ATTR_WITHOUT_OVERLAPS);
	index->options = (struct option_list){ 0 };
	if (period)
		option_set(live->arena, &index->options, ATTR_WITHOUT_OVERLAPS, period);
	take_options(show, entry, NULL, &index->options);
	live_settle_using(live, show->table, index);
	show->table->indexes.items[at] = index;
}

/* --- the table -------------------------------------------------------------------------------- */

static void read_options(const struct show *show, const struct clause_entry *entry)
{
	struct live *live = show->live;
	struct option_list options = { 0 };

	for (size_t i = 0; i < show->table->options.n; i++) {
		const struct option *option = &show->table->options.items[i];

		if (tree_attr_value(option->kind) == VALUE_NONE)
			option_set(live->arena, &options, option->kind, option->value);
	}
	take_options(show, entry, NULL, &options);
	show->table->options = options;
}

/*
 * MyISAM makes larger blocks for a key of which four don't fit, of sizes that nobody can ask for:
 * the next copy of the table rounds them up (option_block_size()), and so does the model.
 */
static void settle_block_size(struct live *live, struct table *table, size_t at)
{
	struct index *index = arena_memdup(live->arena, table->indexes.items[at], sizeof(*index));
	const char *own = option_find(&index->options, ATTR_KEY_BLOCK_SIZE);
	const char *above = option_find(&table->options, ATTR_KEY_BLOCK_SIZE);
	const char *size;

	if (!own || !word_equal(table->engine->text, "MyISAM"))
		return;
	size = arena_printf(live->arena, "%lu", option_block_size("MyISAM", own));
	own_options(live, &index->options);
	option_set(live->arena, &index->options, ATTR_KEY_BLOCK_SIZE,
		   above && !strcmp(size, above) ? NULL : size);
	table->indexes.items[at] = index;
}

void live_clauses(struct live *live, struct table *table, const char *text)
{
	struct show show = { .live = live, .table = table };

	clause_split(live->ctx, &live->scratch, text, &show.text);
	for (size_t i = 0; i < show.text.entries.n; i++) {
		const struct clause_entry *entry = &show.text.entries.items[i];

		if (entry->place == 'C')
			read_column(&show, entry);
		else if (entry->place == 'K')
			read_key(&show, entry);
		else if (entry->place == 'T')
			read_options(&show, entry);
	}
	for (size_t i = 0; i < table->indexes.n; i++)
		settle_block_size(live, table, i);
}
