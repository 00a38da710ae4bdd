#include "mysql/engine_template.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hash.h"

/* Raised when the arguments change that a datadir's files depend on. */
#define RECIPE 1

/* A datadir's paths are short; what is longer fails to be copied, which is no harm. */
#define PATH_SIZE 4096

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *walk)
{
	(void)info;
	(void)type;
	(void)walk;
	remove(path);
	return 0;
}

void engine_template_drop(const char *fresh)
{
	nftw(fresh, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

/* The cache's folder, made when missing; NULL: it can't be. */
static const char *cache_dir(struct arena *arena)
{
	const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char *path;

	if (base && *base == '/')
		path = arena_printf(arena, "%s/autogen/engine", base);
	else if (home && *home == '/')
		path = arena_printf(arena, "%s/.cache/autogen/engine", home);
	else
		return NULL;
	for (char *slash = strchr(path + 1, '/');; slash = strchr(slash + 1, '/')) {
		if (slash)
			*slash = '\0';
		if (mkdir(path, 0700) < 0 && errno != EEXIST)
			return NULL;
		if (!slash)
			break;
		*slash = '/';
	}
	return access(path, W_OK) == 0 ? path : NULL;
}

const char *engine_template_path(struct arena *arena, const char *program)
{
	const char *dir = cache_dir(arena), *key;
	char *real = realpath(program, NULL);
	char hex[HASH_HEX_SIZE];
	struct stat info;
	bool known = dir && real && stat(real, &info) == 0;

	key = known ? arena_printf(arena, "%d %s %lld %lld.%ld", RECIPE, real,
				   (long long)info.st_size, (long long)info.st_mtim.tv_sec,
				   info.st_mtim.tv_nsec)
		    : "";
	free(real);
	if (!known)
		return NULL;
	hash_sha256(key, strlen(key), hex);
	return arena_printf(arena, "%s/%.16s", dir, hex);
}

bool engine_template_exists(const char *path)
{
	return access(path, R_OK | X_OK) == 0;
}

const char *engine_template_begin(struct arena *arena, const char *path)
{
	char *fresh = arena_printf(arena, "%s.XXXXXX", path);

	return mkdtemp(fresh);
}

void engine_template_keep(const char *fresh, const char *path)
{
	if (rename(fresh, path) < 0)
		engine_template_drop(fresh);
}

/* --- copying ---------------------------------------------------------------------------------- */

/* Zeros are not written: a fresh datadir is mostly them. */
static bool copy_bytes(int from, int to)
{
	static const char zeros[16384];
	char block[sizeof(zeros)];
	off_t size = 0;
	ssize_t n;

	while ((n = read(from, block, sizeof(block))) > 0) {
		if (memcmp(block, zeros, (size_t)n) != 0 && pwrite(to, block, (size_t)n, size) != n)
			return false;
		size += n;
	}
	return n == 0 && ftruncate(to, size) == 0;
}

static bool copy_file(const char *from, const char *to, mode_t mode)
{
	int source = open(from, O_RDONLY | O_CLOEXEC);
	int target =
		source < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode & 0777);
	bool ok = target >= 0 && copy_bytes(source, target);

	if (source >= 0)
		close(source);
	if (target >= 0 && close(target) < 0)
		ok = false;
	return ok;
}

static bool copy_tree(const char *from, const char *to)
{
	DIR *dir = opendir(from);
	struct dirent *entry;
	bool ok = dir != NULL;

	while (ok && (entry = readdir(dir))) {
		char source[PATH_SIZE], target[PATH_SIZE];
		struct stat info;

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") ||
		    !strcmp(entry->d_name, "auto.cnf")) /* it names one server */
			continue;
		ok = (size_t)snprintf(source, PATH_SIZE, "%s/%s", from, entry->d_name) <
			     PATH_SIZE &&
		     (size_t)snprintf(target, PATH_SIZE, "%s/%s", to, entry->d_name) < PATH_SIZE &&
		     lstat(source, &info) == 0;
		if (ok && S_ISDIR(info.st_mode))
			ok = mkdir(target, info.st_mode & 0777) == 0 && copy_tree(source, target);
		else if (ok && S_ISREG(info.st_mode))
			ok = copy_file(source, target, info.st_mode);
	}
	if (dir)
		closedir(dir);
	return ok;
}

/* Takes away what copy_tree left of a copy that failed: all but what the folder may hold. */
static void clear_folder(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		char name[PATH_SIZE];

		if (entry->d_name[0] != '.' && (size_t)snprintf(name, sizeof(name), "%s/%s", path,
								entry->d_name) < sizeof(name))
			engine_template_drop(name);
	}
	if (dir)
		closedir(dir);
}

bool engine_template_copy(const char *path, const char *data)
{
	if (copy_tree(path, data))
		return true;
	clear_folder(data);
	return false;
}
