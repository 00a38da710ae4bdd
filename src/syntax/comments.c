#include "syntax/comments.h"

#include <string.h>

/* Children of one block. */
struct group {
	const struct tree_item_list *items; /* or */
	struct tree_attr *attrs;            /* or */
	struct tree_partition_def *defs;
	size_t n;
};

/* What comments stand at. */
struct node {
	struct span span;
	struct tree_item *item; /* or */
	struct tree_notes *notes;
	bool has_block;
	struct span block; /* between its brackets */
	struct group children;
};

static struct tree_comment_list *before_of(const struct node *node)
{
	return node->item ? &node->item->before : &node->notes->before;
}

static struct tree_comment_list *dangling_of(const struct node *node)
{
	return node->item ? &node->item->dangling : &node->notes->dangling;
}

/* At the end of the line that it begins on. */
static struct tree_comment *trailing_of(const struct node *node)
{
	return node->item ? &node->item->trailing : &node->notes->trailing;
}

/* At the end of its last line. */
static struct tree_comment *end_of(const struct node *node)
{
	if (!node->has_block)
		return trailing_of(node);
	return node->item ? &node->item->closing : &node->notes->closing;
}

/* --- blocks ----------------------------------------------------------------------------------- */

/* The first token at or behind that place. */
static size_t token_from(const struct parse *p, uint32_t at)
{
	size_t low = 0, high = p->tokens.n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (p->tokens.items[middle].span.start < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Between the brackets of that kind around what goes from `first` to `last`. */
static void find_block(const struct parse *p, struct node *node, uint32_t first, uint32_t last,
		       const char *brackets)
{
	size_t open = token_from(p, first), close = token_from(p, last);

	while (open && p->tokens.items[open].kind != brackets[0])
		open--;
	while (close < p->tokens.n && p->tokens.items[close].kind != brackets[1])
		close++;
	if (!open || close == p->tokens.n)
		return;
	node->block.start = p->tokens.items[open].span.end;
	node->block.end = p->tokens.items[close].span.start;
	node->has_block = node->block.start >= node->span.start &&
			  node->block.end <= node->span.end && node->block.start <= node->block.end;
}

/* The first { of an item, and what closes it. */
static void find_braces(const struct parse *p, struct node *node)
{
	size_t open = token_from(p, node->span.start);

	while (open < p->tokens.n && p->tokens.items[open].kind != '{')
		open++;
	if (open < p->tokens.n)
		find_block(p, node, p->tokens.items[open].span.start,
			   p->tokens.items[open].span.end, "{}");
}

static void set_defs(const struct parse *p, struct node *node, struct tree_partition_def *defs,
		     size_t n)
{
	if (!n)
		return;
	find_block(p, node, defs[0].span.start, defs[n - 1].span.end, "()");
	node->children.defs = defs;
	node->children.n = n;
}

static struct node node_of(struct parse *p, const struct group *group, size_t i)
{
	struct node node = { 0 };

	if (group->attrs) {
		node.span = group->attrs[i].span;
		node.notes = group->attrs[i].notes = ARENA_NEW(p->arena, struct tree_notes);
		return node;
	}
	if (group->defs) {
		struct tree_partition_def *def = &group->defs[i];

		node.span = def->span;
		node.notes = def->notes = ARENA_NEW(p->arena, struct tree_notes);
		set_defs(p, &node, def->subpartitions.items, def->subpartitions.n);
		return node;
	}
	struct tree_item *item = group->items->items[i];
	node.item = item;
	node.span = item->span;
	if (item->kind == TREE_PARTITION) {
		set_defs(p, &node, item->partition->defs.items, item->partition->defs.n);
	} else if (item->kind == TREE_SCHEMA) {
		find_braces(p, &node);
		node.children = (struct group){ .attrs = item->attrs.items, .n = item->attrs.n };
	} else if (item->kind == TREE_TABLE || item->kind == TREE_MIXIN) {
		find_braces(p, &node);
		node.children = (struct group){ .items = &item->items, .n = item->items.n };
	}
	return node;
}

/* --- comments --------------------------------------------------------------------------------- */

/* An empty line above this place? */
static bool is_below_blank(const struct source *src, uint32_t at)
{
	unsigned newlines = 0;

	while (at && strchr(" \t\r\n\f\v", src->text[at - 1]))
		newlines += src->text[--at] == '\n';
	return newlines > 1;
}

/* Nothing but commas between `end` and the comment, on one line? */
static bool is_behind(const struct parse *p, uint32_t end, const struct comment_mark *mark)
{
	while (end < mark->span.start && strchr(" \t\r\f\v,", p->src->text[end]))
		end++;
	return end == mark->span.start && !mark->own_line;
}

/* The next comment before `limit` that has no place yet; NULL: there is none. */
static struct comment_mark *next_before(struct parse *p, size_t *next, uint32_t limit)
{
	while (*next < p->comments.n && p->comments.items[*next].taken)
		++*next;
	if (*next == p->comments.n || p->comments.items[*next].span.start >= limit)
		return NULL;
	return &p->comments.items[*next];
}

static void put(struct parse *p, struct tree_comment_list *list, struct comment_mark *mark)
{
	LIST_PUSH(p->arena, list, mark->comment);
	mark->taken = true;
}

/* To the end of the line, if that has none yet and nothing stands between. */
static bool put_behind(const struct parse *p, struct tree_comment *place, uint32_t end,
		       struct comment_mark *mark)
{
	if (place->text || !is_behind(p, end, mark))
		return false;
	*place = mark->comment;
	mark->taken = true;
	return true;
}

static void attach(struct parse *p, const struct group *group, struct tree_comment_list *dangling,
		   size_t *next, uint32_t limit);

/* The comments above it and in it. */
static void attach_to(struct parse *p, const struct node *node, const struct node *previous,
		      size_t *next)
{
	uint32_t first = node->span.start;
	uint32_t head = node->has_block ? node->block.start : node->span.end;
	struct comment_mark *mark;

	while ((mark = next_before(p, next, head))) {
		if (previous && put_behind(p, end_of(previous), previous->span.end, mark))
			continue;
		if (mark->span.start < first)
			first = mark->span.start;
		put(p, before_of(node), mark);
	}
	if (node->item) {
		node->item->blank_before = is_below_blank(p->src, first);
		node->item->detached =
			first < node->span.start && is_below_blank(p->src, node->span.start);
	}
	if (!node->has_block)
		return;
	if ((mark = next_before(p, next, node->block.end)))
		put_behind(p, trailing_of(node), node->block.start, mark);
	attach(p, &node->children, dangling_of(node), next, node->block.end);
	while ((mark = next_before(p, next, node->span.end)))
		put(p, before_of(node), mark);
}

/* The comments from *next that stand before `limit`. */
static void attach(struct parse *p, const struct group *group, struct tree_comment_list *dangling,
		   size_t *next, uint32_t limit)
{
	struct node previous = { 0 };
	struct comment_mark *mark;

	for (size_t i = 0; i < group->n; i++) {
		struct node node = node_of(p, group, i);

		attach_to(p, &node, i ? &previous : NULL, next);
		previous = node;
	}
	while ((mark = next_before(p, next, limit)))
		if (!group->n || !put_behind(p, end_of(&previous), previous.span.end, mark))
			put(p, dangling, mark);
}

void comments_attach(struct parse *p, struct tree_item_list *items,
		     struct tree_comment_list *dangling)
{
	struct group group = { .items = items, .n = items->n };
	size_t next = 0;

	attach(p, &group, dangling, &next, UINT32_MAX);
}
