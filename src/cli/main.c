/*
 * main: the command table, signals, exit codes. Only cli knows argv, stdout and exit codes.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
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

/* A descriptor that is closed would be taken by the next file or socket, and be printed into. */
static void open_standard_streams(void)
{
	static const int modes[] = { O_RDONLY, O_RDONLY,
				     O_WRONLY }; /* a result that is lost is an error */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", modes[fd]) != fd)
			_exit(APP_USAGE);
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
	struct diag *diag =
		ctx_error(&app->ctx, "usage", span_none(), "unknown command '%s'", word);
	const char *near = diag_suggest(word, words, N_COMMANDS);
	if (near)
		ctx_hint(&app->ctx, diag, "did you mean '%s'?", near);
	else
		ctx_hint(&app->ctx, diag, "autogen help lists them");
}

static void add_help(struct buf *out)
{
	buf_add(out, "autogen: a schema compiler for MySQL and MariaDB\n\n"
		     "usage: autogen -m \"message\"        write a revision\n"
		     "       autogen COMMAND [options]\n\ncommands:\n");
	for (size_t i = 0; i < N_COMMANDS; i++) {
		char left[64];
		snprintf(left, sizeof(left), "%s %s", commands[i].word, commands[i].arguments);
		buf_printf(out, "  %-22s %s\n", left, commands[i].help);
	}
	buf_add(out, "\noptions:\n");
	options_help(out, NULL);
	buf_add(out, "\nexit codes: 0 done, 1 differences or findings, 2 usage,\n"
		     "  3 the model does not compile, 4 the database said no, 5 refused,\n"
		     "  6 only revisions are pending, 130 interrupted\n");
}

static void add_command_help(struct buf *out, const struct command *command)
{
	buf_printf(out, "usage: autogen %s%s%s [options]\n\n%s\n", command->word,
		   *command->arguments ? " " : "", command->arguments, command->help);
	struct buf own = { 0 };
	options_help(&own, command->word);
	if (own.len)
		buf_printf(out, "\noptions:\n%s", buf_text(&own));
	buf_free(&own);
	buf_add(out, "\nfor every command:\n");
	options_help(out, NULL);
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
	if (command)
		add_command_help(&out, command);
	else
		add_help(&out);
	app_print(buf_text(&out));
	buf_free(&out);
	return APP_DONE;
}

/* No command: help, but nobody has asked for it. */
static enum app_exit usage(void)
{
	struct buf out = { 0 };
	add_help(&out);
	fputs(buf_text(&out), stderr);
	buf_free(&out);
	return APP_USAGE;
}

/* As many arguments as command.def says? */
static bool check_arguments(struct app *app, const struct command *command)
{
	const char *takes = command->arguments;
	bool none = *takes < 'A' || *takes > '[', one = !none && *takes != '[';
	bool many = !none && strstr(takes, "...");
	size_t n = app->options.arguments.n;
	if ((n == 0 && !one) || (n == 1 && !none) || (n > 1 && many))
		return true;
	struct diag *diag;
	if (n == 0)
		diag = ctx_error(&app->ctx, "usage", span_none(), "'%s' needs an argument: %s",
				 command->word, takes);
	else
		diag = ctx_error(&app->ctx, "usage", span_none(),
				 none ? "'%s' takes no argument, and '%s' is one"
				      : "'%s' takes one argument, and '%s' is one more",
				 command->word, app->options.arguments.items[none ? 0 : 1]);
	if (command->run == cmd_revision)
		ctx_hint(&app->ctx, diag, "autogen -m \"%s\"", app->options.arguments.items[0]);
	else
		ctx_hint(&app->ctx, diag, "autogen help %s", command->word);
	return false;
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
	if (!word)
		return option_given(&app->options, OPT_HELP) ? cmd_help(app) : usage();
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
	if (!check_arguments(app, command))
		return APP_USAGE;
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
	int error = app_flush();
	/* whoever closed the pipe (head) has seen enough */
	if (error && error != EPIPE) {
		const char *why = strerror(error);
		ctx_error(&app->ctx, "file", span_none(), "can't write to standard output: %c%s",
			  tolower((unsigned char)*why), why + 1);
		end = app_worse(end, APP_REFUSED);
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
	open_standard_streams();
	setvbuf(stdout, NULL, _IOLBF, 0); /* in a log, results and messages stay in their order */
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
