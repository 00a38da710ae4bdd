#include "lint/judge.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/name.h"
#include "lint/judge_key.h"
#include "lint/judge_test.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* --- the rows ----------------------------------------------------------------------------------- */

static const struct {
	const char *rule, *cause;
} situations[] = {
#define SITUATION(id, rule, cause) [id] = { rule, cause },
#include "lint/judge.def"
#undef SITUATION
};

static const struct judge_answer answers[] = {
#define ANSWER(id, flavour, from, to, answer, number) { id, flavour, from, to, answer, number },
#include "lint/judge.def"
#undef ANSWER
};

const struct judge_answer *judge_answers(size_t *n)
{
	*n = COUNT(answers);
	return answers;
}

const char *judge_rule(enum fk_situation situation)
{
	return situations[situation].rule;
}

/* A column with its table, or alone where the words name the table. */
static void add_column(struct buf *out, bool alone, const char *table,
		       const struct name_list *columns, size_t i)
{
	if (!alone)
		buf_printf(out, "%s.", table);
	if (i < columns->n)
		buf_add(out, columns->items[i]->text);
}

const char *judge_words(struct arena *arena, const struct table *table,
			const struct foreign_key *key, const struct verdict *verdict)
{
	struct buf out = { 0 };
	const char *parent = foreign_key_parent_text(arena, key);
	bool alone =
		verdict->situation == FK_CHILD_COLUMN || verdict->situation == FK_PARENT_COLUMN;
	for (const char *p = situations[verdict->situation].cause; *p; p++) {
		if (*p != '%')
			buf_add_char(&out, *p);
		else if (*++p == 'c')
			add_column(&out, alone, table->name->text, &key->columns, verdict->pair);
		else if (*p == 'p')
			add_column(&out, alone, parent, &key->parent_columns, verdict->pair);
		else
			buf_add(&out, *p == 't' ? table->name->text : parent);
	}
	return buf_arena(&out, arena);
}

static bool applies(const struct judge_answer *row, const struct server *server)
{
	return row->flavour == server->flavour && server->version >= row->from &&
	       (!row->to || server->version < row->to) &&
	       (row->answer != STANDARD || server->restrict_fk_on_non_standard_key);
}

/* Does the row speak of the key? *pair as the situation says. */
static bool speaks(const struct hearing *h, const struct judge_answer *row, size_t *pair)
{
	return applies(row, h->server) && judge_holds(h, row->situation, pair);
}

/* Of the rows from *at on that are looked at together, the one about the first column; NULL: none.
 * *at moves to the last of them. */
static const struct judge_answer *first_column(const struct hearing *h, size_t *at, size_t *pair)
{
	const struct judge_answer *found = NULL;
	size_t i = *at, its;
	for (; i < COUNT(answers) && answers[i].answer == BY_COLUMN; i++)
		if (speaks(h, &answers[i], &its) && (!found || its < *pair)) {
			found = &answers[i];
			*pair = its;
		}
	*at = i - 1;
	return found;
}

struct verdict judge_foreign_key(const struct schema *schema, const struct table *table,
				 const struct foreign_key *key, const struct server *server)
{
	return judge_hear(schema, table, key, server, NULL);
}

struct verdict judge_hear(const struct schema *schema, const struct table *table,
			  const struct foreign_key *key, const struct server *server,
			  const struct map *first_keys)
{
	struct hearing h = { schema, table, NULL, key, server, first_keys };
	struct verdict verdict = { .accepted = true, .situation = FK_SOUND };
	bool itself = !key->parent_database && schema_same_table(schema, key->parent, table->name);
	h.parent = itself ? table : schema_parent(schema, key);
	for (size_t i = 0; i < COUNT(answers); i++) {
		const struct judge_answer *row = &answers[i];
		size_t pair = 0;
		if (row->answer == BY_COLUMN)
			row = first_column(&h, &i, &pair);
		else if (!speaks(&h, row, &pair))
			continue;
		if (!row || (verdict.taken && row->answer == IGNORES))
			continue;
		verdict.accepted = row->answer == IGNORES;
		verdict.not_made = row->answer == IGNORES;
		verdict.taken = row->answer == TAKES_IT;
		verdict.error_number = row->number;
		verdict.rule = situations[row->situation].rule;
		verdict.pair = pair;
		verdict.situation = row->situation;
		if (row->answer != TAKES_IT)
			break; /* else: does the server find something of its own? */
	}
	return verdict;
}
