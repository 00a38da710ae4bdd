#include "revision/op_text.h"

#include "base/buf.h"
#include "base/context.h"
#include "diff/rename.h"
#include "dsl/resolve.h"
#include "dsl/unresolve.h"
#include "model/merge.h"
#include "model/partition.h"
#include "syntax/parse.h"
#include "syntax/print.h"

#include <string.h>

static struct tree_ident ident(const struct name *name)
{
	return (struct tree_ident){ .name = name };
}

static struct tree_place place_of(struct column_place place)
{
	return (struct tree_place){ true, !place.after, ident(place.after) };
}

/* --- op to tree ------------------------------------------------------------------------------- */

/* Both arenas hold for the time of printing only. */
struct writer {
	struct context *ctx;
	struct arena *arena;
};

static void add_word(struct writer *w, struct tree_attr_list *attrs, enum tree_attr_kind kind,
		     const struct name *word)
{
	if (word)
		LIST_PUSH(w->arena, attrs,
			  ((struct tree_attr){ .kind = kind, .word = ident(word) }));
}

static void add_option(struct writer *w, struct tree_attr_list *attrs, enum tree_attr_kind kind,
		       const char *text)
{
	struct tree_attr attr = { .kind = kind };
	enum tree_attr_value value = tree_attr_value(kind);
	if (!text)
		return;
	if (value == VALUE_WORD)
		attr.word = ident(ctx_name(w->ctx, text));
	else if (value == VALUE_STRING)
		attr.expr = expr_string(w->arena, text, strlen(text));
	else if (value == VALUE_EXPR)
		attr.expr = parse_expr(w->ctx, w->arena, text, strlen(text), SYNTAX_MODEL);
	LIST_PUSH(w->arena, attrs, attr);
}

static void option_to_tree(struct writer *w, const struct op *op, const union op_side *side,
			   struct tree_attr_list *attrs)
{
	switch (op->option) {
	case TABLE_ENGINE:
		if (side->option.text)
			add_word(w, attrs, ATTR_ENGINE, ctx_name(w->ctx, side->option.text));
		break;
	case TABLE_CHARSET:
		add_word(w, attrs, ATTR_CHARSET, side->option.charset);
		add_word(w, attrs, ATTR_COLLATE, side->option.collation);
		break;
	case TABLE_COMMENT: /* an empty comment is none */
		if (side->option.text && *side->option.text)
			add_option(w, attrs, ATTR_COMMENT, side->option.text);
		break;
	case TABLE_OTHER:
		add_option(w, attrs, op->option_kind, side->option.text);
		break;
	}
}

static const struct tree_item *partition_item(struct writer *w,
					      const struct tree_partition *partition)
{
	struct tree_item *item = ARENA_NEW(w->arena, struct tree_item);
	item->kind = TREE_PARTITION;
	item->partition = arena_memdup(w->arena, partition, sizeof(*partition));
	return item;
}

/* $$, or a tag that no line of the body is. */
static const struct tree_item *object_item(struct writer *w, const struct object *object)
{
	struct tree_item *item = ARENA_NEW(w->arena, struct tree_item);
	item->kind = TREE_OBJECT;
	item->name = ident(object->name);
	item->object_kind = object->kind;
	item->head = object->head;
	item->body = object->body;
	item->tag = "$$";
	for (unsigned n = 1; object->body && strstr(object->body, item->tag); n++)
		item->tag = arena_printf(w->arena, "$body%u$", n);
	return item;
}

/* The item that an op adds or drops: a side of it, by its kind. */
static const struct tree_item *side_to_item(struct writer *w, enum op_kind kind,
					    const union op_side *side)
{
	switch (kind) {
	case OP_CREATE_TABLE:
	case OP_DROP_TABLE:
		return unresolve_table(w->ctx, w->arena, side->table, NULL, UNRESOLVE_FULL);
	case OP_ADD_COLUMN:
	case OP_DROP_COLUMN:
	case OP_ALTER_COLUMN:
		return unresolve_column(w->ctx, w->arena, side->column, NULL, UNRESOLVE_FULL);
	case OP_ADD_INDEX:
	case OP_DROP_INDEX:
		return unresolve_index(w->ctx, w->arena, side->index, NULL, UNRESOLVE_FULL);
	case OP_ADD_FOREIGN_KEY:
	case OP_DROP_FOREIGN_KEY:
		return unresolve_foreign_key(w->ctx, w->arena, side->foreign_key, NULL,
					     UNRESOLVE_FULL);
	case OP_ADD_CHECK:
	case OP_DROP_CHECK:
		return unresolve_check(w->ctx, w->arena, side->check, NULL, UNRESOLVE_FULL);
	case OP_ADD_PERIOD:
	case OP_DROP_PERIOD:
		return unresolve_period(w->arena, side->period);
	case OP_SET_PARTITION:
		return side->partition ? partition_item(w, side->partition) : NULL;
	case OP_CREATE_OBJECT:
	case OP_DROP_OBJECT:
		return object_item(w, side->object);
	case OP_RENAME_TABLE:
	case OP_RENAME_COLUMN:
	case OP_RENAME_INDEX:
	case OP_MOVE_COLUMN:
	case OP_SET_OPTION:
	case OP_COUNT:
		break;
	}
	return NULL;
}

static void op_to_tree(struct writer *w, const struct op *op, struct tree_op *tree)
{
	tree->table = ident(op->table);
	tree->place_before = place_of(op->place_before);
	tree->place_after = place_of(op->place_after);
	switch (op->kind) {
	case OP_CREATE_TABLE:
	case OP_CREATE_OBJECT:
		tree->verb = VERB_CREATE;
		tree->after = side_to_item(w, op->kind, &op->after);
		break;
	case OP_DROP_TABLE:
	case OP_DROP_OBJECT:
		tree->verb = VERB_DROP;
		tree->before = side_to_item(w, op->kind, &op->before);
		break;
	case OP_ADD_COLUMN:
	case OP_ADD_INDEX:
	case OP_ADD_FOREIGN_KEY:
	case OP_ADD_CHECK:
	case OP_ADD_PERIOD:
		tree->verb = VERB_ADD;
		tree->after = side_to_item(w, op->kind, &op->after);
		tree->place_after.given = op->kind == OP_ADD_COLUMN;
		break;
	case OP_DROP_COLUMN:
	case OP_DROP_INDEX:
	case OP_DROP_FOREIGN_KEY:
	case OP_DROP_CHECK:
	case OP_DROP_PERIOD:
		tree->verb = VERB_DROP_ITEM;
		tree->before = side_to_item(w, op->kind, &op->before);
		tree->place_before.given = op->kind == OP_DROP_COLUMN;
		break;
	case OP_ALTER_COLUMN:
	case OP_SET_PARTITION:
		tree->verb = op->kind == OP_SET_PARTITION ? VERB_PARTITION : VERB_ALTER;
		tree->before = side_to_item(w, op->kind, &op->before);
		tree->after = side_to_item(w, op->kind, &op->after);
		break;
	case OP_RENAME_TABLE:
		tree->verb = VERB_RENAME_TABLE;
		tree->name_before = ident(op->table);
		tree->name_after = ident(op->after.name);
		break;
	case OP_RENAME_COLUMN:
		tree->verb = VERB_RENAME_COLUMN;
		tree->name_before = ident(op->before.column->name);
		tree->name_after = ident(op->after.column->name);
		break;
	case OP_RENAME_INDEX:
		tree->verb = VERB_RENAME_INDEX;
		tree->name_before = ident(op->before.index->name);
		tree->name_after = ident(op->after.index->name);
		break;
	case OP_MOVE_COLUMN:
		tree->verb = VERB_MOVE;
		tree->name_before = ident(op->after.column->name);
		break;
	case OP_SET_OPTION:
		tree->verb = VERB_SET;
		option_to_tree(w, op, &op->before, &tree->attrs_before);
		option_to_tree(w, op, &op->after, &tree->attrs_after);
		break;
	case OP_COUNT:
		break;
	}
}

void op_to_text(struct context *ctx, struct buf *out, const struct op *op)
{
	struct arena arena;
	arena_init(&arena);
	struct writer w = { ctx, &arena };
	struct tree_op tree = { 0 };
	op_to_tree(&w, op, &tree);
	print_op(out, &tree);
	arena_free(&arena);
}

/* --- tree to op ------------------------------------------------------------------------------- */

struct reader {
	struct context *ctx;
	struct arena *arena;
	const struct server *server;
	const struct tree_op *tree;
};

static bool fail(const struct reader *r, const char *message)
{
	ctx_error(r->ctx, "op", r->tree->span, "%s", message);
	return false;
}

/* What an item of that kind is when it is added; the kind of its drop is the inverse. */
static enum op_kind add_kind_of(enum tree_item_kind kind)
{
	switch ((int)kind) {
	case TREE_COLUMN:
		return OP_ADD_COLUMN;
	case TREE_KEY:
		return OP_ADD_INDEX;
	case TREE_FOREIGN_KEY:
		return OP_ADD_FOREIGN_KEY;
	case TREE_CHECK:
		return OP_ADD_CHECK;
	case TREE_PERIOD:
		return OP_ADD_PERIOD;
	case TREE_TABLE:
		return OP_CREATE_TABLE;
	case TREE_OBJECT:
		return OP_CREATE_OBJECT;
	default:
		return OP_COUNT;
	}
}

static const struct object *object_of(const struct reader *r, const struct tree_item *item)
{
	struct object *object = ARENA_NEW(r->arena, struct object);
	object->kind = item->object_kind;
	object->name = item->name.name;
	object->head = item->head;
	object->body = item->body;
	object->span = item->span;
	return object;
}

static bool item_to_side(const struct reader *r, const struct tree_item *item, union op_side *side)
{
	struct context *ctx = r->ctx;
	switch ((int)item->kind) {
	case TREE_TABLE:
		side->table = resolve_table(ctx, r->arena, r->server, item);
		return side->table;
	case TREE_COLUMN:
		side->column = resolve_column(ctx, r->arena, r->server, item);
		return side->column;
	case TREE_KEY:
		side->index = resolve_index(ctx, r->arena, r->server, item);
		return side->index;
	case TREE_FOREIGN_KEY:
		side->foreign_key = resolve_foreign_key(ctx, r->arena, item);
		return side->foreign_key;
	case TREE_CHECK:
		side->check = resolve_check(ctx, r->arena, r->server, item);
		return side->check;
	case TREE_PERIOD:
		side->period = resolve_period(ctx, r->arena, item);
		return side->period;
	case TREE_OBJECT:
		side->object = object_of(r, item);
		return true;
	default:
		return fail(r, "no operation is made of such an item");
	}
}

/* create, drop; alter table: add, drop. */
static bool read_item_op(const struct reader *r, struct op *op, bool drop)
{
	const struct tree_item *item = drop ? r->tree->before : r->tree->after;
	const struct tree_place *place = drop ? &r->tree->place_before : &r->tree->place_after;
	if (!item || !item_to_side(r, item, drop ? &op->before : &op->after))
		return false;
	enum op_kind add = add_kind_of(item->kind);
	static const enum op_kind drops[OP_COUNT] = {
		[OP_ADD_COLUMN] = OP_DROP_COLUMN,           [OP_ADD_INDEX] = OP_DROP_INDEX,
		[OP_ADD_FOREIGN_KEY] = OP_DROP_FOREIGN_KEY, [OP_ADD_CHECK] = OP_DROP_CHECK,
		[OP_CREATE_TABLE] = OP_DROP_TABLE,          [OP_CREATE_OBJECT] = OP_DROP_OBJECT,
		[OP_ADD_PERIOD] = OP_DROP_PERIOD,
	};
	op->kind = drop ? drops[add] : add;
	if (add == OP_CREATE_TABLE || add == OP_CREATE_OBJECT)
		op->table = item->name.name;
	if (add == OP_ADD_COLUMN && !place->given)
		return fail(r, "say where the column stands: first, or after another one");
	return true;
}

static bool read_alter(const struct reader *r, struct op *op)
{
	op->kind = OP_ALTER_COLUMN;
	op->before.column = resolve_column(r->ctx, r->arena, r->server, r->tree->before);
	op->after.column = resolve_column(r->ctx, r->arena, r->server, r->tree->after);
	return op->before.column && op->after.column;
}

/* Sides that are but a name, until op_complete(). */
static void read_rename(const struct reader *r, struct op *op)
{
	if (r->tree->verb == VERB_RENAME_INDEX) {
		struct index *before = ARENA_NEW(r->arena, struct index);
		struct index *after = ARENA_NEW(r->arena, struct index);
		op->kind = OP_RENAME_INDEX;
		before->name = r->tree->name_before.name;
		after->name = r->tree->name_after.name;
		op->before.index = before;
		op->after.index = after;
		return;
	}
	struct column *before = ARENA_NEW(r->arena, struct column);
	struct column *after = ARENA_NEW(r->arena, struct column);
	bool move = r->tree->verb == VERB_MOVE;
	op->kind = move ? OP_MOVE_COLUMN : OP_RENAME_COLUMN;
	before->name = r->tree->name_before.name;
	after->name = move ? before->name : r->tree->name_after.name;
	before->comment = after->comment = "";
	op->before.column = before;
	op->after.column = after;
}

static void read_option_side(const struct reader *r, struct op *op,
			     const struct tree_attr_list *attrs, union op_side *side)
{
	if (op->option == TABLE_COMMENT)
		side->option.text = "";
	for (size_t i = 0; i < attrs->n; i++) {
		const struct tree_attr *attr = &attrs->items[i];
		if (attr->kind == ATTR_CHARSET)
			side->option.charset = attr->word.name;
		else if (attr->kind == ATTR_COLLATE)
			side->option.collation = attr->word.name;
		else if (attr->word.name)
			side->option.text = attr->word.name->text;
		else if (attr->expr && attr->expr->kind == EXPR_STRING)
			side->option.text =
				arena_strndup(r->arena, attr->expr->text, attr->expr->len);
		else if (attr->expr && attr->kind == ATTR_UNION)
			side->option.text = merge_union_text(r->arena, attr->expr);
		else if (attr->expr) {
			struct buf text = { 0 };
			expr_print(&text, attr->expr, EXPR_MODEL);
			side->option.text = buf_arena(&text, r->arena);
		} else {
			side->option.text = "";
		}
	}
}

static bool read_option(const struct reader *r, struct op *op)
{
	const struct tree_attr_list *before = &r->tree->attrs_before,
				    *after = &r->tree->attrs_after;
	const struct tree_attr_list *said = after->n ? after : before;
	if (!said->n)
		return fail(r, "no option is named");
	op->kind = OP_SET_OPTION;
	switch ((int)said->items[0].kind) {
	case ATTR_ENGINE:
		op->option = TABLE_ENGINE;
		break;
	case ATTR_CHARSET:
	case ATTR_COLLATE:
		op->option = TABLE_CHARSET;
		break;
	case ATTR_COMMENT:
		op->option = TABLE_COMMENT;
		break;
	default:
		op->option = TABLE_OTHER;
		op->option_kind = said->items[0].kind;
	}
	read_option_side(r, op, before, &op->before);
	read_option_side(r, op, after, &op->after);
	return true;
}

static const struct tree_partition *read_partition(const struct reader *r,
						   const struct tree_item *item)
{
	return item ? partition_normal(r->ctx, r->arena, r->server, NULL, item->partition) : NULL;
}

static bool read_op(const struct reader *r, struct op *op)
{
	const struct tree_op *tree = r->tree;
	op->table = tree->table.name;
	op->place_before.after = tree->place_before.after.name;
	op->place_after.after = tree->place_after.after.name;
	op->origin = tree->span;
	switch (tree->verb) {
	case VERB_CREATE:
	case VERB_ADD:
		return read_item_op(r, op, false);
	case VERB_DROP:
	case VERB_DROP_ITEM:
		return read_item_op(r, op, true);
	case VERB_RENAME_TABLE:
		op->kind = OP_RENAME_TABLE;
		op->table = tree->name_before.name ? tree->name_before.name : tree->table.name;
		op->before.name = op->table;
		op->after.name = tree->name_after.name;
		return true;
	case VERB_ALTER:
		return read_alter(r, op);
	case VERB_RENAME_COLUMN:
	case VERB_RENAME_INDEX:
	case VERB_MOVE:
		read_rename(r, op);
		return true;
	case VERB_SET:
		return read_option(r, op);
	case VERB_PARTITION:
		op->kind = OP_SET_PARTITION;
		op->before.partition = read_partition(r, tree->before);
		op->after.partition = read_partition(r, tree->after);
		return true;
	}
	return false;
}

const struct op *op_from_text(struct context *ctx, struct arena *arena, const struct server *server,
			      const struct source *src)
{
	const struct tree_op *tree = parse_op(ctx, arena, src);
	if (!tree)
		return NULL;
	struct reader r = { ctx, arena, server, tree };
	struct op *op = ARENA_NEW(arena, struct op);
	return read_op(&r, op) ? op : NULL;
}

/* --- completing ------------------------------------------------------------------------------- */

static void complete_column(struct arena *arena, const struct table *table, struct op *op)
{
	const struct name *from = op->before.column->name, *to = op->after.column->name;
	const struct column *column = table_column(table, from);
	if (!column)
		return; /* apply says so */
	op->before.column = column;
	op->after.column =
		op->kind == OP_MOVE_COLUMN ? column : rename_column_copy(arena, column, from, to);
}

static void complete_index(struct arena *arena, const struct table *table, struct op *op)
{
	const struct index *index = table_index(table, op->before.index->name);
	if (!index)
		return;
	struct index *renamed = arena_memdup(arena, index, sizeof(*index));
	renamed->name = op->after.index->name;
	op->before.index = index;
	op->after.index = renamed;
}

const struct op *op_complete(struct arena *arena, const struct schema *schema, const struct op *op)
{
	bool column = op->kind == OP_RENAME_COLUMN || op->kind == OP_MOVE_COLUMN;
	const struct table *table = op->table ? schema_find_table(schema, op->table) : NULL;
	if (!table || (!column && op->kind != OP_RENAME_INDEX))
		return op;
	struct op *whole = arena_memdup(arena, op, sizeof(*op));
	if (column)
		complete_column(arena, table, whole);
	else
		complete_index(arena, table, whole);
	return whole;
}
