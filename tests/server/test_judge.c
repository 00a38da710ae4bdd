/*
 * The judge against a real server: the verdict on foreign keys compared with what the server does.
 *
 *	test_judge URL [CASES [SEED]]   so many cases by chance (default 500)
 *	test_judge URL types            every type with every other one
 *
 * A case (tests/support/fk_case.h) is compiled for the server and judged, and made in one of three
 * forms: with the key in CREATE TABLE, by ALTER TABLE … ADD, and with checks off before its parent is
 * there. Accepting or refusing must agree in every case, and so must whether the key was made; the
 * error number in 99 of 100. What compiles and is judged sound, the server takes: the supporting
 * index is written then, as autogen writes it. Cases that do not compile (a type the server lacks)
 * don't count.
 */
#include "base/buf.h"
#include "base/context.h"
#include "dsl/resolve.h"
#include "lint/judge.h"
#include "mysql/db.h"
#include "syntax/parse.h"
#include "tests/support/fk_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define DEFAULT_CASES 500
#define DEFAULT_SEED 20260u

/* --- worlds ------------------------------------------------------------------------------------- */

enum form { INLINE, ALTER, LATE, FORMS };
static const char *const form_words[] = { "in CREATE TABLE", "by ALTER TABLE",
					  "before its parent" };

/* A database whose defaults, and those of the session, a case may lean on. */
struct world {
	struct db *db;
	struct server server;
	struct buf parent; /* the table p that is there */
};

static const struct {
	const char *database; /* its charset */
	bool plain_keys;      /* restrict_fk_on_non_standard_key off */
	const char *engine;   /* default_storage_engine */
	const char *utf8mb4;  /* collation of a bare CHARACTER SET utf8mb4 */
} settings[] = {
	{ "character set utf8mb4 collate utf8mb4_unicode_ci", false, NULL, NULL },
	{ "", true, NULL, NULL },
	{ "character set latin1", false, NULL, "utf8mb4_general_ci" },
	{ "collate utf8mb4_bin", true, "MyISAM", "utf8mb4_0900_ai_ci" },
	{ "character set utf8mb3", false, NULL, NULL },
};
#define WORLDS COUNT(settings)

struct run {
	struct context ctx;
	struct world worlds[WORLDS];
	bool verbose, lost;
	unsigned cases, uncompiled, forms[FORMS], accepted, numbers, right, failures;
};

static unsigned try(struct world *w, struct buf *sql)
{
	const char *message;
	unsigned number = sql->len ? db_try(w->db, buf_text(sql), sql->len, &message) : 0;
	buf_clear(sql);
	return number;
}

static unsigned try_text(struct world *w, const char *text)
{
	const char *message;
	return db_try(w->db, text, strlen(text), &message);
}

/* What a new session on the server would have from its settings, this one has by hand. */
static void set_session(struct run *run, struct world *w, size_t at)
{
	struct server *server = &w->server;
	bool maria = server->flavour == FLAVOUR_MARIADB;
	char text[200];
	if (settings[at].plain_keys && !maria && server->version >= 80400) {
		try_text(w, "set session restrict_fk_on_non_standard_key = off");
		server->restrict_fk_on_non_standard_key = false;
	}
	if (settings[at].engine) {
		snprintf(text, sizeof(text), "set session default_storage_engine = %s",
			 settings[at].engine);
		try_text(w, text);
		server->default_engine = ctx_name(&run->ctx, settings[at].engine);
	}
	if (settings[at].utf8mb4) {
		snprintf(text, sizeof(text),
			 maria ? "set session character_set_collations = 'utf8mb4=%s'"
			       : "set session default_collation_for_utf8mb4 = %s",
			 settings[at].utf8mb4);
		if (!try_text(w, text))
			server->utf8mb4_collation = ctx_name(&run->ctx, settings[at].utf8mb4);
	}
}

static bool open_world(struct run *run, struct arena *arena, const struct url *url, size_t at)
{
	struct world *w = &run->worlds[at];
	struct url its = *url;
	char text[200];
	its.database = NULL;
	w->db = db_open(&run->ctx, &its);
	if (!w->db)
		return false;
	its.database = arena_printf(arena, "autogen_judge_%zu", at);
	snprintf(text, sizeof(text), "drop database if exists %s", its.database);
	try_text(w, text);
	snprintf(text, sizeof(text), "create database %s %s", its.database, settings[at].database);
	try_text(w, text);
	db_close(w->db);
	w->db = db_open(&run->ctx, &its);
	const struct server *server = w->db ? db_server(w->db) : NULL;
	if (!server)
		return false;
	w->server = *server;
	set_session(run, w, at);
	struct buf sql = { 0 };
	fk_case_other_sql(&sql);
	bool ok = !try(w, &sql);
	buf_free(&sql);
	return ok;
}

static void close_world(struct world *w)
{
	char text[200];
	snprintf(text, sizeof(text), "drop database %s", db_database(w->db));
	try_text(w, text);
	db_close(w->db);
	buf_free(&w->parent);
}

/* --- the judge's answer ------------------------------------------------------------------------- */

struct judged {
	struct verdict verdict;
	const char *cause; /* in words */
	const char *index; /* the supporting one that autogen writes; NULL: none is needed */
};

static const char *supporting_index(struct arena *arena, const struct table *table)
{
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		struct buf out = { 0 };
		if (!index->for_foreign_key)
			continue;
		buf_printf(&out, "key `%s` (", index->name->text);
		for (size_t j = 0; j < index->parts.n; j++)
			buf_printf(&out, "%s%s", j ? ", " : "", index->parts.items[j].column->text);
		buf_add_char(&out, ')');
		return buf_arena(&out, arena);
	}
	return NULL;
}

/* false: does not compile for this server. */
static bool judge_case(struct run *run, const struct world *w, const struct fk_case *t,
		       struct judged *judged)
{
	struct buf text = { 0 };
	fk_case_model(&text, t, &w->server);
	const struct source *src = ctx_source(&run->ctx, "case.model", buf_text(&text), text.len);
	struct tree_file_list files = { 0 };
	LIST_PUSH(t->arena, &files, parse_file(&run->ctx, t->arena, src));
	struct schema *schema = run->ctx.diags.errors
					? NULL
					: resolve_files(&run->ctx, t->arena, &files, &w->server);
	if (schema) {
		const struct table *c = schema_find_table(schema, ctx_name(&run->ctx, "c"));
		judged->verdict =
			judge_foreign_key(schema, c, c->foreign_keys.items[0], &w->server);
		judged->cause = judged->verdict.rule
					? judge_words(t->arena, c, c->foreign_keys.items[0],
						      &judged->verdict)
					: "sound";
		judged->index = judged->verdict.taken || (judged->verdict.accepted &&
							  !judged->verdict.not_made)
					? supporting_index(t->arena, c)
					: NULL;
	}
	diag_clear(&run->ctx.diags);
	buf_free(&text);
	return schema != NULL;
}

/* --- the server's ------------------------------------------------------------------------------- */

struct answer {
	bool tables;     /* the tables alone are refused */
	unsigned number; /* 0: accepted */
	bool made;       /* the key is there */
	bool broken;     /* and refuses rows that it should take */
	bool unknown;    /* whether it does can't be found out */
};

static void drop_parent(struct world *w)
{
	if (w->parent.len)
		try_text(w, "drop table p");
	buf_clear(&w->parent);
}

/* The same parent serves many cases. */
static unsigned make_parent(struct world *w, const struct fk_case *t)
{
	struct buf sql = { 0 };
	unsigned number = 0;
	fk_case_parent_sql(&sql, t, &w->server);
	if (w->parent.len != sql.len || memcmp(buf_text(&w->parent), buf_text(&sql), sql.len)) {
		drop_parent(w);
		buf_add_bytes(&w->parent, buf_text(&sql), sql.len);
		number = try(w, &sql);
		if (number)
			buf_clear(&w->parent);
	}
	buf_free(&sql);
	return number;
}

static bool is_made(struct world *w, const struct fk_case *t)
{
	struct db_result result = { 0 };
	db_query(w->db, t->arena,
		 "select count(*) from information_schema.key_column_usage "
		 "where table_schema = database() and table_name = 'c' "
		 "and referenced_table_name is not null",
		 &result);
	return result.rows.n && strcmp(result.rows.items[0].cells[0], "0") != 0;
}

static void ask_inline(struct world *w, const struct fk_case *t, const char *index,
		       struct answer *answer)
{
	struct buf sql = { 0 };
	fk_case_child_sql(&sql, t, &w->server, true, index);
	answer->number = try(w, &sql);
	if (answer->number) { /* whose fault? */
		fk_case_child_sql(&sql, t, &w->server, false, index);
		answer->tables = try(w, &sql);
	}
	buf_free(&sql);
}

static void ask_alter(struct world *w, const struct fk_case *t, const char *index,
		      struct answer *answer)
{
	struct buf sql = { 0 };
	fk_case_child_sql(&sql, t, &w->server, false, index);
	answer->number = try(w, &sql);
	answer->tables = answer->number;
	if (!answer->number) {
		fk_case_alter_sql(&sql, t);
		answer->number = try(w, &sql);
	}
	buf_free(&sql);
}

/* The same values in both tables: a key that works lets them in, one that hangs in the air doesn't.
 * false: there are no such values. */
static bool ask_rows(struct world *w, const struct fk_case *t, bool alike, bool *broken)
{
	struct buf parent = { 0 }, child = { 0 };
	bool asked = fk_case_rows_sql(&parent, &child, t, alike) && !try(w, &parent);
	if (asked)
		*broken = try(w, &child) == 1452;
	buf_free(&parent);
	buf_free(&child);
	return asked;
}

/* After a refusal: would the tables be taken one by one? */
static bool are_tables_refused(struct world *w, const struct fk_case *t)
{
	struct buf sql = { 0 };
	try_text(w, "drop table if exists c");
	fk_case_child_sql(&sql, t, &w->server, false, NULL);
	bool refused = try(w, &sql) || make_parent(w, t);
	buf_free(&sql);
	return refused;
}

static void ask_late(struct world *w, const struct fk_case *t, const struct judged *judged,
		     struct answer *answer)
{
	struct buf sql = { 0 };
	bool yes = judged->verdict.accepted || judged->verdict.taken;
	try_text(w, "set foreign_key_checks = 0");
	fk_case_child_sql(&sql, t, &w->server, true, judged->index);
	answer->number = try(w, &sql);
	if (!answer->number)
		answer->number = make_parent(w, t);
	try_text(w, "set foreign_key_checks = 1");
	if (answer->number)
		answer->tables = are_tables_refused(w, t);
	else if (judged->verdict.situation == FK_PARENT_ENGINE)
		answer->unknown =
			true; /* MySQL 9.7 takes it, and an insert then kills the server */
	else
		answer->unknown = !ask_rows(w, t, yes, &answer->broken) && !yes;
	buf_free(&sql);
}

static struct answer ask_server(struct world *w, const struct fk_case *t, enum form form,
				const struct judged *judged)
{
	struct answer answer = { 0 };
	if (form == LATE) {
		drop_parent(w);
		ask_late(w, t, judged, &answer);
	} else {
		answer.number = make_parent(w, t);
		answer.tables = answer.number;
		if (!answer.number)
			(form == INLINE ? ask_inline : ask_alter)(w, t, judged->index, &answer);
	}
	if (!answer.number)
		answer.made = is_made(w, t);
	try_text(w, "drop table if exists c");
	if (form == LATE)
		drop_parent(w);
	return answer;
}

/* --- compared ----------------------------------------------------------------------------------- */

static void complain(struct run *run, struct world *w, const struct fk_case *t, enum form form,
		     const struct judged *judged, const struct answer *answer, const char *what)
{
	const struct verdict *verdict = &judged->verdict;
	struct buf text = { 0 };
	fk_case_parent_sql(&text, t, &w->server);
	buf_add(&text, ";\n");
	fk_case_child_sql(&text, t, &w->server, true, judged->index);
	printf("# %s: world %zu, %s: judge %d (%s%s), server %u%s%s%s  [%s]\n%s;\n", what,
	       (size_t)(w - run->worlds), form_words[form],
	       verdict->accepted ? 0 : verdict->error_number, judged->cause,
	       verdict->not_made ? ", not made" : "", answer->number, answer->made ? " made" : "",
	       answer->broken ? " broken" : "", answer->tables ? " to the tables" : "", t->faults,
	       buf_text(&text));
	buf_free(&text);
}

static void fail(struct run *run, struct world *w, const struct fk_case *t, enum form form,
		 const struct judged *judged, const struct answer *answer, const char *what)
{
	complain(run, w, t, form, judged, answer, what);
	run->failures++;
}

static void compare(struct run *run, struct world *w, const struct fk_case *t, enum form form)
{
	struct judged judged;
	if (!judge_case(run, w, t, &judged)) {
		run->uncompiled++;
		return;
	}
	const struct verdict *verdict = &judged.verdict;
	bool yes = verdict->accepted || verdict->taken;
	struct answer answer = ask_server(w, t, form, &judged);
	run->lost = db_lost(w->db);
	if (answer.tables) {
		if (yes && !verdict->not_made)
			fail(run, w, t, form, &judged, &answer, "tables");
		return;
	}
	if (answer.unknown)
		return;
	run->cases++;
	run->forms[form]++;
	run->accepted += !answer.number;
	if (yes != (!answer.number && !answer.broken)) {
		fail(run, w, t, form, &judged, &answer, "verdict");
	} else if (yes && answer.made == verdict->not_made) {
		fail(run, w, t, form, &judged, &answer, "made");
	} else if (answer.number) {
		bool right = answer.number == (unsigned)verdict->error_number;
		run->numbers++;
		run->right += right;
		if (!right && run->verbose)
			complain(run, w, t, form, &judged, &answer, "number");
	}
}

static void all_types(struct run *run)
{
	static const char *const keys[128] = { ['l'] = "unique (#)", ['n'] = "" };
	for (size_t i = 0; i < fk_case_types_n; i++)
		for (size_t j = 0; j < fk_case_types_n && !run->lost; j++) {
			const struct fk_case_type *parent = &fk_case_types[i];
			const char *key = keys[(unsigned char)parent->class];
			struct arena arena;
			struct fk_case t;
			arena_init(&arena);
			fk_case_fill(&t, &arena, parent, &fk_case_types[j],
				     key ? key : "unique (*)", 1);
			compare(run, &run->worlds[0], &t, (i + j) % 2 ? INLINE : ALTER);
			arena_free(&arena);
		}
}

static void by_chance(struct run *run, unsigned cases, unsigned seed)
{
	for (uint64_t i = 0; run->cases < cases && !run->lost; i++) {
		struct arena arena;
		struct fk_case t;
		arena_init(&arena);
		fk_case_random(&t, &arena, ((uint64_t)seed << 32) + i);
		enum form form = (enum form)(i % FORMS);
		if (form == LATE && t.self)
			form = INLINE;
		compare(run, &run->worlds[i / FORMS % WORLDS], &t, form);
		arena_free(&arena);
	}
}

int main(int argc, char **argv)
{
	struct run run = { .verbose = getenv("VERBOSE") != NULL };
	struct arena arena;
	struct url url;
	if (argc < 2)
		return 2;
	context_init(&run.ctx);
	arena_init(&arena);
	printf("1..2\n");
	bool open = url_parse(&run.ctx, &arena, argv[1], &url);
	for (size_t i = 0; open && i < WORLDS; i++)
		open = open_world(&run, &arena, &url, i);
	if (!open) {
		diag_print(&run.ctx.diags, false, stdout);
		return 1;
	}
	if (argc > 2 && !strcmp(argv[2], "types"))
		all_types(&run);
	else
		by_chance(&run, argc > 2 ? (unsigned)atoi(argv[2]) : DEFAULT_CASES,
			  argc > 3 ? (unsigned)atoi(argv[3]) : DEFAULT_SEED);
	for (size_t i = 0; i < WORLDS; i++)
		close_world(&run.worlds[i]);
	arena_free(&arena);
	context_free(&run.ctx);
	printf("# %u cases (%u in CREATE TABLE, %u by ALTER TABLE, %u before the parent; %u more "
	       "do not compile), %u accepted, error number right in %u of %u\n",
	       run.cases, run.forms[INLINE], run.forms[ALTER], run.forms[LATE], run.uncompiled,
	       run.accepted, run.right, run.numbers);
	bool numbers = run.right * 100 >= run.numbers * 99;
	printf("%sok 1 - judge and server agree\n", run.failures ? "not " : "");
	printf("%sok 2 - and on the error number\n", numbers ? "" : "not ");
	return run.failures || !numbers;
}
