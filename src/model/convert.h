/*
 * convert: which types a server turns into which by ALTER TABLE, rows or no rows.
 *
 * MariaDB has had types of plugins since 10.5: uuid, inet4, inet6, vector, and what is
 * spatial turn into strings and bytes and back, and into nothing else (error 4078); MySQL
 * and MariaDB 10.5 try any type, and look at the rows. Measured on all five.
 */
#ifndef AUTOGEN_MODEL_CONVERT_H
#define AUTOGEN_MODEL_CONVERT_H

#include "model/server.h"
#include "model/type.h"

bool type_converts(const struct server *server, const struct type *from, const struct type *to);

#endif
