#include "dsl/resolve_outside.h"

#include "base/buf.h"
#include "dsl/resolve_type.h"
#include "dsl/unresolve.h"
#include "syntax/print.h"

static const struct table *find_table(const struct resolver *r, const struct tree_table_name *name)
{
	if (!r->ctx->outside_table)
		return NULL;
	return r->ctx->outside_table(r->ctx->of_outside, name->database.name, name->table.name);
}

/* The column of that table: the one that is named, else that of a primary key of one. */
static const struct column *find_column(struct resolver *r, const struct tree_table_name *name,
					const struct tree_ident_list *columns)
{
	const struct table *table = find_table(r, name);
	if (!table || columns->n > 1)
		return NULL;
	if (columns->n)
		return table_column(table, columns->items[0].name);
	const struct index *primary = table_primary_key(table);
	return primary && primary->parts.n == 1 && primary->parts.items[0].column
		       ? table_column(table, primary->parts.items[0].column)
		       : NULL;
}

/* The type's attributes, then those of the column; a reference names its column. */
static void add_attrs(struct resolver *r, struct tree_attr_list *attrs,
		      const struct tree_item *item, const struct column *other)
{
	for (size_t i = 0; i < item->attrs.n; i++) {
		struct tree_attr attr = item->attrs.items[i];
		if (attr.kind == ATTR_CHARSET || attr.kind == ATTR_COLLATE)
			continue;
		if (attr.reference && !attr.reference->columns.n) {
			struct tree_ident column = { other->name, span_none() };
			attr.reference =
				arena_memdup(r->arena, attr.reference, sizeof(*attr.reference));
			LIST_PUSH(r->arena, &attr.reference->columns, column);
		}
		LIST_PUSH(r->arena, attrs, attr);
	}
}

/* The column as it has to be written. */
static void hint_written(struct resolver *r, struct diag *diag, const struct tree_item *item,
			 const struct column *other)
{
	struct column typed = { .name = item->name.name,
				.type = other->type,
				.charset = other->charset,
				.collation = other->collation,
				.comment = "" };
	struct tree_item *written =
		unresolve_column(r->ctx, r->arena, &typed, NULL, UNRESOLVE_FULL);
	struct buf out = { 0 };
	add_attrs(r, &written->attrs, item, other);
	print_entry(&out, written);
	ctx_hint(r->ctx, diag, "%s", buf_text(&out));
	buf_free(&out);
}

static struct diag *refuse(struct resolver *r, const struct draft_column *draft,
			   const struct tree_table_name *name)
{
	return scope_error(r, "like", name->database.span,
			   "the type of '%s' is not known here: %s.%s is not managed",
			   column_words(r, draft), name->database.name->text,
			   name->table.name->text);
}

/* `what` follows the type: " references crm.users (id)". */
static void hint_type(struct resolver *r, struct diag *diag, const struct draft_column *draft,
		      const char *what)
{
	ctx_hint(r->ctx, diag, "write the type out: %s TYPE%s", draft->item->name.name->text, what);
	if (!r->ctx->outside_table)
		ctx_hint(r->ctx, diag,
			 "with the database connected (--database URL) it stands here");
}

bool outside_refuse_like(struct resolver *r, const struct draft_column *draft)
{
	const struct tree_item *item = draft->item;
	struct tree_ident_list columns = { 0 };
	struct diag *diag = refuse(r, draft, &item->like_table);
	LIST_PUSH(r->arena, &columns, item->like_column);
	const struct column *other = find_column(r, &item->like_table, &columns);
	if (other)
		hint_written(r, diag, item, other);
	else
		hint_type(r, diag, draft, "");
	return false;
}

/* Are they table and column of the models? Hints so. */
static bool hint_column(struct resolver *r, struct diag *diag,
			const struct tree_reference *reference)
{
	const struct tree_table_name *name = &reference->table;
	const struct draft *table =
		name->database.name ? scope_table(r, name->database.name) : NULL;
	if (!table || reference->columns.n || !scope_column(table, name->table.name))
		return false;
	ctx_hint(r->ctx, diag, "references %s (%s)", name->database.name->text,
		 name->table.name->text);
	return true;
}

bool outside_refuse_columns(struct resolver *r, const struct tree_reference *reference)
{
	const struct tree_table_name *name = &reference->table;
	struct diag *diag = scope_error(r, "references", reference->span,
					"the referenced columns have to be written here");
	if (!name->database.name || hint_column(r, diag, reference))
		return false;
	const struct table *table = find_table(r, name);
	const struct index *primary = table ? table_primary_key(table) : NULL;
	struct buf out = { 0 };
	for (size_t i = 0; primary && i < primary->parts.n; i++) {
		buf_add(&out, i ? ", " : "");
		print_name(&out, primary->parts.items[i].column, false);
	}
	if (out.len)
		ctx_hint(r->ctx, diag, "references %s.%s (%s)", name->database.name->text,
			 name->table.name->text, buf_text(&out));
	buf_free(&out);
	return false;
}

bool outside_refuse_reference(struct resolver *r, const struct draft_column *draft,
			      const struct tree_reference *reference)
{
	struct diag *diag = refuse(r, draft, &reference->table);
	if (hint_column(r, diag, reference))
		return false;
	const struct column *other = find_column(r, &reference->table, &reference->columns);
	if (other) {
		hint_written(r, diag, draft->item, other);
		return false;
	}
	const char *column =
		reference->columns.n == 1 ? reference->columns.items[0].name->text : "COLUMN";
	hint_type(r, diag, draft,
		  arena_printf(r->arena, " references %s.%s (%s)",
			       reference->table.database.name->text,
			       reference->table.table.name->text, column));
	return false;
}
