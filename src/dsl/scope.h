/*
 * scope: what resolving a project carries along: the drafts of tables and
 * columns, and the named types and mixins, found by name.
 *
 * Private to src/dsl. A resolver lives for one resolution for one server; all of
 * it is in the model's arena. A draft is a table or column on its way from tree
 * to model: columns are made on demand, since `like` and typeless `references`
 * reach for one another in any order.
 *
 * Single items (op lines) are resolved with a resolver that has no schema and no
 * names: scope_init_single().
 */
#ifndef AUTOGEN_DSL_SCOPE_H
#define AUTOGEN_DSL_SCOPE_H

#include "base/context.h"
#include "dsl/resolve.h"

struct draft;

enum draft_state { DRAFT_NEW, DRAFT_BUSY, DRAFT_DONE, DRAFT_FAILED };

struct draft_column {
	const struct tree_item *item;
	const struct tree_item *mixin; /* the one it is declared in; NULL: the table itself */
	struct draft *table;
	enum draft_state state;
	struct column *column; /* when DRAFT_DONE */
	struct tree_attr_list attrs; /* with those of its named type, and serial's */
};

/* An item of a table with its mixins expanded, in order. */
struct draft_entry {
	const struct tree_item *item;
	const struct tree_item *mixin;
	struct draft_column *column; /* of TREE_COLUMN items, else NULL */
};

struct draft {
	const struct tree_item *item;
	struct table *table;
	struct { struct draft_column **items; size_t n, cap; } columns;
	struct { struct draft_entry *items; size_t n, cap; } entries;
	struct map by_name; /* column key -> struct draft_column */
	/* on their way to the table, which gets them once they have names */
	struct { struct index **items; size_t n, cap; } indexes;
	struct { struct foreign_key **items; size_t n, cap; } foreign_keys;
	struct { struct check **items; size_t n, cap; } checks;
	bool broken;        /* a column failed: what leans on columns is not looked at */
};

struct resolver {
	struct context *ctx;
	struct arena *arena;
	const struct server *server;
	bool declared; /* the server is a declared target: what it ignores is an error */
	bool single;   /* an op line: no names, no target rules */
	bool failed;
	bool generated_nullable; /* some server here knows no NOT NULL on generated columns */
	bool column_checks;      /* on every server here a column keeps its check */
	bool desc_covers;        /* descending indexes serve foreign keys on every server here */
	const struct tree_file_list *files;
	struct schema *schema;
	const struct tree_item *schema_item;
	struct map types, mixins;                               /* key -> struct tree_item */
	struct { const struct tree_item **items; size_t n, cap; } type_list, mixin_list, object_list;
	struct { struct draft **items; size_t n, cap; } tables; /* sorted by name */
	struct map tables_by_name;                              /* name or key -> struct draft */
};

/* Queues an error and remembers that there was one. */
#define scope_error(r, rule, ...) ((r)->failed = true, ctx_error((r)->ctx, (rule), __VA_ARGS__))

void scope_init(struct resolver *r, struct context *ctx, struct arena *arena,
		const struct server *server);
void scope_init_single(struct resolver *r, struct context *ctx, struct arena *arena,
		       const struct server *server);

/* Enters every item of every file; duplicates are errors with both places. */
void scope_collect(struct resolver *r, const struct tree_file_list *files);

/* NULL when there is none; nothing queued. */
const struct tree_item *scope_type(const struct resolver *r, const struct name *name);
const struct tree_item *scope_mixin(const struct resolver *r, const struct name *name);
struct draft *scope_table(const struct resolver *r, const struct name *name);
struct draft_column *scope_column(const struct draft *draft, const struct name *name);

/* The same, with an error (did you mean) when there is none. */
const struct tree_item *scope_need_mixin(struct resolver *r, struct tree_ident name);
struct draft *scope_need_table(struct resolver *r, struct tree_ident name);
struct draft_column *scope_need_column(struct resolver *r, const struct draft *draft,
				       struct tree_ident name);

/* hint: did you mean 'x'? — when one of the names is near. */
void scope_suggest_type(struct resolver *r, struct diag *diag, const struct name *name);
void scope_suggest_column(struct resolver *r, struct diag *diag, const struct draft *draft,
			  const struct name *name);

/* Checks the length of a name, and that it is one: rule `name`. */
bool scope_check_name(struct resolver *r, const char *what, struct tree_ident name);

/* "mysql 9.7.4", for messages. */
const char *scope_server(const struct resolver *r);

/* The place of an identifier, else of the item. */
static inline struct span scope_span(struct tree_ident ident, const struct tree_item *item)
{
	return ident.span.src ? ident.span : item->span;
}

#endif
