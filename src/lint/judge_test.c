#include "lint/judge_test.h"

#include <string.h>

#include "lint/judge_key.h"
#include "lint/judge_types.h"

#define NAME_LIMIT 64
#define KEY_PARTS 16

/* A situation holds; *pair is the column pair it is about. */
typedef bool holds(const struct hearing *h, size_t *pair);

/* --- what is looked at -------------------------------------------------------------------------- */

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
		if (!hearing_child(h, i)) {
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
		const struct column *column = hearing_child(h, i);
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
		if (!hearing_child(h, i)->nullable || in_primary) {
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
		if (!hearing_parent(h, i)) {
			*pair = i;
			return true;
		}
	return false;
}

static bool parent_virtual(const struct hearing *h, size_t *pair)
{
	for (size_t i = 0; i < h->key->columns.n; i++) {
		const struct column *column = hearing_parent(h, i);
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

/* Only where ON UPDATE CASCADE stands alone: InnoDB compares the whole set of actions (measured);
 * RESTRICT and SET DEFAULT leave nothing in it, NO ACTION does. */
static bool null_cascaded(const struct hearing *h, size_t *pair)
{
	bool alone = h->key->on_update == FK_CASCADE &&
		     (h->key->on_delete == FK_DEFAULT || h->key->on_delete == FK_RESTRICT ||
		      h->key->on_delete == FK_SET_DEFAULT);
	for (size_t i = 0; alone && i < h->key->columns.n; i++)
		if (!hearing_child(h, i)->nullable && hearing_parent(h, i)->nullable) {
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

/* Of a parent in another database that is not known, only what the child shows is judged. */
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
	[FK_JSON] = { judge_type_json, false },
	[FK_VECTOR] = { judge_type_vector, false },
	[FK_SPATIAL_AMONG] = { judge_type_spatial_among, false },
	[FK_SPATIAL_NULL] = { judge_type_spatial_null, false },
	[FK_SPATIAL] = { judge_type_spatial, false },
	[FK_SHAPE_AMONG] = { judge_type_shape_among, false },
	[FK_SHAPE] = { judge_type_shape, false },
	[FK_LARGE_AMONG] = { judge_type_large_among, false },
	[FK_LARGE] = { judge_type_large, false },
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
	[FK_CLASS] = { judge_type_class, true },
	[FK_SIZE] = { judge_type_size, true },
	[FK_SIGN] = { judge_type_sign, true },
	[FK_CHARSET] = { judge_type_charset, true },
	[FK_COLLATION] = { judge_type_collation, true },
	[FK_PARENT_LARGE] = { judge_type_parent_large, true },
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
	return !(tests[situation].needs_parent && !schema_knows_parent(h->schema, h->key)) &&
	       tests[situation].holds(h, pair);
}
