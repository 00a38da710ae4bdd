#include "tests/support/mutate.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

struct mutate_edit mutate_edit(const struct mutate *m, size_t at)
{
	struct mutate_edit edit;
	edit.top = arena_memdup(m->arena, m->item, sizeof(*m->item));
	MUTATE_OWN(m->arena, &edit.top->items);
	MUTATE_OWN(m->arena, &edit.top->attrs);
	edit.item = edit.top;
	edit.before = m->item;
	if (at == MUTATE_TOP)
		return edit;
	edit.before = m->item->items.items[at];
	edit.item = arena_memdup(m->arena, m->item->items.items[at], sizeof(*edit.item));
	MUTATE_OWN(m->arena, &edit.item->attrs);
	MUTATE_OWN(m->arena, &edit.item->parts);
	MUTATE_OWN(m->arena, &edit.item->columns);
	edit.top->items.items[at] = edit.item;
	return edit;
}

static void found(const struct mutate *m, const struct mutate_edit *edit, char place,
		  const char *what, enum tree_attr_kind attr, const char *how)
{
	const struct tree_item *item = edit->item ? edit->item : edit->before;
	/* attributes of partitions in a list that other jobs own */
	bool external = attr != ATTR_COUNT && item->kind == TREE_PARTITION &&
			item->partition->managed_externally;
	struct mutant mutant = {
		.place = place,
		.what = external ? "managed externally" : what,
		.attr = attr,
		.how = how,
		.subject = item->name.name ? item->name.name->text : "",
		.item = edit->top,
		.before = edit->before,
		.after = edit->item,
	};
	m->visit(m->data, &mutant);
}

void mutate_found(const struct mutate *m, const struct mutate_edit *edit, char place,
		  const char *what, const char *how)
{
	found(m, edit, place, what, ATTR_COUNT, how);
}

/* --- attributes ------------------------------------------------------------------------------- */

static struct tree_attr_list *attrs_of_item(const struct mutate *m, const struct mutate_spot *spot,
					    struct mutate_edit *edit)
{
	(void)m;
	(void)spot;
	return &edit->item->attrs;
}

static void remove_kind(struct tree_attr_list *attrs, enum tree_attr_kind kind)
{
	for (size_t i = attrs->n; i--;)
		if (attrs->items[i].kind == kind)
			LIST_REMOVE(attrs, i);
}

/* What makes no sense without that attribute, or beside another value of it. */
static void remove_dependents(struct tree_attr_list *attrs, enum tree_attr_kind kind)
{
	switch ((int)kind) {
	case ATTR_CHARSET:
		remove_kind(attrs, ATTR_COLLATE);
		break;
	case ATTR_COLLATE:
		remove_kind(attrs, ATTR_CHARSET);
		break;
	case ATTR_AS:
		remove_kind(attrs, ATTR_VIRTUAL);
		remove_kind(attrs, ATTR_STORED);
		break;
	case ATTR_PAGE_COMPRESSED:
		remove_kind(attrs, ATTR_PAGE_COMPRESSION_LEVEL);
		break;
	}
}

/* The spelling; the auto_increment of a table is not that of a column. */
static const char *what_attr(enum tree_attr_kind kind)
{
	return kind == ATTR_TABLE_AUTO_INCREMENT ? "auto_increment = N" : tree_attr_spelling(kind);
}

static void drop_attr(const struct mutate *m, const struct mutate_spot *spot, size_t i)
{
	struct mutate_edit edit = mutate_edit(m, spot->at);
	struct tree_attr_list *attrs = spot->attrs(m, spot, &edit);
	enum tree_attr_kind kind = attrs->items[i].kind;
	LIST_REMOVE(attrs, i);
	if (kind == ATTR_AS || kind == ATTR_PAGE_COMPRESSED)
		remove_dependents(attrs, kind);
	found(m, &edit, spot->place, what_attr(kind), kind, "dropped");
	if (kind != ATTR_CHARSET)
		return;
	edit = mutate_edit(m, spot->at);
	attrs = spot->attrs(m, spot, &edit);
	LIST_REMOVE(attrs, i);
	remove_dependents(attrs, kind);
	found(m, &edit, spot->place, "charset and collate", ATTR_CHARSET, "dropped");
}

static void change_attr(const struct mutate *m, const struct mutate_spot *spot, size_t i,
			const struct tree_attr *to)
{
	struct mutate_edit edit = mutate_edit(m, spot->at);
	struct tree_attr_list *attrs = spot->attrs(m, spot, &edit);
	enum tree_attr_kind kind = attrs->items[i].kind;
	attrs->items[i] = *to;
	found(m, &edit, spot->place, what_attr(kind), kind, "changed");
	if (kind != ATTR_CHARSET && kind != ATTR_COLLATE)
		return;
	edit = mutate_edit(m, spot->at);
	attrs = spot->attrs(m, spot, &edit);
	attrs->items[i] = *to;
	remove_dependents(attrs, kind);
	found(m, &edit, spot->place, what_attr(kind), kind, "changed");
}

static void add_attrs(const struct mutate *m, const struct mutate_spot *spot,
		      const struct tree_attr_list *there)
{
	const struct tree_item *item =
		spot->at == MUTATE_TOP ? m->item : m->item->items.items[spot->at];
	for (int kind = 0; kind < ATTR_COUNT; kind++) {
		struct tree_attr_list values = { 0 };
		if (!strchr(tree_attr_where((enum tree_attr_kind)kind), spot->place) ||
		    tree_find_attr(there, (enum tree_attr_kind)kind))
			continue;
		mutate_new_values(m, item, (enum tree_attr_kind)kind, &values);
		for (size_t i = 0; i < values.n; i++) {
			struct mutate_edit edit = mutate_edit(m, spot->at);
			struct tree_attr_list *attrs = spot->attrs(m, spot, &edit);
			LIST_PUSH(m->arena, attrs, values.items[i]);
			found(m, &edit, spot->place, what_attr((enum tree_attr_kind)kind),
			      (enum tree_attr_kind)kind, "added");
		}
	}
}

void mutate_attrs(const struct mutate *m, const struct mutate_spot *spot,
		  const struct tree_attr_list *attrs)
{
	const struct tree_item *item =
		spot->at == MUTATE_TOP ? m->item : m->item->items.items[spot->at];
	for (size_t i = 0; i < attrs->n; i++) {
		struct tree_attr_list values = { 0 };
		drop_attr(m, spot, i);
		mutate_other_values(m, item, &attrs->items[i], &values);
		for (size_t j = 0; j < values.n; j++)
			change_attr(m, spot, i, &values.items[j]);
	}
	add_attrs(m, spot, attrs);
}

static void mutate_item_attrs(const struct mutate *m, size_t at, char place)
{
	struct mutate_spot spot = { .at = at, .place = place, .attrs = attrs_of_item };
	mutate_attrs(m, &spot,
		     at == MUTATE_TOP ? &m->item->attrs : &m->item->items.items[at]->attrs);
}

/* --- types ------------------------------------------------------------------------------------ */

/* Each with the next one of its kind, and with one of another kind. */
static const char *const type_words[][3] = {
	{ "tinyint", "smallint", "bit" },
	{ "smallint", "mediumint", "varchar" },
	{ "mediumint", "int", "char" },
	{ "int", "bigint", "decimal" },
	{ "bigint", "int", "double" },
	{ "bit", "binary", "tinyint" },
	{ "decimal", "double", "bigint" },
	{ "float", "double", "int" },
	{ "double", "float", "decimal" },
	{ "date", "datetime", "varchar" },
	{ "time", "datetime", "int" },
	{ "datetime", "timestamp", "date" },
	{ "timestamp", "datetime", "time" },
	{ "year", "smallint", "date" },
	{ "char", "varchar", "binary" },
	{ "varchar", "char", "varbinary" },
	{ "tinytext", "text", "varchar" },
	{ "text", "mediumtext", "tinytext" },
	{ "mediumtext", "longtext", "blob" },
	{ "longtext", "mediumtext", "longblob" },
	{ "binary", "varbinary", "char" },
	{ "varbinary", "binary", "varchar" },
	{ "tinyblob", "blob", "tinytext" },
	{ "blob", "mediumblob", "text" },
	{ "mediumblob", "longblob", "json" },
	{ "longblob", "mediumblob", "longtext" },
	{ "enum", "set", "text" },
	{ "set", "enum", "text" },
	{ "json", "longtext", "mediumtext" },
	{ "geometry", "point", "blob" },
	{ "point", "geometry", "linestring" },
	{ "linestring", "polygon", "point" },
	{ "polygon", "point", "multipoint" },
	{ "multipoint", "point", "multilinestring" },
	{ "multilinestring", "multipolygon", "geometry" },
	{ "multipolygon", "multipoint", "polygon" },
	{ "geometrycollection", "geometry", "point" },
	{ "uuid", "inet6", "char" },
	{ "inet4", "inet6", "uuid" },
	{ "inet6", "uuid", "inet4" },
	{ "vector", "varbinary", "blob" },
};

static struct tree_type *edit_type(const struct mutate *m, struct mutate_edit *edit)
{
	struct tree_type *type = arena_memdup(m->arena, edit->item->type, sizeof(*type));
	MUTATE_OWN(m->arena, &type->args);
	edit->item->type = type;
	return type;
}

static void change_type_word(const struct mutate *m, size_t at, const char *word)
{
	/* with its arguments, without them, and with one that many types take */
	bool large = strstr(word, "text") || strstr(word, "blob");
	for (int form = 0; form < 3; form++) {
		struct mutate_edit edit = mutate_edit(m, at);
		struct tree_type *type = edit_type(m, &edit);
		if ((form == 1 && !type->args.n) || (form == 2 && large))
			continue;
		type->word = ctx_name(m->ctx, word);
		if (form)
			type->args.n = 0;
		if (form == 2)
			LIST_PUSH(m->arena, &type->args, expr_number(m->arena, "7"));
		mutate_found(m, &edit, 'C', "type", "changed");
	}
}

static void mutate_number_arg(const struct mutate *m, size_t at, size_t i, long value)
{
	static const long steps[] = { 1, -1, 10 };
	for (size_t j = 0; j < COUNT(steps); j++) {
		if (value + steps[j] < 0)
			continue;
		struct mutate_edit edit = mutate_edit(m, at);
		struct tree_type *type = edit_type(m, &edit);
		type->args.items[i] =
			expr_number(m->arena, arena_printf(m->arena, "%ld", value + steps[j]));
		mutate_found(m, &edit, 'C', i ? "second type argument" : "type argument",
			     "changed");
	}
}

static void add_value(const struct mutate *m, size_t at, size_t before, const char *value)
{
	struct mutate_edit edit = mutate_edit(m, at);
	struct tree_type *type = edit_type(m, &edit);
	LIST_INSERT(m->arena, &type->args, before, expr_string(m->arena, value, strlen(value)));
	mutate_found(m, &edit, 'C', "member", "added");
}

static void swap_values(const struct mutate *m, size_t at, size_t i)
{
	struct mutate_edit edit = mutate_edit(m, at);
	struct tree_type *type = edit_type(m, &edit);
	struct expr *first = type->args.items[i];
	type->args.items[i] = type->args.items[i + 1];
	type->args.items[i + 1] = first;
	mutate_found(m, &edit, 'C', "member order", "changed");
}

static void mutate_member(const struct mutate *m, size_t at, size_t i, const struct expr *member)
{
	static const char *const suffixes[] = { "x", "'", "é" };
	for (size_t j = 0; j < COUNT(suffixes); j++) {
		struct mutate_edit edit = mutate_edit(m, at);
		struct tree_type *type = edit_type(m, &edit);
		char *text = arena_printf(m->arena, "%s%s", member->text, suffixes[j]);
		type->args.items[i] = expr_string(m->arena, text, strlen(text));
		mutate_found(m, &edit, 'C', "member", "changed");
	}
	struct mutate_edit edit = mutate_edit(m, at);
	struct tree_type *type = edit_type(m, &edit);
	LIST_REMOVE(&type->args, i);
	mutate_found(m, &edit, 'C', "member", "dropped");
}

static void drop_type_args(const struct mutate *m, size_t at, size_t from)
{
	struct mutate_edit edit = mutate_edit(m, at);
	struct tree_type *type = edit_type(m, &edit);
	type->args.n = from;
	mutate_found(m, &edit, 'C', from ? "second type argument" : "type argument", "dropped");
}

static void mutate_type(const struct mutate *m, size_t at)
{
	const struct tree_type *type = m->item->items.items[at]->type;
	for (size_t i = 0; i < COUNT(type_words); i++) {
		if (!word_equal(type->word->text, type_words[i][0]))
			continue;
		change_type_word(m, at, type_words[i][1]);
		change_type_word(m, at, type_words[i][2]);
	}
	for (size_t i = 0; i < type->args.n; i++) {
		const struct expr *arg = type->args.items[i];
		if (arg->kind == EXPR_STRING)
			mutate_member(m, at, i, arg);
		else
			mutate_number_arg(m, at, i, strtol(arg->text, NULL, 10));
		if (arg->kind == EXPR_STRING && i + 1 < type->args.n)
			swap_values(m, at, i);
	}
	if (!type->args.n)
		return;
	if (type->args.items[0]->kind == EXPR_STRING) {
		add_value(m, at, type->args.n, "another one");
		add_value(m, at, 0, "a first one");
		return;
	}
	drop_type_args(m, at, 0);
	if (type->args.n > 1)
		drop_type_args(m, at, 1);
}

/* An argument where there is none: datetime(3), float(7,2). */
static void add_type_args(const struct mutate *m, size_t at)
{
	for (size_t n = 1; n <= 2; n++) {
		struct mutate_edit edit = mutate_edit(m, at);
		struct tree_type *type = edit_type(m, &edit);
		if (type->args.n >= n || (type->args.n && type->args.items[0]->kind == EXPR_STRING))
			continue;
		while (type->args.n < n) {
			const char *number = type->args.n ? "2" : "5";
			LIST_PUSH(m->arena, &type->args, expr_number(m->arena, number));
		}
		mutate_found(m, &edit, 'C', n == 1 ? "type argument" : "second type argument",
			     "added");
	}
}

/* --- items ------------------------------------------------------------------------------------ */

static void drop_item(const struct mutate *m, size_t at, char place, const char *what)
{
	struct mutate_edit edit = mutate_edit(m, at);
	LIST_REMOVE(&edit.top->items, at);
	edit.item = NULL;
	mutate_found(m, &edit, place, what, "dropped");
}

static void rename_item(const struct mutate *m, size_t at, char place, const char *what)
{
	const struct name *name = m->item->items.items[at]->name.name;
	struct mutate_edit edit = mutate_edit(m, at);
	const char *text = name ? arena_printf(m->arena, "%.50s_x", name->text) : "a_name";
	edit.item->name.name = ctx_name(m->ctx, text);
	mutate_found(m, &edit, place, what, name ? "changed" : "added");
	if (!name)
		return;
	edit = mutate_edit(m, at);
	edit.item->name.name = NULL;
	if (place != 'C' && place != 'I')
		mutate_found(m, &edit, place, what, "dropped");
}

static void rename_with_was(const struct mutate *m, size_t at)
{
	struct mutate_edit edit = mutate_edit(m, at);
	const struct name *name = edit.item->name.name;
	struct tree_attr was = { .kind = ATTR_WAS, .word = { .name = name } };
	edit.item->name.name = ctx_name(m->ctx, arena_printf(m->arena, "%.50s_y", name->text));
	LIST_PUSH(m->arena, &edit.item->attrs, was);
	found(m, &edit, 'C', "was", ATTR_WAS, "added");
}

/* The next column first. */
static void swap_columns(const struct mutate *m, size_t at)
{
	size_t next = at + 1;
	if (next >= m->item->items.n || m->item->items.items[next]->kind != TREE_COLUMN)
		return;
	struct mutate_edit edit = mutate_edit(m, at);
	edit.top->items.items[at] = edit.top->items.items[next];
	edit.top->items.items[next] = edit.item;
	mutate_found(m, &edit, 'C', "column order", "changed");
}

static void add_column(const struct mutate *m, size_t at, bool backfill)
{
	struct mutate_edit edit = mutate_edit(m, at);
	struct tree_item *item = ARENA_NEW(m->arena, struct tree_item);
	struct tree_type *type = ARENA_NEW(m->arena, struct tree_type);
	struct tree_attr attr = { .kind = backfill ? ATTR_BACKFILL : ATTR_NULL };
	attr.expr = backfill ? expr_number(m->arena, "1") : NULL;
	attr.parenthesised = true;
	type->word = ctx_name(m->ctx, "int");
	item->kind = TREE_COLUMN;
	item->name.name = ctx_name(m->ctx, "a_new_column");
	item->type = type;
	LIST_PUSH(m->arena, &item->attrs, attr);
	LIST_INSERT(m->arena, &edit.top->items, at, item);
	edit.item = item;
	edit.before = NULL;
	found(m, &edit, 'C', backfill ? "backfill" : "column",
	      backfill ? ATTR_BACKFILL : ATTR_COUNT, "added");
}

static void mutate_column_reference(const struct mutate *m, size_t at)
{
	const struct tree_attr *attr =
		tree_find_attr(&m->item->items.items[at]->attrs, ATTR_REFERENCES);
	struct reference_list changed = { 0 };
	if (!attr)
		return;
	mutate_references(m, attr->reference, &changed);
	for (size_t i = 0; i < changed.n; i++) {
		struct mutate_edit edit = mutate_edit(m, at);
		struct tree_attr_list *attrs = &edit.item->attrs;
		for (size_t j = 0; j < attrs->n; j++)
			if (attrs->items[j].kind == ATTR_REFERENCES)
				attrs->items[j].reference = &changed.items[i].reference;
		found(m, &edit, 'F', changed.items[i].what, ATTR_REFERENCES, "changed");
	}
}

static void mutate_column(const struct mutate *m, size_t at)
{
	drop_item(m, at, 'C', "column");
	rename_item(m, at, 'C', "column name");
	rename_with_was(m, at);
	swap_columns(m, at);
	if (at == 0 || at + 1 == m->item->items.n ||
	    m->item->items.items[at + 1]->kind != TREE_COLUMN) {
		add_column(m, at, false);
		add_column(m, at, true);
	}
	if (m->item->items.items[at]->type) {
		mutate_type(m, at);
		add_type_args(m, at);
	}
	mutate_item_attrs(m, at, 'C');
	mutate_column_reference(m, at);
}

static void mutate_check(const struct mutate *m, size_t at)
{
	struct expr_list exprs = { 0 };
	drop_item(m, at, 'X', "check");
	rename_item(m, at, 'X', "name");
	mutate_exprs(m, m->item->items.items[at]->expr, &exprs);
	for (size_t i = 0; i < exprs.n; i++) {
		struct mutate_edit edit = mutate_edit(m, at);
		edit.item->expr = exprs.items[i];
		mutate_found(m, &edit, 'X', "expression", "changed");
	}
	mutate_item_attrs(m, at, 'X');
}

static void mutate_period(const struct mutate *m, size_t at)
{
	drop_item(m, at, 'I', "period");
	rename_item(m, at, 'I', "name");
	struct mutate_edit edit = mutate_edit(m, at);
	if (edit.item->columns.n < 2)
		return;
	struct tree_ident first = edit.item->columns.items[0];
	edit.item->columns.items[0] = edit.item->columns.items[1];
	edit.item->columns.items[1] = first;
	mutate_found(m, &edit, 'I', "columns", "changed");
}

static void mutate_entry(const struct mutate *m, size_t at)
{
	switch (m->item->items.items[at]->kind) {
	case TREE_COLUMN:
		mutate_column(m, at);
		break;
	case TREE_KEY:
		drop_item(m, at, 'K', "key");
		rename_item(m, at, 'K', "name");
		mutate_key(m, at);
		mutate_item_attrs(m, at, 'K');
		break;
	case TREE_FOREIGN_KEY:
		drop_item(m, at, 'F', "foreign key");
		rename_item(m, at, 'F', "name");
		mutate_foreign_key(m, at);
		break;
	case TREE_CHECK:
		mutate_check(m, at);
		break;
	case TREE_PARTITION:
		drop_item(m, at, 'P', "partitioning");
		mutate_partition(m, at);
		break;
	case TREE_PERIOD:
		mutate_period(m, at);
		break;
	case TREE_SCHEMA:
	case TREE_TYPE:
	case TREE_MIXIN:
	case TREE_TABLE:
	case TREE_OBJECT:
	case TREE_USE:
		break;
	}
}

static void rename_table(const struct mutate *m)
{
	struct mutate_edit edit = mutate_edit(m, MUTATE_TOP);
	const struct name *name = edit.item->name.name;
	struct tree_attr was = { .kind = ATTR_WAS, .word = { .name = name } };
	edit.item->name.name = ctx_name(m->ctx, arena_printf(m->arena, "%.50s_y", name->text));
	LIST_PUSH(m->arena, &edit.item->attrs, was);
	found(m, &edit, 'T', "was", ATTR_WAS, "added");
}

void mutate_item(const struct mutate *m)
{
	mutate_item_attrs(m, MUTATE_TOP, 'T');
	rename_table(m);
	for (size_t i = 0; i < m->item->items.n; i++)
		mutate_entry(m, i);
}
