/*
 * op: one change of a model, with what was before and what is after.
 *
 * An op can be applied (diff/apply.h), turned round (op_inverse), ordered into a
 * plan (diff/plan.h), written as SQL (emit) and as a line of model syntax
 * (revision/op_text.h). Ops share the model's immutable parts; they live in an
 * arena and are immutable once made.
 */
#ifndef AUTOGEN_DIFF_OP_H
#define AUTOGEN_DIFF_OP_H

#include "model/schema.h"

enum op_phase { PHASE_DROP_KEYS, PHASE_DROP_TABLES, PHASE_RENAME, PHASE_RENAME_PARTS, PHASE_ALTER,
		PHASE_CREATE, PHASE_ADD_KEYS };
enum op_look { LOOK_YES, LOOK_NO };

enum op_kind {
#define OP(kind, words, inverse, phase, look) kind,
#include "diff/op.def"
#undef OP
	OP_COUNT
};

/* Where a column stands. */
struct column_place {
	const struct name *after; /* NULL: first */
};

/* Table options that SET_OPTION changes one at a time. */
enum table_option {
	TABLE_ENGINE,  /* value: the engine's name */
	TABLE_CHARSET, /* value: "charset collation" travel together, as name pair */
	TABLE_COMMENT,
	TABLE_OTHER,   /* `option` of attribute.def */
};

/* The members an op of each kind uses stand beside them. */
union op_side {
	const struct table *table;             /* CREATE_TABLE after, DROP_TABLE before */
	const struct column *column;           /* ADD, DROP, ALTER, RENAME_COLUMN (both), MOVE (both, the same) */
	const struct index *index;             /* ADD, DROP, RENAME_INDEX (both) */
	const struct foreign_key *foreign_key; /* ADD, DROP */
	const struct check *check;             /* ADD, DROP */
	const struct period *period;           /* ADD, DROP */
	const struct name *name;               /* RENAME_TABLE */
	const struct tree_partition *partition; /* SET_PARTITION; NULL: none */
	const struct object *object;
	struct {                               /* SET_OPTION */
		const char *text;              /* engine, comment, option value; NULL: absent */
		const struct name *charset, *collation;
	} option;
};

struct op {
	enum op_kind kind;
	const struct name *table;  /* called so when the op runs (RENAME_TABLE: the old name) */
	union op_side before, after;
	struct column_place place_before, place_after; /* DROP; ADD; MOVE both */
	enum table_option option;          /* SET_OPTION */
	enum tree_attr_kind option_kind;   /* TABLE_OTHER */
	bool rekey;                        /* DROP/ADD_FOREIGN_KEY around a change of its columns;
					      DROP/ADD_INDEX around what trips up over it */
	bool filled;                       /* ALTER_COLUMN: a statement before it fills the NULLs */
	struct span origin;                /* the item in a model file that caused it */
};

struct op_list { const struct op **items; size_t n, cap; };

/* "add column orders.note": for messages and lists. */
void op_describe(struct buf *out, const struct op *op);
const char *op_words(enum op_kind kind);
enum op_phase op_phase(enum op_kind kind);
enum op_look op_look(enum op_kind kind);
const struct op *op_inverse(struct arena *arena, const struct op *op);

#endif
