#include "cli/new_revision.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "cli/hooks.h"
#include "revision/file_name.h"
#include "revision/identify.h"

/* --- id ------------------------------------------------------------------------------------- */

static bool choose_id(struct app *app, const struct graph *graph, struct revision *revision)
{
	const char *given = app->options.value[OPT_REV_ID];
	if (!given) {
		char id[13];
		if (!revision_new_id(&app->ctx, id))
			return false;
		revision->id = arena_strdup(&app->arena, id);
		return true;
	}
	if (!revision_id_ok(given)) {
		struct diag *diag = ctx_error(&app->ctx, "usage", span_none(),
					      "'%s' can't be a revision's id", given);
		ctx_hint(&app->ctx, diag,
			 "up to 32 letters, digits and '_', and not head, heads, base "
			 "or current");
		return false;
	}
	const struct revision *other = graph_by_id(graph, given);
	if (other)
		ctx_error(&app->ctx, "usage", span_none(), "revision '%s' exists: %s", given,
			  other->path);
	revision->id = given;
	return !other;
}

/* --- what it comes after ---------------------------------------------------------------------- */

static enum app_exit find_after(struct app *app, const struct graph *graph, const char *word,
				struct revision_list *after)
{
	struct string_list *rows;
	struct revision_list found;
	enum app_exit end = world_identify(app, graph, word, &rows, &found);
	if (end != APP_DONE)
		return end;
	for (size_t i = 0; i < found.n; i++)
		LIST_PUSH(&app->arena, after, found.items[i]);
	return APP_DONE;
}

/* Each once, and each a head. */
static enum app_exit check_after(struct app *app, const struct revision_list *after)
{
	for (size_t i = 0; i < after->n; i++) {
		const struct revision *revision = after->items[i];
		for (size_t j = 0; j < i; j++) {
			if (after->items[j] != revision)
				continue;
			ctx_error(&app->ctx, "usage", span_none(), "revision '%s' is named twice",
				  revision->id);
			return APP_USAGE;
		}
		if (graph_is_head(revision) || option_given(&app->options, OPT_SPLICE))
			continue;
		struct diag *diag = ctx_error(&app->ctx, "chain", span_none(),
					      "revision '%s' is not a head: '%s' comes after it",
					      revision->id, revision->children.items[0]->id);
		if (option_belongs(OPT_SPLICE, app->options.command))
			ctx_hint(&app->ctx, diag, "--splice begins a new branch there");
		return APP_REFUSED;
	}
	return APP_DONE;
}

enum app_exit new_revision_after(struct app *app, const struct graph *graph,
				 const struct string_list *words, struct revision_list *after)
{
	const char *head = app->options.value[OPT_HEAD];
	struct string_list one = { 0 };
	*after = (struct revision_list){ 0 };
	if (!words && !head && graph->heads.n > 1) {
		world_several_heads(app, graph);
		return APP_REFUSED;
	}
	if (!words)
		LIST_PUSH(&app->arena, &one, head ? head : "head");
	const struct string_list *all = words ? words : &one;
	for (size_t i = 0; i < all->n; i++) {
		enum app_exit end = find_after(app, graph, all->items[i], after);
		if (end != APP_DONE)
			return end;
	}
	return check_after(app, after);
}

/* --- labels and dependencies ------------------------------------------------------------------ */

/* Letters, digits, `_`, `-` and `.`, and no word that means something. */
static bool is_label(const char *text)
{
	static const char *const words[] = { "head", "heads", "base", "current" };
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(text, words[i]))
			return false;
	for (const char *at = text; *at; at++)
		if (strchr("@+,: \t\n\r", *at))
			return false;
	return *text && *text != '-';
}

static bool add_label(struct app *app, const struct graph *graph, const char *label,
		      struct revision *revision)
{
	if (!is_label(label)) {
		ctx_error(&app->ctx, "usage", span_none(), "'%s' can't be a branch label", label);
		return false;
	}
	const struct revision *other = map_get(&graph->by_id, ctx_name(&app->ctx, label));
	if (other) {
		ctx_error(&app->ctx, "usage", span_none(),
			  "the branch label '%s' is in use by revision '%s'", label, other->id);
		return false;
	}
	LIST_PUSH(&app->arena, &revision->branch_labels, label);
	return true;
}

/* A label stays a label, all else becomes an id. */
static bool add_dependency(struct app *app, const struct graph *graph, const char *word,
			   struct revision *revision)
{
	struct revision *on;
	if (!identify_one(graph, NULL, word, &on))
		return false;
	if (!on) {
		ctx_error(&app->ctx, "usage", span_none(), "nothing can depend on '%s'", word);
		return false;
	}
	const char *name = on->id;
	for (size_t i = 0; i < on->branch_labels.n; i++)
		if (!strcmp(on->branch_labels.items[i], word))
			name = on->branch_labels.items[i];
	LIST_PUSH(&app->arena, &revision->depends_on, name);
	return true;
}

/* Calls `add` for each word of a list joined by commas. */
static bool each_word(struct app *app, const struct graph *graph, enum option_id id,
		      bool (*add)(struct app *app, const struct graph *graph, const char *word,
				  struct revision *revision),
		      struct revision *revision)
{
	if (!option_given(&app->options, id))
		return true;
	char *rest = NULL, *copy = arena_strdup(&app->arena, app->options.value[id]);
	for (char *word = strtok_r(copy, ",", &rest); word; word = strtok_r(NULL, ",", &rest))
		if (!add(app, graph, word, revision))
			return false;
	return true;
}

/* --- where ------------------------------------------------------------------------------------ */

static bool same_folder(const char *a, const char *b)
{
	char *real_a = realpath(a, NULL), *real_b = realpath(b, NULL);
	bool same = !strcmp(real_a ? real_a : a, real_b ? real_b : b);
	free(real_a);
	free(real_b);
	return same;
}

static enum app_exit named_folder(struct app *app, const struct path_list *folders,
				  const char *given, const char **folder)
{
	bool recursive = !strcmp(app->config.value[CONFIG_RECURSIVE], "true");
	for (size_t i = 0; i < folders->n; i++) {
		size_t len = strlen(folders->items[i]);
		bool below =
			recursive && !strncmp(given, folders->items[i], len) && given[len] == '/';
		if (!below && !same_folder(folders->items[i], given))
			continue;
		*folder = given;
		return APP_DONE;
	}
	struct diag *diag = ctx_error(&app->ctx, "usage", span_none(),
				      "'%s' is none of the folders of revisions", given);
	for (size_t i = 0; i < folders->n; i++)
		ctx_hint(&app->ctx, diag, "%s", folders->items[i]);
	return APP_USAGE;
}

/* Of several folders the one that what it comes after is in. */
static enum app_exit choose_folder(struct app *app, struct new_revision *made)
{
	struct path_list folders = { 0 };
	const char *given = app->options.value[OPT_VERSION_PATH];
	world_version_locations(app, &folders);
	made->folder = folders.items[0];
	if (given)
		return named_folder(app, &folders, given, &made->folder);
	if (folders.n == 1)
		return APP_DONE;
	if (made->after.n) {
		const char *path = made->after.items[0]->path, *slash = strrchr(path, '/');
		made->folder =
			slash ? arena_strndup(&app->arena, path, (size_t)(slash - path)) : ".";
		return APP_DONE;
	}
	struct diag *diag = ctx_error(&app->ctx, "usage", span_none(),
				      "there are %zu folders of revisions: which one?", folders.n);
	for (size_t i = 0; i < folders.n; i++)
		ctx_hint(&app->ctx, diag, "--version-path %s", folders.items[i]);
	return APP_USAGE;
}

enum app_exit new_revision_place(struct app *app, const struct graph *graph,
				 const struct string_list *words, struct new_revision *made)
{
	struct revision *revision = &made->revision;
	*made = (struct new_revision){ 0 };
	if (!moment_now(app, &made->moment))
		return APP_USAGE;
	revision->create_date = made->moment.text;
	if (!choose_id(app, graph, revision))
		return APP_USAGE;
	enum app_exit end = new_revision_after(app, graph, words, &made->after);
	if (end != APP_DONE)
		return end;
	for (size_t i = 0; i < made->after.n; i++)
		LIST_PUSH(&app->arena, &revision->down_revisions, made->after.items[i]->id);
	if (!each_word(app, graph, OPT_BRANCH_LABEL, add_label, revision))
		return APP_USAGE;
	if (!each_word(app, graph, OPT_DEPENDS_ON, add_dependency, revision))
		return APP_REFUSED;
	return choose_folder(app, made);
}

static const char *file_name(struct app *app, const struct new_revision *made)
{
	const char *const *settings = app->config.value;
	return file_name_make(&app->arena,
			      &(struct file_name){
				      .template = settings[CONFIG_FILE_TEMPLATE],
				      .id = made->revision.id,
				      .message = made->revision.message,
				      .truncate = (unsigned)strtoul(
					      settings[CONFIG_TRUNCATE_SLUG_LENGTH], NULL, 10),
				      .date = made->moment.date,
				      .epoch = made->moment.epoch,
			      });
}

enum app_exit new_revision_write(struct app *app, const struct new_revision *made)
{
	const char *path = file_join(&app->arena, made->folder, file_name(app, made));
	struct buf text = { 0 };
	if (file_exists(path)) {
		struct diag *diag =
			ctx_error(&app->ctx, "file", span_none(), "'%s' is there already", path);
		ctx_hint(&app->ctx, diag, "another message, or a file_template with %%%%(rev)s");
		return APP_REFUSED;
	}
	revision_print(&text, &made->revision);
	bool ok = file_make_dirs(&app->ctx, made->folder) &&
		  file_write(&app->ctx, path, buf_text(&text), text.len);
	buf_free(&text);
	if (!ok)
		return APP_REFUSED;
	app_print(path);
	app_print("\n");
	return hooks_run(app, path) ? APP_DONE : APP_REFUSED;
}
