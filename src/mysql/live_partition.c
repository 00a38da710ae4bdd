/* live_partition: PARTITIONS as the tree that the parser makes of PARTITION BY. */
#include "mysql/live.h"

#include <stdio.h>
#include <string.h>

#include "base/context.h"

enum {
	P_TABLE,
	P_NAME,
	P_SUB_NAME,
	P_ORDINAL,
	P_SUB_ORDINAL,
	P_METHOD,
	P_SUB_METHOD,
	P_EXPR,
	P_SUB_EXPR,
	P_VALUES,
	P_COMMENT
};

/* "LINEAR HASH" is hash, and linear. */
static const struct name *method_of(struct live *live, const char *text, bool *linear)
{
	char word[32];
	size_t n = 0;

	*linear = !strncasecmp(text, "LINEAR ", 7);
	for (text += *linear ? 7 : 0; *text && n + 1 < sizeof(word); text++)
		word[n++] = (char)(*text >= 'A' && *text <= 'Z' ? *text + 32 : *text);
	word[n] = '\0';
	return ctx_name(live->ctx, word);
}

/* Does the method partition by columns rather than by an expression? */
static bool is_by_columns(const struct name *method)
{
	return strstr(method->text, "columns") || word_equal(method->text, "key");
}

/* The end of the item that starts at text: a comma outside quotes and parentheses, or the end. */
static size_t item_length(const char *text)
{
	int depth = 0;
	char quote = '\0';
	size_t i;

	for (i = 0; text[i]; i++) {
		char c = text[i];

		if (quote) {
			if (c == '\\' && quote != '`' && text[i + 1])
				i++;
			else if (c == quote)
				quote = '\0';
		} else if (c == '\'' || c == '"' || c == '`') {
			quote = c;
		} else if (c == '(') {
			depth++;
		} else if (c == ')') {
			depth--;
		} else if (c == ',' && depth == 0) {
			break;
		}
	}
	return i;
}

/* `a`,`b` or a,b (5.6). */
static void read_columns(struct live *live, struct tree_ident_list *list, const char *text)
{
	while (*text) {
		size_t len = item_length(text);
		char *name = arena_alloc(&live->scratch, len + 1);
		struct tree_ident ident = { 0 };
		size_t n = 0;

		for (size_t i = 0; i < len; i++) {
			if (text[i] == '`' && text[i + 1] == '`' && i + 1 < len)
				name[n++] = text[i++];
			else if (text[i] != '`')
				name[n++] = text[i];
		}
		ident.name = ctx_name(live->ctx, name);
		LIST_PUSH(live->arena, list, ident);
		text += len + (text[len] == ',');
	}
}

static struct expr *bound_of(struct live *live, const char *text, size_t len)
{
	if (len == 8 && !strncasecmp(text, "MAXVALUE", 8)) {
		struct expr *expr = expr_new(live->arena, EXPR_COLUMN, span_none());

		expr->name = ctx_name(live->ctx, "maxvalue");
		return expr;
	}
	return (struct expr *)live_expr(live, text, len);
}

static void read_values(struct live *live, const struct tree_partition *partition,
			struct tree_partition_def *def, const struct db_row *row)
{
	const char *text = live_text(row, P_VALUES);

	if (!strncmp(partition->method->text, "range", 5)) {
		def->values = VALUES_LESS_THAN;
	} else if (!strncmp(partition->method->text, "list", 4)) {
		def->values = VALUES_IN;
	} else {
		if (!strcmp(partition->method->text, "system_time")) {
			def->is_current = !strcmp(text, "CURRENT");
			def->is_history = !def->is_current;
		}
		return;
	}
	while (*text) {
		size_t len = item_length(text);

		LIST_PUSH(live->arena, &def->bounds, bound_of(live, text, len));
		text += len + (text[len] == ',');
	}
}

static void read_comment(struct live *live, struct tree_partition_def *def,
			 const struct db_row *row)
{
	const char *text = live_text(row, P_COMMENT);
	struct tree_attr attr = { .kind = ATTR_COMMENT };

	if (!*text)
		return;
	attr.expr = expr_string(live->arena, arena_strdup(live->arena, text), strlen(text));
	LIST_PUSH(live->arena, &def->attrs, attr);
}

static struct tree_partition *new_partition(struct live *live, const struct db_row *row)
{
	struct tree_partition *partition = ARENA_NEW(live->arena, struct tree_partition);
	const char *expr = live_text(row, P_EXPR), *sub = live_text(row, P_SUB_EXPR);

	partition->method = method_of(live, live_text(row, P_METHOD), &partition->linear);
	if (is_by_columns(partition->method))
		read_columns(live, &partition->columns, expr);
	else if (*expr && strcmp(partition->method->text, "system_time") != 0)
		partition->expr = (struct expr *)live_expr(live, expr, row->lens[P_EXPR]);
	if (!row->cells[P_SUB_METHOD])
		return partition;
	partition->sub_method =
		method_of(live, live_text(row, P_SUB_METHOD), &partition->sub_linear);
	if (is_by_columns(partition->sub_method))
		read_columns(live, &partition->sub_columns, sub);
	else if (*sub)
		partition->sub_expr = (struct expr *)live_expr(live, sub, row->lens[P_SUB_EXPR]);
	return partition;
}

/* One row: a partition, or the next subpartition of the last one. */
static void read_def(struct live *live, struct tree_partition *partition, const struct db_row *row)
{
	struct tree_partition_def def = { 0 }, sub = { 0 };
	struct tree_partition_def *last;

	def.name.name = live_name(live, row, P_NAME);
	if (!row->cells[P_SUB_NAME] || live_number(row, P_SUB_ORDINAL) == 1) {
		read_values(live, partition, &def, row);
		if (!row->cells[P_SUB_NAME])
			read_comment(live, &def, row);
		LIST_PUSH(live->arena, &partition->defs, def);
	}
	if (!row->cells[P_SUB_NAME] || !partition->defs.n)
		return;
	last = &partition->defs.items[partition->defs.n - 1];
	sub.name.name = live_name(live, row, P_SUB_NAME);
	read_comment(live, &sub, row);
	LIST_PUSH(live->arena, &last->subpartitions, sub);
}

static bool is_plain(const struct tree_partition_def *def, const char *name)
{
	return def->values == VALUES_NONE && !def->is_current && !def->is_history &&
	       !def->attrs.n && !def->subpartitions.n && !strcmp(def->name.name->text, name);
}

/* p0, p1, … without anything of their own: PARTITIONS n, as SHOW CREATE TABLE has it. */
static void fold_count(struct tree_partition *partition)
{
	char name[32];

	for (size_t i = 0; i < partition->defs.n; i++) {
		snprintf(name, sizeof(name), "p%zu", i);
		if (!is_plain(&partition->defs.items[i], name))
			return;
	}
	partition->count = (unsigned)partition->defs.n;
	partition->defs.n = 0;
}

/* p0sp0, p0sp1, … everywhere: SUBPARTITIONS n. */
static void fold_sub_count(struct live *live, struct tree_partition *partition)
{
	for (size_t i = 0; i < partition->defs.n; i++) {
		const struct tree_partition_def *def = &partition->defs.items[i];

		for (size_t j = 0; j < def->subpartitions.n; j++) {
			const char *name =
				arena_printf(&live->scratch, "%ssp%zu", def->name.name->text, j);

			if (!is_plain(&def->subpartitions.items[j], name))
				return;
		}
		if (def->subpartitions.n != partition->defs.items[0].subpartitions.n)
			return;
	}
	partition->sub_count = (unsigned)partition->defs.items[0].subpartitions.n;
	for (size_t i = 0; i < partition->defs.n; i++)
		partition->defs.items[i].subpartitions.n = 0;
}

bool live_partitions(struct live *live)
{
	struct db_result result;
	struct table *table = NULL, *last = NULL;
	struct tree_partition *partition = NULL;

	if (!live_query(live, &result,
			"select table_name, partition_name, subpartition_name, "
			"partition_ordinal_position, subpartition_ordinal_position, "
			"partition_method, subpartition_method, partition_expression, "
			"subpartition_expression, partition_description, partition_comment "
			"from information_schema.partitions "
			"where table_schema = %s and partition_name is not null",
			live->database))
		return false;
	live_sort(&result, (struct live_order){ { P_TABLE, P_ORDINAL, P_SUB_ORDINAL }, 3, 6 });
	for (size_t i = 0; i <= result.rows.n; i++) {
		const struct db_row *row = i < result.rows.n ? &result.rows.items[i] : NULL;

		table = row ? live_table(live, row) : NULL;
		if (partition && table != last) {
			if (partition->sub_method && partition->defs.n)
				fold_sub_count(live, partition);
			fold_count(partition);
			partition = NULL;
		}
		if (table && table != last)
			table->partition = partition = new_partition(live, row);
		if (table && partition)
			read_def(live, partition, row);
		last = table;
	}
	return true;
}
