#include "lint/judge_loose.h"

#include <string.h>

#include "base/buf.h"
#include "base/name.h"
#include "model/equal.h"

/* --- types -------------------------------------------------------------------------------------- */

/* Lengths of strings may differ, nothing else. The collations of enums do so for a server that takes
 * the key, and MySQL 9.7 may then find no parent to any row (measured: utf16 and utf8mb4). */
static bool is_loose(const struct column *child, const struct column *parent)
{
	struct type a = child->type, b = parent->type;
	enum type_class class = type_class(&a);
	bool lengths = class == CLASS_STRING || class == CLASS_BINARY || class == CLASS_INTEGER;
	if (lengths)
		a.length = b.length;
	a.zerofill = b.zerofill;
	return !type_equal(&a, &b) || child->collation != parent->collation;
}

bool loose_pair(const struct table *table, const struct table *parent,
		const struct foreign_key *key, size_t *pair)
{
	for (size_t i = 0; i < key->columns.n && i < key->parent_columns.n; i++) {
		const struct column *child = table_column(table, key->columns.items[i]);
		const struct column *other = table_column(parent, key->parent_columns.items[i]);
		*pair = i;
		if (child && other && is_loose(child, other))
			return true;
	}
	return false;
}

static void report_types(const struct report *r)
{
	for (size_t i = 0; r->parent && i < r->key->columns.n; i++) {
		const struct column *child = report_child(r, i), *parent = report_parent(r, i);
		if (!child || !parent || !is_loose(child, parent))
			continue;
		struct diag *diag = ctx_warning(
			r->ctx, "fk-loose", child->span.src ? child->span : r->key->span,
			"foreign key '%s': a server takes '%s.%s' for '%s.%s', but the types "
			"differ",
			r->key->name->text, r->table->name->text, child->name->text,
			report_table(r, r->parent), parent->name->text);
		bool origins = child->collation != parent->collation;
		report_place_column(r, diag, r->table, child, origins);
		report_place_column(r, diag, r->parent, parent, origins);
		report_hint_type(r, diag, i);
	}
}

/* --- keys that a table has twice ---------------------------------------------------------------- */

/* Do both tie the same columns? The pairs may stand in any order. */
static bool ties_the_same(const struct report *r, const struct foreign_key *other)
{
	const struct foreign_key *key = r->key;
	if (other->columns.n != key->columns.n || other->parent_columns.n != key->columns.n ||
	    !schema_same_table(r->schema, other->parent, key->parent) ||
	    !key->parent_database != !other->parent_database ||
	    (key->parent_database &&
	     !schema_same_table(r->schema, other->parent_database, key->parent_database)))
		return false;
	for (size_t i = 0; i < key->columns.n; i++) {
		size_t j = 0;
		while (j < other->columns.n &&
		       (!name_equal(other->columns.items[j], key->columns.items[i]) ||
			!name_equal(other->parent_columns.items[j], key->parent_columns.items[i])))
			j++;
		if (j == other->columns.n)
			return false;
	}
	return true;
}

static bool acts_the_same(const struct foreign_key *a, const struct foreign_key *b)
{
	struct foreign_key twin = *a;
	twin.on_delete = b->on_delete;
	twin.on_update = b->on_update;
	return foreign_key_equal(&twin, a);
}

/*
 * Every server takes both. Of different actions one is carried out: of MySQL before 8.0 and MariaDB
 * that of the key whose name comes first, of MySQL 8.0 and later that of the one made first (measured
 * on all five: CASCADE, SET NULL and RESTRICT against one another, in both orders).
 */
static void report_twice(const struct report *r)
{
	const struct foreign_key_list *keys = &r->table->foreign_keys;
	const struct foreign_key *first = NULL;
	for (size_t i = 0; i < keys->n && keys->items[i] != r->key && !first; i++)
		if (ties_the_same(r, keys->items[i]))
			first = keys->items[i];
	if (!first)
		return;
	bool same = acts_the_same(first, r->key);
	struct diag *diag = ctx_warning(
		r->ctx, "fk-duplicate", r->key->span,
		same ? "foreign keys '%s' and '%s' say the same"
		     : "foreign keys '%s' and '%s' tie the same columns, with other actions",
		first->name->text, r->key->name->text);
	ctx_place(r->ctx, diag, first->span, "'%s'", first->name->text);
	if (!same)
		ctx_place(r->ctx, diag, span_none(),
			  "servers carry out one of the two: by their names, or by which was made "
			  "first");
	ctx_hint(r->ctx, diag, same ? "take one of them away" : "keep the one that is meant");
}

/* --- all of it ---------------------------------------------------------------------------------- */

void loose_report(const struct report *r)
{
	report_types(r);
	report_twice(r);
}

const char *loose_words(const char *rule)
{
	static const struct {
		const char *rule, *words;
	} warnings[] = {
#define WARNING(rule, words) { rule, words },
#include "lint/judge.def"
#undef WARNING
	};
	for (size_t i = 0; i < sizeof(warnings) / sizeof(*warnings); i++)
		if (!strcmp(warnings[i].rule, rule))
			return warnings[i].words;
	return NULL;
}
