#include "syntax/syntax_error.h"

#include "base/buf.h"
#include "base/context.h"
#include "grammar/model.tab.h"
#include "syntax/words.h"

#include <string.h>

/* More than these are not listed. */
#define MANY 4

static const struct token *token_at(const struct parse *p, size_t back)
{
	size_t at = p->next ? p->next - 1 : 0;

	if (p->tokens.items[p->next < p->tokens.n ? p->next : p->tokens.n - 1].kind == T_EOF &&
	    p->eof_read)
		at = p->tokens.n - 1;
	return &p->tokens.items[at > back ? at - back : 0];
}

static bool expects(const char *const *expected, size_t n, const char *what)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(expected[i], what))
			return true;
	return false;
}

static bool said(const struct parse *p, uint32_t start, uint32_t end)
{
	const char *text = p->src->text;

	/* the line, or the lines, of the token */
	while (start && text[start - 1] != '\n')
		start--;
	for (size_t i = 0; i < p->error_starts.n; i++)
		if (p->error_starts.items[i] >= start && p->error_starts.items[i] <= end)
			return true;
	return false;
}

/* The innermost parenthesis before the token that is open, and stays so. */
static const struct token *never_closed(const struct parse *p, uint32_t before)
{
	for (size_t i = p->next; i-- > 0;) {
		const struct token *token = &p->tokens.items[i];

		if (token->span.start >= before)
			continue;
		if (token->kind == T_NEWLINE)
			return NULL;
		if (token->kind == '(' && !token->match)
			return token;
	}
	return NULL;
}

/* First word of the item that is being read. */
static const struct token *first_of_item(const struct parse *p)
{
	size_t back = 1;

	while (token_at(p, back)->kind != T_NEWLINE && token_at(p, back)->kind != '{' &&
	       token_at(p, back) != p->tokens.items)
		back++;
	return token_at(p, back - 1);
}

static char letter_of(const struct parse *p, const struct token *first)
{
	switch (first->kind) {
	case T_TABLE:
	case T_MIXIN:
		return 'T';
	case T_TYPE:
	case T_TYPE_WORD:
		return 'Y';
	case T_PRIMARY_KEY:
	case T_UNIQUE:
	case T_INDEX:
	case T_FULLTEXT:
	case T_SPATIAL:
	case T_VECTOR:
	case T_CONSTRAINT:
		return 'K';
	case T_CHECK:
		return 'X';
	case T_FOREIGN_KEY:
		return 0;
	case T_ATTR:
	case T_ATTR_WORD:
	case T_ATTR_STRING:
	case T_ATTR_EXPR:
	case T_ATTR_TARGET:
		return 'S';
	case T_NAME:
		break;
	default:
		return p->tokens.items[0].kind == S_OP ? 'C' : 'T';
	}
	return 'C';
}

static const char *letter_text(char letter)
{
	switch (letter) {
	case 'S':
		return "a schema";
	case 'T':
		return "a table";
	case 'Y':
		return "a type";
	case 'K':
		return "a key";
	case 'X':
		return "a check";
	case 'P':
		return "a partition";
	default:
		return "a column";
	}
}

/* PARTITION BY behind the parenthesis of a CREATE TABLE. */
static bool hint_partition(struct parse *p, struct diag *diag, const struct token *token)
{
	if (strcmp(token->name->key->text, "partition") != 0)
		return false;
	parse_hint(p, diag, "partition by … is an item of the table: write it above the }");
	return true;
}

static void unknown_attr(struct parse *p, const struct token *token, char letter)
{
	const char *word = token->name->text, *near = words_suggest_attr(word, letter);
	static const char letters[] = "TSCKPX";
	struct token_list one = { (struct token *)(void *)token, 1, 1 };
	struct token bare = *token;
	size_t n;

	bare.kind = T_WORD;
	one.items = &bare;
	for (const char *other = letters; *other; other++) {
		if (words_attr(&one, 0, *other, &n) < 0 || *other == letter)
			continue;
		parse_error(p, token->span, "'%s' belongs to %s, not to %s", word,
			    letter_text(*other), letter_text(letter));
		return;
	}
	struct diag *diag =
		parse_error(p, token->span, "%s has no attribute '%s'", letter_text(letter), word);
	if (!hint_partition(p, diag, token) && near)
		parse_hint(p, diag, "did you mean '%s'?", near);
}

static void bad_top(struct parse *p, const struct token *token)
{
	const char *word = token->name->text, *key = token->name->key->text;
	const char *near = words_suggest_keyword(word, 1u << PLACE_TOP);
	struct diag *diag =
		parse_error(p, token->span, "'%s' does not begin an item of a model file", word);

	if (!strcmp(key, "create"))
		parse_hint(p, diag, "a table is written: table NAME { … }");
	else if (hint_partition(p, diag, token))
		return;
	else if (near)
		parse_hint(p, diag, "did you mean '%s'?", near);
	else
		parse_hint(p, diag,
			   "schema, type, mixin, table, view, trigger, procedure, function, "
			   "event and sequence do");
}

static void add_expected(struct buf *out, const char *const *expected, size_t n)
{
	bool literal = expects(expected, n, "a number") && expects(expected, n, "a string");
	size_t shown = 0;

	if (literal && expects(expected, n, "'('")) {
		buf_add(out, ", expected a value");
		return;
	}
	for (size_t i = 0; i < n; i++)
		shown += strncmp(expected[i], "T_", 2) != 0;
	if (!shown || shown > MANY)
		return;
	size_t i_shown = 0;
	for (size_t i = 0; i < n; i++) {
		if (!strncmp(expected[i], "T_", 2))
			continue;
		buf_printf(out, "%s%s",
			   !i_shown               ? ", expected "
			   : i_shown + 1 == shown ? " or "
						  : ", ",
			   expected[i]);
		i_shown++;
	}
}

/* The expected word, without its quotes, that is nearest to the token, or NULL. */
static const char *near_expected(struct parse *p, const struct token *token,
				 const char *const *expected, size_t n)
{
	const char **words = ARENA_ARRAY(p->arena, const char *, n + 1);
	size_t found = 0;

	if (token->kind != T_NAME && token->kind != T_UNIT)
		return NULL;
	for (size_t i = 0; i < n; i++)
		if (expected[i][0] == '\'' && strlen(expected[i]) > 4)
			words[found++] = arena_strndup(p->arena, expected[i] + 1,
						       strcspn(expected[i] + 1, " '"));
	return diag_suggest(token->name->text, words, found);
}

/* Words that people take for a column's name. */
static bool is_clause(const struct token *first)
{
	switch (first->kind) {
	case T_PRIMARY:
	case T_FOREIGN:
	case T_PARTITION:
	case T_INDEX:
	case T_FULLTEXT:
	case T_SPATIAL:
	case T_VECTOR:
	case T_PERIOD:
	case T_USE:
		return true;
	default:
		return false;
	}
}

static void unexpected(struct parse *p, const struct token *token, const struct token *first,
		       const char *const *expected, size_t n)
{
	const char *src = p->src->text;
	struct span span = token->span;
	struct buf message = { 0 };
	const struct token *open = never_closed(p, span.start);
	struct diag *diag;

	if (token->kind == T_NEWLINE || token->kind == T_EOF) {
		const struct token *before = token_at(p, 1);

		buf_add(&message, "this ends too early");
		if (span.start == span.end || src[span.start] == '\n') {
			span.end =
				before->span.end > before->span.start ? before->span.end : span.end;
			span.start = before->span.start;
		}
	} else {
		int len = (int)(span.end - span.start);

		buf_printf(&message, "'%.*s' does not fit here", len > 40 ? 40 : len,
			   src + span.start);
	}
	if (open && (token->kind == T_NEWLINE || token->kind == T_EOF)) {
		parse_error(p, open->span, "this parenthesis is never closed");
	} else {
		add_expected(&message, expected, n);
		diag = parse_error(p, span, "%s", buf_text(&message));
		const char *near = near_expected(p, token, expected, n);

		if (near)
			parse_hint(p, diag, "did you mean '%s'?", near);
		else if (token->kind == T_CONSTRAINT)
			parse_hint(p, diag, "a constraint with a name is an item of its own");
		else if (is_clause(first) && token->kind != T_NEWLINE)
			parse_hint(p, diag, "a column called '%s' is written in backquotes",
				   first->name->text);
	}
	buf_free(&message);
}

void syntax_error(struct parse *p, const char *const *expected, size_t n)
{
	const struct token *token = token_at(p, 0), *first = first_of_item(p);
	bool word = token->kind == T_NAME;

	if (said(p,
		 token->kind == T_NEWLINE || token->kind == T_EOF ? token_at(p, 1)->span.start
								  : token->span.start,
		 token->span.end)) {
		p->errors++;
		return;
	}
	if (word && expects(expected, n, "'table'")) {
		bad_top(p, token);
	} else if (word && expects(expected, n, "an attribute")) {
		/* an item of a table can begin with any name, one of a schema block can't */
		unknown_attr(p, token, first == token ? 'S' : letter_of(p, first));
	} else if (token->kind == T_ON_DELETE_WHAT) {
		parse_hint(p, parse_error(p, token->span, "'on delete' goes on with an action"),
			   "restrict, cascade, set null, no action");
	} else if (first->kind == T_FOREIGN_KEY && expects(expected, n, "'references'") &&
		   token->kind == T_NEWLINE) {
		parse_hint(p,
			   parse_error(p, span_join(first->span, token_at(p, 1)->span),
				       "this foreign key does not say what it references"),
			   "references TABLE (COLUMNS), on the same line");
	} else {
		unexpected(p, token, first, expected, n);
	}
}
