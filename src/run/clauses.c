#include "run/clauses.h"

#include "base/buf.h"
#include "base/context.h"
#include "base/quote.h"
#include "emit/sql.h"
#include "model/charset.h"
#include "model/opaque.h"
#include "model/option.h"
#include "mysql/clause.h"
#include "mysql/show.h"
#include "run/clause_value.h"

#include <string.h>

static const struct silent {
	const char *places, *phrase, *value;
	int flavour;
	unsigned from, to;
	const char *engines;
} silents[] = {
#define ANY (-1)
#define MYSQL FLAVOUR_MYSQL
#define MARIADB FLAVOUR_MARIADB
#define CLAUSE(places, phrase, spelling, shape)
#define SILENT(places, phrase, value, flavour, from, to, engines) \
	{ places, phrase, value, flavour, from, to, engines },
#include "mysql/clause.def"
#undef CLAUSE
#undef SILENT
};
#define N_SILENTS (sizeof(silents) / sizeof(silents[0]))

/* One text and what it means for columns. */
struct side {
	struct clause_text text;
	const struct name *charset, *collation; /* of the table */
};

struct comparison {
	struct context *ctx;
	struct arena *arena;
	const struct server *server;
	const struct table *table;
	struct side shown, model;
	struct clause_loss_list *lost;
};

/* --- what is lost ----------------------------------------------------------------------------- */

static char *source_of(const struct comparison *c, const struct side *side,
		       struct clause_range range)
{
	return clause_source(c->arena, &side->text.tokens, range);
}

static void add_loss(struct comparison *c, enum refusal refusal, const char *where,
		     const char *shown, const char *model)
{
	const struct clause_loss loss = { where, shown, model, refusal };

	LIST_PUSH(c->arena, c->lost, loss);
}

/* --- charsets --------------------------------------------------------------------------------- */

static const struct name *charset_value(const struct comparison *c, const struct side *side,
					const struct clause_entry *entry, const char *phrase)
{
	const struct clause *clause = clause_find(entry, phrase);

	if (!clause || clause->value.from >= clause->value.to)
		return NULL;
	return charset_canonical(
		c->ctx, ctx_name(c->ctx, side->text.tokens.items[clause->value.from].text));
}

/* What is not said follows from the other; `charset` and `collation` are what holds without both. */
static void resolve_charset(const struct comparison *c, const struct side *side,
			    const struct clause_entry *entry, const struct name **charset,
			    const struct name **collation)
{
	const struct name *own_charset = charset_value(c, side, entry, "CHARACTER SET");
	const struct name *own_collation = charset_value(c, side, entry, "COLLATE");

	if (own_collation) {
		*collation = collation_complete(c->ctx, own_charset ? own_charset : *charset,
						own_collation);
		*charset = own_charset ? own_charset : collation_charset(c->ctx, *collation);
	} else if (own_charset) {
		*charset = own_charset;
		*collation = charset_default_collation(c->ctx, c->server, own_charset);
	}
}

static const char *charset_text(const struct comparison *c, const struct name *charset,
				const struct name *collation)
{
	return arena_printf(c->arena, "CHARACTER SET %s COLLATE %s", charset ? charset->text : "?",
			    collation ? collation->text : "?");
}

static void compare_charsets(struct comparison *c, struct clause_entry *shown,
			     struct clause_entry *model)
{
	const struct name *charset_a = c->shown.charset, *collation_a = c->shown.collation;
	const struct name *charset_b = c->model.charset, *collation_b = c->model.collation;

	resolve_charset(c, &c->shown, shown, &charset_a, &collation_a);
	resolve_charset(c, &c->model, model, &charset_b, &collation_b);
	if (!name_equal(charset_a, charset_b) || !name_equal(collation_a, collation_b))
		add_loss(c, REFUSAL_NONE, shown->label, charset_text(c, charset_a, collation_a),
			 charset_text(c, charset_b, collation_b));
}

/* --- types ------------------------------------------------------------------------------------ */

/* The type.def row of the type's word; TYPE_COUNT: none. */
static enum type_id type_of(const struct side *side, const struct clause_entry *entry)
{
	const struct clause *type = clause_find(entry, "type");
	const struct clause_token *word;

	if (!type || type->all.from >= type->all.to)
		return TYPE_COUNT;
	word = &side->text.tokens.items[type->all.from];
	if (clause_token_is(word, "geomcollection")) /* MySQL 8's word for it */
		return TYPE_GEOMETRYCOLLECTION;
	for (int id = 0; id < TYPE_COUNT; id++) {
		if (clause_token_is(word, type_name((enum type_id)id)))
			return (enum type_id)id;
	}
	return TYPE_COUNT;
}

static bool is_string_type(enum type_id id)
{
	const struct type type = { .id = id };

	return id != TYPE_COUNT && type_is_string(&type);
}

/* The display width that an integer has when none is written. */
static const struct {
	enum type_id id;
	const char *with_sign, *without;
} widths[] = {
	{ TYPE_TINYINT, "4", "3" }, { TYPE_SMALLINT, "6", "5" }, { TYPE_MEDIUMINT, "9", "8" },
	{ TYPE_INT, "11", "10" },   { TYPE_BIGINT, "20", "20" },
};

/* Does that width say nothing? So it is with year(4). */
static bool is_own_width(const struct side *side, const struct clause_entry *entry,
			 const struct clause_token *width)
{
	const enum type_id id = type_of(side, entry);
	const bool without = clause_find(entry, "UNSIGNED") != NULL;

	if (id == TYPE_YEAR)
		return clause_token_is(width, "4");
	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		if (widths[i].id == id)
			return clause_token_is(width,
					       without ? widths[i].without : widths[i].with_sign);
	}
	return false;
}

static struct clause_range type_arguments(const struct side *side, const struct clause_entry *entry)
{
	struct clause_range all = clause_find(entry, "type")->all;

	all.from++;
	if (all.to - all.from == 3 &&
	    is_own_width(side, entry, &side->text.tokens.items[all.from + 1]))
		all.from = all.to;
	return all;
}

static bool same_type(const struct comparison *c, const struct clause_entry *shown,
		      const struct clause_entry *model)
{
	const struct clause *a = clause_find(shown, "type"), *b = clause_find(model, "type");
	/* values of ENUM and SET in charset binary may be x'…' */
	struct clause x = { .shape = CLAUSE_BOUNDS }, y = x;

	x.value = type_arguments(&c->shown, shown);
	y.value = type_arguments(&c->model, model);
	if (!clause_value_equal(c->server, &c->shown.text, &x, &c->model.text, &y))
		return false;
	if (type_of(&c->shown, shown) != TYPE_COUNT)
		return type_of(&c->shown, shown) == type_of(&c->model, model);
	x.value = (struct clause_range){ a->all.from, a->all.from + 1 };
	y.value = (struct clause_range){ b->all.from, b->all.from + 1 };
	return clause_value_equal(c->server, &c->shown.text, &x, &c->model.text, &y);
}

/* MariaDB makes three clauses of the word json, and shows those. */
static void expand_json(const struct comparison *c, struct side *side, struct clause_entry *entry)
{
	const size_t type = side->text.tokens.n;
	struct buf check = { 0 };

	if (c->server->flavour != FLAVOUR_MARIADB || type_of(side, entry) != TYPE_JSON)
		return;
	clause_add(&side->text, entry, "longtext");
	entry->clauses.n--; /* no clause of its own, but the word of the type */
	clause_find(entry, "type")->all = (struct clause_range){ type, type + 1 };
	buf_add(&check, "CHARACTER SET utf8mb4 COLLATE utf8mb4_bin CHECK (json_valid(");
	quote_name(&check, entry->name);
	buf_add(&check, "))");
	clause_add(&side->text, entry, buf_text(&check));
	buf_free(&check);
}

/* --- clauses that say nothing ----------------------------------------------------------------- */

static bool is_of_engine(const struct comparison *c, const char *engines)
{
	const char *engine = c->table->engine ? c->table->engine->text : "";

	if (!engines)
		return true;
	return *engines == '!' ? !word_equal(engines + 1, engine) : word_equal(engines, engine);
}

/* MariaDB makes a hash of a unique key that is too long, and shows it as if somebody had said so. */
static bool is_own_hash(const struct comparison *c, const struct clause_entry *entry,
			const struct clause *clause)
{
	const struct index *index;

	if (c->server->flavour != FLAVOUR_MARIADB || strcmp(clause->phrase, "USING") != 0 ||
	    !entry->name)
		return false;
	index = table_index(c->table, entry->name);
	return index && table_is_long_unique(c->table, index);
}

/* DROP SYSTEM VERSIONING leaves it at the columns, where it says nothing any more. */
static bool is_left_over(const struct comparison *c, const struct side *side,
			 const struct clause *clause)
{
	const struct clause_entry *table;

	if (strcmp(clause->phrase, "WITHOUT SYSTEM VERSIONING") != 0)
		return false;
	table = clause_find_entry(&side->text, "table option");
	return table && !clause_find(table, "WITH SYSTEM VERSIONING") &&
	       !option_find(&c->table->options, ATTR_WITH_SYSTEM_VERSIONING);
}

static bool is_silent(const struct comparison *c, const struct side *side,
		      const struct clause_entry *entry, const struct clause *clause)
{
	if (is_own_hash(c, entry, clause) || is_left_over(c, side, clause))
		return true;
	for (size_t i = 0; i < N_SILENTS; i++) {
		const struct silent *row = &silents[i];

		if (!strchr(row->places, entry->place) || strcmp(row->phrase, clause->phrase) != 0)
			continue;
		if ((row->flavour != ANY && row->flavour != (int)c->server->flavour) ||
		    c->server->version < row->from || (row->to && c->server->version >= row->to))
			continue;
		if (is_of_engine(c, row->engines) &&
		    (!row->value || word_equal(row->value, source_of(c, side, clause->value))))
			return true;
	}
	return false;
}

/* --- entries ---------------------------------------------------------------------------------- */

/* Of equal clauses one is the other's; silent ones need none. Those left are matched by phrase. */
static void match_clauses(struct comparison *c, struct clause_entry *shown,
			  struct clause_entry *model)
{
	for (size_t i = 0; i < shown->clauses.n; i++) {
		struct clause *a = &shown->clauses.items[i];

		a->matched = a->matched || is_silent(c, &c->shown, shown, a);
		for (size_t j = 0; j < model->clauses.n && !a->matched; j++) {
			struct clause *b = &model->clauses.items[j];

			if (b->matched || strcmp(a->phrase, b->phrase) != 0 ||
			    !clause_value_equal(c->server, &c->shown.text, a, &c->model.text, b))
				continue;
			a->matched = b->matched = true;
		}
	}
	for (size_t j = 0; j < model->clauses.n; j++) {
		struct clause *b = &model->clauses.items[j];

		b->matched = b->matched || is_silent(c, &c->model, model, b);
	}
}

static void report_clauses(struct comparison *c, struct clause_entry *shown,
			   struct clause_entry *model)
{
	for (size_t i = 0; i < shown->clauses.n; i++) {
		const struct clause *a = &shown->clauses.items[i];
		const char *other = NULL;

		if (a->matched)
			continue;
		for (size_t j = 0; j < model->clauses.n && !other; j++) {
			struct clause *b = &model->clauses.items[j];

			if (b->matched || !*a->phrase || strcmp(a->phrase, b->phrase) != 0)
				continue;
			b->matched = true;
			other = source_of(c, &c->model, b->all);
		}
		add_loss(c, *a->phrase ? REFUSAL_NONE : REFUSAL_CLAUSE, shown->label,
			 source_of(c, &c->shown, a->all), other);
	}
	for (size_t j = 0; j < model->clauses.n; j++) {
		const struct clause *b = &model->clauses.items[j];

		if (!b->matched)
			add_loss(c, REFUSAL_NONE, model->label, NULL,
				 source_of(c, &c->model, b->all));
	}
}

static void set_matched(struct clause_entry *entry, const char *phrase)
{
	struct clause *clause = clause_find(entry, phrase);

	if (clause)
		clause->matched = true;
}

/* Charset and collation are compared resolved. */
static void match_charsets(struct comparison *c, struct clause_entry *shown,
			   struct clause_entry *model)
{
	compare_charsets(c, shown, model);
	set_matched(shown, "CHARACTER SET");
	set_matched(shown, "COLLATE");
	set_matched(model, "CHARACTER SET");
	set_matched(model, "COLLATE");
}

/* 007 is 7 where zeros are filled up, 'a' is 'a\0\0' in a binary(3). */
static void match_padding(const struct comparison *c, struct clause_entry *shown,
			  struct clause_entry *model)
{
	const enum clause_padding padding = clause_find(shown, "ZEROFILL") ? CLAUSE_ZEROS_BEFORE
					    : type_of(&c->shown, shown) == TYPE_BINARY
						    ? CLAUSE_NULS_BEHIND
						    : CLAUSE_NO_PADDING;
	struct clause *a = clause_find(shown, "DEFAULT"), *b = clause_find(model, "DEFAULT");

	if (a && b && padding != CLAUSE_NO_PADDING &&
	    clause_same_literal(c->server, &c->shown.text, a, &c->model.text, b, padding))
		a->matched = b->matched = true;
}

/*
 * MariaDB gives columns that are NOT NULL a default of its own: '' to a COMPRESSED one, zero to one
 * with ON UPDATE. The model has none there (mysql/live_default.c).
 */
static void match_own_default(const struct comparison *c, struct clause_entry *shown,
			      struct clause_entry *model)
{
	struct clause *clause = clause_find(shown, "DEFAULT");
	const char *text;

	if (c->server->flavour != FLAVOUR_MARIADB || !clause || clause_find(model, "DEFAULT") ||
	    !clause_find(shown, "NOT NULL") || clause->value.from >= clause->value.to)
		return;
	text = c->shown.text.tokens.items[clause->value.from].text;
	if ((!*text && clause_find(shown, "COMPRESSED")) ||
	    (!strncmp(text, "0000-00-00 00:00:00", 19) && clause_find(shown, "ON UPDATE")))
		clause->matched = true;
}

/*
 * ALTER COLUMN … DROP DEFAULT leaves a nullable column without any default, which shows only in that
 * DEFAULT NULL is missing. Texts and blobs of MySQL are never shown with it.
 */
static bool has_no_default(const struct comparison *c, const struct clause_entry *shown)
{
	static const char *const others[] = { "NOT NULL",
					      "DEFAULT",
					      "AUTO_INCREMENT",
					      "GENERATED ALWAYS AS",
					      "GENERATED ALWAYS AS ROW START",
					      "GENERATED ALWAYS AS ROW END" };
	const struct type type = { .id = type_of(&c->shown, shown) };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (clause_find(shown, others[i]))
			return false;
	}
	return type.id == TYPE_COUNT || c->server->flavour == FLAVOUR_MARIADB ||
	       (type_class(&type) != CLASS_TEXT && type_class(&type) != CLASS_BLOB);
}

static void compare_column(struct comparison *c, struct clause_entry *shown,
			   struct clause_entry *model)
{
	expand_json(c, &c->shown, shown);
	expand_json(c, &c->model, model);
	if (is_string_type(type_of(&c->shown, shown)) && is_string_type(type_of(&c->model, model)))
		match_charsets(c, shown, model);
	match_padding(c, shown, model);
	match_own_default(c, shown, model);
	if (has_no_default(c, shown))
		add_loss(c, REFUSAL_NO_DEFAULT, shown->label, "no DEFAULT, not even NULL", NULL);
	if (same_type(c, shown, model)) {
		set_matched(shown, "type");
		set_matched(model, "type");
	}
}

/* Blocks of a key as MyISAM would make them in a copy of the table (mysql/live_clause.c). */
static void match_blocks(const struct comparison *c, struct clause_entry *shown,
			 struct clause_entry *model)
{
	struct clause *clause = clause_find(shown, "KEY_BLOCK_SIZE");
	const struct index *index = shown->name ? table_index(c->table, shown->name) : NULL;
	const char *own, *above, *size;

	if (!clause || !index || !is_of_engine(c, "MyISAM"))
		return;
	own = option_find(&index->options, ATTR_KEY_BLOCK_SIZE);
	above = option_find(&c->table->options, ATTR_KEY_BLOCK_SIZE);
	size = arena_printf(c->arena, "%lu",
			    option_block_size("MyISAM", source_of(c, &c->shown, clause->value)));
	if ((own || above) && !strcmp(size, own ? own : above)) {
		clause->matched = true;
		set_matched(model, "KEY_BLOCK_SIZE");
	}
}

static void compare_entry(struct comparison *c, struct clause_entry *shown,
			  struct clause_entry *model)
{
	if (shown->place == 'C')
		compare_column(c, shown, model);
	else if (shown->place == 'T')
		match_charsets(c, shown, model);
	else if (shown->place == 'K')
		match_blocks(c, shown, model);
	match_clauses(c, shown, model);
	report_clauses(c, shown, model);
	shown->matched = model->matched = true;
}

/* Of columns and partitions the order counts. */
static void compare_order(struct comparison *c, char place)
{
	const struct clause_entry_list *a = &c->shown.text.entries, *b = &c->model.text.entries;
	size_t j = 0;

	for (size_t i = 0; i < a->n; i++) {
		if (a->items[i].place != place)
			continue;
		while (j < b->n && b->items[j].place != place)
			j++;
		if (j == b->n)
			return;
		if (strcmp(a->items[i].id, b->items[j].id) != 0) {
			add_loss(c, REFUSAL_NONE, a->items[i].label, "its place in the table",
				 NULL);
			return;
		}
		j++;
	}
}

/* A word that clause.def has not. */
static bool has_unknown(const struct clause_entry *entry)
{
	return clause_find(entry, "") != NULL;
}

static void compare_entries(struct comparison *c)
{
	struct clause_entry_list *shown = &c->shown.text.entries, *model = &c->model.text.entries;
	const size_t before = c->lost->n;

	for (size_t i = 0; i < shown->n; i++) {
		struct clause_entry *a = &shown->items[i];
		struct clause_entry *b = clause_find_entry(&c->model.text, a->id);

		if (b && !b->matched)
			compare_entry(c, a, b);
		else
			add_loss(c, has_unknown(a) ? REFUSAL_CLAUSE : REFUSAL_NONE, a->label,
				 source_of(c, &c->shown, a->all), NULL);
	}
	for (size_t j = 0; j < model->n; j++) {
		const struct clause_entry *b = &model->items[j];

		if (!b->matched)
			add_loss(c, REFUSAL_NONE, b->label, NULL, source_of(c, &c->model, b->all));
	}
	if (c->lost->n > before)
		return;
	compare_order(c, 'C');
	compare_order(c, 'P');
}

/* --- all -------------------------------------------------------------------------------------- */

static void read_side(const struct comparison *c, struct side *side, const char *text)
{
	const struct clause_entry *table;

	clause_split(c->ctx, c->arena, text, &side->text);
	table = clause_find_entry(&side->text, "table option");
	if (table)
		resolve_charset(c, side, table, &side->charset, &side->collation);
}

/* What could not be parsed can't be written either: the model holds it in no file. */
static void lose_opaque(const char *what, const struct name *name, const struct expr *expr,
			void *data)
{
	struct comparison *c = data;

	add_loss(c, REFUSAL_EXPRESSION,
		 name ? arena_printf(c->arena, "%s '%s'", what, name->text) : what, expr->text,
		 NULL);
}

void clauses_compare(struct context *ctx, struct arena *arena, const struct server *server,
		     const struct table *table, const char *shown, struct clause_loss_list *lost)
{
	struct comparison c = { ctx, arena, server, table, .lost = lost };
	struct server_list targets = { 0 };
	struct buf sql = { 0 };

	LIST_PUSH(arena, &targets, *server);
	sql_create_table(&sql, &targets, table);
	read_side(&c, &c.shown, shown);
	read_side(&c, &c.model, buf_text(&sql));
	buf_free(&sql);
	compare_entries(&c);
	opaque_each(table, lose_opaque, &c);
}

/* As introspection was told, else asked for now; NULL: it is not shown (queued). */
static const char *ask_shown(struct context *ctx, struct arena *arena, struct db *db,
			     const struct table *table)
{
	const size_t errors = ctx->diags.errors;
	const char *shown = table->shown;

	if (!shown)
		shown = show_create_table(db, arena, table->name);
	if (!shown && ctx->diags.errors == errors)
		ctx_error(ctx, "database", span_none(), "the server does not show table '%s'",
			  table->name->text);
	return shown;
}

bool clauses_lost(struct context *ctx, struct arena *arena, struct db *db,
		  const struct table *table, struct clause_loss_list *lost)
{
	const struct server *server = db_server(db);
	const char *shown;

	if (table->unknown)
		return true;
	shown = server ? ask_shown(ctx, arena, db, table) : NULL;
	if (shown)
		clauses_compare(ctx, arena, server, table, shown, lost);
	return shown != NULL;
}

/* --- for people ------------------------------------------------------------------------------- */

static void hint_loss(struct context *ctx, struct diag *diag, const struct clause_loss *loss)
{
	if (loss->shown && loss->model)
		ctx_hint(ctx, diag, "%s: %s, for which the model has %s", loss->where, loss->shown,
			 loss->model);
	else if (loss->shown)
		ctx_hint(ctx, diag, "%s: %s", loss->where, loss->shown);
	else
		ctx_hint(ctx, diag, "%s: the model alone has %s", loss->where, loss->model);
}

/* The first in the message, the others below it. */
void clauses_report(struct context *ctx, const struct table *table,
		    const struct clause_loss_list *lost)
{
	const struct clause_loss *first = &lost->items[0];
	struct diag *diag;

	if (first->shown)
		diag = ctx_error(ctx, "unmodelled", span_none(),
				 "table '%s': the model does not hold '%s' (%s)", table->name->text,
				 first->shown, first->where);
	else
		diag = ctx_error(ctx, "unmodelled", span_none(),
				 "table '%s': the model holds '%s' (%s), which the table has not",
				 table->name->text, first->model, first->where);
	if (first->shown && first->model)
		ctx_hint(ctx, diag, "in its place: %s", first->model);
	for (size_t i = 1; i < lost->n; i++)
		hint_loss(ctx, diag, &lost->items[i]);
	ctx_hint(
		ctx, diag,
		"autogen does not alter such a table: take the clause off it, or name the table in "
		"ignore_tables");
}

bool clauses_check(struct context *ctx, struct arena *arena, struct db *db,
		   const struct table_list *tables, size_t *refused)
{
	for (size_t i = 0; i < tables->n; i++) {
		struct clause_loss_list lost = { 0 };

		if (!clauses_lost(ctx, arena, db, tables->items[i], &lost))
			return false;
		if (!lost.n)
			continue;
		clauses_report(ctx, tables->items[i], &lost);
		(*refused)++;
	}
	return true;
}
