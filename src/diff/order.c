#include "diff/order.h"

#include <stdint.h>

enum state { UNSEEN, OPEN, CLOSED };

struct frame {
	size_t table;
	size_t key; /* the next one to look at */
};
struct frame_list {
	struct frame *items;
	size_t n, cap;
};

struct orderer {
	struct arena *arena;
	const struct table_const_list *tables;
	bool exact;
	struct map by_name; /* name -> index + 1 */
	enum state *states;
	struct frame_list stack;
	size_t *order, n;
	struct order_key_list *unsatisfied;
};

static const void *identity(const struct orderer *orderer, const struct name *name)
{
	return orderer->exact ? name : name->key;
}

/* The index of the key's parent in the list; -1 when it is none of them, or the table itself. */
static long parent_of(const struct orderer *orderer, size_t table, const struct foreign_key *key)
{
	if (key->parent_database)
		return -1;
	long at = (long)(uintptr_t)map_get(&orderer->by_name, identity(orderer, key->parent)) - 1;
	return at == (long)table ? -1 : at;
}

static void open_table(struct orderer *orderer, size_t table)
{
	struct frame frame = { table, 0 };
	orderer->states[table] = OPEN;
	LIST_PUSH(orderer->arena, &orderer->stack, frame);
}

static void visit(struct orderer *orderer, size_t start)
{
	open_table(orderer, start);
	while (orderer->stack.n) {
		struct frame *frame = &orderer->stack.items[orderer->stack.n - 1];
		const struct table *table = orderer->tables->items[frame->table];
		if (frame->key == table->foreign_keys.n) {
			orderer->states[frame->table] = CLOSED;
			orderer->order[orderer->n++] = frame->table;
			orderer->stack.n--;
			continue;
		}
		struct order_key key = { frame->table, frame->key++ };
		long parent = parent_of(orderer, key.table, table->foreign_keys.items[key.key]);
		if (parent < 0)
			continue;
		if (orderer->states[parent] == OPEN)
			LIST_PUSH(orderer->arena, orderer->unsatisfied, key);
		else if (orderer->states[parent] == UNSEEN)
			open_table(orderer, (size_t)parent);
	}
}

void order_tables(struct arena *arena, const struct schema *schema,
		  const struct table_const_list *tables, bool drop, size_t *order,
		  struct order_key_list *unsatisfied)
{
	struct orderer orderer = { .arena = arena, .tables = tables, .order = order };
	size_t n = tables->n;
	orderer.unsatisfied = unsatisfied;
	orderer.exact = schema->server && schema->server->lower_case_table_names == 0;
	orderer.states = ARENA_ARRAY(arena, enum state, n);
	for (size_t i = 0; i < n; i++)
		map_put(arena, &orderer.by_name, identity(&orderer, tables->items[i]->name),
			(void *)(uintptr_t)(i + 1));
	for (size_t i = 0; i < n; i++) {
		size_t start = drop ? n - 1 - i : i;
		if (orderer.states[start] == UNSEEN)
			visit(&orderer, start);
	}
	for (size_t i = 0; drop && i < n / 2; i++) {
		size_t other = order[i];
		order[i] = order[n - 1 - i];
		order[n - 1 - i] = other;
	}
}
