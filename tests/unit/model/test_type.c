#include "tests/unit/model/model.h"

static const char *print_type(struct world *w, const struct type *type)
{
	struct buf out = { 0 };
	type_print(&out, type);
	return buf_arena(&out, &w->arena);
}

/* The canonical type as SQL, NULL when it is refused. */
static const char *canonical(struct world *w, const char *text)
{
	struct type type;
	if (!read_type(w, text, &type)) {
		diag_clear(&w->ctx.diags);
		return NULL;
	}
	return print_type(w, &type);
}

TEST(types_are_canonical)
{
	static const struct {
		const char *written, *canonical;
	} rows[] = {
		{ "int(11)", "int" },
		{ "INTEGER", "int" },
		{ "int(10) unsigned", "int unsigned" },
		{ "int zerofill", "int(10) unsigned zerofill" },
		{ "int(5) zerofill", "int(5) unsigned zerofill" },
		{ "bigint zerofill", "bigint(20) unsigned zerofill" },
		{ "tinyint(1)", "tinyint(1)" },
		{ "tinyint(1) unsigned", "tinyint unsigned" },
		{ "tinyint(4)", "tinyint" },
		{ "bool", "tinyint(1)" },
		{ "boolean", "tinyint(1)" },
		{ "int signed", "int" },
		{ "decimal", "decimal(10,0)" },
		{ "dec(5)", "decimal(5,0)" },
		{ "decimal(0)", "decimal(10,0)" },
		{ "numeric(12,2) unsigned", "decimal(12,2) unsigned" },
		{ "float(24)", "float" },
		{ "float(25)", "double" },
		{ "float(7,4)", "float(7,4)" },
		{ "double precision", "double" },
		{ "real(10,2)", "double(10,2)" },
		{ "bit", "bit(1)" },
		{ "year(4)", "year" },
		{ "datetime(0)", "datetime" },
		{ "timestamp(6)", "timestamp(6)" },
		{ "char", "char(1)" },
		{ "character varying(20)", "varchar(20)" },
		{ "national varchar(20)", "varchar(20)" },
		{ "char byte", "binary(1)" },
		{ "long varbinary", "mediumblob" },
		{ "long", "mediumtext" },
		{ "geomcollection", "geometrycollection" },
		{ "vector", "vector(2048)" },
		{ "enum('a', 'b ', x'41')", "enum('a','b','A')" },
		{ "set('it''s')", "set('it''s')" },
		{ "text(63)", "tinytext" }, /* utf8mb4, the server's default */
		{ "text(64)", "text" },
		{ "text(255) charset latin1", "tinytext" },
		{ "text(16384) collate utf8mb4_bin", "mediumtext" },
		{ "blob(255)", "tinyblob" },
		{ "blob(65536)", "mediumblob" },
	};
	struct world w;
	world_open(&w, "mysql", "9.7");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(canonical(&w, rows[i].written), rows[i].canonical);
	world_close(&w);
}

TEST(display_widths_stay_where_servers_keep_them)
{
	static const struct {
		const char *written, *canonical;
	} rows[] = {
		{ "int(11)", "int" },
		{ "int(10)", "int(10)" },
		{ "int(10) unsigned", "int unsigned" },
		{ "int(11) unsigned", "int(11) unsigned" },
		{ "int(0)", "int" },
		{ "tinyint(4)", "tinyint" },
		{ "tinyint(1) unsigned", "tinyint(1) unsigned" },
		{ "bigint(20)", "bigint" },
		{ "bigint(20) unsigned", "bigint unsigned" },
		{ "bigint(21)", "bigint(21)" },
		{ "int(0) zerofill", "int(10) unsigned zerofill" },
	};
	static const char *const servers[][2] = { { "mysql", "5.6.24" }, { "mariadb", "10.11" } };
	for (size_t s = 0; s < 2; s++) {
		struct world w;
		world_open(&w, servers[s][0], servers[s][1]);
		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
			assert_string_equal(canonical(&w, rows[i].written), rows[i].canonical);
		world_close(&w);
	}
}

TEST(wrong_types_say_why)
{
	static const struct {
		const char *written, *message;
	} rows[] = {
		{ "varchar", "varchar needs a length: varchar(n)" },
		{ "char(256)", "'256' is too large for char: at most 255" },
		{ "date(3)", "date takes no argument" },
		{ "double(5)", "double needs two numbers: double(m,d)" },
		{ "decimal(5,6)", "the scale of a decimal is at most its precision" },
		{ "decimal(65,31)", "'31' is too large for decimal: at most 30" },
		{ "decimal(1,2,3)", "decimal takes at most 2 arguments" },
		{ "bit(0)", "bit(0) holds nothing" },
		{ "enum('a','a')", "'a' stands twice in enum" },
		{ "set('a,b')", "a value of a set can't hold a comma" },
		{ "date unsigned", "date can't be unsigned" },
		{ "year(2)", "a year is year or year(4)" },
		{ "uuid", "mysql 9.7.0 has no type 'uuid'" },
		{ "int srid 1", "only a spatial column has an srid" },
		{ "bool(1)", "bool takes no argument" },
		{ "int signed unsigned", "a type is either signed or unsigned" },
	};
	struct world w;
	world_open(&w, "mysql", "9.7.0");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct type type;
		assert_false(read_type(&w, rows[i].written, &type));
		assert_string_equal(w.ctx.diags.diags.items[0]->rule, "type");
		assert_string_equal(said(&w), rows[i].message);
	}
	world_close(&w);
}

TEST(an_unknown_type_gets_a_hint)
{
	struct world w;
	struct type type;
	struct tree_type tree = { 0 };
	const struct name *charset = NULL;
	world_open(&w, "mysql", "8.0");
	tree.word = n(&w, "varchra");
	assert_false(type_from_tree(&w.ctx, &w.arena, &w.server, &tree, NULL, &type, &charset));
	assert_string_equal(w.ctx.diags.diags.items[0]->hints.items[0], "did you mean 'varchar'?");
	world_close(&w);
}

TEST(servers_differ)
{
	struct world w;
	world_open(&w, "mariadb", "11.8");
	assert_string_equal(canonical(&w, "year(2)"), "year(2)");
	assert_string_equal(canonical(&w, "decimal(65,38)"), "decimal(65,38)");
	assert_string_equal(canonical(&w, "inet4"), "inet4");
	assert_null(canonical(&w, "vector"));
	assert_string_equal(canonical(&w, "point srid 4326"), "point");
	assert_string_equal(canonical(&w, "point srid 0"), "point");
	assert_string_equal(canonical(&w, "json"), "json");
	world_close(&w);
	world_open(&w, "mysql", "5.6.24");
	assert_null(canonical(&w, "json"));
	assert_null(canonical(&w, "point srid 4326"));
	assert_string_equal(canonical(&w, "datetime(3)"), "datetime(3)");
	world_close(&w);
}

TEST(national_types_have_a_charset)
{
	struct world w;
	struct type type;
	const struct name *charset = NULL;
	world_open(&w, "mysql", "8.0");
	const struct tree_item *item = column_item(&w, "nchar(3)");
	assert_true(type_from_tree(&w.ctx, &w.arena, &w.server, item->type, NULL, &type, &charset));
	assert_string_equal(charset->text, "utf8mb3");
	world_close(&w);
}

TEST(a_type_survives_printing)
{
	static const char *const types[] = { "varchar(20)", "decimal(12,2)", "datetime(3)",
					     "date",        "enum('a','b')", "bit(8)",
					     "tinyint(1)",  "float",         "double(5,2)" };
	struct world w;
	world_open(&w, "mysql", "8.0");
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		struct type type, again;
		const struct name *charset = NULL;
		assert_true(read_type(&w, types[i], &type));
		const struct tree_type *tree = type_to_tree(&w.ctx, &w.arena, &type);
		assert_true(
			type_from_tree(&w.ctx, &w.arena, &w.server, tree, NULL, &again, &charset));
		assert_true(type_equal(&type, &again));
	}
	world_close(&w);
}

TEST(words_of_types)
{
	static const char *const words[] = { "int",   "INT",    "double",    "national",
					     "long",  "serial", "character", "geometrycollection",
					     "vector" };
	static const char *const others[] = {
		"", "precision", "in", "integers", "money", "varchar2"
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		assert_true(type_is_word(words[i]));
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_false(type_is_word(others[i]));
}

TEST(key_bytes)
{
	static const struct {
		const char *type;
		unsigned bytes;
	} rows[] = {
		{ "varchar(64)", 256 },  { "char(3)", 12 },      { "int", 4 },
		{ "bigint", 8 },         { "decimal(12,2)", 6 }, { "decimal(65,30)", 30 },
		{ "datetime", 5 },       { "datetime(3)", 7 },   { "time(6)", 6 },
		{ "varbinary(20)", 20 }, { "enum('a')", 1 },     { "set('a','b')", 1 },
		{ "bit(9)", 2 },         { "text", 0 },          { "json", 0 },
		{ "point", 0 },          { "year", 1 },          { "date", 3 },
		{ "timestamp(1)", 5 },   { "float", 4 },         { "double", 8 },
	};
	struct world w;
	world_open(&w, "mysql", "9.7");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct type type;
		assert_true(read_type(&w, rows[i].type, &type));
		assert_int_equal(type_key_bytes(&type, 4), rows[i].bytes);
	}
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(types_are_canonical),
		cmocka_unit_test(display_widths_stay_where_servers_keep_them),
		cmocka_unit_test(wrong_types_say_why),
		cmocka_unit_test(an_unknown_type_gets_a_hint),
		cmocka_unit_test(servers_differ),
		cmocka_unit_test(national_types_have_a_charset),
		cmocka_unit_test(a_type_survives_printing),
		cmocka_unit_test(words_of_types),
		cmocka_unit_test(key_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
