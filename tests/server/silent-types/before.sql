create table a_table (
  id int not null primary key,
  a_sign int not null,
  a_width varchar(20) not null,
  a_fsp datetime not null,
  a_size text not null,
  a_scale decimal(10,2) not null,
  a_null int not null,
  an_enum enum('a','b') not null,
  an_order enum('a','b','c') not null,
  a_set set('x','y') not null,
  a_comment int not null comment 'old'
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
