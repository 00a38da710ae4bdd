/*
 * buf: a growing byte string, always NUL-terminated.
 *
 * For text whose length is not known beforehand. Owns its memory: buf_free(),
 * or hand it on with buf_arena(). A zeroed struct is an empty buffer.
 */
#ifndef AUTOGEN_BASE_BUF_H
#define AUTOGEN_BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct arena;

struct buf {
	char *text; /* NULL until something is added: read it through buf_text() */
	size_t len, cap;
};

void buf_free(struct buf *buf);
void buf_clear(struct buf *buf); /* keeps the memory */
void buf_add(struct buf *buf, const char *text);
void buf_add_bytes(struct buf *buf, const char *data, size_t len);
void buf_add_char(struct buf *buf, char c);
void buf_add_repeat(struct buf *buf, char c, size_t times);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *buf, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
/* Cuts to `len` bytes (no-op when it is shorter). */
void buf_truncate(struct buf *buf, size_t len);
const char *buf_text(const struct buf *buf);
/* Copies the text into the arena and frees the buffer. */
char *buf_arena(struct buf *buf, struct arena *arena);

#endif
