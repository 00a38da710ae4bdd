#include "diff/partition.h"

#include "base/context.h"
#include "model/equal.h"
#include "model/number.h"
#include "model/partition.h"

#include <string.h>

/* --- looking at lists --------------------------------------------------------------------------- */

static size_t count_of(const struct tree_partition *partition)
{
	if (partition->defs.n)
		return partition->defs.n;
	if (partition->count)
		return partition->count;
	return partition_is_by_time(partition) ? 2 : 1;
}

/* NULL: partition `at` is but counted. */
static const struct tree_partition_def *def_at(const struct tree_partition *partition, size_t at)
{
	return partition->defs.n ? &partition->defs.items[at] : NULL;
}

static bool same_at(const struct tree_partition *a, size_t i, const struct tree_partition *b,
		    size_t j)
{
	const struct tree_partition_def *x = def_at(a, i), *y = def_at(b, j);
	if (x && y)
		return partition_same_def(x, y);
	if (!x && !y)
		return i == j;
	return i == j && partition_is_nameless(x ? x : y, i);
}

static bool holds_value(const struct tree_partition_def *def, const struct expr *value)
{
	for (size_t i = 0; i < def->bounds.n; i++)
		if (expr_equal(def->bounds.items[i], value))
			return true;
	return false;
}

/* Does one of `n` partitions from `at` on take the value? */
static bool takes_value(const struct tree_partition_def_list *defs, size_t at, size_t n,
			const struct expr *value)
{
	for (size_t i = at; i < at + n; i++)
		if (holds_value(&defs->items[i], value))
			return true;
	return false;
}

/* -1: there is none. */
static long default_at(const struct tree_partition_def_list *defs, size_t at, size_t n)
{
	for (size_t i = at; i < at + n; i++)
		if (defs->items[i].is_default)
			return (long)i;
	return -1;
}

/* --- one step ----------------------------------------------------------------------------------- */

static bool same_shape(const struct expr *a, const struct expr *b)
{
	if (a->len != b->len)
		return false;
	for (size_t i = 0; i < a->len; i++) {
		bool digit = a->text[i] >= '0' && a->text[i] <= '9';
		bool other = b->text[i] >= '0' && b->text[i] <= '9';
		if (digit != other ||
		    (!digit && (a->text[i] != b->text[i] || !memchr("-: .", a->text[i], 4))))
			return false;
	}
	return true;
}

/* < 0, 0, > 0; 2: not known here, as the order of texts is the collation's. Dates and their like are
 * digits of one shape, which every collation orders alike. */
static int compare_bounds(const struct expr *a, const struct expr *b)
{
	struct number x, y;
	if (expr_equal(a, b))
		return 0;
	if (partition_is_maxvalue(a) || partition_is_maxvalue(b))
		return partition_is_maxvalue(a) ? 1 : -1;
	if (a->kind == EXPR_STRING && b->kind == EXPR_STRING && same_shape(a, b))
		return memcmp(a->text, b->text, a->len) < 0 ? -1 : 1;
	if (a->kind != EXPR_NUMBER || b->kind != EXPR_NUMBER ||
	    !number_parse(&x, a->text, a->len) || !number_parse(&y, b->text, b->len))
		return 2;
	if (x.negative != y.negative)
		return x.negative ? -1 : 1;
	return (number_compare(&x, &y) < 0) == !x.negative ? -1 : 1;
}

/* Does the range end later? Surely so. */
static bool ends_later(const struct tree_partition_def *before,
		       const struct tree_partition_def *after)
{
	for (size_t i = 0; i < before->bounds.n && i < after->bounds.n; i++) {
		int order = compare_bounds(before->bounds.items[i], after->bounds.items[i]);
		if (order)
			return order == -1;
	}
	return false;
}

static struct partition_step range_step(const struct tree_partition *before,
					const struct tree_partition *after,
					struct partition_step step)
{
	bool at_end = step.at + step.n_before == before->defs.n;
	if (!step.n_after && (at_end || !after->keeping_rows)) {
		step.change = PARTITION_DROP;
		return step;
	}
	if (!step.n_before && at_end) {
		step.change = PARTITION_ADD;
		return step;
	}
	step.change = PARTITION_REORGANIZE;
	const struct tree_partition_def *last = NULL, *new_last = NULL;
	if (step.n_before && step.n_after) {
		last = &before->defs.items[step.at + step.n_before - 1];
		new_last = &after->defs.items[step.at + step.n_after - 1];
	}
	if (last && partition_same_bounds(last, new_last))
		return step;
	if (!at_end) { /* the range as a whole can't change: error 1520 */
		step.n_before++;
		step.n_after++;
	} else if (!last || !ends_later(last, new_last)) {
		step.change = PARTITION_ANEW;
	}
	return step;
}

/* Widens the step so that it takes in partition `at` of before. */
static void widen(struct partition_step *step, size_t at)
{
	size_t end = step->at + step->n_before;
	if (at < step->at) {
		step->n_before += step->at - at;
		step->n_after += step->at - at;
		step->at = at;
	} else if (at >= end) {
		step->n_before += at + 1 - end;
		step->n_after += at + 1 - end;
	}
}

/* Would rows of the partitions in hand find none that takes them? */
static bool gives_up_values(const struct tree_partition *before, const struct tree_partition *after,
			    const struct partition_step *step)
{
	if (default_at(&after->defs, step->at, step->n_after) >= 0)
		return false;
	for (size_t i = step->at; i < step->at + step->n_before; i++) {
		const struct tree_partition_def *def = &before->defs.items[i];
		if (def->is_default)
			return true;
		for (size_t j = 0; j < def->bounds.n; j++)
			if (!takes_value(&after->defs, step->at, step->n_after,
					 def->bounds.items[j]))
				return true;
	}
	return false;
}

static struct partition_step list_step(const struct tree_partition *before,
				       const struct tree_partition *after,
				       struct partition_step step)
{
	long other = default_at(&before->defs, 0, before->defs.n);
	if (!step.n_after && (other < 0 || !after->keeping_rows)) {
		step.change = PARTITION_DROP;
		return step;
	}
	/* the default partition may hold rows that others are to take now: MariaDB would leave
	 * them where they are with ADD PARTITION */
	if (other >= 0)
		widen(&step, (size_t)other);
	if (!step.n_before && step.at == before->defs.n) {
		step.change = PARTITION_ADD;
		return step;
	}
	if (!step.n_before)
		widen(&step, step.at);
	/* a default one by itself is answered with 1653 */
	if (step.n_before == 1 && step.n_after == 1 && before->defs.items[step.at].is_default &&
	    before->defs.n > 1)
		widen(&step, step.at ? step.at - 1 : 1);
	/* fewer than before with a default one among them: MariaDB dies (10.5 and 11.8), or says 1653 */
	bool fewer = step.n_after < step.n_before &&
		     default_at(&before->defs, step.at, step.n_before) >= 0;
	fewer = fewer || (step.n_after == 1 && after->defs.items[step.at].is_default);
	step.change = fewer || gives_up_values(before, after, &step) ? PARTITION_ANEW
								     : PARTITION_REORGANIZE;
	return step;
}

static struct partition_step hash_step(struct partition_step step, size_t n_before, size_t n_after)
{
	if (n_before == n_after) {
		step.change = PARTITION_REORGANIZE;
	} else if (step.at == n_before) {
		step.change = PARTITION_ADD;
	} else if (step.at == n_after) {
		step.change = PARTITION_COALESCE;
	} else {
		step.change = PARTITION_ANEW;
	}
	return step;
}

/*
 * Partitions of MariaDB's SYSTEM_TIME: history, and the current one at the end. By INTERVAL none but
 * the oldest are dropped (4116); what was in others goes to those that are left.
 */
static struct partition_step history_step(const struct tree_partition *before,
					  struct partition_step step)
{
	bool before_current = step.at + step.n_before + 1 == before->defs.n;
	bool by_interval = before->interval && !strncmp(before->interval, "interval", 8);
	if (!step.n_after && step.n_before && (!step.at || !by_interval))
		step.change = PARTITION_DROP;
	else if (!step.n_before && before_current)
		step.change = PARTITION_ADD;
	else
		step.change = PARTITION_ANEW;
	return step;
}

struct partition_step partition_step(const struct tree_partition *before,
				     const struct tree_partition *after)
{
	struct partition_step step = { .change = PARTITION_ANEW };
	if (!after)
		step.change = PARTITION_REMOVE;
	if (!before || !after || !partition_same_head(before, after))
		return step;
	size_t n_before = count_of(before), n_after = count_of(after);
	size_t least = n_before < n_after ? n_before : n_after, tail = 0;
	while (step.at < least && same_at(before, step.at, after, step.at))
		step.at++;
	while (tail < least - step.at &&
	       same_at(before, n_before - tail - 1, after, n_after - tail - 1))
		tail++;
	step.n_before = n_before - step.at - tail;
	step.n_after = n_after - step.at - tail;
	if (partition_is_range(before))
		return range_step(before, after, step);
	if (partition_is_list(before))
		return list_step(before, after, step);
	if (partition_is_by_time(before))
		return before->defs.n && after->defs.n ? history_step(before, step) : step;
	return hash_step(step, n_before, n_after);
}

bool partition_has_compressed(const struct tree_partition *partition)
{
	bool has = false;
	for (size_t i = 0; partition && i < partition->defs.n && !has; i++) {
		const struct tree_partition_def *def = &partition->defs.items[i];
		has = tree_find_attr(&def->attrs, ATTR_PAGE_COMPRESSED) != NULL;
		for (size_t j = 0; j < def->subpartitions.n && !has; j++)
			has = tree_find_attr(&def->subpartitions.items[j].attrs,
					     ATTR_PAGE_COMPRESSED) != NULL;
	}
	return has;
}

/* --- the way ------------------------------------------------------------------------------------ */

/* A pair of lists, and which partition of `from` is which of `to`: the same name and bounds. */
struct way {
	struct context *ctx;
	struct arena *arena;
	const struct tree_partition *from, *to;
	struct tree_partition_def_list
		goal; /* of `to`; of LIST those that stay in the order of `from` */
	long *to_of;  /* for each of `from` the one of `goal`; -1: gone */
	bool is_list;
	const struct tree_partition *now;
	struct partition_list states;
};

static void match_defs(struct way *way)
{
	const struct tree_partition_def_list *from = &way->from->defs;
	struct map by_name = { 0 };
	struct {
		size_t *items;
		size_t n, cap;
	} places = { 0 };
	way->to_of = ARENA_ARRAY(way->arena, long, from->n);
	for (size_t i = 0; i < way->to->defs.n; i++) {
		LIST_PUSH(way->arena, &way->goal, way->to->defs.items[i]);
		map_put(way->arena, &by_name, way->to->defs.items[i].name.name->key,
			&way->to->defs.items[i]);
	}
	bool *stays = ARENA_ARRAY(way->arena, bool, way->goal.n);
	struct tree_partition_def_list staying = { 0 };
	for (size_t i = 0; i < from->n; i++) {
		const struct tree_partition_def *def =
			map_get(&by_name, from->items[i].name.name->key);
		way->to_of[i] = -1;
		if (!def || !partition_same_bounds(&from->items[i], def))
			continue;
		way->to_of[i] = 0;
		stays[def - way->to->defs.items] = true;
		LIST_PUSH(way->arena, &staying, *def);
	}
	for (size_t i = 0; i < way->goal.n; i++)
		if (stays[i])
			LIST_PUSH(way->arena, &places, i);
	size_t next = 0;
	for (size_t i = 0; i < from->n; i++) {
		if (way->to_of[i] < 0)
			continue;
		way->goal.items[places.items[next]] = staying.items[next];
		way->to_of[i] = (long)places.items[next++];
	}
}

/* `keeping rows` stands where it says something. */
static void push_state(struct way *way, const struct tree_partition *state)
{
	struct tree_partition *plain;
	if (state && state->keeping_rows) {
		plain = arena_memdup(way->arena, state, sizeof(*plain));
		plain->keeping_rows = false;
		if (partition_step(way->now, plain).change != PARTITION_DROP ||
		    partition_step(way->now, state).change == PARTITION_DROP)
			state = plain;
	}
	LIST_PUSH(way->arena, &way->states, state);
	way->now = state;
}

static struct tree_partition *state_of(struct way *way, const struct tree_partition_def_list *defs)
{
	struct tree_partition *state = arena_memdup(way->arena, way->to, sizeof(*state));
	state->defs = *defs;
	state->count = 0;
	return state;
}

/* Between two partitions that stay: from[at, end) of `from` becomes goal[to_at, to_end). */
struct gap {
	size_t at, end, to_at, to_end;
};
struct gap_list {
	struct gap *items;
	size_t n, cap;
};

/* Those that stay but say something else are gaps, too: of them alone, in runs. */
static struct gap_list find_gaps(struct way *way)
{
	struct gap_list gaps = { 0 };
	struct gap gap = { 0 }, run = { 0 };
	const struct tree_partition_def_list *from = &way->from->defs;
	for (size_t i = 0; i <= from->n; i++) {
		if (i < from->n && way->to_of[i] < 0)
			continue;
		gap.end = i;
		gap.to_end = i < from->n ? (size_t)way->to_of[i] : way->goal.n;
		bool empty = gap.at == gap.end && gap.to_at == gap.to_end;
		bool changed = i < from->n &&
			       !partition_same_def(&from->items[i], &way->goal.items[gap.to_end]);
		if ((!empty || !changed) && run.end > run.at) {
			LIST_PUSH(way->arena, &gaps, run);
			run = (struct gap){ 0 };
		}
		if (!empty)
			LIST_PUSH(way->arena, &gaps, gap);
		gap.at = i + 1;
		gap.to_at = gap.to_end + 1;
		if (!changed)
			continue;
		if (run.end == run.at)
			run = (struct gap){ i, i, gap.to_end, gap.to_end };
		run.end = i + 1;
		run.to_end = gap.to_at;
	}
	return gaps;
}

/* Gone with its rows: nothing has taken its place. */
static bool is_dropped(const struct way *way, const struct gap *gap)
{
	return !way->is_list && gap->to_at == gap->to_end;
}

/* In a list: none of its values is anybody's now. */
static bool is_dropped_value(const struct way *way, size_t at)
{
	const struct tree_partition_def *def = &way->from->defs.items[at];
	bool dropped = way->to_of[at] < 0;
	for (size_t i = 0; dropped && i < def->bounds.n; i++)
		dropped = !takes_value(&way->goal, 0, way->goal.n, def->bounds.items[i]);
	return dropped && (!def->is_default || default_at(&way->goal, 0, way->goal.n) < 0);
}

/* A step for each run of those that go; from there on they are not in `from`. */
static void drop_values(struct way *way)
{
	const struct tree_partition_def_list *from = &way->from->defs;
	size_t n = 0;
	for (size_t i = 0; i < from->n; i++)
		n += is_dropped_value(way, i);
	if (!n || n == from->n)
		return; /* the last one can't go: error 1508 */
	for (size_t end = 0; end < from->n; end++) {
		struct tree_partition_def_list left = { 0 };
		if (!is_dropped_value(way, end) ||
		    (end + 1 < from->n && is_dropped_value(way, end + 1)))
			continue;
		for (size_t i = 0; i < from->n; i++)
			if (i > end || !is_dropped_value(way, i))
				LIST_PUSH(way->arena, &left, from->items[i]);
		push_state(way, state_of(way, &left));
	}
	way->from = way->now;
	way->goal = (struct tree_partition_def_list){ 0 };
	match_defs(way);
}

/* Does the gap give a value to a partition elsewhere? Then they change in one step. */
static bool gives_away(const struct way *way, const struct gap *gap)
{
	for (size_t i = gap->at; way->is_list && i < gap->end; i++) {
		const struct tree_partition_def *def = &way->from->defs.items[i];
		for (size_t j = 0; j < def->bounds.n; j++)
			if (takes_value(&way->goal, 0, gap->to_at, def->bounds.items[j]) ||
			    takes_value(&way->goal, gap->to_end, way->goal.n - gap->to_end,
					def->bounds.items[j]))
				return true;
	}
	return false;
}

static bool is_new_name(struct arena *arena, struct map *seen, const struct tree_partition_def *def)
{
	if (map_get(seen, def->name.name->key))
		return false;
	map_put(arena, seen, def->name.name->key, seen);
	return true;
}

/* Subpartitions share one room for names with partitions: error 1517. */
static bool has_twice(struct arena *arena, const struct tree_partition_def_list *defs)
{
	struct map seen = { 0 };
	for (size_t i = 0; i < defs->n; i++) {
		if (!is_new_name(arena, &seen, &defs->items[i]))
			return true;
		for (size_t j = 0; j < defs->items[i].subpartitions.n; j++)
			if (!is_new_name(arena, &seen, &defs->items[i].subpartitions.items[j]))
				return true;
	}
	return false;
}

/* `from` with the gaps that are done filled as `goal` has them. */
static struct tree_partition_def_list fill_gaps(struct way *way, const struct gap_list *gaps,
						const bool *done)
{
	struct tree_partition_def_list defs = { 0 };
	const struct tree_partition_def_list *from = &way->from->defs;
	size_t at = 0;
	for (size_t i = 0; i < gaps->n; i++) {
		const struct gap *gap = &gaps->items[i];
		for (; at < gap->at; at++)
			LIST_PUSH(way->arena, &defs, from->items[at]);
		for (size_t j = gap->to_at; done[i] && j < gap->to_end; j++)
			LIST_PUSH(way->arena, &defs, way->goal.items[j]);
		for (at = gap->at; !done[i] && at < gap->end; at++)
			LIST_PUSH(way->arena, &defs, from->items[at]);
		at = gap->end;
	}
	for (; at < from->n; at++)
		LIST_PUSH(way->arena, &defs, from->items[at]);
	return defs;
}

/* One gap more; false: that can't be done on its own. */
static bool do_gap(struct way *way, const struct gap_list *gaps, bool *done, size_t i)
{
	done[i] = true;
	struct tree_partition_def_list defs = fill_gaps(way, gaps, done);
	if (!defs.n || has_twice(way->arena, &defs)) {
		done[i] = false;
		return false;
	}
	push_state(way, state_of(way, &defs));
	return true;
}

/* First what is dropped; returns the number of these steps. */
static size_t way_of_lists(struct way *way, bool anew)
{
	match_defs(way);
	if (way->is_list)
		drop_values(way);
	struct gap_list gaps = find_gaps(way);
	bool *done = ARENA_ARRAY(way->arena, bool, gaps.n);
	bool together = anew;
	for (size_t i = 0; i < gaps.n; i++)
		if (is_dropped(way, &gaps.items[i]))
			do_gap(way, &gaps, done, i);
	size_t drops = way->states.n;
	for (size_t i = 0; i < gaps.n; i++)
		together |= !done[i] && gives_away(way, &gaps.items[i]);
	for (size_t i = 0; i < gaps.n && !together; i++)
		together = !done[i] && !do_gap(way, &gaps, done, i);
	return drops;
}

/* HASH and KEY: as many as there are to be, then what these say. */
static void way_of_counts(struct way *way)
{
	const struct tree_partition_def_list *a = partition_defs(way->ctx, way->arena, way->from);
	const struct tree_partition_def_list *b = partition_defs(way->ctx, way->arena, way->to);
	struct tree_partition_def_list defs = { 0 };
	if (a->n == b->n)
		return;
	for (size_t i = 0; i < b->n; i++)
		LIST_PUSH(way->arena, &defs, i < a->n ? a->items[i] : b->items[i]);
	if (!has_twice(way->arena, &defs))
		push_state(way, state_of(way, &defs));
}

struct partition_list partition_way(struct context *ctx, struct arena *arena,
				    const struct tree_partition *from,
				    const struct tree_partition *to, bool anew)
{
	struct way way = { .ctx = ctx, .arena = arena, .from = from, .to = to, .now = from };
	const struct tree_partition *last = to;
	size_t drops = 0;
	if (!from || !to || !partition_same_head(from, to)) {
		push_state(&way, to);
		return way.states;
	}
	way.is_list = partition_is_list(from);
	if (from->defs.n && to->defs.n &&
	    (way.is_list || partition_is_range(from) || partition_is_by_time(from))) {
		drops = way_of_lists(&way, anew);
		last = state_of(&way, &way.goal);
	} else if (!anew) {
		way_of_counts(&way);
	}
	if (!way.states.n || !partition_equal(way.now, last))
		push_state(&way, last);
	for (size_t i = 0; i < way.states.n; i++) {
		const struct tree_partition *before = i ? way.states.items[i - 1] : from;
		if (partition_step(before, way.states.items[i]).change != PARTITION_ANEW)
			continue;
		/* then all that is left at once, behind what is dropped before it */
		way.states.n = i < drops ? i : drops;
		way.now = way.states.n ? way.states.items[way.states.n - 1] : from;
		push_state(&way, last);
		break;
	}
	return way.states;
}
