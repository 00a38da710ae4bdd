/*
 * cases: test cases out of a text file, for the server tests that share them.
 *
 *	-- case: NAME SERVERS
 *	first part
 *	-->
 *	second part
 *
 * The second part may be missing; empty lines at the end of a part don't count, nor does what stands
 * before the first case.
 */
#ifndef AUTOGEN_TESTS_SERVER_CASES_H
#define AUTOGEN_TESTS_SERVER_CASES_H

#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "base/file.h"
#include "mysql/db.h"

enum { SERVER_M56 = 1, SERVER_M8 = 2, SERVER_D105 = 4, SERVER_D106 = 8, SERVER_D11 = 16 };

struct case_text {
	const char *name, *first, *second;
	unsigned servers;
};
struct case_list { struct case_text *items; size_t n, cap; };

static inline unsigned case_server(const struct server *server)
{
	if (server->flavour == FLAVOUR_MYSQL)
		return server->version < 80000 ? SERVER_M56 : SERVER_M8;
	return server->version < 100600 ? SERVER_D105 :
	       server->version < 110000 ? SERVER_D106 : SERVER_D11;
}

static inline unsigned case_servers(const char *words)
{
	static const struct { const char *word; unsigned servers; } names[] = {
		{ "m56", SERVER_M56 }, { "m8", SERVER_M8 }, { "d105", SERVER_D105 },
		{ "d106", SERVER_D106 }, { "d11", SERVER_D11 },
		{ "mysql", SERVER_M56 | SERVER_M8 },
		{ "mariadb", SERVER_D105 | SERVER_D106 | SERVER_D11 },
		{ "modern", SERVER_M8 | SERVER_D105 | SERVER_D106 | SERVER_D11 },
	};
	unsigned servers = 0;

	for (words += strspn(words, " "); *words; words += strspn(words, " ")) {
		size_t len = strcspn(words, " ");

		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
			if (strlen(names[i].word) == len && !strncmp(names[i].word, words, len))
				servers |= names[i].servers;
		}
		words += len;
	}
	return servers ? servers : 31;
}

/* The lines from start to end without empty ones at the end. */
static inline const char *case_part(struct arena *arena, const char *start, const char *end)
{
	while (end > start && end[-1] == '\n' && (end - 1 == start || end[-2] == '\n'))
		end--;
	return arena_strndup(arena, start, (size_t)(end - start));
}

static inline bool case_read(struct context *ctx, struct arena *arena, const char *path,
			     struct case_list *list)
{
	static const char mark[] = "-- case: ", arrow[] = "-->\n";
	const char *text, *at, *end;

	if (!file_read(ctx, arena, path, &text, NULL))
		return false;
	for (at = strstr(text, "\n-- case: "); at; at = *end ? end : NULL) {
		struct case_text item = { 0 };
		const char *head = at + 1 + strlen(mark), *body = strchr(head, '\n');
		const char *second;
		size_t len = strcspn(head, " \n");

		if (!body)
			break;
		end = strstr(body, "\n-- case: ");
		end = end ? end : body + strlen(body);
		body++;
		second = strstr(body, arrow);
		second = second && second < end ? second : NULL;
		item.name = arena_strndup(arena, head, len);
		item.servers = case_servers(
			arena_strndup(arena, head + len, (size_t)(body - 1 - head) - len));
		item.first = case_part(arena, body, second ? second : end);
		if (second)
			item.second = case_part(arena, second + strlen(arrow), end);
		LIST_PUSH(arena, list, item);
	}
	return list->n > 0;
}

/* Runs the first part as statements, each up to a ';' at a line's end; $ is the case's name, $$ a
 * dollar. The server's error in *message, which is valid until the next call. */
static inline bool case_run_sql(struct db *db, const struct case_text *test, const char **message)
{
	const char *text = test->first;
	bool ok = true;

	while (ok && *text) {
		struct buf sql = { 0 };

		for (; *text && !(text[0] == ';' && (text[1] == '\n' || !text[1])); text++) {
			if (text[0] == '$' && text[1] == '$')
				buf_add_char(&sql, *text++);
			else if (text[0] == '$')
				buf_add(&sql, test->name);
			else
				buf_add_char(&sql, *text);
		}
		ok = db_try(db, buf_text(&sql), sql.len, message) == 0;
		buf_free(&sql);
		text += strspn(text, ";\n");
	}
	return ok;
}

#endif
