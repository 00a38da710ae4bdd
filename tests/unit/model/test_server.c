#include "tests/unit/model/model.h"

TEST(versions_are_read)
{
	struct world w;
	struct server server;
	world_open(&w, "mysql", "8.0");
	assert_int_equal(w.server.version, 80016); /* the first that keeps checks */
	assert_true(server_parse(&w.ctx, &server, "MySQL", "9.7.4"));
	assert_int_equal(server.version, 90704);
	assert_int_equal(server.flavour, FLAVOUR_MYSQL);
	assert_true(server_parse(&w.ctx, &server, "mariadb", "10.11"));
	assert_int_equal(server.version, 101102);
	assert_true(server_parse(&w.ctx, &server, "mariadb", "13.2"));
	assert_int_equal(server.version, 130200);
	static const char *const wrong[] = { "",      "8",       "8.",      ".8",
					     "8.0.",  "8.0.x",   "8.0.1.2", "8.100",
					     "100.1", "8.0.100", " 8.0",    "-8.0" };
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_false(server_parse(&w.ctx, &server, "mysql", wrong[i]));
	assert_false(server_parse(&w.ctx, &server, "percona", "8.0"));
	assert_int_equal(w.ctx.diags.diags.n, 0);
	world_close(&w);
}

TEST(a_server_is_printed)
{
	struct world w;
	struct buf out = { 0 };
	world_open(&w, "mariadb", "10.11.18");
	server_print(&out, &w.server);
	assert_string_equal(buf_text(&out), "mariadb 10.11.18");
	buf_free(&out);
	world_close(&w);
}

TEST(defaults_follow_the_version)
{
	static const struct {
		const char *flavour, *version, *collation;
		bool timestamps, restrict_fk, large_prefix;
	} rows[] = {
		{ "mysql", "5.6.24", "latin1_swedish_ci", false, false, false },
		{ "mysql", "5.7.9", "latin1_swedish_ci", false, false, true },
		{ "mysql", "8.0", "utf8mb4_0900_ai_ci", true, false, true },
		{ "mysql", "8.4", "utf8mb4_0900_ai_ci", true, true, true },
		{ "mysql", "9.7.4", "utf8mb4_0900_ai_ci", true, true, true },
		{ "mariadb", "10.5", "latin1_swedish_ci", false, false, true },
		{ "mariadb", "10.11", "latin1_swedish_ci", true, false, true },
		{ "mariadb", "11.8", "utf8mb4_uca1400_ai_ci", true, false, true },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct world w;
		world_open(&w, rows[i].flavour, rows[i].version);
		assert_string_equal(w.server.default_collation->text, rows[i].collation);
		assert_int_equal(w.server.explicit_defaults_for_timestamp, rows[i].timestamps);
		assert_int_equal(w.server.restrict_fk_on_non_standard_key, rows[i].restrict_fk);
		assert_int_equal(w.server.large_prefix, rows[i].large_prefix);
		assert_int_equal(w.server.lower_case_table_names, 0);
		assert_string_equal(w.server.default_engine->text, "InnoDB");
		assert_false(w.server.connected);
		world_close(&w);
	}
}

TEST(capabilities_are_ranges)
{
	struct world w;
	world_open(&w, "mysql", "8.0.15");
	assert_int_equal(server_can(&w.server, CAP_CHECK), SUPPORT_IGNORED);
	w.server.version = 80016;
	assert_true(server_has(&w.server, CAP_CHECK));
	assert_int_equal(server_refusal(&w.server, CAP_UUID), 1064);
	w.server.flavour = FLAVOUR_MARIADB;
	w.server.version = 100600;
	assert_int_equal(server_can(&w.server, CAP_UUID), SUPPORT_REFUSED);
	assert_int_equal(server_refusal(&w.server, CAP_UUID), 4161);
	w.server.version = 100700;
	assert_true(server_has(&w.server, CAP_UUID));
	world_close(&w);
}

TEST(ranges_do_not_overlap)
{
	static const unsigned versions[] = {
		50624, 50700,  50744,  80000,  80011,  80013,  80016,  80019,  80043,  80400, 90000,
		90704, 100500, 100504, 100603, 100700, 101100, 101118, 110405, 110500, 110802
	};
	static const struct {
		enum capability capability;
		enum flavour flavour;
		unsigned from, to;
	} rows[] = {
#define CAPABILITY(id, what)
#define RANGE(id, flavour, from, to, support, error_number, test) { id, flavour, from, to },
#include "model/capability.def"
	};
	for (unsigned c = 0; c < CAP_COUNT; c++)
		assert_true(strlen(capability_text((enum capability)c)) > 0);
	for (unsigned c = 0; c < CAP_COUNT; c++) {
		for (size_t v = 0; v < sizeof(versions) / sizeof(*versions); v++) {
			unsigned found[2] = { 0 };
			for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
				if (rows[i].capability == c && versions[v] >= rows[i].from &&
				    (!rows[i].to || versions[v] < rows[i].to))
					found[rows[i].flavour]++;
			assert_true(found[0] <= 1 && found[1] <= 1);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_are_read),
		cmocka_unit_test(a_server_is_printed),
		cmocka_unit_test(defaults_follow_the_version),
		cmocka_unit_test(capabilities_are_ranges),
		cmocka_unit_test(ranges_do_not_overlap),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
