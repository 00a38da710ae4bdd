/*
 * arena: memory that is freed all at once.
 *
 * One arena a world (desired model, actual model, plan, one run of the parser).
 * Pointers into an arena are never freed singly and live until arena_free().
 * Memory is zeroed. Running out of memory ends the process with exit code 4
 * (there is nothing useful left to do, and every caller would only pass it on).
 *
 * An arena belongs to whoever called arena_init(); passing a pointer to one
 * lends it.
 */
#ifndef AUTOGEN_BASE_ARENA_H
#define AUTOGEN_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks; /* newest first */
	char *next, *end;           /* free bytes of the newest block */
	size_t total;               /* bytes got from malloc */
};

void arena_init(struct arena *arena);
/* Frees every block; the arena can be used again. */
void arena_free(struct arena *arena);

/* `size` zeroed bytes aligned for any object; never NULL (0 bytes give a valid pointer). */
void *arena_alloc(struct arena *arena, size_t size);
char *arena_strdup(struct arena *arena, const char *text);
/* Copies `len` bytes and adds a NUL. */
char *arena_strndup(struct arena *arena, const char *text, size_t len);
void *arena_memdup(struct arena *arena, const void *data, size_t size);
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (n)))

/*
 * Growing arrays. A list is any struct with members `items`, `n` and `cap`:
 *
 *	struct column_list { struct column **items; size_t n, cap; };
 *	LIST_PUSH(arena, &table->columns, column);
 *
 * The old array stays in the arena when the list grows.
 */
void *arena_grow(struct arena *arena, void *items, size_t n, size_t *cap, size_t item_size);

#define LIST_PUSH(arena, list, item)                                                      \
	do {                                                                              \
		if ((list)->n == (list)->cap)                                             \
			(list)->items = arena_grow((arena), (list)->items, (list)->n,     \
						   &(list)->cap, sizeof(*(list)->items)); \
		(list)->items[(list)->n++] = (item);                                      \
	} while (0)

/* Inserts before position `at` (0..n) and removes position `at`, keeping the order. */
#define LIST_INSERT(arena, list, at, item)                                                \
	do {                                                                              \
		size_t list_at_ = (at);                                                   \
		LIST_PUSH((arena), (list), (item));                                       \
		for (size_t list_i_ = (list)->n - 1; list_i_ > list_at_; list_i_--)       \
			(list)->items[list_i_] = (list)->items[list_i_ - 1];              \
		(list)->items[list_at_] = (item);                                         \
	} while (0)
#define LIST_REMOVE(list, at)                                                             \
	do {                                                                              \
		for (size_t list_i_ = (at); list_i_ + 1 < (list)->n; list_i_++)           \
			(list)->items[list_i_] = (list)->items[list_i_ + 1];              \
		(list)->n--;                                                              \
	} while (0)

/* malloc family for what outlives an arena or must be freed singly; same end when memory is out. */
void *base_malloc(size_t size);
void *base_realloc(void *old, size_t size);

#endif
