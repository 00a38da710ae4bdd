/* normalise: see normalise.h. The one place where two SHOW CREATE TABLE are made alike. */
#include "tests/corpus/normalise.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
/* Takes " WORD value" out of the line; only that of `value` if there is one. */
static void take_out(char *line, const char *word, const char *value)
{
	char *at = strstr(line, word), *start = at ? at + strlen(word) : NULL;
	size_t len = at ? strcspn(start, " ,") : 0;
	if (at && (!value || (len == strlen(value) && !memcmp(start, value, len))))
		memmove(at, start + len, strlen(start + len) + 1);
}
static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}
void normalise_show_create(char *text, const char *collation)
{
	char *lines[4000], *copy = strdup(text), *out = text, charset[64] = "";
	size_t n = 0, keys = 0; /* lines; of them those that are neither columns nor options */
	strncat(charset, collation, strcspn(collation, "_") % sizeof(charset));
	for (char *line = strtok(copy, "\n"); line && n < 4000; line = strtok(NULL, "\n")) {
		take_out(line, *line == ')' ? " AUTO_INCREMENT=" : "\n", NULL);
		take_out(line, " CHARACTER SET ", charset);
		take_out(line, " COLLATE ", collation);
		/* MariaDB shows engines' options as they were typed, `encrypted`=YES: no case */
		for (char *at = *line == ')' ? strstr(line, " `") : NULL; at && *at; at++)
			*at = (char)tolower((unsigned char)*at);
		keys += !strncmp(line, "  ", 2) && line[2] != '`';
		if (!strncmp(line, "  ", 2) && line[strlen(line) - 1] == ',')
			line[strlen(line) - 1] = '\0'; /* the last one has none */
		else if (keys && *line == ')')         /* order of keys */
			qsort(lines + n - keys, keys, sizeof(*lines), by_text), keys = 0;
		lines[n++] = line;
	}
	for (size_t i = 0; i < n; i++)
		out = stpcpy(stpcpy(out, lines[i]), i + 1 < n ? "\n" : "");
	free(copy);
}
