#include "emit/needs.h"

#include "base/buf.h"
#include "base/context.h"
#include "emit/parts.h"

struct needs {
	bool of[CAP_COUNT];
	bool invisible_index, srid;
};

static void of_options(struct needs *needs, const struct option_list *options)
{
	static const struct {
		enum tree_attr_kind kind;
		enum capability capability;
	} rows[] = {
		{ ATTR_COMPRESSED, CAP_COLUMN_COMPRESSED },
		{ ATTR_COLUMN_FORMAT, CAP_COLUMN_FORMAT },
		{ ATTR_WITHOUT_OVERLAPS, CAP_WITHOUT_OVERLAPS },
		{ ATTR_ENGINE_ATTRIBUTE, CAP_ENGINE_ATTRIBUTE },
		{ ATTR_SECONDARY_ENGINE_ATTRIBUTE, CAP_ENGINE_ATTRIBUTE },
		{ ATTR_WITH_SYSTEM_VERSIONING, CAP_SYSTEM_VERSIONING },
		{ ATTR_WITHOUT_SYSTEM_VERSIONING, CAP_SYSTEM_VERSIONING },
		{ ATTR_ROW_START, CAP_SYSTEM_VERSIONING },
		{ ATTR_ROW_END, CAP_SYSTEM_VERSIONING },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (option_find(options, rows[i].kind))
			needs->of[rows[i].capability] = true;
}

static void of_column(struct needs *needs, const struct column *column)
{
	enum type_class class = type_class(&column->type);
	bool text = class == CLASS_TEXT || class == CLASS_BLOB || class == CLASS_JSON;
	bool time = class == CLASS_TIME || class == CLASS_DATETIME || class == CLASS_TIMESTAMP;
	if (column->generated)
		needs->of[CAP_GENERATED_COLUMN] = true;
	if (column->generated && !column->nullable)
		needs->of[CAP_GENERATED_NOT_NULL] = true;
	if (column->default_kind == DEFAULT_EXPR)
		needs->of[CAP_DEFAULT_EXPR] = true;
	if (column->default_kind == DEFAULT_LITERAL && text)
		needs->of[CAP_DEFAULT_TEXT] = true;
	if (column->invisible)
		needs->of[CAP_INVISIBLE_COLUMN] = true;
	if (column->type.srid >= 0)
		needs->of[CAP_SRID] = needs->srid = true;
	if (time && column->type.decimals > 0)
		needs->of[CAP_FRACTIONAL_SECONDS] = true;
	of_options(needs, &column->options);
}

static void of_index(struct needs *needs, const struct index *index)
{
	for (size_t i = 0; i < index->parts.n; i++)
		if (index->parts.items[i].expr)
			needs->of[CAP_INDEX_EXPR] = true;
	if (index->kind == KEY_VECTOR)
		needs->of[CAP_VECTOR_INDEX] = true;
	if (index->invisible)
		needs->of[CAP_INVISIBLE_INDEX] = needs->invisible_index = true;
	of_options(needs, &index->options);
}

static void of_period(struct needs *needs, const struct period *period)
{
	bool system = period_is_system_time(period);
	needs->of[system ? CAP_SYSTEM_VERSIONING : CAP_PERIOD] = true;
}

static void of_table(struct needs *needs, const struct table *table)
{
	for (size_t i = 0; i < table->columns.n; i++)
		of_column(needs, table->columns.items[i]);
	for (size_t i = 0; i < table->indexes.n; i++)
		of_index(needs, table->indexes.items[i]);
	for (size_t i = 0; i < table->checks.n; i++)
		if (table->checks.items[i]->not_enforced)
			needs->of[CAP_CHECK_NOT_ENFORCED] = true;
	for (size_t i = 0; i < table->periods.n; i++)
		of_period(needs, table->periods.items[i]);
	of_options(needs, &table->options);
}

static void of_op(struct needs *needs, const struct op *op)
{
	switch ((int)op->kind) {
	case OP_CREATE_TABLE:
		of_table(needs, op->after.table);
		break;
	case OP_ADD_COLUMN:
	case OP_ALTER_COLUMN:
	case OP_MOVE_COLUMN:
		of_column(needs, op->after.column);
		break;
	case OP_ADD_INDEX:
		of_index(needs, op->after.index);
		break;
	case OP_ADD_PERIOD:
		of_period(needs, op->after.period);
		break;
	case OP_ADD_CHECK:
		if (op->after.check->not_enforced)
			needs->of[CAP_CHECK_NOT_ENFORCED] = true;
		break;
	default:
		break;
	}
}

static bool refuse(struct context *ctx, const struct statement *statement,
		   const struct server *server, const char *what)
{
	struct buf name = { 0 };
	server_print(&name, server);
	ctx_error(ctx, "target", statement->origin, "%s does not know %s, which table '%s' needs",
		  buf_text(&name), what, statement->table->text);
	buf_free(&name);
	return false;
}

/* Dropping a check is a syntax error for who only overlooks them. */
static bool drops_check(const struct statement *statement)
{
	for (size_t i = 0; i < statement->ops.n; i++)
		if (statement->ops.items[i]->kind == OP_DROP_CHECK)
			return true;
	return false;
}

bool needs_are_met(struct context *ctx, const struct server_list *targets,
		   const struct statement *statement)
{
	struct needs needs = { 0 };
	bool drops = drops_check(statement);
	for (size_t i = 0; i < statement->ops.n; i++)
		of_op(&needs, statement->ops.items[i]);
	for (size_t i = 0; i < targets->n; i++) {
		const struct server *server = &targets->items[i];
		for (int capability = 0; capability < CAP_COUNT; capability++)
			if (needs.of[capability] &&
			    server_can(server, (enum capability)capability) == SUPPORT_REFUSED)
				return refuse(ctx, statement, server,
					      capability_text((enum capability)capability));
		if (drops && !server_has(server, CAP_CHECK))
			return refuse(ctx, statement, server, capability_text(CAP_CHECK));
		if (needs.invisible_index && server->flavour != targets->items[0].flavour)
			return refuse(ctx, statement, server,
				      "the word that other targets have for an invisible index");
		if (needs.srid && server->flavour != targets->items[0].flavour)
			return refuse(ctx, statement, server,
				      "the word that other targets have for an srid");
	}
	if (drops && !server_list_has(targets, CAP_DROP_CONSTRAINT) &&
	    !server_list_has(targets, CAP_DROP_CHECK))
		return refuse(ctx, statement, &targets->items[0],
			      "the word by which other targets drop a check");
	return true;
}
