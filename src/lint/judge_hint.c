/* What the judge proposes. */
#include "base/buf.h"
#include "lint/judge_key.h"
#include "lint/judge_report.h"

void report_names(struct buf *out, const struct name_list *names)
{
	for (size_t i = 0; i < names->n; i++)
		buf_printf(out, "%s%s", i ? ", " : "", names->items[i]->text);
}

const char *report_table(const struct report *r, const struct table *table)
{
	return table == r->parent ? foreign_key_parent_text(r->arena, r->key) : table->name->text;
}

/* The lists turned round together so that they fit a key of the parent. */
static bool hint_permuted(const struct report *r, struct diag *diag)
{
	const struct index *index = judge_key_permuted(r->parent, &r->key->parent_columns);
	struct buf out = { 0 };
	if (!index)
		return false;
	buf_add(&out, "foreign key (");
	for (size_t i = 0; i < index->parts.n; i++)
		for (size_t j = 0; j < r->key->columns.n; j++)
			if (name_equal(r->key->parent_columns.items[j],
				       index->parts.items[i].column))
				buf_printf(&out, "%s%s", i ? ", " : "",
					   r->key->columns.items[j]->text);
	buf_printf(&out, ") references %s (", report_table(r, r->parent));
	for (size_t i = 0; i < index->parts.n; i++)
		buf_printf(&out, "%s%s", i ? ", " : "", index->parts.items[i].column->text);
	buf_add(&out, ")");
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

static void hint_key(const struct report *r, struct diag *diag)
{
	struct buf out = { 0 };
	if (hint_permuted(r, diag))
		return;
	if (has_prefix_key(r))
		ctx_hint(r->ctx, diag, "a key that holds a prefix of a column does not count");
	report_names(&out, &r->key->parent_columns);
	ctx_hint(r->ctx, diag, "in table %s: %s (%s)", report_table(r, r->parent),
		 table_primary_key(r->parent) ? "unique" : "primary key", buf_text(&out));
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

void report_hint_type(const struct report *r, struct diag *diag, size_t pair)
{
	const struct column *parent = report_parent(r, pair);
	struct buf out = { 0 };
	type_print(&out, &parent->type);
	if (parent->charset)
		buf_printf(&out, " charset %s collate %s", parent->charset->text,
			   parent->collation->text);
	ctx_hint(r->ctx, diag, "%s %s", r->key->columns.items[pair]->text, buf_text(&out));
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
	else if (situation >= FK_CLASS && situation <= FK_COLLATION && r->key->parent_database)
		report_hint_type(r, diag, pair);
	else if (situation >= FK_CLASS && situation <= FK_COLLATION)
		ctx_hint(r->ctx, diag, "%s like %s.%s", r->key->columns.items[pair]->text,
			 r->key->parent->text, r->key->parent_columns.items[pair]->text);
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
