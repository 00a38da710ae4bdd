/*
 * diag: what autogen has to say, queued.
 *
 * Rooms below cli never print and never exit: they return success or failure
 * and queue diagnostics here; cli prints the queue. A diagnostic has a level, a
 * rule id (`fk-collation`, `syntax`; the key for `explain` and lint levels), a
 * message, any number of labelled places, and hints.
 *
 * Messages: lower case, no full stop, the cause first, 'quoted' subjects.
 * Hints say what to do, as text that can be pasted where possible.
 *
 * The queue owns copies of all its texts (in its own arena).
 */
#ifndef AUTOGEN_BASE_DIAG_H
#define AUTOGEN_BASE_DIAG_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/source.h"

struct buf;
struct json_t;

enum diag_level { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };

struct diag_place {
	struct span span;
	const char *label; /* NULL: none */
};

struct diag {
	enum diag_level level;
	const char *rule;    /* id, never NULL */
	const char *message;
	struct { struct diag_place *items; size_t n, cap; } places; /* the first is the main one */
	struct { const char **items; size_t n, cap; } hints;
};

struct diag_queue {
	struct arena arena;
	struct { struct diag **items; size_t n, cap; } diags;
	size_t errors, warnings;
};

void diag_init(struct diag_queue *queue);
void diag_free(struct diag_queue *queue);
void diag_clear(struct diag_queue *queue);

/* Queues and returns the diagnostic so that places and hints can be added. */
struct diag *diag_add(struct diag_queue *queue, enum diag_level level, const char *rule,
		      struct span span, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
#define diag_error(queue, rule, ...) diag_add((queue), DIAG_ERROR, (rule), __VA_ARGS__)
#define diag_warning(queue, rule, ...) diag_add((queue), DIAG_WARNING, (rule), __VA_ARGS__)

/*
 * Adds a labelled place. The main place's label is given by naming its span
 * again. A place without a source is shown as its label alone.
 */
void diag_place(struct diag_queue *queue, struct diag *diag, struct span span, const char *format,
		...) __attribute__((format(printf, 4, 5)));
void diag_hint(struct diag_queue *queue, struct diag *diag, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Forgets all but the first `n`: of work that was only tried. */
void diag_rewind(struct diag_queue *queue, size_t n);

/* Sorts by file and place, keeping the order of equal ones; those without a place come first. */
void diag_sort(struct diag_queue *queue);

/*
 * Text for a person:
 *
 *	error: foreign key 'fk_a' can't be made: collations differ [fk-collation]
 *	  --> schema/orders.model:4:5
 *	   4 |     user_id varchar(64)
 *	     |     ^~~~~~~ utf8mb4_general_ci, from the schema's default
 *	hint: like users.user_id
 *
 * Further places are underlined with dashes, below `:::` when in another file.
 * Of a place that covers several lines the first is shown; a line longer than
 * 100 columns is cut around its place; tabs become spaces, control characters U+FFFD.
 */
void diag_render(const struct diag *diag, bool colour, struct buf *out);
/* Everything queued, one after the other, with a count of errors at the end when there are several. */
void diag_print(const struct diag_queue *queue, bool colour, FILE *out);

/*
 * For --format json; the caller owns the reference:
 *
 *	{"level": "error", "rule": "…", "message": "…", "hints": ["…"], "places":
 *	 [{"file": "…", "line": 4, "column": 5, "end_line": 4, "end_column": 12, "label": "…"}]}
 *
 * The end is exclusive. A place may lack what is not known of it.
 */
struct json_t *diag_json(const struct diag *diag);

/* The closest of `n` words to `word` by edit distance, or NULL when none is near (did you mean). */
const char *diag_suggest(const char *word, const char *const *words, size_t n);

#endif
