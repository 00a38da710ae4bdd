#include "mysql/engine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/context.h"
#include "base/file.h"
#include "base/quote.h"
#include "mysql/engine_folder.h"
#include "mysql/engine_program.h"
#include "mysql/engine_template.h"

/* A crash recovery of a large local database may take its time; so may MySQL's initialising. */
#define START_WAIT_MS 60000
#define STOP_WAIT_MS 60000
#define STOP_AGAIN_MS 2000
#define GREETING_MS 1000
#define STEP_MS 2
#define LOG_LINES 4

struct engine {
	struct context *ctx;
	struct arena arena;
	struct engine_program program;
	struct url url;
	const char *run, *data; /* folders */
	int run_fd, data_fd;    /* their locks; data_fd is -1 for a temporary engine */
	pid_t pid;              /* 0: none runs */
	int status;             /* of waitpid, once it has ended */
};

static void step(void)
{
	const struct timespec time = { .tv_nsec = STEP_MS * 1000000L };

	nanosleep(&time, NULL);
}

/* Has the server ended? Reaps it then. */
static bool has_ended(struct engine *engine)
{
	pid_t got;

	if (!engine->pid)
		return true;
	do
		got = waitpid(engine->pid, &engine->status, WNOHANG);
	while (got < 0 && errno == EINTR);
	if (got == 0)
		return false;
	engine->pid = 0;
	return true;
}

static bool wait_ended(struct engine *engine, int limit_ms)
{
	for (int waited = 0; !has_ended(engine); waited += STEP_MS) {
		if (waited >= limit_ms)
			return false;
		step();
	}
	return true;
}

static void kill_server(struct engine *engine)
{
	if (!engine->pid)
		return;
	kill(engine->pid, SIGKILL);
	wait_ended(engine, STOP_WAIT_MS);
}

/* --- starting --------------------------------------------------------------------------------- */

/* In the child, between fork and exec. The locks live as long as the server does. */
static void become_server(struct engine *engine, char **arguments, int log, pid_t parent)
{
	int null = open("/dev/null", O_RDONLY);
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int number = 1; number < 32; number++)
		signal(number, SIG_DFL);
	setpgid(0, 0); /* a Ctrl-C is for autogen, which ends the server in good order */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent) /* it died before it could be watched */
		_exit(127);
	dup2(null, 0);
	dup2(log, 1);
	dup2(log, 2);
	fcntl(engine->run_fd, F_SETFD, 0);
	if (engine->data_fd >= 0)
		fcntl(engine->data_fd, F_SETFD, 0);
	execv(arguments[0], arguments);
	fprintf(stderr, "[ERROR] can't run %s: %s\n", arguments[0], strerror(errno));
	_exit(127);
}

static bool spawn(struct engine *engine, const struct argument_list *arguments)
{
	const char *path = file_join(&engine->arena, engine->run, "log");
	int log = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
	pid_t parent = getpid();

	engine->pid = 0;
	if (log >= 0) {
		pid_t pid = fork();

		if (pid == 0)
			become_server(engine, arguments->items, log, parent);
		if (pid > 0)
			engine->pid = pid;
	}
	if (!engine->pid)
		ctx_error(engine->ctx, "engine", span_none(), "can't start '%s': %s",
			  arguments->items[0], strerror(errno));
	if (log >= 0)
		close(log);
	return engine->pid != 0;
}

/* Adds the log's first error lines (the cause comes first; its last lines when there is none). */
static void add_log(struct engine *engine, struct diag *diag)
{
	FILE *file = fopen(file_join(&engine->arena, engine->run, "log"), "r");
	char lines[LOG_LINES][512], line[512];
	bool errors = false;
	size_t n = 0;

	while (file && fgets(line, sizeof(line), file)) {
		bool error = strstr(line, "[ERROR]") != NULL;

		if (error && !errors)
			n = 0;
		errors = errors || error;
		if (errors != error || (error && n == LOG_LINES))
			continue;
		memcpy(lines[n++ % LOG_LINES], line, sizeof(line));
	}
	if (file)
		fclose(file);
	for (size_t i = n > LOG_LINES ? n - LOG_LINES : 0; i < n; i++) {
		char *text = lines[i % LOG_LINES], *tag = strstr(text, "[ERROR]");

		text = tag ? tag + strlen("[ERROR]") : text;
		text[strcspn(text, "\n")] = '\0';
		ctx_place(engine->ctx, diag, span_none(), "%s", text + strspn(text, " "));
	}
}

static void fail_start(struct engine *engine, const char *what)
{
	struct diag *diag = ctx_error(engine->ctx, "engine", span_none(), "'%s' %s",
				      engine->program.path, what);

	if (WIFSIGNALED(engine->status) && !engine->pid)
		ctx_place(engine->ctx, diag, span_none(), "killed by signal %d",
			  WTERMSIG(engine->status));
	add_log(engine, diag);
}

/* Does it send its greeting? Being able to connect is not enough: MariaDB loses a SIGTERM that
 * comes between its listen() and its first accept(), and never ends (measured, 3 of 8). */
static bool answers(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct pollfd wait = { .fd = fd, .events = POLLIN };
	bool ok;

	memcpy(address.sun_path, path, strlen(path) + 1);
	ok = fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 &&
	     poll(&wait, 1, GREETING_MS) == 1;
	if (fd >= 0)
		close(fd);
	return ok;
}

static bool wait_ready(struct engine *engine)
{
	const struct context *ctx = engine->ctx;

	for (int waited = 0; !answers(engine->url.socket); waited += STEP_MS) {
		if (has_ended(engine)) {
			fail_start(engine, "ended before it was ready");
			return false;
		}
		if (waited >= START_WAIT_MS) {
			fail_start(engine, "does not get ready");
			return false;
		}
		if (ctx->interrupted && *ctx->interrupted) {
			ctx_error(engine->ctx, "engine", span_none(), "interrupted");
			return false;
		}
		step();
	}
	return true;
}

/* Ends the server in good order, so that nothing needs recovery. */
static bool shut_down(struct engine *engine)
{
	if (!engine->pid)
		return true;
	for (int waited = 0; waited < STOP_WAIT_MS; waited += STOP_AGAIN_MS) {
		kill(engine->pid, SIGTERM);
		if (wait_ended(engine, STOP_AGAIN_MS))
			return true;
	}
	return false;
}

/* Fills an empty folder. MariaDB does so by being started on it, MySQL when it is told to (3 s). */
static bool initialise(struct engine *engine, const char *data)
{
	bool mariadb = engine->program.flavour == FLAVOUR_MARIADB;
	struct argument_list arguments =
		mariadb ? engine_program_arguments(&engine->arena, &engine->program, data,
						   engine->run, true)
			: engine_program_initialise(&engine->arena, &engine->program, data,
						    engine->run);

	if (!spawn(engine, &arguments))
		return false;
	if (mariadb)
		return wait_ready(engine) && shut_down(engine);
	if (!wait_ended(engine, START_WAIT_MS)) {
		kill_server(engine);
		fail_start(engine, "does not get done with initialising its folder");
		return false;
	}
	if (WIFEXITED(engine->status) && WEXITSTATUS(engine->status) == 0)
		return true;
	fail_start(engine, "can't initialise its folder");
	return false;
}

/*
 * A fresh folder: a copy of the one kept in the cache, which is made first when it isn't there.
 * Without a cache it is initialised where it stands.
 */
static bool fill_folder(struct engine *engine)
{
	const char *template = engine_template_path(&engine->arena, engine->program.path);
	const char *fresh;

	if (template && !engine_template_exists(template)) {
		fresh = engine_template_begin(&engine->arena, template);
		if (fresh && !initialise(engine, fresh)) {
			engine_template_drop(fresh);
			return false;
		}
		if (fresh)
			engine_template_keep(fresh, template);
	}
	if (template && engine_template_copy(template, engine->data))
		return true;
	return engine->program.flavour == FLAVOUR_MARIADB || initialise(engine, engine->data);
}

static bool make_database(struct engine *engine, const char *database)
{
	struct url url = engine->url;
	struct buf sql = { 0 };
	struct db *db;
	bool ok;

	url.database = NULL;
	db = db_open(engine->ctx, &url);
	if (!db)
		return false;
	buf_add(&sql, "create database if not exists ");
	quote_identifier(&sql, database);
	ok = db_execute(db, sql.text, sql.len);
	buf_free(&sql);
	db_close(db);
	return ok;
}

/* Folders and program, then the server. */
static bool start(struct engine *engine, const char *dir, const char *database)
{
	struct context *ctx = engine->ctx;
	struct arena *arena = &engine->arena;
	struct argument_list arguments;
	bool is_new = true;

	if (dir) {
		engine->data = engine_folder_open(ctx, arena, dir, &engine->data_fd, &is_new);
		if (!engine->data)
			return false;
	}
	/* after that, for the lock on the folder of a killed run is the last to be given up */
	engine_folder_sweep();
	engine->run = engine_folder_make(ctx, arena, &engine->run_fd);
	if (!engine->run)
		return false;
	if (!dir) {
		engine->data = file_join(arena, engine->run, "data");
		if (!file_make_dirs(ctx, engine->data))
			return false;
	}
	if (!engine_program_find(ctx, arena, dir ? engine_folder_mark(arena, engine->data) : "",
				 &engine->program))
		return false;
	engine->url.socket = file_join(arena, engine->run, "socket");
	if (is_new && !fill_folder(engine))
		return false;
	if (dir && is_new &&
	    !engine_folder_set_mark(ctx, engine->data, engine_program_mark(&engine->program)))
		return false;
	arguments =
		engine_program_arguments(arena, &engine->program, engine->data, engine->run, !dir);
	return spawn(engine, &arguments) && wait_ready(engine) &&
	       (!database || make_database(engine, database));
}

struct engine *engine_start(struct context *ctx, const char *dir, const char *database)
{
	struct engine *engine = base_malloc(sizeof(*engine));

	*engine = (struct engine){ .ctx = ctx, .run_fd = -1, .data_fd = -1 };
	arena_init(&engine->arena);
	engine->url.user = "root";
	engine->url.ssl = URL_SSL_DISABLED;
	engine->url.no_defaults = true;
	engine->url.database = database ? arena_strdup(&engine->arena, database) : NULL;
	if (start(engine, dir, database))
		return engine;
	engine_stop(engine);
	return NULL;
}

/* A temporary server is just killed: nothing of it is wanted. The other ends in good order. */
void engine_stop(struct engine *engine)
{
	if (!engine)
		return;
	if (engine->data_fd >= 0)
		shut_down(engine);
	kill_server(engine);
	if (engine->data_fd >= 0)
		close(engine->data_fd);
	if (engine->run)
		engine_folder_remove(engine->run, engine->run_fd);
	arena_free(&engine->arena);
	free(engine);
}

const struct url *engine_url(const struct engine *engine)
{
	return &engine->url;
}
