#include "dsl/resolve_charset.h"

#include <string.h>

#include "model/charset.h"

struct charset_written charset_written_at(const struct tree_attr_list *attrs, enum origin_kind kind)
{
	return (struct charset_written){
		.charset = tree_find_attr(attrs, ATTR_CHARSET),
		.collate = tree_find_attr(attrs, ATTR_COLLATE),
		.charset_kind = kind,
		.collate_kind = kind,
	};
}

struct charset_choice charset_of_server(const struct server *server)
{
	enum origin_kind kind = server->database_default ? ORIGIN_DATABASE : ORIGIN_SERVER;
	return (struct charset_choice){
		.charset = server->default_charset,
		.collation = server->default_collation,
		.charset_origin = { kind, span_none() },
		.collation_origin = { kind, span_none() },
	};
}

/* The canonical charset of a written one, NULL with an error. */
static const struct name *find_charset(struct resolver *r, const struct name *word,
				       struct span span)
{
	const struct name *charset = charset_canonical(r->ctx, word);
	if (charset_known(r->server, charset))
		return charset;
	if (charset_bytes(charset)) {
		scope_error(r, "charset", span, "%s has no charset '%s'", scope_server(r),
			    charset->text);
		return NULL;
	}
	struct diag *diag = scope_error(r, "charset", span, "unknown charset '%s'", word->text);
	const char *near = charset_suggest(r->server, charset);
	if (near)
		ctx_hint(r->ctx, diag, "did you mean '%s'?", near);
	return NULL;
}

/* The same for a collation; `charset` (may be NULL) completes MariaDB's short names. */
static const struct name *find_collation(struct resolver *r, const struct tree_attr *attr,
					 const struct name *charset)
{
	const struct name *collation = charset_canonical(r->ctx, attr->word.name);
	if (charset)
		collation = collation_complete(r->ctx, charset, collation);
	if (collation_known(r->server, collation))
		return collation;
	if (collation_charset(r->ctx, collation)) {
		struct diag *diag =
			scope_error(r, "collation", attr->span, "%s has no collation '%s'",
				    scope_server(r), collation->text);
		const struct name *instead = charset_default_collation(
			r->ctx, r->server, collation_charset(r->ctx, collation));
		if (instead)
			ctx_hint(r->ctx, diag, "its default for the charset is %s", instead->text);
		return NULL;
	}
	struct diag *diag = scope_error(r, "collation", attr->span, "unknown collation '%s'",
					attr->word.name->text);
	const char *near = collation_suggest(r->server, collation);
	if (near)
		ctx_hint(r->ctx, diag, "did you mean '%s'?", near);
	return NULL;
}

static bool take_collation(struct resolver *r, const struct charset_written *written,
			   const struct name *charset, const struct charset_choice *inherited,
			   struct charset_choice *choice)
{
	const struct tree_attr *attr = written->collate;
	const struct name *collation =
		find_collation(r, attr, charset ? charset : inherited->charset);
	if (!collation)
		return false;
	const struct name *its = collation_charset(r->ctx, collation);
	if (charset && its != charset) {
		struct diag *diag = scope_error(r, "collation", attr->span,
						"collation '%s' is not one of charset '%s'",
						collation->text, charset->text);
		if (written->charset)
			ctx_place(r->ctx, diag, written->charset->span, "the charset");
		ctx_hint(r->ctx, diag, "charset %s collate %s", its->text, collation->text);
		return false;
	}
	choice->collation = collation;
	choice->collation_origin = (struct origin){ written->collate_kind, attr->span };
	if (!charset) {
		choice->charset = its;
		choice->charset_origin = choice->collation_origin;
	}
	return true;
}

/* The attribute `binary`: the charset's _bin collation. */
static bool take_binary(struct resolver *r, const struct charset_written *written,
			struct charset_choice *choice)
{
	const char *charset = choice->charset->text;
	choice->collation = !strcmp(charset, "binary")
				    ? choice->charset
				    : ctx_name(r->ctx, arena_printf(r->arena, "%s_bin", charset));
	choice->collation_origin = (struct origin){ written->collate_kind, written->binary->span };
	return true;
}

bool charset_resolve(struct resolver *r, const struct charset_written *written,
		     const struct charset_choice *inherited, struct charset_choice *choice)
{
	const struct name *word = written->charset ? written->charset->word.name : written->implied;
	struct span span = written->charset ? written->charset->span : written->implied_span;
	const struct name *charset = NULL;

	*choice = *inherited;
	if (word) {
		charset = find_charset(r, word, span);
		if (!charset)
			return false;
		choice->charset = charset;
		choice->charset_origin = (struct origin){ written->charset_kind, span };
	}
	if (written->collate)
		return take_collation(r, written, charset, inherited, choice);
	if (written->binary)
		return take_binary(r, written, choice);
	if (charset) {
		choice->collation = charset_default_collation(r->ctx, r->server, charset);
		choice->collation_origin = (struct origin){ ORIGIN_CHARSET, span };
	}
	return true;
}
