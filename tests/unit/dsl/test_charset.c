/* Where charsets and collations come from, on the way down from the server to the column. */
#include "tests/unit/dsl/dsl.h"

struct row {
	const char *flavour, *version;
	const char *block, *table, *column;
	const char *charset, *collation;
	enum origin_kind charset_origin, collation_origin;
};

#define UNICODE "charset utf8mb4\n collate utf8mb4_unicode_ci\n"

/* foreign-keys.md section 2, and its a. and e. */
static const struct row rows[] = {
	{ "mysql", "9.7.4", "", "", "", "utf8mb4", "utf8mb4_0900_ai_ci", ORIGIN_SERVER,
	  ORIGIN_SERVER },
	{ "mysql", "5.6.24", "", "", "", "latin1", "latin1_swedish_ci", ORIGIN_SERVER,
	  ORIGIN_SERVER },
	{ "mysql", "9.7.4", UNICODE, "", "", "utf8mb4", "utf8mb4_unicode_ci", ORIGIN_SCHEMA,
	  ORIGIN_SCHEMA },
	{ "mysql", "9.7.4", "charset utf8mb4\n", "", "", "utf8mb4", "utf8mb4_0900_ai_ci",
	  ORIGIN_SCHEMA, ORIGIN_CHARSET },
	{ "mysql", "9.7.4", UNICODE, "charset latin1", "", "latin1", "latin1_swedish_ci",
	  ORIGIN_TABLE, ORIGIN_CHARSET },
	{ "mysql", "9.7.4", UNICODE, "collate latin1_bin", "", "latin1", "latin1_bin", ORIGIN_TABLE,
	  ORIGIN_TABLE },
	/* a charset alone resets to its default, whatever stands above */
	{ "mysql", "9.7.4", UNICODE, "", "charset utf8mb4", "utf8mb4", "utf8mb4_0900_ai_ci",
	  ORIGIN_COLUMN, ORIGIN_CHARSET },
	{ "mysql", "5.6.24", UNICODE, "", "charset utf8mb4", "utf8mb4", "utf8mb4_general_ci",
	  ORIGIN_COLUMN, ORIGIN_CHARSET },
	{ "mariadb", "10.11.19", UNICODE, "", "charset utf8mb4", "utf8mb4", "utf8mb4_general_ci",
	  ORIGIN_COLUMN, ORIGIN_CHARSET },
	{ "mariadb", "11.8.6", UNICODE, "", "charset utf8mb4", "utf8mb4", "utf8mb4_uca1400_ai_ci",
	  ORIGIN_COLUMN, ORIGIN_CHARSET },
	{ "mariadb", "11.8.6", UNICODE, "charset utf8mb4", "", "utf8mb4", "utf8mb4_uca1400_ai_ci",
	  ORIGIN_TABLE, ORIGIN_CHARSET },
	{ "mysql", "9.7.4", UNICODE, "", "collate utf8mb4_bin", "utf8mb4", "utf8mb4_bin",
	  ORIGIN_COLUMN, ORIGIN_COLUMN },
	{ "mysql", "9.7.4", UNICODE, "", "charset utf8 collate utf8_general_ci", "utf8mb3",
	  "utf8mb3_general_ci", ORIGIN_COLUMN, ORIGIN_COLUMN },
	{ "mysql", "9.7.4", UNICODE, "", "binary", "utf8mb4", "utf8mb4_bin", ORIGIN_SCHEMA,
	  ORIGIN_COLUMN },
	{ "mysql", "9.7.4", UNICODE, "", "charset latin1 binary", "latin1", "latin1_bin",
	  ORIGIN_COLUMN, ORIGIN_COLUMN },
};

static struct schema *compile_row(const struct row *row)
{
	use_server(row->flavour, row->version);
	return compile_with(arena_printf(&arena, "schema s {\n engine InnoDB\n %s}\n", row->block),
			    arena_printf(&arena, "table t %s {\n a varchar(9) %s\n}\n", row->table,
					 row->column));
}

TEST(from_the_server_down_to_the_column)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct column *a = find_column(compile_row(&rows[i]), "t", "a");
		assert_string_equal(a->charset->text, rows[i].charset);
		assert_string_equal(a->collation->text, rows[i].collation);
		assert_int_equal(a->charset_origin.kind, rows[i].charset_origin);
		assert_int_equal(a->collation_origin.kind, rows[i].collation_origin);
	}
}

TEST(the_databases_default)
{
	server.database_default = true;
	server.default_charset = ctx_name(&ctx, "utf8mb4");
	server.default_collation = ctx_name(&ctx, "utf8mb4_general_ci");
	struct schema *schema =
		compile_with("schema s {\n engine InnoDB\n}\n", "table t {\n a varchar(9)\n}\n");
	const struct column *a = find_column(schema, "t", "a");
	assert_string_equal(a->collation->text, "utf8mb4_general_ci");
	assert_int_equal(a->collation_origin.kind, ORIGIN_DATABASE);
}

TEST(of_mixins)
{
	struct schema *schema = compile("mixin m {\n a varchar(9) collate utf8mb4_bin\n}\n"
					"table t {\n use m\n}\n");
	assert_int_equal(find_column(schema, "t", "a")->collation_origin.kind, ORIGIN_MIXIN);
}

TEST(national_is_utf8mb3)
{
	struct schema *schema = compile("table t {\n a national varchar(9)\n}\n");
	assert_string_equal(find_column(schema, "t", "a")->collation->text, "utf8mb3_general_ci");
}

TEST(charset_binary_makes_bytes)
{
	struct schema *schema =
		compile("table t charset binary {\n a varchar(9)\n b char(3)\n c text\n"
			" d enum('x')\n}\n");
	assert_int_equal(find_column(schema, "t", "a")->type.id, TYPE_VARBINARY);
	assert_int_equal(find_column(schema, "t", "b")->type.id, TYPE_BINARY);
	assert_int_equal(find_column(schema, "t", "c")->type.id, TYPE_BLOB);
	assert_int_equal(find_column(schema, "t", "d")->type.id, TYPE_ENUM);
	assert_null(find_column(schema, "t", "a")->charset);
	assert_string_equal(find_column(schema, "t", "d")->collation->text, "binary");
}

TEST(numbers_and_json_have_none)
{
	struct schema *schema = compile("table t {\n a int\n b json\n c blob\n}\n");
	assert_null(find_column(schema, "t", "a")->charset);
	assert_null(find_column(schema, "t", "b")->charset);
	assert_null(find_column(schema, "t", "c")->collation);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(from_the_server_down_to_the_column),
		T(the_databases_default),
		T(of_mixins),
		T(national_is_utf8mb3),
		T(charset_binary_makes_bytes),
		T(numbers_and_json_have_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
