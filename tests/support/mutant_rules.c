/* The closed list of what is equal by the language's own rules. */
#include "tests/support/mutants.h"

#include <stdio.h>
#include <string.h>

#include "model/charset.h"
#include "model/option.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* What the conditions look at. */
struct question {
	struct mutants *mutants;
	const struct schema *schema;
	const struct table *table;
	const struct mutant *mutant;
};

static bool has(const struct tree_item *item, enum tree_attr_kind kind)
{
	return item && tree_find_attr(&item->attrs, kind);
}

static bool is_generated(const struct question *q)
{
	return has(q->mutant->before, ATTR_AS);
}

static bool has_zerofill(const struct question *q)
{
	return has(q->mutant->after, ATTR_ZEROFILL);
}

static bool is_unnamed(const struct question *q)
{
	return !q->mutant->before->name.name || !q->mutant->after->name.name;
}

static bool is_hidden(const struct question *q)
{
	return has(q->mutant->before, ATTR_INVISIBLE) || has(q->mutant->before, ATTR_IGNORED);
}

/* --- types ------------------------------------------------------------------------------------ */

static bool has_no_width(const struct question *q)
{
	static const char *const words[] = { "smallint", "mediumint", "int", "bigint", "tinyint" };
	const struct tree_type *type = q->mutant->before->type;
	for (size_t i = 0; type && i < COUNT(words); i++)
		if (word_equal(type->word->text, words[i]))
			return !server_has(&q->mutants->server, CAP_DISPLAY_WIDTH);
	return false;
}

/* char(1) is char, decimal(10,0) is decimal. */
static bool is_default_arg(const struct question *q)
{
	static const char *const defaults[][3] = {
		{ "char", "1" },
		{ "binary", "1" },
		{ "bit", "1" },
		{ "time", "0" },
		{ "decimal", "10", "0" },
		{ "vector", "2048" },
		{ "float", "5" }, /* bits of precision */
				  /* as wide as they are with zerofill */
		{ "tinyint", "3" },
		{ "smallint", "5" },
		{ "mediumint", "8" },
		{ "int", "10" },
		{ "bigint", "20" },
	};
	const struct tree_type *longer = q->mutant->before->type, *shorter = q->mutant->after->type;
	if (shorter->args.n > longer->args.n) {
		shorter = longer;
		longer = q->mutant->after->type;
	}
	for (size_t i = 0; i < COUNT(defaults); i++) {
		bool same = word_equal(longer->word->text, defaults[i][0]);
		for (size_t j = shorter->args.n; same && j < longer->args.n; j++)
			same = defaults[i][j + 1] &&
			       !strcmp(defaults[i][j + 1], longer->args.items[j]->text);
		if (same)
			return true;
	}
	return false;
}

/* varchar in charset binary is varbinary. */
static bool is_binary_type(const struct question *q)
{
	static const char *const pairs[][2] = {
		{ "char", "binary" }, { "varchar", "varbinary" },     { "tinytext", "tinyblob" },
		{ "text", "blob" },   { "mediumtext", "mediumblob" }, { "longtext", "longblob" },
	};
	const char *before = q->mutant->before->type->word->text;
	const char *after = q->mutant->after->type->word->text;
	for (size_t i = 0; i < COUNT(pairs); i++)
		if ((word_equal(before, pairs[i][0]) && word_equal(after, pairs[i][1])) ||
		    (word_equal(before, pairs[i][1]) && word_equal(after, pairs[i][0])))
			return true;
	return false;
}

/* --- charsets --------------------------------------------------------------------------------- */

/* The collation that the attributes say, by the servers' rules (dsl/resolve_charset.h). */
static const struct name *said_collation(const struct question *q, const struct tree_item *item,
					 const struct name *inherited)
{
	struct context *ctx = &q->mutants->ctx;
	const struct tree_attr *collate = tree_find_attr(&item->attrs, ATTR_COLLATE);
	const struct tree_attr *charset = tree_find_attr(&item->attrs, ATTR_CHARSET);
	const struct name *name = inherited;
	if (collate)
		return charset_canonical(ctx, collate->word.name);
	if (charset)
		name = charset_default_collation(ctx, &q->mutants->server,
						 charset_canonical(ctx, charset->word.name));
	if (!tree_find_attr(&item->attrs, ATTR_BINARY) || word_equal(name->text, "binary"))
		return name;
	const char *bin =
		arena_printf(&q->mutants->arena, "%s_bin", collation_charset(ctx, name)->text);
	return charset_canonical(ctx, ctx_name(ctx, bin));
}

static bool is_same_collation(const struct question *q)
{
	const struct name *inherited =
		q->mutant->place == 'T' ? q->schema->collation : q->table->collation;
	return said_collation(q, q->mutant->before, inherited) ==
	       said_collation(q, q->mutant->after, inherited);
}

/* --- attributes ------------------------------------------------------------------------------- */

static const char *attr_text(const struct question *q, const struct tree_item *item)
{
	const struct tree_attr *attr = item && q->mutant->attr < ATTR_COUNT
					       ? tree_find_attr(&item->attrs, q->mutant->attr)
					       : NULL;
	if (!attr)
		return NULL;
	return attr->word.name ? attr->word.name->text : attr->expr ? attr->expr->text : "";
}

/* The value that is there all the same: of the attribute that is dropped or added. */
static bool is_zero(const struct question *q)
{
	const char *before = attr_text(q, q->mutant->before);
	const char *after = attr_text(q, q->mutant->after);
	const char *value = before ? before : after;
	return (!before || !after) && value && (!strcmp(value, "0") || word_equal(value, "n"));
}

static bool is_no_srid(const struct question *q)
{
	return is_zero(q) && !server_has(&q->mutants->server, CAP_SRID_ZERO);
}

static bool is_engine_of_schema(const struct question *q)
{
	const char *engine = attr_text(q, q->mutant->after);
	return engine && word_equal(engine, q->schema->engine->text);
}

/* A server without hash indexes forgets the word; MEMORY alone has some. */
static bool is_forgotten_hash(const struct question *q)
{
	const char *before = attr_text(q, q->mutant->before);
	const char *after = attr_text(q, q->mutant->after);
	return word_equal(after    ? after
			  : before ? before
				   : "",
			  "HASH") &&
	       !word_equal(q->table->engine->text, "MEMORY") &&
	       !server_has(q->schema->server, CAP_INDEX_HASH);
}

/* Is it that value on one side, and nothing on the other? */
static bool comes_or_goes(const struct question *q, const char *value)
{
	const char *before = attr_text(q, q->mutant->before);
	const char *after = attr_text(q, q->mutant->after);
	return (!before || !after) && word_equal(after ? after : before ? before : "", value);
}

static bool is_file_per_table(const struct question *q)
{
	return comes_or_goes(q, "innodb_file_per_table");
}

static bool is_checked_page(const struct question *q)
{
	return comes_or_goes(q, "1");
}

/* MyISAM makes a power of two of it, Aria one size of all. */
static bool is_rounded(const struct question *q)
{
	return word_equal(q->table->engine->text, "MyISAM") ||
	       word_equal(q->table->engine->text, "Aria");
}

/* InnoDB of MySQL 8 and later keeps it where rows are compressed. */
static bool is_forgotten_block(const struct question *q)
{
	const char *format = option_find(&q->table->options, ATTR_ROW_FORMAT);
	return word_equal(q->table->engine->text, "InnoDB") &&
	       !(format && word_equal(format, "COMPRESSED")) &&
	       !server_has(q->schema->server, CAP_INDEX_BLOCK_SIZE);
}

/* 4M and 4194304 */
static bool is_same_size(const struct question *q)
{
	const char *before = attr_text(q, q->mutant->before);
	const char *after = attr_text(q, q->mutant->after);
	return before && after &&
	       !strcmp(option_settle(&q->mutants->arena, ATTR_AUTOEXTEND_SIZE, NULL, before),
		       option_settle(&q->mutants->arena, ATTR_AUTOEXTEND_SIZE, NULL, after));
}

/* MariaDB makes a hash of a key that is too long for a btree, with the word and without. */
static bool is_hash_anyhow(const struct question *q)
{
	for (size_t i = 0; i < q->table->indexes.n; i++)
		if (table_is_long_unique(q->table, q->table->indexes.items[i]))
			return q->schema->server->flavour == FLAVOUR_MARIADB;
	return false;
}

/* A foreign key needs it: dropped from the model, it is what resolve adds. */
static bool is_under_foreign_key(const struct question *q)
{
	const struct tree_part_list *parts = &q->mutant->before->parts;
	for (size_t i = 0; i < q->table->foreign_keys.n; i++) {
		const struct name_list *columns = &q->table->foreign_keys.items[i]->columns;
		size_t same = 0;
		while (same < columns->n && same < parts->n &&
		       name_equal(columns->items[same], parts->items[same].column.name))
			same++;
		if (same == columns->n)
			return true;
	}
	return false;
}

static bool is_fulltext(const struct question *q)
{
	return q->mutant->before->key == KEY_FULLTEXT;
}

/* A prefix as long as the column is none. */
static bool is_whole_column(const struct question *q)
{
	const struct tree_part_list *parts = &q->mutant->after->parts;
	for (size_t i = 0; i < parts->n; i++) {
		const struct column *column =
			parts->items[i].column.name
				? table_column(q->table, parts->items[i].column.name)
				: NULL;
		if (column && parts->items[i].length == (unsigned)column->type.length)
			return true;
	}
	return false;
}

/* MariaDB gives these a default of its own, which can't be told from a written one. */
static bool is_default_of_mariadb(const struct question *q)
{
	bool before = has(q->mutant->before, ATTR_DEFAULT);
	const struct tree_item *item = before ? q->mutant->before : q->mutant->after;
	const char *text = attr_text(q, item);
	return q->mutants->server.flavour == FLAVOUR_MARIADB && text && !*text &&
	       has(item, ATTR_COMPRESSED) && !has(item, ATTR_NULL);
}

static bool ignores_direction(const struct question *q)
{
	return server_can(&q->mutants->server, CAP_INDEX_DESC) == SUPPORT_IGNORED;
}

static bool is_versioned(const struct question *q)
{
	return has(q->mutant->item, ATTR_WITH_SYSTEM_VERSIONING);
}

/* The partition (or subpartition) that has an attribute more or less; NULL: none has. */
static const struct tree_partition_def *changed_def(const struct tree_partition_def *before,
						    const struct tree_partition_def *after,
						    size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t subs = before[i].subpartitions.n;
		const struct tree_partition_def *sub = NULL;
		if (before[i].attrs.n != after[i].attrs.n)
			return before[i].attrs.n > after[i].attrs.n ? &before[i] : &after[i];
		if (subs == after[i].subpartitions.n)
			sub = changed_def(before[i].subpartitions.items,
					  after[i].subpartitions.items, subs);
		if (sub)
			return sub;
	}
	return NULL;
}

/* An engine that is the table's, or what each of a partition's subpartitions says for itself. */
static bool is_said_elsewhere(const struct question *q)
{
	const struct tree_partition *before = q->mutant->before->partition;
	const struct tree_partition *after = q->mutant->after->partition;
	const struct tree_partition_def *def =
		changed_def(before->defs.items, after->defs.items, before->defs.n);
	const struct tree_attr *attr = def ? tree_find_attr(&def->attrs, q->mutant->attr) : NULL;
	if (!attr)
		return false;
	if (attr->kind == ATTR_ENGINE && word_equal(attr->word.name->text, q->table->engine->text))
		return true;
	for (size_t i = 0; i < def->subpartitions.n; i++)
		if (!tree_find_attr(&def->subpartitions.items[i].attrs, attr->kind))
			return false;
	return def->subpartitions.n > 0;
}

static bool forgets_tablespace(const struct question *q)
{
	return server_can(&q->mutants->server, CAP_PARTITION_TABLESPACE) == SUPPORT_IGNORED;
}

static bool forgets_storage(const struct question *q)
{
	return server_can(&q->mutants->server, CAP_TABLE_STORAGE) == SUPPORT_IGNORED;
}

static bool says_tablespace(const struct tree_partition_def_list *defs)
{
	for (size_t i = 0; i < defs->n; i++)
		if (tree_find_attr(&defs->items[i].attrs, ATTR_TABLESPACE) ||
		    says_tablespace(&defs->items[i].subpartitions))
			return true;
	return false;
}

static bool shares_tablespace(const struct question *q)
{
	return server_has(&q->mutants->server, CAP_PARTITION_TABLESPACE_OF_ALL) &&
	       says_tablespace(&q->mutant->before->partition->defs) &&
	       says_tablespace(&q->mutant->after->partition->defs);
}

/* `what` NULL: any attribute. `how` NULL: however it is changed. `holds` NULL: always. */
static const struct rule {
	char place;
	const char *what, *how;
	bool (*holds)(const struct question *q);
	const char *reason;
} rules[] = {
	{ 'K', "name", NULL, is_unnamed, "an equal key under another name is the same key" },
	{ 'K', "key", "dropped", is_under_foreign_key, "the foreign key has it all the same" },
	{ 'X', "name", NULL, is_unnamed, "an equal check under another name is the same check" },
	{ 'F', "name", NULL, is_unnamed,
	  "an equal foreign key under another name is the same key" },
	{ 'F', "restrict or no action", NULL, NULL, "nothing is RESTRICT or NO ACTION" },
	{ 'T', "auto_increment = N", NULL, NULL, "the next value is data, never compared" },
	{ 'C', "signed", NULL, NULL, "integers are signed when they say nothing" },
	{ 'C', "unsigned", NULL, has_zerofill, "zerofill implies unsigned" },
	{ 'C', "not null", NULL, NULL, "columns are not null when they say nothing" },
	{ 'C', "null", NULL, is_generated, "MariaDB has no NOT NULL on generated columns" },
	{ 'C', "virtual", "dropped", NULL, "generated columns are virtual when they say nothing" },
	{ 'C', "visible", NULL, NULL, "columns are visible when they say nothing" },
	{ 'K', "visible", NULL, NULL, "keys are visible when they say nothing" },
	{ 'K', "invisible", NULL, is_hidden, "invisible and ignored are one" },
	{ 'K', "ignored", NULL, is_hidden, "invisible and ignored are one" },
	{ 'X', "enforced", NULL, NULL, "checks are enforced when they say nothing" },
	{ 'C', "type argument", NULL, has_no_width, "the server keeps no display widths" },
	{ 'C', "type argument", NULL, is_default_arg, "it is what the type has by default" },
	{ 'C', "second type argument", NULL, is_default_arg, "it is the scale by default" },
	{ 'C', "type", NULL, is_binary_type, "strings in charset binary are bytes" },
	{ 'C', "charset", NULL, is_same_collation, "it is the charset all the same" },
	{ 'C', "collate", NULL, is_same_collation, "it is the collation all the same" },
	{ 'C', "binary", NULL, is_same_collation, "the collation is the binary one already" },
	{ 'C', "srid", NULL, is_no_srid, "0 is what a column has that says none" },
	{ 'C', "with system versioning", NULL, is_versioned, "all columns of the table are" },
	{ 'T', "charset", NULL, is_same_collation, "it is the charset all the same" },
	{ 'T', "collate", NULL, is_same_collation, "it is the collation all the same" },
	{ 'T', "engine", NULL, is_engine_of_schema, "it is the schema's engine" },
	{ 'T', "checksum", NULL, is_zero, "0 is the default" },
	{ 'T', "delay_key_write", NULL, is_zero, "0 is the default" },
	{ 'T', "encryption", NULL, is_zero, "N is the default" },
	{ 'T', "storage", NULL, forgets_storage, "MariaDB reads and forgets it" },
	{ 'T', "tablespace", NULL, forgets_storage, "MariaDB reads and forgets it" },
	{ 'T', "tablespace", NULL, is_file_per_table, "no ALTER TABLE takes it back" },
	{ 'T', "page_checksum", NULL, is_checked_page,
	  "on unless it is turned off, and no ALTER TABLE takes it back" },
	{ 'T', "autoextend_size", "changed", is_same_size, "a size is a number of bytes" },
	{ 'K', "using", NULL, is_forgotten_hash, "the server forgets the word" },
	{ 'K', "using", NULL, is_hash_anyhow, "the key is too long for a btree" },
	{ 'K', "key_block_size", NULL, is_rounded, "the engine rounds it" },
	{ 'K', "key_block_size", NULL, is_forgotten_block, "the server forgets it" },
	{ 'K', "prefix length", NULL, is_fulltext, "every server drops it" },
	{ 'K', "prefix length", NULL, is_whole_column, "a prefix of the whole column is none" },
	{ 'C', "default", NULL, is_default_of_mariadb, "the server makes it" },
	{ 'K', "direction", NULL, ignores_direction, "the server accepts and ignores it" },
	{ 'P', "tablespace", NULL, forgets_tablespace, "MariaDB reads and forgets it" },
	{ 'P', "tablespace", NULL, shares_tablespace, "MySQL shows that of one with all" },
	{ 'P', "engine", NULL, is_said_elsewhere, "it is the table's engine" },
	{ 'P', NULL, NULL, is_said_elsewhere, "the subpartitions say it for themselves" },
	{ 'P', "algorithm 2", NULL, NULL, "2 is the default" },
	{ 'P', "managed externally", NULL, NULL, "other jobs own the list of partitions" },
};

static bool applies(const struct rule *rule, const struct question *q)
{
	const struct mutant *mutant = q->mutant;
	return rule->place == mutant->place &&
	       (rule->what ? !strcmp(rule->what, mutant->what) : mutant->attr != ATTR_COUNT) &&
	       (!rule->how || !strcmp(rule->how, mutant->how)) && (!rule->holds || rule->holds(q));
}

bool mutant_is_ruled(struct mutants *mutants, const struct schema *schema,
		     const struct mutant *mutant)
{
	struct question q = { mutants, schema, NULL, mutant };
	q.table = schema_find_table(schema, mutant->item->name.name);
	_Static_assert(COUNT(rules) <= sizeof(mutants->rules_used), "rules_used is too small");
	for (size_t i = 0; q.table && i < COUNT(rules); i++) {
		if (!applies(&rules[i], &q))
			continue;
		mutants->rules_used[i] = true;
		return true;
	}
	return false;
}

unsigned mutant_print_unused(const struct mutants *mutants)
{
	unsigned unused = 0;
	for (size_t i = 0; i < COUNT(rules); i++) {
		if (mutants->rules_used[i])
			continue;
		printf("# nothing is equal by the rule of %c %s: %s\n", rules[i].place,
		       rules[i].what ? rules[i].what : "", rules[i].reason);
		unused++;
	}
	return unused;
}
