/* The way back: resolve(unresolve(x)) is x, in both styles, by tree and by text. */
#include "tests/unit/dsl/dsl.h"

#include "base/file.h"
#include "dsl/unresolve.h"
#include "model/equal.h"
#include "syntax/print.h"

/* --- equality of whole tables ------------------------------------------------------------------- */

static void assert_same_column(const struct column *a, const struct column *b)
{
	struct buf out = { 0 };
	assert_string_equal(a->name->text, b->name->text);
	column_differences(&out, a, b);
	if (!column_equal(a, b))
		fail_msg("column '%s' differs: %s", a->name->text, buf_text(&out));
	assert_ptr_equal(a->collation, b->collation);
	buf_free(&out);
}

static void assert_same_table(const struct table *a, const struct table *b)
{
	assert_string_equal(a->name->text, b->name->text);
	assert_string_equal(a->engine->text, b->engine->text);
	assert_ptr_equal(a->charset, b->charset);
	assert_ptr_equal(a->collation, b->collation);
	assert_string_equal(a->comment, b->comment);
	assert_true(option_list_equal(&a->options, &b->options));
	assert_int_equal(a->columns.n, b->columns.n);
	for (size_t i = 0; i < a->columns.n; i++)
		assert_same_column(a->columns.items[i], b->columns.items[i]);
	assert_int_equal(a->indexes.n, b->indexes.n);
	for (size_t i = 0; i < a->indexes.n; i++) {
		const struct index *index = a->indexes.items[i];
		const struct index *its = table_index(b, index->name);
		if (!its || !index_equal(index, its))
			fail_msg("index '%s' of '%s' differs", index->name->text, a->name->text);
	}
	assert_int_equal(a->foreign_keys.n, b->foreign_keys.n);
	for (size_t i = 0; i < a->foreign_keys.n; i++) {
		const struct foreign_key *key = a->foreign_keys.items[i];
		const struct foreign_key *its = table_foreign_key(b, key->name);
		if (!its || !foreign_key_equal(key, its))
			fail_msg("foreign key '%s' of '%s' differs", key->name->text,
				 a->name->text);
	}
	assert_int_equal(a->checks.n, b->checks.n);
	for (size_t i = 0; i < a->checks.n; i++) {
		const struct check *check = a->checks.items[i], *its = table_check(b, check->name);
		if (!its || !check_equal(check, its))
			fail_msg("check '%s' of '%s' differs", check->name->text, a->name->text);
	}
	assert_int_equal(!a->partition, !b->partition);
	assert_true(!a->partition || partition_equal(a->partition, b->partition));
}

/* --- the ways ----------------------------------------------------------------------------------- */

static const struct source *source_of(struct buf *text)
{
	const struct source *src = ctx_source(&ctx, "printed", buf_text(text), text->len);
	buf_free(text);
	return src;
}

static struct tree_item *reparse(const struct tree_item *entry)
{
	struct buf text = { 0 };
	print_entry(&text, entry);
	struct tree_item *again = parse_item(&ctx, &arena, source_of(&text));
	if (!again)
		fail_msg("does not parse again:\n%s", said());
	return again;
}

/* Every part of a table as op lines write it. */
static void check_parts(const struct table *table)
{
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		const struct tree_item *item =
			reparse(unresolve_column(&ctx, &arena, column, table, UNRESOLVE_FULL));
		const struct column *again = resolve_column(&ctx, &arena, &server, item);
		if (!again)
			fail_msg("column '%s' does not resolve again:\n%s", column->name->text,
				 said());
		assert_same_column(column, again);
	}
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		const struct index *again = resolve_index(
			&ctx, &arena, &server,
			reparse(unresolve_index(&ctx, &arena, index, table, UNRESOLVE_FULL)));
		if (!again || !index_equal(index, again) || !name_equal(index->name, again->name))
			fail_msg("index '%s' differs:\n%s", index->name->text, said());
	}
	for (size_t i = 0; i < table->foreign_keys.n; i++) {
		const struct foreign_key *key = table->foreign_keys.items[i];
		const struct foreign_key *again = resolve_foreign_key(
			&ctx, &arena,
			reparse(unresolve_foreign_key(&ctx, &arena, key, table, UNRESOLVE_FULL)));
		if (!again || !foreign_key_equal(key, again) || !name_equal(key->name, again->name))
			fail_msg("foreign key '%s' differs:\n%s", key->name->text, said());
	}
	for (size_t i = 0; i < table->checks.n; i++) {
		const struct check *check = table->checks.items[i];
		const struct check *again = resolve_check(
			&ctx, &arena, &server,
			reparse(unresolve_check(&ctx, &arena, check, table, UNRESOLVE_FULL)));
		if (!again || !check_equal(check, again) || !name_equal(check->name, again->name))
			fail_msg("check '%s' differs:\n%s", check->name->text, said());
	}
}

static void check_full(const struct table *table)
{
	struct tree_item *item = unresolve_table(&ctx, &arena, table, NULL, UNRESOLVE_FULL);
	const struct table *again = resolve_table(&ctx, &arena, &server, item);
	if (!again)
		fail_msg("table '%s' does not resolve again:\n%s", table->name->text, said());
	assert_same_table(table, again);

	struct buf text = { 0 };
	print_item(&text, item);
	struct tree_file *file = parse_file(&ctx, &arena, source_of(&text));
	assert_int_equal(file->items.n, 1);
	again = resolve_table(&ctx, &arena, &server, file->items.items[0]);
	if (!again)
		fail_msg("table '%s' does not resolve again:\n%s", table->name->text, said());
	assert_same_table(table, again);
	check_parts(table);
}

static void check_schema(const struct schema *schema)
{
	struct buf text = { 0 };
	for (size_t i = 0; i < schema->tables.n; i++)
		check_full(schema->tables.items[i]);
	print_file(&text, unresolve_schema(&ctx, &arena, schema));
	const struct source *src = source_of(&text);
	struct tree_file_list files = { 0 };
	LIST_PUSH(&arena, &files, parse_file(&ctx, &arena, src));
	struct schema *again = resolve_files(&ctx, &arena, &files, &server);
	if (!again)
		fail_msg("does not compile again:\n%s\n%s", src->text, said());
	assert_int_equal(schema->tables.n, again->tables.n);
	for (size_t i = 0; i < schema->tables.n; i++)
		assert_same_table(schema->tables.items[i],
				  find_table(again, schema->tables.items[i]->name->text));
}

/* --- the cases ---------------------------------------------------------------------------------- */

static const char *const tables[] = {
	"a int\n b int unsigned null\n c bigint(20) zerofill\n d tinyint(1) default true",
	"a decimal(12,2) default -1.50\n b float(7,3) null\n c double default 1.5\n d year null",
	"a varchar(20) default 'it''s \\\\ \"q\"'\n b char(3) charset latin1 collate latin1_bin\n c "
	"text null",
	"a enum('x', 'y''z') default 'x'\n b set('a','b') default 'a,b'\n c enum('q') charset "
	"utf8mb3",
	"a datetime(3) default current_timestamp(3) on update current_timestamp(3)\n"
	" b timestamp default current_timestamp\n c date default '2020-01-01'\n d time(6) null",
	"a bit(9) default b'101'\n b binary(4) default 'abcd'\n c varbinary(9) null\n d blob null",
	"a int default (1 + 1)\n b varchar(36) default (uuid())\n c json null",
	"a int\n b int as (a + 1) virtual\n c int as (a * 2) stored null\n d int as (a) stored",
	"id bigint unsigned auto_increment primary key\n a int invisible comment '不可见'",
	"a int\n b varchar(20)\n c text\n primary key (a, b)\n unique u (b)\n index (b(3) desc, "
	"a)\n"
	" index ((a + 1))\n fulltext (c)\n index (a) invisible\n index ix2 (c(10)) comment 'x'",
	"a int check (a > 0)\n check named (a < 10)\n check (a <> 5) not enforced\n check (a in "
	"(1, 2))",
	"a point srid 4326\n spatial (a)",
	"`order` int\n `primary` int\n `weird name` int\n index (`order`)\n unique (`primary`)",
	"a int\n b int\n primary key (a, b)\n partition by range (a) (\n"
	"  partition p0 values less than (10),\n  partition p1 values less than maxvalue\n )",
	"a int\n primary key (a)\n partition by hash (a) partitions 4",
	"a int references p (k) on delete cascade\n b int null references p on delete set null",
	"a int\n b int\n foreign key f (a) references p (k) on update no action\n"
	" foreign key (a, b) references p (k, l)\n index (b)",
	"a int\n foreign key (a) references crm.users (id)",
};

TEST(tables_of_every_kind)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		check_schema(compile(arena_printf(&arena,
						  "table t {\n %s\n}\ntable p {\n k int primary "
						  "key\n l int\n unique (k, l)\n}\n",
						  tables[i])));
}

TEST(table_attributes)
{
	check_schema(
		compile("table t engine MyISAM charset latin1 comment '表' row_format fixed {\n"
			" a varchar(9)\n b varchar(9) collate latin1_bin\n"
			" c varchar(9) charset utf8mb4 collate utf8mb4_unicode_ci\n}\n"
			"table u collate utf8mb4_bin row_format=compressed key_block_size=8 {\n"
			" a varchar(9)\n}\n"));
}

TEST(the_shop)
{
	static const char *const servers[][2] = {
		{ "mysql", "8.0" },      { "mysql", "8.4" },       { "mysql", "9.7.4" },
		{ "mysql", "5.6.24" },   { "mariadb", "10.5.23" }, { "mariadb", "10.11" },
		{ "mariadb", "11.8.6" },
	};
	struct path_list paths = { 0 };
	struct tree_file_list files = { 0 };
	assert_true(file_walk(&ctx, &arena, "schema", ".model", &paths));
	assert_true(paths.n >= 7);
	for (size_t i = 0; i < paths.n; i++) {
		const char *text;
		assert_true(file_read(&ctx, &arena, paths.items[i], &text, NULL));
		LIST_PUSH(&arena, &files, parse(paths.items[i], text));
	}
	for (size_t i = 0; i < sizeof(servers) / sizeof(*servers); i++) {
		use_server(servers[i][0], servers[i][1]);
		server.connected = true;
		struct schema *schema = resolve_files(&ctx, &arena, &files, &server);
		if (!schema || ctx.diags.diags.n)
			fail_msg("for %s %s:\n%s", servers[i][0], servers[i][1], said());
		assert_int_equal(schema->tables.n, 6);
		schema->targets.n = 0;
		check_schema(schema);
	}
}

/* What SHORT leaves out, seen by a person. */
TEST(short_is_short)
{
	struct schema *schema =
		compile("table p {\n k int primary key\n}\n"
			"table t comment 'x' {\n a varchar(9)\n b varchar(9) collate utf8mb4_bin\n"
			" c int references p\n unique (a)\n index named (b)\n check (a > '')\n}\n");
	struct buf text = { 0 };
	print_item(&text,
		   unresolve_table(&ctx, &arena, find_table(schema, "t"), schema, UNRESOLVE_SHORT));
	assert_string_equal(buf_text(&text), "table t comment 'x' {\n"
					     "    a varchar(9)\n"
					     "    b varchar(9) collate utf8mb4_bin\n"
					     "    c int\n"
					     "\n"
					     "    unique (a)\n"
					     "    index named (b)\n"
					     "    foreign key (c) references p (k)\n"
					     "    check (a > '')\n"
					     "}\n");
	buf_clear(&text);
	print_entry(&text, unresolve_column(&ctx, &arena, find_column(schema, "t", "a"), NULL,
					    UNRESOLVE_FULL));
	assert_string_equal(buf_text(&text),
			    "a varchar(9) charset utf8mb4 collate utf8mb4_unicode_ci");
	buf_free(&text);
}

TEST(an_op_line_says_everything)
{
	struct tree_item *item = parse("op", "table t {\n a varchar(9)\n}\n")->items.items[0];
	assert_null(resolve_column(&ctx, &arena, &server, item->items.items[0]));
	assert_said("charset", "the charset and collation of 'a' have to be written here",
		    "a varchar", "");
	diag_clear(&ctx.diags);
	assert_null(resolve_index(&ctx, &arena, &server, item->items.items[0]));
	assert_said("op", "this is no index", "a varchar", "");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(tables_of_every_kind), T(table_attributes),           T(the_shop),
		T(short_is_short),       T(an_op_line_says_everything),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
