/*
 * literal: the normal form of literal defaults (normal_default of normal.h).
 *
 * A literal is first made plain: a text with what it was (a number, a string,
 * bytes), then read as its type reads it. Checked against what the servers show
 * by tests/server/test_defaults.c.
 */
#include "model/literal.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "model/moment.h"
#include "model/number.h"

#include <arpa/inet.h>
#include <float.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

struct reader {
	struct context *ctx;
	struct arena *arena;
	const struct server *server;
	const struct type *type;
	const struct expr *literal; /* as written */
	/* made plain */
	enum { PLAIN_NUMBER, PLAIN_STRING, PLAIN_BYTES } plain;
	const char *text;
	size_t len;
	const struct name *introducer; /* kept where it changes the meaning */
};

/* Queues why the literal can't be a default of its type. */
static const struct expr *fail(struct reader *r, const char *why)
{
	struct buf literal = { 0 }, type = { 0 };
	expr_print(&literal, r->literal, EXPR_MODEL);
	type_print(&type, r->type);
	ctx_error(r->ctx, "default", r->literal->span, "default %s does not fit %s: %s",
		  buf_text(&literal), buf_text(&type), why);
	buf_free(&literal);
	buf_free(&type);
	return NULL;
}

static const struct expr *make(struct reader *r, enum expr_kind kind, const char *text, size_t len)
{
	struct expr *expr = ARENA_NEW(r->arena, struct expr);
	expr->kind = kind;
	expr->span = r->literal->span;
	expr->text = arena_strndup(r->arena, text, len);
	expr->len = len;
	return expr;
}

static const struct expr *make_string(struct reader *r, const char *text)
{
	return make(r, EXPR_STRING, text, strlen(text));
}

/* --- plain ------------------------------------------------------------------------------------ */

static int hex_digit(char c)
{
	return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

const char *literal_bytes(struct arena *arena, const struct expr *literal, size_t *len)
{
	unsigned bits = literal->kind == EXPR_HEX ? 4 : 1; /* a digit */
	size_t digits = 8 / bits, n = (literal->len + digits - 1) / digits;
	char *bytes = arena_alloc(arena, n + 1);
	size_t missing = n * digits - literal->len;
	for (size_t i = 0; i < literal->len; i++) {
		size_t at = (i + missing) / digits;
		bytes[at] = (char)((unsigned char)bytes[at] << bits | hex_digit(literal->text[i]));
	}
	*len = n;
	return bytes;
}

const char *literal_hex(struct arena *arena, const char *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_alloc(arena, len * 2 + 1);
	for (size_t i = 0; i < len; i++) {
		text[i * 2] = digits[(unsigned char)bytes[i] >> 4];
		text[i * 2 + 1] = digits[(unsigned char)bytes[i] & 15];
	}
	return text;
}

bool literal_introducer_is_plain(const struct name *name, const char *text, size_t len)
{
	static const char *const utf8[] = { "utf8mb4", "utf8mb3", "utf8" };
	static const char *const other_forms[] = { "ucs2", "utf16", "utf16le", "utf32", "binary" };
	if (!name)
		return true;
	for (size_t i = 0; i < COUNT(utf8); i++)
		if (word_equal(name->text, utf8[i]))
			return true;
	for (size_t i = 0; i < COUNT(other_forms); i++)
		if (word_equal(name->text, other_forms[i]))
			return false;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/* False: it is no literal. */
static bool make_plain(struct reader *r, const struct expr *literal)
{
	const struct expr *inner = literal;
	bool negative = false;
	while (inner->kind == EXPR_UNARY && inner->args.n == 1 &&
	       (!strcmp(inner->name->text, "-") || !strcmp(inner->name->text, "+"))) {
		negative ^= inner->name->text[0] == '-';
		inner = inner->args.items[0];
		if (inner->kind != EXPR_UNARY && inner->kind != EXPR_NUMBER)
			return false;
	}
	r->text = inner->text;
	r->len = inner->len;
	if (inner->kind == EXPR_NUMBER) {
		r->plain = PLAIN_NUMBER;
		if (negative)
			r->text = arena_printf(r->arena, "-%s", inner->text);
		r->len = strlen(r->text);
	} else if (inner->kind == EXPR_BOOL) {
		r->plain = PLAIN_NUMBER;
		r->text = word_equal(inner->text, "true") ? "1" : "0";
		r->len = 1;
	} else if (inner->kind == EXPR_STRING || inner->kind == EXPR_TEMPORAL) {
		r->plain = PLAIN_STRING;
		if (inner->kind == EXPR_STRING &&
		    !literal_introducer_is_plain(inner->name, inner->text, inner->len))
			r->introducer = inner->name;
	} else if (inner->kind == EXPR_HEX || inner->kind == EXPR_BIT) {
		r->plain = PLAIN_BYTES;
		r->text = literal_bytes(r->arena, inner, &r->len);
		if (!literal_introducer_is_plain(inner->name, r->text, r->len))
			r->introducer = inner->name;
	} else {
		return false;
	}
	return true;
}

bool literal_is_text(const char *text, size_t len, bool controls)
{
	if (!is_utf8(text, len))
		return false;
	for (size_t i = 0; i < len && !controls; i++)
		if ((unsigned char)text[i] < ' ' || text[i] == 127)
			return false;
	return true;
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* Bytes are a number, the first one counts most. */
static bool bytes_value(const struct reader *r, unsigned long long *value)
{
	*value = 0;
	for (size_t i = 0; i < r->len; i++) {
		if (*value >> 56)
			return false;
		*value = *value << 8 | (unsigned char)r->text[i];
	}
	return true;
}

static bool read_number(struct reader *r, struct number *number)
{
	unsigned long long value;
	if (r->plain != PLAIN_BYTES)
		return number_parse(number, r->text, r->len);
	if (!bytes_value(r, &value))
		return false;
	number_set(number, value);
	return true;
}

static const struct expr *read_integer(struct reader *r)
{
	unsigned bits = type_key_bytes(r->type, 1) * 8;
	struct number number, limit;
	if (!read_number(r, &number))
		return fail(r, "it is no number");
	number_round(&number, 0);
	if (number.negative && r->type->is_unsigned)
		return fail(r, "it is below 0");
	unsigned long long most =
		r->type->is_unsigned ? ~0ULL >> (64 - bits) : ~0ULL >> (65 - bits);
	number_set(&limit, most + number.negative);
	if (number_compare(&number, &limit) > 0)
		return fail(r, "it is out of range");
	return make_string(r, number_fixed(r->arena, &number, 0));
}

static const struct expr *read_decimal(struct reader *r)
{
	struct number number;
	if (!read_number(r, &number))
		return fail(r, "it is no number");
	number_round(&number, r->type->decimals);
	if (number.negative && r->type->is_unsigned)
		return fail(r, "it is below 0");
	if (number_whole_digits(&number) > r->type->length - r->type->decimals)
		return fail(r, "it is out of range");
	return make_string(r, number_fixed(r->arena, &number, r->type->decimals));
}

static const struct expr *read_float(struct reader *r)
{
	struct number number;
	const struct type *type = r->type;
	if (!read_number(r, &number))
		return fail(r, "it is no number");
	if (number.negative && type->is_unsigned)
		return fail(r, "it is below 0");
	const char *text = number_fixed(r->arena, &number,
					number.n > number.point ? number.n - number.point : 0);
	double value = strtod(text, NULL),
	       limit = type->id == TYPE_FLOAT ? (double)FLT_MAX : DBL_MAX;
	if (type->length >= 0)
		number_round(&number, type->decimals);
	if (value > limit || value < -limit ||
	    (type->length >= 0 && number_whole_digits(&number) > type->length - type->decimals))
		return fail(r, "it is out of range");
	if (type->decimals >= 0)
		return make_string(r, arena_printf(r->arena, "%.*f", type->decimals, value));
	return make_string(r, type->id == TYPE_FLOAT ? number_float_text(r->arena, value)
						     : number_double_text(r->arena, value));
}

static const struct expr *read_bit(struct reader *r)
{
	struct number number;
	unsigned long long value;
	char digits[65];
	bool ok = r->plain == PLAIN_NUMBER
			  ? number_parse(&number, r->text, r->len) && number_value(&number, &value)
			  : bytes_value(r, &value);
	if (!ok || (r->type->length < 64 && value >> r->type->length))
		return fail(r, "it has more bits");
	int n = 0;
	for (int i = 63; i >= 0; i--)
		if (n || !i || value >> i & 1)
			digits[n++] = (char)('0' + (value >> i & 1));
	return make(r, EXPR_BIT, digits, (size_t)n);
}

/* --- dates and times -------------------------------------------------------------------------- */

static const struct expr *read_year(struct reader *r)
{
	struct number number;
	unsigned long long year;
	bool four = r->plain == PLAIN_STRING && r->len == 4;
	if (!read_number(r, &number))
		return fail(r, "it is no year");
	number_round(&number, 0);
	if (!number_value(&number, &year))
		return fail(r, "it is no year");
	/* the number 0 and the string '0000' are the zero year, '0' and '00' are 2000 */
	bool zero = !year && (four || r->plain != PLAIN_STRING);
	if (!zero && year < 70 && !four)
		year += 2000;
	else if (!zero && year < 100 && !four)
		year += 1900;
	if (!zero && (year < 1901 || year > 2155))
		return fail(r, "years go from 1901 to 2155");
	if (r->type->length == 2)
		return make_string(r, arena_printf(r->arena, "%02llu", year % 100));
	return make_string(r, arena_printf(r->arena, "%04llu", year));
}

/* A number of 5 digits or less misses zeros in front: 101 is 2000-01-01. */
static void fill_up(struct reader *r)
{
	size_t whole = strcspn(r->text, ".");
	size_t want = whole > 8 && whole < 12 ? 12 : whole > 1 && whole < 6 ? 6 : whole;
	want = whole == 7 ? 8 : whole == 13 ? 14 : want;
	r->text = arena_printf(r->arena, "%.*s%s", (int)(want - whole), "000000", r->text);
	r->len = strlen(r->text);
}

static bool in_timestamp_range(struct reader *r, const struct moment *moment)
{
	static const struct moment first = { .year = 1970, .month = 1, .day = 1, .second = 1 };
	static const struct moment last = { .year = 2038,
					    .month = 1,
					    .day = 19,
					    .hour = 3,
					    .minute = 14,
					    .second = 7,
					    .micros = 999999 };
	static const struct moment last_64 = { .year = 2106,
					       .month = 2,
					       .day = 7,
					       .hour = 6,
					       .minute = 28,
					       .second = 15,
					       .micros = 999999 };
	const struct moment *end = server_has(r->server, CAP_TIMESTAMP_2106) ? &last_64 : &last;
	return moment_is_zero(moment) ||
	       (moment_compare(moment, &first) >= 0 && moment_compare(moment, end) <= 0);
}

static const struct expr *read_moment(struct reader *r)
{
	struct moment moment;
	bool round = server_has(r->server, CAP_TIME_ROUNDS);
	enum type_class class = type_class(r->type);
	if (r->plain == PLAIN_NUMBER)
		fill_up(r);
	if (r->plain == PLAIN_BYTES || !moment_parse(&moment, r->text, r->len))
		return fail(r, class == CLASS_DATE ? "it is no date" : "it is no date and time");
	if (class == CLASS_DATE)
		return make_string(r, moment_date_text(r->arena, &moment));
	if (!moment_limit(&moment, r->type->decimals, round, false) ||
	    (class == CLASS_TIMESTAMP && !in_timestamp_range(r, &moment)))
		return fail(r, "it is out of range");
	return make_string(r, moment_text(r->arena, &moment, r->type->decimals));
}

static const struct expr *read_time(struct reader *r)
{
	struct moment moment;
	bool round = server_has(r->server, CAP_TIME_ROUNDS);
	if (r->plain == PLAIN_BYTES || !moment_parse_time(&moment, r->text, r->len) ||
	    !moment_limit(&moment, r->type->decimals, round, true))
		return fail(r, "it is no time");
	return make_string(r, moment_time_text(r->arena, &moment, r->type->decimals));
}

/* --- strings and bytes ------------------------------------------------------------------------ */

static size_t count_characters(const char *text, size_t len)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xc0) != 0x80;
	return n;
}

/* The text that a number has in a string: 007 is 7, .5 is 0.5, 1.50 stays, 1e3 is 1000. */
static void number_as_text(struct reader *r)
{
	struct number number;
	if (r->plain != PLAIN_NUMBER || !number_parse(&number, r->text, r->len))
		return;
	const char *point = strchr(r->text, '.');
	r->plain = PLAIN_STRING;
	if (strpbrk(r->text, "eE"))
		r->text = number_double_text(r->arena, strtod(r->text, NULL));
	else
		r->text = number_fixed(r->arena, &number, point ? (int)strlen(point + 1) : 0);
	r->len = strlen(r->text);
}

static const struct expr *make_hex(struct reader *r)
{
	return make(r, EXPR_HEX, literal_hex(r->arena, r->text, r->len), r->len * 2);
}

static const struct expr *read_string(struct reader *r)
{
	const struct type *type = r->type;
	number_as_text(r);
	if (type->id == TYPE_CHAR)
		while (r->len && r->text[r->len - 1] == ' ')
			r->len--;
	if (!literal_is_text(r->text, r->len, true) || r->introducer) {
		struct expr *expr = expr_copy(
			r->arena, r->plain == PLAIN_STRING ? make(r, EXPR_STRING, r->text, r->len)
							   : make_hex(r));
		expr->name = r->introducer;
		return expr;
	}
	if (type_class(type) == CLASS_STRING &&
	    count_characters(r->text, r->len) > (size_t)type->length)
		return fail(r, "it is longer");
	if (type_class(type) == CLASS_TEXT && r->len > type_limit(type))
		return fail(r, "it is longer");
	return make(r, EXPR_STRING, r->text, r->len);
}

/* MariaDB keeps the default of a text or blob as an expression: 5 is shown as 5. */
static const struct expr *read_unconverted(struct reader *r)
{
	bool negative = *r->text == '-';
	struct expr *number = expr_number(r->arena, r->text + negative);
	if (!negative)
		return number;
	struct expr *expr = expr_new(r->arena, EXPR_UNARY, span_none());
	expr->name = ctx_name(r->ctx, "-");
	LIST_PUSH(r->arena, &expr->args, number);
	return expr;
}

/* Zero bytes at the end of BINARY(n) are its padding. */
static const struct expr *read_bytes(struct reader *r)
{
	number_as_text(r);
	if (type_class(r->type) == CLASS_BINARY && r->len > (size_t)r->type->length)
		return fail(r, "it is longer");
	if (r->type->id == TYPE_BINARY)
		while (r->len && !r->text[r->len - 1])
			r->len--;
	if (!literal_is_text(r->text, r->len, false))
		return make_hex(r);
	return make(r, EXPR_STRING, r->text, r->len);
}

/* --- enum and set ----------------------------------------------------------------------------- */

/* The member a text means: itself, or one that differs in case only; -1: none. */
static int find_member(struct reader *r, const char *text, size_t len)
{
	const struct type *type = r->type;
	while (len && text[len - 1] == ' ')
		len--;
	for (size_t i = 0; i < type->values.n; i++)
		if (strlen(type->values.items[i]) == len &&
		    !memcmp(type->values.items[i], text, len))
			return (int)i;
	const struct name *name = name_intern_bytes(&r->ctx->names, text, len);
	for (size_t i = 0; i < type->values.n; i++)
		if (name_equal(ctx_name(r->ctx, type->values.items[i]), name))
			return (int)i;
	return -1;
}

static const struct expr *fail_member(struct reader *r, const char *text, size_t len)
{
	const char *word = arena_strndup(r->arena, text, len);
	fail(r, arena_printf(r->arena, "'%s' is none of its values", word));
	struct diag_queue *queue = &r->ctx->diags;
	const char *near = diag_suggest(word, r->type->values.items, r->type->values.n);
	if (near)
		ctx_hint(r->ctx, queue->diags.items[queue->diags.n - 1], "did you mean '%s'?",
			 near);
	return NULL;
}

static const struct expr *read_enum(struct reader *r)
{
	number_as_text(r);
	int member = find_member(r, r->text, r->len);
	if (member < 0)
		return fail_member(r, r->text, r->len);
	return make_string(r, r->type->values.items[member]);
}

static const struct expr *read_set(struct reader *r)
{
	unsigned long long members = 0;
	struct buf text = { 0 };
	number_as_text(r);
	for (size_t from = 0; from < r->len;) {
		const char *comma = memchr(r->text + from, ',', r->len - from);
		size_t len = comma ? (size_t)(comma - r->text) - from : r->len - from;
		int member = find_member(r, r->text + from, len);
		if (member < 0)
			return fail_member(r, r->text + from, len);
		members |= 1ULL << member;
		from += len + 1;
	}
	for (size_t i = 0; i < r->type->values.n; i++)
		if (members >> i & 1)
			buf_printf(&text, "%s%s", text.len ? "," : "", r->type->values.items[i]);
	const struct expr *expr = make(r, EXPR_STRING, buf_text(&text), text.len);
	buf_free(&text);
	return expr;
}

/* --- MariaDB's own types ---------------------------------------------------------------------- */

static const struct expr *read_uuid(struct reader *r)
{
	char digits[33];
	size_t n = 0;
	if (r->plain == PLAIN_BYTES && r->len == 16) {
		const struct expr *hex = make_hex(r);
		r->text = hex->text;
		r->len = hex->len;
	}
	for (size_t i = 0; i < r->len; i++) {
		char c = r->text[i];
		bool letter = (c | 32) >= 'a' && (c | 32) <= 'f';
		if (c == '-' && n)
			continue;
		if ((!letter && (c < '0' || c > '9')) || n == 32)
			return fail(r, "it is no uuid");
		digits[n++] = (char)(letter ? c | 32 : c);
	}
	if (n != 32)
		return fail(r, "it is no uuid");
	return make_string(r, arena_printf(r->arena, "%.8s-%.4s-%.4s-%.4s-%.12s", digits,
					   digits + 8, digits + 12, digits + 16, digits + 20));
}

static const struct expr *read_inet4(struct reader *r)
{
	unsigned part[4];
	char behind;
	if (r->plain == PLAIN_BYTES && r->len == 4)
		for (size_t i = 0; i < 4; i++)
			part[i] = (unsigned char)r->text[i];
	else if (r->plain != PLAIN_STRING || sscanf(r->text, "%3u.%3u.%3u.%3u%c", &part[0],
						    &part[1], &part[2], &part[3], &behind) != 4)
		return fail(r, "it is no IPv4 address");
	for (size_t i = 0; i < 4; i++)
		if (part[i] > 255)
			return fail(r, "it is no IPv4 address");
	return make_string(
		r, arena_printf(r->arena, "%u.%u.%u.%u", part[0], part[1], part[2], part[3]));
}

static const struct expr *read_inet6(struct reader *r)
{
	unsigned char bytes[16];
	char text[INET6_ADDRSTRLEN];
	if (r->plain == PLAIN_BYTES && r->len == sizeof(bytes))
		memcpy(bytes, r->text, sizeof(bytes));
	else if (r->plain != PLAIN_STRING || inet_pton(AF_INET6, r->text, bytes) != 1)
		return fail(r, "it is no IPv6 address");
	return make_string(r, inet_ntop(AF_INET6, bytes, text, sizeof(text)));
}

static const struct expr *read_other(struct reader *r)
{
	switch ((int)r->type->id) {
	case TYPE_UUID:
		return read_uuid(r);
	case TYPE_INET4:
		return read_inet4(r);
	case TYPE_INET6:
		return read_inet6(r);
	default: /* vector: floats, 4 bytes each */
		if (r->plain == PLAIN_NUMBER || r->len != 4 * (size_t)r->type->length)
			return fail(r, "it is no vector of that length");
		return make_hex(r);
	}
}

const struct expr *normal_default(struct context *ctx, struct arena *arena,
				  const struct server *server, const struct type *type,
				  const struct expr *literal)
{
	struct reader r = {
		.ctx = ctx, .arena = arena, .server = server, .type = type, .literal = literal
	};
	if (literal->kind == EXPR_NULL)
		return literal;
	if (!make_plain(&r, literal))
		return fail(&r, "it is no literal");
	switch (type_class(type)) {
	case CLASS_INTEGER:
		return read_integer(&r);
	case CLASS_BIT:
		return read_bit(&r);
	case CLASS_DECIMAL:
		return read_decimal(&r);
	case CLASS_FLOAT:
		return read_float(&r);
	case CLASS_DATE:
	case CLASS_DATETIME:
	case CLASS_TIMESTAMP:
		return read_moment(&r);
	case CLASS_TIME:
		return read_time(&r);
	case CLASS_YEAR:
		return read_year(&r);
	case CLASS_STRING:
	case CLASS_BINARY:
		return type_class(type) == CLASS_STRING ? read_string(&r) : read_bytes(&r);
	case CLASS_TEXT:
	case CLASS_JSON:
		return r.plain == PLAIN_NUMBER ? read_unconverted(&r) : read_string(&r);
	case CLASS_BLOB:
		return r.plain == PLAIN_NUMBER ? read_unconverted(&r) : read_bytes(&r);
	case CLASS_ENUM:
		return read_enum(&r);
	case CLASS_SET:
		return read_set(&r);
	case CLASS_SPATIAL:
		return r.plain == PLAIN_BYTES ? make_hex(&r) : fail(&r, "it is no geometry");
	case CLASS_OTHER:
		return read_other(&r);
	}
	return NULL;
}
