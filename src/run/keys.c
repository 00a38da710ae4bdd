#include "run/run.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "run/orphans.h"
#include "run/past.h"

/* --- one key ---------------------------------------------------------------------------------- */

static bool adds_key(const struct op *op)
{
	return op->kind == OP_ADD_FOREIGN_KEY;
}

static enum run_status refuse(struct run *run, const struct revision *revision, const struct op *op,
			      const struct name *table, const struct foreign_key *key,
			      const struct orphans *orphans)
{
	struct diag *diag = ctx_error(
		run->ctx, "orphans", op->origin, "foreign key '%s' can't be added: %s",
		op->after.foreign_key->name->text, orphans_words(&run->arena, table, key, orphans));
	ctx_hint(run->ctx, diag, "they are: %s", orphans->query);
	ctx_hint(
		run->ctx, diag,
		"give them a row in '%s', change or delete them, by hand or by a statement that is "
		"in front of it in '%s'; then run the same command again",
		foreign_key_parent_text(&run->arena, key), revision->path);
	return RUN_REFUSED;
}

/* *told: a query could tell. */
static enum run_status look(struct run *run, const struct revision *revision, const struct op *op,
			    const struct name *table, const struct foreign_key *key, bool *told)
{
	struct orphans orphans = orphans_count(&run->arena, run->db, table, key);
	*told = !orphans.error;
	return *told && orphans.rows ? refuse(run, revision, op, table, key, &orphans) : RUN_DONE;
}

/* --- before the first statement --------------------------------------------------------------- */

/* Each column by its name of now; false: the database of now does not tell. */
static bool find_columns(struct run *run, const struct past *past, const struct name **table,
			 const struct name_list *columns, struct name_list *now)
{
	const struct name *found = *table;
	for (size_t i = 0; i < columns->n; i++) {
		const struct name *column = columns->items[i];
		found = *table;
		if (past_is_changed(past, *table, column) || !past_find(past, &found, &column))
			return false;
		LIST_PUSH(&run->arena, now, column);
	}
	*table = found;
	return true;
}

/*
 * The key by the names that its tables and columns have now; false as above, and where the parent's
 * key is made first: the query would read all of the parent for every row of the child.
 */
static bool find_key(struct run *run, const struct past *past, const struct op *op,
		     const struct name **table, struct foreign_key *key)
{
	const struct foreign_key *added = op->after.foreign_key;
	*key = *added;
	*table = op->table;
	key->columns = (struct name_list){ 0 };
	if (!find_columns(run, past, table, &added->columns, &key->columns))
		return false;
	if (key->parent_database)
		return true;
	key->parent_columns = (struct name_list){ 0 };
	return !past_gets_index(past, key->parent) &&
	       find_columns(run, past, &key->parent, &added->parent_columns, &key->parent_columns);
}

static enum run_status look_ahead(struct run *run, const struct revision *revision,
				  struct revision_statement *statement, const struct past *past)
{
	enum run_status status = RUN_DONE;
	bool told = true, any = false;
	for (size_t i = 0; i < statement->ops.n; i++) {
		const struct op *op = statement->ops.items[i];
		const struct name *table;
		struct foreign_key key;
		bool its = false;
		if (!adds_key(op))
			continue;
		any = true;
		if (find_key(run, past, op, &table, &key) &&
		    look(run, revision, op, table, &key, &its) != RUN_DONE)
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
	struct journal_open *open;
	size_t n_open;
	if (!store_journal_open(run->ctx, &run->arena, &run->store, &open, &n_open))
		return RUN_FAILED;
	if (n_open)
		return RUN_DONE; /* in the middle of a revision the names are neither's */
	for (size_t i = 0; i < path->n; i++) {
		const struct revision_statement_list *list =
			direction == REVISION_UP ? &path->items[i]->up : &path->items[i]->down;
		for (size_t j = 0; j < list->n; j++) {
			struct revision_statement *statement = list->items[j];
			if (statement_is_by_hand(statement))
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
		if (look(run, part->revision, op, op->table, op->after.foreign_key, &told) !=
		    RUN_DONE)
			status = RUN_REFUSED;
		verified &= told;
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
			orphans_count(&run->arena, run->db, op->table, op->after.foreign_key);
		if (orphans.error || !orphans.rows)
			continue;
		if (!take_back(run, op))
			return RUN_FAILED;
		status = refuse_new(run, op, &orphans);
	}
	return status;
}
