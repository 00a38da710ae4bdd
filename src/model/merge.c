#include "model/merge.h"

#include <string.h>

#include "base/buf.h"
#include "base/context.h"

bool merge_is_engine(const char *engine)
{
	return engine && word_equal(engine, "MRG_MYISAM");
}

bool table_is_merge(const struct table *table)
{
	return table->engine && merge_is_engine(table->engine->text);
}

const char *merge_union_text(struct arena *arena, const struct expr *expr)
{
	struct buf text = { 0 };
	bool row = expr->kind == EXPR_ROW;
	buf_add(&text, row ? "" : "(");
	expr_print(&text, expr, EXPR_SQL);
	buf_add(&text, row ? "" : ")");
	return buf_arena(&text, arena);
}

/* The name in backquotes at `at`; what comes behind it. */
static const char *read_name(struct context *ctx, const char *at, const struct name **name)
{
	struct buf text = { 0 };
	for (at++; *at && (*at != '`' || at[1] == '`'); at++) {
		buf_add_char(&text, *at);
		at += *at == '`';
	}
	*name = ctx_name(ctx, buf_text(&text));
	buf_free(&text);
	return *at ? at + 1 : at;
}

/* Of each table its name; or those of the databases in front of some. */
static struct name_list names_of(struct context *ctx, struct arena *arena,
				 const struct table *table, bool databases)
{
	const char *at = table_is_merge(table) ? option_find(&table->options, ATTR_UNION) : NULL;
	struct name_list names = { 0 };
	while (at && (at = strchr(at, '`'))) {
		const struct name *name, *behind = NULL;
		at = read_name(ctx, at, &name);
		if (*at == '.')
			at = read_name(ctx, at + 1, &behind);
		if (databases == (behind != NULL))
			LIST_PUSH(arena, &names, name);
	}
	return names;
}

struct name_list merge_children(struct context *ctx, struct arena *arena, const struct table *table)
{
	return names_of(ctx, arena, table, false);
}

struct name_list merge_databases(struct context *ctx, struct arena *arena,
				 const struct table *table)
{
	return names_of(ctx, arena, table, true);
}
