#include "mysql/clause.h"

#include "base/buf.h"
#include "base/context.h"

#include <ctype.h>
#include <string.h>

/* --- the table -------------------------------------------------------------------------------- */

#define SHAPE_NONE CLAUSE_NONE
#define SHAPE_WORD CLAUSE_ONE_WORD
#define SHAPE_TEXT CLAUSE_TEXT
#define SHAPE_WORDS CLAUSE_WORDS
#define SHAPE_NAMES CLAUSE_NAMES
#define SHAPE_TABLE CLAUSE_TABLE
#define SHAPE_PARTS CLAUSE_PARTS
#define SHAPE_EXPR CLAUSE_EXPR
#define SHAPE_DEFAULT CLAUSE_DEFAULT
#define SHAPE_BOUNDS CLAUSE_BOUNDS
#define SHAPE_METHOD CLAUSE_METHOD
#define SHAPE_REST CLAUSE_REST

static const struct row {
	const char *places, *phrase, *spelling;
	enum clause_shape shape;
} rows[] = {
#define CLAUSE(places, phrase, spelling, shape) { places, phrase, spelling, SHAPE_##shape },
#define SILENT(places, phrase, value, flavour, from, to, engines)
#include "mysql/clause.def"
#undef CLAUSE
#undef SILENT
};
#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

/* What is being read: the tokens of one entry. */
struct splitter {
	struct clause_text *text;
	size_t at, to;
};

static const struct clause_token *token_at(const struct splitter *s, size_t i)
{
	static const struct clause_token none = { .kind = CLAUSE_STRING, .text = "" };

	return i < s->to ? &s->text->tokens.items[i] : &none;
}

static bool is_sign(const struct splitter *s, size_t i, char sign)
{
	const struct clause_token *token = token_at(s, i);

	return token->sign && *token->text == sign;
}

/* Options of MariaDB's engines have their names in backquotes. */
static bool is_option_name(const struct splitter *s, size_t i)
{
	return token_at(s, i)->kind == CLAUSE_NAME && is_sign(s, i + 1, '=');
}

/* How many tokens from i on are the phrase; 0: they are not. */
static size_t phrase_length(const struct splitter *s, size_t i, const char *phrase)
{
	size_t n = 0;

	while (*phrase) {
		const size_t len = strcspn(phrase, " ");
		const struct clause_token *token = token_at(s, i + n);

		if ((token->kind != CLAUSE_WORD && !is_option_name(s, i + n)) ||
		    token->len != len || strncasecmp(token->text, phrase, len) != 0)
			return 0;
		n++;
		phrase += len + (phrase[len] == ' ');
	}
	return n;
}

/* The longest phrase of that place that begins at i; NULL: none. */
static const struct row *find_row(const struct splitter *s, size_t i, char place, size_t *n)
{
	const struct row *found = NULL;

	*n = 0;
	for (size_t r = 0; r < N_ROWS; r++) {
		size_t len;

		if (!strchr(rows[r].places, place))
			continue;
		len = phrase_length(s, i, rows[r].phrase);
		if (len > *n) {
			*n = len;
			found = &rows[r];
		}
	}
	return found;
}

/* --- values ----------------------------------------------------------------------------------- */

static size_t skip(const struct splitter *s, size_t i)
{
	return i < s->to ? clause_skip(&s->text->tokens, i, s->to) : s->to;
}

/* Up to the next phrase of that place. */
static size_t rest_end(const struct splitter *s, size_t i, char place)
{
	size_t n;

	while (i < s->to && !find_row(s, i, place, &n) && !is_option_name(s, i))
		i = skip(s, i);
	return i;
}

static bool is_operator(const struct splitter *s, size_t i)
{
	const struct clause_token *token = token_at(s, i);

	return token->sign && strchr("+-*/%<>=!|&^~.", *token->text);
}

/* A word with a string at once behind it. */
static bool is_prefixed(const struct splitter *s, size_t i)
{
	return i + 1 < s->to && token_at(s, i + 1)->kind == CLAUSE_STRING &&
	       !token_at(s, i + 1)->blank_before;
}

/* x'ff', b'1', _utf8mb4'a', date'2020-01-01'; concat(…); db.f(…); (…); -1; current_timestamp */
static size_t operand_end(const struct splitter *s, size_t i)
{
	while (is_operator(s, i))
		i++;
	if (is_sign(s, i, '('))
		return skip(s, i);
	if (token_at(s, i)->kind == CLAUSE_WORD && (is_sign(s, i + 1, '(') || is_prefixed(s, i)))
		return skip(s, i + 1);
	return i < s->to ? i + 1 : s->to;
}

static size_t default_end(const struct splitter *s, size_t i, char place)
{
	if (clause_token_is(token_at(s, i), "CASE") || clause_token_is(token_at(s, i), "NEXT"))
		return rest_end(s, i, place);
	do
		i = operand_end(s, i);
	while (is_operator(s, i));
	return i;
}

static size_t value_end(const struct splitter *s, size_t i, enum clause_shape shape, char place)
{
	switch (shape) {
	case CLAUSE_NONE:
		return i;
	case CLAUSE_ONE_WORD:
	case CLAUSE_TEXT:
		return i < s->to ? i + 1 : i;
	case CLAUSE_WORDS:
		i += i < s->to;
		return token_at(s, i - 1)->kind == CLAUSE_WORD &&
				       token_at(s, i)->kind == CLAUSE_WORD &&
				       (clause_token_is(token_at(s, i - 1), "SET") ||
					clause_token_is(token_at(s, i - 1), "NO"))
			       ? i + 1
			       : i;
	case CLAUSE_NAMES:
	case CLAUSE_PARTS:
	case CLAUSE_EXPR:
	case CLAUSE_BOUNDS:
		return skip(s, i);
	case CLAUSE_TABLE:
		i += is_sign(s, i + 1, '.') ? 3 : 1;
		return skip(s, i);
	case CLAUSE_DEFAULT:
		return default_end(s, i, place);
	case CLAUSE_METHOD:
		while (i < s->to && !is_sign(s, i, '('))
			i++;
		return skip(s, i);
	case CLAUSE_REST:
		return rest_end(s, i, place);
	}
	return i;
}

/* --- clauses ---------------------------------------------------------------------------------- */

static void push_clause(struct splitter *s, struct clause_entry *entry, const char *phrase,
			enum clause_shape shape, size_t value, size_t end)
{
	struct clause clause = { .phrase = phrase, .shape = shape };

	end = end > s->to ? s->to : end;
	clause.all = (struct clause_range){ s->at, end };
	clause.value = (struct clause_range){ value > end ? end : value, end };
	LIST_PUSH(s->text->arena, &entry->clauses, clause);
	s->at = end;
}

/* Nobody knows it: NAME = value, or all up to what is known. */
static void read_unknown(struct splitter *s, struct clause_entry *entry)
{
	size_t end = skip(s, s->at);

	if (is_sign(s, end, '='))
		end = skip(s, end + 1);
	else
		end = rest_end(s, end, entry->place);
	push_clause(s, entry, "", CLAUSE_REST, s->at, end);
}

static void read_clauses(struct splitter *s, struct clause_entry *entry)
{
	while (s->at < s->to) {
		size_t n, value;
		const struct row *row = find_row(s, s->at, entry->place, &n);

		if (!row) {
			read_unknown(s, entry);
			continue;
		}
		value = s->at + n;
		if (row->shape != CLAUSE_NONE && is_sign(s, value, '='))
			value++;
		push_clause(s, entry, row->spelling, row->shape, value,
			    value_end(s, value, row->shape, entry->place));
	}
}

struct clause *clause_find(const struct clause_entry *entry, const char *phrase)
{
	for (size_t i = 0; i < entry->clauses.n; i++) {
		if (!strcmp(entry->clauses.items[i].phrase, phrase))
			return &entry->clauses.items[i];
	}
	return NULL;
}

void clause_add(struct clause_text *text, struct clause_entry *entry, const char *more)
{
	struct splitter s = { text, text->tokens.n, 0 };

	clause_tokens(text->arena, more, &text->tokens);
	s.to = text->tokens.n;
	read_clauses(&s, entry);
}

/* --- entries ---------------------------------------------------------------------------------- */

struct clause_entry *clause_find_entry(const struct clause_text *text, const char *id)
{
	for (size_t i = 0; i < text->entries.n; i++) {
		if (!strcmp(text->entries.items[i].id, id))
			return &text->entries.items[i];
	}
	return NULL;
}

/* `what` and a name make label and id; NULL: there is one of it. */
static struct clause_entry new_entry(const struct splitter *s, char place, const char *what,
				     const char *name)
{
	struct arena *arena = s->text->arena;
	struct clause_entry entry = { .place = place, .label = what, .id = what };

	entry.all = (struct clause_range){ s->at, s->to };
	if (name) {
		entry.name = ctx_name(s->text->ctx, name);
		entry.label = arena_printf(arena, "%s '%s'", what, name);
		entry.id = arena_printf(arena, "%s %s", what, entry.name->key->text);
	}
	return entry;
}

static void push_entry(struct splitter *s, struct clause_entry *entry)
{
	read_clauses(s, entry);
	LIST_PUSH(s->text->arena, &s->text->entries, *entry);
}

/* `a` int(11) … */
static void read_column(struct splitter *s)
{
	struct clause_entry entry = new_entry(s, 'C', "column", token_at(s, s->at)->text);
	size_t end = ++s->at + 1;

	if (is_sign(s, end, '('))
		end = skip(s, end);
	push_clause(s, &entry, "type", CLAUSE_REST, s->at, end);
	push_entry(s, &entry);
}

static const struct {
	const char *words, *what;
} keys[] = {
	{ "PRIMARY KEY", "primary key" },
	{ "UNIQUE KEY", "unique index" },
	{ "UNIQUE INDEX", "unique index" },
	{ "FULLTEXT KEY", "fulltext index" },
	{ "FULLTEXT INDEX", "fulltext index" },
	{ "SPATIAL KEY", "spatial index" },
	{ "SPATIAL INDEX", "spatial index" },
	{ "VECTOR KEY", "vector index" },
	{ "VECTOR INDEX", "vector index" },
	{ "KEY", "index" },
	{ "INDEX", "index" },
};

/* UNIQUE KEY `u` (`a`) … */
static bool read_key(struct splitter *s)
{
	for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
		const size_t n = phrase_length(s, s->at, keys[k].words);
		const struct clause_token *name = token_at(s, s->at + n);
		struct clause_entry entry;

		if (!n)
			continue;
		entry = new_entry(s, 'K', keys[k].what,
				  name->kind == CLAUSE_NAME ? name->text : NULL);
		s->at += n + (name->kind == CLAUSE_NAME);
		push_clause(s, &entry, "parts", CLAUSE_PARTS, s->at, skip(s, s->at));
		push_entry(s, &entry);
		return true;
	}
	return false;
}

/* CONSTRAINT `c` CHECK …, FOREIGN KEY …; PERIOD FOR `p` (`a`, `b`) */
static bool read_constraint(struct splitter *s)
{
	struct clause_entry entry;
	const char *name = NULL;
	size_t from = s->at;

	if (phrase_length(s, s->at, "PERIOD FOR")) {
		entry = new_entry(s, 'O', "period", token_at(s, s->at + 2)->text);
		s->at += 3;
		push_clause(s, &entry, "columns", CLAUSE_NAMES, s->at, skip(s, s->at));
		push_entry(s, &entry);
		return true;
	}
	if (clause_token_is(token_at(s, s->at), "CONSTRAINT")) {
		name = token_at(s, s->at + 1)->text;
		s->at += 2;
	}
	if (phrase_length(s, s->at, "FOREIGN KEY")) {
		entry = new_entry(s, 'F', "foreign key", name);
	} else if (clause_token_is(token_at(s, s->at), "CHECK")) {
		entry = new_entry(s, 'H', "check", name);
	} else {
		s->at = from;
		return false;
	}
	entry.all.from = from;
	push_entry(s, &entry);
	return true;
}

static void read_entry(struct splitter *s)
{
	struct clause_entry entry;

	if (token_at(s, s->at)->kind == CLAUSE_NAME)
		read_column(s);
	else if (!read_constraint(s) && !read_key(s)) {
		entry = new_entry(s, '?',
				  clause_source(s->text->arena, &s->text->tokens,
						(struct clause_range){ s->at, s->to }),
				  NULL);
		push_entry(s, &entry);
	}
}

/* Calls `read` for each item of the list in parentheses that begins at `from`. */
static void each_item(struct clause_text *text, struct clause_range list,
		      void (*read)(struct splitter *s, const char *of), const char *of)
{
	struct splitter s = { text, list.from + 1, 0 };
	const size_t end = list.to - 1;

	while (s.at < end) {
		struct splitter item = { text, s.at, end };
		size_t i = s.at;

		while (i < end && !is_sign(&item, i, ','))
			i = clause_skip(&text->tokens, i, end);
		item.to = i;
		read(&item, of);
		s.at = i + 1;
	}
}

static void read_table_entry(struct splitter *s, const char *of)
{
	(void)of;
	read_entry(s);
}

/* --- partitions ------------------------------------------------------------------------------- */

/* PARTITION p0 VALUES … (SUBPARTITION s0 …); `of` is the partition of a subpartition. */
static void read_partition(struct splitter *s, const char *of)
{
	struct clause_text *text = s->text;
	const char *name = token_at(s, s->at + 1)->text;
	struct clause_entry entry = new_entry(s, 'P', of ? "subpartition" : "partition", name);
	struct clause_range subs = { s->to, s->to };

	if (of)
		entry.id = arena_printf(text->arena, "%s of %s", entry.id, of);
	s->at = s->at + 2 < s->to ? s->at + 2 : s->to;
	for (size_t i = s->at; i < s->to; i = skip(s, i)) {
		if (is_sign(s, i, '(') && clause_token_is(token_at(s, i + 1), "SUBPARTITION"))
			subs = (struct clause_range){ i, skip(s, i) };
	}
	if (subs.from < s->to) {
		/* nothing follows them */
		const size_t to = s->to;

		s->to = subs.from;
		push_entry(s, &entry);
		each_item(text, subs, read_partition, name);
		s->at = subs.to;
		s->to = to;
		if (s->at < s->to) {
			entry = new_entry(s, '?', "partition", name);
			push_entry(s, &entry);
		}
		return;
	}
	push_entry(s, &entry);
}

/* PARTITION BY … SUBPARTITION BY … (PARTITION …, …): each an entry. */
static void read_partitioning(struct splitter *s)
{
	const size_t to = s->to;
	size_t defs = s->at, sub;

	while (defs < to &&
	       !(is_sign(s, defs, '(') && clause_token_is(token_at(s, defs + 1), "PARTITION")))
		defs = skip(s, defs);
	for (sub = s->at; sub < defs && !phrase_length(s, sub, "SUBPARTITION BY");)
		sub = skip(s, sub);
	s->to = sub;
	struct clause_entry entry = new_entry(s, 'B', "partitioning", NULL);
	s->at += 2;
	push_entry(s, &entry);
	if (sub < defs) {
		s->to = defs;
		entry = new_entry(s, 'B', "subpartitioning", NULL);
		s->at += 2;
		push_entry(s, &entry);
	}
	s->to = to;
	s->at = defs;
	if (defs == to)
		return;
	const struct clause_range list = { defs, skip(s, defs) };
	each_item(s->text, list, read_partition, NULL);
	s->at = list.to;
	if (s->at < s->to) {
		entry = new_entry(s, '?', "partitioning", NULL);
		push_entry(s, &entry);
	}
}

/* --- all -------------------------------------------------------------------------------------- */

void clause_split(struct context *ctx, struct arena *arena, const char *text,
		  struct clause_text *out)
{
	*out = (struct clause_text){ .ctx = ctx, .arena = arena };
	clause_tokens(arena, text, &out->tokens);
	struct splitter s = { out, 0, out->tokens.n };
	size_t body = 0;

	while (body < s.to && !is_sign(&s, body, '('))
		body++;
	if (body == s.to) {
		struct clause_entry other = new_entry(&s, '?', "table", NULL);
		push_entry(&s, &other);
		return;
	}
	const struct clause_range list = { body, skip(&s, body) };
	each_item(out, list, read_table_entry, NULL);
	size_t partitioning = list.to;
	while (partitioning < s.to && !phrase_length(&s, partitioning, "PARTITION BY"))
		partitioning = skip(&s, partitioning);
	s.at = list.to;
	s.to = partitioning;
	struct clause_entry table = new_entry(&s, 'T', "table option", NULL);
	push_entry(&s, &table);
	s.to = out->tokens.n;
	if (s.at < s.to)
		read_partitioning(&s);
}
