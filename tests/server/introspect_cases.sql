-- The tables of test_introspect: SQL, and below the arrow what is read of it, in the notation of
-- print_table. $ is the table's name, $$ a dollar. The database is utf8mb4_unicode_ci.
--
-- -- case: NAME SERVERS
-- SERVERS: as in loop_cases.model.

-- case: integers
create table $ (a tinyint, b smallint unsigned, c mediumint not null, d int, e bigint unsigned);
-->
a tinyint null
b smallint unsigned null
c mediumint
d int null
e bigint unsigned null

-- case: widths m56 mariadb
create table $ (a tinyint(1), b int(5), c int(5) zerofill, d bigint zerofill, e tinyint(2), f
    bool, g year, h year(4), i bit, j bit(8));
-->
a tinyint(1) null
b int(5) null
c int(5) unsigned zerofill null
d bigint(20) unsigned zerofill null
e tinyint(2) null
f tinyint(1) null
g year null
h year null
i bit(1) null
j bit(8) null

-- case: widths_dropped m8
create table $ (a tinyint(1), b int(5), c int(5) zerofill, d bigint zerofill, e tinyint(2), f
    bool, g year, h year(4), i bit, j bit(8));
-->
a tinyint(1) null
b int null
c int(5) unsigned zerofill null
d bigint(20) unsigned zerofill null
e tinyint null
f tinyint(1) null
g year null
h year null
i bit(1) null
j bit(8) null

-- case: decimals
create table $ (a decimal, b decimal(12,2) unsigned, c numeric(5), d float, e double, f
    float(7,3), g double(10,2), h real, i float(30), j decimal(65,30));
-->
a decimal(10,0) null
b decimal(12,2) unsigned null
c decimal(5,0) null
d float null
e double null
f float(7,3) null
g double(10,2) null
h double null
i double null
j decimal(65,30) null

-- case: times
create table $ (a date, b time, c time(3), d datetime, e datetime(6), f timestamp null, g
    timestamp(2) null);
-->
a date null
b time null
c time(3) null
d datetime null
e datetime(6) null
f timestamp null
g timestamp(2) null

-- case: strings
create table $ (a char, b char(20), c varchar(255), d tinytext, e text, f mediumtext, g longtext);
-->
a char(1) utf8mb4/utf8mb4_unicode_ci null
b char(20) utf8mb4/utf8mb4_unicode_ci null
c varchar(255) utf8mb4/utf8mb4_unicode_ci null
d tinytext utf8mb4/utf8mb4_unicode_ci null
e text utf8mb4/utf8mb4_unicode_ci null
f mediumtext utf8mb4/utf8mb4_unicode_ci null
g longtext utf8mb4/utf8mb4_unicode_ci null

-- case: binaries
create table $ (a binary, b binary(16), c varbinary(100), d tinyblob, e blob, f mediumblob, g
    longblob, h char(3) character set binary, i text character set binary);
-->
a binary(1) null
b binary(16) null
c varbinary(100) null
d tinyblob null
e blob null
f mediumblob null
g longblob null
h binary(3) null
i blob null

-- case: charsets
create table $ (a varchar(9) character set latin1, b varchar(9) collate utf8mb4_bin, c
    varchar(9) character set utf8 collate utf8_unicode_ci, d enum('x') character set ascii, e
    text character set latin1 collate latin1_bin) character set latin1 collate
    latin1_general_ci;
-->
a varchar(9) latin1/latin1_swedish_ci null
b varchar(9) utf8mb4/utf8mb4_bin null
c varchar(9) utf8mb3/utf8mb3_unicode_ci null
d enum('x') ascii/ascii_general_ci null
e text latin1/latin1_bin null

-- case: table_charset
create table $ (a varchar(9), b varchar(9) collate latin1_bin) character set latin1 collate
    latin1_general_ci;
-->
a varchar(9) latin1/latin1_general_ci null
b varchar(9) latin1/latin1_bin null

-- case: enums
create table $ (a enum('a','b''c','d\\e','中,文',' x ') not null, b set('x','y(1)'), c enum('')
    null);
-->
a enum('a','b''c','d\\e','中,文',' x') utf8mb4/utf8mb4_unicode_ci
b set('x','y(1)') utf8mb4/utf8mb4_unicode_ci null
c enum('') utf8mb4/utf8mb4_unicode_ci null

-- case: spatial_types
create table $ (a geometry, b point not null, c linestring, d polygon, e multipoint, f
    multilinestring, g multipolygon, h geometrycollection);
-->
a geometry null
b point
c linestring null
d polygon null
e multipoint null
f multilinestring null
g multipolygon null
h geometrycollection null

-- case: srid_mysql m8
create table $ (a point not null srid 4326, b geometry srid 0, c point);
-->
a point srid 4326
b geometry srid 0 null
c point null

-- case: srid_mariadb mariadb
create table $ (a point ref_system_id=4326 not null, b geometry);
-->
a point srid 4326
b geometry null

-- case: json_type modern
create table $ (a json, b json not null);
-->
a json null
b json

-- case: json_by_hand mariadb
create table $ (a longtext character set utf8mb4 collate utf8mb4_bin check (json_valid(a)), b
    longtext collate utf8mb4_bin, c longtext check (json_valid(c)), d longtext collate
    utf8mb4_bin check (json_valid(b)));
-->
a json null
b longtext utf8mb4/utf8mb4_bin null
c longtext utf8mb4/utf8mb4_unicode_ci null check (json_valid(c))
d longtext utf8mb4/utf8mb4_bin null check (json_valid(b))

-- case: json_swapped mariadb
create table $ (a json, b text character set utf8mb4 collate utf8mb4_bin);
alter table $ change a x json, change b a text character set utf8mb4 collate utf8mb4_bin;
-->
x json null
a text utf8mb4/utf8mb4_bin null

-- case: json_own_check mariadb
create table $ (a json check (json_length(a) > 1));
-->
a longtext utf8mb4/utf8mb4_bin null check (json_length(a) > 1)

-- case: uuids d11
create table $ (a uuid, b inet4, c inet6 not null);
-->
a uuid null
b inet4 null
c inet6

-- case: vectors m8 d11
create table $ (a vector(3) not null);
-->
a vector(3)

-- case: nullability
create table $ (a int, b int null, c int not null);
-->
a int null
b int null
c int

-- case: comments
create table $ (a int comment 'it''s "x" \\n 中', b int comment '') comment 'tab''le 中';
-->
table InnoDB comment 'tab'le 中'
a int null comment 'it's "x" \n 中'
b int null

-- case: auto
create table $ (id bigint unsigned not null auto_increment, primary key (id)) auto_increment=100;
-->
id bigint unsigned auto_increment
primary (id)

-- case: names
create table $ (`a b` int, `select` int, `用户` int, `x``y` int, `A` int, key `k``1` (`x``y`));
-->
a b int null
select int null
用户 int null
x`y int null
A int null
index k`1 (x`y)

-- case: many
create table $ (c1 int, c2 int, c3 int, c4 int, c5 int, c6 int, c7 int, c8 int, c9 int, c10 int,
    c11 int);
-->
c1 int null
c2 int null
c3 int null
c4 int null
c5 int null
c6 int null
c7 int null
c8 int null
c9 int null
c10 int null
c11 int null

-- case: hidden_mysql m8
create table $ (a int, b int invisible default 3, c int as (a + 1) invisible);
-->
a int null
b int null invisible default '3'
c int null invisible as (a + 1) virtual

-- case: hidden_mariadb mariadb
create table $ (a int, b int invisible default 3, c int as (a + 1) virtual invisible);
-->
a int null
b int null invisible default '3'
c int null invisible as (a + 1) virtual

-- case: generated_key m8
set session sql_generate_invisible_primary_key = 1;
create table $ (a int);
set session sql_generate_invisible_primary_key = 0;
-->
my_row_id bigint unsigned auto_increment invisible
a int null
primary (my_row_id)

-- case: compressed_column mariadb
create table $ (a varchar(100) compressed, b text compressed);
-->
a varchar(100) utf8mb4/utf8mb4_unicode_ci null compressed
b text utf8mb4/utf8mb4_unicode_ci null compressed

-- case: number_defaults
create table $ (a int default 5, b int not null default -7, c decimal(12,2) default -1.5, d
    float default 1.5, e double(10,2) default 3, f bigint unsigned zerofill default 5, g
    tinyint(1) default 1, h year default 2020, i int default 0, j decimal(5,2) default 0);
-->
a int null default '5'
b int default '-7'
c decimal(12,2) null default '-1.50'
d float null default '1.5'
e double(10,2) null default '3.00'
f bigint(20) unsigned zerofill null default '5'
g tinyint(1) null default '1'
h year null default '2020'
i int null default '0'
j decimal(5,2) null default '0.00'

-- case: string_defaults
create table $ (a varchar(30) default 'x', b varchar(30) not null default '', c varchar(30)
    default 'it''s "a\\b\n', d varchar(30) default 'NULL', e char(3) default 'ab ', f
    varchar(30) default 'CURRENT_TIMESTAMP', g varchar(30) default '中', h varchar(9) default
    '5');
-->
a varchar(30) utf8mb4/utf8mb4_unicode_ci null default 'x'
b varchar(30) utf8mb4/utf8mb4_unicode_ci default ''
c varchar(30) utf8mb4/utf8mb4_unicode_ci null default 'it's "a\b
'
d varchar(30) utf8mb4/utf8mb4_unicode_ci null default 'NULL'
e char(3) utf8mb4/utf8mb4_unicode_ci null default 'ab'
f varchar(30) utf8mb4/utf8mb4_unicode_ci null default 'CURRENT_TIMESTAMP'
g varchar(30) utf8mb4/utf8mb4_unicode_ci null default '中'
h varchar(9) utf8mb4/utf8mb4_unicode_ci null default '5'

-- case: enum_defaults
create table $ (a enum('a','b''c') not null default 'b''c', b set('x','y') default 'x,y', c
    set('x','y') not null default '');
-->
a enum('a','b''c') utf8mb4/utf8mb4_unicode_ci default 'b'c'
b set('x','y') utf8mb4/utf8mb4_unicode_ci null default 'x,y'
c set('x','y') utf8mb4/utf8mb4_unicode_ci default ''

-- case: bit_defaults
create table $ (a bit(5) default b'101', b bit(1) not null default 0);
-->
a bit(5) null default b'101'
b bit(1) default b'0'

-- case: binary_defaults
create table $ (a varbinary(8) default 'abc', b varbinary(8) not null default '');
-->
a varbinary(8) null default 'abc'
b varbinary(8) default ''

-- case: binary_zero_defaults
create table $ (a varbinary(8) default x'ff00fe', b varbinary(8) default x'6100');
-->
a varbinary(8) null default x'ff00fe'
b varbinary(8) null default x'6100'

-- case: binary_odd_defaults
create table $ (a binary(4) default 0x4100FF, b binary(3) default 'ab', c varbinary(16) not null
    default 0x00080A0D1A22273F5C607F80C3A9FE, d varbinary(4) default 0xE794A8, e binary(2) not null
    default 0x0000, f varbinary(9) default 0x3F) default charset utf8mb4;
-->
a binary(4) null default x'4100ff'
b binary(3) null default 'ab'
c varbinary(16) default x'00080a0d1a22273f5c607f80c3a9fe'
d varbinary(4) null default '用'
e binary(2) default ''
f varbinary(9) null default '?'

-- case: large_defaults mariadb
create table $ (a text default 5, b blob not null default -1.5, c text default '5', d json default
    true);
-->
a text utf8mb4/utf8mb4_unicode_ci null default 5
b blob default -1.5
c text utf8mb4/utf8mb4_unicode_ci null default '5'
d json null default 1

-- case: zero_timestamp d105
create table $ (a timestamp not null default '0000-00-00 00:00:00' on update current_timestamp,
    b datetime not null on update current_timestamp);
-->
a timestamp default '0000-00-00 00:00:00' on update now
b datetime on update now

-- case: time_defaults
create table $ (a date default '2020-01-02', b datetime(3) default '2020-01-02 03:04:05.5', c
    time(2) default '10:00:00', d timestamp(6) not null default '2020-01-01 00:00:00.123', e
    datetime default '0000-00-00 00:00:00');
-->
a date null default '2020-01-02'
b datetime(3) null default '2020-01-02 03:04:05.500'
c time(2) null default '10:00:00.00'
d timestamp(6) default '2020-01-01 00:00:00.123000'
e datetime null default '0000-00-00 00:00:00'

-- case: now_defaults
create table $ (a datetime default current_timestamp, b datetime(3) not null default
    current_timestamp(3) on update current_timestamp(3), c timestamp not null default now() on
    update now(), d datetime null on update current_timestamp);
-->
a datetime null default now
b datetime(3) default now on update now
c timestamp default now on update now
d datetime null on update now

-- case: null_defaults
create table $ (a int default null, b varchar(9) null default null, c timestamp null default
    null, d text);
-->
a int null
b varchar(9) utf8mb4/utf8mb4_unicode_ci null
c timestamp null
d text utf8mb4/utf8mb4_unicode_ci null

-- case: expr_defaults_mysql m8
create table $ (a int default (1 + 1), b varchar(40) default (uuid()), c json default ('{}'), d
    text default ('abc'), e varchar(40) default (concat('a', '中')), f date default
    (current_date), g int default (5), h datetime default (now()), i varchar(9) default ('x'));
-->
a int null default (1 + 1)
b varchar(40) utf8mb4/utf8mb4_unicode_ci null default (uuid())
c json null default ('{}')
d text utf8mb4/utf8mb4_unicode_ci null default ('abc')
e varchar(40) utf8mb4/utf8mb4_unicode_ci null default (concat('a', '中'))
f date null default (curdate())
g int null default (5)
h datetime null default now
i varchar(9) utf8mb4/utf8mb4_unicode_ci null default ('x')

-- case: expr_defaults_mariadb mariadb
create table $ (a int default (1 + 1), b varchar(40) default (uuid()), c json default '{}', d
    text default 'abc', e varchar(40) default (concat('a', '中')), f date default (current_date),
    g int default (5), h datetime default (now()), i int default (-(1)), j varchar(9) default
    (null), k double default 1e10);
-->
a int null default (1 + 1)
b varchar(40) utf8mb4/utf8mb4_unicode_ci null default (uuid())
c json null default '{}'
d text utf8mb4/utf8mb4_unicode_ci null default 'abc'
e varchar(40) utf8mb4/utf8mb4_unicode_ci null default (concat('a', '中'))
f date null default (curdate())
g int null default '5'
h datetime null default now
i int null default '-1'
j varchar(9) utf8mb4/utf8mb4_unicode_ci null
k double null default '10000000000'

-- case: generated_columns modern
create table $ (a int, b varchar(20), c int as (a + 1) virtual, d varchar(50) as (concat(b,
    'it''s "x"\\', '中€')) stored, e int as (if(a > 1, 1, 0)) virtual comment 'zz');
-->
a int null
b varchar(20) utf8mb4/utf8mb4_unicode_ci null
c int null as (a + 1) virtual
d varchar(50) utf8mb4/utf8mb4_unicode_ci null as (concat(b, 'it''s "x"\\', '中€')) stored
e int null as (if(a > 1, 1, 0)) virtual comment 'zz'

-- case: checks modern
create table $ (a int, b varchar(20), constraint c1 check (a > 0), constraint c2 check (b <>
    'it''s' and a in (1,2,-3)), constraint c3 check (b like 'a%' or b is not null));
-->
a int null
b varchar(20) utf8mb4/utf8mb4_unicode_ci null
check c1 (a > 0)
check c2 (b <> 'it''s' and a in (1, 2, -3))
check c3 (b like 'a%' or b is not null)

-- case: unnamed_checks_mysql m8
create table $ (a int check (a > 1), b int, check (b > 2));
-->
a int null
b int null
check unnamed_checks_mysql_chk_1 (a > 1)
check unnamed_checks_mysql_chk_2 (b > 2)

-- case: unnamed_checks_mariadb mariadb
create table $ (a int check (a > 1), b int, check (b > 2));
-->
a int null check (a > 1)
b int null
check CONSTRAINT_1 (b > 2)

-- case: not_enforced m8
create table $ (a int, constraint ne check (a > 0) not enforced);
-->
a int null
check ne (a > 0) not enforced

-- case: ignored_checks m56
create table $ (a int check (a > 0), check (a > 1));
-->
a int null

-- case: indexes
create table $ (a int not null, b varchar(100), c text, d int not null, primary key (a, d),
    unique u2 (b), unique u1 (d, b(10)), key k2 (b, a), key k1 (c(20)) comment 'it''s', key
    (d));
-->
a int
b varchar(100) utf8mb4/utf8mb4_unicode_ci null
c text utf8mb4/utf8mb4_unicode_ci null
d int
primary (a, d)
unique u1 (d, b(10))
unique u2 (b)
index d (d)
index k1 (c(20)) comment 'it's'
index k2 (b, a)

-- case: desc_parts m8 d11
create table $ (a int, b int, key k (a desc, b));
-->
a int null
b int null
index k (a desc, b)

-- case: desc_ignored m56 d105
create table $ (a int, b int, key k (a desc, b));
-->
a int null
b int null
index k (a, b)

-- case: fulltexts modern
create table $ (a varchar(50), b text, fulltext f (a, b));
-->
a varchar(50) utf8mb4/utf8mb4_unicode_ci null
b text utf8mb4/utf8mb4_unicode_ci null
fulltext f (a, b)

-- case: parsers m8
create table $ (a text, fulltext f (a) with parser ngram comment 'x', fulltext g (a));
-->
a text utf8mb4/utf8mb4_unicode_ci null
fulltext f (a) comment 'x' with parser=ngram
fulltext g (a)

-- case: spatials modern
create table $ (a geometry not null, spatial s (a));
-->
a geometry
spatial s (a)

-- case: expression_keys m8
create table $ (a int, b varchar(20), key k ((a + 1)), key l ((lower(b)) desc, a));
-->
a int null
b varchar(20) utf8mb4/utf8mb4_unicode_ci null
index k ((a + 1))
index l ((lower(b)) desc, a)

-- case: array_keys m8
create table $ (j json, key k ((cast(j->'$$.x' as unsigned array))));
-->
j json null
index k ((cast(json_extract(j, '$.x') as unsigned array)))

-- case: invisible_keys m8
create table $ (a int, key k (a) invisible);
-->
a int null
index k (a) invisible

-- case: ignored_keys d106 d11
create table $ (a int, key k (a) ignored);
-->
a int null
index k (a) invisible

-- case: long_unique mariadb
create table $ (a text, b varchar(3000), unique u (a), unique v (b));
-->
a text utf8mb4/utf8mb4_unicode_ci null
b varchar(3000) utf8mb4/utf8mb4_unicode_ci null
unique u (a)
unique v (b)

-- case: hash_unique mariadb
create table $ (a int, unique u (a) using hash);
-->
a int null
unique u (a) using=HASH

-- case: btree_written
create table $ (a int, b int, key k (a) using btree, key l (b));
-->
a int null
b int null
index k (a) using=BTREE
index l (b)

-- case: hash_written m56 mariadb
create table $ (a int not null, b int, primary key (a) using hash, key k (b) using hash);
-->
a int
b int null
primary (a) using=HASH
index k (b) using=HASH

-- case: hash_forgotten m8
create table $ (a int not null, b int, primary key (a) using hash, key k (b) using hash);
-->
a int
b int null
primary (a)
index k (b)

-- case: memory_keys
create table $ (a int, b int, key k (a), key l (b) using btree) engine=memory;
-->
table MEMORY
a int null
b int null
index k (a)
index l (b) using=BTREE

-- case: vector_keys d11
create table $ (id int primary key, v vector(3) not null, vector k (v) m=8 distance=cosine);
-->
id int
v vector(3)
primary (id)
vector k (v) distance=cosine m=8

-- case: binary_members
create table $ (a enum('page', 'x') charset binary not null default 'page',
  b set('q', 'r') charset binary default 'q,r', c enum('0x70') charset binary null default '0x70');
-->
a enum('page','x') binary/binary default 'page'
b set('q','r') binary/binary null default 'q,r'
c enum('0x70') binary/binary null default '0x70'

-- case: fk_parent
create table $ (a int not null, b varchar(10) collate utf8mb4_bin not null, primary key (a, b),
    c int, unique (c));
-->
a int
b varchar(10) utf8mb4/utf8mb4_bin
c int null
primary (a, b)
unique c (c)

-- case: fk_child
create table $ (a int, b varchar(10) collate utf8mb4_bin, c int, key k (a, b), key l (c),
    constraint fk_two foreign key (a, b) references fk_parent (a, b) on delete cascade,
    constraint fk_one foreign key (c) references fk_parent (c) on delete set null on update
    cascade);
-->
a int null
b varchar(10) utf8mb4/utf8mb4_bin null
c int null
index k (a, b)
index l (c)
foreign fk_one (c) -> fk_parent (c) delete set null update cascade
foreign fk_two (a, b) -> fk_parent (a, b) delete cascade update restrict

-- case: fk_actions
create table $ (c int, key k (c), constraint fa foreign key (c) references fk_parent (c) on
    delete no action on update restrict);
-->
c int null
index k (c)
foreign fa (c) -> fk_parent (c) delete restrict update restrict

-- case: fk_self
create table $ (id int primary key, p int, key k (p), constraint fs foreign key (p) references $
    (id) on delete restrict on update restrict);
-->
id int
p int null
primary (id)
index k (p)
foreign fs (p) -> fk_self (id) delete restrict update restrict

-- case: fk_elsewhere
drop database if exists introspect_other;
create database introspect_other;
create table introspect_other.far (id int primary key);
create table $ (p int, key k (p), constraint fe foreign key (p) references introspect_other.far
    (id) on delete restrict on update restrict);
-->
p int null
index k (p)
foreign fe (p) -> introspect_other.far (id) delete restrict update restrict

-- case: fk_made_key
create table $ (c int, constraint fm foreign key (c) references fk_parent (c) on delete restrict
    on update restrict);
-->
c int null
index fm (c)
foreign fm (c) -> fk_parent (c) delete restrict update restrict

-- case: compressed_table
create table $ (id int primary key) row_format=compressed key_block_size=8;
-->
table InnoDB key_block_size=8 row_format=COMPRESSED
id int
primary (id)

-- case: dynamic_table
create table $ (a int) row_format=dynamic;
-->
table InnoDB row_format=DYNAMIC
a int null

-- case: stats
create table $ (a int) stats_persistent=1 stats_auto_recalc=0 stats_sample_pages=20;
-->
table InnoDB stats_persistent=1 stats_auto_recalc=0 stats_sample_pages=20
a int null

-- case: myisam
create table $ (a int) engine=myisam checksum=1 delay_key_write=1 pack_keys=1 avg_row_length=100
    min_rows=10 max_rows=1000;
-->
table MyISAM pack_keys=1 checksum=1 delay_key_write=1 avg_row_length=100 min_rows=10 max_rows=1000
a int null

-- case: aria_alone mariadb
create table $ (a int) engine=aria;
-->
table Aria
a int null

-- case: aria_unchecked mariadb
create table $ (a int) engine=aria transactional=0 page_checksum=0;
-->
table Aria page_checksum=0 transactional=0
a int null

-- case: engine_options_by_case mariadb
create table $ (a int) PAGE_COMPRESSED=yes Encrypted=NO;
-->
table InnoDB page_compressed=yes encrypted=NO
a int null

-- case: merged mariadb
create table $_a (a int) engine=myisam;
create table $_b (a int) engine=myisam;
create table $ (a int) engine=merge union=($_a, $_b) insert_method=last;
-->
table MRG_MyISAM insert_method=LAST union=(`merged_a`, `merged_b`)
a int null

-- case: merged_there mysql
create table $_a (a int) engine=myisam;
create table $_b (a int) engine=myisam;
create table $ (a int) engine=merge union=($_a, $_b) insert_method=last;
-->
table MRG_MYISAM insert_method=LAST union=(`merged_there_a`, `merged_there_b`)
a int null

-- case: column_storage mysql
create table $ (a int column_format fixed, b int storage disk comment 'storage memory', c int
    column_format dynamic storage memory not null default 3);
-->
a int null column_format=FIXED
b int null comment 'storage memory' storage=DISK
c int default '3' storage=MEMORY column_format=DYNAMIC

-- case: blocks_that_nobody_asks_for
-- MyISAM makes blocks of 3072 bytes: the next copy has 4096
create table $ (a varchar(500) charset latin1 collate latin1_bin not null, key k (a) key_block_size=1024) engine=myisam;
-->
table MyISAM
a varchar(500) latin1/latin1_bin
index k (a) key_block_size=4096

-- case: table_storage mysql
create table $ (a int) tablespace ts storage disk engine=myisam;
-->
table MyISAM tablespace=ts storage=DISK
a int null

-- case: file_per_table mysql
create table $ (a int) tablespace innodb_file_per_table row_format=compact;
-->
table InnoDB row_format=COMPACT tablespace=innodb_file_per_table
a int null

-- case: autoextended m8
create table $ (a int) autoextend_size=8M;
-->
table InnoDB autoextend_size=8388608
a int null

-- case: secondary m8
create table $ (a int not secondary, b int secondary_engine_attribute='{"b": 1}', key k (b)
    secondary_engine_attribute='{"k": "''"}') secondary_engine=rapid
    secondary_engine_attribute='{"t": 2}';
-->
table InnoDB secondary_engine_attribute={"t": 2} secondary_engine=rapid
a int null not secondary
b int null secondary_engine_attribute={"b": 1}
index k (b) secondary_engine_attribute={"k": "'"}

-- case: counted_null
create table $ (a int auto_increment null unique);
-->
a int null auto_increment
unique a (a)

-- case: aria mariadb
create table $ (a int) engine=aria transactional=1 page_checksum=1;
-->
table Aria transactional=1
a int null

-- case: paged mariadb
create table $ (a int) page_compressed=1 page_compression_level=5;
-->
table InnoDB page_compressed=1 page_compression_level=5
a int null

-- case: compression m8
create table $ (a int) compression='zlib';
-->
table InnoDB compression=zlib
a int null

-- case: versioned mariadb
create table $ (id int primary key, a int) with system versioning;
-->
table InnoDB with system versioning
id int
a int null
primary (id)

-- case: versioned_columns mariadb
create table $ (a int, b int without system versioning, rs timestamp(6) generated always as row
    start, re timestamp(6) generated always as row end, period for system_time (rs, re)) with
    system versioning;
-->
table InnoDB with system versioning
a int null
b int null without system versioning
rs timestamp(6) as row start
re timestamp(6) as row end
period system_time (rs, re)

-- case: versioned_keys mariadb
create table $ (id int primary key, a int, b int, rs bigint unsigned generated always as row start
    invisible comment 'from', re bigint unsigned generated always as row end invisible, period for
    system_time (rs, re), unique u (a), unique v (rs, b), unique w (re, b), key k (b, a)) with
    system versioning;
-->
table InnoDB with system versioning
id int
a int null
b int null
rs bigint unsigned invisible comment 'from' as row start
re bigint unsigned invisible as row end
period system_time (rs, re)
primary (id)
unique u (a)
unique v (rs, b)
unique w (re, b)
index k (b, a)

-- case: versioned_by_column mariadb
create table $ (a int, b int with system versioning, c int default 3);
-->
table InnoDB with system versioning
a int null without system versioning
b int null
c int null default '3' without system versioning

-- case: versioned_once mariadb
create table $ (a int, b int without system versioning) with system versioning;
alter table $ drop system versioning;
-->
a int null
b int null

-- case: with_period mariadb
create table $ (a int, s date, e date, period for p1 (s, e), unique u (a, p1 without overlaps));
-->
a int null
s date
e date
period p1 (s, e)
unique u (a) without overlaps=p1

-- case: with_periods mariadb
create table $ (a int, s datetime(3) not null, e datetime(3) not null, period for `p 1` (s, e),
    constraint c check (s < e), constraint `p 1` check (a > 1), constraint own check (e > s),
    primary key (a, `p 1` without overlaps) comment 'x` WITHOUT OVERLAPS)',
    rs timestamp(6) as row start, re timestamp(6) as row end, period for system_time (rs, re)) with
    system versioning;
-->
table InnoDB with system versioning
a int
s datetime(3)
e datetime(3)
rs timestamp(6) as row start
re timestamp(6) as row end
period p 1 (s, e)
period system_time (rs, re)
primary (a) comment 'x` WITHOUT OVERLAPS)' without overlaps=p 1
check c (s < e)
check own (e > s)
check p 1 (a > 1)

-- case: key_blocks mariadb m56
create table $ (a int not null, b int, primary key (a) key_block_size=4, key k (b)
    key_block_size=8 comment 'KEY_BLOCK_SIZE=2') row_format=compressed;
-->
table InnoDB row_format=COMPRESSED
a int
b int null
primary (a) key_block_size=4
index k (b) comment 'KEY_BLOCK_SIZE=2' key_block_size=8

-- case: by_range
create table $ (a int, b date) partition by range (to_days(b)) (partition p0 values less than
    (737790) comment='x', partition p1 values less than maxvalue);
-->
a int null
b date null
partition by range (to_days(b)) (partition p0 values less than (737790) comment 'x', partition p1 values less than maxvalue)

-- case: by_range_columns
create table $ (a int, b date) partition by range columns (a, b) (partition p0 values less than
    (1, '2020-01-01'), partition p1 values less than (maxvalue, maxvalue));
-->
a int null
b date null
partition by range columns (a, b) (partition p0 values less than (1, '2020-01-01'), partition p1 values less than (maxvalue, maxvalue))

-- case: by_list
create table $ (a int) partition by list (a + 1) (partition p0 values in (1, 2), partition p1
    values in (null, 3));
-->
a int null
partition by list (a + 1) (partition p0 values in (1, 2), partition p1 values in (null, 3))

-- case: by_list_columns
create table $ (a varchar(9), b int) partition by list columns (a, b) (partition p0 values in
    (('a', 1), ('b''c', 2)), partition p1 values in (('x', 1)));
-->
a varchar(9) utf8mb4/utf8mb4_unicode_ci null
b int null
partition by list columns (a, b) (partition p0 values in (('a', 1), ('b''c', 2)), partition p1 values in (('x', 1)))

-- case: by_hash
create table $ (a int) partition by linear hash (a) partitions 4;
-->
a int null
partition by linear hash (a) partitions 4

-- case: by_key
create table $ (a int primary key) partition by key () partitions 3;
-->
a int
primary (a)
partition by key () partitions 3

-- case: by_key_old
create table $ (a int) partition by key algorithm=1 (a) partitions 3;
-->
a int null
partition by key algorithm = 1 (a) partitions 3

-- case: by_named_hash
create table $ (a int) partition by hash (a) (partition x, partition y);
-->
a int null
partition by hash (a) (partition x, partition y)

-- case: subpartitions
create table $ (a int, b date) partition by range (year(b)) subpartition by hash (a)
    subpartitions 2 (partition p0 values less than (2000), partition p1 values less than
    maxvalue);
-->
a int null
b date null
partition by range (year(b)) subpartition by hash (a) subpartitions 2 (partition p0 values less than (2000), partition p1 values less than maxvalue)

-- case: named_subpartitions
create table $ (a int, b date) partition by range (year(b)) subpartition by linear key (a)
    (partition p0 values less than (2000) (subpartition s0 comment='c', subpartition s1
    max_rows=10), partition p1 values less than maxvalue (subpartition s2, subpartition s3));
-->
a int null
b date null
partition by range (year(b)) subpartition by linear key (a) (partition p0 values less than (2000) (subpartition s0 comment 'c', subpartition s1 max_rows 10), partition p1 values less than maxvalue (subpartition s2, subpartition s3))

-- case: by_list_default mariadb
create table $ (a int) partition by list (a) (partition p0 values in (1), partition pd default);
-->
a int null
partition by list (a) (partition p0 values in (1), partition pd default)

-- case: by_history mariadb
create table $ (a int) with system versioning partition by system_time limit 1000 (partition h0
    history, partition pn current);
-->
table InnoDB with system versioning
a int null
partition by system_time limit 1000 (partition h0 history, partition pn current)

-- case: by_history_count mariadb
create table $ (a int) with system versioning partition by system_time limit 1000 partitions 3;
-->
table InnoDB with system versioning
a int null
partition by system_time limit 1000 partitions 3

-- case: by_history_interval mariadb
create table $ (a int) with system versioning partition by system_time interval 1 week starts
    timestamp'2020-01-01 00:00:00' (partition p0 history, partition p1 history, partition pn
    current);
-->
table InnoDB with system versioning
a int null
partition by system_time interval 7 day starts timestamp'2020-01-01 00:00:00' (partition p0 history, partition p1 history, partition pn current)

-- case: by_history_auto d106 d11
create table $ (a int) with system versioning partition by system_time interval 1000 day starts
    '2026-01-01 00:00:00' auto partitions 3;
-->
table InnoDB with system versioning
a int null
partition by system_time interval 1000 day starts timestamp'2026-01-01 00:00:00' auto partitions 3

