create table parent (
  id int not null primary key,
  other int not null,
  unique key uq_parent_other (other)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
create table a_primary (
  a int not null,
  b int not null,
  primary key (a)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
create table a_table (
  id int not null primary key,
  a varchar(100) not null,
  b varchar(100) not null,
  c int not null,
  d int not null,
  e int not null,
  f int,
  key a_length (a(10)),
  key no_length (b(10)),
  key a_kind (c),
  key an_order (c, d),
  key words (a),
  key a_comment (c, e) comment 'old',
  key fk_a_name (d),
  key fk_an_action (e),
  key fk_a_parent (f),
  constraint a_name foreign key (d) references parent (id),
  constraint an_action foreign key (e) references parent (id) on delete cascade,
  constraint a_parent foreign key (f) references parent (id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
create table a_direction (
  id int not null primary key,
  a int not null,
  b int not null,
  key up (a, b)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
