#include "dsl/resolve_key.h"

#include <string.h>

#include "dsl/attrs.h"
#include "dsl/features.h"
#include "dsl/resolve_column.h"
#include "dsl/resolve_outside.h"
#include "dsl/resolve_period.h"
#include "dsl/resolve_type.h"
#include "model/normal.h"
#include "model/partition.h"

#define COMMENT_LIMIT 1024 /* characters of an index's comment; error 1688 */

/* --- columns of expressions --------------------------------------------------------------------- */

struct look {
	struct resolver *r;
	const struct draft *draft;
	struct span span;
};

static void look_at(const struct expr *expr, void *data)
{
	struct look *look = data;
	struct tree_ident ident = { expr->name, expr->span.src ? expr->span : look->span };
	if (expr->name)
		scope_need_column(look->r, look->draft, ident);
}

void key_check_columns(struct resolver *r, const struct draft *draft, const struct expr *expr,
		       struct span span)
{
	struct look look = { r, draft, span };
	if (draft && expr)
		expr_each_column(expr, look_at, &look);
}

const struct name *key_column_name(struct resolver *r, const struct draft *draft,
				   struct tree_ident ident)
{
	if (!draft)
		return ident.name;
	const struct draft_column *column = scope_need_column(r, draft, ident);
	return column ? column->item->name.name : NULL;
}

/* --- indexes ------------------------------------------------------------------------------------ */

static const char *key_words(enum tree_key_kind kind)
{
	static const char *const words[] = {
		[KEY_PRIMARY] = "primary key",   [KEY_UNIQUE] = "unique key",
		[KEY_INDEX] = "index",           [KEY_FULLTEXT] = "fulltext index",
		[KEY_SPATIAL] = "spatial index", [KEY_VECTOR] = "vector index",
	};
	return words[kind];
}

static bool takes_prefix(const struct type *type)
{
	enum type_class class = type_class(type);
	return class == CLASS_STRING || class == CLASS_TEXT || class == CLASS_BINARY ||
	       class == CLASS_BLOB || class == CLASS_JSON || class == CLASS_SPATIAL;
}

/* A prefix as long as the column is none; one of anything but a string, or longer, is error 1089. */
static bool settle_length(struct resolver *r, const struct draft *draft,
			  const struct tree_item *item, const struct tree_part *from,
			  struct index_part *part)
{
	const struct draft_column *column = draft ? scope_column(draft, part->column) : NULL;
	part->length = from->length;
	if (item->key == KEY_FULLTEXT)
		part->length = 0; /* the servers drop it */
	if (!part->length || !column || column->state != DRAFT_DONE)
		return true;
	const struct type *type = &column->column->type;
	if (!takes_prefix(type)) {
		scope_error(r, "key", from->span,
			    "only a string has a prefix, '%s' is none (error 1089)",
			    part->column->text);
		return false;
	}
	bool bounded = type_class(type) == CLASS_STRING || type_class(type) == CLASS_BINARY;
	if (bounded && part->length > (unsigned)type->length) {
		scope_error(r, "key", from->span,
			    "the prefix of '%s' is longer than the column (error 1089)",
			    part->column->text);
		return false;
	}
	if (bounded && part->length == (unsigned)type->length)
		part->length = 0;
	return true;
}

static bool take_part(struct resolver *r, const struct draft *draft, const struct tree_item *item,
		      const struct tree_part *from, struct index *index)
{
	struct index_part part = { .desc = from->desc };
	if (from->expr) {
		part.expr = normal_expr(r->ctx, r->arena, r->server, from->expr);
		key_check_columns(r, draft, from->expr, from->span);
	} else {
		struct tree_ident ident = from->column;
		if (!ident.span.src)
			ident.span = from->span;
		part.column = key_column_name(r, draft, ident);
		if (!part.column)
			return false;
		for (size_t i = 0; i < index->parts.n; i++) {
			if (!name_equal(index->parts.items[i].column, part.column))
				continue;
			scope_error(r, "key", from->span,
				    "column '%s' stands twice in the %s (error 1060)",
				    part.column->text, key_words(item->key));
			return false;
		}
		if (!settle_length(r, draft, item, from, &part))
			return false;
	}
	LIST_PUSH(r->arena, &index->parts, part);
	return true;
}

/*
 * What no server takes of a key that is no btree, or takes and drops: `using` (error 1064), a
 * direction (1221; older servers drop it), a prefix of a spatial column (1089).
 */
static bool check_other_kinds(struct resolver *r, const struct tree_item *item)
{
	const struct tree_attr *using = tree_find_attr(&item->attrs, ATTR_USING);
	const char *words = key_words(item->key);
	bool ok = true;
	if (item->key != KEY_FULLTEXT && item->key != KEY_SPATIAL && item->key != KEY_VECTOR)
		return true;
	if (using) {
		scope_error(r, "key", using->span, "a %s takes no 'using' (error 1064)", words);
		ok = false;
	}
	for (size_t i = 0; i < item->parts.n; i++) {
		const struct tree_part *part = &item->parts.items[i];
		if (part->desc || part->asc) {
			scope_error(r, "key", part->span, "a %s has no direction (error 1221)",
				    words);
			ok = false;
		}
		if (part->length && item->key != KEY_FULLTEXT) {
			scope_error(r, "key", part->span, "a %s has no prefix (error 1089)", words);
			ok = false;
		}
	}
	return ok;
}

struct index *key_index(struct resolver *r, const struct draft *draft, const struct tree_item *item)
{
	struct index *index = ARENA_NEW(r->arena, struct index);
	bool primary = item->key == KEY_PRIMARY;
	bool ok = attrs_check(r, &item->attrs, 'K',
			      arena_printf(r->arena, "the %s", key_words(item->key)));
	index->kind = item->key;
	index->span = item->span;
	index->name = primary ? ctx_name(r->ctx, "PRIMARY") : item->name.name;
	index->named = !primary && item->name.name;
	if (index->named && (word_equal(index->name->text, "PRIMARY") ||
			     word_equal(index->name->text, "GEN_CLUST_INDEX"))) {
		scope_error(r, "name", item->name.span, "no index can be called %s (error 1280)",
			    index->name->text);
		ok = false;
	}
	if (!primary)
		ok &= scope_check_name(r, "index", item->name);
	if (draft)
		ok &= check_other_kinds(r, item);
	for (size_t i = 0; i < item->parts.n; i++)
		ok &= take_part(r, draft, item, &item->parts.items[i], index);
	index->invisible =
		attrs_has(&item->attrs, ATTR_INVISIBLE) || attrs_has(&item->attrs, ATTR_IGNORED);
	index->comment = attrs_comment(r, &item->attrs, COMMENT_LIMIT);
	attrs_options(r, &item->attrs, 'K', NULL, &index->options);
	return ok ? index : NULL;
}

/* primary key or unique, written at a column */
static void add_column_key(struct resolver *r, struct draft *draft,
			   const struct draft_column *column, enum tree_key_kind kind)
{
	struct index *index = ARENA_NEW(r->arena, struct index);
	struct index_part part = { .column = column->item->name.name };
	index->kind = kind;
	index->span = column->item->span;
	index->name = kind == KEY_PRIMARY ? ctx_name(r->ctx, "PRIMARY") : NULL;
	index->comment = "";
	LIST_PUSH(r->arena, &index->parts, part);
	LIST_PUSH(r->arena, &draft->indexes, index);
}

/* --- foreign keys ------------------------------------------------------------------------------- */

static enum fk_action action_of(struct resolver *r, struct tree_ident word)
{
	static const struct {
		const char *words;
		enum fk_action action;
	} actions[] = {
		{ "restrict", FK_RESTRICT },       { "no action", FK_NO_ACTION },
		{ "cascade", FK_CASCADE },         { "set null", FK_SET_NULL },
		{ "set default", FK_SET_DEFAULT },
	};
	if (!word.name)
		return FK_DEFAULT;
	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (word_equal(word.name->text, actions[i].words))
			return actions[i].action;
	scope_error(r, "references", word.span, "'%s' is no action of a foreign key",
		    word.name->text);
	return FK_DEFAULT;
}

/* The parent's columns as its table writes them; the judge speaks of those that are not there. */
static bool take_parent(struct resolver *r, const struct tree_reference *reference,
			struct foreign_key *key)
{
	struct tree_ident_list columns = reference->columns;
	struct draft *parent = NULL;
	key->parent_database = reference->table.database.name;
	key->parent = reference->table.table.name;
	key->parent_span = reference->span;
	if (!key->parent_database && !r->single)
		parent = scope_table(r, key->parent);
	if (parent)
		key->parent = parent->item->name.name;
	if (!columns.n) {
		if (!parent && (key->parent_database || r->single))
			return outside_refuse_columns(r, reference);
		parent = scope_need_table(r, reference->table.table);
		if (!parent)
			return false;
		columns = type_primary_key(r, parent);
		if (!columns.n) {
			struct diag *diag = scope_error(r, "references", reference->span,
							"'%s' has no primary key to reference",
							key->parent->text);
			ctx_hint(r->ctx, diag, "name the columns of another key: references %s (…)",
				 key->parent->text);
			return false;
		}
	}
	for (size_t i = 0; i < columns.n; i++) {
		const struct name *name = columns.items[i].name;
		const struct draft_column *column = parent ? scope_column(parent, name) : NULL;
		LIST_PUSH(r->arena, &key->parent_columns, column ? column->item->name.name : name);
	}
	return true;
}

static struct foreign_key *make_foreign_key(struct resolver *r, struct span span,
					    const struct tree_reference *reference)
{
	struct foreign_key *key = ARENA_NEW(r->arena, struct foreign_key);
	key->span = span;
	key->on_delete = action_of(r, reference->on_delete);
	key->on_update = action_of(r, reference->on_update);
	return take_parent(r, reference, key) ? key : NULL;
}

struct foreign_key *key_foreign_key(struct resolver *r, const struct draft *draft,
				    const struct tree_item *item)
{
	struct foreign_key *key = make_foreign_key(r, item->span, &item->reference);
	bool ok = attrs_check(r, &item->attrs, 'F', "the foreign key");
	if (!key)
		return NULL;
	key->name = item->name.name;
	key->named = item->name.name != NULL;
	for (size_t i = 0; i < item->columns.n; i++) {
		const struct name *name = key_column_name(r, draft, item->columns.items[i]);
		if (name)
			LIST_PUSH(r->arena, &key->columns, name);
		ok &= name != NULL;
	}
	return ok ? key : NULL;
}

static void add_column_reference(struct resolver *r, struct draft *draft,
				 const struct draft_column *column, const struct tree_attr *attr)
{
	if (!attr->reference)
		return;
	struct foreign_key *key = make_foreign_key(r, column->item->span, attr->reference);
	if (!key)
		return;
	LIST_PUSH(r->arena, &key->columns, column->item->name.name);
	LIST_PUSH(r->arena, &draft->foreign_keys, key);
}

/* --- checks ------------------------------------------------------------------------------------- */

struct check *key_check(struct resolver *r, const struct draft *draft, const struct tree_item *item)
{
	struct check *check = ARENA_NEW(r->arena, struct check);
	bool ok = attrs_check(r, &item->attrs, 'X', "the check") &&
		  scope_check_name(r, "check", item->name);
	check->name = item->name.name;
	check->named = item->name.name != NULL;
	check->span = item->span;
	check->expr = normal_expr(r->ctx, r->arena, r->server, item->expr);
	check->not_enforced = attrs_has(&item->attrs, ATTR_NOT_ENFORCED);
	key_check_columns(r, draft, item->expr, item->span);
	return ok ? check : NULL;
}

static void add_column_check(struct resolver *r, struct draft *draft,
			     const struct draft_column *column, const struct tree_attr *attr)
{
	if (!attr->expr)
		return;
	struct check *check = ARENA_NEW(r->arena, struct check);
	check->span = attr->span.src ? attr->span : column->item->span;
	check->expr = normal_expr(r->ctx, r->arena, r->server, attr->expr);
	key_check_columns(r, draft, attr->expr, attr->span);
	LIST_PUSH(r->arena, &draft->checks, check);
}

/* --- partitions --------------------------------------------------------------------------------- */

static void check_idents(struct resolver *r, const struct draft *draft,
			 const struct tree_ident_list *columns)
{
	for (size_t i = 0; draft && i < columns->n; i++)
		scope_need_column(r, draft, columns->items[i]);
}

/* What `partitions N` and `subpartitions N` say of a list that stands below them. */
static void check_counts(struct resolver *r, const struct tree_partition *partition)
{
	if (partition->count && partition->defs.n && partition->count != partition->defs.n)
		scope_error(r, "partition", partition->span,
			    "partitions %u, but %zu are listed (error 1483)", partition->count,
			    partition->defs.n);
	for (size_t i = 0; i < partition->defs.n; i++) {
		const struct tree_partition_def *def = &partition->defs.items[i];
		size_t first = partition->defs.items[0].subpartitions.n, n = def->subpartitions.n;
		size_t wanted = partition->sub_count && first ? partition->sub_count : first;
		if (n == wanted)
			continue;
		scope_error(r, "partition", def->span.src ? def->span : partition->span,
			    "partition '%s' lists %zu subpartitions, it has %zu (error 1484)",
			    def->name.name->text, n, wanted);
		return;
	}
}

const struct tree_partition *key_partition(struct resolver *r, const struct draft *draft,
					   const struct tree_partition *from)
{
	const struct name *engine = draft ? draft->table->engine : NULL;
	if (from->keeping_rows)
		scope_error(r, "partition", from->span,
			    "'keeping rows' says how an operation goes, nothing of a table");
	key_check_columns(r, draft, from->expr, from->span);
	key_check_columns(r, draft, from->sub_expr, from->span);
	check_idents(r, draft, &from->columns);
	check_idents(r, draft, &from->sub_columns);
	if (draft) {
		check_counts(r, from);
		features_check_partitions(r, &from->defs);
	}
	return partition_normal(r->ctx, r->arena, r->server, engine, from);
}

static void add_partition(struct resolver *r, struct draft *draft, const struct tree_item *item)
{
	if (!item->partition)
		return;
	if (draft->table->partition) {
		struct diag *diag =
			scope_error(r, "partition", item->span, "table '%s' is partitioned twice",
				    draft->table->name->text);
		ctx_place(r->ctx, diag, draft->table->partition->span, "first here");
		return;
	}
	draft->table->partition = key_partition(r, draft, item->partition);
}

/* --- a table's ---------------------------------------------------------------------------------- */

static void collect_column(struct resolver *r, struct draft *draft,
			   const struct draft_column *column)
{
	const struct tree_attr *references = tree_find_attr(&column->attrs, ATTR_REFERENCES);
	const struct tree_attr *check = tree_find_attr(&column->attrs, ATTR_CHECK);
	if (column->state == DRAFT_FAILED && !column->attrs.n)
		return;
	if (attrs_has(&column->attrs, ATTR_PRIMARY_KEY))
		add_column_key(r, draft, column, KEY_PRIMARY);
	if (attrs_has(&column->attrs, ATTR_UNIQUE))
		add_column_key(r, draft, column, KEY_UNIQUE);
	if (references && column->state == DRAFT_DONE)
		add_column_reference(r, draft, column, references);
	if (check && !r->single && column->column && column_keeps_check(r, column->column))
		key_check_columns(r, draft, check->expr, check->span);
	else if (check && !r->single)
		add_column_check(r, draft, column, check);
	const struct tree_attr *as = tree_find_attr(&column->attrs, ATTR_AS);
	const struct tree_attr *by_default = tree_find_attr(&column->attrs, ATTR_DEFAULT);
	const struct tree_attr *backfill = tree_find_attr(&column->attrs, ATTR_BACKFILL);
	if (as)
		key_check_columns(r, draft, as->expr, as->span);
	if (by_default && column->column && column->column->default_kind == DEFAULT_EXPR)
		key_check_columns(r, draft, by_default->expr, by_default->span);
	if (backfill)
		key_check_columns(r, draft, backfill->expr, backfill->span);
}

static void collect_item(struct resolver *r, struct draft *draft, const struct tree_item *item)
{
	struct index *index;
	struct foreign_key *key;
	struct check *check;
	switch (item->kind) {
	case TREE_KEY:
		index = key_index(r, draft, item);
		if (index)
			LIST_PUSH(r->arena, &draft->indexes, index);
		break;
	case TREE_FOREIGN_KEY:
		key = key_foreign_key(r, draft, item);
		if (key)
			LIST_PUSH(r->arena, &draft->foreign_keys, key);
		break;
	case TREE_CHECK:
		check = key_check(r, draft, item);
		if (check)
			LIST_PUSH(r->arena, &draft->checks, check);
		break;
	case TREE_PARTITION:
		add_partition(r, draft, item);
		break;
	case TREE_PERIOD:
		period_collect(r, draft, item);
		break;
	case TREE_SCHEMA:
	case TREE_TYPE:
	case TREE_MIXIN:
	case TREE_TABLE:
	case TREE_OBJECT:
	case TREE_COLUMN:
	case TREE_USE:
		break;
	}
}

/* The key that two columns marked `primary key` may have been meant for. */
static void hint_one_key(struct resolver *r, struct diag *diag, const struct index *first,
			 const struct index *second)
{
	if (first->parts.n == 1 && first->parts.items[0].column && second->parts.n == 1 &&
	    second->parts.items[0].column)
		ctx_hint(r->ctx, diag, "one key of both columns: primary key (%s, %s)",
			 first->parts.items[0].column->text, second->parts.items[0].column->text);
}

/* The primary key goes first; a second one is error 1068. */
static void settle_primary(struct resolver *r, struct draft *draft)
{
	struct index *primary = NULL;
	for (size_t i = 0; i < draft->indexes.n; i++) {
		struct index *index = draft->indexes.items[i];
		if (index->kind != KEY_PRIMARY)
			continue;
		if (!primary) {
			primary = index;
			LIST_REMOVE(&draft->indexes, i);
			LIST_INSERT(r->arena, &draft->indexes, 0, primary);
			continue;
		}
		struct diag *diag = scope_error(r, "key", index->span,
						"table '%s' has two primary keys (error 1068)",
						draft->table->name->text);
		ctx_place(r->ctx, diag, primary->span, "first here");
		hint_one_key(r, diag, primary, index);
		LIST_REMOVE(&draft->indexes, i);
		i--;
	}
}

void key_collect(struct resolver *r, struct draft *draft)
{
	for (size_t i = 0; i < draft->entries.n; i++) {
		const struct draft_entry *entry = &draft->entries.items[i];
		if (entry->column)
			collect_column(r, draft, entry->column);
		else
			collect_item(r, draft, entry->item);
	}
	settle_primary(r, draft);
	period_settle(r, draft);
}
