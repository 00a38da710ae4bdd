/*
 * SHOW CREATE TABLE of all five servers against the models of the same tables.
 *
 * In a model `<<text|what>>` is a text that can be left out: with all of them nothing is lost; without
 * one of them `what` must be named. So every kind of clause is lost once, on purpose.
 */
#include "tests/unit/diff/models.h"

#include "run/clauses.h"
#include "run/concern.h"

/* --- the texts ------------------------------------------------------------------------------ */

static const struct {
	const char *flavour, *version, *shown, *model;
} cases[] = {
	/* columns, keys, constraints of MySQL 8 and later */
	{ "mysql", "9.7.4",
	  "CREATE TABLE `t` (\n"
	  "  `id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT 'it''s \"x\" \\\\n 中',\n"
	  "  `a` int(5) unsigned zerofill DEFAULT '00007',\n"
	  "  `b` varchar(20) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'x''y\\n',\n"
	  "  `c` varchar(20) COLLATE utf8mb4_unicode_ci NOT NULL,\n"
	  "  `d` decimal(12,2) NOT NULL DEFAULT '-1.50',\n"
	  "  `e` enum('a','b''c','d\\\\e') COLLATE utf8mb4_unicode_ci DEFAULT NULL,\n"
	  "  `f` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE "
	  "CURRENT_TIMESTAMP(3),\n"
	  "  `g` int GENERATED ALWAYS AS ((`d` * 2)) STORED,\n"
	  "  `h` varchar(40) COLLATE utf8mb4_unicode_ci DEFAULT (concat(_utf8mb4'a',uuid())),\n"
	  "  `i` point NOT NULL /*!80003 SRID 4326 */,\n"
	  "  `j` bit(5) DEFAULT b'101',\n"
	  "  `k` binary(3) DEFAULT 0xFF0000,\n"
	  "  `l` int DEFAULT '3' /*!80023 INVISIBLE */,\n"
	  "  `m` int GENERATED ALWAYS AS ((`d` + 1)) VIRTUAL,\n"
	  "  PRIMARY KEY (`id`),\n"
	  "  UNIQUE KEY `u` (`c`(10),`d` DESC) COMMENT 'k',\n"
	  "  KEY `v` (`d`) /*!80000 INVISIBLE */,\n"
	  "  KEY `w` ((lower(`c`))),\n"
	  "  SPATIAL KEY `s` (`i`),\n"
	  "  FULLTEXT KEY `x` (`c`) /*!50100 WITH PARSER `ngram` */ ,\n"
	  "  KEY `o` (`l`),\n"
	  "  CONSTRAINT `fk` FOREIGN KEY (`l`) REFERENCES `p` (`id`) ON DELETE CASCADE ON UPDATE "
	  "SET NULL,\n"
	  "  CONSTRAINT `ck` CHECK (((`d` > 0) and (`c` <> _utf8mb4'it\\'s'))) /*!80016 NOT "
	  "ENFORCED */\n"
	  ") ENGINE=InnoDB AUTO_INCREMENT=100 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci "
	  "STATS_PERSISTENT=1 ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8 COMMENT='tab''le'",
	  "table t engine InnoDB <<row_format compressed|table option: ROW_FORMAT=COMPRESSED>> "
	  "<<key_block_size 8|table option: KEY_BLOCK_SIZE=8>> "
	  "<<stats_persistent 1|table option: STATS_PERSISTENT=1>> "
	  "<<comment 'tab''le'|table option: COMMENT='tab''le'>> {\n"
	  "id bigint <<unsigned|column 'id': unsigned>> "
	  "<<auto_increment|column 'id': AUTO_INCREMENT>> "
	  "<<comment 'it''s \"x\" \\\\n 中'|column 'id': COMMENT>>\n"
	  "a int(5) unsigned <<zerofill|column 'a': zerofill>> null "
	  "<<default 7|column 'a': DEFAULT '00007'>>\n"
	  "b varchar(20) <<charset latin1 collate latin1_bin|column 'b': CHARACTER SET latin1 "
	  "COLLATE latin1_bin>> null default 'x''y\\n'\n"
	  "c varchar(20)\n"
	  "d decimal(12,2) <<default -1.5|column 'd': DEFAULT '-1.50'>>\n"
	  "<<e enum('a', 'b''c', 'd\\\\e') null\n|column 'e': `e` enum>>"
	  "f datetime(3) <<default current_timestamp(3)|column 'f': DEFAULT CURRENT>> "
	  "<<on update current_timestamp(3)|column 'f': ON UPDATE>>\n"
	  "g int <<as (d * 2) <<stored|column 'g': STORED>>|column 'g': GENERATED ALWAYS AS>> "
	  "null\n"
	  "h varchar(40) null <<default (concat('a', uuid()))|column 'h': DEFAULT (concat>>\n"
	  "i point <<srid 4326|column 'i': SRID 4326>>\n"
	  "j bit(5) null <<default b'101'|column 'j': DEFAULT b'101'>>\n"
	  "k binary(3) null <<default x'ff'|column 'k': DEFAULT 0xFF0000>>\n"
	  "l int null default 3 <<invisible|column 'l': INVISIBLE>>\n"
	  "m int as (d + 1) null\n"
	  "primary key (id)\n"
	  "<<unique u (c(10), d desc) <<comment 'k'|unique index 'u': COMMENT 'k'>>|unique index "
	  "'u': UNIQUE KEY `u`>>\n"
	  "index v (d) <<invisible|index 'v': INVISIBLE>>\n"
	  "<<index w ((lower(c)))|index 'w': KEY `w`>>\n"
	  "<<spatial s (i)|spatial index 's'>>\n"
	  "fulltext x (c) <<with parser ngram|fulltext index 'x': WITH PARSER `ngram`>>\n"
	  "index o (l)\n"
	  "<<foreign key fk (l) references p (id) on delete cascade on update set null|foreign "
	  "key 'fk': CONSTRAINT `fk`>>\n"
	  "check ck (d > 0 and c <> 'it''s') <<not enforced|check 'ck': NOT ENFORCED>>\n}" },
	/* partitions of MySQL */
	{ "mysql", "9.7.4",
	  "CREATE TABLE `t` (\n  `a` int DEFAULT NULL,\n  `b` date DEFAULT NULL\n) ENGINE=InnoDB "
	  "DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci\n"
	  "/*!50100 PARTITION BY RANGE (year(`b`))\n"
	  "SUBPARTITION BY LINEAR KEY (a)\n"
	  "(PARTITION p0 VALUES LESS THAN (2000)\n"
	  " (SUBPARTITION s0 COMMENT = 'c' ENGINE = InnoDB,\n"
	  "  SUBPARTITION s1 MAX_ROWS = 10 ENGINE = InnoDB),\n"
	  " PARTITION p1 VALUES LESS THAN MAXVALUE\n"
	  " (SUBPARTITION s2 ENGINE = InnoDB,\n  SUBPARTITION `s3` ENGINE = InnoDB)) */",
	  "table t {\na int null\nb date null\n<<partition by range (year(b)) subpartition by "
	  "<<linear|subpartitioning: LINEAR>> key (a) (\n"
	  "partition p0 values less than (2000) (subpartition s0 "
	  "<<comment 'c'|subpartition 's0': COMMENT = 'c'>>, subpartition s1 "
	  "<<max_rows 10|subpartition 's1': MAX_ROWS = 10>>)<<,\n"
	  "partition p1 values less than maxvalue (subpartition s2, subpartition "
	  "s3)|partition 'p1': PARTITION p1 VALUES LESS THAN MAXVALUE>>\n)|partitioning: "
	  "PARTITION BY RANGE>>\n}" },
	/* what 5.6 writes otherwise */
	{ "mysql", "5.6.24",
	  "CREATE TABLE `t` (\n"
	  "  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,\n"
	  "  `a` tinyint(1) DEFAULT '1',\n"
	  "  `b` varchar(9) CHARACTER SET utf8 COLLATE utf8_unicode_ci DEFAULT NULL,\n"
	  "  `c` varchar(9) CHARACTER SET latin1 DEFAULT NULL,\n"
	  "  `d` timestamp NULL DEFAULT NULL,\n"
	  "  `e` year(4) DEFAULT '2020',\n"
	  "  PRIMARY KEY (`id`),\n"
	  "  KEY `k` (`a`),\n"
	  "  CONSTRAINT `fk` FOREIGN KEY (`a`) REFERENCES `p` (`id`) ON DELETE NO ACTION\n"
	  ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci\n"
	  "/*!50100 PARTITION BY KEY */ /*!50611 ALGORITHM = 1 */ /*!50100 (id)\nPARTITIONS 3 */",
	  "table t {\nid bigint unsigned auto_increment\n"
	  "a tinyint<<(1)|column 'a': tinyint(1)>> null default 1\n"
	  "b varchar(9) <<charset utf8 collate utf8_unicode_ci|column 'b': CHARACTER SET utf8mb3 "
	  "COLLATE utf8mb3_unicode_ci>> null\n"
	  "c varchar(9) charset latin1 <<collate latin1_swedish_ci|nothing>> null\n"
	  "d timestamp null\ne year null default 2020\nprimary key (id)\n"
	  "<<index k (a)\n|index 'k': KEY `k` (`a`)>>"
	  "<<foreign key fk (a) references p (id) <<on delete no action|foreign key 'fk': ON "
	  "DELETE NO ACTION>>\n|foreign key 'fk'>>"
	  "partition by key <<algorithm = 1|partitioning: KEY ALGORITHM = 1 (id)>> (id) "
	  "<<partitions 3|partitioning: PARTITIONS 3>>\n}" },
	/* MariaDB: literals bare, calls without parentheses, json in three clauses */
	{ "mariadb", "10.5.23",
	  "CREATE TABLE `t` (\n"
	  "  `id` int(11) NOT NULL,\n"
	  "  `a` int(5) unsigned zerofill DEFAULT 00007,\n"
	  "  `b` varchar(40) COLLATE utf8mb4_bin DEFAULT uuid(),\n"
	  "  `c` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT '{}' CHECK "
	  "(json_valid(`c`)),\n"
	  "  `d` int(11) DEFAULT (1 + `id`),\n"
	  "  `e` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),\n"
	  "  `f` varchar(100) /*!100301 COMPRESSED*/ COLLATE utf8mb4_unicode_ci DEFAULT NULL,\n"
	  "  `g` int(11) GENERATED ALWAYS AS (`id` + 1) VIRTUAL INVISIBLE,\n"
	  "  `h` double DEFAULT -1.5,\n"
	  "  `i` text COLLATE utf8mb4_unicode_ci DEFAULT NULL,\n"
	  "  PRIMARY KEY (`id`),\n"
	  "  UNIQUE KEY `l` (`i`) USING HASH,\n"
	  "  UNIQUE KEY `u` (`h`) USING HASH,\n"
	  "  CONSTRAINT `ck` CHECK (`h` > 0 and `b` <> 'it\\'s')\n"
	  ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci `page_compressed`=1 "
	  "`page_compression_level`=5 WITH SYSTEM VERSIONING",
	  "table t <<page_compressed 1|table option: `page_compressed`=1>> "
	  "<<page_compression_level 5|table option: `page_compression_level`=5>> "
	  "<<with system versioning|table option: WITH SYSTEM VERSIONING>> {\n"
	  "id int\na int(5) unsigned zerofill null default 7\n"
	  "b varchar(40) collate utf8mb4_bin null <<default (uuid())|column 'b': DEFAULT uuid()>>\n"
	  "c json null <<default '{}'|column 'c': DEFAULT '{}'>>\n"
	  "d int null <<default (1 + id)|column 'd': DEFAULT (1 + `id`)>>\n"
	  "e timestamp default now <<on update now|column 'e': ON UPDATE>>\n"
	  "f varchar(100) <<compressed|column 'f': COMPRESSED>> null\n"
	  "g int as (id + 1) null <<invisible|column 'g': INVISIBLE>>\n"
	  "h double null <<default -1.5|column 'h': DEFAULT -1.5>>\ni text null\n"
	  "<<primary key (id)\n|primary key: PRIMARY KEY (`id`)>>"
	  "unique l (i)\nunique u (h) <<using hash|unique index 'u': USING HASH>>\n"
	  "<<check ck (h > 0 and b <> 'it''s')|check 'ck': CONSTRAINT>>\n}" },
	{ "mariadb", "10.11.18",
	  "CREATE TABLE `t` (\n"
	  "  `a` int(11) DEFAULT NULL WITHOUT SYSTEM VERSIONING,\n"
	  "  `b` int(11) NOT NULL,\n"
	  "  KEY `k` (`a`) COMMENT 'c' IGNORED\n"
	  ") ENGINE=Aria DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci PAGE_CHECKSUM=0 "
	  "WITH SYSTEM VERSIONING\n"
	  " PARTITION BY SYSTEM_TIME LIMIT 1000\n"
	  "(PARTITION `h0` HISTORY ENGINE = Aria,\n PARTITION `pn` CURRENT ENGINE = Aria)",
	  "table t <<engine Aria|table option: ENGINE=Aria>> with system versioning "
	  "<<page_checksum 0|table option: PAGE_CHECKSUM=0>> {\n"
	  "a int null <<without system versioning|column 'a': WITHOUT SYSTEM VERSIONING>>\n"
	  "b int\n"
	  "index k (a) comment 'c' <<ignored|index 'k': IGNORED>>\n"
	  "<<partition by system_time <<limit 1000|partitioning: SYSTEM_TIME LIMIT 1000>> "
	  "(partition h0 history, partition pn current)|partitioning: PARTITION BY>>\n}" },
	{ "mariadb", "11.8.6",
	  "CREATE TABLE `t` (\n"
	  "  `id` int(11) NOT NULL,\n"
	  "  `v` vector(3) NOT NULL,\n"
	  "  `b` varbinary(8) DEFAULT x'ff00fe',\n"
	  "  `d` int(11) DEFAULT NULL,\n"
	  "  PRIMARY KEY (`id`),\n"
	  "  KEY `k` (`b` DESC),\n"
	  "  VECTOR KEY `vk` (`v`) `m`=8 `distance`=cosine\n"
	  ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_uca1400_ai_ci\n"
	  " PARTITION BY LIST (`id` + 1)\n"
	  "(PARTITION `p0` VALUES IN (NULL,1) ENGINE = InnoDB,\n PARTITION `pd` DEFAULT ENGINE = "
	  "InnoDB)",
	  "table t <<collate utf8mb4_uca1400_ai_ci|table option: CHARACTER SET utf8mb4 COLLATE "
	  "utf8mb4_uca1400_ai_ci>> {\n"
	  "id int\nv vector(3)\n"
	  "b varbinary(8) null <<default x'ff00fe'|column 'b': DEFAULT x'ff00fe'>>\n"
	  "d int null\n"
	  "primary key (id)\nindex k (b<< desc|index 'k': (`b` DESC)>>)\n"
	  "vector vk (v) <<m 8|vector index 'vk': `m`=8>> "
	  "<<distance cosine|vector index 'vk': `distance`=cosine>>\n"
	  "partition by list (id + 1) (partition p0 values in (1, null)<<, partition pd "
	  "default|partition 'pd': PARTITION `pd` DEFAULT>>)\n}" },
};
#define N_CASES (sizeof(cases) / sizeof(cases[0]))

/* --- models with and without ---------------------------------------------------------------- */

/* The end of the mark that begins at text, in which marks may stand. */
static const char *mark_end(const char *text)
{
	int depth = 0;
	for (; *text; text++) {
		if (!strncmp(text, "<<", 2))
			depth++;
		if (!strncmp(text, ">>", 2) && --depth == 0)
			return text;
	}
	fail_msg("a mark without end");
	return NULL;
}

/* Where `what` of the mark begins, which ends at `end`. */
static const char *mark_bar(const char *text, const char *end)
{
	int depth = 0;
	for (const char *c = text; c < end; c++) {
		depth += !strncmp(c, "<<", 2);
		depth -= !strncmp(c, ">>", 2);
		if (*c == '|' && depth == 1)
			return c;
	}
	fail_msg("a mark without bar: %s", text);
	return NULL;
}

/* Copies without marks; the one that is number `*without` is left out, its `what` in *what. */
static void copy_model(struct buf *out, const char *from, const char *to, int *without,
		       const char **what)
{
	while (from < to) {
		if (strncmp(from, "<<", 2) != 0) {
			buf_add_char(out, *from++);
			continue;
		}
		const char *end = mark_end(from), *bar = mark_bar(from, end);
		if ((*without)-- == 0)
			*what = arena_strndup(&arena, bar + 1, (size_t)(end - bar - 1));
		else
			copy_model(out, from + 2, bar, without, what);
		from = end + 2;
	}
}

/* The losses, a line each. */
static const char *lost_text(const struct clause_loss_list *lost)
{
	struct buf out = { 0 };
	for (size_t i = 0; i < lost->n; i++) {
		const struct clause_loss *loss = &lost->items[i];
		buf_printf(&out, "%s: %s", loss->where, loss->shown ? loss->shown : "nothing");
		if (loss->model)
			buf_printf(&out, ", in the model %s", loss->model);
		buf_add(&out, "\n");
	}
	return buf_arena(&out, &arena);
}

static const char *lose(const char *text, const char *shown)
{
	const char *parent = strstr(text, "references p") ? "table p { id int primary key }\n" : "";
	const struct schema *schema = model(arena_printf(&arena, "%s%s", parent, text));
	const struct table *table = schema_find_table(schema, ctx_name(&ctx, "t"));
	struct clause_loss_list lost = { 0 };
	clauses_compare(&ctx, &arena, &server, table, shown, &lost);
	assert_int_equal(ctx.diags.diags.n, 0);
	return lost_text(&lost);
}

/* Number `without` left out (-1: none); false: there is no such mark. */
static bool check_case(size_t at, int without)
{
	struct buf text = { 0 };
	const char *what = NULL, *model_text = cases[at].model;
	bool whole = without < 0;
	use_server(cases[at].flavour, cases[at].version);
	copy_model(&text, model_text, model_text + strlen(model_text), &without, &what);
	if (!whole && !what) {
		buf_free(&text);
		return false;
	}
	const char *lost = lose(buf_text(&text), cases[at].shown);
	if (!what || !strcmp(what, "nothing")) {
		if (*lost)
			fail_msg("%s %s:\n%slost of\n%s", cases[at].flavour, cases[at].version,
				 lost, buf_text(&text));
	} else if (!strstr(lost, what)) {
		fail_msg("%s %s: '%s' is not in\n%sof\n%s", cases[at].flavour, cases[at].version,
			 what, lost, buf_text(&text));
	}
	buf_free(&text);
	return true;
}

TEST(whole_models_lose_nothing)
{
	for (size_t i = 0; i < N_CASES; i++)
		check_case(i, -1);
}

TEST(every_clause_left_out_is_named)
{
	unsigned n = 0;
	for (size_t i = 0; i < N_CASES; i++)
		for (int without = 0; check_case(i, without); without++)
			n++;
	assert_true(n >= 67);
}

/* --- words that nobody knows ---------------------------------------------------------------- */

TEST(unknown_words_are_lost)
{
	static const struct {
		const char *entries, *options, *what;
	} rows[] = {
		{ "`a` int DEFAULT NULL BRAND NEW", "", "column 'a': BRAND NEW\n" },
		{ "`a` int BRAND (new, `clause`) DEFAULT NULL", "",
		  "column 'a': BRAND (new, `clause`)\n" },
		{ "`a` int DEFAULT NULL /*!99999 NOT SECONDARY */", "",
		  "column 'a': NOT SECONDARY\n" },
		{ "`a` int DEFAULT NULL", " NOVEL=1 STATS_PERSISTENT=0",
		  "table option: NOVEL=1\ntable option: STATS_PERSISTENT=0\n" },
		{ "`a` int DEFAULT NULL", " /* `bad`='x' */", "table option: `bad`='x'\n" },
		{ "`a` int DEFAULT NULL,\n KEY `k` (`a`) CLUSTERING=YES", "",
		  "index 'k': KEY `k` (`a`) CLUSTERING=YES\n" },
		{ "`a` int DEFAULT NULL,\n PERIOD FOR `p` (`a`, `b`)", "",
		  "period 'p': PERIOD FOR `p` (`a`, `b`)\n" },
		{ "`a` int DEFAULT NULL,\n LIKE THIS", "", "LIKE THIS: LIKE THIS\n" },
		{ "`a` int", "", "column 'a': no DEFAULT, not even NULL\n" },
		{ "`a` int DEFAULT 'x' ||", "", "column 'a': DEFAULT 'x' ||\n" },
		{ "`a` int DEFAULT NULL,\n `b` int DEFAULT NULL", "",
		  "column 'b': `b` int DEFAULT NULL\n" },
		{ "`b` int DEFAULT NULL", "",
		  "column 'b': `b` int DEFAULT NULL\n"
		  "column 'a': nothing, in the model `a` int NULL\n" },
		{ "`a` bigint DEFAULT NULL", "", "column 'a': bigint, in the model int\n" },
		{ "`a` int DEFAULT NULL CHECK (`a` > 1)", "", "column 'a': CHECK (`a` > 1)\n" },
		{ "`a` int DEFAULT NULL", "\n/*!50100 PARTITION BY HASH (a)\nPARTITIONS 2 */",
		  "partitioning: PARTITION BY HASH (a) PARTITIONS 2\n" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *shown = arena_printf(&arena,
						 "CREATE TABLE `t` (\n %s\n) ENGINE=InnoDB "
						 "DEFAULT CHARSET=utf8mb4 "
						 "COLLATE=utf8mb4_unicode_ci%s",
						 rows[i].entries, rows[i].options);
		assert_string_equal(lose("table t {\na int null\n}", shown), rows[i].what);
	}
}

TEST(any_text_is_read)
{
	static const char *const texts[] = {
		"",
		"CREATE TABLE `t`",
		"CREATE TABLE `t` (",
		"CREATE TABLE `t` (`a` int",
		"(((",
		")))",
		"`",
		"'",
		"CREATE TABLE `t` (,,) PARTITION BY",
		"CREATE TABLE `t` (`a`) PARTITION BY x (PARTITION",
		"CREATE TABLE `t` (CONSTRAINT) PARTITION BY (PARTITION "
		"p (SUBPARTITION s",
		"CREATE TABLE `t` (KEY, PERIOD FOR, "
		"`a` int DEFAULT, `b` ON UPDATE, `c` CHECK)"
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_true(*lose("table t {\na int null\n}", texts[i]) != '\0');
}

TEST(the_order_of_columns_counts)
{
	static const char shown[] = "CREATE TABLE `t` (\n `b` int DEFAULT NULL,\n `a` int DEFAULT "
				    "NULL\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 "
				    "COLLATE=utf8mb4_unicode_ci";
	assert_string_equal(lose("table t {\na int null\nb int null\n}", shown),
			    "column 'b': its place in the table\n");
}

TEST(what_can_not_be_parsed_is_lost)
{
	static const char shown[] = "CREATE TABLE `t` (\n `a` int GENERATED ALWAYS AS (very odd) "
				    "VIRTUAL\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 "
				    "COLLATE=utf8mb4_unicode_ci";
	const struct schema *schema = model("table t {\na int as (1) null\n}");
	const struct table *table = schema_find_table(schema, ctx_name(&ctx, "t"));
	struct column *column = arena_memdup(&arena, table->columns.items[0], sizeof(*column));
	struct expr *odd = expr_new(&arena, EXPR_OPAQUE, span_none());
	struct clause_loss_list lost = { 0 };
	odd->text = "very odd";
	odd->len = strlen(odd->text);
	column->generated = odd;
	table->columns.items[0] = column;
	clauses_compare(&ctx, &arena, &server, table, shown, &lost);
	assert_string_equal(lost_text(&lost), "column 'a': very odd\n");
}

/* --- which tables --------------------------------------------------------------------------- */

/* The tables that those operations alter or drop. */
static const char *concerned(const struct op *ops, size_t n)
{
	struct concern concern = { .arena = &arena };
	struct buf out = { 0 };
	for (size_t i = 0; i < n; i++)
		concern_add(&concern, &ops[i]);
	for (size_t i = 0; i < concern.names.n; i++)
		buf_printf(&out, "%s%s", i ? " " : "", concern.names.items[i]->text);
	return buf_arena(&out, &arena);
}

TEST(concerned_are_the_tables_as_they_are_called_before)
{
	const struct name *a = ctx_name(&ctx, "a"), *b = ctx_name(&ctx, "b"),
			  *c = ctx_name(&ctx, "c");
	const struct op ops[] = {
		{ .kind = OP_CREATE_TABLE, .table = c },
		{ .kind = OP_ADD_COLUMN, .table = c },
		{ .kind = OP_RENAME_TABLE, .table = a, .after.name = b },
		{ .kind = OP_ADD_INDEX, .table = b },
		{ .kind = OP_SET_OPTION, .table = b },
	};
	const struct op again[] = {
		{ .kind = OP_DROP_TABLE, .table = a },
		{ .kind = OP_DROP_TABLE, .table = b },
		{ .kind = OP_CREATE_TABLE, .table = b },
		{ .kind = OP_ADD_COLUMN, .table = b },
	};
	assert_string_equal(concerned(ops, 5), "a");
	assert_string_equal(concerned(ops, 3), "");
	assert_string_equal(concerned(again, 4), "a b");
}

#define WORLD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WORLD(whole_models_lose_nothing),
		WORLD(every_clause_left_out_is_named),
		WORLD(unknown_words_are_lost),
		WORLD(any_text_is_read),
		WORLD(the_order_of_columns_counts),
		WORLD(what_can_not_be_parsed_is_lost),
		WORLD(concerned_are_the_tables_as_they_are_called_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
