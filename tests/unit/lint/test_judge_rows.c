/*
 * Every row of judge.def by itself: the smallest model in which its situation holds, judged for the
 * first version that the row speaks of, and, where it begins or ends with one, for those beside it.
 * A row without a model here fails.
 */
#include "tests/unit/dsl/dsl.h"

#include "lint/judge_key.h"

static const struct row {
	enum fk_situation situation;
	const char *text;
	enum flavour flavour;
	unsigned from, to;
	enum answer answer;
	int number;
} rows[] = {
#define ANSWER(id, flavour, from, to, answer, number) \
	{ id, #id, flavour, from, to, answer, number },
#include "lint/judge.def"
#undef ANSWER
};

#define P "{\n k int primary key"
#define KL "{\n k int\n l int\n primary key (k, l)"
#define FK "foreign key f (x) references p (k)"
#define FK2 "foreign key f (x, y) references p (k, l)"

/* Tables p and c; the last key of c is judged. What has no model does not compile: faulty() makes it. */
static const struct {
	const char *parent, *child;
} models[FK_SOUND] = {
	[FK_LISTS] = { P, "{\n x int\n y int\n foreign key f (x, y) references p (k)" },
	[FK_CHILD_TWICE] = { KL, "{\n x int\n foreign key f (x, x) references p (k, l)" },
	[FK_CHILD_ENGINE] = { P, "engine MyISAM {\n x int\n " FK },
	[FK_CHILD_KEYLESS] = { P, "engine CSV {\n x int\n " FK },
	[FK_CHILD_PARTITIONED] = { P, "{\n x int\n " FK "\n partition by hash (x) partitions 2" },
	[FK_JSON] = { P, "{\n x json\n " FK },
	[FK_VECTOR] = { P, "{\n x vector(3)\n " FK },
	[FK_SPATIAL_AMONG] = { KL, "{\n x int\n y point\n " FK2 },
	[FK_SPATIAL_NULL] = { P, "{\n x point null\n " FK },
	[FK_SPATIAL] = { P, "{\n x point\n " FK },
	[FK_SHAPE_AMONG] = { KL, "{\n x int\n y polygon\n " FK2 },
	[FK_SHAPE] = { P, "{\n x polygon\n " FK },
	[FK_LARGE_AMONG] = { KL, "{\n x int\n y text\n " FK2 },
	[FK_LARGE] = { P, "{\n x text\n " FK },
	[FK_VIRTUAL_WRITTEN] = { P, "{\n a int\n x int as (a) virtual\n " FK " on update cascade" },
	[FK_STORED_WRITTEN] = { P, "{\n a int\n x int as (a) stored\n " FK " on update cascade" },
	[FK_VIRTUAL] = { P, "{\n a int\n x int as (a) virtual\n " FK },
	[FK_SET_NULL_NOT_NULL] = { P, "{\n x int\n " FK " on delete set null" },
	[FK_NULL_CASCADED] = { "{\n k int null unique", "{\n x int\n " FK " on update cascade" },
	[FK_TO_SET_DEFAULT] = { P, "{\n x int\n " FK " on delete set default" },
	[FK_CHECKED] = { P, "{\n x int\n check (x > 0)\n " FK " on update cascade" },
	[FK_BASE_WRITTEN] = { P, "{\n x int\n b int as (x) stored\n " FK " on update cascade" },
	[FK_BASE_CASCADED] = { P, "{\n x int\n b int as (x) stored\n " FK " on delete cascade" },
	[FK_PARENT_TABLE] = { P, "{\n x int\n foreign key f (x) references nowhere (k)" },
	[FK_PARENT_ENGINE] = { "engine MyISAM " P, "{\n x int\n " FK },
	[FK_PARENT_PARTITIONED] = { P "\n partition by hash (k) partitions 2", "{\n x int\n " FK },
	[FK_PARENT_COLUMN] = { P, "{\n x int\n foreign key f (x) references p (z)" },
	[FK_PARENT_VIRTUAL] = { "{\n a int\n k int as (a) virtual\n unique (k)",
				"{\n x int\n " FK },
	[FK_CLASS] = { P, "{\n x float\n " FK },
	[FK_SIZE] = { P, "{\n x bigint\n " FK },
	[FK_SIGN] = { P, "{\n x int unsigned\n " FK },
	[FK_CHARSET] = { "{\n k char primary key", "{\n x char charset ascii\n " FK },
	[FK_COLLATION] = { "{\n k char primary key", "{\n x char collate utf8mb4_bin\n " FK },
	[FK_PARENT_LARGE] = { "{\n k text\n unique (k(9))", "{\n x varchar(9)\n " FK },
	[FK_PARENT_TWICE] = { P, "{\n x int\n y int\n foreign key f (x, y) references p (k, k)" },
	[FK_SELF] = { P, "{\n x int primary key\n foreign key f (x) references c (x)" },
	[FK_SELF_KEY] = { P, "{\n x int primary key\n foreign key f (x) references c (x)" },
	[FK_PARENT_UNIQUE] = { "{\n k int\n index (k)", "{\n x int\n " FK },
	[FK_PARENT_KEY] = { "{\n k int", "{\n x int\n " FK },
	[FK_NAME_TWICE] = { P, "{\n x int\n foreign key F (x) references p (k)\n " FK },
	[FK_NAME_OF_CHECK] = { P, "{\n x int\n check f (x > 0)\n " FK },
};

static const struct foreign_key *last_key(const struct schema *schema)
{
	const struct table *c = find_table(schema, "c");
	return c->foreign_keys.items[c->foreign_keys.n - 1];
}

static struct schema *compile_model(const char *parent, const char *child)
{
	struct schema *schema = try_compile_with(
		SHOP, arena_printf(&arena, "table p %s\n}\ntable c %s\n}\n", parent, child));
	if (!schema)
		fail_msg("does not compile:\n%s\n%s\n%s", parent, child, said());
	return schema;
}

/* A sound key with a fault that resolving finds before the judge does. */
static const struct foreign_key *faulty(enum fk_situation situation, struct schema **schema)
{
	struct buf columns = { 0 };
	for (int i = 0; i < 17; i++)
		buf_printf(&columns, "%s c%d int", i ? "\n" : "{\n", i);
	*schema = compile_model(buf_text(&columns), buf_text(&columns));
	buf_free(&columns);
	struct foreign_key *key = ARENA_NEW(&arena, struct foreign_key);
	key->parent = ctx_name(&ctx, "p");
	key->name = ctx_name(&ctx, situation == FK_NAME_LONG
					   ? "n2345678901234567890123456789012345678901234567890"
					     "123456789012345"
					   : "f");
	for (int i = 0; i < (situation == FK_CHILD_WIDE ? 17 : 1); i++)
		LIST_PUSH(&arena, &key->columns, ctx_name(&ctx, arena_printf(&arena, "c%d", i)));
	key->parent_columns = key->columns;
	if (situation == FK_CHILD_COLUMN) {
		key->columns = (struct name_list){ 0 };
		LIST_PUSH(&arena, &key->columns, ctx_name(&ctx, "nowhere"));
	}
	return key;
}

static const struct foreign_key *model_of(const struct row *row, struct schema **schema)
{
	if (!models[row->situation].child) {
		bool made = row->situation == FK_NAME_LONG || row->situation == FK_CHILD_WIDE ||
			    row->situation == FK_CHILD_COLUMN;
		if (!made)
			fail_msg("%s has no model", row->text);
		return faulty(row->situation, schema);
	}
	*schema = compile_model(models[row->situation].parent, models[row->situation].child);
	return last_key(*schema);
}

static struct verdict judge_at(const struct row *row, const struct schema *schema,
			       const struct foreign_key *key, unsigned version)
{
	struct server judged;
	server_defaults(&ctx, &judged, row->flavour, version);
	if (row->from < 80400 && version >= 80400 && row->flavour == FLAVOUR_MYSQL)
		judged.restrict_fk_on_non_standard_key = false; /* another row's */
	return judge_foreign_key(schema, find_table(schema, "c"), key, &judged);
}

static bool is_said(const struct row *row, const struct verdict *verdict)
{
	return verdict->situation == row->situation && verdict->error_number == row->number &&
	       verdict->accepted == (row->answer == IGNORES) &&
	       verdict->not_made == (row->answer == IGNORES) &&
	       verdict->taken == (row->answer == TAKES_IT);
}

/* Does another row say the same of that version? */
static bool is_covered(const struct row *row, unsigned version)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].situation == row->situation && rows[i].number == row->number &&
		    rows[i].flavour == row->flavour && version >= rows[i].from &&
		    (!rows[i].to || version < rows[i].to))
			return true;
	return false;
}

TEST(every_row_has_a_model)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct row *row = &rows[i];
		struct schema *schema;
		const struct foreign_key *key = model_of(row, &schema);
		unsigned oldest = row->flavour == FLAVOUR_MYSQL ? 50624 : 100500;
		unsigned first = row->from ? row->from : oldest;
		struct verdict verdict = judge_at(row, schema, key, first);
		if (!is_said(row, &verdict))
			fail_msg("%s, version %u: situation %d, error %d", row->text, first,
				 verdict.situation, verdict.error_number);
		unsigned beside[] = { row->from ? row->from - 1 : 0, row->to };
		for (int j = 0; j < 2; j++) {
			verdict = judge_at(row, schema, key, beside[j]);
			if (beside[j] && is_said(row, &verdict) && !is_covered(row, beside[j]))
				fail_msg("%s says the same at %u", row->text, beside[j]);
		}
		diag_clear(&ctx.diags);
	}
}

/* What makes the two of a pair of situations differ. */
TEST(self_references)
{
	struct schema *schema = compile_model(
		P, "{\n x int\n index (x)\n unique (x)\n foreign key f (x) references c (x)");
	struct row old = { .flavour = FLAVOUR_MARIADB }, new = { .flavour = FLAVOUR_MYSQL };
	assert_true(judge_at(&old, schema, last_key(schema), 100523).accepted);
	assert_int_equal(judge_at(&new, schema, last_key(schema), 90704).error_number, 1822);
	new.from = 80400;
	assert_int_equal(judge_at(&new, schema, last_key(schema), 90704).error_number, 6125);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_row_has_a_model, set_up, tear_down),
		cmocka_unit_test_setup_teardown(self_references, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
