/*
 * test_collations: charset.def, collation.def and the defaults of server.c, against a server.
 *
 *	test_collations URL
 *
 * The server must know the collations we say it knows, and no others; their charsets, the default
 * collation of each charset, and the settings of a server without option files must be as we say.
 */
#include "tests/server/model_bench.h"

#include "model/charset.h"

static const struct name *cell(struct bench *bench, const struct db_row *row, size_t at)
{
	return charset_canonical(&bench->ctx, ctx_name(&bench->ctx, row->cells[at]));
}

/* MariaDB since 10.10 has short names that go with several charsets: the full ones are ours. */
static bool read_collations(struct bench *bench, struct db_result *result)
{
	return db_query(
		bench->db, &bench->arena,
		collation_known(bench->server, ctx_name(&bench->ctx, "utf8mb4_uca1400_ai_ci"))
			? "select full_collation_name, character_set_name from "
			  "information_schema.collation_character_set_applicability"
			: "select collation_name, character_set_name from "
			  "information_schema.collation_character_set_applicability",
		result);
}

static void check_collations(struct bench *bench)
{
	static const char *const ours[] = {
#define COLLATION(name, charset, mysql, mariadb) name,
#include "model/collation.def"
#undef COLLATION
	};
	struct db_result result = { 0 };
	struct map theirs = { 0 };
	bool ok = read_collations(bench, &result) && result.rows.n > 200;

	for (size_t i = 0; i < result.rows.n; i++) {
		const struct name *collation = cell(bench, &result.rows.items[i], 0);
		const struct name *charset = cell(bench, &result.rows.items[i], 1);
		bool known = collation_known(bench->server, collation) &&
			     collation_charset(&bench->ctx, collation) == charset;

		map_put(&bench->arena, &theirs, collation, (void *)collation);
		if (!known)
			bench_report(bench, false, collation->text, "  the server has it for %s",
				     charset->text);
	}
	for (size_t i = 0; i < sizeof(ours) / sizeof(*ours); i++) {
		const struct name *collation = ctx_name(&bench->ctx, ours[i]);

		if (collation_known(bench->server, collation) && !map_get(&theirs, collation))
			bench_report(bench, false, ours[i], "  the server has no such collation");
	}
	bench_report(bench, ok, "collations", "  %zu of them", result.rows.n);
	printf("# %zu collations\n", result.rows.n);
}

static void check_charsets(struct bench *bench)
{
	struct db_result result = { 0 };
	bool ok = db_query(bench->db, &bench->arena,
			   "select character_set_name, default_collate_name, maxlen from "
			   "information_schema.character_sets",
			   &result) &&
		  result.rows.n >= 40;

	for (size_t i = 0; i < result.rows.n; i++) {
		const struct db_row *row = &result.rows.items[i];
		const struct name *charset = cell(bench, row, 0);
		const struct name *collation =
			charset_default_collation(&bench->ctx, bench->server, charset);

		if (collation != cell(bench, row, 1) ||
		    charset_bytes(charset) != (unsigned)atoi(row->cells[2]))
			bench_report(bench, false, charset->text, "  %s, %s bytes", row->cells[1],
				     row->cells[2]);
	}
	bench_report(bench, ok, "charsets", "  %zu of them", result.rows.n);
}

/* What server_defaults() says of a server of that version, against what this one says of itself. */
static void check_settings(struct bench *bench)
{
	struct server ours;
	const struct server *theirs = bench->server;
	struct db_result result = { 0 };
	const struct db_row *row;
	bool ok = db_query(bench->db, &bench->arena,
			   "select @@character_set_server, @@collation_server", &result);

	server_defaults(&bench->ctx, &ours, theirs->flavour, theirs->version);
	row = &result.rows.items[0];
	bench_report(bench,
		     ok && cell(bench, row, 0) == ours.default_charset &&
			     cell(bench, row, 1) == ours.default_collation &&
			     theirs->explicit_defaults_for_timestamp ==
				     ours.explicit_defaults_for_timestamp &&
			     theirs->restrict_fk_on_non_standard_key ==
				     ours.restrict_fk_on_non_standard_key &&
			     theirs->large_prefix == ours.large_prefix &&
			     theirs->lower_case_table_names == ours.lower_case_table_names &&
			     name_equal(theirs->default_engine, ours.default_engine),
		     "settings",
		     "  %s, %s; timestamp %d, restrict %d, prefix %d, case %d, engine %s",
		     row->cells[0], row->cells[1], theirs->explicit_defaults_for_timestamp,
		     theirs->restrict_fk_on_non_standard_key, theirs->large_prefix,
		     theirs->lower_case_table_names, theirs->default_engine->text);
}

int main(int argc, char **argv)
{
	struct bench bench = { 0 };

	if (argc == 2 && bench_open(&bench, argv[1], "collations_db")) {
		check_collations(&bench);
		check_charsets(&bench);
		check_settings(&bench);
	}
	return bench_close(&bench);
}
