/* init: start a project. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "cli/app.h"

static const char settings[] =
	"# autogen's settings; `autogen help` and the manual list every key\n"
	"[autogen]\n"
	"schema_location = schema\n"
	"script_location = generated\n"
	"# database = mysql://user:${DB_PASSWORD}@localhost/name\n"
	"# or a database kept in a folder by a private server:\n"
	"# database = local:%(here)s/.database\n";

static const char first_model[] = "schema app {\n"
				  "    engine  InnoDB\n"
				  "    charset utf8mb4\n"
				  "    collate utf8mb4_unicode_ci\n"
				  "    target  mysql 8.0, mariadb 10.11\n"
				  "}\n";

static bool write_new(struct app *app, const char *path, const char *text)
{
	if (file_exists(path)) {
		fprintf(stderr, "%s is there, left alone\n", path);
		return true;
	}
	if (!file_write(&app->ctx, path, text, strlen(text)))
		return false;
	app_print(path);
	app_print("\n");
	return true;
}

enum app_exit cmd_init(struct app *app)
{
	const char *folder = app->options.arguments.n ? app->options.arguments.items[0] : ".";
	const char *schema = file_join(&app->arena, folder, "schema");
	if (!file_make_dirs(&app->ctx, schema) ||
	    !file_make_dirs(&app->ctx, file_join(&app->arena, folder, "generated")) ||
	    !write_new(app, file_join(&app->arena, folder, "autogen.ini"), settings) ||
	    !write_new(app, file_join(&app->arena, schema, "schema.model"), first_model))
		return APP_REFUSED;
	if (!app->ctx.quiet)
		fputs("next: describe tables in schema/, then autogen -m \"first tables\"\n",
		      stderr);
	return APP_DONE;
}
