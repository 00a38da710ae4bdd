#include "model/charset.h"

#include "base/context.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define ALWAYS 0
#define NEVER (~0u)

struct charset_row {
	const char *name;
	unsigned bytes, since[2]; /* by flavour */
	const char *collation;
};

static const struct charset_row charsets[] = {
#define CHARSET(name, bytes, mysql, mariadb, collation) \
	{ name, bytes, { mysql, mariadb }, collation },
#define DEFAULT_COLLATION(charset, flavour, since, collation)
#include "model/charset.def"
#undef CHARSET
#undef DEFAULT_COLLATION
};

static const struct default_row {
	const char *charset;
	enum flavour flavour;
	unsigned since;
	const char *collation;
} defaults[] = {
#define CHARSET(name, bytes, mysql, mariadb, collation)
#define DEFAULT_COLLATION(charset, flavour, since, collation) \
	{ charset, flavour, since, collation },
#include "model/charset.def"
#undef CHARSET
#undef DEFAULT_COLLATION
};

struct collation_row {
	const char *name, *charset;
	unsigned since[2];
};

static const struct collation_row collations[] = {
#define COLLATION(name, charset, mysql, mariadb) { name, charset, { mysql, mariadb } },
#include "model/collation.def"
#undef COLLATION
};

/*
 * The uca1400 family: <charset>_uca1400_[<language>_][nopad_]<sensitivity>. All combinations exist
 * on MariaDB 10.10.1 and later, none elsewhere.
 */
#define UCA1400 "_uca1400_"
#define UCA1400_SINCE 101001

static const char *const uca1400_charsets[] = { "ucs2", "utf16", "utf32", "utf8mb3", "utf8mb4" };
static const char *const uca1400_languages[] = {
	"croatian",  "czech",     "danish",  "esperanto",  "estonian",  "german2",
	"hungarian", "icelandic", "latvian", "lithuanian", "persian",   "polish",
	"roman",     "romanian",  "sinhala", "slovak",     "slovenian", "spanish",
	"spanish2",  "swedish",   "turkish", "vietnamese",
};
static const char *const uca1400_suffixes[] = { "ai_ci", "ai_cs", "as_ci", "as_cs" };

/* The charset of a collation of the uca1400 family, else NULL. */
static const char *uca1400_charset(const char *collation)
{
	const char *p = strstr(collation, UCA1400);
	if (!p)
		return NULL;
	const char *charset = NULL;
	size_t len = (size_t)(p - collation);
	for (size_t i = 0; i < COUNT(uca1400_charsets); i++)
		if (strlen(uca1400_charsets[i]) == len &&
		    !memcmp(uca1400_charsets[i], collation, len))
			charset = uca1400_charsets[i];
	p += strlen(UCA1400);
	for (size_t i = 0; i < COUNT(uca1400_languages); i++) {
		len = strlen(uca1400_languages[i]);
		if (!strncmp(p, uca1400_languages[i], len) && p[len] == '_') {
			p += len + 1;
			break;
		}
	}
	if (!strncmp(p, "nopad_", 6))
		p += 6;
	for (size_t i = 0; i < COUNT(uca1400_suffixes); i++)
		if (!strcmp(p, uca1400_suffixes[i]))
			return charset;
	return NULL;
}

static int compare_rows(const void *key, const void *row)
{
	return strcmp(key, *(const char *const *)row); /* every row begins with its name */
}

/* By the folded name, with `utf8` already `utf8mb3`. */
static const struct charset_row *find_charset(const struct name *name)
{
	return bsearch(name->key->text, charsets, COUNT(charsets), sizeof(*charsets), compare_rows);
}

static const struct collation_row *find_collation(const struct name *name)
{
	return bsearch(name->key->text, collations, COUNT(collations), sizeof(*collations),
		       compare_rows);
}

const struct name *charset_canonical(struct context *ctx, const struct name *name)
{
	const struct name *key = name->key;
	if (!strcmp(key->text, "utf8"))
		return ctx_name(ctx, "utf8mb3");
	if (strncmp(key->text, "utf8_", 5))
		return key;
	char text[128];
	if (key->len + 4 > sizeof(text))
		return key;
	memcpy(text, "utf8mb3", 7);
	memcpy(text + 7, key->text + 4, key->len - 4 + 1);
	return ctx_name(ctx, text);
}

const struct name *collation_charset(struct context *ctx, const struct name *collation)
{
	const struct collation_row *row = find_collation(collation);
	const char *charset = row ? row->charset : uca1400_charset(collation->key->text);
	return charset ? ctx_name(ctx, charset) : NULL;
}

const struct name *collation_complete(struct context *ctx, const struct name *charset,
				      const struct name *collation)
{
	if (strncmp(collation->key->text, &UCA1400[1], strlen(UCA1400) - 1))
		return collation;
	char text[128];
	if (charset->len + collation->len + 2 > sizeof(text))
		return collation;
	memcpy(text, charset->key->text, charset->len);
	text[charset->len] = '_';
	memcpy(text + charset->len + 1, collation->key->text, collation->len + 1);
	return uca1400_charset(text) ? ctx_name(ctx, text) : collation;
}

const struct name *charset_default_collation(struct context *ctx, const struct server *server,
					     const struct name *charset)
{
	if (!charset_known(server, charset))
		return NULL;
	if (server->utf8mb4_collation && !strcmp(charset->key->text, "utf8mb4"))
		return server->utf8mb4_collation;
	const char *collation = find_charset(charset)->collation;
	for (size_t i = 0; i < COUNT(defaults); i++)
		if (defaults[i].flavour == server->flavour &&
		    server->version >= defaults[i].since &&
		    !strcmp(defaults[i].charset, charset->key->text))
			collation = defaults[i].collation;
	return ctx_name(ctx, collation);
}

bool charset_known(const struct server *server, const struct name *charset)
{
	const struct charset_row *row = find_charset(charset);
	return row && server->version >= row->since[server->flavour];
}

bool collation_known(const struct server *server, const struct name *collation)
{
	const struct collation_row *row = find_collation(collation);
	if (row)
		return server->version >= row->since[server->flavour];
	return server->flavour == FLAVOUR_MARIADB && server->version >= UCA1400_SINCE &&
	       uca1400_charset(collation->key->text);
}

unsigned charset_bytes(const struct name *charset)
{
	const struct charset_row *row = find_charset(charset);
	return row ? row->bytes : 0;
}

const char *charset_suggest(const struct server *server, const struct name *charset)
{
	const char *words[COUNT(charsets)];
	size_t n = 0;
	for (size_t i = 0; i < COUNT(charsets); i++)
		if (server->version >= charsets[i].since[server->flavour])
			words[n++] = charsets[i].name;
	return diag_suggest(charset->key->text, words, n);
}

const char *collation_suggest(const struct server *server, const struct name *collation)
{
	const char *words[COUNT(collations)];
	size_t n = 0;
	for (size_t i = 0; i < COUNT(collations); i++)
		if (server->version >= collations[i].since[server->flavour])
			words[n++] = collations[i].name;
	return diag_suggest(collation->key->text, words, n);
}
