#include "revision/collide.h"

#include "revision/reach.h"

#include <string.h>

/* --- what an op touches ----------------------------------------------------------------------- */

/* Objects of one kind have their names for themselves. */
enum space {
	SPACE_TABLE, /* the whole table: what touches a part of it touches it, too */
	SPACE_COLUMN,
	SPACE_INDEX,
	SPACE_FOREIGN_KEY,
	SPACE_CHECK,
	SPACE_PERIOD,
	SPACE_OPTION,
	SPACE_PARTITION,
	SPACE_OBJECT,
};

struct touch {
	enum space space;
	const struct name *table; /* NULL: an object that is of no table */
	const struct name *part;
	unsigned option;
	bool leans; /* is it only there that has to stay as it is? */
};
struct touch_list {
	struct touch *items;
	size_t n, cap;
};

static void add_touch(struct arena *arena, struct touch_list *touches, enum space space,
		      const struct name *table, const struct name *part)
{
	struct touch touch = { .space = space, .table = table, .part = part };
	LIST_PUSH(arena, touches, touch);
}

static void add_leaning(struct arena *arena, struct touch_list *touches, const struct name *table,
			const struct name *column)
{
	struct touch touch = { .space = column ? SPACE_COLUMN : SPACE_TABLE,
			       .table = table,
			       .part = column,
			       .leans = true };
	if (table)
		LIST_PUSH(arena, touches, touch);
}

static void add_foreign_key(struct arena *arena, struct touch_list *touches,
			    const struct name *table, const struct foreign_key *key)
{
	for (size_t i = 0; i < key->columns.n; i++)
		add_leaning(arena, touches, table, key->columns.items[i]);
	if (key->parent_database)
		return;
	add_leaning(arena, touches, key->parent, NULL);
	for (size_t i = 0; i < key->parent_columns.n; i++)
		add_leaning(arena, touches, key->parent, key->parent_columns.items[i]);
}

static void add_index(struct arena *arena, struct touch_list *touches, const struct op *op,
		      const struct index *index)
{
	add_touch(arena, touches, SPACE_INDEX, op->table, index->name);
	for (size_t i = 0; op->kind == OP_ADD_INDEX && i < index->parts.n; i++)
		if (index->parts.items[i].column)
			add_leaning(arena, touches, op->table, index->parts.items[i].column);
}

static void add_table(struct arena *arena, struct touch_list *touches, const struct op *op)
{
	add_touch(arena, touches, SPACE_TABLE, op->table, NULL);
	if (op->kind == OP_RENAME_TABLE)
		add_touch(arena, touches, SPACE_TABLE, op->after.name, NULL);
	if (op->kind != OP_CREATE_TABLE)
		return;
	const struct foreign_key_list *keys = &op->after.table->foreign_keys;
	for (size_t i = 0; i < keys->n; i++)
		add_foreign_key(arena, touches, op->table, keys->items[i]);
}

static void add_option(struct arena *arena, struct touch_list *touches, const struct op *op)
{
	struct touch touch = { .space = SPACE_OPTION, .table = op->table };
	touch.option = op->option == TABLE_OTHER ? TABLE_OTHER + (unsigned)op->option_kind + 1
						 : (unsigned)op->option;
	LIST_PUSH(arena, touches, touch);
}

static void add_op(struct arena *arena, struct touch_list *touches, const struct op *op)
{
	bool drops = op->kind == OP_DROP_INDEX || op->kind == OP_DROP_COLUMN ||
		     op->kind == OP_DROP_CHECK || op->kind == OP_DROP_FOREIGN_KEY ||
		     op->kind == OP_DROP_PERIOD || op->kind == OP_DROP_OBJECT;
	const union op_side *side = drops ? &op->before : &op->after;
	switch (op->kind) {
	case OP_CREATE_TABLE:
	case OP_DROP_TABLE:
	case OP_RENAME_TABLE:
		add_table(arena, touches, op);
		break;
	case OP_RENAME_COLUMN:
		add_touch(arena, touches, SPACE_COLUMN, op->table, op->before.column->name);
		add_touch(arena, touches, SPACE_COLUMN, op->table, side->column->name);
		break;
	case OP_ADD_COLUMN:
	case OP_DROP_COLUMN:
	case OP_ALTER_COLUMN:
	case OP_MOVE_COLUMN:
		add_touch(arena, touches, SPACE_COLUMN, op->table, side->column->name);
		break;
	case OP_RENAME_INDEX:
		add_touch(arena, touches, SPACE_INDEX, op->table, op->before.index->name);
		add_touch(arena, touches, SPACE_INDEX, op->table, side->index->name);
		break;
	case OP_ADD_INDEX:
	case OP_DROP_INDEX:
		add_index(arena, touches, op, side->index);
		break;
	case OP_ADD_FOREIGN_KEY:
	case OP_DROP_FOREIGN_KEY:
		add_touch(arena, touches, SPACE_FOREIGN_KEY, op->table, side->foreign_key->name);
		if (!drops)
			add_foreign_key(arena, touches, op->table, side->foreign_key);
		break;
	case OP_ADD_CHECK:
	case OP_DROP_CHECK:
		add_touch(arena, touches, SPACE_CHECK, op->table, side->check->name);
		break;
	case OP_ADD_PERIOD:
	case OP_DROP_PERIOD:
		add_touch(arena, touches, SPACE_PERIOD, op->table, side->period->name);
		break;
	case OP_SET_PARTITION:
		add_touch(arena, touches, SPACE_PARTITION, op->table, NULL);
		break;
	case OP_SET_OPTION:
		add_option(arena, touches, op);
		break;
	case OP_CREATE_OBJECT:
	case OP_DROP_OBJECT:
		add_touch(arena, touches, SPACE_OBJECT, NULL, side->object->name);
		break;
	case OP_COUNT:
		break;
	}
}

/* --- do two of them collide? ------------------------------------------------------------------ */

static bool touches_collide(const struct touch *a, const struct touch *b)
{
	if (!name_equal(a->table, b->table) || (a->leans && b->leans))
		return false;
	if (a->space == SPACE_TABLE || b->space == SPACE_TABLE) {
		/* that a table is there is all that one needs which leans on it as a whole */
		const struct touch *leans = a->leans ? a : b, *other = a->leans ? b : a;
		return !leans->leans || leans->space != SPACE_TABLE || other->space == SPACE_TABLE;
	}
	return a->space == b->space && a->option == b->option && name_equal(a->part, b->part);
}

static bool lists_collide(const struct touch_list *a, const struct touch_list *b)
{
	for (size_t i = 0; i < a->n; i++)
		for (size_t j = 0; j < b->n; j++)
			if (touches_collide(&a->items[i], &b->items[j]))
				return true;
	return false;
}

/* --- branches --------------------------------------------------------------------------------- */

struct step {
	const struct revision *revision;
	const struct op *op;
	struct touch_list touches;
};
struct step_list {
	struct step *items;
	size_t n, cap;
};

static void add_by_hand(const struct graph *graph, struct collisions *collisions,
			struct revision *revision)
{
	if (!revision_list_has(&collisions->by_hand, revision))
		LIST_PUSH(graph->arena, &collisions->by_hand, revision);
}

static bool add_steps(const struct graph *graph, const struct server *server,
		      struct revision *revision, struct collisions *collisions,
		      struct step_list *steps)
{
	if (server && !revision_read_ops(graph->ctx, graph->arena, server, revision))
		return false;
	for (size_t i = 0; i < revision->up.n; i++) {
		const struct revision_statement *statement = revision->up.items[i];
		if (!statement->ops.n && !statement->backfill)
			add_by_hand(graph, collisions, revision);
		for (size_t j = 0; j < statement->ops.n; j++) {
			struct step step = { .revision = revision, .op = statement->ops.items[j] };
			if (step.op->rekey)
				continue;
			add_op(graph->arena, &step.touches, step.op);
			LIST_PUSH(graph->arena, steps, step);
		}
	}
	return true;
}

/* The ops of what `head` comes after and `other` does not. */
static bool steps_of(const struct graph *graph, const struct server *server,
		     const struct revision *head, const struct revision *other,
		     struct collisions *collisions, struct step_list *steps)
{
	bool *in = reach_none(graph), *out = reach_none(graph);
	in[head->at] = out[other->at] = true;
	reach_ancestors(graph, in, REACH_ALL);
	reach_ancestors(graph, out, REACH_ALL);
	for (size_t i = 0; i < graph->all.n; i++)
		if (in[i] && !out[i] &&
		    !add_steps(graph, server, graph->all.items[i], collisions, steps))
			return false;
	return true;
}

static bool collide_two(const struct graph *graph, const struct server *server,
			const struct revision *a, const struct revision *b,
			struct collisions *collisions)
{
	struct step_list left = { 0 }, right = { 0 };
	if (!steps_of(graph, server, a, b, collisions, &left) ||
	    !steps_of(graph, server, b, a, collisions, &right))
		return false;
	for (size_t i = 0; i < left.n; i++) {
		for (size_t j = 0; j < right.n; j++) {
			struct collision found = {
				{ left.items[i].revision, right.items[j].revision },
				{ left.items[i].op, right.items[j].op },
			};
			if (lists_collide(&left.items[i].touches, &right.items[j].touches))
				LIST_PUSH(graph->arena, &collisions->found, found);
		}
	}
	return true;
}

bool collide(const struct graph *graph, const struct server *server,
	     const struct revision_list *heads, struct collisions *collisions)
{
	*collisions = (struct collisions){ 0 };
	for (size_t i = 0; i < heads->n; i++)
		for (size_t j = i + 1; j < heads->n; j++)
			if (!collide_two(graph, server, heads->items[i], heads->items[j],
					 collisions))
				return false;
	return true;
}
