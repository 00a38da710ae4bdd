#include "dsl/limits.h"

#include <string.h>

#include "dsl/attrs.h"
#include "dsl/limit_engine.h"
#include "dsl/limit_expr.h"
#include "dsl/limit_members.h"
#include "dsl/limit_partition.h"
#include "model/charset.h"
#include "model/option.h"

/* MySQL manual, "InnoDB Limits" and "The MyISAM Storage Engine"; MariaDB, "InnoDB Limitations". */
#define INNODB_PART_BYTES 3072
#define INNODB_PART_BYTES_OLD 767 /* COMPACT and REDUNDANT, and all of 5.6 without large prefixes */
#define INNODB_KEY_BYTES 3072
#define VECTOR_PRIMARY_BYTES 256 /* of MariaDB 11.8 (ER_TOO_LONG_KEY with a text of its own) */
#define MYISAM_KEY_BYTES 1000
#define MYSQL_PARTS 16
#define MARIADB_PARTS 32
#define MYSQL_DYNAMIC_SINCE 50709 /* innodb_default_row_format */
#define MARIADB_DYNAMIC_SINCE 100202

/* What the checks of one table carry along. */
struct limits {
	struct resolver *r;
	const struct table *table;
};

static bool is_engine(const struct table *table, const char *engine)
{
	return table->engine && word_equal(table->engine->text, engine);
}

static bool is_mysql(const struct resolver *r)
{
	return r->server->flavour == FLAVOUR_MYSQL;
}

static const struct column *part_column(const struct limits *l, const struct index *index,
					size_t at)
{
	const struct index_part *part = at < index->parts.n ? &index->parts.items[at] : NULL;
	return part && part->column ? table_column(l->table, part->column) : NULL;
}

/* --- sizes -------------------------------------------------------------------------------------- */

static bool is_dynamic(const struct limits *l)
{
	const char *format = option_find(&l->table->options, ATTR_ROW_FORMAT);
	unsigned since = is_mysql(l->r) ? MYSQL_DYNAMIC_SINCE : MARIADB_DYNAMIC_SINCE;
	if (format)
		return !strcmp(format, "DYNAMIC") || !strcmp(format, "COMPRESSED");
	return l->r->server->version >= since;
}

static unsigned part_limit(const struct limits *l)
{
	if (is_engine(l->table, "MyISAM"))
		return MYISAM_KEY_BYTES;
	return l->r->server->large_prefix && is_dynamic(l) ? INNODB_PART_BYTES
							   : INNODB_PART_BYTES_OLD;
}

static unsigned column_charset_bytes(const struct column *column)
{
	return column->charset ? charset_bytes(column->charset) : 1;
}

static unsigned part_bytes(const struct column *column, const struct index_part *part)
{
	if (part->length)
		return part->length * column_charset_bytes(column);
	return type_key_bytes(&column->type, column_charset_bytes(column));
}

static void check_part_size(const struct limits *l, const struct index *index,
			    const struct column *column, unsigned bytes)
{
	unsigned limit = part_limit(l);
	if (bytes <= limit)
		return;
	struct diag *diag = scope_error(
		l->r, "key-length", index->span,
		"column '%s' takes %u bytes in the key '%s', %s has room for %u (error 1071)",
		column->name->text, bytes, index->name->text, scope_server(l->r), limit);
	ctx_place(l->r->ctx, diag, column->span, "%s",
		  column->charset ? column->charset->text : "");
	if (column->charset)
		ctx_hint(l->r->ctx, diag, "a prefix of at most %u characters: %s(%u)",
			 limit / column_charset_bytes(column), column->name->text,
			 limit / column_charset_bytes(column));
}

/* MySQL keeps keys on virtual columns in InnoDB alone, MariaDB has engines that can't. */
static void check_virtual(const struct limits *l, const struct index *index,
			  const struct column *column)
{
	bool can = is_mysql(l->r) ? is_engine(l->table, "InnoDB") : !is_engine(l->table, "Aria");
	if (column->generated && !column->stored && !can)
		scope_error(l->r, "key", index->span,
			    "%s can't index '%s', a virtual column (error %d)",
			    l->table->engine->text, column->name->text,
			    is_mysql(l->r) ? 1478 : 1904);
}

/* A fulltext or spatial index looks at no virtual column; MyISAM's of MariaDB do. */
static void check_other_virtual(const struct limits *l, const struct index *index,
				const struct column *column)
{
	bool can = !is_mysql(l->r) && !is_engine(l->table, "InnoDB");
	if (column->generated && !column->stored && !can)
		scope_error(l->r, "key", index->span,
			    "'%s' is a virtual column: no fulltext or spatial index takes it "
			    "(error %d)",
			    column->name->text, is_mysql(l->r) ? 3106 : 1907);
}

static void check_size(const struct limits *l, const struct index *index)
{
	unsigned total = 0;
	unsigned limit = is_engine(l->table, "MyISAM") ? MYISAM_KEY_BYTES : INNODB_KEY_BYTES;
	unsigned parts = is_mysql(l->r) ? MYSQL_PARTS : MARIADB_PARTS;
	if (index->parts.n > parts)
		scope_error(l->r, "key", index->span, "a key has at most %u columns (error 1070)",
			    parts);
	if (index->kind == KEY_UNIQUE && server_has(l->r->server, CAP_UNIQUE_HASH))
		return; /* MariaDB makes a long unique key of what a btree can't hold */
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct index_part *part = &index->parts.items[i];
		const struct column *column = part_column(l, index, i);
		if (!column)
			continue;
		unsigned bytes = part_bytes(column, part);
		check_part_size(l, index, column, bytes);
		check_virtual(l, index, column);
		total += bytes;
	}
	if (index->parts.n > 1 && total > limit)
		scope_error(l->r, "key-length", index->span,
			    "the key '%s' takes %u bytes, a server has room for %u (error 1071)",
			    index->name->text, total, limit);
}

/* A unique key by hash leans on a hidden column that Aria takes for too long (measured on MariaDB 10.5,
 * 10.11 and 11.8). */
static void check_hash(const struct limits *l, const struct index *index)
{
	const char *algorithm = option_find(&index->options, ATTR_USING);
	bool said = algorithm && word_equal(algorithm, "HASH");
	bool hash = index->kind == KEY_UNIQUE && (said || table_is_long_unique(l->table, index));
	if (!hash || !is_engine(l->table, "Aria"))
		return;
	struct diag *diag = scope_error(
		l->r, "key", index->span,
		"Aria has no unique keys by hash, such as '%s' (error 1071)", index->name->text);
	ctx_hint(l->r->ctx, diag,
		 said ? "leave 'using hash' away" : "shorter columns, or another engine");
}

/* --- blocks of MyISAM --------------------------------------------------------------------------- */

/* The longest that a key gets beside its values: pointers of rows, NULLs, lengths of strings. */
static unsigned block_need(const struct limits *l, const struct index *index)
{
	unsigned row_pointer = option_find(&l->table->options, ATTR_MAX_ROWS) ? 7 : 6;
	unsigned key_pointer = 5, bytes = 2 * row_pointer + key_pointer;
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct column *column = part_column(l, index, i);
		if (!column)
			continue;
		unsigned own = part_bytes(column, &index->parts.items[i]);
		bool packed = index->parts.items[i].length || column->charset ||
			      type_class(&column->type) == CLASS_BINARY;
		bytes += own + column->nullable + (packed ? own >= 255 ? 3 : 1 : 0);
	}
	return 4 * bytes + key_pointer + 2;
}

/*
 * MyISAM takes larger blocks than it is told for a key of which four don't fit, and shows those
 * (mi_create() of its sources; measured on 5.6, 9.7, MariaDB 10.5 and 11.8).
 */
static void check_blocks(const struct limits *l, const struct index *index)
{
	const char *own = option_find(&index->options, ATTR_KEY_BLOCK_SIZE);
	const char *said = own ? own : option_find(&l->table->options, ATTR_KEY_BLOCK_SIZE);
	unsigned long size = said ? option_block_size("MyISAM", said) : 0;
	unsigned need = block_need(l, index), fit = 1024;
	if (!said || !is_engine(l->table, "MyISAM") || size > need)
		return;
	while (fit <= need)
		fit *= 2;
	struct diag *diag = scope_error(l->r, "key-block-size", index->span,
					"blocks of %lu bytes are too small for four keys of '%s': "
					"MyISAM makes larger ones",
					size, index->name->text);
	ctx_hint(l->r->ctx, diag, "key_block_size %u, or none", fit);
}

/* --- kinds of columns --------------------------------------------------------------------------- */

/* A column that a plain key can't hold as it stands. */
static void check_btree_part(const struct limits *l, const struct index *index,
			     const struct column *column, const struct index_part *part)
{
	enum type_class class = type_class(&column->type);
	bool hash = !is_mysql(l->r) && index->kind == KEY_UNIQUE; /* MariaDB's long unique keys */
	if (class == CLASS_JSON && is_mysql(l->r))
		scope_error(l->r, "key", index->span,
			    "json column '%s' can't be in a key (error 3152)", column->name->text);
	else if ((class == CLASS_TEXT || class == CLASS_BLOB || class == CLASS_JSON) &&
		 !part->length && !hash) {
		struct diag *diag =
			scope_error(l->r, "key", index->span,
				    "column '%s' needs a length in the key '%s' (error 1170)",
				    column->name->text, index->name->text);
		ctx_hint(l->r->ctx, diag, "%s(100)", column->name->text);
	} else if (column->type.id == TYPE_VECTOR && is_mysql(l->r))
		scope_error(l->r, "key", index->span,
			    "vector column '%s' can't be in a key (error 6134)",
			    column->name->text);
	else if (class == CLASS_SPATIAL && !part->length)
		scope_error(l->r, "key", index->span,
			    "spatial column '%s' needs a spatial index (error 1170)",
			    column->name->text);
}

static void check_fulltext_part(const struct limits *l, const struct index *index,
				const struct column *column, const struct column *first)
{
	enum type_class class = type_class(&column->type);
	bool text = class == CLASS_STRING || class == CLASS_TEXT;
	/* of two that are no texts, each has its own message */
	bool apart = first && first->collation && first->collation != column->collation;
	if (text && !apart)
		return;
	struct diag *diag =
		scope_error(l->r, "key", index->span,
			    "column '%s' can't be part of the fulltext index '%s' (error 1283)",
			    column->name->text, index->name->text);
	if (text)
		ctx_hint(l->r->ctx, diag, "its columns have one collation: %s or %s",
			 first->collation->text, column->collation->text);
}

static void check_spatial(const struct limits *l, const struct index *index)
{
	const struct column *column = part_column(l, index, 0);
	if (index->parts.n != 1)
		scope_error(l->r, "key", index->span,
			    "a spatial index has one column (error 1070)");
	else if (column && type_class(&column->type) != CLASS_SPATIAL)
		scope_error(l->r, "key", index->span, "column '%s' is not spatial (error 1687)",
			    column->name->text);
	else if (column && column->nullable)
		scope_error(l->r, "key", index->span,
			    "column '%s' of a spatial index can't be null (error 1252)",
			    column->name->text);
}

static void check_vector(const struct limits *l, const struct index *index)
{
	const struct column *column = part_column(l, index, 0);
	if (!column)
		return;
	if (column->type.id != TYPE_VECTOR)
		scope_error(l->r, "key", index->span, "column '%s' is no vector (error 1210)",
			    column->name->text);
	else if (column->nullable)
		scope_error(l->r, "key", index->span,
			    "column '%s' of a vector index can't be null (error 1252)",
			    column->name->text);
}

static void check_primary_part(const struct limits *l, const struct index *index,
			       const struct column *column)
{
	if (column->generated && (!is_mysql(l->r) || !column->stored))
		scope_error(l->r, "key", index->span,
			    "%s takes no %s generated column as primary key (error %d)",
			    scope_server(l->r), column->stored ? "stored" : "virtual",
			    is_mysql(l->r) ? 3106 : 1903);
	else if (column->nullable) {
		struct diag *diag =
			scope_error(l->r, "key", index->span,
				    "column '%s' of the primary key can't be null (error 1171)",
				    column->name->text);
		ctx_place(l->r->ctx, diag, column->span, "null");
	}
}

static void check_parts(const struct limits *l, const struct index *index)
{
	const struct column *first = NULL;
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct column *column = part_column(l, index, i);
		if (!column)
			continue;
		if (index->kind == KEY_FULLTEXT || index->kind == KEY_SPATIAL)
			check_other_virtual(l, index, column);
		if (index->kind == KEY_FULLTEXT)
			check_fulltext_part(l, index, column, first);
		else if (index->kind != KEY_SPATIAL && index->kind != KEY_VECTOR)
			check_btree_part(l, index, column, &index->parts.items[i]);
		if (index->kind == KEY_PRIMARY)
			check_primary_part(l, index, column);
		if (!first)
			first = column;
	}
}

static void check_index(const struct limits *l, const struct index *index)
{
	if (!index->parts.n) {
		scope_error(l->r, "key", index->span, "a key needs columns");
		return;
	}
	if (!index->for_foreign_key) /* the judge knows which columns no foreign key can use */
		check_parts(l, index);
	if (index->kind == KEY_SPATIAL)
		check_spatial(l, index);
	else if (index->kind == KEY_VECTOR)
		check_vector(l, index);
	else if (index->kind != KEY_FULLTEXT) {
		check_size(l, index);
		check_hash(l, index);
		check_blocks(l, index);
	}
}

/* --- keys of a table ---------------------------------------------------------------------------- */

/*
 * Would the server take the key for the primary one of a table that has none? Expressions may be
 * NULL or not, which only a server knows: *sure is false then.
 */
static bool takes_place_of_primary(const struct limits *l, const struct index *index, bool *sure)
{
	const char *algorithm = option_find(&index->options, ATTR_USING);
	bool hash = (algorithm && word_equal(algorithm, "HASH")) ||
		    table_is_long_unique(l->table, index);
	*sure = true;
	if (index->kind != KEY_UNIQUE || (hash && !is_mysql(l->r)))
		return false;
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct index_part *part = &index->parts.items[i];
		const struct column *column = part_column(l, index, i);
		if (!column)
			*sure = false;
		else if (column->nullable || (part->length && !is_mysql(l->r)))
			return false;
	}
	return true;
}

static void check_hidden_key(const struct limits *l)
{
	for (size_t i = 0; i < l->table->indexes.n && !table_primary_key(l->table); i++) {
		const struct index *index = l->table->indexes.items[i];
		bool sure;
		if (!takes_place_of_primary(l, index, &sure))
			continue;
		if (!index->invisible)
			return;
		if (!sure)
			continue;
		struct diag *diag = scope_error(
			l->r, "key", index->span,
			"the key '%s' can't be invisible: table '%s' has no primary key, and this "
			"unique one takes its place (error %d)",
			index->name->text, l->table->name->text, is_mysql(l->r) ? 3522 : 4174);
		ctx_hint(l->r->ctx, diag, "give the table a primary key");
		return;
	}
}

/* A row's primary key as the vector index keeps it: a length stands before what varies. */
static unsigned reference_bytes(const struct limits *l, const struct index *primary)
{
	unsigned bytes = 0;
	for (size_t i = 0; i < primary->parts.n; i++) {
		const struct index_part *part = &primary->parts.items[i];
		const struct column *column = part_column(l, primary, i);
		if (!column)
			continue;
		bool varies = part->length || column->type.id == TYPE_VARCHAR ||
			      column->type.id == TYPE_VARBINARY;
		bytes += part_bytes(column, part) + (varies ? 2 : 0);
	}
	return bytes;
}

/* The primary key, or what takes its place; NULL: InnoDB's own row number. */
static const struct index *row_key(const struct limits *l)
{
	const struct index *primary = table_primary_key(l->table);
	for (size_t i = 0; i < l->table->indexes.n && !primary; i++) {
		bool sure;
		if (takes_place_of_primary(l, l->table->indexes.items[i], &sure))
			primary = l->table->indexes.items[i];
	}
	return primary;
}

static void check_vector_primary(const struct limits *l, const struct index *vector)
{
	const struct index *primary = row_key(l);
	if (!primary || !word_equal(l->table->engine->text, "InnoDB"))
		return;
	unsigned bytes = reference_bytes(l, primary);
	if (bytes <= VECTOR_PRIMARY_BYTES)
		return;
	struct diag *diag = scope_error(
		l->r, "key", vector->span,
		"table '%s' can't have a vector index: its primary key has %u bytes, at most %d "
		"go with one (error 1071)",
		l->table->name->text, bytes, VECTOR_PRIMARY_BYTES);
	ctx_place(l->r->ctx, diag, primary->span, "the primary key");
	ctx_hint(l->r->ctx, diag, "give it a shorter primary key, such as an id");
}

static void check_vector_keys(const struct limits *l)
{
	const struct index *first = NULL;
	for (size_t i = 0; i < l->table->indexes.n; i++) {
		const struct index *index = l->table->indexes.items[i];
		if (index->kind != KEY_VECTOR)
			continue;
		if (first) {
			struct diag *diag = scope_error(
				l->r, "key", index->span,
				"table '%s' can have one vector index only (error 1235)",
				l->table->name->text);
			ctx_place(l->r->ctx, diag, first->span, "first here");
		} else {
			check_vector_primary(l, index);
		}
		first = index;
	}
}

/* Has the key the column, itself or by its period? */
static bool is_about(const struct limits *l, const struct index *index, const struct name *column)
{
	for (size_t i = 0; i < index->parts.n; i++)
		if (name_equal(index->parts.items[i].column, column))
			return true;
	for (size_t i = 0; i < l->table->periods.n; i++)
		if (index_leans_on(index, l->table->periods.items[i]) &&
		    period_uses(l->table->periods.items[i], column))
			return true;
	return false;
}

/* What an update of the parent changes may overlap (measured on MariaDB 10.5 and 11.8). */
static void check_overlaps(const struct limits *l, const struct index *index)
{
	if (!option_find(&index->options, ATTR_WITHOUT_OVERLAPS))
		return;
	for (size_t i = 0; i < l->table->foreign_keys.n; i++) {
		const struct foreign_key *key = l->table->foreign_keys.items[i];
		for (size_t j = 0; key->on_update == FK_CASCADE && j < key->columns.n; j++) {
			if (!is_about(l, index, key->columns.items[j]))
				continue;
			struct diag *diag = scope_error(
				l->r, "key", index->span,
				"the key '%s' can't be without overlaps: a foreign key changes "
				"'%s' on update (error 4171)",
				index->name->text, key->columns.items[j]->text);
			ctx_place(l->r->ctx, diag, key->span, "on update cascade");
			return;
		}
	}
}

/* MariaDB writes invisible columns by their default. */
static void check_invisible(const struct limits *l)
{
	for (size_t i = 0; !is_mysql(l->r) && i < l->table->columns.n; i++) {
		const struct column *column = l->table->columns.items[i];
		if (!column->invisible || column->nullable || column->generated ||
		    column->auto_increment || column->default_kind != DEFAULT_NONE ||
		    column_is_row_time(column))
			continue;
		scope_error(l->r, "column", column->span,
			    "invisible column '%s' needs a default, or `null` (error 4108)",
			    column->name->text);
	}
}

/* --- auto_increment ----------------------------------------------------------------------------- */

static bool begins_a_key(const struct table *table, const struct column *column)
{
	bool anywhere = is_engine(table, "MyISAM") || is_engine(table, "Aria");
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		if (index->kind == KEY_FULLTEXT || index->kind == KEY_SPATIAL)
			continue;
		for (size_t j = 0; j < index->parts.n && (!j || anywhere); j++)
			if (name_equal(index->parts.items[j].column, column->name))
				return true;
	}
	return false;
}

struct mention {
	const struct name *name;
	bool found;
};

static void look_for(const struct expr *expr, void *data)
{
	struct mention *mention = data;
	mention->found |= name_equal(expr->name, mention->name);
}

static void check_auto_increment(const struct limits *l)
{
	const struct table *table = l->table;
	const struct column *first = NULL;
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		if (!column->auto_increment)
			continue;
		if (first) {
			struct diag *diag = scope_error(l->r, "auto-increment", column->span,
							"table '%s' has two auto_increment columns "
							"(error 1075)",
							table->name->text);
			ctx_place(l->r->ctx, diag, first->span, "first here");
		} else if (!begins_a_key(table, column)) {
			struct diag *diag = scope_error(
				l->r, "auto-increment", column->span,
				"auto_increment column '%s' has to begin a key (error 1075)",
				column->name->text);
			ctx_hint(l->r->ctx, diag, "primary key");
		}
		first = column;
	}
	for (size_t i = 0; first && i < table->checks.n; i++) {
		struct mention mention = { first->name, false };
		expr_each_column(table->checks.items[i]->expr, look_for, &mention);
		if (mention.found)
			scope_error(l->r, "check", table->checks.items[i]->span,
				    "a check can't look at auto_increment column '%s' (error %d)",
				    first->name->text, is_mysql(l->r) ? 3818 : 1901);
	}
}

void limits_check(struct resolver *r, const struct draft *draft)
{
	struct limits limits = { r, draft->table };
	if (draft->broken)
		return; /* one thing after the other */
	for (size_t i = 0; i < draft->table->indexes.n; i++) {
		check_index(&limits, draft->table->indexes.items[i]);
		check_overlaps(&limits, draft->table->indexes.items[i]);
	}
	check_hidden_key(&limits);
	check_vector_keys(&limits);
	check_invisible(&limits);
	check_auto_increment(&limits);
	limit_engine(r, draft->table);
	limit_expr(r, draft->table);
	limit_members(r, draft->table);
	limit_partition(r, draft->table);
}
