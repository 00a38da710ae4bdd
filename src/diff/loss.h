/*
 * loss: what an op does to rows that are there.
 *
 * A loss is named by its subject, which is what the header of a revision
 * acknowledges; an op has one subject, whatever it loses: narrowing a column and
 * making it refuse NULL are two losses of one subject. Whether any row is
 * concerned is another question (run/concern.h): a loss stays one.
 *
 * A unique key over rows that collide, or a check that some break, is no loss:
 * the server refuses it.
 */
#ifndef AUTOGEN_DIFF_LOSS_H
#define AUTOGEN_DIFF_LOSS_H

#include "diff/op.h"
#include "model/narrow.h"

enum loss_kind {
	LOSS_TABLE,     /* dropped; a MERGE table loses nothing */
	LOSS_COLUMN,    /* dropped; computed ones lose nothing */
	LOSS_PARTITION, /* dropped with its rows */
	LOSS_HISTORY,   /* of a table that is system-versioned no longer */
	LOSS_ENGINE,    /* the next engine keeps no rows */
	LOSS_NARROW,    /* the type or charset may not hold what is there: `narrow` says how */
	LOSS_NULL,      /* NULLs that nothing fills are refused */
	LOSS_COMPUTED,  /* a column becomes a computed one */
};

struct loss {
	enum loss_kind kind;
	enum narrow_kind narrow; /* of LOSS_NARROW */
	const struct op *op;
	const char *subject;     /* "narrow orders.note", "drop orders" */
	const char *why;         /* "narrows column orders.note from varchar(255) to varchar(20)" */
	struct name_list partitions; /* of LOSS_PARTITION */
};
struct loss_list { struct loss *items; size_t n, cap; };

/* Adds what the op loses to the list; true when that is anything. All of it lives in the arena. */
bool loss_of_op(struct arena *arena, const struct op *op, struct loss_list *list);

#endif
