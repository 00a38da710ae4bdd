#include "cli/hooks.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

#define PATH_WORD "REVISION_SCRIPT_FILENAME"

extern char **environ;

enum hook_key {
#define HOOK(id, name, help) id,
#include "cli/config.def"
#undef HOOK
	HOOK_COUNT
};

/* The end of a key: "hooks", ".type". */
static const char *const key_ends[HOOK_COUNT] = {
#define HOOK(id, name, help) [id] = name,
#include "cli/config.def"
#undef HOOK
};

/* --- keys and values -------------------------------------------------------------------------- */

bool hooks_is_key(const char *key)
{
	const char *dot = strrchr(key, '.');
	if (!dot)
		return !strcmp(key, key_ends[HOOK_HOOKS]);
	for (enum hook_key i = 0; i < HOOK_COUNT; i++)
		if (dot > key && !strcmp(dot, key_ends[i]))
			return true;
	return false;
}

const char *hooks_suggest(struct arena *arena, const char *key)
{
	const char *dot = strrchr(key, '.');
	const char *near = diag_suggest(dot ? dot : key, key_ends, HOOK_COUNT);
	if (!near || *near != '.')
		return near;
	return arena_printf(arena, "%.*s%s", (int)(dot ? dot - key : 0), key, near);
}

/* NULL: it is not set. */
static const struct config_entry *find_entry(const struct config *config, const char *key)
{
	for (size_t i = 0; i < config->hooks.n; i++)
		if (!strcmp(config->hooks.items[i].key, key))
			return &config->hooks.items[i];
	return NULL;
}

static const struct config_entry *entry_of(struct arena *arena, const struct config *config,
					   const char *hook, enum hook_key key)
{
	return find_entry(config, arena_printf(arena, "%s%s", hook, key_ends[key]));
}

static const char *value_of(struct arena *arena, const struct config *config, const char *hook,
			    enum hook_key key)
{
	const struct config_entry *entry = entry_of(arena, config, hook, key);
	return entry ? entry->value : NULL;
}

struct words {
	char **items;
	size_t n, cap;
};

/* The names, in order. */
static void hook_names(struct arena *arena, const struct config *config, struct words *names)
{
	const struct config_entry *entry = find_entry(config, key_ends[HOOK_HOOKS]);
	char *rest = NULL, *copy = arena_strdup(arena, entry ? entry->value : "");
	*names = (struct words){ 0 };
	for (char *name = strtok_r(copy, ", \t", &rest); name; name = strtok_r(NULL, ", \t", &rest))
		LIST_PUSH(arena, names, name);
}

/*
 * Words of a command line as a shell takes them, but for what only a shell has: quotes of both kinds,
 * a backslash before a character. false: a quote is not closed.
 */
static bool split_words(struct arena *arena, const char *text, struct words *words)
{
	const char *p = text + strspn(text, " \t");
	while (*p) {
		struct buf word = { 0 };
		char quote = 0;
		for (; *p && (quote || !strchr(" \t", *p)); p++) {
			if (quote ? *p == quote : *p == '\'' || *p == '"')
				quote = quote ? 0 : *p;
			else if (*p == '\\' && quote != '\'' && p[1])
				buf_add_char(&word, *++p);
			else
				buf_add_char(&word, *p);
		}
		LIST_PUSH(arena, words, buf_arena(&word, arena));
		if (quote)
			return false;
		p += strspn(p, " \t");
	}
	return true;
}

/* --- checking --------------------------------------------------------------------------------- */

static bool check_hook(struct context *ctx, struct arena *arena, const struct config *config,
		       const char *hook)
{
	const struct config_entry *names = find_entry(config, key_ends[HOOK_HOOKS]);
	const struct config_entry *type = entry_of(arena, config, hook, HOOK_TYPE);
	const struct config_entry *options = entry_of(arena, config, hook, HOOK_OPTIONS);
	struct words words = { 0 };
	if (type && strcmp(type->value, "exec") != 0) {
		struct diag *diag = ctx_error(ctx, "config", type->value_place,
					      "'%s' is exec, not '%s'", type->key, type->value);
		ctx_hint(ctx, diag, "%s.type = exec, %s.executable = a program", hook, hook);
		return false;
	}
	if (!value_of(arena, config, hook, HOOK_EXECUTABLE)) {
		ctx_error(ctx, "config", names->value_place, "hook '%s' needs '%s.executable'",
			  hook, hook);
		return false;
	}
	if (options && !split_words(arena, options->value, &words)) {
		ctx_error(ctx, "config", options->value_place, "a quote is not closed");
		return false;
	}
	return true;
}

/* Is what a key speaks of among the names? */
static bool check_named(struct context *ctx, const struct words *names,
			const struct config_entry *entry)
{
	const char *dot = strrchr(entry->key, '.');
	if (!dot)
		return true;
	size_t len = (size_t)(dot - entry->key);
	for (size_t i = 0; i < names->n; i++)
		if (strlen(names->items[i]) == len && !strncmp(names->items[i], entry->key, len))
			return true;
	ctx_error(ctx, "config", entry->key_place, "'hooks' does not name '%.*s'", (int)len,
		  entry->key);
	return false;
}

bool hooks_check(struct context *ctx, struct arena *arena, const struct config *config)
{
	struct words names;
	bool ok = true;
	hook_names(arena, config, &names);
	for (size_t i = 0; i < names.n; i++)
		ok = check_hook(ctx, arena, config, names.items[i]) && ok;
	for (size_t i = 0; i < config->hooks.n; i++)
		ok = check_named(ctx, &names, &config->hooks.items[i]) && ok;
	return ok;
}

/* --- running ---------------------------------------------------------------------------------- */

/* The words of its command, NULL at the end. */
static char **arguments_of(struct app *app, const char *hook, const char *path)
{
	struct arena *arena = &app->arena;
	const char *options = value_of(arena, &app->config, hook, HOOK_OPTIONS);
	struct words words = { 0 };
	LIST_PUSH(arena, &words,
		  arena_strdup(arena, value_of(arena, &app->config, hook, HOOK_EXECUTABLE)));
	if (!options || !strstr(options, PATH_WORD))
		LIST_PUSH(arena, &words, arena_strdup(arena, path));
	split_words(arena, options ? options : "", &words);
	for (size_t i = 1; i < words.n; i++) {
		const char *at = strstr(words.items[i], PATH_WORD);
		if (at)
			words.items[i] = arena_printf(arena, "%.*s%s%s", (int)(at - words.items[i]),
						      words.items[i], path, at + strlen(PATH_WORD));
	}
	LIST_PUSH(arena, &words, NULL);
	return words.items;
}

/* 0 with its wait status, or an errno. */
static int spawn(char **arguments, const char *folder, int *status)
{
	posix_spawn_file_actions_t actions;
	pid_t child;
	int error = posix_spawn_file_actions_init(&actions);
	if (error)
		return error;
	error = posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
	if (!error && folder)
		error = posix_spawn_file_actions_addchdir_np(&actions, folder);
	if (!error)
		error = posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (error)
		return error;
	while (waitpid(child, status, 0) < 0)
		if (errno != EINTR)
			return errno;
	return 0;
}

/* A path that means the same in another folder. */
static const char *absolute(struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL);
	const char *copy = real ? arena_strdup(arena, real) : path;
	free(real);
	return copy;
}

static bool run_hook(struct app *app, const char *hook, const char *path)
{
	const char *folder = value_of(&app->arena, &app->config, hook, HOOK_CWD);
	char **arguments = arguments_of(app, hook, folder ? absolute(&app->arena, path) : path);
	int status = 0, error = spawn(arguments, folder, &status);
	struct diag *diag = NULL;
	if (error)
		diag = ctx_error(&app->ctx, "hook", span_none(), "hook '%s': can't run '%s': %s",
				 hook, arguments[0], strerror(error));
	else if (WIFSIGNALED(status))
		diag = ctx_error(&app->ctx, "hook", span_none(), "hook '%s' ended by signal %d",
				 hook, WTERMSIG(status));
	else if (WEXITSTATUS(status))
		diag = ctx_error(&app->ctx, "hook", span_none(),
				 "hook '%s' ended with exit code %d", hook, WEXITSTATUS(status));
	if (diag)
		ctx_hint(&app->ctx, diag, "the revision is written: %s", path);
	return !diag;
}

bool hooks_run(struct app *app, const char *path)
{
	struct words names;
	hook_names(&app->arena, &app->config, &names);
	if (names.n)
		app_flush();
	for (size_t i = 0; i < names.n; i++)
		if (!run_hook(app, names.items[i], path))
			return false;
	return true;
}
