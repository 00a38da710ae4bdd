#include "syntax/comments.h"

#include <string.h>

/* An empty line above this place? */
static bool is_below_blank(const struct source *src, uint32_t at)
{
	unsigned newlines = 0;

	while (at && strchr(" \t\r\n\f\v", src->text[at - 1]))
		newlines += src->text[--at] == '\n';
	return newlines > 1;
}

/* Where the block of an item opens and closes; false: it has none. */
static bool block_of(const struct parse *p, const struct tree_item *item, struct span *block)
{
	bool open = false;

	if (item->kind != TREE_SCHEMA && item->kind != TREE_TABLE && item->kind != TREE_MIXIN)
		return false;
	size_t low = 0, high = p->tokens.n;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (p->tokens.items[middle].span.start < item->span.start)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = low; i < p->tokens.n; i++) {
		const struct token *token = &p->tokens.items[i];

		if (token->span.start >= item->span.end)
			break;
		if (token->kind == '{' && !open) {
			block->start = token->span.end;
			open = true;
		} else if (token->kind == '}') {
			block->end = token->span.start;
		}
	}
	return open && block->end >= block->start;
}

/* Nothing but commas between `end` and the comment, on one line? */
static bool is_behind(const struct parse *p, uint32_t end, const struct comment_mark *mark)
{
	while (end < mark->span.start && strchr(" \t\r\f\v,", p->src->text[end]))
		end++;
	return end == mark->span.start;
}

static void put(struct parse *p, struct tree_comment_list *list, struct comment_mark *mark)
{
	LIST_PUSH(p->arena, list, mark->comment);
	mark->taken = true;
}

static void put_trailing(struct parse *p, struct tree_item *item, struct comment_mark *mark)
{
	mark->taken = true;
	if (item->trailing.text)
		LIST_PUSH(p->arena, &item->before, mark->comment);
	else
		item->trailing = mark->comment;
}

/* The comments from *next that stand before `limit`. */
static void attach(struct parse *p, struct tree_item_list *items,
		   struct tree_comment_list *dangling, size_t *next, uint32_t limit)
{
	struct tree_item *previous = NULL;
	uint32_t reach = 0; /* the end of `previous`, and of the comments behind it */

	for (size_t i = 0; i < items->n; i++) {
		struct tree_item *item = items->items[i];
		struct span block = { 0 };
		bool has_block = block_of(p, item, &block);
		uint32_t head = has_block ? block.start : item->span.end;
		uint32_t first = item->span.start;

		for (; *next < p->comments.n && p->comments.items[*next].span.start < head;
		     ++*next) {
			struct comment_mark *mark = &p->comments.items[*next];

			if (mark->taken)
				continue;
			if (mark->span.start < item->span.start && mark->span.start < first)
				first = mark->span.start;
			if (!mark->own_line && previous && mark->span.start < item->span.start &&
			    is_behind(p, reach, mark)) {
				first = item->span.start;
				put_trailing(p, previous, mark);
				reach = mark->span.end;
			} else {
				put(p, &item->before, mark);
			}
		}
		item->blank_before = is_below_blank(p->src, first);
		item->detached = item->before.n && first < item->span.start &&
				 is_below_blank(p->src, item->span.start);
		if (has_block) {
			if (*next < p->comments.n && !p->comments.items[*next].taken &&
			    p->comments.items[*next].span.start < block.end &&
			    !p->comments.items[*next].own_line &&
			    is_behind(p, block.start, &p->comments.items[*next]))
				put_trailing(p, item, &p->comments.items[(*next)++]);
			attach(p, &item->items, &item->dangling, next, block.end);
		}
		previous = item;
		reach = item->span.end;
	}
	for (; *next < p->comments.n && p->comments.items[*next].span.start < limit; ++*next) {
		struct comment_mark *mark = &p->comments.items[*next];

		if (mark->taken)
			continue;
		if (!mark->own_line && previous && is_behind(p, reach, mark) &&
		    !previous->trailing.text)
			put_trailing(p, previous, mark);
		else
			put(p, dangling, mark);
	}
}

void comments_attach(struct parse *p, struct tree_item_list *items,
		     struct tree_comment_list *dangling)
{
	size_t next = 0;

	attach(p, items, dangling, &next, UINT32_MAX);
}
