#include "revision/file_name.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/buf.h"

/* --- the slug --------------------------------------------------------------------------------- */

/* Letters, marks and decimal digits. */
static bool is_word_character(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);
	return c == '_' || (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ND);
}

/* Adds the words of `message` to the name, joined by `_`; at most `limit` characters. */
static void add_slug(struct buf *out, const char *message, unsigned limit)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)message;
	size_t start = out->len, word_end = start;
	unsigned n = 0;
	bool gap = false;
	while (*at) {
		utf8proc_int32_t c;
		utf8proc_ssize_t step = utf8proc_iterate(at, -1, &c);
		at += step > 0 ? step : 1;
		if (step <= 0 || !is_word_character(c)) {
			gap = n > 0;
			continue;
		}
		if (gap)
			word_end = out->len;
		if (limit && n + gap + 1 > limit) {
			/* in the middle of a word: the whole words before it, if there are any */
			buf_truncate(out, word_end > start ? word_end : out->len);
			break;
		}
		if (gap)
			buf_add_char(out, '_');
		n += gap + 1;
		gap = false;
		utf8proc_uint8_t bytes[4];
		utf8proc_ssize_t len = utf8proc_encode_char(utf8proc_tolower(c), bytes);
		buf_add_bytes(out, (const char *)bytes, (size_t)len);
	}
}

/* --- the template ----------------------------------------------------------------------------- */

enum token {
	TOKEN_REV,
	TOKEN_SLUG,
	TOKEN_NUMBER,
	TOKEN_YEAR = TOKEN_NUMBER,
	TOKEN_MONTH,
	TOKEN_DAY,
	TOKEN_HOUR,
	TOKEN_MINUTE,
	TOKEN_SECOND,
	TOKEN_EPOCH,
	TOKEN_COUNT
};

static const char *const token_names[TOKEN_COUNT] = {
	[TOKEN_REV] = "rev",       [TOKEN_SLUG] = "slug",     [TOKEN_YEAR] = "year",
	[TOKEN_MONTH] = "month",   [TOKEN_DAY] = "day",       [TOKEN_HOUR] = "hour",
	[TOKEN_MINUTE] = "minute", [TOKEN_SECOND] = "second", [TOKEN_EPOCH] = "epoch",
};

/* A `%(name)02d`, as Python's % reads it. */
struct field {
	enum token token;
	bool zeros;
	int width, precision;
	char conversion;
};

#define WIDTH_MOST 20

static const char *read_number(const char *at, int *number)
{
	*number = 0;
	while (isdigit((unsigned char)*at) && *number <= WIDTH_MOST)
		*number = *number * 10 + (*at++ - '0');
	return at;
}

static const char *field_fault(const struct field *field)
{
	if (field->token == TOKEN_COUNT)
		return "known are rev, slug, year, month, day, hour, minute, second and epoch";
	if (field->width > WIDTH_MOST || field->precision > WIDTH_MOST)
		return "too many places";
	if (!field->conversion || !strchr("sdi", field->conversion))
		return "its ')' is followed by s or d";
	if (field->conversion != 's' && field->token < TOKEN_NUMBER)
		return "this one is text: s";
	return NULL;
}

/* The field at a '%('; what is behind it is returned. */
static const char *read_field(const char *at, struct field *field)
{
	*field = (struct field){ .token = TOKEN_COUNT, .precision = -1 };
	at += strlen("%(");
	size_t len = strcspn(at, ")");
	for (enum token i = 0; i < TOKEN_COUNT; i++)
		if (strlen(token_names[i]) == len && !strncmp(token_names[i], at, len))
			field->token = i;
	at += len;
	if (*at)
		at++;
	for (; *at == '0'; at++)
		field->zeros = true;
	at = read_number(at, &field->width);
	if (*at == '.')
		at = read_number(at + 1, &field->precision);
	field->conversion = *at;
	return *at ? at + 1 : at;
}

const char *file_name_fault(const char *template, size_t *at)
{
	*at = 0;
	if (*template == '.')
		return "files whose names begin with a dot are passed over";
	for (const char *p = template; *p;) {
		*at = (size_t)(p - template);
		struct field field;
		const char *fault;
		if (*p == '/' || *p == '\\' || (unsigned char)*p < ' ')
			return "no character for a file's name";
		if (*p != '%') {
			p++;
		} else if (p[1] == '%') {
			p += 2;
		} else if (p[1] != '(') {
			return "a percent sign is followed by (, or written twice";
		} else {
			p = read_field(p, &field);
			fault = field_fault(&field);
			if (fault)
				return fault;
		}
	}
	return NULL;
}

/* --- filling it in ---------------------------------------------------------------------------- */

static long long number_of(const struct file_name *name, enum token token)
{
	switch (token) {
	case TOKEN_YEAR:
		return name->date.tm_year + 1900LL;
	case TOKEN_MONTH:
		return name->date.tm_mon + 1LL;
	case TOKEN_DAY:
		return name->date.tm_mday;
	case TOKEN_HOUR:
		return name->date.tm_hour;
	case TOKEN_MINUTE:
		return name->date.tm_min;
	case TOKEN_SECOND:
		return name->date.tm_sec;
	case TOKEN_EPOCH:
	case TOKEN_REV:
	case TOKEN_SLUG:
	case TOKEN_COUNT:
		break;
	}
	return name->epoch;
}

static void add_number(struct buf *out, const struct field *field, long long number)
{
	bool text =
		field->conversion == 's'; /* whose precision cuts, and which zeros do not fill */
	if (field->precision >= 0 && !text)
		buf_printf(out, "%*.*lld", field->width, field->precision, number);
	else if (field->zeros && !text)
		buf_printf(out, "%0*lld", field->width, number);
	else
		buf_printf(out, "%*lld", field->width, number);
}

static void add_field(struct buf *out, const struct file_name *name, const struct field *field)
{
	size_t start = out->len;
	if (field->token >= TOKEN_NUMBER) {
		add_number(out, field, number_of(name, field->token));
	} else if (field->token == TOKEN_REV) {
		buf_add(out, name->id);
	} else {
		add_slug(out, name->message ? name->message : "", name->truncate);
		if (out->len == start && start && strchr("_-", out->text[start - 1]))
			buf_truncate(out, start - 1);
	}
}

const char *file_name_make(struct arena *arena, const struct file_name *name)
{
	struct buf out = { 0 };
	for (const char *p = name->template; *p;) {
		struct field field;
		if (*p != '%' || p[1] != '(') {
			buf_add_char(&out, *p);
			p += *p == '%' && p[1] == '%' ? 2 : 1;
			continue;
		}
		p = read_field(p, &field);
		add_field(&out, name, &field);
	}
	buf_add(&out, ".sql");
	return buf_arena(&out, arena);
}
