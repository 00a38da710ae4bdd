#include "tests/support/mutate.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static bool has_ident(const struct tree_ident_list *list, const struct name *name)
{
	for (size_t i = 0; i < list->n; i++)
		if (name_equal(list->items[i].name, name))
			return true;
	return false;
}

/* A column of the table that is not in the list. */
static const struct name *free_column(const struct tree_item *table,
				      const struct tree_ident_list *list)
{
	for (size_t i = 0; table && i < table->items.n; i++) {
		const struct tree_item *item = table->items.items[i];
		if (item->kind == TREE_COLUMN && item->name.name &&
		    !has_ident(list, item->name.name))
			return item->name.name;
	}
	return NULL;
}

/* --- keys ------------------------------------------------------------------------------------- */

static void change_kind(const struct mutate *m, size_t at)
{
	static const enum tree_key_kind kinds[] = { KEY_UNIQUE, KEY_INDEX, KEY_FULLTEXT,
						    KEY_PRIMARY };
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct mutate_edit edit = mutate_edit(m, at);
		if (edit.item->key == kinds[i])
			continue;
		edit.item->key = kinds[i];
		if (kinds[i] == KEY_PRIMARY)
			edit.item->name.name = NULL;
		mutate_found(m, &edit, 'K', "kind", "changed");
	}
}

static void change_length(const struct mutate *m, size_t at, size_t i, unsigned length)
{
	struct mutate_edit edit = mutate_edit(m, at);
	unsigned *of = &edit.item->parts.items[i].length;
	const char *how = !length ? "dropped" : *of ? "changed" : "added";
	*of = length;
	mutate_found(m, &edit, 'K', "prefix length", how);
}

static void change_part_column(const struct mutate *m, size_t at, size_t i)
{
	struct tree_ident_list parts = { 0 };
	const struct tree_part_list *list = &m->item->items.items[at]->parts;
	for (size_t j = 0; j < list->n; j++)
		if (list->items[j].column.name)
			LIST_PUSH(m->arena, &parts, list->items[j].column);
	const struct name *other = free_column(m->item, &parts);
	if (!other)
		return;
	struct mutate_edit edit = mutate_edit(m, at);
	edit.item->parts.items[i].column.name = other;
	mutate_found(m, &edit, 'K', "part", "changed");
	edit = mutate_edit(m, at);
	struct tree_part added = { .column = { .name = other } };
	LIST_PUSH(m->arena, &edit.item->parts, added);
	mutate_found(m, &edit, 'K', "part", "added");
}

static void mutate_part(const struct mutate *m, size_t at, size_t i)
{
	const struct tree_part *part = &m->item->items.items[at]->parts.items[i];
	struct expr_list exprs = { 0 };
	struct mutate_edit edit;
	if (part->length) {
		change_length(m, at, i, 0);
		change_length(m, at, i, part->length + 1);
	} else if (part->column.name) {
		change_length(m, at, i, 3);
	}
	if (part->column.name)
		change_part_column(m, at, i);
	else
		mutate_exprs(m, part->expr, &exprs);
	for (size_t j = 0; j < exprs.n; j++) {
		edit = mutate_edit(m, at);
		edit.item->parts.items[i].expr = exprs.items[j];
		mutate_found(m, &edit, 'K', "expression", "changed");
	}
	edit = mutate_edit(m, at);
	edit.item->parts.items[i].desc = !part->desc;
	mutate_found(m, &edit, 'K', "direction", "changed");
	edit = mutate_edit(m, at);
	LIST_REMOVE(&edit.item->parts, i);
	if (edit.item->parts.n)
		mutate_found(m, &edit, 'K', "part", "dropped");
	if (i == 0)
		return;
	edit = mutate_edit(m, at);
	edit.item->parts.items[i] = edit.item->parts.items[i - 1];
	edit.item->parts.items[i - 1] = *part;
	mutate_found(m, &edit, 'K', "part order", "changed");
}

void mutate_key(const struct mutate *m, size_t at)
{
	change_kind(m, at);
	for (size_t i = 0; i < m->item->items.items[at]->parts.n; i++)
		mutate_part(m, at, i);
}

/* --- foreign keys ----------------------------------------------------------------------------- */

static const struct tree_item *find_table(const struct mutate *m, const struct name *name)
{
	for (size_t i = 0; i < m->file->items.n; i++) {
		const struct tree_item *item = m->file->items.items[i];
		if (item->kind == TREE_TABLE && name_equal(item->name.name, name))
			return item;
	}
	return NULL;
}

static struct mutate_reference *add_reference(const struct mutate *m, const char *what,
					      const struct tree_reference *reference,
					      struct reference_list *out)
{
	struct mutate_reference changed = { what, *reference };
	MUTATE_OWN(m->arena, &changed.reference.columns);
	LIST_PUSH(m->arena, out, changed);
	return &out->items[out->n - 1];
}

static bool restricts(const struct name *action)
{
	return !action || word_equal(action->text, "restrict") ||
	       word_equal(action->text, "no action");
}

static void change_action(const struct mutate *m, const struct tree_reference *reference,
			  bool on_delete, struct reference_list *out)
{
	static const char *const actions[] = { "", "restrict", "no action", "cascade", "set null" };
	const struct name *there =
		on_delete ? reference->on_delete.name : reference->on_update.name;
	for (size_t i = 0; i < COUNT(actions); i++) {
		const struct name *action = *actions[i] ? ctx_name(m->ctx, actions[i]) : NULL;
		if (name_equal(action, there))
			continue;
		const char *what = restricts(action) && restricts(there) ? "restrict or no action"
				   : on_delete                           ? "on delete"
									 : "on update";
		struct mutate_reference *changed = add_reference(m, what, reference, out);
		if (on_delete)
			changed->reference.on_delete.name = action;
		else
			changed->reference.on_update.name = action;
	}
}

static void change_parent(const struct mutate *m, const struct tree_reference *reference,
			  struct reference_list *out)
{
	const struct tree_item *parent = find_table(m, reference->table.table.name);
	const struct name *column = free_column(parent, &reference->columns);
	const struct name *elsewhere = ctx_name(m->ctx, "elsewhere");
	struct mutate_reference *changed = add_reference(m, "parent", reference, out);
	changed->reference.table.database.name = reference->table.database.name ? NULL : elsewhere;
	for (size_t i = 0; i < m->file->items.n; i++) {
		const struct tree_item *item = m->file->items.items[i];
		if (item->kind != TREE_TABLE || item == parent)
			continue;
		changed = add_reference(m, "parent", reference, out);
		changed->reference.table.table.name = item->name.name;
	}
	if (reference->columns.n && column) {
		changed = add_reference(m, "parent columns", reference, out);
		changed->reference.columns.items[0].name = column;
	}
	if (reference->columns.n > 1) {
		changed = add_reference(m, "parent columns", reference, out);
		changed->reference.columns.items[0] = reference->columns.items[1];
		changed->reference.columns.items[1] = reference->columns.items[0];
	}
}

void mutate_references(const struct mutate *m, const struct tree_reference *reference,
		       struct reference_list *out)
{
	change_action(m, reference, true, out);
	change_action(m, reference, false, out);
	change_parent(m, reference, out);
}

static void change_own_columns(const struct mutate *m, size_t at)
{
	const struct tree_item *key = m->item->items.items[at];
	const struct name *column = free_column(m->item, &key->columns);
	struct mutate_edit edit;
	if (column) {
		edit = mutate_edit(m, at);
		edit.item->columns.items[0].name = column;
		mutate_found(m, &edit, 'F', "columns", "changed");
	}
	if (key->columns.n < 2)
		return;
	edit = mutate_edit(m, at);
	edit.item->columns.items[0] = key->columns.items[1];
	edit.item->columns.items[1] = key->columns.items[0];
	mutate_found(m, &edit, 'F', "columns", "changed");
	edit = mutate_edit(m, at);
	edit.item->columns.n--;
	if (edit.item->reference.columns.n)
		edit.item->reference.columns.n--;
	mutate_found(m, &edit, 'F', "columns", "dropped");
}

void mutate_foreign_key(const struct mutate *m, size_t at)
{
	struct reference_list changed = { 0 };
	change_own_columns(m, at);
	mutate_references(m, &m->item->items.items[at]->reference, &changed);
	for (size_t i = 0; i < changed.n; i++) {
		struct mutate_edit edit = mutate_edit(m, at);
		edit.item->reference = changed.items[i].reference;
		mutate_found(m, &edit, 'F', changed.items[i].what, "changed");
	}
}

/* --- partitions ------------------------------------------------------------------------------- */

static struct tree_partition *own_partition(const struct mutate *m, struct mutate_edit *edit)
{
	struct tree_partition *copy = arena_memdup(m->arena, edit->item->partition, sizeof(*copy));
	MUTATE_OWN(m->arena, &copy->columns);
	MUTATE_OWN(m->arena, &copy->sub_columns);
	MUTATE_OWN(m->arena, &copy->defs);
	for (size_t i = 0; i < copy->defs.n; i++) {
		struct tree_partition_def *def = &copy->defs.items[i];
		MUTATE_OWN(m->arena, &def->attrs);
		MUTATE_OWN(m->arena, &def->bounds);
		MUTATE_OWN(m->arena, &def->subpartitions);
		for (size_t j = 0; j < def->subpartitions.n; j++)
			MUTATE_OWN(m->arena, &def->subpartitions.items[j].attrs);
	}
	edit->item->partition = copy;
	return copy;
}

/* The list of partitions is not compared where other jobs own it. */
static void found_list(const struct mutate *m, const struct mutate_edit *edit, const char *what,
		       const char *how)
{
	bool external = edit->item->partition && edit->item->partition->managed_externally;
	mutate_found(m, edit, 'P', external ? "managed externally" : what, how);
}

#define NO_SUB ((size_t)-1)

static struct tree_partition_def *edit_def(const struct mutate *m, struct mutate_edit *edit,
					   size_t def, size_t sub)
{
	struct tree_partition_def *of = &own_partition(m, edit)->defs.items[def];
	return sub == NO_SUB ? of : &of->subpartitions.items[sub];
}

static struct tree_attr_list *attrs_of_def(const struct mutate *m, const struct mutate_spot *spot,
					   struct mutate_edit *edit)
{
	return &edit_def(m, edit, spot->def, spot->sub)->attrs;
}

static void mutate_bounds(const struct mutate *m, size_t at, size_t d)
{
	const struct tree_partition_def *def = &m->item->items.items[at]->partition->defs.items[d];
	for (size_t i = 0; i < def->bounds.n; i++) {
		struct expr_list exprs = { 0 };
		mutate_exprs(m, def->bounds.items[i], &exprs);
		for (size_t j = 0; j < exprs.n; j++) {
			struct mutate_edit edit = mutate_edit(m, at);
			edit_def(m, &edit, d, NO_SUB)->bounds.items[i] = exprs.items[j];
			found_list(m, &edit, "bound", "changed");
		}
		if (def->bounds.n < 2)
			continue;
		struct mutate_edit edit = mutate_edit(m, at);
		LIST_REMOVE(&edit_def(m, &edit, d, NO_SUB)->bounds, i);
		found_list(m, &edit, "bound", "dropped");
	}
}

static void mutate_def(const struct mutate *m, size_t at, size_t d, size_t sub)
{
	const struct tree_partition_def *def = &m->item->items.items[at]->partition->defs.items[d];
	const struct tree_partition_def *of = sub == NO_SUB ? def : &def->subpartitions.items[sub];
	struct mutate_spot spot = {
		.at = at, .place = 'P', .attrs = attrs_of_def, .def = d, .sub = sub
	};
	struct mutate_edit edit = mutate_edit(m, at);
	struct tree_partition_def *copy = edit_def(m, &edit, d, sub);
	copy->name.name = ctx_name(m->ctx, arena_printf(m->arena, "%.50s_x", of->name.name->text));
	found_list(m, &edit, sub == NO_SUB ? "partition name" : "subpartition name", "changed");
	mutate_attrs(m, &spot, &of->attrs);
	if (sub != NO_SUB)
		return;
	mutate_bounds(m, at, d);
	edit = mutate_edit(m, at);
	LIST_REMOVE(&own_partition(m, &edit)->defs, d);
	found_list(m, &edit, "partition", "dropped");
	for (size_t i = 0; i < def->subpartitions.n; i++)
		mutate_def(m, at, d, i);
}

static void change_counts(const struct mutate *m, size_t at)
{
	const struct tree_partition *partition = m->item->items.items[at]->partition;
	struct mutate_edit edit;
	if (!partition->defs.n) {
		edit = mutate_edit(m, at);
		own_partition(m, &edit)->count += 2;
		found_list(m, &edit, "partitions", "changed");
	}
	if (partition->count) {
		edit = mutate_edit(m, at);
		own_partition(m, &edit)->count = 0;
		found_list(m, &edit, "partitions", "dropped");
	}
	if (!partition->sub_method)
		return;
	edit = mutate_edit(m, at);
	own_partition(m, &edit)->sub_count += 3;
	found_list(m, &edit, "subpartitions", "changed");
	edit = mutate_edit(m, at);
	struct tree_partition *copy = own_partition(m, &edit);
	copy->sub_method = NULL;
	copy->sub_expr = NULL;
	copy->sub_columns.n = copy->sub_count = 0;
	copy->sub_linear = false;
	for (size_t i = 0; i < copy->defs.n; i++)
		copy->defs.items[i].subpartitions.n = 0;
	mutate_found(m, &edit, 'P', "subpartition by", "dropped");
}

static void change_columns(const struct mutate *m, size_t at, bool sub)
{
	const struct tree_partition *partition = m->item->items.items[at]->partition;
	const struct tree_ident_list *there = sub ? &partition->sub_columns : &partition->columns;
	const struct name *column = free_column(m->item, there);
	for (size_t i = 0; i < there->n; i++) {
		struct mutate_edit edit = mutate_edit(m, at);
		struct tree_partition *copy = own_partition(m, &edit);
		struct tree_ident_list *list = sub ? &copy->sub_columns : &copy->columns;
		if (i == 0 && column)
			list->items[0].name = column;
		else if (i)
			LIST_REMOVE(list, i);
		else
			continue;
		mutate_found(m, &edit, 'P', sub ? "subpartition columns" : "columns", "changed");
	}
}

static void change_expr(const struct mutate *m, size_t at, bool sub)
{
	const struct tree_partition *partition = m->item->items.items[at]->partition;
	const struct expr *expr = sub ? partition->sub_expr : partition->expr;
	struct expr_list exprs = { 0 };
	if (!expr)
		return;
	mutate_exprs(m, expr, &exprs);
	for (size_t i = 0; i < exprs.n; i++) {
		struct mutate_edit edit = mutate_edit(m, at);
		struct tree_partition *copy = own_partition(m, &edit);
		*(sub ? &copy->sub_expr : &copy->expr) = exprs.items[i];
		mutate_found(m, &edit, 'P', sub ? "subpartition expression" : "expression",
			     "changed");
	}
}

static bool is_method(const struct name *method, const char *word)
{
	return method && word_equal(method->text, word);
}

static void change_method(const struct mutate *m, size_t at)
{
	const struct tree_partition *partition = m->item->items.items[at]->partition;
	bool hash = is_method(partition->method, "hash"), key = is_method(partition->method, "key");
	const struct name *column = free_column(m->item, &(struct tree_ident_list){ 0 });
	struct tree_ident ident = { .name = column };
	struct mutate_edit edit = mutate_edit(m, at);
	struct tree_partition *copy = own_partition(m, &edit);
	copy->method = ctx_name(m->ctx, hash ? "key" : "hash");
	copy->expr = NULL;
	copy->columns.n = 0;
	copy->defs.n = 0;
	copy->interval = NULL;
	copy->count = 4;
	copy->algorithm = 0;
	copy->sub_method = NULL;
	copy->sub_expr = NULL;
	copy->sub_columns.n = copy->sub_count = 0;
	copy->linear = copy->sub_linear = false;
	if (hash)
		LIST_PUSH(m->arena, &copy->columns, ident);
	else
		copy->expr = expr_new(m->arena, EXPR_COLUMN, span_none()),
		copy->expr->name = column;
	mutate_found(m, &edit, 'P', "method", "changed");
	if (hash || key) {
		edit = mutate_edit(m, at);
		own_partition(m, &edit)->linear = !partition->linear;
		mutate_found(m, &edit, 'P', "linear", "changed");
	}
	if (partition->sub_method) {
		edit = mutate_edit(m, at);
		own_partition(m, &edit)->sub_linear = !partition->sub_linear;
		mutate_found(m, &edit, 'P', "subpartition linear", "changed");
	}
	if (!key)
		return;
	edit = mutate_edit(m, at);
	own_partition(m, &edit)->algorithm = partition->algorithm == 1 ? 0 : 1;
	mutate_found(m, &edit, 'P', "algorithm", "changed");
	edit = mutate_edit(m, at);
	own_partition(m, &edit)->algorithm = partition->algorithm == 2 ? 0 : 2;
	mutate_found(m, &edit, 'P', partition->algorithm == 1 ? "algorithm" : "algorithm 2",
		     "changed");
}

static void change_interval(const struct mutate *m, size_t at)
{
	const char *interval = m->item->items.items[at]->partition->interval;
	static const char *const others[] = { "", "interval 2 week", "limit 12345" };
	for (size_t i = 0; i < COUNT(others); i++) {
		struct mutate_edit edit = mutate_edit(m, at);
		if (!is_method(edit.item->partition->method, "system_time"))
			return;
		if (!strcmp(others[i], interval ? interval : ""))
			continue;
		own_partition(m, &edit)->interval = *others[i] ? others[i] : NULL;
		mutate_found(m, &edit, 'P', "interval", *others[i] ? "changed" : "dropped");
	}
}

void mutate_partition(const struct mutate *m, size_t at)
{
	change_method(m, at);
	change_counts(m, at);
	change_columns(m, at, false);
	change_columns(m, at, true);
	change_expr(m, at, false);
	change_expr(m, at, true);
	change_interval(m, at);
	for (size_t i = 0; i < m->item->items.items[at]->partition->defs.n; i++)
		mutate_def(m, at, i, NO_SUB);
}
