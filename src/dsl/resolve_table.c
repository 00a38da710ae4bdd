#include "dsl/resolve_table.h"

#include "dsl/attrs.h"
#include "dsl/resolve_column.h"

#define COMMENT_LIMIT 2048 /* characters; error 1628 */

const struct name *engine_canonical(struct context *ctx, const struct name *engine)
{
	static const char *const engines[] = {
		"InnoDB",     "MyISAM",    "MEMORY",  "Aria",        "CSV",
		"ARCHIVE",    "BLACKHOLE", "ROCKSDB", "MRG_MYISAM",  "FEDERATED",
		"ndbcluster", "SPIDER",    "CONNECT", "S3",          "SEQUENCE",
		"Mroonga",    "OQGRAPH",   "SPHINX",  "Columnstore", "TokuDB",
	};
	static const char *const aliases[][2] = { { "HEAP", "MEMORY" },
						  { "MERGE", "MRG_MYISAM" },
						  { "NDB", "ndbcluster" } };
	for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
		if (word_equal(engine->text, aliases[i][0]))
			return ctx_name(ctx, aliases[i][1]);
	for (size_t i = 0; i < sizeof(engines) / sizeof(*engines); i++)
		if (word_equal(engine->text, engines[i]))
			return ctx_name(ctx, engines[i]);
	return engine;
}

/* --- items -------------------------------------------------------------------------------------- */

static void add_column(struct resolver *r, struct draft *draft, const struct tree_item *item,
		       const struct tree_item *mixin)
{
	if (!item->name.name)
		return;
	struct draft_column *first = scope_column(draft, item->name.name);
	if (first) {
		struct span span = scope_span(item->name, item);
		struct diag *diag = scope_error(r, "duplicate", span,
						"table '%s' has column '%s' twice (error 1060)",
						draft->table->name->text, item->name.name->text);
		ctx_place(r->ctx, diag, span, mixin ? "again in mixin '%s'" : "again here",
			  mixin ? mixin->name.name->text : "");
		ctx_place(r->ctx, diag, scope_span(first->item->name, first->item),
			  first->mixin ? "first in mixin '%s'" : "first here",
			  first->mixin ? first->mixin->name.name->text : "");
		return;
	}
	struct draft_column *column = ARENA_NEW(r->arena, struct draft_column);
	column->item = item;
	column->mixin = mixin;
	column->table = draft;
	LIST_PUSH(r->arena, &draft->columns, column);
	map_put(r->arena, &draft->by_name, item->name.name->key, column);
	struct draft_entry entry = { item, mixin, column };
	LIST_PUSH(r->arena, &draft->entries, entry);
}

static void add_items(struct resolver *r, struct draft *draft, const struct tree_item_list *items,
		      const struct tree_item *mixin, size_t depth)
{
	for (size_t i = 0; i < items->n; i++) {
		const struct tree_item *item = items->items[i];
		if (item->kind == TREE_COLUMN) {
			add_column(r, draft, item, mixin);
		} else if (item->kind != TREE_USE) {
			struct draft_entry entry = { item, mixin, NULL };
			LIST_PUSH(r->arena, &draft->entries, entry);
		} else if (r->single) {
			scope_error(r, "mixin", item->span, "a mixin can't be used here");
		} else if (depth > r->mixin_list.n) {
			scope_error(r, "mixin", item->span, "mixin '%s' uses itself",
				    item->name.name->text);
		} else if (item->name.name) {
			struct tree_ident name = { item->name.name, scope_span(item->name, item) };
			const struct tree_item *used = scope_need_mixin(r, name);
			if (used)
				add_items(r, draft, &used->items, used, depth + 1);
		}
	}
}

/* --- attributes --------------------------------------------------------------------------------- */

static void take_was(struct resolver *r, struct table *table, const struct tree_attr *was)
{
	if (!was)
		return;
	scope_check_name(r, "table", was->word);
	if (was->word.name == table->name)
		scope_error(r, "was", was->span, "table '%s' was called so all along",
			    table->name->text);
	table->was = was->word.name;
	table->was_span = was->span;
}

static void take_attributes(struct resolver *r, struct draft *draft,
			    const struct charset_choice *inherited, const struct name *engine)
{
	const struct tree_attr_list *attrs = &draft->item->attrs;
	struct table *table = draft->table;
	struct charset_written written = charset_written_at(attrs, ORIGIN_TABLE);
	const struct tree_attr *own_engine = tree_find_attr(attrs, ATTR_ENGINE);
	struct charset_choice choice = *inherited;

	table->engine = own_engine ? engine_canonical(r->ctx, own_engine->word.name) : engine;
	charset_resolve(r, &written, inherited, &choice);
	table->charset = choice.charset;
	table->collation = choice.collation;
	table->charset_origin = choice.charset_origin;
	table->collation_origin = choice.collation_origin;
	table->comment = attrs_comment(r, attrs, COMMENT_LIMIT);
	table->auto_increment = attrs_text(attrs, ATTR_TABLE_AUTO_INCREMENT);
	take_was(r, table, tree_find_attr(attrs, ATTR_WAS));
	attrs_options(r, attrs, 'T', table->engine ? table->engine->text : NULL, &table->options);
}

void table_begin(struct resolver *r, struct draft *draft, const struct charset_choice *inherited,
		 const struct name *engine)
{
	const struct tree_item *item = draft->item;
	draft->table = ARENA_NEW(r->arena, struct table);
	draft->table->name = item->name.name;
	draft->table->span = item->span;
	scope_check_name(r, "table", item->name);
	attrs_check(r, &item->attrs, 'T',
		    arena_printf(r->arena, "table '%s'", item->name.name->text));
	take_attributes(r, draft, inherited, engine);
	add_items(r, draft, &item->items, NULL, 0);
	bool used = false; /* a mixin that isn't there has been spoken of */
	for (size_t i = 0; i < item->items.n; i++)
		used |= item->items.items[i]->kind == TREE_USE;
	if (!draft->columns.n && !used)
		scope_error(r, "table", scope_span(item->name, item),
			    "table '%s' has no columns (error 1113)", item->name.name->text);
}

void table_columns(struct resolver *r, struct draft *draft)
{
	for (size_t i = 0; i < draft->columns.n; i++) {
		struct draft_column *column = draft->columns.items[i];
		if (column_resolve(r, column))
			LIST_PUSH(r->arena, &draft->table->columns, column->column);
		else
			draft->broken = true;
	}
}
