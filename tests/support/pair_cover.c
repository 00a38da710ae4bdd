#include "tests/support/pair_cover.h"

#include <string.h>

#include "model/option.h"

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

/* Zerofill brings one by itself. */
static bool has_width(const struct column *column)
{
	return type_class(&column->type) == CLASS_INTEGER && !column->type.zerofill &&
	       column->type.length >= 0;
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

static bool has_default(const struct tree_partition *partition)
{
	for (size_t i = 0; i < partition->defs.n; i++)
		if (partition->defs.items[i].is_default)
			return true;
	return false;
}

/* Has one of the partitions, or of their subpartitions, the attribute? */
static bool has_attr_in(const struct tree_partition_def_list *defs, enum tree_attr_kind kind)
{
	for (size_t i = 0; i < defs->n; i++)
		if (tree_find_attr(&defs->items[i].attrs, kind) ||
		    has_attr_in(&defs->items[i].subpartitions, kind))
			return true;
	return false;
}

static bool has_attr(const struct tree_partition *partition, enum tree_attr_kind kind)
{
	return has_attr_in(&partition->defs, kind);
}

/* --- what there is ------------------------------------------------------------------------------ */

struct line {
	const char *words;
	enum capability capability;
};

/* Rare attributes of all kinds: where each may stand, attribute.def says. */
static const enum tree_attr_kind kinds[] = {
#define OPTION(kind, spelling, a, b, capability) kind,
#include "model/option.def"
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
static const struct line period_lines[] = {
#define COVER_PERIOD(words, holds, capability) { words, capability },
#include "tests/support/pair_cover.def"
};
static const struct line table_lines[] = {
#define COVER_TABLE(words, holds, capability) { words, capability },
#include "tests/support/pair_cover.def"
};
static const struct line option_lines[] = {
#define COVER_OPTION(words, holds, capability) { words, capability },
#include "tests/support/pair_cover.def"
};
static const struct line partition_lines[] = {
#define COVER_PARTITION(words, holds, capability) { words, capability },
#include "tests/support/pair_cover.def"
};
static const struct line object_lines[] = { { "of any kind", CAP_COUNT } };

enum { ADD, DROP, CREATE, DROP_TABLE, RENAME, MOVE, GIVES, TAKES, KEEPS };

static const struct {
	const char *title;
	const char *ops[COVER_OPS];
	char place; /* the letter of attribute.def for its rare attributes; 0: it has none */
	const struct line *lines;
	size_t n;
} groups[] = {
	[GROUP_COLUMN] = { "column",
			   { "add", "drop", "create", "drop t", "rename", "move", "gives", "takes",
			     "keeps" },
			   'C',
			   column_lines,
			   COUNT(column_lines) },
	[GROUP_CHANGE] = { "alter column: other",
			   { "alter" },
			   0,
			   change_lines,
			   COUNT(change_lines) },
	[GROUP_INDEX] = { "index",
			  { "add", "drop", "create", "drop t", "rename" },
			  'K',
			  index_lines,
			  COUNT(index_lines) },
	[GROUP_KEY] = { "foreign key",
			{ "add", "drop", "create", "drop t" },
			0,
			key_lines,
			COUNT(key_lines) },
	[GROUP_CHECK] = { "check",
			  { "add", "drop", "create", "drop t" },
			  0,
			  check_lines,
			  COUNT(check_lines) },
	[GROUP_PERIOD] = { "period",
			   { "add", "drop", "create", "drop t" },
			   0,
			   period_lines,
			   COUNT(period_lines) },
	[GROUP_TABLE] = { "table",
			  { "create", "drop", "rename" },
			  'T',
			  table_lines,
			  COUNT(table_lines) },
	[GROUP_OPTION] = { "set option",
			   { "gives", "takes", "alters" },
			   'T',
			   option_lines,
			   COUNT(option_lines) },
	[GROUP_PARTITION] = { "set partition",
			      { "gives", "takes", "keeps", "create", "drop t" },
			      'P',
			      partition_lines,
			      COUNT(partition_lines) },
	[GROUP_OBJECT] = { "object", { "create", "drop" }, 0, object_lines, COUNT(object_lines) },
};

/* Types, then the attributes of pair_cover.def, then rare ones. */
static size_t types_of(enum cover_group group)
{
	return group == GROUP_COLUMN ? TYPE_COUNT : 0;
}

static size_t rare_from(enum cover_group group)
{
	return types_of(group) + groups[group].n;
}

static size_t lines_of(enum cover_group group)
{
	return rare_from(group) + (groups[group].place ? COUNT(kinds) : 0);
}

static struct line line_at(enum cover_group group, size_t i)
{
	if (i < types_of(group))
		return type_lines[i];
	if (i < rare_from(group))
		return groups[group].lines[i - types_of(group)];
	enum tree_attr_kind kind = kinds[i - rare_from(group)];
	return (struct line){ tree_attr_spelling(kind), group == GROUP_PARTITION
								? option_partition_capability(kind)
								: option_capability(kind) };
}

static bool is_of(enum cover_group group, size_t i)
{
	return i < rare_from(group) ||
	       strchr(tree_attr_where(kinds[i - rare_from(group)]), groups[group].place);
}

/* --- what objects hold ---------------------------------------------------------------------- */

static bool change_holds(size_t line, const struct column *a, const struct column *b)
{
	const bool holds[] = {
#define COVER_CHANGE(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	return holds[line];
}

static bool option_holds(size_t line, const struct op *op)
{
	const bool holds[] = {
#define COVER_OPTION(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	size_t rare = rare_from(GROUP_OPTION);
	return line < rare ? holds[line]
			   : op->option == TABLE_OTHER && op->option_kind == kinds[line - rare];
}

static bool column_holds(size_t line, const struct column *column)
{
	const bool holds[] = {
#define COVER_COLUMN(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	size_t rare = rare_from(GROUP_COLUMN);
	if (line < TYPE_COUNT)
		return column->type.id == line;
	return line < rare ? holds[line - TYPE_COUNT]
			   : option_find(&column->options, kinds[line - rare]) != NULL;
}

static bool index_holds(size_t line, const struct index *index)
{
	const bool holds[] = {
#define COVER_INDEX(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	size_t rare = rare_from(GROUP_INDEX);
	return line < rare ? holds[line] : option_find(&index->options, kinds[line - rare]) != NULL;
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

static bool period_holds(size_t line, const struct period *period)
{
	const bool holds[] = {
#define COVER_PERIOD(words, holds, capability) (holds),
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
	size_t rare = rare_from(GROUP_TABLE);
	return line < rare ? holds[line] : option_find(&table->options, kinds[line - rare]) != NULL;
}

static bool partition_holds(size_t line, const struct tree_partition *partition)
{
	const bool holds[] = {
#define COVER_PARTITION(words, holds, capability) (holds),
#include "tests/support/pair_cover.def"
	};
	size_t rare = rare_from(GROUP_PARTITION);
	return line < rare ? holds[line] : has_attr(partition, kinds[line - rare]);
}

/* --- counting --------------------------------------------------------------------------------- */

static void count_column(struct cover *cover, const struct column *column, int op)
{
	for (size_t i = 0; i < lines_of(GROUP_COLUMN); i++)
		cover->counts[GROUP_COLUMN][i][op] += column_holds(i, column);
}

static void count_alter(struct cover *cover, const struct column *a, const struct column *b)
{
	for (size_t i = 0; i < lines_of(GROUP_COLUMN); i++) {
		bool before = column_holds(i, a), after = column_holds(i, b);
		unsigned *counts = cover->counts[GROUP_COLUMN][i];
		counts[GIVES] += !before && after;
		counts[TAKES] += before && !after;
		counts[KEEPS] += before && after;
	}
	for (size_t i = 0; i < lines_of(GROUP_CHANGE); i++)
		cover->counts[GROUP_CHANGE][i][0] += change_holds(i, a, b);
}

static void count_index(struct cover *cover, const struct index *index, int op)
{
	for (size_t i = 0; i < lines_of(GROUP_INDEX); i++)
		cover->counts[GROUP_INDEX][i][op] += index_holds(i, index);
}

static void count_key(struct cover *cover, const struct foreign_key *key, const struct name *table,
		      int op)
{
	for (size_t i = 0; i < lines_of(GROUP_KEY); i++)
		cover->counts[GROUP_KEY][i][op] += key_holds(i, key, table);
}

static void count_check(struct cover *cover, const struct check *check, int op)
{
	for (size_t i = 0; i < lines_of(GROUP_CHECK); i++)
		cover->counts[GROUP_CHECK][i][op] += check_holds(i, check);
}

static void count_period(struct cover *cover, const struct period *period, int op)
{
	for (size_t i = 0; i < lines_of(GROUP_PERIOD); i++)
		cover->counts[GROUP_PERIOD][i][op] += period_holds(i, period);
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
	for (size_t i = 0; i < table->periods.n; i++)
		count_period(cover, table->periods.items[i], op);
	for (size_t i = 0; i < lines_of(GROUP_TABLE); i++)
		cover->counts[GROUP_TABLE][i][drop] += table_holds(i, table);
	for (size_t i = 0; table->partition && i < lines_of(GROUP_PARTITION); i++)
		cover->counts[GROUP_PARTITION][i][3 + drop] += partition_holds(i, table->partition);
}

static void count_option(struct cover *cover, const struct op *op)
{
	const char *before = op->before.option.text, *after = op->after.option.text;
	bool comment = op->option == TABLE_COMMENT;
	bool had = op->option == TABLE_CHARSET || (before && (!comment || *before));
	bool has = op->option == TABLE_CHARSET || (after && (!comment || *after));
	for (size_t i = 0; i < lines_of(GROUP_OPTION); i++)
		cover->counts[GROUP_OPTION][i][had == has ? 2 : had] += option_holds(i, op);
}

static void count_partition(struct cover *cover, const struct op *op)
{
	for (size_t i = 0; i < lines_of(GROUP_PARTITION); i++) {
		bool before = op->before.partition && partition_holds(i, op->before.partition);
		bool after = op->after.partition && partition_holds(i, op->after.partition);
		if (before || after)
			cover->counts[GROUP_PARTITION][i][before == after ? 2 : before]++;
	}
}

static void count_rename(struct cover *cover, const struct table *table)
{
	for (size_t i = 0; i < lines_of(GROUP_TABLE); i++)
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
	case OP_ADD_PERIOD:
		count_period(cover, op->after.period, ADD);
		break;
	case OP_DROP_PERIOD:
		count_period(cover, op->before.period, DROP);
		break;
	case OP_CREATE_OBJECT:
	case OP_DROP_OBJECT:
		cover->counts[GROUP_OBJECT][0][op->kind == OP_DROP_OBJECT]++;
		break;
	case OP_COUNT:
		break;
	}
}

/* --- printing --------------------------------------------------------------------------------- */

static bool is_meant(const char *words, const char *rule)
{
	return !rule || !strcmp(words, rule);
}

/* Why there can't be any; NULL: there can. */
static const char *why_never(const struct server *server, enum cover_group group, const char *words,
			     const char *op)
{
#define COVER_NEVER(of, rule, rule_op, when, why)                                      \
	if (group == (of) && is_meant(words, rule) && is_meant(op, rule_op) && (when)) \
		return why;
#include "tests/support/pair_cover.def"
	return NULL;
}

struct reasons {
	const char *items[32];
	size_t n;
};

static void note_reason(struct reasons *reasons, const char *why)
{
	for (size_t i = 0; i < reasons->n; i++)
		if (reasons->items[i] == why)
			return;
	if (reasons->n < COUNT(reasons->items))
		reasons->items[reasons->n++] = why;
}

/* A number where none can be is marked with `?`: then the rule is wrong. */
static unsigned print_number(unsigned number, const char *why, FILE *out)
{
	bool low = why ? number != 0 : number < COVER_ENOUGH;
	if (why && !number)
		fprintf(out, "%8s ", "-");
	else
		fprintf(out, "%8u%c", number, why ? '?' : low ? '!' : ' ');
	return low;
}

static unsigned print_group(const struct cover *cover, const struct server *server,
			    enum cover_group group, FILE *out)
{
	const char *const *ops = groups[group].ops;
	struct reasons reasons = { 0 };
	unsigned low = 0;
	fprintf(out, "#\n# %-32s", groups[group].title);
	for (size_t i = 0; i < COVER_OPS && ops[i]; i++)
		fprintf(out, "%8s ", ops[i]);
	fputc('\n', out);
	for (size_t i = 0; i < lines_of(group); i++) {
		struct line line = line_at(group, i);
		bool can = line.capability == CAP_COUNT || server_has(server, line.capability);
		if (!can || !is_of(group, i))
			continue;
		fprintf(out, "# %-32s", line.words);
		for (size_t j = 0; j < COVER_OPS && ops[j]; j++) {
			const char *why = why_never(server, group, line.words, ops[j]);
			low += print_number(cover->counts[group][i][j], why, out);
			if (why)
				note_reason(&reasons, why);
		}
		fputc('\n', out);
	}
	for (size_t i = 0; i < reasons.n; i++)
		fprintf(out, "# -: %s\n", reasons.items[i]);
	return low;
}

unsigned cover_print(const struct cover *cover, const struct server *server, FILE *out)
{
	unsigned low = 0;
	for (enum cover_group group = 0; group < GROUP_COUNT; group++)
		low += print_group(cover, server, group, out);
	fprintf(out, "#\n# %u of these are below %d\n", low, COVER_ENOUGH);
	return low;
}
