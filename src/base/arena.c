#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_SIZE ((size_t)64 * 1024)
#define ALIGNMENT (_Alignof(max_align_t))

struct arena_block {
	struct arena_block *older;
	max_align_t data[];
};

static _Noreturn void out_of_memory(void)
{
	static const char message[] = "autogen: out of memory\n";
	/* stdio may need memory itself */
	if (write(STDERR_FILENO, message, sizeof(message) - 1) < 0)
		_exit(4);
	_exit(4);
}

void *base_malloc(size_t size)
{
	void *p = malloc(size ? size : 1);
	if (!p)
		out_of_memory();
	return p;
}

void *base_realloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);
	if (!p)
		out_of_memory();
	return p;
}

void arena_init(struct arena *arena)
{
	*arena = (struct arena){ 0 };
}

void arena_free(struct arena *arena)
{
	struct arena_block *block = arena->blocks;
	while (block) {
		struct arena_block *older = block->older;
		free(block);
		block = older;
	}
	arena_init(arena);
}

static struct arena_block *new_block(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX - sizeof(struct arena_block))
		out_of_memory();
	struct arena_block *block = base_malloc(sizeof(*block) + size);
	arena->total += sizeof(*block) + size;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX / 2)
		out_of_memory();
	size = (size + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
	if (!arena->blocks || size > (size_t)(arena->end - arena->next)) {
		if (size > BLOCK_SIZE / 4 && arena->blocks) {
			/* a large piece gets a block of its own, behind the one in use */
			struct arena_block *block = new_block(arena, size);
			block->older = arena->blocks->older;
			arena->blocks->older = block;
			return memset(block->data, 0, size);
		}
		size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
		struct arena_block *block = new_block(arena, room);
		block->older = arena->blocks;
		arena->blocks = block;
		arena->next = (char *)block->data;
		arena->end = arena->next + room;
	}
	char *p = arena->next;
	arena->next += size;
	return size ? memset(p, 0, size) : p;
}

void *arena_memdup(struct arena *arena, const void *data, size_t size)
{
	void *copy = arena_alloc(arena, size);
	return size ? memcpy(copy, data, size) : copy;
}

char *arena_strndup(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);
	if (len)
		memcpy(copy, text, len);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	char *text = arena_alloc(arena, len < 0 ? 1 : (size_t)len + 1);
	if (len > 0)
		vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void *arena_grow(struct arena *arena, void *items, size_t n, size_t *cap, size_t item_size)
{
	size_t more = *cap ? *cap * 2 : 4;
	if (more > SIZE_MAX / 2 / item_size)
		out_of_memory();
	void *grown = arena_alloc(arena, more * item_size);
	if (n)
		memcpy(grown, items, n * item_size);
	*cap = more;
	return grown;
}
