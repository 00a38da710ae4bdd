
CREATE TABLE users (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(50) CHARACTER SET latin1) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE orders (id int NOT NULL PRIMARY KEY, user int unsigned, KEY user (user), CONSTRAINT owner FOREIGN KEY (user) REFERENCES users (id)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci;
CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY) ENGINE=InnoDB;
