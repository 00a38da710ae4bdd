/*
 * main: the command table, signals, exit codes. Only cli knows argv, stdout and exit codes.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/term.h"
#include "cli/app.h"

static const struct command {
	const char *word;
	enum app_exit (*run)(struct app *app);
	const char *arguments, *help;
} commands[] = {
#define COMMAND(word, function, arguments, help) { word, function, arguments, help },
#include "cli/command.def"
#undef COMMAND
};
#define N_COMMANDS (sizeof(commands) / sizeof(*commands))

static volatile int interrupted;

static void on_interrupt(int signal_number)
{
	(void)signal_number;
	/* the second one means it */
	if (interrupted)
		_exit(APP_INTERRUPTED);
	interrupted = 1;
}

static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_interrupt };
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static const struct command *find_command(const char *word)
{
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (!strcmp(commands[i].word, word))
			return &commands[i];
	return NULL;
}

static void unknown_command(struct app *app, const char *word)
{
	const char *words[N_COMMANDS];
	for (size_t i = 0; i < N_COMMANDS; i++)
		words[i] = commands[i].word;
	struct diag *diag = ctx_error(&app->ctx, "usage", span_none(), "unknown command '%s'", word);
	const char *near = diag_suggest(word, words, N_COMMANDS);
	if (near)
		ctx_hint(&app->ctx, diag, "did you mean '%s'?", near);
	else
		ctx_hint(&app->ctx, diag, "autogen help lists them");
}

enum app_exit cmd_help(struct app *app)
{
	struct buf out = { 0 };
	const char *word = app->options.arguments.n ? app->options.arguments.items[0] : NULL;
	const struct command *command = word ? find_command(word) : NULL;
	if (word && !command) {
		unknown_command(app, word);
		return APP_USAGE;
	}
	if (command) {
		buf_printf(&out, "usage: autogen %s%s%s [options]\n\n%s\n", command->word,
			   *command->arguments ? " " : "", command->arguments, command->help);
		struct buf own = { 0 };
		options_help(&own, command->word);
		if (own.len)
			buf_printf(&out, "\noptions:\n%s", buf_text(&own));
		buf_free(&own);
	} else {
		buf_add(&out, "autogen: a schema compiler for MySQL and MariaDB\n\n"
			      "usage: autogen -m \"message\"        write a revision\n"
			      "       autogen COMMAND [options]\n\ncommands:\n");
		for (size_t i = 0; i < N_COMMANDS; i++) {
			char left[64];
			snprintf(left, sizeof(left), "%s %s", commands[i].word,
				 commands[i].arguments);
			buf_printf(&out, "  %-22s %s\n", left, commands[i].help);
		}
	}
	buf_add(&out, command ? "\nfor every command:\n" : "\noptions:\n");
	options_help(&out, NULL);
	if (!command)
		buf_add(&out, "\nexit codes: 0 done, 1 differences or findings, 2 usage, "
			      "3 the model does not compile,\n"
			      "  4 the database said no, 5 refused, 6 only revisions are pending, "
			      "130 interrupted\n");
	app_print(buf_text(&out));
	buf_free(&out);
	return APP_DONE;
}

static enum app_exit print_version(void)
{
	struct buf out = { 0 };
	buf_printf(&out, "autogen %s (%s)\n", AUTOGEN_VERSION, db_client_version());
	app_print(buf_text(&out));
	buf_free(&out);
	return APP_DONE;
}

static bool choose_colour(struct app *app)
{
	const char *when = app->options.value[OPT_COLOR];
	enum term_colour choice = TERM_AUTO;
	if (when && !strcmp(when, "always"))
		choice = TERM_ALWAYS;
	else if (when && !strcmp(when, "never"))
		choice = TERM_NEVER;
	else if (when && strcmp(when, "auto") != 0) {
		ctx_error(&app->ctx, "usage", span_none(),
			  "'--color' takes auto, always or never, not '%s'", when);
		return false;
	}
	app->colour_out = term_use_colour(choice, stdout);
	app->colour_err = term_use_colour(choice, stderr);
	return true;
}

static enum app_exit run_command(struct app *app)
{
	const char *word = app->options.command;
	if (option_given(&app->options, OPT_VERSION))
		return print_version();
	if (!word) {
		cmd_help(app);
		return option_given(&app->options, OPT_HELP) ? APP_DONE : APP_USAGE;
	}
	const struct command *command = find_command(word);
	if (!command) {
		unknown_command(app, word);
		return APP_USAGE;
	}
	if (option_given(&app->options, OPT_HELP)) {
		app->options.arguments.n = 0;
		LIST_PUSH(&app->arena, &app->options.arguments, word);
		return cmd_help(app);
	}
	if (command->run != cmd_help && command->run != cmd_init &&
	    !config_read(&app->ctx, &app->arena, app->options.value[OPT_CONFIG],
			 app->options.value[OPT_ENV], &app->config))
		return APP_USAGE;
	return command->run(app);
}

/* Prints what is queued, ends connection and engine, and gives the exit code. */
static int app_end(struct app *app, enum app_exit end)
{
	db_close(app->db);
	engine_stop(app->engine);
	if (fflush(stdout) || ferror(stdout)) {
		if (errno != EPIPE)
			ctx_error(&app->ctx, "file", span_none(), "can't write to standard output: %s",
				  strerror(errno));
		if (end == APP_DONE)
			end = APP_DATABASE;
	}
	diag_print(&app->ctx.diags, app->colour_err, stderr);
	if (interrupted)
		end = APP_INTERRUPTED;
	arena_free(&app->arena);
	context_free(&app->ctx);
	return (int)end;
}

int main(int argc, char **argv)
{
	struct app app = { 0 };
	context_init(&app.ctx);
	arena_init(&app.arena);
	app.ctx.interrupted = &interrupted;
	catch_signals();
	enum app_exit end = APP_USAGE;
	if (options_parse(&app.ctx, &app.arena, argc, argv, &app.options) && choose_colour(&app)) {
		app.ctx.quiet = option_given(&app.options, OPT_QUIET);
		app.ctx.verbose = option_given(&app.options, OPT_VERBOSE);
		end = run_command(&app);
	}
	return app_end(&app, end);
}
