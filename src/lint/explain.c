#include "lint/explain.h"

#include "base/buf.h"
#include "base/context.h"
#include "lint/explain_parts.h"
#include "lint/judge_loose.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* --- a key ------------------------------------------------------------------------------------ */

static void add_columns(struct arena *arena, struct buf *out, const struct table *table,
			const struct table *parent, const struct foreign_key *key)
{
	for (size_t i = 0; i < key->columns.n; i++) {
		const struct column *child = table_column(table, key->columns.items[i]);
		const struct column *other =
			parent && i < key->parent_columns.n
				? table_column(parent, key->parent_columns.items[i])
				: NULL;
		if (child)
			buf_printf(out, "  %s\n",
				   judge_definition(arena, table->name->text, child));
		if (other)
			buf_printf(out, "  %s\n",
				   judge_definition(arena, foreign_key_parent_text(arena, key),
						    other));
	}
}

static void add_key(struct buf *out, const char *table, const struct index *index)
{
	buf_printf(out, "  '%s' ", table);
	if (index) {
		buf_add(out, "is looked up by its ");
		judge_key_print(out, index);
	} else {
		buf_add(out, "has no key that begins with these columns");
	}
	buf_add(out, "\n");
}

static void add_verdict(struct arena *arena, struct buf *out, const struct table *table,
			const struct foreign_key *key, const struct server *server,
			const struct verdict *verdict)
{
	buf_add(out, "  ");
	server_print(out, server);
	if (verdict->not_made)
		buf_printf(out, " takes it and makes none: %s\n",
			   judge_words(arena, table, key, verdict));
	else if (verdict->taken)
		buf_printf(out, " takes it otherwise: %s\n",
			   judge_words(arena, table, key, verdict));
	else if (!verdict->accepted)
		buf_printf(out, " refuses it with error %d: %s\n", verdict->error_number,
			   judge_words(arena, table, key, verdict));
	else
		buf_add(out, " takes it\n");
}

void explain_foreign_key(struct arena *arena, struct buf *out, const struct schema *schema,
			 const struct table *table, const struct foreign_key *key,
			 const struct server_list *servers)
{
	const struct table *parent = schema_parent(schema, key);
	add_columns(arena, out, table, parent, key);
	add_key(out, table->name->text, judge_key_own(table, &key->columns, &servers->items[0]));
	if (parent)
		add_key(out, foreign_key_parent_text(arena, key),
			judge_key_leading(parent, &key->parent_columns, &servers->items[0]));
	else if (!schema_knows_parent(schema, key))
		buf_printf(out, "  what '%s' is, is not known: it counts as one that fits\n",
			   foreign_key_parent_text(arena, key));
	for (size_t i = 0; i < servers->n; i++) {
		struct verdict verdict = judge_foreign_key(schema, table, key, &servers->items[i]);
		add_verdict(arena, out, table, key, &servers->items[i], &verdict);
	}
}

/* --- answers in words ------------------------------------------------------------------------- */

static void add_version(struct buf *out, unsigned version)
{
	buf_printf(out, "%u.%u", version / 10000, version / 100 % 100);
	if (version % 100)
		buf_printf(out, ".%u", version % 100);
}

void explain_range(struct buf *out, const struct judge_answer *answer)
{
	buf_add(out, answer->flavour == FLAVOUR_MYSQL ? "mysql" : "mariadb");
	if (answer->from) {
		buf_add(out, " ");
		add_version(out, answer->from);
	}
	if (answer->to) {
		buf_add(out, answer->from ? " to before " : " before ");
		add_version(out, answer->to);
	} else if (answer->from) {
		buf_add(out, " and later");
	}
	if (answer->answer == STANDARD)
		buf_add(out, " where restrict_fk_on_non_standard_key is on");
}

/* "1215 on mysql before 8.0" */
static void add_answer(struct buf *out, const struct judge_answer *answer)
{
	if (answer->answer == IGNORES)
		buf_add(out, "none made on ");
	else if (answer->answer == TAKES_IT)
		buf_add(out, "another one made on ");
	else
		buf_printf(out, "%d on ", answer->number);
	explain_range(out, answer);
}

const char *explain_situation(struct context *ctx, struct arena *arena, enum fk_situation situation)
{
	struct table child = { .name = ctx_name(ctx, "child") };
	struct foreign_key key = { .parent = ctx_name(ctx, "parent") };
	struct verdict verdict = { .situation = situation };
	LIST_PUSH(arena, &key.columns, ctx_name(ctx, "column"));
	LIST_PUSH(arena, &key.parent_columns, ctx_name(ctx, "column"));
	return judge_words(arena, &child, &key, &verdict);
}

/* The situation and its answers, those with the number alone unless it is 0. */
static bool add_situation(struct context *ctx, struct arena *arena, struct buf *out,
			  enum fk_situation situation, int number)
{
	size_t n;
	const struct judge_answer *answers = judge_answers(&n);
	bool any = false;
	for (size_t i = 0; i < n; i++) {
		if (answers[i].situation != situation || (number && answers[i].number != number))
			continue;
		if (!any)
			buf_printf(out, "  %s: ", explain_situation(ctx, arena, situation));
		buf_add(out, any ? ", " : "");
		if (number)
			explain_range(out, &answers[i]);
		else
			add_answer(out, &answers[i]);
		any = true;
	}
	buf_add(out, any ? "\n" : "");
	return any;
}

const struct explain_error *explain_find_error(int number)
{
	static const struct explain_error errors[] = {
#define ERROR(number, says, means, remedy) { number, says, means, remedy },
#include "lint/errors.def"
#undef ERROR
	};
	for (size_t i = 0; i < COUNT(errors); i++)
		if (errors[i].number == number)
			return &errors[i];
	return NULL;
}

bool explain_error(struct context *ctx, struct arena *arena, struct buf *out, int number)
{
	const struct explain_error *error = explain_find_error(number);
	if (!error)
		return false;
	buf_printf(out, "error %d: %s\n\n%s\n%s\n", number, error->says, error->means,
		   error->remedy);
	struct buf list = { 0 };
	for (int i = 0; i < FK_SOUND; i++)
		add_situation(ctx, arena, &list, (enum fk_situation)i, number);
	if (list.len)
		buf_printf(out, "\nTo a new foreign key it is the answer when\n%s",
			   buf_text(&list));
	buf_free(&list);
	return true;
}

bool explain_rule(struct context *ctx, struct arena *arena, struct buf *out, const char *rule)
{
	const char *warning = loose_words(rule);
	bool known = warning;
	if (warning)
		buf_printf(out, "%s: a warning of a foreign key that servers take\n\n  %s\n", rule,
			   warning);
	for (int i = 0; i < FK_SOUND; i++) {
		enum fk_situation situation = (enum fk_situation)i;
		if (strcmp(judge_rule(situation), rule) != 0)
			continue;
		if (!known)
			buf_printf(out,
				   "%s: a foreign key that a server refuses, with the error's "
				   "number, or does not make\n\n",
				   rule);
		known = true;
		add_situation(ctx, arena, out, situation, 0);
	}
	return known;
}
