-- revision: b2
-- down_revision: a1
-- message: 手写的语句

-- migrate:up

INSERT INTO users (name) VALUES ('它说: "it''s; \\ ok" -- 不是注释'), ('o/*2*/'), (';'), ('\'');

/*!50100 UPDATE users SET name = CONCAT(name, ';') WHERE id = 2 */;
UPDATE users /* a ; in a comment, a ' too */ SET name = CONCAT(name, '。') -- ' ; again
WHERE id > 1 # ' ;
;

DELIMITER $$
CREATE TRIGGER orders_before BEFORE INSERT ON orders FOR EACH ROW
BEGIN
	SET NEW.remark = CONCAT(NEW.remark, '；');
	SET NEW.remark = CONCAT(NEW.remark, ';');
END
$$
DELIMITER ;

SET NAMES latin1;
SET sql_mode = 'ANSI_QUOTES';
INSERT INTO "users" ("name") VALUES ('ok');
SET foreign_key_checks = 0;

-- migrate:down

DROP TRIGGER orders_before;
DELETE FROM users;
