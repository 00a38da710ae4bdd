#include "base/name.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

void interner_init(struct interner *interner)
{
	*interner = (struct interner){ 0 };
	arena_init(&interner->arena);
}

void interner_free(struct interner *interner)
{
	arena_free(&interner->arena);
	free(interner->slots);
	*interner = (struct interner){ 0 };
}

static size_t hash_bytes(const char *text, size_t len)
{
	uint64_t h = 0xcbf29ce484222325ULL;
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * 0x100000001b3ULL;
	return (size_t)(h ^ (h >> 32));
}

static const struct name **find(const struct interner *interner, const char *text, size_t len)
{
	size_t mask = interner->cap - 1;
	for (size_t i = hash_bytes(text, len) & mask;; i = (i + 1) & mask) {
		const struct name *name = interner->slots[i];
		if (!name || (name->len == len && !memcmp(name->text, text, len)))
			return &interner->slots[i];
	}
}

static void grow(struct interner *interner)
{
	const struct name **old = interner->slots;
	size_t old_cap = interner->cap;
	interner->cap = old_cap ? old_cap * 2 : 256;
	interner->slots = base_malloc(interner->cap * sizeof(*interner->slots));
	memset(interner->slots, 0, interner->cap * sizeof(*interner->slots));
	for (size_t i = 0; i < old_cap; i++)
		if (old[i])
			*find(interner, old[i]->text, old[i]->len) = old[i];
	free(old);
}

/* The folded form of `text` in a fresh buffer; invalid UTF-8 is kept byte by byte. */
static char *fold(const char *text, size_t len, size_t *folded_len)
{
	char *folded = base_malloc(len * 4 + 1);
	size_t out = 0;
	for (size_t i = 0; i < len;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
						      (utf8proc_ssize_t)(len - i), &c);
		if (n <= 0) {
			folded[out++] = text[i++];
			continue;
		}
		out += (size_t)utf8proc_encode_char(utf8proc_tolower(c),
						    (utf8proc_uint8_t *)folded + out);
		i += (size_t)n;
	}
	*folded_len = out;
	return folded;
}

static bool is_folded_ascii(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80 || (text[i] >= 'A' && text[i] <= 'Z'))
			return false;
	return true;
}

const struct name *name_intern_bytes(struct interner *interner, const char *text, size_t len)
{
	if ((interner->n + 1) * 4 >= interner->cap * 3)
		grow(interner);
	const struct name **slot = find(interner, text, len);
	if (*slot)
		return *slot;
	struct name *name = ARENA_NEW(&interner->arena, struct name);
	name->text = arena_strndup(&interner->arena, text, len);
	name->len = len;
	name->key = name;
	*slot = name;
	interner->n++;
	if (!is_folded_ascii(text, len)) {
		size_t folded_len;
		char *folded = fold(text, len, &folded_len);
		if (folded_len != len || memcmp(folded, text, len))
			name->key = name_intern_bytes(interner, folded, folded_len)->key;
		free(folded);
	}
	return name;
}

const struct name *name_intern(struct interner *interner, const char *text)
{
	return name_intern_bytes(interner, text, strlen(text));
}

int name_compare(const struct name *a, const struct name *b)
{
	if (a == b)
		return 0;
	int order = a->key == b->key ? 0 : strcmp(a->key->text, b->key->text);
	return order ? order : strcmp(a->text, b->text);
}

size_t name_length(const struct name *name)
{
	size_t n = 0;
	for (size_t i = 0; i < name->len; i++)
		n += ((unsigned char)name->text[i] & 0xc0) != 0x80;
	return n;
}

bool word_equal(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		unsigned char x = (unsigned char)*a, y = (unsigned char)*b;
		x = (unsigned char)(x >= 'A' && x <= 'Z' ? x + 32 : x);
		y = (unsigned char)(y >= 'A' && y <= 'Z' ? y + 32 : y);
		if (x != y)
			return false;
	}
	return *a == *b;
}
