#include "base/quote.h"

#include "base/buf.h"
#include "base/name.h"

#include <string.h>

static void quote_bytes(struct buf *out, const char *name, size_t len)
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
	quote_bytes(out, name->text, name->len);
}

void quote_identifier(struct buf *out, const char *name)
{
	quote_bytes(out, name, strlen(name));
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
