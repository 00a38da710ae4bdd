-- revision: b2
-- down_revision: a1
-- message: 手写的语句

-- migrate:up

INSERT INTO users (name) VALUES ('它说: "it''s; \\ ok"'), (';');
/*!50100 UPDATE users SET name = CONCAT(name, ';') */;

DELIMITER $$
CREATE TRIGGER orders_before BEFORE INSERT ON orders FOR EACH ROW
BEGIN
	SET NEW.remark = CONCAT(NEW.remark, '；');
END
$$
DELIMITER ;

USE elsewhere;
-- migrate:down

DROP TRIGGER orders_before;
