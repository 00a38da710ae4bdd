/*
 * clauses: does the model hold every clause of SHOW CREATE TABLE?
 *
 * What the model can't hold must be refused by name, never dropped in silence.
 * So the server's own text of a table is held against our CREATE TABLE of the
 * model that introspection made of it: both are split into entries (columns by
 * name, keys by kind and name, constraints, periods, partitions, the table's
 * own options), and each entry into clauses, a phrase and its value. Every
 * clause of the one must be a clause of the other, with an equal value:
 *
 *  - which words are a phrase, and what its value looks like, is clause.def; what
 *    it does not know is a clause of its own, so that no word is passed over;
 *  - what SHOW CREATE writes although it says nothing (DEFAULT NULL, ON DELETE
 *    RESTRICT, AUTO_INCREMENT=7) is a row of clause.def too, with its servers and
 *    engines;
 *  - strings are equal by value, words without case, expressions in normal form
 *    when both parse and else by their tokens, charsets and collations once
 *    resolved (a column that says none has the table's).
 *
 * An expression that could not be parsed is lost, too: no model file can hold it.
 *
 * The order of entries and of clauses means nothing here but for columns and
 * partitions. Nothing is printed and nothing refused here: callers decide.
 */
#ifndef AUTOGEN_RUN_CLAUSES_H
#define AUTOGEN_RUN_CLAUSES_H

#include "model/schema.h"
#include "mysql/db.h"

/* One clause that one side has and the other has not. */
struct clause_loss {
	const char *where; /* "column 'a'", "index 'k'", "partition 'p0'", "table option" */
	const char *shown; /* as SHOW CREATE TABLE writes it; NULL: the model alone says it */
	const char *model; /* as our CREATE TABLE writes it; NULL: the model does not say it */
	enum refusal refusal; /* REFUSAL_NONE: the server said what the model could hold */
};
struct clause_loss_list { struct clause_loss *items; size_t n, cap; };

/* `shown` is what that server answers to SHOW CREATE TABLE for this table. Needs no connection;
 * queues nothing. Texts are in the arena. */
void clauses_compare(struct context *ctx, struct arena *arena, const struct server *server,
		     const struct table *table, const char *shown, struct clause_loss_list *lost);

/* The same with what introspection was told, or one SHOW CREATE TABLE. false: the server does not
 * show it (queued, rule `database`). Of a table that is `unknown` nothing is lost. */
bool clauses_lost(struct context *ctx, struct arena *arena, struct db *db,
		  const struct table *table, struct clause_loss_list *lost);

/* One error (rule `unmodelled`) that names all that a table lost, with hints. */
void clauses_report(struct context *ctx, const struct table *table,
		    const struct clause_loss_list *lost);

/* Both, for each of these tables of an introspected model. *refused counts those that lost
 * anything. false as above. */
bool clauses_check(struct context *ctx, struct arena *arena, struct db *db,
		   const struct table_list *tables, size_t *refused);

#endif
