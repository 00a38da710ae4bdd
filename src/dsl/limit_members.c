#include "dsl/limit_members.h"

#include <string.h>

/*
 * Charsets of several bytes a character have their members written as hexadecimal digits; ucs2 and
 * utf16 have the same ones. NULL: the charset isn't one.
 */
static const char *wide_form(const struct column *column)
{
	static const char *const wide[] = { "utf16", "utf16le", "utf32" };
	enum type_class class = type_class(&column->type);
	if ((class != CLASS_ENUM && class != CLASS_SET) || !column->charset)
		return NULL;
	if (word_equal(column->charset->text, "ucs2"))
		return wide[0];
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (word_equal(column->charset->text, wide[i]))
			return wide[i];
	return NULL;
}

static bool has_text(const struct type *type)
{
	for (size_t i = 0; i < type->values.n; i++)
		if (*type->values.items[i])
			return true;
	return false;
}

static bool same_members(const struct type *a, const struct type *b)
{
	if (a->values.n != b->values.n)
		return false;
	for (size_t i = 0; i < a->values.n; i++)
		if (strcmp(a->values.items[i], b->values.items[i]) != 0)
			return false;
	return true;
}

/*
 * MySQL 5.6 keeps equal lists of members once a table, and reads the digits of a wide charset as often
 * as there are columns of it: what they say is lost at the second time (CAP_ENUM_WIDE_TWICE).
 */
static void check_pair(struct resolver *r, const struct column *first, const struct column *column)
{
	struct diag *diag =
		scope_error(r, "type", column->span,
			    "the server loses the members of '%s' and '%s', which are the same in "
			    "%s (error %d)",
			    first->name->text, column->name->text, column->charset->text,
			    server_refusal(r->server, CAP_ENUM_WIDE_TWICE));
	ctx_place(r->ctx, diag, first->span, "the other one");
	ctx_hint(r->ctx, diag,
		 "another charset for one of them, such as utf8mb4, or one member more");
}

void limit_members(struct resolver *r, const struct table *table)
{
	if (server_has(r->server, CAP_ENUM_WIDE_TWICE))
		return;
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		const char *form = wide_form(column);
		if (!form || !has_text(&column->type))
			continue;
		for (size_t j = 0; j < i; j++) {
			const struct column *first = table->columns.items[j];
			if (wide_form(first) != form || !same_members(&first->type, &column->type))
				continue;
			check_pair(r, first, column);
			break;
		}
	}
}
