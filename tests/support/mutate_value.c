#include "tests/support/mutate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* --- words ------------------------------------------------------------------------------------ */

/* What else may stand there; numbers that aren't listed are counted up. */
static const struct {
	enum tree_attr_kind kind;
	const char *values[9];
} values_of[] = {
	{ ATTR_ENGINE, { "InnoDB", "MyISAM", "MEMORY", "Aria" } },
	{ ATTR_CHARSET, { "utf8mb4", "latin1", "utf8mb3", "ascii" } },
	{ ATTR_COLLATE,
	  { "utf8mb4_bin", "utf8mb4_general_ci", "utf8mb4_unicode_ci", "latin1_bin",
	    "latin1_general_ci", "utf8mb3_bin", "utf8mb3_unicode_ci" } },
	{ ATTR_SRID, { "0", "4326", "3857" } },
	{ ATTR_USING, { "BTREE", "HASH" } },
	{ ATTR_PARSER, { "ngram", "mecab" } },
	{ ATTR_DISTANCE, { "euclidean", "cosine" } },
	{ ATTR_ROW_FORMAT, { "DYNAMIC", "COMPACT", "REDUNDANT", "FIXED" } },
	{ ATTR_COMPRESSION, { "zlib", "lz4", "none" } },
	{ ATTR_ENCRYPTION, { "Y", "N" } },
	{ ATTR_ENCRYPTED, { "YES", "NO" } },
	{ ATTR_PAGE_COMPRESSED, { "1", "0" } },
	{ ATTR_STATS_PERSISTENT, { "1", "0" } },
	{ ATTR_STATS_AUTO_RECALC, { "1", "0" } },
	{ ATTR_PACK_KEYS, { "1", "0" } },
	{ ATTR_CHECKSUM, { "1", "0" } },
	{ ATTR_PAGE_CHECKSUM, { "1", "0" } },
	{ ATTR_TRANSACTIONAL, { "1", "0" } },
	{ ATTR_DELAY_KEY_WRITE, { "1", "0" } },
	{ ATTR_INSERT_METHOD, { "FIRST", "LAST" } },
	{ ATTR_TABLESPACE, { "innodb_file_per_table", "innodb_system" } },
	{ ATTR_STORAGE, { "DISK", "MEMORY" } },
	{ ATTR_COLUMN_FORMAT, { "FIXED", "DYNAMIC" } },
	{ ATTR_SECONDARY_ENGINE, { "rapid", "other" } },
	{ ATTR_AUTOEXTEND_SIZE, { "4M", "8M" } },
	{ ATTR_ENGINE_ATTRIBUTE, { "{\"a\": 1}", "{\"a\": 2}" } },
	{ ATTR_SECONDARY_ENGINE_ATTRIBUTE, { "{\"a\": 1}", "{\"a\": 2}" } },
	{ ATTR_DATA_DIRECTORY, { "/tmp/a", "/tmp/b" } },
	{ ATTR_INDEX_DIRECTORY, { "/tmp/a", "/tmp/b" } },
};

static const enum tree_attr_kind opposites[][2] = {
	{ ATTR_UNSIGNED, ATTR_SIGNED },
	{ ATTR_NULL, ATTR_NOT_NULL },
	{ ATTR_VIRTUAL, ATTR_STORED },
	{ ATTR_INVISIBLE, ATTR_VISIBLE },
	{ ATTR_IGNORED, ATTR_VISIBLE },
	{ ATTR_ENFORCED, ATTR_NOT_ENFORCED },
	{ ATTR_PRIMARY_KEY, ATTR_UNIQUE },
	{ ATTR_WITH_SYSTEM_VERSIONING, ATTR_WITHOUT_SYSTEM_VERSIONING },
	{ ATTR_ROW_START, ATTR_ROW_END },
};

static struct tree_attr word_attr(const struct mutate *m, enum tree_attr_kind kind,
				  const char *value)
{
	struct tree_attr attr = { .kind = kind };
	if (tree_attr_value(kind) == VALUE_WORD)
		attr.word.name = ctx_name(m->ctx, value);
	else
		attr.expr = expr_string(m->arena, value, strlen(value));
	return attr;
}

static const char *text_of(const struct tree_attr *attr)
{
	return attr->word.name ? attr->word.name->text : attr->expr ? attr->expr->text : "";
}

/* The values of the list but this one; false when the kind has no list. */
static bool add_listed(const struct mutate *m, enum tree_attr_kind kind, const char *but,
		       struct tree_attr_list *out)
{
	for (size_t i = 0; i < COUNT(values_of); i++) {
		if (values_of[i].kind != kind)
			continue;
		for (size_t j = 0; values_of[i].values[j]; j++)
			if (!word_equal(values_of[i].values[j], but))
				LIST_PUSH(m->arena, out,
					  word_attr(m, kind, values_of[i].values[j]));
		return true;
	}
	return false;
}

static void add_other_words(const struct mutate *m, const struct tree_attr *attr,
			    struct tree_attr_list *out)
{
	const char *text = text_of(attr);
	const char *next;
	if (add_listed(m, attr->kind, text, out))
		return;
	if (isdigit((unsigned char)*text))
		next = arena_printf(m->arena, "%ld", strtol(text, NULL, 10) + 1);
	else
		next = arena_printf(m->arena, "%s_x", text);
	LIST_PUSH(m->arena, out, word_attr(m, attr->kind, next));
}

static void add_other_strings(const struct mutate *m, const struct tree_attr *attr,
			      struct tree_attr_list *out)
{
	const char *text = text_of(attr);
	if (add_listed(m, attr->kind, text, out))
		return;
	LIST_PUSH(m->arena, out, word_attr(m, attr->kind, arena_printf(m->arena, "%s'é", text)));
	char *other = arena_strdup(m->arena, text);
	for (char *p = other; *p; p++)
		*p = (char)(islower((unsigned char)*p) ? toupper((unsigned char)*p)
						       : tolower((unsigned char)*p));
	if (strcmp(other, text))
		LIST_PUSH(m->arena, out, word_attr(m, attr->kind, other));
}

/* --- defaults --------------------------------------------------------------------------------- */

static void add_default(const struct mutate *m, struct expr *expr, bool parenthesised,
			struct tree_attr_list *out)
{
	struct tree_attr attr = { .kind = ATTR_DEFAULT };
	attr.expr = expr;
	attr.parenthesised = parenthesised;
	LIST_PUSH(m->arena, out, attr);
}

static struct expr *string(const struct mutate *m, const char *text)
{
	return expr_string(m->arena, text, strlen(text));
}

/* What columns of most types may have; the type decides which are valid. */
static void add_any_defaults(const struct mutate *m, const struct tree_item *item,
			     struct tree_attr_list *out)
{
	const struct tree_type *type = item->type;
	struct expr *now = expr_new(m->arena, EXPR_CALL, span_none());
	struct expr *sum = expr_new(m->arena, EXPR_BINARY, span_none());
	now->name = ctx_name(m->ctx, "current_timestamp");
	if (type && type->args.n && type->args.items[0]->kind == EXPR_NUMBER)
		LIST_PUSH(m->arena, &now->args, type->args.items[0]);
	sum->name = ctx_name(m->ctx, "+");
	LIST_PUSH(m->arena, &sum->args, expr_number(m->arena, "1"));
	LIST_PUSH(m->arena, &sum->args, expr_number(m->arena, "2"));
	bool bit = type && word_equal(type->word->text, "bit");
	add_default(m, expr_number(m->arena, bit ? "1" : "97"), false, out);
	if (!bit)
		add_default(m, string(m, ""), false, out);
	add_default(m, string(m, "x"), false, out);
	add_default(m, string(m, "2003-04-05"), false, out);
	add_default(m, now, false, out);
	add_default(m, sum, true, out);
	for (size_t i = 0; type && i < type->args.n; i++)
		if (type->args.items[i]->kind == EXPR_STRING)
			add_default(m, type->args.items[i], false, out);
}

/* A digit more, another last digit, another case, another sign. */
static void add_near_defaults(const struct mutate *m, const struct tree_item *item,
			      const struct expr *expr, struct tree_attr_list *out)
{
	/* members have the case of their collation, by default none */
	bool member =
		item->type && item->type->args.n && item->type->args.items[0]->kind == EXPR_STRING;
	size_t len = expr->text ? strlen(expr->text) : 0;
	if (expr->kind == EXPR_NUMBER) {
		struct expr *minus = expr_new(m->arena, EXPR_UNARY, span_none());
		minus->name = ctx_name(m->ctx, "-");
		LIST_PUSH(m->arena, &minus->args, expr_number(m->arena, expr->text));
		if (strpbrk(expr->text, "123456789"))
			add_default(m, minus, false, out);
		add_default(m, expr_number(m->arena, arena_printf(m->arena, "1%s", expr->text)),
			    false, out);
	}
	if (expr->kind == EXPR_STRING && len == expr->len) {
		add_default(m, string(m, arena_printf(m->arena, "%sx", expr->text)), false, out);
		add_default(m, string(m, arena_printf(m->arena, "%s'\\", expr->text)), false, out);
	}
	if (expr->kind != EXPR_STRING || !len)
		return;
	char *other = arena_strdup(m->arena, expr->text);
	unsigned char last = (unsigned char)other[len - 1];
	if (isdigit(last))
		other[len - 1] = last == '1' ? '0' : '1';
	else if (isalpha(last) && !member)
		other[len - 1] = (char)(last ^ 0x20);
	else
		return;
	add_default(m, string(m, other), false, out);
}

static void add_other_defaults(const struct mutate *m, const struct tree_item *item,
			       const struct tree_attr *attr, struct tree_attr_list *out)
{
	struct tree_attr_list any = { 0 };
	struct expr_list exprs = { 0 };
	if (attr->parenthesised)
		mutate_exprs(m, attr->expr, &exprs);
	for (size_t i = 0; i < exprs.n; i++)
		add_default(m, exprs.items[i], true, out);
	if (!attr->parenthesised)
		add_near_defaults(m, item, attr->expr, out);
	add_any_defaults(m, item, &any);
	for (size_t i = 0; i < any.n; i++)
		if (!expr_equal(any.items[i].expr, attr->expr) &&
		    !(attr->expr->kind == EXPR_BIT && !strcmp(attr->expr->text, "1")))
			LIST_PUSH(m->arena, out, any.items[i]);
}

/* --- attributes ------------------------------------------------------------------------------- */

void mutate_other_values(const struct mutate *m, const struct tree_item *item,
			 const struct tree_attr *attr, struct tree_attr_list *out)
{
	struct expr_list exprs = { 0 };
	switch (tree_attr_value(attr->kind)) {
	case VALUE_NONE:
		for (size_t i = 0; i < COUNT(opposites); i++)
			for (int side = 0; side < 2; side++)
				if (opposites[i][side] == attr->kind) {
					struct tree_attr other = { .kind = opposites[i][!side] };
					LIST_PUSH(m->arena, out, other);
				}
		break;
	case VALUE_WORD:
		add_other_words(m, attr, out);
		break;
	case VALUE_STRING:
		add_other_strings(m, attr, out);
		break;
	case VALUE_EXPR:
		if (attr->kind == ATTR_DEFAULT) {
			add_other_defaults(m, item, attr, out);
			break;
		}
		mutate_exprs(m, attr->expr, &exprs);
		for (size_t i = 0; i < exprs.n; i++) {
			struct tree_attr other = *attr;
			other.expr = exprs.items[i];
			LIST_PUSH(m->arena, out, other);
		}
		break;
	case VALUE_REFERENCE:
	case VALUE_TARGETS:
		break;
	}
}

void mutate_new_values(const struct mutate *m, const struct tree_item *item,
		       enum tree_attr_kind kind, struct tree_attr_list *out)
{
	struct tree_attr attr = { .kind = kind };
	switch (tree_attr_value(kind)) {
	case VALUE_NONE:
		LIST_PUSH(m->arena, out, attr);
		break;
	case VALUE_WORD:
		if (kind != ATTR_WAS && !add_listed(m, kind, "", out))
			LIST_PUSH(m->arena, out, word_attr(m, kind, "7"));
		break;
	case VALUE_STRING:
		if (!add_listed(m, kind, "", out))
			LIST_PUSH(m->arena, out, word_attr(m, kind, "something"));
		break;
	case VALUE_EXPR:
		if (kind == ATTR_DEFAULT)
			add_any_defaults(m, item, out);
		break;
	case VALUE_REFERENCE:
	case VALUE_TARGETS:
		break;
	}
}

/* --- expressions ------------------------------------------------------------------------------ */

/* Each becomes the next one. */
static const char *const operators[] = { "+",    "-",   "*",      "/",    "%",   "div", "+",
					 "<",    "<=",  "=",      "<>",   ">",   ">=",  "<=>",
					 "<",    "and", "or",     "xor",  "and", "&&",  "||",
					 "&&",   "&",   "|",      "^",    "<<",  ">>",  "&",
					 "like", "=",   "regexp", "like", "->",  "->>", "->" };

static const char *other_operator(const char *word)
{
	for (size_t i = 0; i + 1 < COUNT(operators); i++)
		if (word_equal(operators[i], word))
			return operators[i + 1];
	return NULL;
}

/* A column of the table that is not this one. */
static const struct name *other_column(const struct mutate *m, const struct name *but)
{
	for (size_t i = 0; i < m->item->items.n; i++) {
		const struct tree_item *item = m->item->items.items[i];
		if (item->kind == TREE_COLUMN && item->name.name &&
		    !name_equal(item->name.name, but))
			return item->name.name;
	}
	return NULL;
}

/* Other forms of one node; what is below it stays. */
struct node {
	const struct mutate *m;
	const struct expr *expr;
	struct expr_list *out;
};

static struct expr *again(const struct node *node)
{
	struct expr *copy = arena_memdup(node->m->arena, node->expr, sizeof(*node->expr));
	MUTATE_OWN(node->m->arena, &copy->args);
	LIST_PUSH(node->m->arena, node->out, copy);
	return copy;
}

/* The sign stays in front. */
static void change_text(const struct node *node, const char *before, const char *after)
{
	struct expr *copy = again(node);
	bool minus = node->expr->kind == EXPR_NUMBER && *node->expr->text == '-';
	copy->text = arena_printf(node->m->arena, "%s%s%s%s", minus ? "-" : "", before,
				  node->expr->text + minus, after);
	copy->len = strlen(copy->text);
}

static void change_name(const struct node *node, const char *name)
{
	if (name && !word_equal(name, node->expr->name->text))
		again(node)->name = ctx_name(node->m->ctx, name);
}

static void drop_arg(const struct node *node, size_t at)
{
	struct expr *copy = again(node);
	LIST_REMOVE(&copy->args, at);
}

/* Means `a = 5` the same with its sides exchanged? The normal form has the constant on the right. */
static bool is_mirror(const struct expr *expr)
{
	static const char *const same[] = { "=", "<>", "<=>" };
	const struct expr *a = expr->args.items[0], *b = expr->args.items[1];
	if (expr->kind != EXPR_BINARY)
		return false;
	if (a->kind == EXPR_INTERVAL || b->kind == EXPR_INTERVAL)
		return true;
	for (size_t i = 0; i < COUNT(same); i++)
		if (word_equal(expr->name->text, same[i]))
			return !a->args.n != !b->args.n || a->kind != b->kind;
	return false;
}

static void swap_args(const struct node *node, size_t a, size_t b)
{
	if (b >= node->expr->args.n || is_mirror(node->expr) ||
	    expr_equal(node->expr->args.items[a], node->expr->args.items[b]))
		return;
	struct expr *copy = again(node);
	copy->args.items[a] = node->expr->args.items[b];
	copy->args.items[b] = node->expr->args.items[a];
}

static void keep_arg(const struct node *node)
{
	LIST_PUSH(node->m->arena, node->out, node->expr->args.items[0]);
}

static void change_call(const struct node *node)
{
	static const char *const functions[][2] = {
		{ "lower", "upper" }, { "upper", "lower" },   { "concat", "coalesce" },
		{ "date", "year" },   { "year", "month" },    { "length", "char_length" },
		{ "abs", "sign" },    { "ifnull", "nullif" }, { "json_extract", "json_query" },
	};
	for (size_t i = 0; i < COUNT(functions); i++)
		if (word_equal(functions[i][0], node->expr->name->text))
			change_name(node, functions[i][1]);
	swap_args(node, 0, 1);
	if (node->expr->args.n > 1)
		drop_arg(node, node->expr->args.n - 1);
}

static void change_cast(const struct node *node)
{
	static const char *const words[] = { "signed", "date", "char" };
	for (size_t i = 0; i < COUNT(words); i++) {
		if (word_equal(words[i], node->expr->type->word->text))
			continue;
		struct tree_type *type =
			arena_memdup(node->m->arena, node->expr->type, sizeof(*type));
		type->word = ctx_name(node->m->ctx, words[i]);
		type->args.n = 0;
		type->charset = NULL;
		again(node)->type = type;
	}
}

static void change_node(const struct node *node)
{
	const struct expr *expr = node->expr;
	switch (expr->kind) {
	case EXPR_NUMBER:
	case EXPR_BIT:
		change_text(node, "1", "");
		break;
	case EXPR_HEX:
		change_text(node, "41", "");
		break;
	case EXPR_STRING:
		change_text(node, "", "x");
		change_text(node, "", "'");
		change_text(node, "", "\\");
		change_text(node, "", "é");
		break;
	case EXPR_BOOL:
		again(node)->text = word_equal(expr->text, "true") ? "false" : "true";
		break;
	case EXPR_COLUMN:
		if (other_column(node->m, expr->name))
			again(node)->name = other_column(node->m, expr->name);
		break;
	case EXPR_CALL:
		change_call(node);
		break;
	case EXPR_UNARY:
		change_name(node, word_equal(expr->name->text, "-") ? "~" : "-");
		keep_arg(node);
		break;
	case EXPR_BINARY:
		change_name(node, other_operator(expr->name->text));
		swap_args(node, 0, 1);
		keep_arg(node);
		break;
	case EXPR_NOT:
		keep_arg(node);
		break;
	case EXPR_BETWEEN:
		swap_args(node, 1, 2);
		break;
	case EXPR_IN:
		swap_args(node, 1, 2);
		if (expr->args.n > 2)
			drop_arg(node, expr->args.n - 1);
		break;
	case EXPR_IS:
		change_name(node, word_equal(expr->name->text, "null") ? "true" : "null");
		break;
	case EXPR_CASE:
		swap_args(node, 1, 2);
		break;
	case EXPR_CAST:
		change_cast(node);
		keep_arg(node);
		break;
	case EXPR_CONVERT:
		change_name(node, "latin1");
		change_name(node, "utf8mb4");
		break;
	case EXPR_COLLATE:
		change_name(node, "utf8mb4_bin");
		change_name(node, "utf8mb4_general_ci");
		keep_arg(node);
		break;
	case EXPR_INTERVAL:
		change_name(node, "day");
		change_name(node, "month");
		break;
	case EXPR_ROW:
		swap_args(node, 0, 1);
		break;
	case EXPR_NULL:
	case EXPR_TEMPORAL:
	case EXPR_STAR:
	case EXPR_VARIABLE:
	case EXPR_ABSENT:
	case EXPR_OPAQUE:
		break;
	}
}

void mutate_exprs(const struct mutate *m, const struct expr *expr, struct expr_list *out)
{
	struct node node = { m, expr, out };
	change_node(&node);
	for (size_t i = 0; i < expr->args.n; i++) {
		struct expr_list below = { 0 };
		mutate_exprs(m, expr->args.items[i], &below);
		for (size_t j = 0; j < below.n; j++)
			again(&node)->args.items[i] = below.items[j];
	}
}
