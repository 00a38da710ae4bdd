/* Items, types, partitions, operations, expressions: what parses, what is said of the rest. */
#include "tests/unit/syntax/parsing.h"

struct row { enum start start; const char *text, *expected; };

static const struct row rows[] = {
	{ MODEL_EXPR,
	  "a + b * c - -1",
	  "a + b * c - -1" },
	{ MODEL_EXPR,
	  "a not in (1, 2) and b between 1 and 2 or c is not null xor d",
	  "a not in (1, 2) and b between 1 and 2 or c is not null xor d" },
	{ MODEL_EXPR,
	  "case a when 1 then 'x' else 'y' end",
	  "case a when 1 then 'x' else 'y' end" },
	{ MODEL_EXPR,
	  "case when a > 1 then 'x' when b then c end",
	  "case when a > 1 then 'x' when b then c end" },
	{ MODEL_EXPR,
	  "cast(a->'$.x' as char(10) charset utf8mb4 array)",
	  "cast(a->'$.x' as char(10) charset utf8mb4 array)" },
	{ MODEL_EXPR,
	  "cast(a as unsigned integer) + convert(b, decimal(10,2)) + convert(c "
	  "using utf8mb4)",
	  "cast(a as unsigned) + cast(b as decimal(10,2)) + convert(c using utf8mb4)" },
	{ MODEL_EXPR,
	  "date_add(a, interval 1 + 2 day) > now() - interval '1' hour",
	  "date_add(a, interval (1 + 2) day) > now() - interval '1' hour" },
	{ MODEL_EXPR,
	  "name like 'x%' escape '!' and b regexp 'y' and c not like 'z'",
	  "name like 'x%' escape '!' and b regexp 'y' and c not like 'z'" },
	{ MODEL_EXPR,
	  "a ->> '$.x' member of ('[1]')",
	  "a->>'$.x' member of ('[1]')" },
	{ MODEL_EXPR,
	  "trim(both 'x' from y) = trim(leading from z)",
	  "trim(both 'x' from y) = trim(leading from z)" },
	{ MODEL_EXPR,
	  "substring(a from 2 for 3) = position('a' in b)",
	  "substring(a, 2, 3) = locate('a', b)" },
	{ MODEL_EXPR,
	  "extract(year from d) + timestampdiff(month, a, b)",
	  "extract(year from d) + timestampdiff(month, a, b)" },
	{ MODEL_EXPR,
	  "char(65, 66 using utf8mb4)",
	  "char(65, 66 using utf8mb4)" },
	{ MODEL_EXPR,
	  "current_timestamp + interval 1 month",
	  "current_timestamp + interval 1 month" },
	{ MODEL_EXPR,
	  "json_value(a, '$.x' returning signed null on empty)",
	  "json_value(a, '$.x' returning signed null on empty)" },
	{ MODEL_EXPR,
	  "_utf8mb4'a' collate utf8mb4_bin = n'x'",
	  "_utf8mb4'a' collate utf8mb4_bin = _utf8mb3'x'" },
	{ MODEL_EXPR,
	  "date'2020-01-01' < x'4D' | b'01' ^ 0x1F",
	  "date'2020-01-01' < 0x4D | b'01' ^ 0x1F" },
	{ MODEL_EXPR,
	  "(a, b) = (1, 2) and row(1,2) = c",
	  "(a, b) = (1, 2) and (1, 2) = c" },
	{ MODEL_EXPR,
	  "db.t.c = t.c",
	  "db.t.c = t.c" },
	{ MODEL_EXPR,
	  "`select` + `a``b`",
	  "select + `a``b`" },
	{ MODEL_EXPR,
	  "count(*) + interval(1, 2, 3)",
	  "count(*) + interval(1, 2, 3)" },
	{ MODEL_EXPR,
	  "a sounds like b or not a is true",
	  "a sounds like b or not (a is true)" },
	{ MODEL_EXPR,
	  "if(a, b, c) + left(a, 1) + char_length(x) + mod(a, b) + a mod b",
	  "if(a, b, c) + left(a, 1) + char_length(x) + mod(a, b) + a mod b" },
	{ MODEL_EXPR,
	  "cast(a at time zone '+00:00' as datetime(3))",
	  "cast(a at time zone '+00:00' as datetime(3))" },
	{ MODEL_EXPR,
	  "binary a = !b",
	  "binary a = (!b)" },
	{ MODEL_EXPR,
	  "now() + ~a << 2 & 3",
	  "now() + ~a << 2 & 3" },
	{ MODEL_EXPR,
	  "status = 'a' || type && x",
	  "(status = 'a') || (type && x)" },
	{ MODEL_EXPR,
	  "a <=> b != c",
	  "(a <=> b) <> c" },
	{ MODEL_EXPR,
	  "'a' 'b' \"c\"\"d\" 'e\\'f'",
	  "'abc\"de''f'" },
	{ MYSQL_EXPR,
	  "(`a` = _utf8mb4\\'it\\\\\\'s\\')",
	  "a = _utf8mb4'it''s'" },
	{ MYSQL_EXPR,
	  "(json_unquote(json_extract(`doc`,_utf8mb4\\'$.a\\')) = 'x')",
	  "json_unquote(json_extract(doc, _utf8mb4'$.a')) = 'x'" },
	{ MYSQL_EXPR,
	  "(0 <> `idx\\'y17`)",
	  "0 <> `idx'y17`" },
	{ MYSQL_EXPR,
	  "(`a\\'b` = _utf8mb4\\'back\\\\\\\\slash\\')",
	  "`a'b` = _utf8mb4'back\\\\slash'" },
	{ MYSQL_EXPR,
	  "(`a\\\\b` + 1)",
	  "`a\\b` + 1" },
	{ MYSQL_EXPR,
	  "(`a` = 'it\\\\s')",
	  "a = 'it\\\\s'" },
	{ MARIADB_EXPR,
	  "json_value(`a`,'$.b') and octet_length(`x`) > 1",
	  "json_value(a, '$.b') and octet_length(x) > 1" },
	{ MODEL_EXPR,
	  "((((a",
	  NULL },
	{ MODEL_EXPR,
	  "1 2",
	  NULL },
	{ ITEM,
	  "id bigint(20) unsigned auto_increment primary key comment '编号'",
	  "id bigint(20) unsigned auto_increment primary key comment '编号'" },
	{ ITEM,
	  "KEY idx_a (a, b(10) desc, (lower(c)))",
	  "index idx_a (a, b(10) desc, (lower(c)))" },
	{ ITEM,
	  "UNIQUE KEY `u` (`a`) USING BTREE COMMENT 'x' INVISIBLE",
	  "unique u (a) invisible using BTREE comment 'x'" },
	{ ITEM,
	  "KEY idx USING HASH (a)",
	  "index idx (a) using HASH" },
	{ ITEM,
	  "CONSTRAINT n FOREIGN KEY (a, b) REFERENCES db.t (c, d) ON DELETE SET "
	  "NULL ON UPDATE NO ACTION",
	  "foreign key n (a, b) references db.t (c, d) on delete set null on "
	  "update no action" },
	{ ITEM,
	  "CONSTRAINT `c` CHECK ((`a` > 0)) NOT ENFORCED",
	  "check c (a > 0) not enforced" },
	{ ITEM,
	  "CONSTRAINT PRIMARY KEY (a)",
	  "primary key (a)" },
	{ ITEM,
	  "a VARCHAR(10) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT "
	  "'x' COMMENT 'y'",
	  "a varchar(10) charset utf8mb4 collate utf8mb4_bin not null default "
	  "'x' comment 'y'" },
	{ ITEM,
	  "a int GENERATED ALWAYS AS (b + 1) STORED NOT NULL",
	  "a int as (b + 1) stored not null" },
	{ ITEM,
	  "a double precision default -1.5 not null",
	  "a double not null default -1.5" },
	{ ITEM,
	  "a timestamp default current_timestamp on update current_timestamp(3)",
	  "a timestamp default current_timestamp on update current_timestamp(3)" },
	{ ITEM,
	  "a timestamp(3) DEFAULT NOW() ON UPDATE NOW()",
	  "a timestamp(3) default now() on update now()" },
	{ ITEM,
	  "a enum('x','y') default 'x' null",
	  "a enum('x', 'y') null default 'x'" },
	{ ITEM,
	  "status like db.t.c was old",
	  "status like db.t.c was old" },
	{ ITEM,
	  "a references t (b) on delete cascade on update restrict comment 'x'",
	  "a references t (b) on delete cascade on update restrict comment 'x'" },
	{ ITEM,
	  "a json default (json_object('a', 1)) check (json_valid(a))",
	  "a json default (json_object('a', 1)) check (json_valid(a))" },
	{ ITEM,
	  "a bit(1) default b'0' invisible",
	  "a bit(1) default b'0' invisible" },
	{ ITEM,
	  "a uuid default uuid()",
	  "a uuid default uuid()" },
	{ ITEM,
	  "period for system_time (a, b)",
	  "period for system_time (a, b)" },
	{ ITEM,
	  "primary key (id, p without overlaps)",
	  "primary key (id, p without overlaps)" },
	{ ITEM,
	  "fulltext index ft (a, b) with parser ngram",
	  "fulltext ft (a, b) with parser ngram" },
	{ ITEM,
	  "vector index (v) m=8 distance=cosine",
	  "vector (v) distance cosine m 8" },
	{ ITEM,
	  "use timestamps",
	  "use timestamps" },
	{ ITEM,
	  "a geometry srid 4326 not null",
	  "a geometry srid 4326 not null" },
	{ ITEM,
	  "a datetime(6) generated always as row start invisible",
	  "a datetime(6) invisible as row start" },
	{ ITEM,
	  "a int backfill (1 + 1) unique",
	  "a int unique backfill (1 + 1)" },
	{ ITEM,
	  "a char(3) ASCII not null",
	  "a char(3) charset latin1 not null" },
	{ ITEM,
	  "a varchar(3) unicode",
	  "a varchar(3) charset ucs2" },
	{ ITEM,
	  "a char(3) byte",
	  "a char(3) charset binary" },
	{ ITEM,
	  "a char byte",
	  "a binary" },
	{ ITEM,
	  "a `null` null",
	  "a `null` null" },
	{ TYPE,
	  "INT(11) UNSIGNED ZEROFILL",
	  "int(11) unsigned zerofill" },
	{ TYPE,
	  "enum('a','b''c')",
	  "enum('a', 'b''c')" },
	{ TYPE,
	  "varchar(10) charset utf8mb4 collate utf8mb4_bin",
	  "varchar(10) charset utf8mb4 collate utf8mb4_bin" },
	{ TYPE,
	  "national character varying(10)",
	  "national varchar(10)" },
	{ PARTITION,
	  "partition by range (year(a)) partitions 2 (partition p0 values less "
	  "than (2020) engine=InnoDB comment='x', partition p1 values less than "
	  "maxvalue)",
	  "partition by range (year(a)) partitions 2 (partition p0 values less "
	  "than (2020) engine InnoDB comment 'x', partition p1 values less than "
	  "maxvalue)" },
	{ PARTITION,
	  "partition by list columns (a, b) (partition p0 values in ((1,2),(3,4)), "
	  "partition p1 values in ((5,6)))",
	  "partition by list columns (a, b) (partition p0 values in ((1, 2), "
	  "(3, 4)), partition p1 values in ((5, 6)))" },
	{ PARTITION,
	  "partition by range (a) (partition p0 values less than MAXVALUE (subpartition s0, "
	  "subpartition s1))",
	  "partition by range (a) (partition p0 values less than maxvalue (subpartition s0, "
	  "subpartition s1))" },
	{ PARTITION,
	  "partition by hash (a) (partition p0 page_compressed=1 encrypted=yes)",
	  "partition by hash (a) (partition p0 page_compressed 1 encrypted yes)" },
	{ PARTITION,
	  "partition by system_time limit 1000 (\n"
	  "    partition p0 history,\n"
	  "    partition pn current)",
	  "partition by system_time limit 1000 (partition p0 history, partition pn current)" },
	{ PARTITION,
	  "partition by system_time interval (1 + 1) week starts '2020-01-01' auto partitions 3",
	  "partition by system_time interval (1 + 1) week starts '2020-01-01' auto partitions 3" },
	{ PARTITION,
	  "partition by linear key algorithm=2 (a, b) partitions 4",
	  "partition by linear key algorithm = 2 (a, b) partitions 4" },
	{ PARTITION,
	  "partition by range columns (a, b) (partition p0 values less than (1, "
	  "maxvalue), partition p1 values less than (maxvalue, maxvalue))",
	  "partition by range columns (a, b) (partition p0 values less than (1, "
	  "maxvalue), partition p1 values less than (maxvalue, maxvalue))" },
	{ PARTITION,
	  "partition by range (a) subpartition by hash (b) subpartitions 2 (partition "
	  "p0 values less than (1) (subpartition s0 data directory='/x', subpartition "
	  "s1), partition p1 values less than (2) (subpartition s2, subpartition "
	  "s3))",
	  "partition by range (a) subpartition by hash (b) subpartitions 2 (partition "
	  "p0 values less than (1) (subpartition s0 data directory '/x', subpartition "
	  "s1), partition p1 values less than (2) (subpartition s2, subpartition "
	  "s3))" },
	{ PARTITION,
	  "partition by system_time interval 1 month auto partitions 3",
	  "partition by system_time interval 1 month auto partitions 3" },
	{ PARTITION,
	  "partition by system_time limit 1000 (partition p0 history, partition "
	  "p1 current)",
	  "partition by system_time limit 1000 (partition p0 history, partition "
	  "p1 current)" },
	{ PARTITION,
	  "partition by list (a) (partition p0 default)",
	  "partition by list (a) (partition p0 default)" },
	{ PARTITION,
	  "partition by range (to_days(a)) managed externally",
	  "partition by range (to_days(a)) managed externally" },
	{ OP,
	  "create table t engine innodb { a int, primary key (a) }",
	  "create table t engine innodb {\n"
	  "    a int\n"
	  "    primary key (a)\n"
	  "}" },
	{ OP,
	  "rename table a to b",
	  "rename table a to b" },
	{ OP,
	  "alter table t: add a int null first",
	  "alter table t: add a int null first" },
	{ OP,
	  "alter table t: add a int default 1 after b",
	  "alter table t: add a int default 1 after b" },
	{ OP,
	  "alter table t: drop index x (a)",
	  "alter table t: drop index x (a)" },
	{ OP,
	  "alter table t: alter a int to a bigint unsigned",
	  "alter table t: alter a int to a bigint unsigned" },
	{ OP,
	  "alter table t: rename column a to b",
	  "alter table t: rename column a to b" },
	{ OP,
	  "alter table t: rename index `a b` to b",
	  "alter table t: rename index `a b` to b" },
	{ OP,
	  "alter table t: move a after b to first",
	  "alter table t: move a after b to first" },
	{ OP,
	  "alter table t: set comment 'a' to comment 'b'",
	  "alter table t: set comment 'a' to comment 'b'" },
	{ OP,
	  "alter table t: set none to comment 'b'",
	  "alter table t: set none to comment 'b'" },
	{ OP,
	  "alter table t: set charset utf8mb4 collate utf8mb4_bin to none",
	  "alter table t: set charset utf8mb4 collate utf8mb4_bin to none" },
	{ OP,
	  "alter table t: partition by hash (a) partitions 4 to none",
	  "alter table t: partition by hash (a) partitions 4 to none" },
	{ OP,
	  "alter table t: none to partition by hash (a) partitions 4",
	  "alter table t: none to partition by hash (a) partitions 4" },
};

TEST(what_parses)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_prints(rows[i].start, rows[i].text, rows[i].expected);
}

static const struct row errors[] = {
	{ ITEM,
	  "a int defualt 0",
	  "error: a column has no attribute 'defualt' [syntax]\n"
	  "  --> t:1:7\n"
	  "   1 | a int defualt 0\n"
	  "     |       ^~~~~~~\n"
	  "hint: did you mean 'default'?\n" },
	{ ITEM,
	  "a int engine innodb",
	  "error: 'engine' belongs to a table, not to a column [syntax]\n"
	  "  --> t:1:7\n"
	  "   1 | a int engine innodb\n"
	  "     |       ^~~~~~\n" },
	{ ITEM,
	  "a int constraint c check (a > 0)",
	  "error: 'constraint' does not fit here, expected the end of the line, "
	  "'references', an attribute or '(' [syntax]\n"
	  "  --> t:1:7\n"
	  "   1 | a int constraint c check (a > 0)\n"
	  "     |       ^~~~~~~~~~\n"
	  "hint: a constraint with a name is an item of its own\n" },
	{ ITEM,
	  "key varchar(10)",
	  "error: '10' does not fit here, expected a name or '(' [syntax]\n"
	  "  --> t:1:13\n"
	  "   1 | key varchar(10)\n"
	  "     |             ^~\n"
	  "hint: a column called 'key' is written in backquotes\n" },
	{ ITEM,
	  "foreign key (a)",
	  "error: this foreign key does not say what it references [syntax]\n"
	  "  --> t:1:1\n"
	  "   1 | foreign key (a)\n"
	  "     | ^~~~~~~~~~~~~~~\n"
	  "hint: references TABLE (COLUMNS), on the same line\n" },
	{ ITEM,
	  "foreign key (a) referencs t",
	  "error: 'referencs' does not fit here, expected 'references' [syntax]\n"
	  "  --> t:1:17\n"
	  "   1 | foreign key (a) referencs t\n"
	  "     |                 ^~~~~~~~~\n"
	  "hint: did you mean 'references'?\n" },
	{ ITEM,
	  "check (a > 0",
	  "error: this parenthesis is never closed [syntax]\n"
	  "  --> t:1:7\n"
	  "   1 | check (a > 0\n"
	  "     |       ^\n" },
	{ ITEM,
	  "check (lower(a) = 'x'",
	  "error: this parenthesis is never closed [syntax]\n"
	  "  --> t:1:7\n"
	  "   1 | check (lower(a) = 'x'\n"
	  "     |       ^\n" },
	{ ITEM,
	  "a unsigned",
	  "error: 'unsigned' does not fit here, expected a type, 'like' or 'references' [syntax]\n"
	  "  --> t:1:3\n"
	  "   1 | a unsigned\n"
	  "     |   ^~~~~~~~\n" },
	{ ITEM,
	  "a char(3) collation utf8mb4_bin",
	  "error: a column has no attribute 'collation' [syntax]\n"
	  "  --> t:1:11\n"
	  "   1 | a char(3) collation utf8mb4_bin\n"
	  "     |           ^~~~~~~~~\n"
	  "hint: did you mean 'collate'?\n" },
	{ ITEM,
	  "a int default",
	  "error: this ends too early, expected a value [syntax]\n"
	  "  --> t:1:7\n"
	  "   1 | a int default\n"
	  "     |       ^~~~~~~\n" },
	{ ITEM,
	  "a int comment 'x",
	  "error: this string is never closed [syntax]\n"
	  "  --> t:1:15\n"
	  "   1 | a int comment 'x\n"
	  "     |               ^~\n"
	  "hint: close it with '\n" },
	{ ITEM,
	  "`a int",
	  "error: this name is never closed [syntax]\n"
	  "  --> t:1:1\n"
	  "   1 | `a int\n"
	  "     | ^~~~~~\n"
	  "hint: close it with `\n" },
	{ ITEM,
	  "a int /*!50100 null */",
	  "error: a comment that servers run can't be kept [syntax]\n"
	  "  --> t:1:7\n"
	  "   1 | a int /*!50100 null */\n"
	  "     |       ^~~~~~~~~~~~~~~~\n"
	  "hint: write what is in it as an attribute, or take it away\n" },
	{ ITEM,
	  "a int /*+ x */ null",
	  "error: optimizer hints can't be kept [syntax]\n"
	  "  --> t:1:7\n"
	  "   1 | a int /*+ x */ null\n"
	  "     |       ^~~~~~~~\n"
	  "hint: take it away, or write a blank before the +\n" },
	{ ITEM,
	  "a int /* x",
	  "error: this comment is never closed [syntax]\n"
	  "  --> t:1:7\n"
	  "   1 | a int /* x\n"
	  "     |       ^~\n"
	  "hint: close it with */\n" },
	{ ITEM,
	  "a int $ as",
	  "error: a column has no attribute '$' [syntax]\n"
	  "  --> t:1:7\n"
	  "   1 | a int $ as\n"
	  "     |       ^\n" },
	{ ITEM,
	  "constraint a foreign key b (x) references t",
	  "error: this has two names, 'a' and 'b' [syntax]\n"
	  "  --> t:1:26\n"
	  "   1 | constraint a foreign key b (x) references t\n"
	  "     |                          ^\n"
	  "hint: leave out one of them\n" },
	{ ITEM,
	  "index x (a(0))",
	  "error: an index can't have 0 characters of a column [syntax]\n"
	  "  --> t:1:12\n"
	  "   1 | index x (a(0))\n"
	  "     |            ^\n" },
	{ ITEM,
	  "a int as b",
	  "error: as takes an expression in parentheses [syntax]\n"
	  "  --> t:1:10\n"
	  "   1 | a int as b\n"
	  "     |          ^\n"
	  "hint: as (…)\n" },
	{ ITEM,
	  "a references t on delete cascade on delete restrict",
	  "error: 'on delete' is said twice [syntax]\n"
	  "  --> t:1:34\n"
	  "   1 | a references t on delete cascade on delete restrict\n"
	  "     |                                  ^~~~~~~~~~~~~~~~~~\n" },
	{ ITEM,
	  "a enum(x)",
	  "error: 'x' does not fit here, expected a string, a number, 'null' "
	  "or ')' [syntax]\n"
	  "  --> t:1:8\n"
	  "   1 | a enum(x)\n"
	  "     |        ^\n" },
	{ ITEM,
	  "a x'0g'",
	  "error: x'…' has digits between its quotes [syntax]\n"
	  "  --> t:1:3\n"
	  "   1 | a x'0g'\n"
	  "     |   ^~~~~\n" },
	{ TYPE,
	  "varchar(10) nulll",
	  "error: a type has no attribute 'nulll' [syntax]\n"
	  "  --> t:1:13\n"
	  "   1 | varchar(10) nulll\n"
	  "     |             ^~~~~\n"
	  "hint: did you mean 'null'?\n" },
	{ PARTITION,
	  "partition by range (a) (partition p0 valuez less than (1))",
	  "error: 'valuez' does not fit here [syntax]\n"
	  "  --> t:1:38\n"
	  "   1 | partition by range (a) (partition p0 valuez less than (1))\n"
	  "     |                                      ^~~~~~\n"
	  "hint: did you mean 'values'?\n" },
	{ PARTITION,
	  "partition by list (a) partitions x",
	  "error: 'x' does not fit here, expected a number [syntax]\n"
	  "  --> t:1:34\n"
	  "   1 | partition by list (a) partitions x\n"
	  "     |                                  ^\n" },
	{ OP,
	  "alter table t: add partition x",
	  "error: 'partition' does not fit here [syntax]\n"
	  "  --> t:1:20\n"
	  "   1 | alter table t: add partition x\n"
	  "     |                    ^~~~~~~~~\n" },
	{ OP,
	  "alter table t: frob a",
	  "error: 'frob' does not fit here [syntax]\n"
	  "  --> t:1:16\n"
	  "   1 | alter table t: frob a\n"
	  "     |                ^~~~\n" },
	{ OP,
	  "alter a",
	  "error: 'alter' does not fit here, expected 'create', 'drop table', "
	  "'rename table' or 'alter table' [syntax]\n"
	  "  --> t:1:1\n"
	  "   1 | alter a\n"
	  "     | ^~~~~\n"
	  "hint: did you mean 'alter'?\n" },
	{ OP,
	  "create schema x { engine InnoDB }",
	  "error: only tables and other objects are created and dropped [syntax]\n"
	  "  --> t:1:8\n"
	  "   1 | create schema x { engine InnoDB }\n"
	  "     |        ^~~~~~~~~~~~~~~~~~~~~~~~~~\n" },
};

TEST(what_does_not)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
		assert_null(print(errors[i].start, errors[i].text, strlen(errors[i].text)));
		assert_string_equal(said(), errors[i].expected);
	}
}
static void assert_span(struct span span, const char *text)
{
	assert_int_equal(span.end - span.start, strlen(text));
	assert_memory_equal(span.src->text + span.start, text, strlen(text));
}

TEST(references_begin_at_the_table)
{
	const struct tree_item *item;
	const struct tree_attr *attr;

	item = parse(ITEM, ctx_source(&ctx, "t", "foreign key (a) references p (k, l)", 35), NULL);
	assert_span(item->reference.span, "p (k, l)");
	item = parse(ITEM, ctx_source(&ctx, "t", "a references d.p null", 21), NULL);
	attr = tree_find_attr(&item->attrs, ATTR_REFERENCES);
	assert_span(attr->span, "references d.p");
	assert_span(attr->reference->span, "d.p");
	item = parse(ITEM, ctx_source(&ctx, "t", "a int references p (b) null", 27), NULL);
	attr = tree_find_attr(&item->attrs, ATTR_REFERENCES);
	assert_span(attr->span, "references p (b)");
	assert_span(attr->reference->span, "p (b)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define ONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
		ONE(what_parses),
		ONE(what_does_not),
		ONE(references_begin_at_the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
