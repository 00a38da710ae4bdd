#include "syntax/words.h"

#include "base/diag.h"
#include "grammar/model.tab.h"

#include <string.h>
#include <strings.h>

#define IN(place) (1u << PLACE_##place)

static const struct keyword keywords[] = {
#define KEYWORD(token, spelling, places, next, then, where) \
	{ token, spelling, places, PLACE_##next, PLACE_##then, where },
#include "grammar/keywords.def"
};

static const struct {
	enum tree_attr_kind kind;
	const char *spelling;
} spellings[] = {
#define SPELLING(kind, spelling) { kind, spelling },
#include "grammar/keywords.def"
};

static const struct {
	const char *spelling, *charset;
} charset_words[] = {
#define CHARSET_WORD(spelling, charset) { spelling, charset },
#include "grammar/keywords.def"
};

static const struct expr_word expr_words[] = {
#define EXPR_WORD(token, spelling, when) { token, spelling, WHEN_##when },
#include "grammar/keywords.def"
};

static const char *const bare_calls[] = {
#define BARE_CALL(spelling) spelling,
#include "grammar/keywords.def"
};

static const char *const type_names[] = {
#define TYPE_NAME(spelling, canonical) spelling,
#include "grammar/keywords.def"
};

static const char *const attr_where[] = {
#define ATTR(kind, spelling, value, where) [kind] = where,
#include "syntax/attribute.def"
#undef ATTR
};

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* What most phrases of a list fail at: the first character of a word, 0 where there is none. */
static char first_of(const struct token_list *raw, size_t at)
{
	return at < raw->n && raw->items[at].kind == T_WORD ? raw->items[at].name->key->text[0] : 0;
}

size_t words_match(const struct token_list *raw, size_t at, const char *phrase)
{
	size_t n = 0;

	if (first_of(raw, at) != phrase[0])
		return 0;
	for (;; n++) {
		size_t len = strcspn(phrase, " ");
		const struct token *token = at + n < raw->n ? &raw->items[at + n] : NULL;

		if (!token || token->kind != T_WORD || token->name->len != len ||
		    strncmp(token->name->key->text, phrase, len) != 0)
			return 0;
		if (!phrase[len])
			return n + 1;
		phrase += len + 1;
	}
}

const struct keyword *words_keyword(const struct token_list *raw, size_t at, unsigned places,
				    size_t *n)
{
	const struct keyword *best = NULL;

	*n = 0;
	for (size_t i = 0; i < LENGTH(keywords); i++) {
		size_t len = keywords[i].places & places
				     ? words_match(raw, at, keywords[i].spelling)
				     : 0;
		if (len > *n) {
			best = &keywords[i];
			*n = len;
		}
	}
	return best;
}

const struct expr_word *words_expr(const struct token_list *raw, size_t at, unsigned whens,
				   size_t *n)
{
	const struct expr_word *best = NULL;

	*n = 0;
	for (size_t i = 0; i < LENGTH(expr_words); i++) {
		size_t len = 1u << expr_words[i].when & whens
				     ? words_match(raw, at, expr_words[i].spelling)
				     : 0;
		if (len > *n) {
			best = &expr_words[i];
			*n = len;
		}
	}
	return best;
}

/* `default charset` is the table's; a column's default may be called anything. */
static bool spelling_fits(size_t i, int where)
{
	if (!strchr(attr_where[spellings[i].kind], where))
		return false;
	return (where != 'C' && where != 'Y') || strncmp(spellings[i].spelling, "default ", 8) != 0;
}

int words_attr(const struct token_list *raw, size_t at, int where, size_t *n)
{
	int best = -1;
	char first = first_of(raw, at);

	*n = 0;
	if (!where || !first)
		return -1;
	for (int kind = 0; kind < ATTR_COUNT; kind++) {
		const char *spelling = tree_attr_spelling((enum tree_attr_kind)kind);
		size_t len = *spelling == first ? words_match(raw, at, spelling) : 0;
		if (len > *n && strchr(attr_where[kind], where)) {
			best = kind;
			*n = len;
		}
	}
	for (size_t i = 0; i < LENGTH(spellings); i++) {
		const char *spelling = spellings[i].spelling;
		size_t len = *spelling == first ? words_match(raw, at, spelling) : 0;
		if (len > *n && spelling_fits(i, where)) {
			best = (int)spellings[i].kind;
			*n = len;
		}
	}
	return best;
}

size_t words_type(const struct token_list *raw, size_t at, bool *known)
{
	size_t best = 0;

	for (size_t i = 0; i < LENGTH(type_names); i++) {
		size_t len = words_match(raw, at, type_names[i]);

		if (len > best)
			best = len;
	}
	if (known)
		*known = best > 0;
	return best ? best : raw->items[at].kind == T_WORD || raw->items[at].kind == T_QUOTED;
}

bool words_begins_attr(const char *word, int where)
{
	size_t len = strlen(word);

	for (int kind = 0; kind < ATTR_COUNT; kind++) {
		const char *spelling = tree_attr_spelling((enum tree_attr_kind)kind);

		if (strchr(attr_where[kind], where) && strcspn(spelling, " ") == len &&
		    !strncasecmp(spelling, word, len))
			return true;
	}
	for (size_t i = 0; i < LENGTH(spellings); i++)
		if (spelling_fits(i, where) && strcspn(spellings[i].spelling, " ") == len &&
		    !strncasecmp(spellings[i].spelling, word, len))
			return true;
	return false;
}

bool words_bare_call(const char *word)
{
	for (size_t i = 0; i < LENGTH(bare_calls); i++)
		if (!strcmp(bare_calls[i], word))
			return true;
	return false;
}

const char *words_charset(const struct token_list *raw, size_t at)
{
	for (size_t i = 0; i < LENGTH(charset_words); i++)
		if (words_match(raw, at, charset_words[i].spelling))
			return charset_words[i].charset;
	return NULL;
}

/* --- did you mean ----------------------------------------------------------------------------- */

const char *words_suggest_attr(const char *word, int where)
{
	const char *words[ATTR_COUNT + LENGTH(spellings)];
	size_t n = 0;

	if (!where)
		return NULL;
	for (int kind = 0; kind < ATTR_COUNT; kind++)
		if (strchr(attr_where[kind], where))
			words[n++] = tree_attr_spelling((enum tree_attr_kind)kind);
	for (size_t i = 0; i < LENGTH(spellings); i++)
		if (spelling_fits(i, where))
			words[n++] = spellings[i].spelling;
	return diag_suggest(word, words, n);
}

const char *words_suggest_keyword(const char *word, unsigned places)
{
	const char *words[LENGTH(keywords)];
	size_t n = 0;

	for (size_t i = 0; i < LENGTH(keywords); i++)
		if (keywords[i].places & places)
			words[n++] = keywords[i].spelling;
	return diag_suggest(word, words, n);
}
