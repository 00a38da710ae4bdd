#include "model/type.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "model/charset.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum shape {
	SHAPE_NONE,
	SHAPE_WIDTH,
	SHAPE_YEAR,
	SHAPE_LENGTH,
	SHAPE_REQUIRED,
	SHAPE_TEXT,
	SHAPE_DECIMAL,
	SHAPE_FLOAT,
	SHAPE_DOUBLE,
	SHAPE_FSP,
	SHAPE_VALUES,
};

struct type_row {
	const char *name;
	enum type_class class;
	enum shape shape;
	unsigned long limit;
	int by_default;
	unsigned bytes;
	enum capability capability;
};

static const struct type_row rows[] = {
#define TYPE(id, name, class, shape, limit, by_default, bytes, capability)                         \
	[id] = { name, class, shape, limit, by_default, bytes, capability },
#include "model/type.def"
#undef TYPE
};

enum alias_meaning { ALIAS_SAME, ALIAS_BOOL, ALIAS_NATIONAL };

static const struct alias_row {
	const char *phrase;
	enum type_id id;
	enum alias_meaning meaning;
} aliases[] = {
#define TYPE(id, ...)
#define ALIAS(phrase, id, meaning) { phrase, id, meaning },
#include "model/type.def"
#undef TYPE
};

#define MAX_FLOAT_PRECISION 24 /* bits; more make a double */
#define MAX_DOUBLE_PRECISION 53
#define MAX_FLOAT_SCALE 30
#define MAX_SCALE 30 /* of decimal */
#define MAX_SCALE_38 38
#define MAX_VALUE_LENGTH 255 /* characters of an enum or set member */
#define TINYINT_BOOL_WIDTH 1

/* What type_from_tree() works with. */
struct reader {
	struct context *ctx;
	struct arena *arena;
	const struct server *server;
	const struct tree_type *tree;
	struct type *type;
};

enum type_class type_class(const struct type *type)
{
	return rows[type->id].class;
}

bool type_is_string(const struct type *type)
{
	enum type_class class = type_class(type);
	return class == CLASS_STRING || class == CLASS_TEXT || class == CLASS_ENUM ||
	       class == CLASS_SET;
}

const char *type_name(enum type_id id)
{
	return rows[id].name;
}

unsigned long type_limit(const struct type *type)
{
	return rows[type->id].limit;
}

static bool same_first_word(const char *word, const char *phrase)
{
	size_t len = strlen(word);
	if (len > strlen(phrase) || (phrase[len] && phrase[len] != ' '))
		return false;
	for (size_t i = 0; i < len; i++) {
		char c = word[i];
		if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != phrase[i])
			return false;
	}
	return len > 0;
}

bool type_is_word(const char *word)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (same_first_word(word, rows[i].name))
			return true;
	for (size_t i = 0; i < COUNT(aliases); i++)
		if (same_first_word(word, aliases[i].phrase))
			return true;
	return same_first_word(word, "serial");
}

static const char *suggest(const char *word)
{
	const char *words[COUNT(rows) + COUNT(aliases)];
	size_t n = 0;
	for (size_t i = 0; i < COUNT(rows); i++)
		words[n++] = rows[i].name;
	for (size_t i = 0; i < COUNT(aliases); i++)
		words[n++] = aliases[i].phrase;
	return diag_suggest(word, words, n);
}

/* --- reading ------------------------------------------------------------------------------------ */

static bool find_word(struct reader *r, enum alias_meaning *meaning)
{
	const char *word = r->tree->word->text;
	*meaning = ALIAS_SAME;
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (word_equal(word, rows[i].name)) {
			r->type->id = (enum type_id)i;
			return true;
		}
	}
	for (size_t i = 0; i < COUNT(aliases); i++) {
		if (word_equal(word, aliases[i].phrase)) {
			r->type->id = aliases[i].id;
			*meaning = aliases[i].meaning;
			return true;
		}
	}
	struct diag *diag = ctx_error(r->ctx, "type", r->tree->span, "unknown type '%s'", word);
	const char *near = suggest(word);
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
			ctx_error(r->ctx, "type", arg->span, "'%s' is too large for %s: at most %lu",
				  arg->text, rows[r->type->id].name, limit);
			return false;
		}
	}
	return true;
}

/* At least `min`, at most `max` arguments. */
static bool check_count(struct reader *r, size_t min, size_t max)
{
	size_t n = r->tree->args.n;
	const char *name = rows[r->type->id].name;
	if (n >= min && n <= max)
		return true;
	if (n < min && max == min)
		ctx_error(r->ctx, "type", r->tree->span, min == 1 ? "%s needs a length: %s(n)"
								  : "%s needs two numbers: %s(m,d)",
			  name, name);
	else if (n < min)
		ctx_error(r->ctx, "type", r->tree->span, "%s needs its values", name);
	else if (!max)
		ctx_error(r->ctx, "type", r->tree->span, "%s takes no argument", name);
	else
		ctx_error(r->ctx, "type", r->tree->span, "%s takes at most %zu argument%s", name, max,
			  max == 1 ? "" : "s");
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
	if (!read_number(r, 0, rows[TYPE_LONGTEXT].limit, &n))
		return false;
	if (!n)
		return refuse(r, r->tree->span, "a length of 0 means another type on each server");
	bool is_text = r->type->id == TYPE_TEXT;
	unsigned long bytes = (unsigned long)n * (is_text ? charset_bytes : 1);
	for (size_t i = 0; i < COUNT(texts); i++) {
		r->type->id = is_text ? texts[i] : blobs[i];
		if (bytes <= rows[r->type->id].limit)
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
	const struct type_row *row = &rows[r->type->id];
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
			ctx_error(r->ctx, "type", attr->span, "%s can't be %s", rows[type->id].name,
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

/* Display widths: see type.def. */
static void settle_width(struct type *type)
{
	const struct type_row *row = &rows[type->id];
	if (row->class != CLASS_INTEGER)
		return;
	if (type->zerofill) {
		if (type->length < 0)
			type->length = row->by_default;
	} else if (type->id != TYPE_TINYINT || type->length != TINYINT_BOOL_WIDTH ||
		   type->is_unsigned) {
		type->length = -1;
	}
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
	enum capability capability = rows[type->id].capability;
	if (capability != CAP_COUNT && !server_has(server, capability)) {
		struct buf text = { 0 };
		server_print(&text, server);
		ctx_error(ctx, "type", tree->span, "%s has no type '%s'", buf_text(&text),
			  rows[type->id].name);
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
	settle_width(type);
	return true;
}

/* --- writing ------------------------------------------------------------------------------------ */

/* The numbers in parentheses, as the canonical form writes them: 0, 1 or 2 of them. */
static size_t arguments(const struct type *type, int numbers[2])
{
	size_t n = 0;
	if (rows[type->id].shape == SHAPE_FSP) {
		if (type->decimals > 0)
			numbers[n++] = type->decimals;
		return n;
	}
	if (type->length >= 0)
		numbers[n++] = type->length;
	if (n && type->decimals >= 0)
		numbers[n++] = type->decimals;
	return n;
}

struct tree_type *type_to_tree(struct context *ctx, struct arena *arena, const struct type *type)
{
	struct tree_type *tree = ARENA_NEW(arena, struct tree_type);
	int numbers[2];
	tree->word = ctx_name(ctx, rows[type->id].name);
	size_t n = arguments(type, numbers);
	for (size_t i = 0; i < n; i++) {
		struct expr *arg = ARENA_NEW(arena, struct expr);
		arg->kind = EXPR_NUMBER;
		arg->text = arena_printf(arena, "%d", numbers[i]);
		arg->len = strlen(arg->text);
		LIST_PUSH(arena, &tree->args, arg);
	}
	for (size_t i = 0; i < type->values.n; i++) {
		struct expr *arg = ARENA_NEW(arena, struct expr);
		arg->kind = EXPR_STRING;
		arg->text = type->values.items[i];
		arg->len = strlen(arg->text);
		LIST_PUSH(arena, &tree->args, arg);
	}
	return tree;
}

void type_print(struct buf *out, const struct type *type)
{
	int numbers[2];
	size_t n = arguments(type, numbers);
	buf_add(out, rows[type->id].name);
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%c%d", i ? ',' : '(', numbers[i]);
	if (n)
		buf_add_char(out, ')');
	for (size_t i = 0; i < type->values.n; i++) {
		buf_add_char(out, i ? ',' : '(');
		quote_string(out, type->values.items[i], strlen(type->values.items[i]));
	}
	if (type->values.n)
		buf_add_char(out, ')');
	if (type->is_unsigned)
		buf_add(out, " unsigned");
	if (type->zerofill)
		buf_add(out, " zerofill");
}

/* --- comparing ---------------------------------------------------------------------------------- */

static bool values_equal(const struct type *a, const struct type *b)
{
	if (a->values.n != b->values.n)
		return false;
	for (size_t i = 0; i < a->values.n; i++)
		if (strcmp(a->values.items[i], b->values.items[i]))
			return false;
	return true;
}

bool type_equal(const struct type *a, const struct type *b)
{
	return a->id == b->id && a->length == b->length && a->decimals == b->decimals &&
	       a->is_unsigned == b->is_unsigned && a->zerofill == b->zerofill &&
	       a->srid == b->srid && values_equal(a, b);
}

/* Decimal digits before the point that every value of an integer type fits in. */
static int integer_digits(const struct type *type)
{
	switch (rows[type->id].bytes) {
	case 1:
		return 3;
	case 2:
		return 5;
	case 3:
		return type->is_unsigned ? 8 : 7;
	case 4:
		return 10;
	default:
		return type->is_unsigned ? 20 : 19;
	}
}

/* Characters that a value may need when it is written out; -1: no small bound. */
static long text_length(const struct type *type)
{
	const struct type_row *row = &rows[type->id];
	long longest = 0;
	switch (row->class) {
	case CLASS_INTEGER: {
		long width = type->zerofill ? type->length : 0;
		long digits = integer_digits(type) + !type->is_unsigned;
		return width > digits ? width : digits;
	}
	case CLASS_DECIMAL:
		return type->length + (type->decimals > 0) + (type->decimals == type->length) + 1;
	case CLASS_DATE:
		return 10;
	case CLASS_TIME:
		return 10 + (type->decimals > 0 ? type->decimals + 1 : 0);
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return 19 + (type->decimals > 0 ? type->decimals + 1 : 0);
	case CLASS_YEAR:
		return 4;
	case CLASS_STRING:
	case CLASS_BINARY:
		return type->length;
	case CLASS_TEXT:
	case CLASS_BLOB:
		return (long)row->limit;
	case CLASS_ENUM:
	case CLASS_SET:
		for (size_t i = 0; i < type->values.n; i++) {
			long len = (long)strlen(type->values.items[i]);
			if (row->class == CLASS_SET)
				longest += len + (i > 0);
			else if (len > longest)
				longest = len;
		}
		return longest;
	case CLASS_BIT:
	case CLASS_FLOAT:
	case CLASS_JSON:
	case CLASS_SPATIAL:
	case CLASS_OTHER:
		break;
	}
	return -1;
}

static bool integer_narrows(const struct type *from, const struct type *to)
{
	unsigned from_bytes = rows[from->id].bytes, to_bytes = rows[to->id].bytes;
	if (from->is_unsigned == to->is_unsigned)
		return to_bytes < from_bytes;
	/* signed values may be below 0; unsigned ones need one byte more */
	return to->is_unsigned || to_bytes <= from_bytes;
}

/* From a number to a decimal. */
static bool decimal_narrows(const struct type *from, const struct type *to)
{
	if (to->is_unsigned && !from->is_unsigned)
		return true;
	int whole = to->length - to->decimals;
	if (type_class(from) == CLASS_INTEGER)
		return whole < integer_digits(from);
	return whole < from->length - from->decimals || to->decimals < from->decimals;
}

/* All members stay, in their places: servers then only write the definition anew. */
static bool values_narrow(const struct type *from, const struct type *to)
{
	for (size_t i = 0; i < from->values.n; i++) {
		bool found = false;
		for (size_t j = 0; j < to->values.n; j++)
			found |= !strcmp(from->values.items[i], to->values.items[j]);
		if (!found)
			return true;
	}
	return false;
}

static bool fits_float(const struct type *from, const struct type *to)
{
	if (to->length >= 0 || (to->is_unsigned && !from->is_unsigned))
		return false;
	if (type_class(from) == CLASS_INTEGER) /* 24 and 53 bits of mantissa */
		return rows[from->id].bytes <= (to->id == TYPE_FLOAT ? 3u : 4u);
	return to->id == TYPE_DOUBLE && from->id == TYPE_FLOAT;
}

/* Bytes are kept as they are. */
static bool is_bytes(enum type_class class)
{
	return class == CLASS_BINARY || class == CLASS_BLOB;
}

static bool is_text(enum type_class class)
{
	return class == CLASS_STRING || class == CLASS_TEXT;
}

/* To a string or byte string: from anything whose text is short enough. */
static bool text_narrows(const struct type *from, const struct type *to)
{
	enum type_class from_class = type_class(from), to_class = type_class(to);
	long need = text_length(from), room = text_length(to);
	if (is_bytes(from_class) && !is_bytes(to_class))
		return true; /* bytes that are no text are lost */
	if (need < 0)
		return room < 65535 || is_bytes(to_class);
	/* lengths of char and varchar are characters, of the others bytes: 4 a character at most */
	if (from_class == CLASS_STRING && to_class != CLASS_STRING)
		need *= 4;
	if (from_class == CLASS_TEXT && to_class == CLASS_STRING)
		return need > room;
	return need > room;
}

bool type_narrows(const struct type *from, const struct type *to)
{
	enum type_class a = type_class(from), b = type_class(to);
	if (is_text(b) || is_bytes(b))
		return text_narrows(from, to);
	if (b == CLASS_INTEGER && a == CLASS_INTEGER)
		return integer_narrows(from, to);
	if (b == CLASS_DECIMAL && (a == CLASS_INTEGER || a == CLASS_DECIMAL))
		return decimal_narrows(from, to);
	if (b == CLASS_INTEGER && a == CLASS_YEAR)
		return rows[to->id].bytes < 2;
	if (b == CLASS_FLOAT && a == CLASS_FLOAT && from->id == to->id &&
	    from->length == to->length && from->decimals == to->decimals)
		return to->is_unsigned && !from->is_unsigned;
	if (b == CLASS_FLOAT && is_number(a))
		return !fits_float(from, to);
	if (b == CLASS_BIT && a == CLASS_BIT)
		return to->length < from->length;
	if ((b == CLASS_ENUM || b == CLASS_SET) && (a == b || (a == CLASS_ENUM && b == CLASS_SET)))
		return values_narrow(from, to);
	if (b == CLASS_DATETIME && a == CLASS_DATE)
		return false;
	if (b == CLASS_DATETIME && (a == CLASS_DATETIME || a == CLASS_TIMESTAMP))
		return to->decimals < from->decimals;
	if ((b == CLASS_TIMESTAMP || b == CLASS_TIME) && a == b)
		return to->decimals < from->decimals;
	if (b == CLASS_SPATIAL && to->id == TYPE_GEOMETRY && a == CLASS_SPATIAL)
		return to->srid >= 0 && to->srid != from->srid;
	if (a == CLASS_OTHER && b == CLASS_OTHER && from->id == TYPE_INET4 && to->id == TYPE_INET6)
		return false;
	return from->id != to->id || from->length != to->length;
}

/* Bytes of `digits` decimal digits in a DECIMAL (manual, "DECIMAL Data Type Characteristics"). */
static unsigned digit_bytes(int digits)
{
	static const unsigned rest[] = { 0, 1, 1, 2, 2, 3, 3, 4, 4 };
	return (unsigned)(digits / 9) * 4 + rest[digits % 9];
}

unsigned type_key_bytes(const struct type *type, unsigned charset_bytes)
{
	const struct type_row *row = &rows[type->id];
	switch (row->class) {
	case CLASS_BIT:
		return ((unsigned)type->length + 7) / 8;
	case CLASS_DECIMAL:
		return digit_bytes(type->length - type->decimals) + digit_bytes(type->decimals);
	case CLASS_TIME:
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return row->bytes + (type->decimals > 0 ? ((unsigned)type->decimals + 1) / 2 : 0);
	case CLASS_STRING:
		return (unsigned)type->length * charset_bytes;
	case CLASS_BINARY:
		return (unsigned)type->length;
	case CLASS_ENUM:
		return type->values.n > 255 ? 2 : 1;
	case CLASS_SET: {
		unsigned bytes = ((unsigned)type->values.n + 7) / 8;
		return bytes > 4 ? 8 : bytes;
	}
	case CLASS_INTEGER:
	case CLASS_FLOAT:
	case CLASS_DATE:
	case CLASS_YEAR:
	case CLASS_OTHER:
		return row->bytes;
	case CLASS_TEXT:
	case CLASS_BLOB:
	case CLASS_JSON:
	case CLASS_SPATIAL:
		break;
	}
	return 0; /* needs a prefix, or a key of another kind */
}
