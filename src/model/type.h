/*
 * type: column types in canonical form.
 *
 * type.def lists every type of every server: canonical name, aliases, class,
 * which arguments it takes, its defaults (decimal is decimal(10,0), bit is
 * bit(1), year has none) and since when which flavour has it. A struct type is
 * canonical once type_from_tree() made it: aliases are gone (integer → int, bool
 * → tinyint(1), serial is expanded by dsl), defaults written out, display widths
 * dropped except tinyint(1) and zerofill ones (decision in type.def), zerofill
 * implies unsigned. Two columns have the same type exactly when type_equal() says so.
 * Charset and collation belong to the column, not to the type.
 */
#ifndef AUTOGEN_MODEL_TYPE_H
#define AUTOGEN_MODEL_TYPE_H

#include "model/server.h"
#include "syntax/tree.h"

enum type_id {
#define TYPE(id, ...) id, /* type.def also has ALIAS rows: nothing unless that is defined */
#include "model/type.def"
#undef TYPE
	TYPE_COUNT
};

/* How the server keeps values: decides defaults, charsets, narrowing. */
enum type_class {
	CLASS_INTEGER,  /* also bit? no: BIT is its own */
	CLASS_BIT,
	CLASS_DECIMAL,
	CLASS_FLOAT,    /* float, double */
	CLASS_DATE, CLASS_TIME, CLASS_DATETIME, CLASS_TIMESTAMP, CLASS_YEAR,
	CLASS_STRING,   /* char, varchar */
	CLASS_TEXT,
	CLASS_BINARY,   /* binary, varbinary */
	CLASS_BLOB,
	CLASS_ENUM, CLASS_SET,
	CLASS_JSON,
	CLASS_SPATIAL,
	CLASS_OTHER,    /* uuid, inet4, inet6, vector */
};

struct type {
	enum type_id id;
	int length;      /* (n): characters, bits, precision, display width; -1: none */
	int decimals;    /* (p,d); fsp of time types (0 written as 0); -1: none */
	bool is_unsigned, zerofill;
	long srid;       /* -1: none */
	struct { const char **items; size_t n, cap; } values; /* enum and set, in order, decoded */
};

/*
 * The canonical type of a parsed one, with the attributes that belong to it.
 * false with a diagnostic (rule `type`): unknown (did you mean), wrong
 * arguments, refused by the server. *charset is set where the word implies one
 * (national char → utf8mb3, char byte → binary type), else left alone.
 * What *charset holds before is the charset the column would inherit, or NULL: text(n) picks
 * its size by it (a CHARSET or COLLATE among the attributes goes first, the server's default last).
 */
bool type_from_tree(struct context *ctx, struct arena *arena, const struct server *server,
		    const struct tree_type *tree, const struct tree_attr_list *attrs,
		    struct type *type, const struct name **charset);
/* For printing in the model language: word and arguments. unsigned, zerofill and srid are attributes
 * of the column, the caller's to add. */
struct tree_type *type_to_tree(struct context *ctx, struct arena *arena, const struct type *type);
/* varchar(64), int unsigned, enum('a','b'): SQL text with unsigned and zerofill, no charset. */
void type_print(struct buf *out, const struct type *type);

bool type_equal(const struct type *a, const struct type *b);
enum type_class type_class(const struct type *type);
/* The canonical word: "bigint". */
const char *type_name(enum type_id id);
/* The largest n of type(n); bytes for texts and blobs. */
unsigned long type_limit(const struct type *type);
/* Has a charset and a collation: char, varchar, texts, enum, set. */
bool type_is_string(const struct type *type);
/* Is the word a built-in type's (or an alias's) first word? */
bool type_is_word(const char *word);
/* What the type takes as a key part, in bytes, for a column of `charset_bytes` bytes a character; 0:
 * it can't be one as a whole (texts, blobs, json, spatial). */
unsigned type_key_bytes(const struct type *type, unsigned charset_bytes);

#endif
