/*
 * judge_types: the situations of judge.def that the types of the columns make.
 *
 * Which types are of one class, and the bytes they take, are FK_TYPE rows of
 * judge.def. Each is a test as judge_test.h has them. Private to src/lint.
 */
#ifndef AUTOGEN_LINT_JUDGE_TYPES_H
#define AUTOGEN_LINT_JUDGE_TYPES_H

#include "lint/judge_test.h"

/* Both columns of a pair differ in that. */
bool judge_type_class(const struct hearing *h, size_t *pair);
bool judge_type_size(const struct hearing *h, size_t *pair);
bool judge_type_sign(const struct hearing *h, size_t *pair);
bool judge_type_charset(const struct hearing *h, size_t *pair);
bool judge_type_collation(const struct hearing *h, size_t *pair);

/* A column of the parent is of the text family, or json. */
bool judge_type_parent_large(const struct hearing *h, size_t *pair);

/* A column of the child is so; `among`: in a key of several columns. */
bool judge_type_json(const struct hearing *h, size_t *pair);
bool judge_type_vector(const struct hearing *h, size_t *pair);
bool judge_type_shape(const struct hearing *h, size_t *pair);
bool judge_type_spatial(const struct hearing *h, size_t *pair);
bool judge_type_spatial_among(const struct hearing *h, size_t *pair);
bool judge_type_shape_among(const struct hearing *h, size_t *pair);
bool judge_type_spatial_null(const struct hearing *h, size_t *pair);
bool judge_type_large(const struct hearing *h, size_t *pair);
bool judge_type_large_among(const struct hearing *h, size_t *pair);

#endif
