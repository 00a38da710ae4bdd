#include "mysql/engine_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/context.h"
#include "base/file.h"

#define PREFIX "autogen-engine-"
#define MARK ".autogen-engine"

/* How long a lock is waited for: a killed run's server needs a moment to be gone. */
#define LOCK_WAIT_MS 3000
#define LOCK_STEP_MS 10

/* The folder for run folders: one short enough for a socket's path (sun_path is 108 bytes). */
static const char *temporary_dir(void)
{
	const char *dir = getenv("TMPDIR");
	size_t longest =
		sizeof(((struct sockaddr_un *)0)->sun_path) - sizeof("/" PREFIX "XXXXXX/socket");

	return dir && *dir == '/' && strlen(dir) < longest && !strchr(dir, ':') ? dir : "/tmp";
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
	(void)info;
	(void)type;
	(void)walk;
	remove(path);
	return 0;
}

static void remove_tree(const char *path)
{
	nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

/* Is the folder behind fd still the one of that name? */
static bool same_folder(int fd, const char *path)
{
	struct stat a, b;

	return fstat(fd, &a) == 0 && lstat(path, &b) == 0 && a.st_dev == b.st_dev &&
	       a.st_ino == b.st_ino;
}

static int open_folder(const char *path)
{
	return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static void sweep_one(const char *path)
{
	struct stat info;
	int fd;

	if (lstat(path, &info) < 0 || !S_ISDIR(info.st_mode) || info.st_uid != geteuid())
		return;
	fd = open_folder(path);
	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		remove_tree(path);
	close(fd);
}

void engine_folder_sweep(void)
{
	const char *parent = temporary_dir();
	DIR *dir = opendir(parent);
	struct dirent *entry;
	char path[256];

	while (dir && (entry = readdir(dir))) {
		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) != 0)
			continue;
		if ((size_t)snprintf(path, sizeof(path), "%s/%s", parent, entry->d_name) <
		    sizeof(path))
			sweep_one(path);
	}
	if (dir)
		closedir(dir);
}

const char *engine_folder_make(struct context *ctx, struct arena *arena, int *fd)
{
	/* Another run may sweep it between its making and its locking: then once more. */
	for (int attempt = 0; attempt < 100; attempt++) {
		char *path = arena_printf(arena, "%s/" PREFIX "XXXXXX", temporary_dir());

		if (!mkdtemp(path)) {
			ctx_error(ctx, "engine", span_none(), "can't make a folder in '%s': %s",
				  temporary_dir(), strerror(errno));
			return NULL;
		}
		*fd = open_folder(path);
		if (*fd >= 0 && flock(*fd, LOCK_EX) == 0 && same_folder(*fd, path))
			return path;
		if (*fd >= 0)
			close(*fd);
	}
	ctx_error(ctx, "engine", span_none(), "can't lock a folder in '%s'", temporary_dir());
	return NULL;
}

void engine_folder_remove(const char *path, int fd)
{
	remove_tree(path);
	close(fd);
}

/* Nothing but what git and file systems put there? */
static bool is_empty(const char *path)
{
	static const char *const passed[] = { ".", "..", ".gitignore", ".gitkeep", "lost+found" };
	DIR *dir = opendir(path);
	struct dirent *entry;
	bool empty = true;

	while (dir && (entry = readdir(dir))) {
		bool pass = false;

		for (size_t i = 0; i < sizeof(passed) / sizeof(passed[0]); i++)
			pass = pass || !strcmp(entry->d_name, passed[i]);
		empty = empty && pass;
	}
	if (dir)
		closedir(dir);
	return empty;
}

static bool lock_waiting(struct context *ctx, int fd)
{
	const struct timespec step = { .tv_nsec = LOCK_STEP_MS * 1000000L };

	for (int waited = 0; flock(fd, LOCK_EX | LOCK_NB) < 0; waited += LOCK_STEP_MS) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return false;
		if (waited >= LOCK_WAIT_MS || (ctx->interrupted && *ctx->interrupted)) {
			errno = EWOULDBLOCK;
			return false;
		}
		nanosleep(&step, NULL);
	}
	return true;
}

static bool check_ours(struct context *ctx, struct arena *arena, const char *path, bool *is_new)
{
	struct diag *diag;

	*is_new = !file_exists(file_join(arena, path, MARK));
	if (!*is_new || is_empty(path))
		return true;
	diag = ctx_error(ctx, "engine", span_none(),
			 "'%s' holds other things: a local database wants a folder of its own",
			 path);
	ctx_hint(ctx, diag, "local:DIR with a folder that is empty or not there yet");
	return false;
}

const char *engine_folder_open(struct context *ctx, struct arena *arena, const char *dir, int *fd,
			       bool *is_new)
{
	bool made = !file_exists(dir);
	const char *path;
	char *real;
	struct diag *diag;

	if (made && !file_make_dirs(ctx, dir))
		return NULL;
	real = realpath(dir, NULL);
	path = real ? arena_strdup(arena, real) : NULL;
	free(real);
	*fd = path ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (*fd < 0) {
		ctx_error(ctx, "engine", span_none(), "can't open folder '%s': %s", dir,
			  strerror(errno));
		return NULL;
	}
	if (!lock_waiting(ctx, *fd)) {
		if (errno == EWOULDBLOCK) {
			diag = ctx_error(ctx, "engine", span_none(),
					 "local database '%s' is in use by another run", dir);
			ctx_hint(ctx, diag, "wait until that one is done");
		} else {
			ctx_error(ctx, "engine", span_none(), "can't lock folder '%s': %s", dir,
				  strerror(errno));
		}
		close(*fd);
		*fd = -1;
		return NULL;
	}
	if (!check_ours(ctx, arena, path, is_new)) {
		close(*fd);
		*fd = -1;
		return NULL;
	}
	/* a database's files are not for git */
	if (made)
		file_write(ctx, file_join(arena, path, ".gitignore"), "*\n", 2);
	return path;
}

const char *engine_folder_mark(struct arena *arena, const char *dir)
{
	FILE *file = fopen(file_join(arena, dir, MARK), "r");
	char line[64] = "";

	if (!file)
		return "";
	if (!fgets(line, sizeof(line), file))
		line[0] = '\0';
	fclose(file);
	line[strcspn(line, "\n")] = '\0';
	return arena_strdup(arena, line);
}

bool engine_folder_set_mark(struct context *ctx, const char *dir, const char *mark)
{
	struct arena arena;
	const char *text;
	bool ok;

	arena_init(&arena);
	text = arena_printf(&arena, "%s\n", mark);
	ok = file_write(ctx, file_join(&arena, dir, MARK), text, strlen(text));
	arena_free(&arena);
	return ok;
}
