#include "tests/unit/model/model.h"

#include "model/charset.h"

TEST(names_are_canonical)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	assert_string_equal(charset_canonical(&w.ctx, n(&w, "UTF8"))->text, "utf8mb3");
	assert_string_equal(charset_canonical(&w.ctx, n(&w, "utf8_General_CI"))->text,
			    "utf8mb3_general_ci");
	assert_string_equal(charset_canonical(&w.ctx, n(&w, "UTF8MB4"))->text, "utf8mb4");
	assert_string_equal(charset_canonical(&w.ctx, n(&w, "klingon"))->text, "klingon");
	world_close(&w);
}

TEST(a_collation_has_a_charset)
{
	struct world w;
	world_open(&w, "mysql", "8.0");
	assert_string_equal(collation_charset(&w.ctx, n(&w, "utf8mb4_bin"))->text, "utf8mb4");
	assert_string_equal(collation_charset(&w.ctx, n(&w, "binary"))->text, "binary");
	assert_string_equal(collation_charset(&w.ctx, n(&w, "gbk_chinese_ci"))->text, "gbk");
	assert_string_equal(
		collation_charset(&w.ctx, n(&w, "utf16_uca1400_spanish2_nopad_as_cs"))->text,
		"utf16");
	assert_null(collation_charset(&w.ctx, n(&w, "utf8mb4")));
	assert_null(collation_charset(&w.ctx, n(&w, "latin1_uca1400_ai_ci")));
	assert_null(collation_charset(&w.ctx, n(&w, "utf8mb4_uca1400_klingon_ai_ci")));
	assert_null(collation_charset(&w.ctx, n(&w, "utf8mb4_uca1400_ai")));
	world_close(&w);
}

TEST(the_default_collation_is_the_servers)
{
	static const struct {
		const char *flavour, *version, *charset, *collation;
	} rows[] = {
		{ "mysql", "5.6.24", "utf8mb4", "utf8mb4_general_ci" },
		{ "mysql", "5.7", "utf8mb4", "utf8mb4_general_ci" },
		{ "mysql", "8.0", "utf8mb4", "utf8mb4_0900_ai_ci" },
		{ "mysql", "9.7", "utf8mb3", "utf8mb3_general_ci" },
		{ "mysql", "9.7", "latin1", "latin1_swedish_ci" },
		{ "mysql", "5.6", "gb18030", NULL },
		{ "mysql", "5.7", "gb18030", "gb18030_chinese_ci" },
		{ "mariadb", "10.11", "utf8mb4", "utf8mb4_general_ci" },
		{ "mariadb", "11.4", "ucs2", "ucs2_general_ci" },
		{ "mariadb", "11.8", "utf8mb4", "utf8mb4_uca1400_ai_ci" },
		{ "mariadb", "11.8", "utf8mb3", "utf8mb3_uca1400_ai_ci" },
		{ "mariadb", "11.8", "utf16le", "utf16le_general_ci" },
		{ "mariadb", "11.8", "gb18030", NULL },
		{ "mariadb", "11.8", "binary", "binary" },
		{ "mysql", "8.0", "klingon", NULL },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct world w;
		const struct name *got;
		world_open(&w, rows[i].flavour, rows[i].version);
		got = charset_default_collation(&w.ctx, &w.server, n(&w, rows[i].charset));
		if (rows[i].collation)
			assert_string_equal(got->text, rows[i].collation);
		else
			assert_null(got);
		world_close(&w);
	}
}

TEST(the_session_may_say_otherwise)
{
	struct world w;
	world_open(&w, "mysql", "9.7");
	w.server.utf8mb4_collation = n(&w, "utf8mb4_general_ci");
	assert_string_equal(charset_default_collation(&w.ctx, &w.server, n(&w, "utf8mb4"))->text,
			    "utf8mb4_general_ci");
	assert_string_equal(charset_default_collation(&w.ctx, &w.server, n(&w, "latin1"))->text,
			    "latin1_swedish_ci");
	world_close(&w);
}

TEST(servers_know_their_collations)
{
	static const struct {
		const char *flavour, *version, *collation;
		bool known;
	} rows[] = {
		{ "mysql", "5.7", "utf8mb4_0900_ai_ci", false },
		{ "mysql", "8.0", "utf8mb4_0900_ai_ci", true },
		{ "mysql", "8.0", "utf8mb4_0900_bin", false },
		{ "mysql", "8.0.17", "utf8mb4_0900_bin", true },
		{ "mysql", "8.0.29", "utf8mb4_nb_0900_ai_ci", false },
		{ "mysql", "9.7", "utf8mb4_uca1400_ai_ci", false },
		{ "mariadb", "10.6", "utf8mb4_uca1400_ai_ci", false },
		{ "mariadb", "10.11", "utf8mb4_uca1400_ai_ci", true },
		{ "mariadb", "11.4", "utf8mb4_0900_ai_ci", false },
		{ "mariadb", "11.4.5", "utf8mb4_0900_ai_ci", true },
		{ "mariadb", "11.8", "utf8mb4_ja_0900_as_cs", false },
		{ "mariadb", "10.5", "utf8mb4_nopad_bin", true },
		{ "mysql", "9.7", "utf8mb4_nopad_bin", false },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct world w;
		world_open(&w, rows[i].flavour, rows[i].version);
		assert_int_equal(collation_known(&w.server, n(&w, rows[i].collation)),
				 rows[i].known);
		world_close(&w);
	}
}

TEST(tables_are_sorted)
{
	static const char *const collations[] = {
#define COLLATION(name, charset, mysql, mariadb) name,
#include "model/collation.def"
#undef COLLATION
	};
	static const char *const charsets[] = {
#define CHARSET(name, bytes, mysql, mariadb, collation) name,
#define DEFAULT_COLLATION(charset, flavour, since, collation)
#include "model/charset.def"
#undef CHARSET
#undef DEFAULT_COLLATION
	};
	for (size_t i = 1; i < sizeof(collations) / sizeof(*collations); i++)
		assert_true(strcmp(collations[i - 1], collations[i]) < 0);
	for (size_t i = 1; i < sizeof(charsets) / sizeof(*charsets); i++)
		assert_true(strcmp(charsets[i - 1], charsets[i]) < 0);
}

TEST(every_charset_is_whole)
{
	struct world w;
	world_open(&w, "mariadb", "11.8");
	static const char *const charsets[] = {
#define CHARSET(name, bytes, mysql, mariadb, collation) name,
#define DEFAULT_COLLATION(charset, flavour, since, collation)
#include "model/charset.def"
#undef CHARSET
#undef DEFAULT_COLLATION
	};
	for (size_t i = 0; i < sizeof(charsets) / sizeof(*charsets); i++) {
		const struct name *charset = n(&w, charsets[i]);
		const struct name *collation =
			charset_default_collation(&w.ctx, &w.server, charset);
		assert_true(charset_bytes(charset) >= 1 && charset_bytes(charset) <= 4);
		if (!collation)
			continue;
		assert_ptr_equal(collation_charset(&w.ctx, collation), charset);
		assert_true(collation_known(&w.server, collation));
	}
	assert_int_equal(charset_bytes(n(&w, "utf8mb3")), 3);
	assert_int_equal(charset_bytes(n(&w, "klingon")), 0);
	world_close(&w);
}

TEST(short_names_and_near_ones)
{
	struct world w;
	world_open(&w, "mariadb", "11.8");
	assert_string_equal(
		collation_complete(&w.ctx, n(&w, "utf8mb4"), n(&w, "uca1400_as_cs"))->text,
		"utf8mb4_uca1400_as_cs");
	assert_string_equal(
		collation_complete(&w.ctx, n(&w, "latin1"), n(&w, "uca1400_as_cs"))->text,
		"uca1400_as_cs");
	assert_string_equal(
		collation_complete(&w.ctx, n(&w, "utf8mb4"), n(&w, "utf8mb4_bin"))->text,
		"utf8mb4_bin");
	assert_string_equal(collation_suggest(&w.server, n(&w, "utf8mb4_generl_ci")),
			    "utf8mb4_general_ci");
	assert_string_equal(charset_suggest(&w.server, n(&w, "utf8mb")), "utf8mb3");
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_canonical),
		cmocka_unit_test(a_collation_has_a_charset),
		cmocka_unit_test(the_default_collation_is_the_servers),
		cmocka_unit_test(the_session_may_say_otherwise),
		cmocka_unit_test(servers_know_their_collations),
		cmocka_unit_test(tables_are_sorted),
		cmocka_unit_test(every_charset_is_whole),
		cmocka_unit_test(short_names_and_near_ones),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
