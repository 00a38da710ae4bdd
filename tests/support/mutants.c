#include "tests/support/mutants.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "diff/apply.h"
#include "diff/diff.h"
#include "dsl/resolve.h"
#include "dsl/unresolve.h"
#include "revision/op_text.h"
#include "syntax/parse.h"
#include "syntax/print.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

void mutants_init(struct mutants *mutants)
{
	*mutants = (struct mutants){ 0 };
	context_init(&mutants->ctx);
	arena_init(&mutants->arena);
}

void mutants_free(struct mutants *mutants)
{
	arena_free(&mutants->arena);
	context_free(&mutants->ctx);
}

/* --- what became of a mutant ------------------------------------------------------------------ */

enum outcome {
	FOUND,    /* differs both ways */
	REFUSED,  /* doesn't compile, or there is no way to it */
	EQUAL,    /* no difference: a silent miss, unless a rule says why */
	ONE_WAY,  /* there is a difference, but not back */
	MISFIT,   /* the difference carried out is not the mutant */
	MISSPELT, /* its op lines are not the difference */
};

static const char *const outcome_words[] = {
	[FOUND] = "found",
	[REFUSED] = "refused",
	[EQUAL] = "NO DIFFERENCE",
	[ONE_WAY] = "NO DIFFERENCE BACK",
	[MISFIT] = "the difference, carried out, is another table",
	[MISSPELT] = "the op lines are another difference",
};

/* One table's model and its mutants. */
struct bench {
	struct mutants *mutants;
	const char *name; /* of the case */
	const struct tree_file *file;
	const struct tree_item *item; /* what is mutated */
	struct arena arena;
	const struct schema *schema;  /* the model as it is */
	unsigned seen, every, offset; /* which mutants are taken */
};

static struct schema *compile(struct mutants *mutants, struct arena *arena,
			      const struct tree_file *file)
{
	struct tree_file_list files = { 0 };
	LIST_PUSH(arena, &files, (struct tree_file *)file);
	struct schema *schema = resolve_files(&mutants->ctx, arena, &files, &mutants->server);
	return mutants->ctx.diags.errors ? NULL : schema;
}

/* The file with another item in the place of one of them. */
static struct schema *compile_with(struct bench *bench, struct arena *arena,
				   const struct tree_item *item)
{
	struct tree_file *file = arena_memdup(arena, bench->file, sizeof(*file));
	MUTATE_OWN(arena, &file->items);
	for (size_t i = 0; i < file->items.n; i++)
		if (file->items.items[i] == bench->item)
			file->items.items[i] = (struct tree_item *)item;
	return compile(bench->mutants, arena, file);
}

static bool is_empty(struct context *ctx, struct arena *arena, const struct schema *from,
		     const struct schema *to)
{
	struct op_list ops = { 0 };
	return diff_schemas(ctx, arena, from, to, &ops) && !ops.n;
}

/* An op as it is in a revision: written, and read again. */
static const struct op *written(struct context *ctx, struct arena *arena,
				const struct schema *state, const struct op *op)
{
	struct buf text = { 0 };
	op_to_text(ctx, &text, op);
	const char *kept = buf_arena(&text, arena);
	const struct source *src = source_new(arena, "op", kept, strlen(kept));
	const struct op *read = op_from_text(ctx, arena, state->server, src);
	return read ? op_complete(arena, state, read) : NULL;
}

static bool leads_to(struct context *ctx, struct arena *arena, const struct schema *from,
		     const struct schema *to, const struct op_list *ops, bool as_text)
{
	struct schema *state = schema_clone(arena, from);
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		if (as_text)
			op = written(ctx, arena, state, op);
		if (!op || !apply_op(state, op))
			return false;
	}
	return is_empty(ctx, arena, state, to) && is_empty(ctx, arena, to, state);
}

static enum outcome compare(struct context *ctx, struct arena *arena, const struct schema *a,
			    const struct schema *b)
{
	struct op_list there = { 0 }, back = { 0 };
	if (!diff_schemas(ctx, arena, a, b, &there))
		return REFUSED;
	bool way_back = diff_schemas(ctx, arena, b, a, &back);
	diag_clear(&ctx->diags);
	if (!there.n)
		return EQUAL;
	if (way_back && !back.n)
		return ONE_WAY;
	if (!leads_to(ctx, arena, a, b, &there, false))
		return MISFIT;
	return leads_to(ctx, arena, a, b, &there, true) ? FOUND : MISSPELT;
}

static void count(struct mutants *mutants, const struct mutant *mutant, enum outcome outcome,
		  bool ruled)
{
	struct mutant_count *at = NULL;
	for (size_t i = 0; i < mutants->counts.n && !at; i++)
		if (mutants->counts.items[i].place == mutant->place &&
		    mutants->counts.items[i].attr == mutant->attr &&
		    !strcmp(mutants->counts.items[i].what, mutant->what))
			at = &mutants->counts.items[i];
	if (!at) {
		struct mutant_count new = { .place = mutant->place,
					    .what = arena_strdup(&mutants->arena, mutant->what),
					    .attr = mutant->attr };
		LIST_PUSH(&mutants->arena, &mutants->counts, new);
		at = &mutants->counts.items[mutants->counts.n - 1];
	}
	at->found += outcome == FOUND;
	at->refused += outcome == REFUSED;
	at->ruled += ruled;
	mutants->mutants++;
}

/* What diff says, as op lines. */
static void show_difference(struct context *ctx, struct arena *arena, const struct schema *a,
			    const struct schema *b)
{
	struct op_list ops = { 0 };
	struct buf text = { 0 };
	diff_schemas(ctx, arena, a, b, &ops);
	for (size_t i = 0; i < ops.n; i++) {
		op_to_text(ctx, &text, ops.items[i]);
		printf("-- op: %s\n", buf_text(&text));
		buf_clear(&text);
	}
	buf_free(&text);
}

static void show(const struct bench *bench, const struct mutant *mutant, enum outcome outcome,
		 bool whole)
{
	struct buf text = { 0 };
	server_print(&text, &bench->mutants->server);
	printf("# %s, %s: %c %s %s %s: %s\n", bench->name, buf_text(&text), mutant->place,
	       mutant->what, mutant->subject, mutant->how, outcome_words[outcome]);
	buf_clear(&text);
	if (whole) {
		print_item(&text, mutant->item);
		printf("%s", buf_text(&text));
		diag_print(&bench->mutants->ctx.diags, false, stdout);
	}
	buf_free(&text);
}

static void try(void *data, const struct mutant *mutant)
{
	struct bench *bench = data;
	struct context *ctx = &bench->mutants->ctx;
	struct arena arena;
	if (bench->seen++ % bench->every != bench->offset)
		return;
	arena_init(&arena);
	diag_clear(&ctx->diags);
	const struct schema *schema = compile_with(bench, &arena, mutant->item);
	enum outcome outcome = schema ? compare(ctx, &arena, bench->schema, schema) : REFUSED;
	bool ruled = (outcome == EQUAL || outcome == ONE_WAY) &&
		     mutant_is_ruled(bench->mutants, bench->schema, mutant);
	bool failed = outcome != FOUND && outcome != REFUSED && !ruled;
	count(bench->mutants, mutant, outcome, ruled);
	bench->mutants->failures += failed;
	if (failed || bench->mutants->verbose)
		show(bench, mutant, outcome, failed);
	if (failed && schema)
		show_difference(ctx, &arena, bench->schema, schema);
	diag_clear(&ctx->diags);
	arena_free(&arena);
}

static void only_count(void *data, const struct mutant *mutant)
{
	(void)mutant;
	++*(unsigned *)data;
}

/* --- models ----------------------------------------------------------------------------------- */

static const struct tree_item *file_table(const struct tree_file *file, const struct name *name)
{
	for (size_t i = 0; i < file->items.n; i++)
		if (file->items.items[i]->kind == TREE_TABLE &&
		    name_equal(file->items.items[i]->name.name, name))
			return file->items.items[i];
	return NULL;
}

static bool has_item(const struct tree_file *file, const struct name *name)
{
	return file_table(file, name) != NULL;
}

/* A parent, without keys to tables that don't come along. */
static struct tree_item *without_foreign_keys(struct arena *arena, const struct tree_item *table)
{
	struct tree_item *copy = arena_memdup(arena, table, sizeof(*copy));
	MUTATE_OWN(arena, &copy->items);
	for (size_t i = copy->items.n; i--;)
		if (copy->items.items[i]->kind == TREE_FOREIGN_KEY)
			LIST_REMOVE(&copy->items, i);
	return copy;
}

/* A large file, less the tables that have nothing to do with this one. */
static const struct tree_file *reduced(struct arena *arena, const struct tree_file *file,
				       const struct tree_item *table)
{
	struct tree_file *less = ARENA_NEW(arena, struct tree_file);
	if (file->items.n <= 5)
		return file;
	less->src = file->src;
	for (size_t i = 0; i < file->items.n; i++)
		if (file->items.items[i]->kind != TREE_TABLE || file->items.items[i] == table)
			LIST_PUSH(arena, &less->items, file->items.items[i]);
	for (size_t i = 0; i < table->items.n; i++) {
		const struct tree_item *item = table->items.items[i];
		const struct tree_item *parent =
			item->kind == TREE_FOREIGN_KEY && !item->reference.table.database.name
				? file_table(file, item->reference.table.table.name)
				: NULL;
		if (parent && !has_item(less, parent->name.name))
			LIST_PUSH(arena, &less->items, without_foreign_keys(arena, parent));
	}
	return less;
}

static bool run_item(struct bench *bench, struct mutate *mutate)
{
	struct mutants *mutants = bench->mutants;
	unsigned n = 0;
	bench->schema = compile(mutants, &bench->arena, bench->file);
	if (!bench->schema) {
		printf("# %s, table %s: does not compile\n", bench->name,
		       bench->item->name.name->text);
		diag_print(&mutants->ctx.diags, false, stdout);
		diag_clear(&mutants->ctx.diags);
		return false;
	}
	mutate->visit = only_count;
	mutate->data = &n;
	mutate_item(mutate);
	bench->every = mutants->per_table && n > mutants->per_table ? n / mutants->per_table : 1;
	bench->offset = n % bench->every;
	mutate->visit = try;
	mutate->data = bench;
	mutate_item(mutate);
	return true;
}

static bool run_file(struct mutants *mutants, const char *name, const struct tree_file *file)
{
	bool ok = true;
	for (size_t i = 0; i < file->items.n; i++) {
		const struct tree_item *item = file->items.items[i];
		if (item->kind != TREE_TABLE)
			continue;
		struct bench bench = { .mutants = mutants, .name = name, .item = item };
		arena_init(&bench.arena);
		bench.file = reduced(&bench.arena, file, item);
		struct mutate mutate = { .ctx = &mutants->ctx,
					 .arena = &bench.arena,
					 .file = bench.file,
					 .item = item };
		ok &= run_item(&bench, &mutate);
		arena_free(&bench.arena);
	}
	return ok;
}

bool mutants_run_text(struct mutants *mutants, const char *name, const char *text)
{
	struct arena arena;
	arena_init(&arena);
	diag_clear(&mutants->ctx.diags);
	const struct source *src = source_new(&arena, name, text, strlen(text));
	const struct tree_file *file = parse_file(&mutants->ctx, &arena, src);
	bool ok = file && !mutants->ctx.diags.errors;
	if (!ok)
		diag_print(&mutants->ctx.diags, false, stdout);
	ok = ok && run_file(mutants, name, file);
	diag_clear(&mutants->ctx.diags);
	arena_free(&arena);
	return ok;
}

bool mutants_run_schema(struct mutants *mutants, const char *name, const struct schema *schema)
{
	struct arena arena;
	arena_init(&arena);
	diag_clear(&mutants->ctx.diags);
	bool ok = run_file(mutants, name, unresolve_schema(&mutants->ctx, &arena, schema));
	diag_clear(&mutants->ctx.diags);
	arena_free(&arena);
	return ok;
}

/* --- counts ----------------------------------------------------------------------------------- */

static const struct {
	char place;
	const char *words;
} places[] = {
	{ 'T', "table" }, { 'C', "column" }, { 'K', "key" },       { 'F', "foreign key" },
	{ 'X', "check" }, { 'I', "period" }, { 'P', "partition" },
};

void mutants_print(const struct mutants *mutants)
{
	unsigned found = 0, refused = 0, ruled = 0;
	for (size_t p = 0; p < COUNT(places); p++)
		for (size_t i = 0; i < mutants->counts.n; i++) {
			const struct mutant_count *at = &mutants->counts.items[i];
			if (at->place != places[p].place)
				continue;
			printf("# %-12s %-30s %6u found %6u refused %4u equal by rule\n",
			       places[p].words, at->what, at->found, at->refused, at->ruled);
			found += at->found;
			refused += at->refused;
			ruled += at->ruled;
		}
	printf("# %u mutants: %u found, %u refused, %u equal by rule, %u missed\n",
	       mutants->mutants, found, refused, ruled, mutants->failures);
}

/* What has no mutant that could be found, and why. */
static const struct {
	char place;
	enum tree_attr_kind kind;
	const char *reason;
} nothing_to_find[] = {
	{ 'T', ATTR_TABLE_AUTO_INCREMENT, "never compared" },
};

static bool is_found(const struct mutants *mutants, char place, enum tree_attr_kind kind)
{
	for (size_t i = 0; i < COUNT(nothing_to_find); i++)
		if (nothing_to_find[i].place == place && nothing_to_find[i].kind == kind)
			return true;
	for (size_t i = 0; i < mutants->counts.n; i++) {
		const struct mutant_count *at = &mutants->counts.items[i];
		bool here = at->place == place || (kind == ATTR_REFERENCES && at->place == 'F');
		if (here && at->attr == kind && at->found)
			return true;
	}
	return false;
}

unsigned mutants_print_missing(const struct mutants *mutants)
{
	unsigned missing = 0;
	for (int kind = 0; kind < ATTR_COUNT; kind++)
		for (const char *at = tree_attr_where((enum tree_attr_kind)kind); *at; at++) {
			if (!strchr("TCKXP", *at) ||
			    is_found(mutants, *at, (enum tree_attr_kind)kind))
				continue;
			printf("# no mutant was found of '%s' at %c\n",
			       tree_attr_spelling((enum tree_attr_kind)kind), *at);
			missing++;
		}
	return missing + mutant_print_unused(mutants);
}
