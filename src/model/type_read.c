/*
 * type_read: the canonical type of a written one (type_from_tree of type.h).
 */
#include "model/type_row.h"

#include "base/buf.h"
#include "base/context.h"
#include "model/charset.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

#define MAX_FLOAT_PRECISION 24 /* bits; more make a double */
#define MAX_DOUBLE_PRECISION 53
#define MAX_FLOAT_SCALE 30
#define MAX_SCALE 30 /* of decimal */
#define MAX_SCALE_38 38
#define MAX_VALUE_LENGTH 255 /* characters of an enum or set member */
#define TINYINT_BOOL_WIDTH 1

struct reader {
	struct context *ctx;
	struct arena *arena;
	const struct server *server;
	const struct tree_type *tree;
	struct type *type;
};

/* The nearest of all words for types, or NULL. */
static const char *suggest(struct reader *r)
{
	struct {
		const char **items;
		size_t n, cap;
	} words = { 0 };
	for (size_t i = 0; i < TYPE_COUNT; i++)
		LIST_PUSH(r->arena, &words, type_rows[i].name);
	for (const struct type_alias *alias = type_aliases; alias->phrase; alias++)
		LIST_PUSH(r->arena, &words, alias->phrase);
	return diag_suggest(r->tree->word->text, words.items, words.n);
}

static bool find_word(struct reader *r, enum alias_meaning *meaning)
{
	const char *word = r->tree->word->text;
	*meaning = ALIAS_SAME;
	for (size_t i = 0; i < TYPE_COUNT; i++) {
		if (word_equal(word, type_rows[i].name)) {
			r->type->id = (enum type_id)i;
			return true;
		}
	}
	for (const struct type_alias *alias = type_aliases; alias->phrase; alias++) {
		if (word_equal(word, alias->phrase)) {
			r->type->id = alias->id;
			*meaning = alias->meaning;
			return true;
		}
	}
	struct diag *diag = ctx_error(r->ctx, "type", r->tree->span, "unknown type '%s'", word);
	const char *near = suggest(r);
	if (near)
		ctx_hint(r->ctx, diag, "did you mean '%s'?", near);
	return false;
}

static bool refuse(struct reader *r, struct span span, const char *what)
{
	ctx_error(r->ctx, "type", span.src ? span : r->tree->span, "%s", what);
	return false;
}

/* Argument `at` as a number no greater than `limit`. */
static bool read_number(struct reader *r, size_t at, unsigned long limit, long *number)
{
	const struct expr *arg = r->tree->args.items[at];
	*number = 0;
	const char *p = arg->kind == EXPR_NUMBER ? arg->text : "";
	if (!*p)
		return refuse(r, arg->span, "the argument of a type is a whole number");
	for (; *p; p++) {
		if (*p < '0' || *p > '9')
			return refuse(r, arg->span, "the argument of a type is a whole number");
		*number = *number * 10 + (*p - '0');
		if ((unsigned long)*number > limit) {
			ctx_error(r->ctx, "type", arg->span,
				  "'%s' is too large for %s: at most %lu", arg->text,
				  type_rows[r->type->id].name, limit);
			return false;
		}
	}
	return true;
}

/* At least `min`, at most `max` arguments. */
static bool check_count(struct reader *r, size_t min, size_t max)
{
	size_t n = r->tree->args.n;
	const char *name = type_rows[r->type->id].name;
	if (n >= min && n <= max)
		return true;
	if (n < min && max == min)
		ctx_error(r->ctx, "type", r->tree->span,
			  min == 1 ? "%s needs a length: %s(n)" : "%s needs two numbers: %s(m,d)",
			  name, name);
	else if (n < min)
		ctx_error(r->ctx, "type", r->tree->span, "%s needs its values", name);
	else if (!max)
		ctx_error(r->ctx, "type", r->tree->span, "%s takes no argument", name);
	else
		ctx_error(r->ctx, "type", r->tree->span, "%s takes at most %zu argument%s", name,
			  max, max == 1 ? "" : "s");
	return false;
}

static bool read_length(struct reader *r, const struct type_row *row)
{
	struct type *type = r->type;
	bool optional = row->shape == SHAPE_LENGTH &&
			(type->id != TYPE_VECTOR || server_has(r->server, CAP_VECTOR_DEFAULT));
	if (!check_count(r, !optional, 1))
		return false;
	type->length = row->by_default;
	if (!r->tree->args.n)
		return true;
	long n;
	if (!read_number(r, 0, row->limit, &n))
		return false;
	if (!n && row->class != CLASS_STRING && row->class != CLASS_BINARY) {
		ctx_error(r->ctx, "type", r->tree->span, "%s(0) holds nothing", row->name);
		return false;
	}
	type->length = (int)n;
	return true;
}

static bool read_decimal(struct reader *r, const struct type_row *row)
{
	long precision = row->by_default, scale = 0;
	unsigned long most = server_has(r->server, CAP_DECIMAL_SCALE_38) ? MAX_SCALE_38 : MAX_SCALE;
	if (!check_count(r, 0, 2))
		return false;
	if (r->tree->args.n > 0 && !read_number(r, 0, row->limit, &precision))
		return false;
	if (r->tree->args.n > 1 && !read_number(r, 1, most, &scale))
		return false;
	if (!precision && !scale)
		precision = row->by_default;
	if (scale > precision)
		return refuse(r, r->tree->span, "the scale of a decimal is at most its precision");
	r->type->length = (int)precision;
	r->type->decimals = (int)scale;
	return true;
}

/* float(p), float(m,d), double(m,d) */
static bool read_float(struct reader *r, const struct type_row *row)
{
	long digits, scale;
	bool bits = row->shape == SHAPE_FLOAT;
	if (!check_count(r, !bits && r->tree->args.n ? 2 : 0, 2))
		return false;
	if (!r->tree->args.n)
		return true;
	if (r->tree->args.n == 1) {
		if (!read_number(r, 0, MAX_DOUBLE_PRECISION, &digits))
			return false;
		if (digits > MAX_FLOAT_PRECISION)
			r->type->id = TYPE_DOUBLE;
		return true;
	}
	if (!read_number(r, 0, row->limit, &digits) || !read_number(r, 1, MAX_FLOAT_SCALE, &scale))
		return false;
	if (scale > digits)
		return refuse(r, r->tree->span, "the second number is at most the first");
	r->type->length = (int)digits;
	r->type->decimals = (int)scale;
	return true;
}

static bool read_fsp(struct reader *r, const struct type_row *row)
{
	long fsp = 0;
	if (!check_count(r, 0, 1))
		return false;
	if (r->tree->args.n && !read_number(r, 0, row->limit, &fsp))
		return false;
	if (fsp && !server_has(r->server, CAP_FRACTIONAL_SECONDS))
		return refuse(r, r->tree->span, "the server knows no fractions of a second");
	r->type->decimals = (int)fsp;
	return true;
}

static bool read_year(struct reader *r, const struct type_row *row)
{
	long width = row->limit;
	if (!check_count(r, 0, 1) || (r->tree->args.n && !read_number(r, 0, row->limit, &width)))
		return false;
	if (width == 2 && server_has(r->server, CAP_YEAR_2))
		r->type->length = 2;
	else if (width != 4)
		return refuse(r, r->tree->span, "a year is year or year(4)");
	return true;
}

/* text(n), blob(n): the smallest member of the family. */
static bool read_text(struct reader *r, unsigned charset_bytes)
{
	static const enum type_id texts[] = { TYPE_TINYTEXT, TYPE_TEXT, TYPE_MEDIUMTEXT,
					      TYPE_LONGTEXT };
	static const enum type_id blobs[] = { TYPE_TINYBLOB, TYPE_BLOB, TYPE_MEDIUMBLOB,
					      TYPE_LONGBLOB };
	long n;
	if (!check_count(r, 0, 1))
		return false;
	if (!r->tree->args.n)
		return true;
	if (!read_number(r, 0, type_rows[TYPE_LONGTEXT].limit, &n))
		return false;
	if (!n)
		return refuse(r, r->tree->span, "a length of 0 means another type on each server");
	bool is_text = r->type->id == TYPE_TEXT;
	unsigned long bytes = (unsigned long)n * (is_text ? charset_bytes : 1);
	for (size_t i = 0; i < COUNT(texts); i++) {
		r->type->id = is_text ? texts[i] : blobs[i];
		if (bytes <= type_rows[r->type->id].limit)
			break;
	}
	return true;
}

static int hex_digit(char c)
{
	return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

/* The text of a member of enum or set: 'a', x'41'; trailing blanks are cut, as servers do. */
static const char *read_value(struct reader *r, const struct expr *arg)
{
	struct buf text = { 0 };
	if (arg->kind == EXPR_STRING) {
		buf_add_bytes(&text, arg->text, arg->len);
	} else if (arg->kind == EXPR_HEX) {
		for (size_t i = arg->len % 2; i + 1 < arg->len; i += 2)
			buf_add_char(&text, (char)(hex_digit(arg->text[i]) * 16 +
						   hex_digit(arg->text[i + 1])));
	} else {
		refuse(r, arg->span, "the values of enum and set are strings");
		return NULL;
	}
	while (text.len && text.text[text.len - 1] == ' ')
		buf_truncate(&text, text.len - 1);
	if (text.len && memchr(text.text, 0, text.len)) {
		buf_free(&text);
		refuse(r, arg->span, "a value can't hold a NUL");
		return NULL;
	}
	return buf_arena(&text, r->arena);
}

static bool read_values(struct reader *r, const struct type_row *row)
{
	struct type *type = r->type;
	if (!check_count(r, 1, row->limit))
		return false;
	for (size_t i = 0; i < r->tree->args.n; i++) {
		const struct expr *arg = r->tree->args.items[i];
		const char *value = read_value(r, arg);
		if (!value)
			return false;
		if (name_length(ctx_name(r->ctx, value)) > MAX_VALUE_LENGTH)
			return refuse(r, arg->span, "a value has at most 255 characters");
		if (row->class == CLASS_SET && strchr(value, ','))
			return refuse(r, arg->span, "a value of a set can't hold a comma");
		for (size_t j = 0; j < i; j++) {
			if (strcmp(type->values.items[j], value))
				continue;
			ctx_error(r->ctx, "type", arg->span, "'%s' stands twice in %s", value,
				  row->name);
			return false;
		}
		LIST_PUSH(r->arena, &type->values, value);
	}
	return true;
}

static const struct name *attr_word(const struct tree_attr_list *attrs, enum tree_attr_kind kind)
{
	for (size_t i = 0; attrs && i < attrs->n; i++)
		if (attrs->items[i].kind == kind)
			return attrs->items[i].word.name;
	return NULL;
}

/* Bytes a character of the column takes: what the caller knows, else what the attributes say, else
 * the server's default. */
static unsigned column_charset_bytes(struct reader *r, const struct tree_attr_list *attrs,
				     const struct name *known)
{
	const struct name *charset = known;
	if (attr_word(attrs, ATTR_CHARSET))
		charset = charset_canonical(r->ctx, attr_word(attrs, ATTR_CHARSET));
	else if (attr_word(attrs, ATTR_COLLATE))
		charset = collation_charset(
			r->ctx, charset_canonical(r->ctx, attr_word(attrs, ATTR_COLLATE)));
	if (!charset)
		charset = r->server->default_charset;
	unsigned bytes = charset ? charset_bytes(charset) : 0;
	return bytes ? bytes : 4;
}

static bool read_arguments(struct reader *r, unsigned charset_bytes)
{
	const struct type_row *row = &type_rows[r->type->id];
	long ignored;
	switch (row->shape) {
	case SHAPE_NONE:
		return check_count(r, 0, 0);
	case SHAPE_WIDTH:
		if (!check_count(r, 0, 1))
			return false;
		if (!r->tree->args.n)
			return true;
		if (!read_number(r, 0, row->limit, &ignored))
			return false;
		r->type->length = ignored ? (int)ignored : -1;
		return true;
	case SHAPE_YEAR:
		return read_year(r, row);
	case SHAPE_LENGTH:
	case SHAPE_REQUIRED:
		return read_length(r, row);
	case SHAPE_TEXT:
		return read_text(r, charset_bytes);
	case SHAPE_DECIMAL:
		return read_decimal(r, row);
	case SHAPE_FLOAT:
	case SHAPE_DOUBLE:
		return read_float(r, row);
	case SHAPE_FSP:
		return read_fsp(r, row);
	case SHAPE_VALUES:
		return read_values(r, row);
	}
	return false;
}

static bool is_number(enum type_class class)
{
	return class == CLASS_INTEGER || class == CLASS_DECIMAL || class == CLASS_FLOAT;
}

static bool read_srid(struct reader *r, const struct tree_attr *attr)
{
	if (type_class(r->type) != CLASS_SPATIAL)
		return refuse(r, attr->span, "only a spatial column has an srid");
	if (!server_has(r->server, CAP_SRID))
		return refuse(r, attr->span, "the server has no srid of columns");
	char *end = NULL;
	unsigned long srid = attr->word.name ? strtoul(attr->word.name->text, &end, 10) : 0;
	if (!end || *end || end == attr->word.name->text || srid > 0xffffffffUL)
		return refuse(r, attr->span, "an srid is a whole number");
	if (srid || server_has(r->server, CAP_SRID_ZERO))
		r->type->srid = (long)srid;
	return true;
}

/* unsigned, signed, zerofill, srid */
static bool read_attrs(struct reader *r, const struct tree_attr_list *attrs)
{
	struct type *type = r->type;
	const struct tree_attr *is_signed = NULL;
	for (size_t i = 0; attrs && i < attrs->n; i++) {
		const struct tree_attr *attr = &attrs->items[i];
		bool number = attr->kind == ATTR_UNSIGNED || attr->kind == ATTR_SIGNED ||
			      attr->kind == ATTR_ZEROFILL;
		if (number && !is_number(type_class(type))) {
			ctx_error(r->ctx, "type", attr->span, "%s can't be %s",
				  type_rows[type->id].name,
				  attr->kind == ATTR_UNSIGNED ? "unsigned"
				  : attr->kind == ATTR_SIGNED ? "signed"
							      : "zerofill");
			return false;
		}
		if (attr->kind == ATTR_SIGNED)
			is_signed = attr;
		else if (attr->kind == ATTR_UNSIGNED)
			type->is_unsigned = true;
		else if (attr->kind == ATTR_ZEROFILL)
			type->zerofill = type->is_unsigned = true;
		else if (attr->kind == ATTR_SRID && !read_srid(r, attr))
			return false;
	}
	if (r->tree->is_unsigned)
		type->is_unsigned = true;
	if (is_signed && type->is_unsigned)
		return refuse(r, is_signed->span, "a type is either signed or unsigned");
	return true;
}

/* The display width that an integer type has when none is written; 0 stands for it, too. */
static int default_width(const struct type *type)
{
	const struct type_row *row = &type_rows[type->id];
	bool room_for_sign =
		!type->is_unsigned && type->id != TYPE_BIGINT; /* its is 20 either way */
	return row->by_default + room_for_sign;
}

/* Display widths: see type.def. */
static void settle_width(const struct server *server, struct type *type)
{
	if (type_rows[type->id].class != CLASS_INTEGER)
		return;
	bool boolean = type->id == TYPE_TINYINT && type->length == TINYINT_BOOL_WIDTH &&
		       !type->is_unsigned;
	if (type->zerofill)
		type->length = type->length > 0 ? type->length : default_width(type);
	else if (type->length == 0 || type->length == default_width(type) ||
		 (!boolean && !server_has(server, CAP_DISPLAY_WIDTH)))
		type->length = -1;
}

bool type_from_tree(struct context *ctx, struct arena *arena, const struct server *server,
		    const struct tree_type *tree, const struct tree_attr_list *attrs,
		    struct type *type, const struct name **charset)
{
	struct reader reader = { ctx, arena, server, tree, type };
	enum alias_meaning meaning;
	*type = (struct type){ .length = -1, .decimals = -1, .srid = -1 };
	if (!find_word(&reader, &meaning))
		return false;
	enum capability capability = type_rows[type->id].capability;
	if (capability != CAP_COUNT && !server_has(server, capability)) {
		struct buf text = { 0 };
		server_print(&text, server);
		ctx_error(ctx, "type", tree->span, "%s has no type '%s'", buf_text(&text),
			  type_rows[type->id].name);
		buf_free(&text);
		return false;
	}
	if (meaning == ALIAS_NATIONAL)
		*charset = ctx_name(ctx, "utf8mb3");
	if (!read_arguments(&reader, column_charset_bytes(&reader, attrs, *charset)))
		return false;
	if (meaning == ALIAS_BOOL) {
		if (tree->args.n)
			return refuse(&reader, tree->span, "bool takes no argument");
		type->length = TINYINT_BOOL_WIDTH;
	}
	if (!read_attrs(&reader, attrs))
		return false;
	settle_width(server, type);
	return true;
}
