#include "run/clause_value.h"

#include "base/buf.h"
#include "base/context.h"
#include "model/normal.h"
#include "syntax/parse.h"

#include <ctype.h>
#include <string.h>

/* A value: some tokens of a text. */
struct value {
	const struct clause_text *text;
	struct clause_range range;
	const struct server *server;
};

static const struct clause_token *token_of(const struct value *v, size_t i)
{
	return &v->text->tokens.items[i];
}

static bool starts_with(const struct value *v, char sign)
{
	const struct clause_token *token;

	if (v->range.from >= v->range.to)
		return false;
	token = token_of(v, v->range.from);
	return token->sign && *token->text == sign;
}

/* --- tokens ----------------------------------------------------------------------------------- */

/* A name may stand without its quotes: partition's names and columns of MySQL. */
static bool same_token(const struct clause_token *a, const struct clause_token *b)
{
	if ((a->kind == CLAUSE_STRING) != (b->kind == CLAUSE_STRING))
		return false;
	if (a->kind == CLAUSE_STRING)
		return a->len == b->len && !memcmp(a->text, b->text, a->len);
	return word_equal(a->text, b->text);
}

static bool same_tokens(const struct value *a, const struct value *b)
{
	const size_t n = a->range.to - a->range.from;

	if (n != b->range.to - b->range.from)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!same_token(token_of(a, a->range.from + i), token_of(b, b->range.from + i)))
			return false;
	}
	return true;
}

/* ON, 1, 'Y' and `x` are words alike. */
static bool same_word(const struct value *a, const struct value *b)
{
	if (a->range.from >= a->range.to || b->range.from >= b->range.to)
		return a->range.from >= a->range.to && b->range.from >= b->range.to;
	return word_equal(token_of(a, a->range.from)->text, token_of(b, b->range.from)->text);
}

/* --- expressions ------------------------------------------------------------------------------ */

/* (((a))) is a. */
static struct value bare(struct value v)
{
	while (starts_with(&v, '(') &&
	       clause_skip(&v.text->tokens, v.range.from, v.range.to) == v.range.to) {
		v.range.from++;
		v.range.to--;
	}
	return v;
}

static const struct expr *parse(const struct value *v)
{
	struct context *ctx = v->text->ctx;
	struct arena *arena = v->text->arena;
	const char *source = clause_source(arena, &v->text->tokens, v->range);
	enum syntax_dialect dialect =
		v->server->flavour == FLAVOUR_MARIADB ? SYNTAX_MARIADB : SYNTAX_MYSQL;
	const struct expr *expr = parse_expr(ctx, arena, source, strlen(source), dialect);

	return expr ? normal_expr(ctx, arena, v->server, expr) : NULL;
}

static bool is_call_of_literals(const struct expr *expr)
{
	for (size_t i = 0; i < expr->args.n; i++) {
		const enum expr_kind kind = expr->args.items[i]->kind;

		if (kind != EXPR_STRING && kind != EXPR_NUMBER && kind != EXPR_HEX)
			return false;
	}
	return expr->kind == EXPR_CALL && expr->args.n > 0;
}

/*
 * A call of literals that has to be of another charset is shown by its value, here of hex('ю'):
 * if(`a`,collation(_utf8mb4'й'),_utf8mb3'D18E'); INFORMATION_SCHEMA still has the call (measured on
 * 9.7). The expression with the values that are shown in the places of such calls.
 */
static const struct expr *with_values(struct arena *arena, const struct expr *expr,
				      const struct expr *shown)
{
	struct expr *copy;

	if (shown->kind == EXPR_STRING && is_call_of_literals(expr))
		return shown;
	if (expr->kind != shown->kind || expr->args.n != shown->args.n)
		return expr;
	copy = arena_memdup(arena, expr, sizeof(*expr));
	copy->args.items = ARENA_ARRAY(arena, struct expr *, expr->args.n);
	for (size_t i = 0; i < expr->args.n; i++)
		copy->args.items[i] = (struct expr *)with_values(arena, expr->args.items[i],
								 shown->args.items[i]);
	return copy;
}

static bool same_expr(struct value a, struct value b)
{
	const struct expr *x, *y;

	a = bare(a);
	b = bare(b);
	if (same_tokens(&a, &b))
		return true;
	x = parse(&a);
	y = parse(&b);
	if (x && y && a.server->flavour == FLAVOUR_MYSQL)
		y = with_values(b.text->arena, y, x);
	return x && y && expr_equal(x, y);
}

/* --- literals --------------------------------------------------------------------------------- */

enum literal_kind { LITERAL_NONE, LITERAL_TEXT, LITERAL_BITS };

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool add_hex(struct buf *out, const char *digits, size_t len)
{
	if (len % 2)
		return false;
	for (size_t i = 0; i < len; i += 2) {
		const int high = digit_value(digits[i]), low = digit_value(digits[i + 1]);

		if (high < 0 || low < 0)
			return false;
		buf_add_char(out, (char)(high * 16 + low));
	}
	return true;
}

/* One word, and the string at once behind it. */
static enum literal_kind prefixed_literal(const struct clause_token *word,
					  const struct clause_token *string, struct buf *out)
{
	if (word_equal(word->text, "b")) {
		const char *digits = string->text + strspn(string->text, "0");

		buf_add(out, digits);
		return LITERAL_BITS;
	}
	return word_equal(word->text, "x") && add_hex(out, string->text, string->len)
		       ? LITERAL_TEXT
		       : LITERAL_NONE;
}

/* The bytes of '…', x'…', 0x…, and the digits of numbers; of b'…' the digits. */
static enum literal_kind literal_of(const struct value *v, struct buf *out)
{
	const size_t n = v->range.to - v->range.from;
	const struct clause_token *first = token_of(v, v->range.from), *token;

	if (n == 1 && first->kind == CLAUSE_STRING) {
		buf_add_bytes(out, first->text, first->len);
		return LITERAL_TEXT;
	}
	if (n == 2 && first->kind == CLAUSE_WORD &&
	    token_of(v, v->range.from + 1)->kind == CLAUSE_STRING)
		return prefixed_literal(first, first + 1, out);
	if (n == 1 && !strncasecmp(first->text, "0x", 2) && first->kind == CLAUSE_WORD)
		return add_hex(out, first->text + 2, first->len - 2) ? LITERAL_TEXT : LITERAL_NONE;
	for (size_t i = v->range.from; i < v->range.to; i++) {
		token = token_of(v, i);
		if (token->kind != CLAUSE_WORD ||
		    !(isdigit((unsigned char)*token->text) || strchr("+-.", *token->text)))
			return LITERAL_NONE;
		buf_add(out, token->text);
	}
	return n ? LITERAL_TEXT : LITERAL_NONE;
}

static bool is_null(const struct value *v)
{
	return v->range.to - v->range.from == 1 &&
	       clause_token_is(token_of(v, v->range.from), "NULL");
}

static void strip(struct buf *literal, enum clause_padding padding)
{
	size_t n = literal->len;

	if (padding == CLAUSE_ZEROS_BEFORE) {
		n = strspn(buf_text(literal), "0");
		memmove(literal->text, literal->text + n, literal->len - n);
		buf_truncate(literal, literal->len - n);
	} else if (padding == CLAUSE_NULS_BEHIND) {
		while (n && literal->text[n - 1] == '\0')
			n--;
		buf_truncate(literal, n);
	}
}

/*
 * What a server shows of a literal against the literal. MySQL 5.x and older MariaDB write ? for bytes
 * that are no characters.
 */
static bool same_bytes(const struct server *server, const struct buf *shown,
		       const struct buf *model)
{
	const unsigned shows = server && server->flavour == FLAVOUR_MYSQL ? 80000 : 101100;
	const bool hides = server && server->version < shows;

	if (shown->len != model->len)
		return false;
	for (size_t i = 0; i < shown->len; i++) {
		if (shown->text[i] != model->text[i] &&
		    !(hides && shown->text[i] == '?' && (unsigned char)model->text[i] >= 0x80))
			return false;
	}
	return true;
}

/* Both are literals, and equal; *none: one of them is no literal. */
static bool same_literal(const struct value *a, const struct value *b, enum clause_padding padding,
			 bool *none)
{
	struct buf x = { 0 }, y = { 0 };
	const enum literal_kind kind_a = literal_of(a, &x), kind_b = literal_of(b, &y);
	bool same = kind_a == kind_b;

	if (x.len)
		strip(&x, padding);
	if (y.len)
		strip(&y, padding);
	*none = kind_a == LITERAL_NONE || kind_b == LITERAL_NONE;
	if (!*none)
		same = same && same_bytes(a->server, &x, &y);
	buf_free(&x);
	buf_free(&y);
	return same;
}

static bool is_empty(const struct value *v)
{
	return v->range.from >= v->range.to;
}

bool clause_same_literal(const struct server *server, const struct clause_text *a_text,
			 const struct clause *a, const struct clause_text *b_text,
			 const struct clause *b, enum clause_padding padding)
{
	const struct value x = { a_text, a->value, server };
	const struct value y = { b_text, b->value, server };
	bool none;

	return !is_empty(&x) && !is_empty(&y) && same_literal(&x, &y, padding, &none) && !none;
}

/* --- lists ------------------------------------------------------------------------------------ */

/* The next item of a list that is open at *at; false: it is at its end. */
static bool next_item(const struct value *list, size_t *at, struct value *item)
{
	const size_t end = list->range.to - 1;
	size_t i;

	if (*at >= end)
		return false;
	*item = *list;
	for (i = *at; i < end; i = clause_skip(&list->text->tokens, i, end)) {
		const struct clause_token *token = token_of(list, i);

		if (token->sign && *token->text == ',')
			break;
	}
	item->range = (struct clause_range){ *at, i };
	*at = i + 1;
	return true;
}

/* Lists in parentheses; what is in none is a list of one. */
static bool same_lists(const struct value *a, const struct value *b,
		       bool (*same)(struct value a, struct value b))
{
	size_t i = a->range.from + 1, j = b->range.from + 1;
	struct value x, y;

	if (!starts_with(a, '(') || !starts_with(b, '('))
		return false;
	for (;;) {
		const bool more = next_item(a, &i, &x);

		if (more != next_item(b, &j, &y))
			return false;
		if (!more)
			return true;
		if (!same(x, y))
			return false;
	}
}

/* `a`(10) DESC or (expression) DESC; ASC says nothing. */
static bool same_part(struct value a, struct value b)
{
	struct value expr_a = a, expr_b = b;

	if (a.range.to - a.range.from > 1 && clause_token_is(token_of(&a, a.range.to - 1), "ASC"))
		a.range.to--;
	if (b.range.to - b.range.from > 1 && clause_token_is(token_of(&b, b.range.to - 1), "ASC"))
		b.range.to--;
	if (starts_with(&a, '(') != starts_with(&b, '('))
		return false;
	if (!starts_with(&a, '('))
		return same_tokens(&a, &b);
	expr_a.range.to = a.range.from = clause_skip(&a.text->tokens, a.range.from, a.range.to);
	expr_b.range.to = b.range.from = clause_skip(&b.text->tokens, b.range.from, b.range.to);
	return same_expr(expr_a, expr_b) && same_tokens(&a, &b);
}

static bool same_word_item(struct value a, struct value b)
{
	return same_tokens(&a, &b);
}

/* _binary 0xff is 0xff. */
static struct value without_introducer(struct value v)
{
	if (v.range.to - v.range.from == 2 &&
	    clause_token_is(token_of(&v, v.range.from), "_binary"))
		v.range.from++;
	return v;
}

/* 1, 'a', (1, 'a'), MAXVALUE */
static bool same_bound(struct value a, struct value b)
{
	bool none;

	a = without_introducer(a);
	b = without_introducer(b);
	if (same_literal(&a, &b, CLAUSE_NO_PADDING, &none) && !none)
		return true;
	if (starts_with(&a, '(') && starts_with(&b, '(') && same_lists(&a, &b, same_bound))
		return true;
	return same_expr(a, b);
}

/* LESS THAN MAXVALUE is LESS THAN (MAXVALUE). */
static bool same_bounds(const struct value *a, const struct value *b)
{
	if (starts_with(a, '(') != starts_with(b, '('))
		return same_expr(*a, *b);
	if (!starts_with(a, '('))
		return same_tokens(a, b);
	return same_lists(a, b, same_bound);
}

/* [ALGORITHM = n] (columns) */
static bool same_method(struct value a, struct value b)
{
	struct value columns_a = a, columns_b = b;

	while (columns_a.range.from < a.range.to && !starts_with(&columns_a, '('))
		columns_a.range.from++;
	while (columns_b.range.from < b.range.to && !starts_with(&columns_b, '('))
		columns_b.range.from++;
	a.range.to = columns_a.range.from;
	b.range.to = columns_b.range.from;
	return same_tokens(&a, &b) && same_lists(&columns_a, &columns_b, same_word_item);
}

/* --- defaults --------------------------------------------------------------------------------- */

/*
 * On MySQL an expression in parentheses is no literal, whatever stands in it; MariaDB takes them
 * off by itself, and writes calls without.
 */
static bool same_default(struct value a, struct value b)
{
	bool none, same;

	if (is_empty(&a) || is_empty(&b))
		return false;
	if (is_null(&a) || is_null(&b))
		return is_null(&a) && is_null(&b);
	if (a.server->flavour == FLAVOUR_MARIADB) {
		a = bare(a);
		b = bare(b);
	}
	same = same_literal(&a, &b, CLAUSE_NO_PADDING, &none);
	return none ? same && same_expr(a, b) : same;
}

/* --- all -------------------------------------------------------------------------------------- */

bool clause_value_equal(const struct server *server, const struct clause_text *a_text,
			const struct clause *a, const struct clause_text *b_text,
			const struct clause *b)
{
	const struct value x = { a_text, a->value, server }, y = { b_text, b->value, server };

	switch (a->shape) {
	case CLAUSE_NONE:
		return true;
	case CLAUSE_ONE_WORD:
		return same_word(&x, &y);
	case CLAUSE_TEXT:
	case CLAUSE_WORDS:
	case CLAUSE_TABLE:
	case CLAUSE_REST:
		return same_tokens(&x, &y);
	case CLAUSE_NAMES:
		return same_lists(&x, &y, same_word_item);
	case CLAUSE_PARTS:
		return same_lists(&x, &y, same_part);
	case CLAUSE_EXPR:
		return same_expr(x, y);
	case CLAUSE_DEFAULT:
		return same_default(x, y);
	case CLAUSE_BOUNDS:
		return same_bounds(&x, &y);
	case CLAUSE_METHOD:
		return same_method(x, y);
	}
	return false;
}
