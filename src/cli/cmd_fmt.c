/* fmt: model files in canonical form. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "cli/world.h"
#include "syntax/parse.h"
#include "syntax/print.h"

/* APP_FINDINGS: the file is (or was) not in canonical form. */
static enum app_exit format_file(struct app *app, const char *path, bool check_only)
{
	const char *text;
	size_t len;
	if (!file_read(&app->ctx, &app->arena, path, &text, &len))
		return APP_USAGE;
	size_t errors = app->ctx.diags.errors;
	const struct source *src = ctx_source(&app->ctx, path, text, len);
	struct tree_file *file = parse_file(&app->ctx, &app->arena, src);
	if (!file || app->ctx.diags.errors > errors)
		return APP_MODEL; /* what can't be read is never written */
	struct buf out = { 0 };
	print_file(&out, file);
	enum app_exit end = APP_DONE;
	if (out.len != len || memcmp(buf_text(&out), text, len) != 0) {
		end = APP_FINDINGS;
		if (!check_only && !file_write(&app->ctx, path, buf_text(&out), out.len))
			end = APP_REFUSED;
		if (end == APP_FINDINGS) {
			app_print(path);
			app_print("\n");
		}
	}
	buf_free(&out);
	return end;
}

enum app_exit cmd_fmt(struct app *app)
{
	bool check_only = option_given(&app->options, OPT_CHECK);
	struct path_list paths = { 0 };
	for (size_t i = 0; i < app->options.arguments.n; i++)
		LIST_PUSH(&app->arena, &paths, app->options.arguments.items[i]);
	if (!paths.n && !world_model_paths(app, &paths))
		return APP_USAGE;
	enum app_exit end = APP_DONE;
	for (size_t i = 0; i < paths.n; i++) {
		enum app_exit one = format_file(app, paths.items[i], check_only);
		if (one == APP_FINDINGS && !check_only)
			one = APP_DONE;
		end = app_worse(end, one);
	}
	return end;
}
