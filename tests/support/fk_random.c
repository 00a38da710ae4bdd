/* Faults of foreign keys, by chance: fk_case_random(). */
#include "tests/support/fk_case.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* A case that chance works on. */
struct game {
	struct fk_case *t;
	uint64_t state;
};

static unsigned chance(struct game *g, unsigned n) /* 0..n-1 */
{
	g->state ^= g->state << 13;
	g->state ^= g->state >> 7;
	g->state ^= g->state << 17;
	return (unsigned)((g->state >> 11) % n);
}

#define ONE_OF(g, array) ((array)[chance((g), COUNT(array))])

static size_t any_pair(struct game *g)
{
	return chance(g, (unsigned)g->t->n);
}

static struct fk_side *any_side(struct game *g)
{
	return chance(g, 2) ? &g->t->p : &g->t->c;
}

static const struct fk_case_type *type_of_class(struct game *g, const char *classes)
{
	const struct fk_case_type *type;
	do
		type = &fk_case_types[chance(g, (unsigned)fk_case_types_n)];
	while (!strchr(classes, type->class));
	return type;
}

/* --- types -------------------------------------------------------------------------------------- */

static void other_type(struct game *g)
{
	struct fk_column *column = &any_side(g)->columns[any_pair(g)];
	column->type = &fk_case_types[chance(g, (unsigned)fk_case_types_n)];
	column->charset = "";
}

static void near_type(struct game *g)
{
	struct fk_column *column = &any_side(g)->columns[any_pair(g)];
	column->type = type_of_class(g, (char[]){ column->type->class, '\0' });
}

static void let_be_string(struct game *g, size_t pair)
{
	struct fk_column *p = &g->t->p.columns[pair], *c = &g->t->c.columns[pair];
	if (!strchr("se", p->type->class))
		p->type = c->type = type_of_class(g, "sse");
}

static void charset_of_column(struct game *g)
{
	size_t pair = any_pair(g);
	let_be_string(g, pair);
	any_side(g)->columns[pair].charset = fk_case_charsets[chance(g, fk_case_charsets_n)];
}

static void charset_of_both(struct game *g)
{
	size_t pair = any_pair(g);
	let_be_string(g, pair);
	g->t->p.columns[pair].charset = g->t->c.columns[pair].charset =
		fk_case_charsets[chance(g, fk_case_charsets_n)];
}

static void charset_of_table(struct game *g)
{
	let_be_string(g, any_pair(g));
	any_side(g)->charset = fk_case_defaults[chance(g, fk_case_defaults_n)];
}

static void charset_of_schema(struct game *g)
{
	let_be_string(g, any_pair(g));
	g->t->schema_charset = fk_case_defaults[chance(g, fk_case_defaults_n)];
}

static void nullable(struct game *g)
{
	struct fk_column *column = &any_side(g)->columns[any_pair(g)];
	column->nullable = !column->nullable;
}

/* --- keys and lists ----------------------------------------------------------------------------- */

static void key_of_parent(struct game *g)
{
	g->t->p.keys = fk_case_keys[chance(g, fk_case_keys_n)];
}

static void key_of_child(struct game *g)
{
	g->t->c.keys = fk_case_keys[chance(g, fk_case_keys_n)];
}

static void other_lists(struct game *g)
{
	static const char *const lists[] = { "~", "^", "*, x", "*, *", "x", "x, *", "*, nowhere" };
	const char **list = chance(g, 2) ? &g->t->child_columns : &g->t->parent_columns;
	*list = ONE_OF(g, lists);
	if (!chance(g, 3))
		g->t->child_columns = g->t->parent_columns = *list;
}

static void wide(struct game *g)
{
	static const size_t widths[] = { 15, 16, 17 };
	const char *key = g->t->p.keys;
	const struct fk_case_type *type = type_of_class(g, "i");
	fk_case_fill(g->t, g->t->arena, type, type, key, ONE_OF(g, widths));
}

static void another_parent(struct game *g)
{
	static const char *const parents[] = { "nowhere", "P", "b" };
	g->t->parent = ONE_OF(g, parents);
}

/* Two equal enums of two-byte characters in a table: MySQL 5.6 loses their members. */
static bool is_wide_enum(const struct fk_column *column)
{
	return column->type->class == 'e' &&
	       (strstr(column->charset, "utf16") || strstr(column->charset, "ucs2"));
}

static void itself(struct game *g)
{
	if (g->t->self)
		return;
	for (size_t i = 0; i < g->t->n; i++)
		if (is_wide_enum(&g->t->p.columns[i]) || is_wide_enum(&g->t->c.columns[i]))
			return;
	g->t->self = true;
	g->t->parent = "c";
	g->t->itself = !chance(g, 4);
}

static void name(struct game *g)
{
	static const char sixty_four[] =
		"n234567890123456789012345678901234567890123456789012345678901234";
	static const char *const names[] = {
		"FK_B",
		FK_CASE_OTHER,
		sixty_four,
		"f",
		"x",
		"a",
		"P",
		"`\xc3\xa9\xe8\xa1\xa8`",
		"n2345678901234567890123456789012345678901234567890123456789012345",
	};
	g->t->name = ONE_OF(g, names);
}

/* --- what the action writes --------------------------------------------------------------------- */

static void action(struct game *g)
{
	static const char *const actions[] = { "",         "cascade",   "set null",   "set null",
					       "restrict", "no action", "set default" };
	g->t->on_delete = ONE_OF(g, actions);
	if (chance(g, 2))
		g->t->on_update = ONE_OF(g, actions);
	if (chance(g, 2))
		for (size_t i = 0; i < g->t->n; i++)
			g->t->c.columns[i].nullable = true;
}

static void check(struct game *g)
{
	static const char *const checks[] = { "a is not null", "x > 0", "a is null or x > 0" };
	struct fk_side *side = any_side(g);
	side->check = ONE_OF(g, checks);
	side->not_enforced = !chance(g, 4);
}

static void checked_column(struct game *g)
{
	any_side(g)->columns[any_pair(g)].checked = true;
}

/* MariaDB wants a default where it is not NULL. */
static void hidden_column(struct game *g)
{
	struct fk_column *column = &any_side(g)->columns[any_pair(g)];
	column->invisible = true;
	column->nullable = true;
}

/* A column behind the others, alike to that one. */
static struct fk_column *append(struct fk_side *side, const struct fk_column *like)
{
	struct fk_column *column = &side->columns[side->n++];
	*column = *like;
	column->name = "z";
	column->invisible = column->checked = false;
	return column;
}

static const char *how(struct game *g)
{
	return chance(g, 2) ? "stored" : "virtual";
}

static void generated(struct game *g)
{
	struct fk_side *side = any_side(g);
	struct fk_column *column = &side->columns[any_pair(g)];
	if (side->columns[side->n - 1].name[0] == 'z')
		return;
	append(side, column);
	column->generated = arena_printf(g->t->arena, "as (z) %s", how(g));
}

static void base(struct game *g)
{
	struct fk_side *side = any_side(g);
	const struct fk_column *column = &side->columns[any_pair(g)];
	if (side->columns[side->n - 1].name[0] == 'z')
		return;
	append(side, column)->generated =
		arena_printf(g->t->arena, "as (%s) %s", column->name, how(g));
}

/* --- tables ------------------------------------------------------------------------------------- */

static void engine(struct game *g)
{
	static const char *const engines[] = { "MyISAM", "MEMORY", "Aria", "InnoDB", "CSV" };
	any_side(g)->engine = ONE_OF(g, engines);
}

static void partitioned(struct game *g)
{
	static const char *const partitions[] = {
		"partition by key (a) partitions 2",
		"partition by hash (x) partitions 2",
	};
	any_side(g)->partition = ONE_OF(g, partitions);
}

static void options(struct game *g)
{
	static const char *const all[] = { "row_format compact", "row_format redundant",
					   "row_format dynamic", "row_format compressed",
					   "with system versioning" };
	any_side(g)->options = ONE_OF(g, all);
}

/* --- all of it ---------------------------------------------------------------------------------- */

/* In this order: columns are made of others when those have their types. */
static const struct {
	void (*make)(struct game *g);
	const char *what;
	unsigned weight;
} faults[] = {
	{ other_type, "type", 8 },
	{ near_type, "near type", 6 },
	{ charset_of_column, "charset of a column", 8 },
	{ charset_of_both, "charset of both", 6 },
	{ charset_of_table, "charset of a table", 6 },
	{ charset_of_schema, "charset of the schema", 5 },
	{ nullable, "null", 5 },
	{ key_of_parent, "parent key", 12 },
	{ key_of_child, "child key", 8 },
	{ other_lists, "lists", 5 },
	{ another_parent, "another parent", 2 },
	{ itself, "itself", 5 },
	{ name, "name", 4 },
	{ action, "action", 14 },
	{ check, "check", 6 },
	{ checked_column, "checked column", 3 },
	{ hidden_column, "hidden column", 2 },
	{ generated, "generated", 6 },
	{ base, "base", 6 },
	{ engine, "engine", 4 },
	{ partitioned, "partitioned", 3 },
	{ options, "options", 5 },
};

static size_t any_fault(struct game *g)
{
	unsigned total = 0, at;
	size_t i = 0;
	for (size_t j = 0; j < COUNT(faults); j++)
		total += faults[j].weight;
	for (at = chance(g, total); at >= faults[i].weight; i++)
		at -= faults[i].weight;
	return i;
}

static void add_fault(struct game *g, size_t fault)
{
	const char *before = g->t->faults;
	faults[fault].make(g);
	g->t->faults = arena_printf(g->t->arena, "%s%s%s", before, *before ? ", " : "",
				    faults[fault].what);
}

void fk_case_random(struct fk_case *t, struct arena *arena, uint64_t seed)
{
	static const size_t widths[] = { 1, 1, 1, 1, 2, 2, 2, 3 };
	static const unsigned how_many[] = { 0, 1, 1, 2, 2, 2, 3, 3, 4, 5 };
	struct game g = { t, 0x9E3779B97F4A7C15u * (seed + 1) };
	for (int i = 0; i < 8; i++)
		chance(&g, 2); /* the first ones are much alike */
	const struct fk_case_type *type = type_of_class(&g, chance(&g, 2) ? "s" : "iefbs");
	fk_case_fill(t, arena, type, type, chance(&g, 2) ? "primary key (*)" : "unique (*)",
		     ONE_OF(&g, widths));
	for (size_t i = 1; i < t->n; i++) {
		type = type_of_class(&g, "iefbsu");
		t->p.columns[i].type = t->c.columns[i].type = type;
	}
	if (!chance(&g, 20))
		wide(&g);
	unsigned faults_of[COUNT(faults)] = { 0 };
	for (unsigned n = ONE_OF(&g, how_many); n; n--)
		faults_of[any_fault(&g)]++;
	for (size_t i = 0; i < COUNT(faults); i++)
		while (faults_of[i]--)
			add_fault(&g, i);
}
