#include "mysql/introspect.h"

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/context.h"
#include "model/charset.h"
#include "model/option.h"
#include "mysql/live.h"

static bool is_wanted(const struct live *live, const struct name *name)
{
	if (!live->only)
		return true;
	for (size_t i = 0; i < live->only->n; i++) {
		if (schema_same_table(live->schema, live->only->items[i], name))
			return true;
	}
	return false;
}

/* The attribute of a table that is spelled so; ATTR_COUNT: none. */
static enum tree_attr_kind table_option(const char *word)
{
	for (int kind = 0; kind < ATTR_COUNT; kind++) {
		if (kind == ATTR_TABLE_AUTO_INCREMENT || kind == ATTR_AUTO_INCREMENT)
			continue;
		if (word_equal(tree_attr_spelling((enum tree_attr_kind)kind), word))
			return (enum tree_attr_kind)kind;
	}
	return ATTR_COUNT;
}

/* `DATA DIRECTORY` is the one option of two words. */
static bool goes_on(const struct buf *key, const char *text)
{
	return (word_equal(buf_text(key), "DATA") || word_equal(buf_text(key), "INDEX")) &&
	       !strncasecmp(text, " DIRECTORY=", 11);
}

/*
 * CREATE_OPTIONS: row_format=COMPRESSED KEY_BLOCK_SIZE=8 partitioned `page_compressed`=1
 * COMPRESSION="zlib". What the language has no word for (options of rare engines) is passed over.
 */
static void read_options(struct live *live, struct table *table, const char *text)
{
	while (*text) {
		struct buf key = { 0 }, value = { 0 };
		enum tree_attr_kind kind;
		char quote;

		for (; *text && *text != '=' && (*text != ' ' || goes_on(&key, text)); text++) {
			if (*text != '`')
				buf_add_char(&key, *text);
		}
		if (*text == '=') {
			text++;
			quote = *text == '"' || *text == '\'' || *text == '`' ? *text++ : '\0';
			while (*text && *text != (quote ? quote : ' '))
				buf_add_char(&value, *text++);
			if (*text == quote && quote)
				text++;
			kind = table_option(buf_text(&key));
			if (kind != ATTR_COUNT)
				option_take(live->arena, &table->options, kind,
					    table->engine ? table->engine->text : NULL,
					    buf_text(&value));
		}
		while (*text == ' ')
			text++;
		buf_free(&key);
		buf_free(&value);
	}
}

enum { T_NAME, T_TYPE, T_ENGINE, T_COLLATION, T_OPTIONS, T_COMMENT };

static void read_table(struct live *live, const struct db_row *row)
{
	const struct name *name = live_name(live, row, T_NAME);
	const struct origin origin = { .kind = ORIGIN_LIVE };
	struct table *table;

	if (!is_wanted(live, name))
		return;
	table = table_new(live->schema, name);
	table->engine = live_name(live, row, T_ENGINE);
	table->comment = arena_strdup(live->arena, live_text(row, T_COMMENT));
	table->charset_origin = table->collation_origin = origin;
	if (row->cells[T_COLLATION]) {
		table->collation = charset_canonical(live->ctx, live_name(live, row, T_COLLATION));
		table->charset = collation_charset(live->ctx, table->collation);
	}
	if (live_is(row, T_TYPE, "SYSTEM VERSIONED"))
		live_option(live, &table->options, ATTR_WITH_SYSTEM_VERSIONING, "");
	read_options(live, table, live_text(row, T_OPTIONS));
	/* a table whose files are broken, or whose engine isn't there: the comment says why */
	if (!table->engine || !table->collation || !table->charset) {
		live_unknown(live, table, REFUSAL_UNREADABLE, "the server can't read it: %s",
			     table->comment);
		table->engine = table->engine ? table->engine : live->schema->engine;
		table->charset = live->schema->charset;
		table->collation = live->schema->collation;
	}
	schema_add_table(live->schema, table);
}

bool live_tables(struct live *live)
{
	struct db_result result;

	if (!live_query(live, &result,
			"select table_name, table_type, engine, table_collation, create_options, "
			"table_comment from information_schema.tables where table_schema = %s "
			"and table_type in ('BASE TABLE', 'SYSTEM VERSIONED')",
			live->database))
		return false;
	live_sort(&result, (struct live_order){ { T_NAME }, 1, 0 });
	for (size_t i = 0; i < result.rows.n; i++)
		read_table(live, &result.rows.items[i]);
	return true;
}

bool live_names(struct live *live)
{
	struct db_result result;

	if (!live_query(live, &result,
			"select table_name from information_schema.tables where table_schema = %s "
			"and table_type in ('BASE TABLE', 'SYSTEM VERSIONED')",
			live->database))
		return false;
	live_sort(&result, (struct live_order){ { T_NAME }, 1, 0 });
	for (size_t i = 0; i < result.rows.n; i++) {
		const struct name *name = live_name(live, &result.rows.items[i], T_NAME);

		schema_add_table(live->schema, table_new(live->schema, name));
	}
	return true;
}

/* The database's defaults as they are now (the session's are those at connecting). */
static bool read_database(struct live *live)
{
	struct schema *schema = live->schema;
	struct db_result result;

	if (!live_query(live, &result,
			"select default_character_set_name, default_collation_name "
			"from information_schema.schemata where schema_name = %s",
			live->database))
		return false;
	schema->engine = live->server->default_engine;
	schema->charset = live->server->default_charset;
	schema->collation = live->server->default_collation;
	schema->charset_origin.kind = schema->collation_origin.kind = ORIGIN_DATABASE;
	if (result.rows.n) {
		const struct db_row *row = &result.rows.items[0];

		schema->charset = charset_canonical(live->ctx, live_name(live, row, 0));
		schema->collation = charset_canonical(live->ctx, live_name(live, row, 1));
	}
	return true;
}

/* The server's description lives as long as the connection, the model may live longer. */
static const struct server *copy_server(struct arena *arena, const struct server *server)
{
	return arena_memdup(arena, server, sizeof(*server));
}

static struct schema *introspect(struct live *live)
{
	const struct server *server = db_server(live->db);
	const char *database = db_database(live->db);
	struct diag *diag;
	bool ok;

	if (!server)
		return NULL;
	if (!database) {
		diag = ctx_error(live->ctx, "database", span_none(),
				 "the database URL names no database");
		ctx_hint(live->ctx, diag, "mysql://user:password@host:3306/name");
		return NULL;
	}
	arena_init(&live->scratch);
	live->server = copy_server(live->arena, server);
	live->schema = schema_new(live->ctx, live->arena, live->server);
	live->database = live_literal(live, database);
	ok = read_database(live) && live_tables(live) && live_checks(live) && live_columns(live) &&
	     live_srids(live) && live_indexes(live) && live_foreign_keys(live) &&
	     live_partitions(live) && live_details(live) && live_rights(live);
	arena_free(&live->scratch);
	return ok ? live->schema : NULL;
}

struct schema *introspect_schema(struct context *ctx, struct arena *arena, struct db *db,
				 const struct name_list *only)
{
	struct live live = { .ctx = ctx, .arena = arena, .db = db, .only = only, .whole = true };

	return introspect(&live);
}

struct schema *introspect_against(struct context *ctx, struct arena *arena, struct db *db,
				  const struct schema *const *models, size_t n)
{
	struct live live = { .ctx = ctx, .arena = arena, .db = db };

	live.models = models;
	live.n_models = n;
	return introspect(&live);
}

/* --- other databases ------------------------------------------------------------------------------ */

/* The tables of that database that keys of the schema reference. */
static struct name_list referenced(struct arena *arena, const struct schema *schema,
				   const struct name *database)
{
	struct name_list names = { 0 };

	for (size_t i = 0; i < schema->tables.n; i++) {
		const struct foreign_key_list *keys = &schema->tables.items[i]->foreign_keys;

		for (size_t j = 0; j < keys->n; j++) {
			if (schema_same_table(schema, keys->items[j]->parent_database, database))
				LIST_PUSH(arena, &names, keys->items[j]->parent);
		}
	}
	return names;
}

static bool read_outside(struct context *ctx, struct arena *arena, struct db *db,
			 const struct server *server, const struct name_list *names,
			 struct outside *outside)
{
	struct live live = { .ctx = ctx, .arena = arena, .db = db };
	bool ok;

	arena_init(&live.scratch);
	live.only = names;
	live.server = server;
	live.schema = schema_new(ctx, arena, server);
	live.database = live_literal(&live, outside->database->text);
	ok = read_database(&live) && live_tables(&live) && live_checks(&live) &&
	     live_columns(&live) && live_indexes(&live) && live_partitions(&live) &&
	     live_rights_outside(&live, &outside->whole);
	arena_free(&live.scratch);
	outside->schema = live.schema;
	return ok;
}

static bool is_read(const struct schema *schema, const struct name *database)
{
	for (size_t i = 0; i < schema->outside.n; i++) {
		if (schema_same_table(schema, schema->outside.items[i].database, database))
			return true;
	}
	return false;
}

bool introspect_outside(struct context *ctx, struct arena *arena, struct db *db,
			struct schema *schema)
{
	for (size_t i = 0; i < schema->tables.n; i++) {
		const struct foreign_key_list *keys = &schema->tables.items[i]->foreign_keys;

		for (size_t j = 0; j < keys->n; j++) {
			const struct name *database = keys->items[j]->parent_database;

			struct outside outside = { .database = database };
			struct name_list names;

			if (!database || is_read(schema, database))
				continue;
			names = referenced(arena, schema, database);
			if (!read_outside(ctx, arena, db, schema->server, &names, &outside))
				return false;
			LIST_PUSH(schema->arena, &schema->outside, outside);
		}
	}
	return true;
}

const struct table *introspect_outside_table(struct context *ctx, struct arena *arena,
					     struct db *db, const struct name *database,
					     const struct name *table)
{
	const struct server *server = db_server(db);
	struct outside outside = { .database = database };
	struct name_list names = { 0 };
	const struct table *found;

	LIST_PUSH(arena, &names, table);
	if (!server || !read_outside(ctx, arena, db, copy_server(arena, server), &names, &outside))
		return NULL;
	found = schema_find_table(outside.schema, table);
	return found && !found->unknown ? found : NULL;
}
