What real tables were found to have, for test_corpus: statements that make tables, and the servers
(as in introspect_cases.sql) on which the model made of them must make the same tables again, to the
letter of SHOW CREATE TABLE.

-- case: display_widths
create table t (a int(10), b int(10) unsigned, c int(11), d tinyint(1), e tinyint(1) unsigned,
    f tinyint(4), g bigint(21), h smallint(5) zerofill, i mediumint(0), j bigint(20) unsigned);

-- case: foreign_key_actions
create table p (id int primary key) engine=InnoDB;
create table t (a int, b int, c int, d int,
    constraint f1 foreign key (a) references p (id) on delete no action on update no action,
    constraint f2 foreign key (b) references p (id) on delete restrict on update restrict,
    constraint f3 foreign key (c) references p (id) on delete set null on update cascade,
    constraint f4 foreign key (d) references p (id)) engine=InnoDB;

-- case: name_in_another_case
create table p (id int primary key) engine=InnoDB;
create table Child (P_id int, key IX_child_p_id (P_id),
    constraint FK_child_p_id foreign key (P_id) references p (id)) engine=InnoDB;

-- case: key_that_a_foreign_key_made
create table p (id int primary key) engine=InnoDB;
create table t (a int, b int, constraint c foreign key (a) references p (id),
    foreign key (b) references p (id)) engine=InnoDB;

-- case: written_using
create table t (id int, a int, b varchar(20), primary key (id) using btree, unique key (a) using
    btree, key (b));

-- case: auto_increment_not_first
create table t (a int not null, id int not null auto_increment, primary key (a, id), key (id))
    auto_increment=77;

-- case: constant_on_the_left modern
create table t (a int, b int, c int as (7 + a) virtual, d int as (1 < a) stored,
    constraint k check (5 <> b), constraint l check (b <> 6), constraint m check (not a));

-- case: assignment_is_no_comparison mariadb
create table t (a int, v int as (@a:=a));

-- case: column_charsets
create table t (a varchar(10), b varchar(10) character set latin1 collate latin1_bin,
    c text character set utf8mb4 collate utf8mb4_unicode_ci, d enum('ä', 'ö') character set latin1
    collate latin1_german1_ci, e char(3) character set ascii collate ascii_bin)
    default charset=utf8mb4 collate=utf8mb4_unicode_ci;

-- case: table_of_another_collation
create table t (a varchar(10), b varchar(10) collate utf8mb4_bin, c varchar(10) collate
    utf8mb4_general_ci) default charset=utf8mb4 collate=utf8mb4_bin comment='it''s `quoted`';

-- case: defaults
create table t (a int default 0, b decimal(8,2) default 0, c varchar(9) default '', d char(3) default
    '''x', e bit(3) default b'101', f enum('a', 'b''c', 'd,e') default 'b''c', g set('x', 'y')
    default 'x,y', h double default 1.5e10, i date default '2020-02-29', j time default '-01:00:00',
    k binary(3) default 'abc', l year default 1999);

-- case: timestamps
create table t (a timestamp not null default current_timestamp on update current_timestamp,
    b timestamp null, c datetime(3) default current_timestamp(3) on update current_timestamp(3),
    d timestamp not null default '2001-01-01 00:00:00');

-- case: prefixes_and_comments
create table t (a varchar(200), b text, c blob, key k (a(10), b(20)) comment 'first 10', unique key u
    (c(5))) comment='line one\nline two';

-- case: engines
create table t (a int primary key, b text, fulltext key f (b)) engine=MyISAM checksum=1
    delay_key_write=1 max_rows=1000 pack_keys=1 row_format=dynamic;

-- case: compressed
create table t (a int primary key, b varchar(100), key (b)) engine=InnoDB row_format=compressed
    key_block_size=8;

-- case: aria_says_page_checksum mariadb
create table t (a int) engine=Aria;

-- case: options_as_typed mariadb
create table t (a int primary key) engine=InnoDB page_compressed=1;

-- case: range_partitions
create table t (a int not null, b date not null, primary key (a, b)) engine=InnoDB
    partition by range (to_days(b)) (partition p0 values less than (to_days('2020-01-01')),
    partition p1 values less than maxvalue);

-- case: partitions_without_a_number
create table t (a int not null primary key) engine=InnoDB partition by key (a);

-- case: call_of_literals_in_another_charset m8
create table t (a int, b varchar(100) as (if(a, collation('й'), hex('ю')))) character set koi8r;

-- case: collation_of_a_charset_not_written m8
create table t (a varchar(4) character set latin1, b varchar(4) character set latin1 collate
    latin1_swedish_ci, c varchar(4) character set latin1 collate latin1_bin,
    d varchar(4) collate utf8mb4_0900_ai_ci) character set utf8mb4 collate utf8mb4_bin;

-- case: members_that_are_no_text m8
create table t (a enum(x'936f', 'it''s', 'ä') charset binary);

-- case: srids_of_mariadb mariadb
create table t (a point ref_system_id=4326 not null, b geometry, c polygon ref_system_id=0,
    spatial key (a));

