#include "revision/op_text.h"

#include "base/buf.h"
#include "base/context.h"
#include "diff/apply.h"
#include "diff/diff.h"
#include "dsl/resolve.h"
#include "model/equal.h"
#include "revision/graph.h"
#include "syntax/parse.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

static struct context ctx;
static struct arena arena;
static struct server server;
static const char *folder;

static int set_up(void **state)
{
	(void)state;
	static char path[] = "/tmp/autogen-test-XXXXXX";
	context_init(&ctx);
	arena_init(&arena);
	server_defaults(&ctx, &server, FLAVOUR_MYSQL, 80036);
	strcpy(path + sizeof(path) - 7, "XXXXXX");
	folder = mkdtemp(path);
	return !folder;
}

static int tear_down(void **state)
{
	(void)state;
	int failed = system(arena_printf(&arena, "rm -rf '%s'", folder));
	context_free(&ctx);
	arena_free(&arena);
	return failed;
}

/* With what went wrong, should it. */
static void assert_quiet(void)
{
	if (ctx.diags.diags.n)
		diag_print(&ctx.diags, false, stderr);
	assert_int_equal(ctx.diags.diags.n, 0);
}

static struct schema *model(const char *text)
{
	struct tree_file_list files = { 0 };
	const struct source *src = ctx_source(&ctx, "a.model", text, strlen(text));
	LIST_PUSH(&arena, &files, parse_file(&ctx, &arena, src));
	struct schema *schema = resolve_files(&ctx, &arena, &files, &server);
	assert_quiet();
	assert_non_null(schema);
	return schema;
}

#define HEAD "schema s { engine InnoDB charset utf8mb4 collate utf8mb4_unicode_ci }\n"

/* A table with something of everything. */
static const char *first_model(void)
{
	return HEAD "table users comment 'it''s ''quoted'' \\\\ and 用户' {\n"
		    "    id bigint unsigned auto_increment primary key\n"
		    "    platform varchar(32) collate utf8mb4_bin\n"
		    "    user_id varchar(64)\n"
		    "    nickname varchar(255) null default 'it''s' comment 'a\\nb -- c; d'\n"
		    "    `table` int default 0\n"
		    "    created_at datetime(3) default current_timestamp(3) on update "
		    "current_timestamp(3)\n"
		    "    kind enum('a', 'b''c', 'd,e') default 'a'\n"
		    "    flags bit(3) default b'101'\n"
		    "    data varbinary(16) default x'00ff'\n"
		    "    total decimal(12,2) as (`table` * 1.5) stored\n"
		    "    unique (platform, user_id)\n"
		    "    index by_kind (kind, created_at desc)\n"
		    "    index by_name (nickname(10))\n"
		    "    check positive (`table` > 0 and `table` <> 5)\n"
		    "}\n"
		    "table orders {\n"
		    "    id bigint unsigned primary key\n"
		    "    platform like users.platform default ''\n"
		    "    user_id like users.user_id default ''\n"
		    "    note text\n"
		    "    old int\n"
		    "    foreign key (platform, user_id) references users (platform, user_id) on "
		    "delete cascade\n"
		    "}\n"
		    "table gone row_format dynamic {\n"
		    "    a int primary key\n"
		    "    b varchar(10)\n"
		    "}\n";
}

static const char *second_model(void)
{
	return HEAD "table users charset latin1 collate latin1_swedish_ci {\n"
		    "    platform varchar(64) collate utf8mb4_bin\n"
		    "    id bigint unsigned auto_increment primary key\n"
		    "    user_id varchar(64) charset utf8mb4 collate utf8mb4_unicode_ci\n"
		    "    display varchar(255) charset utf8mb4 collate utf8mb4_unicode_ci null "
		    "default 'it''s' "
		    "comment 'a\\nb -- c; d' was nickname\n"
		    "    `table` int default 0\n"
		    "    `first` int default 0\n"
		    "    created_at datetime(3) default current_timestamp(3) on update "
		    "current_timestamp(3)\n"
		    "    kind enum('a', 'b''c', 'd,e') charset utf8mb4 collate utf8mb4_unicode_ci "
		    "default 'a'\n"
		    "    flags bit(3) default b'101'\n"
		    "    data varbinary(16) default x'00ff'\n"
		    "    total decimal(12,2) as (`table` * 2.5) stored\n"
		    "    unique (platform, user_id)\n"
		    "    index by_kind_2 (kind, created_at desc)\n"
		    "    index (display(20) desc)\n"
		    "    check positive (`table` > 1)\n"
		    "}\n"
		    "table purchases row_format dynamic engine MyISAM was orders {\n"
		    "    id bigint unsigned primary key\n"
		    "    note text\n"
		    "    old int\n"
		    "} \n"
		    "table fresh comment 'new' {\n"
		    "    a int primary key\n"
		    "    `first` varchar(10)\n"
		    "    after int\n"
		    "    c bigint unsigned\n"
		    "    foreign key fk_users (c) references users (id) on delete cascade on "
		    "update restrict\n"
		    "    partition_like int\n"
		    "}\n";
}

static const char *text_of(const struct op *op)
{
	struct buf out = { 0 };
	op_to_text(&ctx, &out, op);
	return buf_arena(&out, &arena);
}

static const struct op *read_back(const char *text)
{
	const struct op *op =
		op_from_text(&ctx, &arena, &server, ctx_source(&ctx, "a.sql", text, strlen(text)));
	if (!op)
		fprintf(stderr, "of: %s\n", text);
	assert_quiet();
	assert_non_null(op);
	return op;
}

/* --- equality --- */

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_side(const struct op *op, const union op_side *a, const union op_side *b)
{
	switch (op->kind) {
	case OP_CREATE_TABLE:
	case OP_DROP_TABLE:
		if (!a->table != !b->table)
			return false;
		return !a->table || (diff_table_equal(&ctx, a->table, b->table) &&
				     diff_table_equal(&ctx, b->table, a->table));
	case OP_ADD_COLUMN:
	case OP_DROP_COLUMN:
	case OP_ALTER_COLUMN:
		if (!a->column != !b->column)
			return false;
		return !a->column ||
		       (column_equal(a->column, b->column) && a->column->name == b->column->name);
	case OP_RENAME_COLUMN:
	case OP_MOVE_COLUMN: /* the text has the name alone */
		return a->column->name == b->column->name;
	case OP_RENAME_INDEX:
		return a->index->name == b->index->name;
	case OP_ADD_INDEX:
	case OP_DROP_INDEX:
		if (!a->index != !b->index)
			return false;
		return !a->index ||
		       (index_equal(a->index, b->index) && a->index->name == b->index->name);
	case OP_ADD_FOREIGN_KEY:
	case OP_DROP_FOREIGN_KEY:
		if (!a->foreign_key != !b->foreign_key)
			return false;
		return !a->foreign_key || (foreign_key_equal(a->foreign_key, b->foreign_key) &&
					   a->foreign_key->name == b->foreign_key->name);
	case OP_ADD_CHECK:
	case OP_DROP_CHECK:
		if (!a->check != !b->check)
			return false;
		return !a->check ||
		       (check_equal(a->check, b->check) && a->check->name == b->check->name);
	case OP_ADD_PERIOD:
	case OP_DROP_PERIOD:
		if (!a->period != !b->period)
			return false;
		return !a->period || period_equal(a->period, b->period);
	case OP_RENAME_TABLE:
		return a->name == b->name;
	case OP_SET_PARTITION:
		return partition_equal(a->partition, b->partition);
	case OP_SET_OPTION:
		return same_text(a->option.text, b->option.text) &&
		       a->option.charset == b->option.charset &&
		       a->option.collation == b->option.collation;
	case OP_CREATE_OBJECT:
	case OP_DROP_OBJECT:
		if (!a->object != !b->object)
			return false;
		return !a->object ||
		       (a->object->kind == b->object->kind && a->object->name == b->object->name &&
			same_text(a->object->head, b->object->head) &&
			same_text(a->object->body, b->object->body));
	case OP_COUNT:
		break;
	}
	return false;
}

static bool places_matter(const struct op *op, bool after)
{
	return op->kind == OP_MOVE_COLUMN || op->kind == (after ? OP_ADD_COLUMN : OP_DROP_COLUMN);
}

static bool same_op(const struct op *a, const struct op *b)
{
	return a->kind == b->kind && a->table == b->table && a->option == b->option &&
	       a->option_kind == b->option_kind && same_side(a, &a->before, &b->before) &&
	       same_side(a, &a->after, &b->after) &&
	       (!places_matter(a, false) || a->place_before.after == b->place_before.after) &&
	       (!places_matter(a, true) || a->place_after.after == b->place_after.after);
}

static void assert_comes_back(const struct op *op)
{
	const char *text = text_of(op);
	const struct op *back = read_back(text);
	if (!same_op(op, back))
		fprintf(stderr, "%s\nand back: %s\n", text, text_of(back));
	assert_true(same_op(op, back));
	assert_string_equal(text_of(back), text);
	/* and the other way round */
	const struct op *inverse = op_inverse(&arena, op);
	assert_true(same_op(inverse, read_back(text_of(inverse))));
}

/* --- tests --- */

static void count_kinds(const struct op_list *ops, unsigned seen[OP_COUNT])
{
	for (size_t i = 0; i < ops->n; i++)
		seen[ops->items[i]->kind]++;
}

TEST(ops_of_a_diff_come_back)
{
	struct schema *a = model(first_model()), *b = model(second_model());
	struct schema *empty = schema_new(&ctx, &arena, &server);
	struct op_list ops = { 0 };
	unsigned seen[OP_COUNT] = { 0 };
	diff_schemas(&ctx, &arena, empty, a, &ops);
	bool done = diff_schemas(&ctx, &arena, a, b, &ops);
	assert_quiet();
	assert_true(done);
	for (size_t i = 0; i < ops.n; i++)
		assert_comes_back(ops.items[i]);
	count_kinds(&ops, seen);
	static const enum op_kind expected[] = {
		OP_CREATE_TABLE, OP_DROP_TABLE,       OP_RENAME_TABLE, OP_RENAME_COLUMN,
		OP_ADD_COLUMN,   OP_DROP_COLUMN,      OP_ALTER_COLUMN, OP_MOVE_COLUMN,
		OP_ADD_INDEX,    OP_DROP_INDEX,       OP_DROP_CHECK,   OP_ADD_CHECK,
		OP_SET_OPTION,   OP_DROP_FOREIGN_KEY,
	};
	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		if (!seen[expected[i]])
			fprintf(stderr, "no op '%s' in the diff\n", op_words(expected[i]));
		assert_true(seen[expected[i]] > 0);
	}
}

static const struct op *option_op(enum table_option option, enum tree_attr_kind kind,
				  const char *before, const char *after)
{
	struct op *op = ARENA_NEW(&arena, struct op);
	op->kind = OP_SET_OPTION;
	op->table = ctx_name(&ctx, "a b");
	op->option = option;
	op->option_kind = kind;
	op->before.option.text = before;
	op->after.option.text = after;
	return op;
}

TEST(options_come_back)
{
	assert_comes_back(option_op(TABLE_ENGINE, 0, "InnoDB", "MyISAM"));
	assert_comes_back(option_op(TABLE_COMMENT, 0, "", "it's\n\\"));
	assert_comes_back(option_op(TABLE_COMMENT, 0, "a", "b"));
	assert_comes_back(option_op(TABLE_OTHER, ATTR_ROW_FORMAT, NULL, "dynamic"));
	assert_comes_back(option_op(TABLE_OTHER, ATTR_KEY_BLOCK_SIZE, "4", "8"));
	assert_comes_back(option_op(TABLE_OTHER, ATTR_COMPRESSION, "zlib", NULL));
	assert_comes_back(option_op(TABLE_OTHER, ATTR_WITH_SYSTEM_VERSIONING, NULL, ""));
	struct op *op = arena_memdup(&arena, option_op(TABLE_CHARSET, 0, NULL, NULL), sizeof(*op));
	op->before.option.charset = ctx_name(&ctx, "latin1");
	op->before.option.collation = ctx_name(&ctx, "latin1_bin");
	op->after.option.charset = ctx_name(&ctx, "utf8mb4");
	op->after.option.collation = ctx_name(&ctx, "utf8mb4_bin");
	assert_comes_back(op);
}

static const struct tree_partition *partition(const char *text)
{
	const struct tree_partition *made =
		parse_partition(&ctx, &arena, ctx_source(&ctx, "p", text, strlen(text)));
	assert_quiet();
	assert_non_null(made);
	return made;
}

TEST(periods_come_back)
{
	struct period period = { .name = ctx_name(&ctx, "order"),
				 .from = ctx_name(&ctx, "a"),
				 .to = ctx_name(&ctx, "the `to") };
	struct op op = { .kind = OP_ADD_PERIOD, .table = ctx_name(&ctx, "t") };
	op.after.period = &period;
	assert_string_equal(text_of(&op), "alter table t: add period for order (a, `the ``to`)");
	assert_comes_back(&op);
	assert_comes_back(op_inverse(&arena, &op));
	period.name = ctx_name(&ctx, "system_time");
	assert_string_equal(text_of(op_inverse(&arena, &op)),
			    "alter table t: drop period for system_time (a, `the ``to`)");
	assert_comes_back(&op);
}

TEST(other_kinds_come_back)
{
	struct op op = { .kind = OP_RENAME_INDEX, .table = ctx_name(&ctx, "order") };
	struct index from = { .name = ctx_name(&ctx, "to") },
		     to = { .name = ctx_name(&ctx, "x`y") };
	op.before.index = &from;
	op.after.index = &to;
	assert_comes_back(&op);

	op = (struct op){ .kind = OP_RENAME_TABLE, .table = ctx_name(&ctx, "用户") };
	op.before.name = op.table;
	op.after.name = ctx_name(&ctx, "to");
	assert_comes_back(&op);

	struct column column = { .name = ctx_name(&ctx, "first") };
	op = (struct op){ .kind = OP_MOVE_COLUMN, .table = ctx_name(&ctx, "t") };
	op.before.column = op.after.column = &column;
	op.place_before.after = ctx_name(&ctx, "after");
	assert_comes_back(&op);
	op.place_after.after = ctx_name(&ctx, "first column");
	assert_comes_back(&op);

	op = (struct op){ .kind = OP_SET_PARTITION, .table = ctx_name(&ctx, "t") };
	op.after.partition = partition("partition by range (year(a)) (\n"
				       "    partition p0 values less than (2020),\n"
				       "    partition p1 values less than maxvalue\n"
				       ")");
	assert_comes_back(&op);
	op.before.partition = partition("partition by hash (id) partitions 4");
	assert_comes_back(&op);
}

TEST(objects_come_back)
{
	struct object object = { .kind = ctx_name(&ctx, "view"),
				 .name = ctx_name(&ctx, "v"),
				 .head = "as",
				 .body = "select 1\n  from t\n\n-- op: not one\n where a = ';'" };
	struct op op = { .kind = OP_CREATE_OBJECT, .table = object.name };
	op.after.object = &object;
	assert_comes_back(&op);
}

TEST(what_is_no_op)
{
	static const char *const texts[] = {
		"",
		"alter",
		"alter table t: add x int",
		"alter table t: drop",
		"create table",
		"rename table a",
		"alter table t: set comment none to none",
		"alter table t: add x varchar(10) first",
		"alter table t: alter x int to y",
		"DROP TABLE x",
	};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		size_t errors = ctx.diags.errors;
		const struct op *op = op_from_text(
			&ctx, &arena, &server, ctx_source(&ctx, "a", texts[i], strlen(texts[i])));
		if (op || ctx.diags.errors == errors)
			fprintf(stderr, "taken: %s\n", texts[i]);
		assert_null(op);
		assert_true(ctx.diags.errors > errors);
	}
}

/* --- files and folds --- */

static void assert_same_schema(const struct schema *a, const struct schema *b)
{
	struct op_list ops = { 0 };
	assert_true(diff_schemas(&ctx, &arena, a, b, &ops));
	for (size_t i = 0; i < ops.n; i++)
		fprintf(stderr, "differs: %s\n", text_of(ops.items[i]));
	assert_int_equal(ops.n, 0);
}

static void put_revision(const char *id, const char *down, const struct schema *from,
			 const struct schema *to, const struct schema *base)
{
	struct server_list targets = { 0 };
	LIST_PUSH(&arena, &targets, server);
	struct plan up = { 0 }, back = { 0 };
	bool planned = plan_change(&ctx, &arena, from, to, &targets, &up) &&
		       plan_change(&ctx, &arena, to, from, &targets, &back);
	assert_quiet();
	assert_true(planned);
	struct revision revision = { .id = id, .message = "a message" };
	if (*down)
		LIST_PUSH(&arena, &revision.down_revisions, down);
	for (size_t i = 0; base && i < base->tables.n; i++) {
		struct op *op = ARENA_NEW(&arena, struct op);
		op->kind = OP_CREATE_TABLE;
		op->table = base->tables.items[i]->name;
		op->after.table = base->tables.items[i];
		LIST_PUSH(&arena, &revision.base, op);
	}
	assert_true(revision_fill(&ctx, &arena, &targets, &revision, &up, &back));
	assert_quiet();
	struct buf text = { 0 };
	revision_print(&text, &revision);
	const char *path = file_join(&arena, folder, arena_printf(&arena, "%s_x.sql", id));
	assert_true(file_write(&ctx, path, buf_text(&text), text.len));
	buf_free(&text);
}

static struct graph read_graph(void)
{
	struct graph graph;
	struct path_list locations = { 0 };
	LIST_PUSH(&arena, &locations, folder);
	assert_true(graph_read(&ctx, &arena, &locations, false, &graph));
	assert_quiet();
	assert_true(graph.sound);
	return graph;
}

TEST(a_chain_folds_to_its_models)
{
	struct schema *empty = schema_new(&ctx, &arena, &server);
	struct schema *a = model(first_model()), *b = model(second_model());
	put_revision("r1", "", empty, a, NULL);
	put_revision("r2", "r1", a, b, NULL);
	put_revision("r3", "r2", b, a, NULL);
	struct graph graph = read_graph();
	for (size_t i = 0; i < graph.all.n; i++) {
		struct revision *revision = graph.all.items[i];
		assert_true(revision_checksum_ok(revision));
		for (size_t j = 0; j < revision->up.n; j++)
			assert_int_equal(revision->up.items[j]->kind, STATEMENT_DDL);
		struct string_list at = { 0 };
		LIST_PUSH(&arena, &at, revision->id);
		struct schema *there = graph_fold(&graph, &arena, &server, &at);
		assert_quiet();
		assert_non_null(there);
		assert_same_schema(there, i == 1 ? b : a);
		/* down again */
		for (size_t j = 0; j < revision->down.n; j++)
			assert_true(fold_statement(there, revision->down.items[j]));
		assert_same_schema(there, i == 0 ? empty : i == 1 ? a : b);
	}
	assert_same_schema(graph_fold(&graph, &arena, &server, NULL), a);
	struct string_list none = { 0 };
	assert_int_equal(graph_fold(&graph, &arena, &server, &none)->tables.n, 0);
}

TEST(a_base_is_folded_first)
{
	struct schema *a = model(first_model()), *b = model(second_model());
	put_revision("r1", "", a, b, a);
	struct graph graph = read_graph();
	assert_same_schema(graph_fold(&graph, &arena, &server, NULL), b);
	assert_int_equal(graph.all.items[0]->base_lines.n, a->tables.n);
}

/* The edited statement's op line still counts; it is said once. */
TEST(edited_statements_are_folded_with_a_warning)
{
	struct schema *empty = schema_new(&ctx, &arena, &server), *a = model(first_model());
	put_revision("r1", "", empty, a, NULL);
	struct graph graph = read_graph();
	graph.all.items[0]->up.items[0]->kind = STATEMENT_EDITED;
	assert_same_schema(graph_fold(&graph, &arena, &server, NULL), a);
	assert_non_null(graph_fold(&graph, &arena, &server, NULL));
	assert_int_equal(ctx.diags.warnings, 1);
	assert_int_equal(ctx.diags.errors, 0);
}

TEST(op_lines_with_mistakes_have_places)
{
	const char *text = "-- revision: r1\n\n-- migrate:up\n\n-- op: create table a {\n"
			   "--         x int\n--         y nonsense(\n--     }\nDROP TABLE x;\n";
	assert_true(file_write(&ctx, file_join(&arena, folder, "a.sql"), text, strlen(text)));
	struct graph graph = read_graph();
	assert_null(graph_fold(&graph, &arena, &server, NULL));
	assert_true(ctx.diags.errors > 0);
	const struct diag *diag = ctx.diags.diags.items[0];
	assert_true(diag->places.n > 0);
	struct span span = diag->places.items[0].span;
	assert_non_null(span.src);
	unsigned line = source_position(span.src, span.start).line;
	assert_true(line >= 5 && line <= 8);
}

TEST(ops_that_do_not_fit)
{
	const char *text = "-- revision: r1\n\n-- migrate:up\n\n"
			   "-- op: alter table a: rename column x to y\nALTER TABLE a;\n";
	assert_true(file_write(&ctx, file_join(&arena, folder, "a.sql"), text, strlen(text)));
	struct graph graph = read_graph();
	assert_null(graph_fold(&graph, &arena, &server, NULL));
	const struct diag *diag = ctx.diags.diags.items[ctx.diags.diags.n - 1];
	assert_string_equal(diag->message,
			    "the operations of revision 'r1' don't fit the state that the "
			    "revisions before it leave");
}

#define with_context(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_context(ops_of_a_diff_come_back),
		with_context(options_come_back),
		with_context(periods_come_back),
		with_context(other_kinds_come_back),
		with_context(objects_come_back),
		with_context(what_is_no_op),
		with_context(a_chain_folds_to_its_models),
		with_context(a_base_is_folded_first),
		with_context(edited_statements_are_folded_with_a_warning),
		with_context(op_lines_with_mistakes_have_places),
		with_context(ops_that_do_not_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
