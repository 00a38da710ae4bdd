-- revision: 8f3c1e5a7d20
-- down_revision:
-- branch_labels:
-- depends_on:
-- create_date: 2026-01-01 00:00:00
-- message: the shop
-- compiled_for: mysql 8.0.16, mysql 8.4.0, mariadb 10.11.2
-- checksum: 76427f7c42db4cbf306990a25b7aab703dbb1b482008903265e2f8ef5df6a38e

-- migrate:up

-- op: create table users engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '用户' {
--         platform   varchar(32) charset utf8mb4 collate utf8mb4_bin comment '来源平台：web、ios、android、wechat'
--         user_id    varchar(64) charset utf8mb4 collate utf8mb4_bin comment '平台内的用户编号'
--         nickname   varchar(64) charset utf8mb4 collate utf8mb4_unicode_ci comment '昵称'
--         mobile     varchar(20) charset ascii collate ascii_bin null comment '手机号'
--         level      tinyint unsigned default 1 comment '会员等级'
--         status     enum('active', 'frozen', 'closed') charset utf8mb4 collate utf8mb4_unicode_ci default 'active' comment '状态'
--         birthday   date null comment '生日'
--         created_at datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (platform, user_id)
--         unique uq_users_platform_mobile (platform, mobile)
--         index ix_users_created_at (created_at)
--         check ck_users_level (level between 1 and 9)
--     }
-- hash: 8ce5a0c5e83025b9
CREATE TABLE `users` (
    `platform` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '来源平台：web、ios、android、wechat',
    `user_id` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '平台内的用户编号',
    `nickname` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL COMMENT '昵称',
    `mobile` varchar(20) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT '手机号',
    `level` tinyint unsigned NOT NULL DEFAULT '1' COMMENT '会员等级',
    `status` enum('active','frozen','closed') CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'active' COMMENT '状态',
    `birthday` date NULL COMMENT '生日',
    `created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '创建时间',
    `updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '更新时间',
    PRIMARY KEY (`platform`, `user_id`),
    UNIQUE INDEX `uq_users_platform_mobile` (`platform`, `mobile`),
    INDEX `ix_users_created_at` (`created_at`),
    CONSTRAINT `ck_users_level` CHECK (`level` between 1 and 9)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='用户';

-- op: create table orders engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '订单' {
--         order_id   varchar(64) charset utf8mb4 collate utf8mb4_bin comment '订单号'
--         platform   varchar(32) charset utf8mb4 collate utf8mb4_bin comment '来源平台'
--         user_id    varchar(64) charset utf8mb4 collate utf8mb4_bin comment '用户编号'
--         status     enum('created', 'paid', 'shipped', 'done', 'closed') charset utf8mb4 collate utf8mb4_unicode_ci default 'created' comment '状态'
--         amount     decimal(12,2) default 0.00 comment '应付金额'
--         discount   decimal(12,2) default 0.00 comment '优惠金额'
--         currency   char(3) charset ascii collate ascii_bin default 'CNY' comment '币种'
--         address    varchar(255) charset utf8mb4 collate utf8mb4_unicode_ci comment '收货地址'
--         remark     varchar(255) charset utf8mb4 collate utf8mb4_unicode_ci null comment '买家留言'
--         paid_at    datetime(3) null comment '支付时间'
--         created_at datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (order_id)
--         index ix_orders_status_created_at (status, created_at desc)
--         index ix_orders_platform_user_id (platform, user_id)
--         foreign key fk_orders_platform_user_id (platform, user_id) references users (platform, user_id)
--         check ck_orders_amount (amount >= 0)
--         check ck_orders_discount_amount (discount between 0 and amount)
--     }
-- hash: 02ae1f0148deb7cd
CREATE TABLE `orders` (
    `order_id` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '订单号',
    `platform` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '来源平台',
    `user_id` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '用户编号',
    `status` enum('created','paid','shipped','done','closed') CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'created' COMMENT '状态',
    `amount` decimal(12,2) NOT NULL DEFAULT '0.00' COMMENT '应付金额',
    `discount` decimal(12,2) NOT NULL DEFAULT '0.00' COMMENT '优惠金额',
    `currency` char(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'CNY' COMMENT '币种',
    `address` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL COMMENT '收货地址',
    `remark` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NULL COMMENT '买家留言',
    `paid_at` datetime(3) NULL COMMENT '支付时间',
    `created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '创建时间',
    `updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '更新时间',
    PRIMARY KEY (`order_id`),
    INDEX `ix_orders_status_created_at` (`status`, `created_at` DESC),
    INDEX `ix_orders_platform_user_id` (`platform`, `user_id`),
    CONSTRAINT `fk_orders_platform_user_id` FOREIGN KEY (`platform`, `user_id`) REFERENCES `users` (`platform`, `user_id`),
    CONSTRAINT `ck_orders_amount` CHECK (`amount` >= 0),
    CONSTRAINT `ck_orders_discount_amount` CHECK (`discount` between 0 and `amount`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='订单';

-- op: create table aftersale_orders engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '售后单' {
--         aftersale_id  varchar(64) charset utf8mb4 collate utf8mb4_bin comment '售后单号'
--         order_id      varchar(64) charset utf8mb4 collate utf8mb4_bin comment '原订单号'
--         platform      varchar(32) charset utf8mb4 collate utf8mb4_bin comment '来源平台'
--         user_id       varchar(64) charset utf8mb4 collate utf8mb4_bin comment '用户编号'
--         kind          enum('refund', 'return', 'exchange') charset utf8mb4 collate utf8mb4_unicode_ci comment '类型：退款、退货、换货'
--         status        enum('applied', 'approved', 'rejected', 'done') charset utf8mb4 collate utf8mb4_unicode_ci default 'applied' comment '状态'
--         reason        varchar(255) charset utf8mb4 collate utf8mb4_unicode_ci default '' comment '原因'
--         refund_amount decimal(12,2) default 0.00 comment '退款金额'
--         handled_at    datetime(3) null comment '处理时间'
--         created_at    datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at    datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (aftersale_id)
--         index ix_aftersale_orders_status_created_at (status, created_at)
--         index ix_aftersale_orders_platform_user_id (platform, user_id)
--         index ix_aftersale_orders_order_id (order_id)
--         foreign key fk_aftersale_orders_order_id (order_id) references orders (order_id)
--         foreign key fk_aftersale_orders_platform_user_id (platform, user_id) references users (platform, user_id)
--         check ck_aftersale_orders_refund_amount (refund_amount >= 0)
--     }
-- hash: 5a202905667bbdcb
CREATE TABLE `aftersale_orders` (
    `aftersale_id` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '售后单号',
    `order_id` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '原订单号',
    `platform` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '来源平台',
    `user_id` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '用户编号',
    `kind` enum('refund','return','exchange') CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL COMMENT '类型：退款、退货、换货',
    `status` enum('applied','approved','rejected','done') CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'applied' COMMENT '状态',
    `reason` varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT '' COMMENT '原因',
    `refund_amount` decimal(12,2) NOT NULL DEFAULT '0.00' COMMENT '退款金额',
    `handled_at` datetime(3) NULL COMMENT '处理时间',
    `created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '创建时间',
    `updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '更新时间',
    PRIMARY KEY (`aftersale_id`),
    INDEX `ix_aftersale_orders_status_created_at` (`status`, `created_at`),
    INDEX `ix_aftersale_orders_platform_user_id` (`platform`, `user_id`),
    INDEX `ix_aftersale_orders_order_id` (`order_id`),
    CONSTRAINT `fk_aftersale_orders_order_id` FOREIGN KEY (`order_id`) REFERENCES `orders` (`order_id`),
    CONSTRAINT `fk_aftersale_orders_platform_user_id` FOREIGN KEY (`platform`, `user_id`) REFERENCES `users` (`platform`, `user_id`),
    CONSTRAINT `ck_aftersale_orders_refund_amount` CHECK (`refund_amount` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='售后单';

-- op: create table products engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '商品' {
--         product_id  bigint unsigned auto_increment comment '商品编号'
--         sku         varchar(64) charset utf8mb4 collate utf8mb4_bin comment '库存单位'
--         name        varchar(120) charset utf8mb4 collate utf8mb4_unicode_ci comment '商品名称'
--         category    varchar(32) charset utf8mb4 collate utf8mb4_unicode_ci default '' comment '分类'
--         price       decimal(12,2) comment '单价'
--         stock       int unsigned default 0 comment '库存'
--         on_sale     tinyint(1) default 1 comment '是否在售'
--         description text charset utf8mb4 collate utf8mb4_unicode_ci null comment '图文详情'
--         created_at  datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at  datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (product_id)
--         unique uq_products_sku (sku)
--         index ix_products_category_price (category, price)
--         check ck_products_price (price >= 0)
--     }
-- hash: 1501cc7dc6ffba66
CREATE TABLE `products` (
    `product_id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT '商品编号',
    `sku` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '库存单位',
    `name` varchar(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL COMMENT '商品名称',
    `category` varchar(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT '' COMMENT '分类',
    `price` decimal(12,2) NOT NULL COMMENT '单价',
    `stock` int unsigned NOT NULL DEFAULT '0' COMMENT '库存',
    `on_sale` tinyint(1) NOT NULL DEFAULT '1' COMMENT '是否在售',
    `description` text CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NULL COMMENT '图文详情',
    `created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '创建时间',
    `updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '更新时间',
    PRIMARY KEY (`product_id`),
    UNIQUE INDEX `uq_products_sku` (`sku`),
    INDEX `ix_products_category_price` (`category`, `price`),
    CONSTRAINT `ck_products_price` CHECK (`price` >= 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='商品';

-- op: create table order_items engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '订单明细' {
--         item_id      bigint unsigned auto_increment comment '明细编号'
--         order_id     varchar(64) charset utf8mb4 collate utf8mb4_bin comment '订单号'
--         product_id   bigint unsigned comment '商品编号'
--         product_name varchar(120) charset utf8mb4 collate utf8mb4_unicode_ci comment '下单时的商品名称'
--         price        decimal(12,2) comment '成交单价'
--         quantity     int unsigned default 1 comment '数量'
--         created_at   datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at   datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (item_id)
--         unique uq_order_items_order_id_product_id (order_id, product_id)
--         index ix_order_items_product_id (product_id)
--         foreign key fk_order_items_order_id (order_id) references orders (order_id) on delete cascade
--         foreign key fk_order_items_product_id (product_id) references products (product_id)
--         check ck_order_items_quantity (quantity > 0)
--     }
-- hash: e71e627be8ad8637
CREATE TABLE `order_items` (
    `item_id` bigint unsigned NOT NULL AUTO_INCREMENT COMMENT '明细编号',
    `order_id` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '订单号',
    `product_id` bigint unsigned NOT NULL COMMENT '商品编号',
    `product_name` varchar(120) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci NOT NULL COMMENT '下单时的商品名称',
    `price` decimal(12,2) NOT NULL COMMENT '成交单价',
    `quantity` int unsigned NOT NULL DEFAULT '1' COMMENT '数量',
    `created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '创建时间',
    `updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '更新时间',
    PRIMARY KEY (`item_id`),
    UNIQUE INDEX `uq_order_items_order_id_product_id` (`order_id`, `product_id`),
    INDEX `ix_order_items_product_id` (`product_id`),
    CONSTRAINT `fk_order_items_order_id` FOREIGN KEY (`order_id`) REFERENCES `orders` (`order_id`) ON DELETE CASCADE,
    CONSTRAINT `fk_order_items_product_id` FOREIGN KEY (`product_id`) REFERENCES `products` (`product_id`),
    CONSTRAINT `ck_order_items_quantity` CHECK (`quantity` > 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='订单明细';

-- op: create table aftersale_items engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '售后明细' {
--         aftersale_id  varchar(64) charset utf8mb4 collate utf8mb4_bin comment '售后单号'
--         item_id       bigint unsigned comment '订单明细编号'
--         quantity      int unsigned default 1 comment '数量'
--         refund_amount decimal(12,2) default 0.00 comment '退款金额'
--         created_at    datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at    datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (aftersale_id, item_id)
--         index ix_aftersale_items_item_id (item_id)
--         foreign key fk_aftersale_items_aftersale_id (aftersale_id) references aftersale_orders (aftersale_id) on delete cascade
--         foreign key fk_aftersale_items_item_id (item_id) references order_items (item_id)
--         check ck_aftersale_items_quantity (quantity > 0)
--     }
-- hash: ad8aa14cc58f0b53
CREATE TABLE `aftersale_items` (
    `aftersale_id` varchar(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '售后单号',
    `item_id` bigint unsigned NOT NULL COMMENT '订单明细编号',
    `quantity` int unsigned NOT NULL DEFAULT '1' COMMENT '数量',
    `refund_amount` decimal(12,2) NOT NULL DEFAULT '0.00' COMMENT '退款金额',
    `created_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT '创建时间',
    `updated_at` datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3) COMMENT '更新时间',
    PRIMARY KEY (`aftersale_id`, `item_id`),
    INDEX `ix_aftersale_items_item_id` (`item_id`),
    CONSTRAINT `fk_aftersale_items_aftersale_id` FOREIGN KEY (`aftersale_id`) REFERENCES `aftersale_orders` (`aftersale_id`) ON DELETE CASCADE,
    CONSTRAINT `fk_aftersale_items_item_id` FOREIGN KEY (`item_id`) REFERENCES `order_items` (`item_id`),
    CONSTRAINT `ck_aftersale_items_quantity` CHECK (`quantity` > 0)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='售后明细';

-- migrate:down

-- op: drop table aftersale_items engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '售后明细' {
--         aftersale_id  varchar(64) charset utf8mb4 collate utf8mb4_bin comment '售后单号'
--         item_id       bigint unsigned comment '订单明细编号'
--         quantity      int unsigned default 1 comment '数量'
--         refund_amount decimal(12,2) default 0.00 comment '退款金额'
--         created_at    datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at    datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (aftersale_id, item_id)
--         index ix_aftersale_items_item_id (item_id)
--         foreign key fk_aftersale_items_aftersale_id (aftersale_id) references aftersale_orders (aftersale_id) on delete cascade
--         foreign key fk_aftersale_items_item_id (item_id) references order_items (item_id)
--         check ck_aftersale_items_quantity (quantity > 0)
--     }
-- hash: 2c49160efdd63070
DROP TABLE `aftersale_items`;

-- op: drop table order_items engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '订单明细' {
--         item_id      bigint unsigned auto_increment comment '明细编号'
--         order_id     varchar(64) charset utf8mb4 collate utf8mb4_bin comment '订单号'
--         product_id   bigint unsigned comment '商品编号'
--         product_name varchar(120) charset utf8mb4 collate utf8mb4_unicode_ci comment '下单时的商品名称'
--         price        decimal(12,2) comment '成交单价'
--         quantity     int unsigned default 1 comment '数量'
--         created_at   datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at   datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (item_id)
--         unique uq_order_items_order_id_product_id (order_id, product_id)
--         index ix_order_items_product_id (product_id)
--         foreign key fk_order_items_order_id (order_id) references orders (order_id) on delete cascade
--         foreign key fk_order_items_product_id (product_id) references products (product_id)
--         check ck_order_items_quantity (quantity > 0)
--     }
-- hash: 6f009416cd74f146
DROP TABLE `order_items`;

-- op: drop table products engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '商品' {
--         product_id  bigint unsigned auto_increment comment '商品编号'
--         sku         varchar(64) charset utf8mb4 collate utf8mb4_bin comment '库存单位'
--         name        varchar(120) charset utf8mb4 collate utf8mb4_unicode_ci comment '商品名称'
--         category    varchar(32) charset utf8mb4 collate utf8mb4_unicode_ci default '' comment '分类'
--         price       decimal(12,2) comment '单价'
--         stock       int unsigned default 0 comment '库存'
--         on_sale     tinyint(1) default 1 comment '是否在售'
--         description text charset utf8mb4 collate utf8mb4_unicode_ci null comment '图文详情'
--         created_at  datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at  datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (product_id)
--         unique uq_products_sku (sku)
--         index ix_products_category_price (category, price)
--         check ck_products_price (price >= 0)
--     }
-- hash: b2bbb909239206ae
DROP TABLE `products`;

-- op: drop table aftersale_orders engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '售后单' {
--         aftersale_id  varchar(64) charset utf8mb4 collate utf8mb4_bin comment '售后单号'
--         order_id      varchar(64) charset utf8mb4 collate utf8mb4_bin comment '原订单号'
--         platform      varchar(32) charset utf8mb4 collate utf8mb4_bin comment '来源平台'
--         user_id       varchar(64) charset utf8mb4 collate utf8mb4_bin comment '用户编号'
--         kind          enum('refund', 'return', 'exchange') charset utf8mb4 collate utf8mb4_unicode_ci comment '类型：退款、退货、换货'
--         status        enum('applied', 'approved', 'rejected', 'done') charset utf8mb4 collate utf8mb4_unicode_ci default 'applied' comment '状态'
--         reason        varchar(255) charset utf8mb4 collate utf8mb4_unicode_ci default '' comment '原因'
--         refund_amount decimal(12,2) default 0.00 comment '退款金额'
--         handled_at    datetime(3) null comment '处理时间'
--         created_at    datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at    datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (aftersale_id)
--         index ix_aftersale_orders_status_created_at (status, created_at)
--         index ix_aftersale_orders_platform_user_id (platform, user_id)
--         index ix_aftersale_orders_order_id (order_id)
--         foreign key fk_aftersale_orders_order_id (order_id) references orders (order_id)
--         foreign key fk_aftersale_orders_platform_user_id (platform, user_id) references users (platform, user_id)
--         check ck_aftersale_orders_refund_amount (refund_amount >= 0)
--     }
-- hash: 48a9bb1466850611
DROP TABLE `aftersale_orders`;

-- op: drop table orders engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '订单' {
--         order_id   varchar(64) charset utf8mb4 collate utf8mb4_bin comment '订单号'
--         platform   varchar(32) charset utf8mb4 collate utf8mb4_bin comment '来源平台'
--         user_id    varchar(64) charset utf8mb4 collate utf8mb4_bin comment '用户编号'
--         status     enum('created', 'paid', 'shipped', 'done', 'closed') charset utf8mb4 collate utf8mb4_unicode_ci default 'created' comment '状态'
--         amount     decimal(12,2) default 0.00 comment '应付金额'
--         discount   decimal(12,2) default 0.00 comment '优惠金额'
--         currency   char(3) charset ascii collate ascii_bin default 'CNY' comment '币种'
--         address    varchar(255) charset utf8mb4 collate utf8mb4_unicode_ci comment '收货地址'
--         remark     varchar(255) charset utf8mb4 collate utf8mb4_unicode_ci null comment '买家留言'
--         paid_at    datetime(3) null comment '支付时间'
--         created_at datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (order_id)
--         index ix_orders_status_created_at (status, created_at desc)
--         index ix_orders_platform_user_id (platform, user_id)
--         foreign key fk_orders_platform_user_id (platform, user_id) references users (platform, user_id)
--         check ck_orders_amount (amount >= 0)
--         check ck_orders_discount_amount (discount between 0 and amount)
--     }
-- hash: 33338763e8429ee2
DROP TABLE `orders`;

-- op: drop table users engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci comment '用户' {
--         platform   varchar(32) charset utf8mb4 collate utf8mb4_bin comment '来源平台：web、ios、android、wechat'
--         user_id    varchar(64) charset utf8mb4 collate utf8mb4_bin comment '平台内的用户编号'
--         nickname   varchar(64) charset utf8mb4 collate utf8mb4_unicode_ci comment '昵称'
--         mobile     varchar(20) charset ascii collate ascii_bin null comment '手机号'
--         level      tinyint unsigned default 1 comment '会员等级'
--         status     enum('active', 'frozen', 'closed') charset utf8mb4 collate utf8mb4_unicode_ci default 'active' comment '状态'
--         birthday   date null comment '生日'
--         created_at datetime(3) default current_timestamp(3) comment '创建时间'
--         updated_at datetime(3) default current_timestamp(3) on update current_timestamp(3) comment '更新时间'
--         primary key (platform, user_id)
--         unique uq_users_platform_mobile (platform, mobile)
--         index ix_users_created_at (created_at)
--         check ck_users_level (level between 1 and 9)
--     }
-- hash: 169a04df3dcc7266
DROP TABLE `users`;
