/* edit: revisions in the editor of the one who asks. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/world.h"

/* VISUAL, else EDITOR: a program and its options, separated by blanks. */
static void editor_words(struct app *app, struct string_list *words)
{
	const char *editor = getenv("VISUAL");
	if (!editor || !*editor)
		editor = getenv("EDITOR");
	if (!editor || !*editor)
		editor = "editor";
	char *rest = NULL, *copy = arena_strdup(&app->arena, editor);
	for (char *word = strtok_r(copy, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest))
		LIST_PUSH(&app->arena, words, word);
}

static enum app_exit report(struct app *app, const char *program, int status)
{
	struct diag *diag;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return APP_DONE;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		diag = ctx_error(&app->ctx, "edit", span_none(), "can't run the editor '%s'",
				 program);
	else
		diag = ctx_error(&app->ctx, "edit", span_none(), "the editor '%s' failed", program);
	ctx_hint(&app->ctx, diag, "VISUAL or EDITOR names another one");
	return APP_REFUSED;
}

static enum app_exit run_editor(struct app *app, struct string_list *words)
{
	const char *program = words->items[0];
	int status = 0;
	LIST_PUSH(&app->arena, words, NULL);
	pid_t pid = fork();
	if (pid == 0) {
		execvp(program, (char *const *)words->items);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (pid > 0)
		return report(app, program, status);
	ctx_error(&app->ctx, "edit", span_none(), "can't run the editor '%s': %s", program,
		  strerror(errno));
	return APP_REFUSED;
}

enum app_exit cmd_edit(struct app *app)
{
	struct graph graph;
	struct string_list *rows, words = { 0 };
	struct revision_list found;
	const char *word = app->options.arguments.items[0];
	enum app_exit end = world_load_graph(app, &graph);
	if (end == APP_DONE)
		end = world_identify(app, &graph, word, &rows, &found);
	if (end != APP_DONE)
		return end;
	if (!found.n) {
		ctx_error(&app->ctx, "chain", span_none(), "'%s' is no revision with a file", word);
		return APP_REFUSED;
	}
	editor_words(app, &words);
	for (size_t i = 0; i < found.n; i++)
		LIST_PUSH(&app->arena, &words, found.items[i]->path);
	return run_editor(app, &words);
}
