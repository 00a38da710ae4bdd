#include "cli/chain_server.h"

#include <string.h>

#include "cli/world.h"

/* The first of "mysql 8.4.0, mariadb 10.11.2". */
static bool first_server(struct app *app, const char *compiled_for, struct server *server)
{
	const char *blank = strchr(compiled_for, ' ');
	if (!blank)
		return false;
	const char *flavour =
		arena_strndup(&app->arena, compiled_for, (size_t)(blank - compiled_for));
	const char *version = arena_strndup(&app->arena, blank + 1, strcspn(blank + 1, ", "));
	return server_parse(&app->ctx, server, flavour, version);
}

static bool has_ops(const struct revision_statement_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i]->op_lines.n)
			return true;
	return false;
}

enum app_exit chain_server(struct app *app, const struct revision_list *revisions,
			   const struct server **server)
{
	struct server *found = ARENA_NEW(&app->arena, struct server);
	bool needed = false;
	*server = NULL;
	for (size_t i = revisions->n; i-- > 0;) {
		const struct revision *revision = revisions->items[i];
		if (revision->compiled_for && first_server(app, revision->compiled_for, found)) {
			*server = found;
			return APP_DONE;
		}
		needed = needed || has_ops(&revision->up) || has_ops(&revision->down) ||
			 revision->base_lines.n;
	}
	if (!needed)
		return APP_DONE;
	struct world *world = ARENA_NEW(&app->arena, struct world);
	enum app_exit end = world_load(app, WORLD_DESIRED | WORLD_UNJUDGED, world);
	*server = world->server;
	return end;
}
