#include "syntax/filter_state.h"

#include "base/context.h"

#include <ctype.h>
#include <string.h>

/* --- what stands before ----------------------------------------------------------------------- */

static bool is_literal(int kind)
{
	return kind == T_STRING || kind == T_HEX || kind == T_BIT;
}

/* May a binary operator stand behind what was read last? */
static bool after_operand(const struct filter *f)
{
	switch (filter_last(f, 0)->kind) {
	case T_NAME:
	case T_NUMBER:
	case T_STRING:
	case T_HEX:
	case T_BIT:
	case T_VARIABLE:
	case T_NULL:
	case T_BOOL:
	case T_UNKNOWN:
	case T_END:
	case T_BARE_CALL:
	case T_UNIT:
	case T_TYPE_WORD:
	case T_ASC:
	case T_DESC:
	case ')':
		return true;
	case T_TRIM_SIDE: /* trim(both from x) */
		return words_match(&f->p->raw, f->at, "from") > 0;
	default:
		return false;
	}
}

/* --- giving tokens out ------------------------------------------------------------------------ */

/* The raw tokens from f->at as one. */
static struct token *emit_phrase(struct filter *f, int kind, size_t n, const char *spelling)
{
	struct parse *p = f->p;
	struct token token = *filter_raw(f, f->at);

	token.kind = kind;
	token.span = span_join(token.span, filter_raw(f, f->at + n - 1)->span);
	if (spelling)
		token.name = ctx_name(p->ctx, spelling);
	LIST_PUSH(p->lists, &p->tokens, token);
	f->at += n;
	return &p->tokens.items[p->tokens.n - 1];
}

struct token *filter_emit(struct filter *f, int kind)
{
	return emit_phrase(f, kind, 1, NULL);
}

/* The words of a phrase as they are written, with single blanks. */
static void emit_as_written(struct filter *f, int kind, size_t n)
{
	const char *text = filter_raw(f, f->at)->name->text;

	for (size_t i = 1; i < n; i++)
		text = arena_printf(f->p->arena, "%s %s", text,
				    filter_raw(f, f->at + i)->name->text);
	emit_phrase(f, kind, n, n > 1 ? text : NULL);
}

/* The text of the tokens up to `end` as one T_HEAD. */
static void emit_head(struct filter *f, size_t end)
{
	struct parse *p = f->p;
	size_t n = end - f->at;
	struct span span;

	if (!n)
		return;
	struct token *head = emit_phrase(f, T_HEAD, n, NULL);
	span = head->span;
	head->text = arena_strndup(p->arena, p->src->text + span.start, span.end - span.start);
	head->len = span.end - span.start;
	while (f->comment < p->comments.n && p->comments.items[f->comment].span.start < span.start)
		f->comment++;
	for (; f->comment < p->comments.n; f->comment++) {
		if (p->comments.items[f->comment].span.end > span.end)
			break;
		p->comments.items[f->comment].taken = true; /* it is in the text */
	}
}

/* --- words ------------------------------------------------------------------------------------ */

static void take_keyword(struct filter *f, const struct keyword *keyword, size_t n)
{
	if (f->place == PLACE_ENTRY || f->place == PLACE_TOP || f->place == PLACE_CONSTRAINT)
		f->item = keyword->token;
	emit_phrase(f, keyword->token, n, keyword->spelling);
	f->place = keyword->next;
	f->then = keyword->then;
	if (keyword->where)
		f->where = keyword->where;
	switch (keyword->token) {
	case T_FOREIGN_KEY:
	case T_PERIOD:
	case T_REFERENCES:
	case T_COLUMNS:
	case T_KEY:
		f->names = true;
		break;
	case T_ALTER:
		f->after_to = PLACE_ENTRY;
		break;
	case T_RENAME_TABLE:
	case T_RENAME_COLUMN:
	case T_RENAME_INDEX:
		f->after_to = PLACE_NAME;
		break;
	case T_SET:
		f->after_to = PLACE_ATTRS;
		break;
	case T_MOVE:
		f->where = 0;
		f->after_to = PLACE_ATTRS;
		break;
	case T_TO:
		f->place = f->after_to;
		f->then = PLACE_ATTRS;
		if (f->place == PLACE_ENTRY)
			f->where = 'C';
		break;
	default:
		break;
	}
	if (f->start == S_OP && f->place == PLACE_PARTITION)
		f->after_to = PLACE_OP_VERB;
	else if (f->start == S_OP && keyword->token == T_NONE && keyword->places)
		f->after_to =
			f->where == 'T' && f->after_to == PLACE_ATTRS ? PLACE_ATTRS : PLACE_OP_VERB;
}

static bool try_keyword(struct filter *f, unsigned places, size_t longer_than)
{
	size_t n;
	const struct keyword *keyword = words_keyword(&f->p->raw, f->at, places, &n);

	if (!keyword || n <= longer_than)
		return false;
	take_keyword(f, keyword, n);
	return true;
}

static bool try_attr(struct filter *f, int where)
{
	static const int tokens[] = {
		[VALUE_NONE] = T_ATTR,
		[VALUE_WORD] = T_ATTR_WORD,
		[VALUE_STRING] = T_ATTR_STRING,
		[VALUE_EXPR] = T_ATTR_EXPR,
		[VALUE_REFERENCE] = T_REFERENCES,
		[VALUE_TARGETS] = T_ATTR_TARGET,
	};
	enum place back = f->place == PLACE_TYPE ? PLACE_ATTRS : f->place;
	size_t n;
	int kind = words_attr(&f->p->raw, f->at, where, &n);

	if (kind < 0)
		return false;
	enum tree_attr_value value = tree_attr_value((enum tree_attr_kind)kind);
	emit_phrase(f, tokens[value], n, NULL)->row = kind;
	f->place = back;
	f->then = back;
	switch (value) {
	case VALUE_WORD:
		f->place = PLACE_WORD;
		break;
	case VALUE_EXPR:
		f->place = PLACE_VALUE;
		break;
	case VALUE_TARGETS:
		f->place = PLACE_TARGETS;
		break;
	case VALUE_REFERENCE:
		f->place = PLACE_NAME;
		f->names = true;
		break;
	case VALUE_NONE:
	case VALUE_STRING:
	default:
		break;
	}
	return true;
}

/* char(3) ascii */
static bool try_charset(struct filter *f)
{
	const char *charset = words_charset(&f->p->raw, f->at);

	if (!charset || (f->where != 'C' && f->where != 'Y'))
		return false;
	emit_phrase(f, T_ATTR, 1, charset)->row = ATTR_CHARSET;
	return true;
}

static void take_name(struct filter *f)
{
	filter_emit(f, T_NAME);
	if (filter_raw(f, f->at)->kind != '.')
		f->place = f->then;
}

static void take_attr(struct filter *f)
{
	size_t keyword, attr;
	unsigned places = 1u << PLACE_ATTRS | (f->start == S_OP ? 1u << PLACE_OP_TAIL : 0);

	words_attr(&f->p->raw, f->at, f->where, &attr);
	words_keyword(&f->p->raw, f->at, places, &keyword);
	if (keyword > attr && try_keyword(f, places, attr))
		return;
	if (f->where == 'F' && words_match(&f->p->raw, f->at, "references")) {
		filter_emit(f, T_REFERENCES);
		f->place = PLACE_NAME;
		f->then = PLACE_ATTRS;
		f->names = true;
	} else if (!try_attr(f, f->where) && !try_charset(f)) {
		filter_emit(f, T_NAME);
	}
}

static void take_type(struct filter *f)
{
	bool known;

	if (filter_raw(f, f->at)->kind == T_WORD) {
		if (try_keyword(f, 1u << PLACE_TYPE, 0))
			return;
		/* an attribute in place of the type: `references`, or else a mistake */
		words_type(&f->p->raw, f->at, &known);
		if (!known && try_attr(f, 'C'))
			return;
	}
	emit_as_written(f, T_TYPE_WORD, words_type(&f->p->raw, f->at, NULL));
	f->place = PLACE_ATTRS;
}

/* cast(… as TYPE), convert(…, TYPE) */
static void take_cast_type(struct filter *f)
{
	size_t n = words_type(&f->p->raw, f->at, NULL);
	const char *word = filter_raw(f, f->at)->name->key->text;
	bool sign = !strcmp(word, "signed") || !strcmp(word, "unsigned");

	if (sign && (words_match(&f->p->raw, f->at + 1, "integer") ||
		     words_match(&f->p->raw, f->at + 1, "int")))
		emit_phrase(f, T_TYPE_WORD, 2, word);
	else
		emit_as_written(f, T_TYPE_WORD, n);
}

static bool take_literal_prefix(struct filter *f)
{
	const struct token *word = filter_raw(f, f->at), *next = filter_raw(f, f->at + 1);
	const char *key = word->name->key->text;

	if (word->kind != T_WORD || !is_literal(next->kind))
		return false;
	if (key[0] == '_' || (!strcmp(key, "n") && word->span.end == next->span.start))
		filter_emit(f, T_INTRODUCER);
	else if (next->kind == T_STRING &&
		 (!strcmp(key, "date") || !strcmp(key, "time") || !strcmp(key, "timestamp")))
		filter_emit(f, T_TEMPORAL);
	else
		return false;
	return true;
}

/* --- expressions ------------------------------------------------------------------------------ */

/* A word where the words before it settle what it is. */
static bool take_led_word(struct filter *f)
{
	int before = filter_last(f, 0)->kind;
	const struct frame *frame = filter_inner(f);
	int opener = frame ? frame->opener : 0;

	if (before == T_COLLATE || before == T_CHARSET || before == T_USING || before == '.')
		filter_emit(f, T_NAME);
	else if ((before == T_AS && opener == T_CAST) || (before == ',' && opener == T_CONVERT))
		take_cast_type(f);
	else if (before == '(' && (opener == T_EXTRACT || opener == T_UNIT_CALL))
		filter_emit(f, T_UNIT);
	else
		return false;
	return true;
}

/* Could a call of this name in backquotes be written without them? */
static bool is_function_name(const struct token *quoted)
{
	struct token bare = *quoted;
	struct token_list one = { &bare, 1, 1 };
	const char *text = quoted->name->text;
	size_t n;

	for (size_t i = 0; i < quoted->name->len; i++)
		if (!isalnum((unsigned char)text[i]) && text[i] != '_' && text[i] != '$' &&
		    (unsigned char)text[i] < 0x80)
			return false;
	bare.kind = T_WORD;
	/* 1e5 and 0x1 would be numbers, 1_a and 1$ are not */
	return (!isdigit((unsigned char)text[0]) || strpbrk(text, "_$")) &&
	       !words_bare_call(quoted->name->key->text) && !words_expr(&one, 0, ~0u, &n);
}

static void take_expr_word(struct filter *f)
{
	const struct token *word = filter_raw(f, f->at), *next = filter_raw(f, f->at + 1);
	const struct frame *frame = filter_inner(f);
	bool operand = after_operand(f), call = !operand && next->kind == '(';
	unsigned whens = 1u << WHEN_ALWAYS;
	size_t n;

	if (take_led_word(f))
		return;
	if (word->kind == T_QUOTED || (next->kind == '.' && !operand)) {
		filter_emit(f, call && is_function_name(word) ? T_CALL : T_NAME);
		return;
	}
	if (operand && frame && frame->opener == T_JSON_VALUE) {
		size_t end = f->at;

		while (filter_raw(f, end)->kind != ')' && filter_raw(f, end)->kind != T_EOF)
			end = filter_raw(f, end)->kind == '(' && filter_raw(f, end)->match
				      ? filter_raw(f, end)->match + 1
				      : end + 1;
		emit_head(f, end);
		return;
	}
	if (!operand && take_literal_prefix(f))
		return;
	whens |= operand ? 1u << WHEN_OPERAND : 0;
	whens |= call ? 1u << WHEN_CALL : 0;
	if (filter_last(f, 0)->kind == '(' && frame && frame->opener == T_TRIM)
		whens |= 1u << WHEN_TRIM;
	if (filter_last(f, 0)->kind == T_IS ||
	    (filter_last(f, 0)->kind == T_NOT && filter_last(f, 1)->kind == T_IS))
		whens |= 1u << WHEN_IS;
	const struct expr_word *known = words_expr(&f->p->raw, f->at, whens, &n);
	if (known && known->token == T_INTERVAL && call && next->commas)
		known = NULL; /* the function of that name */
	if (known)
		emit_phrase(f, known->token, n, known->spelling);
	else if (call)
		filter_emit(f, T_CALL);
	else if (!operand && words_bare_call(word->name->key->text))
		filter_emit(f, T_BARE_CALL);
	else
		filter_emit(f, operand ? T_UNIT : T_NAME);
}

/* A value without parentheses: one operand, and the next attribute may follow. */
static void take_value_word(struct filter *f)
{
	if (!take_literal_prefix(f)) {
		const struct token *word = filter_raw(f, f->at);

		if (word->kind == T_WORD && !strcmp(word->name->key->text, "now") &&
		    filter_raw(f, f->at + 1)->kind != '(')
			filter_emit(f, T_BARE_CALL);
		else
			take_expr_word(f);
		f->place = filter_raw(f, f->at)->kind == '.' ? PLACE_VALUE : f->then;
	}
}

static void take_part_word(struct filter *f)
{
	int before = filter_last(f, 0)->kind;
	size_t n;
	const struct expr_word *word = words_expr(&f->p->raw, f->at, 1u << WHEN_OPERAND, &n);

	if (before != '(' && before != ',' && word)
		emit_phrase(f, word->token, n, word->spelling);
	else
		filter_emit(f, T_NAME);
}

/* --- other objects, clauses ------------------------------------------------------------------- */

/* The words of other objects up to their body. */
void filter_take_head(struct filter *f)
{
	size_t end = f->at;

	while (filter_raw(f, end)->kind != T_BODY && filter_raw(f, end)->kind != T_NEWLINE &&
	       filter_raw(f, end)->kind != T_EOF)
		end = filter_raw(f, end)->kind == '(' && filter_raw(f, end)->match
			      ? filter_raw(f, end)->match + 1
			      : end + 1;
	emit_head(f, end);
	f->place = PLACE_ATTRS;
	f->where = 0;
}

/* Or an expression? */
static bool opens_partitions(const struct filter *f, size_t at)
{
	do
		at++;
	while (filter_raw(f, at)->kind == T_NEWLINE);
	return words_match(&f->p->raw, at, "partition") > 0;
}

/* partition by system_time interval 1 day … */
void filter_take_clause(struct filter *f)
{
	size_t end = f->at;

	for (;; end++) {
		const struct token *token = filter_raw(f, end);
		size_t n;

		if (token->kind == T_NEWLINE || token->kind == T_EOF || token->kind == ')' ||
		    token->kind == ',' || token->kind == '}' || token->kind == '{' ||
		    (token->kind == '(' && opens_partitions(f, end)) ||
		    words_match(&f->p->raw, end, "partitions") ||
		    words_match(&f->p->raw, end, "subpartition") ||
		    words_match(&f->p->raw, end, "managed") ||
		    (f->start == S_OP && words_keyword(&f->p->raw, end, 1u << PLACE_OP_TAIL, &n)))
			break;
		if (token->kind == '(' && token->match)
			end = token->match;
	}
	emit_head(f, end);
	f->place = PLACE_PARTITION;
}

static void take_entry(struct filter *f)
{
	if (filter_raw(f, f->at)->kind == T_WORD && try_keyword(f, 1u << PLACE_ENTRY, 0))
		return;
	filter_emit(f, T_NAME);
	f->place = PLACE_TYPE;
	f->where = 'C';
}

void filter_take_word(struct filter *f)
{
	unsigned tail = f->start == S_OP ? 1u << PLACE_OP_TAIL : 0;
	bool bare = filter_raw(f, f->at)->kind == T_WORD;

	switch (f->place) {
	case PLACE_ENTRY:
		take_entry(f);
		break;
	case PLACE_NAME:
	case PLACE_WORD:
		take_name(f);
		break;
	case PLACE_KEY_NAME:
		if (!words_match(&f->p->raw, f->at, "using") || !try_attr(f, 'K'))
			filter_emit(f, T_NAME);
		break;
	case PLACE_TYPE:
		take_type(f);
		break;
	case PLACE_ATTRS:
		take_attr(f);
		break;
	case PLACE_VALUE:
		if (filter_last(f, 0)->kind == T_LESS_THAN)
			take_name(f);
		else
			take_value_word(f);
		break;
	case PLACE_TARGETS:
		if (filter_last(f, 0)->kind == T_NUMBER)
			f->place = PLACE_ATTRS;
		else
			filter_emit(f, T_NAME);
		break;
	case PLACE_PARTS:
		take_part_word(f);
		break;
	case PLACE_NAMES:
		filter_emit(f, T_NAME);
		break;
	case PLACE_EXPR:
		take_expr_word(f);
		break;
	case PLACE_PARTITION_DEF:
		if (!bare || (!try_keyword(f, 1u << PLACE_PARTITION_DEF, 0) && !try_attr(f, 'P')))
			filter_emit(f, T_NAME);
		break;
	case PLACE_TOP:
	case PLACE_CONSTRAINT:
	case PLACE_PARTITION:
	case PLACE_OP:
	case PLACE_OP_VERB:
	case PLACE_OP_TAIL:
	case PLACE_HEAD:
	case PLACE_CLAUSE:
	default:
		if (!bare || !try_keyword(f, 1u << f->place | tail, 0))
			filter_emit(f, T_NAME);
		break;
	}
}
