/*
 * tree: what a model file says, as it says it.
 *
 * The parser's result: nothing is resolved, nothing is dropped, comments hang
 * on the item they stand at. `fmt` prints it, dsl/resolve makes a model of it,
 * dsl/unresolve makes it of a model. Everything lives in the arena given to the
 * parser; a tree is immutable once built.
 */
#ifndef AUTOGEN_SYNTAX_TREE_H
#define AUTOGEN_SYNTAX_TREE_H

#include "syntax/expr.h"

struct tree_ident {
	const struct name *name; /* NULL: absent */
	struct span span;
};

struct tree_ident_list { struct tree_ident *items; size_t n, cap; };

/* [database.]table */
struct tree_table_name {
	struct tree_ident database, table;
};

/* One comment, its text as written with its markers. */
struct tree_comment {
	const char *text;
	size_t len;
	bool blank_before; /* an empty line stands above it */
};

struct tree_comment_list { struct tree_comment *items; size_t n, cap; };

/* The comments around what is no item: an attribute of a schema, a partition. */
struct tree_notes {
	struct tree_comment_list before;   /* on lines of their own above it */
	struct tree_comment trailing;      /* at the end of its (first) line; text NULL: none */
	struct tree_comment_list dangling; /* before its closing parenthesis */
	struct tree_comment closing;       /* behind that */
};

/* A type as written: a word (phrases are one word: "double precision") and its arguments. */
struct tree_type {
	const struct name *word; /* as written, single blanks within a phrase */
	struct expr_list args;   /* numbers, or strings for enum and set */
	struct span span;
	/* what may follow inside CAST(... AS char charset x) */
	const struct name *charset;
	bool is_unsigned;
};

/* references T (C) on delete … on update …; also of foreign key items */
struct tree_reference {
	struct tree_table_name table;
	struct tree_ident_list columns; /* empty: the primary key */
	struct tree_ident on_delete, on_update; /* restrict, no action, cascade, set null, set default */
	struct span span; /* from the table's name */
};

/* Every attribute of schemas, tables, columns, keys and partitions, one kind each. */
enum tree_attr_kind {
#define ATTR(kind, spelling, value, where) kind,
#include "syntax/attribute.def"
#undef ATTR
	ATTR_COUNT
};

/* What an attribute carries (third column of attribute.def). */
enum tree_attr_value {
	VALUE_NONE,      /* not null */
	VALUE_WORD,      /* charset utf8mb4: word (numbers are kept as words: key_block_size 8) */
	VALUE_STRING,    /* comment '…': expr, an EXPR_STRING */
	VALUE_EXPR,      /* default …: expr; parenthesised says if it stood in parentheses */
	VALUE_REFERENCE, /* references …: reference */
	VALUE_TARGETS,   /* target mysql 8.0, mariadb 10.11: words are flavour, version in turn */
};

struct tree_attr {
	enum tree_attr_kind kind;
	struct span span;       /* all of it */
	struct tree_ident word; /* VALUE_WORD */
	struct expr *expr;      /* VALUE_STRING, VALUE_EXPR */
	bool parenthesised;
	struct tree_reference *reference;
	struct tree_ident_list words; /* VALUE_TARGETS */
	struct tree_notes *notes; /* in a schema block; NULL: none */
};

struct tree_attr_list { struct tree_attr *items; size_t n, cap; };

/* A part of an index: a column with length and direction, or an expression. */
struct tree_part {
	struct tree_ident column; /* or */
	struct expr *expr;
	unsigned length; /* 0: the whole column */
	bool desc, asc;  /* as written */
	struct span span;
};

struct tree_part_list { struct tree_part *items; size_t n, cap; };

struct tree_partition_def;
struct tree_partition_def_list { struct tree_partition_def *items; size_t n, cap; };

/* partition by …; also the subpartition half. */
struct tree_partition_def {
	struct tree_ident name;
	enum { VALUES_NONE, VALUES_LESS_THAN, VALUES_IN } values;
	struct expr_list bounds; /* EXPR_ROW for columns lists; an EXPR_COLUMN `maxvalue` for MAXVALUE */
	bool is_default, is_current, is_history; /* MariaDB: default, current, history */
	struct tree_attr_list attrs;
	struct tree_partition_def_list subpartitions;
	struct span span;
	struct tree_notes *notes; /* NULL: none */
};

struct tree_partition {
	const struct name *method; /* range, list, "range columns", "list columns", hash, key, system_time */
	bool linear;
	unsigned algorithm;        /* key algorithm = N; 0: none */
	struct expr *expr;
	struct tree_ident_list columns;
	unsigned count;            /* partitions N; 0: not said */
	const struct name *sub_method; /* hash, key or NULL */
	bool sub_linear;
	struct expr *sub_expr;
	struct tree_ident_list sub_columns;
	unsigned sub_count;
	bool managed_externally;
	bool keeping_rows;         /* what an op leads to: rows of partitions that go are kept where
				      another takes them (the way back of a partition that was split) */
	const char *interval;      /* system_time: text of limit/interval clause, or NULL */
	struct tree_partition_def_list defs;
	struct span span;
};

enum tree_item_kind {
	/* of a file */
	TREE_SCHEMA,   /* schema NAME { attrs } */
	TREE_TYPE,     /* type NAME = type attrs */
	TREE_MIXIN,    /* mixin NAME { items } */
	TREE_TABLE,    /* table NAME attrs { items } */
	TREE_OBJECT,   /* view, trigger, procedure, function, event, sequence */
	/* of a table or a mixin */
	TREE_COLUMN,   /* NAME type attrs */
	TREE_KEY,      /* primary key, unique, index, fulltext, spatial, vector */
	TREE_FOREIGN_KEY,
	TREE_CHECK,    /* check NAME (EXPR) attrs */
	TREE_USE,      /* use NAME */
	TREE_PARTITION,
	TREE_PERIOD,   /* period [for] NAME (from, to) */
};

enum tree_key_kind { KEY_PRIMARY, KEY_UNIQUE, KEY_INDEX, KEY_FULLTEXT, KEY_SPATIAL, KEY_VECTOR };

struct tree_item;
struct tree_item_list { struct tree_item **items; size_t n, cap; };

struct tree_item {
	enum tree_item_kind kind;
	struct tree_ident name; /* absent for USE's container kinds that have none */
	struct span span;       /* the whole item */
	struct tree_comment_list before; /* on lines of their own above the item */
	struct tree_comment trailing;    /* at the end of its (first) line; text NULL: none */
	bool blank_before;               /* an empty line stands above (above its comments) */
	bool detached;                   /* an empty line stands between its comments and itself */

	struct tree_attr_list attrs;
	struct tree_item_list items;       /* of schema: none; table, mixin: their items */
	struct tree_comment_list dangling; /* before the closing brace or parenthesis */
	struct tree_comment closing;       /* behind that; text NULL: none */

	/* TREE_COLUMN, TREE_TYPE */
	const struct tree_type *type;  /* NULL: like, or from references */
	struct tree_table_name like_table;
	struct tree_ident like_column; /* like T.C; name NULL: none */

	/* TREE_KEY */
	enum tree_key_kind key;
	struct tree_part_list parts;

	/* TREE_FOREIGN_KEY; its columns are also those of TREE_PERIOD */
	struct tree_ident_list columns;
	struct tree_reference reference;

	/* TREE_CHECK */
	struct expr *expr;

	struct tree_partition *partition; /* TREE_PARTITION */

	/* TREE_OBJECT */
	const struct name *object_kind; /* view, trigger, … */
	const char *head;               /* the words between the name and $$, as written */
	const char *body;
	const char *tag;                /* $$ or $tag$ */
};

struct tree_file {
	const struct source *src;
	struct tree_item_list items;
	struct tree_comment_list dangling; /* at the end of the file */
};

/*
 * An operation, as `-- op:` lines write it. Before and after stand in one text,
 * so that every op can be turned round:
 *
 *	create table T attrs { items }           drop table T attrs { items }
 *	rename table A to B
 *	alter table T: add ITEM [first | after C]
 *	alter table T: drop ITEM [first | after C]
 *	alter table T: alter COLUMN-ITEM to COLUMN-ITEM
 *	alter table T: rename column|index A to B
 *	alter table T: move C first|after C to first|after C
 *	alter table T: set ATTR to ATTR          (comment 'a' to comment 'b'; `none` for an absent one)
 *	alter table T: partition by … to partition by … [keeping rows]   (or `none`)
 *	create OBJECT …                          drop OBJECT …
 */
enum tree_op_verb { VERB_CREATE, VERB_DROP, VERB_RENAME_TABLE, VERB_ADD, VERB_DROP_ITEM, VERB_ALTER,
		    VERB_RENAME_COLUMN, VERB_RENAME_INDEX, VERB_MOVE, VERB_SET, VERB_PARTITION };

struct tree_place {
	bool given, first;
	struct tree_ident after;
};

struct tree_op {
	enum tree_op_verb verb;
	struct tree_ident table;
	const struct tree_item *before, *after; /* create: after; drop: before; alter: both */
	struct tree_ident name_before, name_after; /* renames; name_before is also what moves */
	struct tree_place place_before, place_after; /* add: after; drop: before; move: both */
	struct tree_attr_list attrs_before, attrs_after; /* set; empty: none */
	struct span span;
};

/* The attribute of that kind, or NULL. */
const struct tree_attr *tree_find_attr(const struct tree_attr_list *attrs, enum tree_attr_kind kind);
/* Rows of attribute.def: the canonical spelling ("on update"), what it carries. */
const char *tree_attr_spelling(enum tree_attr_kind kind);
enum tree_attr_value tree_attr_value(enum tree_attr_kind kind);
/* The letters of where it may stand. */
const char *tree_attr_where(enum tree_attr_kind kind);

#endif
