#include "run/run.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "run/orphans.h"
#include "run/past.h"

#include <string.h>

/* --- one key ---------------------------------------------------------------------------------- */

static bool adds_key(const struct op *op)
{
	return op->kind == OP_ADD_FOREIGN_KEY;
}

/* A key that is to be added, as the database of now can be asked for it. */
struct wanted {
	const struct op *op;
	const struct name *table;
	struct foreign_key key;
	struct orphans_ahead ahead;
	bool no_rows; /* there can be none that needs a parent */
};

/* By the names of its own statement: all of it is there. */
static struct wanted wanted_now(const struct op *op)
{
	return (struct wanted){ .op = op, .table = op->table, .key = *op->after.foreign_key };
}

static enum run_status refuse(struct run *run, const struct revision *revision,
			      const struct wanted *wanted, const struct orphans *orphans)
{
	const char *parent = foreign_key_parent_text(&run->arena, wanted->op->after.foreign_key);
	struct diag *diag = ctx_error(
		run->ctx, "orphans", wanted->op->origin, "foreign key '%s' can't be added: %s",
		wanted->op->after.foreign_key->name->text,
		orphans_words(&run->arena, wanted->table, &wanted->key, orphans));
	ctx_hint(run->ctx, diag, "they are: %s", orphans->query);
	if (wanted->ahead.no_parent)
		ctx_hint(run->ctx, diag,
			 "'%s' is yet to be made: fill it by a statement that is in front of the "
			 "key "
			 "in '%s', or change or delete the rows; then run the same command again",
			 parent, revision->path);
	else
		ctx_hint(
			run->ctx, diag,
			"give them a row in '%s', change or delete them, by hand or by a statement "
			"that is in front of it in '%s'; then run the same command again",
			parent, revision->path);
	return RUN_REFUSED;
}

/* *told: a query could tell. */
static enum run_status look(struct run *run, const struct revision *revision,
			    const struct wanted *wanted, bool *told)
{
	*told = true;
	if (wanted->no_rows)
		return RUN_DONE;
	struct orphans orphans =
		orphans_count(&run->arena, run->db, wanted->table, &wanted->key, &wanted->ahead);
	*told = !orphans.error;
	return *told && orphans.rows ? refuse(run, revision, wanted, &orphans) : RUN_DONE;
}

/* --- before the first statement --------------------------------------------------------------- */

/* What every row of now gets in a column that is added; NULL: it can't be told so. A column that is
 * NOT NULL without a default comes back so on the way down. */
static const char *value_of_rows(struct arena *arena, const struct column *added)
{
	const struct expr *value = added->default_value;
	enum type_class class = type_class(&added->type);
	struct buf sql = { 0 };
	if (added->generated || added->auto_increment || added->backfill)
		return NULL;
	if (added->default_kind == DEFAULT_NONE && added->nullable)
		return "NULL";
	if (added->default_kind == DEFAULT_NONE && class == CLASS_INTEGER)
		return "0";
	if (added->default_kind == DEFAULT_NONE && class == CLASS_STRING)
		return "''";
	if (added->default_kind != DEFAULT_LITERAL || value->kind != EXPR_STRING || value->name)
		return NULL;
	if (class == CLASS_INTEGER)
		return value->text;
	quote_string(&sql, value->text, value->len);
	return buf_arena(&sql, arena);
}

/* One column of the child; false: the database of now does not tell of it. */
static bool find_column(struct run *run, const struct past *past, struct wanted *wanted, size_t i)
{
	const struct name *table = wanted->op->table;
	const struct name *column = wanted->op->after.foreign_key->columns.items[i];
	const struct column *comes = past_added(past, table, column);
	if (comes) {
		wanted->ahead.values[i] = value_of_rows(&run->arena, comes);
		if (!wanted->ahead.values[i])
			return false;
		wanted->no_rows |= !strcmp(wanted->ahead.values[i], "NULL");
	} else {
		wanted->ahead.converted[i] = past_converted(past, table, column);
		if ((past_is_changed(past, table, column) && !wanted->ahead.converted[i]) ||
		    !past_find(past, &table, &column))
			return false;
	}
	LIST_PUSH(&run->arena, &wanted->key.columns, column);
	return true;
}

/* false: the database of now does not tell. */
static bool find_child(struct run *run, const struct past *past, struct wanted *wanted)
{
	const struct foreign_key *added = wanted->op->after.foreign_key;
	const struct name *none = NULL;
	wanted->ahead.values = ARENA_ARRAY(&run->arena, const char *, added->columns.n);
	wanted->ahead.converted = ARENA_ARRAY(&run->arena, const struct column *, added->columns.n);
	wanted->key.columns = (struct name_list){ 0 };
	wanted->no_rows = !past_find(past, &wanted->table, &none);
	for (size_t i = 0; i < added->columns.n && !wanted->no_rows; i++)
		if (!find_column(run, past, wanted, i))
			return false;
	return true;
}

/* The same of the parent; also where its key is made first: the query would read all of the parent
 * for every row of the child. */
static bool find_parent(struct run *run, const struct past *past, struct wanted *wanted)
{
	const struct foreign_key *added = wanted->op->after.foreign_key;
	if (added->parent_database || wanted->no_rows)
		return true;
	wanted->ahead.no_parent = past_is_new(past, added->parent);
	if (wanted->ahead.no_parent)
		return true;
	wanted->key.parent_columns = (struct name_list){ 0 };
	for (size_t i = 0; i < added->parent_columns.n; i++) {
		const struct name *column = added->parent_columns.items[i];
		wanted->key.parent = added->parent;
		if (past_is_changed(past, added->parent, column) ||
		    !past_find(past, &wanted->key.parent, &column))
			return false;
		LIST_PUSH(&run->arena, &wanted->key.parent_columns, column);
	}
	return !past_gets_index(past, added->parent);
}

static enum run_status look_ahead(struct run *run, const struct revision *revision,
				  struct revision_statement *statement, const struct past *past)
{
	enum run_status status = RUN_DONE;
	bool told = true, any = false;
	for (size_t i = 0; i < statement->ops.n; i++) {
		bool its = false;
		if (!adds_key(statement->ops.items[i]))
			continue;
		any = true;
		struct wanted wanted = wanted_now(statement->ops.items[i]);
		if (find_child(run, past, &wanted) && find_parent(run, past, &wanted) &&
		    look(run, revision, &wanted, &its) != RUN_DONE)
			status = RUN_REFUSED;
		told &= its;
	}
	if (any && told)
		map_put(&run->arena, &run->keys_looked_at, statement, statement);
	return status;
}

enum run_status keys_check_path(struct run *run, const struct revision_list *path,
				enum revision_direction direction)
{
	struct past past = past_new(&run->arena, run->server);
	enum run_status status = RUN_DONE;
	for (size_t i = 0; i < path->n; i++) {
		const struct revision_statement_list *list =
			direction == REVISION_UP ? &path->items[i]->up : &path->items[i]->down;
		for (size_t j = 0; j < list->n; j++) {
			struct revision_statement *statement = list->items[j];
			if (statement->backfill)
				past_note_backfill(&past, run->ctx, statement->backfill);
			else if (statement_is_by_hand(statement))
				return status;
			if (look_ahead(run, path->items[i], statement, &past) != RUN_DONE)
				status = RUN_REFUSED;
			for (size_t k = 0; k < statement->ops.n; k++)
				past_note(&past, statement->ops.items[k]);
		}
	}
	return status;
}

/* --- right before a statement ----------------------------------------------------------------- */

/* Does it do nothing but add foreign keys? */
static bool only_adds_keys(const struct revision_statement *statement)
{
	for (size_t i = 0; i < statement->ops.n; i++)
		if (!adds_key(statement->ops.items[i]))
			return false;
	return statement->ops.n && statement->kind == STATEMENT_DDL;
}

enum run_status keys_check(struct run_part *part, size_t at)
{
	const struct revision_statement *statement = part->statements->items[at];
	struct run *run = part->run;
	enum run_status status = RUN_DONE;
	bool verified = run->options->verified_keys && only_adds_keys(statement);
	run->in_place = NULL;
	if (!verified && map_get(&run->keys_looked_at, statement))
		return RUN_DONE;
	for (size_t i = 0; i < statement->ops.n; i++) {
		const struct op *op = statement->ops.items[i];
		bool told = false;
		if (!adds_key(op))
			continue;
		struct wanted wanted = wanted_now(op);
		if (look(run, part->revision, &wanted, &told) != RUN_DONE)
			status = RUN_REFUSED;
		verified =
			verified && told &&
			orphans_comparable(&run->arena, run->db, op->table, op->after.foreign_key);
	}
	if (verified)
		run->in_place = statement;
	return status;
}

/* --- after a statement in place --------------------------------------------------------------- */

static bool take_back(struct run *run, const struct op *op)
{
	struct buf sql = { 0 };
	buf_add(&sql, "ALTER TABLE ");
	quote_name(&sql, op->table);
	buf_add(&sql, " DROP FOREIGN KEY ");
	quote_name(&sql, op->after.foreign_key->name);
	bool ok = db_execute(run->db, buf_text(&sql), sql.len);
	buf_free(&sql);
	return ok;
}

static enum run_status refuse_new(struct run *run, const struct op *op,
				  const struct orphans *orphans)
{
	struct diag *diag = ctx_error(
		run->ctx, "orphans", op->origin,
		"foreign key '%s' was taken back: others wrote rows while it was added: %s",
		op->after.foreign_key->name->text,
		orphans_words(&run->arena, op->table, op->after.foreign_key, orphans));
	ctx_hint(run->ctx, diag, "they are: %s", orphans->query);
	ctx_hint(run->ctx, diag,
		 "correct them and run the same command again, or let the server compare while it "
		 "adds the key: foreign_key_add = copy");
	return RUN_REFUSED;
}

enum run_status keys_verify(struct run_part *part, size_t at)
{
	const struct revision_statement *statement = part->statements->items[at];
	struct run *run = part->run;
	enum run_status status = RUN_DONE;
	if (!run->options->verified_keys || !only_adds_keys(statement))
		return RUN_DONE;
	for (size_t i = 0; i < statement->ops.n; i++) {
		const struct op *op = statement->ops.items[i];
		struct orphans orphans =
			orphans_count(&run->arena, run->db, op->table, op->after.foreign_key, NULL);
		if (orphans.error || !orphans.rows)
			continue;
		if (!take_back(run, op))
			return RUN_FAILED;
		status = refuse_new(run, op, &orphans);
	}
	return status;
}
