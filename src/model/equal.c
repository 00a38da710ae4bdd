#include "model/equal.h"

#include "base/buf.h"
#include "model/option.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static bool same_text(const char *a, const char *b)
{
	return !strcmp(a ? a : "", b ? b : "");
}

bool name_list_equal(const struct name_list *a, const struct name_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!name_equal(a->items[i], b->items[i]))
			return false;
	return true;
}

/* --- options ---------------------------------------------------------------------------------- */

static bool option_in(const struct option_list *options, const struct option *wanted)
{
	const char *value = option_find(options, wanted->kind);
	if (!value)
		return false;
	return option_has_case(wanted->kind) ? !strcmp(value, wanted->value)
					     : word_equal(value, wanted->value);
}

static bool options_within(const struct option_list *a, const struct option_list *b)
{
	for (size_t i = 0; i < a->n; i++)
		if (!option_is_untold(&a->items[i]) && !option_in(b, &a->items[i]))
			return false;
	return true;
}

bool option_list_equal(const struct option_list *a, const struct option_list *b)
{
	return options_within(a, b) && options_within(b, a);
}

/* --- columns ---------------------------------------------------------------------------------- */

static bool same_type(const struct column *a, const struct column *b)
{
	return type_equal(&a->type, &b->type);
}

static bool same_charset(const struct column *a, const struct column *b)
{
	return name_equal(a->charset, b->charset);
}

static bool same_collation(const struct column *a, const struct column *b)
{
	return name_equal(a->collation, b->collation);
}

static bool same_nullable(const struct column *a, const struct column *b)
{
	return a->nullable == b->nullable;
}

/* MariaDB gives a COMPRESSED column that is NOT NULL the default '' itself. */
static bool has_default(const struct column *column)
{
	const struct expr *value = column->default_value;
	if (!column->nullable && option_find(&column->options, ATTR_COMPRESSED) &&
	    column->default_kind == DEFAULT_LITERAL && value->kind == EXPR_STRING && !value->len)
		return false;
	return column->default_kind != DEFAULT_NONE;
}

static bool same_default(const struct column *a, const struct column *b)
{
	if (!has_default(a) && !has_default(b))
		return true;
	return a->default_kind == b->default_kind && expr_equal(a->default_value, b->default_value);
}

static bool same_on_update(const struct column *a, const struct column *b)
{
	return a->on_update_now == b->on_update_now;
}

static bool same_auto_increment(const struct column *a, const struct column *b)
{
	return a->auto_increment == b->auto_increment;
}

static bool same_expression(const struct column *a, const struct column *b)
{
	return expr_equal(a->generated, b->generated);
}

static bool same_stored(const struct column *a, const struct column *b)
{
	return a->stored == b->stored;
}

static bool same_invisible(const struct column *a, const struct column *b)
{
	return a->invisible == b->invisible;
}

static bool same_check(const struct column *a, const struct column *b)
{
	return expr_equal(a->check, b->check);
}

static bool same_comment(const struct column *a, const struct column *b)
{
	return same_text(a->comment, b->comment);
}

static bool same_options(const struct column *a, const struct column *b)
{
	return option_list_equal(&a->options, &b->options);
}

/* Everything a server keeps of a column, and what people call it. */
static const struct {
	const char *what;
	bool (*same)(const struct column *a, const struct column *b);
} column_parts[] = {
	{ "type", same_type },
	{ "charset", same_charset },
	{ "collation", same_collation },
	{ "null", same_nullable },
	{ "default", same_default },
	{ "on update", same_on_update },
	{ "auto_increment", same_auto_increment },
	{ "expression", same_expression },
	{ "stored", same_stored },
	{ "invisible", same_invisible },
	{ "check", same_check },
	{ "comment", same_comment },
	{ "options", same_options },
};

bool column_equal(const struct column *a, const struct column *b)
{
	for (size_t i = 0; i < COUNT(column_parts); i++)
		if (!column_parts[i].same(a, b))
			return false;
	return true;
}

void column_differences(struct buf *out, const struct column *a, const struct column *b)
{
	bool first = true;
	for (size_t i = 0; i < COUNT(column_parts); i++) {
		if (column_parts[i].same(a, b))
			continue;
		buf_printf(out, "%s%s", first ? "" : ", ", column_parts[i].what);
		first = false;
	}
}

/* --- keys ------------------------------------------------------------------------------------- */

static bool same_part(const struct index_part *a, const struct index_part *b)
{
	return name_equal(a->column, b->column) && expr_equal(a->expr, b->expr) &&
	       a->length == b->length && a->desc == b->desc;
}

bool index_equal(const struct index *a, const struct index *b)
{
	if (a->kind != b->kind || a->parts.n != b->parts.n || a->invisible != b->invisible ||
	    !same_text(a->comment, b->comment) || !option_list_equal(&a->options, &b->options))
		return false;
	for (size_t i = 0; i < a->parts.n; i++)
		if (!same_part(&a->parts.items[i], &b->parts.items[i]))
			return false;
	return true;
}

bool index_only_visibility(const struct index *a, const struct index *b)
{
	struct index shown = *a;
	shown.invisible = b->invisible;
	return a->invisible != b->invisible && index_equal(&shown, b);
}

static enum fk_action meaning(enum fk_action action)
{
	return action == FK_RESTRICT || action == FK_NO_ACTION ? FK_DEFAULT : action;
}

bool foreign_key_equal(const struct foreign_key *a, const struct foreign_key *b)
{
	return name_list_equal(&a->columns, &b->columns) && name_equal(a->parent, b->parent) &&
	       name_equal(a->parent_database, b->parent_database) &&
	       name_list_equal(&a->parent_columns, &b->parent_columns) &&
	       meaning(a->on_delete) == meaning(b->on_delete) &&
	       meaning(a->on_update) == meaning(b->on_update);
}

enum fk_action fk_action_stored(const struct server *server, enum fk_action action)
{
	if (action != FK_DEFAULT)
		return action;
	return server_has(server, CAP_FK_NO_ACTION) ? FK_NO_ACTION : FK_RESTRICT;
}

bool foreign_key_same(const struct server *server, const struct foreign_key *a,
		      const struct foreign_key *b)
{
	return foreign_key_equal(a, b) &&
	       fk_action_stored(server, a->on_delete) == fk_action_stored(server, b->on_delete) &&
	       fk_action_stored(server, a->on_update) == fk_action_stored(server, b->on_update);
}

bool check_equal(const struct check *a, const struct check *b)
{
	return a->not_enforced == b->not_enforced && expr_equal(a->expr, b->expr);
}

bool period_equal(const struct period *a, const struct period *b)
{
	return name_equal(a->name, b->name) && name_equal(a->from, b->from) &&
	       name_equal(a->to, b->to);
}
