/*
 * resolve_charset: which charset and collation a string has, and why.
 *
 * What is written at one place (a column, table, schema) over what it inherits from
 * the place above. The rules are the servers' own, measured (foreign-keys.md
 * section 2): a collation brings its charset; a charset alone means that
 * charset's default collation on the server, whatever the table or the database
 * says; nothing written takes both from above. Private to src/dsl.
 */
#ifndef AUTOGEN_DSL_RESOLVE_CHARSET_H
#define AUTOGEN_DSL_RESOLVE_CHARSET_H

#include "dsl/scope.h"

struct charset_choice {
	const struct name *charset, *collation;
	struct origin charset_origin, collation_origin;
};

struct charset_written {
	const struct tree_attr *charset, *collate, *binary; /* NULL: not written */
	enum origin_kind charset_kind, collate_kind;        /* whose words these are */
	const struct name *implied;                         /* by the type's word: national char */
	struct span implied_span;
};

/* false with an error: unknown (did you mean), unknown to the server, at odds. */
bool charset_resolve(struct resolver *r, const struct charset_written *written,
		     const struct charset_choice *inherited, struct charset_choice *choice);

/* The attributes of a schema or table. */
struct charset_written charset_written_at(const struct tree_attr_list *attrs,
					  enum origin_kind kind);

/* The server's or the database's default. */
struct charset_choice charset_of_server(const struct server *server);

#endif
