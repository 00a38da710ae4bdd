create table a_table (
  id int not null primary key,
  a_collation varchar(20) not null,
  a_charset varchar(20) not null,
  inherited varchar(20) not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
create table a_default (
  id int not null primary key,
  stays varchar(20) character set utf8mb4 collate utf8mb4_unicode_ci not null
) engine=InnoDB default charset=latin1;
create table whole (
  id int not null primary key,
  a varchar(20) not null,
  b text not null
) engine=InnoDB default charset=latin1 collate=latin1_general_ci;
