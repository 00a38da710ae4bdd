/* Operations as op lines write them. */
#include "syntax/print.h"

#include "base/buf.h"
#include "base/quote.h"
#include "syntax/print_parts.h"

/* Words that divide an op line are never names there. */
static void add_name(struct buf *out, const struct name *name, bool first_word)
{
	static const char *const words[] = { "to", "first", "after", "none" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (word_equal(words[i], name->text)) {
			quote_name(out, name);
			return;
		}
	}
	print_name(out, name, first_word);
}

static void add_entry(struct buf *out, const struct tree_item *entry)
{
	struct buf text = { 0 }, name = { 0 };

	print_entry(&text, entry);
	if (entry->kind == TREE_COLUMN) {
		size_t plain;
		print_name(&name, entry->name.name, true);
		plain = name.len;
		buf_clear(&name);
		add_name(&name, entry->name.name, true);
		buf_add(&name, text.text + plain);
		buf_add_bytes(out, name.text, name.len);
	} else {
		buf_add_bytes(out, text.text, text.len);
	}
	buf_free(&text);
	buf_free(&name);
}

static void add_place(struct buf *out, const struct tree_place *place)
{
	if (!place->given)
		return;
	if (place->first) {
		buf_add(out, " first");
		return;
	}
	buf_add(out, " after ");
	add_name(out, place->after.name, false);
}

static void add_attrs(struct buf *out, const struct tree_attr_list *attrs)
{
	if (attrs->n)
		print_attrs(out, attrs);
	else
		buf_add(out, " none");
}

static void add_partition(struct buf *out, const struct tree_item *item)
{
	if (item && item->partition)
		print_partition(out, item->partition);
	else
		buf_add(out, "none");
}

/* create, drop: the item without its last newline */
static void add_whole(struct buf *out, const char *verb, const struct tree_item *item)
{
	buf_printf(out, "%s ", verb);
	print_item(out, item);
	buf_truncate(out, out->len - 1);
}

static void add_rename(struct buf *out, const char *what, const struct tree_ident *from,
		       const struct tree_ident *to)
{
	buf_printf(out, "rename %s ", what);
	add_name(out, from->name, false);
	buf_add(out, " to ");
	add_name(out, to->name, false);
}

static void add_change(struct buf *out, const struct tree_op *op)
{
	switch ((int)op->verb) {
	case VERB_ADD:
		buf_add(out, "add ");
		add_entry(out, op->after);
		add_place(out, &op->place_after);
		break;
	case VERB_DROP_ITEM:
		buf_add(out, "drop ");
		add_entry(out, op->before);
		add_place(out, &op->place_before);
		break;
	case VERB_ALTER:
		buf_add(out, "alter ");
		add_entry(out, op->before);
		buf_add(out, " to ");
		add_entry(out, op->after);
		break;
	case VERB_RENAME_COLUMN:
		add_rename(out, "column", &op->name_before, &op->name_after);
		break;
	case VERB_RENAME_INDEX:
		add_rename(out, "index", &op->name_before, &op->name_after);
		break;
	case VERB_MOVE:
		buf_add(out, "move ");
		add_name(out, op->name_before.name, false);
		add_place(out, &op->place_before);
		buf_add(out, " to");
		add_place(out, &op->place_after);
		break;
	case VERB_SET:
		buf_add(out, "set");
		add_attrs(out, &op->attrs_before);
		buf_add(out, " to");
		add_attrs(out, &op->attrs_after);
		break;
	case VERB_PARTITION:
		add_partition(out, op->before);
		buf_add(out, " to ");
		add_partition(out, op->after);
		break;
	}
}

void print_op(struct buf *out, const struct tree_op *op)
{
	switch ((int)op->verb) {
	case VERB_CREATE:
		add_whole(out, "create", op->after);
		return;
	case VERB_DROP:
		add_whole(out, "drop", op->before);
		return;
	case VERB_RENAME_TABLE:
		add_rename(out, "table", op->name_before.name ? &op->name_before : &op->table,
			   &op->name_after);
		return;
	}
	buf_add(out, "alter table ");
	add_name(out, op->table.name, false);
	buf_add(out, ": ");
	add_change(out, op);
}
