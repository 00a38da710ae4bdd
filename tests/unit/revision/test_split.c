#include "revision/split.h"

#include "base/buf.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

/* The statements of `text`, each followed by `|`, and `!` when it had no terminator. */
static char *split(const char *text, const char *stop)
{
	static char out[4096];
	struct buf buf = { 0 };
	struct splitter splitter;
	struct split_statement statement;
	bool unterminated;
	/* a copy of that very size, so that ASan sees a step too far */
	size_t len = strlen(text);
	char *exact = malloc(len ? len : 1);
	memcpy(exact, text, len);
	split_init(&splitter, exact, len);
	splitter.stop = stop;
	while (split_next(&splitter, &statement, &unterminated)) {
		buf_add_bytes(&buf, exact + statement.start, statement.end - statement.start);
		buf_add(&buf, unterminated ? "!|" : "|");
	}
	if (splitter.open)
		buf_printf(&buf, "open %c at %zu", splitter.open, splitter.opened_at);
	assert_true(buf.len < sizeof(out));
	strcpy(out, buf_text(&buf));
	buf_free(&buf);
	free(exact);
	return out;
}

#define assert_split(text, expected) assert_string_equal(split((text), NULL), (expected))

TEST(splits_at_semicolons)
{
	assert_split("", "");
	assert_split(" \n\t", "");
	assert_split("a;b ;\n c\n;", "a|b|c|");
	assert_split("a", "a!|");
	assert_split("a;b\n", "a|b!|");
	assert_split(";; a;;", "a|");
}

TEST(quotes_hide_semicolons)
{
	assert_split("a 'x;y';b", "a 'x;y'|b!|");
	assert_split("a \"x;y\";", "a \"x;y\"|");
	assert_split("a `x;y`;", "a `x;y`|");
	assert_split("a 'it''s;' ;", "a 'it''s;'|");
	assert_split("a 'it\\'s;' ;", "a 'it\\'s;'|");
	assert_split("a '\\\\';b;", "a '\\\\'|b|");
	assert_split("a `\\`;b;", "a `\\`|b|"); /* no escapes in names */
	assert_split("a '--x' '#' '/*';", "a '--x' '#' '/*'|");
	assert_split("a 'x\ny';", "a 'x\ny'|");
}

TEST(comments_hide_semicolons)
{
	assert_split("-- a;\nb;", "b|");
	assert_split("--;\nb;", "b|"); /* at the start of a statement the client takes any -- */
	assert_split("# a;\nb;", "b|");
	assert_split("/* a; */b;", "b|");
	assert_split("a -- x;\n, b;", "a -- x;\n, b|");
	assert_split("a --1;", "a --1|"); /* a double minus */
	assert_split("a # x;\n, b;", "a # x;\n, b|");
	assert_split("a /* x; ' */, b;", "a /* x; ' */, b|");
	assert_split("a /*+ x; */ b;", "a /*+ x; */ b|");
	assert_split("a --\n;", "a|");
	assert_split("a\n-- the end\n;", "a|");
	assert_split("a;\n-- only a comment", "a|");
	assert_split("a --", "a!|");
	assert_split("/**/a;/*/;*/b;", "a|b|");
}

TEST(conditional_comments_are_code)
{
	assert_split("/*!40101 SET x = 1 */;b;", "/*!40101 SET x = 1 */|b|");
	assert_split("/*M! SET x = ';' */;", "/*M! SET x = ';' */|");
}

TEST(delimiter_lines)
{
	assert_split("DELIMITER $$\na;b;\n$$\nDELIMITER ;\nc;", "a;b;|c|");
	assert_split("delimiter //\na;//\nb//", "a;|b|");
	assert_split("DELIMITER ';;'\na;b;;", "a;b|");
	assert_split("DELIMITER $$ and more\na$$", "a|");
	assert_split("DELIMITER\na;", "DELIMITER\na|"); /* no argument: the client says so */
	assert_split("DELIMITER a\\b\nc;", "c|");
	assert_split("DELIMITER 1234567890123456\nc;", "c|"); /* too long: the old one stays */
	/* not on a line of its own, or within a statement: text, as the client takes it */
	assert_split("a\nDELIMITER $$\nb;", "a\nDELIMITER $$\nb|");
	assert_split("a; DELIMITER $$\nb;", "a|DELIMITER $$\nb|");
	assert_split("/* a */ DELIMITER $$\nb;", "DELIMITER $$\nb|");
	assert_split("a;\n-- b\n \tDELIMITER $$\nd;$$", "a|d;|");
	assert_split("a `x`, delimiter $;b;", "a `x`, delimiter $|b|");
	assert_split("a '\nDELIMITER $$\n';", "a '\nDELIMITER $$\n'|");
}

TEST(sql_mode_says_what_a_backslash_is)
{
	assert_split("set sql_mode='NO_BACKSLASH_ESCAPES';a '\\';b \"\\\";c;",
		     "set sql_mode='NO_BACKSLASH_ESCAPES'|a '\\'|b \"\\\"|c|");
	assert_split("set session sql_mode=concat(@@sql_mode,',no_backslash_escapes');a '\\';"
		     "set sql_mode='';b '\\';';c;",
		     "set session sql_mode=concat(@@sql_mode,',no_backslash_escapes')|a '\\'|"
		     "set sql_mode=''|b '\\';'|c|");
	assert_split("set sql_mode='ANSI_QUOTES';a \"\\\";b '\\';';",
		     "set sql_mode='ANSI_QUOTES'|a \"\\\"|b '\\';'|");
	assert_split("/*!40101 set sql_mode='ANSI' */;a \"\\\";",
		     "/*!40101 set sql_mode='ANSI' */|a \"\\\"|");
	assert_split("set sql_mode=replace(@@sql_mode,'NO_BACKSLASH_ESCAPES','');a '\\';';",
		     "set sql_mode=replace(@@sql_mode,'NO_BACKSLASH_ESCAPES','')|a '\\';'|");
	assert_split("select 'sql_mode=NO_BACKSLASH_ESCAPES';a '\\';';",
		     "select 'sql_mode=NO_BACKSLASH_ESCAPES'|a '\\';'|");
}

TEST(the_clients_go_commands)
{
	assert_split("a\\g b\\G", "a|b|");
	assert_split("a '\\g';", "a '\\g'|");
}

TEST(what_is_left_open)
{
	assert_split("a 'x;", "a 'x;!|open ' at 2");
	assert_split("a; b `x", "a|b `x!|open ` at 5");
	assert_split("a \"x\\", "a \"x\\!|open \" at 2");
	assert_split("a; /* x", "a|open * at 3");
	assert_split("a /*", "a!|open * at 2");
}

TEST(stops_at_a_line)
{
	assert_string_equal(split("a;\n-- stop\nb;", "-- stop"), "a|");
	assert_string_equal(split("a\n-- stop\nb;", "-- stop"), "a!|");
	assert_string_equal(split("a '\n-- stop\n';", "-- stop"), "a '\n-- stop\n'|");
	assert_string_equal(split("a; -- stop\nb;", "-- stop"), "a|b|");
	assert_string_equal(split("/*\n-- stop\n*/ a;", "-- stop"), "a|");
}

TEST(comments_above)
{
	const char *text = "a;  \n-- c\n/* d */\n  b;\n";
	struct splitter splitter;
	struct split_statement statement;
	bool unterminated;
	split_init(&splitter, text, strlen(text));
	assert_true(split_next(&splitter, &statement, &unterminated));
	assert_int_equal(statement.comments, 0);
	assert_true(split_next(&splitter, &statement, &unterminated));
	assert_int_equal(statement.comments, 2);
	assert_int_equal(statement.start, strstr(text, "b;") - text);
	assert_false(split_next(&splitter, &statement, &unterminated));
	assert_int_equal(statement.comments, strlen(text) - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_at_semicolons),
		cmocka_unit_test(quotes_hide_semicolons),
		cmocka_unit_test(comments_hide_semicolons),
		cmocka_unit_test(conditional_comments_are_code),
		cmocka_unit_test(delimiter_lines),
		cmocka_unit_test(sql_mode_says_what_a_backslash_is),
		cmocka_unit_test(the_clients_go_commands),
		cmocka_unit_test(what_is_left_open),
		cmocka_unit_test(stops_at_a_line),
		cmocka_unit_test(comments_above),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
