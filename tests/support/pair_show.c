#include "tests/support/pair_show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/quote.h"

struct lines {
	const char **items;
	size_t n, cap;
};

/* Takes `text` out of the line wherever a blank or the line's end follows. */
static void take_out(char *line, const char *text)
{
	size_t len = strlen(text);
	for (char *at = strstr(line, text); at; at = strstr(at, text)) {
		if (at[len] == ' ' || at[len] == ',' || !at[len])
			memmove(at, at + len, strlen(at + len) + 1);
		else
			at += len;
	}
}

/* The word that stands behind `mark` in the table's last line; "" for none. */
static const char *word_after(struct arena *arena, const char *line, const char *mark)
{
	const char *at = strstr(line, mark);
	return at ? arena_strndup(arena, at + strlen(mark), strcspn(at + strlen(mark), " ")) : "";
}

static void cut_auto_increment(char *line)
{
	char *at = strstr(line, " AUTO_INCREMENT=");
	if (at) {
		char *end = at + 16 + strspn(at + 16, "0123456789");
		memmove(at, end, strlen(end) + 1);
	}
}

static bool is_key(const char *line)
{
	return strncmp(line, "  `", 3) && !strncmp(line, "  ", 2);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* `encrypted`=no `page_compressed`=1, in the order in which they were given: in that of their names. */
static void sort_engine_options(struct arena *arena, char *line)
{
	struct lines options = { 0 };
	struct buf sorted = { 0 };
	char *first = strstr(line, " `");
	for (char *at = first; at && at[1] == '`'; at += 1 + strcspn(at + 1, " "))
		LIST_PUSH(arena, &options, arena_strndup(arena, at, 1 + strcspn(at + 1, " ")));
	if (!options.n)
		return;
	qsort(options.items, options.n, sizeof(*options.items), compare);
	for (size_t i = 0; i < options.n; i++)
		buf_add(&sorted, options.items[i]);
	memcpy(first, buf_text(&sorted), sorted.len);
	buf_free(&sorted);
}

/* (PARTITION p0 ENGINE = x, … is what PARTITIONS n means; servers show what was said. */
static void count_partitions(struct arena *arena, struct lines *lines)
{
	size_t first = 0, n = 0;
	while (first < lines->n && strncmp(lines->items[first], "(PARTITION ", 11) != 0)
		first++;
	for (size_t i = first; i < lines->n; i++, n++) {
		const char *name = lines->items[i] + 11 + (lines->items[i][11] == '`');
		char expected[32];
		int len = snprintf(expected, sizeof(expected), "p%zu", n);
		if (strncmp(lines->items[i] + 1, "PARTITION ", 10) != 0 ||
		    strncmp(name, expected, (size_t)len) != 0 ||
		    strncmp(name + len + (name[len] == '`'), " ENGINE = ", 10) != 0)
			return;
	}
	if (!n)
		return;
	const char *end = strstr(lines->items[lines->n - 1], "*/") ? " */" : "";
	lines->items[first] = arena_printf(arena, "PARTITIONS %zu%s", n, end);
	lines->n = first + 1;
}

static const char *normal(struct arena *arena, const char *text)
{
	struct lines lines = { 0 };
	struct buf out = { 0 };
	size_t first_key = 0, last = 0;
	while (*text) {
		size_t len = strcspn(text, "\n");
		char *line = arena_strndup(arena, text, len);
		if (len && line[len - 1] == ',')
			line[len - 1] = '\0';
		if (line[0] == ')' && !last)
			last = lines.n;
		LIST_PUSH(arena, &lines, line);
		text += len + (text[len] == '\n');
	}
	char *end = (char *)lines.items[last];
	const char *charset = word_after(arena, end, "CHARSET=");
	const char *collation = word_after(arena, end, " COLLATE=");
	cut_auto_increment(end);
	/* what remains of Aria under another engine: no server takes it back (option.def, UNTOLD) */
	if (!strstr(end, "ENGINE=Aria"))
		take_out(end, " PAGE_CHECKSUM=1");
	sort_engine_options(arena, end);
	for (size_t i = 1; i < last; i++) {
		char *line = (char *)lines.items[i];
		if (!first_key && is_key(line))
			first_key = i;
		if (first_key)
			continue;
		if (*collation)
			take_out(line, arena_printf(arena, " COLLATE %s", collation));
		if (!strstr(line, " COLLATE "))
			take_out(line, arena_printf(arena, " CHARACTER SET %s", charset));
	}
	if (first_key)
		qsort(lines.items + first_key, last - first_key, sizeof(*lines.items), compare);
	count_partitions(arena, &lines);
	for (size_t i = 0; i < lines.n; i++)
		buf_printf(&out, "%s\n", lines.items[i]);
	return buf_arena(&out, arena);
}

bool show_tables(struct db *db, struct arena *arena, const struct schema *schema,
		 struct shown_list *list)
{
	for (size_t i = 0; i < schema->tables.n; i++) {
		struct shown shown = { .table = schema->tables.items[i]->name };
		struct db_result result = { 0 };
		struct buf sql = { 0 };
		buf_add(&sql, "SHOW CREATE TABLE ");
		quote_name(&sql, shown.table);
		bool ok = db_query(db, arena, buf_text(&sql), &result) && result.rows.n;
		buf_free(&sql);
		if (!ok)
			return false;
		shown.text = normal(arena, result.rows.items[0].cells[1]);
		LIST_PUSH(arena, list, shown);
	}
	return true;
}

/* Lines of `a` that `b` hasn't. */
static void add_lines(struct buf *out, char mark, const char *a, const char *b)
{
	while (*a) {
		size_t len = strcspn(a, "\n");
		bool found = false;
		for (const char *line = b; *line && !found; line += strcspn(line, "\n") + 1)
			found = strcspn(line, "\n") == len && !strncmp(a, line, len);
		if (!found)
			buf_printf(out, "%c%.*s\n", mark, (int)len, a);
		a += len + 1;
	}
}

void show_compare(const struct shown_list *now, const struct shown_list *expected, struct buf *out)
{
	for (size_t i = 0; i < expected->n; i++) {
		const struct shown *one = &expected->items[i], *other = NULL;
		for (size_t j = 0; j < now->n; j++)
			if (!strcmp(now->items[j].table->text, one->table->text))
				other = &now->items[j];
		if (!other) {
			buf_printf(out, "%s is not there\n", one->table->text);
			continue;
		}
		if (!strcmp(other->text, one->text))
			continue;
		size_t len = out->len;
		add_lines(out, '-', one->text, other->text);
		add_lines(out, '+', other->text, one->text);
		if (out->len == len)
			buf_printf(out, "other order of columns:\n%s%s", one->text, other->text);
	}
}
