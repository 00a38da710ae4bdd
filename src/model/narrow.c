#include "model/narrow.h"

#include "model/charset.h"
#include "model/type_row.h"

#include <string.h>

#define UNBOUNDED 4294967295L /* bytes of longtext: nothing is longer */
#define FLOAT_TEXT 13         /* -1.17549e-38 */
#define DOUBLE_TEXT 24        /* -2.2250738585072014e-308 */

/* What decides whether values of one class are kept in another. */
enum rule {
	CLASS, /* never all: what the table leaves out */
	KEEPS,
	INTEGER, /* whole numbers to whole numbers or bits: digits in base 2 */
	DECIMAL, /* to decimal: digits before and after the point */
	WHOLE,   /* decimal to whole numbers */
	FLOAT,   /* to an approximate number: digits it is exact for */
	BITS,
	FSP,    /* digits of a second's fraction */
	MOMENT, /* a moment that is cut, or out of range: never all */
	TEXT,   /* to text */
	BYTES,  /* to byte strings */
	MEMBERS,
	JSON,  /* numbers to JSON */
	SHAPE, /* geometries */
	OTHER,
};

enum { N_CLASSES = CLASS_OTHER + 1 };

#define TO_TEXT [CLASS_STRING] = TEXT, [CLASS_TEXT] = TEXT
#define TO_BYTES [CLASS_BINARY] = BYTES, [CLASS_BLOB] = BYTES

/* From the one to the other. */
static const enum rule rules[N_CLASSES][N_CLASSES] = {
	[CLASS_INTEGER] = { [CLASS_INTEGER] = INTEGER,
			    [CLASS_BIT] = INTEGER,
			    [CLASS_DECIMAL] = DECIMAL,
			    [CLASS_FLOAT] = FLOAT,
			    [CLASS_JSON] = JSON,
			    TO_TEXT,
			    TO_BYTES },
	[CLASS_BIT] = { [CLASS_INTEGER] = INTEGER,
			[CLASS_BIT] = BITS,
			[CLASS_DECIMAL] = DECIMAL,
			[CLASS_FLOAT] = FLOAT },
	[CLASS_DECIMAL] = { [CLASS_INTEGER] = WHOLE,
			    [CLASS_DECIMAL] = DECIMAL,
			    [CLASS_FLOAT] = FLOAT,
			    [CLASS_JSON] = JSON,
			    TO_TEXT,
			    TO_BYTES },
	[CLASS_FLOAT] = { [CLASS_FLOAT] = FLOAT, [CLASS_JSON] = JSON, TO_TEXT, TO_BYTES },
	[CLASS_DATE] = { [CLASS_DATE] = KEEPS,
			 [CLASS_DATETIME] = KEEPS,
			 [CLASS_TIMESTAMP] = MOMENT,
			 TO_TEXT,
			 TO_BYTES },
	[CLASS_TIME] = { [CLASS_TIME] = FSP, TO_TEXT, TO_BYTES },
	[CLASS_DATETIME] = { [CLASS_DATETIME] = FSP,
			     [CLASS_DATE] = MOMENT,
			     [CLASS_TIMESTAMP] = MOMENT,
			     TO_TEXT,
			     TO_BYTES },
	[CLASS_TIMESTAMP] = { [CLASS_TIMESTAMP] = FSP,
			      [CLASS_DATE] = MOMENT,
			      [CLASS_DATETIME] = FSP,
			      TO_TEXT,
			      TO_BYTES },
	[CLASS_YEAR] = { [CLASS_YEAR] = KEEPS,
			 [CLASS_INTEGER] = INTEGER,
			 [CLASS_BIT] = INTEGER,
			 [CLASS_DECIMAL] = DECIMAL,
			 [CLASS_FLOAT] = FLOAT,
			 [CLASS_JSON] = JSON,
			 TO_TEXT,
			 TO_BYTES },
	[CLASS_STRING] = { TO_TEXT, TO_BYTES },
	[CLASS_TEXT] = { TO_TEXT, TO_BYTES },
	[CLASS_BINARY] = { TO_TEXT, TO_BYTES, [CLASS_OTHER] = OTHER },
	[CLASS_BLOB] = { TO_TEXT, TO_BYTES },
	[CLASS_ENUM] = { [CLASS_ENUM] = MEMBERS, [CLASS_SET] = MEMBERS, TO_TEXT, TO_BYTES },
	[CLASS_SET] = { [CLASS_SET] = MEMBERS, TO_TEXT, TO_BYTES },
	[CLASS_JSON] = { [CLASS_JSON] = KEEPS, TO_TEXT, TO_BYTES },
	[CLASS_SPATIAL] = { [CLASS_SPATIAL] = SHAPE, TO_TEXT, TO_BYTES },
	[CLASS_OTHER] = { [CLASS_OTHER] = OTHER, TO_TEXT, TO_BYTES },
};

/* --- charsets ------------------------------------------------------------------------------- */

static bool is_one_of(const struct name *charset, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(charset->text, *names))
			return true;
	return false;
}

static const char *const all_characters[] = { "utf8mb4", "utf16",   "utf16le",
					      "utf32",   "gb18030", NULL };
static const char *const wide[] = { "ucs2", "utf16", "utf16le", "utf32", NULL };
static const char *const basic_plane[] = { "utf8mb3", "ucs2", NULL };

bool narrow_charset_holds(const struct name *from, const struct name *to)
{
	if (!from || !to || from == to)
		return true;
	if (!strcmp(from->text, "binary"))
		return false;
	if (!strcmp(from->text, "ascii") || is_one_of(to, all_characters))
		return true;
	return is_one_of(to, basic_plane) && !is_one_of(from, all_characters);
}

/* Most bytes that a byte of the one becomes in the other. */
static long growth(const struct name *from, const struct name *to)
{
	if (!from || !to || from == to)
		return 1;
	if (!strcmp(to->text, "utf8mb4") && !strcmp(from->text, "utf8mb3"))
		return 1;
	if (!strcmp(from->text, "ascii") && !is_one_of(to, wide))
		return 1;
	return charset_bytes(to);
}

/* Members are known: those that the charset has are no loss, whatever charset they come from. */
static bool holds_members(const struct type *type, const struct name *charset)
{
	unsigned char most = !charset || is_one_of(charset, all_characters) ? 0xFF
			     : is_one_of(charset, basic_plane)              ? 0xEF
									    : 0x7F;
	for (size_t i = 0; i < type->values.n; i++)
		for (const char *c = type->values.items[i]; *c; c++)
			if (*(const unsigned char *)c > most)
				return false;
	return true;
}

/* --- numbers -------------------------------------------------------------------------------- */

/* Digits in base 2 that the values take, without the sign. */
static int bits_of(const struct type *type)
{
	switch ((int)type_class(type)) {
	case CLASS_BIT:
		return type->length;
	case CLASS_YEAR:
		return 12;
	default:
		return (int)type_rows[type->id].bytes * 8 - !type->is_unsigned;
	}
}

static bool is_signed(const struct type *type)
{
	return type_class(type) != CLASS_BIT && type_class(type) != CLASS_YEAR &&
	       !type->is_unsigned;
}

static bool loses_sign(const struct type *from, const struct type *to)
{
	return is_signed(from) && !is_signed(to);
}

/* Decimal digits that 2 ^ bits - 1 has. */
static int digits_of(int bits)
{
	int digits = 1;
	for (long double most =
		     (long double)(bits >= 64 ? 18446744073709551615ULL : (1ULL << bits) - 1);
	     most >= 10; most /= 10)
		digits++;
	return digits;
}

/* Before the point. */
static int whole_digits(const struct type *type)
{
	if (type_class(type) == CLASS_DECIMAL)
		return type->length - type->decimals;
	return type_class(type) == CLASS_YEAR ? 4 : digits_of(bits_of(type));
}

static int fraction_digits(const struct type *type)
{
	return type_class(type) == CLASS_DECIMAL ? type->decimals : 0;
}

static bool decimal_loses(const struct type *from, const struct type *to)
{
	return loses_sign(from, to) || whole_digits(to) < whole_digits(from) ||
	       fraction_digits(to) < fraction_digits(from);
}

/* Is every value of the decimal one of the whole numbers? */
static bool whole_loses(const struct type *from, const struct type *to)
{
	return loses_sign(from, to) || from->decimals > 0 || from->length >= digits_of(bits_of(to));
}

/* Do the digits before and behind the point fit in float(M,D)? Without (M,D) all do. */
static bool fits_digits(const struct type *to, int whole, int decimals)
{
	return to->length < 0 || (to->length - to->decimals >= whole && to->decimals >= decimals);
}

/* Digits that an approximate number gives back: FLT_DIG and DBL_DIG; 24 and 53 bits. */
static bool float_loses(const struct type *from, const struct type *to)
{
	bool is_double = to->id == TYPE_DOUBLE;
	int digits = is_double ? 15 : 6;
	if (loses_sign(from, to))
		return true;
	switch ((int)type_class(from)) {
	case CLASS_FLOAT:
		if (from->length < 0 && to->length >= 0)
			return true;
		return (from->id == TYPE_DOUBLE && !is_double) ||
		       !fits_digits(to, from->length - from->decimals, from->decimals);
	case CLASS_DECIMAL:
		/* a float without (M,D) is shown with 6 digits, but what it is is something else */
		if (!is_double && to->length < 0 && from->decimals > 0)
			return true;
		return from->length > digits ||
		       !fits_digits(to, whole_digits(from), from->decimals);
	default:
		return bits_of(from) > (is_double ? 53 : 24) ||
		       !fits_digits(to, whole_digits(from), 0);
	}
}

/* Approximate, and shown with fewer digits than it has. */
static bool is_shown_short(const struct type *type)
{
	return type->id == TYPE_FLOAT && type->length < 0;
}

/* Numbers that JSON holds exactly, and shows as the server does: MySQL makes doubles of decimals. */
static bool is_plain_number(const struct type *type)
{
	switch ((int)type_class(type)) {
	case CLASS_INTEGER:
		return !type->zerofill;
	case CLASS_DECIMAL:
		return type->decimals == 0 && type->length < 19;
	case CLASS_FLOAT:
		return !is_shown_short(type);
	default:
		return false;
	}
}

void narrow_integer_bounds(const struct type *type, const char **least, const char **most)
{
	static const char *const bounds[][3] = {
		{ "-128", "127", "255" },
		{ "-32768", "32767", "65535" },
		{ "-8388608", "8388607", "16777215" },
		{ "-2147483648", "2147483647", "4294967295" },
		{ "-9223372036854775808", "9223372036854775807", "18446744073709551615" },
	};
	size_t row = type->id == TYPE_TINYINT     ? 0
		     : type->id == TYPE_SMALLINT  ? 1
		     : type->id == TYPE_MEDIUMINT ? 2
		     : type->id == TYPE_INT       ? 3
						  : 4;
	*least = type->is_unsigned ? "0" : bounds[row][0];
	*most = bounds[row][type->is_unsigned ? 2 : 1];
}

/* --- texts ---------------------------------------------------------------------------------- */

/* A member's characters. */
static long characters(const char *text)
{
	long n = 0;
	for (; *text; text++)
		n += (*(const unsigned char *)text & 0xC0) != 0x80;
	return n;
}

static long member_length(const struct type *type)
{
	long longest = 0;
	for (size_t i = 0; i < type->values.n; i++) {
		long len = characters(type->values.items[i]);
		if (type_class(type) == CLASS_SET)
			longest += len + (i > 0);
		else if (len > longest)
			longest = len;
	}
	return longest;
}

static long fraction(const struct type *type)
{
	return type->decimals > 0 ? type->decimals + 1 : 0;
}

/* Characters that a value may need when it is written out. */
static long text_length(const struct type *type)
{
	const struct type_row *row = &type_rows[type->id];
	long length, width = type->zerofill ? type->length : 0;
	switch (row->class) {
	case CLASS_INTEGER:
		length = digits_of(bits_of(type)) + !type->is_unsigned;
		return width > length ? width : length;
	case CLASS_DECIMAL: /* the sign, the point, and a 0 before it */
		return type->length + !type->is_unsigned + (type->decimals > 0) +
		       (type->decimals == type->length);
	case CLASS_FLOAT:
		if (type->length >= 0)
			return type->length + 2;
		return type->id == TYPE_DOUBLE ? DOUBLE_TEXT : FLOAT_TEXT;
	case CLASS_DATE:
		return 10;
	case CLASS_TIME:
		return 10 + fraction(type);
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return 19 + fraction(type);
	case CLASS_YEAR:
		return 4;
	case CLASS_ENUM:
	case CLASS_SET:
		return member_length(type);
	case CLASS_STRING:
	case CLASS_BINARY:
		return type->length;
	case CLASS_TEXT:
	case CLASS_BLOB:
		return (long)row->limit;
	case CLASS_OTHER:
		return type->id == TYPE_UUID ? 36 : type->id == TYPE_INET4 ? 15 : 39;
	case CLASS_BIT:
	case CLASS_JSON:
	case CLASS_SPATIAL:
		break;
	}
	return UNBOUNDED;
}

static bool is_text(enum type_class class)
{
	return class == CLASS_STRING || class == CLASS_TEXT;
}

/* Byte strings, and what is kept as one: text only where every byte is a character. */
static bool is_bytes(const struct type *type)
{
	enum type_class class = type_class(type);
	return class == CLASS_BINARY || class == CLASS_BLOB || class == CLASS_SPATIAL ||
	       type->id == TYPE_VECTOR;
}

static bool is_members(enum type_class class)
{
	return class == CLASS_ENUM || class == CLASS_SET;
}

static long member_bytes(const struct column *column, size_t at)
{
	const char *member = column->type.values.items[at];
	unsigned width = column->charset ? charset_bytes(column->charset) : 1;
	bool utf8 = column->charset && !strncmp(column->charset->text, "utf8", 4);
	return utf8 || width == 1 ? (long)strlen(member) : characters(member) * (long)width;
}

/* Bytes that a value is, at least and at most. */
static void byte_lengths(const struct column *column, long *least, long *most)
{
	const struct type *type = &column->type;
	long width = column->charset ? charset_bytes(column->charset) : 1;
	long comma = column->charset && !strncmp(column->charset->text, "utf8", 4) ? 1 : width;
	*least = 0;
	*most = text_length(type);
	switch ((int)type_class(type)) {
	case CLASS_STRING:
		*most *= width;
		break;
	case CLASS_SET:
		*most = 0;
		for (size_t i = 0; i < type->values.n; i++)
			*most += member_bytes(column, i) + (i > 0 ? comma : 0);
		break;
	case CLASS_ENUM:
		*least = UNBOUNDED;
		*most = 0;
		for (size_t i = 0; i < type->values.n; i++) {
			long len = member_bytes(column, i);
			*least = len < *least ? len : *least;
			*most = len > *most ? len : *most;
		}
		break;
	case CLASS_OTHER: /* not as text, but as it is kept */
		*most = type->id == TYPE_VECTOR ? type->length * 4L
						: (long)type_rows[type->id].bytes;
		*least = *most;
		break;
	case CLASS_SPATIAL:
		if (type->id == TYPE_POINT)
			*least = *most = 25; /* SRID, byte order, kind, two doubles */
		break;
	case CLASS_DATE:
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
	case CLASS_YEAR:
		*least = *most;
		break;
	default:
		break;
	}
}

static enum narrow_kind text_narrows(const struct column *from, const struct column *to)
{
	enum type_class class = type_class(&from->type);
	long need = text_length(&from->type), room = text_length(&to->type);
	if (is_bytes(&from->type)) {
		if (strcmp(to->charset->text, "latin1") != 0)
			return NARROW_CLASS;
		long least;
		byte_lengths(from, &least, &need);
	}
	if (is_shown_short(&from->type))
		return NARROW_NUMBER;
	if (is_members(class) ? !narrow_charset_holds(from->charset, to->charset) &&
					!holds_members(&from->type, to->charset)
			      : !narrow_charset_holds(from->charset, to->charset))
		return NARROW_CHARSET;
	if (to->type.id == TYPE_CHAR && from->type.id != TYPE_CHAR &&
	    (is_text(class) || is_bytes(&from->type)))
		return NARROW_LENGTH; /* blanks at the end are lost */
	/* lengths of char and varchar are characters, of texts bytes */
	if (type_class(&to->type) == CLASS_TEXT && class == CLASS_TEXT)
		need *= growth(from->charset, to->charset);
	else if (type_class(&to->type) == CLASS_TEXT &&
		 (class == CLASS_STRING || is_members(class)))
		need *= charset_bytes(to->charset);
	return need > room && room < UNBOUNDED ? NARROW_LENGTH : NARROW_NOTHING;
}

static enum narrow_kind bytes_narrow(const struct column *from, const struct column *to)
{
	long least, most, room = text_length(&to->type);
	byte_lengths(from, &least, &most);
	if (is_shown_short(&from->type))
		return NARROW_NUMBER;
	/* of a fixed length: zero bytes are added */
	if (to->type.id == TYPE_BINARY && (from->type.id != TYPE_BINARY || most < room))
		return least == room && most == room ? NARROW_NOTHING : NARROW_LENGTH;
	return most > room ? NARROW_LENGTH : NARROW_NOTHING;
}

/* --- the others ----------------------------------------------------------------------------- */

/* All members stay; servers go by their names, in whatever order they stand. */
static enum narrow_kind members_narrow(const struct column *from, const struct column *to)
{
	for (size_t i = 0; i < from->type.values.n; i++) {
		bool found = false;
		for (size_t j = 0; j < to->type.values.n; j++)
			found |= !strcmp(from->type.values.items[i], to->type.values.items[j]);
		if (!found)
			return NARROW_MEMBERS;
	}
	if (!narrow_charset_holds(from->charset, to->charset) &&
	    !holds_members(&from->type, to->charset))
		return NARROW_CHARSET;
	return NARROW_NOTHING;
}

static enum narrow_kind shape_narrows(const struct type *from, const struct type *to)
{
	bool srid = to->srid >= 0 && to->srid != from->srid;
	return srid || (to->id != from->id && to->id != TYPE_GEOMETRY) ? NARROW_CLASS
								       : NARROW_NOTHING;
}

static enum narrow_kind other_narrows(const struct type *from, const struct type *to)
{
	bool same = from->id == to->id && from->length == to->length;
	bool sixteen = from->id == TYPE_BINARY && from->length == 16;
	return same || (sixteen && (to->id == TYPE_UUID || to->id == TYPE_INET6)) ? NARROW_NOTHING
										  : NARROW_CLASS;
}

static enum narrow_kind when(bool loses, enum narrow_kind kind)
{
	return loses ? kind : NARROW_NOTHING;
}

enum narrow_kind narrow_column(const struct column *from_column, const struct column *to_column)
{
	const struct type *from = &from_column->type, *to = &to_column->type;
	switch (rules[type_class(from)][type_class(to)]) {
	case KEEPS:
		return NARROW_NOTHING;
	case CLASS:
		return NARROW_CLASS;
	case JSON:
		return when(!is_plain_number(from), NARROW_CLASS);
	case INTEGER:
		return when(loses_sign(from, to) || bits_of(to) < bits_of(from), NARROW_NUMBER);
	case DECIMAL:
		return when(decimal_loses(from, to), NARROW_NUMBER);
	case WHOLE:
		return when(whole_loses(from, to), NARROW_NUMBER);
	case FLOAT:
		return when(float_loses(from, to), NARROW_NUMBER);
	case BITS:
		return when(to->length < from->length, NARROW_LENGTH);
	case MOMENT:
		return NARROW_TIME;
	case FSP:
		return when(to->decimals < from->decimals, NARROW_TIME);
	case TEXT:
		return text_narrows(from_column, to_column);
	case BYTES:
		return bytes_narrow(from_column, to_column);
	case MEMBERS:
		return members_narrow(from_column, to_column);
	case SHAPE:
		return shape_narrows(from, to);
	case OTHER:
		return other_narrows(from, to);
	}
	return NARROW_CLASS;
}
