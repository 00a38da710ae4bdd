/*
 * revision: one file of the chain.
 *
 *	-- revision: 3f2a9c1b7d40
 *	-- down_revision: 1c0de1c0de11        (empty at the base; several: a, b)
 *	-- branch_labels:
 *	-- depends_on:
 *	-- create_date: 2026-01-02 03:04:05
 *	-- message: create orders
 *	-- compiled_for: mariadb 10.11.6
 *	-- allow-data-loss: drop orders.note   (one line an acknowledgement)
 *	-- checksum: sha256 of every byte after the header, CRLF folded
 *
 *	-- migrate:base                       (only where the chain began on tables that were there)
 *
 *	-- op: create table old { … }
 *
 *	-- migrate:up
 *
 *	-- op: create table users {
 *	--         platform varchar(32) …
 *	--     }
 *	-- hash: first 16 digits of the statement's SHA-256
 *	CREATE TABLE `users` (
 *	…
 *	);
 *
 *	-- backfill: orders.channel
 *	-- hash: …
 *	UPDATE `orders` …;
 *
 *	-- migrate:down
 *	…
 *
 * The header is the lines before the first empty one. Statements end in `;`, or in
 * what a DELIMITER line says; a section ends the last one in any case.
 * An op line goes on in lines that begin with `--` and at least five blanks.
 * A statement with op lines whose hash differs was edited by hand; one without op
 * lines was written by hand. The file is plain SQL: any client can run it.
 *
 * read.c reads, write.c writes, ops.c goes between ops and statements, revision.c holds the rest.
 */
#ifndef AUTOGEN_REVISION_REVISION_H
#define AUTOGEN_REVISION_REVISION_H

#include "base/source.h"
#include "diff/plan.h"

struct string_list { const char **items; size_t n, cap; };

struct span_list { struct span *items; size_t n, cap; };

enum revision_direction { REVISION_UP, REVISION_DOWN };

enum statement_kind {
	STATEMENT_DDL,  /* ours: op lines, hash agrees */
	STATEMENT_EDITED, /* op lines, another hash: changed by hand */
	STATEMENT_DATA, /* insert, update, delete, replace, select, set, …: by hand, or a backfill */
	STATEMENT_HAND, /* by hand: anything else */
};

struct revision_statement {
	enum statement_kind kind;
	struct op_list ops;    /* in order; empty when written by hand */
	const char *sql;       /* without terminator and op lines */
	char hash[17];         /* of sql as it is in the file */
	struct span span;
	const char *recorded;  /* what the hash line says; NULL: none */
	const char *backfill;  /* "table.column" when it is ours and fills a column; NULL: it isn't */
	struct span_list op_lines; /* where the op lines are, for revision_read_ops() */
	bool warned;           /* that it was edited */
	struct string_list op_texts; /* ops as text, of a revision that is being made */
};

struct revision_statement_list { struct revision_statement **items; size_t n, cap; };

struct revision;
struct revision_list { struct revision **items; size_t n, cap; };

struct revision {
	const char *path;          /* NULL: not written yet */
	const struct source *src;
	const char *id;            /* up to 32 characters */
	struct string_list down_revisions, branch_labels, depends_on;
	const char *create_date;
	const char *message;
	const char *compiled_for;
	struct string_list allow_data_loss;
	const char *checksum;      /* as the header says; NULL: none */
	struct string_list other_lines; /* of the header, not understood: kept as they are */
	const char *body;          /* all after the header, CRLF folded; NULL: made of up and down */
	/* What was in the database before the chain: `-- migrate:base`, op lines that create the
	 * managed tables that were there, without statements. Only the first revision of a chain
	 * that began on a live database has it; graph_fold() applies it first. */
	struct op_list base;
	struct span_list base_lines;   /* where its op lines are */
	struct string_list base_texts; /* its ops as text, of a revision that is being made */
	struct revision_statement_list up, down;
	bool ops_read[2];          /* op lists that are filled: by direction, the base's with either */
	const struct server *ops_server; /* for that server */
	/* Places of the header's values, for messages; none when a line is missing. */
	struct span id_span, down_span, depends_span, checksum_span;
	/* Links, set by graph_read(): down_revision and depends_on, and both the other way. */
	struct revision_list parents, dependencies, children, dependents;
	/* What the version table's rows go by: parents, then the dependencies that no ancestor has. */
	struct revision_list needs;
	struct string_list labels; /* of the branch that it is on, sorted: its own and inherited ones */
	size_t listed;             /* its place among the files */
	size_t at;                 /* its place in the graph's order */
	unsigned depth;            /* longest way from a base */
};

/*
 * Reads a file: header and statements; op lines are parsed by revision_read_ops(). NULL with
 * diagnostics (rule `revision`) when it can't be trusted. A file without a `revision` line is none
 * of ours: NULL, a warning.
 */
struct revision *revision_read(struct context *ctx, struct arena *arena, const char *path);
/* The same of a text already read. */
struct revision *revision_parse(struct context *ctx, struct arena *arena, const struct source *src);
/* Is the body what the header's checksum is of? Also when there is none. */
bool revision_checksum_ok(const struct revision *revision);
/* Resolves the op lines of both directions, for a server; once a server. */
bool revision_read_ops(struct context *ctx, struct arena *arena, const struct server *server,
		       struct revision *revision);
/* Those of one direction alone, and of the base. */
bool revision_read_ops_of(struct context *ctx, struct arena *arena, const struct server *server,
			  struct revision *revision, enum revision_direction direction);
/* May the operations of these statements lose data? By the first words of their op lines, unparsed: no
 * for what only adds or renames, yes for all else. */
bool revision_may_lose(const struct revision_statement_list *list);
/*
 * The whole text of a revision with a fresh checksum: a new one with fresh hashes, one that was read
 * with its body as it was (so what was edited by hand stays known as that).
 */
void revision_print(struct buf *out, const struct revision *revision);
/* A statement and its terminator as the stock client takes them for just that one: with DELIMITER
 * lines around it where it has to be. */
void revision_print_sql(struct buf *out, const char *sql);
/* Fills up and down from plans, through emit, and makes the text of its base. */
bool revision_fill(struct context *ctx, struct arena *arena, const struct server_list *targets,
		   struct revision *revision, const struct plan *up, const struct plan *down);
/* Twelve hexadecimal digits, random; out holds 13 bytes. */
bool revision_new_id(struct context *ctx, char out[13]);
/* Is it an id that can be used: letters, digits and `_`, at most 32, no word with a meaning? */
bool revision_id_ok(const char *id);
/* "upgrade", "downgrade" and "ddl", "edited", "data", "hand", for people and the journal. */
const char *revision_direction_word(enum revision_direction direction);
const char *statement_kind_word(enum statement_kind kind);
/* The first word of a statement in lower case, comments and parentheses passed over; of SET STATEMENT
 * the second, as it sets nothing that lasts. */
void statement_first_word(const char *sql, char word[16]);

#endif
