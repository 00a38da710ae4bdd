/* What the judge says to people: judge_schema(). */
#include "base/buf.h"
#include "base/context.h"
#include "lint/judge.h"
#include "lint/judge_key.h"
#include "lint/judge_loose.h"
#include "lint/judge_report.h"

#include <string.h>

static bool says_no(const struct verdict *verdict)
{
	return !verdict->accepted || verdict->not_made;
}

/* --- words -------------------------------------------------------------------------------------- */

/* The cause with its names put in: %c, %p, %t, %q. */
static const char *cause_words(const struct report *r, const struct verdict *verdict)
{
	return judge_words(r->arena, r->table, r->key, verdict);
}

/* "error 3780 on mysql 8.0.16 and mysql 8.4.0, error 1005 on mariadb 10.11.2" */
static const char *answers_words(const struct report *r)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < r->servers->n; i++) {
		const struct verdict *verdict = &r->verdicts[i];
		bool said = false, first = true;
		if (!says_no(verdict))
			continue;
		for (size_t j = 0; j < i; j++)
			said |= says_no(&r->verdicts[j]) &&
				r->verdicts[j].situation == verdict->situation &&
				r->verdicts[j].error_number == verdict->error_number;
		if (said)
			continue;
		if (out.len)
			buf_add(&out, ", ");
		if (verdict->not_made)
			buf_add(&out, "silently not made");
		else if (verdict->taken)
			buf_add(&out, "made, but not as it is written,");
		else
			buf_printf(&out, "error %d", verdict->error_number);
		for (size_t j = i; j < r->servers->n; j++) {
			if (r->verdicts[j].situation != verdict->situation ||
			    r->verdicts[j].error_number != verdict->error_number)
				continue;
			buf_add(&out, first ? " on " : " and ");
			server_print(&out, &r->servers->items[j]);
			first = false;
		}
		if (verdict->situation != r->first->situation)
			buf_printf(&out, " (%s)", cause_words(r, verdict));
	}
	return buf_arena(&out, r->arena);
}

const char *judge_origin(enum origin_kind kind)
{
	static const char *const words[] = {
		[ORIGIN_NONE] = "as the model says",
		[ORIGIN_COLUMN] = "written at the column",
		[ORIGIN_LIKE] = "that of the column it is like",
		[ORIGIN_TYPE] = "that of its type",
		[ORIGIN_MIXIN] = "written in the mixin",
		[ORIGIN_TABLE] = "the table's",
		[ORIGIN_SCHEMA] = "the schema block's",
		[ORIGIN_CHARSET] = "the default of the charset",
		[ORIGIN_DATABASE] = "the database's default",
		[ORIGIN_SERVER] = "the server's default",
		[ORIGIN_LIVE] = "as the database has it",
	};
	return words[kind];
}

const char *judge_definition(struct arena *arena, const char *table, const struct column *column)
{
	struct buf out = { 0 };
	buf_printf(&out, "'%s.%s' is ", table, column->name->text);
	type_print(&out, &column->type);
	if (column->charset) {
		buf_printf(&out, " charset %s (%s) collate %s (%s)", column->charset->text,
			   judge_origin(column->charset_origin.kind), column->collation->text,
			   judge_origin(column->collation_origin.kind));
	}
	return buf_arena(&out, arena);
}

/* --- places ------------------------------------------------------------------------------------- */

static bool is_within(struct span inner, struct span outer)
{
	return inner.src == outer.src && inner.start >= outer.start && inner.end <= outer.end;
}

static void place_origin(const struct report *r, struct diag *diag, const struct table *table,
			 const struct column *column, const struct origin *origin, const char *what)
{
	if (origin->span.src && !is_within(origin->span, column->span))
		ctx_place(r->ctx, diag, origin->span, "the %s of '%s.%s' comes from here", what,
			  table->name->text, column->name->text);
}

void report_place_column(const struct report *r, struct diag *diag, const struct table *table,
			 const struct column *column, bool origins)
{
	ctx_place(r->ctx, diag, column->span, "%s",
		  judge_definition(r->arena, report_table(r, table), column));
	if (!column->charset || !origins)
		return;
	const struct origin *charset = &column->charset_origin;
	const struct origin *collation = &column->collation_origin;
	bool together = charset->span.src == collation->span.src &&
			charset->span.start == collation->span.start;
	if (together) {
		place_origin(r, diag, table, column, charset, "charset and collation");
	} else {
		place_origin(r, diag, table, column, charset, "charset");
		place_origin(r, diag, table, column, collation, "collation");
	}
}

/* The place that a situation is about, and those beside it. */
static struct span main_place(const struct report *r)
{
	const struct column *child = report_child(r, r->first->pair);
	switch (r->first->situation) {
	case FK_VIRTUAL_WRITTEN:
	case FK_STORED_WRITTEN:
	case FK_VIRTUAL:
	case FK_SET_NULL_NOT_NULL:
	case FK_CHECKED:
	case FK_BASE_WRITTEN:
	case FK_BASE_CASCADED:
	case FK_PARENT_VIRTUAL:
	case FK_JSON:
	case FK_VECTOR:
	case FK_SPATIAL_AMONG:
	case FK_SPATIAL_NULL:
	case FK_SPATIAL:
	case FK_SHAPE_AMONG:
	case FK_SHAPE:
	case FK_LARGE_AMONG:
	case FK_LARGE:
	case FK_NULL_CASCADED:
	case FK_CLASS:
	case FK_SIZE:
	case FK_SIGN:
	case FK_CHARSET:
	case FK_COLLATION:
	case FK_SELF:
	case FK_SELF_KEY:
	case FK_PARENT_LARGE:
		return child && child->span.src ? child->span : r->key->span;
	case FK_PARENT_TABLE:
	case FK_PARENT_COLUMN:
	case FK_PARENT_UNIQUE:
	case FK_PARENT_KEY:
	case FK_PARENT_TWICE:
		return r->key->parent_span.src ? r->key->parent_span : r->key->span;
	case FK_NAME_LONG:
	case FK_LISTS:
	case FK_CHILD_COLUMN:
	case FK_CHILD_TWICE:
	case FK_CHILD_ENGINE:
	case FK_CHILD_KEYLESS:
	case FK_CHILD_PARTITIONED:
	case FK_CHILD_WIDE:
	case FK_TO_SET_DEFAULT:
	case FK_PARENT_ENGINE:
	case FK_PARENT_PARTITIONED:
	case FK_NAME_TWICE:
	case FK_NAME_OF_CHECK:
	case FK_SOUND:
		break;
	}
	return r->key->span;
}

static bool is_about_pair(enum fk_situation situation)
{
	return situation == FK_PARENT_VIRTUAL || situation == FK_PARENT_LARGE ||
	       situation == FK_NULL_CASCADED || (situation >= FK_JSON && situation <= FK_LARGE) ||
	       (situation >= FK_CLASS && situation <= FK_COLLATION);
}

/* The keys a parent has, for one that lacks the right one. */
static void place_keys(const struct report *r, struct diag *diag)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < r->parent->indexes.n; i++) {
		const struct index *index = r->parent->indexes.items[i];
		if (index->kind != KEY_PRIMARY && index->kind != KEY_UNIQUE &&
		    index->kind != KEY_INDEX)
			continue;
		buf_add(&out, out.len ? ", " : "");
		judge_key_print(&out, index);
	}
	ctx_place(r->ctx, diag, r->parent->span, "'%s' has %s", report_table(r, r->parent),
		  out.len ? buf_text(&out) : "no key");
	buf_free(&out);
}

static void place_engine(const struct report *r, struct diag *diag, const struct table *table)
{
	ctx_place(r->ctx, diag, table->span, "'%s' is a table of %s", report_table(r, table),
		  table->engine->text);
}

/* What a check or a stored column says of the child's column. */
static void place_mentions(const struct report *r, struct diag *diag, const struct name *name)
{
	bool checks = r->first->situation == FK_CHECKED;
	for (size_t i = 0; checks && i < r->table->checks.n; i++)
		if (expr_uses_column(r->table->checks.items[i]->expr, name))
			ctx_place(r->ctx, diag, r->table->checks.items[i]->span,
				  "this check looks at it");
	for (size_t i = 0; !checks && i < r->table->columns.n; i++) {
		const struct column *column = r->table->columns.items[i];
		if (column->stored && expr_uses_column(column->generated, name))
			ctx_place(r->ctx, diag, column->span, "'%s' is made from it",
				  column->name->text);
	}
}

/* "1 column references 2" */
static void place_lists(const struct report *r, struct diag *diag)
{
	struct buf out = { 0 };
	buf_add(&out, "(");
	report_names(&out, &r->key->columns);
	buf_printf(&out, ") references %s (", foreign_key_parent_text(r->arena, r->key));
	report_names(&out, &r->key->parent_columns);
	buf_add(&out, ")");
	ctx_place(r->ctx, diag, span_none(), "%s", buf_text(&out));
	buf_free(&out);
}

/* The place of what the key collides with, leans on, or is made impossible by. */
static void place_others(const struct report *r, struct diag *diag)
{
	const struct foreign_key *other;
	switch ((int)r->first->situation) {
	case FK_PARENT_KEY:
	case FK_PARENT_UNIQUE:
		if (r->parent)
			place_keys(r, diag);
		break;
	case FK_CHILD_ENGINE:
	case FK_CHILD_KEYLESS:
		place_engine(r, diag, r->table);
		break;
	case FK_PARENT_ENGINE:
		place_engine(r, diag, r->parent);
		break;
	case FK_PARENT_PARTITIONED:
		ctx_place(r->ctx, diag, r->parent->span, "'%s' is partitioned",
			  report_table(r, r->parent));
		break;
	case FK_LISTS:
		place_lists(r, diag);
		break;
	case FK_CHECKED:
	case FK_BASE_WRITTEN:
	case FK_BASE_CASCADED:
		place_mentions(r, diag, r->key->columns.items[r->first->pair]);
		break;
	case FK_NAME_TWICE:
		other = map_get(r->first_keys, r->key->name->key);
		ctx_place(r->ctx, diag, other->span, "it is the name of this one");
		break;
	default:
		break;
	}
}

static void add_places(const struct report *r, struct diag *diag)
{
	const struct verdict *first = r->first;
	const struct column *child = report_child(r, first->pair),
			    *parent = report_parent(r, first->pair);
	if (is_about_pair(first->situation) && child && parent) {
		bool strings = type_class(&child->type) == CLASS_STRING &&
			       type_class(&parent->type) == CLASS_STRING;
		report_place_column(r, diag, r->table, child, strings);
		report_place_column(r, diag, r->parent, parent, strings);
		if (!is_within(r->key->span, child->span))
			ctx_place(r->ctx, diag, r->key->span, "the foreign key");
	}
	place_others(r, diag);
	ctx_place(r->ctx, diag, span_none(), "%s", answers_words(r));
}

static void report_refused(const struct report *r)
{
	struct diag *diag = ctx_error(
		r->ctx, r->first->rule, main_place(r), "foreign key '%s' %s: %s",
		r->key->name ? r->key->name->text : r->table->name->text,
		r->first->taken ? "can't be kept" : "can't be made", cause_words(r, r->first));
	add_places(r, diag);
	report_hint(r, diag);
}

/* --- all keys ----------------------------------------------------------------------------------- */

static bool judge_key(struct context *ctx, struct arena *arena, const struct schema *schema,
		      const struct table *table, const struct foreign_key *key,
		      const struct server_list *servers, const struct map *first_keys)
{
	struct verdict *verdicts = ARENA_ARRAY(arena, struct verdict, servers->n);
	struct report r = { .ctx = ctx,
			    .arena = arena,
			    .schema = schema,
			    .table = table,
			    .key = key,
			    .servers = servers,
			    .verdicts = verdicts,
			    .first_keys = first_keys };
	r.parent = schema_parent(schema, key);
	for (size_t i = 0; i < servers->n; i++) {
		verdicts[i] = judge_hear(schema, table, key, &servers->items[i], first_keys);
		if (!r.first && says_no(&verdicts[i]))
			r.first = &verdicts[i];
	}
	if (r.first)
		report_refused(&r);
	else
		loose_report(&r);
	return !r.first;
}

static void enter_names(struct arena *arena, const struct schema *schema, struct map *first_keys)
{
	for (size_t i = 0; i < schema->tables.n; i++) {
		const struct table *table = schema->tables.items[i];
		for (size_t j = 0; j < table->foreign_keys.n; j++) {
			const struct foreign_key *key = table->foreign_keys.items[j];
			if (key->name && !map_get(first_keys, key->name->key))
				map_put(arena, first_keys, key->name->key, (void *)key);
		}
	}
}

bool judge_schema(struct context *ctx, const struct schema *schema,
		  const struct server_list *servers)
{
	struct arena arena;
	struct map first_keys = { 0 };
	bool sound = true;
	arena_init(&arena);
	enter_names(&arena, schema, &first_keys);
	for (size_t i = 0; i < schema->tables.n; i++) {
		const struct table *table = schema->tables.items[i];
		for (size_t j = 0; j < table->foreign_keys.n; j++)
			sound &= judge_key(ctx, &arena, schema, table, table->foreign_keys.items[j],
					   servers, &first_keys);
	}
	arena_free(&arena);
	return sound;
}
