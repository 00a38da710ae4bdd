#include "tests/support/random_wide.h"

#include "model/charset.h"
#include "model/derive.h"
#include "model/equal.h"

#define KEY_PART_BYTES 767 /* of COMPACT and REDUNDANT rows */
#define ROW_BYTES 6500     /* of the 8126 that half a page of InnoDB holds */
#define LONG_COLUMN 788    /* what stays in the row of a long one, COMPACT */

static void note_column(const struct expr *column, void *data)
{
	const struct name **name = data;
	*name = column->name;
}

/* The column an expression of ours stands on. */
static const struct column *base_of(const struct table *table, const struct expr *expr)
{
	const struct name *name = NULL;
	expr_each_column(expr, note_column, &name);
	return name ? table_column(table, name) : NULL;
}

static bool list_has(const struct name_list *names, const struct name *name)
{
	for (size_t i = 0; i < names->n; i++)
		if (name_equal(names->items[i], name))
			return true;
	return false;
}

static bool is_child_column(const struct table *table, const struct name *name)
{
	for (size_t i = 0; i < table->foreign_keys.n; i++)
		if (list_has(&table->foreign_keys.items[i]->columns, name))
			return true;
	return false;
}

static bool is_primary(const struct table *table, const struct name *name)
{
	const struct index *primary = table_primary_key(table);
	for (size_t i = 0; primary && i < primary->parts.n; i++)
		if (name_equal(primary->parts.items[i].column, name))
			return true;
	return false;
}

/* --- columns -------------------------------------------------------------------------------- */

static unsigned column_bytes(const struct column *column)
{
	switch ((int)type_class(&column->type)) {
	case CLASS_TEXT:
	case CLASS_BLOB:
	case CLASS_JSON:
	case CLASS_SPATIAL:
		return LONG_COLUMN;
	case CLASS_STRING:
	case CLASS_BINARY: {
		unsigned bytes = type_key_bytes(
			&column->type, column->charset ? charset_bytes(column->charset) : 1);
		return bytes + 2 < LONG_COLUMN ? bytes + 2 : LONG_COLUMN;
	}
	default:
		return 16;
	}
}

static void shorten_row(struct table *table)
{
	unsigned bytes = 0;
	for (size_t i = 0; i < table->columns.n; i++)
		bytes += column_bytes(table->columns.items[i]);
	for (size_t i = table->columns.n; i-- && bytes > ROW_BYTES;) {
		if (column_bytes(table->columns.items[i]) <= 16)
			continue;
		bytes -= column_bytes(table->columns.items[i]);
		LIST_REMOVE(&table->columns, i);
	}
}

struct bases {
	const struct random_model *model;
	const struct table *table;
	size_t at;
	bool ok;
};

/* Computed columns must stand behind what they are computed of, and is computed itself. */
static void look_at_base(const struct expr *expr, void *data)
{
	struct bases *bases = data;
	int at = table_column_at(bases->table, expr->name);
	const struct column *base = at < 0 ? NULL : bases->table->columns.items[at];
	bool computed =
		base && (base->generated || (base->default_kind == DEFAULT_EXPR &&
					     bases->model->server->flavour == FLAVOUR_MYSQL));
	bases->ok = bases->ok && base && !is_child_column(bases->table, expr->name) &&
		    (!computed || (size_t)at < bases->at);
}

static bool has_bases(const struct random_model *model, const struct table *table, size_t at)
{
	const struct expr *expr = table->columns.items[at]->generated;
	struct bases bases = { model, table, at, true };
	expr_each_column(expr, look_at_base, &bases);
	return bases.ok;
}

static void fix_generated(const struct random_model *model, struct table *table)
{
	for (size_t i = table->columns.n; i--;) {
		const struct column *column = table->columns.items[i];
		if (!column->generated)
			continue;
		const struct column *base = base_of(table, column->generated);
		bool integer = base && !base->generated && !base->auto_increment &&
			       type_class(&base->type) == CLASS_INTEGER;
		if (has_bases(model, table, i) &&
		    (integer || (model->wide && random_expr_fits(table, column->generated))))
			continue;
		LIST_REMOVE(&table->columns, i);
	}
}

static void fix_visibility(struct random_model *model, struct table *table)
{
	bool any = false;
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		if (column->invisible && !column_is_row_time(column) &&
		    ((column->generated && !model->wide) || column->auto_increment ||
		     (!column->nullable && column->default_kind == DEFAULT_NONE))) {
			struct column *copy = random_copy_column(model, column);
			copy->invisible = false;
			table->columns.items[i] = column = copy;
		}
		any = any || (!column->invisible && !random_is_computed(column));
	}
	if (any)
		return;
	LIST_PUSH(model->arena, &table->columns,
		  random_column(model, table, random_new_name(model, "v"), true));
	struct column *copy = random_copy_column(model, table->columns.items[table->columns.n - 1]);
	copy->invisible = false;
	table->columns.items[table->columns.n - 1] = copy;
}

static bool leads_index(const struct table *table, const struct name *name)
{
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		if (index->kind != KEY_FULLTEXT && !index->for_foreign_key &&
		    name_equal(index->parts.items[0].column, name) && !index->parts.items[0].desc)
			return true;
	}
	return false;
}

static void fix_auto_increment(struct random_model *model, struct table *table)
{
	bool seen = false;
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		if (!column->auto_increment)
			continue;
		struct column *copy = random_copy_column(model, column);
		copy->auto_increment =
			!seen && type_class(&column->type) == CLASS_INTEGER &&
			leads_index(table, column->name) &&
			/* 1000 is no tinyint (167) */
			(!table->auto_increment || column->type.id != TYPE_TINYINT) &&
			!is_child_column(table, column->name);
		if (copy->auto_increment) {
			copy->nullable = false;
			copy->default_kind = DEFAULT_NONE;
			copy->default_value = NULL;
			copy->backfill = NULL;
		}
		seen = seen || copy->auto_increment;
		table->columns.items[i] = copy;
	}
}

/* --- indexes -------------------------------------------------------------------------------- */

static bool fix_part(const struct table *table, const struct index *index, struct index_part *part,
		     const struct column *first)
{
	const struct column *column = table_column(table, part->column);
	if (!column)
		return false;
	enum type_class class = type_class(&column->type);
	if (option_find(&column->options, ATTR_COMPRESSED) ||
	    (column_is_row_time(column) && index->kind != KEY_INDEX))
		return false;
	if (index->kind == KEY_SPATIAL)
		return class == CLASS_SPATIAL && !column->nullable && !first;
	if (index->kind == KEY_VECTOR)
		return column->type.id == TYPE_VECTOR && !column->nullable && !first;
	if (index->kind == KEY_FULLTEXT)
		return (class == CLASS_STRING || class == CLASS_TEXT) && !column->generated &&
		       (!first || name_equal(first->collation, column->collation));
	if (class == CLASS_JSON || class == CLASS_SPATIAL ||
	    (index->kind == KEY_PRIMARY && (column->generated || column->invisible)))
		return false;
	bool text = class == CLASS_TEXT || class == CLASS_BLOB;
	unsigned bytes = column->charset ? charset_bytes(column->charset) : 1;
	if (text && !part->length)
		part->length = 10;
	if (!text && class != CLASS_STRING && class != CLASS_BINARY)
		part->length = 0;
	if (!text && part->length && part->length >= (unsigned)column->type.length)
		part->length = 0;
	if (text && part->length * bytes >= 255) /* a tinytext holds no more */
		part->length = 10;
	unsigned size = part->length ? part->length * bytes : type_key_bytes(&column->type, bytes);
	return size && size <= KEY_PART_BYTES;
}

static unsigned part_bytes(const struct table *table, const struct index_part *part)
{
	const struct column *column = part->column ? table_column(table, part->column) : NULL;
	if (!column)
		return 0;
	unsigned each = column->charset ? charset_bytes(column->charset) : 1;
	return part->length ? part->length * each : type_key_bytes(&column->type, each);
}

/* MyISAM and Aria have room for 1000 bytes in a key. */
static bool has_room(const struct table *table, const struct index_part_list *parts,
		     const struct index_part *part)
{
	unsigned bytes = 0;
	if (random_is_engine(table, "InnoDB"))
		return true;
	for (size_t i = 0; i <= parts->n; i++)
		bytes += part_bytes(table, i < parts->n ? &parts->items[i] : part);
	return bytes <= 900;
}

/* NULL: nothing is left of it. */
static const struct index *fix_index(struct random_model *model, const struct table *table,
				     const struct index *index)
{
	struct index *copy = arena_memdup(model->arena, index, sizeof(*copy));
	copy->parts = (struct index_part_list){ 0 };
	for (size_t i = 0; i < index->parts.n; i++) {
		struct index_part part = index->parts.items[i];
		const struct column *first =
			copy->parts.n && copy->parts.items[0].column
				? table_column(table, copy->parts.items[0].column)
				: NULL;
		bool twice = false;
		for (size_t j = 0; j < copy->parts.n; j++)
			twice = twice || name_equal(copy->parts.items[j].column, part.column);
		if (part.expr) {
			if (!twice && random_expr_fits(table, part.expr))
				LIST_PUSH(model->arena, &copy->parts, part);
		} else if (!twice && fix_part(table, index, &part, first) &&
			   has_room(table, &copy->parts, &part))
			LIST_PUSH(model->arena, &copy->parts, part);
	}
	return copy->parts.n ? copy : NULL;
}

static void make_not_null(struct random_model *model, struct table *table,
			  const struct index *primary)
{
	for (size_t i = 0; i < primary->parts.n; i++) {
		int at = table_column_at(table, primary->parts.items[i].column);
		if (!table->columns.items[at]->nullable)
			continue;
		struct column *copy = random_copy_column(model, table->columns.items[at]);
		copy->nullable = false;
		random_set_default(model, copy);
		table->columns.items[at] = copy;
	}
}

static void fix_indexes(struct random_model *model, struct table *table)
{
	struct index_list kept = { 0 };
	bool primary = false, vector = false;
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		if (index->for_foreign_key || (index->kind == KEY_PRIMARY && primary) ||
		    (index->kind == KEY_VECTOR && vector))
			continue;
		index = fix_index(model, table, index);
		bool twice = !index;
		for (size_t j = 0; !twice && j < kept.n; j++)
			twice = index_equal(kept.items[j], index);
		if (twice)
			continue;
		primary = primary || index->kind == KEY_PRIMARY;
		vector = vector || index->kind == KEY_VECTOR;
		if (index->kind == KEY_PRIMARY)
			make_not_null(model, table, index);
		LIST_PUSH(model->arena, &kept, index);
	}
	table->indexes = kept;
}

/* Too long for a row of a vector index to point at: more than 256 bytes, lengths included. */
static bool is_long_key(const struct table *table, const struct index *index)
{
	unsigned bytes = 0;
	for (size_t i = 0; i < index->parts.n; i++)
		bytes += 2 + part_bytes(table, &index->parts.items[i]);
	return bytes > 256;
}

/* A vector index goes when a key that is, or may stand for, the primary key is too long for it. */
static void fix_vector(struct table *table)
{
	bool is_long = false;
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		is_long = is_long || ((index->kind == KEY_PRIMARY || index->kind == KEY_UNIQUE) &&
				      is_long_key(table, index));
	}
	for (size_t i = table->indexes.n; i-- && is_long;)
		if (table->indexes.items[i]->kind == KEY_VECTOR)
			LIST_REMOVE(&table->indexes, i);
}

/* A descending index is none for MySQL: it would make another one. */
static bool is_covered(const struct table *table, const struct name_list *columns)
{
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		bool covers = index->kind != KEY_FULLTEXT && index->parts.n >= columns->n;
		for (size_t j = 0; covers && j < columns->n; j++)
			covers = !index->parts.items[j].length && !index->parts.items[j].desc &&
				 name_equal(index->parts.items[j].column, columns->items[j]);
		if (covers)
			return true;
	}
	return false;
}

static void cover_foreign_keys(struct random_model *model, struct table *table)
{
	for (size_t i = 0; i < table->foreign_keys.n; i++) {
		const struct foreign_key *key = table->foreign_keys.items[i];
		if (is_covered(table, &key->columns))
			continue;
		struct index *index = ARENA_NEW(model->arena, struct index);
		index->kind = KEY_INDEX;
		index->name = random_new_name(model, "k");
		index->for_foreign_key = true;
		index->comment = "";
		for (size_t j = 0; j < key->columns.n; j++) {
			struct index_part part = { .column = key->columns.items[j] };
			LIST_PUSH(model->arena, &index->parts, part);
		}
		LIST_PUSH(model->arena, &table->indexes, index);
	}
}

/* --- checks and foreign keys ---------------------------------------------------------------- */

static void fix_checks(const struct random_model *model, struct table *table)
{
	for (size_t i = table->checks.n; i--;) {
		const struct column *base = base_of(table, table->checks.items[i]->expr);
		bool twice = false;
		for (size_t j = 0; j < i; j++)
			twice = twice ||
				check_equal(table->checks.items[i], table->checks.items[j]);
		if (!twice && base && model->wide && !is_child_column(table, base->name) &&
		    !base->generated && random_expr_fits(table, table->checks.items[i]->expr))
			continue;
		if (!twice && base && !base->auto_increment &&
		    type_class(&base->type) == CLASS_INTEGER && !is_child_column(table, base->name))
			continue;
		LIST_REMOVE(&table->checks, i);
	}
}

static bool is_key_class(enum type_class class)
{
	return class == CLASS_INTEGER || class == CLASS_DECIMAL || class == CLASS_STRING ||
	       class == CLASS_BINARY || class == CLASS_DATE || class == CLASS_DATETIME ||
	       class == CLASS_ENUM;
}

static bool references_key(const struct table *parent, const struct name_list *columns)
{
	for (size_t i = 0; i < parent->indexes.n; i++) {
		const struct index *index = parent->indexes.items[i];
		bool same = (index->kind == KEY_PRIMARY || index->kind == KEY_UNIQUE) &&
			    !option_find(&index->options, ATTR_WITHOUT_OVERLAPS) &&
			    index->parts.n == columns->n;
		for (size_t j = 0; same && j < columns->n; j++)
			same = !index->parts.items[j].length && !index->parts.items[j].desc &&
			       name_equal(index->parts.items[j].column, columns->items[j]);
		if (same)
			return true;
	}
	return false;
}

static bool columns_fit(const struct table *child, const struct table *parent,
			const struct foreign_key *key)
{
	for (size_t i = 0; i < key->columns.n; i++) {
		const struct column *a = table_column(child, key->columns.items[i]);
		const struct column *b = table_column(parent, key->parent_columns.items[i]);
		if (!a || !b || (child == parent && a == b) || a->generated || b->generated ||
		    a->auto_increment || option_find(&a->options, ATTR_COMPRESSED) ||
		    !type_equal(&a->type, &b->type) || !name_equal(a->charset, b->charset) ||
		    !name_equal(a->collation, b->collation) || !is_key_class(type_class(&a->type)))
			return false;
		for (size_t j = 0; j < i; j++)
			if (name_equal(key->columns.items[i], key->columns.items[j]))
				return false;
	}
	return true;
}

static bool can_set_null(const struct table *child, const struct foreign_key *key)
{
	for (size_t i = 0; i < key->columns.n; i++) {
		const struct column *column = table_column(child, key->columns.items[i]);
		if (!column->nullable || is_primary(child, column->name))
			return false;
	}
	return true;
}

/* Newer MariaDB refuses to cascade updates from a nullable column to one that is NOT NULL. */
static bool can_cascade(const struct random_model *model, const struct table *child,
			const struct table *parent, const struct foreign_key *key)
{
	for (size_t i = 0; i < key->columns.n; i++)
		if (!table_column(child, key->columns.items[i])->nullable &&
		    table_column(parent, key->parent_columns.items[i])->nullable)
			return random_can(model, CAP_CASCADE_FROM_NULL);
	return true;
}

/* What an update of the parent changes may overlap (4171). */
static bool may_overlap(const struct table *child, const struct foreign_key *key)
{
	for (size_t i = 0; i < child->indexes.n; i++) {
		const struct index *index = child->indexes.items[i];
		for (size_t j = 0; j < index->parts.n; j++)
			if (option_find(&index->options, ATTR_WITHOUT_OVERLAPS) &&
			    list_has(&key->columns, index->parts.items[j].column))
				return true;
	}
	return false;
}

static void fix_foreign_keys(struct random_model *model, struct schema *schema, struct table *child)
{
	struct foreign_key_list kept = { 0 };
	for (size_t i = 0; i < child->foreign_keys.n; i++) {
		const struct foreign_key *key = child->foreign_keys.items[i];
		const struct table *parent = schema_find_table(schema, key->parent);
		if (!parent || !random_is_engine(parent, "InnoDB") || parent->partition ||
		    !random_is_engine(child, "InnoDB") ||
		    !references_key(parent, &key->parent_columns) ||
		    !columns_fit(child, parent, key))
			continue;
		bool twice = false;
		for (size_t j = 0; j < kept.n; j++)
			twice = twice || (name_list_equal(&kept.items[j]->columns, &key->columns) &&
					  name_equal(kept.items[j]->parent, key->parent));
		if (twice)
			continue;
		if ((key->on_delete == FK_SET_NULL || key->on_update == FK_SET_NULL) &&
		    !can_set_null(child, key)) {
			struct foreign_key *copy = arena_memdup(model->arena, key, sizeof(*copy));
			copy->on_delete = copy->on_update = FK_DEFAULT;
			key = copy;
		}
		if (key->on_update == FK_CASCADE &&
		    (!can_cascade(model, child, parent, key) || may_overlap(child, key))) {
			struct foreign_key *copy = arena_memdup(model->arena, key, sizeof(*copy));
			copy->on_update = FK_DEFAULT;
			key = copy;
		}
		LIST_PUSH(model->arena, &kept, key);
	}
	child->foreign_keys = kept;
}

/* --- names ---------------------------------------------------------------------------------- */

struct names {
	struct random_model *model;
	struct map taken;
};

static void claim(struct names *names, const struct name *name)
{
	map_put(names->model->arena, &names->taken, name->key, names);
}

/* A name nobody has: the derived one, with a hash if it must be, or a new one that is named. */
static const struct name *free_name(struct names *names, const char *prefix,
				    const struct table *table, const struct name_list *columns,
				    const struct name *name, bool *named)
{
	struct random_model *model = names->model;
	if (!*named) {
		name = derive_name(model->ctx, prefix, table->name, columns);
		if (map_get(&names->taken, name->key))
			name = derive_name_hashed(model->ctx, prefix, table->name, columns);
	}
	if (map_get(&names->taken, name->key)) {
		name = random_global_name(model, prefix);
		*named = true;
	}
	claim(names, name);
	return name;
}

static void name_indexes(struct random_model *model, struct table *table)
{
	struct names names = { .model = model };
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < table->indexes.n; i++) {
			const struct index *index = table->indexes.items[i];
			if (index->kind == KEY_PRIMARY || index->named != !pass)
				continue;
			struct index *copy = arena_memdup(model->arena, index, sizeof(*copy));
			struct name_list columns = { 0 };
			for (size_t j = 0; j < index->parts.n; j++) {
				if (index->parts.items[j].column)
					LIST_PUSH(model->arena, &columns,
						  index->parts.items[j].column);
				else
					copy->named = true;
			}
			copy->name = free_name(&names, index->kind == KEY_UNIQUE ? "uq" : "ix",
					       table, &columns, index->name, &copy->named);
			table->indexes.items[i] = copy;
		}
	}
}

static void name_foreign_keys(struct names *names, struct table *table, bool named)
{
	for (size_t i = 0; i < table->foreign_keys.n; i++) {
		const struct foreign_key *key = table->foreign_keys.items[i];
		if (key->named != named)
			continue;
		struct foreign_key *copy = arena_memdup(names->model->arena, key, sizeof(*copy));
		copy->name = free_name(names, "fk", table, &key->columns, key->name, &copy->named);
		table->foreign_keys.items[i] = copy;
	}
}

static void name_checks(struct names *names, struct table *table, bool named)
{
	for (size_t i = 0; i < table->checks.n; i++) {
		const struct check *check = table->checks.items[i];
		if (check->named != named)
			continue;
		struct check *copy = arena_memdup(names->model->arena, check, sizeof(*copy));
		struct name_list columns = { 0 };
		const struct column *base = base_of(table, check->expr);
		LIST_PUSH(names->model->arena, &columns, base->name);
		copy->name = free_name(names, "ck", table, &columns, check->name, &copy->named);
		table->checks.items[i] = copy;
	}
}

static void name_constraints(struct random_model *model, struct schema *schema)
{
	struct names names = { .model = model };
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < schema->tables.n; i++) {
			name_foreign_keys(&names, schema->tables.items[i], !pass);
			name_checks(&names, schema->tables.items[i], !pass);
		}
	}
}

/* --- all ------------------------------------------------------------------------------------ */

void random_repair(struct random_model *model, struct schema *schema)
{
	for (size_t i = 0; i < schema->tables.n; i++) {
		struct table *table = schema->tables.items[i];
		random_fix_row_times(model, table);
		shorten_row(table);
		fix_generated(model, table);
		fix_visibility(model, table);
		fix_indexes(model, table);
		fix_auto_increment(model, table);
		/* a column that was one may be a base again, or no longer */
		fix_generated(model, table);
		fix_indexes(model, table);
		fix_vector(table);
		if (model->wide) {
			random_fix_partition(model, table);
			random_fix_periods(table);
		}
		/* the key it begins may be gone */
		fix_auto_increment(model, table);
	}
	for (size_t i = 0; i < schema->tables.n; i++)
		fix_foreign_keys(model, schema, schema->tables.items[i]);
	for (size_t i = 0; i < schema->tables.n; i++) {
		struct table *table = schema->tables.items[i];
		fix_checks(model, table);
		fix_visibility(model, table);
		if (model->wide)
			random_fix_table(model, schema, table);
		/* nor has every engine the key */
		fix_auto_increment(model, table);
		cover_foreign_keys(model, table);
		name_indexes(model, table);
	}
	name_constraints(model, schema);
}
