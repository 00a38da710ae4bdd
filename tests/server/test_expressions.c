/*
 * test_expressions: the normal form of expressions, against what servers store.
 *
 *	test_expressions URL
 *
 * Each line of expressions.list is stored twice: as it is written, and as its normal form is
 * written. Both must be read back as the same normal form. What a server refuses as it is written
 * (functions it does not know, or not there) is passed over; how many were not is told.
 */
#include "tests/server/model_bench.h"

#include "base/quote.h"
#include "model/normal.h"
#include "syntax/parse.h"

#define COLUMNS                                                                               \
	"a int, b int, s varchar(20), u varchar(20), d date, dt datetime, d3 datetime(3), t " \
	"time, "                                                                              \
	"j %s, f double, n decimal(10,2), x varbinary(20), e enum('x','y'), p point, "        \
	"l varchar(20) character set latin1"

/* Fewer would mean that the test tests nothing. */
#define ENOUGH 80

enum place { PLACE_CHECK, PLACE_GENERATED, PLACE_DEFAULT };

/* Expressions that share a table; a refused one makes all of them single. */
#define BATCH 10

/* Stored as it is written, and as its normal form is written. */
enum form { FORM_WRITTEN, FORM_PRINTED, FORM_COUNT };

struct expression {
	const char *line, *type, *text; /* `generated TYPE: text` */
	enum place place;
	bool skipped;
	const struct expr *normal;
	const char *texts[FORM_COUNT];
	const char *tables[FORM_COUNT]; /* NULL: the server refused it */
};

static bool split_line(struct bench *bench, const char *line, struct expression *expression)
{
	static const char *const words[] = { "check", "generated", "default" };
	const char *colon = strstr(line, ": ");
	size_t len = strcspn(line, " :");

	if (!colon)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strlen(words[i]) != len || strncmp(words[i], line, len))
			continue;
		*expression = (struct expression){ .line = line, .place = (enum place)i };
		expression->text = colon + 2;
		expression->type =
			arena_strndup(&bench->arena, line + len, (size_t)(colon - line) - len);
		expression->skipped = !strcmp(expression->type, " mysql") &&
				      bench->server->flavour != FLAVOUR_MYSQL;
		return true;
	}
	return false;
}

static void add_expression(struct buf *sql, const struct expression *expression, enum form form,
			   size_t number)
{
	const char *text = expression->texts[form];

	switch (expression->place) {
	case PLACE_CHECK:
		buf_printf(sql, ", constraint %c_%zu check (%s)", "wp"[form], number, text);
		break;
	case PLACE_GENERATED:
		buf_printf(sql, ", g_%zu %s as (%s) virtual", number, expression->type, text);
		break;
	case PLACE_DEFAULT:
		buf_printf(sql, ", g_%zu %s default (%s)", number, expression->type, text);
		break;
	}
}

/* One table with the expressions from..to that have a text in that form. */
static bool store(struct bench *bench, struct expression *all, size_t from, size_t to,
		  enum form form)
{
	const char *json = server_has(bench->server, CAP_JSON) ? "json" : "text";
	const char *table = arena_printf(&bench->arena, "%c_%zu", "wp"[form], from);
	struct buf sql = { 0 };
	bool ok, any = false;

	buf_printf(&sql, "create table %s (" COLUMNS, table, json);
	for (size_t i = from; i < to; i++) {
		if (!all[i].texts[form])
			continue;
		add_expression(&sql, &all[i], form, i);
		any = true;
	}
	buf_add_char(&sql, ')');
	ok = any && !bench_try(bench, buf_text(&sql));
	buf_free(&sql);
	for (size_t i = from; ok && i < to; i++)
		all[i].tables[form] = all[i].texts[form] ? table : NULL;
	return ok || !any;
}

static void store_all(struct bench *bench, struct expression *all, size_t n, enum form form)
{
	for (size_t from = 0; from < n; from += BATCH) {
		size_t to = from + BATCH < n ? from + BATCH : n;

		if (store(bench, all, from, to, form))
			continue;
		for (size_t i = from; i < to; i++)
			store(bench, all, i, i + 1, form);
	}
}

/* What the server has of it; NULL: nothing. */
static const struct expr *stored(struct bench *bench, const struct schema *schema,
				 const struct expression *expression, enum form form, size_t number)
{
	const struct table *table;
	const struct column *column;
	const struct check *check;
	const char *name;

	if (!expression->tables[form])
		return NULL;
	table = schema_find_table(schema, ctx_name(&bench->ctx, expression->tables[form]));
	name = arena_printf(&bench->arena, "%c_%zu",
			    expression->place == PLACE_CHECK ? "wp"[form] : 'g', number);
	if (expression->place == PLACE_CHECK) {
		check = table_check(table, ctx_name(&bench->ctx, name));
		return check ? check->expr : NULL;
	}
	column = table_column(table, ctx_name(&bench->ctx, name));
	if (expression->place == PLACE_GENERATED)
		return column->generated;
	/* with the column's own fraction of a second: not said as an expression */
	if (column->default_kind == DEFAULT_NOW &&
	    word_equal(expression->normal->name->text, "current_timestamp"))
		return expression->normal;
	return column->default_value;
}

static const char *print(struct bench *bench, const struct expr *expr, enum expr_style style)
{
	struct buf text = { 0 };

	if (expr)
		expr_print(&text, expr, style);
	return buf_arena(&text, &bench->arena);
}

static void compare(struct bench *bench, const struct schema *schema,
		    const struct expression *expression, size_t number)
{
	const struct expr *written = stored(bench, schema, expression, FORM_WRITTEN, number);
	const struct expr *printed = stored(bench, schema, expression, FORM_PRINTED, number);

	bench_report(bench,
		     expression->normal && expr_equal(expression->normal, written) &&
			     expr_equal(expression->normal, printed),
		     expression->line, "  model   %s\n  written %s%s\n  printed %s%s",
		     print(bench, expression->normal, EXPR_MODEL),
		     written && written->kind == EXPR_OPAQUE ? "OPAQUE " : "",
		     print(bench, written, EXPR_MODEL), printed ? "" : "refused: ",
		     printed ? print(bench, printed, EXPR_MODEL) : expression->texts[FORM_PRINTED]);
}

static void prepare(struct bench *bench, struct expression *expression)
{
	const struct expr *parsed;

	if (expression->skipped)
		return;
	parsed = parse_expr(&bench->ctx, &bench->arena, expression->text, strlen(expression->text),
			    SYNTAX_MODEL);
	expression->texts[FORM_WRITTEN] = expression->text;
	if (!parsed) {
		bench_report(bench, false, expression->line, "  does not parse");
		return;
	}
	expression->normal = normal_expr(&bench->ctx, &bench->arena, bench->server, parsed);
	expression->texts[FORM_PRINTED] = print(bench, expression->normal, EXPR_SQL);
}

static void run(struct bench *bench, const struct bench_lines *lines)
{
	struct expression *all = ARENA_ARRAY(&bench->arena, struct expression, lines->n);
	const struct schema *schema;
	size_t taken = 0;

	for (size_t i = 0; i < lines->n; i++) {
		if (split_line(bench, lines->items[i], &all[i]))
			prepare(bench, &all[i]);
		else
			bench_report(bench, false, lines->items[i], "  no case");
	}
	store_all(bench, all, lines->n, FORM_WRITTEN);
	for (size_t i = 0; i < lines->n; i++) {
		if (!all[i].tables[FORM_WRITTEN])
			all[i].texts[FORM_PRINTED] = NULL;
		taken += all[i].tables[FORM_WRITTEN] != NULL;
	}
	store_all(bench, all, lines->n, FORM_PRINTED);
	schema = bench_introspect(bench);
	for (size_t i = 0; schema && i < lines->n; i++)
		if (all[i].tables[FORM_WRITTEN])
			compare(bench, schema, &all[i], i);
	bench_report(bench, schema && taken >= ENOUGH, "enough expressions", "  %zu of %zu", taken,
		     lines->n);
	printf("# %zu of %zu expressions\n", taken, lines->n);
}

int main(int argc, char **argv)
{
	struct bench bench = { 0 };
	struct bench_lines lines = { 0 };

	if (argc == 2 && bench_open(&bench, argv[1], "expressions_db") &&
	    bench_read(&bench, "tests/server/expressions.list", &lines)) {
		if (server_has(bench.server, CAP_GENERATED_COLUMN))
			run(&bench, &lines);
		else
			bench_report(&bench, true, "the server keeps no expressions", " ");
	}
	return bench_close(&bench);
}
