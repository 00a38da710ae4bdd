/* live_constraint: checks and foreign keys. */
#include "model/equal.h"
#include "mysql/live.h"

#include <string.h>

#include "base/context.h"

/* --- checks ----------------------------------------------------------------------------------- */

enum { X_TABLE, X_NAME, X_CLAUSE, X_LEVEL };

/*
 * A column's check is called like the column was when it was made: MariaDB keeps that name when the
 * column is renamed (measured on 10.5, 10.11 and 11.8), even when another column has it now. Where
 * the check does not mention the column of its name, SHOW CREATE TABLE says whose it is.
 */
static const struct name *checked_column(struct live *live, struct table *table,
					 const struct name *name, const struct expr *expr,
					 const char *text)
{
	const struct name *shown = NULL;

	if (!expr_uses_column(expr, name))
		shown = live_shown_check(live, table, text);
	return shown ? shown : name;
}

static void read_check(struct live *live, struct table *table, const struct db_row *row,
		       bool at_column, bool enforced)
{
	const char *text = live_text(row, X_CLAUSE);
	size_t len = row->lens[X_CLAUSE];
	struct check *check;

	if (at_column) {
		struct live_check own = { .table = table,
					  .expr = live_parse(live, text, len),
					  .text = text };

		own.column =
			checked_column(live, table, live_name(live, row, X_NAME), own.expr, text);
		LIST_PUSH(&live->scratch, &live->column_checks, own);
		return;
	}
	check = ARENA_NEW(live->arena, struct check);
	check->name = live_name(live, row, X_NAME);
	check->named = true;
	check->not_enforced = !enforced;
	check->expr = live_expr(live, text, len);
	LIST_PUSH(live->arena, &table->checks, check);
}

/* MariaDB: names are unique per table, a column's check is called like the column. */
static bool read_mariadb_checks(struct live *live)
{
	struct db_result result;

	if (!live_query(live, &result,
			"select table_name, constraint_name, check_clause, %s "
			"from information_schema.check_constraints where constraint_schema = %s",
			live_if(live, LIVE_CHECK_LEVEL, "level", "null"), live->database))
		return false;
	live_sort(&result, (struct live_order){ { X_TABLE, X_NAME, X_LEVEL }, 3, 0 });
	for (size_t i = 0; i < result.rows.n; i++) {
		const struct db_row *row = &result.rows.items[i];
		struct table *table = live_table(live, row);

		if (table)
			read_check(live, table, row, live_is(row, X_LEVEL, "Column"), true);
	}
	return true;
}

/* MySQL: names are unique per database; CHECK_CONSTRAINTS does not say which table's. Both answers
 * are sorted by name and walked together. */
static bool read_mysql_checks(struct live *live)
{
	enum { N_NAME = 1, N_ENFORCED = 2 };
	struct db_result clauses, tables;
	size_t at = 0;

	if (!live_query(live, &clauses,
			"select null, constraint_name, check_clause "
			"from information_schema.check_constraints where constraint_schema = %s",
			live->database) ||
	    !live_query(live, &tables,
			"select table_name, constraint_name, enforced "
			"from information_schema.table_constraints "
			"where table_schema = %s and constraint_type = 'CHECK'",
			live->database))
		return false;
	live_sort(&clauses, (struct live_order){ { X_NAME }, 1, 0 });
	live_sort(&tables, (struct live_order){ { N_NAME }, 1, 0 });
	for (size_t i = 0; i < tables.rows.n; i++) {
		const struct db_row *row = &tables.rows.items[i];
		struct table *table = live_table(live, row);
		int order = -1;

		while (at < clauses.rows.n &&
		       (order = strcmp(live_text(&clauses.rows.items[at], X_NAME),
				       live_text(row, N_NAME))) < 0)
			at++;
		if (!table)
			continue;
		if (at < clauses.rows.n && order == 0)
			read_check(live, table, &clauses.rows.items[at], false,
				   !live_is(row, N_ENFORCED, "NO"));
		else
			live_unknown(live, table, REFUSAL_PRIVILEGES,
				     "privileges hide its check '%s'", live_text(row, N_NAME));
	}
	return true;
}

bool live_checks(struct live *live)
{
	if (!live_has(live, LIVE_CHECKS))
		return true;
	return live->server->flavour == FLAVOUR_MARIADB ? read_mariadb_checks(live)
							: read_mysql_checks(live);
}

/* --- foreign keys ----------------------------------------------------------------------------- */

enum { F_TABLE, F_NAME, F_ORDINAL, F_COLUMN, F_PARENT_DATABASE, F_PARENT, F_PARENT_COLUMN };
enum { R_TABLE, R_NAME, R_UPDATE, R_DELETE };

static enum fk_action action_of(const struct server *server, const char *rule)
{
	static const struct {
		const char *text;
		enum fk_action action;
	} rules[] = {
		{ "RESTRICT", FK_RESTRICT },       { "NO ACTION", FK_NO_ACTION },
		{ "CASCADE", FK_CASCADE },         { "SET NULL", FK_SET_NULL },
		{ "SET DEFAULT", FK_SET_DEFAULT },
	};

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (word_equal(rule, rules[i].text))
			return fk_action_stored(server, FK_DEFAULT) == rules[i].action
				       ? FK_DEFAULT
				       : rules[i].action;
	}
	return FK_DEFAULT;
}

static int compare_keys(const struct db_row *a, const struct db_row *b)
{
	int order = strcmp(live_text(a, 0), live_text(b, 0));

	return order ? order : strcmp(live_text(a, 1), live_text(b, 1));
}

/* Its rules, by binary search in what is sorted by table and name; NULL: hidden. */
static const struct db_row *find_rules(const struct db_result *rules, const struct db_row *key)
{
	size_t low = 0, high = rules->rows.n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = compare_keys(&rules->rows.items[middle], key);

		if (order == 0)
			return &rules->rows.items[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Databases are folders: their names are as exact as those of tables. */
static bool same_database(const struct live *live, const char *name)
{
	const char *ours = db_database(live->db);

	return live->server->lower_case_table_names ? !strcasecmp(name, ours) : !strcmp(name, ours);
}

static struct foreign_key *new_foreign_key(struct live *live, struct table *table,
					   const struct db_row *row, const struct db_row *rules)
{
	struct foreign_key *key = ARENA_NEW(live->arena, struct foreign_key);

	key->name = live_name(live, row, F_NAME);
	key->named = true;
	key->parent = live_name(live, row, F_PARENT);
	if (!same_database(live, live_text(row, F_PARENT_DATABASE)))
		key->parent_database = live_name(live, row, F_PARENT_DATABASE);
	if (rules) {
		key->on_update = action_of(live->server, live_text(rules, R_UPDATE));
		key->on_delete = action_of(live->server, live_text(rules, R_DELETE));
	} else {
		live_unknown(live, table, REFUSAL_PRIVILEGES,
			     "privileges hide the actions of its foreign key '%s'",
			     key->name->text);
	}
	return key;
}

static void read_foreign_keys(struct live *live, const struct db_result *columns,
			      const struct db_result *rules)
{
	size_t end;

	for (size_t i = 0; i < columns->rows.n; i = end) {
		const struct db_row *first = &columns->rows.items[i];
		struct table *table = live_table(live, first);
		struct foreign_key *key = NULL;

		if (table)
			key = new_foreign_key(live, table, first, find_rules(rules, first));
		for (end = i; end < columns->rows.n; end++) {
			const struct db_row *row = &columns->rows.items[end];

			if (compare_keys(row, first) != 0)
				break;
			if (!key)
				continue;
			LIST_PUSH(live->arena, &key->columns, live_name(live, row, F_COLUMN));
			LIST_PUSH(live->arena, &key->parent_columns,
				  live_name(live, row, F_PARENT_COLUMN));
		}
		if (key)
			LIST_PUSH(live->arena, &table->foreign_keys, key);
	}
}

bool live_foreign_keys(struct live *live)
{
	struct db_result columns, rules;

	if (!live_query(live, &columns,
			"select table_name, constraint_name, ordinal_position, column_name, "
			"referenced_table_schema, referenced_table_name, referenced_column_name "
			"from information_schema.key_column_usage "
			"where table_schema = %s and referenced_table_name is not null",
			live->database) ||
	    !live_query(live, &rules,
			"select table_name, constraint_name, update_rule, delete_rule "
			"from information_schema.referential_constraints "
			"where constraint_schema = %s",
			live->database))
		return false;
	live_sort(&columns, (struct live_order){ { F_TABLE, F_NAME, F_ORDINAL }, 3, 4 });
	live_sort(&rules, (struct live_order){ { R_TABLE, R_NAME }, 2, 0 });
	read_foreign_keys(live, &columns, &rules);
	return true;
}
