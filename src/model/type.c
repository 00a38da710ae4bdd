#include "model/type_row.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "model/literal.h"

#include <string.h>

const struct type_row type_rows[TYPE_COUNT] = {
#define TYPE(id, name, class, shape, limit, by_default, bytes, capability) \
	[id] = { name, class, shape, limit, by_default, bytes, capability },
#include "model/type.def"
#undef TYPE
};

const struct type_alias type_aliases[] = {
#define TYPE(id, ...)
#define ALIAS(phrase, id, meaning) { phrase, id, meaning },
#include "model/type.def"
#undef TYPE
	{ NULL, TYPE_COUNT, ALIAS_SAME },
};

enum type_class type_class(const struct type *type)
{
	return type_rows[type->id].class;
}

bool type_is_string(const struct type *type)
{
	enum type_class class = type_class(type);
	return class == CLASS_STRING || class == CLASS_TEXT || class == CLASS_ENUM ||
	       class == CLASS_SET;
}

const char *type_name(enum type_id id)
{
	return type_rows[id].name;
}

unsigned long type_limit(const struct type *type)
{
	return type_rows[type->id].limit;
}

static bool same_first_word(const char *word, const char *phrase)
{
	size_t len = strlen(word);
	if (len > strlen(phrase) || (phrase[len] && phrase[len] != ' '))
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = word[i];
		if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != phrase[i])
			return false;
	}
	return len > 0;
}

bool type_is_word(const char *word)
{
	for (size_t i = 0; i < TYPE_COUNT; i++)
		if (same_first_word(word, type_rows[i].name))
			return true;
	for (const struct type_alias *alias = type_aliases; alias->phrase; alias++)
		if (same_first_word(word, alias->phrase))
			return true;
	return same_first_word(word, "serial");
}

/* --- writing ---------------------------------------------------------------------------------- */

/* The numbers in parentheses, as the canonical form writes them: 0, 1 or 2 of them. */
static size_t arguments(const struct type *type, int numbers[2])
{
	size_t n = 0;
	if (type_rows[type->id].shape == SHAPE_FSP) {
		if (type->decimals > 0)
			numbers[n++] = type->decimals;
		return n;
	}
	if (type->length >= 0)
		numbers[n++] = type->length;
	if (n && type->decimals >= 0)
		numbers[n++] = type->decimals;
	return n;
}

struct tree_type *type_to_tree(struct context *ctx, struct arena *arena, const struct type *type)
{
	struct tree_type *tree = ARENA_NEW(arena, struct tree_type);
	int numbers[2];
	tree->word = ctx_name(ctx, type_rows[type->id].name);
	size_t n = arguments(type, numbers);
	for (size_t i = 0; i < n; i++) {
		struct expr *arg = ARENA_NEW(arena, struct expr);
		arg->kind = EXPR_NUMBER;
		arg->text = arena_printf(arena, "%d", numbers[i]);
		arg->len = strlen(arg->text);
		LIST_PUSH(arena, &tree->args, arg);
	}
	for (size_t i = 0; i < type->values.n; i++) {
		struct expr *arg = ARENA_NEW(arena, struct expr);
		const char *value = type->values.items[i];
		/* bytes, of one in charset binary */
		bool text = is_utf8(value, strlen(value));
		arg->kind = text ? EXPR_STRING : EXPR_HEX;
		arg->text = text ? value : literal_hex(arena, value, strlen(value));
		arg->len = strlen(arg->text);
		LIST_PUSH(arena, &tree->args, arg);
	}
	return tree;
}

void type_print(struct buf *out, const struct type *type)
{
	int numbers[2];
	size_t n = arguments(type, numbers);
	buf_add(out, type_rows[type->id].name);
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%c%d", i ? ',' : '(', numbers[i]);
	if (n)
		buf_add_char(out, ')');
	for (size_t i = 0; i < type->values.n; i++) {
		buf_add_char(out, i ? ',' : '(');
		quote_bytes(out, type->values.items[i], strlen(type->values.items[i]));
	}
	if (type->values.n)
		buf_add_char(out, ')');
	if (type->is_unsigned)
		buf_add(out, " unsigned");
	if (type->zerofill)
		buf_add(out, " zerofill");
}

/* --- comparing -------------------------------------------------------------------------------- */

static bool values_equal(const struct type *a, const struct type *b)
{
	if (a->values.n != b->values.n)
		return false;
	for (size_t i = 0; i < a->values.n; i++)
		if (strcmp(a->values.items[i], b->values.items[i]))
			return false;
	return true;
}

bool type_equal(const struct type *a, const struct type *b)
{
	return a->id == b->id && a->length == b->length && a->decimals == b->decimals &&
	       a->is_unsigned == b->is_unsigned && a->zerofill == b->zerofill &&
	       a->srid == b->srid && values_equal(a, b);
}

/* Bytes of `digits` decimal digits in a DECIMAL (manual, "DECIMAL Data Type Characteristics"). */
static unsigned digit_bytes(int digits)
{
	static const unsigned rest[] = { 0, 1, 1, 2, 2, 3, 3, 4, 4 };
	return (unsigned)(digits / 9) * 4 + rest[digits % 9];
}

unsigned type_key_bytes(const struct type *type, unsigned charset_bytes)
{
	const struct type_row *row = &type_rows[type->id];
	switch (row->class) {
	case CLASS_BIT:
		return ((unsigned)type->length + 7) / 8;
	case CLASS_DECIMAL:
		return digit_bytes(type->length - type->decimals) + digit_bytes(type->decimals);
	case CLASS_TIME:
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return row->bytes + (type->decimals > 0 ? ((unsigned)type->decimals + 1) / 2 : 0);
	case CLASS_STRING:
		return (unsigned)type->length * charset_bytes;
	case CLASS_BINARY:
		return (unsigned)type->length;
	case CLASS_ENUM:
		return type->values.n > 255 ? 2 : 1;
	case CLASS_SET: {
		unsigned bytes = ((unsigned)type->values.n + 7) / 8;
		return bytes > 4 ? 8 : bytes;
	}
	case CLASS_INTEGER:
	case CLASS_FLOAT:
	case CLASS_DATE:
	case CLASS_YEAR:
	case CLASS_OTHER:
		return row->bytes;
	case CLASS_TEXT:
	case CLASS_BLOB:
	case CLASS_JSON:
	case CLASS_SPATIAL:
		break;
	}
	return 0; /* needs a prefix, or a key of another kind */
}
