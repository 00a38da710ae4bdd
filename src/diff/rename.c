#include "diff/rename.h"

#include "base/buf.h"
#include "base/context.h"

#include <string.h>

/* --- expressions ---------------------------------------------------------------------------- */

static const struct expr *rename_in_expr(struct arena *arena, const struct expr *expr,
					 const struct name *from, const struct name *to)
{
	return expr_uses_column(expr, from) ? expr_rename_column(arena, expr, from, to) : expr;
}

/* --- parts ---------------------------------------------------------------------------------- */

static bool column_mentions(const struct column *column, const struct name *name)
{
	return expr_uses_column(column->generated, name) || expr_uses_column(column->check, name) ||
	       (column->default_kind == DEFAULT_EXPR &&
		expr_uses_column(column->default_value, name));
}

static struct column *rewrite_column(struct arena *arena, const struct column *column,
				     const struct name *from, const struct name *to)
{
	struct column *copy = arena_memdup(arena, column, sizeof(*copy));
	copy->generated = rename_in_expr(arena, column->generated, from, to);
	copy->check = rename_in_expr(arena, column->check, from, to);
	if (column->default_kind == DEFAULT_EXPR)
		copy->default_value = rename_in_expr(arena, column->default_value, from, to);
	return copy;
}

const struct column *rename_column_copy(struct arena *arena, const struct column *column,
					const struct name *from, const struct name *to)
{
	struct column *copy = rewrite_column(arena, column, from, to);
	copy->name = to;
	return copy;
}

static struct name_list rewrite_names(struct arena *arena, const struct name_list *names,
				      const struct name *from, const struct name *to)
{
	struct name_list copy = { 0 };
	for (size_t i = 0; i < names->n; i++)
		LIST_PUSH(arena, &copy, name_equal(names->items[i], from) ? to : names->items[i]);
	return copy;
}

static const struct index *rewrite_index(struct arena *arena, const struct index *index,
					 const struct name *from, const struct name *to)
{
	bool used = false;
	for (size_t i = 0; i < index->parts.n && !used; i++)
		used = name_equal(index->parts.items[i].column, from) ||
		       expr_uses_column(index->parts.items[i].expr, from);
	if (!used)
		return index;
	struct index *copy = arena_memdup(arena, index, sizeof(*copy));
	copy->parts = (struct index_part_list){ 0 };
	for (size_t i = 0; i < index->parts.n; i++) {
		struct index_part part = index->parts.items[i];
		if (name_equal(part.column, from))
			part.column = to;
		part.expr = rename_in_expr(arena, part.expr, from, to);
		LIST_PUSH(arena, &copy->parts, part);
	}
	return copy;
}

static const struct foreign_key *rewrite_key(struct arena *arena, const struct foreign_key *key,
					     bool is_child, bool is_parent, const struct name *from,
					     const struct name *to)
{
	is_child = is_child && name_list_has(&key->columns, from);
	is_parent = is_parent && name_list_has(&key->parent_columns, from);
	if (!is_child && !is_parent)
		return key;
	struct foreign_key *copy = arena_memdup(arena, key, sizeof(*copy));
	if (is_child)
		copy->columns = rewrite_names(arena, &key->columns, from, to);
	if (is_parent)
		copy->parent_columns = rewrite_names(arena, &key->parent_columns, from, to);
	return copy;
}

static void rewrite_idents(struct arena *arena, struct tree_ident_list *list,
			   const struct name *from, const struct name *to)
{
	struct tree_ident_list copy = { 0 };
	for (size_t i = 0; i < list->n; i++) {
		struct tree_ident ident = list->items[i];
		if (name_equal(ident.name, from))
			ident.name = to;
		LIST_PUSH(arena, &copy, ident);
	}
	*list = copy;
}

static const struct tree_partition *rewrite_partition(struct arena *arena,
						      const struct tree_partition *partition,
						      const struct name *from,
						      const struct name *to)
{
	struct tree_partition *copy = arena_memdup(arena, partition, sizeof(*copy));
	if (expr_uses_column(partition->expr, from))
		copy->expr = expr_rename_column(arena, partition->expr, from, to);
	if (expr_uses_column(partition->sub_expr, from))
		copy->sub_expr = expr_rename_column(arena, partition->sub_expr, from, to);
	rewrite_idents(arena, &copy->columns, from, to);
	rewrite_idents(arena, &copy->sub_columns, from, to);
	return copy;
}

/* --- the two renames ------------------------------------------------------------------------ */

static void rename_in_table(struct arena *arena, struct table *table, const struct name *from,
			    const struct name *to)
{
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column **column = &table->columns.items[i];
		if (name_equal((*column)->name, from))
			*column = rename_column_copy(arena, *column, from, to);
		else if (column_mentions(*column, from))
			*column = rewrite_column(arena, *column, from, to);
	}
	for (size_t i = 0; i < table->indexes.n; i++)
		table->indexes.items[i] = rewrite_index(arena, table->indexes.items[i], from, to);
	for (size_t i = 0; i < table->checks.n; i++) {
		const struct check *check = table->checks.items[i];
		if (!expr_uses_column(check->expr, from))
			continue;
		struct check *copy = arena_memdup(arena, check, sizeof(*copy));
		copy->expr = expr_rename_column(arena, check->expr, from, to);
		table->checks.items[i] = copy;
	}
	for (size_t i = 0; i < table->periods.n; i++) {
		const struct period *period = table->periods.items[i];
		if (!period_uses(period, from))
			continue;
		struct period *copy = arena_memdup(arena, period, sizeof(*copy));
		copy->from = name_equal(period->from, from) ? to : period->from;
		copy->to = name_equal(period->to, from) ? to : period->to;
		table->periods.items[i] = copy;
	}
	if (table->partition)
		table->partition = rewrite_partition(arena, table->partition, from, to);
}

void rename_column_in_schema(struct schema *schema, struct table *table, const struct name *from,
			     const struct name *to)
{
	rename_in_table(schema->arena, table, from, to);
	for (size_t i = 0; i < schema->tables.n; i++) {
		struct table *child = schema->tables.items[i];
		for (size_t j = 0; j < child->foreign_keys.n; j++) {
			const struct foreign_key **key = &child->foreign_keys.items[j];
			bool is_parent = !(*key)->parent_database &&
					 schema_same_table(schema, (*key)->parent, table->name);
			*key = rewrite_key(schema->arena, *key, child == table, is_parent, from,
					   to);
		}
	}
}

/* As the server keeps the name of a table. */
static const struct name *stored_name(const struct schema *schema, const struct name *name)
{
	bool lower = schema->server && schema->server->lower_case_table_names == 1;
	return lower ? name->key : name;
}

/* `<to>MARK…` for a constraint called `<from>MARK…`, in the same case; NULL for one that keeps its
 * name. */
static const struct name *rename_constraint(const struct schema *schema,
					    const struct name *constraint, const struct name *table,
					    const struct name *table_after, const char *mark)
{
	const struct name *from = stored_name(schema, table),
			  *to = stored_name(schema, table_after);
	size_t mark_len = strlen(mark);
	if (constraint->len <= from->len + mark_len ||
	    memcmp(constraint->text, from->text, from->len) != 0 ||
	    memcmp(constraint->text + from->len, mark, mark_len) != 0)
		return NULL;
	struct buf text = { 0 };
	buf_add(&text, to->text);
	buf_add(&text, constraint->text + from->len);
	const struct name *renamed = ctx_name(schema->ctx, buf_text(&text));
	buf_free(&text);
	return renamed;
}

static void rename_foreign_keys(struct schema *schema, struct table *table, const struct name *to)
{
	for (size_t i = 0; i < table->foreign_keys.n; i++) {
		const struct foreign_key *key = table->foreign_keys.items[i];
		const struct name *name =
			rename_constraint(schema, key->name, table->name, to, "_ibfk_");
		if (!name)
			continue;
		struct foreign_key *copy = arena_memdup(schema->arena, key, sizeof(*copy));
		copy->name = name;
		table->foreign_keys.items[i] = copy;
	}
}

static void rename_checks(struct schema *schema, struct table *table, const struct name *to)
{
	for (size_t i = 0; i < table->checks.n; i++) {
		const struct check *check = table->checks.items[i];
		const struct name *name =
			rename_constraint(schema, check->name, table->name, to, "_chk_");
		if (!name)
			continue;
		struct check *copy = arena_memdup(schema->arena, check, sizeof(*copy));
		copy->name = name;
		table->checks.items[i] = copy;
	}
}

void rename_table_in_schema(struct schema *schema, struct table *table, const struct name *to)
{
	rename_foreign_keys(schema, table, to);
	if (schema->server && server_has(schema->server, CAP_RENAME_TABLE_CHECKS))
		rename_checks(schema, table, to);
	schema_rename_table(schema, table->name, to);
}
