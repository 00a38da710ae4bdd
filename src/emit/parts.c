#include "emit/parts.h"

#include "base/buf.h"
#include "base/quote.h"

#include <string.h>

bool parts_any_target(const struct server_list *targets, enum flavour flavour)
{
	for (size_t i = 0; i < targets->n; i++)
		if (targets->items[i].flavour == flavour)
			return true;
	return false;
}

void parts_string(struct buf *out, const char *text)
{
	quote_string(out, text, strlen(text));
}

/* MariaDB shows the options of its engines as they were written: in lower case, like its manual. */
static bool is_engine_option(enum tree_attr_kind kind)
{
	return kind == ATTR_PAGE_COMPRESSED || kind == ATTR_PAGE_COMPRESSION_LEVEL ||
	       kind == ATTR_ENCRYPTED || kind == ATTR_ENCRYPTION_KEY_ID;
}

void parts_keyword(struct buf *out, const char *word)
{
	for (; *word; word++)
		buf_add_char(out, (char)(*word >= 'a' && *word <= 'z' ? *word - 32 : *word));
}

static void add_names(struct buf *out, const struct name_list *names)
{
	buf_add_char(out, '(');
	for (size_t i = 0; i < names->n; i++) {
		if (i)
			buf_add(out, ", ");
		quote_name(out, names->items[i]);
	}
	buf_add_char(out, ')');
}

/* --- columns -------------------------------------------------------------------------------- */

void parts_collation(struct buf *out, const char *words, const struct name *collation)
{
	buf_add(out, words);
	if (word_equal(collation->text, "binary"))
		quote_name(out, collation);
	else
		buf_add(out, collation->text);
}

/*
 * All servers from 5.5.3 on read utf8mb3 and the collations called so (measured on 5.6.24, 9.7
 * and MariaDB 10.5 to 11.8): there is one spelling, whatever a server's own tables say.
 */
void parts_charset(struct buf *out, const struct name *charset, const struct name *collation)
{
	if (charset)
		buf_printf(out, " CHARACTER SET %s", charset->text);
	if (collation)
		parts_collation(out, " COLLATE ", collation);
}

static void add_now(struct buf *out, const struct column *column)
{
	buf_add(out, "CURRENT_TIMESTAMP");
	if (column->type.decimals > 0)
		buf_printf(out, "(%d)", column->type.decimals);
}

static void add_default(struct buf *out, const struct column *column)
{
	switch (column->default_kind) {
	case DEFAULT_NONE:
		return;
	case DEFAULT_LITERAL:
		buf_add(out, " DEFAULT ");
		expr_print(out, column->default_value, EXPR_SQL);
		return;
	case DEFAULT_NOW:
		buf_add(out, " DEFAULT ");
		add_now(out, column);
		return;
	case DEFAULT_EXPR:
		buf_add(out, " DEFAULT (");
		expr_print(out, column->default_value, EXPR_SQL);
		buf_add_char(out, ')');
		return;
	}
}

static void add_generated(struct buf *out, const struct column *column)
{
	buf_add(out, " GENERATED ALWAYS AS (");
	expr_print(out, column->generated, EXPR_SQL);
	buf_add(out, column->stored ? ") STORED" : ") VIRTUAL");
	/* MariaDB takes neither NULL nor NOT NULL here (1064), MySQL takes both */
	if (!column->nullable)
		buf_add(out, " NOT NULL");
}

static void add_column_option(struct buf *out, const struct option *option)
{
	switch ((int)option->kind) {
	case ATTR_COMPRESSED: /* stands behind the type */
		return;
	case ATTR_ENGINE_ATTRIBUTE:
	case ATTR_SECONDARY_ENGINE_ATTRIBUTE:
		buf_add_char(out, ' ');
		parts_keyword(out, tree_attr_spelling(option->kind));
		buf_add_char(out, ' ');
		parts_string(out, option->value);
		return;
	case ATTR_ROW_START:
		buf_add(out, " GENERATED ALWAYS AS ROW START");
		return;
	case ATTR_ROW_END:
		buf_add(out, " GENERATED ALWAYS AS ROW END");
		return;
	default:
		buf_add_char(out, ' ');
		parts_keyword(out, tree_attr_spelling(option->kind));
		if (*option->value)
			buf_printf(out, " %s", option->value);
	}
}

static void add_srid(struct buf *out, const struct server_list *targets, long srid)
{
	if (srid < 0)
		return;
	if (parts_any_target(targets, FLAVOUR_MARIADB))
		buf_printf(out, " REF_SYSTEM_ID=%ld", srid);
	else
		buf_printf(out, " SRID %ld", srid);
}

void parts_column(struct buf *out, const struct server_list *targets, const struct column *column)
{
	bool row_time = option_find(&column->options, ATTR_ROW_START) ||
			option_find(&column->options, ATTR_ROW_END);
	quote_name(out, column->name);
	buf_add_char(out, ' ');
	type_print(out, &column->type);
	/* MariaDB 11.8 takes it in no other place */
	if (option_find(&column->options, ATTR_COMPRESSED))
		buf_add(out, " COMPRESSED");
	parts_charset(out, column->charset, column->collation);
	/* of MariaDB an attribute of the type, of MySQL one of the column */
	if (parts_any_target(targets, FLAVOUR_MARIADB))
		add_srid(out, targets, column->type.srid);
	if (column->generated)
		add_generated(out, column);
	else if (!row_time)
		buf_add(out, !column->nullable        ? " NOT NULL"
			     : column->auto_increment ? ""
						      : " NULL");
	if (!parts_any_target(targets, FLAVOUR_MARIADB))
		add_srid(out, targets, column->type.srid);
	add_default(out, column);
	if (column->on_update_now) {
		buf_add(out, " ON UPDATE ");
		add_now(out, column);
	}
	if (column->auto_increment)
		/* what says NOT NULL unless NULL follows */
		buf_add(out, column->nullable ? " AUTO_INCREMENT NULL" : " AUTO_INCREMENT");
	for (size_t i = 0; i < column->options.n; i++)
		add_column_option(out, &column->options.items[i]);
	if (column->invisible)
		buf_add(out, " INVISIBLE");
	if (*column->comment) {
		buf_add(out, " COMMENT ");
		parts_string(out, column->comment);
	}
	if (column->check) {
		buf_add(out, " CHECK (");
		expr_print(out, column->check, EXPR_SQL);
		buf_add_char(out, ')');
	}
}

/* --- keys and checks ------------------------------------------------------------------------ */

static void add_part(struct buf *out, const struct index_part *part)
{
	if (part->column) {
		quote_name(out, part->column);
	} else {
		buf_add_char(out, '(');
		expr_print(out, part->expr, EXPR_SQL);
		buf_add_char(out, ')');
	}
	if (part->length)
		buf_printf(out, "(%u)", part->length);
	if (part->desc)
		buf_add(out, " DESC");
}

static void add_index_option(struct buf *out, const struct option *option)
{
	switch ((int)option->kind) {
	case ATTR_WITHOUT_OVERLAPS: /* stands among the parts */
		return;
	case ATTR_USING:
	case ATTR_PARSER:
		buf_add_char(out, ' ');
		parts_keyword(out, tree_attr_spelling(option->kind));
		buf_printf(out, " %s", option->value);
		return;
	case ATTR_ENGINE_ATTRIBUTE:
	case ATTR_SECONDARY_ENGINE_ATTRIBUTE:
		buf_add_char(out, ' ');
		parts_keyword(out, tree_attr_spelling(option->kind));
		buf_add_char(out, ' ');
		parts_string(out, option->value);
		return;
	default:
		buf_add_char(out, ' ');
		parts_keyword(out, tree_attr_spelling(option->kind));
		buf_printf(out, "=%s", option->value);
	}
}

void parts_index(struct buf *out, const struct server_list *targets, const struct index *index)
{
	static const char *const words[] = {
		[KEY_PRIMARY] = "PRIMARY KEY",   [KEY_UNIQUE] = "UNIQUE INDEX",
		[KEY_INDEX] = "INDEX",           [KEY_FULLTEXT] = "FULLTEXT INDEX",
		[KEY_SPATIAL] = "SPATIAL INDEX", [KEY_VECTOR] = "VECTOR INDEX",
	};
	const char *period = option_find(&index->options, ATTR_WITHOUT_OVERLAPS);
	buf_add(out, words[index->kind]);
	buf_add_char(out, ' ');
	if (index->kind != KEY_PRIMARY) {
		quote_name(out, index->name);
		buf_add_char(out, ' ');
	}
	buf_add_char(out, '(');
	for (size_t i = 0; i < index->parts.n; i++) {
		if (i)
			buf_add(out, ", ");
		add_part(out, &index->parts.items[i]);
	}
	if (period) {
		buf_add(out, ", ");
		quote_identifier(out, period);
		buf_add(out, " WITHOUT OVERLAPS");
	}
	buf_add_char(out, ')');
	for (size_t i = 0; i < index->options.n; i++)
		add_index_option(out, &index->options.items[i]);
	if (index->comment && *index->comment) {
		buf_add(out, " COMMENT ");
		parts_string(out, index->comment);
	}
	if (index->invisible)
		buf_add(out,
			parts_any_target(targets, FLAVOUR_MARIADB) ? " IGNORED" : " INVISIBLE");
}

static void add_action(struct buf *out, const char *event, enum fk_action action)
{
	static const char *const words[] = {
		[FK_DEFAULT] = NULL,          [FK_RESTRICT] = "RESTRICT",
		[FK_NO_ACTION] = "NO ACTION", [FK_CASCADE] = "CASCADE",
		[FK_SET_NULL] = "SET NULL",   [FK_SET_DEFAULT] = "SET DEFAULT",
	};
	if (words[action])
		buf_printf(out, " ON %s %s", event, words[action]);
}

void parts_foreign_key(struct buf *out, const struct foreign_key *key)
{
	buf_add(out, "CONSTRAINT ");
	quote_name(out, key->name);
	buf_add(out, " FOREIGN KEY ");
	add_names(out, &key->columns);
	buf_add(out, " REFERENCES ");
	if (key->parent_database) {
		quote_name(out, key->parent_database);
		buf_add_char(out, '.');
	}
	quote_name(out, key->parent);
	buf_add_char(out, ' ');
	add_names(out, &key->parent_columns);
	add_action(out, "DELETE", key->on_delete);
	add_action(out, "UPDATE", key->on_update);
}

void parts_check(struct buf *out, const struct check *check)
{
	buf_add(out, "CONSTRAINT ");
	quote_name(out, check->name);
	buf_add(out, " CHECK (");
	expr_print(out, check->expr, EXPR_SQL);
	buf_add_char(out, ')');
	if (check->not_enforced)
		buf_add(out, " NOT ENFORCED");
}

/* SYSTEM_TIME is a word: in backquotes it would be the name of another period. */
void parts_period_name(struct buf *out, const struct period *period)
{
	buf_add(out, "PERIOD FOR ");
	if (period_is_system_time(period))
		buf_add(out, "SYSTEM_TIME");
	else
		quote_name(out, period->name);
}

void parts_period(struct buf *out, const struct period *period)
{
	struct name_list columns = { (const struct name *[]){ period->from, period->to }, 2, 2 };
	parts_period_name(out, period);
	buf_add_char(out, ' ');
	add_names(out, &columns);
}

/* --- table options -------------------------------------------------------------------------- */

/* What takes an option back. Others: DEFAULT. */
static const char *absent_value(enum tree_attr_kind kind)
{
	switch ((int)kind) {
	case ATTR_KEY_BLOCK_SIZE:
	case ATTR_CHECKSUM:
	case ATTR_DELAY_KEY_WRITE:
	case ATTR_AVG_ROW_LENGTH:
	case ATTR_MIN_ROWS:
	case ATTR_MAX_ROWS:
	case ATTR_AUTOEXTEND_SIZE:
		return "0";
	case ATTR_PAGE_CHECKSUM: /* DEFAULT is what it was */
		return "1";
	case ATTR_INSERT_METHOD:
		return "NO";
	case ATTR_ENCRYPTION:
		return "'N'";
	case ATTR_COMPRESSION:
	case ATTR_CONNECTION:
	case ATTR_ENGINE_ATTRIBUTE:
	case ATTR_SECONDARY_ENGINE_ATTRIBUTE:
		return "''";
	case ATTR_SECONDARY_ENGINE:
		return "NULL";
	case ATTR_UNION:
		return "()";
	case ATTR_TABLESPACE:
		return "innodb_file_per_table";
	default:
		return "DEFAULT";
	}
}

void parts_option_name(struct buf *out, enum tree_attr_kind kind)
{
	if (is_engine_option(kind))
		buf_add(out, tree_attr_spelling(kind));
	else
		parts_keyword(out, tree_attr_spelling(kind));
}

void parts_option(struct buf *out, enum tree_attr_kind kind, const char *value)
{
	bool quoted = value && tree_attr_value(kind) == VALUE_STRING;
	parts_option_name(out, kind);
	if (tree_attr_value(kind) == VALUE_NONE)
		return;
	buf_add_char(out, kind == ATTR_TABLESPACE || kind == ATTR_STORAGE ? ' ' : '=');
	if (quoted)
		parts_string(out, value);
	else if (value && kind == ATTR_TABLESPACE)
		quote_identifier(out, value);
	else
		buf_add(out, value ? value : absent_value(kind));
}
