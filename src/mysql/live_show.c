/*
 * live_show: what information_schema does not tell.
 *
 * One SHOW CREATE TABLE a table. When the database is only held against models, for each table that
 * may have such a thing:
 *  - a FULLTEXT key (WITH PARSER) or a VECTOR key (M, DISTANCE)
 *  - an engine other than InnoDB, or compressed rows (KEY_BLOCK_SIZE of single keys)
 *  - partitions (live_partition.c)
 *  - a binary column with a default: information_schema cuts it at the first zero byte (MySQL 8 and
 *    later) or shows '?' for what is no UTF-8
 *  - what looks like a period of MariaDB (it keeps one as a check), for PERIOD FOR and for the keys
 *    that lean on it
 *  - an option in a model that is told nowhere else
 *
 * SHOW CREATE TABLE writes one entry a line, with newlines in strings escaped.
 */
#include "mysql/live.h"

#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "mysql/show.h"

/* --- which tables ----------------------------------------------------------------------------- */

static bool has_binary_default(const struct table *table)
{
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];

		if (column->default_kind == DEFAULT_LITERAL && live_is_binary(column))
			return true;
	}
	return false;
}

static bool starts_with(const char *text, const char *word)
{
	return !strncmp(text, word, strlen(word));
}

/* `from` < `to` */
static bool is_before(const struct expr *expr)
{
	return expr->kind == EXPR_BINARY && !strcmp(expr->name->text, "<") &&
	       expr->args.items[0]->kind == EXPR_COLUMN && expr->args.items[1]->kind == EXPR_COLUMN;
}

/* MariaDB keeps a period as two columns and a check `from` < `to`. */
static bool may_have_period(const struct table *table)
{
	for (size_t i = 0; i < table->checks.n; i++) {
		if (is_before(table->checks.items[i]->expr))
			return true;
	}
	for (size_t i = 0; i < table->columns.n; i++) {
		if (option_find(&table->columns.items[i]->options, ATTR_ROW_START))
			return true;
	}
	return false;
}

static bool has_rare_index(const struct table *table)
{
	for (size_t i = 0; i < table->indexes.n; i++) {
		enum tree_key_kind kind = table->indexes.items[i]->kind;

		if (kind == KEY_FULLTEXT || kind == KEY_VECTOR)
			return true;
	}
	return false;
}

/* Does a model say of the table what only SHOW CREATE TABLE tells? */
static bool says_more(const struct table *table)
{
	for (size_t i = 0; i < table->columns.n; i++) {
		if (table->columns.items[i]->options.n)
			return true;
	}
	for (size_t i = 0; i < table->indexes.n; i++) {
		if (table->indexes.items[i]->options.n)
			return true;
	}
	return option_find(&table->options, ATTR_TABLESPACE) ||
	       option_find(&table->options, ATTR_STORAGE) ||
	       option_find(&table->options, ATTR_AUTOEXTEND_SIZE) ||
	       option_find(&table->options, ATTR_DATA_DIRECTORY) ||
	       option_find(&table->options, ATTR_INDEX_DIRECTORY) ||
	       option_find(&table->options, ATTR_ENGINE_ATTRIBUTE) ||
	       option_find(&table->options, ATTR_SECONDARY_ENGINE_ATTRIBUTE);
}

static bool a_model_says_more(const struct live *live, const struct table *table)
{
	for (size_t i = 0; i < live->n_models; i++) {
		const struct table *of_model =
			live->models[i] ? schema_find_table(live->models[i], table->name) : NULL;

		if (of_model && says_more(of_model))
			return true;
	}
	return false;
}

static bool needs_show(const struct live *live, const struct table *table)
{
	const char *format = option_find(&table->options, ATTR_ROW_FORMAT);

	return live->whole || table->partition || has_rare_index(table) ||
	       !word_equal(table->engine->text, "InnoDB") ||
	       (format && !strcmp(format, "COMPRESSED")) || has_binary_default(table) ||
	       (live_has(live, LIVE_VERSIONED) && may_have_period(table)) ||
	       a_model_says_more(live, table);
}

#define ER_TABLEACCESS_DENIED 1142

/* There was no answer; what was queued about it since the mark is taken back. */
static void not_shown(struct live *live, struct table *table, struct live_mark mark)
{
	const struct diag_queue *queue = &live->ctx->diags;

	if (db_error_number(live->db) == ER_TABLEACCESS_DENIED || queue->diags.n == mark.n)
		live_unknown(live, table, REFUSAL_PRIVILEGES, "privileges hide its definition");
	else
		live_unknown(live, table, REFUSAL_UNREADABLE, "the server can't read it: %s",
			     queue->diags.items[mark.n]->message);
	live_rewind(live, mark);
}

/* The text in the scratch arena; NULL: it may not be seen. */
static char *show_create(struct live *live, struct table *table)
{
	struct live_mark mark = live_mark(live);

	if (!table->shown)
		table->shown = show_create_table(live->db, live->arena, table->name);
	if (table->shown)
		return arena_strdup(&live->scratch, table->shown);
	if (db_lost(live->db))
		return NULL;
	not_shown(live, table, mark);
	return NULL;
}

/*
 * MySQL 5.x and older MariaDB send bytes of binary literals as they are, if they are told not to
 * convert what they send: else a ? stands for each that is no UTF-8.
 */
char *live_show_bytes(struct live *live, struct table *table, char *text)
{
	static const char off[] = "set character_set_results = NULL";
	static const char on[] = "set character_set_results = utf8mb4";
	const char *shown = table->shown;
	char *bytes = NULL;

	table->shown = NULL; /* it is asked for once more */
	if (db_execute(live->db, off, strlen(off)))
		bytes = show_create(live, table);
	db_execute(live->db, on, strlen(on));
	table->shown = shown;
	return bytes ? bytes : text;
}

/* --- its lines -------------------------------------------------------------------------------- */

/* The name in backquotes at text, in *name; returns what follows it, NULL when there is none. */
static const char *read_quoted(struct live *live, const char *text, const struct name **name)
{
	struct buf buf = { 0 };

	if (*text++ != '`')
		return NULL;
	for (; *text && (*text != '`' || text[1] == '`'); text++) {
		buf_add_char(&buf, *text);
		if (*text == '`')
			text++;
	}
	*name = ctx_name(live->ctx, buf_text(&buf));
	buf_free(&buf);
	return *text == '`' ? text + 1 : NULL;
}

/* The length of the string literal at text, quotes included. */
static size_t string_length(const char *text)
{
	size_t i = 1;

	for (; text[i]; i++) {
		if (text[i] == '\\' && text[i + 1])
			i++;
		else if (text[i] == '\'' && text[i + 1] == '\'')
			i++;
		else if (text[i] == '\'')
			return i + 1;
	}
	return i;
}

/* The line without its comment, in which anything may stand. */
static const char *without_comment(struct live *live, const char *line)
{
	const char *at = strstr(line, " COMMENT "), *text;

	if (!at)
		return line;
	text = at + strlen(" COMMENT ");
	if (*text != '\'')
		return line;
	return arena_printf(&live->scratch, "%.*s%s", (int)(at - line), line,
			    text + string_length(text));
}

/* The index that the line is about; -1: none. */
static int find_index(struct live *live, const struct table *table, const char *line)
{
	const struct name *name = ctx_name(live->ctx, "PRIMARY");
	const char *at = strstr(line, "KEY ");

	at = at ? at + strlen("KEY ") : NULL;
	if (at && *at == '`')
		at = read_quoted(live, at, &name);
	return at ? table_index_at(table, name) : -1;
}

/*
 * UNIQUE KEY `u` (`id`,`p` WITHOUT OVERLAPS): STATISTICS has the columns of the period behind the
 * others, its end first.
 */
static void read_overlaps(struct live *live, struct index *index, const char *line)
{
	const char *end = strstr(line, "` WITHOUT OVERLAPS)"), *start = end;
	const struct name *name = NULL;

	if (!end || index->parts.n < 3)
		return;
	/* back to the quote that opens the name: `` within is one character */
	while (start > line && !(start[-1] == '`' && (start[-2] == ',' || start[-2] == '(')))
		start--;
	if (start == line || !read_quoted(live, start - 1, &name))
		return;
	index->parts.n -= 2;
	live_option(live, &index->options, ATTR_WITHOUT_OVERLAPS, name->text);
}

/* What live_clauses() left: the period of the key. */
static void read_key_line(struct live *live, struct table *table, const char *line)
{
	int i = find_index(live, table, without_comment(live, line));
	struct index *index;

	if (i < 0)
		return;
	index = arena_memdup(live->arena, table->indexes.items[i], sizeof(*index));
	index->options.items = arena_memdup(live->arena, index->options.items,
					    index->options.n * sizeof(index->options.items[0]));
	index->options.cap = index->options.n;
	read_overlaps(live, index, without_comment(live, line));
	table->indexes.items[i] = index;
}

/* --- periods ---------------------------------------------------------------------------------- */

/* PERIOD FOR `p` (`a`, `b`), PERIOD FOR SYSTEM_TIME (`rs`, `re`) */
static void read_period_line(struct live *live, struct table *table, const char *line)
{
	struct period *period = ARENA_NEW(live->arena, struct period);
	const char *at = line + strlen("PERIOD FOR ");

	if (*at == '`')
		at = read_quoted(live, at, &period->name);
	else
		period->name = ctx_name(live->ctx, "system_time");
	at = at ? strstr(at, " (`") : NULL;
	at = at ? read_quoted(live, at + 2, &period->from) : NULL;
	at = at && starts_with(at, ", `") ? read_quoted(live, at + 2, &period->to) : NULL;
	if (!at) {
		live_unknown(live, table, REFUSAL_FORM, "its period can't be read: %s", line);
		return;
	}
	LIST_PUSH(live->arena, &table->periods, period);
}

/* The check `from` < `to` that the server keeps of a period, under its name or the next free one,
 * and does not show. */
static void take_check(struct table *table, const struct name_list *shown)
{
	for (size_t i = table->checks.n; i--;) {
		const struct expr *expr = table->checks.items[i]->expr;

		if (name_list_has(shown, table->checks.items[i]->name) || !is_before(expr))
			continue;
		for (size_t j = 0; j < table->periods.n; j++) {
			const struct period *period = table->periods.items[j];

			if (name_equal(expr->args.items[0]->name, period->from) &&
			    name_equal(expr->args.items[1]->name, period->to)) {
				LIST_REMOVE(&table->checks, i);
				break;
			}
		}
	}
}

/* What the server puts behind the columns of unique keys, once the periods are read. */
static void strip_row_ends(struct live *live, struct table *table)
{
	for (size_t i = 0; i < table->indexes.n && table->periods.n; i++) {
		struct index *index =
			arena_memdup(live->arena, table->indexes.items[i], sizeof(*index));

		table_strip_row_end(table, index);
		table->indexes.items[i] = index;
	}
}

/* --- all of it -------------------------------------------------------------------------------- */

static void note_constraint(struct live *live, struct name_list *shown, const char *line)
{
	const struct name *name;

	if (read_quoted(live, line + strlen("CONSTRAINT "), &name))
		LIST_PUSH(&live->scratch, shown, name);
}

static void read_entry(struct live *live, struct table *table, const char *line,
		       struct name_list *shown)
{
	if (*line == '`') {
		return; /* a column: live_clause.c */
	} else if (starts_with(line, "PERIOD FOR ")) {
		read_period_line(live, table, line);
	} else if (starts_with(line, "CONSTRAINT ")) {
		note_constraint(live, shown, line);
	} else if (!starts_with(line, ")")) {
		read_key_line(live, table, line);
	}
}

static void read_show(struct live *live, struct table *table, char *text)
{
	struct name_list shown = { 0 }; /* constraints */
	char *save = NULL;

	if (!live_has(live, LIVE_DEFAULT_BYTES) && has_binary_default(table))
		text = live_show_bytes(live, table, text);
	text = live_cut_partition(live, table, text);
	live_clauses(live, table, text);
	strtok_r(text, "\n", &save); /* CREATE TABLE … ( */
	for (char *line = strtok_r(NULL, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		line += strspn(line, " ");
		read_entry(live, table, line, &shown);
	}
	take_check(table, &shown);
	strip_row_ends(live, table);
}

const struct name *live_shown_check(struct live *live, struct table *table, const char *clause)
{
	const char *wanted = arena_printf(&live->scratch, " CHECK (%s)", clause);
	char *text = show_create(live, table), *save = NULL;
	const struct name *name = NULL;

	for (char *line = text ? strtok_r(text, "\n", &save) : NULL; line;
	     line = strtok_r(NULL, "\n", &save)) {
		line += strspn(line, " ");
		if (*line == '`' && strstr(line, wanted) && read_quoted(live, line, &name))
			return name;
	}
	return NULL;
}

bool live_details(struct live *live)
{
	for (size_t i = 0; i < live->schema->tables.n; i++) {
		struct table *table = live->schema->tables.items[i];
		char *text;

		if (!needs_show(live, table))
			continue;
		text = show_create(live, table);
		if (text)
			read_show(live, table, text);
		else if (db_lost(live->db))
			return false;
	}
	return true;
}
