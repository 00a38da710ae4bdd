#include "revision/revision.h"

#include "base/buf.h"
#include "base/hash.h"
#include "revision/split.h"

#include <string.h>

static void print_header_line(struct buf *out, const char *key, const char *value)
{
	buf_printf(out, "-- %s:%s", key, value && *value ? " " : "");
	/* a message of several lines is one here */
	for (const char *at = value ? value : ""; *at; at++)
		buf_add_char(out, *at == '\n' || *at == '\r' ? ' ' : *at);
	buf_add_char(out, '\n');
}

static void print_header_list(struct buf *out, const char *key, const struct string_list *list)
{
	struct buf value = { 0 };
	for (size_t i = 0; i < list->n; i++)
		buf_printf(&value, "%s%s", i ? ", " : "", list->items[i]);
	print_header_line(out, key, buf_text(&value));
	buf_free(&value);
}

static void print_header(struct buf *out, const struct revision *revision, const char *body)
{
	print_header_line(out, "revision", revision->id);
	print_header_list(out, "down_revision", &revision->down_revisions);
	print_header_list(out, "branch_labels", &revision->branch_labels);
	print_header_list(out, "depends_on", &revision->depends_on);
	print_header_line(out, "create_date", revision->create_date);
	print_header_line(out, "message", revision->message);
	if (revision->compiled_for)
		print_header_line(out, "compiled_for", revision->compiled_for);
	for (size_t i = 0; i < revision->allow_data_loss.n; i++)
		print_header_line(out, "allow-data-loss", revision->allow_data_loss.items[i]);
	for (size_t i = 0; i < revision->other_lines.n; i++)
		buf_printf(out, "%s\n", revision->other_lines.items[i]);
	char hex[HASH_HEX_SIZE];
	hash_sha256(body, strlen(body), hex);
	print_header_line(out, "checksum", hex);
	buf_add_char(out, '\n');
}

/* `-- op:`, its further lines below the first word; an empty one is `--`, as nothing trails. */
static void print_op_lines(struct buf *out, const char *text)
{
	const char *prefix = "-- op: ";
	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n");
		buf_add(out, len ? prefix : "--");
		buf_add_bytes(out, line, len);
		buf_add_char(out, '\n');
		line += len + (line[len] == '\n');
		prefix = "--     ";
	}
}

/* Would the stock client take sql and its terminator for just that one statement? */
static bool splits_whole(const char *sql, const char *terminator, const char *delimiter)
{
	struct buf text = { 0 };
	buf_add(&text, sql);
	buf_add(&text, terminator);
	struct splitter splitter;
	struct split_statement statement;
	bool unterminated;
	split_init(&splitter, text.text, text.len);
	strcpy(splitter.delimiter, delimiter);
	bool whole = split_next(&splitter, &statement, &unterminated) && !unterminated &&
		     statement.start == 0 && splitter.at == text.len;
	buf_free(&text);
	return whole;
}

void revision_print_sql(struct buf *out, const char *sql)
{
	static const char *const delimiters[] = { "$$", "//", ";;", "$autogen$" };
	if (splits_whole(sql, ";", ";")) {
		buf_add(out, sql);
		buf_add(out, ";\n");
		return;
	}
	if (splits_whole(sql, "\n;", ";")) { /* ends in a comment */
		buf_printf(out, "%s\n;\n", sql);
		return;
	}
	const char *delimiter = delimiters[0];
	for (size_t i = 0; i < sizeof(delimiters) / sizeof(delimiters[0]); i++) {
		delimiter = delimiters[i];
		if (!strstr(sql, delimiter))
			break;
	}
	buf_printf(out, "DELIMITER %s\n%s\n%s\nDELIMITER ;\n", delimiter, sql, delimiter);
}

static void print_section(struct buf *out, const char *name,
			  const struct revision_statement_list *list)
{
	buf_printf(out, "-- migrate:%s\n", name);
	for (size_t i = 0; i < list->n; i++) {
		const struct revision_statement *statement = list->items[i];
		buf_add_char(out, '\n');
		for (size_t j = 0; j < statement->op_texts.n; j++)
			print_op_lines(out, statement->op_texts.items[j]);
		if (statement->backfill)
			buf_printf(out, "-- backfill: %s\n", statement->backfill);
		if (statement->op_texts.n || statement->backfill)
			buf_printf(out, "-- hash: %s\n", statement->hash);
		revision_print_sql(out, statement->sql);
	}
}

static void print_base(struct buf *out, const struct string_list *texts)
{
	if (!texts->n)
		return;
	buf_add(out, "-- migrate:base\n");
	for (size_t i = 0; i < texts->n; i++) {
		buf_add_char(out, '\n');
		print_op_lines(out, texts->items[i]);
	}
	buf_add_char(out, '\n');
}

void revision_print(struct buf *out, const struct revision *revision)
{
	struct buf body = { 0 };
	if (revision->body) {
		buf_add(&body, revision->body);
	} else {
		print_base(&body, &revision->base_texts);
		print_section(&body, "up", &revision->up);
		buf_add_char(&body, '\n');
		print_section(&body, "down", &revision->down);
	}
	print_header(out, revision, buf_text(&body));
	buf_add(out, buf_text(&body));
	buf_free(&body);
}
