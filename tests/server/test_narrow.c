/*
 * test_narrow: what is said to lose data does, and nothing else.
 *
 *	test_narrow URL [FROM [TO]]
 *
 * Each type of narrow.list, with its edge values, is changed into each other one and back, in strict
 * mode. A change said to lose nothing must keep every value: the same bytes, the same text, the same
 * number, the same moment; of approximate numbers, which are shown rounded, what comes back counts.
 * One said to narrow must lose, or be refused, at least one; lines `! FROM -> TO SERVERS: why` of the
 * list say where it does not. Tells what it found in TAP, a line a type.
 *
 * Of the pairs it takes a part, another one on each server; with NARROW_ALL in the environment all.
 */
#include "tests/server/model_bench.h"

#include <fnmatch.h>

#include "model/charset.h"
#include "model/narrow.h"
#include "syntax/parse.h"
#include "tests/server/cases.h"

/* Fewer would mean that the test tests nothing. */
#define ENOUGH 60

struct edge {
	const char *text; /* the type as it is written */
	struct column column;
	struct {
		const char **items;
		size_t n, cap;
	} values;
	bool known; /* to us and the server */
};

/* Said to lose, and known not to show it: FROM -> TO SERVERS */
struct excuse {
	const char *from, *to;
	unsigned servers;
};

static struct excuse read_excuse(struct bench *bench, const char *line)
{
	static const char *const words[] = { " mariadb", " m56", " m8", " mysql" };
	const char *arrow = strstr(line, " -> "), *end = strrchr(line, ':');
	const char *colon = strstr(line, ": ");
	struct excuse excuse = { "", "", 31 };
	end = colon ? colon : end;
	if (!arrow || !end)
		return excuse;
	const char *to = arrow + 4, *servers = end;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		const char *word = strstr(to, words[i]);
		if (word && word < servers)
			servers = word;
	}
	excuse.from = arena_strndup(&bench->arena, line + 2, (size_t)(arrow - line - 2));
	excuse.to = arena_strndup(&bench->arena, to, (size_t)(servers - to));
	if (servers < end)
		excuse.servers = case_servers(
			arena_strndup(&bench->arena, servers, (size_t)(end - servers)));
	return excuse;
}

static bool is_excused(const struct bench *bench, const struct excuse *excuses, size_t n,
		       const struct edge *from, const struct edge *to)
{
	for (size_t i = 0; i < n; i++)
		if ((excuses[i].servers & case_server(bench->server)) &&
		    !fnmatch(excuses[i].from, from->text, 0) &&
		    !fnmatch(excuses[i].to, to->text, 0))
			return true;
	return false;
}

static bool read_edge(struct bench *bench, const char *line, struct edge *edge)
{
	const char *bar = strstr(line, " | ");
	if (!bar)
		return false;
	edge->text = arena_strndup(&bench->arena, line, (size_t)(bar - line));
	while (bar) {
		const char *start = bar + 3, *next = strstr(start, " | ");
		size_t len = next ? (size_t)(next - start) : strlen(start);
		LIST_PUSH(&bench->arena, &edge->values,
			  (const char *)arena_strndup(&bench->arena, start, len));
		bar = next;
	}
	const char *text = arena_printf(&bench->arena, "a %s null", edge->text);
	const struct source *src = ctx_source(&bench->ctx, line, text, strlen(text));
	const struct tree_item *item = parse_item(&bench->ctx, &bench->arena, src);
	if (!item || !item->type)
		return false;
	const struct tree_attr *charset = tree_find_attr(&item->attrs, ATTR_CHARSET);
	const struct name *own =
		charset ? charset_canonical(&bench->ctx, charset->word.name) : NULL;
	edge->column.name = ctx_name(&bench->ctx, "c");
	edge->column.comment = "";
	edge->column.charset = own ? own : ctx_name(&bench->ctx, "utf8mb4");
	edge->column.nullable = true;
	edge->known = type_from_tree(&bench->ctx, &bench->arena, bench->server, item->type,
				     &item->attrs, &edge->column.type, &edge->column.charset);
	if (edge->known && !type_is_string(&edge->column.type))
		edge->column.charset = NULL;
	diag_clear(&bench->ctx.diags);
	return true;
}

/* The type with its charset, as SQL. */
static void add_type(struct buf *out, const struct edge *edge)
{
	type_print(out, &edge->column.type);
	if (edge->column.charset)
		buf_printf(out, " CHARACTER SET %s", edge->column.charset->text);
	buf_add(out, " NULL");
}

static bool try_type(struct bench *bench, const char *before, const struct edge *edge,
		     const char *after)
{
	struct buf sql = { 0 };
	buf_add(&sql, before);
	add_type(&sql, edge);
	buf_add(&sql, after);
	bool ok = !bench_try(bench, buf_text(&sql));
	buf_free(&sql);
	return ok;
}

/* The table n with a column c of the type, a row a value. */
static bool make(struct bench *bench, struct edge *edge)
{
	bench_try(bench, "DROP TABLE IF EXISTS n");
	if (!try_type(bench, "CREATE TABLE n (id INT PRIMARY KEY, c ", edge, ") ENGINE=InnoDB"))
		return false;
	for (size_t i = 0; i < edge->values.n; i++)
		if (bench_tryf(bench, "INSERT INTO n VALUES (%zu, %s)", i, edge->values.items[i]))
			return false;
	return true;
}

static bool is_number(const struct edge *edge)
{
	enum type_class class = type_class(&edge->column.type);
	return class == CLASS_INTEGER || class == CLASS_DECIMAL || class == CLASS_FLOAT ||
	       class == CLASS_YEAR || class == CLASS_BIT;
}

enum { ID, BYTES, TEXT, NUMBER };

/* All values: their bytes, their text, the number they are. */
static struct db_result values(struct bench *bench, const struct edge *edge)
{
	struct db_result result = { 0 };
	bool opaque = type_class(&edge->column.type) == CLASS_SPATIAL ||
		      edge->column.type.id == TYPE_VECTOR; /* no text */
	db_queryf(bench->db, &bench->arena, &result,
		  "SELECT id, HEX(c), HEX(%s), %s FROM n ORDER BY id",
		  opaque ? "c" : "CONVERT(CONCAT('', c) USING utf8mb4)",
		  is_number(edge) ? "c + 0" : "0");
	return result;
}

static bool cells_equal(const struct db_row *a, const struct db_row *b, int cell)
{
	return a->cells[cell] && b->cells[cell] && !strcmp(a->cells[cell], b->cells[cell]);
}

/* The number without zeros that say nothing. */
static const char *plain_number(struct bench *bench, const char *text)
{
	char *plain = arena_strdup(&bench->arena, text);
	size_t len = strlen(plain);
	while (strchr(plain, '.') && !strchr(plain, 'e') && len &&
	       (plain[len - 1] == '0' || plain[len - 1] == '.')) {
		bool point = plain[len - 1] == '.';
		plain[--len] = '\0';
		if (point)
			break;
	}
	return plain;
}

/* In hexadecimal: does the longer one only add a fraction of zeros, or midnight? */
static bool same_moment(const char *a, const char *b)
{
	static const char midnight[] = "2030303A30303A3030"; /* ' 00:00:00' */
	size_t len = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
	const char *rest = strlen(a) < strlen(b) ? b + len : a + len;
	if (strncmp(a, b, len) != 0)
		return false;
	if (!strncmp(rest, midnight, strlen(midnight)))
		rest += strlen(midnight);
	if (!strncmp(rest, "2E", 2))
		rest += 2;
	else if (len < 2 * 9 || strncmp(rest, "30", 2) != 0) /* shorter than a time with a point */
		return !*rest;
	while (!strncmp(rest, "30", 2))
		rest += 2;
	return !*rest;
}

static bool is_moment(const struct edge *edge)
{
	enum type_class class = type_class(&edge->column.type);
	return class == CLASS_DATE || class == CLASS_TIME || class == CLASS_DATETIME ||
	       class == CLASS_TIMESTAMP;
}

static bool is_kept(struct bench *bench, const struct edge *from, const struct edge *to,
		    const struct db_row *before, const struct db_row *after)
{
	if (!after->cells[BYTES])
		return false;
	if (is_number(from) && is_number(to))
		return !strcmp(plain_number(bench, before->cells[NUMBER]),
			       plain_number(bench, after->cells[NUMBER])) ||
		       strtold(before->cells[NUMBER], NULL) == strtold(after->cells[NUMBER], NULL);
	if (is_moment(from) && is_moment(to))
		return same_moment(before->cells[TEXT], after->cells[TEXT]);
	return cells_equal(before, after, TEXT) ||
	       (!is_number(from) && cells_equal(before, after, BYTES));
}

/* Are they shown in another way than they are kept: rounded, or members in the order of the type? */
static bool is_seen_by_way_back(const struct edge *from, const struct edge *to)
{
	return type_class(&from->column.type) == CLASS_FLOAT ||
	       (type_class(&from->column.type) == CLASS_SET &&
		type_class(&to->column.type) == CLASS_SET);
}

static bool all_kept(struct bench *bench, const struct edge *from, const struct edge *to,
		     const struct db_result *before, bool back)
{
	struct db_result after = values(bench, to);
	if (after.rows.n != before->rows.n)
		return false;
	for (size_t i = 0; i < after.rows.n; i++) {
		const struct db_row *a = &before->rows.items[i], *b = &after.rows.items[i];
		bool same =
			cells_equal(a, b, BYTES) && (!is_number(from) || cells_equal(a, b, NUMBER));
		if (back ? !same : !is_kept(bench, from, to, a, b))
			return false;
	}
	return true;
}

/* Does it lose anything on this server? *made: the table is as it was. */
static bool loses(struct bench *bench, const struct edge *from, const struct edge *to,
		  const struct db_result *before, bool *made)
{
	*made = true;
	if (!try_type(bench, "ALTER TABLE n MODIFY c ", to, ""))
		return true;
	bool kept = all_kept(bench, from, to, before, false);
	*made = try_type(bench, "ALTER TABLE n MODIFY c ", from, "") &&
		all_kept(bench, from, from, before, true);
	return is_seen_by_way_back(from, to) ? !*made : !kept;
}

/* What a run is about. */
struct narrow_test {
	struct bench *bench;
	struct edge *edges;
	struct excuse *excuses;
	size_t n_edges, n_excuses;
	const char *only; /* the type to change to; NULL: any */
	size_t part;      /* of PARTS that this run takes; PARTS: all */
};

#define PARTS 5

static bool is_wanted(const struct narrow_test *test, size_t from, size_t to)
{
	if (test->only)
		return !strcmp(test->only, test->edges[to].text);
	return test->part == PARTS || (from * 7 + to) % PARTS == test->part;
}

static void test_from(const struct narrow_test *test, size_t at)
{
	struct edge *from = &test->edges[at];
	struct bench *bench = test->bench;
	struct buf wrong = { 0 };
	struct db_result before = values(bench, from);
	bool made = true;
	for (size_t i = 0; i < test->n_edges; i++) {
		const struct edge *to = &test->edges[i];
		if (!to->known || to == from || !is_wanted(test, at, i))
			continue;
		if (!made && !make(bench, from))
			break;
		bool said = narrow_column(&from->column, &to->column) != NARROW_NOTHING;
		bool does = loses(bench, from, to, &before, &made);
		if (said != does &&
		    (does || !is_excused(bench, test->excuses, test->n_excuses, from, to)))
			buf_printf(&wrong, "  %-28s -> %-28s %s\n", from->text, to->text,
				   does ? "loses, and we say it does not"
					: "keeps everything, and we say it loses");
	}
	bench_report(bench, !wrong.len, from->text, "%s", buf_text(&wrong));
	buf_free(&wrong);
}

static bool read_list(struct narrow_test *test)
{
	struct bench *bench = test->bench;
	struct bench_lines lines = { 0 };
	if (!bench_read(bench, "tests/server/narrow.list", &lines))
		return false;
	test->edges = ARENA_ARRAY(&bench->arena, struct edge, lines.n);
	test->excuses = ARENA_ARRAY(&bench->arena, struct excuse, lines.n);
	for (size_t i = 0; i < lines.n; i++) {
		struct edge *edge = &test->edges[test->n_edges];
		if (*lines.items[i] == '!') {
			test->excuses[test->n_excuses++] = read_excuse(bench, lines.items[i]);
			continue;
		}
		if (!read_edge(bench, lines.items[i], edge))
			bench_report(bench, false, lines.items[i], "  can't be read");
		test->n_edges++;
	}
	return true;
}

/* Another part on each server. */
static size_t part_of(const struct server *server)
{
	unsigned bit = case_server(server);
	size_t part = 0;
	if (getenv("NARROW_ALL"))
		return PARTS;
	while (bit > 1) {
		bit /= 2;
		part++;
	}
	return part;
}

int main(int argc, char **argv)
{
	struct bench bench = { 0 };
	struct narrow_test test = { .bench = &bench, .only = argc > 3 ? argv[3] : NULL };
	size_t known = 0;
	if (argc >= 2 && bench_open(&bench, argv[1], "narrow_db") && read_list(&test)) {
		test.part = argc > 2 ? PARTS : part_of(bench.server);
		for (size_t i = 0; i < test.n_edges; i++) {
			struct edge *edge = &test.edges[i];
			edge->known = edge->known && make(&bench, edge);
			known += edge->known;
			if (!edge->known)
				printf("# not of this server: %s\n", edge->text);
		}
		for (size_t i = 0; i < test.n_edges; i++)
			if (test.edges[i].known &&
			    (argc < 3 || !strcmp(argv[2], test.edges[i].text)) &&
			    make(&bench, &test.edges[i]))
				test_from(&test, i);
		bench_report(&bench, argc > 2 || known >= ENOUGH, "enough types", "  %zu", known);
	}
	return bench_close(&bench);
}
