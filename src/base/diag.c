#include "base/diag.h"

#include "base/buf.h"
#include "base/term.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Columns of a source line that are shown; longer lines are cut around the place. */
#define LINE_WIDTH 100
/* Of a cut line, the columns kept before the place. */
#define LINE_BEFORE 30
#define TAB_WIDTH 4
#define REPLACEMENT 0xfffd

static const char *const level_words[] = {
	[DIAG_NOTE] = "note",
	[DIAG_WARNING] = "warning",
	[DIAG_ERROR] = "error",
};

void diag_init(struct diag_queue *queue)
{
	*queue = (struct diag_queue){ 0 };
	arena_init(&queue->arena);
}

void diag_free(struct diag_queue *queue)
{
	arena_free(&queue->arena);
	diag_init(queue);
}

void diag_clear(struct diag_queue *queue)
{
	diag_free(queue);
}

struct diag *diag_add(struct diag_queue *queue, enum diag_level level, const char *rule,
		      struct span span, const char *format, ...)
{
	struct diag *diag = ARENA_NEW(&queue->arena, struct diag);
	va_list args;
	va_start(args, format);
	diag->message = arena_vprintf(&queue->arena, format, args);
	va_end(args);
	diag->level = level;
	diag->rule = arena_strdup(&queue->arena, rule);
	if (span.src) {
		struct diag_place place = { span, NULL };
		LIST_PUSH(&queue->arena, &diag->places, place);
	}
	LIST_PUSH(&queue->arena, &queue->diags, diag);
	queue->errors += level == DIAG_ERROR;
	queue->warnings += level == DIAG_WARNING;
	return diag;
}

static bool same_span(struct span a, struct span b)
{
	return a.src == b.src && a.start == b.start && a.end == b.end;
}

void diag_place(struct diag_queue *queue, struct diag *diag, struct span span, const char *format,
		...)
{
	va_list args;
	va_start(args, format);
	struct diag_place place = { span, arena_vprintf(&queue->arena, format, args) };
	va_end(args);
	struct diag_place *main_place = diag->places.n ? &diag->places.items[0] : NULL;
	if (main_place && !main_place->label && same_span(main_place->span, span))
		*main_place = place;
	else
		LIST_PUSH(&queue->arena, &diag->places, place);
}

void diag_hint(struct diag_queue *queue, struct diag *diag, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *hint = arena_vprintf(&queue->arena, format, args);
	va_end(args);
	LIST_PUSH(&queue->arena, &diag->hints, hint);
}

/* The first place that is in a source, or NULL. */
static const struct diag_place *first_place(const struct diag *diag)
{
	for (size_t i = 0; i < diag->places.n; i++)
		if (diag->places.items[i].span.src)
			return &diag->places.items[i];
	return NULL;
}

struct sort_item {
	struct diag *diag;
	size_t index;
};

static int compare_items(const void *a, const void *b)
{
	const struct sort_item *x = a, *y = b;
	const struct diag_place *p = first_place(x->diag), *q = first_place(y->diag);
	int order = (p != NULL) - (q != NULL);
	if (!order && p)
		order = strcmp(p->span.src->path, q->span.src->path);
	if (!order && p)
		order = (p->span.start > q->span.start) - (p->span.start < q->span.start);
	return order ? order : (x->index > y->index) - (x->index < y->index);
}

void diag_rewind(struct diag_queue *queue, size_t n)
{
	while (queue->diags.n > n) {
		enum diag_level level = queue->diags.items[--queue->diags.n]->level;
		if (level == DIAG_ERROR)
			queue->errors--;
		else if (level == DIAG_WARNING)
			queue->warnings--;
	}
}

void diag_sort(struct diag_queue *queue)
{
	size_t n = queue->diags.n;
	struct sort_item *items = base_malloc(n * sizeof(*items));
	for (size_t i = 0; i < n; i++)
		items[i] = (struct sort_item){ queue->diags.items[i], i };
	qsort(items, n, sizeof(*items), compare_items);
	for (size_t i = 0; i < n; i++)
		queue->diags.items[i] = items[i].diag;
	free(items);
}

/* --- rendering ------------------------------------------------------------------------------ */

struct render {
	struct buf *out;
	bool colour;
	int gutter; /* columns of a line number */
};

static const char *style(const struct render *render, enum term_style which)
{
	return term_style(render->colour, which);
}

static enum term_style level_colour(enum diag_level level)
{
	return level == DIAG_ERROR ? TERM_RED : level == DIAG_WARNING ? TERM_YELLOW : TERM_BLUE;
}

/* One character of a source line as it is shown. */
struct cell {
	utf8proc_int32_t c; /* '\t': that many spaces */
	size_t bytes, width;
};

/* Control characters, and those that turn the writing direction, would make the line lie. */
static bool is_unprintable(utf8proc_int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static struct cell read_cell(const char *text, size_t len, size_t column)
{
	struct cell cell = { REPLACEMENT, 1, 1 };
	utf8proc_int32_t c;
	utf8proc_ssize_t n =
		utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &c);
	if (n <= 0)
		return cell;
	cell.bytes = (size_t)n;
	if (c == '\t') {
		cell.c = c;
		cell.width = TAB_WIDTH - column % TAB_WIDTH;
	} else if (!is_unprintable(c)) {
		cell.c = c;
		cell.width = (size_t)utf8proc_charwidth(c);
	}
	return cell;
}

/* The column that byte `offset` of the line begins at; the line's width for its length. */
static size_t column_of(const char *line, size_t len, size_t offset)
{
	size_t column = 0;
	for (size_t i = 0; i < len && i < offset;) {
		struct cell cell = read_cell(line + i, len - i, column);
		column += cell.width;
		i += cell.bytes;
	}
	return column;
}

/* A place laid out: its line, what columns it takes there, what columns are shown. */
struct layout {
	const struct source *src;
	const char *line;
	size_t len;
	struct position position;
	size_t from, to;    /* underlined columns */
	size_t left, right; /* shown columns */
	size_t width;       /* of the whole line */
};

static struct layout lay_out(struct span span)
{
	struct layout at = { .src = span.src, .position = source_position(span.src, span.start) };
	at.line = source_line(span.src, span.start, &at.len);
	size_t start = span.start < span.src->len ? span.start : span.src->len;
	size_t first = start - (size_t)(at.line - span.src->text);
	size_t last = span.end > start ? first + (span.end - start) : first;
	at.from = column_of(at.line, at.len, first);
	at.to = column_of(at.line, at.len, last);
	at.width = at.right = column_of(at.line, at.len, at.len);
	if (at.width > LINE_WIDTH) {
		if (at.to > LINE_WIDTH - 2)
			at.left = at.from > LINE_BEFORE ? at.from - LINE_BEFORE : 0;
		if (at.left > at.width - LINE_WIDTH)
			at.left = at.width - LINE_WIDTH;
		at.right = at.left + LINE_WIDTH;
	}
	return at;
}

static void trim(struct buf *out)
{
	while (out->len && out->text[out->len - 1] == ' ')
		buf_truncate(out, out->len - 1);
}

static void add_gutter(struct render *render, unsigned line)
{
	buf_add(render->out, style(render, TERM_BLUE));
	if (line)
		buf_printf(render->out, "%*u |", render->gutter, line);
	else
		buf_printf(render->out, "%*s |", render->gutter, "");
	buf_add(render->out, style(render, TERM_RESET));
}

static void add_cell(struct buf *out, struct cell cell)
{
	utf8proc_uint8_t bytes[4];
	if (cell.c == '\t')
		buf_add_repeat(out, ' ', cell.width);
	else
		buf_add_bytes(out, (char *)bytes, (size_t)utf8proc_encode_char(cell.c, bytes));
}

static void add_line(struct render *render, const struct layout *at)
{
	add_gutter(render, at->position.line);
	buf_add_char(render->out, ' ');
	/* an ellipsis takes the first or last column of what is shown */
	size_t left = at->left ? at->left + 1 : 0;
	size_t right = at->right < at->width ? at->right - 1 : at->right;
	if (at->left)
		buf_add(render->out, "…");
	size_t column = 0;
	for (size_t i = 0; i < at->len;) {
		struct cell cell = read_cell(at->line + i, at->len - i, column);
		size_t end = column + cell.width;
		if (column >= left && end <= right)
			add_cell(render->out, cell);
		else if (end > left && column < right) /* a wide one on the edge */
			buf_add_repeat(render->out, ' ',
				       (end < right ? end : right) -
					       (column > left ? column : left));
		column = end;
		i += cell.bytes;
	}
	if (at->right < at->width)
		buf_add(render->out, "…");
	else
		trim(render->out);
	buf_add_char(render->out, '\n');
}

static void add_underline(struct render *render, const struct layout *at, const char *label,
			  enum term_style colour, const char marks[2])
{
	size_t from = at->from - at->left;
	size_t to = (at->to < at->right ? at->to : at->right) - at->left;
	add_gutter(render, 0);
	buf_add_repeat(render->out, ' ', 1 + from);
	buf_add(render->out, style(render, TERM_BOLD));
	buf_add(render->out, style(render, colour));
	buf_add_char(render->out, marks[0]);
	if (to > from + 1)
		buf_add_repeat(render->out, marks[1], to - from - 1);
	if (label && *label)
		buf_printf(render->out, " %s", label);
	buf_add(render->out, style(render, TERM_RESET));
	buf_add_char(render->out, '\n');
}

static void add_places(struct render *render, const struct diag *diag)
{
	const struct diag_place *main_place = first_place(diag);
	struct layout before = { 0 };
	for (size_t i = 0; i < diag->places.n; i++) {
		const struct diag_place *place = &diag->places.items[i];
		if (!place->span.src)
			continue;
		struct layout at = lay_out(place->span);
		if (at.src != before.src)
			buf_printf(render->out, "%s  %s%s %s:%u:%u\n", style(render, TERM_BLUE),
				   place == main_place ? "-->" : ":::", style(render, TERM_RESET),
				   at.src->path, at.position.line, at.position.column);
		if (at.src != before.src || at.line != before.line || at.left != before.left)
			add_line(render, &at);
		if (place == main_place)
			add_underline(render, &at, place->label, level_colour(diag->level), "^~");
		else
			add_underline(render, &at, place->label, TERM_BLUE, "--");
		before = at;
	}
}

/* `text` behind its heading, further lines of it indented to stand below the first. */
static void add_indented(struct buf *out, const char *text, size_t indent)
{
	for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
		buf_add_bytes(out, text, (size_t)(end - text));
		buf_add_char(out, '\n');
		if (end[1] && end[1] != '\n')
			buf_add_repeat(out, ' ', indent);
	}
	buf_add(out, text);
	if (out->len && out->text[out->len - 1] != '\n')
		buf_add_char(out, '\n');
}

static int gutter_width(const struct diag *diag)
{
	unsigned largest = 0;
	for (size_t i = 0; i < diag->places.n; i++) {
		struct span span = diag->places.items[i].span;
		unsigned line = span.src ? source_position(span.src, span.start).line : 0;
		largest = line > largest ? line : largest;
	}
	int width = snprintf(NULL, 0, "%u", largest);
	return width > 4 ? width : 4;
}

void diag_render(const struct diag *diag, bool colour, struct buf *out)
{
	struct render render = { out, colour, gutter_width(diag) };
	const char *bold = style(&render, TERM_BOLD), *reset = style(&render, TERM_RESET);
	buf_printf(out, "%s%s%s:%s %s%s%s", bold, style(&render, level_colour(diag->level)),
		   level_words[diag->level], reset, bold, diag->message, reset);
	if (*diag->rule)
		buf_printf(out, " %s[%s]%s", style(&render, TERM_DIM), diag->rule, reset);
	buf_add_char(out, '\n');
	add_places(&render, diag);
	for (size_t i = 0; i < diag->places.n; i++) {
		const struct diag_place *place = &diag->places.items[i];
		if (!place->span.src && place->label && *place->label) {
			buf_printf(out, "%s  =%s ", style(&render, TERM_BLUE), reset);
			add_indented(out, place->label, 4);
		}
	}
	for (size_t i = 0; i < diag->hints.n; i++) {
		buf_printf(out, "%s%shint:%s ", bold, style(&render, TERM_GREEN), reset);
		add_indented(out, diag->hints.items[i], strlen("hint: "));
	}
}

void diag_print(const struct diag_queue *queue, bool colour, FILE *out)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < queue->diags.n; i++)
		diag_render(queue->diags.items[i], colour, &text);
	if (queue->errors > 1) {
		buf_printf(&text, "%zu errors", queue->errors);
		if (queue->warnings)
			buf_printf(&text, ", %zu warning%s", queue->warnings,
				   queue->warnings == 1 ? "" : "s");
		buf_add_char(&text, '\n');
	}
	fwrite(buf_text(&text), 1, text.len, out);
	buf_free(&text);
}

/* --- JSON ----------------------------------------------------------------------------------- */

/* Bytes that are no UTF-8 (of a file, of a server's message) become U+FFFD. */
static json_t *json_text(const char *text)
{
	json_t *json = json_string(text);
	if (json)
		return json;
	struct buf valid = { 0 };
	while (*text) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
		if (n > 0)
			buf_add_bytes(&valid, text, (size_t)n);
		else
			buf_add(&valid, "\uFFFD");
		text += n > 0 ? n : 1;
	}
	json = json_string(buf_text(&valid));
	buf_free(&valid);
	return json;
}

static json_t *place_json(const struct diag_place *place)
{
	json_t *json = json_object();
	const struct source *src = place->span.src;
	if (src) {
		struct position start = source_position(src, place->span.start);
		struct position end = source_position(src, place->span.end);
		json_object_set_new(json, "file", json_text(src->path));
		json_object_set_new(json, "line", json_integer(start.line));
		json_object_set_new(json, "column", json_integer(start.column));
		json_object_set_new(json, "end_line", json_integer(end.line));
		json_object_set_new(json, "end_column", json_integer(end.column));
	}
	if (place->label && *place->label)
		json_object_set_new(json, "label", json_text(place->label));
	return json;
}

json_t *diag_json(const struct diag *diag)
{
	json_t *json = json_object(), *places = json_array(), *hints = json_array();
	for (size_t i = 0; i < diag->places.n; i++)
		json_array_append_new(places, place_json(&diag->places.items[i]));
	for (size_t i = 0; i < diag->hints.n; i++)
		json_array_append_new(hints, json_text(diag->hints.items[i]));
	json_object_set_new(json, "level", json_string(level_words[diag->level]));
	json_object_set_new(json, "rule", json_text(diag->rule));
	json_object_set_new(json, "message", json_text(diag->message));
	json_object_set_new(json, "places", places);
	json_object_set_new(json, "hints", hints);
	return json;
}

/* --- did you mean --------------------------------------------------------------------------- */

/* Identifiers have 64 characters at most, so do words worth a suggestion. */
#define WORD_MAX 64

struct word {
	utf8proc_int32_t chars[WORD_MAX];
	size_t n;
};

/* Folded characters; false when the word is too long or no UTF-8. */
static bool read_word(const char *text, struct word *word)
{
	word->n = 0;
	while (*text) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &c);
		if (n <= 0 || word->n == WORD_MAX)
			return false;
		word->chars[word->n++] = utf8proc_tolower(c);
		text += n;
	}
	return true;
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Damerau-Levenshtein distance (optimal string alignment): insert, delete,
 * replace one character, or swap two neighbours, each for 1.
 */
static size_t distance(const struct word *a, const struct word *b)
{
	size_t rows[3][WORD_MAX + 1];
	size_t *two_up = rows[0], *up = rows[1], *row = rows[2];
	for (size_t j = 0; j <= b->n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a->n; i++) {
		size_t *free_row = two_up;
		two_up = up;
		up = row;
		row = free_row;
		row[0] = i;
		for (size_t j = 1; j <= b->n; j++) {
			bool same = a->chars[i - 1] == b->chars[j - 1];
			row[j] = smaller(up[j - 1] + !same, smaller(up[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a->chars[i - 1] == b->chars[j - 2] &&
			    a->chars[i - 2] == b->chars[j - 1])
				row[j] = smaller(row[j], two_up[j - 2] + 1);
		}
	}
	return row[b->n];
}

const char *diag_suggest(const char *word, const char *const *words, size_t n)
{
	struct word wanted, other;
	if (!read_word(word, &wanted) || !wanted.n)
		return NULL;
	/* a third of the word may be wrong, and one character of a short one */
	size_t limit = wanted.n < 3 ? wanted.n - 1 : wanted.n / 3;
	const char *best = NULL;
	for (size_t i = 0; i < n; i++) {
		if (!read_word(words[i], &other))
			continue;
		size_t d = distance(&wanted, &other);
		if (d > limit || (best && d == limit))
			continue;
		best = words[i];
		limit = d;
	}
	return best;
}
