/* Are the names free that tables are given? names_check_path(). */
#include "run/run.h"

#include "base/context.h"

struct names {
	struct run *run;
	struct map taken; /* key -> struct name of what has it */
};

static const void *key_of(const struct names *names, const struct name *name)
{
	return names->run->server->lower_case_table_names == 0 ? name : name->key;
}

/* Tables and views, which share their names. */
static bool read_names(struct names *names)
{
	struct run *run = names->run;
	struct db_result result = { 0 };
	if (!db_query(run->db, &run->arena,
		      "SELECT table_name FROM information_schema.tables "
		      "WHERE table_schema = DATABASE()",
		      &result))
		return false;
	for (size_t i = 0; i < result.rows.n; i++) {
		const struct name *name = ctx_name(run->ctx, result.rows.items[i].cells[0]);
		map_put(&run->arena, &names->taken, key_of(names, name), (void *)name);
	}
	return true;
}

static void refuse(const struct names *names, const struct revision *revision, const struct op *op,
		   const struct name *wanted, const struct name *there)
{
	struct run *run = names->run;
	bool one = wanted->text == there->text;
	struct diag *diag = ctx_error(run->ctx, "names", op->origin,
				      "revision '%s' can't make table '%s': '%s' is there already "
				      "(error 1050)",
				      revision->id, wanted->text, there->text);
	if (!one)
		ctx_hint(run->ctx, diag,
			 "this server takes both names for one (lower_case_table_names = %d): "
			 "give one of the tables another name",
			 run->server->lower_case_table_names);
	else
		ctx_hint(run->ctx, diag,
			 "rename or drop what is there; if it is what the revision makes, "
			 "'autogen stamp' says where the database is");
}

/* false: the name that the op gives a table is taken. */
static bool note(struct names *names, const struct revision *revision,
		 const struct revision_statement *statement, const struct op *op)
{
	const struct name *gone = NULL, *made = NULL;
	if (op->kind == OP_CREATE_TABLE)
		made = op->table;
	else if (op->kind == OP_DROP_TABLE)
		gone = op->table;
	else if (op->kind == OP_RENAME_TABLE)
		gone = op->before.name, made = op->after.name;
	if (gone)
		map_remove(&names->taken, key_of(names, gone));
	const struct name *there = made ? map_get(&names->taken, key_of(names, made)) : NULL;
	if (made)
		map_put(&names->run->arena, &names->taken, key_of(names, made), (void *)made);
	if (!there || statement->kind == STATEMENT_EDITED) /* IF NOT EXISTS, for one */
		return true;
	refuse(names, revision, op, made, there);
	return false;
}

enum run_status names_check_path(struct run *run, const struct revision_list *path,
				 enum revision_direction direction)
{
	struct names names = { .run = run };
	bool free = true;
	if (!read_names(&names))
		return RUN_FAILED;
	for (size_t i = 0; i < path->n; i++) {
		const struct revision_statement_list *list =
			direction == REVISION_UP ? &path->items[i]->up : &path->items[i]->down;
		for (size_t j = 0; j < list->n; j++) {
			const struct revision_statement *statement = list->items[j];
			if (statement_is_by_hand(statement))
				return free ? RUN_DONE : RUN_REFUSED;
			for (size_t k = 0; k < statement->ops.n; k++)
				free &= note(&names, path->items[i], statement,
					     statement->ops.items[k]);
		}
	}
	return free ? RUN_DONE : RUN_REFUSED;
}
