/*
 * source: the texts that autogen reads, and places in them.
 *
 * A source is one file (or other text: an op line, an expression out of
 * information_schema). Sources outlive every tree and model, so that a server's
 * error can be shown at the line of the model that caused it. A span is a byte
 * range of a source; line and column are worked out when they are printed.
 */
#ifndef AUTOGEN_BASE_SOURCE_H
#define AUTOGEN_BASE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

struct arena;

struct source {
	const char *path; /* as shown to people */
	const char *text; /* NUL-terminated */
	size_t len;
	unsigned above; /* lines that stand above it in the file it is cut out of */
};

/* `src` NULL: no place is known. */
struct span {
	const struct source *src;
	uint32_t start, end; /* bytes; end is exclusive */
};

struct position {
	unsigned line, column; /* from 1; column counts characters */
};

/* Copies neither text: both must live as long as the source. */
struct source *source_new(struct arena *arena, const char *path, const char *text, size_t len);
struct position source_position(const struct source *src, size_t offset);
/* Start of the line that `offset` is in; its length without the newline in *len. */
const char *source_line(const struct source *src, size_t offset, size_t *len);

static inline struct span span_none(void)
{
	return (struct span){ 0 };
}

/* From the start of `a` to the end of `b`. */
struct span span_join(struct span a, struct span b);

#endif
