/* What the judge proposes. */
#include "base/buf.h"
#include "lint/judge_key.h"
#include "lint/judge_report.h"
#include "syntax/parse.h"
#include "syntax/print.h"

void report_names(struct buf *out, const struct name_list *names)
{
	for (size_t i = 0; i < names->n; i++)
		buf_printf(out, "%s%s", i ? ", " : "", names->items[i]->text);
}

const char *report_table(const struct report *r, const struct table *table)
{
	return table == r->parent ? foreign_key_parent_text(r->arena, r->key) : table->name->text;
}

/* Names as the language writes them: what is hinted can be pasted. */
static void add_names(struct buf *out, const struct name_list *names)
{
	for (size_t i = 0; i < names->n; i++) {
		buf_add(out, i ? ", " : "");
		print_name(out, names->items[i], false);
	}
}

static void add_action(struct buf *out, const char *when, enum fk_action action)
{
	static const char *const words[] = {
		[FK_RESTRICT] = "restrict",       [FK_NO_ACTION] = "no action",
		[FK_CASCADE] = "cascade",         [FK_SET_NULL] = "set null",
		[FK_SET_DEFAULT] = "set default",
	};
	if (action != FK_DEFAULT)
		buf_printf(out, " on %s %s", when, words[action]);
}

/* " references crm.users (id) on delete cascade" */
static void add_reference(struct buf *out, const struct foreign_key *key,
			  const struct name_list *columns)
{
	buf_add(out, " references ");
	if (key->parent_database) {
		print_name(out, key->parent_database, false);
		buf_add(out, ".");
	}
	print_name(out, key->parent, false);
	buf_add(out, " (");
	add_names(out, columns);
	buf_add(out, ")");
	add_action(out, "delete", key->on_delete);
	add_action(out, "update", key->on_update);
}

/* The lists turned round together so that they fit a key of the parent. */
static bool hint_permuted(const struct report *r, struct diag *diag)
{
	const struct index *index = judge_key_permuted(r->parent, &r->key->parent_columns);
	struct name_list columns = { 0 }, parents = { 0 };
	struct buf out = { 0 };
	if (!index)
		return false;
	for (size_t i = 0; i < index->parts.n; i++) {
		LIST_PUSH(r->arena, &parents, index->parts.items[i].column);
		for (size_t j = 0; j < r->key->columns.n; j++)
			if (name_equal(r->key->parent_columns.items[j],
				       index->parts.items[i].column))
				LIST_PUSH(r->arena, &columns, r->key->columns.items[j]);
	}
	buf_add(&out, "foreign key ");
	if (r->key->named) {
		print_name(&out, r->key->name, false);
		buf_add(&out, " ");
	}
	buf_add(&out, "(");
	add_names(&out, &columns);
	buf_add(&out, ")");
	add_reference(&out, r->key, &parents);
	ctx_hint(r->ctx, diag, "%s", buf_text(&out));
	buf_free(&out);
	return true;
}

/* A key of these columns, but for a part that is a prefix. */
static bool has_prefix_key(const struct report *r)
{
	for (size_t i = 0; i < r->parent->indexes.n; i++) {
		const struct index *index = r->parent->indexes.items[i];
		bool prefix = false, fits = index->parts.n >= r->key->parent_columns.n;
		for (size_t j = 0; fits && j < r->key->parent_columns.n; j++) {
			const struct index_part *part = &index->parts.items[j];
			fits = name_equal(part->column, r->key->parent_columns.items[j]);
			prefix |= part->length != 0;
		}
		if (fits && prefix)
			return true;
	}
	return false;
}

/* Could these columns be the parent's primary key? */
static bool could_be_primary(const struct report *r)
{
	bool could = !table_primary_key(r->parent);
	for (size_t i = 0; could && i < r->key->parent_columns.n; i++) {
		const struct column *column = report_parent(r, i);
		could = column && !column->nullable;
	}
	return could;
}

static void hint_key(const struct report *r, struct diag *diag)
{
	struct buf out = { 0 };
	if (hint_permuted(r, diag))
		return;
	if (has_prefix_key(r))
		ctx_hint(r->ctx, diag, "a key that holds a prefix of a column does not count");
	add_names(&out, &r->key->parent_columns);
	ctx_hint(r->ctx, diag, "in table %s: %s (%s)", report_table(r, r->parent),
		 could_be_primary(r) ? "primary key" : "unique", buf_text(&out));
	buf_free(&out);
}

static void hint_table(const struct report *r, struct diag *diag)
{
	struct {
		const char **items;
		size_t n, cap;
	} words = { 0 };
	for (size_t i = 0; i < r->schema->tables.n; i++)
		LIST_PUSH(r->arena, &words, r->schema->tables.items[i]->name->text);
	const char *near = r->key->parent_database
				   ? NULL
				   : diag_suggest(r->key->parent->text, words.items, words.n);
	if (near)
		ctx_hint(r->ctx, diag, "did you mean '%s'?", near);
}

static void hint_column(const struct report *r, struct diag *diag, const struct table *table,
			const struct name *name)
{
	struct {
		const char **items;
		size_t n, cap;
	} words = { 0 };
	for (size_t i = 0; i < table->columns.n; i++)
		LIST_PUSH(r->arena, &words, table->columns.items[i]->name->text);
	const char *near = diag_suggest(name->text, words.items, words.n);
	if (near)
		ctx_hint(r->ctx, diag, "did you mean '%s'?", near);
}

/* Fixes that are the same for every key. */
static const char *const fixes[FK_SOUND] = {
	[FK_NAME_LONG] = "leave the name away: autogen makes one that fits",
	[FK_NAME_TWICE] = "leave the name away: autogen makes one that is free",
	[FK_NAME_OF_CHECK] = "leave the name away: autogen makes one that is free",
	[FK_LISTS] = "one column here for each one there, in the same order",
	[FK_CHILD_PARTITIONED] = "take the foreign key away, or the partitioning",
	[FK_PARENT_PARTITIONED] = "take the foreign key away, or the partitioning",
	[FK_SELF] = "every row is its own parent: take the foreign key away",
	[FK_SELF_KEY] = "every row is its own parent: take the foreign key away",
	[FK_VIRTUAL] = "let the column be stored",
	[FK_PARENT_VIRTUAL] = "let the column be stored",
	[FK_LARGE] = "a varchar or varbinary in both tables",
	[FK_LARGE_AMONG] = "a varchar or varbinary in both tables",
	[FK_PARENT_LARGE] = "a varchar or varbinary in both tables",
	[FK_TO_SET_DEFAULT] = "let the action be restrict, and set the default yourself",
	[FK_VIRTUAL_WRITTEN] = "let the action be restrict",
	[FK_STORED_WRITTEN] = "let the action be restrict",
	[FK_CHECKED] = "let the action be restrict",
	[FK_BASE_WRITTEN] = "let the action be restrict",
	[FK_BASE_CASCADED] = "let the action be restrict",
};

static bool is_in_primary_key(const struct table *table, const struct name *column)
{
	const struct index *primary = table_primary_key(table);
	for (size_t i = 0; primary && i < primary->parts.n; i++)
		if (name_equal(primary->parts.items[i].column, column))
			return true;
	return false;
}

static void hint_null(const struct report *r, struct diag *diag, const struct column *child)
{
	if (r->first->situation == FK_NULL_CASCADED)
		ctx_hint(r->ctx, diag, "say `null` at '%s', or not at its parent",
			 child->name->text);
	else if (!child->nullable && !is_in_primary_key(r->table, child->name))
		ctx_hint(r->ctx, diag, "say `null` at '%s', or let the action be restrict",
			 child->name->text);
	else
		ctx_hint(r->ctx, diag,
			 "no column of a primary key can be NULL: let the action be restrict or "
			 "cascade");
}

/* The type's own attributes go with it. */
static bool is_of_type(enum tree_attr_kind kind)
{
	return kind == ATTR_UNSIGNED || kind == ATTR_SIGNED || kind == ATTR_ZEROFILL ||
	       kind == ATTR_CHARSET || kind == ATTR_COLLATE || kind == ATTR_BINARY ||
	       kind == ATTR_SRID;
}

/* The column's item as it is written, without its type; NULL: there is none (a database's). */
static struct tree_item *untyped_item(const struct report *r, const struct column *column)
{
	struct span span = column->span;
	struct tree_attr_list attrs = { 0 };
	if (!span.src)
		return NULL;
	const struct source *src = ctx_source(r->ctx, span.src->path, span.src->text + span.start,
					      span.end - span.start);
	struct tree_item *item = parse_item(r->ctx, r->arena, src);
	if (!item || item->kind != TREE_COLUMN)
		return NULL;
	for (size_t i = 0; i < item->attrs.n; i++)
		if (!is_of_type(item->attrs.items[i].kind))
			LIST_PUSH(r->arena, &attrs, item->attrs.items[i]);
	item->attrs = attrs;
	item->type = NULL;
	item->like_table = (struct tree_table_name){ 0 };
	item->like_column = (struct tree_ident){ 0 };
	return item;
}

static void add_type(struct buf *out, const struct column *column)
{
	buf_add(out, " ");
	type_print(out, &column->type);
	if (column->charset)
		buf_printf(out, " charset %s collate %s", column->charset->text,
			   column->collation->text);
}

/*
 * The child's column as it has to be, with all that is written there besides: like its parent, or by
 * the reference that is written there; of a table in another database `like` can't speak.
 */
void report_hint_type(const struct report *r, struct diag *diag, size_t pair)
{
	const struct column *child = report_child(r, pair), *parent = report_parent(r, pair);
	bool written_there = r->key->span.src && r->key->span.src == child->span.src &&
			     r->key->span.start == child->span.start;
	struct tree_item *item = untyped_item(r, child);
	struct buf out = { 0 }, entry = { 0 };
	print_name(&out, child->name, true);
	size_t name = out.len; /* what is written behind it follows the type */
	if (item && !r->key->parent_database && !written_there) {
		item->like_table.table.name = r->key->parent;
		item->like_column.name = parent->name;
	}
	if (r->key->parent_database || !item)
		add_type(&out, parent);
	if (item)
		print_entry(&entry, item);
	if (entry.len > name)
		buf_add(&out, entry.text + name);
	ctx_hint(r->ctx, diag, "%s", buf_text(&out));
	buf_free(&entry);
	buf_free(&out);
}

void report_hint(const struct report *r, struct diag *diag)
{
	enum fk_situation situation = r->first->situation;
	size_t pair = r->first->pair;
	const struct column *child = report_child(r, pair);
	if (situation == FK_CHILD_ENGINE || situation == FK_CHILD_KEYLESS)
		ctx_hint(r->ctx, diag, "table %s engine InnoDB", r->table->name->text);
	else if (situation == FK_PARENT_ENGINE)
		ctx_hint(r->ctx, diag, "table %s engine InnoDB", report_table(r, r->parent));
	else if (fixes[situation])
		ctx_hint(r->ctx, diag, "%s", fixes[situation]);
	else if (situation >= FK_CLASS && situation <= FK_COLLATION)
		report_hint_type(r, diag, pair);
	else if (situation == FK_PARENT_UNIQUE || situation == FK_PARENT_KEY)
		hint_key(r, diag);
	else if (situation == FK_PARENT_TABLE)
		hint_table(r, diag);
	else if (situation == FK_PARENT_COLUMN)
		hint_column(r, diag, r->parent, r->key->parent_columns.items[pair]);
	else if (situation == FK_CHILD_COLUMN)
		hint_column(r, diag, r->table, r->key->columns.items[pair]);
	else if (child && (situation == FK_SET_NULL_NOT_NULL || situation == FK_NULL_CASCADED))
		hint_null(r, diag, child);
}
