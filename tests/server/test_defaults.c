/*
 * test_defaults: the normal form of literal defaults, against what servers keep.
 *
 *	test_defaults URL
 *
 * Each line of defaults.list is stored as it is written and as its normal form is written. Both must
 * be read back as the normal form; and what a server takes we must take too, but for the lines that
 * say otherwise.
 */
#include "tests/server/model_bench.h"

#include "model/normal.h"
#include "syntax/parse.h"

/* Fewer would mean that the test tests nothing. */
#define ENOUGH 100

struct literal {
	const char *line, *type_text, *text;
	bool stricter;   /* we may refuse what the server takes */
	bool unreadable; /* old servers can't tell what they keep */
	bool known;      /* the server has the type */
	struct type type;
	const struct expr *normal;
	bool written, printed;
};

static bool split_line(struct bench *bench, const char *line, struct literal *literal)
{
	const char *bar = strstr(line, " | ");

	*literal = (struct literal){ .line = line };
	if (!bar)
		return false;
	literal->stricter = !strncmp(line, "! ", 2);
	literal->unreadable = !strncmp(line, "? ", 2);
	line += literal->stricter || literal->unreadable ? 2 : 0;
	literal->type_text = arena_strndup(&bench->arena, line, (size_t)(bar - line));
	literal->text = bar + 3;
	return true;
}

static bool has_no_literal_default(const struct bench *bench, const struct type *type)
{
	enum type_class class = type_class(type);

	return !server_has(bench->server, CAP_DEFAULT_TEXT) &&
	       (class == CLASS_TEXT || class == CLASS_BLOB || class == CLASS_JSON ||
		class == CLASS_SPATIAL || type->id == TYPE_VECTOR);
}

static bool is_old(const struct server *server)
{
	return server->version < (server->flavour == FLAVOUR_MYSQL ? 80000 : 110000);
}

static bool store(struct bench *bench, const struct literal *literal, const char *table,
		  size_t number, const char *text)
{
	return !bench_tryf(bench, "create table %s_%zu (a %s null default %s, b int)", table,
			   number, literal->type_text, text);
}

static const char *print(struct bench *bench, const struct expr *expr)
{
	struct buf text = { 0 };

	if (expr)
		expr_print(&text, expr, EXPR_SQL);
	return buf_arena(&text, &bench->arena);
}

/* As a model file would say it. */
static void prepare(struct bench *bench, struct literal *literal, size_t number)
{
	const char *text = arena_printf(&bench->arena, "a %s null default %s", literal->type_text,
					literal->text);
	const struct source *src = ctx_source(&bench->ctx, literal->line, text, strlen(text));
	const struct tree_item *item = parse_item(&bench->ctx, &bench->arena, src);
	const struct name *charset = NULL;
	const struct tree_attr *attr = item ? tree_find_attr(&item->attrs, ATTR_DEFAULT) : NULL;

	if (!attr || !attr->expr) {
		bench_report(bench, false, literal->line, "  does not parse");
		return;
	}
	literal->known = type_from_tree(&bench->ctx, &bench->arena, bench->server, item->type,
					&item->attrs, &literal->type, &charset) &&
			 !has_no_literal_default(bench, &literal->type) &&
			 !(literal->unreadable && is_old(bench->server));
	if (literal->known)
		literal->normal = normal_default(&bench->ctx, &bench->arena, bench->server,
						 &literal->type, attr->expr);
	diag_clear(&bench->ctx.diags);
	if (!literal->known)
		return;
	literal->written = store(bench, literal, "w", number, literal->text);
	if (literal->normal)
		literal->printed =
			store(bench, literal, "p", number, print(bench, literal->normal));
}

static const struct expr *stored(struct bench *bench, const struct schema *schema,
				 const char *table, size_t number)
{
	const char *name = arena_printf(&bench->arena, "%s_%zu", table, number);
	const struct table *found = schema_find_table(schema, ctx_name(&bench->ctx, name));

	return found ? found->columns.items[0]->default_value : NULL;
}

static void compare(struct bench *bench, const struct schema *schema, const struct literal *literal,
		    size_t number)
{
	const struct expr *written = stored(bench, schema, "w", number);
	const struct expr *printed = stored(bench, schema, "p", number);
	bool ok = true;

	if (!literal->normal && !literal->written)
		return;
	if (!literal->normal)
		ok = literal->stricter;
	else
		ok = literal->printed && expr_equal(literal->normal, printed) &&
		     (!literal->written || expr_equal(literal->normal, written));
	bench_report(bench, ok, literal->line, "  normal  %s\n  written %s\n  printed %s%s",
		     literal->normal ? print(bench, literal->normal) : "refused by us",
		     print(bench, written), literal->printed ? "" : "refused ",
		     print(bench, printed));
}

static void run(struct bench *bench, const struct bench_lines *lines)
{
	struct literal *all = ARENA_ARRAY(&bench->arena, struct literal, lines->n);
	const struct schema *schema;
	size_t taken = 0;

	for (size_t i = 0; i < lines->n; i++) {
		if (split_line(bench, lines->items[i], &all[i]))
			prepare(bench, &all[i], i);
		else
			bench_report(bench, false, lines->items[i], "  no case");
		taken += all[i].printed;
	}
	schema = bench_introspect(bench);
	for (size_t i = 0; schema && i < lines->n; i++)
		compare(bench, schema, &all[i], i);
	bench_report(bench, schema && taken >= ENOUGH, "enough literals", "  %zu of %zu", taken,
		     lines->n);
	printf("# %zu of %zu literals\n", taken, lines->n);
}

int main(int argc, char **argv)
{
	struct bench bench = { 0 };
	struct bench_lines lines = { 0 };

	if (argc == 2 && bench_open(&bench, argv[1], "defaults_db") &&
	    bench_read(&bench, "tests/server/defaults.list", &lines))
		run(&bench, &lines);
	return bench_close(&bench);
}
