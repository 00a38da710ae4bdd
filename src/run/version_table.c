#include "run/version_table.h"

#include "base/quote.h"

#include <string.h>

void version_table_name(struct buf *out, const struct version_table *table)
{
	if (table->database) {
		quote_identifier(out, table->database);
		buf_add_char(out, '.');
	}
	quote_identifier(out, table->name);
}

/* Alembic's shape, its name of the primary key included. */
void version_table_create(struct buf *out, const struct version_table *table, bool if_missing)
{
	struct buf key = { 0 };
	buf_printf(&key, "%s_pkc", table->name);
	buf_add(out, "CREATE TABLE ");
	buf_add(out, if_missing ? "IF NOT EXISTS " : "");
	version_table_name(out, table);
	buf_add(out, " (`version_num` VARCHAR(32) NOT NULL, CONSTRAINT ");
	quote_identifier(out, buf_text(&key));
	buf_add(out, " PRIMARY KEY (`version_num`))"
		     " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
	buf_free(&key);
}

static bool has(const struct string_list *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++)
		if (!strcmp(list->items[i], text))
			return true;
	return false;
}

struct string_list version_rows_less(struct arena *arena, const struct string_list *a,
				     const struct string_list *b)
{
	struct string_list rest = { 0 };
	for (size_t i = 0; i < a->n; i++)
		if (!has(b, a->items[i]))
			LIST_PUSH(arena, &rest, a->items[i]);
	return rest;
}

/* `old` becomes `new`; NULL for either: the row comes, or goes. */
static void change_row(struct buf *out, const struct version_table *table, const char *old,
		       const char *new)
{
	buf_add(out, old && new ? "UPDATE " : old ? "DELETE FROM " : "INSERT INTO ");
	version_table_name(out, table);
	if (new) {
		buf_add(out, old ? " SET `version_num` = " : " (`version_num`) VALUES (");
		quote_string(out, new, strlen(new));
		buf_add(out, old ? "" : ")");
	}
	if (old) {
		buf_add(out, " WHERE `version_num` = ");
		quote_string(out, old, strlen(old));
	}
}

/* Like Alembic: a row goes over into another one where it can, the rest come and go. */
bool version_table_move(struct arena *arena, const struct version_table *table,
			const struct string_list *before, const struct string_list *after,
			bool (*each)(const struct buf *sql, void *data), void *data)
{
	struct string_list gone = version_rows_less(arena, before, after);
	struct string_list new = version_rows_less(arena, after, before);
	struct buf sql = { 0 };
	bool ok = true;
	size_t over =
		gone.n && new.n ? 1 : 0; /* rows that go over: the last old one, the first new */
	for (size_t i = 0; ok && i + over < gone.n; i++) {
		buf_clear(&sql);
		change_row(&sql, table, gone.items[i], NULL);
		ok = each(&sql, data);
	}
	for (size_t i = 0; ok && i < new.n; i++) {
		buf_clear(&sql);
		change_row(&sql, table, i < over ? gone.items[gone.n - 1] : NULL, new.items[i]);
		ok = each(&sql, data);
	}
	buf_free(&sql);
	return ok;
}
