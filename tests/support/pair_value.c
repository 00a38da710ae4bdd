#include "tests/support/pair_value.h"

#include <string.h>

#include "base/buf.h"
#include "base/quote.h"

#define PLENTY 1000

/* --- what suits several types ----------------------------------------------------------------- */

static bool is_number(const struct type *type)
{
	enum type_class class = type_class(type);
	return class == CLASS_INTEGER || class == CLASS_DECIMAL || class == CLASS_FLOAT;
}

static bool is_text(const struct type *type)
{
	return type_class(type) == CLASS_STRING || type_class(type) == CLASS_TEXT;
}

static bool is_bytes(const struct type *type)
{
	return type_class(type) == CLASS_BINARY || type_class(type) == CLASS_BLOB;
}

static bool is_day(const struct type *type)
{
	enum type_class class = type_class(type);
	return class == CLASS_DATE || class == CLASS_DATETIME || class == CLASS_TIMESTAMP;
}

static bool all(const struct type_list *types, bool (*is)(const struct type *type))
{
	for (size_t i = 0; i < types->n; i++)
		if (!is(types->items[i]))
			return false;
	return true;
}

static bool is_member(const char *value, const struct type *type)
{
	for (size_t i = 0; i < type->values.n; i++)
		if (!strcmp(value, type->values.items[i]))
			return true;
	return false;
}

/* The n-th value that all lists have; NULL: there are not so many. */
static const char *common_member(const struct type_list *types, unsigned n)
{
	const struct type *first = types->items[0];
	for (size_t i = 0; i < first->values.n; i++) {
		bool common = true;
		for (size_t j = 1; common && j < types->n; j++)
			common = is_member(first->values.items[i], types->items[j]);
		if (common && !n--)
			return first->values.items[i];
	}
	return NULL;
}

static enum value_kind member_kind(const struct type_list *types, unsigned *capacity)
{
	for (size_t i = 1; i < types->n; i++)
		if (types->items[i]->id != types->items[0]->id)
			return ROW_NONE;
	for (*capacity = 0; common_member(types, *capacity);)
		++*capacity;
	return *capacity ? ROW_MEMBER : ROW_NONE;
}

static enum value_kind number_kind(const struct type_list *types, unsigned *capacity)
{
	*capacity = 100;
	for (size_t i = 0; i < types->n; i++) {
		const struct type *type = types->items[i];
		if (type_class(type) != CLASS_DECIMAL || type->length > type->decimals)
			continue;
		*capacity = 1;
		return ROW_ZERO;
	}
	for (size_t i = 0; i < types->n; i++)
		if (type_class(types->items[i]) == CLASS_DECIMAL)
			*capacity = 9;
	return ROW_NUMBER;
}

/* Numbers written as text: none that a server fills with zeros, and room for all their digits. */
static bool suits_as_text(const struct type *type)
{
	if (type_class(type) == CLASS_STRING)
		return type->length >= 40;
	return type_class(type) == CLASS_TEXT || (is_number(type) && !type->zerofill);
}

static enum value_kind bit_kind(const struct type_list *types, unsigned *capacity)
{
	*capacity = PLENTY;
	for (size_t i = 0; i < types->n; i++) {
		const struct type *type = types->items[i];
		if (type_class(type) != CLASS_BIT && type_class(type) != CLASS_INTEGER)
			return ROW_NONE;
		if (type_class(type) == CLASS_BIT && type->length < 8 &&
		    *capacity > (1u << type->length) - 1)
			*capacity = (1u << type->length) - 1;
	}
	return ROW_NUMBER;
}

/* Bytes as long as the longest binary(n) of them, so that nothing is padded or cut. */
static unsigned bytes_length(const struct type_list *types)
{
	int length = 1;
	for (size_t i = 0; i < types->n; i++)
		if (types->items[i]->id == TYPE_BINARY && types->items[i]->length > length)
			length = types->items[i]->length;
	return (unsigned)length;
}

static enum value_kind bytes_kind(const struct type_list *types)
{
	for (size_t i = 0; i < types->n; i++)
		if (type_class(types->items[i]) == CLASS_BINARY &&
		    types->items[i]->length < (int)bytes_length(types))
			return ROW_NONE;
	return ROW_BYTES;
}

static enum value_kind single_kind(const struct type *type)
{
	static const struct {
		enum type_id type;
		enum value_kind kind;
	} kinds[] = {
		{ TYPE_TIME, ROW_TIME },
		{ TYPE_YEAR, ROW_YEAR },
		{ TYPE_JSON, ROW_JSON },
		{ TYPE_GEOMETRY, ROW_POINT },
		{ TYPE_POINT, ROW_POINT },
		{ TYPE_LINESTRING, ROW_LINE },
		{ TYPE_POLYGON, ROW_POLYGON },
		{ TYPE_MULTIPOINT, ROW_POINTS },
		{ TYPE_MULTILINESTRING, ROW_LINES },
		{ TYPE_MULTIPOLYGON, ROW_POLYGONS },
		{ TYPE_GEOMETRYCOLLECTION, ROW_COLLECTION },
		{ TYPE_UUID, ROW_UUID },
		{ TYPE_INET4, ROW_INET4 },
		{ TYPE_INET6, ROW_INET6 },
		{ TYPE_VECTOR, ROW_VECTOR },
	};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].type == type->id)
			return kinds[i].kind;
	return ROW_NONE;
}

static enum value_kind same_kind(const struct type_list *types)
{
	for (size_t i = 1; i < types->n; i++)
		if (types->items[i]->id != types->items[0]->id ||
		    types->items[i]->srid != types->items[0]->srid ||
		    (types->items[i]->id == TYPE_VECTOR &&
		     types->items[i]->length != types->items[0]->length))
			return ROW_NONE;
	return single_kind(types->items[0]);
}

/* Has it digits behind the point, as text, that the number did not have? */
static bool adds_zeros(const struct type *type)
{
	return is_number(type) && type->decimals > 0;
}

enum value_kind value_kind(const struct type_list *types, bool tied, unsigned *capacity)
{
	enum type_class class = type_class(types->items[0]);
	*capacity = PLENTY;
	if (all(types, is_text)) {
		*capacity = 26;
		return ROW_LETTER;
	}
	if (all(types, is_number))
		return number_kind(types, capacity);
	if (all(types, suits_as_text)) {
		/* 1 comes back as '1.00': that is another one for a foreign key */
		for (size_t i = 0; tied && i < types->n; i++)
			if (adds_zeros(types->items[i]))
				return ROW_NONE;
		return number_kind(types, capacity);
	}
	if (all(types, is_day)) {
		*capacity = 28;
		return ROW_DATE;
	}
	if (all(types, is_bytes))
		return bytes_kind(types);
	if (class == CLASS_ENUM || class == CLASS_SET)
		return member_kind(types, capacity);
	for (size_t i = 0; i < types->n; i++)
		if (type_class(types->items[i]) == CLASS_BIT)
			return bit_kind(types, capacity);
	*capacity = 28;
	return same_kind(types);
}

/* --- texts ------------------------------------------------------------------------------------ */

static void print_bytes(struct buf *out, unsigned length, unsigned n)
{
	buf_printf(out, "x'%02x", 'a' + n);
	for (unsigned i = 1; i < length; i++)
		buf_add(out, "00");
	buf_add_char(out, '\'');
}

static void print_shape(struct buf *out, const char *shape, unsigned n, long srid)
{
	buf_printf(out, "ST_GeomFromText('");
	for (; *shape; shape++) {
		if (*shape == '#')
			buf_printf(out, "%u", n + 1);
		else
			buf_add_char(out, *shape);
	}
	buf_printf(out, "', %ld)", srid > 0 ? srid : 0);
}

static void print_vector(struct buf *out, int length, unsigned n)
{
	buf_add(out, "x'");
	for (int i = 0; i < length; i++)
		buf_printf(out, "0000%02x3f", (n + 1) * 16);
	buf_add_char(out, '\'');
}

void value_print(struct buf *out, enum value_kind kind, const struct type_list *types, unsigned n)
{
	static const char *const shapes[] = {
		[ROW_POINT] = "POINT(# 2)",
		[ROW_LINE] = "LINESTRING(0 0,# 2)",
		[ROW_POLYGON] = "POLYGON((0 0,0 #,# #,0 0))",
		[ROW_POINTS] = "MULTIPOINT(0 0,# 2)",
		[ROW_LINES] = "MULTILINESTRING((0 0,# 2),(1 1,2 2))",
		[ROW_POLYGONS] = "MULTIPOLYGON(((0 0,0 #,# #,0 0)))",
		[ROW_COLLECTION] = "GEOMETRYCOLLECTION(POINT(# 2))",
	};
	const struct type *type = types->items[0];
	switch ((int)kind) {
	case ROW_LETTER:
		buf_printf(out, "'%c'", 'a' + n);
		break;
	case ROW_NUMBER:
		buf_printf(out, "%u", n + 1);
		break;
	case ROW_ZERO:
		buf_add(out, "0");
		break;
	case ROW_BYTES:
		print_bytes(out, bytes_length(types), n);
		break;
	case ROW_DATE:
		buf_printf(out, "'2020-01-%02u'", n + 1);
		break;
	case ROW_TIME:
		buf_printf(out, "'10:00:%02u'", n + 1);
		break;
	case ROW_YEAR:
		buf_printf(out, "%u", 2001 + n);
		break;
	case ROW_MEMBER: {
		const char *member = common_member(types, n);
		quote_string(out, member, strlen(member));
		break;
	}
	case ROW_JSON:
		buf_printf(out, "'{\"a\": [%u, 7%u], \"b\": \"x\"}'", n + 1, n);
		break;
	case ROW_UUID:
		buf_printf(out, "'123e4567-e89b-12d3-a456-4266554400%02u'", n + 1);
		break;
	case ROW_INET4:
		buf_printf(out, "'10.0.0.%u'", n + 1);
		break;
	case ROW_INET6:
		buf_printf(out, "'fe80::%u'", n + 1);
		break;
	case ROW_VECTOR:
		print_vector(out, type->length, n);
		break;
	default:
		print_shape(out, shapes[kind], n, type->srid);
		break;
	}
}

/* --- edges ------------------------------------------------------------------------------------ */

static void print_integer_edge(struct buf *out, const struct type *type, unsigned n)
{
	static const struct {
		enum type_id id;
		const char *least, *most, *most_unsigned;
	} edges[] = {
		{ TYPE_TINYINT, "-128", "127", "255" },
		{ TYPE_SMALLINT, "-32768", "32767", "65535" },
		{ TYPE_MEDIUMINT, "-8388608", "8388607", "16777215" },
		{ TYPE_INT, "-2147483648", "2147483647", "4294967295" },
		{ TYPE_BIGINT, "-9223372036854775808", "9223372036854775807",
		  "18446744073709551615" },
	};
	for (size_t i = 0; i < sizeof(edges) / sizeof(*edges); i++) {
		if (edges[i].id != type->id)
			continue;
		if (n)
			buf_add(out, type->is_unsigned ? "0" : edges[i].least);
		else
			buf_add(out, type->is_unsigned ? edges[i].most_unsigned : edges[i].most);
	}
}

static void print_decimal_edge(struct buf *out, const struct type *type, unsigned n)
{
	if (n && !type->is_unsigned)
		buf_add_char(out, '-');
	buf_add_repeat(out, '9', (size_t)(type->length - type->decimals));
	if (type->length == type->decimals)
		buf_add_char(out, '0');
	if (type->decimals > 0)
		buf_add_char(out, '.');
	buf_add_repeat(out, '9', (size_t)type->decimals);
}

static void print_text_edge(struct buf *out, const struct column *column, unsigned n)
{
	const char *charset = column->charset->text;
	const char *word = !strcmp(charset, "utf8mb4")   ? "𝄞用"
			   : !strcmp(charset, "utf8mb3") ? "用户"
			   : !strcmp(charset, "latin1")  ? "éß"
							 : "~!";
	unsigned room =
		type_class(&column->type) == CLASS_TEXT ? 60 : (unsigned)column->type.length;
	struct buf text = { 0 };
	if (!n)
		for (unsigned i = 0; i + 2 <= room && i < 200; i += 2)
			buf_add(&text, word);
	quote_string(out, buf_text(&text), text.len);
	buf_free(&text);
}

bool value_print_edge(struct buf *out, const struct column *column, unsigned n)
{
	const struct type *type = &column->type;
	switch ((int)type_class(type)) {
	case CLASS_INTEGER:
		print_integer_edge(out, type, n);
		return true;
	case CLASS_DECIMAL:
		print_decimal_edge(out, type, n);
		return true;
	case CLASS_DATE:
		buf_add(out, n ? "'1000-01-01'" : "'9999-12-31'");
		return true;
	case CLASS_DATETIME:
		buf_add(out, n ? "'1000-01-01 00:00:00'" : "'9999-12-31 23:59:59'");
		return true;
	case CLASS_TIMESTAMP:
		buf_add(out, n ? "'1970-01-01 00:00:01'" : "'2038-01-19 03:14:07'");
		return true;
	case CLASS_TIME:
		buf_add(out, n ? "'-838:59:59'" : "'838:59:59'");
		return true;
	case CLASS_YEAR:
		buf_add(out, n ? "1901" : "2155");
		return true;
	case CLASS_STRING:
	case CLASS_TEXT:
		print_text_edge(out, column, n);
		return true;
	case CLASS_BLOB:
		buf_add(out, n ? "''" : "x'00ff27225c0a'");
		return true;
	case CLASS_ENUM:
	case CLASS_SET: {
		const char *last = type->values.items[type->values.n - 1];
		quote_string(out, last, strlen(last));
		return true;
	}
	default:
		return false;
	}
}
