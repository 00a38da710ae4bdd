#include "run/concern.h"

/* By key: where case tells tables apart, one too many is looked at, never one too few. */
static struct concern_name *find(struct concern *concern, const struct name *name)
{
	for (size_t i = concern->known.n; i > 0; i--) {
		struct concern_name *known = &concern->known.items[i - 1];

		if (name_equal(known->now, name))
			return known;
	}
	const struct concern_name known = { .now = name, .was = name };
	LIST_PUSH(concern->arena, &concern->known, known);
	return &concern->known.items[concern->known.n - 1];
}

static void add_name(struct concern *concern, const struct name *name)
{
	for (size_t i = 0; i < concern->names.n; i++) {
		if (concern->names.items[i] == name)
			return;
	}
	LIST_PUSH(concern->arena, &concern->names, name);
}

static void rename_table(struct concern *concern, const struct op *op)
{
	const struct concern_name old = *find(concern, op->table);
	const struct concern_name renamed = { .now = op->after.name, .was = old.was };

	find(concern, op->table)->was = NULL;
	LIST_PUSH(concern->arena, &concern->known, renamed);
}

void concern_add(struct concern *concern, const struct op *op)
{
	struct concern_name *known;

	switch ((int)op->kind) {
	case OP_CREATE_OBJECT:
	case OP_DROP_OBJECT:
		return;
	case OP_RENAME_TABLE:
		rename_table(concern, op);
		return;
	case OP_CREATE_TABLE:
		find(concern, op->table)->was = NULL;
		return;
	default:
		known = find(concern, op->table);
		if (known->was)
			add_name(concern, known->was);
	}
}
