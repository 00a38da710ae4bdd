#include "lint/explain_json.h"

#include <string.h>

#include "base/buf.h"
#include "lint/explain_parts.h"
#include "lint/judge_loose.h"

/* --- a key ------------------------------------------------------------------------------------ */

/* Takes the buffer's text, and frees it. */
static json_t *text_json(struct buf *text)
{
	json_t *string = json_string(buf_text(text));
	buf_free(text);
	return string;
}

static json_t *names_json(const struct name_list *names)
{
	json_t *list = json_array();
	for (size_t i = 0; i < names->n; i++)
		json_array_append_new(list, json_string(names->items[i]->text));
	return list;
}

/* null: the column is not there, or not known. */
static json_t *column_json(const struct column *column)
{
	struct buf type = { 0 };
	if (!column)
		return json_null();
	type_print(&type, &column->type);
	json_t *object =
		json_pack("{s:s, s:o}", "column", column->name->text, "type", text_json(&type));
	if (column->charset)
		json_object_update_new(
			object, json_pack("{s:s, s:s, s:s, s:s}", "charset", column->charset->text,
					  "charset_from", judge_origin(column->charset_origin.kind),
					  "collation", column->collation->text, "collation_from",
					  judge_origin(column->collation_origin.kind)));
	return object;
}

static json_t *pairs_json(const struct table *table, const struct table *parent,
			  const struct foreign_key *key)
{
	json_t *list = json_array();
	for (size_t i = 0; i < key->columns.n; i++) {
		const struct column *other =
			parent && i < key->parent_columns.n
				? table_column(parent, key->parent_columns.items[i])
				: NULL;
		json_array_append_new(
			list, json_pack("{s:o, s:o}", "child",
					column_json(table_column(table, key->columns.items[i])),
					"parent", column_json(other)));
	}
	return list;
}

/* null: there is none. */
static json_t *index_json(const struct index *index)
{
	struct buf text = { 0 };
	if (!index)
		return json_null();
	judge_key_print(&text, index);
	return text_json(&text);
}

static const char *answer_word(const struct verdict *verdict)
{
	return verdict->not_made    ? "not made"
	       : verdict->taken     ? "made otherwise"
	       : !verdict->accepted ? "refused"
				    : "made";
}

static json_t *verdict_json(struct arena *arena, const struct table *table,
			    const struct foreign_key *key, const struct server *server,
			    const struct verdict *verdict)
{
	struct buf name = { 0 };
	server_print(&name, server);
	json_t *object =
		json_pack("{s:o, s:s}", "server", text_json(&name), "answer", answer_word(verdict));
	if (verdict->accepted && !verdict->not_made)
		return object;
	json_object_set_new(object, "rule", json_string(verdict->rule));
	json_object_set_new(object, "why", json_string(judge_words(arena, table, key, verdict)));
	if (verdict->error_number)
		json_object_set_new(object, "error", json_integer(verdict->error_number));
	return object;
}

json_t *explain_foreign_key_json(struct arena *arena, const struct schema *schema,
				 const struct table *table, const struct foreign_key *key,
				 const struct server_list *servers)
{
	const struct table *parent = schema_parent(schema, key);
	const struct index *leading =
		parent ? judge_key_leading(parent, &key->parent_columns, &servers->items[0]) : NULL;
	json_t *answers = json_array();
	for (size_t i = 0; i < servers->n; i++) {
		struct verdict verdict = judge_foreign_key(schema, table, key, &servers->items[i]);
		json_array_append_new(
			answers, verdict_json(arena, table, key, &servers->items[i], &verdict));
	}
	return json_pack("{s:i, s:s, s:s, s:o, s:s, s:o, s:b, s:o, s:o, s:o, s:o}", "version", 1,
			 "table", table->name->text, "foreign_key", key->name->text, "columns",
			 names_json(&key->columns), "parent", foreign_key_parent_text(arena, key),
			 "parent_columns", names_json(&key->parent_columns), "parent_known",
			 schema_knows_parent(schema, key), "pairs", pairs_json(table, parent, key),
			 "child_key",
			 index_json(judge_key_own(table, &key->columns, &servers->items[0])),
			 "parent_key", index_json(leading), "servers", answers);
}

/* --- numbers and rules ------------------------------------------------------------------------ */

static json_t *answer_json(const struct judge_answer *answer)
{
	struct buf range = { 0 };
	explain_range(&range, answer);
	json_t *object = json_pack("{s:o, s:s}", "servers", text_json(&range), "answer",
				   answer->answer == IGNORES    ? "not made"
				   : answer->answer == TAKES_IT ? "made otherwise"
								: "refused");
	if (answer->number)
		json_object_set_new(object, "error", json_integer(answer->number));
	return object;
}

/* The situation with its answers, those with the number alone unless it is 0; adds none without. */
static void add_situation(struct context *ctx, struct arena *arena, json_t *list,
			  enum fk_situation situation, int number)
{
	size_t n;
	const struct judge_answer *answers = judge_answers(&n);
	json_t *its = json_array();
	for (size_t i = 0; i < n; i++)
		if (answers[i].situation == situation && (!number || answers[i].number == number))
			json_array_append_new(its, answer_json(&answers[i]));
	if (json_array_size(its))
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:O}", "rule", judge_rule(situation), "why",
					explain_situation(ctx, arena, situation), "answers", its));
	json_decref(its);
}

json_t *explain_error_json(struct context *ctx, struct arena *arena, int number)
{
	const struct explain_error *error = explain_find_error(number);
	if (!error)
		return NULL;
	json_t *situations = json_array();
	for (int i = 0; i < FK_SOUND; i++)
		add_situation(ctx, arena, situations, (enum fk_situation)i, number);
	return json_pack("{s:i, s:i, s:s, s:s, s:s, s:o}", "version", 1, "error", number, "says",
			 error->says, "means", error->means, "remedy", error->remedy, "situations",
			 situations);
}

json_t *explain_rule_json(struct context *ctx, struct arena *arena, const char *rule)
{
	json_t *situations = json_array();
	for (int i = 0; i < FK_SOUND; i++)
		if (!strcmp(judge_rule((enum fk_situation)i), rule))
			add_situation(ctx, arena, situations, (enum fk_situation)i, 0);
	const char *warning = loose_words(rule);
	if (!json_array_size(situations) && !warning) {
		json_decref(situations);
		return NULL;
	}
	json_t *object =
		json_pack("{s:i, s:s, s:o}", "version", 1, "rule", rule, "situations", situations);
	if (warning)
		json_object_set_new(object, "warns", json_string(warning));
	return object;
}
