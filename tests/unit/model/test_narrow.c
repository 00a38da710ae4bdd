/* What changes of a type lose, for every pair of types (server/test_narrow holds it against servers). */
#include "tests/unit/model/model.h"

#include "base/file.h"
#include "model/charset.h"
#include "model/narrow.h"

#include <stdlib.h>

struct typed {
	const char *text;
	struct column column;
};

/* `TYPE [charset X]` as a column; strings without one are utf8mb4. */
static void read_column(struct world *w, const char *text, struct column *column)
{
	const struct tree_item *item = column_item(w, text);
	const struct tree_attr *own = tree_find_attr(&item->attrs, ATTR_CHARSET);
	*column = (struct column){ .name = n(w, "a"), .comment = "", .nullable = true };
	column->charset = own ? charset_canonical(&w->ctx, own->word.name) : n(w, "utf8mb4");
	if (!type_from_tree(&w->ctx, &w->arena, &w->server, item->type, &item->attrs, &column->type,
			    &column->charset))
		fail_msg("%s is no type", text);
	if (!type_is_string(&column->type))
		column->charset = NULL;
}

static enum narrow_kind narrows(struct world *w, const char *from, const char *to)
{
	struct column a, b;
	read_column(w, from, &a);
	read_column(w, to, &b);
	return narrow_column(&a, &b);
}

/* The types of the server test's list. */
static size_t read_types(struct world *w, struct typed **types)
{
	const char *text;
	size_t n = 0;
	assert_true(file_read(&w->ctx, &w->arena, "tests/server/narrow.list", &text, NULL));
	*types = ARENA_ARRAY(&w->arena, struct typed, 200);
	for (const char *at = text; *at;) {
		size_t len = strcspn(at, "\n");
		const char *line = arena_strndup(&w->arena, at, len), *bar = strstr(line, " | ");
		at += len + (at[len] == '\n');
		if (!bar || !strncmp(line, "--", 2) || *line == '!')
			continue;
		struct typed *type = &(*types)[n++];
		type->text = arena_strndup(&w->arena, line, (size_t)(bar - line));
		read_column(w, type->text, &type->column);
	}
	return n;
}

/*
 * Every pair: what stands in the list behind a type is what keeps all its values. With
 * NARROW_ACCEPT in the environment the list is written anew: look at what changed.
 */
TEST(every_pair_of_types)
{
	static const char path[] = "tests/unit/model/narrow.keeps";
	struct world w;
	struct typed *types;
	struct buf out = { 0 };
	const char *expected;
	world_open(&w, "mariadb", "11.8");
	size_t n = read_types(&w, &types);
	assert_true(n > 60);
	for (size_t i = 0; i < n; i++) {
		buf_printf(&out, "%s:", types[i].text);
		for (size_t j = 0; j < n; j++)
			if (narrow_column(&types[i].column, &types[j].column) == NARROW_NOTHING)
				buf_printf(&out, " %s;", types[j].text);
		buf_add_char(&out, '\n');
	}
	if (getenv("NARROW_ACCEPT"))
		assert_true(file_write(&w.ctx, path, buf_text(&out), out.len));
	assert_true(file_read(&w.ctx, &w.arena, path, &expected, NULL));
	assert_string_equal(buf_text(&out), expected);
	buf_free(&out);
	world_close(&w);
}

TEST(a_type_keeps_itself)
{
	struct world w;
	struct typed *types;
	world_open(&w, "mariadb", "11.8");
	size_t n = read_types(&w, &types);
	for (size_t i = 0; i < n; i++)
		if (narrow_column(&types[i].column, &types[i].column) != NARROW_NOTHING)
			fail_msg("%s", types[i].text);
	world_close(&w);
}

TEST(kinds_of_narrowing)
{
	static const struct {
		const char *from, *to;
		enum narrow_kind kind;
	} rows[] = {
		{ "varchar(10)", "varchar(9)", NARROW_LENGTH },
		{ "text", "varchar(255)", NARROW_LENGTH },
		{ "varchar(10)", "char(10)", NARROW_LENGTH },
		{ "bit(8)", "bit(7)", NARROW_LENGTH },
		{ "varbinary(3)", "binary(3)", NARROW_LENGTH },
		{ "bigint", "int", NARROW_NUMBER },
		{ "int", "int unsigned", NARROW_NUMBER },
		{ "decimal(12,2)", "decimal(12,3)", NARROW_NUMBER },
		{ "double", "float", NARROW_NUMBER },
		{ "datetime(3)", "datetime", NARROW_TIME },
		{ "datetime", "date", NARROW_TIME },
		{ "datetime", "timestamp", NARROW_TIME },
		{ "enum('a','b')", "enum('a')", NARROW_MEMBERS },
		{ "set('a','b')", "set('b')", NARROW_MEMBERS },
		{ "varchar(10)", "varchar(10) charset latin1", NARROW_CHARSET },
		{ "varchar(10)", "int", NARROW_CLASS },
		{ "int", "date", NARROW_CLASS },
		{ "geometry", "point", NARROW_CLASS },
		{ "longtext", "json", NARROW_CLASS },
	};
	struct world w;
	world_open(&w, "mysql", "9.7");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (narrows(&w, rows[i].from, rows[i].to) != rows[i].kind)
			fail_msg("%s to %s", rows[i].from, rows[i].to);
	world_close(&w);
}

TEST(charsets_hold)
{
	static const struct {
		const char *from, *to;
		bool holds;
	} rows[] = {
		{ "ascii", "latin1", true },    { "latin1", "utf8mb4", true },
		{ "latin1", "utf8mb3", true },  { "utf8mb3", "utf8mb4", true },
		{ "utf8mb4", "utf16", true },   { "utf8mb4", "utf8mb3", false },
		{ "utf8mb4", "latin1", false }, { "latin1", "ascii", false },
		{ "latin1", "latin2", false },  { "gb18030", "utf8mb4", true },
	};
	struct world w;
	world_open(&w, "mysql", "9.7");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (narrow_charset_holds(n(&w, rows[i].from), n(&w, rows[i].to)) != rows[i].holds)
			fail_msg("%s to %s", rows[i].from, rows[i].to);
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pair_of_types),
		cmocka_unit_test(a_type_keeps_itself),
		cmocka_unit_test(kinds_of_narrowing),
		cmocka_unit_test(charsets_hold),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
