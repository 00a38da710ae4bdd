#include "mysql/show.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/quote.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* --- bytes ------------------------------------------------------------------------------------ */

/* The code point at text (valid UTF-8) when it is below 256, else -1; its bytes in *len. */
static int low_character(const char *text, size_t left, size_t *len)
{
	unsigned char a = (unsigned char)text[0];

	*len = 1;
	if (a < 0x80)
		return a;
	if ((a == 0xC2 || a == 0xC3) && left > 1 && ((unsigned char)text[1] & 0xC0) == 0x80) {
		*len = 2;
		return ((a & 0x03) << 6) | ((unsigned char)text[1] & 0x3F);
	}
	return -1;
}

static bool is_ascii(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)text[i] >= 0x80)
			return false;
	}
	return true;
}

/* --- charsets --------------------------------------------------------------------------------- */

/* What iconv calls them. The manual, "Character Sets and Collations in MySQL". */
static const struct {
	const char *mysql, *iconv;
} charsets[] = {
	{ "latin1", "CP1252" },      { "latin2", "ISO-8859-2" }, { "latin5", "ISO-8859-9" },
	{ "latin7", "ISO-8859-13" }, { "greek", "ISO-8859-7" },  { "hebrew", "ISO-8859-8" },
	{ "cp1250", "CP1250" },      { "cp1251", "CP1251" },     { "cp1256", "CP1256" },
	{ "cp1257", "CP1257" },      { "cp850", "CP850" },       { "cp852", "CP852" },
	{ "cp866", "CP866" },        { "koi8r", "KOI8-R" },      { "koi8u", "KOI8-U" },
	{ "tis620", "TIS-620" },     { "gbk", "GBK" },           { "gb2312", "GB2312" },
	{ "gb18030", "GB18030" },    { "big5", "BIG5" },         { "sjis", "SJIS" },
	{ "cp932", "CP932" },        { "ujis", "EUC-JP" },       { "eucjpms", "EUC-JP-MS" },
	{ "euckr", "CP949" },
};

/* NULL: it can't be told. */
static char *convert(struct arena *arena, const char *charset, size_t charset_len,
		     const char *bytes, size_t len)
{
	const char *from = NULL;
	char *out = arena_alloc(arena, len * 4 + 1), *to = out, *in = (char *)bytes;
	size_t left = len * 4;
	iconv_t way;

	for (size_t i = 0; i < COUNT(charsets); i++) {
		if (strlen(charsets[i].mysql) == charset_len &&
		    !strncasecmp(charsets[i].mysql, charset, charset_len))
			from = charsets[i].iconv;
	}
	way = from ? iconv_open("UTF-8", from) : (iconv_t)-1;
	if (way == (iconv_t)-1)
		return NULL;
	if (iconv(way, &in, &len, &to, &left) == (size_t)-1 || len)
		out = NULL;
	iconv_close(way);
	return out;
}

/* --- literals --------------------------------------------------------------------------------- */

static size_t count_backslashes(const char *start, const char *quote)
{
	size_t n = 0;

	while (quote - n > start && quote[-1 - (long)n] == '\\')
		n++;
	return n;
}

/* The quote that ends the literal behind `open`: it has as many backslashes (information_schema
 * writes \', and \\\' for a quote within). NULL: none. */
static const char *closing_quote(const char *start, const char *open, const char *end)
{
	size_t wanted = count_backslashes(start, open);

	for (const char *at = open + 1; at < end; at++) {
		if (*at == '\'' && count_backslashes(open + 1, at) == wanted)
			return at;
	}
	return NULL;
}

/* Is it an introducer? Then the literal's opening quote, else NULL. */
static const char *introduced(const char *start, const char *at, const char *end)
{
	const char *word = at + 1;

	if (*at != '_' || (at > start && (isalnum((unsigned char)at[-1]) || at[-1] == '_')))
		return NULL;
	while (word < end && (isalnum((unsigned char)*word) || *word == '_'))
		word++;
	if (word < end && *word == '\\')
		word++;
	return word < end && *word == '\'' ? word : NULL;
}

/* A literal whose bytes are no UTF-8 becomes one in utf8mb4; returns its end. */
static const char *decode_literal(struct arena *arena, struct buf *out, const char *start,
				  const char *at, const char *open, const char *end)
{
	const char *close = closing_quote(start, open, end), *word_end = open;
	char *text = NULL;

	if (!close)
		close = end - 1;
	if (open[-1] == '\\')
		word_end--;
	if (!is_utf8(open + 1, (size_t)(close - open) - 1))
		text = convert(arena, at + 1, (size_t)(word_end - at) - 1, open + 1,
			       (size_t)(close - open) - 1);
	if (text)
		buf_printf(out, "_utf8mb4%.*s%s'", (int)(open + 1 - word_end), word_end, text);
	else
		buf_add_bytes(out, at, (size_t)(close - at) + 1);
	return close + 1;
}

/* The whole text with every such literal in UTF-8. */
static char *decode_literals(struct arena *arena, const char *raw, size_t len)
{
	const char *end = raw + len;
	struct buf out = { 0 };

	if (is_utf8(raw, len))
		return arena_strndup(arena, raw, len);
	for (const char *at = raw; at < end;) {
		const char *open = introduced(raw, at, end);

		if (open)
			at = decode_literal(arena, &out, raw, at, open, end);
		else
			buf_add_char(&out, *at++);
	}
	return buf_arena(&out, arena);
}

const char *show_undo_encoding(struct arena *arena, const char *text, size_t *len)
{
	char *raw = arena_alloc(arena, *len + 1);
	size_t n = 0, step;
	const char *decoded;

	for (size_t i = 0; i < *len; i += step) {
		int c = low_character(text + i, *len - i, &step);

		if (c < 0)
			return text;
		raw[n++] = (char)c;
	}
	decoded = decode_literals(arena, raw, n);
	if (is_ascii(raw, n) || !is_utf8(decoded, strlen(decoded)))
		return text;
	*len = strlen(decoded);
	return decoded;
}

/* --- SHOW CREATE TABLE ------------------------------------------------------------------------ */

/* Is there an introduced literal with a '?' in it? */
static bool has_lost_literal(const char *text, size_t len)
{
	const char *end = text + len;

	for (const char *at = text; at < end; at++) {
		const char *open = introduced(text, at, end);
		const char *close = open ? closing_quote(text, open, end) : NULL;

		if (close && memchr(open, '?', (size_t)(close - open)))
			return true;
	}
	return false;
}

static bool ask(struct db *db, struct arena *arena, const char *sql, struct db_result *result)
{
	return db_query(db, arena, sql, result) && result->rows.n && result->rows.items[0].cells[1];
}

/* Without converting what is sent. */
static bool ask_raw(struct db *db, struct arena *arena, const char *sql, struct db_result *result)
{
	static const char off[] = "set character_set_results = NULL";
	static const char on[] = "set character_set_results = utf8mb4";
	bool ok = db_execute(db, off, strlen(off)) && ask(db, arena, sql, result);

	return db_execute(db, on, strlen(on)) && ok;
}

char *show_create_table(struct db *db, struct arena *arena, const struct name *table)
{
	struct db_result result;
	struct buf sql = { 0 };
	char *text = NULL;
	bool ok;

	buf_add(&sql, "show create table ");
	quote_name(&sql, table);
	ok = ask(db, arena, buf_text(&sql), &result);
	if (ok && has_lost_literal(result.rows.items[0].cells[1], result.rows.items[0].lens[1]))
		ok = ask_raw(db, arena, buf_text(&sql), &result);
	if (ok)
		text = decode_literals(arena, result.rows.items[0].cells[1],
				       result.rows.items[0].lens[1]);
	buf_free(&sql);
	return text;
}
