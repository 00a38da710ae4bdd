#include "cli/draw.h"

/* A line that goes right from lane `from`; `ends[i]`: does a way end, or begin, in lane i? */
static void add_join(struct draw *draw, struct buf *out, size_t from, const bool *ends,
		     const char *on, const char *last)
{
	size_t to = draw->lanes.n - 1;
	while (to > from && !ends[to])
		to--;
	if (to == from)
		return;
	for (size_t i = 0; i < draw->lanes.n; i++) {
		bool inside = i > from && i < to;
		const char *cell = draw->lanes.items[i] ? inside ? "┼" : "│" : inside ? "─" : " ";
		if (i == from)
			cell = "├";
		else if (i == to)
			cell = last;
		else if (inside && ends[i])
			cell = on;
		buf_printf(out, "%s%s", cell, i >= from && i < to ? "─" : i < to ? " " : "");
		if (i >= to && i + 1 < draw->lanes.n)
			buf_add(out, " ");
	}
	while (out->len && buf_text(out)[out->len - 1] == ' ')
		buf_truncate(out, out->len - 1);
	buf_add(out, "\n");
}

/* The lane that the revision stands in; all that lead to it end there. */
static size_t join_lanes(struct draw *draw, struct buf *out, const struct revision *revision)
{
	struct revision_list *lanes = &draw->lanes;
	bool *ends = ARENA_ARRAY(draw->arena, bool, lanes->n + 1);
	size_t at = lanes->n, free = lanes->n;
	for (size_t i = lanes->n; i-- > 0;) {
		if (lanes->items[i] == revision)
			at = i;
		if (!lanes->items[i])
			free = i;
	}
	if (at == lanes->n && free < lanes->n)
		return free;
	if (at == lanes->n) {
		LIST_PUSH(draw->arena, lanes, NULL);
		return at;
	}
	for (size_t i = at + 1; i < lanes->n; i++)
		ends[i] = lanes->items[i] == revision;
	add_join(draw, out, at, ends, "┴", "╯");
	for (size_t i = at + 1; i < lanes->n; i++)
		if (ends[i])
			lanes->items[i] = NULL;
	while (lanes->n && !lanes->items[lanes->n - 1])
		lanes->n--;
	return at;
}

static size_t free_lane(struct draw *draw, size_t behind)
{
	for (size_t i = behind + 1; i < draw->lanes.n; i++)
		if (!draw->lanes.items[i])
			return i;
	LIST_PUSH(draw->arena, &draw->lanes, NULL);
	return draw->lanes.n - 1;
}

static void part_lanes(struct draw *draw, struct buf *out, size_t at,
		       const struct revision *revision)
{
	struct revision_list more = { 0 };
	bool first = true;
	draw->lanes.items[at] = NULL;
	for (size_t i = 0; i < revision->parents.n; i++) {
		struct revision *parent = revision->parents.items[i];
		if (!draw->shown[parent->at])
			continue;
		if (first)
			draw->lanes.items[at] = parent;
		else
			LIST_PUSH(draw->arena, &more, parent);
		first = false;
	}
	bool *ends = ARENA_ARRAY(draw->arena, bool, draw->lanes.n + more.n + 1);
	for (size_t i = 0; i < more.n; i++) {
		size_t lane = free_lane(draw, at);
		draw->lanes.items[lane] = more.items[i];
		ends[lane] = true;
	}
	add_join(draw, out, at, ends, "┬", "╮");
	while (draw->lanes.n && !draw->lanes.items[draw->lanes.n - 1])
		draw->lanes.n--;
}

void draw_revision(struct draw *draw, struct buf *out, struct revision *revision, const char *text)
{
	size_t at = join_lanes(draw, out, revision);
	for (size_t i = 0; i < draw->lanes.n; i++)
		buf_printf(out, "%s ", i == at ? "●" : draw->lanes.items[i] ? "│" : " ");
	buf_printf(out, "%s\n", text);
	part_lanes(draw, out, at, revision);
}
