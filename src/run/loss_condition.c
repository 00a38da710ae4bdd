#include "run/loss_condition.h"

#include "base/buf.h"
#include "base/quote.h"

#include <string.h>

/* What of a column's values is looked at. */
struct view {
	struct buf *out;
	const struct column *from, *to;
	const struct name *column;
};

/* The condition, with the quoted column for each `$` and the number for each `#`. */
static void print(const struct view *view, const char *pattern, const char *number)
{
	for (; *pattern; pattern++)
		if (*pattern == '$')
			quote_name(view->out, view->column);
		else if (*pattern == '#')
			buf_add(view->out, number);
		else
			buf_add_char(view->out, *pattern);
}

static void print_number(const struct view *view, const char *pattern, unsigned long number)
{
	struct buf text = { 0 };
	buf_printf(&text, "%lu", number);
	print(view, pattern, buf_text(&text));
	buf_free(&text);
}

/* --- texts and bytes ------------------------------------------------------------------------ */

static bool by_length(const struct view *view)
{
	const struct type *to = &view->to->type;
	switch ((int)type_class(to)) {
	case CLASS_STRING:
		print_number(view, "CHAR_LENGTH($) > #", (unsigned long)to->length);
		if (to->id == TYPE_CHAR && view->from->type.id != TYPE_CHAR)
			print(view, " OR $ LIKE '% '", NULL);
		return true;
	case CLASS_TEXT:
		if (view->from->charset && view->to->charset &&
		    !name_equal(view->from->charset, view->to->charset)) {
			print(view, "LENGTH(CONVERT($ USING #))", view->to->charset->text);
			print_number(view, " > #", type_limit(to));
		} else {
			print_number(view, "LENGTH($) > #", type_limit(to));
		}
		return true;
	case CLASS_BINARY:
		print_number(view, to->id == TYPE_BINARY ? "LENGTH($) <> #" : "LENGTH($) > #",
			     (unsigned long)to->length);
		return true;
	case CLASS_BLOB:
		print_number(view, "LENGTH($) > #", type_limit(to));
		return true;
	case CLASS_BIT:
		print_number(view, "$ >= 1 << #", (unsigned long)to->length);
		return true;
	default:
		return false;
	}
}

static bool by_charset(const struct view *view)
{
	print(view, "HEX(CONVERT(CONVERT($ USING #) USING ", view->to->charset->text);
	print(view, "#)) <> HEX($)", view->from->charset->text);
	return true;
}

static bool by_members(const struct view *view)
{
	const struct type *from = &view->from->type, *to = &view->to->type;
	bool is_set = type_class(from) == CLASS_SET, any = false;
	for (size_t i = 0; i < from->values.n; i++) {
		const char *member = from->values.items[i];
		bool kept = false;
		for (size_t j = 0; j < to->values.n; j++)
			kept |= !strcmp(member, to->values.items[j]);
		if (kept)
			continue;
		if (any)
			buf_add(view->out, " OR ");
		any = true;
		if (is_set)
			buf_add(view->out, "FIND_IN_SET(");
		else
			print(view, "$ = ", NULL);
		quote_string(view->out, member, strlen(member));
		if (is_set)
			print(view, ", $)", NULL);
	}
	return any;
}

/* --- numbers and moments -------------------------------------------------------------------- */

/* 1 and that many zeros. */
static void print_power(const struct view *view, int digits)
{
	buf_add_char(view->out, '1');
	for (int i = 0; i < digits; i++)
		buf_add_char(view->out, '0');
}

static bool by_number(const struct view *view)
{
	const struct type *from = &view->from->type, *to = &view->to->type;
	const char *least, *most;
	switch ((int)type_class(to)) {
	case CLASS_INTEGER:
		narrow_integer_bounds(to, &least, &most);
		print(view, "$ < #", least);
		print(view, " OR $ > #", most);
		if (from->decimals > 0)
			print(view, " OR $ <> TRUNCATE($, 0)", NULL);
		return true;
	case CLASS_BIT:
		print(view, "$ < 0", NULL);
		if (to->length < 64)
			print_number(view, " OR $ >= 1 << #", (unsigned long)to->length);
		return true;
	case CLASS_DECIMAL:
		print(view, "ABS($) >= ", NULL);
		print_power(view, to->length - to->decimals);
		if (from->decimals > to->decimals)
			print_number(view, " OR $ <> TRUNCATE($, #)", (unsigned long)to->decimals);
		if (to->is_unsigned && !from->is_unsigned)
			print(view, " OR $ < 0", NULL);
		return true;
	case CLASS_FLOAT:
		if (to->length >= 0 || type_class(from) != CLASS_INTEGER)
			return false;
		print(view, "ABS($) > #", to->id == TYPE_FLOAT ? "16777216" : "9007199254740992");
		if (to->is_unsigned && !from->is_unsigned)
			print(view, " OR $ < 0", NULL);
		return true;
	default:
		return false;
	}
}

static bool by_time(const struct view *view)
{
	const struct type *from = &view->from->type, *to = &view->to->type;
	unsigned long lost = 1;
	bool shorter = from->decimals > to->decimals;
	if (type_class(to) == CLASS_DATE) {
		print(view, "$ <> DATE($)", NULL);
		return true;
	}
	if (type_class(to) == CLASS_TIMESTAMP && type_class(from) != CLASS_TIMESTAMP) {
		print(view, "$ < '1970-01-01 00:00:01' OR $ >= '2038-01-19 03:14:08'", NULL);
		if (shorter)
			buf_add(view->out, " OR ");
	}
	for (int digits = to->decimals; digits < 6; digits++)
		lost *= 10;
	if (shorter)
		print_number(view, "MICROSECOND($) % # <> 0", lost);
	return true;
}

/* --- all ------------------------------------------------------------------------------------ */

/* A row a kind of narrowing: its condition (false: it can't tell) and its words. */
static const struct {
	bool (*print)(const struct view *view);
	const char *one, *many;
} narrowings[] = {
	[NARROW_NOTHING] = { NULL, "", "" },
	[NARROW_LENGTH] = { by_length, " is longer", " are longer" },
	[NARROW_NUMBER] = { by_number, " does not fit", " do not fit" },
	[NARROW_TIME] = { by_time, " does not fit", " do not fit" },
	[NARROW_MEMBERS] = { by_members, " uses a value that goes", " use values that go" },
	[NARROW_CHARSET] = { by_charset, " has other characters", " have other characters" },
	[NARROW_CLASS] = { NULL, " has a value", " have a value" },
};

static bool print_narrowing(struct buf *out, const struct loss *loss, const struct name *column)
{
	struct view view = { out, loss->op->before.column, loss->op->after.column, column };
	return narrowings[loss->narrow].print && narrowings[loss->narrow].print(&view);
}

/* Does its condition tell, or does every row with a value count? */
static bool tells(const struct loss *loss)
{
	struct buf nothing = { 0 };
	bool told = print_narrowing(&nothing, loss, loss->op->before.column->name);
	buf_free(&nothing);
	return told;
}

void loss_condition_print(struct buf *out, const struct loss *loss, const struct name *column)
{
	if (loss->kind == LOSS_NARROW && tells(loss)) {
		print_narrowing(out, loss, column);
		return;
	}
	quote_name(out, column);
	buf_add(out, loss->kind == LOSS_NULL ? " IS NULL" : " IS NOT NULL");
}

void loss_condition_words(const struct loss *loss, const char **one, const char **many)
{
	switch (loss->kind) {
	case LOSS_NARROW: {
		enum narrow_kind kind = tells(loss) ? loss->narrow : NARROW_CLASS;
		*one = narrowings[kind].one;
		*many = narrowings[kind].many;
		return;
	}
	case LOSS_COLUMN:
	case LOSS_COMPUTED:
		*one = " has a value";
		*many = " have a value";
		return;
	case LOSS_NULL:
		*one = " is NULL";
		*many = " are NULL";
		return;
	case LOSS_HISTORY:
		*one = " of the past";
		*many = " of the past";
		return;
	case LOSS_TABLE:
	case LOSS_PARTITION:
	case LOSS_ENGINE:
		break;
	}
	*one = *many = "";
}
