#include "lint/judge_types.h"

#include "model/charset.h"

#define ENUM_ONE_BYTE 255 /* members; more take two bytes */

enum fk_class {
	FK_CLASS_INT,
	FK_CLASS_UNSIGNED,
	FK_CLASS_FLOAT,
	FK_CLASS_DOUBLE,
	FK_CLASS_BYTES,
	FK_CLASS_STRING,
	FK_CLASS_TINY, /* of the text family, but short enough for some keys */
	FK_CLASS_LARGE,
	FK_CLASS_JSON,
	FK_CLASS_POINT,
	FK_CLASS_SPATIAL
};

static const struct {
	enum fk_class class;
	unsigned bytes;
} fk_types[] = {
#define FK_TYPE(type, class, bytes) [type] = { class, bytes },
#include "lint/judge.def"
#undef FK_TYPE
};
_Static_assert(sizeof(fk_types) / sizeof(*fk_types) == TYPE_COUNT,
	       "a type is missing in judge.def");

static enum fk_class class_of(const struct column *column)
{
	enum fk_class class = fk_types[column->type.id].class;
	return class == FK_CLASS_UNSIGNED ? FK_CLASS_INT : class;
}

static unsigned bytes_of(const struct column *column)
{
	const struct type *type = &column->type;
	unsigned bytes = fk_types[type->id].bytes;
	if (bytes || class_of(column) != FK_CLASS_INT)
		return bytes;
	if (type_class(type) == CLASS_ENUM)
		return type->values.n > ENUM_ONE_BYTE ? 2 : 1;
	bytes = ((unsigned)type->values.n + 7) / 8; /* a set keeps a bit a member */
	return bytes > 4 ? 8 : bytes;
}

static bool is_unsigned(const struct column *column)
{
	return column->type.is_unsigned || fk_types[column->type.id].class == FK_CLASS_UNSIGNED;
}

/* Looks at every pair for one that the test says something of. */
static bool any_pair(const struct hearing *h, size_t *pair,
		     bool (*test)(const struct column *child, const struct column *parent))
{
	for (size_t i = 0; i < h->key->columns.n; i++) {
		const struct column *parent = hearing_parent(h, i);
		if (parent && test(hearing_child(h, i), parent)) {
			*pair = i;
			return true;
		}
	}
	return false;
}

static bool is_large(const struct column *column)
{
	enum fk_class class = class_of(column);
	return class == FK_CLASS_TINY || class == FK_CLASS_LARGE || class == FK_CLASS_JSON;
}

/* A parent's text is a string to a server that looks at types, its blob or json bytes: that no key
 * holds them is found later (measured on MySQL 9.7). */
static bool class_differs(const struct column *child, const struct column *parent)
{
	enum fk_class large = parent->charset ? FK_CLASS_STRING : FK_CLASS_BYTES;
	return class_of(child) != (is_large(parent) ? large : class_of(parent));
}

static bool size_differs(const struct column *child, const struct column *parent)
{
	return bytes_of(child) != bytes_of(parent);
}

static bool sign_differs(const struct column *child, const struct column *parent)
{
	return class_of(child) == FK_CLASS_INT && is_unsigned(child) != is_unsigned(parent);
}

static bool charset_differs(const struct column *child, const struct column *parent)
{
	return class_of(child) == FK_CLASS_STRING && child->charset != parent->charset;
}

static bool collation_differs(const struct column *child, const struct column *parent)
{
	return class_of(child) == FK_CLASS_STRING && child->collation != parent->collation;
}

#define PAIR_TEST(name, test)                            \
	bool name(const struct hearing *h, size_t *pair) \
	{                                                \
		return any_pair(h, pair, test);          \
	}
PAIR_TEST(judge_type_class, class_differs)
PAIR_TEST(judge_type_size, size_differs)
PAIR_TEST(judge_type_sign, sign_differs)
PAIR_TEST(judge_type_charset, charset_differs)
PAIR_TEST(judge_type_collation, collation_differs)

bool judge_type_parent_large(const struct hearing *h, size_t *pair)
{
	for (size_t i = 0; i < h->key->columns.n; i++)
		if (is_large(hearing_parent(h, i))) {
			*pair = i;
			return true;
		}
	return false;
}

/* A child column of that class. */
static bool any_child(const struct hearing *h, size_t *pair, enum fk_class class)
{
	for (size_t i = 0; i < h->key->columns.n; i++)
		if (class_of(hearing_child(h, i)) == class) {
			*pair = i;
			return true;
		}
	return false;
}

bool judge_type_json(const struct hearing *h, size_t *pair)
{
	return any_child(h, pair, FK_CLASS_JSON);
}

bool judge_type_vector(const struct hearing *h, size_t *pair)
{
	for (size_t i = 0; i < h->key->columns.n; i++)
		if (hearing_child(h, i)->type.id == TYPE_VECTOR) {
			*pair = i;
			return true;
		}
	return false;
}

bool judge_type_shape(const struct hearing *h, size_t *pair)
{
	return any_child(h, pair, FK_CLASS_SPATIAL);
}

bool judge_type_spatial(const struct hearing *h, size_t *pair)
{
	return judge_type_shape(h, pair) || any_child(h, pair, FK_CLASS_POINT);
}

static bool is_composite(const struct hearing *h)
{
	return h->key->columns.n > 1;
}

bool judge_type_spatial_among(const struct hearing *h, size_t *pair)
{
	return is_composite(h) && judge_type_spatial(h, pair);
}

bool judge_type_shape_among(const struct hearing *h, size_t *pair)
{
	return is_composite(h) && judge_type_shape(h, pair);
}

bool judge_type_spatial_null(const struct hearing *h, size_t *pair)
{
	return judge_type_spatial(h, pair) && hearing_child(h, *pair)->nullable;
}

bool judge_type_large(const struct hearing *h, size_t *pair)
{
	return any_child(h, pair, FK_CLASS_LARGE) || any_child(h, pair, FK_CLASS_TINY);
}

/* MyISAM does make the index, and 255 characters of four bytes are too long for it (1000 bytes). */
static bool tiny_among(const struct hearing *h, size_t *pair)
{
	const struct name *engine = h->table->engine;
	if (!engine || !word_equal(engine->text, "MyISAM") || !any_child(h, pair, FK_CLASS_TINY))
		return false;
	const struct column *column = hearing_child(h, *pair);
	return column->charset && charset_bytes(column->charset) > 3;
}

bool judge_type_large_among(const struct hearing *h, size_t *pair)
{
	return is_composite(h) && (any_child(h, pair, FK_CLASS_LARGE) || judge_type_json(h, pair) ||
				   tiny_among(h, pair));
}
