-- Keys without names: the server makes an index for each, of the first column's name.
create table parent (id int not null primary key)
  engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
create table child (
  id int not null primary key,
  changed int,
  dropped int,
  widened int,
  foreign key (changed) references parent (id),
  foreign key (dropped) references parent (id),
  foreign key (widened) references parent (id)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
