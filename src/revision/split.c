#include "revision/split.h"

#include <string.h>
#include <strings.h>

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool looking_at(const struct splitter *s, const char *word)
{
	size_t len = strlen(word);
	return s->len - s->at >= len && !memcmp(s->text + s->at, word, len);
}

static bool at_line_start(const struct splitter *s)
{
	return s->at == 0 || s->text[s->at - 1] == '\n';
}

static bool at_stop(const struct splitter *s)
{
	return s->stop && at_line_start(s) && looking_at(s, s->stop);
}

static void skip_line(struct splitter *s)
{
	const char *newline = memchr(s->text + s->at, '\n', s->len - s->at);
	s->at = newline ? (size_t)(newline - s->text) + 1 : s->len;
}

/* `DELIMITER $$`: a command of the client, in any case, at the start of a line. */
static bool at_delimiter_command(const struct splitter *s)
{
	static const char word[] = "delimiter";
	size_t len = sizeof(word) - 1, i = s->at;
	if (s->len - s->at <= len || strncasecmp(s->text + s->at, word, len) != 0 ||
	    (s->text[s->at + len] != ' ' && s->text[s->at + len] != '\t'))
		return false;
	while (i > 0 && (s->text[i - 1] == ' ' || s->text[i - 1] == '\t'))
		i--;
	return i == 0 || s->text[i - 1] == '\n';
}

/* Like the client's get_arg(): the first word after the command, its quotes taken off. */
static void read_delimiter_command(struct splitter *s)
{
	size_t start = s->at + strlen("delimiter");
	skip_line(s);
	while (start < s->at && is_blank(s->text[start]))
		start++;
	size_t end = start;
	char quote = start < s->at && strchr("'\"`", s->text[start]) ? s->text[start] : 0;
	if (quote)
		end = ++start;
	while (end < s->at && (quote ? s->text[end] != quote : !is_blank(s->text[end])))
		end++;
	size_t len = end - start;
	if (!len || len >= sizeof(s->delimiter) || memchr(s->text + start, '\\', len))
		return; /* the client complains and keeps the old one */
	memcpy(s->delimiter, s->text + start, len);
	s->delimiter[len] = 0;
}

/* The third byte must be a blank, or the end of the line. */
static bool at_line_comment(const struct splitter *s)
{
	if (s->text[s->at] == '#')
		return true;
	return looking_at(s, "--") && (s->at + 2 == s->len || is_blank(s->text[s->at + 2]));
}

/* MariaDB's and MySQL's conditional comments are code, and so read here. */
static bool at_block_comment(const struct splitter *s)
{
	return looking_at(s, "/*") && !looking_at(s, "/*!") && !looking_at(s, "/*M!");
}

static void skip_block_comment(struct splitter *s)
{
	size_t opened_at = s->at;
	for (s->at += 2; s->at < s->len; s->at++) {
		if (looking_at(s, "*/")) {
			s->at += 2;
			return;
		}
	}
	s->open = '*';
	s->opened_at = opened_at;
}

static bool is_escape(const struct splitter *s, char quote)
{
	return s->text[s->at] == '\\' && quote != '`' && !s->no_backslash_escapes &&
	       !(quote == '"' && s->ansi_quotes);
}

/* A doubled quote closes and opens again, which comes to the same. */
static void skip_quoted(struct splitter *s)
{
	char quote = s->text[s->at];
	size_t opened_at = s->at;
	for (s->at++; s->at < s->len; s->at++) {
		if (s->text[s->at] == quote) {
			s->at++;
			return;
		}
		if (is_escape(s, quote) && s->at + 1 < s->len)
			s->at++;
	}
	s->open = quote;
	s->opened_at = opened_at;
}

/* To the first byte of a statement; false when there is none before the end. */
static bool skip_to_statement(struct splitter *s)
{
	while (s->at < s->len) {
		if (at_stop(s))
			return false;
		if (is_blank(s->text[s->at]))
			s->at++;
		else if (at_line_comment(s) || looking_at(s, "--")) /* as the client does here */
			skip_line(s);
		else if (at_block_comment(s))
			skip_block_comment(s);
		else if (at_delimiter_command(s))
			read_delimiter_command(s);
		else if (looking_at(s, s->delimiter)) /* an empty statement */
			s->at += strlen(s->delimiter);
		else
			return true;
	}
	return false;
}

/* Begins it nothing: no comment, quote, escape or line? What most of a statement is made of. */
static bool is_plain(unsigned char c)
{
	return (unsigned)((c | 32) - 'a') < 26 || (unsigned)(c - '0') < 10 || c >= 0x80 ||
	       c == '_' || c == ',' || c == '(' || c == ')' || c == '=';
}

static size_t skip_plain(const struct splitter *s)
{
	size_t at = s->at;
	while (at < s->len && is_plain((unsigned char)s->text[at]) &&
	       s->text[at] != s->delimiter[0])
		at++;
	return at;
}

/* The delimiter, or the client's \g and \G; its length, 0 when there is none here. */
static size_t terminator(const struct splitter *s)
{
	if (looking_at(s, s->delimiter))
		return strlen(s->delimiter);
	return looking_at(s, "\\g") || looking_at(s, "\\G") ? 2 : 0;
}

/* Is the word in the text, whatever its case? */
static bool has_word(const char *text, size_t len, const char *word)
{
	size_t n = strlen(word);
	for (size_t i = 0; i + n <= len; i++)
		if (!strncasecmp(text + i, word, n))
			return true;
	return false;
}

/* SET sql_mode = …, by the words in it: a REPLACE() is there to take them away. */
static void note_sql_mode(struct splitter *s, const struct split_statement *statement)
{
	const char *text = s->text + statement->start;
	size_t len = statement->end - statement->start;
	bool conditional = len > 3 && text[0] == '/'; /* of a conditional comment */
	if ((!conditional && (len < 3 || strncasecmp(text, "set", 3) != 0)) ||
	    !has_word(text, len, "sql_mode") || !has_word(text, len, "set"))
		return;
	bool gives = !has_word(text, len, "replace");
	s->no_backslash_escapes = gives && has_word(text, len, "NO_BACKSLASH_ESCAPES");
	s->ansi_quotes =
		gives && (has_word(text, len, "ANSI") || has_word(text, len, "DB2") ||
			  has_word(text, len, "MAXDB") || has_word(text, len, "MSSQL") ||
			  has_word(text, len, "ORACLE") || has_word(text, len, "POSTGRESQL"));
}

void split_init(struct splitter *splitter, const char *text, size_t len)
{
	*splitter = (struct splitter){ .text = text, .len = len, .delimiter = ";" };
}

bool split_next(struct splitter *s, struct split_statement *statement, bool *unterminated)
{
	*statement = (struct split_statement){ .comments = s->at };
	*unterminated = false;
	if (!skip_to_statement(s))
		return false;
	statement->start = statement->end = s->at;
	while (s->at < s->len && !at_stop(s)) {
		size_t plain = skip_plain(s);
		if (plain > s->at) {
			statement->end = s->at = plain;
			continue;
		}
		size_t ending = terminator(s);
		if (ending) {
			s->at += ending;
			note_sql_mode(s, statement);
			return true;
		}
		if (is_blank(s->text[s->at])) {
			s->at++;
			continue;
		}
		if (at_line_comment(s)) {
			skip_line(s);
			continue;
		}
		if (at_block_comment(s)) {
			skip_block_comment(s);
			continue;
		}
		if (strchr("'\"`", s->text[s->at]) && s->text[s->at])
			skip_quoted(s);
		else /* a backslash takes the next byte with it: \' is no quote to the client */
			s->at += s->text[s->at] == '\\' && s->at + 1 < s->len ? 2 : 1;
		statement->end = s->at;
	}
	*unterminated = true;
	return true;
}
