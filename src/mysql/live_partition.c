/*
 * live_partition: the PARTITION BY of SHOW CREATE TABLE, read by the parser of the model language.
 *
 * information_schema.PARTITIONS tells which tables are partitioned, and no more is asked of it: it
 * shows unsigned bounds as negative ones and 9223372036854775807 as MAXVALUE, cuts values in the
 * middle, and does not have ALGORITHM, DEFAULT, MAX_ROWS and the like.
 *
 *	slash-star-!50100 PARTITION BY LINEAR KEY star-slash slash-star-!50611 ALGORITHM = 1 star-slash …
 *	 PARTITION BY RANGE  COLUMNS(`a`)                             (MariaDB: no comment)
 *	(PARTITION p0 VALUES LESS THAN (1) COMMENT = 'x' ENGINE = InnoDB,
 *	 PARTITION `p1` VALUES LESS THAN (2) ENGINE = InnoDB) star-slash
 *
 * The words stand in comments on MySQL; newlines within strings are escaped.
 */
#include "mysql/live.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "model/partition.h"
#include "mysql/clause.h"
#include "syntax/parse.h"

bool live_partitions(struct live *live)
{
	struct db_result result;

	if (!live_query(live, &result,
			"select distinct table_name, partition_method "
			"from information_schema.partitions "
			"where table_schema = %s and partition_name is not null",
			live->database))
		return false;
	for (size_t i = 0; i < result.rows.n; i++) {
		const struct db_row *row = &result.rows.items[i];
		struct table *table = live_table(live, row);
		struct tree_partition *partition;

		if (!table)
			continue;
		/* until its SHOW CREATE TABLE is read, and when that may not be seen */
		partition = ARENA_NEW(live->arena, struct tree_partition);
		partition->method = ctx_name(live->ctx, live_text(row, 1))->key;
		table->partition = partition;
	}
	return true;
}

/* --- the text --------------------------------------------------------------------------------- */

/* Copies the string literal at text; one that is no UTF-8 as x'…'. Returns what follows it. */
static const char *copy_string(struct buf *out, const char *text)
{
	struct buf bytes = { 0 };

	for (text++; *text; text++) {
		if (*text == '\'' && text[1] != '\'')
			break;
		if (*text == '\\' && text[1])
			buf_add_char(&bytes, clause_unescape(*++text));
		else if (*text == '\'')
			buf_add_char(&bytes, *++text);
		else
			buf_add_char(&bytes, *text);
	}
	quote_bytes(out, buf_text(&bytes), bytes.len);
	buf_free(&bytes);
	return *text ? text + 1 : text;
}

/* The clause on one line, out of its comments. */
static void clean(struct buf *out, const char *text)
{
	while (*text) {
		if (*text == '\'') {
			text = copy_string(out, text);
		} else if (*text == '`') {
			buf_add_char(out, *text++);
			while (*text && *text != '`')
				buf_add_char(out, *text++);
			buf_add_char(out, '`');
			text += *text == '`';
		} else if (!strncmp(text, "/*!", 3)) {
			text += 3;
			while (isdigit((unsigned char)*text))
				text++;
		} else if (!strncmp(text, "*/", 2)) {
			text += 2;
		} else {
			buf_add_char(out, *text == '\n' ? ' ' : *text);
			text++;
		}
	}
}

/* --- reading it ------------------------------------------------------------------------------- */

static struct tree_partition *parse_clause(struct live *live, const char *text)
{
	struct live_mark mark = live_mark(live);
	struct buf line = { 0 };
	struct source *src = source_new(live->arena, "partition", NULL, 0);
	struct tree_partition *tree;

	clean(&line, text + strspn(text, " \n"));
	buf_add_char(&line, '\n');
	src->len = line.len;
	src->text = buf_arena(&line, live->arena);
	tree = parse_partition(live->ctx, live->arena, src);
	live_rewind(live, mark);
	return tree;
}

static bool has_binary_column(const struct table *table)
{
	for (size_t i = 0; i < table->columns.n; i++)
		if (type_class(&table->columns.items[i]->type) == CLASS_BINARY)
			return true;
	return false;
}

/* The start of the clause; NULL: there is none. */
static char *find_clause(char *text)
{
	char *at = strstr(text,
			  "\n/*!50100 PARTITION BY "); /* at the start of a line it is no string */

	at = at ? at : strstr(text, "\n/*!50500 PARTITION BY ");
	return at ? at : strstr(text, "\n PARTITION BY ");
}

char *live_cut_partition(struct live *live, struct table *table, char *text)
{
	char *at = find_clause(text);
	const char *clause = at;
	struct tree_partition *tree;

	if (!table->partition || !at)
		return text;
	if (!live_has(live, LIVE_BOUND_BYTES) && has_binary_column(table) &&
	    strstr(table->partition->method->text, "columns"))
		clause = find_clause(live_show_bytes(live, table, text));
	tree = parse_clause(live, clause);
	if (tree)
		table->partition =
			partition_normal(live->ctx, live->arena, live->server, table->engine, tree);
	else
		live_unknown(live, table, REFUSAL_FORM, "autogen can't read how it is partitioned");
	*at = '\0';
	return text;
}
