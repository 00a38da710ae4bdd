/*
 * world: the states that commands compare.
 *
 *	desired   what the models say
 *	head      what the chain of revisions says at its head
 *	at        what the chain says at the revisions the database is at
 *	live      what the database holds, managed tables only
 *
 * All for one server: the connected one, else the first declared target. Managed
 * are the tables that the models declare or the chain made; others in the
 * database are unmanaged, and those that match ignore_tables, autogen's own and
 * other tools' are not even listed (ignored.def).
 */
#ifndef AUTOGEN_CLI_WORLD_H
#define AUTOGEN_CLI_WORLD_H

#include "cli/app.h"
#include "diff/plan.h"
#include "dsl/resolve.h"
#include "revision/graph.h"
#include "run/store.h"

struct world {
	struct server offline;            /* the first target, when there is no database */
	const struct server *server;
	struct server_list targets;       /* declared ones */
	struct server_list emit_targets;  /* declared ones and the connected one: never empty */
	struct tree_file_list files;
	struct schema *desired;
	struct graph graph;
	struct string_list rows;          /* of the version table */
	struct journal_open *half;        /* revisions that stopped half-way, as the journal has them */
	size_t n_half;
	struct schema *head, *at, *live;
	struct table_list unmanaged;      /* of the database, sorted by name */
};

enum world_want {
	WORLD_DESIRED = 1, /* models: parsed, resolved, judged */
	WORLD_CHAIN = 2,   /* revisions: read, folded at their heads */
	WORLD_LIVE = 4,    /* the database, when there is one: connected, introspected */
	WORLD_UNJUDGED = 16, /* models whose foreign keys no server would take, too */
	WORLD_WHOLE = 8,   /* with all that information_schema does not tell, however long it takes */
};

/* APP_DONE, or what stopped it, with diagnostics. Lives in app->arena. */
enum app_exit world_load(struct app *app, unsigned want, struct world *world);
/* Is there a folder for models? */
bool world_has_models(struct app *app);
/* Every model file, sorted; false with diagnostics. */
bool world_model_paths(struct app *app, struct path_list *paths);
/* The folders of revisions: version_locations, else script_location. */
void world_version_locations(struct app *app, struct path_list *folders);
/* Queues that the chain has several heads, each named. */
struct diag *world_several_heads(struct app *app, const struct graph *graph);
/* Only the chain: for commands that look at revisions alone. */
enum app_exit world_load_graph(struct app *app, struct graph *graph);
/* autogen's tables in the connected database. */
struct store world_store(const struct app *app);
/* Connects and reads the rows of the version table. */
enum app_exit world_load_rows(struct app *app, struct string_list *rows);
/* The same when the word (NULL: none) means nothing without them; else *rows is NULL. */
enum app_exit world_rows_for(struct app *app, const char *word, struct string_list **rows);
/* What the word means (identify.h), and those rows. */
enum app_exit world_identify(struct app *app, const struct graph *graph, const char *word,
			     struct string_list **rows, struct revision_list *found);

#endif
