#include "cli/report.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/term.h"
#include "dsl/unresolve.h"
#include "revision/op_text.h"
#include "run/loss_rows.h"
#include "syntax/print.h"

enum sign { SIGN_ADD, SIGN_DROP, SIGN_CHANGE };

static enum sign sign_of(const struct op *op)
{
	switch (op->kind) {
	case OP_CREATE_TABLE:
	case OP_ADD_COLUMN:
	case OP_ADD_INDEX:
	case OP_ADD_CHECK:
	case OP_ADD_PERIOD:
	case OP_ADD_FOREIGN_KEY:
	case OP_CREATE_OBJECT:
		return SIGN_ADD;
	case OP_DROP_TABLE:
	case OP_DROP_COLUMN:
	case OP_DROP_INDEX:
	case OP_DROP_CHECK:
	case OP_DROP_PERIOD:
	case OP_DROP_FOREIGN_KEY:
	case OP_DROP_OBJECT:
		return SIGN_DROP;
	case OP_RENAME_TABLE:
	case OP_RENAME_COLUMN:
	case OP_RENAME_INDEX:
	case OP_SET_PARTITION:
	case OP_ALTER_COLUMN:
	case OP_MOVE_COLUMN:
	case OP_SET_OPTION:
	case OP_COUNT:
		break;
	}
	return SIGN_CHANGE;
}

/* An entry's text without its first word, the name, which op_describe() has said. */
static void add_definition(struct app *app, struct buf *out, const struct column *column)
{
	struct buf text = { 0 };
	print_entry(&text, unresolve_column(&app->ctx, &app->arena, column, NULL, UNRESOLVE_FULL));
	const char *definition = buf_text(&text);
	struct buf name = { 0 };
	print_name(&name, column->name, true);
	if (!strncmp(definition, buf_text(&name), name.len))
		definition += name.len;
	while (*definition == ' ')
		definition++;
	buf_add(out, definition);
	buf_free(&name);
	buf_free(&text);
}

static char *definition_of(struct app *app, const struct column *column)
{
	struct buf text = { 0 };
	add_definition(app, &text, column);
	return buf_arena(&text, &app->arena);
}

/* Where a definition's words end: blanks, but not those in quotes or parentheses, and its end. */
static bool *word_ends(struct arena *arena, const char *text)
{
	size_t len = strlen(text);
	bool *ends = ARENA_ARRAY(arena, bool, len + 1);
	int depth = 0;
	char quote = '\0';
	for (size_t i = 0; i < len; i++) {
		if (quote && text[i] == '\\' && quote != '`' && i + 1 < len)
			i++;
		else if (quote)
			quote = text[i] == quote ? '\0' : quote;
		else if (strchr("'\"`", text[i]))
			quote = text[i];
		else if (text[i] == '(' || text[i] == ')')
			depth += text[i] == '(' ? 1 : -1;
		else
			ends[i] = text[i] == ' ' && depth == 0;
	}
	ends[len] = true;
	return ends;
}

/* Only what differs between two definitions: whole words that both begin or end with are left out. */
static void add_change(struct app *app, struct buf *out, const struct column *before,
		       const struct column *after)
{
	const char *a = definition_of(app, before), *b = definition_of(app, after);
	const bool *a_ends = word_ends(&app->arena, a), *b_ends = word_ends(&app->arena, b);
	size_t a_end = strlen(a), b_end = strlen(b), start = 0;
	for (size_t i = 0;; i++) {
		if (a_ends[i] && b_ends[i])
			start = i + 1;
		if (!a[i] || a[i] != b[i])
			break;
	}
	for (size_t i = a_end, j = b_end; i > start && j > start && a[i - 1] == b[j - 1];) {
		i--;
		j--;
		if (a_ends[i] && b_ends[j]) {
			a_end = i;
			b_end = j;
		}
	}
	bool a_empty = a_end <= start, b_empty = b_end <= start;
	buf_printf(out, ": %.*s → %.*s", a_empty ? 1 : (int)(a_end - start),
		   a_empty ? "-" : a + start, b_empty ? 1 : (int)(b_end - start),
		   b_empty ? "-" : b + start);
}

static void add_detail(struct app *app, struct buf *out, const struct op *op)
{
	if (op->kind == OP_ADD_COLUMN) {
		buf_add(out, " ");
		add_definition(app, out, op->after.column);
	} else if (op->kind == OP_ALTER_COLUMN) {
		add_change(app, out, op->before.column, op->after.column);
	} else if (op->kind == OP_ADD_PERIOD) {
		buf_add(out, ": ");
		print_entry(out, unresolve_period(&app->arena, op->after.period));
	} else if (op->kind == OP_ADD_INDEX || op->kind == OP_ADD_FOREIGN_KEY ||
		   op->kind == OP_ADD_CHECK) {
		struct tree_item *item =
			op->kind == OP_ADD_INDEX
				? unresolve_index(&app->ctx, &app->arena, op->after.index, NULL,
						  UNRESOLVE_FULL)
			: op->kind == OP_ADD_CHECK
				? unresolve_check(&app->ctx, &app->arena, op->after.check, NULL,
						  UNRESOLVE_FULL)
				: unresolve_foreign_key(&app->ctx, &app->arena,
							op->after.foreign_key, NULL,
							UNRESOLVE_FULL);
		buf_add(out, ": ");
		print_entry(out, item);
	}
}

void report_op(struct app *app, struct buf *out, const struct op *op, bool colour)
{
	static const char *const signs[] = { "+", "-", "~" };
	static const enum term_style styles[] = { TERM_GREEN, TERM_RED, TERM_YELLOW };
	enum sign sign = sign_of(op);
	buf_add(out, term_style(colour, styles[sign]));
	buf_printf(out, "%s ", signs[sign]);
	op_describe(out, op);
	buf_add(out, term_style(colour, TERM_RESET));
	add_detail(app, out, op);
}

void report_ops(struct app *app, struct buf *out, const struct op_list *ops, bool colour)
{
	for (size_t i = 0; i < ops->n; i++) {
		if (ops->items[i]->rekey)
			continue;
		buf_add(out, "  ");
		report_op(app, out, ops->items[i], colour);
		buf_add_char(out, '\n');
	}
}

void report_collect(struct arena *arena, const struct plan *plan, struct op_list *ops)
{
	for (size_t i = 0; i < plan->statements.n; i++) {
		const struct statement *statement = plan->statements.items[i];
		for (size_t k = 0; k < statement->ops.n; k++)
			if (!statement->ops.items[k]->rekey)
				LIST_PUSH(arena, ops, statement->ops.items[k]);
	}
}

void report_plan(struct app *app, struct buf *out, const struct plan *plan, bool colour)
{
	struct op_list ops = { 0 };
	report_collect(&app->arena, plan, &ops);
	report_ops(app, out, &ops, colour);
}

/* [{"subject": …, "why": …, "rows": 3, "rows_text": "3 rows are longer"}, …] */
static json_t *losses_json(struct app *app, const struct past *past, const struct op *op,
			   bool count)
{
	struct loss_list losses = { 0 };
	json_t *list = json_array();
	loss_of_op(&app->arena, op, &losses);
	for (size_t i = 0; i < losses.n; i++) {
		const struct loss *loss = &losses.items[i];
		struct loss_rows rows = { 0 };
		if (app->db && count)
			rows = loss_rows_count(&app->arena, app->db, past, loss);
		json_t *object =
			json_pack("{s:s, s:s}", "subject", loss->subject, "why", loss->why);
		if (rows.counted)
			json_object_set_new(object, "rows", json_integer((json_int_t)rows.rows));
		if (rows.text)
			json_object_set_new(object, "rows_text", json_string(rows.text));
		json_array_append_new(list, object);
	}
	return list;
}

struct json_t *report_ops_json(struct app *app, const struct op_list *ops, bool count)
{
	struct past past = past_new(&app->arena, app->db ? db_server(app->db) : NULL);
	json_t *list = json_array();
	for (size_t i = 0; i < ops->n; i++) {
		const struct op *op = ops->items[i];
		struct buf subject = { 0 }, text = { 0 };
		op_describe(&subject, op);
		op_to_text(&app->ctx, &text, op);
		json_t *losses = losses_json(app, &past, op, count);
		past_note(&past, op);
		bool loses = json_array_size(losses) > 0;
		json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:b}", "op", op_words(op->kind),
					   "table", op->table->text, "summary", buf_text(&subject),
					   "text", buf_text(&text), "data_loss", loses);
		if (loses) {
			json_object_set(object, "why",
					json_object_get(json_array_get(losses, 0), "why"));
			json_object_set(object, "losses", losses);
		}
		json_decref(losses);
		json_array_append_new(list, object);
		buf_free(&subject);
		buf_free(&text);
	}
	return list;
}

void report_json(struct json_t *document)
{
	char *text = json_dumps(document, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
	if (text) {
		app_print(text);
		app_print("\n");
	}
	free(text);
	json_decref(document);
}
