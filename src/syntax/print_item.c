/* Items of a file and of a table, with their comments. */
#include "syntax/print.h"

#include <string.h>

#include "base/buf.h"
#include "base/term.h"
#include "syntax/print_parts.h"

/* --- comments and lines ---------------------------------------------------------------------- */

static void add_comment(struct buf *out, const struct tree_comment *comment)
{
	size_t len = comment->len;

	while (len && strchr(" \t\r\n", comment->text[len - 1]))
		len--;
	buf_add_bytes(out, comment->text, len);
}

static void add_indent(struct buf *out, int level)
{
	buf_add_repeat(out, ' ', (size_t)level * PRINT_INDENT);
}

void print_comments(struct buf *out, const struct tree_comment_list *comments, int level,
		    bool first)
{
	for (size_t i = 0; i < comments->n; i++) {
		if (comments->items[i].blank_before && !(first && i == 0))
			buf_add_char(out, '\n');
		add_indent(out, level);
		add_comment(out, &comments->items[i]);
		buf_add_char(out, '\n');
	}
}

/* The comments above an item, the empty lines around them. */
static void add_above(struct buf *out, const struct tree_item *item, int level, bool first)
{
	struct tree_comment_list head = item->before, rest = item->before;
	bool blank = item->blank_before;

	if (head.n) { /* its empty line is the item's too */
		blank = blank || head.items[0].blank_before;
		head.n = 1;
		rest.items++;
		rest.n--;
	}
	if (blank && !first)
		buf_add_char(out, '\n');
	print_comments(out, &head, level, true);
	print_comments(out, &rest, level, false);
	if (item->before.n && item->detached)
		buf_add_char(out, '\n');
}

void print_trailing(struct buf *out, const struct tree_comment *trailing)
{
	if (!trailing || !trailing->text)
		return;
	buf_add_char(out, ' ');
	add_comment(out, trailing);
}

/* --- entries of a table ---------------------------------------------------------------------- */

/* `width` is what the name is padded to. */
static void add_column(struct buf *out, const struct tree_item *column, size_t width)
{
	struct tree_attr_list rest = { 0 };
	const struct tree_attr *reference = tree_find_attr(&column->attrs, ATTR_REFERENCES);
	size_t start = out->len, used;

	print_name(out, column->name.name, true);
	used = term_text_width(out->text + start, out->len - start);
	buf_add_repeat(out, ' ', (used < width ? width - used : 0) + 1);
	if (column->type) {
		print_type(out, column->type);
	} else if (column->like_column.name) {
		buf_add(out, "like ");
		print_table_name(out, &column->like_table);
		buf_add_char(out, '.');
		print_name(out, column->like_column.name, false);
	} else if (reference) { /* in place of the type: before all others */
		size_t at = (size_t)(reference - column->attrs.items);
		print_attr(out, reference);
		rest = (struct tree_attr_list){ column->attrs.items, at, 0 };
		print_attrs(out, &rest);
		rest = (struct tree_attr_list){ column->attrs.items + at + 1,
						column->attrs.n - at - 1, 0 };
		print_attrs(out, &rest);
		return;
	} else { /* a column without a type: no text for it, and none may be lost */
		buf_truncate(out, out->len - 1);
	}
	print_attrs(out, &column->attrs);
}

static void add_part(struct buf *out, const struct tree_part *part)
{
	if (part->expr) {
		buf_add_char(out, '(');
		expr_print(out, part->expr, EXPR_MODEL);
		buf_add_char(out, ')');
	} else {
		print_expr_name(out, part->column.name);
	}
	if (part->length)
		buf_printf(out, "(%u)", part->length);
	if (part->desc)
		buf_add(out, " desc");
	else if (part->asc)
		buf_add(out, " asc");
}

static void add_key(struct buf *out, const struct tree_item *key)
{
	static const char *const words[] = {
		[KEY_PRIMARY] = "primary key", [KEY_UNIQUE] = "unique",   [KEY_INDEX] = "index",
		[KEY_FULLTEXT] = "fulltext",   [KEY_SPATIAL] = "spatial", [KEY_VECTOR] = "vector",
	};
	const struct tree_attr *period = tree_find_attr(&key->attrs, ATTR_WITHOUT_OVERLAPS);

	buf_add(out, words[key->key]);
	if (key->name.name) {
		buf_add_char(out, ' ');
		print_key_name(out, key->name.name);
	}
	buf_add(out, " (");
	for (size_t i = 0; i < key->parts.n; i++) {
		buf_add(out, i ? ", " : "");
		add_part(out, &key->parts.items[i]);
	}
	if (period && period->word.name) {
		buf_add(out, key->parts.n ? ", " : "");
		print_expr_name(out, period->word.name);
		buf_add(out, " without overlaps");
	}
	buf_add_char(out, ')');
	print_attrs(out, &key->attrs);
}

static void add_named(struct buf *out, const char *word, const struct tree_item *item)
{
	buf_printf(out, "%s ", word);
	if (!item->name.name)
		return;
	print_key_name(out, item->name.name);
	buf_add_char(out, ' ');
}

/* An entry; only partitions take more than a line, and know where their first one ends. */
static void add_entry(struct buf *out, const struct tree_item *entry, size_t width, int level,
		      const struct tree_comment *trailing)
{
	switch ((int)entry->kind) {
	case TREE_COLUMN:
		add_column(out, entry, width);
		break;
	case TREE_KEY:
		add_key(out, entry);
		break;
	case TREE_FOREIGN_KEY:
		add_named(out, "foreign key", entry);
		print_name_list(out, &entry->columns);
		buf_add_char(out, ' ');
		print_reference(out, &entry->reference);
		print_attrs(out, &entry->attrs);
		break;
	case TREE_CHECK:
		add_named(out, "check", entry);
		buf_add_char(out, '(');
		expr_print(out, entry->expr, EXPR_MODEL);
		buf_add_char(out, ')');
		print_attrs(out, &entry->attrs);
		break;
	case TREE_USE:
		buf_add(out, "use ");
		print_name(out, entry->name.name, false);
		break;
	case TREE_PARTITION:
		print_partition_at(out, entry->partition, level, trailing ? entry : NULL);
		return;
	case TREE_PERIOD:
		add_named(out, "period for", entry);
		print_name_list(out, &entry->columns);
		break;
	}
	print_trailing(out, trailing);
}

void print_entry(struct buf *out, const struct tree_item *entry)
{
	add_entry(out, entry, 0, PRINT_ONE_LINE, NULL);
}

/* --- items of a file ------------------------------------------------------------------------- */

/* The widest name of a table's columns, as it is written. */
static size_t widest_name(const struct tree_item_list *items)
{
	struct buf name = { 0 };
	size_t widest = 0;

	for (size_t i = 0; i < items->n; i++) {
		if (items->items[i]->kind != TREE_COLUMN)
			continue;
		buf_clear(&name);
		print_name(&name, items->items[i]->name.name, true);
		size_t width = term_text_width(name.text, name.len);
		widest = width > widest ? width : widest;
	}
	buf_free(&name);
	return widest;
}

static void add_table(struct buf *out, const struct tree_item *item)
{
	size_t width = widest_name(&item->items);

	buf_add(out, item->kind == TREE_TABLE ? "table " : "mixin ");
	print_name(out, item->name.name, false);
	print_attrs(out, &item->attrs);
	buf_add(out, " {");
	print_trailing(out, &item->trailing);
	buf_add_char(out, '\n');
	for (size_t i = 0; i < item->items.n; i++) {
		const struct tree_item *entry = item->items.items[i];
		add_above(out, entry, 1, i == 0);
		add_indent(out, 1);
		add_entry(out, entry, width, 1, &entry->trailing);
		buf_add_char(out, '\n');
	}
	print_comments(out, &item->dangling, 1, item->items.n == 0);
	buf_add_char(out, '}');
	print_trailing(out, &item->closing);
	buf_add_char(out, '\n');
}

static void add_schema(struct buf *out, const struct tree_item *item)
{
	size_t widest = 0;
	bool first = true;

	buf_add(out, "schema ");
	if (item->name.name) {
		print_name(out, item->name.name, false);
		buf_add_char(out, ' ');
	}
	buf_add_char(out, '{');
	print_trailing(out, &item->trailing);
	buf_add_char(out, '\n');
	for (size_t i = 0; i < item->attrs.n; i++) {
		size_t len = strlen(tree_attr_spelling(item->attrs.items[i].kind));
		widest = len > widest ? len : widest;
	}
	for (int kind = 0; kind < ATTR_COUNT; kind++) {
		for (size_t i = 0; i < item->attrs.n; i++) {
			const struct tree_attr *attr = &item->attrs.items[i];
			if ((int)attr->kind != kind)
				continue;
			if (attr->notes)
				print_comments(out, &attr->notes->before, 1, first);
			first = false;
			add_indent(out, 1);
			buf_printf(out, "%-*s ", (int)widest, tree_attr_spelling(attr->kind));
			print_attr_value(out, attr);
			print_trailing(out, attr->notes ? &attr->notes->trailing : NULL);
			buf_add_char(out, '\n');
		}
	}
	print_comments(out, &item->dangling, 1, item->attrs.n == 0);
	buf_add_char(out, '}');
	print_trailing(out, &item->closing);
	buf_add_char(out, '\n');
}

/* Is there a line of the body that would end it? */
static bool has_line(const char *body, const char *tag)
{
	static const char blanks[] = " \t\r\f\v";
	size_t len = strlen(tag);

	for (const char *line = body; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		const char *at = line + strspn(line, blanks);
		if (!strncmp(at, tag, len) && strchr("\n", at[len + strspn(at + len, blanks)]))
			return true;
	}
	return false;
}

/* The tag that closes the body: the author's, unless the body has it. */
static void choose_tag(struct buf *tag, const struct tree_item *item)
{
	buf_add(tag, item->tag ? item->tag : "$$");
	for (unsigned i = 0; has_line(item->body, tag->text); i++) {
		buf_clear(tag);
		buf_printf(tag, i ? "$body%u$" : "$body$", i);
	}
}

static void add_object(struct buf *out, const struct tree_item *item)
{
	struct buf tag = { 0 };

	buf_printf(out, "%s ", item->object_kind->text);
	print_name(out, item->name.name, false);
	if (item->head && *item->head)
		buf_printf(out, " %s", item->head);
	if (item->body) {
		choose_tag(&tag, item);
		/* the line break before the closing tag is not the body's */
		buf_printf(out, " %s\n%s%s%s", tag.text, item->body, *item->body ? "\n" : "",
			   tag.text);
		buf_free(&tag);
	} else {
		print_trailing(out, &item->trailing);
	}
	buf_add_char(out, '\n');
}

/* `trailing` of an item whose first line must end as it does goes above it. */
static void add_item(struct buf *out, const struct tree_item *item)
{
	switch ((int)item->kind) {
	case TREE_SCHEMA:
		add_schema(out, item);
		break;
	case TREE_TYPE:
		buf_add(out, "type ");
		print_name(out, item->name.name, false);
		buf_add(out, " = ");
		print_type(out, item->type);
		print_attrs(out, &item->attrs);
		print_trailing(out, &item->trailing);
		buf_add_char(out, '\n');
		break;
	case TREE_MIXIN:
	case TREE_TABLE:
		add_table(out, item);
		break;
	case TREE_OBJECT:
		if (item->body && item->trailing.text) {
			add_comment(out, &item->trailing);
			buf_add_char(out, '\n');
		}
		add_object(out, item);
		break;
	default:
		print_entry(out, item);
		buf_add_char(out, '\n');
	}
}

void print_item(struct buf *out, const struct tree_item *item)
{
	add_above(out, item, 0, true);
	add_item(out, item);
}

void print_file(struct buf *out, const struct tree_file *file)
{
	for (size_t i = 0; i < file->items.n; i++) {
		if (i)
			buf_add_char(out, '\n');
		print_item(out, file->items.items[i]);
	}
	print_comments(out, &file->dangling, 0, file->items.n == 0);
}
