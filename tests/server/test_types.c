/*
 * test_types: the canonical form of types, against what servers make of them.
 *
 *	test_types URL
 *
 * Each line of types.list is stored as it is written and as type_print() writes it. Both must be read
 * back as the same type; and what a server takes we must take too, but for the lines that say
 * otherwise.
 */
#include "tests/server/model_bench.h"

#include "model/charset.h"
#include "syntax/parse.h"

/* Fewer would mean that the test tests nothing. */
#define ENOUGH 80

struct written {
	const char *line, *text;
	bool stricter; /* we may refuse what the server takes */
	bool known;
	struct type type;
	const struct name *charset;
	bool written, printed;
};

/* The charset that text(n) counts in: of an attribute, else of the database. */
static const struct name *text_charset(struct bench *bench, const struct tree_attr_list *attrs)
{
	const struct tree_attr *charset = tree_find_attr(attrs, ATTR_CHARSET);
	const struct tree_attr *collate = tree_find_attr(attrs, ATTR_COLLATE);

	if (charset)
		return charset_canonical(&bench->ctx, charset->word.name);
	if (collate)
		return collation_charset(&bench->ctx, collate->word.name);
	return ctx_name(&bench->ctx, "utf8mb4");
}

static void prepare(struct bench *bench, const char *line, struct written *written, size_t number)
{
	const char *text;
	const struct source *src;
	const struct tree_item *item;

	*written = (struct written){ .line = line, .stricter = !strncmp(line, "! ", 2) };
	written->text = written->stricter ? line + 2 : line;
	text = arena_printf(&bench->arena, "a %s null", written->text);
	src = ctx_source(&bench->ctx, line, text, strlen(text));
	item = parse_item(&bench->ctx, &bench->arena, src);
	if (item && item->type) {
		written->charset = text_charset(bench, &item->attrs);
		written->known =
			type_from_tree(&bench->ctx, &bench->arena, bench->server, item->type,
				       &item->attrs, &written->type, &written->charset);
	}
	diag_clear(&bench->ctx.diags);
	written->written =
		!bench_tryf(bench, "create table w_%zu (a %s null, b int)", number, written->text);
	if (written->known) {
		struct buf sql = { 0 };

		buf_printf(&sql, "create table p_%zu (a ", number);
		type_print(&sql, &written->type);
		if (type_is_string(&written->type))
			buf_printf(&sql, " character set %s", written->charset->text);
		if (written->type.srid >= 0)
			buf_printf(&sql, bench->server->flavour == FLAVOUR_MARIADB
						 ? " ref_system_id=%ld"
						 : " srid %ld",
				   written->type.srid);
		buf_add(&sql, " null, b int)");
		written->printed = !bench_try(bench, buf_text(&sql));
		buf_free(&sql);
	}
}

static const struct column *stored(struct bench *bench, const struct schema *schema,
				   const char *table, size_t number)
{
	const char *name = arena_printf(&bench->arena, "%s_%zu", table, number);
	const struct table *found = schema_find_table(schema, ctx_name(&bench->ctx, name));

	return found ? found->columns.items[0] : NULL;
}

static const char *print(struct bench *bench, const struct column *column)
{
	struct buf text = { 0 };

	if (column)
		type_print(&text, &column->type);
	else
		buf_add(&text, "refused");
	return buf_arena(&text, &bench->arena);
}

static void compare(struct bench *bench, const struct schema *schema, const struct written *written,
		    size_t number)
{
	const struct column *was_written = stored(bench, schema, "w", number);
	const struct column *was_printed = stored(bench, schema, "p", number);
	const struct column ours = { .type = written->type };
	bool ok;

	if (written->known)
		ok = was_printed && type_equal(&written->type, &was_printed->type) &&
		     (!was_written || type_equal(&written->type, &was_written->type));
	else
		ok = !was_written || written->stricter;
	bench_report(bench, ok, written->line, "  ours    %s\n  written %s\n  printed %s",
		     written->known ? print(bench, &ours) : "refused", print(bench, was_written),
		     print(bench, was_printed));
}

int main(int argc, char **argv)
{
	struct bench bench = { 0 };
	struct bench_lines lines = { 0 };
	struct written *all;
	const struct schema *schema;
	size_t taken = 0;

	if (argc == 2 && bench_open(&bench, argv[1], "types_db") &&
	    bench_read(&bench, "tests/server/types.list", &lines)) {
		all = ARENA_ARRAY(&bench.arena, struct written, lines.n);
		for (size_t i = 0; i < lines.n; i++) {
			prepare(&bench, lines.items[i], &all[i], i);
			taken += all[i].printed;
		}
		schema = bench_introspect(&bench);
		for (size_t i = 0; schema && i < lines.n; i++)
			compare(&bench, schema, &all[i], i);
		bench_report(&bench, schema && taken >= ENOUGH, "enough types", "  %zu of %zu",
			     taken, lines.n);
		printf("# %zu of %zu types\n", taken, lines.n);
	}
	return bench_close(&bench);
}
