#include "mysql/clause.h"

#include "base/buf.h"

#include <ctype.h>
#include <string.h>

struct reader {
	struct arena *arena;
	const char *at;
	struct clause_token_list *tokens;
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$' || c == '@' ||
	       (unsigned char)c >= 0x80;
}

static void add(struct reader *r, struct clause_token token, const char *start)
{
	token.source = start;
	token.source_len = (size_t)(r->at - start);
	LIST_PUSH(r->arena, r->tokens, token);
}

char clause_unescape(char c)
{
	switch (c) {
	case '0':
		return '\0';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case 't':
		return '\t';
	case 'b':
		return '\b';
	case 'Z':
		return '\032';
	default:
		return c;
	}
}

/* Is it not the quote that ends the text? MariaDB does not double those within the parent's columns
 * of a foreign key, `ida`b11`; behind a name there is never a letter. */
static bool is_inner(const char *at, char quote)
{
	return *at != quote || at[1] == quote || (quote == '`' && is_word(at[1]));
}

static void read_quoted(struct reader *r, struct clause_token *token)
{
	const char quote = *r->at++;
	struct buf text = { 0 };

	for (; *r->at && is_inner(r->at, quote); r->at++) {
		if (*r->at == '\\' && quote != '`' && r->at[1])
			buf_add_char(&text, clause_unescape(*++r->at));
		else
			buf_add_char(&text,
				     *(*r->at == quote && r->at[1] == quote ? r->at++ : r->at));
	}
	r->at += *r->at != '\0';
	token->kind = quote == '`' ? CLAUSE_NAME : CLAUSE_STRING;
	token->len = text.len;
	token->text = buf_arena(&text, r->arena);
}

static void read_word(struct reader *r, struct clause_token *token)
{
	const char *start = r->at;
	bool number = isdigit((unsigned char)*start);

	while (is_word(*r->at) || (number && *r->at == '.'))
		r->at++;
	token->sign = r->at == start;
	r->at += token->sign;
	token->len = (size_t)(r->at - start);
	token->text = arena_strndup(r->arena, start, token->len);
}

/* Blanks and the brackets of comments: slash-star-!50100, slash-star-M!100301, star-slash. */
static bool skip_blanks(struct reader *r)
{
	const char *start = r->at;

	for (;;) {
		if (isspace((unsigned char)*r->at)) {
			r->at++;
		} else if (!strncmp(r->at, "*/", 2)) {
			r->at += 2;
		} else if (!strncmp(r->at, "/*", 2)) {
			r->at += 2;
			r->at += *r->at == 'M' && r->at[1] == '!';
			if (*r->at == '!')
				r->at += 1 + strspn(r->at + 1, "0123456789");
		} else {
			return r->at > start;
		}
	}
}

void clause_tokens(struct arena *arena, const char *text, struct clause_token_list *tokens)
{
	struct reader r = { .arena = arena, .at = arena_strdup(arena, text), .tokens = tokens };

	for (;;) {
		struct clause_token token = { .blank_before = skip_blanks(&r) };
		const char *start = r.at;

		if (!*start)
			return;
		if (*start == '`' || *start == '\'' || *start == '"')
			read_quoted(&r, &token);
		else
			read_word(&r, &token);
		add(&r, token, start);
	}
}

bool clause_token_is(const struct clause_token *token, const char *word)
{
	return token->kind == CLAUSE_WORD && word_equal(token->text, word);
}

size_t clause_skip(const struct clause_token_list *tokens, size_t from, size_t to)
{
	int depth = 0;

	for (size_t i = from; i < to; i++) {
		const struct clause_token *token = &tokens->items[i];

		if (token->sign && *token->text == '(')
			depth++;
		else if (token->sign && *token->text == ')')
			depth--;
		if (depth <= 0)
			return i + 1;
	}
	return to;
}

char *clause_source(struct arena *arena, const struct clause_token_list *tokens,
		    struct clause_range range)
{
	struct buf out = { 0 };

	for (size_t i = range.from; i < range.to; i++) {
		const struct clause_token *token = &tokens->items[i];

		if (i > range.from && token->blank_before)
			buf_add_char(&out, ' ');
		buf_add_bytes(&out, token->source, token->source_len);
	}
	return buf_arena(&out, arena);
}
