#include "revision/revision.h"

#include "base/buf.h"
#include "base/context.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

bool revision_new_id(struct context *ctx, char out[13])
{
	unsigned char bytes[6];
	ssize_t n;
	do {
		n = getrandom(bytes, sizeof(bytes), 0);
	} while (n < 0 && errno == EINTR);
	if (n != (ssize_t)sizeof(bytes)) {
		ctx_error(ctx, "revision", span_none(), "the system gives no random bytes: %s",
			  strerror(errno));
		return false;
	}
	for (size_t i = 0; i < sizeof(bytes); i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
	return true;
}

bool revision_id_ok(const char *id)
{
	static const char *const taken[] = { "head", "heads", "base", "current" };
	size_t len = strlen(id);
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
		if (word_equal(id, taken[i]))
			return false;
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)id[i]) && id[i] != '_' && id[i] != '.')
			return false;
	return len > 0 && len <= 32;
}

const char *revision_direction_word(enum revision_direction direction)
{
	return direction == REVISION_UP ? "upgrade" : "downgrade";
}

const char *statement_kind_word(enum statement_kind kind)
{
	switch (kind) {
	case STATEMENT_DDL:
		return "ddl";
	case STATEMENT_EDITED:
		return "edited";
	case STATEMENT_DATA:
		return "data";
	case STATEMENT_HAND:
		return "hand";
	}
	return "?";
}

/* Past a comment at `sql`, or into a conditional one; NULL when there is none here. */
static const char *skip_comment(const char *sql)
{
	if (*sql == '#' || !strncmp(sql, "--", 2))
		return sql + strcspn(sql, "\n");
	if (!strncmp(sql, "/*!", 3) || !strncmp(sql, "/*M!", 4)) {
		sql = strchr(sql, '!') + 1;
		return sql + strspn(sql, "0123456789");
	}
	if (!strncmp(sql, "/*", 2)) {
		const char *close = strstr(sql + 2, "*/");
		return close ? close + 2 : sql + strlen(sql);
	}
	return NULL;
}

/* The next word at `sql`, what follows it is returned. */
static const char *read_word(const char *sql, char word[16])
{
	while (*sql) {
		const char *after = skip_comment(sql);
		if (after)
			sql = after;
		else if (isspace((unsigned char)*sql) || *sql == '(')
			sql++;
		else
			break;
	}
	size_t n = 0;
	while (n < 15 && (isalnum((unsigned char)sql[n]) || sql[n] == '_')) {
		word[n] = (char)tolower((unsigned char)sql[n]);
		n++;
	}
	word[n] = 0;
	return sql + n;
}

void statement_first_word(const char *sql, char word[16])
{
	char next[16];
	sql = read_word(sql, word);
	if (strcmp(word, "set") != 0)
		return;
	/* SET STATEMENT name=value FOR statement, of MariaDB: nothing stays of the setting */
	read_word(sql, next);
	if (!strcmp(next, "statement"))
		memcpy(word, next, sizeof(next));
}
