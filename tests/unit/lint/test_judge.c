/* The judge against what was measured: foreign-keys.md, sections 1 to 5, by server. */
#include "tests/unit/dsl/dsl.h"

#include "lint/judge.h"

enum { M56, M97, MD105, MD1011, MD118, SERVERS };

static const char *const names[SERVERS][2] = {
	{ "mysql", "5.6.24" },     { "mysql", "9.7.4" },    { "mariadb", "10.5.23" },
	{ "mariadb", "10.11.19" }, { "mariadb", "11.8.6" },
};

#define YES 0
#define NOT_MADE -1
#define OURS -2

struct row {
	const char *parent, *child; /* items of tables p and c */
	int answers[SERVERS];       /* 0, an error number, NOT_MADE, OURS */
};

#define ALL(n)                \
	{                     \
		n, n, n, n, n \
	}
#define REFUSED(new)                        \
	{                                   \
		1215, new, 1005, 1005, 1005 \
	}

/* Compiled for MySQL 9.7, whose types are everybody's; what 9.7 lacks stands in rows of its own. */
static struct schema *compile_tables(const char *parent, const char *child)
{
	const char *text = arena_printf(&arena, "table p %s\n}\ntable c %s\n}\n", parent, child);
	struct schema *schema = try_compile_with(SHOP, text);
	if (!schema)
		fail_msg("does not compile:\n%s\n%s", text, said());
	return schema;
}

static struct verdict judge_one(const struct schema *schema, const struct foreign_key *key, int at)
{
	struct server judged;
	assert_true(server_parse(&ctx, &judged, names[at][0], names[at][1]));
	struct verdict verdict = judge_foreign_key(schema, find_table(schema, "c"), key, &judged);
	assert_int_equal(verdict.rule == NULL, verdict.situation == FK_SOUND);
	return verdict;
}

static struct verdict judge(const struct schema *schema, int at)
{
	const struct table *c = find_table(schema, "c");
	assert_int_equal(c->foreign_keys.n, 1);
	return judge_one(schema, c->foreign_keys.items[0], at);
}

static int answer_of(const struct verdict *verdict)
{
	return verdict->not_made   ? NOT_MADE
	       : verdict->taken    ? OURS
	       : verdict->accepted ? YES
				   : verdict->error_number;
}

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct schema *schema = compile_tables(rows[i].parent, rows[i].child);
		for (int at = 0; at < SERVERS; at++) {
			struct verdict verdict = judge(schema, at);
			if (answer_of(&verdict) != rows[i].answers[at])
				fail_msg("p %s\nc %s\n%s %s: %d, not %d", rows[i].parent,
					 rows[i].child, names[at][0], names[at][1],
					 answer_of(&verdict), rows[i].answers[at]);
		}
	}
}

/* --- 1. types ----------------------------------------------------------------------------------- */

/* Members of one class, compatible with one another; of different classes never. */
static const char *const classes[][14] = {
	{ "tinyint", "bool", "tinyint(1)" },
	{ "tinyint unsigned", "tinyint zerofill", "year", "enum('a','b')", "set('a')",
	  "enum('x') charset latin1" },
	{ "smallint", "int2" },
	{ "smallint unsigned", "set('1','2','3','4','5','6','7','8','9')" },
	{ "mediumint", "date" },
	{ "mediumint unsigned",
	  "set('1','2','3','4','5','6','7','8','9','a','b','c','d','e','f','g','h')" },
	{ "int", "integer", "int4" },
	{ "int unsigned", "int(3) zerofill" },
	{ "bigint" },
	{ "bigint unsigned" },
	{ "float", "float(20)", "float unsigned" },
	{ "double", "real", "float(30)", "double(10,2)" },
	{ "decimal", "decimal(12,2) unsigned", "bit(3)", "binary(4)", "varbinary(9)", "datetime",
	  "datetime(3)", "time", "char(3) charset binary", "timestamp null" },
	{ "char(3)", "varchar(9)", "varchar(9) charset utf8mb4 collate utf8mb4_unicode_ci",
	  "char(200)" },
	{ "varchar(9) collate utf8mb4_bin", "char(3) charset utf8mb4 binary" },
	{ "varchar(9) charset utf8 collate utf8_general_ci",
	  "varchar(9) collate utf8mb3_general_ci" },
	{ "varchar(9) charset latin1 collate latin1_swedish_ci" },
};

TEST(compatible_within_a_class_only)
{
	size_t n = sizeof(classes) / sizeof(*classes);
	for (size_t a = 0; a < n; a++)
		for (size_t b = 0; b < n; b++)
			for (size_t i = 0; i < 14 && classes[a][i]; i++)
				for (size_t j = 0; j < 14 && classes[b][j]; j++) {
					struct schema *schema = compile_tables(
						arena_printf(&arena, "{\n k %s\n unique (k)",
							     classes[a][i]),
						arena_printf(&arena,
							     "{\n k %s\n foreign key (k) "
							     "references p (k)",
							     classes[b][j]));
					struct verdict verdict = judge(schema, M97);
					if (verdict.accepted != (a == b))
						fail_msg("%s for %s: %s", classes[b][j],
							 classes[a][i],
							 a == b ? "refused" : "accepted");
					if (a != b)
						assert_int_equal(verdict.error_number, 3780);
				}
}

TEST(what_differs_has_a_rule)
{
	static const struct {
		const char *parent, *child;
		enum fk_situation situation;
		const char *rule;
	} rows[] = {
		{ "int", "bigint", FK_SIZE, "fk-type" },
		{ "int", "int unsigned", FK_SIGN, "fk-type" },
		{ "int", "varchar(3)", FK_CLASS, "fk-type" },
		{ "varchar(3)", "varchar(3) charset latin1", FK_CHARSET, "fk-collation" },
		{ "varchar(3)", "varchar(3) collate utf8mb4_bin", FK_COLLATION, "fk-collation" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct schema *schema = compile_tables(
			arena_printf(&arena, "{\n k %s primary key", rows[i].parent),
			arena_printf(&arena, "{\n k %s references p (k)", rows[i].child));
		for (int at = 0; at < SERVERS; at++) {
			struct verdict verdict = judge(schema, at);
			assert_int_equal(verdict.situation, rows[i].situation);
			assert_string_equal(verdict.rule, rows[i].rule);
		}
	}
}

/* --- 3. keys ------------------------------------------------------------------------------------ */

#define FK "foreign key (x) references p (k)"
#define FK2 "foreign key (x, y) references p (k, l)"

static const struct row key_rows[] = {
	{ "{\n k int primary key", "{\n x int\n " FK, ALL(YES) },
	{ "{\n k int null unique", "{\n x int\n " FK, ALL(YES) },
	{ "{\n k int\n index (k)", "{\n x int\n " FK, { YES, 6125, YES, YES, YES } },
	{ "{\n k int\n index (k desc)", "{\n x int\n " FK, { YES, 6125, YES, YES, YES } },
	{ "{\n k int\n l int\n primary key (k, l)",
	  "{\n x int\n " FK,
	  { YES, 6125, YES, YES, YES } },
	{ "{\n k int\n l int\n primary key (l, k)", "{\n x int\n " FK, REFUSED(6125) },
	{ "{\n k int", "{\n x int\n " FK, REFUSED(6125) },
	{ "{\n k varchar(9)\n unique (k(3))", "{\n x varchar(9)\n " FK, REFUSED(6125) },
	{ "{\n k varchar(9)\n fulltext (k)", "{\n x varchar(9)\n " FK, REFUSED(6125) },
	{ "{\n k int\n l int\n primary key (k, l)", "{\n x int\n y int\n " FK2, ALL(YES) },
	{ "{\n k int\n l int\n primary key (l, k)", "{\n x int\n y int\n " FK2, REFUSED(6125) },
	{ "{\n k int\n l int\n primary key (l)\n index (k)",
	  "{\n x int\n y int\n " FK2,
	  { YES, 6125, YES, YES, YES } },
	{ "{\n k int\n l int\n m int\n unique (k, l, m)",
	  "{\n x int\n y int\n " FK2,
	  { YES, 6125, YES, YES, YES } },
	{ "{\n k int primary key", "{\n x int\n index (x desc)\n " FK, ALL(YES) },
	/* lists */
	{ "{\n k int primary key\n l int",
	  "{\n x int\n y int\n foreign key (x) references p (k, l)", ALL(1239) },
	{ "{\n k int primary key", "{\n x int\n foreign key (x, x) references p (k, k)",
	  ALL(1060) },
	{ "{\n k int primary key", "{\n x int\n y int\n foreign key (x, y) references p (k, k)",
	  REFUSED(6125) },
	{ "{\n k int primary key", "{\n x int\n foreign key (x) references p (z)", REFUSED(3734) },
	{ "{\n k int primary key", "{\n x int\n foreign key (x) references nowhere (k)",
	  REFUSED(1824) },
	{ "{\n k int primary key", "{\n x int\n foreign key (x) references crm.nowhere (k)",
	  ALL(YES) },
	/* itself */
	{ "{\n k int primary key",
	  "{\n x int primary key\n foreign key (x) references c (x)",
	  { 1215, 6125, 1005, YES, YES } },
	{ "{\n k int primary key",
	  "{\n x int primary key\n y int null\n foreign key (y) references c (x)", ALL(YES) },
	/* types that no key holds */
	{ "{\n k int primary key",
	  "{\n x json\n foreign key (x) references p (k)",
	  { 3152, 3152, 1005, 1005, 1005 } },
	{ "{\n k int primary key",
	  "{\n x text\n foreign key (x) references p (k)",
	  { 1170, 1170, 1005, 1005, 1005 } },
	{ "{\n k text\n unique (k(9))", "{\n x varchar(9)\n " FK, REFUSED(6125) },
	{ "{\n k text\n unique (k(9))", "{\n x varbinary(9)\n " FK, REFUSED(3780) },
	{ "{\n k int primary key", "{\n x point\n foreign key (x) references p (k)",
	  REFUSED(1821) },
	{ "{\n k int primary key", "{\n x point null\n foreign key (x) references p (k)",
	  REFUSED(1252) },
};

TEST(parent_keys)
{
	check_rows(key_rows, sizeof(key_rows) / sizeof(*key_rows));
}

TEST(the_session_variable)
{
	struct schema *schema = compile_tables("{\n k int\n index (k)", "{\n x int\n " FK);
	const struct table *c = find_table(schema, "c");
	struct server judged = server;
	judged.restrict_fk_on_non_standard_key = false;
	assert_true(judge_foreign_key(schema, c, c->foreign_keys.items[0], &judged).accepted);
	schema = compile_tables("{\n k int", "{\n x int\n " FK);
	c = find_table(schema, "c");
	assert_int_equal(
		judge_foreign_key(schema, c, c->foreign_keys.items[0], &judged).error_number, 1822);
}

/* --- 4. actions --------------------------------------------------------------------------------- */

#define P "{\n k int primary key"

static const struct row action_rows[] = {
	{ P, "{\n x int null\n " FK " on delete set null on update set null", ALL(YES) },
	{ P, "{\n x int\n " FK " on delete set null", REFUSED(1830) },
	{ P, "{\n x int\n " FK " on update set null", REFUSED(1830) },
	{ P, "{\n x int\n y int\n primary key (y, x)\n " FK " on delete set null", REFUSED(1830) },
	{ P,
	  "{\n x int default 1\n " FK " on delete set default",
	  { 1215, OURS, OURS, OURS, OURS } },
	{ P, "{\n x int\n " FK " on delete restrict on update no action", ALL(YES) },
	{ P, "{\n x int\n " FK " on delete cascade on update cascade", ALL(YES) },
	/* checks; 5.6 ignores them, and so does the model for it */
	{ P,
	  "{\n x int\n check (x > 0)\n " FK " on update cascade",
	  { YES, 3823, 1901, 1901, 1901 } },
	{ P,
	  "{\n x int null\n check (x > 0)\n " FK " on delete set null",
	  { YES, 3823, 1901, 1901, 1901 } },
	{ P, "{\n x int\n check (x > 0)\n " FK " on delete cascade", ALL(YES) },
	/* generated columns */
	{ P, "{\n a int\n x int as (a) virtual\n " FK, { 1215, 3733, YES, YES, YES } },
	{ P,
	  "{\n a int\n x int as (a) virtual null\n " FK " on delete set null",
	  { 3104, 3104, 1905, 1905, 1905 } },
	{ P,
	  "{\n a int\n x int as (a) stored\n " FK " on update cascade",
	  { 3104, 3104, 1905, 1905, 1905 } },
	{ P, "{\n a int\n x int as (a) stored\n " FK " on delete cascade", ALL(YES) },
	{ "{\n a int\n k int as (a) virtual\n unique (k)",
	  "{\n x int\n " FK,
	  { 1215, 3733, YES, YES, YES } },
	{ "{\n a int\n k int as (a) stored\n unique (k)", "{\n x int\n " FK, ALL(YES) },
	{ P,
	  "{\n x int\n b int as (x) stored\n " FK " on update cascade",
	  { 1215, 1215, 1901, 1901, 1901 } },
	{ P,
	  "{\n x int\n b int as (x) stored\n " FK " on delete cascade",
	  { 1215, 1215, YES, YES, YES } },
	{ P, "{\n x int\n b int as (x) stored\n " FK, ALL(YES) },
	{ "{\n k int null unique",
	  "{\n x int\n " FK " on update cascade",
	  { YES, YES, YES, 1005, 1005 } },
	{ P, "{\n x int\n b int as (x) virtual\n " FK " on update cascade", ALL(YES) },
	/* --- 5. tables and names */
	{ P, "engine MyISAM {\n x int\n " FK, ALL(NOT_MADE) },
	{ "engine MyISAM {\n k int primary key", "{\n x int\n " FK, REFUSED(1824) },
	{ P, "{\n x int\n " FK "\n partition by hash (x) partitions 2", ALL(1506) },
	{ "{\n k int primary key\n partition by hash (k) partitions 2", "{\n x int\n " FK,
	  REFUSED(1506) },
	{ "{\n k int\n l int\n primary key (k, l)",
	  "{\n x int\n y text\n " FK2,
	  { 1170, 1170, 1071, 1071, 1071 } },
	{ "{\n k int\n l int\n primary key (k, l)",
	  "{\n x int\n y tinytext\n " FK2,
	  { 1170, 1170, 1005, 1005, 1005 } },
	{ "{\n k int\n l int\n primary key (k, l)",
	  "engine MyISAM {\n x int\n y tinytext\n " FK2,
	  { 1170, 1170, 1071, 1071, 1071 } },
	{ "{\n k int\n l int\n primary key (k, l)",
	  "engine MyISAM {\n x int\n y tinytext charset latin1\n " FK2,
	  { 1170, 1170, NOT_MADE, NOT_MADE, NOT_MADE } },
	{ "{\n k int\n l int\n primary key (k, l)",
	  "{\n x int\n y point\n " FK2,
	  { 1215, 1070, 1005, 1005, 1005 } },
	{ P,
	  "{\n x int\n check f (x > 0)\n foreign key f (x) references p (k)",
	  { YES, YES, 1826, 1826, 1826 } },
};

TEST(actions_tables_and_names)
{
	check_rows(action_rows, sizeof(action_rows) / sizeof(*action_rows));
}

TEST(names_are_unique_in_a_schema)
{
	struct schema *schema =
		compile("table p {\n k int primary key\n}\n"
			"table a {\n x int\n foreign key f (x) references p (k)\n}\n"
			"table c {\n x int\n foreign key F (x) references p (k)\n}\n");
	static const int numbers[SERVERS] = { 1022, 1826, 1005, 1005, 1005 };
	for (int at = 0; at < SERVERS; at++)
		assert_int_equal(judge(schema, at).error_number, numbers[at]);
}

/* What resolving does not let through: keys of models from elsewhere. */
TEST(keys_that_do_not_compile)
{
	struct schema *schema =
		compile("table p {\n k int primary key\n}\n"
			"table c {\n x int\n foreign key (x) references p (k)\n}\n");
	struct foreign_key key = *find_table(schema, "c")->foreign_keys.items[0];
	const struct name *no_column = ctx_name(&ctx, "y");
	key.columns.items = &no_column;
	for (int at = 0; at < SERVERS; at++)
		assert_int_equal(judge_one(schema, &key, at).error_number, 1072);

	key = *find_table(schema, "c")->foreign_keys.items[0];
	char *name = arena_alloc(&arena, 66);
	memset(name, 'n', 65);
	key.name = ctx_name(&ctx, name);
	for (int at = 0; at < SERVERS; at++)
		assert_int_equal(judge_one(schema, &key, at).error_number, 1059);
}

TEST(seventeen_columns)
{
	struct buf columns = { 0 };
	for (int i = 0; i < 17; i++)
		buf_printf(&columns, " c%d int\n", i);
	struct schema *schema = compile(arena_printf(&arena, "table p {\n%s}\ntable c {\n%s}\n",
						     buf_text(&columns), buf_text(&columns)));
	buf_free(&columns);
	struct foreign_key key = { .parent = ctx_name(&ctx, "p"), .name = ctx_name(&ctx, "f") };
	for (int i = 0; i < 17; i++)
		LIST_PUSH(&arena, &key.columns, ctx_name(&ctx, arena_printf(&arena, "c%d", i)));
	key.parent_columns = key.columns;
	assert_int_equal(judge_one(schema, &key, M56).error_number, 1070);
	assert_int_equal(judge_one(schema, &key, M97).error_number, 1070);
	assert_int_equal(judge_one(schema, &key, MD1011).error_number, 1005);
}

/* --- what people read --------------------------------------------------------------------------- */

static void judge_text(const char *block, const char *text)
{
	struct schema *schema = try_compile_with(block, text);
	if (!schema)
		fail_msg("does not compile:\n%s", said());
	struct server_list servers = schema->targets;
	if (!servers.n)
		LIST_PUSH(&arena, &servers, server);
	bool sound = judge_schema(&ctx, schema, &servers);
	assert_int_equal(sound, ctx.diags.errors == 0);
}

TEST(the_message)
{
	judge_text("schema shop {\n"
		   "    engine  InnoDB\n"
		   "    charset utf8mb4\n"
		   "    collate utf8mb4_unicode_ci\n"
		   "    target  mysql 8.4, mariadb 10.11\n"
		   "}\n",
		   "table users {\n"
		   "    user_id varchar(64) collate utf8mb4_bin primary key\n"
		   "}\n"
		   "table orders {\n"
		   "    order_id int primary key\n"
		   "    user_id  varchar(64)\n"
		   "\n"
		   "    foreign key (user_id) references users (user_id)\n"
		   "}\n");
	assert_string_equal(
		said(),
		"error: foreign key 'fk_orders_user_id' can't be made: the collations of "
		"'orders.user_id' and 'users.user_id' differ [fk-collation]\n"
		"  --> a.model:6:5\n"
		"   6 |     user_id  varchar(64)\n"
		"     |     ^~~~~~~~~~~~~~~~~~~~ 'orders.user_id' is varchar(64) charset utf8mb4 "
		"(the "
		"schema block's) collate utf8mb4_unicode_ci (the schema block's)\n"
		"  ::: schema.model:3:5\n"
		"   3 |     charset utf8mb4\n"
		"     |     --------------- the charset of 'orders.user_id' comes from here\n"
		"   4 |     collate utf8mb4_unicode_ci\n"
		"     |     -------------------------- the collation of 'orders.user_id' comes "
		"from here\n"
		"  ::: a.model:2:5\n"
		"   2 |     user_id varchar(64) collate utf8mb4_bin primary key\n"
		"     |     --------------------------------------------------- 'users.user_id' is "
		"varchar(64) charset utf8mb4 (written at the column) collate utf8mb4_bin (written "
		"at "
		"the column)\n"
		"   8 |     foreign key (user_id) references users (user_id)\n"
		"     |     ------------------------------------------------ the foreign key\n"
		"  = error 3780 on mysql 8.4.0, error 1005 on mariadb 10.11.2\n"
		"hint: user_id like users.user_id\n");
}

TEST(the_fix)
{
	judge_text(SHOP, "table p {\n k bigint unsigned primary key\n}\n"
			 "table c {\n x bigint\n foreign key (x) references p (k)\n}\n");
	assert_said("fk-type", "one of 'c.x' and 'p.k' is unsigned, the other is not", "x bigint",
		    "x like p.k");
	diag_clear(&ctx.diags);
	judge_text(SHOP, "table p {\n k int\n l int\n primary key (l, k)\n}\n"
			 "table c {\n x int\n y int\n foreign key (x, y) references p (k, l)\n}\n");
	assert_said("fk-parent-key", "'p' has no unique key of exactly these columns", "p (k, l)",
		    "foreign key (y, x) references p (l, k)");
	diag_clear(&ctx.diags);
	judge_text(SHOP, "table p {\n k int\n l int primary key\n}\n"
			 "table c {\n x int\n foreign key (x) references p (k)\n}\n");
	assert_said("fk-parent-key", "has no unique key", "p (k)", "in table p: unique (k)");
	diag_clear(&ctx.diags);
	judge_text(SHOP, "table users {\n id int primary key\n}\n"
			 "table c {\n x int\n foreign key (x) references user (id)\n"
			 " foreign key (x) references users (di)\n}\n");
	assert_said("fk-parent", "there is no table 'user'", "user", "did you mean 'users'?");
	assert_said("fk-parent", "table 'users' has no column 'di'", "users", "did you mean 'id'?");
}

TEST(loose_keys_are_a_warning)
{
	judge_text(SHOP, "table p {\n k decimal(12,2) primary key\n}\n"
			 "table c {\n x decimal(10,2)\n foreign key (x) references p (k)\n}\n");
	assert_int_equal(ctx.diags.errors, 0);
	assert_said("fk-loose", "a server takes 'c.x' for 'p.k', but the types differ", "x decimal",
		    "x like p.k");
	diag_clear(&ctx.diags);
	judge_text(SHOP, "table p {\n k varchar(64) primary key\n}\n"
			 "table c {\n x varchar(32)\n foreign key (x) references p (k)\n}\n");
	assert_int_equal(ctx.diags.diags.n, 0);
	static const char *const pairs[][2] = {
		{ "decimal(9)", "bit(9)" },
		{ "datetime", "time" },
		{ "datetime(3)", "datetime" },
		{ "enum('a','b')", "enum('b','a')" },
		{ "enum('a')", "enum('a') charset utf16" },
		{ "date", "mediumint" },
		{ "year", "tinyint unsigned" },
		{ "binary(4)", "varbinary(4)" },
	};
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		judge_text(SHOP,
			   arena_printf(&arena,
					"table p {\n k %s primary key\n}\n"
					"table c {\n x %s\n foreign key (x) references p (k)\n}\n",
					pairs[i][0], pairs[i][1]));
		assert_int_equal(ctx.diags.errors, 0);
		assert_said("fk-loose", "but the types differ", "x ", "x like p.k");
		diag_clear(&ctx.diags);
	}
}

TEST(keys_that_a_table_has_twice)
{
	static const struct {
		const char *a, *b, *message, *hint;
	} pairs[] = {
		{ "a (x, y) references p (k, l)", "b (y, x) references p (l, k) on delete restrict",
		  "foreign keys 'a' and 'b' say the same", "take one of them away" },
		{ "a (x, y) references p (k, l) on delete no action",
		  "b (x, y) references p (k, l) on delete cascade",
		  "foreign keys 'a' and 'b' tie the same columns, with other actions",
		  "keep the one that is meant" },
		{ "a (x, y) references p (k, l)", "b (x, y) references p (k, l) on update cascade",
		  "foreign keys 'a' and 'b' tie the same columns, with other actions",
		  "keep the one that is meant" },
		{ "a (x, y) references o.p (k, l)", "b (x, y) references o.p (k, l)",
		  "foreign keys 'a' and 'b' say the same", "take one of them away" },
		{ "a (x, y) references p (k, l)", "b (x, y) references q (k, l)", NULL, NULL },
		{ "a (x, y) references p (k, l)", "b (x, y) references o.p (k, l)", NULL, NULL },
		{ "a (x, y) references p (k, l)", "b (y, x) references p (k, l)", NULL, NULL },
	};
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		judge_text(SHOP, arena_printf(&arena,
					      "table p {\n k int\n l int\n primary key (k, l)\n"
					      " unique (l, k)\n}\n"
					      "table q {\n k int\n l int\n primary key (k, l)\n}\n"
					      "table c {\n x int\n y int\n foreign key %s\n"
					      " foreign key %s\n}\n",
					      pairs[i].a, pairs[i].b));
		assert_int_equal(ctx.diags.errors, 0);
		assert_int_equal(ctx.diags.warnings, pairs[i].message ? 1 : 0);
		if (pairs[i].message)
			assert_said("fk-duplicate", pairs[i].message, "foreign key b",
				    pairs[i].hint);
		diag_clear(&ctx.diags);
	}
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(compatible_within_a_class_only),
		T(what_differs_has_a_rule),
		T(parent_keys),
		T(the_session_variable),
		T(actions_tables_and_names),
		T(names_are_unique_in_a_schema),
		T(keys_that_do_not_compile),
		T(seventeen_columns),
		T(the_message),
		T(the_fix),
		T(loose_keys_are_a_warning),
		T(keys_that_a_table_has_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
