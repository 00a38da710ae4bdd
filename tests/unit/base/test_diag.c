#include "base/diag.h"

#include "base/buf.h"
#include "tests/unit/unit.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static struct diag_queue queue;

static int set_up(void **state)
{
	(void)state;
	diag_init(&queue);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	diag_free(&queue);
	return 0;
}

static const struct source *source_of(const char *path, const char *text)
{
	return source_new(&queue.arena, path, text, strlen(text));
}

/* The first `text` in the source. */
static struct span find(const struct source *src, const char *text)
{
	const char *at = strstr(src->text, text);
	assert_non_null(at);
	uint32_t start = (uint32_t)(at - src->text);
	return (struct span){ src, start, start + (uint32_t)strlen(text) };
}

static void assert_rendered(const struct diag *diag, const char *expected)
{
	struct buf out = { 0 };
	diag_render(diag, false, &out);
	assert_string_equal(buf_text(&out), expected);
	buf_free(&out);
}

TEST(the_picture_of_the_header)
{
	const struct source *src = source_of("schema/orders.model", "table orders {\n"
								    "    id bigint\n"
								    "\n"
								    "    user_id varchar(64)\n"
								    "}\n");
	struct span span = find(src, "user_id");
	struct diag *diag = diag_error(&queue, "fk-collation", span,
				       "foreign key '%s' can't be made: collations differ", "fk_a");
	diag_place(&queue, diag, span, "utf8mb4_general_ci, from the schema's default");
	diag_hint(&queue, diag, "like users.%s", "user_id");
	assert_int_equal(diag->places.n, 1); /* the label of the main place */
	assert_rendered(diag, "error: foreign key 'fk_a' can't be made: collations differ "
			      "[fk-collation]\n"
			      "  --> schema/orders.model:4:5\n"
			      "   4 |     user_id varchar(64)\n"
			      "     |     ^~~~~~~ utf8mb4_general_ci, from the schema's default\n"
			      "hint: like users.user_id\n");
}

TEST(several_places)
{
	const struct source *orders =
		source_of("orders.model", "a int\nuser_id varchar(64) null\n");
	const struct source *users = source_of("users.model", "id varchar(32)");
	struct diag *diag =
		diag_warning(&queue, "fk-type", find(orders, "user_id"), "types differ");
	diag_place(&queue, diag, find(orders, "varchar(64)"), "this is %d long", 64);
	diag_place(&queue, diag, find(orders, "a"), "not this");
	diag_place(&queue, diag, find(users, "varchar(32)"), "the parent's type");
	diag_place(&queue, diag, span_none(), "the database's default is latin1");
	assert_rendered(diag, "warning: types differ [fk-type]\n"
			      "  --> orders.model:2:1\n"
			      "   2 | user_id varchar(64) null\n"
			      "     | ^~~~~~~\n"
			      "     |         ----------- this is 64 long\n"
			      "   1 | a int\n"
			      "     | - not this\n"
			      "  ::: users.model:1:4\n"
			      "   1 | id varchar(32)\n"
			      "     |    ----------- the parent's type\n"
			      "  = the database's default is latin1\n");
}

TEST(without_a_place)
{
	struct diag *diag = diag_add(&queue, DIAG_NOTE, "", span_none(), "nothing to do");
	assert_rendered(diag, "note: nothing to do\n");
	diag = diag_error(&queue, "connect", span_none(), "no answer");
	diag_hint(&queue, diag, "write\nsecond\n\nlast\n");
	assert_rendered(diag, "error: no answer [connect]\n"
			      "hint: write\n"
			      "      second\n"
			      "\n"
			      "      last\n");
}

TEST(wide_characters_keep_carets_in_place)
{
	const struct source *src = source_of("a.model", "note '订单' 😀 e\u0301x varchr(3)\n");
	assert_rendered(diag_error(&queue, "type", find(src, "varchr"), "no such type"),
			"error: no such type [type]\n"
			"  --> a.model:1:17\n"
			"   1 | note '订单' 😀 e\u0301x varchr(3)\n"
			"     |                   ^~~~~~\n");
	assert_rendered(diag_error(&queue, "type", find(src, "订单"), "no such type"),
			"error: no such type [type]\n"
			"  --> a.model:1:7\n"
			"   1 | note '订单' 😀 e\u0301x varchr(3)\n"
			"     |       ^~~~\n");
}

TEST(tabs_and_control_characters)
{
	const struct source *src = source_of("a.model", "\tid\tint\x01\x1b[31m\r \xff! \u202e?\n");
	assert_rendered(diag_error(&queue, "r", find(src, "int"), "m"),
			"error: m [r]\n"
			"  --> a.model:1:5\n"
			"   1 |     id  int\ufffd\ufffd[31m\ufffd \ufffd! \ufffd?\n"
			"     |         ^~~\n");
	assert_rendered(diag_error(&queue, "r", find(src, "\t"), "m"),
			"error: m [r]\n"
			"  --> a.model:1:1\n"
			"   1 |     id  int\ufffd\ufffd[31m\ufffd \ufffd! \ufffd?\n"
			"     | ^~~~\n");
	assert_rendered(diag_error(&queue, "r", find(src, "?"), "m"),
			"error: m [r]\n"
			"  --> a.model:1:20\n"
			"   1 |     id  int\ufffd\ufffd[31m\ufffd \ufffd! \ufffd?\n"
			"     |                        ^\n");
}

TEST(ends_of_lines_and_files)
{
	const struct source *src = source_of("a.model", "table t {\r\n    id int\n");
	uint32_t len = (uint32_t)src->len;
	/* over several lines: the first */
	assert_rendered(diag_error(&queue, "r", ((struct span){ src, 6, len }), "m"),
			"error: m [r]\n"
			"  --> a.model:1:7\n"
			"   1 | table t {\n"
			"     |       ^~~\n");
	/* at the newline */
	assert_rendered(diag_error(&queue, "r", ((struct span){ src, len - 1, len }), "m"),
			"error: m [r]\n"
			"  --> a.model:2:11\n"
			"   2 |     id int\n"
			"     |           ^\n");
	/* at the end, and behind it */
	static const char expected[] = "error: m [r]\n"
				       "  --> a.model:3:1\n"
				       "   3 |\n"
				       "     | ^\n";
	assert_rendered(diag_error(&queue, "r", ((struct span){ src, len, len }), "m"), expected);
	assert_rendered(diag_error(&queue, "r", ((struct span){ src, len + 9, len + 20 }), "m"),
			expected);
	assert_rendered(diag_error(&queue, "r", ((struct span){ source_of("e", ""), 0, 0 }), "m"),
			"error: m [r]\n"
			"  --> e:1:1\n"
			"   1 |\n"
			"     | ^\n");
}

/* The rendering of `token` in a line of `before` and `after` x's around it. */
static char *render_long(const char *left, size_t before, const char *token, size_t after)
{
	struct buf line = { 0 }, out = { 0 };
	buf_add(&line, left);
	buf_add_repeat(&line, 'x', before);
	buf_add(&line, token);
	buf_add_repeat(&line, 'y', after);
	const struct source *src = source_of("a", buf_arena(&line, &queue.arena));
	diag_render(diag_error(&queue, "r", find(src, token), "m"), false, &out);
	return strstr(buf_arena(&out, &queue.arena), " | ") + 3;
}

TEST(long_lines_are_cut_around_the_place)
{
	char xs[101], ys[101];
	memset(xs, 'x', 100);
	memset(ys, 'y', 100);
	xs[100] = ys[100] = '\0';
	/* 100 columns are not cut, 101 are */
	assert_string_equal(render_long("", 0, "id", 98),
			    arena_printf(&queue.arena, "id%.98s\n     | ^~\n", ys));
	assert_string_equal(render_long("", 0, "id", 99),
			    arena_printf(&queue.arena, "id%.97s…\n     | ^~\n", ys));
	assert_string_equal(
		render_long("", 200, "id", 200),
		arena_printf(&queue.arena, "…%.29sid%.67s…\n     | %30s^~\n", xs, ys, ""));
	/* the end of the line fills the window */
	assert_string_equal(render_long("", 200, "id", 3),
			    arena_printf(&queue.arena, "…%.94sidyyy\n     | %95s^~\n", xs, ""));
	/* wide characters that the edge would cut in two */
	assert_string_equal(render_long("用户", 200, "id", 0),
			    arena_printf(&queue.arena, "…%.97sid\n     | %98s^~\n", xs, ""));
	assert_string_equal(render_long("xxxx用", 96, "id", 0),
			    arena_printf(&queue.arena, "… %.96sid\n     | %98s^~\n", xs + 2, ""));
}

TEST(a_place_longer_than_the_window)
{
	char *long_token = arena_alloc(&queue.arena, 301);
	memset(long_token, 'z', 300);
	char *rendered = render_long("id ", 0, long_token, 0);
	const char *underline = strstr(rendered, " | ") + 3;
	assert_memory_equal(rendered, "id zzz", 6);
	assert_int_equal(strlen(underline), 101); /* to the window's end, and a newline */
	assert_memory_equal(underline, "   ^~~~", 7);
}

TEST(line_numbers_of_any_width)
{
	struct buf text = { 0 };
	buf_add_repeat(&text, '\n', 123455);
	buf_add(&text, "id");
	const struct source *src = source_of("a", buf_arena(&text, &queue.arena));
	assert_rendered(diag_error(&queue, "r", find(src, "id"), "m"), "error: m [r]\n"
								       "  --> a:123456:1\n"
								       "123456 | id\n"
								       "       | ^~\n");
}

TEST(colours)
{
	const struct source *src = source_of("a", "id");
	struct diag *diag = diag_error(&queue, "r", find(src, "id"), "m");
	diag_hint(&queue, diag, "h");
	struct buf out = { 0 };
	diag_render(diag, true, &out);
	assert_string_equal(buf_text(&out), "\033[1m\033[31merror:\033[0m \033[1mm\033[0m"
					    " \033[2m[r]\033[0m\n"
					    "\033[34m  -->\033[0m a:1:1\n"
					    "\033[34m   1 |\033[0m id\n"
					    "\033[34m     |\033[0m \033[1m\033[31m^~\033[0m\n"
					    "\033[1m\033[32mhint:\033[0m h\n");
	buf_free(&out);
}

/* No bytes, spans or cuts may upset it: everything at every place of a line of oddities. */
TEST(any_bytes_any_span)
{
	static char text[400];
	unsigned seed = 1;
	for (size_t i = 0; i < sizeof(text) - 1; i++) {
		static const char odd[] = "\xe7\x94\xa8 \t\n\xff\xf0\x9f\x98\x80\xcc\x81yz\x7f\x1b";
		seed = seed * 1103515245 + 12345;
		text[i] = odd[(seed >> 16) % (sizeof(odd) - 1)];
		if (text[i] == '\n' && i % 7)
			text[i] = ' ';
	}
	const struct source *src = source_of("a", text);
	struct buf out = { 0 };
	for (uint32_t start = 0; start < 405; start += 3) {
		for (uint32_t end = start; end < 410; end += 7) {
			struct diag_place place = { { src, start, end }, "label" };
			struct diag diag = { .rule = "r", .message = "m" };
			diag.places.items = &place;
			diag.places.n = 1;
			buf_clear(&out);
			diag_render(&diag, false, &out);
			assert_true(out.len < 1000);
		}
	}
	buf_free(&out);
}

TEST(sorting)
{
	const struct source *a = source_of("a.model", "0123456789"),
			    *b = source_of("b.model", "0123456789");
	diag_error(&queue, "r", ((struct span){ b, 1, 2 }), "b1");
	diag_error(&queue, "r", ((struct span){ a, 5, 6 }), "a5 first");
	diag_error(&queue, "r", span_none(), "nowhere first");
	diag_error(&queue, "r", ((struct span){ a, 5, 9 }), "a5 second");
	diag_error(&queue, "r", ((struct span){ a, 2, 3 }), "a2");
	diag_error(&queue, "r", span_none(), "nowhere second");
	diag_sort(&queue);
	static const char *const expected[] = {
		"nowhere first", "nowhere second", "a2", "a5 first", "a5 second", "b1",
	};
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(queue.diags.items[i]->message, expected[i]);
	diag_clear(&queue);
	diag_sort(&queue);
	assert_int_equal(queue.diags.n, 0);
}

static void assert_printed(const char *expected)
{
	char *text = NULL;
	size_t len;
	FILE *stream = open_memstream(&text, &len);
	diag_print(&queue, false, stream);
	fclose(stream);
	assert_string_equal(text, expected);
	free(text);
}

TEST(printing_and_counting)
{
	assert_printed("");
	diag_error(&queue, "r", span_none(), "one");
	assert_printed("error: one [r]\n");
	diag_add(&queue, DIAG_NOTE, "r", span_none(), "by the way");
	diag_warning(&queue, "r", span_none(), "odd");
	assert_printed("error: one [r]\nnote: by the way [r]\nwarning: odd [r]\n");
	diag_error(&queue, "r", span_none(), "two");
	assert_int_equal(queue.errors, 2);
	assert_int_equal(queue.warnings, 1);
	assert_printed("error: one [r]\nnote: by the way [r]\nwarning: odd [r]\nerror: two [r]\n"
		       "2 errors, 1 warning\n");
	diag_clear(&queue);
	assert_int_equal(queue.errors, 0);
	assert_printed("");
	diag_error(&queue, "r", span_none(), "one");
	diag_error(&queue, "r", span_none(), "two");
	assert_printed("error: one [r]\nerror: two [r]\n2 errors\n");
}

TEST(texts_are_copied)
{
	char rule[] = "rule", word[] = "word";
	struct diag *diag = diag_error(&queue, rule, span_none(), "%s", word);
	diag_hint(&queue, diag, "%s", word);
	diag_place(&queue, diag, span_none(), "%s", word);
	memset(rule, 'x', 4);
	memset(word, 'x', 4);
	assert_rendered(diag, "error: word [rule]\n  = word\nhint: word\n");
}

TEST(json)
{
	const struct source *src = source_of("a.model", "id\n订单 int\nx");
	struct span span = { src, 10, 15 };
	struct diag *diag = diag_error(&queue, "type", span, "bad \xff type\n");
	diag_place(&queue, diag, span, "here");
	diag_place(&queue, diag, find(src, "id"), "%s", "");
	diag_place(&queue, diag, span_none(), "nowhere");
	diag_hint(&queue, diag, "int");
	json_t *json = diag_json(diag);
	char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	assert_string_equal(text,
			    "{\"hints\":[\"int\"],\"level\":\"error\","
			    "\"message\":\"bad \ufffd type\\n\",\"places\":["
			    "{\"column\":4,\"end_column\":2,\"end_line\":3,\"file\":\"a.model\","
			    "\"label\":\"here\",\"line\":2},"
			    "{\"column\":1,\"end_column\":3,\"end_line\":1,\"file\":\"a.model\","
			    "\"line\":1},{\"label\":\"nowhere\"}],\"rule\":\"type\"}");
	free(text);
	json_decref(json);
}

static const char *suggest(const char *word)
{
	static const char *const words[] = {
		"int",     "integer", "varchar", "unique", "references", "comment",
		"primary", "id",      "订单号",  "check",  "key",
	};
	const char *found = diag_suggest(word, words, sizeof(words) / sizeof(*words));
	return found ? found : "(none)";
}

TEST(suggestions)
{
	assert_string_equal(suggest("varhcar"), "varchar"); /* swapped */
	assert_string_equal(suggest("vachar"), "varchar");
	assert_string_equal(suggest("varchara"), "varchar");
	assert_string_equal(suggest("vorchar"), "varchar");
	assert_string_equal(suggest("UNIQE"), "unique");
	assert_string_equal(suggest("VARCHAR"), "varchar");
	assert_string_equal(suggest("refrences"), "references");
	assert_string_equal(suggest("refernecse"), "references");
	assert_string_equal(suggest("itn"), "int");
	assert_string_equal(suggest("di"), "id");
	assert_string_equal(suggest("订号"), "订单号");
	assert_string_equal(suggest("订単号"), "订单号");
	/* the nearest, not the first near one */
	assert_string_equal(suggest("integr"), "integer");
	/* nothing like it */
	assert_string_equal(suggest("blob"), "(none)");
	assert_string_equal(suggest("x"), "(none)");
	assert_string_equal(suggest(""), "(none)");
	assert_string_equal(suggest("\xff\xfe"), "(none)");
	char *endless = arena_alloc(&queue.arena, 10001);
	memset(endless, 'a', 10000);
	assert_string_equal(suggest(endless), "(none)");
	assert_null(diag_suggest("int", NULL, 0));
}

#define WITH_QUEUE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_QUEUE(the_picture_of_the_header),
		WITH_QUEUE(several_places),
		WITH_QUEUE(without_a_place),
		WITH_QUEUE(wide_characters_keep_carets_in_place),
		WITH_QUEUE(tabs_and_control_characters),
		WITH_QUEUE(ends_of_lines_and_files),
		WITH_QUEUE(long_lines_are_cut_around_the_place),
		WITH_QUEUE(a_place_longer_than_the_window),
		WITH_QUEUE(line_numbers_of_any_width),
		WITH_QUEUE(colours),
		WITH_QUEUE(any_bytes_any_span),
		WITH_QUEUE(sorting),
		WITH_QUEUE(printing_and_counting),
		WITH_QUEUE(texts_are_copied),
		WITH_QUEUE(json),
		WITH_QUEUE(suggestions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
