/*
 * test_introspect: a live database as a model.
 *
 *	test_introspect URL
 *
 * Every case of introspect_cases.sql is a table made with plain SQL, and what introspection must make
 * of it, written in a notation of this test's own (see print_table). All tables are made first, then read at once. Then
 * accounts with few privileges read them: what is hidden must be told, never taken for absent.
 * Tells what it found in TAP.
 */
#include "mysql/introspect.h"
#include "run/clauses.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/context.h"
#include "syntax/print.h"
#include "tests/server/cases.h"

#define MYSQL (SERVER_M56 | SERVER_M8)
#define MARIADB (SERVER_D105 | SERVER_D106 | SERVER_D11)
#define ALL (MYSQL | MARIADB)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static unsigned tests, failures;

static void report(bool ok, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void report(bool ok, const char *name, const char *format, ...)
{
	va_list args;

	printf("%sok %u - %s\n", ok ? "" : "not ", ++tests, name);
	if (ok)
		return;
	failures++;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
}

/* --- the notation ----------------------------------------------------------------------------- */

static void add_expr(struct buf *out, const struct expr *expr)
{
	if (expr->kind == EXPR_OPAQUE)
		buf_add(out, "OPAQUE ");
	expr_print(out, expr, EXPR_MODEL);
}

static void add_options(struct buf *out, const struct option_list *options)
{
	for (size_t i = 0; i < options->n; i++) {
		buf_printf(out, " %s", tree_attr_spelling(options->items[i].kind));
		if (*options->items[i].value)
			buf_printf(out, "=%s", options->items[i].value);
	}
}

static void add_default(struct buf *out, const struct column *column)
{
	const struct expr *value = column->default_value;

	switch (column->default_kind) {
	case DEFAULT_NONE:
		break;
	case DEFAULT_NOW:
		buf_add(out, " default now");
		break;
	case DEFAULT_EXPR:
		buf_add(out, " default (");
		add_expr(out, value);
		buf_add_char(out, ')');
		break;
	case DEFAULT_LITERAL:
		if (value->kind == EXPR_NUMBER || value->kind == EXPR_UNARY) {
			buf_add(out, " default ");
			add_expr(out, value);
			break;
		}
		buf_printf(out, " default %s'%s'",
			   value->kind == EXPR_HEX      ? "x"
			   : value->kind == EXPR_BIT    ? "b"
			   : value->kind == EXPR_STRING ? ""
							: "?",
			   value->text ? value->text : "");
		break;
	}
}

static void add_column(struct buf *out, const struct column *column)
{
	buf_printf(out, "%s ", column->name->text);
	type_print(out, &column->type);
	if (column->type.srid >= 0)
		buf_printf(out, " srid %ld", column->type.srid);
	if (column->collation)
		buf_printf(out, " %s/%s", column->charset->text, column->collation->text);
	buf_add(out, column->nullable ? " null" : "");
	buf_add(out, column->auto_increment ? " auto_increment" : "");
	buf_add(out, column->invisible ? " invisible" : "");
	add_default(out, column);
	buf_add(out, column->on_update_now ? " on update now" : "");
	if (column->generated) {
		buf_add(out, " as (");
		add_expr(out, column->generated);
		buf_add(out, column->stored ? ") stored" : ") virtual");
	}
	if (column->check) {
		buf_add(out, " check (");
		add_expr(out, column->check);
		buf_add_char(out, ')');
	}
	if (*column->comment)
		buf_printf(out, " comment '%s'", column->comment);
	add_options(out, &column->options);
	buf_add_char(out, '\n');
}

static void add_index(struct buf *out, const struct index *index)
{
	static const char *const kinds[] = { "primary",  "unique",  "index",
					     "fulltext", "spatial", "vector" };

	buf_add(out, kinds[index->kind]);
	if (index->kind != KEY_PRIMARY)
		buf_printf(out, " %s", index->name->text);
	buf_add(out, " (");
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct index_part *part = &index->parts.items[i];

		buf_add(out, i ? ", " : "");
		if (part->expr) {
			buf_add_char(out, '(');
			add_expr(out, part->expr);
			buf_add_char(out, ')');
		} else {
			buf_add(out, part->column->text);
		}
		if (part->length)
			buf_printf(out, "(%u)", part->length);
		buf_add(out, part->desc ? " desc" : "");
	}
	buf_add_char(out, ')');
	buf_add(out, index->invisible ? " invisible" : "");
	if (*index->comment)
		buf_printf(out, " comment '%s'", index->comment);
	add_options(out, &index->options);
	buf_add_char(out, '\n');
}

static void add_names(struct buf *out, const struct name_list *names)
{
	buf_add(out, " (");
	for (size_t i = 0; i < names->n; i++)
		buf_printf(out, "%s%s", i ? ", " : "", names->items[i]->text);
	buf_add_char(out, ')');
}

static void add_foreign_key(struct buf *out, const struct foreign_key *key)
{
	/* they do the same, and servers differ in which of them needs a clause */
	static const char *const actions[] = {
		[FK_DEFAULT] = "restrict",   [FK_RESTRICT] = "restrict",
		[FK_NO_ACTION] = "restrict", [FK_CASCADE] = "cascade",
		[FK_SET_NULL] = "set null",  [FK_SET_DEFAULT] = "set default",
	};

	buf_printf(out, "foreign %s", key->name->text);
	add_names(out, &key->columns);
	buf_printf(out, " -> %s%s%s", key->parent_database ? key->parent_database->text : "",
		   key->parent_database ? "." : "", key->parent->text);
	add_names(out, &key->parent_columns);
	buf_printf(out, " delete %s update %s\n", actions[key->on_delete], actions[key->on_update]);
}

static void add_check(struct buf *out, const struct check *check)
{
	buf_printf(out, "check %s (", check->name->text);
	add_expr(out, check->expr);
	buf_add(out, check->not_enforced ? ") not enforced\n" : ")\n");
}

/*
 * One line for each thing: the table when it has more than a charset, then columns, indexes,
 * foreign keys, checks, the partitioning.
 */
static void print_table(struct buf *out, const struct table *table)
{
	if (!word_equal(table->engine->text, "InnoDB") || *table->comment || table->options.n) {
		buf_printf(out, "table %s", table->engine->text);
		if (*table->comment)
			buf_printf(out, " comment '%s'", table->comment);
		add_options(out, &table->options);
		buf_add_char(out, '\n');
	}
	for (size_t i = 0; i < table->columns.n; i++)
		add_column(out, table->columns.items[i]);
	for (size_t i = 0; i < table->periods.n; i++)
		buf_printf(out, "period %s (%s, %s)\n", table->periods.items[i]->name->text,
			   table->periods.items[i]->from->text, table->periods.items[i]->to->text);
	for (size_t i = 0; i < table->indexes.n; i++)
		add_index(out, table->indexes.items[i]);
	for (size_t i = 0; i < table->foreign_keys.n; i++)
		add_foreign_key(out, table->foreign_keys.items[i]);
	for (size_t i = 0; i < table->checks.n; i++)
		add_check(out, table->checks.items[i]);
	if (table->partition) {
		print_partition(out, table->partition);
		buf_add_char(out, '\n');
	}
	if (table->unknown)
		buf_printf(out, "UNKNOWN %s\n", table->unknown);
}

/* --- making and reading ----------------------------------------------------------------------- */

static void check_case(struct context *ctx, const struct schema *schema,
		       const struct case_text *test)
{
	struct table *table = schema_find_table(schema, ctx_name(ctx, test->name));
	struct buf got = { 0 };

	if (table)
		print_table(&got, table);
	report(table && !strcmp(buf_text(&got), test->second), test->name, "got:\n%swanted:\n%s",
	       buf_text(&got), test->second);
	buf_free(&got);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static long count_queries(struct db *db, struct arena *arena)
{
	struct db_result result;

	if (!db_query(db, arena, "show session status like 'Questions'", &result) || !result.rows.n)
		return -1;
	return strtol(result.rows.items[0].cells[1], NULL, 10);
}

static bool make(struct db *db, const struct case_text *test)
{
	const char *message = "";

	if (case_run_sql(db, test, &message))
		return true;
	report(false, test->name, "%s\n%s", message, test->first);
	return false;
}

/* SHOW CREATE TABLE of none of them says more than the model. */
static void check_clauses(struct context *ctx, struct arena *arena, struct db *db,
			  const struct schema *schema)
{
	struct table_list tables = { 0 };
	size_t lost = 0;

	for (size_t i = 0; i < schema->tables.n; i++)
		LIST_PUSH(arena, &tables, schema->tables.items[i]);
	report(clauses_check(ctx, arena, db, &tables, &lost) && lost == 0, "every clause is held",
	       "%zu tables lost some", lost);
	diag_print(&ctx->diags, false, stdout);
	diag_clear(&ctx->diags);
}

static void run_cases(struct context *ctx, struct arena *arena, struct db *db,
		      const struct case_list *cases)
{
	unsigned bit = case_server(db_server(db));
	bool *made = ARENA_ARRAY(arena, bool, cases->n);
	struct schema *schema;
	long questions;
	double start;

	for (size_t i = 0; i < cases->n; i++)
		made[i] = (cases->items[i].servers & bit) && make(db, &cases->items[i]);
	questions = count_queries(db, arena);
	start = now();
	schema = introspect_schema(ctx, arena, db, NULL);
	printf("# %zu tables in %.1f ms, %ld queries\n", schema ? schema->tables.n : 0,
	       now() - start, count_queries(db, arena) - questions - 1);
	if (!schema) {
		diag_print(&ctx->diags, false, stdout);
		report(false, "introspection", "failed");
		return;
	}
	report(ctx->diags.diags.n == 0, "introspection says nothing", "%zu diagnostics",
	       ctx->diags.diags.n);
	diag_print(&ctx->diags, false, stdout);
	for (size_t i = 0; i < cases->n; i++) {
		if (made[i])
			check_case(ctx, schema, &cases->items[i]);
	}
	check_clauses(ctx, arena, db, schema);
}

/* --- privileges ------------------------------------------------------------------------------- */

struct rights_case {
	const char *grant;
	const char *want; /* for each table of the database: its name and what is unknown of it */
	const char *warning;
	unsigned servers;
};

#define FULL "child: -\nparent: -\n"
#define NO_FK "child: privileges hide the actions of its foreign key 'fk'\nparent: -\n"

static const struct rights_case rights[] = {
	{ "all on rights_db.*", FULL, NULL, ALL },
	{ "alter, create, drop, index, insert, references, select, update on rights_db.*", FULL,
	  NULL, ALL },
	{ "select on rights_db.*", FULL, NULL, MYSQL },
	{ "select on rights_db.*", NO_FK, NULL, MARIADB },
	{ "create on rights_db.*",
	  "child: privileges hide its columns\nparent: privileges hide its columns\n", NULL, ALL },
	{ "select on rights_db.parent", "parent: -\n", "single tables of 'rights_db'", ALL },
	{ "select (id), insert (id) on rights_db.parent", "parent: privileges hide",
	  "single tables", ALL },
};

static bool run(struct db *db, const char *sql)
{
	const char *message = "";

	if (!db_try(db, sql, strlen(sql), &message))
		return true;
	printf("# %s: %s\n", sql, message);
	return false;
}

static void check_rights(struct context *ctx, struct arena *arena, const struct url *url,
			 const struct rights_case *test)
{
	struct url account = *url;
	struct db *db;
	struct schema *schema;
	struct buf got = { 0 };
	size_t warnings = 0;

	account.user = "rights_user";
	account.password = NULL;
	account.database = "rights_db";
	account.no_defaults = true;
	diag_clear(&ctx->diags);
	db = db_open(ctx, &account);
	schema = db ? introspect_schema(ctx, arena, db, NULL) : NULL;
	for (size_t i = 0; schema && i < schema->tables.n; i++) {
		const struct table *table = schema->tables.items[i];

		buf_printf(&got, "%s: %s\n", table->name->text,
			   table->unknown ? table->unknown : "-");
	}
	for (size_t i = 0; i < ctx->diags.diags.n; i++) {
		if (test->warning && strstr(ctx->diags.diags.items[i]->message, test->warning))
			warnings++;
	}
	report(schema && !strncmp(buf_text(&got), test->want, strlen(test->want)) &&
		       ctx->diags.diags.n == (test->warning ? 1 : 0) &&
		       warnings == (test->warning ? 1 : 0),
	       test->grant, "got:\n%swanted:\n%s%zu diagnostics, %zu as wanted", buf_text(&got),
	       test->want, ctx->diags.diags.n, warnings);
	diag_print(&ctx->diags, false, stdout);
	diag_clear(&ctx->diags);
	buf_free(&got);
	db_close(db);
}

static void run_rights(struct context *ctx, struct arena *arena, struct db *db,
		       const struct url *url)
{
	unsigned bit = case_server(db_server(db));

	run(db, "drop database if exists rights_db");
	run(db, "create database rights_db");
	run(db, "create table rights_db.parent (id int primary key, a int)");
	run(db,
	    "create table rights_db.child (id int primary key, p int, key (p), "
	    "constraint fk foreign key (p) references rights_db.parent (id) on delete cascade)");
	for (size_t i = 0; i < COUNT(rights); i++) {
		char sql[256];

		if (!(rights[i].servers & bit))
			continue;
		db_try(db, "drop user rights_user@localhost", 31, NULL);
		snprintf(sql, sizeof(sql), "grant %s to rights_user@localhost", rights[i].grant);
		if (run(db, "create user rights_user@localhost") && run(db, sql))
			check_rights(ctx, arena, url, &rights[i]);
		else
			report(false, rights[i].grant, "no account");
	}
	run(db, "drop user rights_user@localhost");
	run(db, "drop database rights_db");
}

int main(int argc, char **argv)
{
	static const char create[] = "create database introspect_db character set utf8mb4 "
				     "collate utf8mb4_unicode_ci";
	struct case_list cases = { 0 };
	struct context ctx;
	struct arena arena;
	struct url url;
	struct db *db;

	context_init(&ctx);
	arena_init(&arena);
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 2 && case_read(&ctx, &arena, "tests/server/introspect_cases.sql", &cases) &&
	    url_parse(&ctx, &arena, argv[1], &url) && (db = db_open(&ctx, &url))) {
		run(db, "drop database if exists introspect_db");
		run(db, create);
		db_close(db);
		url.database = "introspect_db";
		db = db_open(&ctx, &url);
		if (db) {
			run_cases(&ctx, &arena, db, &cases);
			run_rights(&ctx, &arena, db, &url);
			run(db, "drop database introspect_db");
		}
		db_close(db);
	}
	diag_print(&ctx.diags, false, stdout);
	printf("1..%u\n", tests);
	arena_free(&arena);
	context_free(&ctx);
	return failures || !tests;
}
