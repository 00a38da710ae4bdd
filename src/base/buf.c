#include "base/buf.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct buf *buf, size_t more)
{
	size_t need = buf->len + more + 1;
	if (need <= buf->cap)
		return;
	size_t cap = buf->cap ? buf->cap : 64;
	while (cap < need)
		cap *= 2;
	buf->text = base_realloc(buf->text, cap);
	buf->cap = cap;
}

void buf_free(struct buf *buf)
{
	free(buf->text);
	*buf = (struct buf){ 0 };
}

void buf_clear(struct buf *buf)
{
	buf_truncate(buf, 0);
}

void buf_add_bytes(struct buf *buf, const char *data, size_t len)
{
	reserve(buf, len);
	if (len)
		memcpy(buf->text + buf->len, data, len);
	buf->len += len;
	buf->text[buf->len] = '\0';
}

void buf_add(struct buf *buf, const char *text)
{
	buf_add_bytes(buf, text, strlen(text));
}

void buf_add_char(struct buf *buf, char c)
{
	buf_add_bytes(buf, &c, 1);
}

void buf_add_repeat(struct buf *buf, char c, size_t times)
{
	reserve(buf, times);
	memset(buf->text + buf->len, c, times);
	buf->len += times;
	buf->text[buf->len] = '\0';
}

void buf_vprintf(struct buf *buf, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	if (len > 0) {
		reserve(buf, (size_t)len);
		vsnprintf(buf->text + buf->len, (size_t)len + 1, format, again);
		buf->len += (size_t)len;
	}
	va_end(again);
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	buf_vprintf(buf, format, args);
	va_end(args);
}

void buf_truncate(struct buf *buf, size_t len)
{
	if (len >= buf->len)
		return;
	buf->len = len;
	buf->text[len] = '\0';
}

const char *buf_text(const struct buf *buf)
{
	return buf->text ? buf->text : "";
}

char *buf_arena(struct buf *buf, struct arena *arena)
{
	char *text = arena_strndup(arena, buf_text(buf), buf->len);
	buf_free(buf);
	return text;
}
