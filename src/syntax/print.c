/* Names, types and attributes: what the items of print_item.c are made of. */
#include "syntax/print.h"

#include <string.h>

#include "base/buf.h"
#include "base/quote.h"
#include "syntax/print_parts.h"
#include "syntax/words.h"

/* --- names ----------------------------------------------------------------------------------- */

/* Blanks and invisible characters beyond ASCII are quoted, so that people see them. */
static bool is_blank_character(const unsigned char *at)
{
	if (at[0] == 0xC2)
		return at[1] <= 0xA0; /* U+0080 to U+00A0 */
	if (at[0] == 0xE1)
		return at[1] == 0x9A && at[2] == 0x80; /* U+1680 */
	if (at[0] == 0xE2)
		return (at[1] == 0x80 && (at[2] <= 0x8F || at[2] >= 0xA8)) ||
		       (at[1] == 0x81 && at[2] >= 0x9F); /* U+2000 to U+206F, but for signs */
	if (at[0] == 0xE3)
		return at[1] == 0x80 && at[2] == 0x80; /* U+3000 */
	return at[0] == 0xEF && at[1] == 0xBB && at[2] == 0xBF;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* May it be written bare wherever no word is known? A number or 1e3 may not. */
static bool is_plain(const struct name *name)
{
	if (!name->len || !is_letter(*name->text))
		return false;
	for (size_t i = 0; i < name->len; i++) {
		char c = name->text[i];
		if (!is_letter(c) && !is_digit(c) && c != '$')
			return false;
		if ((unsigned char)c >= 0xC2 &&
		    is_blank_character((const unsigned char *)name->text + i))
			return false;
	}
	return true;
}

static bool is_one_of(const struct name *name, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (word_equal(words[i], name->text))
			return true;
	return false;
}

#define IS_ONE_OF(name, words) is_one_of((name), (words), sizeof(words) / sizeof(*(words)))

static void add_name(struct buf *out, const struct name *name, bool known)
{
	if (known || !is_plain(name))
		quote_name(out, name);
	else
		buf_add(out, name->text);
}

void print_name(struct buf *out, const struct name *name, bool first_word)
{
	/* what begins an item of a table: PLACE_ENTRY of keywords.def */
	static const char *const words[] = {
		"primary", "unique",     "index", "key", "fulltext",  "spatial", "vector",
		"foreign", "constraint", "check", "use", "partition", "period",
	};

	add_name(out, name, first_word && IS_ONE_OF(name, words));
}

enum { ALWAYS = 1, OPERAND = 0, CALL = 0, TRIM = 0, IS = 0 };

void print_expr_name(struct buf *out, const struct name *name)
{
	static const struct {
		const char *word;
		bool always;
	} words[] = {
#define EXPR_WORD(token, spelling, when) { spelling, when },
#define BARE_CALL(spelling) { spelling, true },
#include "grammar/keywords.def"
	};
	bool known = false;

	for (size_t i = 0; i < sizeof(words) / sizeof(*words) && !known; i++)
		known = words[i].always && word_equal(words[i].word, name->text);
	add_name(out, name, known);
}

void print_key_name(struct buf *out, const struct name *name)
{
	static const char *const words[] = { "key", "index", "for", "using" };

	add_name(out, name, IS_ONE_OF(name, words));
}

void print_word(struct buf *out, const struct name *word)
{
	bool plain = word->len > 0;

	for (size_t i = 0; i < word->len; i++)
		plain = plain && (is_letter(word->text[i]) || is_digit(word->text[i]));
	if (plain && is_digit(*word->text))
		buf_add(out, word->text);
	else
		add_name(out, word, !plain);
}

void print_name_list(struct buf *out, const struct tree_ident_list *names)
{
	buf_add_char(out, '(');
	for (size_t i = 0; i < names->n; i++) {
		if (i)
			buf_add(out, ", ");
		print_expr_name(out, names->items[i].name);
	}
	buf_add_char(out, ')');
}

void print_table_name(struct buf *out, const struct tree_table_name *table)
{
	if (table->database.name) {
		print_name(out, table->database.name, false);
		buf_add_char(out, '.');
	}
	print_name(out, table->table.name, false);
}

/* --- types ----------------------------------------------------------------------------------- */

static const char *canonical_type(const struct name *word)
{
	static const struct {
		const char *spelling, *canonical;
	} types[] = {
#define TYPE_NAME(spelling, canonical) { spelling, canonical },
#include "grammar/keywords.def"
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (word_equal(types[i].spelling, word->text))
			return types[i].canonical;
	return NULL;
}

void print_type(struct buf *out, const struct tree_type *type)
{
	static const char *const words[] = { "like", "references" };
	const char *canonical = canonical_type(type->word);

	if (canonical)
		buf_add(out, canonical);
	else
		add_name(out, type->word,
			 IS_ONE_OF(type->word, words) || words_begins_attr(type->word->text, 'C'));
	for (size_t i = 0; i < type->args.n; i++) {
		const struct expr *arg = type->args.items[i];
		bool number = arg->kind == EXPR_NUMBER;
		buf_add(out, !i ? "(" : number ? "," : ", ");
		expr_print(out, arg, EXPR_MODEL);
	}
	if (type->args.n)
		buf_add_char(out, ')');
	if (type->is_unsigned)
		buf_add(out, " unsigned");
	if (type->charset) {
		buf_add(out, " charset ");
		print_word(out, type->charset);
	}
}

/* --- attributes ------------------------------------------------------------------------------ */

void print_reference(struct buf *out, const struct tree_reference *reference)
{
	buf_add(out, "references ");
	print_table_name(out, &reference->table);
	if (reference->columns.n) {
		buf_add_char(out, ' ');
		print_name_list(out, &reference->columns);
	}
	if (reference->on_delete.name)
		buf_printf(out, " on delete %s", reference->on_delete.name->key->text);
	if (reference->on_update.name)
		buf_printf(out, " on update %s", reference->on_update.name->key->text);
}

/* Would the parser need no parentheses to see where the expression ends? */
static bool is_simple(const struct expr *e)
{
	switch ((int)e->kind) {
	case EXPR_NULL:
	case EXPR_BOOL:
	case EXPR_NUMBER:
	case EXPR_STRING:
	case EXPR_HEX:
	case EXPR_BIT:
	case EXPR_TEMPORAL:
	case EXPR_COLUMN:
	case EXPR_CALL:
	case EXPR_OPAQUE:
		return true;
	case EXPR_UNARY:
		return e->args.items[0]->kind == EXPR_NUMBER;
	default:
		return false;
	}
}

static void add_expr(struct buf *out, const struct tree_attr *attr)
{
	bool in_parentheses = attr->parenthesised || !is_simple(attr->expr);

	if (attr->kind == ATTR_AS || attr->kind == ATTR_CHECK || attr->kind == ATTR_BACKFILL)
		in_parentheses = true;
	else if (attr->kind == ATTR_UNION)
		in_parentheses = attr->expr->kind != EXPR_ROW;
	if (in_parentheses)
		buf_add_char(out, '(');
	expr_print(out, attr->expr, EXPR_MODEL);
	if (in_parentheses)
		buf_add_char(out, ')');
}

void print_attr_value(struct buf *out, const struct tree_attr *attr)
{
	switch (tree_attr_value(attr->kind)) {
	case VALUE_NONE:
		break;
	case VALUE_WORD:
		if (attr->kind == ATTR_WAS)
			print_name(out, attr->word.name, false);
		else
			print_word(out, attr->word.name);
		break;
	case VALUE_STRING:
		expr_print(out, attr->expr, EXPR_MODEL);
		break;
	case VALUE_EXPR:
		add_expr(out, attr);
		break;
	case VALUE_REFERENCE:
		print_reference(out, attr->reference);
		break;
	case VALUE_TARGETS:
		for (size_t i = 0; i + 1 < attr->words.n; i += 2)
			buf_printf(out, "%s%s %s", i ? ", " : "", attr->words.items[i].name->text,
				   attr->words.items[i + 1].name->text);
		break;
	}
}

void print_attr(struct buf *out, const struct tree_attr *attr)
{
	enum tree_attr_value value = tree_attr_value(attr->kind);

	if (value != VALUE_REFERENCE) /* print_reference() says it */
		buf_add(out, tree_attr_spelling(attr->kind));
	if (value != VALUE_NONE && value != VALUE_REFERENCE)
		buf_add_char(out, ' ');
	print_attr_value(out, attr);
}

void print_attrs(struct buf *out, const struct tree_attr_list *attrs)
{
	for (int kind = 0; kind < ATTR_COUNT; kind++) {
		if (kind == ATTR_WITHOUT_OVERLAPS) /* stands among the parts of a key */
			continue;
		for (size_t i = 0; i < attrs->n; i++) {
			if ((int)attrs->items[i].kind != kind)
				continue;
			buf_add_char(out, ' ');
			print_attr(out, &attrs->items[i]);
		}
	}
}
