/* compare: are two databases, or two models, the same? See case.h. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/quote.h"
#include "diff/diff.h"
#include "revision/op_text.h"
#include "tests/corpus/case.h"
#include "tests/corpus/normalise.h"

/* What no server can show has no text: a MERGE table over others that are not there. */
#define CANT_READ_TABLE 1168

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct subject *)a)->name->text,
		      ((const struct subject *)b)->name->text);
}

/* Each charset with its default collation, as a column would say it; NULL: a query failed. */
static const char **default_collations(struct bench *bench, struct db *db)
{
	struct db_result result = { 0 };
	if (!db_query(db, &bench->arena,
		      "SELECT CONCAT(' CHARACTER SET ', character_set_name, ' COLLATE ', "
		      "default_collate_name) FROM information_schema.character_sets",
		      &result))
		return NULL;
	const char **defaults = ARENA_ARRAY(&bench->arena, const char *, result.rows.n + 1);
	for (size_t i = 0; i < result.rows.n; i++)
		defaults[i] = result.rows.items[i].cells[0];
	return defaults;
}

bool compare_read(struct bench *bench, struct db *db, struct subject_list *subjects)
{
	struct db_result tables = { 0 };
	const char **defaults = default_collations(bench, db);
	if (!defaults ||
	    !db_query(db, &bench->arena,
		      "SELECT table_name, table_collation FROM information_schema.tables WHERE "
		      "table_schema = DATABASE() AND table_type IN ('BASE TABLE', "
		      "'SYSTEM VERSIONED')",
		      &tables))
		return false;
	*subjects = (struct subject_list){ 0 };
	for (size_t i = 0; i < tables.rows.n; i++) {
		const char *name = tables.rows.items[i].cells[0];
		const char *collation = tables.rows.items[i].cells[1];
		struct db_result shown = { 0 };
		struct buf sql = { 0 };
		buf_add(&sql, "SHOW CREATE TABLE ");
		quote_identifier(&sql, name);
		bool ok = db_query(db, &bench->arena, buf_text(&sql), &shown) && shown.rows.n;
		buf_free(&sql);
		if (!ok && db_error_number(db) == CANT_READ_TABLE && !db_lost(db)) {
			diag_clear(&bench->ctx.diags);
			ok = true;
		}
		if (!ok)
			return false;
		char *text = arena_strdup(&bench->arena,
					  shown.rows.n ? shown.rows.items[0].cells[1] : "");
		normalise_show_create(text, collation ? collation : "", defaults);
		struct subject subject = { .name = ctx_name(&bench->ctx, name), .shown = text };
		subject.features = compare_features(&bench->arena, text);
		LIST_PUSH(&bench->arena, subjects, subject);
	}
	if (subjects->n)
		qsort(subjects->items, subjects->n, sizeof(*subjects->items), by_name);
	return true;
}

/* --- features --------------------------------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Past a string or a quoted name; a doubled quote closes and opens again. */
static const char *skip_quoted(const char *at)
{
	char quote = *at++;
	for (; *at && *at != quote; at++) {
		if (*at == '\\' && quote != '`' && at[1])
			at++;
	}
	return *at ? at + 1 : at;
}

/* Numbers are all the same one: 0. What a table is partitioned by is left out: 5.6 does not quote it. */
const char *compare_features(struct arena *arena, const char *shown)
{
	struct {
		const char **items;
		size_t n, cap;
	} words = { 0 };
	struct buf out = { 0 };
	while (*shown) {
		const char *start = shown;
		if (strchr("'\"`", *shown)) {
			shown = skip_quoted(shown);
			continue;
		}
		if (*shown == '(' && words.n && strstr(words.items[words.n - 1], "PARTITIONBY")) {
			shown += strcspn(shown, "\n");
			continue;
		}
		while (isalnum((unsigned char)*shown) || *shown == '_' || (*shown & 0x80))
			shown++;
		if (shown == start) {
			shown++;
			continue;
		}
		char *word = isdigit((unsigned char)*start)
				     ? arena_strdup(arena, "0")
				     : arena_strndup(arena, start, (size_t)(shown - start));
		for (char *c = word; *c; c++)
			*c = (char)toupper((unsigned char)*c);
		LIST_PUSH(arena, &words, word);
	}
	if (words.n)
		qsort(words.items, words.n, sizeof(*words.items), by_text);
	for (size_t i = 0; i < words.n; i++) {
		if (i && !strcmp(words.items[i], words.items[i - 1]))
			continue;
		buf_printf(&out, "%s%s", out.len ? " " : "", words.items[i]);
	}
	return buf_arena(&out, arena);
}

/* --- SHOW CREATE TABLE ------------------------------------------------------------------------ */

/* The line without the name of the key or constraint it defines. */
static const char *nameless(struct arena *arena, const char *line, size_t len)
{
	const char *end = line + len, *name = line + strspn(line, " ");
	if (len < 3 || *name == '`' || strncmp(line, "  ", 2) != 0)
		return arena_strndup(arena, line, len);
	name = memchr(name, '`', (size_t)(end - name));
	/* a key's parts, not its name, come after a parenthesis */
	if (!name || memchr(line, '(', (size_t)(name - line)))
		return arena_strndup(arena, line, len);
	const char *rest = skip_quoted(name);
	return arena_printf(arena, "%.*s%.*s", (int)(name - line), line, (int)(end - rest), rest);
}

struct lines {
	const char **items;
	size_t n, cap;
};

static void read_lines(struct arena *arena, const char *text, bool names, struct lines *lines)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		const char *line =
			names ? arena_strndup(arena, text, len) : nameless(arena, text, len);
		LIST_PUSH(arena, lines, line);
		text += len + (text[len] == '\n');
	}
	/* without their names the keys stand in another order: order of columns is for the models */
	if (!names && lines->n)
		qsort(lines->items, lines->n, sizeof(*lines->items), by_text);
}

/* The first line that differs. */
static bool compare_table(struct bench *bench, const char *stage, const struct subject *expected,
			  const struct subject *found, bool names)
{
	struct lines a = { 0 }, b = { 0 };
	if (!strcmp(expected->shown, found->shown))
		return true;
	read_lines(&bench->arena, expected->shown, names, &a);
	read_lines(&bench->arena, found->shown, names, &b);
	for (size_t i = 0; i < a.n || i < b.n; i++) {
		const char *there = i < a.n ? a.items[i] : "", *here = i < b.n ? b.items[i] : "";
		if (!strcmp(there, here))
			continue;
		case_find(bench, expected->name, OUTCOME_FAILED, stage, "%s  <>  %s", there, here);
		return false;
	}
	return true;
}

bool compare_shown(struct bench *bench, const char *stage, const struct subject_list *expected,
		   const struct subject_list *found, bool names)
{
	bool same = true;
	size_t i = 0, j = 0;
	while (i < expected->n || j < found->n) {
		const struct subject *a = i < expected->n ? &expected->items[i] : NULL;
		const struct subject *b = j < found->n ? &found->items[j] : NULL;
		int order = !a ? 1 : !b ? -1 : by_name(a, b);
		if (order) {
			case_find(bench, order < 0 ? a->name : b->name, OUTCOME_FAILED, stage,
				  order < 0 ? "the table is missing" : "the table is left over");
			same = false;
		} else {
			same = compare_table(bench, stage, a, b, names) && same;
		}
		i += order <= 0;
		j += order >= 0;
	}
	return same;
}

/* --- models ----------------------------------------------------------------------------------- */

static bool compare_one_way(struct bench *bench, const char *stage, const char *way,
			    const struct schema *from, const struct schema *to)
{
	struct op_list ops = { 0 };
	if (!diff_schemas(&bench->ctx, &bench->arena, from, to, &ops)) {
		case_find_errors(bench, NULL, stage);
		return false;
	}
	for (size_t i = 0; i < ops.n; i++) {
		struct buf text = { 0 };
		op_to_text(&bench->ctx, &text, ops.items[i]);
		case_find(bench, ops.items[i]->table, OUTCOME_FAILED, stage, "%s: %s", way,
			  buf_text(&text));
		buf_free(&text);
	}
	return ops.n == 0;
}

bool compare_models(struct bench *bench, const char *stage, const struct schema *expected,
		    const struct schema *found)
{
	bool there = compare_one_way(bench, stage, "there", found, expected);
	bool back = compare_one_way(bench, stage, "back", expected, found);
	return there && back;
}
