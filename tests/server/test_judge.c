/*
 * The judge against a real server: random foreign keys, the verdict compared with
 * what the server does, inline in CREATE TABLE and by ALTER TABLE.
 *
 *	test_judge URL [CASES [SEED]]
 *
 * A case is two tables, p and c, printed twice from one description: as a model,
 * which is compiled for the server and judged, and as SQL. Accepting or refusing
 * must agree in every case, and so must whether the key was made; the error number
 * in 99 of 100. Cases that do not compile (a type the server lacks) don't count.
 */
#include "base/buf.h"
#include "base/context.h"
#include "dsl/resolve.h"
#include "lint/judge.h"
#include "mysql/db.h"
#include "syntax/parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define DEFAULT_CASES 500
#define DEFAULT_SEED 20260u

/* --- chance ------------------------------------------------------------------------------------- */

static uint64_t state;

static unsigned chance(unsigned n) /* 0..n-1 */
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)((state >> 11) % n);
}

#define ONE_OF(array) ((array)[chance(COUNT(array))])

/* --- a case ------------------------------------------------------------------------------------- */

static const char *const types[] = {
	"tinyint",
	"smallint",
	"mediumint",
	"int",
	"bigint",
	"tinyint unsigned",
	"int unsigned",
	"bigint unsigned",
	"int(5) zerofill",
	"bool",
	"float",
	"double",
	"decimal(10,2)",
	"decimal(8) unsigned",
	"bit(8)",
	"date",
	"time",
	"time(3)",
	"datetime",
	"datetime(6)",
	"year",
	"binary(8)",
	"varbinary(20)",
	"char(3) character set binary",
	"json",
	"point",
	"text",
	"blob",
	"uuid",
	"inet4",
	"inet6",
	"set('a','b','c','d','e','f','g','h','i')",
};
static const char *const strings[] = { "char(10)",    "varchar(20)",   "varchar(60)",
				       "varchar(20)", "enum('a','b')", "set('a','b')" };
static const char *const charsets[] = {
	"",
	"",
	"",
	"character set utf8mb4",
	"collate utf8mb4_unicode_ci",
	"collate utf8mb4_bin",
	"character set utf8mb4 collate utf8mb4_general_ci",
	"character set latin1",
	"collate latin1_bin",
	"character set utf8",
	"collate utf8_general_ci",
};
static const char *const table_charsets[] = {
	"",
	"",
	"default charset utf8mb4",
	"default charset utf8mb4 collate utf8mb4_unicode_ci",
	"collate utf8mb4_bin",
	"default charset latin1",
};
static const char *const actions[] = { "",         "",         "",          "cascade",
				       "set null", "restrict", "no action", "set default" };

#define COLUMNS 3

struct side {
	const char *types[COLUMNS], *charsets[COLUMNS];
	bool nullable[COLUMNS];
	const char *generated[COLUMNS]; /* "virtual", "stored" or NULL: as (a) */
	const char *charset, *engine;
	bool partitioned;
	const char *keys[3]; /* as both languages write them */
	const char *check;   /* expression */
};

struct test_case {
	struct side p, c;
	size_t columns; /* of the key */
	const char *child_columns, *parent_columns;
	const char *on_delete, *on_update;
};

static const char *const letters[] = { "a", "b", "d" };

/* Keys of p, often of the referenced columns, seldom in a way that no server takes. */
static const char *const parent_keys[] = {
	"primary key (a, b)",
	"primary key (a)",
	"unique (a, b)",
	"unique (a)",
	"unique (a)",
	"primary key (b, a)",
	"key (a)",
	"key (a, b)",
	"key (b, a)",
	"unique (a, b, d)",
	"key (d, a)",
	"key (a desc)",
	"fulltext (a)",
	"key (a(3))",
	"unique (a) using hash",
};
static const char *const child_keys[] = { "key (a)", "key (a, b)", "primary key (d, a)",
					  "unique (a)", "key (b, a)" };

static void fill_column(struct side *side, size_t i)
{
	bool string = chance(2);
	side->types[i] = string ? ONE_OF(strings) : ONE_OF(types);
	side->charsets[i] = string ? ONE_OF(charsets) : "";
	side->nullable[i] = chance(2);
}

/* The column that a generated one is made of: never itself. */
static size_t base_of(size_t i)
{
	return (i + 1) % COLUMNS;
}

/* Made of a column of its own type: conversions have rules of their own. */
static void generate(struct side *side, size_t i)
{
	side->generated[i] = chance(2) ? "virtual" : "stored";
	side->types[base_of(i)] = side->types[i];
	side->charsets[base_of(i)] = side->charsets[i];
}

static void fill_case(struct test_case *t)
{
	*t = (struct test_case){ .columns = chance(3) ? 1 : 2 };
	for (size_t i = 0; i < COLUMNS; i++) {
		fill_column(&t->p, i);
		fill_column(&t->c, i);
		if (chance(4)) { /* mostly alike, else nearly all would be refused */
			t->c.types[i] = t->p.types[i];
			if (chance(3))
				t->c.charsets[i] = t->p.charsets[i];
		}
	}
	t->p.charset = ONE_OF(table_charsets);
	t->c.charset = ONE_OF(table_charsets);
	t->p.engine = chance(25) ? "InnoDB" : "MyISAM";
	t->c.engine = chance(25) ? "InnoDB" : "MyISAM";
	t->p.keys[0] = t->columns == 1 ? parent_keys[chance(4) ? 1 + chance(4) : chance(15)]
				       : parent_keys[chance(4) ? 2 * chance(2) : chance(15)];
	if (!chance(3))
		t->p.keys[1] = ONE_OF(parent_keys);
	if (!chance(3))
		t->c.keys[0] = ONE_OF(child_keys);
	t->child_columns = t->columns == 1 ? "a" : "a, b";
	t->parent_columns = t->columns == 1 ? "a" : "a, b";
	if (!chance(12))
		t->parent_columns = t->columns == 1 ? "b" : "b, a";
	t->on_delete = ONE_OF(actions);
	t->on_update = ONE_OF(actions);
	if (!chance(10))
		t->c.check = "a is not null";
	if (!chance(12))
		generate(&t->c, chance(3));
	if (!chance(20))
		generate(&t->p, chance(2));
	t->p.partitioned = !chance(40);
	t->c.partitioned = !chance(40);
}

/* --- as text ------------------------------------------------------------------------------------ */

static void print_columns(struct buf *out, const struct side *side, bool sql)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		buf_printf(out, "%s%s %s %s", i ? (sql ? ",\n  " : "\n  ") : "  ", letters[i],
			   side->types[i], side->charsets[i]);
		if (side->generated[i])
			buf_printf(out, " as (%s) %s", letters[base_of(i)], side->generated[i]);
		else
			buf_add(out, side->nullable[i] ? " null" : sql ? " not null" : "");
	}
	for (size_t i = 0; i < COUNT(side->keys) && side->keys[i]; i++)
		buf_printf(out, "%s%s", sql ? ",\n  " : "\n  ", side->keys[i]);
	if (side->check)
		buf_printf(out, "%scheck (%s)", sql ? ",\n  " : "\n  ", side->check);
}

static void print_key(struct buf *out, const struct test_case *t)
{
	buf_printf(out, "foreign key (%s) references p (%s)", t->child_columns, t->parent_columns);
	if (*t->on_delete)
		buf_printf(out, " on delete %s", t->on_delete);
	if (*t->on_update)
		buf_printf(out, " on update %s", t->on_update);
}

static void print_sql(struct buf *out, const char *name, const struct side *side,
		      const struct test_case *key)
{
	buf_printf(out, "create table %s (\n", name);
	print_columns(out, side, true);
	if (key) {
		buf_add(out, ",\n  constraint fk_c ");
		print_key(out, key);
	}
	buf_printf(out, "\n) engine %s %s%s", side->engine, side->charset,
		   side->partitioned ? " partition by key (a) partitions 2" : "");
}

static void print_table(struct buf *out, const char *name, const struct side *side,
			const struct test_case *key)
{
	buf_printf(out, "table %s engine %s %s {\n", name, side->engine,
		   strncmp(side->charset, "default ", 8) ? side->charset : side->charset + 8);
	print_columns(out, side, false);
	if (key) {
		buf_add(out, "\n  ");
		print_key(out, key);
	}
	buf_printf(out, "%s\n}\n",
		   side->partitioned ? "\n  partition by key (a) partitions 2" : "");
}

/* --- both answers ------------------------------------------------------------------------------- */

struct world {
	struct context ctx;
	struct db *db;
	const struct server *server;
	unsigned cases, compiled, accepted, numbers, right;
	unsigned failures;
};

/* false: does not compile for this server. */
static bool judge_case(struct world *w, struct arena *arena, const struct test_case *t,
		       struct verdict *verdict)
{
	struct buf text = { 0 };
	buf_add(&text, "schema s {\n}\n");
	print_table(&text, "p", &t->p, NULL);
	print_table(&text, "c", &t->c, t);
	const struct source *src = ctx_source(&w->ctx, "case.model", buf_text(&text), text.len);
	struct tree_file_list files = { 0 };
	LIST_PUSH(arena, &files, parse_file(&w->ctx, arena, src));
	struct schema *schema =
		w->ctx.diags.errors ? NULL : resolve_files(&w->ctx, arena, &files, w->server);
	if (schema) {
		const struct table *c = schema_find_table(schema, ctx_name(&w->ctx, "c"));
		*verdict = judge_foreign_key(schema, c, c->foreign_keys.items[0], w->server);
	} else if (getenv("VERBOSE")) {
		struct buf said = { 0 };
		diag_render(w->ctx.diags.diags.items[0], false, &said);
		printf("# %s", buf_text(&said));
		buf_free(&said);
	}
	diag_clear(&w->ctx.diags);
	buf_free(&text);
	return schema != NULL;
}

static unsigned run(struct world *w, struct buf *sql)
{
	const char *message;
	unsigned number = db_try(w->db, buf_text(sql), sql->len, &message);
	buf_clear(sql);
	return number;
}

/* How the server answers, 0 for yes; ~0u when the tables alone are refused. */
static unsigned ask_server(struct world *w, struct arena *arena, const struct test_case *t,
			   bool by_alter, bool *made)
{
	struct buf sql = { 0 };
	struct db_result result = { 0 };
	unsigned number;
	buf_add(&sql, "drop table if exists c, p");
	run(w, &sql);
	print_sql(&sql, "p", &t->p, NULL);
	number = run(w, &sql) ? ~0u : 0;
	print_sql(&sql, "c", &t->c, NULL);
	if (!number && run(w, &sql))
		number = ~0u;
	if (!number && by_alter) {
		buf_add(&sql, "alter table c add constraint fk_c ");
		print_key(&sql, t);
		number = run(w, &sql);
	} else if (!number) {
		buf_add(&sql, "drop table c");
		run(w, &sql);
		print_sql(&sql, "c", &t->c, t);
		number = run(w, &sql);
	}
	buf_free(&sql);
	db_query(w->db, arena,
		 "select count(*) from information_schema.key_column_usage "
		 "where table_schema = database() and table_name = 'c' "
		 "and constraint_name = 'fk_c' and referenced_table_name is not null",
		 &result);
	*made = result.rows.n && strcmp(result.rows.items[0].cells[0], "0") != 0;
	return number;
}

static void complain(struct world *w, const struct test_case *t, const struct verdict *verdict,
		     unsigned number, bool made, bool by_alter)
{
	struct buf text = { 0 };
	print_sql(&text, "p", &t->p, NULL);
	buf_add(&text, ";\n");
	print_sql(&text, "c", &t->c, t);
	printf("# %s: judge %d (%s%s), server %u%s\n%s;\n", by_alter ? "alter" : "create",
	       verdict->accepted ? 0 : verdict->error_number,
	       verdict->rule ? verdict->rule : "sound", verdict->not_made ? ", not made" : "",
	       number, made ? " made" : "", buf_text(&text));
	buf_free(&text);
	w->failures++;
}

static void compare(struct world *w, struct arena *arena, const struct test_case *t,
		    const struct verdict *verdict, bool by_alter)
{
	bool made;
	unsigned number = ask_server(w, arena, t, by_alter, &made);
	bool yes = verdict->accepted || verdict->taken;
	if (number == ~0u)
		return;
	w->cases++;
	w->accepted += !number;
	if (yes != !number || (yes && made == verdict->not_made)) {
		complain(w, t, verdict, number, made, by_alter);
	} else if (number) {
		w->numbers++;
		w->right += number == (unsigned)verdict->error_number;
		if (number != (unsigned)verdict->error_number && getenv("VERBOSE")) {
			complain(w, t, verdict, number, made, by_alter);
			w->failures--;
		}
	}
}

static bool open_server(struct world *w, struct arena *arena, const char *text)
{
	struct url url;
	const char *message;
	static const char reset[] = "drop database if exists autogen_judge";
	static const char create[] = "create database autogen_judge character set utf8mb4 "
				     "collate utf8mb4_unicode_ci";
	if (!url_parse(&w->ctx, arena, text, &url))
		return false;
	url.database = NULL;
	struct db *db = db_open(&w->ctx, &url);
	if (!db)
		return false;
	db_try(db, reset, strlen(reset), &message);
	db_try(db, create, strlen(create), &message);
	db_close(db);
	url.database = "autogen_judge";
	w->db = db_open(&w->ctx, &url);
	w->server = w->db ? db_server(w->db) : NULL;
	return w->server != NULL;
}

int main(int argc, char **argv)
{
	struct world w = { 0 };
	struct arena arena;
	unsigned cases = argc > 2 ? (unsigned)atoi(argv[2]) : DEFAULT_CASES;
	unsigned seed = argc > 3 ? (unsigned)atoi(argv[3]) : DEFAULT_SEED;
	if (argc < 2)
		return 2;
	context_init(&w.ctx);
	arena_init(&arena);
	state = 0x9E3779B97F4A7C15u ^ seed;
	printf("1..2\n");
	if (!open_server(&w, &arena, argv[1])) {
		diag_print(&w.ctx.diags, false, stdout);
		return 1;
	}
	while (w.cases < cases) {
		struct arena one;
		struct test_case t;
		struct verdict verdict;
		arena_init(&one);
		fill_case(&t);
		if (judge_case(&w, &one, &t, &verdict)) {
			w.compiled++;
			compare(&w, &one, &t, &verdict, chance(2));
		}
		arena_free(&one);
	}
	static const char drop[] = "drop database autogen_judge";
	const char *message;
	db_try(w.db, drop, strlen(drop), &message);
	db_close(w.db);
	arena_free(&arena);
	context_free(&w.ctx);
	printf("# %u cases, %u accepted, error number right in %u of %u\n", w.cases, w.accepted,
	       w.right, w.numbers);
	printf("%sok 1 - judge and server agree\n", w.failures ? "not " : "");
	printf("%sok 2 - and on the error number\n", w.right * 100 < w.numbers * 99 ? "not " : "");
	return w.failures || w.right * 100 < w.numbers * 99;
}
