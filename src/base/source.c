#include "base/source.h"

#include "base/arena.h"

#include <string.h>

struct source *source_new(struct arena *arena, const char *path, const char *text, size_t len)
{
	struct source *src = ARENA_NEW(arena, struct source);
	src->path = path;
	src->text = text;
	src->len = len;
	return src;
}

const char *source_line(const struct source *src, size_t offset, size_t *len)
{
	if (offset > src->len)
		offset = src->len;
	size_t start = offset;
	while (start > 0 && src->text[start - 1] != '\n')
		start--;
	const char *newline = memchr(src->text + start, '\n', src->len - start);
	*len = newline ? (size_t)(newline - (src->text + start)) : src->len - start;
	if (*len && src->text[start + *len - 1] == '\r')
		(*len)--;
	return src->text + start;
}

struct position source_position(const struct source *src, size_t offset)
{
	struct position position = { 1 + src->above, 1 };
	if (offset > src->len)
		offset = src->len;
	for (size_t i = 0; i < offset; i++) {
		if (src->text[i] == '\n') {
			position.line++;
			position.column = 1;
		} else if (((unsigned char)src->text[i] & 0xc0) != 0x80) {
			position.column++;
		}
	}
	return position;
}

struct span span_join(struct span a, struct span b)
{
	if (!a.src)
		return b;
	if (a.src == b.src && b.end > a.end)
		a.end = b.end;
	return a;
}
