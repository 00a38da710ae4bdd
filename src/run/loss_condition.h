/*
 * loss_condition: which rows a loss concerns, as the WHERE of a query, and the words for them.
 *
 * One condition a kind of loss and of narrowing. Where none tells cheaply, every
 * row that has a value counts. Internal to loss_rows.
 */
#ifndef AUTOGEN_RUN_LOSS_CONDITION_H
#define AUTOGEN_RUN_LOSS_CONDITION_H

#include "diff/loss.h"

/* Of the loss's column, which is called `column` in the database. */
void loss_condition_print(struct buf *out, const struct loss *loss, const struct name *column);
/* What to say behind "1 row" and "2 rows": " is longer", " are longer". */
void loss_condition_words(const struct loss *loss, const char **one, const char **many);

#endif
