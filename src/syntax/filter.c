#include "syntax/filter.h"

#include "base/context.h"
#include "syntax/filter_state.h"

/* --- items ------------------------------------------------------------------------------------ */

static enum place first_place(const struct filter *f)
{
	if (f->braces)
		return f->braces == 'S' ? PLACE_ATTRS : PLACE_ENTRY;
	switch (f->start) {
	case S_FILE:
		return PLACE_TOP;
	case S_TYPE:
		return PLACE_TYPE;
	case S_EXPR:
		return PLACE_EXPR;
	case S_OP:
		return PLACE_OP;
	default:
		return PLACE_ENTRY;
	}
}

static void begin_item(struct filter *f)
{
	f->place = f->then = first_place(f);
	f->where = f->braces == 'S' ? 'S' : f->start == S_TYPE ? 'Y' : 'C';
	f->item = 0;
	f->names = false;
	f->depth = 0;
}

static void separate(struct filter *f, struct span span)
{
	int kind = filter_last(f, 0)->kind;

	if (kind != T_NEWLINE && kind != '{' && f->p->tokens.n > 1) {
		struct token token = { .kind = T_NEWLINE, .span = span };

		LIST_PUSH(f->p->lists, &f->p->tokens, token);
	}
	begin_item(f);
}

/* --- marks ------------------------------------------------------------------------------------ */

static void open_parenthesis(struct filter *f)
{
	int before = filter_last(f, 0)->kind;
	struct frame frame = { before, f->place };
	enum place place = PLACE_EXPR;

	if (f->depth == SYNTAX_MAX_DEPTH) {
		parse_error(f->p, filter_raw(f, f->at)->span, "this is nested too deeply");
		f->stop = true;
		return;
	}
	if (f->place == PLACE_VALUE || f->place == PLACE_WORD) {
		frame.then = f->then;
	} else if (f->place == PLACE_KEY_NAME || f->place == PLACE_NAME || f->place == PLACE_TYPE) {
		frame.then = PLACE_ATTRS;
		if (f->item != T_CHECK)
			place = PLACE_PARTS;
	} else if (f->place == PLACE_PARTITION || f->place == PLACE_PARTITION_DEF) {
		if (before != T_HASH && before != T_RANGE && before != T_LESS_THAN &&
		    before != T_VALUES_IN)
			place = PLACE_PARTITION_DEF;
	}
	if (f->names)
		place = PLACE_NAMES;
	f->names = false;
	if (filter_raw(f, f->at)->match)
		f->frames[f->depth++] = frame;
	filter_emit(f, '(');
	f->place = place;
}

static void close_parenthesis(struct filter *f)
{
	filter_emit(f, ')');
	if (f->depth)
		f->place = f->frames[--f->depth].then;
}

/* Does the item of a file begin there, or on a line below? */
static bool begins_top(const struct filter *f, size_t at)
{
	size_t n;

	while (filter_raw(f, at)->kind == T_NEWLINE)
		at++;
	return words_keyword(&f->p->raw, at, 1u << PLACE_TOP, &n) != NULL;
}

static void open_block(struct filter *f)
{
	filter_emit(f, '{');
	f->block = f->item;
	f->braces = f->item == T_SCHEMA ? 'S' : 'T';
	begin_item(f);
}

/* A table may have its options behind the brace. */
static void close_block(struct filter *f, struct span span)
{
	separate(f, span);
	f->braces = 0;
	filter_emit(f, '}');
	begin_item(f);
	f->place = PLACE_ATTRS;
	f->item = f->block;
	f->where = f->block == T_TABLE ? 'T' : 0;
}

/* Lines that people write below the one they belong to. */
static bool goes_on_below(struct filter *f, size_t next)
{
	struct parse *p = f->p;
	size_t phrase;

	if (!f->braces && (filter_raw(f, next)->kind == '{' ||
			   (f->item == T_TABLE && words_attr(&p->raw, next, 'T', &phrase) >= 0 &&
			    !words_keyword(&p->raw, next, 1u << PLACE_TOP, &phrase))))
		return true;
	phrase = f->item == T_FOREIGN_KEY ? words_match(&p->raw, next, "references") : 0;
	if (!phrase && f->where != 'T' && f->braces)
		phrase = words_match(&p->raw, next, "on delete") ||
			 (f->item == T_FOREIGN_KEY && words_match(&p->raw, next, "on update"));
	if (!phrase)
		return false;
	parse_hint(p,
		   parse_error(p, filter_raw(f, next)->span, "'%s' stands on a line of its own",
			       filter_raw(f, next)->name->text),
		   "write it on the line above, or end that line with a backslash");
	return true;
}

/* In a list of partitions a line is a definition too, unless it goes on with the one above. */
static void take_definition_end(struct filter *f)
{
	struct parse *p = f->p;
	int before = filter_last(f, 0)->kind;
	struct token comma = { .kind = ',', .span = filter_raw(f, f->at)->span };
	size_t next = f->at + 1, n;

	while (filter_raw(f, next)->kind == T_NEWLINE || filter_raw(f, next)->kind == ',')
		next++;
	const struct keyword *keyword = words_keyword(&p->raw, next, 1u << PLACE_PARTITION_DEF, &n);
	bool comma_is_written = filter_raw(f, f->at)->kind == ',';
	bool goes_on =
		before == '(' || before == ',' || !filter_is_word(filter_raw(f, next)) ||
		(keyword && keyword->token != T_PARTITION && keyword->token != T_SUBPARTITION) ||
		words_attr(&p->raw, next, 'P', &n) >= 0;
	for (size_t i = f->at; i < next; i++)
		comma_is_written |= filter_raw(f, i)->kind == ',';
	f->at = next;
	if (filter_raw(f, next)->kind != ')' && before != ',' && (comma_is_written || !goes_on))
		LIST_PUSH(p->lists, &p->tokens, comma);
}

static void take_mark(struct filter *f)
{
	const struct token *token = filter_raw(f, f->at);
	size_t next;

	if (f->depth && f->place == PLACE_PARTITION_DEF &&
	    (token->kind == T_NEWLINE || token->kind == ',')) {
		take_definition_end(f);
		return;
	}
	switch (token->kind) {
	case T_NEWLINE:
		for (next = f->at; filter_raw(f, next)->kind == T_NEWLINE;)
			next++;
		if (!f->depth && f->start != S_EXPR && !goes_on_below(f, next))
			separate(f, token->span);
		f->at = next;
		break;
	case ';':
		parse_hint(f->p, parse_error(f->p, token->span, "there are no semicolons here"),
			   "the end of the line ends an item: take it away");
		f->at++;
		break;
	case ',':
		if (f->depth || f->start == S_EXPR) {
			filter_emit(f, ',');
		} else if (f->place == PLACE_TARGETS && filter_is_word(filter_raw(f, f->at + 1)) &&
			   filter_raw(f, f->at + 2)->kind == T_NUMBER) {
			filter_emit(f, ',');
		} else if (!f->braces && f->item == T_TABLE && !begins_top(f, f->at + 1)) {
			f->at++; /* between options, as CREATE TABLE may have them */
		} else {
			separate(f, token->span);
			f->at++;
		}
		break;
	case '{':
		open_block(f);
		break;
	case '}':
		close_block(f, token->span);
		break;
	case ':':
		filter_emit(f, ':');
		f->place = PLACE_OP_VERB;
		break;
	case '(':
		open_parenthesis(f);
		break;
	case ')':
		close_parenthesis(f);
		break;
	case '.':
		filter_emit(f, '.');
		break;
	default:
		filter_emit(f, token->kind);
		/* the value of an attribute is one literal; a sign and = go before it */
		if ((f->place == PLACE_VALUE || f->place == PLACE_WORD) && token->kind != '=' &&
		    token->kind != '-' && token->kind != '+')
			f->place = f->then;
		break;
	}
}

/* Finds the partners of parentheses: those that a brace or the end leaves open have none. */
static void match_parentheses(struct parse *p)
{
	struct {
		size_t *items;
		size_t n, cap;
	} open = { 0 };

	for (size_t i = 0; i < p->raw.n; i++) {
		struct token *token = &p->raw.items[i];

		if (token->kind == '(') {
			LIST_PUSH(p->arena, &open, i);
		} else if (token->kind == ')' && open.n) {
			token->match = open.items[--open.n];
			p->raw.items[token->match].match = i;
		} else if (token->kind == ',' && open.n) {
			p->raw.items[open.items[open.n - 1]].commas = true;
		} else if (token->kind == '{' || token->kind == '}') {
			open.n = 0;
		}
	}
}

void filter_run(struct parse *p, int start)
{
	struct filter *f = ARENA_NEW(p->arena, struct filter);
	struct token token = { .kind = start, .span = { p->src, 0, 0 } };
	const struct token *end = &p->raw.items[p->raw.n - 1];

	f->p = p;
	f->start = start;
	LIST_PUSH(p->lists, &p->tokens, token);
	match_parentheses(p);
	begin_item(f);
	while (!f->stop && filter_raw(f, f->at)->kind != T_EOF) {
		if (f->place == PLACE_HEAD && filter_raw(f, f->at)->kind != T_NEWLINE)
			filter_take_head(f);
		else if (f->place == PLACE_CLAUSE)
			filter_take_clause(f);
		else if (filter_is_word(filter_raw(f, f->at)))
			filter_take_word(f);
		else
			take_mark(f);
	}
	separate(f, end->span);
	token = *end;
	LIST_PUSH(p->lists, &p->tokens, token);
}
