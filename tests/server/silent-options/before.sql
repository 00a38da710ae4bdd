create table an_engine (id int not null primary key) engine=MyISAM default charset=utf8mb4 collate=utf8mb4_unicode_ci;
create table a_format (id int not null primary key) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci row_format=compact;
create table a_format_new (id int not null primary key) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
create table a_comment (id int not null primary key) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci comment='old';
create table a_counter (id int not null primary key) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci;
create table stats (id int not null primary key) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci stats_persistent=1;
