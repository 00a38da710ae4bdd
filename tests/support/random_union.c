#include "tests/support/random_wide.h"

#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "model/merge.h"

/*
 * Tables of MyISAM that are all alike, and a MERGE table over some of them. They are told by how
 * their names begin; nothing but the change here touches them, and keeps them alike.
 */
#define PREFIX "mrg"
#define CHILDREN 3

struct group {
	struct table *merge;                    /* NULL: dropped */
	struct table *tables[2 * CHILDREN + 1]; /* all of them, with it */
	struct table *children[2 * CHILDREN];
	unsigned n, n_children;
};

bool random_is_united(const struct random_model *model, const struct table *table)
{
	size_t len = strlen(model->prefix);
	return !strncmp(table->name->text, model->prefix, len) &&
	       !strncmp(table->name->text + len, PREFIX, strlen(PREFIX));
}

static struct group find_group(const struct random_model *model, const struct schema *schema)
{
	struct group group = { 0 };
	for (size_t i = 0; i < schema->tables.n; i++) {
		struct table *table = schema->tables.items[i];
		if (!random_is_united(model, table))
			continue;
		group.tables[group.n++] = table;
		if (table_is_merge(table))
			group.merge = table;
		else
			group.children[group.n_children++] = table;
	}
	return group;
}

static void set_option(struct random_model *model, struct table *table, enum tree_attr_kind kind,
		       const char *value)
{
	struct option_list copy = { 0 };
	for (size_t i = 0; i < table->options.n; i++)
		LIST_PUSH(model->arena, &copy, table->options.items[i]);
	option_set(model->arena, &copy, kind, value);
	table->options = copy;
}

static void set_union(struct random_model *model, struct table *merge,
		      const struct name_list *names)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < names->n; i++) {
		buf_add(&text, i ? ", " : "(");
		quote_name(&text, names->items[i]);
	}
	buf_add(&text, names->n ? ")" : "");
	const char *value = buf_arena(&text, model->arena);
	set_option(model, merge, ATTR_UNION, names->n ? value : NULL);
}

/* Another one: none, one table, or two in any order. */
static void pick_union(struct random_model *model, const struct group *group)
{
	struct random *random = &model->random;
	struct name_list names = { 0 };
	unsigned first = random_below(random, group->n_children);
	unsigned second = random_below(random, group->n_children);
	if (random_chance(random, 80))
		LIST_PUSH(model->arena, &names, group->children[first]->name);
	if (names.n && second != first)
		LIST_PUSH(model->arena, &names, group->children[second]->name);
	set_union(model, group->merge, &names);
}

static void pick_method(struct random_model *model, const struct group *group)
{
	static const char *const methods[] = { NULL, "FIRST", "LAST" };
	set_option(model, group->merge, ATTR_INSERT_METHOD, RANDOM_PICK(&model->random, methods));
}

/* The union with that name in place of the other; NULL: without it. */
static void follow(struct random_model *model, const struct group *group, const struct name *from,
		   const struct name *to)
{
	if (!group->merge)
		return;
	struct name_list names = { 0 },
			 before = merge_children(model->ctx, model->arena, group->merge);
	for (size_t i = 0; i < before.n; i++) {
		const struct name *name = before.items[i] == from ? to : before.items[i];
		if (name)
			LIST_PUSH(model->arena, &names, name);
	}
	set_union(model, group->merge, &names);
}

/* --- tables ----------------------------------------------------------------------------------- */

static struct column *make_column(struct random_model *model, const struct table *table)
{
	struct column *column = ARENA_NEW(model->arena, struct column);
	column->name = random_new_name(model, "c");
	column->nullable = random_chance(&model->random, 50);
	column->comment = "";
	do
		random_set_type(model, table, column, true);
	while (column->default_kind == DEFAULT_EXPR); /* which MySQL has not of MERGE (3774) */
	return column;
}

/* One like the given one. */
static struct table *add_like(struct random_model *model, struct schema *schema,
			      const struct table *like, const char *engine)
{
	struct table *table = table_copy(model->arena, like);
	table->name = random_global_name(model, PREFIX);
	table->was = NULL;
	table->engine = ctx_name(model->ctx, engine);
	schema_add_table(schema, table);
	return table;
}

void random_add_union(struct random_model *model, struct schema *schema)
{
	struct random *random = &model->random;
	struct table *table = table_new(schema, random_global_name(model, PREFIX));
	table->engine = ctx_name(model->ctx, "MyISAM");
	table->comment = "";
	random_set_charset(model, &table->charset, &table->collation);
	for (unsigned i = 1 + random_below(random, 3); i; i--)
		LIST_PUSH(model->arena, &table->columns, make_column(model, table));
	if (random_chance(random, 60)) {
		struct index *index = ARENA_NEW(model->arena, struct index);
		struct index_part part = { .column = table->columns.items[0]->name };
		index->kind = KEY_INDEX;
		index->name = random_new_name(model, "k");
		index->named = random_chance(random, 50);
		index->comment = "";
		LIST_PUSH(model->arena, &index->parts, part);
		LIST_PUSH(model->arena, &table->indexes, index);
	}
	schema_add_table(schema, table);
	for (unsigned i = 1 + random_below(random, CHILDREN - 1); i; i--)
		add_like(model, schema, table, "MyISAM");
	add_like(model, schema, table, "MRG_MYISAM");
	struct group group = find_group(model, schema);
	pick_union(model, &group);
	pick_method(model, &group);
}

/* --- changes ---------------------------------------------------------------------------------- */

/* Of all tables at the same place: the second and following ones, for keys are over the first. */
static void change_columns(struct changer *c, const struct group *group)
{
	size_t n = group->tables[0]->columns.n;
	size_t at = 1 + random_below(c->random, (unsigned)n);
	struct column *column = make_column(c->model, group->tables[0]);
	unsigned what = random_below(c->random, 3);
	for (unsigned i = 0; i < group->n; i++) {
		struct table *table = group->tables[i];
		if (what == 0 || n == 1) {
			LIST_INSERT(c->arena, &table->columns, at, column);
		} else if (what == 1) {
			LIST_REMOVE(&table->columns, at < n ? at : n - 1);
		} else {
			struct column *other = change_edit_column(c, table, at < n ? at : n - 1);
			const struct name *name = other->name, *was = other->was;
			*other = *column;
			other->name = name;
			other->was = was;
		}
	}
}

static void rename_one(struct changer *c, const struct group *group)
{
	struct table *table = group->tables[random_below(c->random, group->n)];
	if (group->merge && random_chance(c->random, 50))
		table = group->merge;
	const struct name *old = table->was ? table->was : table->name, *before = table->name;
	const struct name *name = random_global_name(c->model, PREFIX);
	if (!schema_find_table(c->from, old))
		return;
	follow(c->model, group, before, name);
	schema_rename_table(c->to, before, name);
	table->was = old;
}

static void drop_one(struct changer *c, const struct group *group)
{
	const struct table *table = group->tables[random_below(c->random, group->n)];
	if (table != group->merge && group->n_children == 1)
		return;
	if (table != group->merge)
		follow(c->model, group, table->name, NULL);
	schema_remove_table(c->to, table->name);
}

static void add_one(struct changer *c, const struct group *group)
{
	const struct table *like = group->children[0];
	if (!group->merge)
		pick_union(c->model, &(struct group){
					     .merge = add_like(c->model, c->to, like, "MRG_MYISAM"),
					     .children = { group->children[0] },
					     .n_children = 1,
				     });
	else if (group->n_children < CHILDREN)
		add_like(c->model, c->to, like, "MyISAM");
}

void change_union(struct changer *c)
{
	struct group group = find_group(c->model, c->to);
	if (!group.n)
		return;
	switch (random_below(c->random, 13)) {
	case 0:
	case 1:
	case 12:
		if (group.merge)
			pick_union(c->model, &group);
		break;
	case 2:
	case 8:
	case 9:
		if (group.merge)
			pick_method(c->model, &group);
		break;
	case 3:
	case 4:
		change_columns(c, &group);
		break;
	case 5:
	case 10:
	case 11:
		rename_one(c, &group);
		break;
	case 6:
		drop_one(c, &group);
		break;
	case 7:
		add_one(c, &group);
		break;
	}
}
