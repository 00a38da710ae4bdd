#include "dsl/unresolve.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "dsl/attrs.h"
#include "dsl/resolve_name.h"

/* What the functions below carry along. */
struct writer {
	struct context *ctx;
	struct arena *arena;
	enum unresolve_style style;
};

static void add(struct writer *w, struct tree_attr_list *attrs, enum tree_attr_kind kind,
		const char *value)
{
	LIST_PUSH(w->arena, attrs, attrs_make(w->ctx, w->arena, kind, value));
}

static void add_expr(struct writer *w, struct tree_attr_list *attrs, enum tree_attr_kind kind,
		     const struct expr *expr, bool parenthesised)
{
	struct tree_attr attr = { .kind = kind,
				  .expr = expr_copy(w->arena, expr),
				  .parenthesised = parenthesised };
	LIST_PUSH(w->arena, attrs, attr);
}

static struct tree_item *item_new(struct writer *w, enum tree_item_kind kind,
				  const struct name *name)
{
	struct tree_item *item = ARENA_NEW(w->arena, struct tree_item);
	item->kind = kind;
	item->name.name = name;
	return item;
}

/* --- columns ------------------------------------------------------------------------------------ */

/* Charset and collation, less what is the same one level up. */
static void add_charset(struct writer *w, struct tree_attr_list *attrs, const struct name *charset,
			const struct name *collation, const struct name *above_charset,
			const struct name *above_collation)
{
	bool brief = w->style == UNRESOLVE_SHORT;
	if (!charset || (brief && collation == above_collation))
		return;
	if (!brief || charset != above_charset)
		add(w, attrs, ATTR_CHARSET, charset->text);
	add(w, attrs, ATTR_COLLATE, collation->text);
}

static void add_type(struct writer *w, struct tree_item *item, const struct column *column,
		     const struct table *table)
{
	const struct type *type = &column->type;
	item->type = type_to_tree(w->ctx, w->arena, type);
	if (type->is_unsigned && !type->zerofill)
		add(w, &item->attrs, ATTR_UNSIGNED, NULL);
	if (type->zerofill)
		add(w, &item->attrs, ATTR_ZEROFILL, NULL);
	add_charset(w, &item->attrs, column->charset, column->collation,
		    table ? table->charset : NULL, table ? table->collation : NULL);
	if (type->srid >= 0)
		add(w, &item->attrs, ATTR_SRID, arena_printf(w->arena, "%ld", type->srid));
}

static bool is_number_text(const char *text)
{
	bool digits = false;
	for (; *text >= '0' && *text <= '9'; text++)
		digits = true;
	if (*text == '.')
		for (text++; *text >= '0' && *text <= '9'; text++)
			digits = true;
	return digits && !*text;
}

/* The normal form keeps numbers as strings; people write them bare. */
static const struct expr *bare_number(struct writer *w, const struct type *type,
				      const struct expr *value)
{
	enum type_class class = type_class(type);
	bool number = class == CLASS_INTEGER || class == CLASS_DECIMAL || class == CLASS_FLOAT ||
		      class == CLASS_YEAR;
	if (!number || value->kind != EXPR_STRING)
		return value;
	bool minus = value->text[0] == '-';
	if (!is_number_text(value->text + minus))
		return value;
	struct expr *bare = expr_number(w->arena, value->text + minus);
	if (!minus)
		return bare;
	struct expr *negative = expr_new(w->arena, EXPR_UNARY, span_none());
	negative->name = ctx_name(w->ctx, "-");
	LIST_PUSH(w->arena, &negative->args, bare);
	return negative;
}

static struct expr *now_call(struct writer *w, int fsp)
{
	struct expr *now = expr_new(w->arena, EXPR_CALL, span_none());
	now->name = ctx_name(w->ctx, "current_timestamp");
	if (fsp > 0) {
		struct expr *digits = expr_number(w->arena, arena_printf(w->arena, "%d", fsp));
		LIST_PUSH(w->arena, &now->args, digits);
	}
	return now;
}

static void add_default(struct writer *w, struct tree_item *item, const struct column *column)
{
	struct tree_attr_list *attrs = &item->attrs;
	const struct expr *now = now_call(w, column->type.decimals);
	switch (column->default_kind) {
	case DEFAULT_NONE:
		break;
	case DEFAULT_LITERAL:
		add_expr(w, attrs, ATTR_DEFAULT,
			 bare_number(w, &column->type, column->default_value), false);
		break;
	case DEFAULT_NOW:
		add_expr(w, attrs, ATTR_DEFAULT, now, false);
		break;
	case DEFAULT_EXPR:
		add_expr(w, attrs, ATTR_DEFAULT, column->default_value, true);
		break;
	}
	if (column->on_update_now)
		add_expr(w, attrs, ATTR_ON_UPDATE, now, false);
}

static void add_nullable(struct writer *w, struct tree_item *item, const struct column *column)
{
	if (column->generated) {
		add_expr(w, &item->attrs, ATTR_AS, column->generated, true);
		add(w, &item->attrs, column->stored ? ATTR_STORED : ATTR_VIRTUAL, NULL);
	}
	if (column->nullable)
		add(w, &item->attrs, ATTR_NULL, NULL);
	else if (column->generated)
		add(w, &item->attrs, ATTR_NOT_NULL, NULL);
}

struct tree_item *unresolve_column(struct context *ctx, struct arena *arena,
				   const struct column *column, const struct table *table,
				   enum unresolve_style style)
{
	struct writer w = { ctx, arena, style };
	struct tree_item *item = item_new(&w, TREE_COLUMN, column->name);
	add_type(&w, item, column, table);
	add_nullable(&w, item, column);
	add_default(&w, item, column);
	if (column->auto_increment)
		add(&w, &item->attrs, ATTR_AUTO_INCREMENT, NULL);
	if (column->invisible)
		add(&w, &item->attrs, ATTR_INVISIBLE, NULL);
	if (column->check)
		add_expr(&w, &item->attrs, ATTR_CHECK, column->check, true);
	attrs_from_options(ctx, arena, &column->options, &item->attrs);
	if (column->comment && *column->comment)
		add(&w, &item->attrs, ATTR_COMMENT, column->comment);
	return item;
}

/* --- keys and checks ---------------------------------------------------------------------------- */

/* SHORT leaves a name out that would be derived all the same, to the letter: SHOW CREATE shows it. */
static const struct name *shown_name(const struct writer *w, const struct name *name,
				     const struct name *derived)
{
	return w->style == UNRESOLVE_SHORT && name == derived ? NULL : name;
}

struct tree_item *unresolve_index(struct context *ctx, struct arena *arena,
				  const struct index *index, const struct table *table,
				  enum unresolve_style style)
{
	struct writer w = { ctx, arena, style };
	struct tree_item *item = item_new(&w, TREE_KEY, NULL);
	item->key = index->kind;
	if (index->kind != KEY_PRIMARY)
		item->name.name =
			shown_name(&w, index->name,
				   table ? name_of_index(ctx, arena, table->name, index) : NULL);
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct index_part *from = &index->parts.items[i];
		struct tree_part part = { .length = from->length, .desc = from->desc };
		part.column.name = from->column;
		if (from->expr)
			part.expr = expr_copy(arena, from->expr);
		LIST_PUSH(arena, &item->parts, part);
	}
	if (index->invisible)
		add(&w, &item->attrs, ATTR_INVISIBLE, NULL);
	attrs_from_options(ctx, arena, &index->options, &item->attrs);
	if (index->comment && *index->comment)
		add(&w, &item->attrs, ATTR_COMMENT, index->comment);
	return item;
}

static void add_idents(struct writer *w, struct tree_ident_list *list,
		       const struct name_list *names)
{
	for (size_t i = 0; i < names->n; i++) {
		struct tree_ident ident = { .name = names->items[i] };
		LIST_PUSH(w->arena, list, ident);
	}
}

static const struct name *action_words(struct writer *w, enum fk_action action)
{
	static const char *const words[] = {
		[FK_DEFAULT] = NULL,          [FK_RESTRICT] = "restrict",
		[FK_NO_ACTION] = "no action", [FK_CASCADE] = "cascade",
		[FK_SET_NULL] = "set null",   [FK_SET_DEFAULT] = "set default",
	};
	return words[action] ? ctx_name(w->ctx, words[action]) : NULL;
}

struct tree_item *unresolve_foreign_key(struct context *ctx, struct arena *arena,
					const struct foreign_key *key, const struct table *table,
					enum unresolve_style style)
{
	struct writer w = { ctx, arena, style };
	const struct name *derived = table ? name_of_foreign_key(ctx, table->name, key) : NULL;
	struct tree_item *item = item_new(&w, TREE_FOREIGN_KEY, shown_name(&w, key->name, derived));
	add_idents(&w, &item->columns, &key->columns);
	item->reference.table.database.name = key->parent_database;
	item->reference.table.table.name = key->parent;
	add_idents(&w, &item->reference.columns, &key->parent_columns);
	item->reference.on_delete.name = action_words(&w, key->on_delete);
	item->reference.on_update.name = action_words(&w, key->on_update);
	return item;
}

struct tree_item *unresolve_check(struct context *ctx, struct arena *arena,
				  const struct check *check, const struct table *table,
				  enum unresolve_style style)
{
	struct writer w = { ctx, arena, style };
	const struct name *derived = table ? name_of_check(ctx, arena, table->name, check) : NULL;
	struct tree_item *item = item_new(&w, TREE_CHECK, shown_name(&w, check->name, derived));
	item->expr = expr_copy(arena, check->expr);
	if (check->not_enforced)
		add(&w, &item->attrs, ATTR_NOT_ENFORCED, NULL);
	return item;
}

struct tree_item *unresolve_period(struct arena *arena, const struct period *period)
{
	struct writer w = { NULL, arena, UNRESOLVE_FULL };
	struct name_list columns = { 0 };
	struct tree_item *item = item_new(&w, TREE_PERIOD, period->name);
	LIST_PUSH(arena, &columns, period->from);
	LIST_PUSH(arena, &columns, period->to);
	add_idents(&w, &item->columns, &columns);
	return item;
}

/* --- tables ------------------------------------------------------------------------------------- */

static void add_table_attrs(struct writer *w, struct tree_item *item, const struct table *table,
			    const struct schema *schema)
{
	bool brief = w->style == UNRESOLVE_SHORT && schema;
	if (table->engine && (!brief || !name_equal(table->engine, schema->engine)))
		add(w, &item->attrs, ATTR_ENGINE, table->engine->text);
	add_charset(w, &item->attrs, table->charset, table->collation,
		    schema ? schema->charset : NULL, schema ? schema->collation : NULL);
	if (table->auto_increment)
		add(w, &item->attrs, ATTR_TABLE_AUTO_INCREMENT, table->auto_increment);
	attrs_from_options(w->ctx, w->arena, &table->options, &item->attrs);
	if (table->comment && *table->comment)
		add(w, &item->attrs, ATTR_COMMENT, table->comment);
}

/* A primary key that SHORT writes at its column. */
static bool is_plain_primary(const struct index *index)
{
	return index->kind == KEY_PRIMARY && index->parts.n == 1 && index->parts.items[0].column &&
	       !index->parts.items[0].length && !index->parts.items[0].desc && !index->options.n &&
	       !index->invisible && !(index->comment && *index->comment);
}

static void add_columns(struct writer *w, struct tree_item *item, const struct table *table,
			const struct index *plain)
{
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		struct tree_item *child =
			unresolve_column(w->ctx, w->arena, column, table, w->style);
		if (plain && name_equal(plain->parts.items[0].column, column->name))
			add(w, &child->attrs, ATTR_PRIMARY_KEY, NULL);
		LIST_PUSH(w->arena, &item->items, child);
	}
}

/* Of two that would get the same name, only the first may do without. */
static void add_named(struct writer *w, struct tree_item *item, struct map *left_out,
		      struct tree_item *child, const struct name *name)
{
	if (!child->name.name && name) {
		if (map_get(left_out, name->key))
			child->name.name = name;
		else
			map_put(w->arena, left_out, name->key, child);
	}
	LIST_PUSH(w->arena, &item->items, child);
}

static void add_keys(struct writer *w, struct tree_item *item, const struct table *table,
		     const struct index *plain)
{
	struct map left_out = { 0 };
	for (size_t i = 0; i < table->periods.n; i++)
		LIST_PUSH(w->arena, &item->items,
			  unresolve_period(w->arena, table->periods.items[i]));
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		bool made = w->style == UNRESOLVE_SHORT && index->for_foreign_key;
		if (index == plain || made)
			continue;
		add_named(w, item, &left_out,
			  unresolve_index(w->ctx, w->arena, index, table, w->style),
			  index->kind == KEY_PRIMARY ? NULL : index->name);
	}
	for (size_t i = 0; i < table->foreign_keys.n; i++) {
		const struct foreign_key *key = table->foreign_keys.items[i];
		add_named(w, item, &left_out,
			  unresolve_foreign_key(w->ctx, w->arena, key, table, w->style), key->name);
	}
	for (size_t i = 0; i < table->checks.n; i++) {
		const struct check *check = table->checks.items[i];
		add_named(w, item, &left_out,
			  unresolve_check(w->ctx, w->arena, check, table, w->style), check->name);
	}
	if (table->partition) {
		struct tree_item *child = item_new(w, TREE_PARTITION, NULL);
		child->partition =
			arena_memdup(w->arena, table->partition, sizeof(*table->partition));
		LIST_PUSH(w->arena, &item->items, child);
	}
}

struct tree_item *unresolve_table(struct context *ctx, struct arena *arena,
				  const struct table *table, const struct schema *schema,
				  enum unresolve_style style)
{
	struct writer w = { ctx, arena, style };
	struct tree_item *item = item_new(&w, TREE_TABLE, table->name);
	const struct index *plain = style == UNRESOLVE_SHORT ? table_primary_key(table) : NULL;
	if (plain && !is_plain_primary(plain))
		plain = NULL;
	add_table_attrs(&w, item, table, schema);
	add_columns(&w, item, table, plain);
	size_t n = item->items.n;
	add_keys(&w, item, table, plain);
	if (style == UNRESOLVE_SHORT && n < item->items.n)
		item->items.items[n]->blank_before = true;
	return item;
}

/* --- a schema ----------------------------------------------------------------------------------- */

static struct tree_item *schema_block(struct writer *w, const struct schema *schema)
{
	const struct name *label = schema->label ? schema->label : ctx_name(w->ctx, "main");
	struct tree_item *item = item_new(w, TREE_SCHEMA, label);
	struct tree_attr targets = { .kind = ATTR_TARGET };
	if (schema->engine)
		add(w, &item->attrs, ATTR_ENGINE, schema->engine->text);
	if (schema->charset) {
		add(w, &item->attrs, ATTR_CHARSET, schema->charset->text);
		add(w, &item->attrs, ATTR_COLLATE, schema->collation->text);
	}
	for (size_t i = 0; i < schema->targets.n; i++) {
		struct buf text = { 0 };
		server_print(&text, &schema->targets.items[i]);
		char *flavour = buf_arena(&text, w->arena), *version = strchr(flavour, ' ');
		*version++ = '\0';
		struct tree_ident words[] = { { .name = ctx_name(w->ctx, flavour) },
					      { .name = ctx_name(w->ctx, version) } };
		LIST_PUSH(w->arena, &targets.words, words[0]);
		LIST_PUSH(w->arena, &targets.words, words[1]);
	}
	if (targets.words.n)
		LIST_PUSH(w->arena, &item->attrs, targets);
	return item;
}

static int compare_tables(const void *a, const void *b)
{
	const struct table *x = *(struct table *const *)a, *y = *(struct table *const *)b;
	return name_compare(x->name, y->name);
}

static void add_objects(struct writer *w, struct tree_file *file, const struct schema *schema)
{
	for (size_t i = 0; i < schema->objects.n; i++) {
		const struct object *object = schema->objects.items[i];
		struct tree_item *item = item_new(w, TREE_OBJECT, object->name);
		item->object_kind = object->kind;
		item->head = object->head;
		item->body = object->body;
		item->tag = object->body && strstr(object->body, "$$") ? "$body$" : "$$";
		item->blank_before = true;
		LIST_PUSH(w->arena, &file->items, item);
	}
}

struct tree_file *unresolve_schema(struct context *ctx, struct arena *arena,
				   const struct schema *schema)
{
	struct writer w = { ctx, arena, UNRESOLVE_SHORT };
	struct tree_file *file = ARENA_NEW(arena, struct tree_file);
	struct table **tables =
		arena_memdup(arena, schema->tables.items, schema->tables.n * sizeof(*tables));
	if (schema->tables.n)
		qsort(tables, schema->tables.n, sizeof(*tables), compare_tables);
	LIST_PUSH(arena, &file->items, schema_block(&w, schema));
	for (size_t i = 0; i < schema->tables.n; i++) {
		struct tree_item *item =
			unresolve_table(ctx, arena, tables[i], schema, UNRESOLVE_SHORT);
		item->blank_before = true;
		LIST_PUSH(arena, &file->items, item);
	}
	add_objects(&w, file, schema);
	return file;
}
