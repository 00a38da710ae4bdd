#include "revision/graph.h"

#include "revision/reach.h"

/*
 * A revision waits until all that comes after it is out. What is not asked for is passed over when
 * its turn is there.
 */
struct walk {
	const struct graph *graph;
	bool *todo;              /* asked for, and not out yet */
	size_t *waits;           /* how many that come after it are not out yet */
	bool *reached;           /* is it, or does something asked for come after it? */
	unsigned *seen, look;    /* the number of the last look that came by, and of this one */
	struct revision_list at; /* where each branch stands */
	struct revision_list passing;
	struct revision_list *order;
};

static void count_waits(struct walk *walk, const bool *todo, const struct revision_list *heads)
{
	const struct graph *graph = walk->graph;
	walk->reached = reach_none(graph);
	walk->todo = reach_none(graph);
	walk->waits = ARENA_ARRAY(graph->arena, size_t, graph->all.n + 1);
	walk->seen = ARENA_ARRAY(graph->arena, unsigned, graph->all.n + 1);
	for (size_t i = 0; i < heads->n; i++)
		walk->reached[heads->items[i]->at] = true;
	for (size_t i = 0; i < graph->all.n; i++) {
		walk->todo[i] = todo[i];
		walk->reached[i] |= todo[i];
	}
	reach_ancestors(graph, walk->reached, REACH_ALL);
	for (size_t i = 0; i < graph->all.n; i++) {
		const struct revision *revision = graph->all.items[i];
		for (size_t j = 0; walk->reached[i] && j < revision->needs.n; j++)
			walk->waits[revision->needs.items[j]->at]++;
	}
}

/* `revision` is out, or passed over: what it comes after need not wait for it any more. */
static void let_go(struct walk *walk, struct revision *revision)
{
	LIST_PUSH(walk->graph->arena, &walk->passing, revision);
	while (walk->passing.n) {
		const struct revision *gone = walk->passing.items[--walk->passing.n];
		walk->reached[gone->at] = false;
		for (size_t i = 0; i < gone->needs.n; i++) {
			struct revision *next = gone->needs.items[i];
			if (--walk->waits[next->at] == 0 && !walk->todo[next->at])
				LIST_PUSH(walk->graph->arena, &walk->passing, next);
		}
	}
}

static void pass_over_first(struct walk *walk)
{
	const struct graph *graph = walk->graph;
	for (size_t i = graph->all.n; i-- > 0;)
		if (walk->reached[i] && !walk->todo[i] && !walk->waits[i])
			let_go(walk, graph->all.items[i]);
}

/* The first of the branches whose head comes after `revision`. */
static size_t branch_above(struct walk *walk, const struct revision *revision)
{
	size_t last = revision->at; /* behind the heads nothing has to be looked at */
	for (size_t i = 0; i < walk->at.n; i++)
		if (walk->at.items[i]->at > last)
			last = walk->at.items[i]->at;
	walk->seen[revision->at] = ++walk->look;
	for (size_t i = revision->at + 1; i <= last; i++) {
		const struct revision *at = walk->graph->all.items[i];
		for (size_t j = 0; walk->reached[i] && j < at->needs.n; j++)
			if (walk->seen[at->needs.items[j]->at] == walk->look)
				walk->seen[i] = walk->look;
	}
	for (size_t i = 0; i < walk->at.n; i++)
		if (walk->at.items[i] != revision &&
		    walk->seen[walk->at.items[i]->at] == walk->look)
			return i;
	return walk->at.n;
}

/* Puts the revision out that branch `branch` is at, and moves on; false when the branch is over. */
static bool step(struct walk *walk, size_t branch)
{
	struct revision *revision = walk->at.items[branch];
	struct revision_list next = { 0 };
	LIST_PUSH(walk->graph->arena, walk->order, revision);
	walk->todo[revision->at] = false;
	for (size_t i = 0; i < revision->needs.n; i++)
		if (walk->todo[revision->needs.items[i]->at] &&
		    !revision_list_has(&walk->at, revision->needs.items[i]))
			LIST_PUSH(walk->graph->arena, &next, revision->needs.items[i]);
	let_go(walk, revision);
	if (!next.n) {
		LIST_REMOVE(&walk->at, branch);
		return false;
	}
	walk->at.items[branch] = next.items[0];
	for (size_t i = 1; i < next.n; i++)
		LIST_PUSH(walk->graph->arena, &walk->at, next.items[i]);
	return true;
}

static void walk_branches(struct walk *walk)
{
	size_t branch = 0;
	while (walk->at.n) {
		if (walk->waits[walk->at.items[branch]->at]) {
			branch = branch_above(walk, walk->at.items[branch]);
			if (branch == walk->at.n)
				return;
		} else if (!step(walk, branch) && branch) {
			branch--;
		}
	}
}

static void add_head(struct walk *walk, struct revision *revision)
{
	size_t at = 0;
	if (revision_list_has(&walk->at, revision))
		return;
	while (at < walk->at.n && walk->at.items[at]->listed < revision->listed)
		at++;
	LIST_INSERT(walk->graph->arena, &walk->at, at, revision);
}

void graph_walk(const struct graph *graph, const bool *todo, const struct revision_list *heads,
		struct revision_list *order)
{
	struct walk walk = { .graph = graph, .order = order };
	*order = (struct revision_list){ 0 };
	count_waits(&walk, todo, heads);
	pass_over_first(&walk);
	for (size_t i = 0; i < heads->n; i++)
		if (walk.todo[heads->items[i]->at])
			add_head(&walk, heads->items[i]);
	walk_branches(&walk);
	/* what lies behind revisions that were not asked for */
	for (size_t i = graph->all.n; i-- > 0;) {
		if (!walk.todo[i] || walk.waits[i])
			continue;
		walk.at = (struct revision_list){ 0 };
		add_head(&walk, graph->all.items[i]);
		walk_branches(&walk);
	}
}
