#include "tests/corpus/normalise.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
static void take_out(char *line, const char *word, const char *value, size_t n)
{
	char *at = line ? strstr(line, word) : NULL, *start = at ? at + strlen(word) : NULL;
	size_t len = at ? strcspn(start, " ,") : 0;
	if (at && (!value || (len == n && !memcmp(start, value, n))))
		memmove(at, start + len, strlen(start + len) + 1);
}
static void fold(char *to)
{
	for (char *at = to; to && (*to = (char)tolower((unsigned char)*at)); at++)
		to += !strchr("` ", *to);
}
static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}
void normalise_show_create(char *text, const char *collation, const char *const *defaults)
{
	char *lines[4000], *copy = strdupa(text), *out = text;
	size_t n = 0, keys = 0; /* lines; of them those that are neither columns nor options */
	for (char *line = strtok(copy, "\n"); line && n < 4000; line = strtok(NULL, "\n")) {
		take_out(line, " CHARACTER SET ", collation, strcspn(collation, "_"));
		take_out(line, " COLLATE ", collation, strlen(collation));
		for (size_t i = 0; defaults[i]; i++)
			take_out(strstr(line, defaults[i]), " COLLATE ", NULL, 0);
		take_out(line, *line == ')' ? " AUTO_INCREMENT=" : "\n", NULL, 0);
		fold(strstr(line, *line == ')' ? " `" : strstr(line, "PARTITION BY") ? "PARTITION BY" : " ENGINE = "));
		keys += !strncmp(line, "  ", 2) && line[2] != '`';
		lines[n++] = line;
		line[strlen(line) - (line[strlen(line) - 1] == ',')] = '\0';
		if (keys && *line == ')') /* order of keys */
			qsort(lines + n - 1 - keys, keys, sizeof(*lines), by_text), keys = 0;
	}
	for (size_t i = 0; i < n; i++)
		out = stpcpy(stpcpy(out, lines[i]), i + 1 < n ? "\n" : "");
}
