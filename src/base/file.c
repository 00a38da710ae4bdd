#include "base/file.h"

#include "base/buf.h"
#include "base/context.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Spans count bytes in 32 bits; no sensible input comes near. */
#define FILE_SIZE_MAX ((size_t)1 << 30)

/* Queues "can't <verb> '<path>': <reason of errno, in lower case>"; returns false. */
static bool fail(struct context *ctx, const char *verb, const char *path, int error)
{
	char reason[256];
	snprintf(reason, sizeof(reason), "%s", strerror(error));
	/* "Is a directory", but "RPC version wrong" */
	if (!isupper((unsigned char)reason[1]))
		reason[0] = (char)tolower((unsigned char)reason[0]);
	ctx_error(ctx, "file", span_none(), "can't %s '%s': %s", verb, path, reason);
	return false;
}

/* Reads to the end of `fd`; 0 or an errno. */
static int read_all(int fd, struct buf *out)
{
	char chunk[64 * 1024];
	for (;;) {
		ssize_t n = read(fd, chunk, sizeof(chunk));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		if (n == 0)
			return 0;
		buf_add_bytes(out, chunk, (size_t)n);
		if (out->len > FILE_SIZE_MAX)
			return EFBIG;
	}
}

bool file_read(struct context *ctx, struct arena *arena, const char *path, const char **text,
	       size_t *len)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fail(ctx, "read", path, errno);
	struct buf content = { 0 };
	int error = read_all(fd, &content);
	close(fd);
	if (error) {
		buf_free(&content);
		return fail(ctx, "read", path, error);
	}
	if (len)
		*len = content.len;
	*text = buf_arena(&content, arena);
	return true;
}

/* 0 or an errno. */
static int write_all(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t n = write(fd, text, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

/* The mode of the file to be replaced, else what open(2) would give a new one. */
static mode_t mode_for(const char *path)
{
	struct stat st;
	if (stat(path, &st) == 0)
		return st.st_mode & 07777;
	mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* `dir`/.`base`.XXXXXX: hidden from file_walk() should a crash leave it behind. */
static char *temporary_name(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	int dir_len = slash ? (int)(slash + 1 - path) : 0;
	return arena_printf(arena, "%.*s.%s.XXXXXX", dir_len, path, path + dir_len);
}

/* Makes a rename in the folder of `path` last through a power cut; best effort. */
static void sync_folder(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *dir = slash ? arena_strndup(arena, path, (size_t)(slash + 1 - path)) : ".";
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

/* 0 or an errno; `temporary` is gone afterwards. */
static int write_and_rename(char *temporary, const char *path, const char *text, size_t len)
{
	int fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return errno;
	int error = write_all(fd, text, len);
	if (!error && (fchmod(fd, mode_for(path)) || fsync(fd)))
		error = errno;
	if (close(fd) && !error)
		error = errno;
	if (!error && rename(temporary, path))
		error = errno;
	if (error)
		unlink(temporary);
	return error;
}

bool file_write(struct context *ctx, const char *path, const char *text, size_t len)
{
	/* a link stays a link: what it points to is replaced */
	char *resolved = realpath(path, NULL);
	const char *target = resolved ? resolved : path;
	struct arena scratch;
	arena_init(&scratch);
	int error = write_and_rename(temporary_name(&scratch, target), target, text, len);
	if (!error)
		sync_folder(&scratch, target);
	arena_free(&scratch);
	free(resolved);
	return error ? fail(ctx, "write", path, error) : true;
}

/* The folders being walked, innermost first: a link to one of them is not followed. */
struct walk_level {
	const struct walk_level *outer;
	dev_t device;
	ino_t inode;
};

struct walk {
	struct context *ctx;
	struct arena *arena;
	const char *suffix;
	struct path_list *paths;
};

static bool ends_with(const char *text, const char *suffix)
{
	size_t len = strlen(text), suffix_len = strlen(suffix);
	return len >= suffix_len && !strcmp(text + len - suffix_len, suffix);
}

static bool is_walked(const struct walk_level *level, const struct stat *st)
{
	for (; level; level = level->outer)
		if (level->device == st->st_dev && level->inode == st->st_ino)
			return true;
	return false;
}

static bool walk_folder(struct walk *walk, const char *dir, const struct walk_level *outer);

static bool walk_entry(struct walk *walk, const char *path, unsigned char type,
		       const struct walk_level *level)
{
	bool wanted = ends_with(path, walk->suffix);
	struct stat st;
	if (type == DT_REG) { /* the folder says what a file is: nobody needs to look again */
		if (wanted)
			LIST_PUSH(walk->arena, walk->paths, path);
		return true;
	}
	if (stat(path, &st)) /* a dangling link is of interest only when its name is */
		return wanted ? fail(walk->ctx, "read", path, errno) : true;
	if (S_ISDIR(st.st_mode))
		return is_walked(level, &st) ? true : walk_folder(walk, path, level);
	if (wanted && S_ISREG(st.st_mode))
		LIST_PUSH(walk->arena, walk->paths, path);
	return true;
}

static bool walk_folder(struct walk *walk, const char *dir, const struct walk_level *outer)
{
	DIR *stream = opendir(dir);
	struct stat st;
	if (!stream || fstat(dirfd(stream), &st)) {
		int error = errno;
		if (stream)
			closedir(stream);
		return fail(walk->ctx, "read folder", dir, error);
	}
	struct walk_level level = { outer, st.st_dev, st.st_ino };
	bool ok = true;
	struct dirent *entry;
	while ((errno = 0, entry = readdir(stream))) {
		if (entry->d_name[0] != '.')
			ok &= walk_entry(walk, file_join(walk->arena, dir, entry->d_name),
					 entry->d_type, &level);
	}
	if (errno)
		ok = fail(walk->ctx, "read folder", dir, errno);
	closedir(stream);
	return ok;
}

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool file_walk(struct context *ctx, struct arena *arena, const char *dir, const char *suffix,
	       struct path_list *paths)
{
	struct walk walk = { ctx, arena, suffix, paths };
	size_t before = paths->n;
	bool ok = walk_folder(&walk, dir, NULL);
	if (paths->n > before)
		qsort(paths->items + before, paths->n - before, sizeof(*paths->items),
		      compare_paths);
	return ok;
}

bool file_make_dirs(struct context *ctx, const char *path)
{
	struct buf prefix = { 0 };
	bool ok = true;
	for (const char *end = path; ok && *end;) {
		end += strspn(end, "/");
		end += strcspn(end, "/");
		buf_clear(&prefix);
		buf_add_bytes(&prefix, path, (size_t)(end - path));
		int error = mkdir(buf_text(&prefix), 0777) == 0 ? 0 : errno;
		if (!error || file_is_dir(buf_text(&prefix)))
			continue;
		ok = fail(ctx, "make folder", buf_text(&prefix), error == EEXIST ? ENOTDIR : error);
	}
	buf_free(&prefix);
	return ok;
}

bool file_exists(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0;
}

bool file_is_dir(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

const char *file_join(struct arena *arena, const char *dir, const char *name)
{
	if (name[0] == '/' || !*dir || !strcmp(dir, "."))
		return arena_strdup(arena, name);
	bool slash = dir[strlen(dir) - 1] == '/';
	return arena_printf(arena, "%s%s%s", dir, slash ? "" : "/", name);
}
