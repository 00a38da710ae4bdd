/* The SQL of every kind of change of partitions; what each does is shown on servers, partition_cases.model. */
#include "tests/unit/diff/models.h"

#define TABLE(partition) "table t { a int\n partition by " partition "\n}"
#define RANGE(list) TABLE("range (a) (\n" list "\n)")
#define LESS(name, bound) "partition " name " values less than (" bound ")"

static void expect(const char *from, const char *to, const char *sql)
{
	assert_string_equal(sql_text(from, to), sql);
}

TEST(added_at_the_end)
{
	expect(RANGE(LESS("p0", "1")),
	       RANGE(LESS("p0", "1") ",\n" LESS("p1",
						"2") " comment 'x',\n"
						     "partition pm values less than maxvalue"),
	       "ALTER TABLE `t`\n    ADD PARTITION (\n"
	       "    PARTITION `p1` VALUES LESS THAN (2) COMMENT = 'x',\n"
	       "    PARTITION `pm` VALUES LESS THAN (MAXVALUE)\n);\n");
	expect(TABLE("list (a) (\npartition p0 values in (1)\n)"),
	       TABLE("list (a) (\npartition p0 values in (1),\npartition p1 values in (null, "
		     "-3)\n)"),
	       "ALTER TABLE `t`\n    ADD PARTITION (\n"
	       "    PARTITION `p1` VALUES IN (null, -3)\n);\n");
}

TEST(dropped)
{
	expect(RANGE(LESS("p0", "1") ",\n" LESS("p1", "2") ",\n" LESS("p2", "3")),
	       RANGE(LESS("p2", "3")), "ALTER TABLE `t`\n    DROP PARTITION `p0`, `p1`;\n");
	expect(TABLE("list (a) (\npartition p0 values in (1),\npartition p1 values in (2)\n)"),
	       TABLE("list (a) (\npartition p0 values in (1)\n)"),
	       "ALTER TABLE `t`\n    DROP PARTITION `p1`;\n");
}

TEST(rotated)
{
	expect(RANGE(LESS("p0", "1") ",\n" LESS("p1", "2")),
	       RANGE(LESS("p1", "2") ",\n" LESS("p2", "3")),
	       "ALTER TABLE `t`\n    DROP PARTITION `p0`;\n"
	       "ALTER TABLE `t`\n    ADD PARTITION (\n"
	       "    PARTITION `p2` VALUES LESS THAN (3)\n);\n");
}

TEST(reorganized)
{
	/* split, before another, merged, renamed, with other options */
	expect(RANGE("partition pm values less than maxvalue"),
	       RANGE(LESS("p1", "2") ",\npartition pm values less than maxvalue"),
	       "ALTER TABLE `t`\n    REORGANIZE PARTITION `pm` INTO (\n"
	       "    PARTITION `p1` VALUES LESS THAN (2),\n"
	       "    PARTITION `pm` VALUES LESS THAN (MAXVALUE)\n);\n");
	expect(RANGE(LESS("p0", "1") ",\n" LESS("p1", "2") ",\n" LESS("p2", "3")),
	       RANGE(LESS("p01", "2") ",\n" LESS("p2", "3")),
	       "ALTER TABLE `t`\n    REORGANIZE PARTITION `p0`, `p1` INTO (\n"
	       "    PARTITION `p01` VALUES LESS THAN (2)\n);\n");
	expect(RANGE(LESS("p0", "1") " comment 'x'"), RANGE(LESS("p0", "1")),
	       "ALTER TABLE `t`\n    REORGANIZE PARTITION `p0` INTO (\n"
	       "    PARTITION `p0` VALUES LESS THAN (1)\n);\n");
	expect(TABLE("hash (a) (\npartition x,\npartition y\n)"),
	       TABLE("hash (a) (\npartition x,\npartition z\n)"),
	       "ALTER TABLE `t`\n    REORGANIZE PARTITION `y` INTO (\n    PARTITION `z`\n);\n");
}

TEST(counted)
{
	expect(TABLE("hash (a) partitions 2"), TABLE("hash (a) partitions 5"),
	       "ALTER TABLE `t`\n    ADD PARTITION PARTITIONS 3;\n");
	expect(TABLE("key (a) partitions 5"), TABLE("key (a) partitions 2"),
	       "ALTER TABLE `t`\n    COALESCE PARTITION 3;\n");
	expect(TABLE("hash (a) (\npartition x\n)"),
	       TABLE("hash (a) (\npartition x,\npartition y\n)"),
	       "ALTER TABLE `t`\n    ADD PARTITION (\n    PARTITION `y`\n);\n");
}

TEST(anew)
{
	/* another method; a range that ends earlier; a value that none takes: REORGANIZE would lose it */
	expect(TABLE("hash (a) partitions 2"), TABLE("key (a) partitions 2"),
	       "ALTER TABLE `t`\n    PARTITION BY KEY (`a`) PARTITIONS 2;\n");
	expect(RANGE(LESS("p0", "5")), RANGE(LESS("p0", "4")),
	       "ALTER TABLE `t`\n    PARTITION BY RANGE (`a`) (\n"
	       "    PARTITION `p0` VALUES LESS THAN (4)\n);\n");
	expect(TABLE("list (a) (\npartition p0 values in (1, 2)\n)"),
	       TABLE("list (a) (\npartition p0 values in (1)\n)"),
	       "ALTER TABLE `t`\n    PARTITION BY LIST (`a`) (\n"
	       "    PARTITION `p0` VALUES IN (1)\n);\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		test_in_world(added_at_the_end), test_in_world(dropped), test_in_world(rotated),
		test_in_world(reorganized),      test_in_world(counted), test_in_world(anew),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
