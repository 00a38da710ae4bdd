/*
 * pair_cover: which ops met which attributes, counted from the ops that ran.
 *
 * A table for each group of attributes (pair_cover.def), a line for each attribute the server has, a
 * column for each kind of op. Of ALTER_COLUMN `gives` and `takes` count attributes that come and
 * go, `keeps` those that the column had and has. Below COVER_ENOUGH a number is marked with `!`.
 * What can't be is a `-`, and its reason stands below the table (COVER_NEVER).
 */
#ifndef AUTOGEN_TESTS_PAIR_COVER_H
#define AUTOGEN_TESTS_PAIR_COVER_H

#include <stdio.h>

#include "diff/op.h"

#define COVER_ENOUGH 50
#define COVER_LINES 160
#define COVER_OPS 10

enum cover_group { GROUP_COLUMN, GROUP_CHANGE, GROUP_INDEX, GROUP_KEY, GROUP_CHECK, GROUP_PERIOD,
		   GROUP_TABLE, GROUP_OPTION, GROUP_PARTITION, GROUP_OBJECT, GROUP_COUNT };

struct cover {
	unsigned counts[GROUP_COUNT][COVER_LINES][COVER_OPS];
};

/* `state` is what the op is about to change. */
void cover_op(struct cover *cover, const struct op *op, const struct schema *state);
/* As TAP comments. Returns how many numbers are below COVER_ENOUGH. */
unsigned cover_print(const struct cover *cover, const struct server *server, FILE *out);

#endif
