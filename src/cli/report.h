/*
 * report: ops and states as people and scripts read them.
 */
#ifndef AUTOGEN_CLI_REPORT_H
#define AUTOGEN_CLI_REPORT_H

#include "cli/app.h"
#include "diff/plan.h"

struct json_t;

/* One line: "+ add column orders.note varchar(20) null", with before → after for alterations. */
void report_op(struct app *app, struct buf *out, const struct op *op, bool colour);
/* A line an op, indented by two blanks; rekeying drops and adds are left out: they come back. */
void report_ops(struct app *app, struct buf *out, const struct op_list *ops, bool colour);
void report_plan(struct app *app, struct buf *out, const struct plan *plan, bool colour);
/* All ops of a plan but the rekeying ones. */
void report_collect(struct arena *arena, const struct plan *plan, struct op_list *ops);
/* [{"op": "add column", "table": "orders", "name": "note", "text": "…", "data_loss": false}, …]; those
 * that lose data also have "losses". `count`: with the rows concerned, where the database tells. */
struct json_t *report_ops_json(struct app *app, const struct op_list *ops, bool count);
/* Prints a document and frees it; keys in the order they were set. */
void report_json(struct json_t *document);

#endif
