#include "model/opaque.h"

struct walk {
	opaque_visit *visit;
	void *data;
};

static void look(const struct walk *walk, const char *what, const struct name *name,
		 const struct expr *expr)
{
	if (expr && expr->kind == EXPR_OPAQUE)
		walk->visit(what, name, expr, walk->data);
}

static void look_at_partitions(const struct walk *walk, const struct tree_partition *partition)
{
	look(walk, "partitioning", NULL, partition->expr);
	look(walk, "subpartitioning", NULL, partition->sub_expr);
	for (size_t i = 0; i < partition->defs.n; i++) {
		const struct tree_partition_def *def = &partition->defs.items[i];
		for (size_t j = 0; j < def->bounds.n; j++)
			look(walk, "partition", def->name.name, def->bounds.items[j]);
	}
}

void opaque_each(const struct table *table, opaque_visit *visit, void *data)
{
	const struct walk walk = { visit, data };
	for (size_t i = 0; i < table->columns.n; i++) {
		const struct column *column = table->columns.items[i];
		look(&walk, "column", column->name, column->default_value);
		look(&walk, "column", column->name, column->generated);
		look(&walk, "column", column->name, column->check);
	}
	for (size_t i = 0; i < table->indexes.n; i++) {
		const struct index *index = table->indexes.items[i];
		for (size_t j = 0; j < index->parts.n; j++)
			look(&walk, "index", index->name, index->parts.items[j].expr);
	}
	for (size_t i = 0; i < table->checks.n; i++)
		look(&walk, "check", table->checks.items[i]->name, table->checks.items[i]->expr);
	if (table->partition)
		look_at_partitions(&walk, table->partition);
}
