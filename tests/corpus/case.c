#include "tests/corpus/case.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "diff/diff.h"
#include "dsl/resolve.h"
#include "dsl/unresolve.h"
#include "lint/judge.h"
#include "mysql/introspect.h"
#include "revision/graph.h"
#include "run/clauses.h"
#include "syntax/parse.h"
#include "syntax/print.h"

/* --- findings --------------------------------------------------------------------------------- */

static void find(struct finding *finding, enum outcome outcome, const char *stage,
		 const char *reason)
{
	if (finding->outcome < outcome)
		*finding = (struct finding){ outcome, stage, reason };
}

static struct subject *subject_of(struct bench *bench, const struct name *table)
{
	for (size_t i = 0; table && i < bench->subjects.n; i++) {
		if (bench->subjects.items[i].name == table)
			return &bench->subjects.items[i];
	}
	return NULL;
}

void case_find(struct bench *bench, const struct name *table, enum outcome outcome,
	       const char *stage, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *reason = arena_vprintf(&bench->arena, format, args);
	va_end(args);
	struct subject *subject = subject_of(bench, table);
	if (bench->verbose)
		fprintf(stderr, "    %s: %s: %s\n", stage, table ? table->text : "", reason);
	if (subject)
		find(&subject->finding, outcome, stage, reason);
	find(&bench->finding, outcome, stage,
	     table ? arena_printf(&bench->arena, "%s: %s", table->text, reason) : reason);
}

/* The table of a printed model that has the place in it: the last line that is not indented. */
static const struct name *table_at(struct bench *bench, struct span span)
{
	if (!span.src)
		return NULL;
	for (size_t at = span.start + 1; at-- > 0;) {
		const char *line = span.src->text + at;
		if ((at && line[-1] != '\n') || strchr(" \t\n}", *line))
			continue;
		struct source *head = source_new(&bench->arena, "", line, strcspn(line, "\n{"));
		for (size_t i = 0; i < bench->subjects.n; i++) {
			const char *name = bench->subjects.items[i].name->text;
			const char *found = memmem(head->text, head->len, name, strlen(name));
			if (found && (found == line || found == line + 1))
				return bench->subjects.items[i].name;
		}
		return NULL;
	}
	return NULL;
}

void case_find_errors(struct bench *bench, const struct name *table, const char *stage)
{
	struct diag_queue *queue = &bench->ctx.diags;
	for (size_t i = 0; i < queue->diags.n; i++) {
		const struct diag *diag = queue->diags.items[i];
		struct span span = diag->places.n ? diag->places.items[0].span : span_none();
		const char *line = "";
		size_t len = 0;
		if (diag->level != DIAG_ERROR)
			continue;
		if (span.src)
			line = source_line(span.src, span.start, &len);
		case_find(bench, table ? table : table_at(bench, span), OUTCOME_FAILED, stage,
			  len ? "%s: %.*s" : "%s", diag->message, (int)len, line);
	}
	if (!queue->errors)
		case_find(bench, table, OUTCOME_FAILED, stage, "no reason was given");
	if (bench->verbose)
		diag_print(queue, false, stderr);
	diag_clear(queue);
}

/* --- the stages ------------------------------------------------------------------------------- */

static struct db *open_database(struct bench *bench, const char *database)
{
	struct url url = bench->url;
	url.database = database;
	return db_open(&bench->ctx, &url);
}

/* NULL, and told. Errors and warnings of reading are faults: it says that all is well. */
static struct schema *introspect(struct bench *bench, const char *stage, struct db *db)
{
	struct schema *schema = introspect_schema(&bench->ctx, &bench->arena, db, NULL);
	if (!schema || bench->ctx.diags.errors)
		case_find_errors(bench, NULL, stage);
	return schema;
}

/* What stands in no list is no refusal. */
static void find_refused(struct bench *bench, const struct table *table, enum refusal refusal,
			 const char *reason)
{
	if (refusal != REFUSAL_NONE)
		case_find(bench, table->name, OUTCOME_REFUSED, refusal_code(refusal), "%s", reason);
	else
		case_find(bench, table->name, OUTCOME_FAILED, "clauses", "%s", reason);
}

/* Does autogen refuse the table as it is? */
static bool is_refused(struct bench *bench, struct db *db, const struct table *table)
{
	struct clause_loss_list lost = { 0 };
	if (table->unknown) {
		find_refused(bench, table, table->refusal, table->unknown);
		return true;
	}
	if (!clauses_lost(&bench->ctx, &bench->arena, db, table, &lost)) {
		case_find_errors(bench, table->name, "clauses");
		return false;
	}
	for (size_t i = 0; i < lost.n; i++) {
		const struct clause_loss *loss = &lost.items[i];
		find_refused(bench, table, loss->refusal,
			     arena_printf(&bench->arena, "%s: '%s' is '%s'", loss->where,
					  loss->shown ? loss->shown : "",
					  loss->model ? loss->model : ""));
	}
	return lost.n > 0;
}

/*
 * Why a key of it can't be made again; NULL: all can. Without foreign_key_checks a server takes
 * keys it refuses otherwise, and the judge says so.
 */
static const char *judgement(const struct schema *live, const struct schema *schema,
			     const struct table *table)
{
	for (size_t i = 0; i < table->foreign_keys.n; i++) {
		const struct foreign_key *key = table->foreign_keys.items[i];
		struct verdict verdict = judge_foreign_key(live, table, key, live->server);
		if (!verdict.accepted)
			return verdict.rule;
		if (!key->parent_database && !schema_find_table(schema, key->parent))
			return "it refers to a table that is refused";
	}
	return NULL;
}

/* What is refused goes, with the tables that refer to it. */
static struct schema *without_refused(struct bench *bench, struct db *db, const struct schema *live)
{
	struct schema *schema = schema_clone(&bench->arena, live);
	for (size_t i = 0; i < live->tables.n; i++) {
		if (is_refused(bench, db, live->tables.items[i]))
			schema_remove_table(schema, live->tables.items[i]->name);
	}
	for (size_t i = 0; i < schema->tables.n;) {
		struct table *table = schema->tables.items[i];
		const char *reason = judgement(live, schema, table);
		if (!reason) {
			i++;
			continue;
		}
		find_refused(bench, table, REFUSAL_FOREIGN_KEY, reason);
		schema_remove_table(schema, table->name);
		i = 0;
	}
	return schema;
}

/* The model that inspect's text of it is; NULL, and told. */
static struct schema *compile_again(struct bench *bench, struct schema *live)
{
	struct tree_file_list files = { 0 };
	struct buf text = { 0 };
	if (!live->targets.n)
		LIST_PUSH(&bench->arena, &live->targets, *live->server);
	print_file(&text, unresolve_schema(&bench->ctx, &bench->arena, live));
	if (bench->verbose)
		fprintf(stderr, "%s", buf_text(&text));
	const struct source *src =
		ctx_source(&bench->ctx, "corpus.model", buf_text(&text), text.len);
	buf_free(&text);
	LIST_PUSH(&bench->arena, &files, parse_file(&bench->ctx, &bench->arena, src));
	struct schema *schema = NULL;
	if (files.items[0] && !bench->ctx.diags.errors)
		schema = resolve_files(&bench->ctx, &bench->arena, &files, live->server);
	if (!schema || bench->ctx.diags.errors) {
		case_find_errors(bench, NULL, "compile");
		return NULL;
	}
	return schema;
}

/* Through its text, as tests/server/test_random.c does; NULL, and told. */
static struct revision *make_revision(struct bench *bench, const char *stage,
				      const struct schema *from, const struct schema *to)
{
	struct context *ctx = &bench->ctx;
	struct arena *arena = &bench->arena;
	struct plan up = { 0 }, down = { 0 };
	struct revision revision = { .id = "r", .message = "corpus", .create_date = "2026-01-01" };
	struct revision *read = NULL;
	if (plan_revision(ctx, arena, from, to, &bench->targets, &up, &down) &&
	    revision_fill(ctx, arena, &bench->targets, &revision, &up, &down)) {
		struct buf text = { 0 };
		revision_print(&text, &revision);
		if (bench->verbose)
			fprintf(stderr, "%s", buf_text(&text));
		const struct source *src = ctx_source(ctx, "r.sql", buf_text(&text), text.len);
		buf_free(&text);
		read = revision_parse(ctx, arena, src);
		if (read && !revision_read_ops(ctx, arena, bench->server, read))
			read = NULL;
	}
	if (!read || ctx->diags.errors) {
		case_find_errors(bench, NULL, stage);
		return NULL;
	}
	return read;
}

/* Runs one direction, folding it into `state`; false, and told. */
static bool run(struct bench *bench, const char *stage, struct db *db,
		const struct revision_statement_list *list, struct schema *state)
{
	const char *message;
	for (size_t i = 0; i < list->n; i++) {
		const struct revision_statement *statement = list->items[i];
		const struct name *table = statement->ops.n ? statement->ops.items[0]->table : NULL;
		if (!fold_statement(state, statement)) {
			case_find_errors(bench, table, stage);
			return false;
		}
		unsigned error = db_try(db, statement->sql, strlen(statement->sql), &message);
		if (!error)
			continue;
		case_find(bench, table, OUTCOME_FAILED, stage, "%s (error %u): %s", message, error,
			  statement->sql);
		return false;
	}
	return true;
}

/* In the database is what the model says. */
static bool expect_live(struct bench *bench, const char *stage, struct db *db,
			const struct schema *expected)
{
	struct schema *live = introspect(bench, stage, db);
	return live && compare_models(bench, stage, expected, live);
}

/* --- a schema or a statement ------------------------------------------------------------------ */

/* A model into an empty database, and out of it again. */
static void build(struct bench *bench, struct db *db, const struct schema *model)
{
	struct schema *nothing = schema_new(&bench->ctx, &bench->arena, model->server);
	struct schema *state = schema_clone(&bench->arena, nothing);
	struct subject_list built = { 0 }, kept = { 0 }, left = { 0 };
	struct revision *revision = make_revision(bench, "plan", nothing, model);
	if (!revision || !run(bench, "build", db, &revision->up, state))
		return;
	compare_models(bench, "fold", model, state);
	for (size_t i = 0; i < bench->subjects.n; i++) {
		if (schema_find_table(model, bench->subjects.items[i].name))
			LIST_PUSH(&bench->arena, &kept, bench->subjects.items[i]);
	}
	if (compare_read(bench, db, &built))
		compare_shown(bench, "show create", &kept, &built, true);
	else
		case_find_errors(bench, NULL, "show create");
	expect_live(bench, "rebuilt", db, model);
	if (!run(bench, "downgrade", db, &revision->down, state))
		return;
	compare_models(bench, "downgrade", nothing, state);
	compare_read(bench, db, &left);
	for (size_t i = 0; i < left.n; i++)
		case_find(bench, left.items[i].name, OUTCOME_FAILED, "downgrade", "it is left");
}

/* What nothing was said of, passed. A case that was stopped is silent about its other tables. */
static void settle(struct bench *bench, bool stopped)
{
	for (size_t i = 0; i < bench->subjects.n; i++) {
		if (!stopped)
			find(&bench->subjects.items[i].finding, OUTCOME_PASSED, "", "");
	}
	if (!stopped)
		find(&bench->finding, OUTCOME_PASSED, "", "");
}

static bool was_stopped(const struct bench *bench)
{
	static const char *const ends[] = { "load",  "introspect", "compile",  "plan",
					    "build", "downgrade",  "database", "show" };
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		if (bench->finding.outcome == OUTCOME_FAILED &&
		    !strcmp(bench->finding.stage, ends[i]))
			return true;
	}
	return false;
}

static void run_single(struct bench *bench, const struct corpus_case *test)
{
	struct schema *live, *model;
	if (!load_case(bench, bench->a, test->path, test->sql)) {
		if (bench->ctx.diags.errors)
			case_find_errors(bench, NULL, "load");
		return;
	}
	struct db *a = open_database(bench, bench->a), *b = NULL;
	if (!a || !compare_read(bench, a, &bench->subjects)) {
		case_find_errors(bench, NULL, "show");
	} else if (!bench->subjects.n) {
		case_find(bench, NULL, OUTCOME_UNACCEPTED, "load", "no table came of it");
	} else if ((live = introspect(bench, "introspect", a)) &&
		   (live = without_refused(bench, a, live))->tables.n &&
		   (model = compile_again(bench, live))) {
		compare_models(bench, "inspect", live, model);
		if (load_database(bench, bench->b) && (b = open_database(bench, bench->b)))
			build(bench, b, model);
		else
			case_find_errors(bench, NULL, "database");
	}
	db_close(a);
	db_close(b);
	settle(bench, was_stopped(bench));
}

/* --- a pair of versions ----------------------------------------------------------------------- */

/* One way of the revision: afterwards the database is as expected. */
static bool step(struct bench *bench, const char *stage, struct db *db,
		 const struct revision_statement_list *list, struct schema *state,
		 const struct schema *expected, const struct subject_list *shown)
{
	struct subject_list found = { 0 };
	if (!run(bench, stage, db, list, state))
		return false;
	compare_models(bench, stage, expected, state);
	expect_live(bench, stage, db, expected);
	if (compare_read(bench, db, &found))
		compare_shown(bench, stage, shown, &found, false);
	else
		case_find_errors(bench, NULL, stage);
	return true;
}

/* Both were loaded: A is the newer one, B the older one, which changes. */
static void change(struct bench *bench, struct db *a, struct db *b)
{
	struct subject_list older = { 0 };
	struct schema *from, *to, *desired;
	if (!compare_read(bench, a, &bench->subjects) || !compare_read(bench, b, &older)) {
		case_find_errors(bench, NULL, "show");
		return;
	}
	from = introspect(bench, "introspect", b);
	to = from ? introspect(bench, "introspect", a) : NULL;
	if (!to || without_refused(bench, b, from)->tables.n < from->tables.n ||
	    without_refused(bench, a, to)->tables.n < to->tables.n ||
	    !(desired = compile_again(bench, to)))
		return;
	/* What rows get in new columns is not at issue: there are none. */
	desired->span = span_none();
	struct revision *revision = make_revision(bench, "plan", from, desired);
	struct schema *state = schema_clone(&bench->arena, from);
	if (!revision || !step(bench, "up", b, &revision->up, state, desired, &bench->subjects))
		return;
	step(bench, "down", b, &revision->down, state, from, &older);
}

static void run_pair(struct bench *bench, const struct corpus_case *test)
{
	struct db *a = NULL, *b = NULL;
	if (load_case(bench, bench->a, test->to_path, NULL) &&
	    load_case(bench, bench->b, test->path, NULL)) {
		a = open_database(bench, bench->a);
		b = a ? open_database(bench, bench->b) : NULL;
		if (b)
			change(bench, a, b);
	}
	if (bench->ctx.diags.errors)
		case_find_errors(bench, NULL, "load");
	db_close(a);
	db_close(b);
	find(&bench->finding, OUTCOME_PASSED, "", "");
}

bool case_run(struct bench *bench, const struct corpus_case *test)
{
	static const char checks[] = "SET SESSION foreign_key_checks = 0", ping[] = "DO 0";
	bench->admin = db_open(&bench->ctx, &bench->url);
	bench->server = bench->admin ? db_server(bench->admin) : NULL;
	if (!bench->server || !db_execute(bench->admin, checks, strlen(checks)))
		return false;
	LIST_PUSH(&bench->arena, &bench->targets, *bench->server);
	if (test->kind == CASE_PAIR)
		run_pair(bench, test);
	else
		run_single(bench, test);
	bool alive = db_try(bench->admin, ping, strlen(ping), NULL) == 0;
	db_close(bench->admin);
	return alive;
}
