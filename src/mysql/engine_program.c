#include "mysql/engine_program.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/context.h"

/* Where packages and tarballs have it, when it isn't on the PATH (sbin is not on everybody's). */
static const char *const folders[] = { "/usr/sbin",      "/usr/local/sbin",
				       "/usr/libexec",   "/usr/local/mysql/bin",
				       "/usr/local/bin", "/usr/bin" };
static const char *const programs[] = { "mariadbd", "mysqld" };

enum argument_use {
	USE_ALWAYS,
	USE_MARIADB,
	USE_MYSQL,
	USE_TEMPORARY, /* what is thrown away needs no durability */
};

/*
 * Small and quick; nothing that changes what a statement means but the charset, which for a new
 * database is what people want. `loose` ones are passed over by servers that don't know them.
 */
static const struct {
	enum argument_use use;
	const char *text;
} arguments[] = {
	{ USE_ALWAYS, "--skip-grant-tables" },
	{ USE_ALWAYS, "--skip-networking" },
	{ USE_ALWAYS, "--loose-skip-log-bin" },
	{ USE_ALWAYS, "--loose-skip-name-resolve" },
	{ USE_ALWAYS, "--loose-character-set-server=utf8mb4" },
	{ USE_ALWAYS, "--loose-max-connections=20" },
	{ USE_ALWAYS, "--loose-table-open-cache=200" },
	{ USE_ALWAYS, "--loose-performance-schema=OFF" },
	{ USE_ALWAYS, "--loose-key-buffer-size=64K" },
	{ USE_ALWAYS, "--loose-secure-file-priv=" },
	{ USE_ALWAYS, "--loose-innodb-buffer-pool-size=16M" },
	{ USE_ALWAYS, "--loose-innodb-log-buffer-size=2M" },
	{ USE_MARIADB, "--loose-innodb-temp-data-file-path=ibtmp1:3M:autoextend" },
	{ USE_ALWAYS, "--loose-innodb-autoextend-increment=1" },
	{ USE_ALWAYS, "--loose-innodb-use-native-aio=0" },
	{ USE_ALWAYS, "--loose-innodb-buffer-pool-dump-at-shutdown=0" },
	{ USE_ALWAYS, "--loose-innodb-buffer-pool-load-at-startup=0" },
	{ USE_MARIADB, "--loose-innodb-log-file-size=4M" },
	{ USE_MARIADB, "--loose-innodb-undo-tablespaces=0" },
	{ USE_MARIADB, "--loose-aria-pagecache-buffer-size=1M" },
	{ USE_MARIADB, "--loose-feedback=OFF" },
	{ USE_MYSQL, "--loose-innodb-redo-log-capacity=8M" },
	{ USE_MYSQL, "--loose-mysqlx=OFF" },
	{ USE_TEMPORARY, "--loose-innodb-flush-log-at-trx-commit=0" },
	{ USE_TEMPORARY, "--loose-innodb-doublewrite=OFF" },
	{ USE_TEMPORARY, "--loose-innodb-flush-method=nosync" },
	{ USE_TEMPORARY, "--loose-debug-no-sync" },
};

static bool is_program(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISREG(info.st_mode) && access(path, X_OK) == 0;
}

/* On the PATH, then in the folders above. */
static const char *find_named(struct arena *arena, const char *name)
{
	const char *path = getenv("PATH");

	while (path && *path) {
		size_t len = strcspn(path, ":");
		const char *candidate = arena_printf(arena, "%.*s/%s", (int)len, path, name);

		if (len && is_program(candidate))
			return candidate;
		path += len + (path[len] == ':');
	}
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		const char *candidate = arena_printf(arena, "%s/%s", folders[i], name);

		if (is_program(candidate))
			return candidate;
	}
	return NULL;
}

/* What the program says with --version; "" when it says nothing. */
static const char *version_text(struct arena *arena, const char *path)
{
	char text[512];
	size_t n = 0;
	ssize_t got;
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return "";
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		dup2(null, 0);
		dup2(ends[1], 1);
		dup2(null, 2);
		execl(path, path, "--no-defaults", "--version", (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	while (pid > 0 && n < sizeof(text) && (got = read(ends[0], text + n, sizeof(text) - n)) > 0)
		n += (size_t)got;
	close(ends[0]);
	if (pid > 0)
		waitpid(pid, NULL, 0);
	return arena_strndup(arena, text, n);
}

/* A mysqld may be MariaDB's too (a link): then its version says so. */
static enum flavour flavour_of(struct arena *arena, const char *path)
{
	const char *base = strrchr(path, '/');

	if (!strcmp(base ? base + 1 : path, "mariadbd") ||
	    strcasestr(version_text(arena, path), "mariadb"))
		return FLAVOUR_MARIADB;
	return FLAVOUR_MYSQL;
}

const char *engine_program_mark(const struct engine_program *program)
{
	return program->flavour == FLAVOUR_MARIADB ? "mariadb" : "mysql";
}

static bool fits(const struct engine_program *program, const char *mark)
{
	size_t len = strlen(engine_program_mark(program));

	return !*mark || !strncmp(mark, engine_program_mark(program), len);
}

bool engine_program_find(struct context *ctx, struct arena *arena, const char *mark,
			 struct engine_program *program)
{
	const char *wanted = getenv("AUTOGEN_ENGINE");
	bool any = false;
	struct diag *diag;

	if (wanted && *wanted) {
		program->path = strchr(wanted, '/') ? wanted : find_named(arena, wanted);
		if (!program->path || !is_program(program->path)) {
			ctx_error(ctx, "engine", span_none(),
				  "AUTOGEN_ENGINE names '%s', which is no program", wanted);
			return false;
		}
		program->flavour = flavour_of(arena, program->path);
		any = true;
		if (fits(program, mark))
			return true;
	}
	for (size_t i = 0; !any && i < sizeof(programs) / sizeof(programs[0]); i++) {
		program->path = find_named(arena, programs[i]);
		if (!program->path)
			continue;
		program->flavour = flavour_of(arena, program->path);
		if (fits(program, mark))
			return true;
		any = true;
	}
	if (any) {
		diag = ctx_error(ctx, "engine", span_none(),
				 "the local database was made by %s, but '%s' is another server",
				 mark, program->path);
		ctx_hint(ctx, diag, "AUTOGEN_ENGINE=/path/to/its/server, or another folder");
		return false;
	}
	diag = ctx_error(
		ctx, "engine", span_none(),
		"no server program to run a local database with: neither mariadbd nor mysqld");
	ctx_hint(ctx, diag,
		 "apt-get install mariadb-server-core, or AUTOGEN_ENGINE=/path/to/mariadbd");
	return false;
}

static void add(struct arena *arena, struct argument_list *list, char *text)
{
	LIST_PUSH(arena, list, text);
}

static struct argument_list start_list(struct arena *arena, const struct engine_program *program,
				       const char *data)
{
	struct argument_list list = { 0 };

	add(arena, &list, arena_strdup(arena, program->path));
	add(arena, &list, arena_strdup(arena, "--no-defaults"));
	add(arena, &list, arena_printf(arena, "--datadir=%s", data));
	/* it refuses to run as root unless told so; another user is changed to by nobody */
	if (geteuid() == 0)
		add(arena, &list, arena_strdup(arena, "--user=root"));
	return list;
}

static void end_list(struct arena *arena, struct argument_list *list)
{
	add(arena, list, NULL);
	list->n--;
}

struct argument_list engine_program_arguments(struct arena *arena,
					      const struct engine_program *program,
					      const char *data, const char *run, bool temporary)
{
	struct argument_list list = start_list(arena, program, data);
	bool mariadb = program->flavour == FLAVOUR_MARIADB;

	add(arena, &list, arena_printf(arena, "--socket=%s/socket", run));
	add(arena, &list, arena_printf(arena, "--pid-file=%s/pid", run));
	add(arena, &list, arena_printf(arena, "--tmpdir=%s", run));
	for (size_t i = 0; i < sizeof(arguments) / sizeof(arguments[0]); i++) {
		enum argument_use use = arguments[i].use;

		if (use == USE_ALWAYS || (use == USE_MARIADB && mariadb) ||
		    (use == USE_MYSQL && !mariadb) || (use == USE_TEMPORARY && temporary))
			add(arena, &list, arena_strdup(arena, arguments[i].text));
	}
	end_list(arena, &list);
	return list;
}

struct argument_list engine_program_initialise(struct arena *arena,
					       const struct engine_program *program,
					       const char *data, const char *run)
{
	struct argument_list list = start_list(arena, program, data);

	add(arena, &list, arena_printf(arena, "--tmpdir=%s", run));
	add(arena, &list, arena_strdup(arena, "--initialize-insecure"));
	add(arena, &list, arena_strdup(arena, "--loose-innodb-redo-log-capacity=8M"));
	end_list(arena, &list);
	return list;
}
