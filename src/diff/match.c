#include "diff/match.h"

#include "base/context.h"
#include "base/hash.h"

#include <stdint.h>
#include <string.h>

/* --- names with `was` ----------------------------------------------------------------------- */

enum state { UNKNOWN, LOOKING, PENDING, DONE, WRONG };

struct matcher {
	struct context *ctx;
	struct match *match;
	struct map from, to, claims; /* name -> index */
	bool backwards;
	enum state *states; /* of each of to: is its rename still to be done? */
	bool ok;
};

static const void *identity(bool exact, const struct name *name)
{
	return exact ? name : name->key;
}

/* Indexes are kept in maps as pointers: one more, since NULL means absent. */
static void put_index(struct arena *arena, struct map *map, const void *key, size_t index)
{
	map_put(arena, map, key, (void *)(uintptr_t)(index + 1));
}

static int get_index(const struct map *map, const void *key)
{
	return (int)(uintptr_t)map_get(map, key) - 1;
}

static int find_name(const struct matcher *matcher, const struct map *map, const struct name *name)
{
	return get_index(map, identity(matcher->match->exact, name));
}

static struct diag *was_error(struct matcher *matcher, size_t to, const char *format,
			      const struct name *a, const struct name *b)
{
	const struct match *match = matcher->match;
	matcher->ok = false;
	char *message =
		arena_printf(&matcher->ctx->sources, "%s '%s%s' and %s '%s%s' %s", match->what,
			     match->prefix, a->text, match->what, match->prefix, b->text, format);
	return ctx_error(matcher->ctx, "was", match->to[to].was_span, "%s", message);
}

static size_t cost(const struct matcher *matcher, size_t from, size_t to)
{
	const struct match *match = matcher->match;
	return matcher->backwards ? match->cost(match->data, to, from)
				  : match->cost(match->data, from, to);
}

/* Everybody in the ring that `start` belongs to has a name that the next one gives up. */
static enum state judge_ring(struct matcher *matcher, size_t start)
{
	const struct match *match = matcher->match;
	size_t as_it_is = 0, swapped = 0, at = start;
	do {
		const struct match_wanted *wanted = &match->to[at];
		size_t here = (size_t)find_name(matcher, &matcher->from, wanted->name);
		size_t there = (size_t)find_name(matcher, &matcher->from, wanted->was);
		as_it_is += cost(matcher, here, at);
		swapped += cost(matcher, there, at);
		at = (size_t)find_name(matcher, &matcher->claims, wanted->name);
	} while (at != start);
	if (!as_it_is || as_it_is < swapped)
		return DONE;
	if (swapped < as_it_is)
		return PENDING;
	struct diag *diag = was_error(matcher, start, "swap names, or have done so: both fit",
				      match->to[start].name, match->to[start].was);
	ctx_hint(matcher->ctx, diag,
		 "remove `was`, or change one thing at a time: names first, definitions then");
	return WRONG;
}

static enum state look_at(struct matcher *matcher, size_t to);

static enum state decide(struct matcher *matcher, size_t to)
{
	const struct match *match = matcher->match;
	const struct match_wanted *wanted = &match->to[to];
	if (!wanted->was || find_name(matcher, &matcher->from, wanted->was) < 0 ||
	    identity(match->exact, wanted->was) == identity(match->exact, wanted->name))
		return DONE;
	if (find_name(matcher, &matcher->from, wanted->name) < 0)
		return PENDING;
	int next = find_name(matcher, &matcher->claims, wanted->name);
	if (next >= 0 && matcher->states[next] == LOOKING) {
		enum state state = judge_ring(matcher, to);
		if (state == WRONG)
			return WRONG;
		for (size_t at = (size_t)next; at != to;
		     at = (size_t)find_name(matcher, &matcher->claims, match->to[at].name))
			matcher->states[at] = state;
		return state;
	}
	enum state state = next >= 0 ? look_at(matcher, (size_t)next) : DONE;
	if (matcher->states[to] != LOOKING) /* it was a ring */
		return matcher->states[to];
	if (state != DONE)
		return state;
	if (find_name(matcher, &matcher->to, wanted->was) >= 0)
		return DONE;
	struct diag *diag = was_error(matcher, to, "both exist: neither can take the other's place",
				      wanted->name, wanted->was);
	ctx_hint(matcher->ctx, diag, "remove `was %s`, or keep %s '%s' in the model",
		 wanted->was->text, match->what, wanted->was->text);
	return WRONG;
}

static enum state look_at(struct matcher *matcher, size_t to)
{
	if (matcher->states[to] == UNKNOWN) {
		matcher->states[to] = LOOKING;
		matcher->states[to] = decide(matcher, to);
	}
	return matcher->states[to];
}

static void collect_names(struct matcher *matcher, struct arena *arena)
{
	const struct match *match = matcher->match;
	for (size_t i = 0; i < match->n_from; i++)
		put_index(arena, &matcher->from, identity(match->exact, match->from[i].name), i);
	for (size_t i = 0; i < match->n_to; i++) {
		const struct match_wanted *wanted = &match->to[i];
		put_index(arena, &matcher->to, identity(match->exact, wanted->name), i);
		if (!wanted->was)
			continue;
		int other = find_name(matcher, &matcher->claims, wanted->was);
		if (other < 0) {
			put_index(arena, &matcher->claims, identity(match->exact, wanted->was), i);
			continue;
		}
		struct diag *diag = was_error(matcher, i, "claim the same old name",
					      match->to[other].name, wanted->name);
		ctx_place(matcher->ctx, diag, match->to[other].was_span, "claimed here, too");
	}
}

static bool match_forwards(struct context *ctx, struct arena *arena, struct match *match,
			   bool backwards)
{
	struct matcher matcher = { .ctx = ctx, .match = match, .backwards = backwards, .ok = true };
	matcher.states = ARENA_ARRAY(arena, enum state, match->n_to);
	match->from_of = ARENA_ARRAY(arena, int, match->n_to);
	collect_names(&matcher, arena);
	if (!matcher.ok)
		return false;
	bool *taken = ARENA_ARRAY(arena, bool, match->n_from);
	for (size_t i = 0; i < match->n_to; i++) {
		match->from_of[i] = -1;
		if (look_at(&matcher, i) != PENDING)
			continue;
		match->from_of[i] = find_name(&matcher, &matcher.from, match->to[i].was);
		taken[match->from_of[i]] = true;
	}
	for (size_t i = 0; i < match->n_to; i++) {
		if (matcher.states[i] == PENDING)
			continue;
		int at = find_name(&matcher, &matcher.from, match->to[i].name);
		match->from_of[i] = at >= 0 && !taken[at] ? at : -1;
	}
	return matcher.ok;
}

static bool says_was(const struct match_wanted *wanted, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (wanted[i].was)
			return true;
	return false;
}

bool match_names(struct context *ctx, struct arena *arena, struct match *match)
{
	if (says_was(match->to, match->n_to) || !says_was(match->from, match->n_from))
		return match_forwards(ctx, arena, match, false);
	struct match turned = *match;
	turned.from = match->to;
	turned.n_from = match->n_to;
	turned.to = match->from;
	turned.n_to = match->n_from;
	if (!match_forwards(ctx, arena, &turned, true))
		return false;
	match->from_of = ARENA_ARRAY(arena, int, match->n_to);
	for (size_t i = 0; i < match->n_to; i++)
		match->from_of[i] = -1;
	for (size_t i = 0; i < turned.n_to; i++)
		if (turned.from_of[i] >= 0)
			match->from_of[turned.from_of[i]] = (int)i;
	return true;
}

/* --- the order of renames ------------------------------------------------------------------- */

const struct name *match_temporary_name(struct context *ctx, struct arena *arena, const char *scope,
					const struct name *name)
{
	char hex[HASH_HEX_SIZE];
	char *full = arena_printf(arena, "%s.%s", scope, name->text);
	hash_sha256(full, strlen(full), hex);
	return ctx_name(ctx, arena_printf(arena, "autogen_tmp_%.8s", hex));
}

struct orderer {
	struct context *ctx;
	struct arena *arena;
	bool exact;
	const char *scope;
	const struct rename_step_list *renames;
	struct map by_from;
	enum state *states;
	const struct name **now; /* what each is called while this goes on */
	struct rename_step_list *steps;
};

static void take_step(struct orderer *orderer, size_t at, const struct name *to)
{
	struct rename_step step = { orderer->now[at], to, at };
	step.who = orderer->renames->items[at].who;
	LIST_PUSH(orderer->arena, orderer->steps, step);
	orderer->now[at] = to;
}

/* Whoever has the wanted name goes first; in a ring the one we began with steps aside. */
static void rename_one(struct orderer *orderer, size_t at)
{
	const struct rename_step *rename = &orderer->renames->items[at];
	orderer->states[at] = LOOKING;
	int other = get_index(&orderer->by_from, identity(orderer->exact, rename->to));
	if (other >= 0 && other != (int)at) {
		if (orderer->states[other] == UNKNOWN)
			rename_one(orderer, (size_t)other);
		else if (orderer->states[other] == LOOKING)
			take_step(orderer, (size_t)other,
				  match_temporary_name(orderer->ctx, orderer->arena, orderer->scope,
						       orderer->now[other]));
	}
	take_step(orderer, at, rename->to);
	orderer->states[at] = DONE;
}

void match_order_renames(struct context *ctx, struct arena *arena, bool exact, const char *scope,
			 const struct rename_step_list *renames, struct rename_step_list *steps)
{
	struct orderer orderer = { ctx, arena, exact, scope, renames, { 0 }, NULL, NULL, steps };
	orderer.states = ARENA_ARRAY(arena, enum state, renames->n);
	orderer.now = ARENA_ARRAY(arena, const struct name *, renames->n);
	for (size_t i = 0; i < renames->n; i++) {
		orderer.now[i] = renames->items[i].from;
		put_index(arena, &orderer.by_from, identity(exact, orderer.now[i]), i);
	}
	for (size_t i = 0; i < renames->n; i++)
		if (orderer.states[i] == UNKNOWN)
			rename_one(&orderer, i);
}

/* --- keys and checks ------------------------------------------------------------------------ */

/*
 * Does another part of the model take this name? A written one does, and one that nobody named does
 * when it is new, or made anew: else it keeps the name it has.
 */
static bool is_wanted(const struct match_parts *match, size_t not_by, const struct name *name)
{
	for (size_t i = 0; i < match->to.n; i++)
		if (i != not_by && name_equal(match->to.items[i].name, name) &&
		    (match->to.items[i].named || match->from_of[i] < 0 || match->rename[i]))
			return true;
	return false;
}

static void match_one(struct match_parts *match, size_t to, bool by_name)
{
	const struct match_part *wanted = &match->to.items[to];
	for (size_t i = 0; i < match->from.n && match->from_of[to] < 0; i++) {
		const struct match_part *there = &match->from.items[i];
		if (match->used[i] || (by_name && !name_equal(there->name, wanted->name)) ||
		    !match->equal(there->part, wanted->part, match->data))
			continue;
		match->from_of[to] = (int)i;
		match->used[i] = true;
	}
}

/* Those found under a name that they can't keep: each may take it from the next. */
static void find_renames(struct match_parts *match)
{
	bool again = true;
	while (again) {
		again = false;
		for (size_t i = 0; i < match->to.n; i++) {
			const struct match_part *wanted = &match->to.items[i];
			if (match->from_of[i] < 0 || match->rename[i])
				continue;
			const struct name *name = match->from.items[match->from_of[i]].name;
			match->rename[i] = !name_equal(name, wanted->name) &&
					   (wanted->named || is_wanted(match, i, name));
			again |= match->rename[i];
		}
	}
}

void match_definitions(struct arena *arena, struct match_parts *match)
{
	match->from_of = ARENA_ARRAY(arena, int, match->to.n);
	match->rename = ARENA_ARRAY(arena, bool, match->to.n);
	match->used = ARENA_ARRAY(arena, bool, match->from.n);
	for (size_t i = 0; i < match->to.n; i++) {
		match->from_of[i] = -1;
		match_one(match, i, true);
	}
	for (size_t i = 0; i < match->to.n; i++)
		match_one(match, i, false);
	find_renames(match);
}
