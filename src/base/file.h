/*
 * file: reading whole files, writing them safely, walking folders.
 *
 * Functions queue a diagnostic (rule `file`) and return false on failure.
 */
#ifndef AUTOGEN_BASE_FILE_H
#define AUTOGEN_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct context;
struct arena;

struct path_list { const char **items; size_t n, cap; };

/* The bytes of a file in the arena, NUL-terminated; *len may be NULL. */
bool file_read(struct context *ctx, struct arena *arena, const char *path, const char **text,
	       size_t *len);
/* Writes to a temporary name in the same folder, syncs, and renames over `path`. Makes no folders. */
bool file_write(struct context *ctx, const char *path, const char *text, size_t len);
/* Every regular file below `dir` whose name ends in `suffix`, sorted by path (bytes), recursively;
 * names beginning with a dot are passed over. */
bool file_walk(struct context *ctx, struct arena *arena, const char *dir, const char *suffix,
	       struct path_list *paths);
/* Makes `path` and its missing parents. */
bool file_make_dirs(struct context *ctx, const char *path);
bool file_exists(const char *path);
bool file_is_dir(const char *path);
/* `dir`/`name` in the arena; `name` alone when it is absolute or `dir` is ".". */
const char *file_join(struct arena *arena, const char *dir, const char *name);

#endif
