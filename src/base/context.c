#include "base/context.h"

void context_init(struct context *ctx)
{
	*ctx = (struct context){ 0 };
	interner_init(&ctx->names);
	arena_init(&ctx->sources);
	diag_init(&ctx->diags);
}

void context_free(struct context *ctx)
{
	diag_free(&ctx->diags);
	arena_free(&ctx->sources);
	interner_free(&ctx->names);
}

const struct source *ctx_source_part(struct context *ctx, const char *path, const char *text,
				     size_t len, unsigned above)
{
	struct source *src = source_new(&ctx->sources, arena_strdup(&ctx->sources, path),
					arena_strndup(&ctx->sources, text, len), len);
	src->above = above;
	return src;
}

const struct source *ctx_source(struct context *ctx, const char *path, const char *text, size_t len)
{
	return ctx_source_part(ctx, path, text, len, 0);
}
