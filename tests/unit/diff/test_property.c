/*
 * Over thousands of random models and changes: what diff and plan promise, without a server.
 */
#include "diff/apply.h"
#include "diff/diff.h"
#include "diff/plan.h"

#include "base/buf.h"
#include "base/context.h"
#include "emit/sql.h"
#include "tests/support/random_model.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#define CASES 1500 /* of each server; AUTOGEN_PROPERTY_CASES for another number */

static const struct {
	enum flavour flavour;
	unsigned version;
} servers[] = {
	{ FLAVOUR_MYSQL, 50624 },    { FLAVOUR_MYSQL, 90704 },    { FLAVOUR_MARIADB, 100523 },
	{ FLAVOUR_MARIADB, 101119 }, { FLAVOUR_MARIADB, 110806 },
};

struct world {
	struct context ctx;
	struct arena arena;
	struct server server;
	struct server_list targets;
	struct random_model model;
	unsigned long long seed;
};

static void world_open(struct world *world, size_t server, unsigned long long seed)
{
	context_init(&world->ctx);
	arena_init(&world->arena);
	server_defaults(&world->ctx, &world->server, servers[server].flavour,
			servers[server].version);
	world->targets = (struct server_list){ &world->server, 1, 1 };
	world->seed = seed * 10 + server;
	random_init(&world->model, &world->ctx, &world->arena, &world->targets, world->seed);
}

static void world_close(struct world *world)
{
	arena_free(&world->arena);
	context_free(&world->ctx);
}

static void show_ops(const struct op_list *ops)
{
	for (size_t i = 0; i < ops->n; i++) {
		struct buf text = { 0 };
		op_describe(&text, ops->items[i]);
		print_message("    %s\n", buf_text(&text));
		buf_free(&text);
	}
}

/* Fails the test, saying how to have it again. */
static void check_that(struct world *world, bool truth, const char *what, const struct op_list *ops)
{
	if (truth && !world->ctx.diags.errors)
		return;
	print_message("seed %llu: %s\n", world->seed, what);
	if (ops)
		show_ops(ops);
	diag_print(&world->ctx.diags, false, stderr);
	fail();
}

/* No difference, by diff's own word. */
static bool same(struct world *world, const struct schema *a, const struct schema *b)
{
	struct op_list ops = { 0 };
	bool ok = diff_schemas(&world->ctx, &world->arena, a, b, &ops);
	if (ok && ops.n)
		show_ops(&ops);
	return ok && !ops.n;
}

/* The same down to the names of indexes and keys. */
static bool same_names(const struct schema *a, const struct schema *b)
{
	if (a->tables.n != b->tables.n)
		return false;
	for (size_t i = 0; i < a->tables.n; i++) {
		const struct table *one = a->tables.items[i];
		const struct table *other = schema_find_table(b, one->name);
		if (!other || one->indexes.n != other->indexes.n ||
		    one->foreign_keys.n != other->foreign_keys.n ||
		    one->checks.n != other->checks.n)
			return false;
		for (size_t j = 0; j < one->indexes.n; j++)
			if (!table_index(other, one->indexes.items[j]->name))
				return false;
		for (size_t j = 0; j < one->foreign_keys.n; j++)
			if (!table_foreign_key(other, one->foreign_keys.items[j]->name))
				return false;
		for (size_t j = 0; j < one->checks.n; j++)
			if (!table_check(other, one->checks.items[j]->name))
				return false;
	}
	return true;
}

static struct schema *changed(struct world *world, const struct schema *from,
			      const struct op_list *ops)
{
	struct schema *schema = schema_clone(&world->arena, from);
	check_that(world, apply_ops(schema, ops), "ops don't apply", ops);
	return schema;
}

static struct op_list turned_round(struct world *world, const struct op_list *ops)
{
	struct op_list inverse = { 0 };
	for (size_t i = ops->n; i--;)
		LIST_PUSH(&world->arena, &inverse, op_inverse(&world->arena, ops->items[i]));
	return inverse;
}

static bool has_losses(struct world *world, const struct op_list *ops)
{
	for (size_t i = 0; i < ops->n; i++)
		if (ops->items[i]->kind == OP_DROP_COLUMN || ops->items[i]->kind == OP_DROP_TABLE)
			return true;
	(void)world;
	return false;
}

/*
 * Is a table renamed, and are there names that follow a table? From `a` to `b` and back they may
 * become others than they were: no op says that.
 */
static bool may_rename_constraints(const struct schema *schema, const struct op_list *ops)
{
	bool renames = false, follows = false;
	for (size_t i = 0; i < ops->n; i++)
		renames = renames || ops->items[i]->kind == OP_RENAME_TABLE;
	for (size_t i = 0; i < schema->tables.n; i++) {
		const struct table *table = schema->tables.items[i];
		for (size_t j = 0; j < table->foreign_keys.n; j++)
			follows = follows ||
				  strstr(table->foreign_keys.items[j]->name->text, "_ibfk_");
		for (size_t j = 0; j < table->checks.n; j++)
			follows = follows || strstr(table->checks.items[j]->name->text, "_chk_");
	}
	return renames && follows;
}

/* apply(diff(a, b), a) is b; the inverse leads back, names and all. */
static void check_diff(struct world *world, const struct schema *a, const struct schema *b)
{
	struct op_list ops = { 0 };
	check_that(world, diff_schemas(&world->ctx, &world->arena, a, b, &ops), "diff", &ops);
	struct schema *there = changed(world, a, &ops);
	check_that(world, same(world, there, b), "apply(diff(a, b), a) is not b", &ops);
	if (!may_rename_constraints(a, &ops)) {
		struct op_list inverse = turned_round(world, &ops);
		struct schema *back = changed(world, there, &inverse);
		check_that(world, same(world, back, a) && same_names(back, a),
			   "the inverse does not lead back", &ops);
	}
	struct op_list again = { 0 };
	diff_schemas(&world->ctx, &world->arena, a, b, &again);
	bool equal = again.n == ops.n;
	for (size_t i = 0; equal && i < ops.n; i++)
		equal = ops.items[i]->kind == again.items[i]->kind &&
			ops.items[i]->table == again.items[i]->table;
	check_that(world, equal, "diff says another thing the second time", &ops);
}

/* The ops of a plan; each statement has some, and changes one table. */
static struct op_list plan_ops(struct world *world, const struct plan *plan)
{
	struct op_list ops = { 0 };
	for (size_t i = 0; i < plan->statements.n; i++) {
		const struct statement *statement = plan->statements.items[i];
		check_that(world, statement->ops.n || statement->backfill, "an empty statement",
			   NULL);
		for (size_t j = 0; j < statement->ops.n; j++) {
			const struct op *op = statement->ops.items[j];
			check_that(world, op->table == statement->table,
				   "two tables in a statement", &statement->ops);
			LIST_PUSH(&world->arena, &ops, op);
		}
	}
	return ops;
}

/* Every statement can be written. */
static void check_sql(struct world *world, const struct plan *plan)
{
	for (size_t i = 0; i < plan->statements.n; i++) {
		struct buf sql = { 0 };
		bool ok = sql_statement(&world->ctx, &sql, &world->targets,
					plan->statements.items[i]);
		check_that(world, ok && sql.len > 10, "no SQL", &plan->statements.items[i]->ops);
		buf_free(&sql);
	}
}

/* Up from a state to a model, and down again to the very state, names and all. */
static struct schema *check_plan(struct world *world, const struct schema *state,
				 const struct schema *model)
{
	struct plan up = { 0 }, down = { 0 };
	bool ok = plan_revision(&world->ctx, &world->arena, state, model, &world->targets, &up,
				&down);
	check_that(world, ok, "plan", NULL);
	struct op_list up_ops = plan_ops(world, &up), down_ops = plan_ops(world, &down);
	struct schema *there = changed(world, state, &up_ops);
	check_that(world, same(world, there, model), "the fold of the plan is not the model",
		   &up_ops);
	struct schema *back = changed(world, there, &down_ops);
	check_that(world, same(world, back, state) && same_names(back, state),
		   "the way down does not lead back", &down_ops);
	check_sql(world, &up);
	check_sql(world, &down);
	return there;
}

static void check_case(struct world *world)
{
	const struct schema *a = random_schema(&world->model, 6);
	const struct schema *nothing = schema_new(&world->ctx, &world->arena, &world->server);
	check_that(world, same(world, a, a), "diff(a, a) is not empty", NULL);
	check_diff(world, nothing, a);
	struct schema *state = check_plan(world, nothing, a);
	for (int step = 0; step < 3; step++) {
		unsigned changes = 1 + random_below(&world->model.random, 10);
		const struct schema *b = random_change(&world->model, a, changes);
		check_diff(world, state, b);
		check_diff(world, b, state);
		state = check_plan(world, state, b);
		a = b;
	}
	check_plan(world, state, nothing);
}

TEST(random_models)
{
	const char *wanted = getenv("AUTOGEN_PROPERTY_CASES");
	unsigned long long cases = wanted ? strtoull(wanted, NULL, 10) : CASES;
	for (unsigned long long seed = 1; seed <= cases; seed++) {
		for (size_t server = 0; server < sizeof(servers) / sizeof(*servers); server++) {
			struct world world;
			world_open(&world, server, seed);
			check_case(&world);
			world_close(&world);
		}
	}
}

/* A rename is a rename in both directions. */
TEST(renames_lose_nothing)
{
	for (unsigned long long seed = 1; seed <= 300; seed++) {
		struct world world;
		world_open(&world, seed % 5, seed);
		const struct schema *a = random_schema(&world.model, 4);
		const struct schema *b = random_rename(&world.model, a, 6);
		struct op_list up = { 0 }, down = { 0 };
		check_that(&world, diff_schemas(&world.ctx, &world.arena, a, b, &up), "up", &up);
		check_that(&world, !has_losses(&world, &up), "up loses something", &up);
		check_that(&world, diff_schemas(&world.ctx, &world.arena, b, a, &down), "down",
			   &down);
		check_that(&world, !has_losses(&world, &down), "down loses something", &down);
		world_close(&world);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_models),
		cmocka_unit_test(renames_lose_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
