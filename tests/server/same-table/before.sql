create table parent (
  id integer(11) not null,
  other int not null,
  constraint this_name_is_lost primary key (id),
  key (other)
) engine=innodb auto_increment=7 default character set UTF8MB4 collate = utf8mb4_unicode_ci;
create table a_table (
  id bigint(20) unsigned not null auto_increment,
  price decimal(10,2) not null default 0,
  cost decimal(10,2) not null default '0.00',
  ratio double not null default '1.50',
  n int(11) not null default '007',
  negative int not null default -1,
  flag bool not null default true,
  bits bit(3) not null default 1,
  text_ varchar(40) not null default "it's",
  national nvarchar(10) not null,
  three varchar(10) character set utf8 collate utf8_unicode_ci not null,
  made datetime not null default now(),
  made3 datetime(3) not null default current_timestamp(3) on update now(3),
  stamp timestamp not null default localtimestamp on update current_timestamp(),
  day date not null default '2020-1-2',
  noon time not null default '12:00',
  nothing varchar(10) default null,
  member enum ('a' , 'b') not null default 'a',
  bytes binary(2) not null default 'ab',
  parent_id int not null,
  primary key (id),
  constraint another_name foreign key (parent_id) references parent (id),
  key whatever (price) comment '',
  unique key uniquely (n, cost)
) engine=InnoDB auto_increment=1000 default charset=utf8mb4 collate=utf8mb4_unicode_ci;
