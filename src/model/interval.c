#include "model/interval.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/name.h"

#define MOST_WORDS 16

struct words {
	char *items[MOST_WORDS];
	size_t n;
};

/* Words and strings; a string may follow its word at once: timestamp'…'. false: too many. */
static bool split(struct arena *arena, const char *text, struct words *words)
{
	while (*(text += strspn(text, " \t\r\n"))) {
		size_t len = strcspn(text, " \t\r\n'");
		if (*text == '\'')
			len = strcspn(text + 1, "'") + (strchr(text + 1, '\'') ? 2 : 1);
		if (words->n == MOST_WORDS)
			return false;
		char *word = arena_strndup(arena, text, len);
		for (char *c = word; *c && *word != '\''; c++)
			*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
		words->items[words->n++] = word;
		text += len;
	}
	return true;
}

/* '2020-01-01' and '2020-01-01 10:00' have the rest of the time. */
static char *whole_time(struct arena *arena, const char *string)
{
	static const char rest[] = "0000-00-00 00:00:00";
	size_t len = strlen(string) - 2; /* without quotes */
	bool known = len == 10 || len == 13 || len == 16;
	return known ? arena_printf(arena, "'%.*s%s'", (int)len, string + 1, rest + len)
		     : arena_strdup(arena, string);
}

/* The number that a word is, bare or in quotes; 0: none. */
static unsigned long number(const char *word)
{
	char *end;
	word += *word == '\'';
	unsigned long n = strtoul(word, &end, 10);
	return end > word && (!*end || !strcmp(end, "'")) ? n : 0;
}

/* interval VALUE UNIT */
static void add_interval(struct buf *out, const char *value, const char *unit)
{
	unsigned long n = number(value);
	if (n && word_equal(unit, "week"))
		buf_printf(out, "interval %lu day", n * 7);
	else if (n && word_equal(unit, "quarter"))
		buf_printf(out, "interval %lu month", n * 3);
	else if (n)
		buf_printf(out, "interval %lu %s", n, unit);
	else
		buf_printf(out, "interval %s %s", value, unit);
}

/* Without STARTS unless wanted. */
static const char *write(struct arena *arena, const char *clause, bool with_starts)
{
	struct words words = { 0 };
	struct buf out = { 0 };
	if (!split(arena, clause, &words))
		return arena_strdup(arena, clause);
	for (size_t i = 0; i < words.n; i++) {
		const char *word = words.items[i];
		if (word_equal(word, "starts") && i + 1 < words.n) {
			if (word_equal(words.items[i + 1], "timestamp") && i + 2 < words.n)
				i++;
			i++;
			if (with_starts)
				buf_printf(&out, " starts timestamp%s",
					   whole_time(arena, words.items[i]));
			continue;
		}
		buf_add(&out, out.len ? " " : "");
		if (word_equal(word, "interval") && i + 2 < words.n) {
			add_interval(&out, words.items[i + 1], words.items[i + 2]);
			i += 2;
		} else {
			buf_add(&out, word);
		}
	}
	return buf_arena(&out, arena);
}

const char *interval_normal(struct arena *arena, const char *clause)
{
	const char *normal = clause ? write(arena, clause, true) : NULL;
	return normal && *normal ? normal : NULL;
}

bool interval_equal(const char *a, const char *b)
{
	struct arena arena;
	if (!a || !b)
		return a == b;
	arena_init(&arena);
	bool same = !strcmp(write(&arena, a, true), write(&arena, b, true)) ||
		    !strcmp(write(&arena, a, false), write(&arena, b, true)) ||
		    !strcmp(write(&arena, a, true), write(&arena, b, false));
	arena_free(&arena);
	return same;
}
