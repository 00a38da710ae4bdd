create table a_table (
  id int not null primary key,
  to_empty varchar(40) not null,
  from_empty varchar(40) not null default '',
  empty_to_null varchar(40) default '',
  quotes varchar(40) not null default 'it''s "old"',
  a_backslash varchar(40) not null default 'a\\b',
  a_case varchar(40) not null default 'Paid',
  a_number decimal(10,2) not null default 0.00,
  no_number int not null default 0,
  the_word varchar(40) default null,
  now_gone datetime not null default current_timestamp,
  now_new datetime not null,
  updates timestamp not null default current_timestamp,
  a_date date not null default '2020-01-01',
  a_bit bit(3) not null default b'101',
  a_member enum('a','b') not null default 'a'
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
