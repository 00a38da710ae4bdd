create table a_table (
  id int not null primary key,
  a int not null,
  b varchar(40) not null,
  an_expression int generated always as (a + 1) virtual,
  a_kind int generated always as (a * 2) virtual,
  was_plain int,
  a_string varchar(60) generated always as (concat(b, 'x''y')) stored,
  a_default int not null default (1 + 1),
  constraint a_check check (a > 0),
  constraint a_list check (b in ('x', 'y')),
  constraint a_case check (b <> 'Paid')
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
