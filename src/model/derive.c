#include "model/derive.h"

#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/hash.h"

#define NAME_MAX_CHARACTERS 64
#define HASH_DIGITS 8

static void add_full(struct buf *out, const char *prefix, const struct name *table,
		     const struct name_list *columns)
{
	buf_printf(out, "%s_%s", prefix, table->text);
	for (size_t i = 0; i < columns->n; i++)
		buf_printf(out, "_%s", columns->items[i]->text);
}

/* Bytes that the first `characters` characters take. */
static size_t cut_at(const char *text, size_t characters)
{
	size_t at = 0;
	while (text[at]) {
		if (((unsigned char)text[at] & 0xc0) != 0x80 && characters-- == 0)
			break;
		at++;
	}
	return at;
}

static const struct name *intern_hashed(struct context *ctx, struct buf *full)
{
	char hex[HASH_HEX_SIZE];
	hash_sha256(buf_text(full), full->len, hex);
	buf_truncate(full, cut_at(buf_text(full), NAME_MAX_CHARACTERS - HASH_DIGITS - 1));
	buf_printf(full, "_%.*s", HASH_DIGITS, hex);
	return ctx_name(ctx, buf_text(full));
}

const struct name *derive_name(struct context *ctx, const char *prefix, const struct name *table,
			       const struct name_list *columns)
{
	struct buf full = { 0 };
	add_full(&full, prefix, table, columns);
	const struct name *name = ctx_name(ctx, buf_text(&full));
	if (name_length(name) > NAME_MAX_CHARACTERS)
		name = intern_hashed(ctx, &full);
	buf_free(&full);
	return name;
}

const struct name *derive_name_hashed(struct context *ctx, const char *prefix,
				      const struct name *table, const struct name_list *columns)
{
	struct buf full = { 0 };
	add_full(&full, prefix, table, columns);
	const struct name *name = intern_hashed(ctx, &full);
	buf_free(&full);
	return name;
}
