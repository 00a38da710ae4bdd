#include "lint/judge_test.h"

#include <string.h>

#include "lint/judge_key.h"
#include "model/charset.h"

#define NAME_LIMIT 64
#define KEY_PARTS 16
#define ENUM_ONE_BYTE 255 /* members; more take two bytes */

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* A situation holds; *pair is the column pair it is about. */
typedef bool holds(const struct hearing *h, size_t *pair);

/* --- what is looked at -------------------------------------------------------------------------- */

static const struct column *child_column(const struct hearing *h, size_t pair)
{
	return table_column(h->table, h->key->columns.items[pair]);
}

static const struct column *parent_column(const struct hearing *h, size_t pair)
{
	return table_column(h->parent, h->key->parent_columns.items[pair]);
}

static bool is_elsewhere(const struct hearing *h)
{
	return h->key->parent_database != NULL;
}

/* Does the action write the child's columns? */
static bool writes_null(const struct hearing *h)
{
	return h->key->on_delete == FK_SET_NULL || h->key->on_update == FK_SET_NULL;
}

static bool writes_default(const struct hearing *h)
{
	return h->key->on_delete == FK_SET_DEFAULT || h->key->on_update == FK_SET_DEFAULT;
}

static bool writes(const struct hearing *h)
{
	return writes_null(h) || writes_default(h) || h->key->on_update == FK_CASCADE;
}

static bool is_innodb(const struct table *table)
{
	return !table->engine || word_equal(table->engine->text, "InnoDB");
}

static bool twice(const struct name_list *names, size_t *pair)
{
	for (size_t i = 1; i < names->n; i++)
		for (size_t j = 0; j < i; j++)
			if (name_equal(names->items[i], names->items[j])) {
				*pair = i;
				return true;
			}
	return false;
}

/* --- the child ---------------------------------------------------------------------------------- */

static bool name_long(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return h->key->name && name_length(h->key->name) > NAME_LIMIT;
}

static bool lists(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return h->key->columns.n != h->key->parent_columns.n;
}

static bool child_missing(const struct hearing *h, size_t *pair)
{
	for (size_t i = 0; i < h->key->columns.n; i++)
		if (!child_column(h, i)) {
			*pair = i;
			return true;
		}
	return false;
}

static bool child_twice(const struct hearing *h, size_t *pair)
{
	return twice(&h->key->columns, pair);
}

static bool child_engine(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return !is_innodb(h->table);
}

static bool child_keyless(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return h->table->engine && word_equal(h->table->engine->text, "CSV");
}

static bool child_partitioned(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return h->table->partition != NULL;
}

static bool child_wide(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return h->key->columns.n > KEY_PARTS;
}

static bool generated(const struct hearing *h, bool stored, size_t *pair)
{
	for (size_t i = 0; i < h->key->columns.n; i++) {
		const struct column *column = child_column(h, i);
		if (column->generated && column->stored == stored) {
			*pair = i;
			return true;
		}
	}
	return false;
}

/* SET DEFAULT writes nothing into a generated column as far as servers care. */
static bool writes_generated(const struct hearing *h)
{
	return writes_null(h) || h->key->on_update == FK_CASCADE;
}

static bool virtual_written(const struct hearing *h, size_t *pair)
{
	return writes_generated(h) && generated(h, false, pair);
}

static bool stored_written(const struct hearing *h, size_t *pair)
{
	return writes_generated(h) && generated(h, true, pair);
}

static bool is_virtual(const struct hearing *h, size_t *pair)
{
	return generated(h, false, pair);
}

static bool null_not_null(const struct hearing *h, size_t *pair)
{
	const struct index *primary = table_primary_key(h->table);
	for (size_t i = 0; writes_null(h) && i < h->key->columns.n; i++) {
		bool in_primary = false;
		for (size_t j = 0; primary && j < primary->parts.n; j++)
			in_primary |= name_equal(primary->parts.items[j].column,
						 h->key->columns.items[i]);
		if (!child_column(h, i)->nullable || in_primary) {
			*pair = i;
			return true;
		}
	}
	return false;
}

static bool to_default(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return writes_default(h);
}

struct mention {
	const struct name *name;
	bool found;
};

static void look(const struct expr *expr, void *data)
{
	struct mention *mention = data;
	mention->found |= name_equal(expr->name, mention->name);
}

static bool mentions(const struct expr *expr, const struct name *name)
{
	struct mention mention = { name, false };
	if (expr)
		expr_each_column(expr, look, &mention);
	return mention.found;
}

static bool is_checked(const struct hearing *h, const struct name *name)
{
	const struct table *table = h->table;
	/* json of MariaDB is a text with a check json_valid() */
	const struct column *column = table_column(table, name);
	if (h->server->flavour == FLAVOUR_MARIADB && type_class(&column->type) == CLASS_JSON)
		return true;
	for (size_t i = 0; i < table->checks.n; i++)
		if (mentions(table->checks.items[i]->expr, name))
			return true;
	for (size_t i = 0; i < table->columns.n; i++)
		if (mentions(table->columns.items[i]->check, name))
			return true;
	return false;
}

static bool checked(const struct hearing *h, size_t *pair)
{
	for (size_t i = 0; writes(h) && i < h->key->columns.n; i++)
		if (is_checked(h, h->key->columns.items[i])) {
			*pair = i;
			return true;
		}
	return false;
}

static bool base_of_stored(const struct hearing *h, size_t *pair)
{
	for (size_t i = 0; i < h->key->columns.n; i++)
		for (size_t j = 0; j < h->table->columns.n; j++) {
			const struct column *column = h->table->columns.items[j];
			if (column->stored &&
			    mentions(column->generated, h->key->columns.items[i])) {
				*pair = i;
				return true;
			}
		}
	return false;
}

static bool base_written(const struct hearing *h, size_t *pair)
{
	return writes(h) && base_of_stored(h, pair);
}

static bool base_cascaded(const struct hearing *h, size_t *pair)
{
	return (h->key->on_delete == FK_CASCADE || writes_generated(h)) && base_of_stored(h, pair);
}

/* --- the parent --------------------------------------------------------------------------------- */

static bool no_parent(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return !h->parent;
}

static bool parent_engine(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return !is_innodb(h->parent);
}

static bool parent_partitioned(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return h->parent->partition != NULL;
}

static bool parent_missing(const struct hearing *h, size_t *pair)
{
	for (size_t i = 0; i < h->key->parent_columns.n; i++)
		if (!parent_column(h, i)) {
			*pair = i;
			return true;
		}
	return false;
}

static bool parent_virtual(const struct hearing *h, size_t *pair)
{
	for (size_t i = 0; i < h->key->columns.n; i++) {
		const struct column *column = parent_column(h, i);
		if (column && column->generated && !column->stored) {
			*pair = i;
			return true;
		}
	}
	return false;
}

static bool parent_twice(const struct hearing *h, size_t *pair)
{
	return twice(&h->key->parent_columns, pair);
}

static bool references_itself(const struct hearing *h, size_t *pair)
{
	if (h->parent != h->table)
		return false;
	for (size_t i = 0; i < h->key->columns.n; i++)
		if (!name_equal(h->key->columns.items[i], h->key->parent_columns.items[i]))
			return false;
	*pair = 0;
	return true;
}

/* InnoDB of old looks for a parent's key that is not the child's. */
static bool by_one_key(const struct hearing *h, size_t *pair)
{
	return references_itself(h, pair) &&
	       judge_keys_leading(h->parent, &h->key->parent_columns, h->server) < 2;
}

static bool parent_unique(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return !judge_key_exact(h->parent, &h->key->parent_columns);
}

static bool parent_key(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return !judge_key_leading(h->parent, &h->key->parent_columns, h->server);
}

/* --- types -------------------------------------------------------------------------------------- */

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
_Static_assert(COUNT(fk_types) == TYPE_COUNT, "a type is missing in judge.def");

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
		const struct column *parent = parent_column(h, i);
		if (parent && test(child_column(h, i), parent)) {
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

#define PAIR_TEST(name, test)                                   \
	static bool name(const struct hearing *h, size_t *pair) \
	{                                                       \
		return any_pair(h, pair, test);                 \
	}
PAIR_TEST(class_pair, class_differs)
PAIR_TEST(size_pair, size_differs)
PAIR_TEST(sign_pair, sign_differs)
PAIR_TEST(charset_pair, charset_differs)
PAIR_TEST(collation_pair, collation_differs)

static bool parent_large(const struct hearing *h, size_t *pair)
{
	for (size_t i = 0; i < h->key->columns.n; i++)
		if (is_large(parent_column(h, i))) {
			*pair = i;
			return true;
		}
	return false;
}

/* A child column of that class. */
static bool any_child(const struct hearing *h, size_t *pair, enum fk_class class)
{
	for (size_t i = 0; i < h->key->columns.n; i++)
		if (class_of(child_column(h, i)) == class) {
			*pair = i;
			return true;
		}
	return false;
}

static bool child_json(const struct hearing *h, size_t *pair)
{
	return any_child(h, pair, FK_CLASS_JSON);
}

static bool child_vector(const struct hearing *h, size_t *pair)
{
	for (size_t i = 0; i < h->key->columns.n; i++)
		if (child_column(h, i)->type.id == TYPE_VECTOR) {
			*pair = i;
			return true;
		}
	return false;
}

static bool child_shape(const struct hearing *h, size_t *pair)
{
	return any_child(h, pair, FK_CLASS_SPATIAL);
}

static bool child_spatial(const struct hearing *h, size_t *pair)
{
	return child_shape(h, pair) || any_child(h, pair, FK_CLASS_POINT);
}

static bool is_composite(const struct hearing *h)
{
	return h->key->columns.n > 1;
}

static bool spatial_among(const struct hearing *h, size_t *pair)
{
	return is_composite(h) && child_spatial(h, pair);
}

static bool shape_among(const struct hearing *h, size_t *pair)
{
	return is_composite(h) && child_shape(h, pair);
}

static bool child_spatial_null(const struct hearing *h, size_t *pair)
{
	return child_spatial(h, pair) && child_column(h, *pair)->nullable;
}

static bool child_large(const struct hearing *h, size_t *pair)
{
	return any_child(h, pair, FK_CLASS_LARGE) || any_child(h, pair, FK_CLASS_TINY);
}

/* MyISAM does make the index, and 255 characters of four bytes are too long for it (1000 bytes). */
static bool tiny_among(const struct hearing *h, size_t *pair)
{
	const struct name *engine = h->table->engine;
	if (!engine || !word_equal(engine->text, "MyISAM") || !any_child(h, pair, FK_CLASS_TINY))
		return false;
	const struct column *column = child_column(h, *pair);
	return column->charset && charset_bytes(column->charset) > 3;
}

static bool large_among(const struct hearing *h, size_t *pair)
{
	return is_composite(h) &&
	       (any_child(h, pair, FK_CLASS_LARGE) || child_json(h, pair) || tiny_among(h, pair));
}

/* Only where ON UPDATE CASCADE stands alone: InnoDB compares the whole set of actions (measured);
 * RESTRICT and SET DEFAULT leave nothing in it, NO ACTION does. */
static bool null_cascaded(const struct hearing *h, size_t *pair)
{
	bool alone = h->key->on_update == FK_CASCADE &&
		     (h->key->on_delete == FK_DEFAULT || h->key->on_delete == FK_RESTRICT ||
		      h->key->on_delete == FK_SET_DEFAULT);
	for (size_t i = 0; alone && i < h->key->columns.n; i++)
		if (!child_column(h, i)->nullable && parent_column(h, i)->nullable) {
			*pair = i;
			return true;
		}
	return false;
}

/* --- names -------------------------------------------------------------------------------------- */

/* A key before this one has the name; they are unique in a schema. */
static bool name_twice(const struct hearing *h, size_t *pair)
{
	(void)pair;
	if (h->first_keys && h->key->name)
		return map_get(h->first_keys, h->key->name->key) != h->key;
	for (size_t i = 0; h->key->name && i < h->schema->tables.n; i++) {
		const struct table *table = h->schema->tables.items[i];
		for (size_t j = 0; j < table->foreign_keys.n; j++) {
			const struct foreign_key *other = table->foreign_keys.items[j];
			if (other == h->key)
				return false;
			if (name_equal(other->name, h->key->name))
				return true;
		}
	}
	return false;
}

static bool name_of_check(const struct hearing *h, size_t *pair)
{
	(void)pair;
	return h->key->name && table_check_at(h->table, h->key->name) >= 0;
}

/* --- all of them -------------------------------------------------------------------------------- */

/* What a key in another database leans on is not known: only what the child shows is judged. */
static const struct {
	holds *holds;
	bool needs_parent;
} tests[FK_SOUND] = {
	[FK_NAME_LONG] = { name_long, false },
	[FK_LISTS] = { lists, false },
	[FK_CHILD_COLUMN] = { child_missing, false },
	[FK_CHILD_TWICE] = { child_twice, false },
	[FK_CHILD_ENGINE] = { child_engine, false },
	[FK_CHILD_KEYLESS] = { child_keyless, false },
	[FK_CHILD_PARTITIONED] = { child_partitioned, false },
	[FK_CHILD_WIDE] = { child_wide, false },
	[FK_JSON] = { child_json, false },
	[FK_VECTOR] = { child_vector, false },
	[FK_SPATIAL_AMONG] = { spatial_among, false },
	[FK_SPATIAL_NULL] = { child_spatial_null, false },
	[FK_SPATIAL] = { child_spatial, false },
	[FK_SHAPE_AMONG] = { shape_among, false },
	[FK_SHAPE] = { child_shape, false },
	[FK_LARGE_AMONG] = { large_among, false },
	[FK_LARGE] = { child_large, false },
	[FK_VIRTUAL_WRITTEN] = { virtual_written, false },
	[FK_STORED_WRITTEN] = { stored_written, false },
	[FK_VIRTUAL] = { is_virtual, false },
	[FK_SET_NULL_NOT_NULL] = { null_not_null, false },
	[FK_NULL_CASCADED] = { null_cascaded, true },
	[FK_TO_SET_DEFAULT] = { to_default, false },
	[FK_CHECKED] = { checked, false },
	[FK_BASE_WRITTEN] = { base_written, false },
	[FK_BASE_CASCADED] = { base_cascaded, false },
	[FK_PARENT_TABLE] = { no_parent, true },
	[FK_PARENT_ENGINE] = { parent_engine, true },
	[FK_PARENT_PARTITIONED] = { parent_partitioned, true },
	[FK_PARENT_COLUMN] = { parent_missing, true },
	[FK_PARENT_VIRTUAL] = { parent_virtual, true },
	[FK_CLASS] = { class_pair, true },
	[FK_SIZE] = { size_pair, true },
	[FK_SIGN] = { sign_pair, true },
	[FK_CHARSET] = { charset_pair, true },
	[FK_COLLATION] = { collation_pair, true },
	[FK_PARENT_LARGE] = { parent_large, true },
	[FK_PARENT_TWICE] = { parent_twice, true },
	[FK_SELF] = { references_itself, true },
	[FK_SELF_KEY] = { by_one_key, true },
	[FK_PARENT_UNIQUE] = { parent_unique, true },
	[FK_PARENT_KEY] = { parent_key, true },
	[FK_NAME_TWICE] = { name_twice, false },
	[FK_NAME_OF_CHECK] = { name_of_check, false },
};

bool judge_holds(const struct hearing *h, enum fk_situation situation, size_t *pair)
{
	*pair = 0;
	return !(tests[situation].needs_parent && is_elsewhere(h)) &&
	       tests[situation].holds(h, pair);
}
