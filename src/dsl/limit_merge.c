#include "dsl/limit_merge.h"

#include "base/context.h"
#include "model/charset.h"
#include "model/merge.h"

/* --- two tables --------------------------------------------------------------------------------- */

static bool is_long(const struct type *type)
{
	enum type_class class = type_class(type);
	return class == CLASS_TEXT || class == CLASS_BLOB || class == CLASS_JSON ||
	       class == CLASS_SPATIAL;
}

/* In the row: of texts and blobs what says how long they are. */
static unsigned bytes_of(const struct column *column)
{
	static const struct {
		enum type_id type;
		unsigned bytes;
	} lengths[] = {
		{ TYPE_TINYTEXT, 1 }, { TYPE_TINYBLOB, 1 },   { TYPE_TEXT, 2 },
		{ TYPE_BLOB, 2 },     { TYPE_MEDIUMTEXT, 3 }, { TYPE_MEDIUMBLOB, 3 },
	};
	if (!is_long(&column->type))
		return type_key_bytes(&column->type,
				      column->charset ? charset_bytes(column->charset) : 1);
	for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
		if (lengths[i].type == column->type.id)
			return lengths[i].bytes;
	return 4;
}

/* Have its rows one length each? ROW_FORMAT says so, but of those with texts and blobs. */
static bool is_fixed(const struct table *table)
{
	const char *format = option_find(&table->options, ATTR_ROW_FORMAT);
	bool varies = format && !word_equal(format, "FIXED");
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct type *type = &table->columns.items[i]->type;
		varies |= is_long(type) ||
			  (!format && (type->id == TYPE_VARCHAR || type->id == TYPE_VARBINARY));
	}
	return !varies;
}

static bool has_generated(const struct table *table)
{
	for (size_t i = 0; i < table->columns.n; i++)
		if (table->columns.items[i]->generated)
			return true;
	return false;
}

/* What differs, for a message; NULL: nothing. */
static const char *columns_differ(struct arena *arena, const struct table *a, const struct table *b)
{
	if (has_generated(a) || has_generated(b)) /* which ones are stored is the server's affair */
		return NULL;
	if (a->columns.n != b->columns.n)
		return arena_printf(arena, "has %zu columns, not %zu", b->columns.n, a->columns.n);
	for (size_t i = 0; i < a->columns.n; i++) {
		const struct column *one = a->columns.items[i], *other = b->columns.items[i];
		const char *name = other->name->text;
		if (one->nullable != other->nullable)
			return arena_printf(arena, "has column '%s' %s", name,
					    other->nullable ? "null" : "not null");
		if (bytes_of(one) != bytes_of(other))
			return arena_printf(arena, "has column '%s' of another size", name);
	}
	return is_fixed(a) == is_fixed(b) ? NULL : "has another row_format";
}

static bool same_parts(const struct table *a, const struct index *of_a, const struct table *b,
		       const struct index *of_b)
{
	if (of_a->parts.n != of_b->parts.n)
		return false;
	for (size_t i = 0; i < of_a->parts.n; i++) {
		const struct index_part *one = &of_a->parts.items[i];
		const struct index_part *other = &of_b->parts.items[i];
		if (!one->column || !other->column || one->length != other->length ||
		    table_column_at(a, one->column) != table_column_at(b, other->column))
			return false;
	}
	return true;
}

static const char *indexes_differ(struct resolver *r, const struct table *a, const struct table *b)
{
	for (size_t i = 0; i < a->indexes.n; i++) {
		bool found = false;
		for (size_t j = 0; j < b->indexes.n && !found; j++)
			found = same_parts(a, a->indexes.items[i], b, b->indexes.items[j]);
		if (!found)
			return arena_printf(r->arena, "has no index like '%s'",
					    a->indexes.items[i]->name->text);
	}
	return NULL;
}

/* `first` is the first table of the union. */
static const char *why_not(struct resolver *r, const struct table *table, const struct table *child,
			   const struct table *first)
{
	if (child == table)
		return "is that table";
	if (!word_equal(child->engine->text, "MyISAM"))
		return arena_printf(r->arena, "is of engine %s, not MyISAM", child->engine->text);
	if (child->partition)
		return "is partitioned";
	const char *why = columns_differ(r->arena, table, child);
	if (!why)
		why = indexes_differ(r, table, child);
	if (!why && first && first->indexes.n != child->indexes.n &&
	    !server_has(r->server, CAP_MERGE_INDEXES_DIFFER))
		why = arena_printf(r->arena, "has %zu indexes, '%s' has %zu", child->indexes.n,
				   first->name->text, first->indexes.n);
	return why;
}

/* --- the names of a union ----------------------------------------------------------------------- */

/* NULL: of another database, or not there. */
static const struct draft *find_child(const struct resolver *r, const struct expr *name)
{
	return name->kind == EXPR_COLUMN && !name->args.n ? scope_table(r, name->name) : NULL;
}

static void check_child(struct resolver *r, const struct draft *draft, const struct expr *name,
			const struct table *first, struct span span)
{
	const struct table *table = draft->table;
	if (name->kind != EXPR_COLUMN) {
		scope_error(r, "option", span, "the union of table '%s' takes names of tables",
			    table->name->text);
		return;
	}
	const struct draft *child = find_child(r, name);
	if (name->args.n ||
	    (!child && r->ctx->is_ignored && r->ctx->is_ignored(r->ctx->of_ignored, name->name)))
		return;
	if (!child) {
		struct diag *diag = scope_error(
			r, "option", span,
			"the union of table '%s' names '%s', which is no table here (error 1168)",
			table->name->text, name->name->text);
		ctx_hint(r->ctx, diag,
			 "declare it, or name it in ignore_tables");
		return;
	}
	const char *why =
		draft->broken || child->broken ? NULL : why_not(r, table, child->table, first);
	if (!why)
		return;
	struct diag *diag = scope_error(r, "option", span,
					"table '%s' can't be in the union of table '%s': it %s "
					"(error %u)",
					child->table->name->text, table->name->text, why,
					child->table == table ? 1472 : 1168);
	ctx_place(r->ctx, diag, scope_span(child->item->name, child->item), "this table");
}

static void check_engine(struct resolver *r, const struct draft *draft, enum tree_attr_kind kind)
{
	const struct tree_attr *attr = tree_find_attr(&draft->item->attrs, kind);
	if (attr && option_find(&draft->table->options, kind))
		scope_error(r, "option", attr->span,
			    "table '%s' is of engine %s: only MERGE tables have '%s'",
			    draft->table->name->text, draft->table->engine->text,
			    tree_attr_spelling(kind));
}

void limit_merge(struct resolver *r, const struct draft *draft)
{
	const struct tree_attr *attr = tree_find_attr(&draft->item->attrs, ATTR_UNION);
	if (!table_is_merge(draft->table)) {
		check_engine(r, draft, ATTR_UNION);
		check_engine(r, draft, ATTR_INSERT_METHOD);
		return;
	}
	if (!attr || !attr->expr)
		return;
	const struct table *first = NULL;
	bool row = attr->expr->kind == EXPR_ROW;
	for (size_t i = 0; i < (row ? attr->expr->args.n : 1); i++) {
		const struct expr *name = row ? attr->expr->args.items[i] : attr->expr;
		const struct draft *child = find_child(r, name);
		if (!first && child)
			first = child->table;
		check_child(r, draft, name, first, name->span.src ? name->span : attr->span);
	}
}
