#include "dsl/features.h"

#include <string.h>

#include "model/option.h"

/* Has the server what stands at that place? Errors as the header says; IGNORED without an error
 * means: leave it out. */
static enum support ask(struct resolver *r, enum capability capability, struct span span)
{
	enum support support = server_can(r->server, capability);
	const char *what = capability_text(capability);
	if (support == SUPPORT_REFUSED) {
		int number = server_refusal(r->server, capability);
		scope_error(r, "target", span, "%s refuses %s (error %d)", scope_server(r), what,
			    number);
	} else if (support == SUPPORT_IGNORED && r->declared) {
		scope_error(r, "target-ignored", span, "%s accepts and ignores %s", scope_server(r),
			    what);
	}
	return support;
}

/* The place of an attribute, else of the item it belongs to. */
static struct span place_of(const struct tree_attr_list *attrs, enum tree_attr_kind kind,
			    struct span item)
{
	const struct tree_attr *attr = attrs ? tree_find_attr(attrs, kind) : NULL;
	return attr && attr->span.src ? attr->span : item;
}

static void check_options(struct resolver *r, struct option_list *options,
			  enum capability (*capability_of)(enum tree_attr_kind kind),
			  const struct tree_attr_list *attrs, struct span item)
{
	for (size_t i = options->n; i > 0; i--) {
		enum tree_attr_kind kind = options->items[i - 1].kind;
		enum capability capability = capability_of(kind);
		if (capability != CAP_COUNT &&
		    ask(r, capability, place_of(attrs, kind, item)) == SUPPORT_IGNORED)
			option_set(r->arena, options, kind, NULL);
	}
}

/* Options of tables that the server has, but not with that engine. */
static void check_engine_options(struct resolver *r, const struct draft *draft)
{
	const struct table *table = draft->table;
	for (size_t i = 0; i < table->options.n; i++) {
		enum tree_attr_kind kind = table->options.items[i].kind;
		unsigned error = option_engine_refusal(kind, table->engine->text);
		if (!error || !server_has(r->server, option_capability(kind)))
			continue;
		struct diag *diag =
			scope_error(r, "option", place_of(&draft->item->attrs, kind, table->span),
				    "%s refuses '%s' of table '%s' (error %u)", table->engine->text,
				    tree_attr_spelling(kind), table->name->text, error);
		ctx_hint(r->ctx, diag, "leave it out, or engine InnoDB");
	}
}

static void check_default(struct resolver *r, const struct draft_column *draft)
{
	const struct column *column = draft->column;
	struct span span = place_of(&draft->attrs, ATTR_DEFAULT, column->span);
	enum type_class class = type_class(&column->type);
	bool large = class == CLASS_TEXT || class == CLASS_BLOB || class == CLASS_JSON ||
		     class == CLASS_SPATIAL;
	if (column->default_kind == DEFAULT_EXPR) {
		ask(r, CAP_DEFAULT_EXPR, span);
	} else if (column->default_kind == DEFAULT_LITERAL && large &&
		   !server_has(r->server, CAP_DEFAULT_TEXT)) {
		struct diag *diag = scope_error(r, "target", span, "%s refuses %s (error %d)",
						scope_server(r), capability_text(CAP_DEFAULT_TEXT),
						server_refusal(r->server, CAP_DEFAULT_TEXT));
		if (server_has(r->server, CAP_DEFAULT_EXPR))
			ctx_hint(r->ctx, diag, "default ('…'), an expression");
	}
}

static void check_column(struct resolver *r, const struct draft_column *draft)
{
	struct column *column = draft->column;
	if (column->generated)
		ask(r, CAP_GENERATED_COLUMN, place_of(&draft->attrs, ATTR_AS, column->span));
	if (column->invisible)
		ask(r, CAP_INVISIBLE_COLUMN, place_of(&draft->attrs, ATTR_INVISIBLE, column->span));
	check_default(r, draft);
	check_options(r, &column->options, option_column_capability, &draft->attrs, column->span);
}

/* cast(… as … array): a key that holds several values a row */
static bool is_multi_valued(const struct expr *expr)
{
	if (expr->kind == EXPR_CAST && expr->name && word_equal(expr->name->text, "array"))
		return true;
	for (size_t i = 0; i < expr->args.n; i++)
		if (is_multi_valued(expr->args.items[i]))
			return true;
	return false;
}

/*
 * USING HASH of a key that MariaDB makes a hash of anyhow says nothing; of one that the engine makes
 * a btree of it is shown and means nothing, or forgotten.
 */
static void settle_using(struct resolver *r, const struct draft *draft, struct index *index)
{
	const char *algorithm = option_find(&index->options, ATTR_USING);
	if (!algorithm || strcmp(algorithm, "HASH") != 0 ||
	    word_equal(draft->table->engine->text, "MEMORY"))
		return;
	bool by_itself =
		server_has(r->server, CAP_UNIQUE_HASH) && table_is_long_unique(draft->table, index);
	if (by_itself || ask(r, CAP_INDEX_HASH, index->span) != SUPPORT_YES)
		option_set(r->arena, &index->options, ATTR_USING, NULL);
}

/* A key has its own, else its table's; it is shown where it isn't the table's. */
static void settle_block_size(struct resolver *r, const struct table *table, struct index *index)
{
	const char *own = option_find(&index->options, ATTR_KEY_BLOCK_SIZE);
	const char *above = option_find(&table->options, ATTR_KEY_BLOCK_SIZE);
	const char *said = own ? own : above;
	const char *format = option_find(&table->options, ATTR_ROW_FORMAT);
	bool compressed = above || (format && !strcmp(format, "COMPRESSED"));
	if (!said || index->kind == KEY_FULLTEXT)
		return;
	if (own && !compressed && word_equal(table->engine->text, "InnoDB") &&
	    ask(r, CAP_INDEX_BLOCK_SIZE, index->span) != SUPPORT_YES) {
		option_set(r->arena, &index->options, ATTR_KEY_BLOCK_SIZE, NULL);
		return;
	}
	said = arena_printf(r->arena, "%lu", option_block_size(table->engine->text, said));
	option_set(r->arena, &index->options, ATTR_KEY_BLOCK_SIZE,
		   above && !strcmp(said, above) ? NULL : said);
}

static void check_index(struct resolver *r, const struct draft *draft, struct index *index)
{
	bool innodb = word_equal(draft->table->engine->text, "InnoDB");
	for (size_t i = 0; i < index->parts.n; i++) {
		struct index_part *part = &index->parts.items[i];
		if (part->expr)
			ask(r,
			    is_multi_valued(part->expr) ? CAP_INDEX_MULTI_VALUED : CAP_INDEX_EXPR,
			    index->span);
		if (part->desc && ask(r, CAP_INDEX_DESC, index->span) != SUPPORT_YES)
			part->desc = false;
	}
	if (index->invisible)
		ask(r, CAP_INVISIBLE_INDEX, index->span);
	if (index->kind == KEY_FULLTEXT && innodb)
		ask(r, CAP_FULLTEXT_INDEX, index->span);
	if (index->kind == KEY_SPATIAL && innodb)
		ask(r, CAP_SPATIAL_INDEX, index->span);
	if (index->kind == KEY_VECTOR)
		ask(r, CAP_VECTOR_INDEX, index->span);
	settle_using(r, draft, index);
	settle_block_size(r, draft->table, index);
	check_options(r, &index->options, option_capability, NULL, index->span);
}

static void check_checks(struct resolver *r, struct draft *draft)
{
	struct table *table = draft->table;
	for (size_t i = 0; i < table->checks.n; i++) {
		const struct check *check = table->checks.items[i];
		if (ask(r, CAP_CHECK, check->span) == SUPPORT_IGNORED) {
			LIST_REMOVE(&table->checks, i);
			i--;
		} else if (check->not_enforced) {
			ask(r, CAP_CHECK_NOT_ENFORCED, check->span);
		}
	}
}

static void check_periods(struct resolver *r, const struct table *table)
{
	for (size_t i = 0; i < table->periods.n; i++) {
		const struct period *period = table->periods.items[i];
		ask(r, period_is_system_time(period) ? CAP_SYSTEM_VERSIONING : CAP_PERIOD,
		    period->span);
	}
}

void features_check_partitions(struct resolver *r, const struct tree_partition_def_list *defs)
{
	for (size_t i = 0; i < defs->n; i++) {
		const struct tree_attr_list *attrs = &defs->items[i].attrs;
		for (size_t j = 0; j < attrs->n; j++) {
			enum capability capability =
				option_partition_capability(attrs->items[j].kind);
			if (capability != CAP_COUNT)
				ask(r, capability, attrs->items[j].span);
		}
		features_check_partitions(r, &defs->items[i].subpartitions);
	}
}

void features_check(struct resolver *r, struct draft *draft)
{
	struct table *table = draft->table;
	for (size_t i = 0; i < draft->columns.n; i++)
		if (draft->columns.items[i]->state == DRAFT_DONE)
			check_column(r, draft->columns.items[i]);
	for (size_t i = 0; i < draft->indexes.n; i++)
		check_index(r, draft, draft->indexes.items[i]);
	check_checks(r, draft);
	check_periods(r, table);
	check_options(r, &table->options, option_capability, &draft->item->attrs, table->span);
	check_engine_options(r, draft);
}
