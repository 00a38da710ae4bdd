#include "base/quote.h"

#include "base/buf.h"
#include "base/name.h"

#include <string.h>
#include <utf8proc.h>

static void backquote(struct buf *out, const char *name, size_t len)
{
	buf_add_char(out, '`');
	for (size_t i = 0; i < len; i++) {
		if (name[i] == '`')
			buf_add_char(out, '`');
		buf_add_char(out, name[i]);
	}
	buf_add_char(out, '`');
}

void quote_name(struct buf *out, const struct name *name)
{
	backquote(out, name->text, name->len);
}

void quote_identifier(struct buf *out, const char *name)
{
	backquote(out, name, strlen(name));
}

void quote_string(struct buf *out, const char *text, size_t len)
{
	buf_add_char(out, '\'');
	for (size_t i = 0; i < len; i++) {
		switch (text[i]) {
		case '\'':
			buf_add(out, "''");
			break;
		case '\\':
			buf_add(out, "\\\\");
			break;
		case '\0':
			buf_add(out, "\\0");
			break;
		case '\n':
			buf_add(out, "\\n");
			break;
		case '\r':
			buf_add(out, "\\r");
			break;
		case '\x1a':
			buf_add(out, "\\Z");
			break;
		default:
			buf_add_char(out, text[i]);
		}
	}
	buf_add_char(out, '\'');
}

void quote_bytes(struct buf *out, const char *bytes, size_t len)
{
	if (is_utf8(bytes, len)) {
		quote_string(out, bytes, len);
		return;
	}
	buf_add(out, "x'");
	for (size_t i = 0; i < len; i++)
		buf_printf(out, "%02x", (unsigned)(unsigned char)bytes[i]);
	buf_add_char(out, '\'');
}

bool is_utf8(const char *bytes, size_t len)
{
	for (size_t i = 0; i < len;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)bytes + i,
						      (utf8proc_ssize_t)(len - i), &c);

		if (n <= 0)
			return false;
		i += (size_t)n;
	}
	return true;
}
