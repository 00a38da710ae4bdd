/*
 * test_change: from one model to another and back on a real server, with rows in the tables.
 *
 *	test_change URL [NAME]
 *
 * For each pair of change_cases.model, change_keys.model and change_mariadb.model: the first is made
 * and gets its rows; then up, down and up again, through a revision's text. At every stop the
 * database has no difference to the fold of the operations, its SHOW CREATE TABLE is that of the same
 * model made afresh in an empty database, and what the case says is kept is what it was. The pairs of
 * partition_cases.model may say besides which partitions no row of which is copied. Tells what it
 * found in TAP.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "diff/diff.h"
#include "dsl/resolve.h"
#include "mysql/introspect.h"
#include "revision/graph.h"
#include "syntax/parse.h"
#include "tests/server/cases.h"

#define HEAD "schema change_db { engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci }\n"
#define DATABASE "change_db"
#define FRESH "change_fresh" /* where the second model is made from nothing */

static struct context ctx;
static struct url url;
static struct server_list targets;
static unsigned tests, failures;

/* One case. */
struct trial {
	struct arena arena;
	const struct case_text *test;
	struct db *db, *fresh;
	const struct server *server;
	struct buf log; /* what was run, and what went wrong */
};

/* --- the text of a case ----------------------------------------------------------------------- */

/* Calls visit for the rest of every line that begins with the mark. */
static bool each_line(struct trial *trial, const char *mark,
		      bool (*visit)(struct trial *trial, const char *text))
{
	for (const char *at = trial->test->first; *at; at += strspn(at, "\n")) {
		size_t len = strcspn(at, "\n");
		if (!strncmp(at, mark, strlen(mark)) &&
		    !visit(trial,
			   arena_strndup(&trial->arena, at + strlen(mark), len - strlen(mark))))
			return false;
		at += len;
	}
	return true;
}

static const char *found_line;

static bool find_line(struct trial *trial, const char *text)
{
	(void)trial;
	found_line = text;
	return false;
}

/* The rest of the first line that begins so; NULL: there is none. */
static const char *line_of(struct trial *trial, const char *mark)
{
	found_line = NULL;
	each_line(trial, mark, find_line);
	return found_line;
}

static struct schema *compile(struct trial *trial, const char *items)
{
	const char *text = arena_printf(&trial->arena, HEAD "%s\n", items);
	const struct source *src = ctx_source(&ctx, "change.model", text, strlen(text));
	struct tree_file *file = parse_file(&ctx, &trial->arena, src);
	struct tree_file_list files = { 0 };
	if (!file || ctx.diags.errors)
		return NULL;
	LIST_PUSH(&trial->arena, &files, file);
	return resolve_files(&ctx, &trial->arena, &files, trial->server);
}

/* --- running ---------------------------------------------------------------------------------- */

static bool execute(struct trial *trial, const char *sql)
{
	buf_printf(&trial->log, "%s;\n", sql);
	return db_execute(trial->db, sql, strlen(sql));
}

/* All cells of a query's answer. */
static const char *answer(struct trial *trial, const char *sql)
{
	struct db_result result = { 0 };
	struct buf text = { 0 };
	if (!db_query(trial->db, &trial->arena, sql, &result))
		return NULL;
	for (size_t i = 0; i < result.rows.n; i++)
		for (size_t j = 0; j < result.n_columns; j++) {
			const char *cell = result.rows.items[i].cells[j];
			buf_add(&text, cell ? cell : "NULL");
			buf_add_char(&text, j + 1 < result.n_columns ? '|' : '\n');
		}
	return buf_arena(&text, &trial->arena);
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/*
 * SHOW CREATE TABLE without what says nothing of a table: the next AUTO_INCREMENT, and the order of
 * keys, in which they were added. Columns keep theirs.
 */
static void add_normal(struct trial *trial, struct buf *out, const char *create)
{
	struct {
		const char **items;
		size_t n, cap;
	} keys = { 0 };
	for (const char *at = create; *at;) {
		size_t len = strcspn(at, "\n");
		char *line = arena_strndup(&trial->arena, at, len);
		char *number = *line == ')' ? strstr(line, " AUTO_INCREMENT=") : NULL;
		at += len + (at[len] == '\n');
		if (number)
			memmove(number, number + 16 + strspn(number + 16, "0123456789"),
				strlen(number + 16 + strspn(number + 16, "0123456789")) + 1);
		if (!strncmp(line, "  ", 2) && line[2] != '`') {
			if (line[strlen(line) - 1] == ',')
				line[strlen(line) - 1] = '\0';
			LIST_PUSH(&trial->arena, &keys, (const char *)line);
			continue;
		}
		if (*line == '`' || !strncmp(line, "  `", 3))
			if (line[strlen(line) - 1] == ',')
				line[strlen(line) - 1] = '\0';
		if (keys.n)
			qsort(keys.items, keys.n, sizeof(*keys.items), compare_lines);
		for (size_t i = 0; i < keys.n; i++)
			buf_printf(out, "%s\n", keys.items[i]);
		keys.n = 0;
		buf_printf(out, "%s\n", line);
	}
}

/* Of every table of the database, by name. */
static const char *show_all(struct trial *trial, struct db *db)
{
	struct db_result tables = { 0 };
	struct buf text = { 0 };
	if (!db_query(db, &trial->arena,
		      "SELECT table_name FROM information_schema.tables "
		      "WHERE table_schema = DATABASE() ORDER BY BINARY table_name",
		      &tables))
		return NULL;
	for (size_t i = 0; i < tables.rows.n; i++) {
		struct db_result shown = { 0 };
		struct buf sql = { 0 };
		buf_add(&sql, "SHOW CREATE TABLE ");
		quote_identifier(&sql, tables.rows.items[i].cells[0]);
		bool ok = db_query(db, &trial->arena, buf_text(&sql), &shown) && shown.rows.n;
		buf_free(&sql);
		if (!ok)
			return NULL;
		add_normal(trial, &text, shown.rows.items[0].cells[1]);
	}
	return buf_arena(&text, &trial->arena);
}

/* The tablespaces of the partitions that "-- stays: p0, p1" names: who is written again gets another. */
static const char *tablespaces(struct trial *trial)
{
	const char *at = line_of(trial, "-- stays: ");
	bool renamed = trial->server->flavour == FLAVOUR_MYSQL && trial->server->version >= 80000;
	struct buf all = { 0 };
	for (; at && *at; at += strspn(at, ", ")) {
		size_t len = strcspn(at, ", ");
		const char *ids = answer(
			trial, arena_printf(&trial->arena,
					    "SELECT CAST(name AS CHAR), table_id "
					    "FROM information_schema.innodb_%stables "
					    "WHERE LOWER(name) = '" DATABASE "/t#p#%.*s' "
					    "OR LOWER(name) LIKE '" DATABASE "/t#p#%.*s#sp#%%' "
					    "ORDER BY 1",
					    renamed ? "" : "sys_", (int)len, at, (int)len, at));
		buf_add(&all, ids && *ids ? ids : "no such partition\n");
		at += len;
	}
	return buf_arena(&all, &trial->arena);
}

/* --- revisions -------------------------------------------------------------------------------- */

/* Read back from its text, as people have it. */
static struct revision *make_revision(struct trial *trial, const struct schema *from,
				      const struct schema *to)
{
	struct plan up = { 0 }, down = { 0 };
	struct revision revision = { .id = "r", .message = "change", .create_date = "2026-01-01" };
	struct buf text = { 0 };
	if (!plan_revision(&ctx, &trial->arena, from, to, &targets, &up, &down) ||
	    !revision_fill(&ctx, &trial->arena, &targets, &revision, &up, &down))
		return NULL;
	revision_print(&text, &revision);
	const struct source *src = ctx_source(&ctx, "r.sql", buf_text(&text), text.len);
	buf_free(&text);
	struct revision *read = revision_parse(&ctx, &trial->arena, src);
	if (!read || !revision_read_ops(&ctx, &trial->arena, trial->server, read))
		return NULL;
	return read;
}

static bool expect_text(struct trial *trial, const char *what, const char *expected,
			const char *found)
{
	if (expected && found && !strcmp(expected, found))
		return true;
	buf_printf(&trial->log, "-- %s: expected\n%s-- found\n%s", what,
		   expected ? expected : "(nothing)\n", found ? found : "(nothing)\n");
	return false;
}

static bool expect_equal(struct trial *trial, const char *what, const struct schema *expected,
			 const struct schema *found)
{
	struct op_list ops = { 0 };
	if (!found || !diff_schemas(&ctx, &trial->arena, found, expected, &ops))
		return false;
	for (size_t i = 0; i < ops.n; i++) {
		buf_printf(&trial->log, "-- %s: ", what);
		op_describe(&trial->log, ops.items[i]);
		buf_add_char(&trial->log, '\n');
	}
	return !ops.n;
}

/* One direction; the state it leads to, which must be `to` by the fold and in the database. */
static struct schema *step(struct trial *trial, const char *what,
			   const struct revision_statement_list *list, const struct schema *from,
			   const struct schema *to)
{
	struct schema *state = schema_clone(&trial->arena, from);
	buf_printf(&trial->log, "-- %s\n", what);
	for (size_t i = 0; i < list->n; i++)
		if (!fold_statement(state, list->items[i]) || !execute(trial, list->items[i]->sql))
			return NULL;
	struct schema *live = introspect_schema(&ctx, &trial->arena, trial->db, NULL);
	bool ok = expect_equal(trial, "the fold", to, state) &&
		  expect_equal(trial, "the database", state, live) &&
		  expect_equal(trial, "the state", live, state);
	return ok ? state : NULL;
}

static bool make_fresh(struct trial *trial, const struct schema *model)
{
	struct db *db = trial->db;
	const struct schema *nothing = schema_new(&ctx, &trial->arena, trial->server);
	struct revision *revision = make_revision(trial, nothing, model);
	bool ok = revision != NULL;
	trial->db = trial->fresh;
	buf_add(&trial->log, "-- afresh\n");
	for (size_t i = 0; ok && i < revision->up.n; i++)
		ok = execute(trial, revision->up.items[i]->sql);
	trial->db = db;
	return ok;
}

/* --- a case ----------------------------------------------------------------------------------- */

static bool run_case(struct trial *trial)
{
	const char *keep = line_of(trial, "-- keep: "), *kept = line_of(trial, "-- kept: ");
	const struct schema *nothing = schema_new(&ctx, &trial->arena, trial->server);
	const struct schema *a = compile(trial, trial->test->first);
	const struct schema *b = a ? compile(trial, trial->test->second) : NULL;
	struct revision *first = b ? make_revision(trial, nothing, a) : NULL;
	const struct schema *at_a =
		first ? step(trial, "the first model", &first->up, nothing, a) : NULL;
	if (!at_a || !each_line(trial, "-- rows: ", execute))
		return false;
	const char *shown_a = show_all(trial, trial->db);
	const char *was = keep ? answer(trial, keep) : "", *spaces = tablespaces(trial);
	struct revision *second = was ? make_revision(trial, at_a, b) : NULL;
	const struct schema *at_b = second ? step(trial, "up", &second->up, at_a, b) : NULL;
	if (!at_b || !make_fresh(trial, b))
		return false;
	const char *shown_b = show_all(trial, trial->fresh);
	kept = kept ? kept : keep;
	if (!expect_text(trial, "up", shown_b, show_all(trial, trial->db)) ||
	    !expect_text(trial, "tablespaces", spaces, tablespaces(trial)) ||
	    (kept && !expect_text(trial, "rows, up", was, answer(trial, kept))))
		return false;
	if (!step(trial, "down", &second->down, at_b, at_a) ||
	    !expect_text(trial, "down", shown_a, show_all(trial, trial->db)) ||
	    (keep && !expect_text(trial, "rows, down", was, answer(trial, keep))))
		return false;
	return step(trial, "up again", &second->up, at_a, at_b) &&
	       expect_text(trial, "up again", shown_b, show_all(trial, trial->db));
}

static struct db *fresh_database(struct db *admin, struct arena *arena, const char *name)
{
	const char *const sql[] = {
		"SET foreign_key_checks = 0",
		arena_printf(arena, "DROP DATABASE IF EXISTS %s", name),
		"SET foreign_key_checks = 1",
		arena_printf(arena, "CREATE DATABASE %s", name),
	};
	for (size_t i = 0; i < sizeof(sql) / sizeof(*sql); i++)
		if (!db_execute(admin, sql[i], strlen(sql[i])))
			return NULL;
	url.database = name;
	return db_open(&ctx, &url);
}

static void try_pair(struct db *admin, const struct case_text *test)
{
	struct trial trial = { .test = test, .server = db_server(admin) };
	arena_init(&trial.arena);
	diag_clear(&ctx.diags);
	trial.db = fresh_database(admin, &trial.arena, DATABASE);
	trial.fresh = fresh_database(admin, &trial.arena, FRESH);
	bool ok = trial.db && trial.fresh && run_case(&trial) && !ctx.diags.errors;
	printf("%sok %u - %s\n", ok ? "" : "not ", ++tests, test->name);
	if (!ok) {
		failures++;
		printf("%s\n", buf_text(&trial.log));
		diag_print(&ctx.diags, false, stdout);
	}
	buf_free(&trial.log);
	db_close(trial.db);
	db_close(trial.fresh);
	arena_free(&trial.arena);
}

/* The model with the line that begins with the item's first word made into that item. */
static const char *with_item(struct arena *arena, const char *model, const char *item)
{
	struct buf text = { 0 };
	size_t word = strcspn(item, " ");
	for (const char *at = model; *at;) {
		size_t len = strcspn(at, "\n"), indent = strspn(at, " ");
		if (indent && !strncmp(at + indent, item, word) && at[indent + word] == ' ')
			buf_printf(&text, "    %s\n", item);
		else
			buf_printf(&text, "%.*s\n", (int)len, at);
		at += len + (at[len] == '\n');
	}
	return buf_arena(&text, arena);
}

static void try_case(struct db *admin, const struct case_text *test)
{
	static const char mark[] = "\n-- each: ";
	struct arena arena;
	if (test->second) {
		try_pair(admin, test);
		return;
	}
	arena_init(&arena);
	for (const char *at = strstr(arena_printf(&arena, "\n%s", test->first), mark); at;
	     at = strstr(at + 1, mark)) {
		struct case_text one = *test;
		const char *start = at + strlen(mark);
		const char *item = arena_strndup(&arena, start, strcspn(start, "\n"));
		one.name = arena_printf(&arena, "%s: %s", test->name, item);
		one.second = with_item(&arena, test->first, item);
		try_pair(admin, &one);
	}
	arena_free(&arena);
}

int main(int argc, char **argv)
{
	struct case_list cases = { 0 };
	struct arena arena;
	struct db *db = NULL;
	context_init(&ctx);
	arena_init(&arena);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc < 2 || !case_read(&ctx, &arena, "tests/server/change_cases.model", &cases) ||
	    !case_read(&ctx, &arena, "tests/server/partition_cases.model", &cases) ||
	    !case_read(&ctx, &arena, "tests/server/change_keys.model", &cases) ||
	    !case_read(&ctx, &arena, "tests/server/change_mariadb.model", &cases) ||
	    !url_parse(&ctx, &arena, argv[1], &url) || !(db = db_open(&ctx, &url)) ||
	    !db_server(db)) {
		diag_print(&ctx.diags, false, stdout);
		return 1;
	}
	LIST_PUSH(&arena, &targets, *db_server(db));
	for (size_t i = 0; i < cases.n; i++)
		if ((cases.items[i].servers & case_server(db_server(db))) &&
		    (argc < 3 || !strcmp(argv[2], cases.items[i].name)))
			try_case(db, &cases.items[i]);
	printf("1..%u\n", tests);
	db_execute(db, "DROP DATABASE IF EXISTS " DATABASE, 33);
	db_execute(db, "DROP DATABASE IF EXISTS " FRESH, 36);
	db_close(db);
	arena_free(&arena);
	context_free(&ctx);
	return failures || !tests;
}
