#include "tests/support/fk_case.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

const struct fk_case_type fk_case_types[] = {
#define FK_CASE_TYPE(text, class, value) { text, class, value },
#include "tests/support/fk_case.def"
#undef FK_CASE_TYPE
};
const size_t fk_case_types_n = COUNT(fk_case_types);

const char *const fk_case_charsets[] = {
#define FK_CASE_CHARSET(text) text,
#include "tests/support/fk_case.def"
#undef FK_CASE_CHARSET
};
const size_t fk_case_charsets_n = COUNT(fk_case_charsets);

const char *const fk_case_defaults[] = {
#define FK_CASE_DEFAULT(text) text,
#include "tests/support/fk_case.def"
#undef FK_CASE_DEFAULT
};
const size_t fk_case_defaults_n = COUNT(fk_case_defaults);

const char *const fk_case_keys[] = {
#define FK_CASE_KEY(text) text,
#include "tests/support/fk_case.def"
#undef FK_CASE_KEY
};
const size_t fk_case_keys_n = COUNT(fk_case_keys);

/* --- descriptions ------------------------------------------------------------------------------- */

static const char *const names[] = { "a", "b", "d", "e", "f", "g", "h", "i", "j",
				     "k", "l", "m", "n", "o", "q", "r", "s" };

static const struct fk_case_type integer = { "int", 'i', "1" };

static void add_column(struct fk_side *side, const char *name, const struct fk_case_type *type)
{
	side->columns[side->n++] =
		(struct fk_column){ .name = name, .type = type, .charset = "", .generated = "" };
}

static void fill_side(struct fk_side *side, const char *name, const struct fk_case_type *type,
		      size_t n)
{
	*side = (struct fk_side){ .name = name,
				  .charset = "",
				  .engine = "",
				  .options = "",
				  .keys = "",
				  .check = "",
				  .partition = "" };
	for (size_t i = 0; i < n; i++)
		add_column(side, names[i], type);
	add_column(side, "x", &integer);
	add_column(side, "y", &integer);
}

void fk_case_fill(struct fk_case *t, struct arena *arena, const struct fk_case_type *parent,
		  const struct fk_case_type *child, const char *parent_key, size_t n)
{
	*t = (struct fk_case){ .arena = arena, .n = n };
	fill_side(&t->p, "p", parent, n);
	fill_side(&t->c, "c", child, n);
	t->name = "fk_c";
	t->parent = "p";
	t->p.keys = parent_key;
	t->child_columns = t->parent_columns = "*";
	t->on_delete = t->on_update = t->schema_charset = t->faults = "";
}

void fk_case_other_sql(struct buf *out)
{
	buf_add(out,
		"create table b (a int primary key, b int not null, key (b), "
		"constraint " FK_CASE_OTHER " foreign key (b) references b (a)) engine InnoDB");
}

/* --- as text ------------------------------------------------------------------------------------ */

/* Where the columns stand in p or c, and how they are called there. */
struct place {
	const struct fk_case *t;
	const char *prefix; /* of the names; "p" for p's columns in a c that references itself */
	enum flavour flavour;
	bool sql;
};

static void add_names(struct buf *out, const struct place *at, size_t from, size_t to,
		      const char *suffix)
{
	for (size_t i = from; i < to; i++)
		buf_printf(out, "%s%s%s%s", i > from ? ", " : "", at->prefix, names[i], suffix);
}

/* What a letter of FK_CASE_KEY stands for. */
static void print_letter(struct buf *out, const struct place *at, char letter)
{
	size_t n = at->t->n;
	switch (letter) {
	case '*':
		add_names(out, at, 0, n, "");
		break;
	case '~':
		for (size_t i = n; i-- > 0;)
			buf_printf(out, "%s%s%s", at->prefix, names[i], i ? ", " : "");
		break;
	case '-':
		add_names(out, at, 0, n > 1 ? n - 1 : 1, "");
		break;
	case '$':
		add_names(out, at, n - 1, n, "");
		break;
	case '^':
		add_names(out, at, 0, 1, "");
		break;
	case '!':
		add_names(out, at, 0, n, " desc");
		break;
	case '#':
		add_names(out, at, 0, 1, "(2)");
		buf_add(out, n > 1 ? ", " : "");
		add_names(out, at, 1, n, "");
		break;
	case '%':
		buf_add(out, at->flavour == FLAVOUR_MARIADB ? "ignored" : "invisible");
		break;
	default:
		buf_add_char(out, letter);
	}
}

/* Both languages: a model's column is NOT NULL unless it says otherwise. */
static void print_column(struct buf *out, const struct place *at, const struct fk_column *column)
{
	/* MariaDB's generated columns take neither word, and are NULL */
	bool free = *column->generated && at->flavour == FLAVOUR_MARIADB;
	const char *null = column->nullable || free ? " null" : at->sql ? " not null" : "";
	buf_printf(out, "%s%s %s %s %s%s", at->prefix, column->name, column->type->text,
		   column->charset, column->generated, free && at->sql ? "" : null);
	if (!strncmp(column->type->text, "timestamp", 9) && !column->nullable &&
	    !*column->generated)
		buf_add(out, " default '2020-01-01 00:00:00'");
	if (column->invisible)
		buf_add(out, " invisible");
	if (column->checked)
		buf_printf(out, " check (%s%s is not null)", at->prefix, column->name);
}

static void print_items(struct buf *out, const struct place *at, const struct fk_side *side,
			size_t columns)
{
	const char *separator = at->sql ? ",\n  " : "\n  ";
	for (size_t i = 0; i < columns; i++) {
		buf_add(out, i || *at->prefix ? separator : "  ");
		print_column(out, at, &side->columns[i]);
	}
	buf_add(out, *side->keys ? separator : "");
	for (const char *p = side->keys; *p; p++)
		if (*p == ';')
			buf_add(out, separator);
		else
			print_letter(out, at, *p);
}

static void print_all(struct buf *out, const struct fk_case *t, const struct fk_side *side,
		      const struct server *server, bool sql)
{
	struct place at = { t, "", server->flavour, sql };
	const char *enforced = side->not_enforced ? " not enforced" : "";
	print_items(out, &at, side, side->n);
	if (t->self) {
		at.prefix = "p";
		print_items(out, &at, &t->p, t->n);
	}
	if (*side->check && !sql)
		buf_printf(out, "\n  check f (%s)%s", side->check, enforced);
	else if (*side->check && server_has(server, CAP_CHECK))
		buf_printf(out, ",\n  constraint f check (%s)%s", side->check, enforced);
}

static void print_columns(struct buf *out, const struct fk_case *t, const char *pattern,
			  const char *prefix)
{
	struct place at = { t, prefix, FLAVOUR_MYSQL, true };
	for (const char *p = pattern; *p; p++)
		print_letter(out, &at, *p);
}

static void print_reference(struct buf *out, const struct fk_case *t)
{
	buf_add_char(out, '(');
	print_columns(out, t, t->child_columns, "");
	buf_printf(out, ") references %s (", t->parent);
	print_columns(out, t, t->parent_columns, t->self && !t->itself ? "p" : "");
	buf_add_char(out, ')');
	if (*t->on_delete)
		buf_printf(out, " on delete %s", t->on_delete);
	if (*t->on_update)
		buf_printf(out, " on update %s", t->on_update);
}

static const char *without_default(const char *charset)
{
	return strncmp(charset, "default ", 8) ? charset : charset + 8;
}

static void model_table(struct buf *out, const struct fk_case *t, const struct fk_side *side,
			const struct server *server)
{
	buf_printf(out, "table %s %s%s %s %s {\n", side->name, *side->engine ? "engine " : "",
		   side->engine, without_default(side->charset), side->options);
	print_all(out, t, side, server, false);
	if (side == &t->c) {
		buf_printf(out, "\n  foreign key %s ", t->name);
		print_reference(out, t);
	}
	buf_printf(out, "\n  %s\n}\n", side->partition);
}

void fk_case_model(struct buf *out, const struct fk_case *t, const struct server *server)
{
	buf_add(out, "schema s {\n  ");
	for (const char *p = without_default(t->schema_charset); *p; p++) {
		bool collate = !strncmp(p, " collate", 8); /* a line each */
		buf_add(out, collate ? "\n  " : "");
		buf_add_char(out, *p);
	}
	buf_add(out, "\n}\ntable b engine InnoDB {\n  a int primary key\n  b int\n"
		     "  foreign key " FK_CASE_OTHER " (b) references b (a)\n}\n");
	if (!t->self)
		model_table(out, t, &t->p, server);
	model_table(out, t, &t->c, server);
}

static void sql_table(struct buf *out, const struct fk_case *t, const struct fk_side *side,
		      const struct server *server, bool key, const char *index)
{
	buf_printf(out, "create table %s (\n", side->name);
	print_all(out, t, side, server, true);
	if (index)
		buf_printf(out, ",\n  %s", index);
	if (key) {
		buf_printf(out, ",\n  constraint %s foreign key ", t->name);
		print_reference(out, t);
	}
	buf_printf(out, "\n) %s%s %s %s %s", *side->engine ? "engine " : "", side->engine,
		   *side->charset ? side->charset : t->schema_charset, side->options,
		   side->partition);
}

void fk_case_parent_sql(struct buf *out, const struct fk_case *t, const struct server *server)
{
	if (!t->self)
		sql_table(out, t, &t->p, server, false, NULL);
}

void fk_case_child_sql(struct buf *out, const struct fk_case *t, const struct server *server,
		       bool key, const char *index)
{
	sql_table(out, t, &t->c, server, key, index);
}

void fk_case_alter_sql(struct buf *out, const struct fk_case *t)
{
	buf_printf(out, "alter table %s add constraint %s foreign key ", t->c.name, t->name);
	print_reference(out, t);
}

static bool print_row(struct buf *out, const struct fk_side *side)
{
	buf_printf(out, "insert into %s (", side->name); /* the invisible ones, too */
	for (size_t i = 0; i < side->n; i++)
		buf_printf(out, "%s%s", i ? ", " : "", side->columns[i].name);
	buf_add(out, ") values (");
	for (size_t i = 0; i < side->n; i++) {
		const struct fk_column *column = &side->columns[i];
		if (!column->type->value || *column->generated)
			return false;
		buf_printf(out, "%s%s", i ? ", " : "", column->type->value);
	}
	buf_add_char(out, ')');
	return true;
}

bool fk_case_rows_sql(struct buf *parent, struct buf *child, const struct fk_case *t, bool alike)
{
	if (strcmp(t->parent, "p") || strcmp(t->child_columns, t->parent_columns))
		return false;
	for (size_t i = 0; alike && i < t->n; i++)
		if (t->p.columns[i].type->class == 'e' ||
		    strcmp(t->p.columns[i].type->text, t->c.columns[i].type->text))
			return false;
	return print_row(parent, &t->p) && print_row(child, &t->c);
}
