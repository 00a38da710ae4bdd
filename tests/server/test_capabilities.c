/*
 * test_capabilities: capability.def, against what servers do.
 *
 *	test_capabilities URL
 *
 * For each capability a statement. The server must take it where capability.def says yes or ignored,
 * and refuse it with that number where it says refused. Where a statement alone does not tell (it is
 * ignored, or taken by all), a query does: 1 for an effect. A capability without a probe fails.
 */
#include "tests/server/model_bench.h"

enum how {
	BY_ERROR,   /* the statement is refused, or not */
	BY_EFFECT,  /* the query says what became of it */
	BY_SHOWN,   /* SHOW CREATE TABLE t has the words */
	BY_REFUSAL, /* it is the servers with the capability that refuse the statement */
};

struct probe {
	enum capability capability;
	const char *setup;               /* statements, ';' between them */
	const char *statement, *mariadb; /* another spelling there, or NULL */
	const char *effect;
	enum how how;
};

#define IN_SCHEMA "from information_schema."
#define OF_DB " where table_schema = database()"

static const struct probe probes[] = {
	{ CAP_CHECK, NULL, "create table t (a int, constraint c check (a > 0))", NULL,
	  "select count(*) " IN_SCHEMA "table_constraints" OF_DB " and constraint_type = 'CHECK'",
	  BY_EFFECT },
	{ CAP_TIME_LIMIT_HINT, NULL, "create table t (a int)", NULL,
	  "select /*+ MAX_EXECUTION_TIME(20) */ sleep(0.5)", BY_EFFECT },
	{ CAP_TIME_LIMIT_SET, NULL, "set statement max_statement_time = 1 for select 1", NULL, NULL,
	  BY_ERROR },
	{ CAP_CHECK_NOT_ENFORCED, NULL,
	  "create table t (a int, constraint c check (a > 0) not enforced)", NULL, NULL, BY_ERROR },
	{ CAP_INDEX_DESC, NULL, "create table t (a int, key k (a desc))", NULL,
	  "select count(*) " IN_SCHEMA "statistics" OF_DB " and collation = 'D'", BY_EFFECT },
	{ CAP_RENAME_COLUMN, "create table t (a int)", "alter table t rename column a to b", NULL,
	  NULL, BY_ERROR },
	{ CAP_KEY_WIDENED,
	  "create table p (a varchar(10) character set ascii primary key) engine=InnoDB; "
	  "create table t (a varchar(10) character set ascii, foreign key (a) references p (a)) "
	  "engine=InnoDB",
	  "alter table p modify a varchar(255) character set ascii not null", NULL, NULL,
	  BY_ERROR },
	{ CAP_ORDER_IN_PLACE,
	  "create table t (a int, c int not null, unique (a), key c (c)) engine=InnoDB; "
	  "insert into t values (1, 1), (2, 2)",
	  "alter table t modify a int not null", NULL,
	  "select count(*) = 2 from t force index (c) where a in (1, 2)", BY_EFFECT },
	{ CAP_RENAME_INDEX, "create table t (a int, key k (a))",
	  "alter table t rename index k to l", NULL, NULL, BY_ERROR },
	{ CAP_FRACTIONAL_SECONDS, NULL, "create table t (a datetime(3))", NULL, NULL, BY_ERROR },
	{ CAP_JSON, NULL, "create table t (a json)", NULL, NULL, BY_ERROR },
	{ CAP_UUID, NULL, "create table t (a uuid)", NULL, NULL, BY_ERROR },
	{ CAP_INET4, NULL, "create table t (a inet4)", NULL, NULL, BY_ERROR },
	{ CAP_INET6, NULL, "create table t (a inet6)", NULL, NULL, BY_ERROR },
	{ CAP_CONVERT_ANY, "create table t (a int)", "alter table t modify a point", NULL, NULL,
	  BY_ERROR },
	{ CAP_CONVERT_INET, "create table t (a inet4)", "alter table t modify a inet6", NULL, NULL,
	  BY_ERROR },
	{ CAP_VECTOR, NULL, "create table t (a vector(3))", NULL, NULL, BY_ERROR },
	{ CAP_VECTOR_DEFAULT, NULL, "create table t (a vector)", NULL, NULL, BY_ERROR },
	{ CAP_FK_NO_ACTION, "create table p (a int primary key) engine=InnoDB",
	  "create table t (a int, foreign key (a) references p (a)) engine=InnoDB", NULL,
	  "select count(*) " IN_SCHEMA
	  "referential_constraints where constraint_schema = database() "
	  "and delete_rule = 'NO ACTION'",
	  BY_EFFECT },
	{ CAP_FK_WITHOUT_KEY,
	  "create table p (a int primary key) engine=InnoDB; "
	  "create table c (a int, key k (a), foreign key (a) references p (a)) engine=InnoDB; "
	  "set foreign_key_checks = 0; alter table c drop key k; set foreign_key_checks = 1",
	  "insert into c values (1)", NULL, NULL, BY_REFUSAL },
	{ CAP_DISPLAY_WIDTH, NULL, "create table t (a int(12))", NULL,
	  "select count(*) " IN_SCHEMA "columns" OF_DB " and column_type = 'int(12)'", BY_EFFECT },
	{ CAP_YEAR_2, NULL, "create table t (a year(2))", NULL,
	  "select count(*) " IN_SCHEMA "columns" OF_DB " and column_type = 'year(2)'", BY_EFFECT },
	{ CAP_DECIMAL_SCALE_38, NULL, "create table t (a decimal(65,38))", NULL, NULL, BY_ERROR },
	{ CAP_SRID, NULL, "create table t (a point srid 4326)",
	  "create table t (a point ref_system_id=4326)", NULL, BY_ERROR },
	{ CAP_SRID_ZERO, NULL, "create table t (a point srid 0)",
	  "create table t (a point ref_system_id=0)", "SRID 0", BY_SHOWN },
	{ CAP_GENERATED_COLUMN, NULL, "create table t (a int, b int as (a + 1) virtual)", NULL,
	  NULL, BY_ERROR },
	{ CAP_GENERATED_NOT_NULL, NULL, "create table t (a int, b int as (a + 1) virtual not null)",
	  NULL, NULL, BY_ERROR },
	{ CAP_DEFAULT_EXPR, NULL, "create table t (a int default (1 + 1))", NULL, NULL, BY_ERROR },
	{ CAP_DEFAULT_TEXT, NULL, "create table t (a text default 'x')", NULL, NULL, BY_ERROR },
	{ CAP_INVISIBLE_COLUMN, NULL, "create table t (a int, b int invisible)", NULL, NULL,
	  BY_ERROR },
	{ CAP_INVISIBLE_INDEX, NULL, "create table t (a int, key k (a) invisible)",
	  "create table t (a int, key k (a) ignored)", NULL, BY_ERROR },
	{ CAP_INDEX_EXPR, NULL, "create table t (a int, key k ((a + 1)))", NULL, NULL, BY_ERROR },
	{ CAP_INDEX_MULTI_VALUED, NULL,
	  "create table t (a json, key k ((cast(a->'$' as unsigned array))))", NULL, NULL,
	  BY_ERROR },
	{ CAP_FULLTEXT_INDEX, NULL, "create table t (a text, fulltext key k (a))", NULL, NULL,
	  BY_ERROR },
	{ CAP_SPATIAL_INDEX, NULL, "create table t (a point not null, spatial key k (a))", NULL,
	  NULL, BY_ERROR },
	{ CAP_VECTOR_INDEX, NULL, "create table t (a vector(3) not null, vector index k (a))", NULL,
	  NULL, BY_ERROR },
	{ CAP_UNIQUE_HASH, NULL, "create table t (a text, unique key k (a))", NULL, NULL,
	  BY_ERROR },
	{ CAP_SYSTEM_VERSIONING, NULL, "create table t (a int) with system versioning", NULL, NULL,
	  BY_ERROR },
	{ CAP_COLUMN_CHECK, NULL, "create table t (a int check (a > 0))", NULL,
	  "select count(*) " IN_SCHEMA "check_constraints where constraint_schema = database() "
	  "and level = 'Column'",
	  BY_EFFECT },
	{ CAP_PERIOD, NULL, "create table t (b date, c date, period for p (b, c))", NULL, NULL,
	  BY_ERROR },
	{ CAP_ROW_TIMES_LATER,
	  "create table t (a int) with system versioning; "
	  "set session system_versioning_alter_history = keep",
	  "alter table t add column b timestamp(6) as row start, "
	  "add column c timestamp(6) as row end, add period for system_time (b, c)",
	  NULL, NULL, BY_ERROR },
	{ CAP_WITHOUT_OVERLAPS, NULL,
	  "create table t (a int, b date, c date, period for p (b, c), "
	  "unique (a, p without overlaps))",
	  NULL, NULL, BY_ERROR },
	{ CAP_SEQUENCE, NULL, "create sequence s", NULL, NULL, BY_ERROR },
	{ CAP_COLUMN_COMPRESSED, NULL, "create table t (a varchar(100) compressed)", NULL, NULL,
	  BY_ERROR },
	{ CAP_INDEX_HASH, NULL, "create table t (a int, key k (a) using hash)", NULL, "USING HASH",
	  BY_SHOWN },
	{ CAP_INDEX_BLOCK_SIZE, NULL, "create table t (a int, key k (a) key_block_size=4)", NULL,
	  "KEY_BLOCK_SIZE", BY_SHOWN },
	{ CAP_COLUMN_FORMAT, NULL, "create table t (a int column_format dynamic)", NULL, NULL,
	  BY_ERROR },
	{ CAP_COMPRESSION, NULL, "create table t (a int) compression = 'none'", NULL, NULL,
	  BY_ERROR },
	{ CAP_ENCRYPTION, NULL, "create table t (a int) encryption = 'n'", NULL, NULL, BY_ERROR },
	{ CAP_PAGE_COMPRESSION, NULL, "create table t (a int) page_compressed = 1", NULL, NULL,
	  BY_ERROR },
	{ CAP_PARTITION_OPTIONS, NULL,
	  "create table t (a int) partition by range (a) (partition p values less than (1) "
	  "page_compressed = 1)",
	  NULL, NULL, BY_ERROR },
	{ CAP_COLUMN_STORAGE, NULL, "create table t (a int storage disk)", NULL, NULL, BY_ERROR },
	{ CAP_TABLE_STORAGE, NULL, "create table t (a int) storage disk", NULL, "STORAGE DISK",
	  BY_SHOWN },
	{ CAP_PARTITION_TABLESPACE, NULL,
	  "create table t (a int) partition by range (a) (partition p values less than (1) "
	  "tablespace innodb_file_per_table)",
	  NULL, "TABLESPACE", BY_SHOWN },
	{ CAP_PARTITION_TABLESPACE_OF_ALL, NULL,
	  "create table t (a int) partition by range (a) (partition p values less than (1) "
	  "tablespace innodb_file_per_table, partition q values less than (2))",
	  NULL, "(2) TABLESPACE", BY_SHOWN },
	{ CAP_ARIA, NULL, "create table t (a int) transactional = 1", NULL, NULL, BY_ERROR },
	{ CAP_ENGINE_ATTRIBUTE, NULL, "create table t (a int) secondary_engine_attribute = ''",
	  NULL, NULL, BY_ERROR },
	{ CAP_SECONDARY_ENGINE, NULL, "create table t (a int) secondary_engine = x", NULL, NULL,
	  BY_ERROR },
	{ CAP_AUTOEXTEND_SIZE, NULL, "create table t (a int) autoextend_size = 4194304", NULL, NULL,
	  BY_ERROR },
	{ CAP_RENAME_REWRITES, "create table t (a int, g int as (a + 1) virtual)",
	  "alter table t change a b int", NULL, NULL, BY_ERROR },
	{ CAP_RENAME_TABLE_CHECKS, "create table t (a int, constraint t_chk_1 check (a > 0))",
	  "rename table t to u", NULL,
	  "select count(*) " IN_SCHEMA "table_constraints" OF_DB " and constraint_name = 'u_chk_1'",
	  BY_EFFECT },
	{ CAP_CHECK_NAMES_GLOBAL, "create table t (a int, constraint c check (a > 0))",
	  "create table u (a int, constraint c check (a > 0))", NULL, NULL, BY_REFUSAL },
	{ CAP_DROP_CONSTRAINT, "create table t (a int, b int, unique key k (a))",
	  "alter table t drop constraint k", NULL, NULL, BY_ERROR },
	{ CAP_DROP_CHECK, "create table t (a int, constraint c check (a > 0))",
	  "alter table t drop check c", NULL, NULL, BY_ERROR },
	{ CAP_IF_EXISTS, "create table t (a int, b int)", "alter table t drop column if exists c",
	  NULL, NULL, BY_ERROR },
	{ CAP_ADD_FULLTEXT_SEVERAL, "create table t (a text, b text)",
	  "alter table t add fulltext k (a), add fulltext l (b)", NULL, NULL, BY_ERROR },
	{ CAP_FULLTEXT_PARTITIONED, NULL,
	  "create table t (a int, b text, fulltext key (b)) partition by hash (a)", NULL, NULL,
	  BY_ERROR },
	{ CAP_MERGE_INDEXES_DIFFER,
	  "create table a (i int) engine=MyISAM; create table b (i int, key (i)) engine=MyISAM; "
	  "create table t (i int) engine=MRG_MyISAM union=(a, b)",
	  "select * from t", NULL, NULL, BY_ERROR },
	{ CAP_PARTITION_DEFAULT, NULL,
	  "create table t (a int) partition by list (a) (partition p values in (1), "
	  "partition d default)",
	  NULL, NULL, BY_ERROR },
	{ CAP_RENAME_PARTITIONED, "create table t (a int) partition by hash (a) partitions 2",
	  "alter table t change a b int", NULL, NULL, BY_ERROR },
	{ CAP_INDEX_COMMENT_SEEN, "create table t (a int, key k (a) comment 'x')",
	  "alter table t drop key k, add key k (a) comment 'y'", NULL,
	  "select count(*) " IN_SCHEMA "statistics" OF_DB " and index_comment = 'y'", BY_EFFECT },
	{ CAP_INDEX_REST_SEEN, "create table t (a int, key k (a)) engine=MyISAM",
	  "alter table t drop key k, add key k (a) key_block_size=2048", NULL,
	  "KEY_BLOCK_SIZE=2048", BY_SHOWN },
	{ CAP_INDEX_HASH_COPIED,
	  "create table t (a int, unique key k (a) using hash) engine=MEMORY /*M! engine=InnoDB */",
	  "alter table t add b int, algorithm=copy", NULL, "USING HASH", BY_SHOWN },
	{ CAP_HASH_IN_PLACE, "create table t (a int, b int, unique k (a) using hash)",
	  "alter table t change b c int, algorithm=inplace", NULL, NULL, BY_ERROR },
	{ CAP_ENUM_WIDE_TWICE,
	  "create table t (a enum('x', 'y') character set utf16, "
	  "b set('x', 'y') character set ucs2)",
	  "alter table t add c int", NULL, NULL, BY_ERROR },
	{ CAP_PARTITION_ANY_ENGINE, NULL,
	  "create table t (a int) engine=MyISAM partition by hash (a) partitions 2", NULL, NULL,
	  BY_ERROR },
	{ CAP_HASH_PARTITIONS,
	  "create table t (a int, unique k (a) using hash) partition by hash (a) partitions 2; "
	  "alter table t add partition partitions 1",
	  "insert into t values (1)", NULL, NULL, BY_ERROR },
	{ CAP_CONNECTION_KEPT,
	  "create table t (a int) connection='x' partition by hash (a) partitions 2",
	  "alter table t remove partitioning", NULL, "CONNECTION='x'", BY_SHOWN },
	{ CAP_KEY_NOT_NULL,
	  "set sql_mode = default; create table p (a int primary key); "
	  "create table c (a int, key (a), constraint f foreign key (a) references p (a))",
	  "alter table c modify a int not null", NULL, NULL, BY_ERROR },
	{ CAP_CASCADE_FROM_NULL, "create table p (a int, unique key (a))",
	  "create table c (a int not null, key (a), "
	  "constraint f foreign key (a) references p (a) on update cascade)",
	  NULL, NULL, BY_ERROR },
	{ CAP_AUTO_INCREMENT_FLOAT, NULL, "create table t (a float auto_increment primary key)",
	  NULL, NULL, BY_ERROR },
	{ CAP_COLLATE_BEHIND_STORED,
	  "create table p (i int primary key); "
	  "create table c (b int, g int as (b + 1) stored, i int, s varchar(9) collate "
	  "utf8mb4_bin, "
	  "key (i), constraint f foreign key (i) references p (i))",
	  "alter table c modify s varchar(9) collate utf8mb4_unicode_ci", NULL, NULL, BY_ERROR },
	{ CAP_ADD_UNSAFE_DEFAULT, "create table t (a int); insert into t values (1)",
	  "alter table t add b varchar(40) default (uuid())", NULL, NULL, BY_ERROR },
	{ CAP_DESC_COVERS, "create table p (i int primary key)",
	  "create table c (i int, key k (i desc), constraint f foreign key (i) references p (i))",
	  NULL, "select count(*) = 1 " IN_SCHEMA "statistics" OF_DB " and table_name = 'c'",
	  BY_EFFECT },
	{ CAP_TIME_ROUNDS, NULL, "create table t (a datetime default '2020-01-01 00:00:00.7')",
	  NULL, "select count(*) " IN_SCHEMA "columns" OF_DB " and column_default like '%:01%'",
	  BY_EFFECT },
	{ CAP_TIMESTAMP_2106, NULL,
	  "create table t (a timestamp null default '2100-01-01 00:00:00')", NULL, NULL, BY_ERROR },
};

/* What only a crash would tell. */
static const enum capability untested[] = { CAP_ATOMIC_DDL };

static bool run_setup(struct bench *bench, const char *setup)
{
	while (setup && *setup) {
		size_t len = strcspn(setup, ";");

		if (bench_tryf(bench, "%.*s", (int)len, setup))
			return false;
		setup += len + strspn(setup + len, "; ");
	}
	return true;
}

static bool has_effect(struct bench *bench, const char *query)
{
	struct db_result result = { 0 };

	return db_query(bench->db, &bench->arena, query, &result) && result.rows.n == 1 &&
	       strcmp(result.rows.items[0].cells[0], "0") != 0;
}

static bool is_shown(struct bench *bench, const char *words)
{
	struct db_result result = { 0 };

	return db_query(bench->db, &bench->arena, "show create table t", &result) &&
	       result.rows.n == 1 && strstr(result.rows.items[0].cells[1], words);
}

static const char *support_word(enum support support)
{
	return support == SUPPORT_YES ? "yes" : support == SUPPORT_IGNORED ? "ignored" : "refused";
}

static void run_probe(struct bench *bench, const struct probe *probe)
{
	enum support want = server_can(bench->server, probe->capability), got;
	bool mariadb = bench->server->flavour == FLAVOUR_MARIADB;
	const char *statement = mariadb && probe->mariadb ? probe->mariadb : probe->statement;
	const char *name = capability_text(probe->capability);
	unsigned number;

	bench_tryf(bench, "drop database %s", bench->database);
	bench_tryf(bench, "create database %s character set utf8mb4", bench->database);
	bench_tryf(bench, "use %s", bench->database);
	if (!run_setup(bench, probe->setup)) {
		printf("# %s: nothing here to try it on\n", name);
		return;
	}
	number = bench_try(bench, statement);
	if (probe->how == BY_REFUSAL)
		got = number ? SUPPORT_YES : SUPPORT_REFUSED;
	else if (number)
		got = SUPPORT_REFUSED;
	else if ((probe->how == BY_EFFECT && !has_effect(bench, probe->effect)) ||
		 (probe->how == BY_SHOWN && !is_shown(bench, probe->effect)))
		got = want == SUPPORT_REFUSED ? SUPPORT_REFUSED : SUPPORT_IGNORED;
	else
		got = SUPPORT_YES;
	bench_report(bench,
		     got == want &&
			     (got != SUPPORT_REFUSED || !number ||
			      (int)number == server_refusal(bench->server, probe->capability)),
		     name, "  %s\n  %s, error %u\n  capability.def: %s, error %d", statement,
		     support_word(got), number, support_word(want),
		     server_refusal(bench->server, probe->capability));
	bench_try(bench, "set sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION'");
}

static bool is_probed(enum capability capability)
{
	for (size_t i = 0; i < sizeof(probes) / sizeof(*probes); i++)
		if (probes[i].capability == capability)
			return true;
	for (size_t i = 0; i < sizeof(untested) / sizeof(*untested); i++)
		if (untested[i] == capability)
			return true;
	return false;
}

int main(int argc, char **argv)
{
	struct bench bench = { 0 };

	if (argc == 2 && bench_open(&bench, argv[1], "capabilities_db")) {
		for (size_t i = 0; i < sizeof(probes) / sizeof(*probes); i++)
			run_probe(&bench, &probes[i]);
		for (unsigned i = 0; i < CAP_COUNT; i++)
			if (!is_probed((enum capability)i))
				bench_report(&bench, false, capability_text((enum capability)i),
					     "  has no probe");
	}
	return bench_close(&bench);
}
