/*
 * interval: the clause behind PARTITION BY SYSTEM_TIME of MariaDB, as text.
 *
 *	limit 1000
 *	interval 1 day starts timestamp'2026-01-01 00:00:00' auto
 *
 * The normal form is the server's own (SHOW CREATE TABLE, measured on 10.5, 10.11 and 11.8), in
 * lower case: numbers without quotes, weeks as days, quarters as months, the whole time of STARTS.
 */
#ifndef AUTOGEN_MODEL_INTERVAL_H
#define AUTOGEN_MODEL_INTERVAL_H

#include <stdbool.h>

struct arena;

/* NULL for NULL and for a clause that says nothing. What is of no known shape stays as it is. */
const char *interval_normal(struct arena *arena, const char *clause);

/* STARTS counts when both say it: where it isn't said the server takes the day it was told so. */
bool interval_equal(const char *a, const char *b);

#endif
