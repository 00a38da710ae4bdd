#include "tests/support/random_wide.h"

/* How seldom an index of its kind is met. */
static unsigned rarity(const struct index *index)
{
	unsigned rare =
		index->kind == KEY_PRIMARY || index->kind == KEY_UNIQUE || index->kind == KEY_INDEX
			? 0
			: 3;
	for (size_t i = 0; i < index->parts.n; i++)
		rare += (index->parts.items[i].expr != NULL) + (index->parts.items[i].length != 0);
	return rare + index->invisible + (index->options.n != 0) + (*index->comment != '\0');
}

/* The number of an index of the table, which must have some; rare ones more often than others. */
static size_t any_index(struct changer *c, const struct table *table)
{
	unsigned n = (unsigned)table->indexes.n;
	size_t at = random_below(c->random, n);
	for (int i = 0; c->model->wide && i < 2; i++) {
		size_t other = random_below(c->random, n);
		if (rarity(table->indexes.items[other]) > rarity(table->indexes.items[at]))
			at = other;
	}
	return at;
}

void change_drop_index(struct changer *c)
{
	struct table *table = change_any_table(c);
	if (table->indexes.n)
		LIST_REMOVE(&table->indexes, any_index(c, table));
}

void change_index(struct changer *c)
{
	struct table *table = change_any_table(c);
	if (!table->indexes.n)
		return;
	size_t at = any_index(c, table);
	struct index *index = arena_memdup(c->arena, table->indexes.items[at], sizeof(*index));
	table->indexes.items[at] = index;
	switch (random_below(c->random, c->model->wide ? 7 : 4)) {
	case 4:
	case 6:
		if (index->kind != KEY_PRIMARY)
			index->named = true, index->name = random_new_name(c->model, "n");
		break;
	case 5:
		if (index->kind == KEY_INDEX && c->model->invisible_indexes)
			index->invisible = !index->invisible;
		else if (index->kind != KEY_VECTOR)
			random_index_options(c->model, table, index);
		break;
	case 0:
		index->comment = *index->comment ? "" : random_comment(c->model);
		break;
	case 1:
		if (index->kind == KEY_PRIMARY)
			break;
		index->named = true;
		index->for_foreign_key = false;
		index->name = random_new_name(c->model, "n");
		break;
	case 2:
		if (index->kind != KEY_PRIMARY)
			index->named = false;
		break;
	case 3: {
		struct index_part_list parts = { 0 };
		struct index_part part = { 0 };
		part.column = table->columns.items[change_any_column(c, table)]->name;
		if (random_chance(c->random, 50))
			LIST_PUSH(c->arena, &parts, part);
		for (size_t i = 0; i < index->parts.n; i++)
			LIST_PUSH(c->arena, &parts, index->parts.items[i]);
		if (parts.n == index->parts.n)
			LIST_PUSH(c->arena, &parts, part);
		index->parts = parts;
		break;
	}
	}
}

/* Two indexes of a table change names. */
void change_swap_index_names(struct changer *c)
{
	struct table *table = change_any_table(c);
	if (table->indexes.n < 2)
		return;
	size_t a = any_index(c, table), b = any_index(c, table);
	struct index *one = arena_memdup(c->arena, table->indexes.items[a], sizeof(*one));
	struct index *other = arena_memdup(c->arena, table->indexes.items[b], sizeof(*other));
	if (a == b || one->kind == KEY_PRIMARY || other->kind == KEY_PRIMARY)
		return;
	const struct name *name = one->name;
	one->name = other->name;
	other->name = name;
	one->named = other->named = true;
	one->for_foreign_key = other->for_foreign_key = false;
	table->indexes.items[a] = one;
	table->indexes.items[b] = other;
}

/* Of an index that few tables have. */
static unsigned worth(const struct index *index)
{
	unsigned worth = 2 * (unsigned)index->options.n + (index->kind == KEY_FULLTEXT);
	for (size_t i = 0; i < index->parts.n; i++)
		worth += index->parts.items[i].expr ? 3 : 0;
	return index->kind == KEY_PRIMARY ? 0 : worth;
}

void change_rare_index(struct changer *c)
{
	struct table *table = NULL;
	size_t at = 0;
	for (int i = 0; i < 8; i++) {
		struct table *other = change_any_table(c);
		size_t n = other->indexes.n ? any_index(c, other) : 0;
		if (other->indexes.n &&
		    (!table || worth(other->indexes.items[n]) > worth(table->indexes.items[at])))
			table = other, at = n;
	}
	if (!c->model->wide || !table || !worth(table->indexes.items[at]))
		return;
	struct index *index = arena_memdup(c->arena, table->indexes.items[at], sizeof(*index));
	index->named = true;
	index->for_foreign_key = false;
	index->name = random_new_name(c->model, "n");
	table->indexes.items[at] = index;
}

void change_foreign_key(struct changer *c)
{
	static const enum fk_action actions[] = { FK_DEFAULT, FK_RESTRICT, FK_NO_ACTION, FK_CASCADE,
						  FK_SET_NULL };
	struct table *table = change_any_table(c);
	if (!table->foreign_keys.n)
		return;
	size_t at = random_below(c->random, (unsigned)table->foreign_keys.n);
	struct foreign_key *key =
		arena_memdup(c->arena, table->foreign_keys.items[at], sizeof(*key));
	switch (random_below(c->random, 5)) {
	case 0:
		LIST_REMOVE(&table->foreign_keys, at);
		return;
	case 1:
		key->on_delete = RANDOM_PICK(c->random, actions);
		break;
	case 2:
		key->on_update = RANDOM_PICK(c->random, actions);
		break;
	case 3:
		key->named = true;
		key->name = random_global_name(c->model, "n");
		break;
	case 4:
		key->named = false;
		break;
	}
	table->foreign_keys.items[at] = key;
}

void change_check(struct changer *c)
{
	struct table *table = change_any_table(c);
	if (!c->model->checks)
		return;
	if (!table->checks.n || random_chance(c->random, 30)) {
		random_add_check(c->model, table);
		return;
	}
	size_t at = random_below(c->random, (unsigned)table->checks.n);
	struct check *check = arena_memdup(c->arena, table->checks.items[at], sizeof(*check));
	switch (random_below(c->random, 4)) {
	case 0:
		LIST_REMOVE(&table->checks, at);
		return;
	case 1: {
		struct table *other = change_any_table(c);
		/* the name goes to another table's check */
		random_add_check(c->model, other);
		struct check *taker = arena_memdup(
			c->arena, other->checks.items[other->checks.n - 1], sizeof(*taker));
		taker->name = check->name;
		taker->named = true;
		other->checks.items[other->checks.n - 1] = taker;
		check->name = random_global_name(c->model, "n");
		check->named = true;
		if (other == table)
			at = (size_t)table_check_at(table, taker->name);
		break;
	}
	case 2:
		check->named = !check->named;
		break;
	case 3: {
		random_add_check(c->model, table);
		check->expr = table->checks.items[table->checks.n - 1]->expr;
		table->checks.n--;
		break;
	}
	}
	table->checks.items[at] = check;
}

void change_add_index(struct changer *c)
{
	random_add_index(c->model, change_any_table(c));
}

void change_add_foreign_key(struct changer *c)
{
	random_add_foreign_key(c->model, c->to, change_any_table(c));
}
