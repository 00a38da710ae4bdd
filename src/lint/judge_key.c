#include "lint/judge_key.h"

#include "base/buf.h"
#include "base/name.h"
#include "model/charset.h"

#include <string.h>

#define KEY_BYTES 3072 /* of InnoDB */

/*
 * MariaDB makes a long unique key, by hash, of USING HASH, of a text column without
 * a length, and of columns too long for a btree. MySQL makes btrees or says no.
 */
static bool is_hash(const struct table *table, const struct index *index)
{
	const char *using = option_find(&index->options, ATTR_USING);
	unsigned bytes = 0;
	if (using && !strcmp(using, "HASH"))
		return true;
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct index_part *part = &index->parts.items[i];
		const struct column *column =
			part->column ? table_column(table, part->column) : NULL;
		if (!column)
			continue;
		enum type_class class = type_class(&column->type);
		unsigned width = column->charset ? charset_bytes(column->charset) : 1;
		if (!part->length &&
		    (class == CLASS_TEXT || class == CLASS_BLOB || class == CLASS_JSON))
			return true;
		bytes += part->length ? part->length * width : type_key_bytes(&column->type, width);
	}
	return bytes > KEY_BYTES;
}

/* Fulltext and spatial ones are none; expressions and prefixes end it below. */
static bool is_btree(const struct table *table, const struct index *index,
		     const struct server *server)
{
	if (index->kind == KEY_PRIMARY || index->kind == KEY_INDEX)
		return true;
	return index->kind == KEY_UNIQUE &&
	       (server->flavour == FLAVOUR_MYSQL || !is_hash(table, index));
}

static bool is_whole(const struct index_part *part)
{
	return part->column && !part->length;
}

static bool has_part(const struct index *index, const struct name *column)
{
	for (size_t i = 0; i < index->parts.n; i++)
		if (name_equal(index->parts.items[i].column, column))
			return true;
	return false;
}

/* Column `at` of the index as InnoDB keeps it, NULL at its end. */
static const struct name *kept_column(const struct index *index, const struct index *primary,
				      size_t at)
{
	if (at < index->parts.n)
		return is_whole(&index->parts.items[at]) ? index->parts.items[at].column : NULL;
	if (!primary || primary == index)
		return NULL;
	at -= index->parts.n;
	for (size_t i = 0; i < primary->parts.n; i++) {
		const struct index_part *part = &primary->parts.items[i];
		if (!part->column || has_part(index, part->column))
			continue;
		if (!at--)
			return is_whole(part) ? part->column : NULL;
	}
	return NULL;
}

static bool is_leading(const struct table *parent, const struct index *index,
		       const struct name_list *columns, const struct server *server)
{
	const struct index *primary = table_primary_key(parent);
	size_t n = 0;
	if (!is_btree(parent, index, server))
		return false;
	while (n < columns->n) {
		const struct name *column = kept_column(index, primary, n);
		if (!column || !name_equal(column, columns->items[n]))
			return false;
		n++;
	}
	return true;
}

const struct index *judge_key_leading(const struct table *parent, const struct name_list *columns,
				      const struct server *server)
{
	for (size_t i = 0; i < parent->indexes.n; i++)
		if (is_leading(parent, parent->indexes.items[i], columns, server))
			return parent->indexes.items[i];
	return NULL;
}

size_t judge_keys_leading(const struct table *parent, const struct name_list *columns,
			  const struct server *server)
{
	size_t n = 0;
	for (size_t i = 0; i < parent->indexes.n; i++)
		n += is_leading(parent, parent->indexes.items[i], columns, server);
	return n;
}

const struct index *judge_key_own(const struct table *child, const struct name_list *columns,
				  const struct server *server)
{
	bool descending = server_has(server, CAP_DESC_COVERS);
	for (size_t i = 0; i < child->indexes.n; i++) {
		const struct index *index = child->indexes.items[i];
		size_t n = 0;
		if (!is_btree(child, index, server))
			continue;
		while (n < columns->n && n < index->parts.n && is_whole(&index->parts.items[n]) &&
		       (descending || !index->parts.items[n].desc) &&
		       name_equal(index->parts.items[n].column, columns->items[n]))
			n++;
		if (n == columns->n)
			return index;
	}
	return NULL;
}

static bool is_unique_of(const struct index *index, size_t n)
{
	if ((index->kind != KEY_PRIMARY && index->kind != KEY_UNIQUE) || index->parts.n != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!is_whole(&index->parts.items[i]))
			return false;
	return true;
}

const struct index *judge_key_exact(const struct table *parent, const struct name_list *columns)
{
	for (size_t i = 0; i < parent->indexes.n; i++) {
		const struct index *index = parent->indexes.items[i];
		size_t n = 0;
		if (!is_unique_of(index, columns->n))
			continue;
		while (n < columns->n &&
		       name_equal(index->parts.items[n].column, columns->items[n]))
			n++;
		if (n == columns->n)
			return index;
	}
	return NULL;
}

const struct index *judge_key_permuted(const struct table *parent, const struct name_list *columns)
{
	for (size_t i = 0; i < parent->indexes.n; i++) {
		const struct index *index = parent->indexes.items[i];
		size_t n = 0;
		if (!is_unique_of(index, columns->n))
			continue;
		while (n < columns->n && has_part(index, columns->items[n]))
			n++;
		if (n == columns->n)
			return index;
	}
	return NULL;
}

void judge_key_print(struct buf *out, const struct index *index)
{
	static const char *const kinds[] = {
		[KEY_PRIMARY] = "primary key", [KEY_UNIQUE] = "unique",   [KEY_INDEX] = "index",
		[KEY_FULLTEXT] = "fulltext",   [KEY_SPATIAL] = "spatial", [KEY_VECTOR] = "vector"
	};
	buf_printf(out, "%s (", kinds[index->kind]);
	for (size_t i = 0; i < index->parts.n; i++) {
		const struct index_part *part = &index->parts.items[i];
		buf_printf(out, "%s%s", i ? ", " : "", part->column ? part->column->text : "(…)");
		if (part->length)
			buf_printf(out, "(%u)", part->length);
	}
	buf_add(out, ")");
}
