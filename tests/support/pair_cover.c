#include "tests/support/pair_cover.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* --- what attributes mean --------------------------------------------------------------------- */

static bool is_moment(const struct column *column)
{
	enum type_class class = type_class(&column->type);
	return class == CLASS_TIME || class == CLASS_DATETIME || class == CLASS_TIMESTAMP;
}

static bool is_long(const struct column *column)
{
	return type_class(&column->type) == CLASS_TEXT || type_class(&column->type) == CLASS_BLOB;
}

static bool has_charset(const struct column *column, const char *charset)
{
	return column->charset && !strcmp(column->charset->text, charset);
}

static bool values_differ(const struct column *a, const struct column *b)
{
	bool differ = a->type.values.n != b->type.values.n;
	for (size_t i = 0; !differ && i < a->type.values.n; i++)
		differ = strcmp(a->type.values.items[i], b->type.values.items[i]) != 0;
	return differ;
}

static bool both_literal(const struct column *a, const struct column *b)
{
	return a->default_kind == DEFAULT_LITERAL && b->default_kind == DEFAULT_LITERAL;
}

enum part { PART_PREFIX, PART_DESC, PART_EXPR, PART_ARRAY };

static bool has_part(const struct index *index, enum part part)
{
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct index_part *one = &index->parts.items[i];
		bool array = one->expr && one->expr->kind == EXPR_CAST && one->expr->name;
		bool is[] = { one->length != 0, one->desc, one->expr && !array, array };
		if (is[part])
			return true;
	}
	return false;
}

static bool is_engine(const struct table *table, const char *engine)
{
	return table->engine && word_equal(table->engine->text, engine);
}

static bool is_method(const struct tree_partition *partition, const char *method)
{
	return !strcmp(partition->method->text, method);
}

static bool ends(const struct tree_partition *partition)
{
	const struct tree_partition_def *last =
		partition->defs.n ? &partition->defs.items[partition->defs.n - 1] : NULL;
	return last && last->values == VALUES_LESS_THAN &&
	       last->bounds.items[0]->kind == EXPR_COLUMN;
}

static bool column_holds(size_t line, const struct column *column)
{
	const bool holds[] = {
#define COVER_COLUMN(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	return line < TYPE_COUNT ? column->type.id == line : holds[line - TYPE_COUNT];
}

static bool change_holds(size_t line, const struct column *a, const struct column *b)
{
	const bool holds[] = {
#define COVER_CHANGE(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	return holds[line];
}

static bool index_holds(size_t line, const struct index *index)
{
	const bool holds[] = {
#define COVER_INDEX(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	return holds[line];
}

static bool key_holds(size_t line, const struct foreign_key *key, const struct name *table)
{
	const bool holds[] = {
#define COVER_KEY(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	return holds[line];
}

static bool check_holds(size_t line, const struct check *check)
{
	const bool holds[] = {
#define COVER_CHECK(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	return holds[line];
}

static bool table_holds(size_t line, const struct table *table)
{
	const bool holds[] = {
#define COVER_TABLE(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	return holds[line];
}

static bool partition_holds(size_t line, const struct tree_partition *partition)
{
	const bool holds[] = {
#define COVER_PARTITION(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	return holds[line];
}

/* --- lines and columns ------------------------------------------------------------------------ */

struct line {
	const char *words;
	enum capability capability;
};

static const struct line type_lines[] = {
#define TYPE(id, name, class, shape, limit, standard, bytes, capability) { name, capability },
#include "model/type.def"
#undef TYPE
};
static const struct line column_lines[] = {
#define COVER_COLUMN(words, holds, capability) { words, capability },
#include "tests/support/pair_cover.def"
};
static const struct line change_lines[] = {
#define COVER_CHANGE(words, holds, capability) { words, capability },
#include "tests/support/pair_cover.def"
};
static const struct line index_lines[] = {
#define COVER_INDEX(words, holds, capability) { words, capability },
#include "tests/support/pair_cover.def"
};
static const struct line key_lines[] = {
#define COVER_KEY(words, holds, capability) { words, capability },
#include "tests/support/pair_cover.def"
};
static const struct line check_lines[] = {
#define COVER_CHECK(words, holds, capability) { words, capability },
#include "tests/support/pair_cover.def"
};
static const struct line table_lines[] = {
#define COVER_TABLE(words, holds, capability) { words, capability },
#include "tests/support/pair_cover.def"
};
static const struct line option_lines[] = {
	{ "engine", CAP_COUNT },
	{ "charset", CAP_COUNT },
	{ "comment", CAP_COUNT },
	{ "row_format", CAP_COUNT },
	{ "key_block_size", CAP_COUNT },
	{ "stats_persistent", CAP_COUNT },
	{ "stats_auto_recalc", CAP_COUNT },
	{ "stats_sample_pages", CAP_COUNT },
	{ "compression", CAP_COMPRESSION },
	{ "page_compressed", CAP_PAGE_COMPRESSION },
	{ "page_compression_level", CAP_PAGE_COMPRESSION },
	{ "pack_keys", CAP_COUNT },
	{ "checksum", CAP_COUNT },
	{ "delay_key_write", CAP_COUNT },
	{ "avg_row_length", CAP_COUNT },
	{ "min_rows", CAP_COUNT },
	{ "max_rows", CAP_COUNT },
	{ "transactional", CAP_ARIA },
	{ "page_checksum", CAP_ARIA },
	{ "autoextend_size", CAP_AUTOEXTEND_SIZE },
	{ "with system versioning", CAP_SYSTEM_VERSIONING },
};
static const struct line partition_lines[] = {
#define COVER_PARTITION(words, holds, capability) { words, capability },
#include "tests/support/pair_cover.def"
};

enum { ADD, DROP, CREATE, DROP_TABLE, RENAME, MOVE, GIVES, TAKES, KEEPS };

static const struct {
	const char *title;
	const char *ops[COVER_OPS];
	const struct line *lines;
	size_t n;
} groups[] = {
	[GROUP_COLUMN] = { "column",
			   { "add", "drop", "create", "drop t", "rename", "move", "gives", "takes",
			     "keeps" },
			   column_lines,
			   COUNT(column_lines) },
	[GROUP_CHANGE] = { "alter column: other", { "alter" }, change_lines, COUNT(change_lines) },
	[GROUP_INDEX] = { "index",
			  { "add", "drop", "create", "drop t", "rename" },
			  index_lines,
			  COUNT(index_lines) },
	[GROUP_KEY] = { "foreign key",
			{ "add", "drop", "create", "drop t" },
			key_lines,
			COUNT(key_lines) },
	[GROUP_CHECK] = { "check",
			  { "add", "drop", "create", "drop t" },
			  check_lines,
			  COUNT(check_lines) },
	[GROUP_TABLE] = { "table",
			  { "create", "drop", "rename" },
			  table_lines,
			  COUNT(table_lines) },
	[GROUP_OPTION] = { "set option",
			   { "gives", "takes", "alters" },
			   option_lines,
			   COUNT(option_lines) },
	[GROUP_PARTITION] = { "set partition",
			      { "gives", "takes", "keeps", "create" },
			      partition_lines,
			      COUNT(partition_lines) },
};

/* --- counting --------------------------------------------------------------------------------- */

static void count_column(struct cover *cover, const struct column *column, int op)
{
	for (size_t i = 0; i < TYPE_COUNT + COUNT(column_lines); i++)
		cover->counts[GROUP_COLUMN][i][op] += column_holds(i, column);
}

static void count_alter(struct cover *cover, const struct column *a, const struct column *b)
{
	for (size_t i = 0; i < TYPE_COUNT + COUNT(column_lines); i++) {
		bool before = column_holds(i, a), after = column_holds(i, b);
		unsigned *counts = cover->counts[GROUP_COLUMN][i];
		counts[GIVES] += !before && after;
		counts[TAKES] += before && !after;
		counts[KEEPS] += before && after;
	}
	for (size_t i = 0; i < COUNT(change_lines); i++)
		cover->counts[GROUP_CHANGE][i][0] += change_holds(i, a, b);
}

static void count_index(struct cover *cover, const struct index *index, int op)
{
	for (size_t i = 0; i < COUNT(index_lines); i++)
		cover->counts[GROUP_INDEX][i][op] += index_holds(i, index);
}

static void count_key(struct cover *cover, const struct foreign_key *key, const struct name *table,
		      int op)
{
	for (size_t i = 0; i < COUNT(key_lines); i++)
		cover->counts[GROUP_KEY][i][op] += key_holds(i, key, table);
}

static void count_check(struct cover *cover, const struct check *check, int op)
{
	for (size_t i = 0; i < COUNT(check_lines); i++)
		cover->counts[GROUP_CHECK][i][op] += check_holds(i, check);
}

static void count_table(struct cover *cover, const struct table *table, bool drop)
{
	int op = drop ? DROP_TABLE : CREATE;
	for (size_t i = 0; i < table->columns.n; i++)
		count_column(cover, table->columns.items[i], op);
	for (size_t i = 0; i < table->indexes.n; i++)
		count_index(cover, table->indexes.items[i], op);
	for (size_t i = 0; i < table->foreign_keys.n; i++)
		count_key(cover, table->foreign_keys.items[i], table->name, op);
	for (size_t i = 0; i < table->checks.n; i++)
		count_check(cover, table->checks.items[i], op);
	for (size_t i = 0; i < COUNT(table_lines); i++)
		cover->counts[GROUP_TABLE][i][drop] += table_holds(i, table);
	for (size_t i = 0; table->partition && !drop && i < COUNT(partition_lines); i++)
		cover->counts[GROUP_PARTITION][i][3] += partition_holds(i, table->partition);
}

static void count_option(struct cover *cover, const struct op *op)
{
	const char *word = op->option == TABLE_ENGINE    ? "engine"
			   : op->option == TABLE_CHARSET ? "charset"
			   : op->option == TABLE_COMMENT ? "comment"
							 : tree_attr_spelling(op->option_kind);
	const char *before = op->before.option.text, *after = op->after.option.text;
	for (size_t i = 0; i < COUNT(option_lines); i++) {
		unsigned *counts = cover->counts[GROUP_OPTION][i];
		if (strcmp(option_lines[i].words, word) != 0)
			continue;
		bool had = before && *before, has = after && *after;
		counts[had == has ? 2 : has ? 0 : 1]++;
	}
}

static void count_partition(struct cover *cover, const struct op *op)
{
	for (size_t i = 0; i < COUNT(partition_lines); i++) {
		bool before = op->before.partition && partition_holds(i, op->before.partition);
		bool after = op->after.partition && partition_holds(i, op->after.partition);
		if (before || after)
			cover->counts[GROUP_PARTITION][i][before == after ? 2 : before]++;
	}
}

static void count_rename(struct cover *cover, const struct table *table)
{
	for (size_t i = 0; i < COUNT(table_lines); i++)
		cover->counts[GROUP_TABLE][i][2] += table_holds(i, table);
}

void cover_op(struct cover *cover, const struct op *op, const struct schema *state)
{
	switch (op->kind) {
	case OP_ADD_COLUMN:
		count_column(cover, op->after.column, ADD);
		break;
	case OP_DROP_COLUMN:
		count_column(cover, op->before.column, DROP);
		break;
	case OP_ALTER_COLUMN:
		count_alter(cover, op->before.column, op->after.column);
		break;
	case OP_RENAME_COLUMN:
		count_column(cover, op->after.column, RENAME);
		break;
	case OP_MOVE_COLUMN:
		count_column(cover, op->after.column, MOVE);
		break;
	case OP_ADD_INDEX:
		count_index(cover, op->after.index, ADD);
		break;
	case OP_DROP_INDEX:
		count_index(cover, op->before.index, DROP);
		break;
	case OP_RENAME_INDEX:
		count_index(cover, op->after.index, RENAME);
		break;
	case OP_ADD_FOREIGN_KEY:
		count_key(cover, op->after.foreign_key, op->table, ADD);
		break;
	case OP_DROP_FOREIGN_KEY:
		count_key(cover, op->before.foreign_key, op->table, DROP);
		break;
	case OP_ADD_CHECK:
		count_check(cover, op->after.check, ADD);
		break;
	case OP_DROP_CHECK:
		count_check(cover, op->before.check, DROP);
		break;
	case OP_CREATE_TABLE:
		count_table(cover, op->after.table, false);
		break;
	case OP_DROP_TABLE:
		count_table(cover, op->before.table, true);
		break;
	case OP_SET_OPTION:
		count_option(cover, op);
		break;
	case OP_SET_PARTITION:
		count_partition(cover, op);
		break;
	case OP_RENAME_TABLE:
		count_rename(cover, schema_find_table(state, op->table));
		break;
	case OP_DROP_PERIOD:
	case OP_ADD_PERIOD:
	case OP_DROP_OBJECT:
	case OP_CREATE_OBJECT:
	case OP_COUNT:
		break;
	}
}

/* --- printing --------------------------------------------------------------------------------- */

static unsigned print_line(const unsigned *counts, const struct line *line, size_t ops, FILE *out)
{
	unsigned low = 0;
	fprintf(out, "# %-32s", line->words);
	for (size_t i = 0; i < ops; i++) {
		low += counts[i] < COVER_ENOUGH;
		fprintf(out, "%8u%c", counts[i], counts[i] < COVER_ENOUGH ? '!' : ' ');
	}
	fputc('\n', out);
	return low;
}

unsigned cover_print(const struct cover *cover, const struct server *server, FILE *out)
{
	unsigned low = 0;
	for (size_t group = 0; group < GROUP_COUNT; group++) {
		size_t ops = 0, types = group == GROUP_COLUMN ? TYPE_COUNT : 0;
		fprintf(out, "#\n# %-32s", groups[group].title);
		for (; ops < COVER_OPS && groups[group].ops[ops]; ops++)
			fprintf(out, "%8s ", groups[group].ops[ops]);
		fputc('\n', out);
		for (size_t i = 0; i < types + groups[group].n; i++) {
			const struct line *line =
				i < types ? &type_lines[i] : &groups[group].lines[i - types];
			if (line->capability == CAP_COUNT || server_has(server, line->capability))
				low += print_line(cover->counts[group][i], line, ops, out);
		}
	}
	fprintf(out, "#\n# %u of these are below %d\n", low, COVER_ENOUGH);
	return low;
}
